package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"reportbot/index/decide"
	"reportbot/index/rank"
)

// Explain prints how a question was read, the candidates with their features,
// and the passages.
func (e *Engine) Explain(ctx context.Context, question string, before []string) string {
	q := e.understand(ctx, question, before)
	f, err := e.find(ctx, q, nil)
	if err != nil {
		return err.Error()
	}
	answer := f.AnswerFeatures()
	features := rank.Vector(&answer)
	first, three := e.weights.Chances(features, f.Lang)
	out := fmt.Sprintf("read %s\nconfidence %.3f, of the first three %.3f\n", q, first, three)
	for i, x := range features {
		out += fmt.Sprintf("  %s=%.2f", rank.AnswerNames[i], x)
	}
	out += "\n"
	for _, thing := range e.things(ctx, q) {
		one := e.answer(ctx, thing.Text, thing.Query)
		out += fmt.Sprintf("asks for %s: %.3f", thing, one.Confidence)
		for _, f := range one.Figures[:min(len(one.Figures), 3)] {
			out += " " + f.Text
		}
		out += "\n"
	}
	for _, c := range f.Ranked[:min(len(f.Ranked), 6)] {
		out += fmt.Sprintf("%7.3f %s %s|%s %s %s %s conflict=%v\n       ", c.Score, c.Text, c.Verb, c.What, c.Period.Label, c.Status, c.Role, f.Conflicts(c))
		for i, x := range rank.Vector(&c.Features) {
			if x != 0 {
				out += fmt.Sprintf(" %s=%.2f(%+.2f)", rank.FigureNames[i], x, x*e.weights.FiguresFor(q.Lang)[i])
			}
		}
		out += "\n"
	}
	out += e.why(f)
	for _, p := range f.Pages[:min(len(f.Pages), 5)] {
		out += fmt.Sprintf("%7.3f %s %.60q\n       ", p.Score, p.ID, p.Text())
		for i, x := range rank.Vector(&p.Features) {
			out += fmt.Sprintf(" %s=%.2f", rank.ForeignNames[i], x) // those of passageFeatures come first
		}
		out += "\n"
	}
	return out
}

// why tells by what the best figure that fits is ahead of the second, the
// weightiest differences first.
func (e *Engine) why(f *decide.Finding) string {
	if len(f.Fit) < 2 {
		return ""
	}
	first, second := f.Fit[0], f.Fit[1]
	type lead struct {
		name string
		by   float64
	}
	var leads []lead
	one, other := rank.Vector(&first.Features), rank.Vector(&second.Features)
	for i, name := range rank.FigureNames {
		if by := (one[i] - other[i]) * e.weights.FiguresFor(f.Lang)[i]; math.Abs(by) >= 0.05 {
			leads = append(leads, lead{name, by})
		}
	}
	slices.SortFunc(leads, func(a, b lead) int { return cmp.Compare(math.Abs(b.by), math.Abs(a.by)) })
	var b strings.Builder
	fmt.Fprintf(&b, "%s is ahead of %s by %.3f:", first.Text, second.Text, first.Score-second.Score)
	for _, l := range leads[:min(len(leads), 6)] {
		fmt.Fprintf(&b, " %s %+.2f", l.name, l.by)
	}
	return b.String() + "\n"
}
