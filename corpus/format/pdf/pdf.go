// Package pdf reads PDF files through PDFium, compiled to WebAssembly: a
// hostile file that breaks it gets no further than the memory of that machine.
// Read is meant for a process of its own (package isolate), which bounds its
// time and memory.
//
// The pure Go readers were tried first: they lose characters of the fonts that
// Chinese offices use. PDFium takes 5.5 MB of the binary; compiled code is kept
// in the user's cache folder, so that a file takes 0.1 s to open and not 3 s.
package pdf

import (
	"errors"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
)

// Read reads a PDF file.
func Read(content []byte, limits document.Limits) (*document.Document, error) {
	f, err := open(content, limits)
	if err != nil {
		return nil, err
	}
	defer f.close()
	pages, err := f.readPages(limits)
	if err != nil {
		return nil, err
	}
	b := &document.Builder{Max: limits.Text}
	layout.Write(b, pages)
	return b.Document(document.PDF)
}

// file is an open PDF.
type file struct {
	*machine
	document uint64
	pages    int
}

// Errors of FPDF_GetLastError (fpdfview.h) that ask for a password.
const errPassword, errSecurity = 4, 5

func open(content []byte, limits document.Limits) (*file, error) {
	m, err := newMachine(limits)
	if err != nil {
		return nil, err
	}
	f := &file{machine: m}
	if err := f.load(content, limits); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *file) load(content []byte, limits document.Limits) error {
	f.document = f.call("FPDF_LoadMemDocument", uint64(f.put(content)), uint64(len(content)), 0)
	if f.failed != nil {
		return f.refused(limits)
	}
	if f.document == 0 {
		if code := f.call("FPDF_GetLastError"); code == errPassword || code == errSecurity {
			return document.Refuse(document.Encrypted, "the PDF asks for a password")
		}
		return document.Refuse(document.Damaged, "the PDF is damaged")
	}
	f.pages = f.count("FPDF_GetPageCount", f.document)
	if f.pages > limits.Pages {
		return document.Refuse(document.TooManyPages, "the PDF has %d pages; %d are allowed", f.pages, limits.Pages)
	}
	return f.refused(limits)
}

// refused is why the machine broke, nil where it did not: where it has nearly
// all the memory that it may have, for want of more.
func (f *file) refused(limits document.Limits) error {
	switch {
	case f.failed == nil:
		return nil
	case int64(f.memory.Size()) > limits.Memory/2:
		return document.Refuse(document.TooMuchMemory, "the file takes more than %d MB of memory to read", limits.Memory>>20)
	}
	return document.Refuse(document.Damaged, "the PDF breaks its reader: %v", f.failed)
}

func (f *file) readPages(limits document.Limits) (pages []layout.Page, err error) {
	glyphs, unknown := 0, 0
	for i := range f.pages {
		page := f.readPage(i)
		if err := f.refused(limits); tooMuchMemory(err) {
			return nil, err
		}
		f.failed = nil // a page that breaks PDFium is warned of as one without text
		if glyphs += len(page.Glyphs); glyphs*3 > limits.Text {
			return nil, document.Refuse(document.TooLarge, "the PDF holds more than %d MB of text", limits.Text>>20)
		}
		if page.Unreadable {
			unknown++
		}
		pages = append(pages, page)
	}
	if unknown > 0 && glyphs < 5*len(pages) {
		return nil, document.Refuse(document.NoText, "the PDF does not tell which characters its signs stand for")
	}
	if glyphs < 5*len(pages) { // a stamp or a number on each page is no text
		return nil, document.Refuse(document.Scanned, "the PDF's %d pages are pictures without text: it was scanned, and needs text recognition first", len(pages))
	}
	return pages, nil
}

func tooMuchMemory(err error) bool {
	r, ok := errors.AsType[*document.Refusal](err)
	return ok && r.Code == document.TooMuchMemory
}
