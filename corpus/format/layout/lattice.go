package layout

import (
	"math"
	"slices"
	"sort"
	"strings"

	"reportbot/corpus/format/document"
)

// near is how exactly lines are drawn, in points.
const near = 2.5

// mostRules is how many lines of a page are looked at: a map or a chart drawn
// in thousands of strokes is no table.
const mostRules = 4000

// lattice is lines that touch one another, with the places between them.
type lattice struct {
	xs, ys []float64
	walls  [][]bool // by row and x: a line is drawn there
	floors [][]bool // by y and column
	rules  []Rule
}

// ruledTables finds the tables that are drawn with lines, and the words that
// stand in none.
func (r *reader) ruledTables(words []word) (tables []line, rest []word) {
	var grids []*lattice
	for _, rules := range connected(r.page.Rules) {
		if l := newLattice(rules); l != nil {
			grids = append(grids, l)
		}
	}
	inside := make([][]word, len(grids))
	for _, w := range words {
		at := -1
		for i, l := range grids {
			if l.holds(w) {
				at = i
			}
		}
		if at < 0 {
			rest = append(rest, w)
			continue
		}
		inside[at] = append(inside[at], w)
	}
	for i, l := range grids {
		l = l.withGutters(inside[i])
		t := newTable(l, l.split(inside[i]))
		g := t.grid()
		if g == nil || !g.IsData() {
			rest = append(rest, inside[i]...)
			continue
		}
		r.doubts += t.doubts
		tables = append(tables, line{table: g, cells: t.pieces, left: l.xs[0], right: l.xs[len(l.xs)-1], top: l.ys[0], bottom: l.ys[len(l.ys)-1]})
	}
	return tables, rest
}

// connected parts rules into those that touch one another.
func connected(rules []Rule) [][]Rule {
	if len(rules) > mostRules {
		return nil
	}
	group := make([]int, len(rules))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	sort.SliceStable(rules, func(i, k int) bool { return rules[i].Top < rules[k].Top })
	for i, a := range rules {
		for k := i + 1; k < len(rules) && rules[k].Top <= a.Bottom+near; k++ {
			if b := rules[k]; a.Left <= b.Right+near && b.Left <= a.Right+near {
				group[find(i)] = find(k)
			}
		}
	}
	parts := map[int][]Rule{}
	for i, r := range rules {
		parts[find(i)] = append(parts[find(i)], r)
	}
	var out [][]Rule
	for i := range rules {
		if find(i) == i {
			out = append(out, parts[i])
		}
	}
	return out
}

// newLattice makes a lattice of lines across and down. A table whose sides are
// left open ends where its lines across do. nil of what is none.
func newLattice(rules []Rule) *lattice {
	var xs, ys []float64
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, r := range rules {
		left, right, top, bottom = min(left, r.Left), max(right, r.Right), min(top, r.Top), max(bottom, r.Bottom)
		if r.across() {
			ys = append(ys, (r.Top+r.Bottom)/2)
		} else {
			xs = append(xs, (r.Left+r.Right)/2)
		}
	}
	if len(xs) == 0 || len(ys) == 0 {
		return nil
	}
	l := &lattice{rules: rules, xs: distinct(append(xs, left, right)), ys: distinct(append(ys, top, bottom))}
	const most = 200
	if len(l.xs) < 2 || len(l.ys) < 2 || len(l.xs) > most || len(l.ys) > most {
		return nil
	}
	l.draw(rules)
	return l
}

func distinct(values []float64) (out []float64) {
	sort.Float64s(values)
	for _, v := range values {
		if len(out) == 0 || v-out[len(out)-1] > near {
			out = append(out, v)
		}
	}
	return out
}

