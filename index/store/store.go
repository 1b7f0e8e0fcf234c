// Package store is the index of the reports, and the only room that knows bleve. It nominates
// paragraphs by ID and tells how rare a gram is; it holds no text.
package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
)

// schema changes when the same reports are to be indexed in another way.
const schema = "5"

// textField of a paragraph's document has its words and those of its headings.
// Documents for figures beside it, with the words around each, were tried: no
// right answer more in 5,700 questions, and a third of the time.
const textField = "text"

// reportField has the ID of its report: a place whose reports a question names may
// have two hundred of them. They were told by the beginning of their paragraphs' IDs
// before, a search for each of ten thousand terms: at a million paragraphs half of the
// questions took a second and more.
const reportField = "report"

func init() {
	// Reports' paragraphs differ in length for no reason of content: b 0.4
	// instead of 0.75 found half a point more of the right paragraphs. bleve knows
	// its parameters as variables of its package only (scorer_term.go reads them at
	// each hit), so this is set once for the process, before any index is opened.
	search.BM25_b = 0.4
}

// Store is the bleve index. It nominates paragraphs by ID and tells how rare a
// gram is; it holds no text.
type Store struct {
	index  bleve.Index
	reader bleveindex.IndexReader
	Docs   float64 // paragraphs of the reports
	Size   float64 // the same in steps, for idf: it takes many reports to change it
	stats  *search.BM25Stats
}

// stepped is a number of paragraphs as rarity is told by: the next of 1024, 4096, 16384 …
// A word is as rare beside an unrelated report as it was without it.
func stepped(docs float64) float64 {
	size := float64(leastSize)
	for size < docs {
		size *= 4
	}
	return size
}

const leastSize = 1024

// averageLength is how many grams a paragraph has to be neither long nor short. bleve
// 2.6 takes for it the distinct terms of all segments by the number of paragraphs,
// rounded up: 1 for a hundred paragraphs of 34 grams, and another number after each
// change of the library, so that an unrelated report changed what is found.
const averageLength = 60

// statistics are what BM25 takes for the length of paragraphs: of IDs it does not
// matter, but the library wants it.
func statistics(docs float64) *search.BM25Stats {
	return &search.BM25Stats{DocCount: docs, FieldCardinality: map[string]int{textField: int(docs) * averageLength, reportField: int(docs)}}
}

func indexMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	m.DefaultAnalyzer = analyzer
	m.StoreDynamic, m.DocValuesDynamic, m.IndexDynamic = false, false, false
	doc := bleve.NewDocumentStaticMapping()
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(textField, f)
	r := bleve.NewTextFieldMapping()
	r.Analyzer = keyword.Name
	r.Store, r.IncludeTermVectors, r.IncludeInAll, r.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(reportField, r)
	m.DefaultMapping = doc
	return m
}

// Open opens the index of the corpus under dir, or builds it there: aside
// first, then renamed, so that a half-written index is never opened. An index
// that can't be opened is built anew. It is opened to read only, so that
// several processes can share it. With dir "" it is held in memory.
func Open(dir string, c *corpus.Corpus) (*Store, error) {
	if dir == "" {
		return inMemory(c)
	}
	place := filepath.Join(dir, "index-"+fingerprint(c))
	if index, err := openReadOnly(place); err == nil {
		return newStore(index, c)
	} else if !errors.Is(err, bleve.ErrorIndexPathDoesNotExist) {
		slog.Warn("the index can't be read and is built anew", "path", place, "cause", err)
		broken, err := setAside(dir, place)
		if err != nil {
			return nil, fmt.Errorf("setting the broken index aside: %w", err)
		}
		defer os.RemoveAll(broken)
	}
	if err := build(dir, place, c, baseFor(dir, place, c)); diskFull(err) {
		slog.Error("the disk is full: this index is held in memory, and built anew at the next start", "cause", err)
		return inMemory(c)
	} else if err != nil {
		return nil, fmt.Errorf("building the index in %s: %w", dir, err)
	}
	removeOthers(dir, place)
	index, err := openReadOnly(place)
	if err != nil {
		return nil, fmt.Errorf("opening the index just built: %w", err)
	}
	return newStore(index, c)
}

func inMemory(c *corpus.Corpus) (*Store, error) {
	index, err := bleve.NewUsing("", indexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	if err := fill(index, c, nil); err != nil {
		return nil, err
	}
	return newStore(index, c)
}

// diskFull: the library wraps the error in some places and quotes it in others.
func diskFull(err error) bool {
	return err != nil && (errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), syscall.ENOSPC.Error()))
}

func fingerprint(c *corpus.Corpus) string { return schema + "-" + c.Fingerprint()[:16] }

// setAside moves a broken index out of its place; whoever still reads it goes on.
func setAside(dir, place string) (broken string, err error) {
	aside, err := os.MkdirTemp(dir, ".broken-*")
	if err != nil {
		return "", err
	}
	return aside, os.Rename(place, filepath.Join(aside, "index"))
}

