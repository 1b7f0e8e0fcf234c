// Package rank holds a question against paragraphs and the figures in them: what each says
// of it, told by features with names, and what they weigh.
package rank

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
	"reportbot/index/question"
	"reportbot/index/store"
)

// Bits is a set of gram numbers of one question.
type Bits [mostGrams / 64]uint64

const mostGrams = 512

func (b *Bits) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b *Bits) clear(i int)    { b[i/64] &^= 1 << (i % 64) }
func (b *Bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b *Bits) Or(c *Bits) {
	for i := range b {
		b[i] |= c[i]
	}
}

// Weighed is a question made ready to be held against paragraphs: every gram
// of every alternative has a number and a weight, its rarity in the reports.
type Weighed struct {
	*question.Query
	Language     *question.Language
	Now          int              // the year in which the reports asked speak
	Asked        []string         // the places that it names beside those of the reports
	Err          error            // of reading the index: what is not found then may be there
	numbers      map[string][]int // gram → its numbers, one for each alternative with it
	begins       [16]uint64       // a bit for each character that a gram begins with, by its last ten
	weight       []float64        // by number
	surely       []float64        // by number: the quality of its alternative
	single       []bool           // by number: one character of a longer word
	word         []rune           // by number: of an English question the word, as layOutWords numbers them
	WeighedParts []weighedPart
	Total        float64               // of all parts' weights
	totals       [measureKinds]float64 // the same by each measure
	Search       []store.Weighted
	places       [][]int           // by number, of a gram of two characters or a word: its places in the question
	length       int               // runes of the question's own words
	whole        []weightedRune    // its characters but for the asking word
	around       [2][]weightedRune // the question's text before and behind its asking word, from there outwards
	// whether it asks for an average, for what there is in a year, for a mark passed on the way
	average, yearly, milestone bool
}

type weighedPart struct {
	Weight float64
	Fresh  float64 // 1, less for what an earlier question said
	alts   []weighedAlt
	// weights are the part's weights by the other measures, fresh counted in
	weights [measureKinds]float64
}

// weighedAlt is the numbers [from, to) and their weights' sum.
type weighedAlt struct {
	from, to int
	sum      float64
	quality  float64
	decides  float64 // its quality where it is decided whether to answer
	sums     [measureKinds]float64
}

// Other measures of what the grams of a question weigh than their rarity.
const (
	characters = iota // single characters alone, which meet paraphrases: 死掉, 死亡
	rare              // by the square of the rarity: names more than all else
	measureKinds
)

// measured is what a gram of weight v weighs by a measure.
func measured(kind int, v float64, single bool) float64 {
	switch {
	case kind == rare:
		return v * v
	case single:
		return v
	}
	return 0
}

