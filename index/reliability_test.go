package index

import (
	"math"
	"strings"
	"testing"
)

func TestReliability(t *testing.T) {
	var r Reliability
	for i := range 10 {
		r.Add(0.85, i < 8, 1) // says 0.85, is right in 0.8
		r.Add(0.15, i < 4, 1) // says 0.15, is right in 0.4
	}
	if got := r.Error(); math.Abs(got-0.15) > 1e-9 {
		t.Errorf("error %v, want 0.15", got)
	}
	var svg strings.Builder
	if err := r.SVG(&svg, 0.3); err != nil || !strings.Contains(svg.String(), "20 questions held back; calibration error 0.150") || strings.Count(svg.String(), "<circle") != 2 {
		t.Errorf("%v\n%s", err, svg.String())
	}
}
