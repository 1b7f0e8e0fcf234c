package ofd

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
	"reportbot/corpus/format/markup"
)

// Limits of what a page may draw by what it refers to: units within units, and
// objects in all.
const deepestUnit, mostObjects = 5, 200_000

// matrix turns coordinates: x' = a x + c y + e, y' = b x + d y + f (8.5).
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// within is the matrix of what stands in something that has matrix n itself.
func (m matrix) within(n matrix) matrix {
	e, f := n.apply(m[4], m[5])
	return matrix{n[0]*m[0] + n[2]*m[1], n[1]*m[0] + n[3]*m[1], n[0]*m[2] + n[2]*m[3], n[1]*m[2] + n[3]*m[3], e, f}
}

// pageReader reads one page, the templates below it and the units within it.
type pageReader struct {
	*documentReader
	page    layout.Page
	box     [4]float64 // of the page: left, top, width, height
	objects int        // drawn so far
	pieces  int        // of text
	text    int        // bytes of text, what is not seen of it too
}

func (p *pageReader) size(box string) {
	if b := numbers(box, 4); len(b) == 4 {
		p.box = [4]float64(b)
		p.page.Width, p.page.Height = b[2]*perMM, b[3]*perMM
	}
}

// read reads the page that lies in a file: what it takes from templates first.
func (p *pageReader) read(name string) error {
	tokens, err := p.tokensOf(name)
	if err != nil {
		return err
	}
	for i, token := range tokens {
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "PhysicalBox":
			p.size(textAt(tokens, i))
		case "PageRes":
			if err := p.resources(p.find(name, textAt(tokens, i))); err != nil {
				return err
			}
		}
	}
	for _, token := range tokens {
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Template" {
			continue
		}
		if place := p.templates[markup.Attr(start, "TemplateID")]; place != "" {
			below, err := p.tokensOf(place)
			if err != nil {
				return err
			}
			if err := p.draw(below, matrix{1, 0, 0, 1, 0, 0}, 0); err != nil {
				return err
			}
		}
	}
	return p.draw(tokens, matrix{1, 0, 0, 1, 0, 0}, 0)
}

// textAt is the text right within the element that begins at i.
func textAt(tokens []xml.Token, i int) string {
	if i+1 < len(tokens) {
		if text, ok := tokens[i+1].(xml.CharData); ok {
			return strings.TrimSpace(string(text))
		}
	}
	return ""
}

// hidden tells an element that is not drawn.
func hidden(e xml.StartElement) bool {
	alpha, err := strconv.ParseFloat(markup.Attr(e, "Alpha"), 64)
	return markup.Attr(e, "Visible") == "false" || err == nil && alpha <= 0
}

// draw draws what stands in tokens, whose coordinates outer turns into those of
// the page, in millimetres.
func (p *pageReader) draw(tokens []xml.Token, outer matrix, depth int) error {
	var now object
	for i := 0; i < len(tokens); i++ {
		start, ok := tokens[i].(xml.StartElement)
		if !ok {
			continue
		}
		if hidden(start) {
			i = endOf(tokens, i)
			continue
		}
		switch start.Name.Local {
		case "TextObject", "PathObject", "CompositeObject":
			if p.objects++; p.objects > mostObjects {
				return document.Refuse(document.TooLarge, "a page draws more than %d objects", mostObjects)
			}
			now = newObject(start, outer)
			if start.Name.Local == "CompositeObject" && depth < deepestUnit {
				if err := p.draw(p.units[markup.Attr(start, "ResourceID")], now.matrix, depth+1); err != nil {
					return err
				}
			}
		case "TextCode":
			text := textAt(tokens, i)
			if p.text += len(text); p.text > p.limits.Text {
				return document.Refuse(document.TooLarge, "a page holds more than %d MB of text", p.limits.Text>>20)
			}
			p.glyphs(now, start, text)
		case "AbbreviatedData":
			if now.drawn {
				p.rules(now, strings.Fields(textAt(tokens, i)))
			}
		}
	}
	return nil
}

