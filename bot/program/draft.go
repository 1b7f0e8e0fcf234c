package program

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"reportbot/bot"
	"reportbot/bot/terminal"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

type draftCommand struct {
	File   string `arg:"" type:"existingfile" help:"The draft: .docx, .txt, .pdf or any other format of a report."`
	Output string `short:"o" type:"path" placeholder:"FILE" help:"Where the marked copy is written; beside the draft where this is not given, \"-\" for none."`
	Lang   string `enum:"zh,zh-Hant,en" default:"zh" help:"Of what is said: zh, zh-Hant or en."`
}

// Run holds a draft against the reports, prints what was found, what is wrong first, and
// writes the copy with comments.
func (c *draftCommand) Run(ctx context.Context, s *Settings) error {
	e, err := s.engine(ctx)
	if err != nil {
		return err
	}
	defer e.Close()
	name := filepath.Base(c.File)
	content, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	read, err := format.Read(ctx, name, content, document.Default)
	if err != nil {
		return fmt.Errorf("无法读取“%s”：%s (%w)", name, bot.WhyRefused(err, c.Lang), err)
	}
	checked, err := e.CheckDraft(ctx, name, read)
	if err == nil {
		err = checked.Err
	}
	if err != nil {
		return err
	}
	h := bot.NewLocal(e)
	terminal.Print(os.Stdout, h.Checked(checked, c.Lang))
	if c.Output == "-" || len(checked.Findings) == 0 {
		return nil
	}
	copied, marked, err := h.MarkedCopy(checked, name, content, c.Lang)
	if err != nil {
		return err
	}
	if c.Output == "" {
		c.Output = filepath.Join(filepath.Dir(c.File), copied)
	}
	if err := os.WriteFile(c.Output, marked, 0o644); err != nil {
		return err
	}
	fmt.Println("→ " + c.Output)
	return nil
}
