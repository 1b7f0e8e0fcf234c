package doc

import (
	"strconv"
	"unicode/utf16"

	"reportbot/corpus/format/numbering"
)

// list is the counters that one or several overrides share.
type list = numbering.List

// readLists reads the lists (2.9.199 PlfLst, with the levels behind it) and
// the overrides by which paragraphs refer to them (2.9.200 PlfLfo). An
// override with levels of its own counts on its own.
func (d *reader) readLists() {
	levels := d.readLevels()
	plf := d.part(fibOverrides)
	shared := map[int]*list{}
	const size = 16
	n := min(u32(plf, 0), (len(plf)-4)/size)
	at := 4 + size*max(n, 0) // of what the overrides say (2.9.132 LFOData)
	for i := 0; i < n; i++ {
		lfo := plf[4+size*i:]
		id, own := u32(lfo, 0), int(lfo[12])
		l := shared[id]
		if l == nil || own > 0 {
			l = &list{Levels: levels[id]}
		}
		if own == 0 {
			shared[id] = l
		}
		l.Levels, at = d.overridden(l.Levels, plf, at, own)
		d.lists = append(d.lists, l)
	}
}

// overridden reads n levels that an override has of its own (2.9.133 LFOLVL):
// their start, or all of them. It returns where the next override's begin.
func (d *reader) overridden(levels []numbering.Level, plf []byte, at, n int) ([]numbering.Level, int) {
	at += 4 // a place in the text, of no use
	if n == 0 {
		return levels, at
	}
	levels = append([]numbering.Level(nil), levels...)
	for range n {
		const start, formatting = 0x10, 0x20
		flags := u32(plf, at+4)
		level := flags & 0xf
		if level < len(levels) && flags&start != 0 {
			levels[level].Start = u32(plf, at)
		}
		at += 8
		if flags&formatting != 0 {
			own, next := levelOf(plf, at)
			if next == 0 {
				return levels, len(plf)
			}
			if level < len(levels) {
				levels[level] = own
			}
			at = next
		}
	}
	return levels, at
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
			l, next := levelOf(d.table, at)
			if next == 0 {
				return out
			}
			levels, at = append(levels, l), next
		}
		out[u32(lstf, 0)] = levels
	}
	return out
}

// levelOf reads an LVL (2.9.150) and returns where the next one begins, 0
// where there is none. The places of the numbers in its text are characters
// below 9, which name the level.
func levelOf(b []byte, at int) (numbering.Level, int) {
	const size = 28
	lvlf := slice(b, at, size)
	if lvlf == nil {
		return numbering.Level{}, 0
	}
	l := numbering.Level{Start: u32(lvlf, 0), Format: numbering.FormatOf(int(lvlf[4]))}
	const legal, noRestart = 0x04, 0x08
	l.Legal = lvlf[5]&legal != 0
	if lvlf[5]&noRestart != 0 {
		if l.Restart = int(lvlf[26]); l.Restart == 0 {
			l.Restart = numbering.Never
		}
	}
	text := at + size + int(lvlf[24]) + int(lvlf[25])
	n := u16(b, text)
	chars := slice(b, text+2, 2*n)
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
