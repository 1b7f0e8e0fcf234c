package upkeep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

// A report is answered from as it was read when it was taken (corpus/library, reading.go).
// A new build of the program reads each original once more, in the background and a fifth
// of the time, and tells administrators what it reads otherwise; the command verify tells
// the same at once. Taken is what they say is to be taken, and the golden questions are
// asked of it before.

// otherwise is what this build reads otherwise, as it is kept between the notice and the
// word of an administrator: which versions are meant.
type otherwise struct {
	Key      string          `json:"key"`
	Versions []library.Entry `json:"versions"`
}

// otherwiseFile stands under the build: another has not looked yet.
func (k *Keeper) otherwiseFile() string {
	return filepath.Join(k.dir, "library", "read", build(), "otherwise.json")
}

// restOf is how much longer than it read the pass rests after each report.
const restOf = 4

// compareReadings has this build read every original once, and tells administrators of
// those that it reads otherwise. Nothing is told of a pass that was broken off: the next
// start begins it anew.
func (k *Keeper) compareReadings(ctx context.Context) error {
	if _, err := os.Stat(k.otherwiseFile()); err == nil {
		return nil
	}
	entries, err := k.Library.Entries()
	if err != nil {
		return err
	}
	var differs, unkept []library.Entry
	var told []bot.Reread
	for _, e := range library.InForce(entries) {
		began := time.Now()
		again, err := k.Library.Reread(k.reading(ctx), e)
		switch {
		case err != nil: // that it can't be read is told elsewhere
		case again.Differs():
			differs, told = append(differs, e), append(told, bot.RereadOf(again))
		case again.Unkept():
			unkept = append(unkept, e)
		}
		if sleep(ctx, restOf*time.Since(began)); ctx.Err() != nil {
			return nil
		}
	}
	if len(unkept) > 0 { // as they are answered from: nothing changes
		if _, err := k.Library.TakeReadings(k.reading(ctx), unkept); err != nil {
			return err
		}
	}
	o, err := k.keepOtherwise(differs)
	if them := k.them(); err == nil && them != nil && len(told) > 0 {
		them.ReadOtherwise(o.Key, told)
	}
	return err
}

func (k *Keeper) keepOtherwise(differs []library.Entry) (o otherwise, err error) {
	var names []byte
	for _, e := range differs {
		names = fmt.Append(names, e.File, e.Hash, e.Reading, "\n")
	}
	o = otherwise{keyOf(names), differs}
	body, err := json.Marshal(o)
	if err != nil {
		return o, err
	}
	if err := os.MkdirAll(filepath.Dir(k.otherwiseFile()), 0o755); err != nil {
		return o, err
	}
	return o, os.WriteFile(k.otherwiseFile(), body, 0o600)
}

// reading is how the library reads a file again.
func (k *Keeper) reading(ctx context.Context) library.Reader {
	return func(file string, content []byte) (*corpus.Report, error) { return k.read(ctx, file, content) }
}

// TakeOtherwise takes the readings that administrators were told of under that key, and
// returns how many reports they are of; force does so even where the answer to a golden
// question changes. library.ErrUnknown where there is nothing to take any more.
func (k *Keeper) TakeOtherwise(key string, force bool) (n int, err error) {
	var o otherwise
	body, err := os.ReadFile(k.otherwiseFile())
	if err != nil || json.Unmarshal(body, &o) != nil || o.Key != key {
		return 0, library.ErrUnknown
	}
	return k.TakeReadings(o.Versions, force)
}

// TakeReadings takes the readings of these versions, as far as they are in force, likewise.
func (k *Keeper) TakeReadings(list []library.Entry, force bool) (n int, err error) {
	ctx := context.Background() // what an administrator asked for is done to its end
	if k.record != nil && k.record.Lost() != nil {
		return 0, fmt.Errorf("没有采用 nothing is taken while the record can't be read: %w", k.record.Lost())
	}
	entries, err := k.Library.Entries()
	if err != nil {
		return 0, err
	}
	list = stillAnswered(list, library.InForce(entries))
	if len(list) == 0 {
		return 0, library.ErrUnknown
	}
	if !force {
		if err := k.holdReadings(ctx, list); err != nil {
			return 0, err
		}
	}
	taken, err := k.Library.TakeReadings(k.reading(ctx), list)
	if err != nil {
		return 0, err
	}
	return len(taken), k.turn()
}

// stillAnswered is those of the list that are in force as they were.
func stillAnswered(list, inForce []library.Entry) []library.Entry {
	return slices.DeleteFunc(slices.Clone(list), func(e library.Entry) bool {
		return !slices.ContainsFunc(inForce, func(now library.Entry) bool {
			return now.Name == e.Name && now.Hash == e.Hash && now.Reading == e.Reading
		})
	})
}

// holdReadings asks the golden questions of the reports as read now.
func (k *Keeper) holdReadings(ctx context.Context, list []library.Entry) error {
	changes, err := k.goldenChanges(ctx, func() ([]corpus.Source, error) { return k.wouldRead(ctx, list) })
	if err == nil && len(changes) > 0 {
		err = &bot.GoldenChanged{Changes: changes}
	}
	return err
}

// wouldRead is the reports as they would be with new readings. None of these is held in
// memory: it is opened from what the reader keeps.
func (k *Keeper) wouldRead(ctx context.Context, list []library.Entry) (would []corpus.Source, err error) {
	again := map[string]bool{}
	for _, e := range list {
		r, err := k.Library.Reread(k.reading(ctx), e)
		if err != nil {
			return nil, fmt.Errorf("reading %w", library.Bad{Entry: e, Err: err})
		}
		head := r.New.Head
		again[head.Name] = true
		would = append(would, corpus.Source{Head: head, Open: func() (*corpus.Report, error) {
			r, err := k.Library.Reread(k.reading(ctx), e)
			if err != nil {
				return nil, err
			}
			if *r.New.Head != *head {
				return nil, errors.New("read twice it is not the same")
			}
			r.New.Head = head
			return r.New, nil
		}})
	}
	reports, _, err := k.Library.Reports()
	for _, r := range reports {
		if !again[r.Name] {
			would = append(would, r)
		}
	}
	return would, err
}
