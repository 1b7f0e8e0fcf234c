package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
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

// Keeper changes the reports while the bot runs: by what is said in chat, by
// what lies in the watched folder, and by what commands did to the library. A
// command has one of its own, which answers nothing.
type Keeper struct {
	Library *library.Library
	Lists   *corpus.Reader // by which reports are read
	Live    *index.Live    // nil in a command, unless golden questions are to be asked

	dir    string // of data
	read   func(ctx context.Context, file string, content []byte) (*corpus.Report, error)
	folder *folder        // watched; nil for none
	record *record.Record // nil for none
	people people         // nil in a command
	serves bool           // this process alone serves the folder of data
	trials trials

	mu         sync.Mutex
	seen       string             // the library's stamp when its reports were last taken
	again      time.Time          // when readers are to be looked for once more; zero for never
	pending    map[string]pending // by hash: what golden questions forbade
	vanished   vanished           // what administrators are asked about
	bad        []library.Bad      // reports in force that can't be answered from
	trouble    map[string]string  // what is wrong now, by its kind
	considered map[string]bool    // changes whose readers were looked for, by what was ended and when

	checked time.Time // when room and bad reports were last looked after
	passing time.Time // since when a look at the folder is under way, zero for none

	told    map[string]string // file of the folder → why, logged once
	arrived []bot.Arrival     // by the folder, and not told yet
}

// people are those whom changes concern; *bot.Handler reaches them.
type people interface {
	Recall([]library.Ended, func(library.Ended) (library.Version, error))
	Refused(file string, why *bot.GoldenChanged)
	Arrived([]bot.Arrival)
	Vanished(key string, files []string, of int)
	ReadOtherwise(key string, reports []bot.Reread)
	Trouble(kind, about string)
}

