package rank

import (
	"math"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
)

// An English question says a thing in one of many words, a Chinese report in
// another, so that its passages are told apart by other signs than those of a
// question in the report's own words. They have weights of their own: with
// those of Chinese questions 77.0% of the right passages came first on half of
// XQuAD, with their own 80.1%, and with the features below 82.4% (fitted on
// four fifths, counted on the fifth; all cross-validated); since names are found
// by their sound and words by what WordNet relates to them, 85.3%. English reports
// are weighed by the same, so that those of a library in both languages can be
// held against each other.
func (w *Weighed) ForeignFeatures(g *Page, nominated float64) ForeignFeatures {
	best := said{surprise: math.Log(surpriseless)}
	var all Bits
	for i := range g.Have {
		pair := g.Have[i]
		if i > 0 {
			pair.Or(&g.Have[i-1])
		}
		s := w.said(&pair)
		best.words, best.surprise = math.Max(best.words, s.words), math.Max(best.surprise, s.surprise)
		all.Or(&g.Have[i])
	}
	whole := w.said(&all)
	x := ForeignFeatures{PassageFeatures: w.PassageFeatures(g, nominated)}
	x.Window, x.CharsWindow = w.bestWindow(g)
	x.Words, x.Surprise, x.SurprisePair, x.Rarest = best.words, whole.surprise, best.surprise, whole.rarest
	x.Numbers, x.Length, x.Sentences = w.numbersIn(g.Paragraph), math.Log(math.Max(shortPassage, g.size())), math.Log(float64(1+len(g.Have)))
	if g.Report.Lang == "en" {
		x.OwnNominated, x.OwnSentence, x.OwnPair, x.OwnWords, x.OwnAligned, x.OwnLength = nominated, x.Sentence, x.Pair, x.Words, x.Aligned, x.Length
	}
	return x
}

// bestWindow is the coverage of the best stretch of windowLength characters, and
// that by single characters. Stretches begin at each third hit: as good as at
// each, measured.
func (w *Weighed) bestWindow(g *Page) (best, chars float64) {
	last := -9
	for _, h := range g.hits {
		if h.at < last+3*g.scale() {
			continue
		}
		last = h.at
		have := g.between(h.at, h.at+windowLength*g.scale())
		best, chars = math.Max(best, w.Coverage(&have)), math.Max(chars, w.coverageBy(characters, &have))
	}
	return best, chars
}

// windowLength in characters, as measured best.
const windowLength = 30

const (
	shortPassage   = 80  // characters
	latinWordsSize = 1.5 // characters of Chinese that say as much as a word
)

// size of a paragraph in Chinese characters, or as many as would say the same.
func (g *Page) size() (n float64) {
	r := g.Folded.Runes
	for i := 0; i < len(r); i++ {
		switch {
		case fold.Han(r[i]):
			n++
		case fold.Alnum(r[i]):
			n += latinWordsSize
			i = analysis.WordEnd(r, i) - 1
		}
	}
	return n
}

// said is how the words of a question are said in a stretch of text.
type said struct{ words, surprise, rarest float64 }

const (
	saidFrom     = 0.4 // a word is said from here on
	surpriseless = 0.1 // added to what is said of a word, for the logarithm
)

func (w *Weighed) said(have *Bits) (s said) {
	weight, heaviest := 0.0, 0.0
	for i, p := range w.WeighedParts {
		c := w.partCoverage(i, have)
		if c > saidFrom {
			s.words++
		}
		s.surprise += p.Weight * math.Log(surpriseless+c)
		if p.Weight > heaviest {
			heaviest, s.rarest = p.Weight, c
		}
		weight += p.Weight
	}
	if weight == 0 {
		return said{}
	}
	s.words /= float64(len(w.WeighedParts))
	s.surprise /= weight
	return s
}

// numbersIn is the share of the question's numbers that a paragraph has.
func (w *Weighed) numbersIn(p *corpus.Paragraph) float64 {
	have := 0.0
	for _, n := range w.Numbers {
		for _, f := range p.Mentions() {
			if f.Value.Equal(n.Value) {
				have++
				break
			}
		}
	}
	return have / math.Max(1, float64(len(w.Numbers)))
}

// counts tells how surely the clause of a figure, and what stands right behind
// it, says the noun that an English question counts: 16,000 个品种 for "how many
// species". Of "career sacks" either word may be the noun.
func (w *Weighed) counts(g *Page, from, to, end int) (clause, next float64) {
	said, behind := g.between(from, to), g.between(end, min(end+g.behindFigure(), to))
	for i, p := range w.Parts {
		if p.Start >= w.Counted[0] && p.Start < w.Counted[1] {
			clause = math.Max(clause, w.partCoverage(i, &said))
			next = math.Max(next, w.partCoverage(i, &behind))
		}
	}
	return clause, next
}

// behindFigure is how far, in characters, what is counted stands behind a figure:
// 个不同的品种; 16,000 different species of.
func (g *Page) behindFigure() int {
	if g.scale() > 1 {
		return 36
	}
	return 5
}

// countedIn is how much of the noun that an English question counts the surroundings
// of a figure say, as far as that may decide; 1 where it counts none. A Chinese report
// must have all the words of one of the sure translations of a phrase: 5G用户 are no
// 5G基站. A single word means too much for that: points are 分 as well as 点.
func (w *Weighed) countedIn(c *Candidate) float64 {
	have := c.Surroundings()
	sum, all := 0.0, 0.0
	known, said := false, false
	for i, p := range w.Parts {
		if p.Start < w.Counted[0] || p.Start >= w.Counted[1] {
			continue
		}
		sum += w.WeighedParts[i].Weight * w.PartDecided(i, &have)
		all += w.WeighedParts[i].Weight
		for _, a := range p.Alts[1:] {
			if c.Page.scale() == 1 && a.Quality == 1 && strings.Contains(p.Text, " ") {
				known, said = true, said || w.Language.SaysAll(c.Around(), []rune(a.Text))
			}
		}
	}
	switch {
	case known && !said:
		return 0
	case all == 0 || c.Page.scale() == 1:
		return 1
	}
	return sum / all
}

// Around is a figure's sentence with the headings above it and what it is said to count.
func (c *Candidate) Around() string {
	return fold.String(strings.Join(c.Paragraph.Path(), " ")+" "+c.What+" ") + string(c.Page.Folded.Runes[c.Page.Rune(c.Sentence.Start):c.Page.Rune(c.Sentence.End)])
}

// countedFrom is from when on the noun counts as said.
const countedFrom = 0.34
