package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library"
	"reportbot/index"
)

// keeper changes the reports while the bot runs: by what is said in chat, by
// what lies in the watched folder, and by what commands did to the library. A
// command has one of its own, which answers nothing.
type keeper struct {
	library *library.Library
	read    library.Reader
	live    *index.Live    // nil in a command, unless golden questions are to be asked
	folder  string         // watched; "" for none
	record  *record.Record // nil for none
	people  people         // nil in a command
	serves  string         // folder of data that this process alone serves, "" for none

	mu      sync.Mutex
	seen    string             // the library's stamp when its reports were last taken
	again   time.Time          // when readers are to be looked for once more; zero for never
	refused map[string]error   // by hash: files of the folder that were refused
	told    map[string]string  // file of the folder → why, logged once
	pending map[string]pending // by hash: what golden questions forbade
	arrived []bot.Arrival      // by the folder, and not told yet
}

// people are those whom changes concern; *bot.Handler reaches them.
type people interface {
	Recall([]library.Version)
	Refused(file string, why *bot.GoldenChanged)
	Arrived([]bot.Arrival)
}

func newKeeper(dir string) *keeper {
	read := reader{filepath.Join(dir, "library", "read")}.parse
	return &keeper{library: library.Open(filepath.Join(dir, "library"), read), read: read,
		refused: map[string]error{}, told: map[string]string{}, pending: map[string]pending{}}
}

// pending is a file that is to be added, or waits for an administrator's word.
type pending struct {
	file    string
	content []byte
	replace string // name of the report that it replaces, "" for that of its own name
	source  library.Source
	why     error
}

// Check reads the reports of a file without adding them.
func (k *keeper) Check(file string, content []byte) (reports []*corpus.Report, err error) {
	in, err := unpack(pending{file: file, content: content})
	for _, f := range in.Files {
		r, err := k.read(f.Name, f.Content)
		if err != nil {
			if len(in.Files) > 1 {
				err = document.Within(f.Name, err)
			}
			return nil, err
		}
		reports = append(reports, r)
	}
	return reports, err
}

// Add adds the reports of a file, or replaces those of their names, or the one
// named, and makes them ones that are answered from. Where that would change
// the answer to a golden question, nothing is changed, and the error is a
// *bot.GoldenChanged.
func (k *keeper) Add(file string, content []byte, replace string) ([]library.Version, error) {
	return k.add(pending{file: file, content: content, replace: replace, source: library.ByHand}, true)
}

func (k *keeper) add(p pending, check bool) ([]library.Version, error) {
	in, err := unpack(p)
	if err != nil {
		return nil, err
	}
	if check {
		if err := k.holdAgainst(p, in); err != nil {
			return nil, err
		}
	}
	if err := k.inherit(in); err != nil {
		return nil, err
	}
	taken, err := k.library.Take(in)
	if err != nil {
		return nil, err
	}
	return taken, k.turn()
}

