package upkeep

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"reportbot/bot"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library"
)

// folder is the watched folder. New files are added, changed ones replaced; the
// reports of those that are gone are withdrawn, an archive's with it. Reports
// added by hand stay, and a file whose report was withdrawn or replaced by hand
// is not taken again.
//
// A pass costs one listing and a stat a file: a file is read once, when it has
// lain unchanged for a while, and again when its size or time is another. Only
// regular files are opened: a pipe would hold the pass up for ever.
type folder struct {
	dir  string
	pass sync.Mutex // one pass at a time: one that hangs on a share holds up no other work
	seen map[string]sight
	gone map[string]time.Time // by name of a report: since when its file is missing

	taken  []string    // by this pass, for one line of the log
	turned atomic.Bool // the library has changed: what it had before may be taken now
}

// sight is a file as it was seen last.
type sight struct {
	size  int64
	mod   time.Time
	since time.Time // it has looked so, by our own clock: that of a share may be wrong
	done  bool      // taken, or refused for good
	after time.Time // before which it is not tried again
	there bool      // refused because the library has it: for as long as that is so
}

// What a file of the folder must bear.
var (
	settled     = 2 * time.Second  // it must have lain unchanged for so long, or been gone
	unfinished  = 10 * time.Minute // one without its format's end is waited for, then taken as it is
	againAfter  = time.Minute      // one that failed for no fault of its own is tried again
	mostVanish  = 4                // of the folder's reports one in so many may vanish unasked
	vanishingIn = time.Hour        // counted together
)

// changed lists the files that are to be read, and what is there at all.
// patient is false for the first pass, which goes by the time of the file alone.
func (f *folder) changed(now time.Time, patient bool) (fresh []string, there map[string]bool, err error) {
	files, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the folder of reports: %w", err)
	}
	there = map[string]bool{}
	turned := f.turned.Swap(false)
	seen := map[string]sight{}
	for _, file := range files {
		name := file.Name()
		if strings.HasPrefix(name, "~") || !format.Known(name) {
			continue
		}
		there[name], there[library.NameOf(name)] = true, true
		info, err := os.Stat(filepath.Join(f.dir, name))
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		s, known := f.seen[name]
		if !known || s.size != info.Size() || !s.mod.Equal(info.ModTime()) {
			s = sight{size: info.Size(), mod: info.ModTime(), since: now}
		}
		if s.there && turned {
			s.done, s.there = false, false
		}
		seen[name] = s
		age := now.Sub(s.mod)
		if s.done || now.Before(s.after) || patient && now.Sub(s.since) < settled || !patient && age >= 0 && age < settled {
			continue
		}
		fresh = append(fresh, name)
	}
	f.seen = seen
	return fresh, there, nil
}

// errWaits: the file is still being written.
var errWaits = errors.New("the file is not whole yet")

// content reads a file, unless it is above the limit or not whole yet.
func (f *folder) content(name string, now time.Time) ([]byte, error) {
	s := f.seen[name]
	if most := document.Default.File; s.size > most {
		return nil, document.Refuse(document.TooLarge, "the file has %d MB; %d are allowed", s.size>>20, most>>20)
	}
	path := filepath.Join(f.dir, name)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() != s.size || !info.ModTime().Equal(s.mod) || len(content) != int(s.size) {
		return nil, errWaits
	}
	if !whole(content) && now.Sub(s.since) < unfinished {
		return nil, errWaits
	}
	return content, nil
}

// whole tells whether a file has the end that its format asks for: %%EOF of a
// PDF, the directory at the end of a zip archive, which .docx, .xlsx and .ofd are.
func whole(content []byte) bool {
	tail := content[max(0, len(content)-64<<10-22):]
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return bytes.Contains(tail, []byte("%%EOF"))
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return bytes.Contains(tail, []byte("PK\x05\x06"))
	}
	return true
}

