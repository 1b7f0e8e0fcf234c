package compare

import (
	"slices"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
)

// Series is one thing over the years, as the reports of one place state it.
type Series struct {
	About   string
	Points  []Point // by year, the earliest first; one a year
	Missing []int   // years on which a report is at hand that does not state it, or not surely
	Promise bool    // last year's target is held against what was achieved
	Kept    Kept
}

// Point is what a report states for a year.
type Point struct {
	Year   int
	Figure *corpus.Figure
	Falls  bool // it says by how much something fell
	// Restated is the figure of the same year in a later report, where that says something
	// else; nil where none does.
	Restated *corpus.Figure
	// Change is what follows from this figure and the one of the year before, as the same
	// report states that where it does; nil where they can't be compared, or a year lies
	// between them.
	Change *Change
}

// Change stands in no report. Rate is in per cent of the figure before, rounded to a tenth,
// nil where there is none: of percentages the difference alone is told, in points.
type Change struct {
	Difference decimal.Decimal
	Rate       *decimal.Decimal
	Roughly    bool // one of the two is a bound or an estimate
}

// value is a figure with its direction.
func (p Point) value() decimal.Decimal {
	return Row{Figure: p.Figure, Falls: p.Falls}.Low()
}

// State adds what a report states for a year; the reports come in the order of their years.
// What a later one states of the same year stands beside it where it is something else.
func (s *Series) State(year int, f *corpus.Figure, falls bool) {
	for i, p := range s.Points {
		if p.Year == year {
			again := Point{Figure: f, Falls: falls}
			if !again.value().Equal(p.value()) || KindOf(f).Unit != KindOf(p.Figure).Unit {
				s.Points[i].Restated = f
			}
			return
		}
	}
	s.Points = append(s.Points, Point{Year: year, Figure: f, Falls: falls})
}

// Reckon sets the points in order, keeps the last n of them (0 for all) and computes the
// changes between years that follow one another.
func (s *Series) Reckon(n int) {
	slices.SortFunc(s.Points, func(a, b Point) int { return a.Year - b.Year })
	s.Missing = slices.DeleteFunc(s.Missing, func(year int) bool {
		return slices.ContainsFunc(s.Points, func(p Point) bool { return p.Year == year })
	})
	if n > 0 && len(s.Points) > n {
		s.Points = s.Points[len(s.Points)-n:]
	}
	for i := 1; i < len(s.Points); i++ {
		before, now := s.Points[i-1], s.Points[i]
		if again := before.Restated; again != nil && again.Paragraph.Report == now.Figure.Paragraph.Report {
			before.Figure, before.Falls = again, false // what a report compares with is what it can be compared with
		}
		if now.Year == before.Year+1 {
			s.Points[i].Change = change(before, now)
		}
	}
}

// change is what follows from two figures, nil where they can't be held against each other.
func change(before, now Point) *Change {
	a, b := KindOf(before.Figure), KindOf(now.Figure)
	ranged := !before.Figure.High.Equal(before.Figure.Value) || !now.Figure.High.Equal(now.Figure.Value)
	if a.Unit != b.Unit || a.Role != b.Role || before.Figure.Unit != now.Figure.Unit || ranged {
		return nil
	}
	from, to := before.value(), now.value()
	_, factor := common(now.Figure.Unit)
	c := &Change{Difference: to.Sub(from).DivRound(factor, convertedDigits), Roughly: before.Figure.Bound+now.Figure.Bound != ""}
	if now.Figure.Unit != "%" && from.IsPositive() {
		rate := to.Sub(from).Mul(decimal.NewFromInt(100)).DivRound(from, 1)
		c.Rate = &rate
	}
	return c
}

// Kept tells whether what was aimed at was achieved.
type Kept string

const (
	Met       Kept = "met"
	Missed    Kept = "missed"
	Unsaid    Kept = "unsaid"    // the later report does not say
	Uncertain Kept = "uncertain" // the two figures can't be held against each other, or are too close for their bounds
)

// Judge holds what was achieved against what was aimed at. A target with about (左右) is
// missed only by more than half a percentage point, or a twentieth of it: between the two it
// is uncertain. most tells a target that is not to be exceeded: 控制在5.5%以内.
func Judge(target, actual Point, most, about bool) Kept {
	a, b := KindOf(target.Figure), KindOf(actual.Figure)
	if a.Unit != b.Unit || a.Role != b.Role {
		return Uncertain
	}
	low, high := target.value(), Row{Figure: target.Figure, Falls: target.Falls}.high()
	reached := actual.value()
	short := low.Sub(reached)
	if most {
		short = reached.Sub(high)
	}
	switch {
	case !short.IsPositive():
		return Met
	case about && short.LessThanOrEqual(slack(target)):
		return Uncertain
	}
	return Missed
}

// slack is how much a target with 左右 leaves open.
func slack(target Point) decimal.Decimal {
	if target.Figure.Unit == "%" {
		return decimal.New(5, -1)
	}
	return target.value().Abs().Div(decimal.NewFromInt(20))
}
