package layout

import (
	"math"
	"regexp"
	"sort"
	"strings"

	"reportbot/corpus/format/document"
)

// near is how exactly lines are drawn, in points.
const near = 2.5

// ruledTables finds the tables that are drawn with lines, and the glyphs that
// stand in none.
func ruledTables(p Page) (tables []line, rest []Glyph) {
	var grids []ruled
	for _, rules := range connected(p.Rules) {
		if g, ok := newRuled(rules); ok {
			grids = append(grids, g)
		}
	}
	inside := make([][]Glyph, len(grids))
	for _, g := range p.Glyphs {
		at := -1
		for i := range grids {
			if grids[i].holds(g) {
				at = i
			}
		}
		if at < 0 {
			rest = append(rest, g)
			continue
		}
		inside[at] = append(inside[at], g)
	}
	for i, r := range grids {
		if t, ok := r.grid(inside[i]); ok {
			tables = append(tables, line{table: t, left: r.xs[0], right: r.xs[len(r.xs)-1], top: r.ys[0], bottom: r.ys[len(r.ys)-1]})
		} else {
			rest = append(rest, inside[i]...)
		}
	}
	return tables, rest
}

// mostRules is how many lines of a page are looked at: a map or a chart drawn
// in thousands of strokes is no table.
const mostRules = 4000

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
	for i, a := range rules {
		for k := i + 1; k < len(rules); k++ {
			if b := rules[k]; a.Left <= b.Right+near && b.Left <= a.Right+near && a.Top <= b.Bottom+near && b.Top <= a.Bottom+near {
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

// ruled is a lattice of lines.
type ruled struct {
	xs, ys       []float64
	across, down []Rule
}

func newRuled(rules []Rule) (r ruled, ok bool) {
	var xs, ys []float64
	for _, l := range rules {
		if l.across() {
			r.across = append(r.across, l)
			ys = append(ys, (l.Top+l.Bottom)/2)
		} else {
			r.down = append(r.down, l)
			xs = append(xs, (l.Left+l.Right)/2)
		}
	}
	r.xs, r.ys = distinct(xs), distinct(ys)
	const most = 200
	return r, len(r.xs) > 2 && len(r.ys) > 2 && len(r.xs) < most && len(r.ys) < most
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

func (r ruled) holds(g Glyph) bool {
	x, y := (g.Left+g.Right)/2, g.middle()
	return x > r.xs[0] && x < r.xs[len(r.xs)-1] && y > r.ys[0] && y < r.ys[len(r.ys)-1]
}

// grid makes cells of the lattice: two places are one cell where no line is
// drawn between them.
func (r ruled) grid(glyphs []Glyph) (*document.Grid, bool) {
	rows, columns := len(r.ys)-1, len(r.xs)-1
	texts := make([][][]Glyph, rows)
	for i := range texts {
		texts[i] = make([][]Glyph, columns)
	}
	for _, g := range glyphs {
		row, column := place(r.ys, g.middle()), place(r.xs, (g.Left+g.Right)/2)
		texts[row][column] = append(texts[row][column], g)
	}
	g := &document.Grid{}
	taken := make([][]bool, rows)
	for i := range taken {
		taken[i] = make([]bool, columns)
	}
	for row := range rows {
		for column := range columns {
			if taken[row][column] {
				continue
			}
			down, right := r.extent(row, column, rows, columns, taken)
			var inside []Glyph
			for i := row; i < row+down; i++ {
				for k := column; k < column+right; k++ {
					taken[i][k] = true
					inside = append(inside, texts[i][k]...)
				}
			}
			g.Put(row, column, down, right, cellText(inside))
		}
	}
	return g, g.IsData()
}

// place is the interval of bounds in which v lies.
func place(bounds []float64, v float64) int {
	return min(max(sort.SearchFloat64s(bounds, v)-1, 0), len(bounds)-2)
}

// extent is how many rows and columns a cell takes.
func (r ruled) extent(row, column, rows, columns int, taken [][]bool) (down, right int) {
	down, right = 1, 1
	for column+right < columns && !taken[row][column+right] && !r.walled(row, column+right) {
		right++
	}
	for row+down < rows && !r.floored(row+down, column) {
		down++
	}
	return down, right
}

// walled tells whether a line is drawn at the left of a place, floored above it.
func (r ruled) walled(row, column int) bool {
	x, y := r.xs[column], (r.ys[row]+r.ys[row+1])/2
	for _, l := range r.down {
		if math.Abs((l.Left+l.Right)/2-x) <= near && l.Top <= y && y <= l.Bottom {
			return true
		}
	}
	return false
}

func (r ruled) floored(row, column int) bool {
	y, x := r.ys[row], (r.xs[column]+r.xs[column+1])/2
	for _, l := range r.across {
		if math.Abs((l.Top+l.Bottom)/2-y) <= near && l.Left <= x && x <= l.Right {
			return true
		}
	}
	return false
}

var numeric = regexp.MustCompile(`^[-−–+]?[0-9][0-9,，.]*(?:%|％)?$`)

// alignedTables finds tables without lines, or with lines across only: three
// lines or more in a row that fall into as many columns, the later ones of
// numbers.
func alignedTables(lines []line) []line {
	var out []line
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && len(lines[to].runs) > 1 {
			to++
		}
		if t, ok := aligned(lines[from:to]); ok {
			out = append(out, t)
			from = to
			continue
		}
		if to == from {
			to++
		}
		out = append(out, lines[from:to]...)
		from = to
	}
	return out
}

func aligned(lines []line) (t line, ok bool) {
	if len(lines) < 3 {
		return t, false
	}
	widest, numbers, cells := lines[0], 0, 0
	for _, l := range lines {
		if len(l.runs) > len(widest.runs) {
			widest = l
		}
		for _, r := range l.runs[1:] {
			cells++
			if numeric.MatchString(strings.TrimSpace(r.text)) {
				numbers++
			}
		}
	}
	if numbers*2 < cells {
		return t, false
	}
	g := &document.Grid{}
	t = lines[0]
	for i, l := range lines {
		for _, r := range l.runs {
			g.Put(i, column(widest.runs, r), 1, 1, r.text)
		}
		t.bottom = max(t.bottom, l.bottom)
		t.left, t.right = min(t.left, l.left), max(t.right, l.right)
	}
	t.table, t.runs = g, nil
	return t, g.IsData()
}

// column is the one of columns whose middle is nearest to that of r.
func column(columns []run, r run) int {
	best, nearest := 0, math.Inf(1)
	for i, c := range columns {
		if d := math.Abs((c.left + c.right - r.left - r.right) / 2); d < nearest {
			best, nearest = i, d
		}
	}
	return best
}
