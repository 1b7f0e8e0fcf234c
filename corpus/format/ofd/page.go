package ofd

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
	"reportbot/corpus/format/markup"
)

// readPage reads one page. box is the size of the document's pages, which a
// page may change for itself.
func readPage(a *archive.Archive, name string, number int, box string, limits document.Limits) (layout.Page, error) {
	p := &pageReader{page: layout.Page{Number: number}}
	p.size(box)
	data, err := a.Read(name)
	if err != nil {
		return p.page, missing(err, name)
	}
	r := markup.NewReader(data, limits)
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return p.page, nil
		}
		if err != nil {
			return p.page, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.CharData:
			p.text.Write(t)
		case xml.EndElement:
			long := p.text.Len() > limits.Text // known before its glyphs, which take more
			if !long {
				p.end(t.Name.Local)
			}
			if long || len(p.page.Glyphs)*3 > limits.Text {
				return p.page, document.Refuse(document.TooLarge, "a page holds more than %d MB of text", limits.Text>>20)
			}
		}
	}
}

// object is a TextObject or PathObject (11.2, 9.1): where it stands, and how
// its own coordinates are turned into those of the page.
type object struct {
	x, y, width, height float64
	matrix              [6]float64
	size                float64
}

func newObject(e xml.StartElement) object {
	o := object{matrix: [6]float64{1, 0, 0, 1, 0, 0}}
	if b := numbers(markup.Attr(e, "Boundary"), 4); len(b) == 4 {
		o.x, o.y, o.width, o.height = b[0], b[1], b[2], b[3]
	}
	if m := numbers(markup.Attr(e, "CTM"), 6); len(m) == 6 {
		o.matrix = [6]float64(m)
	}
	o.size, _ = strconv.ParseFloat(markup.Attr(e, "Size"), 64)
	return o
}

// place turns coordinates of the object into points of the page.
func (o object) place(x, y float64) (float64, float64) {
	m := o.matrix
	return (o.x + m[0]*x + m[2]*y + m[4]) * perMM, (o.y + m[1]*x + m[3]*y + m[5]) * perMM
}

// pageReader keeps the object that is being read.
type pageReader struct {
	page layout.Page
	text strings.Builder
	now  object
	code xml.StartElement
}

func (p *pageReader) size(box string) {
	if b := numbers(box, 4); len(b) == 4 {
		p.page.Width, p.page.Height = b[2]*perMM, b[3]*perMM
	}
}

func (p *pageReader) start(e xml.StartElement) {
	p.text.Reset()
	switch e.Name.Local {
	case "TextObject", "PathObject":
		p.now = newObject(e)
	case "TextCode":
		p.code = e.Copy()
	}
}

func (p *pageReader) end(name string) {
	switch name {
	case "PhysicalBox":
		p.size(p.text.String())
	case "TextCode":
		p.glyphs(p.text.String())
	case "AbbreviatedData":
		p.rules(strings.Fields(p.text.String()))
	}
	p.text.Reset()
}

// glyphs places the characters of a TextCode (11.3): the first at X and Y,
// each other one DeltaX and DeltaY further; without them, a size further.
func (p *pageReader) glyphs(text string) {
	attr := func(name string) float64 {
		v, _ := strconv.ParseFloat(markup.Attr(p.code, name), 64)
		return v
	}
	x, y, size := attr("X"), attr("Y"), p.now.size
	if size <= 0 {
		size = max(p.now.height, 1)
	}
	runes := []rune(text)
	dx, dy := numbers(markup.Attr(p.code, "DeltaX"), len(runes)), numbers(markup.Attr(p.code, "DeltaY"), len(runes))
	for i, r := range runes {
		width := size
		if r < 0x2e80 {
			width = size / 2
		}
		left, bottom := p.now.place(x, y+0.2*size)
		right, top := p.now.place(x+width, y-0.8*size)
		if r >= ' ' {
			p.page.Glyphs = append(p.page.Glyphs, layout.Glyph{Rune: r, Left: min(left, right), Right: max(left, right), Top: min(top, bottom), Bottom: max(top, bottom)})
		}
		step := width
		if i < len(dx) {
			step = dx[i]
		} else if len(dx) == 0 && len(dy) > 0 {
			step = 0
		}
		x += step
		if i < len(dy) {
			y += dy[i]
		}
	}
}

// rules reads the straight lines of a path: "M 0 0 L 100 0 C" (9.3).
func (p *pageReader) rules(path []string) {
	var x, y, firstX, firstY float64
	for i := 0; i < len(path); i++ {
		switch op := path[i]; op {
		case "M", "S", "L":
			if i+2 >= len(path) {
				return
			}
			px, _ := strconv.ParseFloat(path[i+1], 64)
			py, _ := strconv.ParseFloat(path[i+2], 64)
			if op == "L" {
				p.rule(x, y, px, py)
			} else {
				firstX, firstY = px, py
			}
			x, y = px, py
			i += 2
		case "C":
			p.rule(x, y, firstX, firstY)
		}
	}
}

func (p *pageReader) rule(x1, y1, x2, y2 float64) {
	x1, y1 = p.now.place(x1, y1)
	x2, y2 = p.now.place(x2, y2)
	r := layout.Rule{Left: min(x1, x2), Right: max(x1, x2), Top: min(y1, y2), Bottom: max(y1, y2)}
	const thin, shortest = 3, 5
	if w, h := r.Right-r.Left, r.Bottom-r.Top; min(w, h) < thin && max(w, h) > shortest {
		p.page.Rules = append(p.page.Rules, r)
	}
}
