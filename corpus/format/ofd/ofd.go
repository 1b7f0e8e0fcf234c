// Package ofd reads OFD files (GB/T 33190-2016), the national counterpart of
// PDF: a zip file in which each page is an XML file of placed text.
package ofd

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
	"reportbot/corpus/format/markup"
)

// Is tells whether an archive is an OFD file.
func Is(a *archive.Archive) bool { return a.Has("OFD.xml") }

// documentReader is a document of an OFD file and what its pages refer to.
type documentReader struct {
	*archive.Archive
	limits    document.Limits
	root      string // its Document.xml
	box       string // of its pages
	pages     []string
	templates map[string]string      // by their ID, the files
	units     map[string][]xml.Token // CompositeGraphicUnit by ID (13)
}

// Read reads an OFD file: of several documents within, the first (7.4 DocBody).
func Read(a *archive.Archive, limits document.Limits) (*document.Document, error) {
	pages, err := readPages(a, limits)
	if err != nil {
		return nil, err
	}
	laid := make([]layout.Laid, len(pages))
	for i, p := range pages {
		laid[i] = layout.Lay(p)
	}
	b := &document.Builder{Max: limits.Text}
	layout.Write(b, laid)
	return b.Document(document.OFD)
}

func readPages(a *archive.Archive, limits document.Limits) ([]layout.Page, error) {
	d, err := open(a, limits)
	if err != nil {
		return nil, err
	}
	var pages []layout.Page
	glyphs := 0
	for i := range d.pages {
		p, err := d.page(i)
		if err != nil {
			return nil, err
		}
		if glyphs += len(p.Glyphs); glyphs*3 > limits.Text {
			return nil, document.Refuse(document.TooLarge, "the OFD file holds more than %d MB of text", limits.Text>>20)
		}
		pages = append(pages, p)
	}
	if glyphs < 5*len(pages) {
		return nil, document.Refuse(document.Scanned, "the OFD file's %d pages are pictures without text: it was scanned, and needs text recognition first", len(pages))
	}
	return pages, nil
}

// open reads what is common to a document's pages.
func open(a *archive.Archive, limits document.Limits) (*documentReader, error) {
	root, err := element(a, "OFD.xml", "DocRoot", limits)
	if err != nil {
		return nil, err
	}
	if root == "" {
		return nil, document.Refuse(document.Damaged, "the OFD file names no document")
	}
	d := &documentReader{Archive: a, limits: limits, templates: map[string]string{}, units: map[string][]xml.Token{}}
	d.root = d.find("OFD.xml", root)
	data, err := a.Read(d.root)
	if err != nil {
		return nil, missing(err, d.root)
	}
	var resources []string
	if err := each(data, limits, func(e xml.StartElement, text string) {
		place := markup.Attr(e, "BaseLoc")
		switch {
		case e.Name.Local == "Page" && place != "":
			d.pages = append(d.pages, d.find(d.root, place))
		case e.Name.Local == "TemplatePage" && place != "":
			d.templates[markup.Attr(e, "ID")] = d.find(d.root, place)
		case e.Name.Local == "PhysicalBox" && d.box == "":
			d.box = text
		case (e.Name.Local == "DocumentRes" || e.Name.Local == "PublicRes") && text != "":
			resources = append(resources, d.find(d.root, text))
		}
	}); err != nil {
		return nil, err
	}
	if len(d.pages) > limits.Pages {
		return nil, document.Refuse(document.TooManyPages, "the OFD file has %d pages; %d are allowed", len(d.pages), limits.Pages)
	}
	for _, r := range resources {
		if err := d.resources(r); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// find is the file that another one means by place: counted from its own
// folder or, as some programs write it, from the root (7.3).
func (d *documentReader) find(from, place string) string {
	if rooted, ok := strings.CutPrefix(place, "/"); ok {
		return path.Clean(rooted)
	}
	near := path.Join(path.Dir(from), place)
	if far := path.Clean(place); !d.Has(near) && d.Has(far) {
		return far
	}
	return near
}

// resources keeps the units that pages draw by their IDs. A file of resources
// that is missing is none of the text.
func (d *documentReader) resources(name string) error {
	if !d.Has(name) {
		return nil
	}
	tokens, err := d.tokensOf(name)
	if err != nil {
		return err
	}
	for i := 0; i < len(tokens); i++ {
		if start, ok := tokens[i].(xml.StartElement); ok && start.Name.Local == "CompositeGraphicUnit" {
			end := endOf(tokens, i)
			d.units[markup.Attr(start, "ID")] = tokens[i+1 : end]
			i = end
		}
	}
	return nil
}

// page reads a page, 0 the first.
func (d *documentReader) page(index int) (layout.Page, error) {
	p := &pageReader{documentReader: d, page: layout.Page{Number: index + 1}}
	p.size(d.box)
	err := p.read(d.pages[index])
	return p.page, err
}

func missing(err error, name string) error {
	if errors.Is(err, archive.ErrMissing) {
		return document.Refuse(document.Damaged, "the OFD file lacks %q", name)
	}
	return err
}

// element returns the text of the first element of that name in a file.
func element(a *archive.Archive, file, name string, limits document.Limits) (text string, err error) {
	data, err := a.Read(file)
	if err != nil {
		return "", missing(err, file)
	}
	err = each(data, limits, func(e xml.StartElement, t string) {
		if e.Name.Local == name && text == "" {
			text = t
		}
	})
	return text, err
}

// each calls f for every element at its end, with the text in it.
func each(data []byte, limits document.Limits, f func(xml.StartElement, string)) error {
	r := markup.NewReader(data, limits)
	var open []xml.StartElement
	var text strings.Builder
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Copy())
			text.Reset()
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			f(open[len(open)-1], strings.TrimSpace(text.String()))
			open = open[:len(open)-1]
			text.Reset()
		}
	}
}

// perMM is points in the millimetre that OFD counts in.
const perMM = 72 / 25.4

// numbers reads "0 0 210 297", and the abbreviated "g 3 1.5" (7.3, 11.3):
// three times 1.5. No list is longer than that of the places of its text, most
// at most.
func numbers(s string, most int) (out []float64) {
	fields := strings.Fields(s)
	for i := 0; i < len(fields) && len(out) < most; i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, _ := strconv.Atoi(fields[i+1])
			v, _ := strconv.ParseFloat(fields[i+2], 64)
			for range min(n, most-len(out)) {
				out = append(out, v)
			}
			i += 2
			continue
		}
		v, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return out
		}
		out = append(out, v)
	}
	return out
}
