package sheet

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf16"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
)

// Records of MS-XLS 2.3.
const (
	recFormula    = 0x0006
	recDate1904   = 0x0022
	recFont       = 0x0031
	recColInfo    = 0x007d
	recRow        = 0x0208
	recEOF        = 0x000a
	recFilePass   = 0x002f
	recContinue   = 0x003c
	recBoundSheet = 0x0085
	recMulRK      = 0x00bd
	recXF         = 0x00e0
	recMergeCells = 0x00e5
	recSST        = 0x00fc
	recLabelSST   = 0x00fd
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRK         = 0x027e
	recFormat     = 0x041e
	recBOF        = 0x0809
)

// ReadOld reads the Workbook stream of an .xls file.
func ReadOld(stream []byte, limits document.Limits) (*document.Document, error) {
	w := &xls{stream: stream, formats: map[int]string{}, workbook: workbook{limits: limits}}
	if err := w.globals(); err != nil {
		return nil, err
	}
	for _, s := range w.sheets {
		if s.hidden {
			w.hidden = append(w.hidden, s.name)
			continue
		}
		t, err := w.sheet(s)
		if err != nil {
			return nil, err
		}
		w.tables = append(w.tables, t)
	}
	return w.build(document.OldSheet)
}

// xls is what the worksheets of a workbook share.
type xls struct {
	workbook
	stream    []byte
	sheets    []boundSheet
	strings   []string
	formats   map[int]string // number formats by their index
	styles    []cellStyle
	fonts     []font
	since1904 bool
}

// font is what matters of a font (2.4.122).
type font struct{ struck, raised, lowered bool }

// font of an index: there is none of number 4 (2.5.129).
func (w *xls) font(index int) font {
	if index > 4 {
		index--
	}
	if index < 0 || index >= len(w.fonts) {
		return font{}
	}
	return w.fonts[index]
}

type boundSheet struct {
	at     int
	name   string
	hidden bool
}

// record is one record and the place of the next.
type record struct {
	kind int
	data []byte
	next int
}

// at returns the record at a place; ok is false at the end of the stream.
func (w *xls) at(place int) (r record, ok bool) {
	if place < 0 || place+4 > len(w.stream) {
		return r, false
	}
	size := int(binary.LittleEndian.Uint16(w.stream[place+2:]))
	if place+4+size > len(w.stream) {
		return r, false
	}
	return record{int(binary.LittleEndian.Uint16(w.stream[place:])), w.stream[place+4 : place+4+size], place + 4 + size}, true
}

func (w *xls) globals() error {
	first, ok := w.at(0)
	if !ok || first.kind != recBOF || u16(first.data, 0) != 0x0600 {
		return document.Refuse(document.Damaged, "the workbook is damaged, or older than Excel 97")
	}
	for r, ok := w.at(first.next); ok && r.kind != recEOF; r, ok = w.at(r.next) {
		switch r.kind {
		case recFilePass:
			return document.Refuse(document.Encrypted, "the workbook asks for a password")
		case recBoundSheet:
			const worksheet, visible = 0, 0
			if len(r.data) > 7 && r.data[5] == worksheet {
				name, _ := shortString(r.data[6:])
				w.sheets = append(w.sheets, boundSheet{int(binary.LittleEndian.Uint32(r.data)), name, r.data[4]&3 != visible})
			}
		case recDate1904:
			w.since1904 = u16(r.data, 0) == 1
		case recFont:
			const struck = 0x08
			w.fonts = append(w.fonts, font{u16(r.data, 2)&struck != 0, u16(r.data, 8) == 1, u16(r.data, 8) == 2})
		case recFormat:
			if len(r.data) > 4 {
				w.formats[u16(r.data, 0)], _ = longString(r.data[2:])
			}
		case recXF:
			w.styles = append(w.styles, cellStyle{u16(r.data, 2), u16(r.data, 0)})
		case recSST:
			w.readStrings(&r)
		}
	}
	return nil
}

