package doc

import (
	"strconv"
	"unicode/utf16"

	"reportbot/corpus/format/numbering"
)

// list is the counters that one or several overrides share.
type list = numbering.List

// formats by number (MS-OSHARED 2.2.1.3 MSONFC) under the names of ECMA-376.
var formats = map[int]string{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
	10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal", 18: "decimalEnclosedCircle",
	22: "decimalZero", 23: "bullet", 28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 31: "ideographZodiac",
	33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 37: "chineseCounting",
	38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"}

// readLists reads the lists (2.9.199 PlfLst, with the levels behind it) and
// the overrides by which paragraphs refer to them (2.9.200 PlfLfo). An
// override with levels of its own counts on its own.
func (d *reader) readLists() {
	levels := d.readLevels()
	plf := d.part(fibOverrides)
	shared := map[int]*list{}
	const size = 16
	for i := 0; i < u32(plf, 0) && 4+size*(i+1) <= len(plf); i++ {
		lfo := plf[4+size*i:]
		id, own := u32(lfo, 0), lfo[12] > 0
		l := shared[id]
		if l == nil || own {
			l = &list{Levels: levels[id]}
		}
		if !own {
			shared[id] = l
		}
		d.lists = append(d.lists, l)
	}
}

func (d *reader) readLevels() map[int][]numbering.Level {
	out := map[int][]numbering.Level{}
	start := u32(d.word, fibLists)
	plf := d.part(fibLists)
	at := start + u32(d.word, fibLists+4)
	const size = 28
	for i := 0; i < u16(plf, 0) && 2+size*(i+1) <= len(plf); i++ {
		lstf := plf[2+size*i:]
		count := 9
		if lstf[26]&1 != 0 { // fSimpleList
			count = 1
		}
		var levels []numbering.Level
		for range count {
			l, next := d.readLevel(at)
			if next == 0 {
				return out
			}
			levels, at = append(levels, l), next
		}
		out[u32(lstf, 0)] = levels
	}
	return out
}

// readLevel reads an LVL (2.9.150) and returns where the next one begins, 0
// where there is none. The places of the numbers in its text are characters
// below 9, which name the level.
func (d *reader) readLevel(at int) (numbering.Level, int) {
	const size = 28
	lvlf := slice(d.table, at, size)
	if lvlf == nil {
		return numbering.Level{}, 0
	}
	l := numbering.Level{Start: u32(lvlf, 0), Format: formats[int(lvlf[4])]}
	text := at + size + int(lvlf[24]) + int(lvlf[25])
	n := u16(d.table, text)
	chars := slice(d.table, text+2, 2*n)
	if chars == nil {
		return l, 0
	}
	var units []uint16
	for i := 0; i < n; i++ {
		c := uint16(u16(chars, 2*i))
		if c < 9 {
			units = append(units, utf16.Encode([]rune("%"+strconv.Itoa(int(c)+1)))...)
			continue
		}
		units = append(units, c)
	}
	l.Text = string(utf16.Decode(units))
	return l, text + 2 + 2*n
}

func (d *reader) number(p properties) string {
	if p.list > len(d.lists) {
		return ""
	}
	return d.lists[p.list-1].Next(p.level)
}
