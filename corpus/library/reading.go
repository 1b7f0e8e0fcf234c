package library

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library/reserve"
)

// What a reader made of an original is kept with the report, by the hash of what is
// kept, and named in the manifest: it is answered from until somebody takes another
// reading. A newer program may read a table otherwise, mostly better, and no figure
// that was checked should become another because a program was put in place of an
// older one. Verify says what would change, TakeReadings takes it, as a new version
// of the report with the same original, so that whoever was shown the old figures is
// told of the new.
//
// Of plain text nothing is kept: what was read is the original itself. A report of
// before readings were kept, and one whose reading is lost, is answered from its
// original as the program reads it now.

// keptReading is a reading as it stands on disk.
type keptReading struct {
	Form     int                `json:"form"`
	Document *document.Document `json:"document"`
}

// readingForm is another where what earlier programs kept can't be answered from any
// more. What is new in a document and was not kept is what its reader did not tell.
const readingForm = 1

func (l *Library) readingOf(hash string) string { return filepath.Join(l.dir, "readings", hash) }

// encodeReading is a report's reading as it is kept, nil for one that is its original.
func encodeReading(r *corpus.Report) ([]byte, error) {
	if r.Document == nil || r.Document.Kind == document.Text {
		return nil, nil
	}
	return json.Marshal(keptReading{readingForm, r.Document})
}

// keepReading keeps the reading of a report, and returns its hash; "" for none.
func (l *Library) keepReading(r *corpus.Report) (hash string, err error) {
	body, err := encodeReading(r)
	if err != nil || body == nil {
		return "", err
	}
	hash = HashOf(body)
	if err := writeWhole(l.readingOf(hash), body); err != nil {
		return "", fmt.Errorf("keeping what was read: %w", err)
	}
	return hash, nil
}

// kept is the document that was kept of a version; nil where there is none that can be
// answered from.
func (l *Library) kept(e Entry) *document.Document {
	if e.Reading == "" {
		return nil
	}
	body, err := os.ReadFile(l.readingOf(e.Reading))
	var k keptReading
	if err == nil && HashOf(body) != e.Reading {
		err = errors.New("it is not what was kept")
	}
	if err == nil {
		err = json.Unmarshal(body, &k)
	}
	if err == nil && (k.Form != readingForm || k.Document == nil) {
		err = fmt.Errorf("its form is %d, and %d is read", k.Form, readingForm)
	}
	if err != nil {
		slog.Warn("what was kept of a report can't be used: it is answered from its original as it is read now", "file", e.File, "cause", err)
		return nil
	}
	return k.Document
}

// Reread is a report in force as a reader reads its original. Old is what is answered
// from; nil where nothing was kept of it.
type Reread struct {
	Entry
	Old, New *corpus.Report
}

// Differs tells whether the reader reads otherwise than what was kept.
func (r Reread) Differs() bool {
	if r.Old == nil {
		return false
	}
	before, err := encodeReading(r.Old)
	after, other := encodeReading(r.New)
	return err == nil && other == nil && !bytes.Equal(before, after)
}

// Unkept tells a report of which nothing is kept that should be.
func (r Reread) Unkept() bool { return r.Old == nil && r.New.Document.Kind != document.Text }

// Reread reads the original of a version again.
func (l *Library) Reread(read Reader, e Entry) (again Reread, err error) {
	again.Entry = e
	content, err := l.content(e)
	if err != nil {
		return again, err
	}
	if again.New, err = guarded(read, e.File, content); err != nil {
		return again, err
	}
	if d := l.kept(e); d != nil {
		again.Old, err = guarded(l.parsed(d), e.File, nil)
	}
	return again, err
}

// parsed is a reader of what was kept.
func (l *Library) parsed(d *document.Document) Reader {
	lists := l.Lists
	if lists == nil {
		lists = corpus.Builtin()
	}
	return func(file string, _ []byte) (*corpus.Report, error) { return lists.ParseDocument(NameOf(file), d) }
}

// TakeReadings has the versions of that list that are in force still answered from as
// read reads their originals now, all of them in one step, and returns what they are
// then. One that nothing was kept of stays the version that it is: no answer changes.
func (l *Library) TakeReadings(read Reader, list []Entry) (taken []Entry, err error) {
	if reserve.Full(filepath.Dir(l.dir)) {
		return nil, fmt.Errorf("keeping what was read: %w", syscall.ENOSPC)
	}
	fresh := map[string]freshReading{} // by key
	for _, e := range list {
		again, err := l.Reread(read, e)
		if err != nil {
			return nil, fmt.Errorf("reading %w", Bad{e, err})
		}
		now := e
		now.Title = again.New.Title
		if now.Reading, err = l.keepReading(again.New); err != nil {
			return nil, err
		}
		fresh[e.key()] = freshReading{now, again.Differs()}
	}
	err = l.change(true, func(all []Entry) ([]Entry, error) {
		all, taken = l.reread(all, fresh)
		return all, nil
	})
	return taken, err
}

// freshReading is an entry with its new reading, and whether that is another.
type freshReading struct {
	Entry
	differs bool
}

// reread puts entries with a new reading into force: one that is another is a version of
// its own.
func (l *Library) reread(all []Entry, fresh map[string]freshReading) (_, taken []Entry) {
	now := l.now().UTC().Round(0)
	for i := range all { // not those that are appended
		e := &all[i]
		again, ok := fresh[e.key()]
		switch {
		case !ok || !e.Ended.IsZero():
		case again.differs:
			e.Ended, e.EndedBy = now, ByHand
			again.Added, again.Replaces = now, e.Name
			all, taken = append(all, again.Entry), append(taken, again.Entry)
		case again.Reading != e.Reading:
			e.Reading = again.Reading
			taken = append(taken, *e)
		}
	}
	return all, taken
}