func u16(b []byte, at int) int {
	if at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

// shortString is ShortXLUnicodeString (2.5.240), longString XLUnicodeString (2.5.294).
func shortString(b []byte) (string, bool) {
	if len(b) < 2 {
		return "", false
	}
	return characters(b[2:], int(b[0]), b[1]&1 != 0)
}

func longString(b []byte) (string, bool) {
	if len(b) < 3 {
		return "", false
	}
	return characters(b[3:], u16(b, 0), b[2]&1 != 0)
}

func characters(b []byte, n int, wide bool) (string, bool) {
	size := n
	if wide {
		size *= 2
	}
	if size > len(b) {
		return "", false
	}
	units := make([]uint16, n)
	for i := range units {
		if wide {
			units[i] = uint16(u16(b, 2*i))
		} else {
			units[i] = uint16(b[i])
		}
	}
	return string(utf16.Decode(units)), true
}

// sheet reads one worksheet's cells.
func (w *xls) sheet(s boundSheet) (table, error) {
	t := &sheetReader{xls: w, table: table{name: s.name}}
	first, ok := w.at(s.at)
	if !ok || first.kind != recBOF {
		return t.table, document.Refuse(document.Damaged, "the worksheet %q is damaged", s.name)
	}
	depth := 0 // of charts within the worksheet
	for r, ok := w.at(first.next); ok; r, ok = w.at(r.next) {
		switch {
		case r.kind == recBOF:
			depth++
		case r.kind == recEOF && depth == 0:
			return t.table, nil
		case r.kind == recEOF:
			depth--
		case depth == 0:
			if err := t.record(r); err != nil {
				return t.table, err
			}
		}
	}
	return t.table, nil
}

type sheetReader struct {
	*xls
	table
	formulaAt [3]int // row, column and format of the last formula whose value is a string
}

func (t *sheetReader) record(r record) error {
	row, column, format := u16(r.data, 0), u16(r.data, 2), u16(r.data, 4)
	switch r.kind {
	case recLabelSST:
		if i := u16(r.data, 6) | u16(r.data, 8)<<16; len(r.data) >= 10 && i < len(t.strings) {
			return t.text(row, column, format, t.strings[i])
		}
	case recLabel:
		if len(r.data) > 8 {
			text, _ := longString(r.data[6:])
			return t.text(row, column, format, text)
		}
	case recNumber:
		if len(r.data) >= 14 {
			return t.number(row, column, format, math.Float64frombits(binary.LittleEndian.Uint64(r.data[6:])))
		}
	case recRK:
		if len(r.data) >= 10 {
			return t.number(row, column, format, rk(binary.LittleEndian.Uint32(r.data[6:])))
		}
	case recMulRK:
		for i := 4; i+6 <= len(r.data)-2; i += 6 {
			if err := t.number(row, column+(i-4)/6, u16(r.data, i), rk(binary.LittleEndian.Uint32(r.data[i+2:]))); err != nil {
				return err
			}
		}
	case recFormula:
		return t.formulaValue(row, column, format, r.data)
	case recString:
		text, _ := longString(r.data)
		return t.text(t.formulaAt[0], t.formulaAt[1], t.formulaAt[2], text)
	case recMergeCells:
		for i := 2; i+8 <= len(r.data); i += 8 {
			t.merged = append(t.merged, area{u16(r.data, i), u16(r.data, i+4), u16(r.data, i+2), u16(r.data, i+6)})
		}
	case recRow:
		const noHeight = 0x20
		if u16(r.data, 12)&noHeight != 0 {
			t.hidden[0] = append(t.hidden[0], span{row, row})
		}
	case recColInfo:
		const hidden = 0x01
		if u16(r.data, 8)&hidden != 0 || len(r.data) >= 10 && u16(r.data, 4) == 0 {
			t.hidden[1] = append(t.hidden[1], span{row, column}) // its first and last, in the places of others' row and column
		}
	}
	return nil
}

// formulaValue reads the value that a formula had last (2.5.133).
func (t *sheetReader) formulaValue(row, column, format int, data []byte) error {
	if len(data) < 14 {
		return nil
	}
	const isText, isError = 0, 2
	switch {
	case u16(data, 12) != 0xffff:
		return t.number(row, column, format, math.Float64frombits(binary.LittleEndian.Uint64(data[6:])))
	case data[6] == isText:
		t.formulaAt = [3]int{row, column, format} // which follows
	case data[6] == isError:
		t.formula++
	}
	return nil
}

// rk is a number in four bytes (2.5.217).
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

// style is the format code of a cell, and whether it is struck through.
func (t *sheetReader) style(format int) (code string, struck bool) {
	if format >= len(t.styles) {
		return "", false
	}
	s := t.styles[format]
	code = builtin[s.format]
	if c, ok := t.formats[s.format]; ok {
		code = c
	}
	return code, t.font(s.font).struck
}

func (t *sheetReader) number(row, column, format int, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	code, struck := t.style(format)
	if !struck {
		t.setNumber(row, column, show(v, code, t.since1904), v)
	}
	return t.counted()
}

func (t *sheetReader) text(row, column, format int, text string) error {
	if code, struck := t.style(format); !struck {
		t.set(row, column, showText(text, code))
	}
	return t.counted()
}

// readStrings reads the shared strings (2.4.265). They run on over Continue
// records; where characters are cut there, the next record begins with a byte
// that says anew how wide they are.
func (w *xls) readStrings(r *record) {
	if len(r.data) < 8 {
		return
	}
	s := &stringReader{w: w, r: r, data: r.data[8:]}
	for n := binary.LittleEndian.Uint32(r.data[4:]); n > 0; n-- {
		text, ok := s.next()
		if !ok {
			return
		}
		w.strings = append(w.strings, text)
	}
}

type stringReader struct {
	w    *xls
	r    *record
	data []byte
}

// more goes to the Continue record, where there is one.
func (s *stringReader) more() bool {
	next, ok := s.w.at(s.r.next)
	if !ok || next.kind != recContinue {
		return false
	}
	*s.r, s.data = next, next.data
	return true
}

func (s *stringReader) bytes(n int) ([]byte, bool) {
	var out []byte
	for len(out) < n {
		if len(s.data) == 0 && !s.more() {
			return nil, false
		}
		k := min(n-len(out), len(s.data))
		out, s.data = append(out, s.data[:k]...), s.data[k:]
	}
	return out, true
}

// next reads an XLUnicodeRichExtendedString (2.5.293).
func (s *stringReader) next() (string, bool) {
	head, ok := s.bytes(3)
	if !ok {
		return "", false
	}
	left, flags := u16(head, 0), head[2]
	runs, extra := 0, 0
	if flags&8 != 0 {
		b, ok := s.bytes(2)
		if !ok {
			return "", false
		}
		runs = u16(b, 0)
	}
	if flags&4 != 0 {
		b, ok := s.bytes(4)
		if !ok {
			return "", false
		}
		extra = int(binary.LittleEndian.Uint32(b))
	}
	wide := flags&1 != 0
	var units []uint16
	for left > 0 {
		if len(s.data) == 0 {
			if !s.more() || len(s.data) == 0 {
				return "", false
			}
			wide, s.data = s.data[0]&1 != 0, s.data[1:]
			continue
		}
		if wide && len(s.data) > 1 {
			units, s.data = append(units, uint16(u16(s.data, 0))), s.data[2:]
		} else if wide {
			return "", false
		} else {
			units, s.data = append(units, uint16(s.data[0])), s.data[1:]
		}
		left--
	}
	if extra < 0 || extra > len(s.w.stream) {
		return "", false
	}
	marks, ok := s.bytes(runs * 4)
	if !ok {
		return "", false
	}
	_, ok = s.bytes(extra)
	return s.w.shown(units, marks), ok
}

// shown is a string by the fonts of its runs (2.5.129 FormatRun): from which
// character on which font is used.
func (w *xls) shown(units []uint16, runs []byte) string {
	if len(runs) == 0 {
		return string(utf16.Decode(units))
	}
	var out strings.Builder
	from := 0
	run := markup.Run{}
	for i := 0; i <= len(runs)/4; i++ {
		to := len(units)
		if i < len(runs)/4 {
			to = min(max(u16(runs, 4*i), from), len(units))
		}
		out.WriteString(run.Shown(out.String(), string(utf16.Decode(units[from:to]))))
		if from = to; i < len(runs)/4 {
			f := w.font(u16(runs, 4*i+2))
			run = markup.Run{Struck: f.struck, Raised: f.raised, Lowered: f.lowered}
		}
	}
	return out.String()
}
