package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
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

// hidesLayers tells a file with layers (8.11) of which some are not shown. Its
// catalogue may lie in a compressed stream of objects.
func hidesLayers(content []byte) bool {
	hides := func(part []byte) bool {
		return bytes.Contains(part, []byte("/OCProperties")) && (bytes.Contains(part, []byte("/OFF")) || bytes.Contains(part, []byte("/OCMD")))
	}
	if hides(content) {
		return true
	}
	if !bytes.Contains(content, []byte("/ObjStm")) {
		return false
	}
	const most = 1 << 20 // bytes of a stream that are looked at
	for rest := content; ; {
		at := bytes.Index(rest, []byte("/ObjStm"))
		if at < 0 {
			return false
		}
		rest = rest[at:]
		begin := bytes.Index(rest, []byte("stream"))
		if begin < 0 {
			return false
		}
		rest = bytes.TrimLeft(rest[begin+len("stream"):], "\r\n")
		if z, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			part, _ := io.ReadAll(io.LimitReader(z, most))
			if hides(part) {
				return true
			}
		}
	}
}

// shownOf keeps the pieces of text that leave a trace where they stand when the
// page is drawn: PDFium draws no layer that is hidden, but reads its text.
func (f *file) shownOf(page uint64, v view, glyphs []layout.Glyph) []layout.Glyph {
	const scale = 2
	picture, ok := f.gray(page, v, scale)
	if !ok {
		return glyphs
	}
	drawn, all := map[int]int{}, map[int]int{}
	for _, g := range glyphs {
		if g.Rune == ' ' {
			continue
		}
		all[g.Object]++
		if picture.inked(g.Left*scale, g.Top*scale, g.Right*scale, g.Bottom*scale) {
			drawn[g.Object]++
		}
	}
	kept := glyphs[:0]
	for _, g := range glyphs {
		if drawn[g.Object]*2 >= all[g.Object] && all[g.Object] > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// gray is a page drawn in shades of gray.
type gray struct {
	width, height, stride int
	pixels                []byte
}

const bitmapGray = 1 // FPDFBitmap_Gray

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
