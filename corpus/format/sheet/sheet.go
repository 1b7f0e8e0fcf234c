// Package sheet reads workbooks: .xlsx (ECMA-376 part 1, SpreadsheetML), .xls
// (MS-XLS, BIFF8), the XML of Excel 2003 and OpenDocument. A cell's text is what
// the workbook shows, by its number format; what it does not show is left out.
//
// The libraries at hand show the Chinese date formats (27 to 58) as serial
// numbers, 0!.0,"万" as 0, and put the marks of notes behind the numbers; they
// unpack a million empty rows for one cell far below. So the cells are read
// here, from the same few elements and records in all four.
package sheet

import (
	"regexp"
	"slices"
	"sort"
	"strconv"

	"reportbot/corpus/format/document"
)

// table is the cells of a worksheet as shown, in any order, and the merged ones
// among them.
type table struct {
	name    string
	cells   []cell
	merged  []area
	hidden  [2][]span // rows, columns
	formula int       // formulas without a value
}

type cell struct {
	row, column int
	text        string
	sign        int // of the number, 0 of a text
}

// area is rows and columns from 0, both ends included.
type area struct{ top, left, bottom, right int }

// span is rows or columns from 0, both ends included.
type span struct{ from, to int }

// defaultName is what a worksheet is called that nobody named.
var defaultName = regexp.MustCompile(`^(?i:sheet|工作表|chart)\s*\d*$`)

// set adds a cell of text.
func (t *table) set(row, column int, text string) { t.add(cell{row, column, text, 0}) }

// setNumber adds a cell of a number, as it is shown.
func (t *table) setNumber(row, column int, text string, v float64) {
	sign := 1
	if v < 0 {
		sign = -1
	}
	t.add(cell{row, column, text, sign})
}

func (t *table) add(c cell) {
	if c.text != "" && c.row >= 0 && c.column >= 0 {
		t.cells = append(t.cells, c)
	}
}

// workbook is what the readers of all formats hand over.
type workbook struct {
	tables []table
	hidden []string // sheets
	count  int      // cells read
	limits document.Limits
}

// counted refuses a workbook of too many cells.
func (w *workbook) counted() error {
	if w.count++; w.count > w.limits.Cells {
		return document.Refuse(document.TooLarge, "the workbook has more than %d cells", w.limits.Cells)
	}
	return nil
}

func (w *workbook) build(kind document.Kind) (*document.Document, error) {
	b := &document.Builder{Max: w.limits.Text}
	shown := slices.DeleteFunc(w.tables, func(t table) bool { return len(t.cells) == 0 && t.formula == 0 })
	for _, t := range shown {
		if err := t.write(b, len(shown) == 1); err != nil {
			return nil, err
		}
	}
	for _, name := range w.hidden {
		b.Warn(document.Warning{Code: document.HiddenCells, Detail: name})
	}
	return b.Document(kind)
}

// write adds a worksheet: its name as a heading where it has one of its own,
// and its cells as one grid, which the builder divides.
func (t *table) write(b *document.Builder, alone bool) error {
	if !alone && !defaultName.MatchString(t.name) {
		b.Heading(1, t.name)
	}
	sort.SliceStable(t.cells, func(i, k int) bool {
		a, c := t.cells[i], t.cells[k]
		return a.row < c.row || a.row == c.row && a.column < c.column
	})
	t.hidden = [2][]span{joined(t.hidden[0]), joined(t.hidden[1])}
	rows := t.axis(0, func(c cell) int { return c.row }, func(m area) span { return span{m.top, m.bottom} })
	columns := t.axis(1, func(c cell) int { return c.column }, func(m area) span { return span{m.left, m.right} })
	g, far, err := t.grid(rows, columns)
	if err != nil {
		return err
	}
	b.Table(g)
	t.warn(b, far)
	return nil
}

