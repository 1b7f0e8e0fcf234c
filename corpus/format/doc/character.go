package doc

import (
	"sort"
	"unicode/utf16"

	"reportbot/corpus/format/docx"
	"reportbot/corpus/format/markup"
)

// character is the properties of a run of characters that matter here.
type character struct {
	markup.Run
	deleted bool
	symbol  string // what a symbol of a font shows in its place
}

// Modifiers of characters (2.6.1).
const (
	sprmCFRMarkDel = 0x0800
	sprmCFStrike   = 0x0837
	sprmCFVanish   = 0x083c
	sprmCFDStrike  = 0x2a53
	sprmCIss       = 0x2a48
	sprmCIstd      = 0x4a30
	sprmCSymbol    = 0x6a09
)

// chpx is the properties of the characters at [from, to) of the stream.
type chpx struct {
	from, to  uint32
	modifiers []byte
}

// readCharacters reads the pages of properties (2.8.24 PlcBteChpx, 2.9.33 ChpxFkp).
func (d *reader) readCharacters() {
	plc := d.part(fibCharacters)
	n := (len(plc) - 4) / 8
	for i := 0; i < n; i++ {
		const pageSize, counted = 512, 511
		page := slice(d.word, u32(plc, 4*(n+1)+4*i)&0x3fffff*pageSize, pageSize)
		if page == nil {
			continue
		}
		count := int(page[counted])
		for k := 0; k < count && 4*(count+1)+k < counted; k++ {
			at := 2 * int(page[4*(count+1)+k])
			if at == 0 || at >= counted {
				continue
			}
			if modifiers := slice(page, at+1, int(page[at])); modifiers != nil {
				d.chpx = append(d.chpx, chpx{uint32(u32(page, 4*k)), uint32(u32(page, 4*k+4)), modifiers})
			}
		}
	}
	sort.SliceStable(d.chpx, func(i, k int) bool { return d.chpx[i].from < d.chpx[k].from })
}

// characterAt is the properties of a character, by where it stands in the stream.
func (d *reader) characterAt(offset uint32) (c character) {
	if last := d.lastRun; last.from <= offset && offset < last.to { // the characters of a run come one after the other
		return d.lastCharacter
	}
	i := sort.Search(len(d.chpx), func(i int) bool { return d.chpx[i].from > offset }) - 1
	if i < 0 || offset >= d.chpx[i].to {
		return c
	}
	d.lastRun, d.lastCharacter = d.chpx[i], d.characterOf(d.chpx[i].modifiers)
	return d.lastCharacter
}

func (d *reader) characterOf(modifiers []byte) (c character) {
	for at := 0; at+2 < len(modifiers); {
		sprm := u16(modifiers, at)
		at += 2
		operand := slice(modifiers, at, operandSize(sprm, modifiers[at:]))
		if operand == nil {
			return c
		}
		at += len(operand)
		on := operand[0]&1 != 0 // 0x80 and 0x81 are as the style says, and the opposite
		switch sprm {
		case sprmCFRMarkDel:
			c.deleted = on
		case sprmCFStrike, sprmCFDStrike:
			c.Struck = on
		case sprmCFVanish:
			c.Hidden = on
		case sprmCIss:
			c.Raised, c.Lowered = operand[0] == 1, operand[0] == 2
		case sprmCIstd:
			if s := u16(operand, 0); s < len(d.runs) {
				c.Run = d.runs[s]
			}
		case sprmCSymbol:
			c.symbol = docx.Symbol(d.fontName(u16(operand, 0)), rune(u16(operand, 2)))
			if c.symbol == "" {
				c.symbol = " "
			}
		}
	}
	return c
}

// fontName is the name of a font by its number (2.9.286 SttbfFfn).
func (d *reader) fontName(n int) string {
	table := d.part(fibFonts)
	at := 4
	for ; n > 0 && at < len(table); n-- {
		at += 1 + int(table[at])
	}
	const fixed = 40 // bytes of an FFN (2.9.85) before its name
	if n != 0 || at >= len(table) {
		return ""
	}
	var units []uint16
	for i := at + fixed; i+1 < at+1+int(table[at]) && u16(table, i) != 0; i += 2 {
		units = append(units, uint16(u16(table, i)))
	}
	return string(utf16.Decode(units))
}
