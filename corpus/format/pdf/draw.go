package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
)

// LongestSide of a picture, in pixels.
const LongestSide = 1600

const sharpest = 2.5 // pixels to a point

// Draw draws the page of a PDF on which the drawing's mark begins, with its
// frames, as a PNG of at most 1,600 pixels a side. The file is read again for
// it, as it was when the text was made: so that what is framed is what is cited.
func Draw(content []byte, drawing document.Drawing, limits document.Limits) ([]byte, error) {
	pages, err := readPages(content, limits)
	if err != nil {
		return nil, err
	}
	b := &document.Builder{Max: limits.Text}
	layout.Write(b, pages)
	d, err := b.Document(document.PDF)
	if err != nil {
		return nil, err
	}
	mark, frames, err := Frames(pages, d, drawing)
	if err != nil {
		return nil, err
	}
	return DrawPage(content, mark, frames, limits)
}

// Frames are those of a drawing, and the number of the page that they are on.
func Frames(pages []layout.Laid, d *document.Document, drawing document.Drawing) (page int, frames []Frame, err error) {
	if !drawing.Of(d) && 0 < drawing.Page && drawing.Page <= len(pages) {
		return drawing.Page, nil, nil
	}
	mark, ok := layout.Locate(pages, d, drawing.Mark)
	if !ok {
		return 0, nil, document.Refuse(document.NoPage, "what is to be marked is not found on a page")
	}
	if passage, ok := layout.Locate(pages, d, drawing.Passage); ok && passage.Page == mark.Page && drawing.Passage != drawing.Mark {
		frames = append(frames, Frame{passage.Around(), true})
	}
	for _, b := range mark.Boxes {
		frames = append(frames, Frame{b, false})
	}
	return mark.Page, frames, nil
}

// Frame is a box that is drawn on a page, in points from its top left corner.
type Frame struct {
	layout.Box
	Faint bool
}

// DrawPage draws a page, 1 the first, with frames. Chinese text whose type the
// file leaves out is drawn in one that is installed; where there is none, the
// page is refused, since it would come out empty.
func DrawPage(content []byte, number int, frames []Frame, limits document.Limits) ([]byte, error) {
	files := systemFonts()
	installed := hasChinese(files)
	if !installed {
		files = boxes()
	}
	p, err := newPool(1, files, limits)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	f, err := p.open(content)
	if err != nil {
		return nil, err
	}
	defer f.close()
	page := f.call("FPDF_LoadPage", f.document, uint64(number-1))
	if page == 0 {
		return nil, document.Refuse(document.Damaged, "page %d can't be drawn", number)
	}
	if !installed && f.wantsChinese(page) {
		return nil, document.Refuse(document.NoFont, "page %d has Chinese text in a type that the file leaves out, and no Chinese type is installed", number)
	}
	v := f.viewOf(page)
	width, height := v.size()
	scale := min(sharpest, LongestSide/max(width, height, 1))
	picture, ok := f.picture(page, int(width*scale), int(height*scale))
	if !ok {
		return nil, document.Refuse(document.Damaged, "page %d can't be drawn", number)
	}
	return Framed(picture, frames, scale)
}

// Framed is a picture with frames, as a PNG; scale is its pixels a point.
func Framed(picture *image.RGBA, frames []Frame, scale float64) ([]byte, error) {
	for _, frame := range frames {
		draw(picture, frame, scale)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Kinds of bitmaps (fpdfview.h).
const bitmapGray, bitmapBGRx = 1, 3

// picture draws a page in colours.
func (f *file) picture(page uint64, width, height int) (*image.RGBA, bool) {
	pixels, stride, ok := f.draw(page, width, height, bitmapBGRx)
	if !ok {
		return nil, false
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		from, to := pixels[y*stride:], out.Pix[y*out.Stride:]
		for x := range width {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = from[4*x+2], from[4*x+1], from[4*x], 255
		}
	}
	return out, true
}

var red, blue = color.RGBA{214, 40, 40, 255}, color.RGBA{120, 160, 215, 255}

// draw draws a frame a little outside of its box, so that it covers nothing.
func draw(to *image.RGBA, f Frame, scale float64) {
	room, thick, ink := 2.0, 3, red
	if f.Faint {
		room, thick, ink = 3.5, 1, blue
	}
	outer := image.Rect(int((f.Left-room)*scale), int((f.Top-room)*scale), int((f.Right+room)*scale), int((f.Bottom+room)*scale))
	inner := outer.Inset(thick)
	for y := outer.Min.Y; y < outer.Max.Y; y++ {
		for x := outer.Min.X; x < outer.Max.X; x++ {
			if at := (image.Point{X: x, Y: y}); at.In(to.Rect) && !at.In(inner) {
				to.SetRGBA(x, y, ink)
			}
		}
	}
}

// draw draws what is shown of a page, white below it, and returns a copy of the
// pixels, a line of them every stride bytes.
func (f *file) draw(page uint64, width, height, format int) (pixels []byte, stride int, ok bool) {
	bitmap := f.call("FPDFBitmap_CreateEx", uint64(width), uint64(height), uint64(format), 0, 0)
	if bitmap == 0 {
		return nil, 0, false
	}
	defer f.call("FPDFBitmap_Destroy", bitmap)
	const white, withAnnotations = 0xffffffff, 1
	f.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), white)
	f.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, withAnnotations)
	stride = f.count("FPDFBitmap_GetStride", bitmap)
	buffer := uint32(f.call("FPDFBitmap_GetBuffer", bitmap))
	seen, ok := f.memory.Read(buffer, uint32(stride*height))
	if !ok || f.failed != nil {
		return nil, 0, false
	}
	return append([]byte(nil), seen...), stride, true
}
