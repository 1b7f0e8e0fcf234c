package pdf

import (
	"strings"

	"reportbot/corpus/format/layout"
)

// What is filled into a form and what is written over a page (fields, text boxes, stamps)
// stands beside the page's own text: each as an annotation with a picture of itself, its
// appearance, which a reader sees as part of the page. PDFium takes these into the page
// ("flattens" it), and their text is read where it stands. Of one that has no picture, as
// programs that fill in forms leave it to the reader to make one, its value is set into its
// box here.

// Kinds of annotations and their flags (fpdf_annot.h), and of fields (fpdf_formfill.h).
const (
	annotFreeText, annotStamp, annotWidget = 3, 13, 20
	annotHidden, annotNoView               = 1 << 1, 1 << 5
	fieldChoice, fieldList, fieldText      = 4, 5, 6
)

// filled is a page that its annotations were taken into, and what those say that have no
// picture of themselves.
func (f *file) filled(page uint64, index int) (_ uint64, said []inBox) {
	pictured := false
	for i := range min(f.count("FPDFPage_GetAnnotCount", page), mostObjects) {
		a := f.call("FPDFPage_GetAnnot", page, uint64(i))
		if a == 0 {
			continue
		}
		has, text := f.annotation(a)
		pictured = pictured || has
		if text.text != "" {
			said = append(said, text)
		}
		f.call("FPDFPage_CloseAnnot", a)
	}
	const forDisplay, flattened = 0, 1
	if !pictured || f.call("FPDFPage_Flatten", page, forDisplay) != flattened {
		return page, said
	}
	if again := f.call("FPDF_LoadPage", f.document, uint64(index)); again != 0 {
		f.call("FPDF_ClosePage", page)
		page = again
	}
	if f.failed != nil && !f.full() { // a form that breaks PDFium does not cost the page its own text
		f.failed = nil
		return f.call("FPDF_LoadPage", f.document, uint64(index)), nil
	}
	return page, said
}

// inBox is a text and the box that it is written in, in the page's own space.
type inBox struct {
	text                     string
	left, bottom, right, top float64
}

// annotation tells whether an annotation has a picture that is part of what the page
// says, and else what it says. One that says nothing of the page is hidden, so that it
// is not taken in: a signature, whose picture tells of the signing, a button or a tick,
// which is a sign of a type of its own, a note that a reader has to open.
func (f *file) annotation(a uint64) (pictured bool, text inBox) {
	kind, flags := f.count("FPDFAnnot_GetSubtype", a), f.call("FPDFAnnot_GetFlags", a)
	if flags&(annotHidden|annotNoView) != 0 {
		return false, text
	}
	if !f.speaks(a, kind) {
		f.call("FPDFAnnot_SetFlags", a, flags|annotHidden)
		return false, text
	}
	const normal, empty = 0, 2
	if f.count("FPDFAnnot_GetAP", a, normal, 0, 0) > empty {
		return true, text
	}
	if kind == annotWidget {
		text.text = f.text("FPDFAnnot_GetFormFieldValue", f.form(), a)
	} else {
		text.text = f.text("FPDFAnnot_GetStringValue", a, f.contentsKey())
	}
	if text.text == "" || !f.is("FPDFAnnot_GetRect", a, f.at(0)) { // FS_RECTF
		return false, inBox{}
	}
	text.left, text.top, text.right, text.bottom = f.float(0), f.float(1), f.float(2), f.float(3)
	return false, text
}

// speaks tells an annotation whose text is the page's.
func (f *file) speaks(a uint64, kind int) bool {
	switch kind {
	case annotFreeText, annotStamp:
		return true
	case annotWidget:
		field := f.count("FPDFAnnot_GetFormFieldType", f.form(), a)
		return field == fieldText || field == fieldChoice || field == fieldList
	}
	return false
}

// form is what PDFium knows of the file's fields by. It calls back for events alone, of
// which there are none.
func (f *file) form() uint64 {
	if f.fields == 0 {
		const version, room = 1, 256 // FPDF_FORMFILLINFO: a number and some forty pointers
		info := make([]byte, room)
		info[0] = version
		f.fields = f.call("FPDFDOC_InitFormFillEnvironment", f.document, uint64(f.put(info)))
	}
	return f.fields
}

func (f *file) contentsKey() uint64 {
	if f.contents == 0 {
		f.contents = f.put([]byte("Contents\x00"))
	}
	return uint64(f.contents)
}

// longestFilled is how many bytes of a field are read.
const longestFilled = 32 << 10

// text is a string that a call writes: it takes the room and its size last, and tells how
// many bytes there are.
func (f *file) text(name string, parameters ...uint64) string {
	size := f.count(name, append(parameters, 0, 0)...)
	if size < 4 || size > longestFilled {
		return ""
	}
	room := f.malloc(size)
	defer f.call("free", uint64(room))
	f.call(name, append(parameters, uint64(room), uint64(size))...)
	return strings.TrimSpace(f.utf16(room-f.out, size))
}

// fill adds what stands in a box to the characters of the page.
func (r *glyphReader) fill(text inBox) {
	set := r.view.set(text, r.number+1)
	if len(set) == 0 {
		return
	}
	r.number = set[len(set)-1].Object
	for r.hidden != nil && len(r.pieces) <= r.number {
		r.pieces = append(r.pieces, piece{})
	}
	r.glyphs = append(r.glyphs, set...)
}

// set writes a text into its box, as a reader would and upright as the page is seen: in a
// type that makes it fit, one line in the middle of its height, more of them from its top.
func (v view) set(text inBox, object int) (glyphs []layout.Glyph) {
	left, top, right, bottom := v.box(text.left, text.bottom, text.right, text.top)
	width, height := right-left, bottom-top
	const largest, smallest, pitch = 12.0, 4.0, 1.2
	size := largest
	lines := wrapped(text.text, width/size)
	for size > smallest && pitch*size*float64(len(lines)) > height {
		size--
		lines = wrapped(text.text, width/size)
	}
	if len(lines) == 1 {
		top += (height - size) / 2
	}
	for i, line := range lines {
		x, y := left, top+pitch*size*float64(i)
		for _, r := range line {
			glyphs = append(glyphs, layout.Glyph{Rune: r, Object: object + i, Left: x, Top: y, Right: x + size*broad(r), Bottom: y + size})
			x += size * broad(r)
		}
	}
	return glyphs
}

// broad is how wide a character is, as a part of its size.
func broad(r rune) float64 {
	if r < 0x2e80 {
		return 0.5
	}
	return 1
}

// wrapped cuts a text into lines that are at most so many times as wide as its size.
func wrapped(text string, width float64) (lines []string) {
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' }) {
		from, wide := 0, 0.0
		for i, r := range line {
			if wide+broad(r) > width && i > from {
				lines = append(lines, line[from:i])
				from, wide = i, 0
			}
			wide += broad(r)
		}
		lines = append(lines, line[from:])
	}
	return lines
}
