// Package doc reads the Word files of 1997 to 2003 (MS-DOC), and with them
// those of WPS, which has the same format: text by the piece table, headings
// by style, automatic numbers, tables with merged cells.
//
// A damaged place gives less text, not a wrong one: every reference is checked
// against the stream that it points into.
package doc

import (
	"encoding/binary"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"reportbot/corpus/format/compound"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/numbering"
)

// Read reads a Word document out of its compound file.
func Read(file compound.File, limits document.Limits) (*document.Document, error) {
	d := &reader{word: file["WordDocument"], data: file["Data"], out: &document.Builder{Max: limits.Text}}
	const magic, old = 0xa5ec, 0x00c1
	if len(d.word) < 0x2f2 || u16(d.word, 0) != magic || u16(d.word, 2) < old {
		return nil, document.Refuse(document.Damaged, "the Word file is damaged, or older than Word 97")
	}
	const encrypted, secondTable = 0x0100, 0x0200
	flags := u16(d.word, 0x0a)
	if flags&encrypted != 0 {
		return nil, document.Refuse(document.Encrypted, "the document asks for a password")
	}
	d.table = file["0Table"]
	if flags&secondTable != 0 {
		d.table = file["1Table"]
	}
	if err := d.readPieces(limits); err != nil {
		return nil, err
	}
	d.readParagraphs()
	d.readStyles()
	d.readLists()
	d.walk()
	return d.out.Document(document.OldWord)
}

type reader struct {
	word, table, data []byte

	chars  []uint16 // the main text
	offset []uint32 // where each character stands in the stream
	papx   []papx   // properties of paragraphs by offset
	styles []properties
	lists  []*list // by ilfo - 1

	out *document.Builder
	tbl tableReader
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// slice is b[at:at+n], nil where that lies outside.
func slice(b []byte, at, n int) []byte {
	if at < 0 || n < 0 || at > len(b) || n > len(b)-at {
		return nil
	}
	return b[at : at+n]
}

// Places of the pairs of offset and length in FibRgFcLcb97 (2.5.6).
const (
	fibStyles     = 0x0a2
	fibParagraphs = 0x102
	fibPieces     = 0x1a2
	fibLists      = 0x2e2
	fibOverrides  = 0x2ea
	fibTextLength = 0x04c
)

// part is what a pair of the file information block points to.
func (d *reader) part(fib int) []byte {
	return slice(d.table, u32(d.word, fib), u32(d.word, fib+4))
}

// readPieces puts the text together from the piece table (2.9.38 Clx).
func (d *reader) readPieces(limits document.Limits) error {
	clx := d.part(fibPieces)
	for len(clx) > 3 && clx[0] == 1 {
		clx = clx[min(len(clx), 3+u16(clx, 1)):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return document.Refuse(document.Damaged, "the Word file has lost its table of pieces")
	}
	plc := slice(clx, 5, u32(clx, 1))
	n := (len(plc) - 4) / 12
	end := u32(d.word, fibTextLength)
	if end > limits.Text {
		return document.Refuse(document.TooLarge, "the file holds more than %d MB of text", limits.Text>>20)
	}
	for i := 0; i < n; i++ {
		d.piece(u32(plc, 4*i), min(u32(plc, 4*i+4), end), u32(plc, 4*(n+1)+8*i+2))
	}
	return nil
}

// piece adds the characters [from, to) that stand at fc (2.9.73 FcCompressed):
// a byte each in Windows-1252, or two in UTF-16.
func (d *reader) piece(from, to, fc int) {
	const compressed = 1 << 30
	if from != len(d.chars) {
		return
	}
	if fc&compressed != 0 {
		at := fc &^ compressed / 2
		for i, c := range slice(d.word, at, to-from) {
			d.add(uint16(charmap.Windows1252.DecodeByte(c)), at+i)
		}
		return
	}
	text := slice(d.word, fc, 2*(to-from))
	for i := 0; i+1 < len(text); i += 2 {
		d.add(uint16(u16(text, i)), fc+i)
	}
}

func (d *reader) add(c uint16, at int) {
	d.chars = append(d.chars, c)
	d.offset = append(d.offset, uint32(at))
}

// Characters with a meaning of their own (2.4.1).
const (
	cellMark      = 0x07
	lineBreak     = 0x0b
	pageBreak     = 0x0c
	paragraphMark = 0x0d
	fieldBegin    = 0x13
	fieldResult   = 0x14
	fieldEnd      = 0x15
	hardHyphen    = 0x1e
)

// walk cuts the text into paragraphs. Of fields the results are kept, and what
// they are computed from left out.
func (d *reader) walk() {
	var text []uint16
	var fields []bool // of the open fields: the result has begun
	for i, c := range d.chars {
		switch c {
		case fieldBegin:
			fields = append(fields, false)
			continue
		case fieldResult:
			if len(fields) > 0 {
				fields[len(fields)-1] = true
			}
			continue
		case fieldEnd:
			fields = fields[:max(0, len(fields)-1)]
			continue
		}
		if len(fields) > 0 && !fields[len(fields)-1] {
			continue
		}
		switch c {
		case paragraphMark, cellMark, pageBreak:
			d.paragraph(string(utf16.Decode(text)), c, d.propertiesAt(d.offset[i]))
			text = text[:0]
		case lineBreak:
			text = append(text, ' ')
		case hardHyphen:
			text = append(text, '-')
		default:
			text = append(text, c)
		}
	}
	d.paragraph(string(utf16.Decode(text)), paragraphMark, properties{outline: -1})
	d.endTable()
}

// paragraph writes a paragraph, or keeps it for the table that it stands in.
func (d *reader) paragraph(text string, end uint16, p properties) {
	text = document.Line(text)
	if text != "" && p.list > 0 {
		text = numbering.Before(d.number(p), text)
	}
	if p.inTable {
		d.cell(text, end, p)
		return
	}
	d.endTable()
	switch {
	case p.contents:
	case p.title:
		d.out.Title(text)
	case p.outline >= 0 && p.outline < 9:
		d.out.Heading(p.outline+1, text)
	default:
		d.out.Paragraph(text)
	}
}
