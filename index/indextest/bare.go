package indextest

import (
	"testing"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"

	"reportbot/corpus"
)

// Bare is the baseline: one text field, the library's own Chinese analyzer,
// batches as large as the engine's own.
func Bare(t testing.TB, dir string, c *corpus.Corpus) bleve.Index {
	t.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "cjk"
	bare, err := bleve.New(dir, m)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bare.Close() })
	batch := bare.NewBatch()
	flush := func(from int) {
		if batch.Size() < from {
			return
		}
		if err := bare.Batch(batch); err != nil {
			t.Fatal(err)
		}
		batch = bare.NewBatch()
	}
	for r := range c.All {
		for _, p := range r.Paragraphs {
			if err := batch.Index(p.ID, map[string]string{"text": p.Text()}); err != nil {
				t.Fatal(err)
			}
			flush(1000)
		}
	}
	flush(0)
	return bare
}
