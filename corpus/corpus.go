package corpus

import (
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
	"strings"
	"unicode/utf8"
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

// Load reads a folder's *.txt files, or one file. A report that can't be read
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
	files, err := fs.Glob(fsys, path.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no reports: the folder has no .txt file")
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
			var r *Report
			if r, err = Parse(strings.TrimSuffix(path.Base(file), path.Ext(file)), text); err == nil {
				reports = append(reports, r)
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
	r := &Report{ID: ReportID(name), Name: name, Text: string(text)}
	r.Hash = fingerprint(name, r.Text, ownDigest)
	r.findBody()
	if strings.TrimSpace(r.Slice(r.Body)) == "" {
		return nil, errors.New("the file holds no text below its title")
	}
	r.Lang = language(r.Slice(r.Body))
	r.divide()
	r.findParties()
	r.Scope = r.scope()
	r.findYear()
	for _, p := range r.Paragraphs {
		p.findFigures()
	}
	return r, nil
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
