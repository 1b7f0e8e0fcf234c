// Package sheet reads workbooks: .xlsx through excelize, .xls by a reader of
// its own (MS-XLS, BIFF8), since the one library at hand rounds every
// percentage to two places and swallows its errors. A cell's text is what the
// workbook shows, by its number format.
package sheet

import (
	"regexp"
	"strings"

	"reportbot/corpus/format/document"
)

// table is the cells of a worksheet as shown, and the merged ones among them.
type table struct {
	name   string
	rows   [][]string
	merged []area
}

// area is rows and columns from 0, both ends included.
type area struct{ top, left, bottom, right int }

// defaultName is what a worksheet is called that nobody named.
var defaultName = regexp.MustCompile(`^(?i:sheet|工作表|chart)\s*\d*$`)

// note begins a line below a table that is about it.
var note = regexp.MustCompile(`^(?:注|备注|说明|附注|资料来源|数据来源|来源)\d?\s*[:：]`)

// write adds a worksheet: its name as a heading where it has one of its own,
// lines with a single cell as paragraphs (title, 单位：万元, notes), the rest as
// tables parted by empty rows.
func (t *table) write(b *document.Builder, alone bool) error {
	if !alone && !defaultName.MatchString(t.name) {
		b.Heading(1, t.name)
	}
	for from := 0; from < len(t.rows); {
		to := from
		for to < len(t.rows) && !t.empty(to) {
			to++
		}
		if err := t.block(b, from, to); err != nil {
			return err
		}
		from = to + 1
	}
	return nil
}

func (t *table) empty(r int) bool { _, n := t.lone(r); return n == 0 }

// lone returns the last text of a row and how many cells have any.
func (t *table) lone(r int) (text string, n int) {
	for _, cell := range t.rows[r] {
		if strings.TrimSpace(cell) != "" {
			text = cell
			n++
		}
	}
	return text, n
}

// block writes the rows [from, to), which have no empty one among them.
func (t *table) block(b *document.Builder, from, to int) error {
	for ; from < to; from++ {
		text, n := t.lone(from)
		if n != 1 || t.reachesDown(from) {
			break
		}
		b.Paragraph(text)
	}
	var notes []string
	for ; to > from; to-- {
		text, n := t.lone(to - 1)
		if n != 1 || !note.MatchString(strings.TrimSpace(text)) {
			break
		}
		notes = append([]string{text}, notes...)
	}
	if from < to {
		g, err := t.grid(from, to)
		if err != nil {
			return err
		}
		b.Table(g)
	}
	for _, text := range notes {
		b.Paragraph(text)
	}
	return nil
}

// reachesDown tells whether a cell of row r is merged with the row below.
func (t *table) reachesDown(r int) bool {
	for _, m := range t.merged {
		if m.top <= r && r < m.bottom {
			return true
		}
	}
	return false
}

func (t *table) grid(from, to int) (*document.Grid, error) {
	g := &document.Grid{}
	left := t.left(from, to)
	for _, m := range t.merged {
		if m.top >= from && m.bottom < to && m.left < len(t.rows[m.top]) && m.left >= left {
			g.Put(m.top-from, m.left-left, m.bottom-m.top+1, m.right-m.left+1, t.rows[m.top][m.left])
		}
	}
	for r := from; r < to; r++ {
		for c := left; c < len(t.rows[r]); c++ {
			if !g.Put(r-from, c-left, 1, 1, t.rows[r][c]) {
				return nil, document.Refuse(document.TooLarge, "a worksheet has more than %d cells", document.Default.Cells)
			}
		}
	}
	return g, nil
}

// left is the first column of the rows that holds anything.
func (t *table) left(from, to int) int {
	least := -1
	for _, row := range t.rows[from:to] {
		for c, cell := range row {
			if cell != "" && (least < 0 || c < least) {
				least = c
			}
		}
	}
	return max(least, 0)
}
