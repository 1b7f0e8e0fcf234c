package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"reportbot/index/eval"
)

type evalCommand struct {
	Sets    []string `arg:"" help:"Question sets, one JSON object a line: QUESTIONS.jsonl, asked of --reports, or QUESTIONS.jsonl=REPORTS."`
	Verbose bool     `short:"v" help:"Print the failures."`
}

// Run grades question sets.
func (c *evalCommand) Run(ctx context.Context, s *Settings) error {
	e, err := s.engine(ctx)
	if err != nil {
		return err
	}
	defer e.Close()
	var r eval.Report
	for _, spec := range c.Sets {
		set, err := eval.Open(ctx, spec, e)
		if err != nil {
			return err
		}
		if err := r.Add(ctx, set.Name, set.Engine, set.Questions); err != nil {
			return err
		}
	}
	r.Print(os.Stdout, c.Verbose)
	return nil
}

type trainCommand struct {
	Sets        []string `arg:"" help:"QUESTIONS.jsonl=REPORTS, and =WEIGHT where one set counts more than another (default 1)."`
	With        []string `help:"More sets, that are never left out: not of officials' questions on reports, so that they say little of when to answer." sep:"none"`
	LeaveOneOut bool     `help:"Count on each set with weights that are fitted to all others, and print the table to standard error."`
	Verbose     bool     `short:"v" help:"Print the failures too."`
	Diagram     string   `type:"path" placeholder:"FILE.svg" help:"Draw how reliable the confidence is on sets left out."`
}

// Run learns the weights and prints them.
func (c *trainCommand) Run(ctx context.Context) error {
	var sets []*eval.Set
	for _, spec := range slices.Concat(c.Sets, c.With) {
		set, err := eval.Open(ctx, spec, nil)
		if err != nil {
			return err
		}
		if set.Engine == nil {
			return fmt.Errorf("set %q: QUESTIONS.jsonl=REPORTS is meant", spec)
		}
		sets = append(sets, set)
	}
	n := len(c.Sets)
	weights, r, err := eval.Train(ctx, sets[:n], sets[n:], c.LeaveOneOut || c.Diagram != "", os.Stderr)
	if err != nil {
		return err
	}
	fmt.Print(weights)
	if r == nil {
		return nil
	}
	r.Print(os.Stderr, c.Verbose)
	if c.Diagram == "" {
		return nil
	}
	f, err := os.Create(c.Diagram)
	if err != nil {
		return err
	}
	return errors.Join(r.Reliability().SVG(f, weights.Threshold[0]), f.Close())
}