// coverageBy is the share of the question that the grams in have say, by a measure.
func (w *Weighed) coverageBy(kind int, have *Bits) float64 {
	if w.totals[kind] == 0 {
		return 0
	}
	sum := 0.0
	for i := range w.WeighedParts {
		best := 0.0
		for _, a := range w.WeighedParts[i].alts {
			if a.quality <= best {
				continue
			}
			part := 0.0
			for n := a.from; n < a.to; n++ {
				if have.has(n) {
					part += measured(kind, w.weight[n], w.single[n])
				}
			}
			if a.sums[kind] > 0 {
				best = max(best, a.quality*part/a.sums[kind])
			}
		}
		sum += best * w.WeighedParts[i].weights[kind]
	}
	return sum / w.totals[kind]
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

// weigher makes a question ready.
type weigher struct {
	*Weighed
	store *store.Store
	found map[string]rarity  // by gram
	at    map[string][]int   // gram → its places in the question
	boost map[string]float64 // gram → its weight in the search
	order []string           // of the grams to search for
}

// Weigh makes a question ready to be held against the paragraphs of a store.
func Weigh(s *store.Store, q *question.Query, l *question.Language) *Weighed {
	w := &weigher{store: s, found: map[string]rarity{}, at: map[string][]int{}, boost: map[string]float64{},
		Weighed: &Weighed{Query: q, Language: l, numbers: map[string][]int{}}}
	for _, part := range q.Parts {
		p := w.part(part)
		w.length = max(w.length, part.Start+len([]rune(part.Text)))
		w.Total += p.Weight * p.Fresh
		for kind := range w.totals {
			w.totals[kind] += p.weights[kind]
		}
		w.WeighedParts = append(w.WeighedParts, p)
	}
	w.place()
	text := []rune(q.Text)
	w.average, w.yearly, w.milestone = w.asksAverage(), l.Asks["yearly"].InWord(text), l.Asks["milestone"].InWord(text)
	w.weighWords()
	w.layOut()
	value := func(gram string) float64 { return w.boost[gram] * w.rarity(gram) }
	slices.SortStableFunc(w.order, func(a, b string) int { return cmp.Compare(value(b), value(a)) })
	postings := 0.0
	for i, gram := range w.order {
		if postings += w.frequency(gram); postings > mostPostings && i >= fewestGrams {
			break
		}
		w.Search = append(w.Search, store.Weighted{Gram: gram, Weight: w.boost[gram]})
	}
	return w.Weighed
}

// In a large library most of the time of a search goes into the commonest grams
// (新建, 建设), which decide least: those that weigh most are searched for, as
// many as together stand in mostPostings paragraphs, and fewestGrams at least.
const (
	mostPostings = 20_000
	fewestGrams  = 6
)

// rarity is how many paragraphs have a gram, and its idf.
type rarity struct{ paragraphs, idf float64 }

func (w *weigher) look(gram string) rarity {
	r, ok := w.found[gram]
	if !ok {
		n, err := w.store.Count(gram)
		w.Err = cmp.Or(w.Err, err)
		r = rarity{n, w.rarityOf(n)}
		w.found[gram] = r
	}
	return r
}

func (w *weigher) frequency(gram string) float64 { return w.look(gram).paragraphs }

func (w *weigher) rarity(gram string) float64 { return w.look(gram).idf }

// rarityOf is the idf of what stands in so many paragraphs.
func (w *weigher) rarityOf(paragraphs float64) float64 {
	return math.Log(1 + (w.store.Size-paragraphs+0.5)/(paragraphs+0.5))
}

// value is what a gram of an alternative weighs.
func (w *weigher) value(alt question.Alt, g analysis.Gram) float64 {
	switch {
	case alt.Character(g):
		return w.rarity(g.Text) * characterWeight
	case w.joins(alt, g):
		return w.rarity(g.Text) * junctionWeight
	}
	return w.rarity(g.Text)
}

// joins tells a bigram that no report has beside one that they have: 育花 of
// 教育花 is where two words meet, and not a word that the reports lack.
func (w *weigher) joins(alt question.Alt, g analysis.Gram) bool {
	if g.End-g.Start != 2 || w.frequency(g.Text) > 0 {
		return false
	}
	return slices.ContainsFunc(alt.Grams, func(o analysis.Gram) bool {
		return o.End-o.Start == 2 && (o.Start == g.Start+1 || o.Start == g.Start-1) && w.frequency(o.Text) > 0
	})
}

// sums is what the grams of an alternative weigh together, and those of them
// that some report has.
func (w *weigher) sums(alt question.Alt) (all, known float64) {
	for _, g := range alt.Grams {
		v := w.value(alt, g)
		all += v
		if w.frequency(g.Text) > 0 {
			known += v
		}
	}
	return all, known
}

func (w *weigher) part(part question.Part) weighedPart {
	p := weighedPart{Fresh: 1}
	if part.Faded {
		p.Fresh = fadedWeight
	}
	if part.Kept {
		p.Fresh = keptWeight
	}
	if part.Weak {
		p.Fresh *= weakWeight
	}
	english := w.Lang == "en"
	first, firstKnown := w.sums(part.Alts[0])
	for k, alt := range part.Alts {
		sum, known := w.sums(alt)
		if sum == 0 || k > 0 && english && known == 0 {
			continue // a dictionary has many words that no report has
		}
		own := 1.0
		if k > 0 && firstKnown > 0 {
			// in the search an alternative weighs no more than the word that was asked
			// for: a park is found before a pocket park, rare as that word may be
			own = math.Min(1, first/sum)
		}
		a := weighedAlt{from: len(w.weight), sum: sum, quality: alt.Quality, decides: alt.Quality}
		if k > 0 && english {
			a.decides = alt.Decides()
		}
		w.number(alt, alt.Quality*p.Fresh*own)
		a.to = len(w.weight)
		for _, g := range alt.Grams {
			for kind := range a.sums {
				a.sums[kind] += measured(kind, w.value(alt, g), alt.Character(g))
			}
		}
		p.alts = append(p.alts, a)
		if !english && (k == 0 || known == sum && alt.Quality > lexicon.CharacterQuality) {
			p.Weight = max(p.Weight, sum*alt.Quality)
		}
		if english || k == 0 || known == sum && alt.Quality > lexicon.CharacterQuality {
			for kind, sum := range a.sums {
				p.weights[kind] = max(p.weights[kind], sum*alt.Quality*p.Fresh)
			}
		}
	}
	for _, g := range part.Alts[0].Grams {
		if !part.Alts[0].Character(g) {
			w.at[g.Text] = append(w.at[g.Text], part.Start+g.Start)
		}
	}
	if english {
		p.Weight = w.translatedWeight(part)
	}
	if p.Weight == 0 && len(p.alts) > 0 {
		p.Weight = 2 * math.Log(1+w.store.Size) // a word that no report uses
	}
	return p
}

// place notes the places of the grams by the first of their numbers.
func (w *weigher) place() {
	w.places = make([][]int, len(w.weight))
	for gram, places := range w.at {
		first, size := utf8.DecodeRuneInString(gram)
		if numbers := w.numbers[gram]; numbers != nil && (size < len(gram) || !fold.Han(first)) {
			w.places[numbers[0]] = places
		}
	}
}

// number numbers the grams of an alternative that some report has, and notes
// with what weight they are searched for.
func (w *weigher) number(alt question.Alt, boost float64) {
	for _, g := range alt.Grams {
		if w.frequency(g.Text) == 0 || len(w.weight) >= mostGrams {
			continue
		}
		w.numbers[g.Text] = append(w.numbers[g.Text], len(w.weight))
		first, _ := utf8.DecodeRuneInString(g.Text)
		w.begins[first>>6&15] |= 1 << (first & 63)
		w.weight = append(w.weight, w.value(alt, g))
		w.surely = append(w.surely, alt.Quality)
		w.single = append(w.single, alt.Character(g))
		if alt.Character(g) && w.frequency(g.Text) > rareCharacter*w.store.Size {
			continue
		}
		if w.boost[g.Text] == 0 {
			w.order = append(w.order, g.Text)
		}
		w.boost[g.Text] = max(w.boost[g.Text], boost)
	}
}

// translatedWeight is the rarity of an English word: of all the paragraphs that
// say it in one way or another, each way counted as surely as it is meant (the
// structured queries of Darwish and Oard, 2003). The rarity of one way alone
// made an odd translation of a common word weigh most of the question:
// passage@1 of English questions on Chinese text rose by two points. It is 0
// for a word that no report says.
func (w *weigher) translatedWeight(p question.Part) float64 {
	paragraphs, surest := 0.0, 0.0
	for _, alt := range p.Alts {
		if n := w.paragraphsWith(alt); n > 0 {
			paragraphs += alt.Quality * n
			surest = max(surest, alt.Quality)
		}
	}
	if surest == 0 {
		return 0
	}
	return w.rarityOf(min(paragraphs/surest, w.store.Size))
}

// paragraphsWith is how many paragraphs may have an alternative: as many as
// have the rarest of its pairs.
func (w *weigher) paragraphsWith(alt question.Alt) float64 {
	least := math.Inf(1)
	for _, g := range alt.Grams {
		if !alt.Character(g) {
			least = min(least, w.frequency(g.Text))
		}
	}
	if math.IsInf(least, 1) {
		return 0
	}
	return least
}

// Coverage is the share of the question, by weight, that the grams in have say.
func (w *Weighed) Coverage(have *Bits) float64 {
	if w.Total == 0 {
		return 0
	}
	sum := 0.0
	for i := range w.WeighedParts {
		sum += w.WeighedParts[i].Fresh * w.WeighedParts[i].Weight * w.partCoverage(i, have)
	}
	return sum / w.Total
}

// partCoverage is the best of a part's alternatives, 0 to 1.
func (w *Weighed) partCoverage(i int, have *Bits) float64 {
	best := 0.0
	for _, a := range w.WeighedParts[i].alts {
		if a.quality > best { // a dictionary gives a word many ways to be said
			best = max(best, a.quality*w.share(a, have))
		}
	}
	return best
}

// PartDecided is the same with how far each alternative may decide.
func (w *Weighed) PartDecided(i int, have *Bits) float64 {
	best := 0.0
	for _, a := range w.WeighedParts[i].alts {
		if a.decides > best {
			best = max(best, a.decides*w.share(a, have))
		}
	}
	return best
}

// share of an alternative that the grams in have say.
func (w *Weighed) share(a weighedAlt, have *Bits) float64 {
	sum := 0.0
	for n := a.from; n < a.to; n++ {
		if have.has(n) {
			sum += w.weight[n]
		}
	}
	return sum / a.sum
}

// hit is a gram of the question at a place of a paragraph, in folded runes.
type hit struct {
	at, end int
	numbers []int
}

// Page is a paragraph held against a question.
type Page struct {
	*corpus.Paragraph
	Folded    fold.Text
	hits      []hit
	Heading   Bits // grams in the headings above
	sentences [][2]int
	Have      []Bits // by sentence
	longest   int    // longest run of the question found word for word
	runs      float64
	text      string // the folded text, from where its figures are looked at
	textAt    []int32
	// its figures, once they were looked at
	candidates []*Candidate
}

// Slice is the runes [from, to) of the folded text.
func (g *Page) Slice(from, to int) string {
	if g.textAt == nil {
		g.text, g.textAt = string(g.Folded.Runes), make([]int32, len(g.Folded.Runes)+1)
		for i, r := range g.Folded.Runes {
			g.textAt[i+1] = g.textAt[i] + int32(utf8.RuneLen(r))
		}
	}
	return g.text[g.textAt[from]:g.textAt[to]]
}

// Read finds the question's grams in a paragraph.
func (w *Weighed) Read(p *corpus.Paragraph) *Page {
	g := &Page{Paragraph: p, Folded: fold.New(p.Text())}
	var room [128]hit
	if g.hits = w.hits(room[:0], g.Folded.Runes); len(g.hits) <= len(room) {
		g.hits = slices.Clone(g.hits)
	}
	for _, s := range p.Sentences {
		from, _ := slices.BinarySearch(g.Folded.Off, s.Start-p.Start)
		to, _ := slices.BinarySearch(g.Folded.Off, s.End-p.Start)
		g.sentences = append(g.sentences, [2]int{from, to})
		g.Have = append(g.Have, g.between(from, to))
	}
	g.addHeading(w, p.Report.Title)
	for s := p.Section; s != nil; s = s.Parent {
		g.addHeading(w, s.Heading)
	}
	g.measureRuns(w)
	return g
}

func (g *Page) addHeading(w *Weighed, heading string) {
	var room [32]hit
	for _, h := range w.hits(room[:0], fold.New(heading).Runes) {
		for _, n := range h.numbers {
			g.Heading.set(n)
		}
	}
}

// hits adds the grams of the question in folded runes.
func (w *Weighed) hits(hits []hit, r []rune) []hit {
	for i := 0; i < len(r); {
		switch {
		case fold.Han(r[i]):
			if numbers := w.numbersOf(r[i : i+1]); numbers != nil {
				hits = append(hits, hit{i, i + 1, numbers})
			}
			if i+1 < len(r) && fold.Han(r[i+1]) {
				if numbers := w.numbersOf(r[i : i+2]); numbers != nil {
					hits = append(hits, hit{i, i + 2, numbers})
				}
			}
			i++
		case fold.Alnum(r[i]):
			end := analysis.WordEnd(r, i)
			if numbers := w.numbersOfWord(r[i:end]); numbers != nil {
				hits = append(hits, hit{i, end, numbers})
			}
			i = end
		default:
			i++
		}
	}
	return hits
}

// numbersOf are those of a gram of one or two Chinese characters. Few characters of a text begin a
// gram of the question.
func (w *Weighed) numbersOf(gram []rune) []int {
	if !w.mayBegin(gram[0]) {
		return nil
	}
	var buf [8]byte
	b := utf8.AppendRune(buf[:0], gram[0])
	if len(gram) > 1 {
		b = utf8.AppendRune(b, gram[1])
	}
	return w.numbers[string(b)]
}

// numbersOfWord are those of a Latin word or a number. Its stem begins as it does.
func (w *Weighed) numbersOfWord(word []rune) []int {
	if !w.mayBegin(word[0]) {
		return nil
	}
	return w.numbers[analysis.Stem(string(word))]
}

func (w *Weighed) mayBegin(r rune) bool { return w.begins[r>>6&15]&(1<<(r&63)) != 0 }

// between is the set of grams that lie in runes [from, to).
func (g *Page) between(from, to int) Bits {
	var b Bits
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
func (w *Weighed) runsIn(g *Page, from, to int) (best []int, longest int) {
	best = make([]int, w.length+1)
	last := map[int]int{}
	lastAt := -9
	for _, h := range g.hits {
		if h.at < from || h.end > to {
			continue
		}
		places := w.places[h.numbers[0]]
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
func (w *Weighed) longestRun(g *Page, from, to int) float64 {
	if w.length == 0 {
		return 0
	}
	_, longest := w.runsIn(g, from, to)
	return math.Min(1, float64(longest)/float64(w.length))
}

// measureRuns finds the longest stretch and the sum of length^1.5 over all.
func (g *Page) measureRuns(w *Weighed) {
	var best []int
	best, g.longest = w.runsIn(g, 0, len(g.Folded.Runes))
	for place, n := range best {
		if n > 0 && (place+1 == len(best) || best[place+1] <= n) {
			g.runs += math.Pow(float64(n), 1.5)
		}
	}
}
