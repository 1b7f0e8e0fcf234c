package store

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"reportbot/corpus/fold"
	cut "reportbot/index/analysis"
)

// analyzer is the name in an index mapping of what cuts text into grams.
const analyzer = "grams"

type tokenizer struct{}

func (tokenizer) Tokenize(input []byte) analysis.TokenStream {
	grams := cut.Grams(fold.New(string(input)).Runes)
	stream := make(analysis.TokenStream, len(grams))
	for i, g := range grams {
		stream[i] = &analysis.Token{Term: []byte(g.Text), Start: g.Start, End: g.End, Position: i + 1, Type: analysis.Ideographic}
	}
	return stream
}

func init() {
	build := func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return &analysis.DefaultAnalyzer{Tokenizer: tokenizer{}}, nil
	}
	if err := registry.RegisterAnalyzer(analyzer, build); err != nil {
		panic(err)
	}
}
