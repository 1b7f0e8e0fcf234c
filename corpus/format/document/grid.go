package document

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Grid is a table in the making: cells by row and column, with merged ones.
// The zero Grid is empty and of any size up to Default.Cells.
type Grid struct {
	rows  [][]*gridCell
	cells int
	width int
}

type gridCell struct {
	text                     string
	row, column, down, right int
}

// widest is how many columns a table may have; what lies beyond is dropped,
// as is a span that a hostile file claims (rowspan="65534").
const widest = 512

// Put sets a cell at row and column that takes down rows and right columns. A
// place that is taken already keeps its cell. False when the grid is full.
func (g *Grid) Put(row, column, down, right int, text string) bool {
	down, right = max(down, 1), max(right, 1)
	if row < 0 || column < 0 || column >= widest {
		return true
	}
	right = min(right, widest-column)
	c := &gridCell{Line(text), row, column, down, right}
	for r := row; r < row+down; r++ {
		for len(g.rows) <= r {
			g.rows = append(g.rows, nil)
		}
		for len(g.rows[r]) < column+right {
			if g.cells++; g.cells > Default.Cells {
				return false
			}
			g.rows[r] = append(g.rows[r], nil)
		}
		for k := column; k < column+right; k++ {
			if g.rows[r][k] == nil {
				g.rows[r][k] = c
			}
		}
	}
	g.width = max(g.width, column+right)
	return true
}

// Free is the first free column of a row: where its next cell goes.
func (g *Grid) Free(row int) int {
	if row >= len(g.rows) {
		return 0
	}
	for i, c := range g.rows[row] {
		if c == nil {
			return i
		}
	}
	return len(g.rows[row])
}

// Cells is how many places the grid has, those that spans take included.
func (g *Grid) Cells() int { return g.cells }

// Rows and Width are the size of the grid.
func (g *Grid) Rows() int  { return len(g.rows) }
func (g *Grid) Width() int { return g.width }

// Cut drops the rows from n on: spans that reach below the last row of a file.
func (g *Grid) Cut(n int) {
	if n < len(g.rows) {
		g.rows = g.rows[:n]
	}
}

// IsData tells a table of things from one that only lays out a page: two rows
// and two columns at least, and no cell as long as a passage.
func (g *Grid) IsData() bool {
	const passage = 900
	filled := 0
	for _, row := range g.rows {
		for i, c := range row {
			if c != nil && len(c.text) > passage {
				return false
			}
			if c != nil && c.text != "" && i > 0 && row[0] != c {
				filled++
			}
		}
	}
	return len(g.rows) > 1 && g.width > 1 && filled > 0
}

// Each calls f for the text of every cell in reading order.
func (g *Grid) Each(f func(string)) {
	for r, row := range g.rows {
		for i, c := range row {
			if c != nil && c.row == r && c.column == i {
				f(c.text)
			}
		}
	}
}

// parted is what stands between two cells of a row's line.
const parted = " | "

// Table adds a table, a line for each row. One that goes on with the table
// above it, cut by the end of a page, is added to that.
func (b *Builder) Table(g *Grid) {
	header := g.header()
	t := Table{Lead: b.lead, Header: header, Width: g.width}
	from := 0
	var joined *Table
	if n := len(b.doc.Tables); b.table && n > 0 {
		if above := &b.doc.Tables[n-1]; above.Width == g.width {
			switch {
			case header > 0 && header == above.Header && b.sameHeader(above, g):
				joined, from = above, header
			case header == 0 && b.paged:
				joined = above
			}
		}
	}
	if joined == nil {
		b.doc.Tables = append(b.doc.Tables, t)
		joined = &b.doc.Tables[len(b.doc.Tables)-1]
	}
	for r := from; r < len(g.rows); r++ {
		b.row(joined, g, r)
	}
	if len(joined.Rows) == 0 {
		b.doc.Tables = b.doc.Tables[:len(b.doc.Tables)-1]
		return
	}
	joined.Header = min(joined.Header, len(joined.Rows))
	joined.Span = Span{joined.Rows[0].Start, joined.Rows[len(joined.Rows)-1].End}
	b.lead, b.table, b.paged = nil, true, false
}