// New is a keeper of the library under dir, which need not exist yet. It
// answers nothing.
func New(dir string) *Keeper {
	reader := Reader{filepath.Join(dir, "library", "read"), ReaderOf(dir)}
	reports := library.Open(filepath.Join(dir, "library"), reader.Parse)
	reports.Lists = reader.Reports
	reports.Keep(reader.heads)
	return &Keeper{dir: dir, Library: reports, Lists: reader.Reports, read: reader.Read, trials: trialsOf(dir),
		told: map[string]string{}, pending: map[string]pending{}, trouble: map[string]string{}, considered: map[string]bool{}}
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
func (k *Keeper) Check(ctx context.Context, file string, content []byte) (reports []*corpus.Report, err error) {
	in, err := unpack(ctx, pending{file: file, content: content})
	for _, f := range in.Files {
		r, err := k.read(ctx, f.Name, f.Content)
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
// *bot.GoldenChanged. What was asked for is done to its end: a bot that is told to
// stop does not leave it half done.
func (k *Keeper) Add(file string, content []byte, replace string) ([]library.Version, error) {
	return k.add(context.Background(), pending{file: file, content: content, replace: replace, source: library.ByHand}, true)
}

func (k *Keeper) add(ctx context.Context, p pending, check bool) ([]library.Version, error) {
	if k.record != nil && k.record.Lost() != nil { // what golden questions guard, and what is restricted, can't be told
		return nil, fmt.Errorf("没有收下新报告 nothing is taken while the record can't be read: %w", k.record.Lost())
	}
	in, err := unpack(ctx, p)
	if err != nil {
		return nil, err
	}
	if check {
		if err := k.holdAgainst(ctx, p, in); err != nil {
			return nil, err
		}
	}
	if err := k.inherit(in); err != nil {
		return nil, err
	}
	taken, err := k.Library.Take(in)
	if err != nil {
		return nil, err
	}
	return taken, k.turn()
}

// unpack is what a file brings. Only what may be an archive is read for that.
func unpack(ctx context.Context, p pending) (library.Incoming, error) {
	kind, err := format.Detect(p.file, p.content)
	if err != nil {
		return library.Incoming{}, err
	}
	if kind != document.Archive {
		return library.Incoming{Files: []library.File{{Name: p.file, Content: p.content}}, Source: p.source, Replace: p.replace}, nil
	}
	files, err := format.ReadAll(ctx, p.file, p.content, document.Default)
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
func (k *Keeper) inherit(in library.Incoming) error {
	if k.record == nil || in.Replace == "" {
		return nil
	}
	old, err := k.Library.Find(in.Replace)
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
func (k *Keeper) holdAgainst(ctx context.Context, p pending, in library.Incoming) error {
	changes, err := k.goldenChanges(ctx, func() ([]corpus.Source, error) { return k.would(ctx, in) })
	if err != nil || len(changes) == 0 {
		return err
	}
	key := keyOf(p.content)
	k.mu.Lock()
	defer k.mu.Unlock()
	p.why = &bot.GoldenChanged{Pending: key, Changes: changes}
	k.pending[key] = p
	return p.why
}

// goldenChanges is the golden questions that other reports would answer otherwise. These
// are not asked for where there is no such question.
func (k *Keeper) goldenChanges(ctx context.Context, would func() ([]corpus.Source, error)) ([]bot.GoldenChange, error) {
	if k.record == nil || k.Live == nil {
		return nil, nil
	}
	golden, err := k.record.Goldens()
	if err != nil || len(golden) == 0 {
		return nil, err
	}
	reports, err := would()
	if err != nil {
		return nil, err
	}
	e, err := k.Live.Beside(corpus.Of(reports...))
	if err != nil {
		return nil, err
	}
	defer e.Close()
	changes := bot.HeldAgainst(ctx, golden, k.Live, e)
	return changes, ctx.Err() // a question that was broken off has no other answer
}

// would is the reports as they would be with what comes.
func (k *Keeper) would(ctx context.Context, in library.Incoming) (would []corpus.Source, err error) {
	gone := map[string]bool{}
	if in.Replace != "" {
		old, err := k.Library.Find(in.Replace)
		if err != nil {
			return nil, err
		}
		gone[old.Name] = true
	}
	for _, f := range in.Files {
		r, err := k.read(ctx, f.Name, f.Content)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		gone[r.Name] = true
		would = append(would, r.Source())
	}
	reports, _, err := k.Library.Reports()
	for _, r := range reports {
		if !gone[r.Name] {
			would = append(would, r)
		}
	}
	return would, err
}

// waits is why a content is not taken now: an administrator is asked about it.
func (k *Keeper) waits(key string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.pending[key].why
}

func keyOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

// Adopt takes what a golden question forbade.
func (k *Keeper) Adopt(key string) ([]library.Version, error) {
	k.mu.Lock()
	p, ok := k.pending[key]
	delete(k.pending, key)
	k.mu.Unlock()
	if !ok {
		return nil, library.ErrUnknown
	}
	return k.add(context.Background(), p, false)
}

// Leave drops it. What lies in the folder goes on waiting there: dropped, it
// would be asked about again a second later.
func (k *Keeper) Leave(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pending[key].source != library.ByFolder {
		delete(k.pending, key)
	}
}

// Replaced is the report in force of that ID with the one that it replaced last, else
// library.ErrUnknown.
func (k *Keeper) Replaced(report string) (library.Version, error) {
	changes, err := k.Library.Since(time.Time{})
	if err != nil {
		return library.Version{}, err
	}
	for _, c := range changes {
		if c.New != nil && corpus.ReportID(c.New.Name) == report {
			return k.Library.Version(c)
		}
	}
	return library.Version{}, library.ErrUnknown
}

// Withdraw withdraws a report. It returns when no answer can come from it any
// more and a query of the index has shown that.
func (k *Keeper) Withdraw(name string) (title string, err error) {
	gone, err := k.Library.Withdraw(name)
	if err != nil {
		return "", err
	}
	if err := k.turn(); err != nil {
		return "", err
	}
	return gone.Title, k.proveGone(gone)
}

func (k *Keeper) proveGone(gone library.Entry) error {
	held, err := k.Live.Holds(corpus.ReportID(gone.Name))
	if err == nil && held {
		err = fmt.Errorf("the index still has paragraphs of %q", gone.Title)
	}
	return err
}

// turn makes the library's reports the ones that are answered from, and tells
// those who were shown figures that have changed.
func (k *Keeper) turn() error {
	if k.Live == nil {
		return nil
	}
	if err := k.turnLive(); err != nil {
		return err
	}
	k.recall(time.Now().Add(-time.Minute))
	return nil
}

func (k *Keeper) turnLive() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	stamp := k.Library.Stamp()
	c, bad, err := k.InForce()
	if err != nil {
		return err
	}
	if err := k.Live.Turn(c); err != nil {
		return err
	}
	if k.serves {
		if err := library.Serve(k.dir, stamp); err != nil {
			slog.Warn("a command can't be told what is answered from now", "cause", err)
		}
	}
	if k.folder != nil {
		k.folder.turned.Store(true)
	}
	k.bad, k.seen, k.again = bad, stamp, time.Now().Add(recallAgain)
	return nil
}

// recall tells of the changes since then: whoever was told is not told again, so
// those of a time when the bot did not run are told at its start. A change is
// looked at once, and once more a moment later: of thousands that ended in a
// month nearly all were never shown to anybody.
func (k *Keeper) recall(since time.Time) {
	them := k.them()
	if them == nil {
		return
	}
	changes, err := k.Library.Since(since)
	if err != nil {
		slog.Error("those who were shown figures that have changed can't be told", "cause", err)
	}
	for _, c := range slices.Backward(changes) { // the first before the next: who was shown 36 is told of 36 → 41, and of 41 → 45
		key := fmt.Sprint(c.Old.Hash, c.Old.Ended, c.Again != nil)
		k.mu.Lock()
		known := k.considered[key]
		k.considered[key] = time.Since(c.Old.Ended) > 2*recallAgain && (c.Again == nil || time.Since(c.Again.Added) > 2*recallAgain)
		k.mu.Unlock()
		if !known {
			them.Recall([]library.Ended{c}, k.Library.Version)
		}
	}
}

// recallAgain is when readers are looked for once more after a change: whoever
// was just being answered from the old reports is in the record by then.
const recallAgain = 5 * time.Second

// InForce is the corpus of the library's reports, and those that it lacks
// because they can't be read. Where no library was ever made it is the report
// within the program; one that was and is gone is library.ErrLost.
func (k *Keeper) InForce() (*corpus.Corpus, []library.Bad, error) {
	entries, err := k.Library.Entries()
	if err != nil {
		return nil, nil, err
	}
	if len(entries) == 0 {
		c, err := k.Lists.Embedded()
		return c, nil, err
	}
	reports, bad, err := k.Library.Reports()
	if err != nil {
		return nil, nil, err
	}
	for _, b := range bad {
		slog.Error("一份报告不能使用，其余照常回答 a report is left out, the others are answered from", "file", b.File, "title", b.Title, "cause", b.Err)
	}
	return corpus.Of(reports...), bad, nil
}

// Open opens the library under dir and the engine on its reports. A folder of
// reports is taken in first; a file of it that can't be read, or that a golden
// question forbids, is left out and told of. reports may name one file, which is
// then answered from in place of the library; "" names nothing.
func Open(ctx context.Context, dir, reports string, kept *record.Record) (*Keeper, error) {
	k := New(dir)
	k.record = kept
	info, err := os.Stat(reports)
	if err == nil && !info.IsDir() {
		c, err := k.Lists.Load(ctx, reports)
		if err != nil {
			return nil, err
		}
		k.Live, err = index.OpenLive(dir, c)
		return k, err
	}
	if golden, err := kept.Goldens(); err == nil && len(golden) > 0 {
		if err := k.open(); err != nil {
			return nil, err
		}
	}
	if reports != "" {
		k.folder = &folder{dir: reports}
		if err := k.firstPass(); err != nil {
			k.Close()
			return nil, err
		}
	}
	return k, k.open()
}

// open opens the engine on the reports in force, unless it is open.
func (k *Keeper) open() error {
	if k.Live != nil {
		return nil
	}
	k.seen = k.Library.Stamp()
	c, bad, err := k.InForce()
	if err != nil {
		return err
	}
	k.bad = bad
	k.Live, err = index.OpenLive(k.dir, c)
	return err
}

// patience with a folder on a share that does not answer, at the start.
var patience = 20 * time.Second

// firstPass takes the folder in at the start. That some file can't be read does
// not keep the bot from answering, nor does a folder that is not there or does
// not answer, while there are reports; that there are none to answer from is an
// error.
func (k *Keeper) firstPass() error {
	passed := make(chan error, 1)
	go func() {
		for range 2 { // what was copied right before the start has settled by the second
			if err := k.takeFolder(false); err != nil || k.any() {
				passed <- err
				return
			}
			time.Sleep(settled)
		}
		passed <- nil
	}()
	var err error
	select {
	case err = <-passed:
	case <-time.After(patience):
		err = errors.New("the folder of reports does not answer: is its share mounted?")
	}
	if err != nil && k.any() {
		slog.Error("the folder of reports can't be taken in: the reports of the library are answered from", "cause", err)
		return nil
	}
	return err
}

// any tells whether the library has a report in force.
func (k *Keeper) any() bool {
	entries, err := k.Library.Entries()
	return err == nil && len(library.InForce(entries)) > 0
}

// Serve tells whom changes concern, and whether this process alone serves the
// folder of data.
func (k *Keeper) Serve(h people, alone bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.people, k.serves = h, alone
}

// them is whom changes concern, nil while nobody is there.
func (k *Keeper) them() people {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.people
}

// Close releases the index.
func (k *Keeper) Close() error {
	if k.Live == nil {
		return nil
	}
	return k.Live.Close()
}

var _ bot.Keeper = (*Keeper)(nil)