// takeFolder makes the library hold what the folder holds.
func (k *Keeper) takeFolder(patient bool) error {
	k.folder.pass.Lock()
	defer k.folder.pass.Unlock()
	now := time.Now()
	fresh, there, err := k.folder.changed(now, patient)
	if err != nil {
		return err
	}
	var failed []error
	k.folder.taken = nil
	for _, name := range fresh {
		if err := k.takeFrom(name, now); err != nil && !errors.Is(err, errWaits) {
			failed = append(failed, fmt.Errorf("reading report %q: %w", name, err))
		}
	}
	summed("已采用文件夹中的报告 reports of the folder were taken", k.folder.taken)
	if err := k.takeGone(there, now, patient); err != nil {
		return err
	}
	k.arrive()
	entries, err := k.Library.Entries()
	if err == nil && len(library.InForce(entries)) == 0 && !patient {
		err = errors.Join(failed...)
	}
	return err
}

// takeFrom takes one file of the folder, unless its report is in force, it was
// refused, or it waits for an administrator's word.
func (k *Keeper) takeFrom(name string, now time.Time) (err error) {
	s := k.folder.seen[name]
	defer func() { k.folder.seen[name] = s }()
	content, err := k.folder.content(name, now)
	var refused *document.Refusal
	switch {
	case errors.Is(err, errWaits), errors.Is(err, fs.ErrNotExist):
		return err
	case errors.As(err, &refused):
		s.done = true
		k.arrived = append(k.arrived, bot.Arrival{File: name, Key: keyOf([]byte(fmt.Sprint(name, s.size, s.mod))), Err: err})
		return k.left(name, err)
	case err != nil:
		s.after = now.Add(againAfter)
		return k.left(name, err)
	}
	entries, err := k.Library.Entries()
	if err != nil {
		return err
	}
	if library.Settled(entries, library.HashOf(content)) {
		s.done = true
		return nil
	}
	var taken []library.Version
	why := k.waits(keyOf(content))
	if why == nil {
		taken, why = k.tried(name, content)
	}
	var golden *bot.GoldenChanged
	switch {
	case why == nil:
		s.done = true
		k.folder.taken = append(k.folder.taken, name)
	case errors.Is(why, library.ErrThere):
		s.done, s.there = true, true
	case errors.As(why, &refused), errors.Is(why, errQuarantined):
		s.done = true
	case errors.As(why, &golden):
		if them := k.them(); them != nil {
			s.done = true
			them.Refused(name, golden)
		}
		return k.left(name, why)
	default:
		s.after = now.Add(againAfter)
	}
	if s.done && (why != nil || k.them() != nil) {
		k.arrived = append(k.arrived, bot.Arrival{File: name, Key: keyOf(content), Taken: taken, Err: why})
	}
	return k.left(name, why)
}

// tried takes a file that may do anything to the process that takes it.
func (k *Keeper) tried(name string, content []byte) (taken []library.Version, err error) {
	key := keyOf(content)
	if err := k.trials.begin(key, name); err != nil {
		return nil, err
	}
	err = guarded("a file of the folder made the bot panic", name, func() error {
		taken, err = k.add(context.Background(), pending{file: name, content: content, source: library.ByFolder}, true)
		k.trials.end(key)
		return err
	})
	return taken, err
}

// left logs why a file is left out, once.
func (k *Keeper) left(name string, why error) error {
	if why != nil && !errors.Is(why, library.ErrThere) && k.told[name] != why.Error() {
		k.told[name] = why.Error()
		slog.Error("a file of the folder is left out", "file", name, "cause", why)
	}
	return why
}

// arrive shows administrators what was understood of what came. At the start
// there is nobody to tell yet: it is told with the first pass after it.
func (k *Keeper) arrive() {
	if them := k.them(); them != nil && len(k.arrived) > 0 {
		them.Arrived(k.arrived)
		k.arrived = nil
	}
}

