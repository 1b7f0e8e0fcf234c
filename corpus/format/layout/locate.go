package layout

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"reportbot/corpus/format/document"
)

// piece is what stands in a cell of a table.
type piece struct {
	row, column int
	glyphs      []Glyph
}

func sortPieces(pieces []piece) {
	sort.SliceStable(pieces, func(i, k int) bool {
		if pieces[i].row != pieces[k].row {
			return pieces[i].row < pieces[k].row
		}
		return pieces[i].column < pieces[k].column
	})
}

func glyphsOf(lines []line) (out []Glyph) {
	for _, l := range lines {
		for _, r := range l.runs {
			out = append(out, r.glyphs...)
		}
	}
	return out
}

// Box is a part of a page, in points from its top left corner.
type Box struct{ Left, Top, Right, Bottom float64 }

// Located is where a span of a document's text stands: on which page, and a box
// for each line of it there.
type Located struct {
	Page  int
	Boxes []Box
}

// placed is a line or a cell with its place in the order of reading.
type placed struct {
	page   int
	frame  frame
	glyphs []Glyph
	text   string
}

// Locate finds where a span of the text stands that Write made of pages. The
// text knows no places: it is laid along the lines and cells again, of which it
// left out some (running heads, repeated headings) and added none. False where
// nothing of the span is found.
func Locate(pages []Laid, d *document.Document, s document.Span) (l Located, ok bool) {
	pieces := inOrder(pages)
	at := 0
	for _, item := range itemsOf(d) {
		if item.Start >= s.End {
			break
		}
		found, next := along(pieces, at, bare(d.Slice(item)), d.Page(max(item.Start, item.End-1)))
		if found == nil {
			continue
		}
		at = next
		if item.End <= s.Start {
			continue
		}
		from := len([]rune(bare(d.Text[item.Start:max(item.Start, s.Start)])))
		to := from + len([]rune(bare(d.Text[max(item.Start, s.Start):min(item.End, s.End)])))
		part, there := boxed(found, from, to)
		if there && (!ok || part.Page == l.Page) {
			l, ok = Located{part.Page, append(l.Boxes, part.Boxes...)}, true
		}
	}
	return l, ok
}

// Around is the box around all boxes.
func (l Located) Around() (b Box) {
	for i, o := range l.Boxes {
		if i == 0 {
			b = o
		}
		b = Box{min(b.Left, o.Left), min(b.Top, o.Top), max(b.Right, o.Right), max(b.Bottom, o.Bottom)}
	}
	return b
}

// inOrder are the lines and cells of pages in the order in which Write takes them.
func inOrder(pages []Laid) (out []placed) {
	for _, p := range pages {
		for _, l := range p.lines {
			if l.table == nil {
				out = append(out, newPlaced(p.number, l.frame, glyphsOf([]line{l})))
				continue
			}
			for _, c := range l.cells {
				if len(c.glyphs) > 0 {
					out = append(out, newPlaced(p.number, l.frame, c.glyphs))
				}
			}
		}
	}
	return out
}

func newPlaced(page int, f frame, glyphs []Glyph) placed {
	var b strings.Builder
	var kept []Glyph
	for _, g := range glyphs {
		if counts(g.Rune) {
			b.WriteRune(g.Rune)
			kept = append(kept, g)
		}
	}
	return placed{page, f, kept, b.String()}
}

// counts tells a character that stands on the page and in the text alike: not
// white space, which either may leave out, nor what is put between numbers.
func counts(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune("|；　\u00ad\ufeff\u200b\u200d\u200e", r)
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if counts(r) {
			return r
		}
		return -1
	}, s)
}

// itemsOf are the cells of a document's tables and its other lines, in order.
func itemsOf(d *document.Document) (items []document.Span) {
	cells := map[int][]document.Span{} // by the start of their row
	for _, t := range d.Tables {
		for _, r := range t.Rows {
			cells[r.Start] = nil
			for _, c := range r.Cells {
				if !c.Again && !c.Empty() {
					cells[r.Start] = append(cells[r.Start], c.Span)
				}
			}
		}
	}
	at := 0
	for line := range strings.Lines(d.Text) {
		if of, row := cells[at]; row {
			items = append(items, of...)
		} else {
			items = append(items, document.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))})
		}
		at += len(line)
	}
	return items
}

// along finds the pieces, one after the other from at on, that make a text:
// one that fits nowhere is passed over. They lie on no later page than last.
func along(pieces []placed, at int, text string, last int) (found []placed, next int) {
	for start := at; start < len(pieces) && pieces[start].page <= last; start++ {
		rest := text
		found = found[:0]
		for i := start; i < len(pieces) && rest != ""; i++ {
			if after, fits := strings.CutPrefix(rest, pieces[i].text); fits && pieces[i].text != "" {
				rest = after
				found = append(found, pieces[i])
				next = i + 1
			} else if i == start || pieces[i].page > last {
				break
			}
		}
		if rest == "" && len(found) > 0 {
			return found, next
		}
	}
	return nil, at
}

// boxed are the boxes of the characters from one to another of pieces, on the
// page of the first.
func boxed(pieces []placed, from, to int) (l Located, ok bool) {
	n := 0
	for _, p := range pieces {
		var bases []float64 // of the boxes of this piece
		for _, g := range p.glyphs {
			if n++; n <= from || n > to || l.Page != 0 && p.page != l.Page {
				continue
			}
			l.Page = p.page
			left, top, right, bottom := p.frame.onPage(g)
			b := Box{left, top, right, bottom}
			if i := slices.IndexFunc(bases, func(base float64) bool { return abs(base-g.Bottom) < 0.3*(g.Bottom-g.Top) }); i >= 0 {
				k := len(l.Boxes) - len(bases) + i
				b = Box{min(b.Left, l.Boxes[k].Left), min(b.Top, l.Boxes[k].Top), max(b.Right, l.Boxes[k].Right), max(b.Bottom, l.Boxes[k].Bottom)}
				l.Boxes[k] = b
				continue
			}
			bases = append(bases, g.Bottom)
			l.Boxes = append(l.Boxes, b)
		}
	}
	return l, len(l.Boxes) > 0
}

// onPage is the box of a glyph, as its frame is read, on the page as it is shown.
func (f frame) onPage(g Glyph) (left, top, right, bottom float64) {
	page := Page{Width: f.width, Height: f.height}
	return turnBox(page, (4-f.turn)&3, g.Left, g.Top, g.Right, g.Bottom)
}
