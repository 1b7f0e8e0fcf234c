package index

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
)

// bits is a set of gram numbers of one question.
type bits [mostGrams / 64]uint64

const mostGrams = 512

func (b *bits) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b *bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b *bits) or(c *bits) {
	for i := range b {
		b[i] |= c[i]
	}
}

// weighed is a question made ready to be held against paragraphs: every gram
// of every alternative has a number and a weight, its rarity in the reports.
type weighed struct {
	*Query
	language *Language
	now      int              // the year in which the reports asked speak
	asked    []string         // the places that it names beside those of the reports
	numbers  map[string][]int // gram → its numbers, one for each alternative with it
	weight   []float64        // by number
	surely   []float64        // by number: the quality of its alternative
	parts    []weighedPart
	total    float64 // of all parts' weights
	single   []bool  // by number: one character of a longer word
	measures [measureKinds]measure
	search   []weighted
	places   map[string][]int // gram of two characters or a word → places in the question
	length   int              // runes of the question's own words
}

type weighedPart struct {
	weight float64
	fresh  float64 // 1, less for what an earlier question said
	alts   []weighedAlt
}

// weighedAlt is the numbers [from, to) and their weights' sum.
type weighedAlt struct {
	from, to int
	sum      float64
	quality  float64
	counts   bool // its weight is one that the part may have
}

// Ways to weigh the grams of a question against each other.
const (
	characters = iota // single characters alone, which meet paraphrases: 死掉, 死亡
	rare              // by the square of the rarity: names more than all else
	measureKinds
)

// measure is such a way, by number, by part and alternative, and in all.
type measure struct {
	weight []float64
	sums   [][]float64
	parts  []float64
	total  float64
}

func (w *weighed) measure(kind int) measure {
	m := measure{weight: make([]float64, len(w.weight))}
	for n, v := range w.weight {
		switch {
		case kind == rare:
			m.weight[n] = v * v
		case kind == characters && w.single[n]:
			m.weight[n] = v
		}
	}
	for _, p := range w.parts {
		sums, most := make([]float64, len(p.alts)), 0.0
		for i, a := range p.alts {
			for n := a.from; n < a.to; n++ {
				sums[i] += m.weight[n]
			}
			if a.counts {
				most = max(most, sums[i]*a.quality)
			}
		}
		m.sums, m.parts = append(m.sums, sums), append(m.parts, most*p.fresh)
		m.total += most * p.fresh
	}
	return m
}

// share of the question that the grams in have say, measured so.
func (w *weighed) share(kind int, have *bits) float64 {
	m := &w.measures[kind]
	if m.total == 0 {
		return 0
	}
	sum := 0.0
	for i, p := range w.parts {
		best := 0.0
		for k, a := range p.alts {
			said := 0.0
			for n := a.from; n < a.to; n++ {
				if have.has(n) {
					said += m.weight[n]
				}
			}
			if m.sums[i][k] > 0 {
				best = max(best, a.quality*said/m.sums[i][k])
			}
		}
		sum += best * m.parts[i]
	}
	return sum / m.total
}

// Single characters say little beside the bigram they stand in, and long
// postings cost time: they are searched for only when rare.
const (
	characterWeight = 0.3
	rareCharacter   = 0.1
	fadedWeight     = 0.15
	keptWeight      = 0.4
	weakWeight      = 0.3
	junctionWeight  = 0.3
)

// joins tells a bigram that no report has beside one that they have: 育花 of
// 教育花 is where two words meet, and not a word that the reports lack.
func joins(grams []analysis.Gram, i int, idf func(string) float64) bool {
	g := grams[i]
	return slices.ContainsFunc(grams[max(0, i-2):min(len(grams), i+3)], func(o analysis.Gram) bool {
		beside := o.End-o.Start == 2 && (o.Start == g.Start+1 || o.Start == g.Start-1)
		return beside && g.End-g.Start == 2 && idf(o.Text) > 0
	})
}