// takeGone withdraws the reports whose files are gone. Where nothing of the
// folder is left, or more than a share of it vanishes, that is more likely a
// share that is not mounted or a slip of the hand than an order: administrators
// are asked, and the reports are answered from until they say so.
func (k *Keeper) takeGone(there map[string]bool, now time.Time, patient bool) error {
	entries, err := k.Library.Entries()
	if err != nil {
		return err
	}
	of, late := 0, 0
	var gone []library.Entry
	missing := map[string]time.Time{}
	for _, e := range entries {
		switch {
		case e.Source != library.ByFolder:
		case !e.Ended.IsZero():
			if e.EndedBy == library.ByFolder && now.Sub(e.Ended) < vanishingIn && !replaced(entries, e) {
				late++
			}
		default:
			of++
			if !there[cmp.Or(e.Archive.File, e.Name)] {
				since, known := k.folder.gone[e.Name]
				if !known {
					since = now
				}
				missing[e.Name] = since
				gone = append(gone, e)
			}
		}
	}
	k.folder.gone = missing
	for _, since := range missing {
		if patient && now.Sub(since) < settled {
			return nil // perhaps more is about to go, or it comes back
		}
	}
	switch n := len(gone); {
	case n == 0:
		k.unask()
		return nil
	case n == of, n+late > 1 && (n+late)*mostVanish > of+late:
		k.ask(gone, of)
		return nil
	}
	k.unask()
	_, err = k.withdrawGone(gone)
	return err
}

func replaced(entries []library.Entry, old library.Entry) bool {
	return slices.ContainsFunc(entries, func(e library.Entry) bool { return e.Replaces == old.Name && e.Added.Equal(old.Ended) })
}

func (k *Keeper) withdrawGone(gone []library.Entry) (titles []string, err error) {
	var errs []error
	var files []string
	for _, e := range gone {
		if _, err := k.Library.WithdrawFrom(e.Name); err != nil {
			errs = append(errs, fmt.Errorf("withdrawing %q: %w", e.File, err))
			continue
		}
		files, titles = append(files, e.File), append(titles, e.Title)
	}
	summed("文件已不在，报告已撤回 reports of the folder were withdrawn: their files are gone", files)
	return titles, errors.Join(errs...)
}

// namedInLog is how many files a line of the log names; what more there are is counted.
const namedInLog = 3

// summed logs what was done with files in one line, however many they are.
func summed(what string, files []string) {
	if len(files) > 0 {
		slog.Info(what, "files", len(files), "such as", strings.Join(files[:min(namedInLog, len(files))], ", "))
	}
}

// ask asks administrators, once for the same files, whether reports are to be
// withdrawn.
func (k *Keeper) ask(gone []library.Entry, of int) {
	var names []string
	for _, e := range gone {
		names = append(names, e.File)
	}
	slices.Sort(names)
	key := keyOf([]byte(strings.Join(names, "\x00")))
	them := k.them()
	k.mu.Lock()
	known := k.vanished.key == key && k.vanished.told
	k.vanished = vanished{key, gone, them != nil}
	k.mu.Unlock()
	if known {
		return
	}
	slog.Error("files of the folder have vanished: their reports are answered from until an administrator says that they are to be withdrawn", "files", len(gone), "of", of, "folder", k.folder.dir)
	if them != nil {
		them.Vanished(key, names, of)
	}
}

func (k *Keeper) unask() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.vanished = vanished{}
}

// vanished is the reports whose files are gone, about which administrators are asked.
type vanished struct {
	key  string
	gone []library.Entry
	told bool
}

// WithdrawVanished withdraws the reports whose files have vanished, as an
// administrator was asked with that key. What came back since stays.
func (k *Keeper) WithdrawVanished(key string) (titles []string, err error) {
	k.mu.Lock()
	v := k.vanished
	k.mu.Unlock()
	if key == "" || v.key != key {
		return nil, library.ErrUnknown
	}
	k.unask()
	titles, err = k.withdrawGone(v.gone)
	return titles, errors.Join(err, k.turn())
}
