package paper

import (
	"fmt"
	"strconv"

	"github.com/go-analyze/charts"
)

// The size of a chart: a telephone shows it whole, in either position.
const (
	chartWidth  = 1000
	chartHeight = 600
)

// Chart draws figures over the years as bars, each with its number, as a PNG. What the
// numbers count and in what unit is said in words beside the picture: on it stand years and
// numbers alone, so that it needs no Chinese type. Bars begin at zero, or their lengths
// would mislead, and so no number may lie below it; a year without a number has no bar.
func Chart(years []int, values map[int]float64) ([]byte, error) {
	var labels []string
	var bars []float64
	for year := years[0]; year <= years[len(years)-1]; year++ {
		labels = append(labels, strconv.Itoa(year))
		if v, ok := values[year]; ok {
			bars = append(bars, v)
		} else {
			bars = append(bars, charts.GetNullValue())
		}
	}
	opt := charts.NewBarChartOptionWithData([][]float64{bars})
	opt.CategoryAxis.Labels = labels
	opt.Legend.Show = charts.Ptr(false)
	opt.Padding = charts.NewBox(40, 50, 50, 30)
	opt.SeriesList[0].Label.Show = charts.Ptr(true)
	opt.SeriesList[0].Label.FontStyle.FontSize = 20
	opt.SeriesList[0].Label.ValueFormatter = shortest
	opt.CategoryAxis.LabelFontStyle.FontSize = 20
	opt.ValueAxis = []charts.ValueAxisOption{{Min: charts.Ptr(0.0), LabelFontStyle: charts.FontStyle{FontSize: 14}, ValueFormatter: shortest}}
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: chartHeight})
	if err := painter.BarChart(opt); err != nil {
		return nil, fmt.Errorf("drawing a chart: %w", err)
	}
	return painter.Bytes()
}

// shortest is a number without more digits than it has.
func shortest(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