// draw marks where lines are drawn: those that reach over the middle of a side
// of a place, and the ends of the whole.
func (l *lattice) draw(rules []Rule) {
	rows, columns := len(l.ys)-1, len(l.xs)-1
	l.walls, l.floors = make([][]bool, rows), make([][]bool, rows+1)
	for i := range l.walls {
		l.walls[i] = make([]bool, columns+1)
		l.walls[i][0], l.walls[i][columns] = true, true
	}
	for i := range l.floors {
		l.floors[i] = make([]bool, columns)
		for k := range l.floors[i] {
			l.floors[i][k] = i == 0 || i == rows
		}
	}
	for _, r := range rules {
		if r.across() {
			y := nearest(l.ys, (r.Top+r.Bottom)/2)
			for k := range columns {
				if x := (l.xs[k] + l.xs[k+1]) / 2; r.Left <= x && x <= r.Right {
					l.floors[y][k] = true
				}
			}
			continue
		}
		x := nearest(l.xs, (r.Left+r.Right)/2)
		for k := range rows {
			if y := (l.ys[k] + l.ys[k+1]) / 2; r.Top <= y && y <= r.Bottom {
				l.walls[k][x] = true
			}
		}
	}
}

// nearest is the one of sorted values that is nearest to v.
func nearest(values []float64, v float64) int {
	i := sort.SearchFloat64s(values, v)
	if i == len(values) || i > 0 && v-values[i-1] < values[i]-v {
		return i - 1
	}
	return i
}

func (l *lattice) holds(w word) bool {
	x, y := (w.left+w.right)/2, (w.top+w.bottom)/2
	return x > l.xs[0] && x < l.xs[len(l.xs)-1] && y > l.ys[0] && y < l.ys[len(l.ys)-1]
}

// place is the interval of bounds in which v lies.
func place(bounds []float64, v float64) int {
	return min(max(sort.SearchFloat64s(bounds, v)-1, 0), len(bounds)-2)
}

// split parts words that go over a wall: what ends at a line and what begins
// behind it are two cells, however near they stand. Digits that touch are one
// number, which only stands too wide for its cell.
func (l *lattice) split(words []word) (out []word) {
	for _, w := range words {
		row := place(l.ys, (w.top+w.bottom)/2)
		from := 0
		for i := 1; i < len(w.glyphs); i++ {
			a, b := w.glyphs[i-1], w.glyphs[i]
			if !l.parted(row, (a.Left+a.Right)/2, (b.Left+b.Right)/2) {
				continue
			}
			if inNumber(a.Rune) && inNumber(b.Rune) && a.Object == b.Object && b.Left-a.Right < 0.1*w.size() {
				continue
			}
			out = append(out, w.part(from, i))
			from = i
		}
		out = append(out, w.part(from, len(w.glyphs)))
	}
	return out
}

// parted tells whether a wall of the row stands between two places.
func (l *lattice) parted(row int, from, to float64) bool {
	for i := sort.SearchFloat64s(l.xs, from); i < len(l.xs) && l.xs[i] < to; i++ {
		if l.walls[row][i] {
			return true
		}
	}
	return false
}

// part is some of a word's glyphs as a word.
func (w word) part(from, to int) word {
	if from == 0 && to == len(w.glyphs) {
		return w
	}
	p := newWord(w.glyphs[from], w.n, w.blanks)
	for _, g := range w.glyphs[from+1 : to] {
		p.add(g)
	}
	if from > 0 {
		p.n, p.blanks = -1, 0
	}
	return p
}

// open tells whether nothing is drawn above a row from one column to another,
// and no wall between them.
func (l *lattice) open(row, from, to int) bool {
	for k := from; k < to; k++ {
		if l.floors[row][k] || k > from && l.walls[row][k] {
			return false
		}
	}
	return true
}

// cell is a place of the lattice, or several that no line parts.
type cell struct {
	row, column, down, right int
	words                    []word
	lines                    []line
	inner                    float64 // its width
}

// table is a lattice with what stands in it.
type table struct {
	*lattice
	cells  []*cell
	doubts int
	pieces []piece
	byRow  bool // lines part its rows
}

