package index_test

import (
	"testing"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"

	"reportbot/corpus"
)

// bareIndex is the baseline: one text field, the library's own Chinese analyzer.
func bareIndex(b testing.TB, c *corpus.Corpus) bleve.Index {
	b.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "cjk"
	bare, err := bleve.New(b.TempDir()+"/bare", m)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { bare.Close() })
	batch := bare.NewBatch()
	for r := range c.All {
		for _, p := range r.Paragraphs {
			if err := batch.Index(p.ID, map[string]string{"text": p.Text()}); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := bare.Batch(batch); err != nil {
		b.Fatal(err)
	}
	return bare
}
