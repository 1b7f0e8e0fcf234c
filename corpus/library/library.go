// Package library keeps an office's reports: the original files by the hash of
// their content, and a manifest that says which of them are in force.
//
// Under the folder of the library:
//
//	originals/<sha256>  each file as it came, written aside, synced and renamed
//	readings/<sha256>   what was read of one, kept in the same way
//	reports.json        the manifest with its own sum, replaced as a whole in the same way
//	reports.copy.json   the same, written before it: read where the first is damaged
//	lock                held while the manifest is changed
//	../library.made     tells a library that is lost from one that never was
//
// The originals and the manifest are the truth, every index is derived from
// them. A change is acknowledged when the new manifest is in its place, so that
// a process killed at any moment leaves the one state or the other.
package library

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library/reserve"
)

// Entry is one version of a report.
type Entry struct {
	Name     string    `json:"name"` // file name without its extension: a report's own name in the library
	File     string    `json:"file"` // as it came
	Hash     string    `json:"sha256"`
	Title    string    `json:"title"`
	Source   Source    `json:"source"`
	Added    time.Time `json:"added"`
	Ended    time.Time `json:"ended,omitzero"` // withdrawn, or replaced
	EndedBy  Source    `json:"endedBy,omitempty"`
	Replaces string    `json:"replaces,omitempty"` // name of the report that ended when it came
	Archive  Archive   `json:"archive,omitzero"`   // it came in
	Reading  string    `json:"reading,omitempty"`  // by its hash: what was read of it and is answered from
}

// Archive is a file that held several reports. It is not kept: each report
// within it is, as a file of its own.
type Archive struct {
	File string `json:"file"`
	Hash string `json:"sha256"`
}

// Source tells how a report came.
type Source string

const (
	ByHand   Source = "added"  // by a command, or in chat
	ByFolder Source = "folder" // it lies in the watched folder
)

// Library is a folder of reports. It may be used by several processes.
type Library struct {
	Lists *corpus.Reader // by which what is kept of an original is understood; the program's own for nil

	dir  string
	read Reader
	now  func() time.Time

	marked sync.Once

	place func() string // of the file that heads are kept in

	mu     sync.Mutex
	lost   map[string]bool         // by file and hash: reports that could not be opened again
	heads  map[string]*corpus.Head // of the reports in force, by file and hash: a change reads one report, not all
	proved int                     // versions whose originals Prove has compared
	shelf  shelf
	last   lastManifest
}

// Reader makes a report of a file.
type Reader func(file string, content []byte) (*corpus.Report, error)

// The errors that callers tell apart.
var (
	ErrThere   = errors.New("the same report is already there")
	ErrUnknown = errors.New("there is no such report")
	ErrLost    = errors.New("资料库丢失或损坏 the library is lost")
)

// Open opens the library under dir, which need not exist yet.
func Open(dir string, read Reader) *Library { return &Library{dir: dir, read: read, now: time.Now} }

func (l *Library) manifest() string { return filepath.Join(l.dir, "reports.json") }

func (l *Library) original(hash string) string { return filepath.Join(l.dir, "originals", hash) }

func (l *Library) copied() string { return filepath.Join(l.dir, "reports.copy.json") }

