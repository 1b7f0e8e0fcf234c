package index

import (
	"context"
	"fmt"
)

// Explain prints how a question was read, the candidates with their features,
// and the passages.
func (e *Engine) Explain(ctx context.Context, question string, before []string) string {
	f, err := e.find(ctx, e.understand(question, before), nil)
	if err != nil {
		return err.Error()
	}
	out := f.Query.String() + fmt.Sprintf("\nconfidence %.3f\n", e.confidence(f))
	for i, x := range f.answerFeatures() {
		out += fmt.Sprintf("  %s=%.2f", answerFeatures[i], x)
	}
	out += "\n"
	for _, c := range f.candidates[:min(len(f.candidates), 6)] {
		out += fmt.Sprintf("%7.3f %s %s|%s %s %s %s conflict=%v\n       ", c.score, c.Text, c.Verb, c.What, c.Period.Label, c.Status, c.Role, f.conflicts(c))
		for i, x := range c.features {
			if x != 0 {
				out += fmt.Sprintf(" %s=%.2f(%+.2f)", figureFeatures[i], x, x*e.weights.Figure[i])
			}
		}
		out += "\n"
	}
	for _, p := range f.pages[:min(len(f.pages), 5)] {
		out += fmt.Sprintf("%7.3f %s %.60q\n       ", p.score, p.ID, p.Text())
		for i, x := range p.features {
			out += fmt.Sprintf(" %s=%.2f", passageFeatures[i], x)
		}
		out += "\n"
	}
	return out
}
