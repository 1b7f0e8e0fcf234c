package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reportbot/bot"
	"reportbot/bot/program"
	"reportbot/bot/record"
	"reportbot/bot/terminal"
	"reportbot/index"
	"reportbot/index/eval"
)

type askCommand struct {
	Questions []string `arg:"" optional:"" help:"Questions; without any they are read from standard input. A JSON list of strings is a conversation."`
	JSON      bool     `help:"Print one JSON object a question."`
	Explain   bool     `help:"Print how each question was read, and why the winner won."`
}

// Run answers each question in order.
func (c *askCommand) Run(ctx context.Context, s *settings) error {
	e, err := s.engine()
	if err != nil {
		return err
	}
	defer e.Close()
	out := json.NewEncoder(program.Visible(os.Stdout))
	out.SetEscapeHTML(false)
	return program.Questions(c.Questions, os.Stdin, func(turns []string) error {
		last := len(turns) - 1
		switch {
		case c.Explain:
			_, err := fmt.Println(e.Explain(ctx, turns[last], turns[:last]))
			return err
		case c.JSON:
			a := e.Ask(ctx, turns[last], turns[:last])
			if a.Err != nil {
				return fmt.Errorf("searching the reports: %w", a.Err)
			}
			return out.Encode(program.Of(a))
		}
		return forPeople(ctx, e, turns)
	})
}

// forPeople prints the answer as the terminal shows it.
func forPeople(ctx context.Context, e *index.Engine, turns []string) error {
	h := bot.NewLocal(e)
	for _, q := range turns[:len(turns)-1] {
		h.Handle(ctx, bot.Message{Text: q})
	}
	return terminal.Pipe(ctx, h, strings.NewReader(turns[len(turns)-1]), os.Stdout, terminal.Coloured(os.Stdout))
}

type figuresCommand struct {
	CSV bool `help:"As a spreadsheet (CSV, UTF-8)."`
}

// Run prints all figures.
func (c *figuresCommand) Run(s *settings) error {
	reports, err := s.corpus()
	if err != nil {
		return err
	}
	if c.CSV {
		return program.FiguresCSV(os.Stdout, reports)
	}
	return program.Figures(os.Stdout, reports)
}

type auditCommand struct {
	CSV  bool `help:"As a spreadsheet (CSV, UTF-8)."`
	Gaps bool `help:"The questions that got no answer or a 👎, those alike together."`
}

// Run prints what was asked and shown. It may run while the bot does.
func (c *auditCommand) Run(s *settings) error {
	if _, err := os.Stat(filepath.Join(s.Data, record.FileName)); err != nil {
		return fmt.Errorf("no record yet: %w", err)
	}
	kept, err := record.Open(s.Data, s.Days)
	if err != nil {
		return err
	}
	defer kept.Close()
	if !c.Gaps && c.CSV {
		return program.AuditCSV(os.Stdout, kept)
	}
	if !c.Gaps {
		return program.Audit(os.Stdout, kept)
	}
	gaps, err := kept.Gaps()
	if err != nil {
		return fmt.Errorf("reading the record: %w", err)
	}
	if c.CSV {
		return program.GapsCSV(os.Stdout, gaps)
	}
	return program.Gaps(os.Stdout, gaps)
}

type evalCommand struct {
	Sets    []string `arg:"" help:"Question sets, one JSON object a line: QUESTIONS.jsonl, asked of --reports, or QUESTIONS.jsonl=REPORTS."`
	Verbose bool     `short:"v" help:"Print the failures."`
}

// Run grades question sets.
func (c *evalCommand) Run(ctx context.Context, s *settings) error {
	e, err := s.engine()
	if err != nil {
		return err
	}
	defer e.Close()
	var r eval.Report
	for _, spec := range c.Sets {
		set, err := eval.Open(spec, e)
		if err != nil {
			return err
		}
		r.Add(ctx, set.Name, set.Engine, set.Questions)
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
		set, err := eval.Open(spec, nil)
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
