package program

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/library"
	"reportbot/corpus/picture"
)

type pageCommand struct {
	Paragraph string `arg:"" help:"ID of a paragraph, as ask --json tells it, or of a figure."`
	At        int    `default:"-1" placeholder:"START" help:"Where the figure begins that is framed, as ask --json tells it."`
	Out       string `short:"o" required:"" type:"path" placeholder:"FILE.png" help:"Where the picture is written."`
}

// Run draws the page that a paragraph stands on, as its original file shows it.
func (c *pageCommand) Run(ctx context.Context, s *Settings) error {
	all, err := s.corpus(ctx)
	if err != nil {
		return err
	}
	paragraph, _, _ := strings.Cut(c.Paragraph, ".")
	p := all.Paragraph(paragraph)
	if p == nil {
		return fmt.Errorf("没有编号为“%s”的段落 there is no paragraph %s", paragraph, paragraph)
	}
	var figure *corpus.Figure
	for _, f := range p.Figures() {
		if f.ID == c.Paragraph || f.Start == c.At {
			figure = f
		}
	}
	drawn, err := s.pages().Of(ctx, p, figure)
	if err != nil {
		return fmt.Errorf("《%s》：%s (%w)", p.Report.Title, bot.WhyRefused(err, "zh"), err)
	}
	return os.WriteFile(c.Out, drawn, 0o644)
}

// pages are those of the originals of the reports that the settings name.
func (s *Settings) pages() *picture.Pages {
	pages := &picture.Pages{Dir: filepath.Join(s.Data, "pages"), Original: s.library().Original}
	if s.Reports != "" {
		pages.Original = func(report string) (string, []byte, error) { return originalIn(s.Reports, report) }
	}
	return pages
}

// originalIn finds a report's file in a folder, which may be the file itself.
func originalIn(folder, report string) (string, []byte, error) {
	names := []string{folder}
	if info, err := os.Stat(folder); err == nil && info.IsDir() {
		names, _ = filepath.Glob(filepath.Join(folder, "*"))
	}
	for _, name := range names {
		if library.NameOf(name) == report && format.Known(name) {
			content, err := os.ReadFile(name)
			return filepath.Base(name), content, err
		}
	}
	return "", nil, os.ErrNotExist
}