// warn tells what of the worksheet was not read.
func (t *table) warn(b *document.Builder, far int) {
	hidden := 0
	for _, c := range t.cells {
		if within(t.hidden[0], c.row) || within(t.hidden[1], c.column) {
			hidden++
		}
	}
	for _, w := range []struct {
		code document.Code
		n    int
	}{{document.HiddenCells, hidden}, {document.FormulaNoValue, t.formula}, {document.FarCells, far}} {
		if w.n > 0 {
			b.Warn(document.Warning{Code: w.code, Detail: t.name + " " + strconv.Itoa(w.n)})
		}
	}
}

// joined puts spans in order, and those that meet together.
func joined(spans []span) (out []span) {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	for _, s := range spans {
		if n := len(out); n > 0 && s.from <= out[n-1].to+1 {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// within tells whether joined spans hold n.
func within(spans []span, n int) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].to >= n })
	return i < len(spans) && spans[i].from <= n
}

// axis is the rows or columns that are used and shown, and their places in the
// table.
type axis struct{ used, place []int }

// find is the place of a row or column.
func (a axis) find(n int) (int, bool) {
	i := sort.SearchInts(a.used, n)
	if i < len(a.used) && a.used[i] == n {
		return a.place[i], true
	}
	return 0, false
}

// reach is the places of those from one to another.
func (a axis) reach(from, to int) (first, last int, ok bool) {
	i, k := sort.SearchInts(a.used, from), sort.SearchInts(a.used, to+1)-1
	if i > k {
		return 0, 0, false
	}
	return a.place[i], a.place[k], true
}

// axis gives rows or columns their places. What lies unused between two of them
// counts as one, however far they stand apart.
func (t *table) axis(which int, of func(cell) int, reach func(area) span) (a axis) {
	used := map[int]bool{}
	last := -1
	for _, c := range t.cells {
		used[of(c)] = true
		last = max(last, of(c))
	}
	const longest = 64
	for _, m := range t.merged { // a row or column may hold nothing but a part of a merged cell
		if s := reach(m); s.to-s.from < longest {
			for n := s.from; n <= min(s.to, last); n++ {
				used[n] = true
			}
		}
	}
	for n := range used {
		if !within(t.hidden[which], n) {
			a.used = append(a.used, n)
		}
	}
	sort.Ints(a.used)
	next := 0
	for i, n := range a.used {
		if i > 0 && t.gap(which, a.used[i-1]+1, n-1) {
			next++
		}
		a.place = append(a.place, next)
		next++
	}
	return a
}

// gap tells whether any row or column from one to another is shown.
func (t *table) gap(which, from, to int) bool {
	spans := t.hidden[which]
	i := sort.Search(len(spans), func(i int) bool { return spans[i].to >= from })
	return from <= to && (i == len(spans) || spans[i].from > from || spans[i].to < to)
}

// grid puts the cells in their places; far counts those beyond the last column.
func (t *table) grid(rows, columns axis) (g *document.Grid, far int, err error) {
	g = &document.Grid{}
	at := map[[2]int]cell{}
	for _, c := range t.cells {
		at[[2]int{c.row, c.column}] = c
	}
	put := func(row, column, down, right int, c cell) {
		if column >= document.Widest {
			far++
			return
		}
		if !g.Put(row, column, down, right, c.text) {
			err = document.Refuse(document.TooLarge, "a worksheet has more than %d cells", document.Default.Cells)
		}
		if c.sign != 0 {
			g.Sign(row, column, c.sign)
		}
	}
	for _, m := range t.merged {
		top, bottom, ok := rows.reach(m.top, m.bottom)
		left, right, ok2 := columns.reach(m.left, m.right)
		if ok && ok2 && err == nil {
			put(top, left, bottom-top+1, right-left+1, at[[2]int{m.top, m.left}])
		}
	}
	for _, c := range t.cells {
		row, shown := rows.find(c.row)
		column, shown2 := columns.find(c.column)
		if shown && shown2 && err == nil {
			put(row, column, 1, 1, c)
		}
	}
	return g, far, err
}
