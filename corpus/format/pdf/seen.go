package pdf

import (
	"strings"

	"reportbot/corpus/format/layout"
)

// garbled tells text whose fonts name their signs as they like: a fontful of
// letters, digits and signs without a single Chinese character. Of what people
// write, one in a hundred is one of these signs; of codes, one in four.
func garbled(glyphs []layout.Glyph) bool {
	rare := 0
	for _, g := range glyphs {
		switch {
		case g.Rune >= 0x2e80:
			return false
		case strings.ContainsRune("#$*<=>?@[\\]^_`{|}~!\"", g.Rune), 0x80 <= g.Rune && g.Rune < 0xc0, 0x2500 <= g.Rune && g.Rune < 0x2600:
			rare++
		}
	}
	return len(glyphs) >= 50 && rare*8 > len(glyphs)
}

const objectImage = 3

// isPicture tells a page most of which is one picture.
func (f *file) isPicture(page uint64, v view) bool {
	width, height := v.size()
	for i := range min(f.count("FPDFPage_CountObjects", page), 100) {
		object := f.call("FPDFPage_GetObject", page, uint64(i))
		if f.call("FPDFPageObj_GetType", object) != objectImage || !f.is("FPDFPageObj_GetBounds", object, f.at(0), f.at(4), f.at(8), f.at(12)) {
			continue
		}
		if w, h := f.float(2)-f.float(0), f.float(3)-f.float(1); w*h > 0.5*width*height {
			return true
		}
	}
	return false
}

// shownOf drops the pieces of text of a layer that is not shown: those marked
// as one, and those that leave no trace when the page is drawn, if their type
// lies in the file: of one that does not, PDFium has only the Latin letters. It
// draws no layer that is hidden, but reads its text.
func (f *file) shownOf(page uint64, v view, r *glyphReader) []layout.Glyph {
	if !r.layered && !f.hasForm(page) {
		return r.glyphs
	}
	const scale = 2
	picture, ok := f.gray(page, v, scale)
	if !ok {
		return r.glyphs
	}
	drawn, all := map[int]int{}, map[int]int{}
	for _, g := range r.glyphs {
		all[g.Object]++
		if picture.inked(g.Left*scale, g.Top*scale, g.Right*scale, g.Bottom*scale) {
			drawn[g.Object]++
		}
	}
	kept := r.glyphs[:0]
	for _, g := range r.glyphs {
		if of := r.pieces[g.Object]; !of.hidden && (drawn[g.Object]*2 >= all[g.Object] || !of.embedded) {
			kept = append(kept, g)
		}
	}
	return kept
}

// hasForm tells a page that draws another piece of the file, which may be of a
// layer as a whole.
func (f *file) hasForm(page uint64) bool {
	for i := range min(f.count("FPDFPage_CountObjects", page), mostObjects) {
		if f.call("FPDFPageObj_GetType", f.call("FPDFPage_GetObject", page, uint64(i))) == objectForm {
			return true
		}
	}
	return false
}

// piece is a piece of text: whether the type that it is set in lies in the
// file, and whether it is marked as being of a layer that is not shown.
type piece struct{ embedded, hidden bool }

func (f *glyphReader) pieceOf(object uint64) piece {
	p := piece{embedded: f.call("FPDFFont_GetIsEmbedded", f.call("FPDFTextObj_GetFont", object)) == 1}
	for i := range f.count("FPDFPageObj_CountMarks", object) {
		mark := f.call("FPDFPageObj_GetMark", object, uint64(i))
		if f.markName(mark) == "OC" {
			f.layered = true
			p.hidden = p.hidden || f.hidden[f.layerOf(mark)]
		}
	}
	return p
}

// markName and layerOf read the name of a mark and that of the layer that it
// names.
func (f *file) markName(mark uint64) string {
	size := f.at(0)
	if !f.is("FPDFPageObjMark_GetName", mark, f.at(8), 256, size) {
		return ""
	}
	return f.utf16(8, min(f.whole(0), 256))
}

func (f *file) layerOf(mark uint64) string {
	size := f.at(0)
	if !f.is("FPDFPageObjMark_GetParamStringValue", mark, uint64(f.nameKey), f.at(8), 256, size) {
		return ""
	}
	return f.utf16(8, min(f.whole(0), 256))
}

// gray is a page drawn in shades of gray.
type gray struct {
	width, height, stride int
	pixels                []byte
}

// gray draws a page at so many pixels a point. False where that can't be done.
func (f *file) gray(page uint64, v view, scale float64) (g gray, ok bool) {
	width, height := v.size()
	g.width, g.height = int(width*scale), int(height*scale)
	const most = 4000
	if g.width < 1 || g.height < 1 || g.width > most || g.height > most {
		return g, false
	}
	g.pixels, g.stride, ok = f.draw(page, g.width, g.height, bitmapGray)
	return g, ok
}

// inked tells whether a box has both light and dark.
func (g gray) inked(left, top, right, bottom float64) bool {
	darkest, lightest := byte(255), byte(0)
	for y := max(int(top), 0); y < min(int(bottom)+1, g.height); y++ {
		for x := max(int(left), 0); x < min(int(right)+1, g.width); x++ {
			p := g.pixels[y*g.stride+x]
			darkest, lightest = min(darkest, p), max(lightest, p)
		}
	}
	return int(lightest)-int(darkest) > 24
}
