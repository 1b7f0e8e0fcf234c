package format_test

import (
	"bytes"
	"context"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// framed draws what a file says, text marked in passage, and returns the box of
// what is red in the picture as parts of its width and height.
func framed(t *testing.T, name string, content []byte, passage, mark string) (left, top, right, bottom float64) {
	t.Helper()
	d := read(t, name, content)
	at := strings.Index(d.Text, passage)
	if at < 0 {
		t.Fatalf("%q is not in %q", passage, d.Text)
	}
	within := strings.Index(passage, mark)
	drawing := document.Drawing{Passage: document.Span{Start: at, End: at + len(passage)}, Mark: document.Span{Start: at + within, End: at + within + len(mark)}}
	drawn, err := format.Draw(context.Background(), name, content, drawing, document.Default)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	size := picture.Bounds().Size()
	if max(size.X, size.Y) > 1600 || max(size.X, size.Y) < 800 {
		t.Errorf("the picture has %v pixels", size)
	}
	left, top = 1, 1
	for y := range size.Y {
		for x := range size.X {
			if c := color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA); c.R > 200 && c.G < 60 && c.B < 60 {
				px, py := float64(x)/float64(size.X), float64(y)/float64(size.Y)
				left, top, right, bottom = min(left, px), min(top, py), max(right, px), max(bottom, py)
			}
		}
	}
	return left, top, right, bottom
}

// What is framed is the figure that is cited: the second of two that are the
// same, in the cell of a table, and on a page that is turned.
func TestDraw(t *testing.T) {
	table := made(t, "indicators.pdf") // its types lie in the file
	d := read(t, "a.pdf", table)
	if len(d.Tables) == 0 {
		t.Fatal("no table")
	}
	rows := d.Tables[0].Rows
	row := d.Slice(rows[len(rows)-1].Span)
	cells := strings.Split(row, " | ")
	first := d.Slice(rows[len(rows)-2].Span)
	value := cells[len(cells)-1]
	l, top, r, bottom := framed(t, "a.pdf", table, row, value)
	_, above, _, _ := framed(t, "a.pdf", table, first, strings.Split(first, " | ")[0])
	if r-l > 0.3 || bottom-top > 0.06 || l < 0.3 || top <= above {
		t.Errorf("the frame of %q in %q is %.2f to %.2f, %.2f to %.2f; that of the row above begins at %.2f", value, row, l, r, top, bottom, above)
	}
	twice := new(sheet).text(80, 700, 12, "2600 and 3500").text(80, 600, 12, "in all 2600 and").text(80, 580, 12, "more")
	l, top, r, bottom = framed(t, "a.pdf", pdfOf(twice), "in all 2600 and", "2600")
	if mid := (top + bottom) / 2; mid < (842-606)/842.-0.02 || mid > (842-606)/842.+0.02 || l < 0.15 || r > 0.3 {
		t.Errorf("the frame is %.2f to %.2f, %.2f to %.2f", l, r, top, bottom)
	}
	twice.more = "/Rotate 90"
	l, top, r, bottom = framed(t, "a.pdf", pdfOf(twice), "in all 2600 and", "2600")
	if mid := (l + r) / 2; mid < 604/842.-0.02 || mid > 604/842.+0.02 || top < 0.15 || bottom > 0.3 {
		t.Errorf("turned, the frame is %.2f to %.2f, %.2f to %.2f", l, r, top, bottom)
	}
}

// Of what has no pages, none is drawn, and what is not found is not framed.
func TestNothingDrawn(t *testing.T) {
	for _, c := range []struct {
		name    string
		content []byte
		mark    document.Span
	}{
		{"a.txt", []byte(simplified), document.Span{End: 6}},
		{"a.docx", made(t, "indicators.docx"), document.Span{End: 6}},
		{"a.pdf", made(t, "indicators.pdf"), document.Span{Start: 1 << 20, End: 1<<20 + 6}},
	} {
		if _, err := format.Draw(context.Background(), c.name, c.content, document.Drawing{Mark: c.mark}, document.Default); code(err) != document.NoPage {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A drawing of a document that was read otherwise shows the page that its passage began on,
// and frames nothing: not what stands now where the passage stood.
func TestDrawReadOtherwise(t *testing.T) {
	content := pdfOf(new(sheet).text(80, 700, 12, "page one has 2600"), new(sheet).text(80, 700, 12, "page two has 3500"))
	d := read(t, "a.pdf", content)
	at := strings.Index(d.Text, "2600")
	drawing := document.Drawing{Mark: document.Span{Start: at, End: at + 4}, Said: "2600", Page: 1}
	red := func() int {
		drawn, err := format.Draw(context.Background(), "a.pdf", content, drawing, document.Default)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(drawn))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for y := range picture.Bounds().Dy() {
			for x := range picture.Bounds().Dx() {
				if c := color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA); c.R > 200 && c.G < 60 && c.B < 60 {
					n++
				}
			}
		}
		return n
	}
	if red() == 0 {
		t.Error("read as before, it is not framed")
	}
	drawing.Said, drawing.Page = "2060", 2
	if n := red(); n != 0 {
		t.Errorf("read otherwise, %d points are of a frame", n)
	}
}
