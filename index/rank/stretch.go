package rank

import (
	"slices"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
)

// What a sentence in English says of each of its figures. A clause that goes on says only what is new in it: of 48 fire
// stations, 12 of which were renovated, the 12 are fire stations too; of $4 billion for education, and health takes
// $3 billion, the first is not for health. So a figure has words of its own, up to where the sentence turns to the next
// figure, and takes over what was said before it, but for what another figure counts.

// Stretch is what of the question is said of a figure in its sentence: in words of its own, and all.
type Stretch struct {
	Own, All Bits
	Turned   bool // its own words name something: and imports by 9 per cent, where to a maximum of 50% names nothing
}

// Stretch is that of a figure of an English report.
func (w *Weighed) Stretch(c *Candidate) Stretch {
	g := c.Page
	mates := slices.DeleteFunc(slices.Clone(g.Mentions()), func(f *corpus.Figure) bool {
		return f.Kind != quantity.Amount || f.Sentence != c.Sentence
	})
	at := slices.IndexFunc(mates, func(f *corpus.Figure) bool { return f.ID == c.ID })
	var s Stretch
	if at < 0 {
		return s
	}
	from, to := g.Rune(c.Sentence.Start), g.Rune(c.Sentence.End)
	counts := func(k int) int { // where what a figure counts ends
		end := g.Rune(mates[k].End)
		return end + w.Language.CountedBehind(g.Folded.Runes[end:to])
	}
	own, all := [][2]int{}, [][2]int{}
	alone := counts(at) > g.Rune(c.End)
	left := from
	for k := range at {
		start, end := g.Rune(mates[k].Start), g.Rune(mates[k].End)
		if alone {
			end = counts(k)
		}
		first, last := w.turns(g, counts(k), g.Rune(mates[k+1].Start))
		all = append(all, [2]int{left, start})
		if first < 0 { // from 6.1 to 4.2 per cent: both are of what is said before
			own = append(own, [2]int{left, start})
			left = min(end, g.Rune(mates[k+1].Start))
			continue
		}
		all = append(all, [2]int{min(end, last), last})
		own, left = nil, last
	}
	own = append(own, [2]int{left, g.Rune(c.Start)})
	right, whole := to, at > 0 && w.Language.OfWhole(g.Folded.Runes[g.Rune(mates[at-1].End):g.Rune(c.Start)])
	ahead := at + 1
	if ahead < len(mates) && w.Language.OfWhole(g.Folded.Runes[g.Rune(c.End):g.Rune(mates[ahead].Start)]) {
		ahead++ // of 41 of the 58 towns what is said is said of the 41
	}
	switch {
	case whole:
		right = counts(at)
	case ahead < len(mates):
		next := g.Rune(mates[ahead].Start)
		first, last := w.turns(g, counts(ahead-1), next)
		if right = first; first < 0 {
			right = next
		} else {
			all = append(all, [2]int{first, last})
		}
	}
	own = append(own, [2]int{g.Rune(c.Start), right})
	for _, o := range own {
		s.Turned = s.Turned || w.Language.NamesSomething(g.Folded.Runes[o[0]:o[1]])
		b := g.between(o[0], o[1])
		s.Own.Or(&b)
	}
	for _, o := range all {
		b := g.between(o[0], o[1])
		s.All.Or(&b)
	}
	s.All.Or(&s.Own)
	if c.Each != "" { // of wheat and barley the first figure is of wheat alone
		for _, other := range c.Other {
			w.mark(other, func(n int) { s.Own.clear(n); s.All.clear(n) })
		}
		w.mark(c.Each, func(n int) { s.Own.set(n); s.All.set(n) })
	}
	return s
}

// mark does something to the numbers of the question that a text has.
func (w *Weighed) mark(text string, do func(n int)) {
	var room [32]hit
	for _, h := range w.hits(room[:0], fold.New(text).Runes) {
		for _, n := range h.numbers {
			do(n)
		}
	}
}

// turns is the first and the last place in runes [from, to) at which a sentence turns to something else: a mark, and,
// while; -1 for none.
func (w *Weighed) turns(g *Page, from, to int) (first, last int) {
	first, last = -1, -1
	r := g.Folded.Runes
	for i := from; i < to; i++ {
		mark := slices.Contains([]rune(",;:(—–"), r[i])
		if mark || w.Language.TurnsAt(r, i) {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	return first, last
}

// SaidParts tells of each part of the question whether a stretch has it.
func (w *Weighed) SaidParts(b *Bits) []bool {
	out := make([]bool, len(w.WeighedParts))
	for i := range out {
		out[i] = w.PartDecided(i, b) >= partSaid
	}
	return out
}

// partSaid is how much of a part must be there for it to be said.
const partSaid = 0.5
