package pdf

import (
	"bytes"
	"encoding/binary"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"testing"
	"unicode/utf16"
)

var update = flag.Bool("update", false, "write the font of boxes anew")

// The font that PDFium is given is the one that is made here.
func TestBoxFont(t *testing.T) {
	const name = "root/usr/share/fonts/boxes.ttf"
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, boxFont(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := fs.ReadFile(boxes(), "usr/share/fonts/boxes.ttf")
	if err != nil || !bytes.Equal(kept, boxFont()) {
		t.Errorf("%s is not what is made (%v); write it anew with -update", name, err)
	}
}

// boxFont makes a TrueType font (OpenType 1.9) of one glyph besides that of what
// is missing, which says that it has the characters of Chinese, Japanese and Korean.
func boxFont() []byte {
	const em, ascent, descent = 1000, 880, -120
	var glyph bytes.Buffer
	put := func(b *bytes.Buffer, values ...any) {
		for _, v := range values {
			binary.Write(b, binary.BigEndian, v)
		}
	}
	// no wider than a digit; one contour of four points on the curve
	put(&glyph, int16(1), int16(50), int16(-100), int16(450), int16(850), uint16(3), uint16(0), []byte{1, 1, 1, 1},
		int16(50), int16(400), int16(0), int16(-400), int16(-100), int16(0), int16(950), int16(0))
	table := func(values ...any) []byte {
		var b bytes.Buffer
		put(&b, values...)
		return b.Bytes()
	}
	const name = "WenQuanYi Micro Hei" // one of those that PDFium asks for first
	letters := utf16.Encode([]rune(name))
	var names bytes.Buffer
	put(&names, uint16(0), uint16(2), uint16(6+2*12))
	for _, id := range []uint16{1, 4} {
		put(&names, uint16(3), uint16(1), uint16(0x409), id, uint16(2*len(letters)), uint16(0))
	}
	put(&names, letters)
	const cjk = 1<<17 | 1<<18 | 1<<19 | 1<<20 // code pages 932, 936, 949, 950
	tables := map[string][]byte{
		"head": table(uint32(0x10000), uint32(0x10000), uint32(0), uint32(0x5f0f3cf5), uint16(0), uint16(em), int64(0), int64(0),
			int16(50), int16(-100), int16(450), int16(850), uint16(0), uint16(8), int16(2), int16(0), int16(0)),
		"hhea": table(uint32(0x10000), int16(ascent), int16(descent), int16(0), uint16(em), int16(50), int16(50), int16(450),
			int16(1), int16(0), int16(0), int64(0), int16(0), uint16(2)),
		"maxp": table(uint32(0x10000), uint16(2), uint16(4), uint16(1), uint16(0), uint16(0), uint16(1), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0)),
		"hmtx": table(uint16(em), int16(50), uint16(em), int16(50)),
		"loca": table(uint16(0), uint16(0), uint16(glyph.Len()/2)),
		"glyf": glyph.Bytes(),
		// format 13: each character of a range has the same glyph
		"cmap": table(uint16(0), uint16(1), uint16(3), uint16(10), uint32(12), uint16(13), uint16(0), uint32(28), uint32(0), uint32(1), uint32(0x20), uint32(0x3ffff), uint32(1)),
		"name": names.Bytes(),
		"post": table(uint32(0x30000), uint32(0), int16(-100), int16(50), uint32(0), uint32(0), uint32(0), uint32(0), uint32(0)),
		"OS/2": table(uint16(4), int16(em), uint16(400), uint16(5), uint16(0), [10]int16{}, int16(0), [10]byte{}, [4]uint32{0, 1 << 27, 0, 0}, [4]byte{'B', 'O', 'X', ' '},
			uint16(0x40), uint16(0x20), uint16(0xffff), int16(ascent), int16(descent), int16(0), uint16(ascent), uint16(-descent), uint32(cjk), uint32(0), int16(500), int16(700), uint16(0), uint16(0x20), uint16(1)),
	}
	var tags []string
	for tag := range tables {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	var head, body bytes.Buffer
	put(&head, uint32(0x10000), uint16(len(tags)), uint16(128), uint16(3), uint16(len(tags)*16-128))
	at := 12 + 16*len(tags)
	for _, tag := range tags {
		data := tables[tag]
		length := len(data)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
		var sum uint32
		for i := 0; i < len(data); i += 4 {
			sum += binary.BigEndian.Uint32(data[i:])
		}
		head.WriteString(tag)
		put(&head, sum, uint32(at+body.Len()), uint32(length))
		body.Write(data)
	}
	return append(head.Bytes(), body.Bytes()...)
}