// Entries are all versions, in the order in which they came, none where no
// library was ever made. A manifest that is damaged is read from its copy, which
// says the same: nothing acknowledged is lost with the one file. Where both are
// gone from a library that was made it is ErrLost.
func (l *Library) Entries() ([]Entry, error) {
	entries, err := l.last.read(l.manifest())
	if err == nil {
		l.mark()
		return entries, nil
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("reading the library's manifest: %w", err)
	}
	copied, again := readManifest(l.copied())
	switch {
	case again == nil:
		slog.Warn("the library's manifest is damaged and read from its copy; the next change writes it anew", "cause", err)
		return copied, nil
	case errors.Is(err, fs.ErrNotExist) && errors.Is(again, fs.ErrNotExist) && !l.made():
		return nil, nil
	case errors.Is(err, fs.ErrNotExist) && errors.Is(again, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: neither %s nor its copy is there; %s", ErrLost, l.manifest(), wayBack)
	}
	return nil, fmt.Errorf("%w: the manifest %s and its copy are damaged (%w); %s", ErrLost, l.manifest(), err, wayBack)
}

// Manifest is the manifest as it stands on disk with its entries, nil where no
// library was ever made. One that is damaged is an error, whatever its copy says.
func (l *Library) Manifest() (file []byte, entries []Entry, err error) {
	if entries, err = readManifest(l.manifest()); err != nil {
		if all, other := l.Entries(); other == nil && all == nil {
			return nil, nil, nil
		} else if other == nil {
			return nil, nil, fmt.Errorf("the manifest %s is missing or damaged (%w); its copy %s is whole and can take its place", l.manifest(), err, l.copied())
		}
		_, err = l.Entries()
		return nil, nil, err
	}
	file, err = os.ReadFile(l.manifest())
	return file, entries, err
}

// wayBack from a library that is lost.
const wayBack = "restore a backup into an empty folder (reportbot restore FILE --data DIR), or move the folder of data away to begin a new one"

// mark keeps beside the library that there is one: without that a folder lost
// would be taken for one that never was, and the report within the program
// answer in its place.
func (l *Library) mark() {
	l.marked.Do(func() {
		if !l.made() {
			os.WriteFile(l.marker(), nil, 0o644) // of a folder that can't be written to nothing is lost by us
		}
	})
}

func (l *Library) marker() string { return l.dir + ".made" }

func (l *Library) made() bool {
	_, err := os.Stat(l.marker())
	return err == nil
}

// readManifest reads a manifest.
func readManifest(name string) ([]Entry, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parseManifest(file)
}

// parseManifest parses a manifest, or the bare list of entries that earlier
// versions wrote. One that is not what was written is an error: a date of ending
// altered would bring back what was withdrawn. Entries stay for good, so that a
// manifest without any was never written.
func parseManifest(file []byte) (entries []Entry, err error) {
	list := bytes.TrimSpace(file)
	if !bytes.HasPrefix(list, []byte("[")) {
		if list, err = unseal(file); err != nil {
			return nil, err
		}
	}
	if err := json.Unmarshal(list, &entries); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, errors.New("it names no report")
	}
	return entries, nil
}

// lastManifest is the manifest that was parsed last: a change asks for the entries
// five times, and of 20,000 parsing takes a quarter of a second. It is known by its
// content, not by its time.
type lastManifest struct {
	mu      sync.Mutex
	sum     [sha256.Size]byte
	entries []Entry
}

func (m *lastManifest) read(name string) ([]Entry, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entries == nil || m.sum != sum {
		entries, err := parseManifest(file)
		if err != nil {
			return nil, err
		}
		m.sum, m.entries = sum, entries
	}
	return slices.Clone(m.entries), nil
}

// set keeps what a change has just written.
func (m *lastManifest) set(sum [sha256.Size]byte, entries []Entry) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sum, m.entries = sum, slices.Clone(entries)
}

// A manifest as it stands on disk: the entries, and their sum before them.
const (
	beforeSum  = "{\"sha256\": \""
	beforeList = "\",\n\"reports\": "
	afterList  = "}\n"
)

// unseal is the entries of a manifest whose sum is theirs.
func unseal(file []byte) (list []byte, err error) {
	rest, begins := bytes.CutPrefix(file, []byte(beforeSum))
	sum, rest, parts := bytes.Cut(rest, []byte(beforeList))
	list, ends := bytes.CutSuffix(rest, []byte(afterList))
	if !begins || !parts || !ends || HashOf(list) != string(sum) {
		return nil, errors.New("it is not what was written")
	}
	return list, nil
}

// seal is a manifest on these entries.
func seal(list []byte) []byte {
	return slices.Concat([]byte(beforeSum+HashOf(list)+beforeList), list, []byte(afterList))
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

// Bad is a report in force that can't be answered from, and why.
type Bad struct {
	Entry
	Err error
}

func (b Bad) Error() string { return fmt.Sprintf("report %q: %v", b.File, b.Err) }

// Reports are the reports in force. Of each its head is known, from its original or
// from what was kept of it, and it is read from its original when it is asked for,
// unless it was of late: memory does not grow with what the library holds. Those
// that can't be read are bad, and keep no other from being answered from.
func (l *Library) Reports() (reports []corpus.Source, bad []Bad, err error) {
	entries, err := l.Entries()
	if err != nil {
		return nil, nil, err
	}
	entries = InForce(entries)
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.headsFor(entries)
	for _, e := range entries {
		head, err := h.of(e)
		if err != nil {
			bad = append(bad, Bad{e, err})
			continue
		}
		reports = append(reports, corpus.Source{Head: head, Open: func() (*corpus.Report, error) { return l.again(e, head) }})
	}
	h.keep()
	l.heads, l.lost = h.now, nil
	return reports, bad, nil
}

// again opens a report that was read before. That it can't be any more is kept
// for Lost.
func (l *Library) again(e Entry, head *corpus.Head) (*corpus.Report, error) {
	r, err := l.opened(e, head)
	if err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.lose(e.key())
	}
	return r, err
}