func (b *Builder) row(t *Table, g *Grid, r int) {
	var line strings.Builder
	var cells []Cell
	filled := false
	base := b.text.Len()
	for i := 0; i < len(g.rows[r]); i++ {
		c := g.rows[r][i]
		if i > 0 {
			line.WriteString(parted)
		}
		if c == nil {
			cells = append(cells, Cell{Span: Span{base + line.Len(), base + line.Len()}, Column: i, Across: 1})
			continue
		}
		again := c.row < r
		text := c.text
		if again && r >= t.Header && isValue(text) {
			text = "" // one number is one figure, however many rows it stands for
		}
		start := base + line.Len()
		line.WriteString(text)
		cells = append(cells, Cell{Span{start, start + len(text)}, i, c.right, again})
		filled = filled || text != ""
		i += c.right - 1 - max(0, i-c.column)
	}
	if !filled {
		if r < t.Header {
			t.Header--
		}
		return
	}
	if b.full(line.Len()) {
		return
	}
	t.Rows = append(t.Rows, Row{b.write(line.String()), cells})
}

func (b *Builder) sameHeader(above *Table, g *Grid) bool {
	text := b.text.String()
	for r := range above.Header {
		var mine, theirs []string
		for _, c := range above.Rows[min(r, len(above.Rows)-1)].Cells {
			mine = append(mine, text[c.Start:c.End])
		}
		for i := 0; i < len(g.rows[r]); i++ {
			if c := g.rows[r][i]; c != nil {
				theirs = append(theirs, c.text)
				i += c.right - 1
			} else {
				theirs = append(theirs, "")
			}
		}
		if strings.Join(mine, parted) != strings.Join(theirs, parted) {
			return false
		}
	}
	return true
}

var value = regexp.MustCompile(`^[-−–+±]?[0-9][0-9,. ]*(?:%|‰)?`)
var periodCell = regexp.MustCompile(`^(?:(?:19|20)\d\d(?:[年/.\-—]|$)|\d{1,2}(?:[-—–~～至]\d{1,2})?(?:月|季度|日))`)

// isValue tells a cell that holds a number, not a period (2023年, 1-6月).
func isValue(text string) bool {
	text = width.Fold.String(text) // ２０２３年 is a period as well
	return value.MatchString(text) && !periodCell.MatchString(text)
}

// header counts the rows of column headings: the first rows without values.
// A row of 1 2 3 4 under them, which only numbers the columns, counts too.
func (g *Grid) header() int {
	n := 0
	for n < len(g.rows) && !g.hasValues(n) {
		n++
	}
	if n == len(g.rows) { // a table of words: its first row heads it
		return min(1, n)
	}
	if n > 0 && n+1 < len(g.rows) && g.counts(n) {
		n++
	}
	return n
}

func (g *Grid) hasValues(r int) bool {
	for i, c := range g.rows[r] {
		if c != nil && c.column == i && i > 0 && c.row == r && isValue(c.text) {
			return true
		}
	}
	return false
}

// counts tells the row that numbers its columns: 甲 | 1 | 2 | 3.
func (g *Grid) counts(r int) bool {
	next, seen := 0, 0
	for _, c := range g.rows[r] {
		if c == nil || c.text == "" {
			continue
		}
		if strings.IndexFunc(c.text, func(r rune) bool { return !unicode.IsDigit(r) }) >= 0 {
			if seen > 0 || !strings.Contains("甲乙丙丁栏次", c.text) {
				return false
			}
			continue
		}
		n := 0
		for _, d := range c.text {
			n = n*10 + int(d-'0')
		}
		if seen > 0 && n != next {
			return false
		}
		next = n + 1
		seen++
	}
	return seen >= 3
}
