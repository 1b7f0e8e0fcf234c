package eval

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"reportbot/corpus"
	"reportbot/index"
)

// Set is questions with the reports that they are asked of.
type Set struct {
	Name      string
	Questions []Question
	Engine    *index.Engine
	Weight    float64 // of each of its questions where weights are fitted
}

// Open reads "QUESTIONS.jsonl=REPORTS" or "QUESTIONS.jsonl=REPORTS=WEIGHT"; without
// reports the set is asked of the engine given.
func Open(ctx context.Context, spec string, without *index.Engine) (*Set, error) {
	name, rest, named := strings.Cut(spec, "=")
	s := &Set{Name: strings.TrimSuffix(filepath.Base(name), ".jsonl"), Engine: without, Weight: 1}
	reports, weight, weighted := strings.Cut(rest, "=")
	var err error
	if weighted {
		if s.Weight, err = strconv.ParseFloat(weight, 64); err != nil {
			return nil, fmt.Errorf("set %q: weight %q is no number", spec, weight)
		}
	}
	if s.Questions, err = Load(name); err != nil {
		return nil, err
	}
	if !named {
		return s, nil
	}
	loaded, err := corpus.Builtin().Load(ctx, reports)
	if err != nil {
		return nil, fmt.Errorf("set %q: %w", spec, err)
	}
	s.Engine, err = index.Open("", loaded)
	return s, err
}

// set is a Set as weights are learnt from.
func (s *Set) set() index.Set {
	out := index.Set{Name: s.Name, Engine: s.Engine, Weight: s.Weight}
	for _, q := range s.Questions {
		out.Examples = append(out.Examples, q.Example())
	}
	return out
}

// Train fits weights to sets, and to those that are with them. With leaveOut each
// of sets is left out in turn: what is returned beside the weights is how it is
// answered with weights that were fitted to all others; nil without.
func Train(ctx context.Context, sets, with []*Set, leaveOut bool, log io.Writer) (*index.Weights, *Report, error) {
	var learnt []index.Set
	for _, s := range sets {
		learnt = append(learnt, s.set())
	}
	for _, s := range with {
		guest := s.set()
		guest.Guest = true
		learnt = append(learnt, guest)
	}
	t, err := index.NewTrainer(learnt)
	if err != nil {
		return nil, nil, err
	}
	if err := t.Fit(ctx, log); err != nil {
		return nil, nil, err
	}
	if !leaveOut {
		return t.Weights, nil, nil
	}
	r := &Report{}
	for i, s := range sets {
		s.Engine.Weigh(t.Without(i))
		if err := r.Add(ctx, s.Name, s.Engine, s.Questions); err != nil {
			return nil, nil, err
		}
	}
	return t.Weights, r, nil
}