func (l *Library) lose(key string) {
	if l.lost == nil {
		l.lost = map[string]bool{}
	}
	l.lost[key] = true
}

// Lost tells whether a report could not be opened again since Reports was asked.
func (l *Library) Lost() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lost) > 0
}

// opened is the report of an entry, from the shelf where it is there. head is
// what it has been known by so far, nil for nothing.
func (l *Library) opened(e Entry, head *corpus.Head) (*corpus.Report, error) {
	return l.shelf.get(e.key(), func() (*corpus.Report, error) {
		r, err := l.report(e)
		if err != nil || head == nil {
			return r, err
		}
		if *r.Head != *head {
			return nil, errors.New("what was kept of it is not what its original holds")
		}
		r.Head = head
		return r, nil
	})
}

// key is by what a version is known among the reports that were read: of one
// content under two names the reports differ.
func (e Entry) key() string { return e.File + e.Hash + e.Reading }

// report is a version as it was read when it was taken.
func (l *Library) report(e Entry) (*corpus.Report, error) {
	content, err := l.content(e)
	if err != nil {
		return nil, err
	}
	if d := l.kept(e); d != nil {
		return guarded(l.parsed(d), e.File, content)
	}
	return guarded(l.read, e.File, content)
}

// content is an original, as it came.
func (l *Library) content(e Entry) ([]byte, error) {
	content, err := os.ReadFile(l.original(e.Hash))
	if err != nil {
		return nil, err
	}
	if HashOf(content) != e.Hash {
		return nil, errors.New("the original has changed since it was added; add the same file again")
	}
	return content, nil
}

// guarded reads a file. What panics over one report costs that report.
func guarded(read Reader, file string, content []byte) (r *corpus.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading %q panicked: %v", file, p)
			slog.Error("a report made its reader panic", "file", file, "cause", p, "stack", string(debug.Stack()))
		}
	}()
	return read(file, content)
}

// HashOf is by what a file is known.
func HashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// NameOf is a report's name in the library: its file's without the extension.
func NameOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// File is a file as it comes.
type File struct {
	Name    string
	Content []byte
}

// Incoming is what is taken in one step: one file, or those of an archive.
type Incoming struct {
	Files   []File
	Archive Archive // they came in
	Replace string  // name of the report that the one file replaces, "" for that of its own name
	Source  Source
}

// within says which file of an archive an error is about.
func (in Incoming) within(f File, err error) error {
	if len(in.Files) == 1 {
		return err
	}
	return document.Within(filepath.Base(f.Name), err)
}

// Version is a report that came, and the one that it replaces, nil for none.
type Version struct{ New, Old *corpus.Report }

// Add adds a file of one report, or replaces the report of its name.
func (l *Library) Add(file string, content []byte, source Source) (Version, error) {
	taken, err := l.Take(Incoming{Files: []File{{file, content}}, Source: source})
	if err != nil {
		return Version{}, err
	}
	return taken[0], nil
}

