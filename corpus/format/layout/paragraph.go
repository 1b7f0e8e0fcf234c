package layout

import (
	"sort"
	"strings"

	"reportbot/corpus/format/document"
)

// writer joins lines to paragraphs while it goes through the pages.
type writer struct {
	out    *document.Builder
	frames [4]margins // of the text on most pages, by the turn of its frame
	body   float64    // size of most lines
	pitch  float64    // from one line to the next

	open  []document.Part // of the paragraph being read, by page
	last  line
	page  int
	fresh bool // nothing of the page was written yet
}

// measure finds margins, size and pitch of the body by its lines: the right
// margin is where one line in twenty ends at least.
func (w *writer) measure(all [][]line) {
	var lefts, rights [4][]float64
	var sizes, pitches []float64
	for _, lines := range all {
		for i, l := range lines {
			if l.table != nil {
				continue
			}
			t := l.frame.turn
			lefts[t], rights[t], sizes = append(lefts[t], l.left), append(rights[t], l.right), append(sizes, l.em())
			if i > 0 && lines[i-1].table == nil && lines[i-1].frame == l.frame && l.base > lines[i-1].base {
				pitches = append(pitches, l.base-lines[i-1].base)
			}
		}
	}
	for t := range w.frames {
		w.frames[t] = margins{left: quantile(lefts[t], 0.05), right: quantile(rights[t], 0.95)}
	}
	w.body, w.pitch = quantile(sizes, 0.5), quantile(pitches, 0.4)
}

// marginsOf are those that a line was set within.
func (w *writer) marginsOf(l line) *margins {
	if l.margins != nil {
		return l.margins
	}
	return &w.frames[l.frame.turn]
}

// quantile of values, the nearest: of three lines the longest has the margin. 0 of none.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sort.Float64s(values)
	return values[int(q*float64(len(values)-1)+0.5)]
}

// larger tells a line in a type so much larger than the body that it is a heading.
func (w *writer) larger(l line) bool { return l.em() > 1.2*w.body }

func (w *writer) add(l line, within bool) {
	if l.table != nil {
		w.flush()
		w.mark()
		w.out.Table(l.table)
		w.last = l
		return
	}
	if len(w.open) > 0 && w.begins(l, within) {
		w.flush()
	}
	text := l.text()
	if n := len(w.open); n > 0 && numbersMeet(lastRune(w.open[n-1].Text), firstRune(text)) && !w.cut(w.last, l) {
		text = strings.TrimLeft(apart, " ") + text
	}
	if n := len(w.open); n > 0 && !w.fresh {
		w.open[n-1].Text = document.Meet(w.open[n-1].Text, text)
	} else {
		part := document.Part{Text: text}
		if w.fresh {
			part.Page, w.fresh = w.page, false
		}
		w.open = append(w.open, part)
	}
	w.last = l
}

// cut tells whether the number at the end of a line goes on in the next: both
// are one piece of the file, or no digit would have found room behind it and
// both make a number that is well written.
func (w *writer) cut(l, next line) bool {
	if l.goesOnIn(next) {
		return true
	}
	number := numberAtEnd.FindString(l.text()) + numberAtStart.FindString(next.text())
	return wellWritten(number) && len(l.runs) > 0 && next.runs[0].blanks == 0 && w.marginsOf(l).right-l.right < 0.6*l.em()
}

// begins tells whether a line begins a paragraph. within: the line before it
// is on the same page, so that the white between them counts.
func (w *writer) begins(l line, within bool) bool {
	last, m := w.last, w.marginsOf(l)
	em := l.width()
	centred := l.left > m.left+1.5*em && abs((l.left-m.left)-(m.right-l.right)) < 1.5*em
	switch {
	case last.table != nil || last.frame.turn != l.frame.turn:
		return true
	case last.goesOnIn(l):
		return false
	case l.valued() || last.valued(): // a column of numbers is no passage
		return true
	case last.margins != l.margins && strings.ContainsRune("。！？；", lastRune(last.text())):
		return true
	case !alike(l.em(), last.em()):
		return true
	case w.larger(l) && w.larger(last):
		return within && l.base-last.base > 2.2*l.em() // else a title of two lines
	case within && last.margins == l.margins && l.base-last.base > 1.7*max(w.pitch, l.em()):
		return true
	case w.marginsOf(last).right-last.right > l.token()+0.6*em: // what follows would have stood there
		return true
	case centred:
		return true
	}
	lastLeft := last.left - w.marginsOf(last).left + m.left
	return l.left > m.left+1.2*em && l.left > lastLeft+0.8*em || l.left > m.left+1.2*em && lastLeft > m.left+1.2*em
}

// width is how wide a Chinese character is in a line.
func (l line) width() float64 {
	units, width := 0.0, 0.0
	for _, r := range l.runs {
		units += unitsOf(r.text)
		width += r.right - r.left
	}
	if units == 0 {
		return l.em()
	}
	return width / units
}

// unitsOf counts the width of a text in Chinese characters.
func unitsOf(text string) (n float64) {
	for _, r := range text {
		if r < 0x2e80 && r != '—' && r != '“' && r != '”' && r != '…' {
			n += 0.5
		} else {
			n++
		}
	}
	return n
}

// token is how wide the beginning of a line is that can't be cut: a number or
// word, with the brackets before it and the stops behind. A line that had no
// room for it may stop short in the middle of a paragraph: …发|〔2023〕4号.
func (l line) token() float64 {
	text := []rune(strings.TrimSpace(l.text()))
	n := 0
	for n < len(text) && (strings.ContainsRune("“‘（(《〈〔[「『", text[n]) || latin(text[n]) || n > 0 && latin(text[n-1]) && strings.ContainsRune(".,%％-/〕]+", text[n])) {
		n++
	}
	if n < len(text) && (n == 0 || !latin(text[n-1])) {
		n++
	}
	for n < len(text) && (strings.ContainsRune("，。、；：！？”’）)》〉〕]」』,.;:%％", text[n]) || latin(text[n]) && n > 0 && text[n-1] < 0x80) {
		n++ // "动,2024" has no place to be cut either
	}
	return unitsOf(string(text[:n])) * l.width()
}

// flush writes the paragraph that has ended.
func (w *writer) flush() {
	if len(w.open) == 0 {
		return
	}
	level := 0
	if w.larger(w.last) && len(w.open) == 1 && len(w.open[0].Text) < 300 {
		level = 1
	}
	w.out.Spread(w.open, level)
	w.open = nil
}

// mark begins the page, where its first block is not a paragraph.
func (w *writer) mark() {
	if w.fresh {
		w.out.Page(w.page)
		w.fresh = false
	}
}