// endOf is where the element ends that begins at i.
func endOf(tokens []xml.Token, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch tokens[i].(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(tokens)
}

// object is a TextObject, PathObject or CompositeObject (11.2, 9.1, 13):
// matrix turns its own coordinates into those of the page.
type object struct {
	matrix        matrix
	height        float64
	size          float64
	wide          float64 // HScale
	toward, stand int     // ReadDirection and CharDirection, in quarter turns clockwise
	drawn         bool    // of a path
}

func newObject(e xml.StartElement, outer matrix) object {
	o := object{matrix: matrix{1, 0, 0, 1, 0, 0}, wide: 1}
	if m := numbers(markup.Attr(e, "CTM"), 6); len(m) == 6 {
		o.matrix = matrix(m)
	}
	if b := numbers(markup.Attr(e, "Boundary"), 4); len(b) == 4 {
		o.matrix = o.matrix.within(matrix{1, 0, 0, 1, b[0], b[1]})
		o.height = b[3]
	}
	o.matrix = o.matrix.within(outer)
	o.size, _ = strconv.ParseFloat(markup.Attr(e, "Size"), 64)
	if wide, err := strconv.ParseFloat(markup.Attr(e, "HScale"), 64); err == nil && wide > 0 {
		o.wide = wide
	}
	o.toward, o.stand = quarters(markup.Attr(e, "ReadDirection")), quarters(markup.Attr(e, "CharDirection"))
	o.drawn = markup.Attr(e, "Stroke") != "false" || markup.Attr(e, "Fill") == "true"
	return o
}

func quarters(degrees string) int {
	n, _ := strconv.Atoi(degrees)
	return n / 90 & 3
}

// rightAngles are the directions of so many quarter turns clockwise, y down.
var rightAngles = [4][2]float64{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// glyphs places the characters of a TextCode (11.3): the first at X and Y,
// each other one DeltaX and DeltaY further; without them, a size further.
func (p *pageReader) glyphs(o object, code xml.StartElement, text string) {
	attr := func(name string) float64 {
		v, _ := strconv.ParseFloat(markup.Attr(code, name), 64)
		return v
	}
	x, y, size := attr("X"), attr("Y"), o.size
	if size <= 0 {
		size = max(o.height, 1)
	}
	p.pieces++
	runes := []rune(text)
	dx, dy := numbers(markup.Attr(code, "DeltaX"), len(runes)), numbers(markup.Attr(code, "DeltaY"), len(runes))
	for i, r := range runes {
		natural := size * o.wide
		if r < 0x2e80 {
			natural /= 2
		}
		stepX, stepY := 0.0, 0.0
		switch toward := rightAngles[o.toward]; {
		case i < len(dx):
			stepX = dx[i]
		case len(dx) == 0 && len(dy) == 0:
			stepX, stepY = natural*toward[0], natural*toward[1]
		}
		if i < len(dy) {
			stepY = dy[i]
		}
		width := natural
		if step := math.Abs(stepX) + math.Abs(stepY); step > 0.3*size && step < 1.1*size*max(o.wide, 1) {
			width = step // of a type whose digits are not half as wide as high
		}
		if r >= ' ' {
			p.place(o, r, x, y, width, size)
		}
		x, y = x+stepX, y+stepY
	}
}

// place adds a character whose baseline begins at x and y of its object.
func (p *pageReader) place(o object, r rune, x, y, width, size float64) {
	along := rightAngles[o.stand]
	up := [2]float64{along[1], -along[0]}
	corner := func(a, b float64) (float64, float64) {
		cx, cy := o.matrix.apply(x+along[0]*a+up[0]*b, y+along[1]*a+up[1]*b)
		return (cx - p.box[0]) * perMM, (cy - p.box[1]) * perMM
	}
	x1, y1 := corner(0, -0.2*size)
	x2, y2 := corner(width, 0.8*size)
	turn, straight := turnOf(o.matrix, along)
	g := layout.Glyph{Rune: r, Left: min(x1, x2), Right: max(x1, x2), Top: min(y1, y2), Bottom: max(y1, y2), Turn: turn, Object: p.pieces}
	if middleX, middleY := (x1+x2)/2, (y1+y2)/2; !straight || p.page.Width > 0 && (middleX < 0 || middleX > p.page.Width || middleY < 0 || middleY > p.page.Height) {
		return
	}
	p.page.Glyphs = append(p.page.Glyphs, g)
}

// turnOf is the quarter turns clockwise that a direction has on the page. False
// of one aslant, as the words of a watermark stand.
func turnOf(m matrix, along [2]float64) (turn int, straight bool) {
	x, y := m[0]*along[0]+m[2]*along[1], m[1]*along[0]+m[3]*along[1]
	const aslant = 0.17 // ten degrees
	length := math.Hypot(x, y)
	turn = slices.IndexFunc(rightAngles[:], func(a [2]float64) bool {
		return x*a[0]+y*a[1] > 0 && math.Abs(x*a[1]-y*a[0]) < aslant*length
	})
	return max(turn, 0), turn >= 0
}

// numbersOf is how many numbers the steps of a path have (9.3).
var numbersOf = map[string]int{"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}

// rules reads the straight lines of a path: "M 0 0 L 100 0 C" (9.3).
func (p *pageReader) rules(o object, path []string) {
	var x, y, firstX, firstY float64
	for i := 0; i < len(path); i++ {
		if path[i] == "C" {
			p.rule(o, x, y, firstX, firstY)
			continue
		}
		n := numbersOf[path[i]]
		if n == 0 {
			continue
		}
		if i+n >= len(path) {
			return
		}
		px, _ := strconv.ParseFloat(path[i+n-1], 64)
		py, _ := strconv.ParseFloat(path[i+n], 64)
		switch path[i] {
		case "L":
			p.rule(o, x, y, px, py)
		case "M", "S":
			firstX, firstY = px, py
		}
		x, y = px, py
		i += n
	}
}

func (p *pageReader) rule(o object, x1, y1, x2, y2 float64) {
	x1, y1 = o.matrix.apply(x1, y1)
	x2, y2 = o.matrix.apply(x2, y2)
	r := layout.Rule{Left: min(x1, x2) - p.box[0], Right: max(x1, x2) - p.box[0], Top: min(y1, y2) - p.box[1], Bottom: max(y1, y2) - p.box[1]}
	r.Left, r.Right, r.Top, r.Bottom = r.Left*perMM, r.Right*perMM, r.Top*perMM, r.Bottom*perMM
	const thin, shortest = 3, 5
	if w, h := r.Right-r.Left, r.Bottom-r.Top; min(w, h) < thin && max(w, h) > shortest {
		p.page.Rules = append(p.page.Rules, r)
	}
}

// tokensOf reads an XML file of the archive whole.
func (d *documentReader) tokensOf(name string) ([]xml.Token, error) {
	data, err := d.Read(name)
	if err != nil {
		return nil, missing(err, name)
	}
	if len(data) > 4*d.limits.Text { // its tokens take some ten times as much
		return nil, document.Refuse(document.TooLarge, "%q in the archive holds more than %d MB", name, 4*d.limits.Text>>20)
	}
	r := markup.NewReader(data, d.limits)
	var out []xml.Token
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, xml.CopyToken(token))
	}
}
