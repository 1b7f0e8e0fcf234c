package store

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"reportbot/corpus"
)

// An index is never changed once it is in its place: readers of the old one see
// the old one to the end. When a report is added, replaced or withdrawn, a new
// index is made from the last: its segments, which scorch never changes either,
// are linked and not copied, then the paragraphs of that report are written and
// those that are gone deleted. So a change costs what the report costs.

// manifest is what an index holds: by report.
type manifest map[string]heldReport

type heldReport struct {
	Hash       string
	Paragraphs int
}

var manifestKey = []byte("reports")

// built is what the index holds that this process built last: the next one is built
// from it, and of 20,000 reports the manifest takes 40 ms to read.
var built lastBuilt

type lastBuilt struct {
	mu    sync.Mutex
	place string
	held  manifest
}

func (l *lastBuilt) at(place string) manifest {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.place != place {
		return nil
	}
	return l.held
}

func (l *lastBuilt) set(place string, held manifest) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.place, l.held = place, held
}

// base is an index to begin from. The nil base has nothing.
type base struct {
	place string
	held  manifest
	stale map[string]bool // reports of it that the corpus has no more, or has otherwise
	ids   []string        // their paragraphs
}

// mostChanged: from more than this share of new paragraphs on, an index is
// built from nothing, which leaves fewer segments.
const mostChanged = 0.5

// nearly all that the corpus has in an index makes it the base: at a million paragraphs
// each of the older ones takes 50 ms to look into, and the last is the one.
const nearly = 0.99

// baseFor is the index under dir that has most of the corpus, nil for none.
func baseFor(dir, place string, c *corpus.Corpus) (best *base) {
	places, _ := filepath.Glob(filepath.Join(dir, "index-"+schema+"-*"))
	slices.SortFunc(places, func(a, b string) int { return modified(b).Compare(modified(a)) })
	most := 0
	total := 0
	for _, r := range c.Reports {
		total += r.Length
	}
	for _, p := range places {
		b := readBase(p, c)
		if p == place || b == nil {
			continue
		}
		shared := 0
		for _, r := range c.Reports {
			if b.has(r) {
				shared += r.Length
			}
		}
		if shared > most && float64(shared) >= float64(total)*(1-mostChanged) {
			best, most = b, shared
		}
		if float64(most) >= float64(total)*nearly {
			break
		}
	}
	if best != nil && best.findStale() != nil {
		return nil
	}
	return best
}

func readBase(place string, c *corpus.Corpus) *base {
	index, err := openReadOnly(place)
	if err != nil {
		return nil
	}
	defer index.Close()
	b := &base{place: place, stale: map[string]bool{}}
	if b.held = built.at(place); b.held == nil {
		list, err := index.GetInternal(manifestKey)
		if err != nil || json.Unmarshal(list, &b.held) != nil {
			return nil
		}
	}
	now := map[string]string{}
	for _, r := range c.Reports {
		now[r.ID] = r.Hash
	}
	for id, r := range b.held {
		b.stale[id] = now[id] != r.Hash
	}
	return b
}

// findStale lists the paragraphs of the stale reports: their IDs begin with the report's.
func (b *base) findStale() error {
	index, err := openReadOnly(b.place)
	if err != nil {
		return err
	}
	defer index.Close()
	for report, stale := range b.stale {
		if !stale {
			continue
		}
		ids, err := paragraphsOf(index, report, b.held[report].Paragraphs)
		if err != nil {
			return err
		}
		b.ids = append(b.ids, ids...)
	}
	return nil
}

// Paragraphs is the IDs of a report's documents; atMost is about how many there are.
func (s *Store) Paragraphs(report string, atMost int) ([]string, error) {
	return paragraphsOf(s.index, report, atMost)
}

// paragraphsOf is the IDs of a report's documents in an index. They are looked
// up in the dictionary of IDs, where those deleted stand until segments are
// merged, and each is asked for.
func paragraphsOf(index bleve.Index, report string, atMost int) ([]string, error) {
	inner, err := index.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	dict, err := reader.FieldDictPrefix("_id", []byte(report+"-"))
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	names := make([]string, 0, atMost)
	for entry, err := dict.Next(); entry != nil || err != nil; entry, err = dict.Next() {
		if err != nil {
			return nil, err
		}
		names = append(names, entry.Term)
	}
	return present(reader, names)
}

// present is those of the IDs that are there.
func present(reader bleveindex.IndexReader, names []string) (ids []string, err error) {
	those, err := reader.DocIDReaderOnly(names)
	if err != nil {
		return nil, err
	}
	defer those.Close()
	for id, err := those.Next(); id != nil || err != nil; id, err = those.Next() {
		if err != nil {
			return nil, err
		}
		name, err := reader.ExternalID(id)
		if err != nil {
			return nil, err
		}
		ids = append(ids, name)
	}
	return ids, nil
}

// has tells whether the base holds a report as it is now.
func (b *base) has(r *corpus.Head) bool { return b != nil && b.held[r.ID].Hash == r.Hash }

// gone are the paragraphs to delete: those of stale reports that the corpus
// does not write anew.
func (b *base) gone(c *corpus.Corpus) (ids []string) {
	if b == nil {
		return nil
	}
	for _, id := range b.ids {
		if c.Paragraph(id) == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// copyTo opens a copy of the base to be changed; nil for the nil base.
func (b *base) copyTo(place string) (bleve.Index, error) {
	if b == nil {
		return nil, nil
	}
	err := filepath.WalkDir(b.place, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(place, strings.TrimPrefix(path, b.place))
		switch {
		case d.IsDir():
			return os.MkdirAll(to, 0o755)
		case strings.HasSuffix(path, ".zap"):
			if os.Link(path, to) == nil {
				return nil
			}
		}
		return copyFile(path, to)
	})
	if err != nil {
		return nil, err
	}
	return bleve.OpenUsing(place, map[string]any{"bolt_timeout": "5s"})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
