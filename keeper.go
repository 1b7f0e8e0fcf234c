package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/library"
	"reportbot/index"
)

// keeper changes the reports while the bot runs: by what is said in chat, by
// what lies in the watched folder, and by what commands did to the library.
type keeper struct {
	library *library.Library
	live    *index.Live
	folder  string                          // watched; "" for none
	golden  func() ([]record.Golden, error) // questions that must not change; nil for none

	mu      sync.Mutex
	seen    string             // the library's stamp when its reports were last taken
	refused map[string]string  // file of the folder → why, told once
	pending map[string]pending // by hash: what golden questions forbade
}

// pending is a report that waits for an administrator's word.
type pending struct {
	file    string
	content []byte
	source  library.Source
	why     error
}

// Check reads a file without adding it.
func (k *keeper) Check(file string, content []byte) (*corpus.Report, error) {
	return parse(file, content)
}

// Add adds a report or replaces the one of its name, and makes it one that is
// answered from. Where that would change the answer to a golden question,
// nothing is changed, and the error is a *bot.GoldenChanged.
func (k *keeper) Add(file string, content []byte) (added, old *corpus.Report, err error) {
	return k.add(pending{file: file, content: content, source: library.ByHand}, true)
}

func (k *keeper) add(p pending, check bool) (added, old *corpus.Report, err error) {
	if check {
		if err := k.holdAgainst(p); err != nil {
			return nil, nil, err
		}
	}
	if added, old, err = k.library.Add(p.file, p.content, p.source); err != nil {
		return nil, nil, err
	}
	return added, old, k.turn()
}

// holdAgainst asks the golden questions of the reports as they would be.
func (k *keeper) holdAgainst(p pending) error {
	if k.golden == nil {
		return nil
	}
	golden, err := k.golden()
	if err != nil || len(golden) == 0 {
		return err
	}
	added, err := parse(p.file, p.content)
	if err != nil {
		return err
	}
	var would []*corpus.Report
	for _, r := range k.live.Corpus().Reports {
		if r.ID != added.ID {
			would = append(would, r)
		}
	}
	e, err := k.live.Beside(corpus.New(append(would, added)...))
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

func keyOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

// Adopt takes a report that a golden question forbade.
func (k *keeper) Adopt(key string) (added, old *corpus.Report, err error) {
	k.mu.Lock()
	p, ok := k.pending[key]
	delete(k.pending, key)
	k.mu.Unlock()
	if !ok {
		return nil, nil, library.ErrUnknown
	}
	return k.add(p, false)
}

// Leave drops it.
func (k *keeper) Leave(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.pending, key)
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

// turn makes the library's reports the ones that are answered from.
func (k *keeper) turn() error {
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
	k.seen = stamp
	return nil
}

// pollEvery is how soon a changed folder is seen.
const pollEvery = time.Second

// watch takes what changes in the folder and in the library until ctx ends.
func (k *keeper) watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pollEvery):
		}
		if k.folder != "" {
			if changes, err := k.library.Sync(k.folder, format.Known, true, k.addFromFolder); err != nil {
				slog.Error("the folder of reports can't be read", "cause", err)
			} else {
				k.tell(changes)
			}
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

// addFromFolder adds a file of the folder, unless it waits for a word already.
func (k *keeper) addFromFolder(file string, content []byte) error {
	k.mu.Lock()
	waits := k.pending[keyOf(content)]
	k.mu.Unlock()
	if waits.why != nil {
		return waits.why
	}
	_, _, err := k.add(pending{file: file, content: content, source: library.ByFolder}, true)
	return err
}

func (k *keeper) seenStamp() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.seen
}

// tell logs what became of the folder's files; a refusal once.
func (k *keeper) tell(changes []library.Change) {
	for _, c := range changes {
		switch {
		case c.Err == nil:
			slog.Info("a report of the folder was "+c.What, "file", c.File)
		case k.refused[c.File] != c.Err.Error():
			k.refused[c.File] = c.Err.Error()
			slog.Error("a file of the folder can't be read and is left out", "file", c.File, "cause", c.Err)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// parse reads a file of any format as a report. In the library a report has a
// name of its own, that of its file: an archive of several is unpacked first.
func parse(file string, content []byte) (*corpus.Report, error) {
	reports, err := corpus.ReadFile(context.Background(), file, content)
	if err != nil {
		return nil, err
	}
	if len(reports) != 1 {
		return nil, fmt.Errorf("the archive holds %d reports: add each by itself", len(reports))
	}
	if r := reports[0]; r.Name != library.NameOf(file) {
		return corpus.ParseDocument(library.NameOf(file), r.Document)
	}
	return reports[0], nil
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
	return corpus.New(reports...), nil
}

// keep opens the library and the engine on its reports. A folder of reports is
// taken in first; a file of it that can't be read is an error at the start.
func (s *settings) keep() (*keeper, error) {
	if err := s.extend(); err != nil {
		return nil, err
	}
	k := &keeper{library: library.Open(filepath.Join(s.Data, "library"), parse), refused: map[string]string{}, pending: map[string]pending{}}
	if info, err := os.Stat(s.Reports); s.Reports != "" && err == nil && info.IsDir() {
		k.folder = s.Reports
		changes, err := k.library.Sync(k.folder, format.Known, false, nil)
		for _, c := range changes {
			if c.Err != nil {
				err = errors.Join(err, fmt.Errorf("reading report %q: %w", c.File, c.Err))
			}
		}
		if err != nil {
			return nil, err
		}
	} else if s.Reports != "" {
		c, err := corpus.Load(s.Reports)
		if err != nil {
			return nil, err
		}
		k.live, err = index.OpenLive(s.Data, c)
		return k, err
	}
	k.seen = k.library.Stamp()
	c, err := inForce(k.library)
	if err != nil {
		return nil, err
	}
	k.live, err = index.OpenLive(s.Data, c)
	return k, err
}

var _ bot.Keeper = (*keeper)(nil)
