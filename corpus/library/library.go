// Package library keeps an office's reports: the original files by the hash of
// their content, and a manifest that says which of them are in force.
//
// Under the folder of the library:
//
//	originals/<sha256>  each file as it came, written aside, synced and renamed
//	reports.json        the manifest, replaced as a whole in the same way
//	lock                held while the manifest is changed
//
// The originals and the manifest are the truth, every index is derived from
// them. A change is acknowledged when the new manifest is in its place, so that
// a process killed at any moment leaves the one state or the other.
package library

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"reportbot/corpus"
)

// Entry is one version of a report.
type Entry struct {
	Name       string    `json:"name"` // file name without its extension: a report's own name in the library
	File       string    `json:"file"` // as it came
	Hash       string    `json:"sha256"`
	Title      string    `json:"title"`
	Source     Source    `json:"source"`
	Added      time.Time `json:"added"`
	Ended      time.Time `json:"ended,omitzero"` // withdrawn, or replaced
	Restricted bool      `json:"restricted,omitempty"`
}

// Source tells how a report came.
type Source string

const (
	ByHand   Source = "added"  // by a command, or in chat
	ByFolder Source = "folder" // it lies in the watched folder
)

// Library is a folder of reports. It may be used by several processes.
type Library struct {
	dir  string
	read Reader
	now  func() time.Time

	mu   sync.Mutex
	have map[string]*corpus.Report // those read before, by file and hash: a change reads one report, not all
}

// Reader makes a report of a file.
type Reader func(file string, content []byte) (*corpus.Report, error)

// The errors that callers tell apart.
var (
	ErrThere   = errors.New("the same report is already there")
	ErrUnknown = errors.New("there is no such report")
)

// Open opens the library under dir, which need not exist yet.
func Open(dir string, read Reader) *Library { return &Library{dir: dir, read: read, now: time.Now} }

func (l *Library) manifest() string { return filepath.Join(l.dir, "reports.json") }

func (l *Library) original(hash string) string { return filepath.Join(l.dir, "originals", hash) }

// Entries are all versions, in the order in which they came.
func (l *Library) Entries() ([]Entry, error) {
	file, err := os.ReadFile(l.manifest())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var entries []Entry
	if err == nil {
		err = json.Unmarshal(file, &entries)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the library's manifest %s: %w", l.manifest(), err)
	}
	return entries, nil
}

// InForce are the entries that are neither withdrawn nor replaced.
func InForce(entries []Entry) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return !e.Ended.IsZero() })
}

// Stamp changes when the library does.
func (l *Library) Stamp() string {
	info, err := os.Stat(l.manifest())
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
}

// Reports reads the reports in force. One that can't be read any more is an
// error that names it.
func (l *Library) Reports() ([]*corpus.Report, error) {
	entries, err := l.Entries()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var reports []*corpus.Report
	var errs []error
	have := map[string]*corpus.Report{}
	for _, e := range InForce(entries) {
		r, key := l.have[e.File+e.Hash], e.File+e.Hash
		if r == nil {
			if r, err = l.report(e); err != nil {
				errs = append(errs, fmt.Errorf("reading report %q: %w", e.File, err))
				continue
			}
		}
		have[key] = r
		reports = append(reports, r)
	}
	l.have = have
	return reports, errors.Join(errs...)
}

func (l *Library) report(e Entry) (*corpus.Report, error) {
	content, err := os.ReadFile(l.original(e.Hash))
	if err != nil {
		return nil, err
	}
	if hashOf(content) != e.Hash {
		return nil, errors.New("the original has changed since it was added")
	}
	return l.read(e.File, content)
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// NameOf is a report's name in the library: its file's without the extension.
func NameOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// Add adds a report, or replaces the one of its name. old is the report that
// it replaces, nil where there is none. The very same content in force under
// the same name is ErrThere.
func (l *Library) Add(file string, content []byte, source Source) (added, old *corpus.Report, err error) {
	if added, err = l.read(file, content); err != nil {
		return nil, nil, err
	}
	hash := hashOf(content)
	if err := writeWhole(l.original(hash), content); err != nil {
		return nil, nil, fmt.Errorf("keeping the original: %w", err)
	}
	err = l.change(func(entries []Entry) ([]Entry, error) {
		entry := Entry{Name: NameOf(file), File: filepath.Base(file), Hash: hash, Title: added.Title, Source: source, Added: l.now().UTC()}
		for i := range entries {
			e := &entries[i]
			if !e.Ended.IsZero() {
				continue
			}
			if e.Hash == hash {
				return nil, fmt.Errorf("%w: 《%s》 (%s)", ErrThere, e.Title, e.File)
			}
			if e.Name == entry.Name {
				if old, err = l.report(*e); err != nil {
					old = nil // its original is gone: all the more reason to replace it
				}
				e.Ended, entry.Restricted = entry.Added, e.Restricted
			}
		}
		return append(entries, entry), nil
	})
	if err != nil {
		return nil, nil, err
	}
	return added, old, nil
}

// Withdraw ends the report of that name or title. It returns what is withdrawn.
func (l *Library) Withdraw(name string) (gone Entry, err error) {
	err = l.change(func(entries []Entry) ([]Entry, error) {
		for i := range entries {
			if e := &entries[i]; e.Ended.IsZero() && (e.Name == name || e.File == name || e.Title == strings.Trim(name, "《》")) {
				e.Ended = l.now().UTC()
				gone = *e
				return entries, nil
			}
		}
		return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
	})
	return gone, err
}

// change replaces the manifest by what edit makes of it, one process at a time.
func (l *Library) change(edit func([]Entry) ([]Entry, error)) error {
	if err := os.MkdirAll(l.dir, 0o755); err != nil {
		return fmt.Errorf("making the library's folder: %w", err)
	}
	unlock, err := lock(filepath.Join(l.dir, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	entries, err := l.Entries()
	if err != nil {
		return err
	}
	if entries, err = edit(entries); err != nil {
		return err
	}
	var file bytes.Buffer
	out := json.NewEncoder(&file)
	out.SetEscapeHTML(false)
	out.SetIndent("", "\t")
	if err := out.Encode(entries); err != nil {
		return err
	}
	if err := writeWhole(l.manifest(), file.Bytes()); err != nil {
		return fmt.Errorf("writing the library's manifest: %w", err)
	}
	return nil
}

// Verify reads every original in force back and tells what is wrong with it.
func (l *Library) Verify() error {
	_, err := l.Reports()
	return err
}

// writeWhole writes a file aside, syncs it, renames it into place and syncs
// the folder: after a crash the file is there as a whole, or not at all.
func writeWhole(name string, content []byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".aside-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
