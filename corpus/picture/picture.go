// Package picture shows the page that a figure stands on: as the original file
// draws it, with the figure and its paragraph framed.
package picture

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// Pages makes pictures of pages.
type Pages struct {
	// Dir is where they are kept, so that a page asked for again is there at
	// once; it may be deleted at any time. "" keeps none.
	Dir string
	// Original returns the file of a report, as it came, and its name.
	Original func(report string) (file string, content []byte, err error)
}

// Can tells whether there is a page to show of a report: it came as a PDF or as
// an OFD file.
func Can(r *corpus.Report) bool { return r.Document != nil && format.Drawn(r.Document.Kind) }

// Of is the page that a figure stands on, or where f is nil the one that the
// paragraph begins on: a PNG of at most 1,600 pixels a side. It is drawn in a
// process of its own, within the limits that files are read in: 0.3 s for a
// page of a short report, 1 s for one of a hundred pages. Refusals are a
// *document.Refusal; NoPage of a format that has no pages.
func (p *Pages) Of(ctx context.Context, of *corpus.Paragraph, f *corpus.Figure) ([]byte, error) {
	drawing := document.Drawing{Mark: document.Span(of.Span), Passage: document.Span(of.Span)}
	if d := of.Report.Document; d != nil {
		drawing.Recognized = slices.ContainsFunc(d.Pages, func(p document.Page) bool { return p.Recognized })
	}
	if f != nil {
		drawing.Mark = document.Span(f.Span)
	}
	drawing.Said, drawing.Page = of.Report.Slice(corpus.Span(drawing.Mark)), of.Report.Page(drawing.Mark.Start)
	file, content, err := p.Original(of.Report.Name)
	if err != nil {
		return nil, fmt.Errorf("reading the original of %q: %w", of.Report.Name, err)
	}
	kept := p.place(content, drawing)
	if kept != "" {
		if picture, err := os.ReadFile(kept); err == nil {
			return picture, nil
		}
	}
	picture, err := format.Draw(ctx, file, content, drawing, document.Default)
	if err == nil && kept != "" {
		p.keep(kept, picture)
	}
	return picture, err
}

// place is where a picture is kept, "" for nowhere. The version counts how
// pages are drawn: what an earlier one drew is not shown.
func (p *Pages) place(content []byte, drawing document.Drawing) string {
	if p.Dir == "" {
		return ""
	}
	const version = 1
	h := sha256.New()
	fmt.Fprintf(h, "%d %v\x00", version, drawing)
	h.Write(content)
	return filepath.Join(p.Dir, hex.EncodeToString(h.Sum(nil)[:16])+".png")
}

// mostKept is how many pictures are kept, the latest: some 40 MB.
const mostKept = 200

// keep writes a picture aside and renames it, so that none is ever half there.
// One that can't be kept is drawn again, that is all.
func (p *Pages) keep(name string, picture []byte) {
	if os.MkdirAll(p.Dir, 0o700) != nil {
		return
	}
	aside, err := os.CreateTemp(p.Dir, "new-*")
	if err != nil {
		return
	}
	_, err = aside.Write(picture)
	if closed := aside.Close(); err != nil || closed != nil || os.Rename(aside.Name(), name) != nil {
		os.Remove(aside.Name())
		return
	}
	p.prune()
}

func (p *Pages) prune() {
	names, _ := filepath.Glob(filepath.Join(p.Dir, "*.png"))
	if len(names) <= mostKept {
		return
	}
	age := map[string]int64{}
	for _, n := range names {
		if info, err := os.Stat(n); err == nil {
			age[n] = info.ModTime().UnixNano()
		}
	}
	sort.Slice(names, func(i, k int) bool { return age[names[i]] < age[names[k]] })
	for _, n := range names[:len(names)-mostKept] {
		os.Remove(n)
	}
}
