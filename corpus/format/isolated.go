package format

import (
	"context"
	"io"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/compound"
	"reportbot/corpus/format/doc"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/docx"
	"reportbot/corpus/format/isolate"
	"reportbot/corpus/format/ofd"
	"reportbot/corpus/format/page"
	"reportbot/corpus/format/pdf"
	"reportbot/corpus/format/scan"
	"reportbot/corpus/format/sheet"
	"reportbot/corpus/format/text"
)

// read reads one file of a kind. What is more than plain text is read in a
// process of its own, whose time and memory are bounded: starting it takes
// 30 ms, and no file, however hostile, takes the bot with it.
func read(ctx context.Context, kind document.Kind, content []byte, limits document.Limits) (*document.Document, error) {
	switch kind {
	case document.Text, document.Markdown, document.CSV:
		return parse(kind, content, limits)
	}
	return isolate.Read(ctx, kind, content, limits)
}

// ServeIsolated is the process that reads one file: what main runs for the
// command isolate.Command.
func ServeIsolated(kind document.Kind, in io.Reader, out io.Writer) error {
	return isolate.Serve(in, out, func(content []byte, limits document.Limits) (*document.Document, error) {
		return parse(kind, content, limits)
	}, func(content []byte, drawing document.Drawing, limits document.Limits) ([]byte, error) {
		return drawPage(kind, content, drawing, limits)
	})
}

// parse reads a file of a kind here and now.
func parse(kind document.Kind, content []byte, limits document.Limits) (d *document.Document, err error) {
	defer guard(&err)
	switch kind {
	case document.Picture:
		d, _, err := scan.ReadPicture(content, limits)
		return d, err
	case document.PDF:
		return pdf.Read(content, limits)
	case document.OFD, document.Word, document.Sheet:
		a, err := archive.Open(content, limits)
		if err != nil {
			return nil, err
		}
		if kind == document.OFD {
			return ofd.Read(a, limits)
		}
		if kind == document.Sheet {
			return sheet.Read(a, limits)
		}
		return docx.Read(a, limits)
	case document.OldWord, document.OldSheet:
		return readCompound(content, limits)
	case document.SheetXML:
		return sheet.ReadXML(content, limits)
	case document.OpenSheet:
		return sheet.ReadOpen(content, limits)
	case document.WordXML:
		return docx.ReadXML(content, limits)
	case document.MHT:
		return page.ReadMHT(content, limits)
	case document.HTML:
		return page.Read(content, "", limits)
	case document.Markdown:
		return text.ReadMarkdown(content, limits)
	case document.CSV:
		return text.ReadCSV(content, limits)
	}
	return text.Read(content, limits)
}

// guard turns a panic over a damaged file into its refusal.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = document.Refuse(document.Damaged, "the file is damaged (%v)", r)
	}
}

func readCompound(content []byte, limits document.Limits) (*document.Document, error) {
	file, err := compound.Open(content, limits)
	if err != nil {
		return nil, err
	}
	switch {
	case file["WordDocument"] != nil:
		return doc.Read(file, limits)
	case file["Workbook"] != nil:
		return sheet.ReadOld(file["Workbook"], limits)
	case file["EncryptedPackage"] != nil:
		return nil, document.Refuse(document.Encrypted, "the document asks for a password")
	}
	return nil, document.Refuse(document.NotADocument, "the file holds neither a Word document nor a workbook of 1997 or later")
}
