package pdf

import (
	"math"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"reportbot/corpus/format/layout"
)

// mostObjects is how many objects of a page are looked at for lines: pages
// with more are drawings.
const mostObjects = 20000

// readRules reads the straight lines of a page: strokes across or down, and
// the thin filled rectangles that Word draws instead.
func readRules(p pdfium.Pdfium, page requests.Page, height float64) (rules []layout.Rule) {
	count, err := p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil || count.Count > mostObjects {
		return nil
	}
	for i := range count.Count {
		object, err := p.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			continue
		}
		kind, err := p.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil || kind.Type != enums.FPDF_PAGEOBJ_PATH {
			continue
		}
		for _, r := range pathRules(p, object.PageObject) {
			r.Top, r.Bottom = height-r.Bottom, height-r.Top
			rules = append(rules, r)
		}
	}
	return rules
}

// thin is how wide a rectangle may be that is drawn for a line; shortest is how
// long a line is at least, in points.
const thin, shortest = 3, 5

// pathRules reads one path, y counted up the page.
func pathRules(p pdfium.Pdfium, object references.FPDF_PAGEOBJECT) (rules []layout.Rule) {
	add := func(x1, y1, x2, y2 float64) {
		r := layout.Rule{Left: min(x1, x2), Right: max(x1, x2), Top: min(y1, y2), Bottom: max(y1, y2)}
		if w, h := r.Right-r.Left, r.Bottom-r.Top; min(w, h) < thin && max(w, h) > shortest {
			rules = append(rules, r)
		}
	}
	if box, err := p.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object}); err == nil {
		if w, h := math.Abs(float64(box.Right-box.Left)), math.Abs(float64(box.Top-box.Bottom)); min(w, h) < thin {
			add(float64(box.Left), float64(box.Bottom), float64(box.Right), float64(box.Top))
			return rules
		}
	}
	matrix, err := p.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	count, err2 := p.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
	const mostSegments = 2000
	if err != nil || err2 != nil || count.Count > mostSegments {
		return nil
	}
	var x, y, firstX, firstY float64
	for i := range count.Count {
		segment, err := p.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
		if err != nil {
			return rules
		}
		kind, err := p.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: segment.PathSegment})
		point, err2 := p.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: segment.PathSegment})
		if err != nil || err2 != nil {
			return rules
		}
		m := matrix.Matrix
		px, py := float64(point.X), float64(point.Y)
		px, py = float64(m.A)*px+float64(m.C)*py+float64(m.E), float64(m.B)*px+float64(m.D)*py+float64(m.F)
		switch kind.Type {
		case enums.FPDF_SEGMENT_MOVETO:
			firstX, firstY = px, py
		case enums.FPDF_SEGMENT_LINETO:
			add(x, y, px, py)
		}
		x, y = px, py
		if closes, err := p.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: segment.PathSegment}); err == nil && closes.IsClose {
			add(x, y, firstX, firstY)
		}
	}
	return rules
}
