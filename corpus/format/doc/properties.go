package doc

import (
	"sort"

	"reportbot/corpus/format/markup"
)

// properties are those of a paragraph that matter here.
type properties struct {
	style    int
	outline  int // 0 to 8, else body text
	list     int // ilfo: from 1, 0 for none
	level    int // of the list
	inTable  bool
	rowEnd   bool
	title    bool
	contents bool // a line of the table of contents
	row      []byte
}

// Modifiers of paragraphs and tables (2.6.2, 2.6.3).
const (
	sprmPIstd     = 0x4600
	sprmPIlvl     = 0x260a
	sprmPIlfo     = 0x460b
	sprmPOutLvl   = 0x2640
	sprmPFInTable = 0x2416
	sprmPFTtp     = 0x2417
	sprmPHugePapx = 0x6646
	sprmPItap     = 0x6649
	sprmTDefTable = 0xd608
	sprmPChgTabs  = 0xc615
)

// apply changes p by a list of modifiers (2.2.5.1 Sprm).
func (d *reader) apply(p *properties, modifiers []byte) {
	for at := 0; at+2 < len(modifiers); {
		sprm := u16(modifiers, at)
		at += 2
		size := operandSize(sprm, modifiers[at:])
		operand := slice(modifiers, at, size)
		if operand == nil {
			return
		}
		at += size
		switch sprm {
		case sprmPIstd:
			*p = d.styled(u16(operand, 0), *p)
		case sprmPIlvl:
			p.level = int(operand[0])
		case sprmPIlfo:
			p.list = u16(operand, 0)
		case sprmPOutLvl:
			p.outline = int(operand[0])
		case sprmPFInTable:
			p.inTable = operand[0] != 0
		case sprmPItap:
			p.inTable = p.inTable || u32(operand, 0) > 0
		case sprmPFTtp:
			p.rowEnd = operand[0] != 0
		case sprmTDefTable:
			p.row = operand[2:]
		case sprmPHugePapx:
			huge := u32(operand, 0)
			if inner := slice(d.data, huge+2, u16(d.data, huge)); inner != nil && p.row == nil {
				p.row = []byte{} // once only: a file may point back at itself
				d.apply(p, inner)
			}
		}
	}
}

// operandSize tells how long the operand of a modifier is, by its upper bits.
func operandSize(sprm int, rest []byte) int {
	switch sprm >> 13 {
	case 0, 1:
		return 1
	case 2, 4, 5:
		return 2
	case 3:
		return 4
	case 7:
		return 3
	}
	switch {
	case sprm == sprmTDefTable:
		return 1 + u16(rest, 0)
	case sprm == sprmPChgTabs && rest[0] == 255:
		return len(rest) // never of use to what follows
	}
	return 1 + int(rest[0])
}

// papx is the properties of the paragraph whose mark stands at [from, to).
type papx struct {
	from, to  uint32
	modifiers []byte // with the style's number before them
}

// readParagraphs reads the pages of properties (2.8.25 PlcBtePapx, 2.9.174 PapxFkp).
func (d *reader) readParagraphs() {
	plc := d.part(fibParagraphs)
	n := (len(plc) - 4) / 8
	for i := 0; i < n; i++ {
		const pageSize, cells, cellSize = 512, 511, 13
		page := slice(d.word, u32(plc, 4*(n+1)+4*i)&0x3fffff*pageSize, pageSize)
		if page == nil {
			continue
		}
		count := int(page[cells])
		for k := 0; k < count && 4*(count+1)+cellSize*k < cells; k++ {
			at := 2 * int(page[4*(count+1)+cellSize*k])
			d.papx = append(d.papx, papx{uint32(u32(page, 4*k)), uint32(u32(page, 4*k+4)), modifiersAt(page, at)})
		}
	}
	sort.SliceStable(d.papx, func(i, k int) bool { return d.papx[i].from < d.papx[k].from })
}

// modifiersAt reads a PapxInFkp (2.9.175).
func modifiersAt(page []byte, at int) []byte {
	if at == 0 || at+1 >= len(page) {
		return nil
	}
	if n := int(page[at]); n > 0 {
		return slice(page, at+1, 2*n-1)
	}
	return slice(page, at+2, 2*int(page[at+1]))
}

func (d *reader) propertiesAt(offset uint32) properties {
	i := sort.Search(len(d.papx), func(i int) bool { return d.papx[i].from > offset }) - 1
	if i < 0 || offset >= d.papx[i].to || len(d.papx[i].modifiers) < 2 {
		return d.styled(0, properties{})
	}
	p := d.styled(u16(d.papx[i].modifiers, 0), properties{})
	d.apply(&p, d.papx[i].modifiers[2:])
	return p
}

// styled is a paragraph of that style, in the place of another in its table.
func (d *reader) styled(style int, place properties) properties {
	p := properties{outline: -1}
	if style < len(d.styles) {
		p = d.styles[style]
	}
	p.style, p.inTable, p.rowEnd, p.row = style, place.inTable, place.rowEnd, place.row
	return p
}

// readStyles reads the style sheet (2.9.271 STSH). A style is based on others:
// they come first, as deep as that goes.
func (d *reader) readStyles() {
	sheet := d.part(fibStyles)
	head := u16(sheet, 0)
	count, base := u16(sheet, 2), u16(sheet, 4)
	var raw [][]byte
	for at := 2 + head; len(raw) < count && at+2 <= len(sheet); {
		size := u16(sheet, at)
		raw = append(raw, slice(sheet, at+2, size))
		at += 2 + size
	}
	d.styles, d.runs = make([]properties, len(raw)), make([]markup.Run, len(raw))
	done := make([]bool, len(raw))
	for i := range raw {
		d.readStyle(raw, i, base, done, 0)
	}
}

func (d *reader) readStyle(raw [][]byte, i, base int, done []bool, depth int) {
	const deepest = 12
	if i >= len(raw) || done[i] || depth > deepest {
		return
	}
	d.styles[i] = properties{outline: -1}
	std := raw[i]
	if len(std) < 10 {
		done[i] = true
		return
	}
	if parent := u16(std, 2) >> 4; parent < len(raw) && parent != i {
		d.readStyle(raw, parent, base, done, depth+1)
		p := d.styles[parent]
		d.styles[i] = properties{outline: p.outline, list: p.list, level: p.level, contents: p.contents}
	}
	done[i] = true
	// Names of styles that Word knows by number (2.9.259 StdfBase.sti).
	const heading1, heading9, toc1, toc9, title = 1, 9, 19, 27, 62
	switch sti := u16(std, 0) & 0xfff; {
	case sti >= heading1 && sti <= heading9:
		d.styles[i].outline = sti - heading1
	case sti >= toc1 && sti <= toc9:
		d.styles[i].contents = true
	case sti == title:
		d.styles[i].title = true
	}
	const paragraphStyle, characterStyle = 1, 2
	kind := u16(std, 2) & 0xf
	if kind != paragraphStyle && kind != characterStyle {
		return
	}
	at := base + 2 + 2*u16(std, base) + 2 // after the name and its zero
	at += at % 2
	update := slice(std, at+2, u16(std, at))
	switch {
	case kind == characterStyle:
		if parent := u16(std, 2) >> 4; parent < i {
			d.runs[i] = d.runs[parent]
		}
		if own := d.characterOf(update).Run; own != (markup.Run{}) {
			d.runs[i] = own
		}
	case len(update) > 2:
		d.apply(&d.styles[i], update[2:])
	}
}
