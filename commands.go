package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"reportbot/bot"
	"reportbot/bot/program"
	"reportbot/bot/record"
	"reportbot/bot/terminal"
	"reportbot/corpus"
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
	Questions string `arg:"" type:"existingfile" help:"Question set, one JSON object a line."`
	Verbose   bool   `short:"v" help:"Print the failures."`
}

// Run grades a question set.
func (c *evalCommand) Run(ctx context.Context, s *settings) error {
	questions, err := eval.Load(c.Questions)
	if err != nil {
		return err
	}
	e, err := s.engine()
	if err != nil {
		return err
	}
	defer e.Close()
	eval.Run(ctx, e, questions).Print(os.Stdout, c.Verbose)
	return nil
}

type trainCommand struct {
	Sets    []string `arg:"" help:"QUESTIONS.jsonl=REPORTS, and =WEIGHT where one set counts more than another (default 1)."`
	Diagram string   `type:"path" placeholder:"FILE.svg" help:"Draw how reliable the confidence is on the questions held back."`
}

// Run learns the weights: passages first, those for foreign questions apart, then figures among the passages so
// ranked, then when to answer. A fifth of the questions is held back.
func (c *trainCommand) Run(ctx context.Context, s *settings) error {
	t, err := index.NewTrainer()
	if err != nil {
		return err
	}
	for _, fit := range []func() index.Fitted{t.FitPassages, t.FitForeign, t.FitFigures, t.FitAnswers} {
		t.Forget()
		for _, set := range c.Sets {
			if err := gather(ctx, t, set); err != nil {
				return fmt.Errorf("set %q: %w", set, err)
			}
		}
		f := fit()
		fmt.Fprintf(os.Stderr, "%-8s fitted on %d: %.1f%% right   held back %d: %.1f%% right\n", f.Name, f.Questions, 100*f.Trained, f.HeldQuestions, 100*f.Held)
	}
	fmt.Print(t.Weights)
	if c.Diagram == "" {
		return nil
	}
	f, err := os.Create(c.Diagram)
	if err != nil {
		return err
	}
	return errors.Join(t.Reliability().SVG(f, t.Weights.Threshold[0]), f.Close())
}

func gather(ctx context.Context, t *index.Trainer, set string) error {
	name, rest, _ := strings.Cut(set, "=")
	reports, weight, weighted := strings.Cut(rest, "=")
	w := 1.0
	if weighted {
		if _, err := fmt.Sscanf(weight, "%g", &w); err != nil {
			return fmt.Errorf("weight %q is no number", weight)
		}
	}
	questions, err := eval.Load(name)
	if err != nil {
		return err
	}
	loaded, err := corpus.Load(reports)
	if err != nil {
		return err
	}
	e, err := index.Open("", loaded)
	if err != nil {
		return err
	}
	defer e.Close()
	examples := make([]index.Example, len(questions))
	for i, q := range questions {
		examples[i] = q.Example()
	}
	return t.Gather(ctx, e, examples, w)
}
