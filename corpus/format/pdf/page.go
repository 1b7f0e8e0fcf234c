package pdf

import (
	"math"

	"reportbot/corpus/format/layout"
)

// view is how a page is shown: the part of it that is (CropBox), and how it is
// turned (Rotate). Its points count from the top left corner, y down.
type view struct {
	left, bottom, right, top float64 // of what is shown, in the page's own space
	turned                   int     // quarter turns clockwise
}

func (f *file) viewOf(page uint64) view {
	v := view{turned: f.count("FPDFPage_GetRotation", page) & 3}
	if f.is("FPDF_GetPageBoundingBox", page, f.at(0)) { // FS_RECTF: left, top, right, bottom
		v.left, v.top, v.right, v.bottom = f.float(0), f.float(1), f.float(2), f.float(3)
	}
	return v
}

func (v view) size() (width, height float64) {
	width, height = v.right-v.left, v.top-v.bottom
	if v.turned%2 == 1 {
		width, height = height, width
	}
	return width, height
}

// point turns a point of the page's space into one of the view.
func (v view) point(x, y float64) (float64, float64) {
	switch v.turned {
	case 1:
		return y - v.bottom, x - v.left
	case 2:
		return v.right - x, y - v.bottom
	case 3:
		return v.top - y, v.right - x
	}
	return x - v.left, v.top - y
}

// box is the box around two points.
func (v view) box(x1, y1, x2, y2 float64) (left, top, right, bottom float64) {
	x1, y1 = v.point(x1, y1)
	x2, y2 = v.point(x2, y2)
	return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
}

// readPage reads the characters of a page and the straight lines drawn on it.
func (f *file) readPage(index int) layout.Page {
	out := layout.Page{Number: index + 1}
	page := f.call("FPDF_LoadPage", f.document, uint64(index))
	if page == 0 {
		return out
	}
	page, said := f.filled(page, index)
	f.keepOpen(page)
	v := f.viewOf(page)
	out.Width, out.Height = v.size()
	text := f.call("FPDFText_LoadPage", page)
	if text == 0 {
		return out
	}
	defer f.call("FPDFText_ClosePage", text)
	r := glyphReader{file: f, text: text, view: v, pieces: make([]piece, 1), ratio: map[float64]float64{}}
	r.read()
	for _, text := range said {
		r.fill(text)
	}
	out.Glyphs = r.glyphs
	if len(r.glyphs) < 20 && len(r.invisible) >= 20 && f.isPicture(page, v) {
		out.Glyphs, out.Recognized = r.invisible, true
	}
	if f.hidden != nil && !out.Recognized {
		out.Glyphs = f.shownOf(page, v, &r)
	}
	if r.unknown*2 > len(out.Glyphs) || garbled(out.Glyphs) {
		out.Glyphs, out.Unreadable = nil, true
	}
	out.Scanned = len(out.Glyphs) < 5 && !out.Unreadable && f.isPicture(page, v)
	if len(out.Glyphs) > 0 {
		out.Rules = f.readRules(page, v)
	}
	return out
}

// keepOpen closes the page before this one, which is kept for as long: PDFium
// forgets a font with the last page that uses it, and reading fonts anew for
// every page took a tenth of the time.
func (f *file) keepOpen(page uint64) {
	if f.last != 0 {
		f.call("FPDF_ClosePage", f.last)
	}
	f.last = page
}

// glyphReader reads the characters of a page.
type glyphReader struct {
	*file
	view
	text      uint64
	glyphs    []layout.Glyph
	invisible []layout.Glyph // text that is there to be searched, over a picture of it
	unknown   int            // characters that the file does not tell
	layered   bool           // some of it is of a layer
	pieces    []piece        // by number, of a file with hidden layers; 0 is none

	// of the piece of text (Tj) that is being read
	object  uint64
	number  int
	size    float64
	dx, dy  float64 // the direction that it runs in
	unseen  bool
	started bool

	told  float64             // how wide PDFium says that the last character is
	ratio map[float64]float64 // by size, how much of that one before it took
}

// read reads each character with a box that goes 0.8 of its size above the
// baseline and 0.2 below, whatever its font says: the boxes of one line are of
// one height then, and those of marks above it are not.
func (r *glyphReader) read() {
	for i := range r.count("FPDFText_CountChars", r.text) {
		object := r.call("FPDFText_GetTextObject", r.text, uint64(i))
		if object == 0 {
			continue // a blank or the end of a line that PDFium made up
		}
		if object != r.object || !r.started {
			r.begin(object, i)
		}
		char := rune(r.call("FPDFText_GetUnicode", r.text, uint64(i)))
		switch {
		case r.is("FPDFText_HasUnicodeMapError", r.text, uint64(i)) || char == 0 || char == layout.Unknown:
			r.unknown++
			char = layout.Unknown
		case char < ' ' || char == 0xfffe:
			continue
		case private(char): // a bullet, most times
			r.unknown++
			continue
		}
		r.place(char, i)
	}
}

// private tells a character of Unicode's private area, which says nothing.
func private(r rune) bool { return 0xe000 <= r && r <= 0xf8ff }

