package format

import (
	"bytes"
	"context"
	"image"
	"image/color"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/corpus/format/ofd"
	"reportbot/corpus/format/pdf"
	"reportbot/corpus/format/scan"
)

// Draw draws a page of a file of one document, as a PNG of at most 1,600 pixels
// a side: what the drawing marks are bytes of the text that Read gives. It does
// so in a process of its own, within the same limits. A format that knows no
// pages is refused as document.NoPage.
func Draw(ctx context.Context, name string, content []byte, drawing document.Drawing, limits document.Limits) ([]byte, error) {
	if int64(len(content)) > limits.File {
		return nil, document.Refuse(document.TooLarge, "the file has %d MB; %d are allowed", len(content)>>20, limits.File>>20)
	}
	kind, err := Detect(name, content)
	if err != nil {
		return nil, err
	}
	if kind == document.Archive {
		a, err := archive.Open(content, limits)
		if err != nil {
			return nil, err
		}
		kind = zippedKind(a)
	}
	if !Drawn(kind) {
		return nil, document.Refuse(document.NoPage, "a file of this format has no pages that could be drawn")
	}
	drawing.Recognized = drawing.Recognized || kind == document.Picture
	return isolate.Draw(ctx, kind, content, drawing, limits)
}

// Drawn tells the formats of whose pages Draw makes pictures.
func Drawn(kind document.Kind) bool {
	return kind == document.PDF || kind == document.OFD || kind == document.Picture
}

// drawPage draws a page here and now.
func drawPage(kind document.Kind, content []byte, drawing document.Drawing, limits document.Limits) (picture []byte, err error) {
	defer guard(&err)
	switch kind {
	case document.PDF:
		return pdf.Draw(content, drawing, limits)
	case document.Picture:
		return drawPicture(content, drawing, limits)
	}
	a, err := archive.Open(content, limits)
	if err != nil {
		return nil, err
	}
	return ofd.Draw(a, drawing, limits)
}

// drawPicture frames what was recognized in a picture of a page.
func drawPicture(content []byte, drawing document.Drawing, limits document.Limits) ([]byte, error) {
	d, pages, err := scan.ReadPicture(content, limits)
	if err != nil {
		return nil, err
	}
	_, frames, err := pdf.Frames(pages, d, drawing)
	if err != nil {
		return nil, err
	}
	from, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the picture can't be opened: %v", err)
	}
	picture, shrunk := shrink(from, pdf.LongestSide)
	return pdf.Framed(picture, frames, scan.DPI/72.0/float64(shrunk))
}

// shrink makes a picture small enough by an average of so many pixels each way.
func shrink(from image.Image, longest int) (to *image.RGBA, times int) {
	size := from.Bounds().Size()
	times = (max(size.X, size.Y) + longest - 1) / longest
	to = image.NewRGBA(image.Rect(0, 0, size.X/times, size.Y/times))
	for y := range to.Rect.Max.Y {
		for x := range to.Rect.Max.X {
			var r, g, b, n uint32
			for dy := range times {
				for dx := range times {
					pr, pg, pb, _ := from.At(from.Bounds().Min.X+x*times+dx, from.Bounds().Min.Y+y*times+dy).RGBA()
					r, g, b, n = r+pr>>8, g+pg>>8, b+pb>>8, n+1
				}
			}
			to.SetRGBA(x, y, color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 255})
		}
	}
	return to, times
}
