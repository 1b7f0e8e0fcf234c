package lexicon

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"reportbot/corpus/terms"
)

// Kind of a Chinese word, by its commonest part of speech.
type Kind byte

const (
	Noun  Kind = 'n'
	Place Kind = 's' // the name of one
	Verb  Kind = 'v'
	Adj   Kind = 'a'
	Other Kind = 'o' // an adverb, a preposition, a pronoun …
)

// words.txt.gz is the 60,000 commoner words of the dictionary of gse (Apache-2.0,
// see NOTICE), which /internal/words makes. Questions are cut into words by it, to
// understand them; the search needs no words. It takes 30 ms and 6 MB to read,
// when first needed.
//
//go:embed words.txt.gz
var wordsFile []byte

type wordInfo struct {
	kind  Kind
	power uint8 // binary logarithm of its frequency
}

var words = sync.OnceValue(func() map[string]wordInfo {
	out := make(map[string]wordInfo, 1<<16)
	for line := range strings.Lines(terms.Unpack(wordsFile)) {
		fields := strings.Fields(line)
		power, _ := strconv.Atoi(fields[1])
		for _, w := range fields[2:] {
			out[w] = wordInfo{Kind(fields[0][0]), uint8(power)}
		}
	}
	return out
})

// Word is a word of a text at runes [From, To). One that the dictionary does not
// have is a single character.
type Word struct {
	From, To int
	Kind     Kind
	Known    bool
}

// longestWord of the dictionary, in runes.
const longestWord = 6

// What a word costs beside its rarity: so of two ways to cut the one of fewer words
// is taken where they are about as likely.
const (
	totalPower = 26 // binary logarithm of all frequencies together
	character  = 16 // at most, for a single one: the dictionary counts 里 four times
)

// Cut cuts a run of Chinese characters into the likeliest words (the unigram
// model of Sproat et al. 1996, searched by dynamic programming). extra tells more
// words, such as the office's own.
func Cut(r []rune, extra func(string) bool) []Word {
	known := words()
	cost := make([]int, len(r)+1)
	from := make([]int, len(r)+1)
	for to := 1; to <= len(r); to++ {
		cost[to] = 1 << 30
		for n := 1; n <= longestWord && n <= to; n++ {
			text := string(r[to-n : to])
			c := character
			if w, ok := known[text]; ok && (n > 1 || totalPower-int(w.power) < c) {
				c = totalPower - int(w.power)
			} else if n > 1 && extra != nil && extra(text) {
				c = totalPower - 10
			} else if n > 1 {
				continue
			}
			if c += cost[to-n]; c < cost[to] {
				cost[to], from[to] = c, to-n
			}
		}
	}
	var out []Word
	for to := len(r); to > 0; to = from[to] {
		w, ok := known[string(r[from[to]:to])]
		if !ok {
			w.kind = Noun
		}
		out = append(out, Word{from[to], to, w.kind, ok || to-from[to] > 1})
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