// renderInvisible is the mode of text that is not drawn (ISO 32000-1, 9.3.6).
const renderInvisible = 3

// begin reads what is the same for all characters of a piece of text.
func (r *glyphReader) begin(object uint64, index int) {
	r.object, r.started = object, true
	r.number++
	if r.hidden != nil {
		r.pieces = append(r.pieces, r.pieceOf(object))
	}
	r.unseen = r.call("FPDFTextObj_GetTextRenderMode", object) == renderInvisible
	r.size, r.dx, r.dy = 0, 1, 0
	r.call("FPDFText_GetFontSize", r.text, uint64(index))
	size := math.Abs(math.Float64frombits(r.stack[0]))
	if !r.is("FPDFText_GetMatrix", r.text, uint64(index), r.at(0)) { // FS_MATRIX: a to f
		r.size = size
		return
	}
	a, b, c, d := r.float(0), r.float(1), r.float(2), r.float(3)
	r.size = size * math.Hypot(c, d)
	if along := math.Hypot(a, b); along > 0 {
		r.dx, r.dy = a/along, b/along
	}
}

// place adds a character where it stands. One outside of what is shown is none,
// and neither is one that runs aslant, as the words of a watermark do.
func (r *glyphReader) place(char rune, index int) {
	if !r.is("FPDFText_GetCharOrigin", r.text, uint64(index), r.at(0), r.at(8)) || r.size <= 0 {
		return
	}
	x, y := r.double(0), r.double(1)
	width := r.size
	if char < 0x2e80 {
		width /= 2
	}
	below, above := 0.2, 0.8
	if r.dy == 0 && r.dx > 0 && r.is("FPDFText_GetLooseCharBox", r.text, uint64(index), r.at(0)) { // FS_RECTF
		left, top, right, bottom := r.float(0), r.float(1), r.float(2), r.float(3)
		width = right - x
		if left < x-0.3*r.size { // written down the page: what is told is the middle of its top
			x, width, above, below = left, right-left, (top-y)/r.size, (y-bottom)/r.size
		}
	}
	turn, straight := r.direction()
	if !straight {
		return
	}
	upX, upY := -r.dy*r.size, r.dx*r.size
	if n := len(r.glyphs); n > 0 {
		r.advance(&r.glyphs[n-1], x, y, turn)
	}
	r.told = width
	if ratio := r.ratio[r.size]; ratio > 0 && char < 0x2e80 {
		width *= ratio
	}
	g := layout.Glyph{Rune: char, Turn: turn, Object: r.number}
	g.Left, g.Top, g.Right, g.Bottom = r.box(x-below*upX, y-below*upY, x+above*upX+r.dx*width, y+above*upY+r.dy*width)
	w, h := r.view.size()
	middleX, middleY := (g.Left+g.Right)/2, (g.Top+g.Bottom)/2
	switch {
	case middleX < 0 || middleX > w || middleY < 0 || middleY > h:
		g.Rune = layout.Unknown // what is left of a number that is cut off is another number
		if n := len(r.glyphs); n > 1 && r.isCut(n-1) && r.isCut(n-2) {
			r.glyphs[n-1] = g // the first and the last that are cut off are enough
			return
		}
	case r.unseen:
		r.invisible = append(r.invisible, g)
		return
	}
	r.glyphs = append(r.glyphs, g)
}

// isCut tells a character of this piece that is not known.
func (r *glyphReader) isCut(n int) bool {
	return r.glyphs[n].Rune == layout.Unknown && r.glyphs[n].Object == r.number
}

// direction is the quarter turns clockwise, as seen, that the text is turned by.
func (r *glyphReader) direction() (turn int, straight bool) {
	const aslant = 0.17 // ten degrees
	switch {
	case math.Abs(r.dy) < aslant && r.dx > 0:
		turn = 0
	case math.Abs(r.dx) < aslant && r.dy < 0:
		turn = 1
	case math.Abs(r.dy) < aslant:
		turn = 2
	case math.Abs(r.dx) < aslant:
		turn = 3
	default:
		return 0, false
	}
	return (turn + r.turned) & 3, true
}

// advance has the character before one end where this one begins, if that is
// nearly so already: PDFium's boxes are a tenth too wide or too narrow for
// fonts whose height is not their size.
func (r *glyphReader) advance(last *layout.Glyph, x, y float64, turn int) {
	if last.Object != r.number {
		return
	}
	near := 0.25 * r.size
	px, py := r.point(x, y)
	switch {
	case turn == 0 && px < last.Right+near && px > last.Left+near:
		last.Right = px
		if last.Rune < 0x2e80 && r.told > 0 {
			r.ratio[r.size] = min(max((px-last.Left)/r.told, 0.4), 1)
		}
	case turn == 1 && py < last.Bottom+near && py > last.Top+near:
		last.Bottom = py
	case turn == 2 && px > last.Left-near && px < last.Right-near:
		last.Left = px
	case turn == 3 && py > last.Top-near && py < last.Bottom-near:
		last.Top = py
	}
}
