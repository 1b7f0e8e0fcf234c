package layout_test

import (
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
)

// pagesOf makes pages of bytes: six for a character or a line, the first of
// which says what it is, and now and then that a page begins.
func pagesOf(data []byte) []layout.Page {
	pages := []layout.Page{{Number: 1, Width: 595, Height: 842}}
	for ; len(data) >= 6; data = data[6:] {
		p := &pages[len(pages)-1]
		x, y := float64(data[1])*2.3, float64(data[2])*3.3
		w, h := float64(int8(data[3])), float64(int8(data[4]))
		switch kind := data[0]; {
		case kind > 250:
			pages = append(pages, layout.Page{Number: len(pages) + 1, Width: 595, Height: 842})
		case kind > 200:
			p.Rules = append(p.Rules, layout.Rule{Left: x, Top: y, Right: x + 4*w, Bottom: y})
		case kind > 150:
			p.Rules = append(p.Rules, layout.Rule{Left: x, Top: y, Right: x, Bottom: y + 4*h})
		default:
			p.Glyphs = append(p.Glyphs, layout.Glyph{Rune: []rune("企业增加值1203.5 %a，\u200b")[int(kind)%16], Left: x, Top: y, Right: x + w, Bottom: y + h})
		}
	}
	return pages
}

func write(pages []layout.Page) (*document.Document, error) {
	b := &document.Builder{Max: 1 << 20}
	var laid []layout.Laid
	for _, p := range pages {
		laid = append(laid, layout.Lay(p))
	}
	layout.Write(b, laid)
	return b.Document(document.PDF)
}

func glyphs(pages []layout.Page) (n int) {
	for _, p := range pages {
		for _, g := range p.Glyphs {
			if strings.ContainsRune("企业增加值1203.5%a，", g.Rune) {
				n++
			}
		}
	}
	return n
}

// FuzzWrite: wherever characters and lines stand, each is written once at most,
// pages follow one another, and the same pages give the same text. What parts the
// lines of a cell (；) stands there besides.
func FuzzWrite(f *testing.F) {
	text := []byte{}
	for y := byte(10); y < 200; y += 8 {
		for x := byte(20); x < 200; x += 6 {
			text = append(text, y^x, x, y, 12, 12, 0)
		}
		if y == 90 {
			text = append(text, 255, 0, 0, 0, 0, 0)
		}
	}
	f.Add(text)
	ruled := []byte{}
	for i := byte(0); i < 5; i++ {
		ruled = append(ruled, 210, 20, 20+10*i, 100, 0, 0, 160, 20+40*i, 20, 0, 40, 0)
		for k := byte(0); k < 4; k++ {
			ruled = append(ruled, i+k, 25+40*i, 22+10*k, 12, 12, 0)
		}
	}
	f.Add(ruled)
	f.Add(binary.LittleEndian.AppendUint64(nil, 1<<63))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 6*2000 {
			return
		}
		d, err := write(pagesOf(data))
		var refused *document.Refusal
		if err != nil && !errors.As(err, &refused) {
			t.Fatal(err)
		}
		again, _ := write(pagesOf(data))
		if !reflect.DeepEqual(d, again) {
			t.Fatal("read in two ways")
		}
		if err != nil {
			return
		}
		if !utf8.ValidString(d.Text) {
			t.Fatalf("%q", d.Text)
		}
		last := 0
		for i, p := range d.Pages {
			if p.Number != i+1 || p.Start < last || p.Start > len(d.Text) {
				t.Fatalf("pages %v of %d bytes", d.Pages, len(d.Text))
			}
			last = p.Start
		}
		if len(d.Tables) == 0 {
			if most, n := glyphs(pagesOf(data)), utf8.RuneCountInString(strings.NewReplacer(" ", "", "\n", "", "|", "", "；", "").Replace(d.Text)); n > most {
				t.Fatalf("%d characters became %d", most, n)
			}
		}
	})
}
