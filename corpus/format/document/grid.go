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
	lines                    []string // where the cell has several
	row, column, down, right int
	sign                     int // of its number, where the file tells it
}

// Widest is how many columns a table may have; what lies beyond is dropped,
// as is a span that a hostile file claims (rowspan="65534").
const Widest = 512

// Put sets a cell at row and column that takes down rows and right columns; its
// lines are parted by line breaks. A place that is taken already keeps its cell.
// False when the grid is full.
func (g *Grid) Put(row, column, down, right int, text string) bool {
	down, right = max(down, 1), max(right, 1)
	if row < 0 || column < 0 || column >= Widest {
		return true
	}
	right = min(right, Widest-column)
	c := &gridCell{text: Line(text), row: row, column: column, down: down, right: right}
	if strings.Contains(text, "\n") {
		c.setLines(strings.Split(text, "\n"))
	}
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

func (c *gridCell) setLines(lines []string) {
	c.lines = nil
	for _, line := range lines {
		if line = Line(line); line != "" {
			c.lines = append(c.lines, line)
		}
	}
	c.text = Lines(c.lines)
}

// Sign says of a cell whether its number is below zero (-1) or not (1), however
// it is shown: (86.40), ▼12.6.
func (g *Grid) Sign(row, column, sign int) {
	if c := g.at(row, column); c != nil {
		c.sign = sign
	}
}

// at is the cell at a place, nil where there is none.
func (g *Grid) at(row, column int) *gridCell {
	if row < 0 || row >= len(g.rows) || column < 0 || column >= len(g.rows[row]) {
		return nil
	}
	return g.rows[row][column]
}

// across is how many places of a row the cell at column takes: where cells
// that a file lays over each other meet, fewer than it asked for.
func (g *Grid) across(row, column int) int {
	n := 1
	for g.at(row, column+n) == g.rows[row][column] {
		n++
	}
	return n
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

// value is a number with a short unit at most: 65岁以上人口 and 5G基站数 are names.
var value = regexp.MustCompile(`^[-−–+±▼△▲▽(]?[0-9][0-9,. ]*(?:%|‰|[\p{Han}/㎡℃a-zA-Z]{1,4}[0-9]?)?\)?$`)
var periodCell = regexp.MustCompile(`^(?:(?:19|20)\d\d(?:[年/\-—]|\.(?:0?[1-9]|1[0-2])(?:\.|$)|$)|\d{1,2}(?:[-—–~～至]\d{1,2})?(?:月|季度|日))`)

// isValue tells a cell that holds a number, not a period (2023年, 1-6月).
func isValue(text string) bool {
	text = width.Fold.String(text) // ２０２３年 is a period as well
	return value.MatchString(text) && !periodCell.MatchString(text)
}

// header counts the rows of column headings: the first rows without values.
// A row of 1 2 3 4 under them, which only numbers the columns, counts too.
func (g *Grid) header() int {
	n := 0
	for n < len(g.rows) && !g.hasValues(n) && (n == 0 || !g.isPart(n)) {
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

// computed tells how a column is made of others: 3=1+2, 4=(2-1)/1.
var computed = regexp.MustCompile(`^\d{1,2}\s*[=＝][\d\s+\-－×*/÷()（）%％]+$`)

// counts tells the row that numbers its columns: 甲 | 1 | 2 | 3.
func (g *Grid) counts(r int) bool {
	next, seen := 0, 0
	for _, c := range g.rows[r] {
		if c == nil || c.text == "" {
			continue
		}
		text := c.text
		if computed.MatchString(text) {
			text = strings.TrimRight(text[:strings.IndexAny(text, "=＝")], " ")
		}
		if strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }) >= 0 {
			if seen > 0 || !strings.Contains("甲乙丙丁栏次", text) {
				return false
			}
			continue
		}
		n := 0
		for _, d := range text {
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
