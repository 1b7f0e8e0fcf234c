//go:build storm

package telegram

import (
	"testing"
	"time"
)

func TestStorm(t *testing.T) { storm(t, 1000, 20_000, 60*time.Millisecond) }

func TestKilledAHundredTimes(t *testing.T) { killed(t, 100) }