// newTable gathers words into the cells of a lattice: two places are one cell
// where no line is drawn between them.
func newTable(l *lattice, words []word) *table {
	t := &table{lattice: l}
	rows, columns := len(l.ys)-1, len(l.xs)-1
	at := make([][]*cell, rows)
	for i := range at {
		at[i] = make([]*cell, columns)
	}
	for row := range rows {
		for column := range columns {
			if at[row][column] != nil {
				continue
			}
			c := &cell{row: row, column: column, down: 1, right: 1}
			for column+c.right < columns && at[row][column+c.right] == nil && !l.walls[row][column+c.right] {
				c.right++
			}
			for row+c.down < rows && l.open(row+c.down, column, column+c.right) && at[row+c.down][column] == nil {
				c.down++
			}
			for i := row; i < row+c.down; i++ {
				for k := column; k < column+c.right; k++ {
					if at[i][k] == nil {
						at[i][k] = c
					}
				}
			}
			c.inner = l.xs[column+c.right] - l.xs[column]
			t.cells = append(t.cells, c)
		}
	}
	for _, w := range words {
		c := at[place(l.ys, (w.top+w.bottom)/2)][place(l.xs, (w.left+w.right)/2)]
		c.words = append(c.words, w)
	}
	for _, c := range t.cells {
		c.lines = linesOf(c.words)
	}
	return t
}

// nameLines is how many lines a name has at most that stands for several rows.
const nameLines = 4

// grid makes rows of the lattice's bands, nil where it has no two columns.
func (t *table) grid() *document.Grid {
	rows, columns := len(t.ys)-1, len(t.xs)-1
	if columns < 2 {
		return nil
	}
	t.fallApart()
	t.byRow = t.ruledByRow()
	bands := make([]band, rows)
	first := make([]int, rows+1) // the first row of the grid that a band becomes
	for r := range rows {
		bands[r] = t.band(r)
		first[r+1] = first[r] + bands[r].rows
	}
	g := &document.Grid{}
	for _, c := range t.cells {
		if texts, ok := bands[c.row].texts[c]; ok {
			for i, text := range texts {
				g.Put(first[c.row]+i, c.column, 1, c.right, text)
			}
			for i, lines := range bands[c.row].lines[c] {
				t.pieces = append(t.pieces, piece{first[c.row] + i, c.column, glyphsOf(lines)})
			}
			continue
		}
		if rows := level(c.lines, bands[c.row:c.row+c.down]); c.down > 1 && len(rows) > nameLines {
			for i, l := range c.lines {
				g.Put(first[c.row]+rows[i], c.column, 1, c.right, t.textOf([]line{l}, c.inner))
				t.pieces = append(t.pieces, piece{first[c.row] + rows[i], c.column, glyphsOf([]line{l})})
			}
			continue
		}
		g.Put(first[c.row], c.column, first[c.row+c.down]-first[c.row], c.right, t.textOf(c.lines, c.inner))
		t.pieces = append(t.pieces, piece{first[c.row], c.column, glyphsOf(c.lines)})
	}
	sortPieces(t.pieces)
	return g
}

// fallApart parts cells that no line parts, but whose lines of text stand each
// in a row, or whose runs stand each in a column, that lines part elsewhere: the
// names and numbers of a table ruled in some of its columns alone, the headings
// above its first line down.
func (t *table) fallApart() {
	values := t.values()
	var out []*cell
	for _, c := range t.cells {
		switch {
		case t.inRows(c, values):
			for _, l := range c.lines {
				row := place(t.ys, (l.top+l.bottom)/2)
				out = append(out, &cell{row: row, column: c.column, down: 1, right: c.right, inner: c.inner, lines: []line{l}})
			}
		case t.inColumns(c):
			runs := c.lines[0].runs
			for from := 0; from < len(runs); {
				column, to := t.columnOf(runs[from]), from+1
				for to < len(runs) && t.columnOf(runs[to]) == column {
					to++
				}
				out = append(out, &cell{row: c.row, column: column, down: c.down, right: 1, inner: t.xs[column+1] - t.xs[column], lines: []line{c.lines[0].of(runs[from:to])}})
				from = to
			}
		default:
			out = append(out, c)
		}
	}
	t.cells = out
	sort.SliceStable(t.cells, func(i, k int) bool {
		if t.cells[i].row != t.cells[k].row {
			return t.cells[i].row < t.cells[k].row
		}
		return t.cells[i].column < t.cells[k].column
	})
}

