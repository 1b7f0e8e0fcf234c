package program

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"reportbot/corpus"
	"reportbot/corpus/fold"
)

var header = []string{"what", "value", "unit", "text", "bound", "period", "status", "section", "report"}

func row(f *corpus.Figure) []string {
	what := f.What
	if f.Verb != "" && what != "" {
		what = f.Verb + " " + what
	} else if what == "" {
		what = f.Verb
	}
	value := f.Value.String()
	if !f.High.Equal(f.Value) {
		value += "—" + f.High.String()
	}
	var markers []string
	for s := f.Paragraph.Section; s != nil; s = s.Parent {
		markers = append([]string{s.Marker}, markers...)
	}
	section := strings.TrimSpace(strings.Join(markers, "") + f.Paragraph.Marker)
	return []string{what, value, f.Unit, f.Text, f.Bound, f.Period.Label, string(f.Status), section, f.Paragraph.Report.Title}
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
		rows := [][]string{header[:8]}
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				rows = append(rows, guarded(row(f)[:8]))
			}
		}
		if _, err := fmt.Fprintf(w, "%s\n\n%s\n", fold.Visible(r.Title), table(rows)); err != nil {
			return err
		}
	}
	return nil
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
