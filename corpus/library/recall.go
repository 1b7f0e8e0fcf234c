package library

import (
	"strings"

	"reportbot/corpus"
)

// Recalled is a figure of an old version that the new one has otherwise. New is
// nil where the new version has no such figure.
type Recalled struct{ Old, New *corpus.Figure }

// Recall compares two versions of a report: the figures that say of the same
// thing, in the same unit, period and status, something else now.
func Recall(old, new *corpus.Report) (out []Recalled) {
	for _, p := range Pairs(old, new) {
		if f, g := p.Old, p.New; g == nil || !g.Value.Equal(f.Value) || !g.High.Equal(f.High) || g.Bound != f.Bound {
			out = append(out, p)
		}
	}
	return out
}

// Pairs is every figure of an old version with the one of the new version that
// says of the same thing. Of several alike the first goes with the first.
func Pairs(old, new *corpus.Report) (out []Recalled) {
	now := map[string][]*corpus.Figure{}
	for _, f := range figures(new) {
		now[keyOf(f)] = append(now[keyOf(f)], f)
	}
	for _, f := range figures(old) {
		key := keyOf(f)
		if len(now[key]) == 0 {
			out = append(out, Recalled{Old: f})
			continue
		}
		out = append(out, Recalled{f, now[key][0]})
		now[key] = now[key][1:]
	}
	return out
}

func figures(r *corpus.Report) (all []*corpus.Figure) {
	for _, p := range r.Paragraphs {
		all = append(all, p.Figures()...)
	}
	return all
}

func keyOf(f *corpus.Figure) string {
	return strings.Join([]string{f.Verb, f.What, f.Each, f.Unit, f.Period.Label, string(f.Status), string(f.Role), string(f.Scope)}, "\x00")
}