func (s *store) weigh(q *Query, l *Language) *weighed {
	w := &weighed{Query: q, language: l, numbers: map[string][]int{}, places: map[string][]int{}}
	rarity := map[string]float64{}
	idf := func(gram string) float64 {
		if v, ok := rarity[gram]; ok {
			return v
		}
		df := s.frequency(gram)
		v := math.Log(1 + (s.docs-df+0.5)/(df+0.5))
		if df == 0 {
			v = -v // not in the reports
		}
		rarity[gram] = v
		return v
	}
	boost := map[string]float64{}
	var order []string
	for _, part := range q.Parts {
		p := weighedPart{fresh: 1}
		if part.Faded {
			p.fresh = fadedWeight
		}
		if part.Kept {
			p.fresh = keptWeight
		}
		if part.Weak {
			p.fresh *= weakWeight
		}
		var first struct{ sum, known float64 }
		for k, alt := range part.Alts {
			a := weighedAlt{from: len(w.weight), quality: alt.Quality}
			known := 0.0
			own := 1.0
			if k > 0 && first.known > 0 {
				own = math.Min(1, first.sum/w.sumOf(alt, idf))
			}
			for i, g := range alt.grams {
				if len(w.weight) >= mostGrams {
					break
				}
				rare := idf(g.Text)
				value := math.Abs(rare)
				single := len(alt.grams) > 1 && g.End-g.Start == 1 && fold.Han([]rune(g.Text)[0])
				switch {
				case single:
					value *= characterWeight
				case rare < 0 && joins(alt.grams, i, idf):
					value *= junctionWeight
				}
				w.numbers[g.Text] = append(w.numbers[g.Text], len(w.weight))
				w.weight = append(w.weight, value)
				w.single = append(w.single, single)
				w.surely = append(w.surely, alt.Quality)
				a.sum += value
				if rare > 0 {
					known += value
				}
				if rare > 0 && (!single || rare > math.Log(1+(1-rareCharacter)/rareCharacter)) {
					if boost[g.Text] == 0 {
						order = append(order, g.Text)
					}
					boost[g.Text] = max(boost[g.Text], alt.Quality*p.fresh*own)
				}
				if k == 0 && !single {
					w.places[g.Text] = append(w.places[g.Text], part.start+g.Start)
				}
			}
			a.to = len(w.weight)
			if k == 0 {
				first.sum, first.known = a.sum, known
			}
			if a.to > a.from {
				p.alts = append(p.alts, a)
				if k == 0 && (known > 0 || q.Lang != "en") || known == a.sum && alt.Quality > lexicon.CharacterQuality {
					p.weight = max(p.weight, a.sum*alt.Quality)
					p.alts[len(p.alts)-1].counts = true
				}
			}
		}
		if p.weight == 0 && len(p.alts) > 0 {
			p.weight = 2 * math.Log(1+s.docs) // a word that no report uses
		}
		w.length = max(w.length, part.start+len([]rune(part.Text)))
		w.total += p.weight * p.fresh
		w.parts = append(w.parts, p)
	}
	for kind := range w.measures {
		w.measures[kind] = w.measure(kind)
	}
	value := func(gram string) float64 { return boost[gram] * math.Abs(rarity[gram]) }
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(value(b), value(a)) })
	postings := 0.0
	for i, gram := range order {
		if postings += s.frequency(gram); postings > mostPostings && i >= fewestGrams {
			break
		}
		w.search = append(w.search, weighted{gram, boost[gram]})
	}
	return w
}

// In a large library most of the time of a search goes into the commonest grams
// (新建, 建设), which decide least: those that weigh most are searched for, as
// many as together stand in mostPostings paragraphs, and fewestGrams at least.
const (
	mostPostings = 20_000
	fewestGrams  = 6
)

// sumOf is what the grams of an alternative weigh together. In the search an
// alternative weighs no more than the word that was asked for: a park is found
// before a pocket park, rare as that word may be.
func (w *weighed) sumOf(alt Alt, idf func(string) float64) float64 {
	sum := 0.0
	for _, g := range alt.grams {
		value := math.Abs(idf(g.Text))
		if len(alt.grams) > 1 && g.End-g.Start == 1 && fold.Han([]rune(g.Text)[0]) {
			value *= characterWeight
		}
		sum += value
	}
	return math.Max(sum, 1e-9)
}

// coverage is the share of the question, by weight, that the grams in have say.
func (w *weighed) coverage(have *bits) float64 {
	if w.total == 0 {
		return 0
	}
	sum := 0.0
	for i := range w.parts {
		sum += w.parts[i].fresh * w.parts[i].weight * w.partCoverage(i, have)
	}
	return sum / w.total
}

// partCoverage is the best of a part's alternatives, 0 to 1.
func (w *weighed) partCoverage(i int, have *bits) float64 {
	best := 0.0
	for _, a := range w.parts[i].alts {
		sum := 0.0
		for n := a.from; n < a.to; n++ {
			if have.has(n) {
				sum += w.weight[n]
			}
		}
		if a.sum > 0 {
			best = max(best, a.quality*sum/a.sum)
		}
	}
	return best
}

// hit is a gram of the question at a place of a paragraph, in folded runes.
type hit struct {
	at, end int
	numbers []int
}

