package layout

import (
	"strings"

	"reportbot/corpus/format/document"
)

// alignedTables finds tables without lines, or with lines across only: three
// lines or more in a row that fall into as many columns, mostly of values.
func (r *reader) alignedTables(lines []line) []line {
	var out []line
	for from := 0; from < len(lines); {
		to := tableEnd(lines, from)
		if t, ok := r.aligned(lines[from:to]); ok {
			out = append(out, t)
			from = to
			continue
		}
		to = max(to, from+1)
		out = append(out, lines[from:to]...)
		from = to
	}
	return out
}

// tableEnd is where lines of several runs end that begin at from. One run
// between two such lines belongs to them where it stands left of their values:
// a name that takes two lines, or the name of a group.
func tableEnd(lines []line, from int) int {
	to := from
	for to < len(lines) {
		switch {
		case len(lines[to].runs) > 1:
			to++
		case to > from && to+1 < len(lines) && len(lines[to+1].runs) > 1 && isName(lines[to], lines[to-1], lines[to+1]):
			to++
		default:
			return to
		}
	}
	return to
}

func isName(l, above, below line) bool {
	if l.base-above.base > 3*above.em() || below.base-l.base > 3*l.em() {
		return false
	}
	for _, n := range []line{above, below} {
		for _, r := range n.runs[min(1, len(n.runs)):] {
			if l.right > r.left {
				return false
			}
		}
	}
	return len(above.runs) > 1
}

// aligned makes a table of lines, where they are one.
func (r *reader) aligned(lines []line) (t line, ok bool) {
	if len(lines) < 3 {
		return t, false
	}
	var with [][]run // the lines with values
	values, cells := 0, 0
	for _, l := range lines {
		n := 0
		for i, run := range l.runs {
			if i > 0 {
				cells++
			}
			if run.numeral() {
				n++
			}
		}
		if n > 0 {
			with = append(with, l.runs)
		}
		values += n
	}
	if len(with) < 2 || values*2 < cells {
		return t, false
	}
	columns := columnsOf(with)
	if len(columns) < 2 {
		return t, false
	}
	g := &document.Grid{}
	t = lines[0]
	doubts := 0
	for i, l := range lines {
		doubts += putRow(g, i, l.runs, columns)
		for _, run := range l.runs {
			at, _ := span(columns, run)
			t.cells = append(t.cells, piece{i, at, run.glyphs})
		}
		t.bottom = max(t.bottom, l.bottom)
		t.left, t.right = min(t.left, l.left), max(t.right, l.right)
	}
	if !g.IsData() {
		return t, false
	}
	r.doubts += doubts
	sortPieces(t.cells)
	t.table, t.runs = g, nil
	return t, true
}

// putRow puts the runs of a line where they stand. Two values of one column are
// left out, and counted.
func putRow(g *document.Grid, row int, runs []run, columns []column) (doubts int) {
	type part struct {
		across int
		texts  []string
		values int
	}
	parts := make([]part, len(columns))
	for _, r := range runs {
		at, across := span(columns, r)
		p := &parts[at]
		p.across = max(p.across, across)
		p.texts = append(p.texts, r.text)
		if r.numeral() {
			p.values++
		}
	}
	for i, p := range parts {
		switch {
		case len(p.texts) == 0:
		case p.values > 1 || p.values > 0 && len(p.texts) > 1:
			doubts++
		default:
			g.Put(row, i, 1, p.across, strings.Join(p.texts, " "))
		}
	}
	return doubts
}

// span is the first column that a run stands over and how many more it does:
// most of a column's width, or it is one that it stands beside.
func span(columns []column, r run) (at, across int) {
	at = -1
	for i, c := range columns {
		if min(r.right, c.right)-max(r.left, c.left) > 0.5*min(r.right-r.left, c.right-c.left) {
			if at < 0 {
				at = i
			}
			across = i - at + 1
		}
	}
	if at >= 0 {
		return at, across
	}
	best := 0.0
	for i, c := range columns {
		if d := abs(c.left + c.right - r.left - r.right); at < 0 || d < best {
			at, best = i, d
		}
	}
	return at, 1
}
