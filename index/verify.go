package index

import (
	"context"
	"errors"
	"fmt"
)

// Holds tells whether the index has any document of a report: it is asked
// before a report is said to be withdrawn.
func (e *Engine) Holds(report string) (bool, error) {
	left, err := e.store.Paragraphs(report, 0)
	return len(left) > 0, err
}

// Verify compares the index with the corpus: the same paragraphs, and each
// figure where it is said to stand. It returns how many paragraphs there are.
func (e *Engine) Verify(ctx context.Context) (paragraphs int, err error) {
	var errs []error
	for _, head := range e.corpus.Reports {
		r, err := e.corpus.Open(head)
		if err != nil {
			return 0, err
		}
		ids, err := e.store.Paragraphs(r.ID, r.Length)
		if err != nil {
			return 0, err
		}
		held := map[string]bool{}
		for _, id := range ids {
			held[id] = true
		}
		for _, p := range r.Paragraphs {
			if !held[p.ID] {
				errs = append(errs, fmt.Errorf("《%s》: the index lacks paragraph %s", r.Title, p.ID))
			}
			for _, f := range p.Figures() {
				if r.Slice(f.Span) != f.Text || f.Start < p.Start || f.End > p.End {
					errs = append(errs, fmt.Errorf("《%s》: figure %s is not where it is said to stand", r.Title, f.ID))
				}
			}
		}
		if len(held) > len(r.Paragraphs) {
			errs = append(errs, fmt.Errorf("《%s》: the index has %d paragraphs too many", r.Title, len(held)-len(r.Paragraphs)))
		}
		paragraphs += len(r.Paragraphs)
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	return paragraphs, errors.Join(errs...)
}
