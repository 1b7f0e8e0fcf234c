package corpus

import (
	gocontext "context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"unicode/utf8"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

//go:embed reports/*.txt
var embedded embed.FS

// Corpus is all reports at hand, in the order of their names.
type Corpus struct {
	Reports    []*Report
	paragraphs map[string]*Paragraph
}

// Embedded is the corpus of the reports within the binary.
func Embedded() (*Corpus, error) {
	return loadFS(embedded, "reports")
}

// Load reads the reports in a folder, or one file, of every format known. A report that can't be read
// is an error that names it and its cause; the others are not returned then,
// since an answer from some of the reports could be the wrong one.
func Load(name string) (*Corpus, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("opening reports: %w", err)
	}
	if !info.IsDir() {
		dir, file := filepath.Split(name)
		if dir == "" {
			dir = "."
		}
		return loadFiles(os.DirFS(dir), []string{file})
	}
	return loadFS(os.DirFS(name), ".")
}

func loadFS(fsys fs.FS, dir string) (*Corpus, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && format.Known(e.Name()) {
			files = append(files, path.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, errors.New("no reports: the folder has no file of a known format")
	}
	return loadFiles(fsys, files)
}

func loadFiles(fsys fs.FS, files []string) (*Corpus, error) {
	sort.Strings(files)
	var reports []*Report
	var errs []error
	for _, file := range files {
		text, err := fs.ReadFile(fsys, file)
		if err == nil {
			var read []*Report
			if read, err = ReadFile(gocontext.Background(), path.Base(file), text); err == nil {
				reports = append(reports, read...)
				continue
			}
		}
		errs = append(errs, fmt.Errorf("reading report %q: %w", file, err))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return New(reports...), nil
}

// New is the corpus of these reports.
func New(reports ...*Report) *Corpus {
	c := &Corpus{Reports: reports, paragraphs: map[string]*Paragraph{}}
	for _, r := range reports {
		for _, p := range r.Paragraphs {
			c.paragraphs[p.ID] = p
		}
	}
	return c
}

// Paragraph returns the paragraph of that ID, or nil.
func (c *Corpus) Paragraph(id string) *Paragraph { return c.paragraphs[id] }

// ReportID is the ID of the report of that name.
func ReportID(name string) string { return digest(name) }

// Report returns the report of that ID, or nil.
func (c *Corpus) Report(id string) *Report {
	for _, r := range c.Reports {
		if r.ID == id {
			return r
		}
	}
	return nil
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
func Parse(name string, text []byte) (*Report, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("the file is not UTF-8 text")
	}
	return ParseDocument(name, &document.Document{Kind: document.Text, Charset: "utf-8", Text: string(text)})
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