// Take takes all of what comes or nothing: readers see the reports as they were
// or as they are then. Content that is in force already is ErrThere; within an
// archive it is passed over, unless there is nothing else. On a full disk it is
// refused, while there is room kept for what must not fail.
func (l *Library) Take(in Incoming) (taken []Version, err error) {
	if reserve.Full(filepath.Dir(l.dir)) {
		return nil, fmt.Errorf("keeping the original: %w", syscall.ENOSPC)
	}
	var entries []Entry
	for _, f := range in.Files {
		r, err := guarded(l.read, f.Name, f.Content)
		if err != nil {
			return nil, in.within(f, err)
		}
		hash := HashOf(f.Content)
		if err := writeWhole(l.original(hash), f.Content); err != nil {
			return nil, fmt.Errorf("keeping the original: %w", err)
		}
		reading, err := l.keepReading(r)
		if err != nil {
			return nil, err
		}
		taken = append(taken, Version{New: r})
		entries = append(entries, Entry{Name: NameOf(f.Name), File: filepath.Base(f.Name), Hash: hash, Title: r.Title, Source: in.Source, Archive: in.Archive, Reading: reading})
	}
	err = l.change(true, func(all []Entry) ([]Entry, error) {
		all, taken, err = l.merge(all, entries, taken, in)
		return all, err
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// merge puts the new entries to the others and ends those that they replace.
func (l *Library) merge(all, entries []Entry, taken []Version, in Incoming) ([]Entry, []Version, error) {
	now := l.now().UTC().Round(0)
	if in.Replace != "" {
		i := find(all, in.Replace)
		if i < 0 {
			return nil, nil, fmt.Errorf("%w: %q", ErrUnknown, in.Replace)
		}
		if all[i].Hash == entries[0].Hash {
			return nil, nil, there(all[i])
		}
		entries[0].Replaces = all[i].Name
		taken[0].Old = l.end(&all[i], now, in.Source)
	}
	var fresh []Version
	var same error
	for n, entry := range entries {
		entry.Added = now
		if i := slices.IndexFunc(all, func(e Entry) bool { return e.Ended.IsZero() && e.Hash == entry.Hash }); i >= 0 {
			same = there(all[i])
			continue
		}
		for i := range all {
			if e := &all[i]; e.Ended.IsZero() && e.Name == entry.Name {
				taken[n].Old = l.end(e, now, in.Source)
				entry.Replaces = e.Name
			}
		}
		all, fresh = append(all, entry), append(fresh, taken[n])
	}
	if !endRest(all, in, entries, now) && len(fresh) == 0 {
		return nil, nil, same
	}
	return all, fresh, nil
}

// endRest ends what an archive of the folder held and does not hold any more.
// It tells whether there was an earlier one of its name.
func endRest(all []Entry, in Incoming, entries []Entry, now time.Time) (earlier bool) {
	archive := in.Archive
	if archive.File == "" || in.Source != ByFolder {
		return false
	}
	for i := range all {
		e := &all[i]
		if e.Archive.File != archive.File || e.Source != ByFolder || !e.Ended.IsZero() {
			continue
		}
		if !slices.ContainsFunc(entries, func(n Entry) bool { return n.Hash == e.Hash }) {
			e.Ended, e.EndedBy = now, ByFolder
		}
		earlier = earlier || e.Archive.Hash != archive.Hash
		e.Archive = archive
	}
	return earlier
}

func there(e Entry) error { return fmt.Errorf("%w: 《%s》 (%s)", ErrThere, e.Title, e.File) }

// end ends an entry and returns its report, nil where its original is gone: all
// the more reason to replace it.
func (l *Library) end(e *Entry, now time.Time, by Source) *corpus.Report {
	e.Ended, e.EndedBy = now, by
	old, err := l.report(*e)
	if err != nil {
		return nil
	}
	return old
}

// find is where the report in force of that name, else of that file name or
// title, is; -1 for none.
func find(entries []Entry, name string) int {
	if i := slices.IndexFunc(entries, func(e Entry) bool { return e.Ended.IsZero() && e.Name == name }); i >= 0 {
		return i
	}
	return slices.IndexFunc(entries, func(e Entry) bool {
		return e.Ended.IsZero() && (e.File == name || e.Title == strings.Trim(name, "《》"))
	})
}

// Find is the report in force of that name, file name or title, else ErrUnknown.
func (l *Library) Find(name string) (Entry, error) {
	entries, err := l.Entries()
	if err != nil {
		return Entry{}, err
	}
	i := find(entries, name)
	if i < 0 {
		return Entry{}, fmt.Errorf("%w: %q", ErrUnknown, name)
	}
	return entries[i], nil
}

// Withdraw ends the report of that name, file name or title. It returns what is
// withdrawn.
func (l *Library) Withdraw(name string) (gone Entry, err error) { return l.withdraw(name, ByHand) }

func (l *Library) withdraw(name string, by Source) (gone Entry, err error) {
	err = l.change(false, func(entries []Entry) ([]Entry, error) {
		i := find(entries, name)
		if i < 0 {
			return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
		}
		entries[i].Ended, entries[i].EndedBy = l.now().UTC().Round(0), by
		gone = entries[i]
		return entries, nil
	})
	return gone, err
}

// Ended is a version that was replaced, or withdrawn: New is nil then.
type Ended struct {
	Old   Entry
	New   *Entry
	Times int    // how often the same content was withdrawn, or replaced by the same, before
	Again *Entry // what was withdrawn and stands again: the entry in force of the same content
}

// Since is the versions that ended since then, or stand again since then, the
// last first. None is read for it.
func (l *Library) Since(t time.Time) (changes []Ended, err error) {
	entries, err := l.Entries()
	if err != nil {
		return nil, err
	}
	next := map[string]*Entry{} // by what it replaced, and when
	standing := map[string]*Entry{}
	for i, e := range entries {
		if e.Replaces != "" {
			next[e.Replaces+"\x00"+e.Added.String()] = &entries[i]
		}
		if e.Ended.IsZero() {
			standing[e.Hash] = &entries[i]
		}
	}
	times := map[string]int{}
	for _, e := range entries {
		if e.Ended.IsZero() {
			continue
		}
		c := Ended{Old: e, New: next[e.Name+"\x00"+e.Ended.String()]}
		if c.New == nil {
			c.Times, c.Again = times[e.Hash], standing[e.Hash]
			times[e.Hash]++
		} else { // 45 → 48, back to 45, and to 48 once more
			pair := e.Hash + "\x00" + c.New.Hash
			c.Times = times[pair]
			times[pair]++
		}
		if !e.Ended.Before(t) || c.Again != nil && !c.Again.Added.Before(t) {
			changes = append(changes, c)
		}
	}
	slices.SortStableFunc(changes, func(a, b Ended) int { return b.Old.Ended.Compare(a.Old.Ended) })
	return changes, nil
}

// Version reads both sides of a change.
func (l *Library) Version(c Ended) (v Version, err error) {
	if v.Old, err = l.report(c.Old); err == nil && c.New != nil {
		v.New, err = l.report(*c.New)
	}
	return v, err
}

// change replaces the manifest by what edit makes of it, one process at a time.
// What grows nothing may use the room that is kept for a full disk.
func (l *Library) change(grows bool, edit func([]Entry) ([]Entry, error)) error {
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
	list, err := encoded(entries)
	if err != nil {
		return err
	}
	file := seal(list)
	write := func() error { return errors.Join(writeWhole(l.copied(), file), writeWhole(l.manifest(), file)) }
	if err = write(); errors.Is(err, syscall.ENOSPC) && !grows && reserve.Release(filepath.Dir(l.dir)) {
		err = write()
	}
	if err != nil {
		return fmt.Errorf("writing the library's manifest: %w", err)
	}
	l.last.set(sha256.Sum256(file), entries)
	l.mark()
	return nil
}

// encoded is the entries, a line each.
func encoded(entries []Entry) ([]byte, error) {
	var list bytes.Buffer
	list.Grow(400 * len(entries))
	out := json.NewEncoder(&list)
	out.SetEscapeHTML(false)
	between := "[\n"
	for i := range entries {
		list.WriteString(between)
		if err := out.Encode(&entries[i]); err != nil { // with the end of its line
			return nil, err
		}
		between = ","
	}
	if len(entries) == 0 {
		return []byte("[]"), nil
	}
	return append(list.Bytes(), ']'), nil
}

// Verify reads every original in force with read, and tells where what is answered from
// is neither that nor what was kept of it. each, unless it is nil, is given every report
// as it was read.
func (l *Library) Verify(read Reader, each func(Reread)) error {
	reports, bad, err := l.Reports()
	if err != nil {
		return err
	}
	var errs []error
	for _, b := range bad {
		errs = append(errs, fmt.Errorf("reading %w", b))
	}
	entries, err := l.Entries()
	if err != nil {
		return err
	}
	heads := map[string]*corpus.Head{}
	for _, r := range reports {
		heads[r.Name] = r.Head
	}
	for _, e := range InForce(entries) {
		head := heads[e.Name]
		if head == nil {
			continue // bad
		}
		again, err := l.Reread(read, e)
		if err == nil && *cmp.Or(again.Old, again.New).Head != *head {
			err = errors.New("what is answered from is not what its original holds")
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("reading %w", Bad{e, err}))
			continue
		}
		if each != nil {
			each(again)
		}
	}
	return errors.Join(errs...)
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
