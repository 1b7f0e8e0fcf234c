package library

import (
	"strings"

	"reportbot/corpus"
)

// Recalled is a figure of an old version that the new one has otherwise. New is
// nil where the new version has no such figure.
type Recalled struct{ Old, New *corpus.Figure }

// Recall compares two versions of a report: the figures that say of the same
// thing, in the same unit, period and status, something else now. Of several
// alike the first goes with the first.
func Recall(old, new *corpus.Report) (out []Recalled) {
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
		g := now[key][0]
		now[key] = now[key][1:]
		if !g.Value.Equal(f.Value) || !g.High.Equal(f.High) || g.Bound != f.Bound {
			out = append(out, Recalled{f, g})
		}
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