// values are the baselines of the values in each row.
func (t *table) values() [][]float64 {
	out := make([][]float64, len(t.ys)-1)
	for _, c := range t.cells {
		for _, l := range c.lines {
			if l.valued() {
				row := place(t.ys, (l.top+l.bottom)/2)
				out[row] = append(out[row], l.base)
			}
		}
	}
	return out
}

// inRows tells a cell over several rows that has a line in each, which are
// values, or stand at the height of values.
func (t *table) inRows(c *cell, values [][]float64) bool {
	if c.down < 2 || len(c.lines) < 2 || len(c.lines) > c.down {
		return false
	}
	numbers, last := 0, -1
	for _, l := range c.lines {
		row := place(t.ys, (l.top+l.bottom)/2)
		if row == last {
			return false
		}
		last = row
		level := slices.ContainsFunc(values[row], func(base float64) bool { return abs(base-l.base) < 0.35*l.em() })
		switch {
		case l.valued():
			numbers++
		case !level || len(c.lines) < c.down:
			return false
		}
	}
	return numbers == 0 || numbers > 1
}

// inColumns tells a cell over several columns with a line of several runs, each
// within a column, and not all in one.
func (t *table) inColumns(c *cell) bool {
	if c.right < 2 || len(c.lines) != 1 {
		return false
	}
	runs := c.lines[0].runs
	for _, r := range runs {
		if k := t.columnOf(r); r.left < t.xs[k]-near || r.right > t.xs[k+1]+near {
			return false
		}
	}
	return t.columnOf(runs[0]) != t.columnOf(runs[len(runs)-1])
}

func (t *table) columnOf(r run) int { return place(t.xs, (r.left+r.right)/2) }

// textOf is what stands in a cell: its lines as one. Where two numbers meet at
// the end of a line, they are one only where that line fills the cell; a cell
// of numbers alone is left out else, and words keep them apart.
func (t *table) textOf(lines []line, inner float64) string {
	text, sure := joined(lines, inner)
	if !sure {
		t.doubts++
	}
	return text
}

func joined(lines []line, inner float64) (text string, sure bool) {
	if sideBySide(lines) {
		return "", false
	}
	var b strings.Builder
	words := false
	for _, l := range lines {
		words = words || !l.valued()
	}
	last := ""
	for i, l := range lines {
		piece := strings.TrimSpace(l.text())
		if i > 0 && numbersMeet(lastRune(last), firstRune(piece)) && !cut(lines, i, inner) {
			if !words {
				return "", false
			}
			b.WriteString("；")
			last = "；"
		}
		met := document.Meet(last, piece)
		b.WriteString(met[len(last):])
		last = met
	}
	return b.String(), true
}

// sideBySide tells a cell with a line of several numbers: those of columns that
// no line parts.
func sideBySide(lines []line) bool {
	for _, l := range lines {
		numbers := 0
		for _, r := range l.runs {
			if r.numeral() {
				numbers++
			}
		}
		if numbers > 1 {
			return true
		}
	}
	return false
}

// cut tells whether the number at the end of a line surely goes on in the next:
// both are one piece of the file, or the line fills the cell and both are one
// number that is well written.
func cut(lines []line, i int, inner float64) bool {
	above, below := lines[i-1], lines[i]
	if above.goesOnIn(below) {
		return true
	}
	if len(above.runs) != 1 || len(below.runs) != 1 {
		return false
	}
	a, b := above.runs[0].text, below.runs[0].text
	full := inner-(above.right-above.left) < 0.9*above.em()+4
	return full && len(a) > 4 && len(b) < len(a) && below.base-above.base < 1.8*above.em() && wellWritten(a+b)
}
