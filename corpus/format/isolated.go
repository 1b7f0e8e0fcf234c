package format

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

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

// plainUpTo is the bytes of a plain text that is read in the bot's own process:
// what is made of it takes a second at worst. A row of 200,000 cells took 37 s.
const plainUpTo = 64 << 10

// read reads one file of a kind. What is more than plain text, and plain text of
// some length, is read and analysed in a process of its own, whose time and
// memory are bounded: starting it takes 30 ms, and no file, however hostile,
// takes the bot with it. Only of a file with pictures for pages may the process run
// the program that recognizes text.
func read(ctx context.Context, kind document.Kind, content []byte, limits document.Limits) (*document.Document, error) {
	switch kind {
	case document.Text, document.Markdown, document.CSV:
		if len(content) <= plainUpTo {
			return parse(kind, content, limits)
		}
	}
	d, err := isolate.Read(ctx, kind, content, false, limits)
	if pictured(d, err) && scan.Installed() {
		return isolate.Read(ctx, kind, content, true, limits)
	}
	return d, err
}

// pictured tells a file that has pages without text: they may be pictures.
func pictured(d *document.Document, err error) bool {
	var refused *document.Refusal
	if errors.As(err, &refused) {
		return refused.Code == document.Scanned
	}
	return err == nil && slices.ContainsFunc(d.Warnings, func(w document.Warning) bool { return w.Code == document.PageWithoutText })
}

// ServeIsolated is the process that reads one file: what main runs for the
// command isolate.Command. analyse is what the bot will do with the document: it
// is tried here first, where it may take no longer than analysedWithin.
func ServeIsolated(kind document.Kind, in io.Reader, out io.Writer, analyse func(*document.Document) error) error {
	return isolate.Serve(in, out, func(content []byte, limits document.Limits) (*document.Document, error) {
		d, err := parse(kind, content, limits)
		if err != nil || analyse == nil {
			return d, err
		}
		return d, tried(d, analyse)
	}, func(content []byte, drawing document.Drawing, limits document.Limits) ([]byte, error) {
		return drawPage(kind, content, drawing, limits)
	})
}

// analysedWithin bounds what the bot does with a document after it was read: at
// each start, too.
const analysedWithin = 20 * time.Second

func tried(d *document.Document, analyse func(*document.Document) error) (err error) {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- document.Refuse(document.Damaged, "what the file says can't be analysed (%v)", p)
			}
		}()
		done <- analyse(d)
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(analysedWithin):
		return document.Refuse(document.TooSlow, "what the file says was not analysed within %v", analysedWithin)
	}
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