// unpack is what a file brings. Only what may be an archive is read for that.
func unpack(p pending) (library.Incoming, error) {
	kind, err := format.Detect(p.file, p.content)
	if err != nil {
		return library.Incoming{}, err
	}
	if kind != document.Archive {
		return library.Incoming{Files: []library.File{{Name: p.file, Content: p.content}}, Source: p.source, Replace: p.replace}, nil
	}
	files, err := format.ReadAll(context.Background(), p.file, p.content, document.Default)
	if err != nil {
		return library.Incoming{}, err
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	in, err := library.Unpack(p.file, p.content, names)
	if in.Source, in.Replace = p.source, p.replace; err == nil && p.replace != "" && len(in.Files) > 1 {
		err = document.Refuse(document.SeveralFiles, "the archive holds %d reports: one report is replaced by one", len(in.Files))
	}
	return in, err
}

// inherit marks a report as restricted where the one that it replaces is: before
// it is answered from.
func (k *keeper) inherit(in library.Incoming) error {
	if k.record == nil || in.Replace == "" {
		return nil
	}
	old, err := k.library.Find(in.Replace)
	if err != nil {
		return err
	}
	restricted, err := k.record.RestrictedReports()
	if err != nil || !slices.Contains(restricted, corpus.ReportID(old.Name)) {
		return err
	}
	return k.record.Restrict(corpus.ReportID(library.NameOf(in.Files[0].Name)), true, 0)
}

// holdAgainst asks the golden questions of the reports as they would be.
func (k *keeper) holdAgainst(p pending, in library.Incoming) error {
	if k.record == nil || k.live == nil {
		return nil
	}
	golden, err := k.record.Goldens()
	if err != nil || len(golden) == 0 {
		return err
	}
	would, err := k.would(in)
	if err != nil {
		return err
	}
	e, err := k.live.Beside(corpus.Of(would...))
	if err != nil {
		return err
	}
	defer e.Close()
	changes := bot.HeldAgainst(context.Background(), golden, k.live, e)
	if len(changes) == 0 {
		return nil
	}
	key := keyOf(p.content)
	k.mu.Lock()
	defer k.mu.Unlock()
	p.why = &bot.GoldenChanged{Pending: key, Changes: changes}
	k.pending[key] = p
	return p.why
}

// would is the reports as they would be with what comes.
func (k *keeper) would(in library.Incoming) (would []corpus.Source, err error) {
	gone := map[string]bool{}
	if in.Replace != "" {
		old, err := k.library.Find(in.Replace)
		if err != nil {
			return nil, err
		}
		gone[old.Name] = true
	}
	for _, f := range in.Files {
		r, err := k.read(f.Name, f.Content)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		gone[r.Name] = true
		would = append(would, r.Source())
	}
	reports, err := k.library.Reports()
	for _, r := range reports {
		if !gone[r.Name] {
			would = append(would, r)
		}
	}
	return would, err
}

func keyOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

// Adopt takes what a golden question forbade.
func (k *keeper) Adopt(key string) ([]library.Version, error) {
	k.mu.Lock()
	p, ok := k.pending[key]
	delete(k.pending, key)
	k.mu.Unlock()
	if !ok {
		return nil, library.ErrUnknown
	}
	return k.add(p, false)
}

// Leave drops it. What lies in the folder goes on waiting there: dropped, it
// would be asked about again a second later.
func (k *keeper) Leave(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pending[key].source != library.ByFolder {
		delete(k.pending, key)
	}
}

// Withdraw withdraws a report. It returns when no answer can come from it any
// more and a query of the index has shown that.
func (k *keeper) Withdraw(name string) (title string, err error) {
	gone, err := k.library.Withdraw(name)
	if err != nil {
		return "", err
	}
	if err := k.turn(); err != nil {
		return "", err
	}
	return gone.Title, k.proveGone(gone)
}

func (k *keeper) proveGone(gone library.Entry) error {
	held, err := k.live.Holds(corpus.ReportID(gone.Name))
	if err == nil && held {
		err = fmt.Errorf("the index still has paragraphs of %q", gone.Title)
	}
	return err
}

// turn makes the library's reports the ones that are answered from, and tells
// those who were shown figures that have changed.
func (k *keeper) turn() error {
	if k.live == nil {
		return nil
	}
	if err := k.turnLive(); err != nil {
		return err
	}
	k.recall()
	return nil
}

// recall tells of all changes of late: whoever was told is not told again, so
// those of a time when the bot did not run are told at its start.
func (k *keeper) recall() {
	if k.people == nil {
		return
	}
	changes, err := k.library.Since(time.Now().Add(-bot.RecalledFor))
	if err != nil {
		slog.Error("those who were shown figures that have changed can't be told", "cause", err)
	}
	k.people.Recall(changes)
}

func (k *keeper) turnLive() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	stamp := k.library.Stamp()
	c, err := inForce(k.library)
	if err != nil {
		return err
	}
	if err := k.live.Turn(c); err != nil {
		return err
	}
	if k.serves != "" {
		if err := library.Serve(k.serves, stamp); err != nil {
			slog.Warn("a command can't be told what is answered from now", "cause", err)
		}
	}
	k.seen, k.again = stamp, time.Now().Add(recallAgain)
	maps.DeleteFunc(k.refused, func(_ string, why error) bool { return errors.Is(why, library.ErrThere) }) // perhaps no more
	return nil
}

// recallAgain is when readers are looked for once more after a change: whoever
// was just being answered from the old reports is in the record by then.
const recallAgain = 5 * time.Second

// late tells whether that is now.
func (k *keeper) late() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.again.IsZero() || time.Now().Before(k.again) {
		return false
	}
	k.again = time.Time{}
	return true
}

// pollEvery is how soon a changed folder is seen.
const pollEvery = time.Second

// watch takes what changes in the folder and in the library until ctx ends.
func (k *keeper) watch(ctx context.Context) {
	k.recall()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pollEvery):
		}
		if k.folder != "" {
			if changes, err := k.library.Sync(k.folder, format.Known, true, k.takeFromFolder); err != nil {
				slog.Error("the folder of reports can't be read", "cause", err)
			} else {
				k.tell(changes)
			}
		}
		if k.late() {
			k.recall()
		}
		if k.library.Stamp() == k.seenStamp() {
			continue
		}
		began := time.Now()
		if err := k.turn(); err != nil {
			slog.Error("the changed reports are not taken; the old ones go on answering", "cause", err)
			sleep(ctx, time.Minute)
			continue
		}
		slog.Info("the reports have changed", "reports", len(k.live.Corpus().Reports), "took", time.Since(began).Round(time.Millisecond))
	}
}