// page is a paragraph held against a question.
type page struct {
	*corpus.Paragraph
	text      fold.Text
	hits      []hit
	heading   bits // grams in the headings above
	sentences [][2]int
	have      []bits // by sentence
	longest   int    // longest run of the question found word for word
	runs      float64
}

// read finds the question's grams in a paragraph.
func (w *weighed) read(p *corpus.Paragraph) *page {
	g := &page{Paragraph: p, text: fold.New(p.Text())}
	g.hits = w.hits(g.text.Runes)
	for _, s := range p.Sentences {
		from, _ := slices.BinarySearch(g.text.Off, s.Start-p.Start)
		to, _ := slices.BinarySearch(g.text.Off, s.End-p.Start)
		g.sentences = append(g.sentences, [2]int{from, to})
		g.have = append(g.have, g.between(from, to))
	}
	g.addHeading(w, p.Report.Title)
	for s := p.Section; s != nil; s = s.Parent {
		g.addHeading(w, s.Heading)
	}
	g.measureRuns(w)
	return g
}

func (g *page) addHeading(w *weighed, heading string) {
	for _, h := range w.hits(fold.New(heading).Runes) {
		for _, n := range h.numbers {
			g.heading.set(n)
		}
	}
}

func (w *weighed) hits(r []rune) []hit {
	var hits []hit
	add := func(from, to int, gram string) {
		if numbers := w.numbers[gram]; numbers != nil {
			hits = append(hits, hit{from, to, numbers})
		}
	}
	var buf [8]byte
	for i := 0; i < len(r); {
		switch {
		case fold.Han(r[i]):
			b := utf8.AppendRune(buf[:0], r[i])
			if numbers := w.numbers[string(b)]; numbers != nil {
				hits = append(hits, hit{i, i + 1, numbers})
			}
			if i+1 < len(r) && fold.Han(r[i+1]) {
				b = utf8.AppendRune(b, r[i+1])
				if numbers := w.numbers[string(b)]; numbers != nil {
					hits = append(hits, hit{i, i + 2, numbers})
				}
			}
			i++
		case fold.Alnum(r[i]):
			end := analysis.WordEnd(r, i)
			add(i, end, analysis.Stem(string(r[i:end])))
			i = end
		default:
			i++
		}
	}
	return hits
}

// between is the set of grams that lie in runes [from, to).
func (g *page) between(from, to int) bits {
	var b bits
	start, _ := slices.BinarySearchFunc(g.hits, from, func(h hit, at int) int { return h.at - at })
	for _, h := range g.hits[start:] {
		if h.at >= to {
			break
		}
		if h.end <= to {
			for _, n := range h.numbers {
				b.set(n)
			}
		}
	}
	return b
}

// runsIn finds the stretches of the question that stand word for word in runes
// [from, to): best holds, by place in the question, the longest that ends there.
func (w *weighed) runsIn(g *page, from, to int) (best []int, longest int) {
	best = make([]int, w.length+1)
	last := map[int]int{}
	lastAt := -9
	for _, h := range g.hits {
		if h.at < from || h.end > to {
			continue
		}
		places := w.places[g.gram(h)]
		if len(places) == 0 {
			continue
		}
		now := make(map[int]int, len(places))
		for _, place := range places {
			n := 2
			if h.at == lastAt+1 {
				if before, ok := last[place-1]; ok {
					n = before + 1
				}
			}
			now[place] = n
			best[place] = max(best[place], n)
			longest = max(longest, n)
		}
		last, lastAt = now, h.at
	}
	return best, longest
}

// longestRun is the longest such stretch as a share of the question.
func (w *weighed) longestRun(g *page, from, to int) float64 {
	if w.length == 0 {
		return 0
	}
	_, longest := w.runsIn(g, from, to)
	return math.Min(1, float64(longest)/float64(w.length))
}

// measureRuns finds the longest stretch and the sum of length^1.5 over all.
func (g *page) measureRuns(w *weighed) {
	var best []int
	best, g.longest = w.runsIn(g, 0, len(g.text.Runes))
	for place, n := range best {
		if n > 0 && (place+1 == len(best) || best[place+1] <= n) {
			g.runs += math.Pow(float64(n), 1.5)
		}
	}
}

func (g *page) gram(h hit) string {
	if h.end-h.at == 2 && fold.Han(g.text.Runes[h.at]) {
		return string(g.text.Runes[h.at:h.end])
	}
	if h.end-h.at > 0 && !fold.Han(g.text.Runes[h.at]) {
		return analysis.Stem(string(g.text.Runes[h.at:h.end]))
	}
	return ""
}
