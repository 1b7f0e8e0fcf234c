package layout

import "unicode/utf8"

// margins are where the lines of a column of prose begin and end.
type margins struct{ left, right, top float64 }

// Two columns of prose are that where so many lines at least stand on both
// sides of a white that goes through, of so many characters on average.
const columnLines, columnRunes = 4, 8

// blocks finds the columns of prose of a page, and its aligned tables in what
// is none.
func (r *reader) blocks(lines []line) (out []line) {
	for from := 0; from < len(lines); {
		at, to, low, high := columnsOfProse(lines[from:])
		if to == 0 {
			return append(out, r.alignedTables(lines[from:])...)
		}
		out = append(out, r.alignedTables(lines[from:from+at])...)
		left, right := sides(lines[from+at:from+to], (low+high)/2)
		out = append(out, r.column(left)...)
		out = append(out, r.column(right)...)
		from += to
	}
	return out
}

// column gives lines the margins of their column.
func (r *reader) column(lines []line) []line {
	if len(lines) == 0 {
		return nil
	}
	m := &margins{left: lines[0].left, right: lines[0].right, top: lines[0].top}
	for _, l := range lines {
		m.left, m.right = min(m.left, l.left), max(m.right, l.right)
	}
	for i := range lines {
		lines[i].margins = m
	}
	return lines
}

// columnsOfProse finds the first lines that are two columns of prose, and the
// white between them. to is 0 where there are none.
func columnsOfProse(lines []line) (at, to int, low, high float64) {
	for at = range lines {
		for i := 1; i < len(lines[at].runs); i++ {
			a, b := lines[at].runs[i-1], lines[at].runs[i]
			if n, l, h := proseAlong(lines[at:], a.right, b.left); n > 0 {
				return at, at + n, l, h
			}
		}
	}
	return 0, 0, 0, 0
}

// proseAlong counts the lines, from the first, that leave a white free, and
// narrows it to what they all leave; 0 where they are no columns of prose.
func proseAlong(lines []line, low, high float64) (n int, l, h float64) {
	both, runs, runes, values := 0, 0, 0, 0
	for _, line := range lines {
		newLow, newHigh := low, high
		left, right := 0, 0
		for _, r := range line.runs {
			switch mid := (low + high) / 2; {
			case r.right <= mid:
				newLow = max(newLow, r.right)
				left++
			case r.left >= mid:
				newHigh = min(newHigh, r.left)
				right++
			default:
				left, right = -1, -1
			}
			if left < 0 {
				break
			}
		}
		if left < 0 || newHigh-newLow < 0.8*line.em() || left+right == 0 {
			break
		}
		if left+right > 3 {
			break
		}
		low, high = newLow, newHigh
		n++
		if left > 0 && right > 0 {
			both++
			for _, r := range line.runs {
				runs++
				runes += utf8.RuneCountInString(r.text)
				if r.numeral() {
					values++
				}
			}
		}
	}
	if both < columnLines || runes < columnRunes*runs || values*5 > runs {
		return 0, 0, 0
	}
	return n, low, high
}

// sides parts lines at x.
func sides(lines []line, x float64) (left, right []line) {
	for _, l := range lines {
		var a, b []run
		for _, r := range l.runs {
			if r.right <= x {
				a = append(a, r)
			} else {
				b = append(b, r)
			}
		}
		if len(a) > 0 {
			left = append(left, l.of(a))
		}
		if len(b) > 0 {
			right = append(right, l.of(b))
		}
	}
	return left, right
}

// of is some of a line's runs as a line.
func (l line) of(runs []run) line {
	l.runs = runs
	l.left, l.right = runs[0].left, runs[len(runs)-1].right
	return l
}
