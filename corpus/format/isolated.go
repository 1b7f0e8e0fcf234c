package format

import (
	"io"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/corpus/format/pdf"
	"reportbot/corpus/format/sheet"
)

// ServeIsolated is the process that reads one file of a format whose reader is
// not trusted with hostile ones: what main runs for the command isolate.Command.
func ServeIsolated(kind document.Kind, in io.Reader, out io.Writer) error {
	limits := document.Default
	return isolate.Serve(in, out, limits, func(content []byte) (d *document.Document, err error) {
		defer guard(&err)
		if kind == document.Sheet {
			return sheet.Read(content, limits)
		}
		return pdf.Read(content, limits)
	})
}
