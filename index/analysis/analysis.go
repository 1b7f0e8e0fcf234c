// Package analysis cuts folded text into grams: of each Han run the single
// characters and the overlapping bigrams, Latin words and numbers whole.
//
// Measured on public question sets, bigrams with characters beat dictionary
// words by four points and cost no dictionary; trigrams added nothing.
// Characters make long postings, so a question asks only for its rare ones.
package analysis

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"reportbot/corpus/fold"
)

// Gram is one token: the runes [Start, End) of the folded text.
type Gram struct {
	Text       string
	Start, End int
}

// Grams cuts folded runes.
func Grams(r []rune) []Gram {
	grams := make([]Gram, 0, 2*len(r))
	for i := 0; i < len(r); {
		switch {
		case fold.Han(r[i]):
			grams = append(grams, Gram{string(r[i]), i, i + 1})
			if i+1 < len(r) && fold.Han(r[i+1]) {
				grams = append(grams, Gram{string(r[i : i+2]), i, i + 2})
			}
			i++
		case fold.Alnum(r[i]):
			end := WordEnd(r, i)
			grams = append(grams, Gram{Stem(string(r[i:end])), i, end})
			i = end
		default:
			i++
		}
	}
	return grams
}

// WordEnd is where the Latin word or number at r[i] ends: 5g, c919, 22.7.
func WordEnd(r []rune, i int) int {
	for i++; i < len(r); i++ {
		if fold.Alnum(r[i]) {
			continue
		}
		if (r[i] == '.' || r[i] == ',') && i+1 < len(r) && digit(r[i-1]) && digit(r[i+1]) {
			continue
		}
		break
	}
	return i
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// oneOf are plurals whose stem would be another than that of the one: buse of buses, in snowballstem v0.9.0 and in the en
// analyzer of bleve v2.6.3, as Porter's algorithm has it.
var oneOf = map[string]string{"buses": "bus", "gases": "gas"}

// Stem is the Snowball English stem of a Latin word; other words stay as they are.
func Stem(w string) string {
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return w
		}
	}
	if len(w) < 4 {
		return w
	}
	if one := oneOf[w]; one != "" {
		return one
	}
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	return env.Current()
}
