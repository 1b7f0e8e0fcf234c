package layout

import (
	"math"
	"slices"

	"sort"
	"strings"
)

// band is what stands between two lines of a lattice: one row, or several that
// no line parts. texts are those of the cells that lie in it alone.
type band struct {
	rows  int
	texts map[*cell][]string
	lines map[*cell][][]line
	bases [][]float64 // of the lines in each row
}

// band reads the cells of a lattice's row. It is several rows where values
// stand at several heights, one in each, and each has a name beside it in the
// first of the cells. Where that does not hold, it is one row, and a cell with
// several values is left out.
func (t *table) band(row int) band {
	var cells []*cell
	for _, c := range t.cells {
		if c.row == row && c.down == 1 {
			cells = append(cells, c)
		}
	}
	one := band{rows: 1, bases: [][]float64{basesOf(cells)}}
	heads := first(cells)
	if heads == nil {
		return one
	}
	rows := rowsOf(cells, heads, t.byRow)
	if len(rows) < 2 {
		return one
	}
	b := band{rows: len(rows), texts: map[*cell][]string{}, lines: map[*cell][][]line{}}
	for _, c := range cells {
		parts := make([][]line, len(rows))
		for _, l := range c.lines {
			at := rowAt(rows, l.base)
			parts[at] = append(parts[at], l)
		}
		texts := make([]string, len(rows))
		for i, lines := range parts {
			texts[i] = t.textOf(lines, c.inner)
		}
		b.texts[c], b.lines[c] = texts, parts
	}
	b.bases = make([][]float64, len(rows))
	for _, base := range one.bases[0] {
		at := rowAt(rows, base)
		b.bases[at] = append(b.bases[at], base)
	}
	return b
}

func basesOf(cells []*cell) (out []float64) {
	for _, c := range cells {
		for _, l := range c.lines {
			out = append(out, l.base)
		}
	}
	return out
}

// level finds the row for each line of a cell over several bands: the one that
// stands at its height. nil where not every line has one of its own, as the
// lines of a name have none that stands once for all rows.
func level(lines []line, bands []band) []int {
	var out []int
	for _, l := range lines {
		row, found := 0, -1
		for _, b := range bands {
			for _, bases := range b.bases {
				for _, base := range bases {
					if abs(base-l.base) < 0.35*l.em() {
						found = row
					}
				}
				row++
			}
		}
		if found < 0 || len(out) > 0 && found <= out[len(out)-1] {
			return nil
		}
		out = append(out, found)
	}
	return out
}

// first is the first cell with text, nil where there is none.
func first(cells []*cell) *cell {
	for _, c := range cells {
		if len(c.lines) > 0 {
			return c
		}
	}
	return nil
}

// rowsOf are the heights at which the rows of a band begin and end: the lower
// end of each but the last. Empty where it is one row. Of a table with lines
// between its rows, one value beside a name of several lines is one row.
func rowsOf(cells []*cell, heads *cell, byRow bool) []float64 {
	var bases []float64
	size := 0.0
	for _, c := range cells {
		for _, l := range c.lines {
			if c != heads && l.valued() {
				bases = append(bases, l.base)
				size = max(size, l.em())
			}
		}
	}
	values := clusters(bases, 0.6*size)
	if len(values) == 0 || len(values) == 1 && byRow || len(heads.lines) < 2 {
		return nil
	}
	rows := headRows(heads, values, size)
	if len(rows) < 2 {
		return nil
	}
	ends := make([]float64, len(rows))
	for i := range rows {
		if i+1 < len(rows) {
			ends[i] = (rows[i].to + rows[i+1].from) / 2
		} else {
			ends[i] = rows[i].to + 1e6
		}
	}
	return ends
}

// ruledByRow tells a table with lines between its rows: one of many lines, or one in
// which the values between two lines stand at one height each time, more than once.
func (t *table) ruledByRow() bool {
	const many = 4
	valued := 0
	for _, bases := range t.values() {
		if len(clusters(bases, near)) > 1 {
			return len(t.ys)-1 > many
		}
		valued += min(len(bases), 1)
	}
	return valued > 1 || len(t.ys)-1 > many
}

// extent is from the first to the last line of a row.
type extent struct{ from, to float64 }

// headRows parts the lines of the cell of names into rows, so that each value
// has one of its own: of all ways to part them, the one in which values stand
// nearest to the middle, the top or the foot of their names, and in which no
// name goes on below a line that had room for its beginning. nil where no way
// gives each value a row.
func headRows(heads *cell, values []float64, size float64) []extent {
	const most = 6 // lines of a name
	lines := heads.lines
	if len(lines) > 400 {
		return nil
	}
	type way struct {
		cost   float64
		lines  int // of the last row
		valued bool
	}
	best := make([][]way, len(lines)+1)
	for i := range best {
		best[i] = make([]way, len(values)+1)
		for k := range best[i] {
			best[i][k] = way{cost: math.Inf(1)}
		}
	}
	best[0][0].cost = 0
	for i := 1; i <= len(lines); i++ {
		torn := 0.0
		for n := 1; n <= min(i, most); n++ {
			if n > 1 && !goesOn(heads, i-n+1) {
				torn += 0.7
			}
			e := extent{lines[i-n].base, lines[i-1].base}
			for k := range best[i] {
				if cost := best[i-n][k].cost + torn + 0.5; cost < best[i][k].cost {
					best[i][k] = way{cost, n, false}
				}
				if k == 0 {
					continue
				}
				if d := e.apartFrom(values[k-1]) / size; d < 0.6 {
					if cost := best[i-n][k-1].cost + torn + d; cost < best[i][k].cost {
						best[i][k] = way{cost, n, true}
					}
				}
			}
		}
	}
	if math.IsInf(best[len(lines)][len(values)].cost, 1) {
		return nil
	}
	var rows []extent
	for i, k := len(lines), len(values); i > 0; {
		w := best[i][k]
		rows = append(rows, extent{lines[i-w.lines].base, lines[i-1].base})
		i -= w.lines
		if w.valued {
			k--
		}
	}
	slices.Reverse(rows)
	return rows
}

// apartFrom is how far a value stands from where that of a name of several lines
// does: at the height of their middle, or a little less likely of their first
// or last.
func (e extent) apartFrom(value float64) float64 {
	return min(abs(value-(e.from+e.to)/2), abs(value-e.from)+0.5, abs(value-e.to)+1)
}

// goesOn tells whether the ith name may go on with the line above it: that has
// no room for its beginning.
func goesOn(heads *cell, i int) bool {
	above, l := heads.lines[i-1], heads.lines[i]
	if strings.ContainsRune("（(、，）)", firstRune(l.text())) {
		return true
	}
	room := heads.inner - (above.right - above.left) - above.indent(heads)
	return room < l.token()+1.2*l.em()
}

// indent is how far a line stands from the left of its cell's text.
func (l line) indent(c *cell) float64 {
	left := l.left
	for _, other := range c.lines {
		left = min(left, other.left)
	}
	return l.left - left
}

func rowAt(ends []float64, base float64) int {
	return min(sort.SearchFloat64s(ends, base), len(ends)-1)
}

// clusters are values that lie apart by more than apart, one for each.
func clusters(values []float64, apart float64) (out []float64) {
	sort.Float64s(values)
	for i, v := range values {
		if i == 0 || v-values[i-1] > apart {
			out = append(out, v)
		}
	}
	return out
}
