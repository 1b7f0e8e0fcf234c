package pdf

import (
	"bytes"
	"context"
	"image"
	"image/png"

	"reportbot/corpus/format/layout"
	"reportbot/corpus/format/scan"
)

// recognize reads a page that is a picture. One in which nothing is found stays
// as it was.
func (f *file) recognize(page *layout.Page) {
	loaded := f.call("FPDF_LoadPage", f.document, uint64(page.Number-1))
	if loaded == 0 {
		return
	}
	defer f.call("FPDF_ClosePage", loaded)
	drawn, ok := f.gray(loaded, f.viewOf(loaded), scan.DPI/72.0)
	if !ok {
		return
	}
	picture := &image.Gray{Pix: drawn.pixels, Stride: drawn.stride, Rect: image.Rect(0, 0, drawn.width, drawn.height)}
	var encoded bytes.Buffer
	if (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&encoded, picture) != nil {
		return
	}
	if glyphs, err := scan.Read(context.Background(), encoded.Bytes(), scan.DPI); err == nil && len(glyphs) > 0 {
		page.Glyphs, page.Rules, page.Scanned, page.Recognized = glyphs, nil, false, true
	}
}