// takeFromFolder adds a file of the folder, unless it was refused before or
// waits for an administrator's word. Administrators are asked once for that.
func (k *keeper) takeFromFolder(file string, content []byte) error {
	key := keyOf(content)
	k.mu.Lock()
	why := k.refused[key]
	if waits, ok := k.pending[key]; ok {
		why = waits.why
	}
	k.mu.Unlock()
	if why != nil {
		return why
	}
	taken, err := k.add(pending{file: file, content: content, source: library.ByFolder}, true)
	var changed *bot.GoldenChanged
	var unreadable *document.Refusal
	switch {
	case errors.As(err, &changed) && k.people != nil:
		k.people.Refused(filepath.Base(file), changed)
	case k.people == nil: // at the start: what is refused is looked at once more when there is someone to tell
	case errors.As(err, &unreadable), errors.Is(err, library.ErrThere):
		k.mu.Lock()
		k.refused[key] = err
		k.mu.Unlock()
		fallthrough
	case err == nil:
		k.arrived = append(k.arrived, bot.Arrival{File: filepath.Base(file), Key: key, Taken: taken, Err: err})
	}
	return err
}

func (k *keeper) seenStamp() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.seen
}

// tell logs what became of the folder's files, a refusal once, and shows
// administrators what was understood of them.
func (k *keeper) tell(changes []library.Change) {
	if k.people != nil && len(k.arrived) > 0 {
		k.people.Arrived(k.arrived)
		k.arrived = nil
	}
	for _, c := range changes {
		switch {
		case c.Err == nil:
			slog.Info("a report of the folder was "+c.What, "file", c.File)
		case k.told[c.File] != c.Err.Error():
			k.told[c.File] = c.Err.Error()
			slog.Error("a file of the folder is left out", "file", c.File, "cause", c.Err)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// inForce is the corpus of the library's reports; of a library that never had
// any, the report within the program.
func inForce(l *library.Library) (*corpus.Corpus, error) {
	entries, err := l.Entries()
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return corpus.Embedded()
	}
	reports, err := l.Reports()
	if err != nil {
		return nil, err
	}
	return corpus.Of(reports...), nil
}

// keep opens the library and the engine on its reports. A folder of reports is
// taken in first; a file of it that can't be read, or that a golden question
// forbids, is left out and told of.
func (s *settings) keep(kept *record.Record) (*keeper, error) {
	if err := s.extend(); err != nil {
		return nil, err
	}
	k := newKeeper(s.Data)
	k.record = kept
	info, err := os.Stat(s.Reports)
	if s.Reports != "" && (err != nil || !info.IsDir()) {
		c, err := corpus.Load(s.Reports)
		if err != nil {
			return nil, err
		}
		k.live, err = index.OpenLive(s.Data, c)
		return k, err
	}
	if golden, err := kept.Goldens(); err == nil && len(golden) > 0 {
		if err := k.open(s.Data); err != nil {
			return nil, err
		}
	}
	if s.Reports != "" {
		k.folder = s.Reports
		if err := k.takeFolder(); err != nil {
			k.Close()
			return nil, err
		}
	}
	return k, k.open(s.Data)
}

// open opens the engine on the reports in force, unless it is open.
func (k *keeper) open(dir string) error {
	if k.live != nil {
		return nil
	}
	k.seen = k.library.Stamp()
	c, err := inForce(k.library)
	if err != nil {
		return err
	}
	k.live, err = index.OpenLive(dir, c)
	return err
}

// takeFolder takes the folder in at the start. That some file can't be read does
// not keep the bot from answering; that none can is an error.
func (k *keeper) takeFolder() error {
	changes, err := k.library.Sync(k.folder, format.Known, false, k.takeFromFolder)
	if err != nil {
		return err
	}
	k.tell(changes)
	entries, err := k.library.Entries()
	if err != nil || len(library.InForce(entries)) > 0 {
		return errors.Join(err, k.turn())
	}
	for _, c := range changes {
		if c.Err != nil {
			err = errors.Join(err, fmt.Errorf("reading report %q: %w", c.File, c.Err))
		}
	}
	return errors.Join(err, k.turn())
}

// Close releases the index.
func (k *keeper) Close() error {
	if k.live == nil {
		return nil
	}
	return k.live.Close()
}

var _ bot.Keeper = (*keeper)(nil)
