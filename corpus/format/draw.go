package format

import (
	"context"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/corpus/format/ofd"
	"reportbot/corpus/format/pdf"
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
	return isolate.Draw(ctx, kind, content, drawing, limits)
}

// Drawn tells the formats of whose pages Draw makes pictures.
func Drawn(kind document.Kind) bool { return kind == document.PDF || kind == document.OFD }

// drawPage draws a page here and now.
func drawPage(kind document.Kind, content []byte, drawing document.Drawing, limits document.Limits) (picture []byte, err error) {
	defer guard(&err)
	if kind == document.PDF {
		return pdf.Draw(content, drawing, limits)
	}
	a, err := archive.Open(content, limits)
	if err != nil {
		return nil, err
	}
	return ofd.Draw(a, drawing, limits)
}
