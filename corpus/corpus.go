package corpus

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

//go:embed reports/*.txt
var embedded embed.FS

// Corpus is all reports at hand, in the order of their names.
type Corpus struct {
	Reports []*Head
	sources map[string]Source // by ID
}

// Source is a report that can be opened when it is asked for.
type Source struct {
	*Head
	Open func() (*Report, error)
}

// Embedded is the corpus of the reports within the binary.
func (rd *Reader) Embedded() (*Corpus, error) {
	return whole(rd.loadFS(context.Background(), embedded, "reports"))
}

// Load reads the reports in a folder, or one file, of every format known. A report that can't be read
// is an error that names it and its cause; the others are not returned then,
// since an answer from some of the reports could be the wrong one.
func (rd *Reader) Load(ctx context.Context, name string) (*Corpus, error) {
	return whole(rd.LoadReadable(ctx, name))
}

func whole(c *Corpus, unread []Unread, err error) (*Corpus, error) {
	errs := []error{err}
	for _, u := range unread {
		errs = append(errs, fmt.Errorf("reading report %q: %w", u.File, u.Err))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

// Unread is a file that can't be read, and why.
type Unread struct {
	File string
	Err  error
}

// LoadReadable is Load for who tells people which files are left out: those that
// can be read, and the others. There is an error only where there is no report at
// all to look into.
func (rd *Reader) LoadReadable(ctx context.Context, name string) (*Corpus, []Unread, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, fmt.Errorf("opening reports: %w", err)
	}
	if !info.IsDir() {
		dir, file := filepath.Split(name)
		if dir == "" {
			dir = "."
		}
		return rd.loadFiles(ctx, os.DirFS(dir), []string{file})
	}
	return rd.loadFS(ctx, os.DirFS(name), ".")
}

func (rd *Reader) loadFS(ctx context.Context, fsys fs.FS, dir string) (*Corpus, []Unread, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && format.Known(e.Name()) {
			files = append(files, path.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, nil, errors.New("no reports: the folder has no file of a known format")
	}
	return rd.loadFiles(ctx, fsys, files)
}

func (rd *Reader) loadFiles(ctx context.Context, fsys fs.FS, files []string) (*Corpus, []Unread, error) {
	sort.Strings(files)
	var reports []*Report
	var unread []Unread
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		text, err := fs.ReadFile(fsys, file)
		if err == nil {
			var read []*Report
			if read, err = rd.ReadFile(ctx, path.Base(file), text); err == nil {
				reports = append(reports, read...)
				continue
			}
		}
		unread = append(unread, Unread{path.Base(file), err})
	}
	return New(reports...), unread, nil
}

// New is the corpus of these reports, which stay in memory.
func New(reports ...*Report) *Corpus {
	var sources []Source
	for _, r := range reports {
		sources = append(sources, r.Source())
	}
	return Of(sources...)
}

// Source is the report as one that is at hand.
func (r *Report) Source() Source {
	return Source{r.Head, func() (*Report, error) { return r, nil }}
}

// Of is the corpus of reports that are opened when they are asked for.
func Of(sources ...Source) *Corpus {
	c := &Corpus{Reports: make([]*Head, 0, len(sources)), sources: make(map[string]Source, len(sources))}
	for _, s := range sources {
		c.Reports, c.sources[s.ID] = append(c.Reports, s.Head), s
	}
	return c
}

// Open opens a report of the corpus.
func (c *Corpus) Open(h *Head) (*Report, error) {
	r, err := c.sources[h.ID].Open()
	if err != nil {
		return nil, fmt.Errorf("reading report %q again: %w", h.Name, err)
	}
	return r, nil
}

// All opens one report after the other. One that can't be read any more is
// passed over, and the log tells of it.
func (c *Corpus) All(yield func(*Report) bool) {
	for _, h := range c.Reports {
		if r := c.Report(h.ID); r != nil && !yield(r) {
			return
		}
	}
}

// HeadOf is the head of the report that a paragraph of that ID is in, or nil.
func (c *Corpus) HeadOf(id string) *Head {
	report, _, _ := strings.Cut(id, "-")
	return c.sources[report].Head
}

// Paragraph returns the paragraph of that ID, or nil: also where its report
// can't be read any more, which the log tells.
func (c *Corpus) Paragraph(id string) *Paragraph {
	p, err := c.Read(id)
	if err != nil {
		slog.Error("a report can't be read any more, and is not answered from", "cause", err)
	}
	return p
}

// Read returns the paragraph of that ID, nil where there is none. That its
// report can't be read any more is an error.
func (c *Corpus) Read(id string) (*Paragraph, error) {
	report, _, _ := strings.Cut(id, "-")
	h := c.sources[report].Head
	if h == nil {
		return nil, nil
	}
	r, err := c.Open(h)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(r.Paragraphs, func(p *Paragraph) bool { return p.ID == id }); i >= 0 {
		return r.Paragraphs[i], nil
	}
	return nil, nil
}

// ReportID is the ID of the report of that name.
func ReportID(name string) string { return digest(name) }

// Report returns the report of that ID, or nil: also where it can't be read any
// more, which the log tells.
func (c *Corpus) Report(id string) *Report {
	open := c.sources[id].Open
	if open == nil {
		return nil
	}
	r, err := open()
	if err != nil {
		slog.Error("a report can't be read any more, and is not answered from", "report", id, "cause", err)
		return nil
	}
	return r
}

// Fingerprint changes when any report's name or text does, or the lists of
// terms by which its figures are read.
func (c *Corpus) Fingerprint() string {
	var parts []string
	for _, r := range c.Reports {
		parts = append(parts, r.Hash)
	}
	return fingerprint(parts...)
}

func fingerprint(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d\x00%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Parse reads one report. The text must be valid UTF-8 (a byte order mark is
// dropped from the title, not from the text) and have words in it.
func (rd *Reader) Parse(name string, text []byte) (*Report, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("the file is not UTF-8 text")
	}
	return rd.ParseDocument(name, &document.Document{Kind: document.Text, Charset: "utf-8", Text: string(text)})
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
