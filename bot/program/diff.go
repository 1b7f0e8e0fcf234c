package program

import (
	"context"
	"fmt"
	"os"

	"reportbot/bot"
	"reportbot/bot/terminal"
	"reportbot/bot/upkeep"
	"reportbot/corpus"
	"reportbot/corpus/library"
	"reportbot/index"
)

type diffCommand struct {
	Old  string `arg:"" help:"A file, or the name, file name or title of a report of the library."`
	New  string `arg:"" help:"Likewise."`
	Lang string `enum:"zh,zh-Hant,en" default:"zh" help:"Of what is said: zh, zh-Hant or en."`
}

// Run prints the figures that changed, are new and are gone, side by side.
func (c *diffCommand) Run(ctx context.Context, s *Settings) error {
	old, err := s.report(ctx, c.Old)
	if err != nil {
		return err
	}
	new, err := s.report(ctx, c.New)
	if err != nil {
		return err
	}
	e, err := index.Open("", corpus.New(old, new))
	if err != nil {
		return err
	}
	defer e.Close()
	terminal.Print(os.Stdout, bot.NewLocal(e).Changes(library.Compare(old, new), c.Lang))
	return nil
}

// report is one of a file, or of the library by its name.
func (s *Settings) report(ctx context.Context, name string) (*corpus.Report, error) {
	if content, err := os.ReadFile(name); err == nil {
		reports, err := upkeep.ReaderOf(s.Data).ReadFile(ctx, name, content)
		if err == nil && len(reports) != 1 {
			err = fmt.Errorf("the file holds %d reports", len(reports))
		}
		if err != nil {
			return nil, fmt.Errorf("无法读取“%s”：%s (%w)", name, bot.WhyRefused(err, "zh"), err)
		}
		return reports[0], nil
	}
	entry, err := s.library().Find(name)
	if err != nil {
		return nil, fmt.Errorf("“%s”既不是文件，也不是库中的报告 neither a file nor a report of the library: %w", name, err)
	}
	reports, err := s.corpus(ctx)
	if err != nil {
		return nil, err
	}
	return reports.Report(corpus.ReportID(entry.Name)), nil
}
