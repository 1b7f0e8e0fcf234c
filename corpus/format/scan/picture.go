package scan

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // what photographs of pages are
	_ "image/png"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
)

// ReadPicture reads a photograph or scan of one page, a PNG or JPEG: its text,
// and where it stands.
func ReadPicture(content []byte, limits document.Limits) (*document.Document, []layout.Laid, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, nil, document.Refuse(document.Damaged, "the picture can't be opened: %v", err)
	}
	const most = 60 << 20 // pixels
	if size.Width*size.Height > most || size.Width < 1 || size.Height < 1 {
		return nil, nil, document.Refuse(document.TooLarge, "the picture has %d times %d pixels; %d million are allowed", size.Width, size.Height, most>>20)
	}
	if !Installed() {
		return nil, nil, document.Refuse(document.Scanned, "the file is a picture, and tesseract with chi_sim is not installed to read it")
	}
	glyphs, err := Read(context.Background(), content, DPI)
	if err != nil {
		return nil, nil, document.Refuse(document.Damaged, "the picture can't be read: %v", err)
	}
	if len(glyphs) < 5 {
		return nil, nil, document.Refuse(document.NoText, "no text was recognized in the picture")
	}
	page := layout.Page{Number: 1, Width: float64(size.Width) * 72 / DPI, Height: float64(size.Height) * 72 / DPI, Glyphs: glyphs, Recognized: true}
	b := &document.Builder{Max: limits.Text}
	laid := []layout.Laid{layout.Lay(page)}
	layout.Write(b, laid)
	d, err := b.Document(document.Picture)
	return d, laid, err
}
