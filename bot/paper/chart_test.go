package paper

import (
	"bytes"
	"image/png"
	"os"
	"testing"
)

func TestChart(t *testing.T) {
	drawn, err := Chart([]int{2021, 2023, 2024, 2025}, map[int]float64{2021: 18.6, 2023: 22.7, 2024: 24.1, 2025: 27.8})
	if err != nil {
		t.Fatal(err)
	}
	if p := os.Getenv("ZZ"); p != "" {
		os.WriteFile(p, drawn, 0o644)
	}
	picture, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds(); size.Dx() != chartWidth || size.Dy() != chartHeight {
		t.Errorf("the chart is %v", size)
	}
}
