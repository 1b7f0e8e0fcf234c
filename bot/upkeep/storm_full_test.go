//go:build storm

package upkeep

import "testing"

func TestKilledAHundredTimes(t *testing.T) { stormed(t, 100) }
