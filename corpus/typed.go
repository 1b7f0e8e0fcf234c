package corpus

import (
	"regexp"
	"slices"
	"strconv"

	"reportbot/corpus/fold"
)

// numberTyped is a number typed before a line, with a digit right behind its
// point: 2.12所学校 is item 2 of twelve schools where the lines around it say so.
var numberTyped = regexp.MustCompile(`^([0-9]{1,2})[.．]([0-9]?)`)

// findTypedNumbers finds the numbers of lists that writers typed against the
// text behind them. Alone 2.12所 is a decimal: only in a row that begins with 1
// and goes on one by one it is not. Numbers of two levels (1.1, 1.2) are left.
func (r *Report) findTypedNumbers() {
	r.typed = map[int]int{}
	type item struct{ at, length int }
	var row []item
	last := 0
	take := func() {
		for _, i := range row {
			if len(row) > 1 && i.length > 0 {
				r.typed[i.at] = i.length
			}
		}
		row = nil
	}
	body := r.Slice(r.Body)
	for at, line := range linesOf(body) {
		start := len(line) - len(trimLeft(line))
		m := numberTyped.FindStringSubmatch(line[start:])
		if m == nil || r.rowAt(r.Body.Start+at+start) != nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		i := item{at: r.Body.Start + at + start}
		if m[2] != "" {
			i.length = len(m[0]) - len(m[2])
		}
		switch {
		case n == last && i.length > 0:
			row = nil // 1.1, 1.2
		case n == last+1 && n > 1 && len(row) > 0:
			row = append(row, i)
		case n == 1:
			take()
			row = []item{i}
		default:
			take()
		}
		last = n
	}
	take()
}

func trimLeft(line string) string {
	for i, c := range line {
		if c != ' ' && c != '\t' && c != '　' && c != '\u00a0' {
			return line[i:]
		}
	}
	return ""
}

// typedMarker is the marker of a line whose number was typed against its text.
func (r *Report) typedMarker(at int) (marker, bool) {
	n := r.typed[at]
	if n == 0 {
		return marker{}, false
	}
	m, ok := markerAt(r.Text[at:at+n] + " ")
	m.text = r.Text[at : at+n]
	return m, ok
}

// noteMark is the mark of a note that was typed between a number and what it
// counts: 174①个, 174[1]个; noteBehind is one behind a name or a number, as the bulletins of statistics have
// them: 社会消费品零售总额[9]4195.4亿元.
var (
	noteMark   = regexp.MustCompile(`\d((?:[①-⑳]|\[\d{1,2}\]|〔\d{1,2}〕|［\d{1,2}］)+)\p{Han}`)
	noteBehind = regexp.MustCompile(`[\p{Han}）)%％”》]((?:\[\d{1,2}\]|〔\d{1,2}〕|［\d{1,2}］|【\d{1,2}】)+)`)
)

// powerOfTen is a factor that no unit of the lists has: in 产煤10⁴吨 10 is no figure.
var powerOfTen = regexp.MustCompile(`10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+`)

// folded is the paragraph's text as its figures are read from it: without the
// number typed before it, and without the marks of notes within it.
func (p *Paragraph) folded() fold.Text {
	text := fold.New(p.Text())
	blank := func(from, to int) {
		for i, off := range text.Off[:len(text.Runes)] {
			if off >= from && off < to {
				text.Runes[i] = ' '
			}
		}
	}
	if n := p.Report.typed[p.Start]; n > 0 {
		blank(0, n)
	}
	for _, m := range noteMark.FindAllStringSubmatchIndex(p.Text(), -1) {
		blank(m[2], m[3])
	}
	for _, m := range powerOfTen.FindAllStringIndex(p.Text(), -1) {
		blank(m[0], m[1])
	}
	for _, m := range slices.Backward(noteBehind.FindAllStringSubmatchIndex(p.Text(), -1)) { // a name goes on behind its note
		from, _ := slices.BinarySearch(text.Off, m[2])
		to, _ := slices.BinarySearch(text.Off, m[3])
		text.Runes, text.Off = slices.Delete(text.Runes, from, to), slices.Delete(text.Off, from, to)
	}
	return text
}
