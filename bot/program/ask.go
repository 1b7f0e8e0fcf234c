package program

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"reportbot/bot"
	"reportbot/bot/terminal"
	"reportbot/index"
)

type askCommand struct {
	Questions []string `arg:"" optional:"" help:"Questions; without any they are read from standard input. A JSON list of strings is a conversation."`
	JSON      bool     `help:"Print one JSON object a question."`
	Explain   bool     `help:"Print how each question was read, and why the winner won."`
}

// Run answers each question in order.
func (c *askCommand) Run(ctx context.Context, s *Settings) error {
	e, err := s.engine(ctx)
	if err != nil {
		return err
	}
	defer e.Close()
	out := json.NewEncoder(Visible(os.Stdout))
	out.SetEscapeHTML(false)
	return Questions(c.Questions, os.Stdin, func(turns []string) error {
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
			return out.Encode(Of(a))
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
