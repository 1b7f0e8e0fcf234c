package library

import (
	"strconv"
	"strings"

	"reportbot/corpus"
)

// Comparison is two versions of a report, or the reports of two years, figure beside
// figure.
type Comparison struct {
	Old, New *corpus.Report
	Changed  []Recalled       // they say of the same thing something else, in the order of the old one
	Gone     []*corpus.Figure // the old one alone has them
	Added    []*corpus.Figure // the new one alone has them
	Same     int
}

// Compare holds two reports against each other. Figures go together that say of the same
// thing, as achieved or planned, and of a time that lies as far from the year of their
// report: the last year's of one with the last year's of the other. Of several alike those
// that are equal go together, then the first with the first; what is left is looked for by
// what it counts alone, and last in whatever unit: one may have none.
func Compare(old, new *corpus.Report) Comparison {
	c := Comparison{Old: old, New: new}
	before, after := figures(old), figures(new)
	partner := map[*corpus.Figure]*corpus.Figure{}
	taken := map[*corpus.Figure]bool{}
	for _, key := range []func(*corpus.Figure) string{kindOf, thingOf, nameOf} {
		for _, equal := range []bool{true, false} {
			pairUp(before, after, key, equal, partner, taken)
		}
	}
	for _, f := range before {
		switch g := partner[f]; {
		case g == nil:
			c.Gone = append(c.Gone, f)
		case equals(f, g):
			c.Same++
		default:
			c.Changed = append(c.Changed, Recalled{f, g})
		}
	}
	for _, g := range after {
		if !taken[g] {
			c.Added = append(c.Added, g)
		}
	}
	return c
}

// pairUp gives the figures that have none a partner of the same key.
func pairUp(before, after []*corpus.Figure, key func(*corpus.Figure) string, equal bool, partner map[*corpus.Figure]*corpus.Figure, taken map[*corpus.Figure]bool) {
	open := map[string][]*corpus.Figure{}
	for _, g := range after {
		if k := key(g); !taken[g] && k != "" {
			open[k] = append(open[k], g)
		}
	}
	for _, f := range before {
		if partner[f] != nil {
			continue
		}
		k := key(f)
		for i, g := range open[k] {
			if equal && !equals(f, g) {
				continue
			}
			partner[f], taken[g] = g, true
			open[k] = append(open[k][:i:i], open[k][i+1:]...)
			break
		}
	}
}

func equals(f, g *corpus.Figure) bool {
	return g.Value.Equal(f.Value) && g.High.Equal(f.High) && g.Unit == f.Unit && g.Bound == f.Bound && g.Falls() == f.Falls()
}

// kindOf is all that a figure says but its amount, and when, by the year of its report.
func kindOf(f *corpus.Figure) string {
	return strings.Join([]string{f.Verb, f.What, f.Each, f.Unit, when(f), string(f.Status), string(f.Role), string(f.Scope)}, "\x00")
}

// thingOf is what a figure counts without its verb; "" where that is not known.
func thingOf(f *corpus.Figure) string {
	if f.What == "" {
		return ""
	}
	return strings.Join([]string{f.What, f.Each, f.Unit, when(f), string(f.Status), string(f.Role)}, "\x00")
}

// nameOf is the same without its unit.
func nameOf(f *corpus.Figure) string {
	if f.What == "" {
		return ""
	}
	return strings.Join([]string{f.What, f.Each, when(f), string(f.Status), string(f.Role)}, "\x00")
}

// when is a figure's period in months from the beginning of its report's year.
func when(f *corpus.Figure) string {
	if year := f.Paragraph.Report.Year * 12; year > 0 && f.Period.Known() {
		return strconv.Itoa(f.Period.From-year) + " " + strconv.Itoa(f.Period.To-year)
	}
	return f.Period.Label
}
