// Package doc reads the Word files of 1997 to 2003 (MS-DOC), and with them
// those of WPS, which has the same format: text by the piece table, headings
// by style, automatic numbers, tables with merged cells.
//
// A damaged place gives less text, not a wrong one: every reference is checked
// against the stream that it points into.
package doc

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"reportbot/corpus/format/compound"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
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
	d.readCharacters()
	d.readStyles()
	d.readLists()
	d.readNotes()
	d.walk(0, d.end, func(text string, end uint16, p properties) { d.paragraph(text, end, p) })
	d.endTable()
	d.boxes()
	return d.out.Document(document.OldWord)
}

type reader struct {
	word, table, data []byte

	chars  []uint16 // the main text, and behind it the notes and text boxes
	end    int      // of the main text
	offset []uint32 // where each character stands in the stream
	papx   []papx   // properties of paragraphs by offset
	chpx   []chpx   // of characters
	styles []properties
	runs   []markup.Run   // of character styles
	lists  []*list        // by ilfo - 1
	notes  map[int]string // by the place of the mark that refers to them

	lastRun       chpx
	lastCharacter character

	out     *document.Builder
	tbl     tableReader
	held    string   // of a paragraph whose mark is deleted: the next one goes on with it
	pending []string // notes on the paragraph or table that is being read
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
	fibNoteMarks  = 0x0aa
	fibNoteTexts  = 0x0b2
	fibCharacters = 0x0fa
	fibParagraphs = 0x102
	fibFonts      = 0x112
	fibPieces     = 0x1a2
	fibEndMarks   = 0x20a
	fibEndTexts   = 0x212
	fibLists      = 0x2e2
	fibOverrides  = 0x2ea
)

// Lengths of the parts of the text, in their order (2.5.4 FibRgLw97): the main
// text, footnotes, running heads, macros, remarks, endnotes, text boxes.
const (
	fibTextLength                                                    = 0x04c
	mainText, footnotes, heads, macros, remarks, endnotes, textBoxes = 0, 1, 2, 3, 4, 5, 6
)

// textOf is where a part of the text begins and ends.
func (d *reader) textOf(part int) (from, to int) {
	for i := mainText; i <= part; i++ {
		from, to = to, to+max(0, u32(d.word, fibTextLength+4*i))
	}
	return min(from, len(d.chars)), min(to, len(d.chars))
}

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
	end := 0
	for i := mainText; i <= textBoxes; i++ {
		end += max(0, u32(d.word, fibTextLength+4*i))
	}
	if end > limits.Text {
		return document.Refuse(document.TooLarge, "the file holds more than %d MB of text", limits.Text>>20)
	}
	for i := 0; i < n; i++ {
		d.piece(u32(plc, 4*i), min(u32(plc, 4*i+4), end), u32(plc, 4*(n+1)+8*i+2))
	}
	_, d.end = d.textOf(mainText)
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
	noteMark      = 0x02
	symbolMark    = 0x28
)

// walk cuts the text [from, to) into paragraphs. Of fields the results are kept,
// and what they are computed from left out; deleted, struck and hidden text too.
func (d *reader) walk(from, to int, paragraph func(text string, end uint16, p properties)) {
	var text strings.Builder
	var pair []uint16 // a character of two units
	var fields []bool // of the open fields: the result has begun
	write := func(s string, c character) { text.WriteString(c.Shown(markup.Before(&text), s)) }
	for i, c := range d.chars[from:to] {
		i += from
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
		shown := d.characterAt(d.offset[i])
		switch {
		case c == paragraphMark || c == cellMark || c == pageBreak:
			if shown.deleted && c == paragraphMark {
				d.held += text.String()
			} else {
				held := d.held
				d.held = ""
				paragraph(held+text.String(), c, d.propertiesAt(d.offset[i]))
			}
			text.Reset()
		case shown.deleted:
		case c == noteMark:
			if note := d.notes[i]; note != "" && !shown.Hidden {
				d.pending = append(d.pending, note)
			}
		case shown.symbol != "" && c == symbolMark:
			write(shown.symbol, shown)
		case c == lineBreak:
			text.WriteByte('\n')
		case c == hardHyphen:
			write("-", shown)
		case utf16.IsSurrogate(rune(c)):
			if pair = append(pair, c); len(pair) == 2 {
				write(string(utf16.Decode(pair)), shown)
				pair = nil
			}
		default:
			pair = nil
			write(string(rune(c)), shown)
		}
	}
	if rest := d.held + text.String(); rest != "" {
		d.held = ""
		paragraph(rest, paragraphMark, properties{outline: -1})
	}
}

// readNotes reads the footnotes and endnotes: where the text refers to them
// (2.8.19 PlcffndRef), and the text of each (2.8.20 PlcffndTxt).
func (d *reader) readNotes() {
	d.notes = map[int]string{}
	for _, kind := range []struct{ part, marks, texts int }{{footnotes, fibNoteMarks, fibNoteTexts}, {endnotes, fibEndMarks, fibEndTexts}} {
		base, limit := d.textOf(kind.part)
		marks, texts := d.part(kind.marks), d.part(kind.texts)
		for i := 0; i < (len(marks)-4)/6; i++ {
			from, to := base+u32(texts, 4*i), base+u32(texts, 4*i+4)
			if from < base || to > limit || from >= to {
				continue
			}
			var lines []string
			d.walk(from, to, func(text string, _ uint16, _ properties) {
				lines = append(lines, document.Line(document.Breaks(text)))
			})
			d.pending = nil
			d.notes[u32(marks, 4*i)] = strings.TrimSpace(strings.Join(lines, " "))
		}
	}
}

// boxes writes the text boxes, which stand behind the text.
func (d *reader) boxes() {
	from, to := d.textOf(textBoxes)
	d.walk(from, to, func(text string, end uint16, p properties) {
		d.out.Paragraph(document.Line(document.Breaks(text)))
	})
}

// writeNotes adds the notes that were referred to, each a passage of its own.
func (d *reader) writeNotes() {
	for _, note := range d.pending {
		d.out.Paragraph("注：" + note)
	}
	d.pending = nil
}

// paragraph writes a paragraph, or keeps it for the table that it stands in.
func (d *reader) paragraph(text string, end uint16, p properties) {
	if p.inTable {
		d.cell(d.numbered(text, p), end, p)
		return
	}
	pending := d.pending
	d.pending = nil
	d.endTable()
	d.pending = append(d.pending, pending...)
	text = d.numbered(document.Line(document.Breaks(text)), p)
	switch {
	case p.contents:
	case p.title:
		d.out.Title(text)
	case p.outline >= 0 && p.outline < 9:
		d.out.Heading(p.outline+1, text)
	default:
		d.out.Paragraph(text)
	}
	d.writeNotes()
}

// numbered is a paragraph's text behind the number that Word shows; one without
// text counts too.
func (d *reader) numbered(text string, p properties) string {
	if p.list == 0 {
		return text
	}
	number := d.number(p)
	if strings.TrimSpace(text) == "" {
		return text
	}
	return numbering.Before(number, text)
}
