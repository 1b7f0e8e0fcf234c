//go:build storm

package main

import "testing"

func TestKilledAHundredTimes(t *testing.T) { stormed(t, 100) }
