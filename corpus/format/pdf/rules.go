package pdf

import (
	"math"

	"reportbot/corpus/format/layout"
)

// Limits of what is looked at for lines: pages with more objects, and paths
// with more segments, are drawings.
const mostObjects, mostSegments, deepestForm = 20000, 2000, 5

// Kinds of page objects and of segments of paths (fpdf_edit.h).
const (
	objectPath, objectForm      = 2, 5
	segmentLineTo, segmentBegin = 0, 2
)

// matrix turns coordinates: x' = a x + c y + e, y' = b x + d y + f.
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// within is the matrix of what stands in something that has matrix n itself.
func (m matrix) within(n matrix) matrix {
	e, f := n.apply(m[4], m[5])
	return matrix{n[0]*m[0] + n[2]*m[1], n[1]*m[0] + n[3]*m[1], n[0]*m[2] + n[2]*m[3], n[1]*m[2] + n[3]*m[3], e, f}
}

func (f *file) matrixOf(object uint64) (m matrix, ok bool) {
	if !f.is("FPDFPageObj_GetMatrix", object, f.at(0)) {
		return m, false
	}
	for i := range m {
		m[i] = f.float(uint32(i))
	}
	return m, true
}

// ruleReader gathers the straight lines of a page: strokes across or down, and
// the thin filled rectangles that Word draws instead.
type ruleReader struct {
	*file
	view
	objects int
	rules   []layout.Rule
}

func (f *file) readRules(page uint64, v view) []layout.Rule {
	r := ruleReader{file: f, view: v}
	for i := range f.count("FPDFPage_CountObjects", page) {
		r.read(f.call("FPDFPage_GetObject", page, uint64(i)), matrix{1, 0, 0, 1, 0, 0}, 0)
	}
	if r.objects > mostObjects {
		return nil
	}
	return r.rules
}

// read reads an object that stands in outer.
func (r *ruleReader) read(object uint64, outer matrix, depth int) {
	if r.objects++; object == 0 || r.objects > mostObjects || depth > deepestForm {
		return
	}
	switch r.call("FPDFPageObj_GetType", object) {
	case objectPath:
		r.path(object, outer)
	case objectForm:
		m, ok := r.matrixOf(object)
		if !ok {
			return
		}
		m = m.within(outer)
		for i := range r.count("FPDFFormObj_CountObjects", object) {
			r.read(r.call("FPDFFormObj_GetObject", object, uint64(i)), m, depth+1)
		}
	}
}

// thin is how wide a rectangle may be that is drawn for a line; shortest is how
// long a line is at least, in points.
const thin, shortest = 3, 5

// add adds a line where it is one and is seen.
func (r *ruleReader) add(x1, y1, x2, y2 float64) {
	var l layout.Rule
	l.Left, l.Top, l.Right, l.Bottom = r.box(x1, y1, x2, y2)
	width, height := r.view.size()
	l.Left, l.Right = max(l.Left, -thin), min(l.Right, width+thin)
	l.Top, l.Bottom = max(l.Top, -thin), min(l.Bottom, height+thin)
	if w, h := l.Right-l.Left, l.Bottom-l.Top; w >= 0 && h >= 0 && min(w, h) < thin && max(w, h) > shortest {
		r.rules = append(r.rules, l)
	}
}

// path reads one path: one that is neither filled nor stroked only clips. Where
// it is only filled, what counts is what is thin: the edges of an area that is
// painted, as the ground of a page is, are no lines.
func (r *ruleReader) path(object uint64, outer matrix) {
	stroked := true
	if r.is("FPDFPath_GetDrawMode", object, r.at(0), r.at(4)) {
		if stroked = r.whole(1) != 0; !stroked && r.whole(0) == 0 {
			return
		}
	}
	if r.is("FPDFPageObj_GetBounds", object, r.at(0), r.at(4), r.at(8), r.at(12)) {
		left, bottom, right, top := r.float(0), r.float(1), r.float(2), r.float(3)
		x1, y1 := outer.apply(left, bottom)
		x2, y2 := outer.apply(right, top)
		if min(math.Abs(x2-x1), math.Abs(y2-y1)) < thin {
			r.add(x1, y1, x2, y2)
			return
		}
	}
	segments := r.count("FPDFPath_CountSegments", object)
	m, ok := r.matrixOf(object)
	if !ok || segments > mostSegments {
		return
	}
	m = m.within(outer)
	if !stroked {
		r.filled(object, segments, m)
		return
	}
	var x, y, firstX, firstY float64
	for i := range segments {
		kind, px, py, closes, ok := r.segment(object, i, m)
		if !ok {
			return
		}
		switch kind {
		case segmentBegin:
			firstX, firstY = px, py
		case segmentLineTo:
			r.add(x, y, px, py)
		}
		x, y = px, py
		if closes {
			r.add(x, y, firstX, firstY)
		}
	}
}

// filled reads the parts of a path that is filled: each by the box around it.
func (r *ruleReader) filled(object uint64, segments int, m matrix) {
	var left, bottom, right, top float64
	for i := range segments {
		kind, x, y, _, ok := r.segment(object, i, m)
		if !ok {
			return
		}
		if kind == segmentBegin {
			if i > 0 {
				r.add(left, bottom, right, top)
			}
			left, bottom, right, top = x, y, x, y
		}
		left, bottom, right, top = min(left, x), min(bottom, y), max(right, x), max(top, y)
	}
	r.add(left, bottom, right, top)
}

func (r *ruleReader) segment(object uint64, i int, m matrix) (kind uint64, x, y float64, closes, ok bool) {
	segment := r.call("FPDFPath_GetPathSegment", object, uint64(i))
	if segment == 0 || !r.is("FPDFPathSegment_GetPoint", segment, r.at(0), r.at(4)) {
		return 0, 0, 0, false, false
	}
	x, y = m.apply(r.float(0), r.float(1))
	return r.call("FPDFPathSegment_GetType", segment), x, y, r.is("FPDFPathSegment_GetClose", segment), true
}
