//go:build storm

package upkeep

import "testing"

func TestKilledAHundredTimes(t *testing.T) {
	t.Parallel()
	for _, wrong := range stormed(t, 100) {
		t.Error(wrong)
	}
}

func TestTwoThousandBytes(t *testing.T) { alteredBytes(t, 2000) }
