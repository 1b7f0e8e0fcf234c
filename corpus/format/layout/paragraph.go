package layout

import (
	"sort"
	"strings"

	"reportbot/corpus/format/document"
)

// writer joins lines to paragraphs while it goes through the pages.
type writer struct {
	out         *document.Builder
	left, right float64 // of the text on most pages
	body        float64 // height of most lines
	pitch       float64 // from one line to the next

	open  []document.Part // of the paragraph being read, by page
	last  line
	page  int
	fresh bool // nothing of the page was written yet
}

// measure finds margins, height and pitch of the body by its lines: the right
// margin is where one line in twenty ends at least.
func (w *writer) measure(all [][]line) {
	var lefts, rights, heights, pitches []float64
	for _, lines := range all {
		for i, l := range lines {
			if l.table != nil {
				continue
			}
			lefts, rights, heights = append(lefts, l.left), append(rights, l.right), append(heights, l.size())
			if i > 0 && lines[i-1].table == nil {
				pitches = append(pitches, l.top-lines[i-1].top)
			}
		}
	}
	w.left, w.right, w.body, w.pitch = quantile(lefts, 0.05), quantile(rights, 0.95), quantile(heights, 0.5), quantile(pitches, 0.4)
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
func (w *writer) larger(l line) bool { return l.size() > 1.2*w.body }

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

// begins tells whether a line begins a paragraph. within: the line before it
// is on the same page, so that the white between them counts.
func (w *writer) begins(l line, within bool) bool {
	last := w.last
	em := l.em()
	centred := l.left > w.left+1.5*em && abs((l.left-w.left)-(w.right-l.right)) < 1.5*em
	switch {
	case last.table != nil:
		return true
	case abs(l.size()-last.size()) > 0.2*max(l.size(), last.size()):
		return true
	case w.larger(l) && w.larger(last):
		return within && l.top-last.bottom > 1.6*l.size() // else a title of two lines
	case within && l.top-last.top > 1.7*max(w.pitch, l.size()):
		return true
	case w.right-last.right > l.token()+0.6*em: // what follows would have stood there
		return true
	case centred:
		return true
	}
	return l.left > w.left+1.2*em && l.left > last.left+0.8*em || l.left > w.left+1.2*em && last.left > w.left+1.2*em
}

// em is how wide a Chinese character is in a line.
func (l line) em() float64 {
	units, width := 0.0, 0.0
	for _, r := range l.runs {
		units += unitsOf(r.text)
		width += r.right - r.left
	}
	if units == 0 {
		return l.size()
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
	return unitsOf(string(text[:n])) * l.em()
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

// cellText is what stands in a cell: its lines as one.
func cellText(glyphs []Glyph) string {
	var lines []string
	for _, l := range linesOf(glyphs, 0) {
		lines = append(lines, strings.TrimSpace(l.text()))
	}
	return document.Joined(lines)
}
