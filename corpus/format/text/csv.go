package text

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"reportbot/corpus/format/document"
)

// ReadCSV reads separated values (RFC 4180; commas, tabs or semicolons) as one
// table.
func ReadCSV(content []byte, limits document.Limits) (*document.Document, error) {
	text, charset, err := Decode(content)
	if err != nil {
		return nil, err
	}
	rows, err := values(text, separator(text))
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the table can't be read: %v", err)
	}
	b := &document.Builder{Max: limits.Text}
	rows = above(b, rows)
	g := &document.Grid{}
	for r, row := range rows {
		for i, cell := range row {
			if !g.Put(r, i, 1, 1, cell) {
				return nil, document.Refuse(document.TooLarge, "the table has more than %d cells", document.Default.Cells)
			}
		}
	}
	b.Table(g)
	d, err := b.Document(document.CSV)
	if err != nil {
		return nil, err
	}
	d.Charset = charset
	return d, nil
}

// above writes the first rows that have one cell only: a title, a unit.
func above(b *document.Builder, rows [][]string) [][]string {
	for len(rows) > 1 {
		filled := ""
		for i, cell := range rows[0] {
			if cell = strings.TrimSpace(cell); cell != "" && i > 0 && filled != "" {
				return rows
			} else if cell != "" {
				filled = cell
			}
		}
		b.Paragraph(filled)
		rows = rows[1:]
	}
	return rows
}

func values(text string, comma rune) ([][]string, error) {
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma, -1, true
	var rows [][]string
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

// separator is the one that stands in most of the first lines.
func separator(text string) rune {
	best, most := ',', 0
	for _, s := range []rune{',', '\t', ';'} {
		lines := 0
		for line := range strings.Lines(text[:min(len(text), 8192)]) {
			if strings.ContainsRune(line, s) {
				lines++
			}
		}
		if lines > most {
			best, most = s, lines
		}
	}
	return best
}

// IsCSV tells separated values from prose: three lines or more, nearly all
// with the same number of values (two at least), and no full stop.
func IsCSV(text string) bool {
	rows, err := values(text, separator(text))
	if err != nil || len(rows) < 3 || strings.Contains(text, "。") {
		return false
	}
	count := map[int]int{}
	most := 0
	for _, row := range rows {
		if count[len(row)]++; len(row) > 1 {
			most = max(most, count[len(row)])
		}
	}
	return most*10 >= len(rows)*7
}
