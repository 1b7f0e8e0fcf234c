package upkeep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library"
	"reportbot/index"
)

// Change opens the library to be changed by a command. Where there are golden
// questions, there is an engine to ask them of. The record keeps questions that
// many days.
func Change(dir string, days int, do func(*Keeper) error) error {
	k := New(dir)
	defer k.Close()
	if _, err := os.Stat(filepath.Join(dir, record.FileName)); err != nil {
		return do(k) // there is no record: nothing is restricted or golden
	}
	kept, err := record.Open(dir, days)
	if err != nil {
		return err
	}
	defer kept.Close()
	k.record = kept
	golden, err := kept.Goldens()
	if err != nil {
		return err
	}
	if len(golden) > 0 {
		if err := k.open(); err != nil {
			return err
		}
	}
	return do(k)
}

// AddFile adds the reports of a file, or replaces the report named; force does
// so even where a confirmed answer changes. A file above the limit is not read.
func (k *Keeper) AddFile(ctx context.Context, file, replace string, force bool) ([]library.Version, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if most := document.Default.File; info.Size() > most {
		return nil, document.Refuse(document.TooLarge, "the file has %d MB; %d are allowed", info.Size()>>20, most>>20)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return k.add(ctx, pending{file: file, content: content, replace: replace, source: library.ByHand}, !force)
}

// OpenLibrary opens the library of a folder and the engine on its reports, for a
// command.
func OpenLibrary(dir string) (*Keeper, error) {
	k := New(dir)
	return k, k.open()
}

// Verified is what Verify counted, and the reports that this program reads otherwise than
// when they were taken.
type Verified struct {
	Reports, Paragraphs, Figures int
	Otherwise                    []bot.Reread
	Versions                     []library.Entry // of these, in the same order
	Unkept                       []library.Entry // what was read of them is not kept, or lost
}

func (v *Verified) add(again library.Reread) {
	switch {
	case again.Differs():
		v.Otherwise, v.Versions = append(v.Otherwise, bot.RereadOf(again)), append(v.Versions, again.Entry)
	case again.Unkept():
		v.Unkept = append(v.Unkept, again.Entry)
	}
}

// Verify reads every original of the library back, and compares what is answered from with
// it and with what the index holds.
func Verify(ctx context.Context, dir string) (v Verified, err error) {
	k := New(dir)
	if err := k.Library.Verify(Reader{Reports: k.Lists}.Parse, v.add); err != nil {
		return v, err
	}
	c, bad, err := k.InForce()
	if err != nil {
		return v, err
	}
	for _, b := range bad {
		err = errors.Join(err, fmt.Errorf("reading %w", b))
	}
	if err != nil {
		return v, err
	}
	e, err := index.Open(dir, c)
	if err != nil {
		return v, err
	}
	defer e.Close()
	if v.Paragraphs, err = e.Verify(ctx); err != nil {
		return v, err
	}
	v.Reports = len(c.Reports)
	for r := range c.All {
		v.Figures += figuresOf(r)
	}
	return v, nil
}

func figuresOf(r *corpus.Report) (n int) {
	for _, p := range r.Paragraphs {
		n += len(p.Figures())
	}
	return n
}
