package corpus

import (
	"regexp"
	"strings"
)

// The rows of official tables are numbered as texts are: （一）一般债券 below 四、2024年
// 还本预算数 is a part of that, and of 2024 and planned as that is. A row without a number
// that follows is a part of the one above it too, but for the sums at the end.

// parents are the rows that the next one may be a part of, the highest level first.
type parents struct {
	rows []levelled
}

type levelled struct {
	level int
	heading
}

// The levels of the numbers in front of names, from the highest on.
var rowLevels = []*regexp.Regexp{
	regexp.MustCompile(`^[一二三四五六七八九十]{1,3}[、.．]`),
	regexp.MustCompile(`^[（(][一二三四五六七八九十]{1,3}[)）]`),
	regexp.MustCompile(`^\d{1,2}[.．、]`),
	regexp.MustCompile(`^[（(]\d{1,2}[)）]`),
	regexp.MustCompile(`^[①②③④⑤⑥⑦⑧⑨⑩]`),
}

// unnumbered is the level of a row without a number.
const unnumbered = -1

// level is that of the number in front of the row's name.
func (c *Row) level(b band) int {
	for _, cell := range c.Cells {
		text := strings.TrimSpace(c.text(cell))
		if cell.Column < b.names || cell.Column >= b.values || text == "" {
			continue
		}
		for level, number := range rowLevels {
			if number.MatchString(text) {
				return level
			}
		}
		return unnumbered
	}
	return unnumbered
}

// sumWord is a row that adds up others, and is no part of the last of them.
var sumWord = regexp.MustCompile(`合计|总计|小计|共计|^总|合\s*计`)

// of is the row that one of this level and name is a part of.
func (p *parents) of(level int, name string, among bool) (whole heading, within bool) {
	if level != unnumbered {
		p.close(level)
	} else if sumWord.MatchString(name) && !among {
		return heading{}, false
	}
	if len(p.rows) == 0 {
		return heading{}, false
	}
	return p.rows[len(p.rows)-1].heading, true
}

// close ends the rows that one of this level is no part of.
func (p *parents) close(level int) {
	for n := len(p.rows); n > 0 && p.rows[n-1].level >= level; n-- {
		p.rows = p.rows[:n-1]
	}
}

// add has the rows behind this one be parts of it, if it has a number.
func (p *parents) add(level int, h heading) {
	if level != unnumbered {
		p.rows = append(p.rows, levelled{level, h})
	}
}

// begin has the rows behind a row without values be parts of it, if it has a number or
// says nothing but when: 2023年. Of any other nobody can tell whether it begins a part or
// has no values.
func (p *parents) begin(level int, h heading) {
	if level == unnumbered && (h.what != "" || !h.period.Known()) {
		return
	}
	p.close(level)
	p.rows = append(p.rows, levelled{level, h})
}

// inherit takes from the row that this one is a part of what it does not say itself: of
// when it is, and whether it is planned.
func (h *heading) inherit(whole heading) {
	if !h.period.Known() {
		h.period = whole.period
	}
	h.target = h.target || whole.target && !h.done
	h.done = h.done || whole.done
}
