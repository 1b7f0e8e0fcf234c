package question

import (
	"cmp"
	"math"
	"slices"

	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
)

// English words of the reports that mean what a word of the question does: reside
// and live, mistaken and incorrect. What the dictionary makes likely of each in
// Chinese is a vector, and two words are as near as their vectors' cosine, where a
// meaning that few words share tells most.

// Paraphrases are the English words of the reports by their meanings.
type Paraphrases struct {
	words    []meaningWord
	meanings map[string][]int // the words that have one
}

type meaningWord struct {
	stem     string
	meanings []lexicon.Meaning
	norm     float64
}

const (
	mostShared      = 40   // words that share a meaning: more than that tell nothing
	nearMeaning     = 0.08 // cosine from which on a word may stand for another
	mostParaphrases = 4
	paraphrased     = 0.8 // quality of a cosine of 1; it falls with its root
)

func (l *Language) ParaphrasesOf(stems []string) *Paraphrases {
	p := &Paraphrases{meanings: map[string][]int{}}
	for _, stem := range stems {
		if m := l.MeaningsOf(stem); len(m) > 0 {
			for _, one := range m {
				p.meanings[one.Word] = append(p.meanings[one.Word], len(p.words))
			}
			p.words = append(p.words, meaningWord{stem: stem, meanings: m})
		}
	}
	for i, w := range p.words {
		p.words[i].norm = p.norm(w.meanings)
	}
	return p
}

// MeaningsOf are the Chinese words that an English one means, each once.
func (l *Language) MeaningsOf(stem string) (out []lexicon.Meaning) {
	_, sure := l.Lexicon.Longest([]string{stem}, func(string) bool { return true })
	for _, m := range slices.Concat(sure, l.Lexicon.Likely(stem)) {
		if fold.Han([]rune(m.Word)[0]) && !slices.ContainsFunc(out, func(o lexicon.Meaning) bool { return o.Word == m.Word }) {
			out = append(out, m)
		}
	}
	return out
}

// value is what a meaning tells: the less the more words have it.
func (p *Paraphrases) value(m lexicon.Meaning) float64 {
	n := float64(len(p.meanings[m.Word]))
	if n > mostShared {
		return 0
	}
	return m.Quality * m.Quality / (1 + math.Log(1+n))
}

func (p *Paraphrases) norm(meanings []lexicon.Meaning) float64 {
	sum := 0.0
	for _, m := range meanings {
		sum += p.value(m) * p.value(m)
	}
	return math.Sqrt(sum)
}

// Near are the words of the reports nearest to a word, nearest first, and how surely
// each stands for it.
func (p *Paraphrases) Near(stem string, meanings []lexicon.Meaning) []lexicon.Meaning {
	norm := p.norm(meanings)
	if norm == 0 {
		return nil
	}
	common := map[int]float64{}
	for _, m := range meanings {
		value := p.value(m)
		if value == 0 {
			continue
		}
		for _, i := range p.meanings[m.Word] {
			at := slices.IndexFunc(p.words[i].meanings, func(o lexicon.Meaning) bool { return o.Word == m.Word })
			common[i] += value * p.value(p.words[i].meanings[at])
		}
	}
	var out []lexicon.Meaning
	for i, sum := range common {
		if w := p.words[i]; w.stem != stem && sum/(norm*w.norm) >= nearMeaning {
			out = append(out, lexicon.Meaning{Word: w.stem, Quality: paraphrased * math.Sqrt(sum/(norm*w.norm))})
		}
	}
	slices.SortFunc(out, func(a, b lexicon.Meaning) int {
		return cmp.Or(cmp.Compare(b.Quality, a.Quality), cmp.Compare(a.Word, b.Word))
	})
	return out[:min(len(out), mostParaphrases)]
}

// addNear adds to a word what may stand for it in English reports.
func (l *Language) addNear(part *Part, stem string) {
	if !l.English {
		return
	}
	for _, m := range l.Near().Near(stem, l.MeaningsOf(stem)) {
		if !slices.ContainsFunc(part.Alts, func(a Alt) bool { return a.Text == m.Word }) {
			part.Alts = append(part.Alts, Alt{m.Word, m.Quality, []analysis.Gram{{Text: m.Word, End: len(m.Word)}}})
		}
	}
}
