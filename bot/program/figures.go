package program

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"reportbot/bot/saying"
	"reportbot/corpus"
	"reportbot/corpus/fold"
)

type figuresCommand struct {
	CSV bool `help:"As a spreadsheet (CSV, UTF-8)."`
}

// Run prints all figures.
func (c *figuresCommand) Run(ctx context.Context, s *Settings) error {
	reports, err := s.corpus(ctx)
	if err != nil {
		return err
	}
	if c.CSV {
		return FiguresCSV(os.Stdout, reports)
	}
	return Figures(os.Stdout, reports)
}

// header of the table; said is text with what turns its meaning, 下降41.2%, by what
// decided its period and status.
var header = []string{"what", "value", "unit", "text", "bound", "period", "status", "section", "report", "by", "said"}

func row(f *corpus.Figure) []string {
	value := f.Value.String()
	if !f.High.Equal(f.Value) {
		value += "—" + f.High.String()
	}
	var markers []string
	for s := f.Paragraph.Section; s != nil; s = s.Parent {
		markers = append([]string{s.Marker}, markers...)
	}
	section := strings.TrimSpace(strings.Join(markers, "") + f.Paragraph.Marker)
	return []string{saying.Thing(f), value, f.Unit, f.Text, f.Bound, f.Period.Label, string(f.Status), section, f.Paragraph.Report.Title, f.By, saying.Text(f)}
}

// FiguresCSV writes all figures as a spreadsheet: UTF-8 with a byte order mark,
// without which Excel garbles Chinese.
func FiguresCSV(w io.Writer, c *corpus.Corpus) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Write(header)
	for r := range c.All {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				out.Write(guarded(row(f)))
			}
		}
	}
	out.Flush()
	return out.Error()
}

// Figures writes all figures as a table, report by report.
func Figures(w io.Writer, c *corpus.Corpus) error {
	for r := range c.All {
		rows := [][]string{inTable(header)}
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				rows = append(rows, guarded(inTable(row(f))))
			}
		}
		if _, err := fmt.Fprintf(w, "%s\n\n%s\n", fold.Visible(r.Title), table(rows)); err != nil {
			return err
		}
	}
	return nil
}

// inTable is of a row what a terminal has room for: without the report, which stands
// above, the figure as it is said.
func inTable(row []string) []string {
	return append(append(slices.Clone(row[:3]), row[10]), append(slices.Clone(row[4:8]), row[9])...)
}

// widest is how many columns of the terminal one cell may take.
const widest = 36

// table lines up rows; a Chinese character takes two columns.
func table(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = min(widest, max(width[i], runewidth.StringWidth(cell)))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			cell = runewidth.Truncate(cell, widest, "…")
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", width[i]-runewidth.StringWidth(cell)+2))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
