// Package layout turns pages of placed characters (PDF, OFD) into text in
// reading order: lines into paragraphs, across the ends of lines and pages,
// ruled and aligned cells into tables, without running heads and page numbers.
//
// The formats themselves know none of these. What is taken for a paragraph is
// what a Chinese reader takes for one: it ends where a line stops short of the
// right margin or the next one is indented.
//
// One rule goes before all others: digits of two places are never one number.
// Where it can't be told whether they are, the cell is left out and warned of.
package layout

import (
	"sort"

	"reportbot/corpus/format/document"
)

// Glyph is one character and its box in points, y counted down the page. The
// box is as high as the type: from 0.2 of that below the baseline to 0.8 above.
type Glyph struct {
	Rune                     rune
	Left, Top, Right, Bottom float64
	Turn                     int // quarter turns clockwise that its text is turned by
	Object                   int // which piece of the file drew it: one piece is one thing
}

// Rule is a straight line drawn on the page, across or down.
type Rule struct{ Left, Top, Right, Bottom float64 }

func (r Rule) across() bool { return r.Right-r.Left > r.Bottom-r.Top }

// Page is one page as it is shown.
type Page struct {
	Number        int
	Width, Height float64
	Glyphs        []Glyph
	Rules         []Rule
	Unreadable    bool // its text is of characters that the file does not tell
	Scanned       bool // it is a picture without text
	Recognized    bool // its text was recognized in a picture
}

// Unknown is a character that the file does not tell.
const Unknown = '\ufffd'

// line is what stands at one height of a page, from left to right, or a table.
type line struct {
	runs                     []run
	left, top, right, bottom float64
	base, size               float64
	page                     int
	frame                    frame
	margins                  *margins
	table                    *document.Grid // instead of runs
	cells                    []piece        // of the table, in the order of reading
}

// frame is the page as it is read: one that text runs along sideways is read
// turned.
type frame struct {
	turn          int
	width, height float64
}

// Laid is a page whose lines and tables were found: its characters are let go.
type Laid struct {
	number  int
	lines   []line
	warning document.Code // why it has no text or a doubtful one, "" else
	doubts  int           // cells that were left out
}

// Lay finds the lines and tables of a page. Pages may be laid at the same time.
func Lay(p Page) Laid {
	l := Laid{number: p.Number}
	switch {
	case p.Unreadable:
		l.warning = document.UnknownCharacters
	case len(p.Glyphs) == 0:
		l.warning = document.PageWithoutText
	case p.Recognized:
		l.warning = document.Recognized
	}
	l.lines, l.doubts = linesOfPage(p)
	return l
}

// Write adds the pages to a document. Pages without a character, or with cells
// that were left out, are warned of.
func Write(b *document.Builder, pages []Laid) {
	w := &writer{out: b}
	all := make([][]line, len(pages))
	for i, p := range pages {
		all[i] = p.lines
		if p.warning == document.Recognized {
			b.Recognized(p.number)
		}
		if p.warning != "" {
			b.Warn(document.Warning{Code: p.warning, Page: p.number})
		}
		if p.doubts > 0 {
			b.Warn(document.Warning{Code: document.UncertainCell, Page: p.number})
		}
	}
	dropRunning(all)
	w.measure(all)
	for i, lines := range all {
		w.page = pages[i].number
		w.fresh = true
		for k := range lines {
			w.add(lines[k], k > 0 && lines[k-1].frame.turn == lines[k].frame.turn)
		}
		if w.fresh { // a page without lines is one all the same
			w.flush()
			b.Page(w.page)
		}
	}
	w.flush()
}

// linesOfPage reads a page once for each direction that its text runs in, and
// counts the cells that were left out.
func linesOfPage(p Page) (lines []line, doubts int) {
	for _, t := range turned(p) {
		of := reader{page: t}
		read := of.lines()
		for i := range read {
			read[i].page = p.Number
			read[i].frame = frame{t.turn, t.Width, t.Height}
		}
		lines = append(lines, read...)
		doubts += of.doubts
	}
	return lines, doubts
}

// reader reads one page in one direction.
type reader struct {
	page   turnedPage
	doubts int // cells left out
}

// lines finds tables first, since their cells are no lines of text.
func (r *reader) lines() []line {
	words := wordsOf(withoutStruck(r.page.Glyphs, r.page.Rules))
	tables, rest := r.ruledTables(words)
	lines := r.blocks(linesOf(rest))
	lines = append(lines, tables...)
	sort.SliceStable(lines, func(i, k int) bool { return lines[i].order() < lines[k].order() })
	return lines
}

// order is where a line comes in reading: the lines of a column of prose come
// together, at the place of the first.
func (l line) order() float64 {
	if l.margins != nil {
		return l.margins.top
	}
	return l.top
}

func (l line) em() float64 {
	if l.size > 0 {
		return l.size
	}
	return l.bottom - l.top
}
