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
	"runtime"
	"sync/atomic"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
	"reportbot/corpus/format/scan"
)

// Read reads a PDF file.
func Read(content []byte, limits document.Limits) (*document.Document, error) {
	pages, err := readPages(content, limits)
	if err != nil {
		return nil, err
	}
	b := &document.Builder{Max: limits.Text}
	layout.Write(b, pages)
	return b.Document(document.PDF)
}

// A file of many pages is read by two machines at once, each of which needs
// the whole of it in its memory: 20 MB and the file.
const manyPages, largeFile = 16, 16 << 20

func readPages(content []byte, limits document.Limits) ([]layout.Laid, error) {
	most := 1
	if len(content) < largeFile && runtime.GOMAXPROCS(0) > 1 {
		most = 2
	}
	p, err := newPool(most, boxes(), limits)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	f, err := p.open(content)
	if err != nil {
		return nil, err
	}
	defer f.close()
	r := &reading{pages: make([]layout.Laid, f.pages), limits: limits, hidden: hiddenLayers(content)}
	half := f.pages
	if most > 1 && f.pages >= manyPages {
		half = f.pages / 2
	}
	done := make(chan error, 1)
	go func() { done <- r.readSecond(p, content, half) }()
	if err := r.read(f, 0, half); err != nil {
		<-done
		return nil, err
	}
	if err := <-done; err != nil {
		return nil, err
	}
	return r.pages, r.refusal()
}

// reading is what was read of a file so far.
type reading struct {
	limits document.Limits
	hidden map[string]bool // names of layers that are not shown, nil where all are
	pages  []layout.Laid
	glyphs atomic.Int64
	unread atomic.Int64 // pages of characters that the file does not tell
}

// mostScans is how many of a file's pages are read where they are pictures: at
// 3 s each, two at once, they take half of the time that a file may take. Which are read
// does not depend on how fast the machine is: a file always gives the same text.
const mostScans = 20

// readSecond reads the pages from one on with a machine of its own.
func (r *reading) readSecond(p *pool, content []byte, from int) (err error) {
	if from == len(r.pages) {
		return nil
	}
	defer func() {
		if broken := recover(); broken != nil {
			err = document.Refuse(document.Damaged, "the file is damaged (%v)", broken)
		}
	}()
	f, err := p.open(content)
	if err != nil {
		return err
	}
	defer f.close()
	return r.read(f, from, len(r.pages))
}

// read reads the pages from one to another.
func (r *reading) read(f *file, from, to int) error {
	if f.hidden = r.hidden; f.hidden != nil {
		f.nameKey = f.put([]byte("Name\x00"))
	}
	for i := from; i < to; i++ {
		page := f.readPage(i)
		if f.failed != nil && f.full() {
			return f.refused()
		}
		if page.Scanned && i < mostScans && scan.Installed() {
			f.recognize(&page)
		}
		f.failed = nil // a page that breaks PDFium is warned of as one without text
		if r.glyphs.Add(int64(len(page.Glyphs)))*3 > int64(r.limits.Text) {
			return document.Refuse(document.TooLarge, "the PDF holds more than %d MB of text", r.limits.Text>>20)
		}
		if page.Unreadable {
			r.unread.Add(1)
		}
		r.pages[i] = layout.Lay(page)
	}
	return nil
}

// refusal is why what was read is no text, nil where it is: a stamp or a number
// on each page is none.
func (r *reading) refusal() error {
	switch {
	case r.glyphs.Load() >= int64(5*len(r.pages)):
		return nil
	case r.unread.Load() > 0:
		return document.Refuse(document.NoText, "the PDF does not tell which characters its signs stand for")
	case scan.Installed():
		return document.Refuse(document.NoText, "the PDF's %d pages are pictures, in which no text was recognized", len(r.pages))
	}
	return document.Refuse(document.Scanned, "the PDF's %d pages are pictures without text: it was scanned, and tesseract with chi_sim is not installed to read it", len(r.pages))
}

// file is an open PDF.
type file struct {
	*machine
	limits   document.Limits
	document uint64
	pages    int
	last     uint64          // the page that was read last, still open
	hidden   map[string]bool // names of layers that are not shown, nil where all are
	nameKey  uint32          // "Name" in the machine
	contents uint32          // "Contents" likewise, 0 before it is asked for
	fields   uint64          // the form's, 0 likewise
}

// Errors of FPDF_GetLastError (fpdfview.h) that ask for a password.
const errPassword, errSecurity = 4, 5

// open opens a PDF in a machine of its own.
func (p *pool) open(content []byte) (*file, error) {
	m, err := p.machine()
	if err != nil {
		return nil, err
	}
	f := &file{machine: m, limits: p.limits}
	if err := f.load(content); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *file) load(content []byte) error {
	f.document = f.call("FPDF_LoadMemDocument", uint64(f.put(content)), uint64(len(content)), 0)
	if f.failed != nil {
		return f.refused()
	}
	if f.document == 0 {
		if code := f.call("FPDF_GetLastError"); code == errPassword || code == errSecurity {
			return document.Refuse(document.Encrypted, "the PDF asks for a password")
		}
		return document.Refuse(document.Damaged, "the PDF is damaged")
	}
	const makesItsPages = 2 // FORMTYPE_XFA_FULL: what stands on those of the file is "Please wait"
	if f.count("FPDF_GetFormType", f.document) == makesItsPages {
		return document.Refuse(document.LiveForm, "the PDF is an XFA form, whose pages only a program that fills it in can make: print it to a PDF")
	}
	f.pages = f.count("FPDF_GetPageCount", f.document)
	if f.pages > f.limits.Pages {
		return document.Refuse(document.TooManyPages, "the PDF has %d pages; %d are allowed", f.pages, f.limits.Pages)
	}
	if f.failed != nil {
		return f.refused()
	}
	return nil
}

// full tells a machine that has grown until there was no more to be had.
func (f *file) full() bool { return int64(f.memory.Size()) > f.limits.Memory/4 }

// refused says that a call did not return: for want of memory, or because the
// file breaks it.
func (f *file) refused() error {
	if f.full() {
		return document.Refuse(document.TooMuchMemory, "the file takes more than %d MB of memory to read", f.limits.Memory>>20)
	}
	return document.Refuse(document.Damaged, "the PDF breaks its reader: %v", f.failed)
}
