// Package layout turns pages of placed characters (PDF, OFD) into text in
// reading order: lines into paragraphs, across the ends of lines and pages,
// ruled and aligned cells into tables, without running heads and page numbers.
//
// The formats themselves know none of these. What is taken for a paragraph is
// what a Chinese reader takes for one: it ends where a line stops short of the
// right margin or the next one is indented.
package layout

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
)

// Glyph is one character and its box in points, y counted down the page.
type Glyph struct {
	Rune                     rune
	Left, Top, Right, Bottom float64
}

func (g Glyph) height() float64 { return g.Bottom - g.Top }
func (g Glyph) middle() float64 { return (g.Top + g.Bottom) / 2 }

// Rule is a straight line drawn on the page, across or down.
type Rule struct{ Left, Top, Right, Bottom float64 }

func (r Rule) across() bool { return r.Right-r.Left > r.Bottom-r.Top }

// Page is one page as the file draws it.
type Page struct {
	Number        int
	Width, Height float64
	Glyphs        []Glyph
	Rules         []Rule
}

// run is characters side by side without a gap; a line has one or several.
type run struct {
	text                     string
	left, top, right, bottom float64
	glyphs                   int
}

// size is the height of most characters: that of the font.
func (r run) size() float64 { return r.bottom - r.top }

// line is what stands at one height of a page, from left to right.
type line struct {
	runs                     []run
	left, top, right, bottom float64
	page                     int
	table                    *document.Grid // instead of runs
}

func (l line) text() string {
	var b strings.Builder
	for i, r := range l.runs {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(r.text)
	}
	return b.String()
}

func (l line) size() float64 { return l.bottom - l.top }

// Write adds the pages to a document. Pages without a character are warned of.
func Write(b *document.Builder, pages []Page) {
	w := &writer{out: b}
	all := make([][]line, len(pages))
	for i, p := range pages {
		all[i] = linesOfPage(p)
	}
	dropRunning(all, pages)
	w.measure(all)
	for i, lines := range all {
		w.page = pages[i].Number
		w.fresh = true
		if len(pages[i].Glyphs) == 0 {
			b.Warn(document.Warning{Code: document.PageWithoutText, Page: pages[i].Number})
		}
		for k := range lines {
			w.add(lines[k], k > 0)
		}
		if w.fresh { // a page without lines is one all the same
			w.flush()
			b.Page(w.page)
		}
	}
	w.flush()
}

// linesOfPage finds tables first, since their cells are no lines of text.
func linesOfPage(p Page) []line {
	tables, rest := ruledTables(p)
	lines := linesOf(rest, p.Number)
	lines = alignedTables(lines)
	for _, t := range tables {
		t.page = p.Number
		lines = append(lines, t)
	}
	sort.SliceStable(lines, func(i, k int) bool { return lines[i].top < lines[k].top })
	return lines
}

// linesOf gathers glyphs into runs in the order of the file, which knows what
// is one word better than any rule does, and runs of one height into lines.
func linesOf(glyphs []Glyph, page int) []line {
	runs := runsOf(glyphs)
	sort.SliceStable(runs, func(i, k int) bool { return runs[i].top+runs[i].bottom < runs[k].top+runs[k].bottom })
	var lines []line
	for _, r := range runs {
		if strings.TrimSpace(r.text) == "" {
			continue
		}
		if n := len(lines); n > 0 && sameLine(lines[n-1], r) {
			l := &lines[n-1]
			l.runs = append(l.runs, r)
			l.left, l.top, l.right, l.bottom = min(l.left, r.left), min(l.top, r.top), max(l.right, r.right), max(l.bottom, r.bottom)
			continue
		}
		lines = append(lines, line{runs: []run{r}, left: r.left, top: r.top, right: r.right, bottom: r.bottom, page: page})
	}
	for i := range lines {
		runs := lines[i].runs
		sort.SliceStable(runs, func(a, b int) bool { return runs[a].left < runs[b].left })
		lines[i].runs = closed(runs)
	}
	return lines
}

func sameLine(l line, r run) bool {
	overlap := min(l.bottom, r.bottom) - max(l.top, r.top)
	return overlap > 0.5*min(l.size(), r.size())
}

// gap is how far apart runs of a line stand that are not one, in heights.
const gap = 1.2

// closed joins the runs that follow one another without a gap.
func closed(runs []run) []run {
	out := runs[:1]
	for _, r := range runs[1:] {
		last := &out[len(out)-1]
		if r.left-last.right < gap*max(last.size(), r.size()) {
			if needsBlank(lastRune(last.text), firstRune(r.text), (r.left-last.right)/r.size()) {
				last.text += " "
			}
			last.text += r.text
			last.right = max(last.right, r.right)
			last.top, last.bottom = min(last.top, r.top), max(last.bottom, r.bottom)
			continue
		}
		out = append(out, r)
	}
	return out
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// needsBlank tells whether white of that many heights between two characters
// is a blank that the file left out.
func needsBlank(a, b rune, white float64) bool {
	if a == ' ' || b == ' ' {
		return false
	}
	if a < 0x2e80 && b < 0x2e80 && unicode.IsLetter(a) && unicode.IsLetter(b) {
		return white > 0.15
	}
	return white > 0.8
}

func runsOf(glyphs []Glyph) []run {
	var runs []run
	for _, g := range glyphs {
		if n := len(runs); n > 0 {
			r := &runs[n-1]
			near := g.Left-r.right < gap*max(g.height(), r.size()) && g.Left > r.right-0.5*r.size()
			if near && abs(g.middle()-(r.top+r.bottom)/2) < 0.4*max(g.height(), r.size()) {
				if needsBlank(lastRune(r.text), g.Rune, (g.Left-r.right)/max(r.size(), 1)) {
					r.text += " "
				}
				r.text += string(g.Rune)
				r.right = max(r.right, g.Right)
				if !unicode.IsSpace(g.Rune) {
					r.top, r.bottom = min(r.top, g.Top), max(r.bottom, g.Bottom)
				}
				r.glyphs++
				continue
			}
		}
		runs = append(runs, run{string(g.Rune), g.Left, g.Top, g.Right, g.Bottom, 1})
	}
	return runs
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}

// latin tells a character before or after which the end of a line is a blank.
func latin(r rune) bool {
	return r < 0x2e80 && !fold.Han(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
