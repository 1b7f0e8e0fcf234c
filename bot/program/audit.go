package program

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"reportbot/bot/record"
	"reportbot/corpus/fold"
)

var (
	trailHeader = []string{"answer", "at", "user", "name", "chat", "question", "lang", "kind", "shown", "good", "bad", "wrong"}
	gapsHeader  = []string{"last", "question", "count", "not_in_reports", "bad", "wrong_figure", "wrong_passage", "missing"}
)

type auditCommand struct {
	CSV  bool `help:"As a spreadsheet (CSV, UTF-8)."`
	Gaps bool `help:"The questions that got no answer or a 👎, those alike together."`
}

// Run prints what was asked and shown. It may run while the bot does.
func (c *auditCommand) Run(s *Settings) error {
	if _, err := os.Stat(filepath.Join(s.Data, record.FileName)); err != nil {
		return fmt.Errorf("no record yet: %w", err)
	}
	kept, err := record.Open(s.Data, s.Days)
	if err != nil {
		return err
	}
	defer kept.Close()
	if !c.Gaps && c.CSV {
		return AuditCSV(os.Stdout, kept)
	}
	if !c.Gaps {
		return Audit(os.Stdout, kept)
	}
	gaps, err := kept.Gaps()
	if err != nil {
		return fmt.Errorf("reading the record: %w", err)
	}
	if c.CSV {
		return GapsCSV(os.Stdout, gaps)
	}
	return Gaps(os.Stdout, gaps)
}

// AuditCSV writes each answer given, the oldest first, as a spreadsheet.
func AuditCSV(w io.Writer, kept *record.Record) error {
	out, err := spreadsheet(w, trailHeader)
	if err != nil {
		return err
	}
	err = kept.Trail(func(e record.Entry) error { return out.Write(guarded(trailRow(e))) })
	if err != nil {
		return fmt.Errorf("reading the record: %w", err)
	}
	out.Flush()
	return out.Error()
}

// Audit writes the same for reading, an answer a line.
func Audit(w io.Writer, kept *record.Record) error {
	return kept.Trail(func(e record.Entry) error {
		_, err := fmt.Fprintf(w, "%s  %d  %-8s %s  %s\n", e.At.Local().Format(time.DateTime), e.User, e.Kind, e.Question, e.Shown)
		return err
	})
}

func trailRow(e record.Entry) []string {
	return []string{strconv.FormatInt(e.Answer, 10), e.At.Format(time.RFC3339), number(e.User), e.Name, number(e.Chat), e.Question, e.Lang,
		string(e.Kind), e.Shown, strconv.Itoa(e.Good), strconv.Itoa(e.Bad), e.Wrong}
}

// number of a person or a chat, "" where it was forgotten.
func number(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// GapsCSV writes the questions that were not answered well as a spreadsheet.
func GapsCSV(w io.Writer, gaps []record.Gap) error {
	out, err := spreadsheet(w, gapsHeader)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		row := []string{g.Last.Format(time.RFC3339), g.Question}
		for _, n := range []int{g.Count, g.Unsaid, g.Wrong[""], g.Wrong["figure"], g.Wrong["passage"], g.Wrong["missing"]} {
			row = append(row, strconv.Itoa(n))
		}
		out.Write(guarded(row))
	}
	out.Flush()
	return out.Error()
}

// Gaps writes the same for reading, a question a line.
func Gaps(w io.Writer, gaps []record.Gap) error {
	for _, g := range gaps {
		if _, err := fmt.Fprintf(w, "%s  %3d×  %s\n", g.Last.Local().Format(time.DateOnly), g.Count, g.Question); err != nil {
			return err
		}
	}
	return nil
}

// spreadsheet begins a CSV file in UTF-8 with a byte order mark, without which
// Excel garbles Chinese.
func spreadsheet(w io.Writer, header []string) (*csv.Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	out := csv.NewWriter(w)
	return out, out.Write(header)
}

// guarded keeps what people or reports write, which may hold characters that are
// not seen, from being run as a formula by the program
// that opens the spreadsheet: =HYPERLINK(…) becomes '=HYPERLINK(…). Numbers
// below zero stay.
func guarded(row []string) []string {
	for i, cell := range row {
		cell = fold.Visible(cell)
		row[i] = cell
		if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			row[i] = "'" + cell
		}
	}
	return row
}

// Visible writes without characters that are not seen. Each Write is whole text.
func Visible(w io.Writer) io.Writer { return visible{w} }

type visible struct{ io.Writer }

func (v visible) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.Writer, fold.Visible(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
