package layout

import "sort"

// column is the room that the values of one column take.
type column struct {
	left, right float64
	lines       int
}

// withGutters adds walls where values of two columns stand side by side without
// a line between them, in two lines at least.
func (l *lattice) withGutters(words []word) *lattice {
	rules := l.rules
	lines := linesOf(l.split(words))
	for k := range len(l.xs) - 1 {
		for _, x := range guttersOf(lines, l.xs[k], l.xs[k+1]) {
			for row := range len(l.ys) - 1 {
				if !crossed(words, x, l.ys[row], l.ys[row+1]) {
					rules = append(rules, Rule{x, l.ys[row], x, l.ys[row+1]})
				}
			}
		}
	}
	if len(rules) == len(l.rules) {
		return l
	}
	if more := newLattice(rules); more != nil {
		return more
	}
	return l
}

func crossed(words []word, x, top, bottom float64) bool {
	for _, w := range words {
		if y := (w.top + w.bottom) / 2; w.left < x && x < w.right && top < y && y < bottom {
			return true
		}
	}
	return false
}

// guttersOf are the middles of the white between the columns of values that
// stand between left and right.
func guttersOf(lines []line, left, right float64) (out []float64) {
	var several [][]run
	for _, l := range lines {
		var inside []run
		values := 0
		for _, r := range l.runs {
			if x := (r.left + r.right) / 2; left < x && x < right {
				inside = append(inside, r)
				if r.numeral() {
					values++
				}
			}
		}
		if values > 1 || values > 0 && len(inside) > 1 {
			several = append(several, inside)
		}
	}
	if len(several) < 2 {
		return nil
	}
	columns := columnsOf(several)
	for i := 1; i < len(columns); i++ {
		if a, b := columns[i-1], columns[i]; a.lines > 1 && b.lines > 1 && b.left > a.right {
			out = append(out, (a.right+b.left)/2)
		}
	}
	return out
}

// columnsOf are the columns that the runs of lines stand in: first those of the
// values, by what lies one above another, then those of words where no value
// stands.
func columnsOf(lines [][]run) (columns []column) {
	add := func(r run) {
		for i := range columns {
			if c := &columns[i]; r.left < c.right && c.left < r.right {
				c.left, c.right, c.lines = min(c.left, r.left), max(c.right, r.right), c.lines+1
				return
			}
		}
		columns = append(columns, column{r.left, r.right, 1})
	}
	for _, runs := range lines {
		for _, r := range runs {
			if r.numeral() {
				add(r)
			}
		}
	}
	columns = merged(columns)
	values := len(columns)
	for _, runs := range lines {
		for _, r := range runs {
			if r.numeral() || overlaps(columns[:values], r) {
				continue
			}
			add(r)
		}
	}
	columns = append(columns[:values:values], merged(columns[values:])...)
	sort.SliceStable(columns, func(i, k int) bool { return columns[i].left < columns[k].left })
	return columns
}

// merged joins columns that came to overlap.
func merged(columns []column) (out []column) {
	sort.SliceStable(columns, func(i, k int) bool { return columns[i].left < columns[k].left })
	for _, c := range columns {
		if n := len(out); n > 0 && c.left < out[n-1].right {
			out[n-1].right = max(out[n-1].right, c.right)
			out[n-1].lines += c.lines
			continue
		}
		out = append(out, c)
	}
	return out
}

func overlaps(columns []column, r run) bool {
	for _, c := range columns {
		if r.left < c.right && c.left < r.right {
			return true
		}
	}
	return false
}