func openReadOnly(place string) (bleve.Index, error) {
	if err := checkSums(place); err != nil {
		return nil, err
	}
	index, err := bleve.OpenUsing(place, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	if err != nil {
		return nil, err
	}
	if done, err := index.GetInternal([]byte("complete")); err != nil || string(done) != "yes" {
		index.Close()
		return nil, errors.Join(errors.New("the index is incomplete"), err)
	}
	return index, nil
}

// build makes the index aside, from base where there is one, and renames it
// into place.
func build(dir, place string, c *corpus.Corpus, base *base) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(dir, "building-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	fresh := filepath.Join(aside, "index")
	index, err := base.copyTo(fresh)
	if err != nil {
		slog.Warn("the index is built from nothing", "cause", err)
		base, err = nil, os.RemoveAll(fresh)
	}
	if base == nil && err == nil {
		index, err = bleve.NewUsing(fresh, indexMapping(), scorch.Name, scorch.Name, nil)
	}
	if err != nil {
		return err
	}
	err = fill(index, c, base)
	if err = errors.Join(err, index.Close()); err != nil {
		return err
	}
	if err := writeSums(fresh, base); err != nil {
		return err
	}
	if err := os.Rename(fresh, place); err != nil {
		if _, opened := os.Stat(place); opened == nil {
			return nil // another process was quicker with the same index
		}
		return err
	}
	builtFrom(base, place)
	built.set(place, holding(c))
	return nil
}

// keptIndexes of other reports stay: a program that asks other reports under
// the same folder must not take the running bot's index away.
const keptIndexes = 3

// removeOthers removes the oldest indexes of other reports.
func removeOthers(dir, place string) {
	old, _ := filepath.Glob(filepath.Join(dir, "index-*"))
	old = slices.DeleteFunc(old, func(path string) bool { return path == place })
	slices.SortFunc(old, func(a, b string) int { return modified(b).Compare(modified(a)) })
	for _, path := range old[min(len(old), keptIndexes):] {
		if err := os.RemoveAll(path); err != nil {
			slog.Warn("an old index could not be removed", "path", path, "cause", err)
		}
	}
}

func modified(path string) time.Time {
	if info, err := os.Stat(path); err == nil {
		return info.ModTime()
	}
	return time.Time{}
}

// batchSize documents at once; 1,000 were as fast as any larger number.
const batchSize = 1000

// fill writes the reports that base lacks, and takes out those that c lacks.
func fill(index bleve.Index, c *corpus.Corpus, base *base) error {
	batch := index.NewBatch()
	flush := func(from int) error {
		if batch.Size() < from {
			return nil
		}
		err := index.Batch(batch)
		batch = index.NewBatch()
		return err
	}
	for _, r := range c.Reports {
		if base.has(r) {
			continue
		}
		report, err := c.Open(r)
		if err != nil {
			return err
		}
		for _, p := range report.Paragraphs {
			text := r.Title + "\n" + strings.Join(p.Path(), "\n") + "\n" + p.Text()
			if err := batch.Index(p.ID, map[string]any{textField: text, reportField: r.ID}); err != nil {
				return err
			}
			if err := flush(batchSize); err != nil {
				return err
			}
		}
	}
	for _, id := range base.gone(c) {
		batch.Delete(id)
	}
	list, err := json.Marshal(holding(c))
	if err != nil {
		return err
	}
	batch.SetInternal(manifestKey, list)
	batch.SetInternal([]byte("complete"), []byte("yes"))
	return flush(0)
}

// holding is the manifest of an index of all that a corpus has.
func holding(c *corpus.Corpus) manifest {
	held := make(manifest, len(c.Reports))
	for _, r := range c.Reports {
		held[r.ID] = heldReport{r.Hash, r.Length}
	}
	return held
}

func newStore(index bleve.Index, c *corpus.Corpus) (*Store, error) {
	inner, err := index.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	docs := 0
	for _, r := range c.Reports {
		docs += r.Length
	}
	return &Store{index, reader, float64(docs), stepped(float64(docs)), statistics(stepped(float64(docs)))}, nil
}

func (s *Store) Close() error { return errors.Join(s.reader.Close(), s.index.Close()) }

// Frequency is the number of paragraphs that hold a gram, 0 where the index can't be read.
func (s *Store) Frequency(gram string) float64 {
	n, _ := s.Count(gram)
	return n
}

// Count is the number of paragraphs that hold a gram.
func (s *Store) Count(gram string) (float64, error) {
	r, err := s.reader.TermFieldReader(context.Background(), []byte(gram), textField, false, false, false)
	if err != nil {
		return 0, fmt.Errorf("reading the index: %w", err)
	}
	defer r.Close()
	return float64(r.Count()), nil
}

// MayHave tells whether each pair of a word stands in some report.
func (s *Store) MayHave(word []rune) bool {
	for _, g := range analysis.Grams(word) {
		if (g.End-g.Start == 2 || !fold.Han([]rune(g.Text)[0])) && s.Frequency(g.Text) == 0 {
			return false
		}
	}
	return true
}

// Together tells whether some paragraph has all pairs of a word's characters:
// the word itself, where it is a name.
func (s *Store) Together(word string) bool {
	r := []rune(word)
	var readers []bleveindex.TermFieldReader
	for i := range len(r) - 1 {
		reader, err := s.reader.TermFieldReader(context.Background(), []byte(string(r[i:i+2])), textField, false, false, false)
		if err != nil {
			return false
		}
		defer reader.Close()
		readers = append(readers, reader)
	}
	return meet(readers)
}

// meet tells whether some paragraph is read by all: each goes on to where the
// one farthest on is.
func meet(readers []bleveindex.TermFieldReader) bool {
	at := make([]bleveindex.IndexInternalID, len(readers))
	for far, met := 0, 0; met < len(readers); {
		for i, reader := range readers {
			if at[i] == nil || at[i].Compare(at[far]) < 0 {
				doc, err := follow(reader, at[far])
				if err != nil || doc == nil {
					return false
				}
				at[i] = slices.Clone(doc.ID)
			}
			if !at[i].Equals(at[far]) {
				far, met = i, 0
			}
			met++
		}
	}
	return true
}

// follow is the first paragraph of a reader from one on, nil for the first of all.
func follow(reader bleveindex.TermFieldReader, from bleveindex.IndexInternalID) (*bleveindex.TermFieldDoc, error) {
	if from == nil {
		return reader.Next(nil)
	}
	return reader.Advance(from, nil)
}

// EachGram yields the grams of the paragraphs and how many have each.
func (s *Store) EachGram(yield func(gram string, paragraphs float64)) {
	dict, err := s.reader.FieldDict(textField)
	if err != nil {
		return
	}
	defer dict.Close()
	for entry, err := dict.Next(); err == nil && entry != nil; entry, err = dict.Next() {
		yield(entry.Term, float64(entry.Count))
	}
}

// Nominee is a paragraph that the index proposes.
type Nominee struct {
	Id    string
	Score float64
}

// Weighted is a gram to search for and its weight in the question.
type Weighted struct {
	Gram   string
	Weight float64
}

// Nominate returns the n best paragraphs, best first, of the reports named, nil
// for all.
func (s *Store) Nominate(ctx context.Context, grams []Weighted, of []*corpus.Head, n int) ([]Nominee, error) {
	terms := make([]query.Query, 0, len(grams))
	for _, g := range grams {
		t := bleve.NewTermQuery(g.Gram)
		t.SetField(textField)
		t.SetBoost(g.Weight)
		terms = append(terms, t)
	}
	if len(terms) == 0 {
		return nil, nil
	}
	asked := bleve.NewBooleanQuery()
	asked.AddMust(bleve.NewDisjunctionQuery(terms...))
	if of != nil {
		asked.AddMust(within(of)) // not as a filter: that is asked of every paragraph found, this leaps from one to the next
	}
	return s.best(context.WithValue(ctx, search.BM25StatsKey, s.stats), asked, n)
}

// mostEqual paragraphs that are as good as the last one nominated are looked at, to
// choose among them by ID: where more are, as among a hundred thousand of one template,
// a search for all of them took four times as long as the answer.
const mostEqual = 180

// best is the n best paragraphs, of those of equal score the first by ID, which are the
// same in every build. The library knows the order of its segments alone, and a sum of
// many terms differs in its last bits with what was read before it: so scores are
// rounded, and where the n-th is equal to the last one found, more are asked for. To
// sort by _id within the library reads that of every paragraph found.
func (s *Store) best(ctx context.Context, asked query.Query, n int) ([]Nominee, error) {
	for size := n + n/2; ; size *= 4 {
		found, err := s.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(asked, size, 0, false))
		if err != nil {
			return nil, err
		}
		out := make([]Nominee, len(found.Hits))
		for i, hit := range found.Hits {
			out[i] = Nominee{hit.ID, rounded(hit.Score)}
		}
		if len(out) == size && size < mostEqual && out[n-1].Score == out[size-1].Score {
			continue
		}
		slices.SortFunc(out, func(a, b Nominee) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Id, b.Id)) })
		return out[:min(n, len(out))], nil
	}
}

// rounded is a score to nine digits or so.
func rounded(score float64) float64 { return float64(float32(score)) }

// within finds the paragraphs of reports. It adds nothing to their scores.
func within(reports []*corpus.Head) query.Query {
	var each []query.Query
	for _, r := range reports {
		own := bleve.NewTermQuery(r.ID)
		own.SetField(reportField)
		own.SetBoost(0)
		each = append(each, own)
	}
	return bleve.NewDisjunctionQuery(each...)
}
