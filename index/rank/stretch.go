package rank

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/question"
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
	m := w.mates(c)
	if m.at < 0 {
		return Stretch{}
	}
	own, all := m.before()
	right, unclear := m.behind()
	own = append(own, [2]int{m.start(m.at), right})
	all = append(append(all, unclear), own...)
	var s Stretch
	for _, o := range own {
		s.Turned = s.Turned || w.Language.NamesSomething(m.text(o[0], o[1]))
		b := m.between(o[0], o[1])
		s.Own.Or(&b)
	}
	for _, o := range all {
		b := m.between(o[0], o[1])
		s.All.Or(&b)
	}
	if c.Each != "" { // of wheat and barley the first figure is of wheat alone
		for _, other := range c.Other {
			w.mark(other, func(n int) { s.Own.clear(n); s.All.clear(n) })
		}
		w.mark(c.Each, func(n int) { s.Own.set(n); s.All.set(n) })
	}
	return s
}

// mates are the figures of one sentence, of which one, at, is looked at, and -1 is none. Places are in runes of the page.
type mates struct {
	*Page
	language *question.Language
	figures  []*corpus.Figure
	at       int
	from, to int // of the sentence
}

func (w *Weighed) mates(c *Candidate) mates {
	g := c.Page
	m := mates{Page: g, language: w.Language, from: g.Rune(c.Sentence.Start), to: g.Rune(c.Sentence.End)}
	m.figures = slices.DeleteFunc(slices.Clone(g.Mentions()), func(f *corpus.Figure) bool {
		return f.Kind != quantity.Amount || f.Sentence != c.Sentence
	})
	m.at = slices.IndexFunc(m.figures, func(f *corpus.Figure) bool { return f.ID == c.ID })
	return m
}

func (m *mates) start(k int) int { return m.Rune(m.figures[k].Start) }

func (m *mates) end(k int) int { return m.Rune(m.figures[k].End) }

// text is the runes [from, to), none where they overlap.
func (m *mates) text(from, to int) []rune { return m.Folded.Runes[min(from, to):to] }

// counts is where what a figure counts ends, right behind it.
func (m *mates) counts(k int) int {
	return m.end(k) + m.language.CountedBehind(m.text(m.end(k), max(m.end(k), m.to)))
}

// ofWhole tells that a figure is the whole of which the one before it is a part: 41 of the 58 towns.
func (m *mates) ofWhole(k int) bool {
	return k > 0 && k < len(m.figures) && m.language.OfWhole(m.text(m.end(k-1), m.start(k)))
}

// before are the stretches before the figure that are its own, and all of which it takes over what they say: but for what
// the others count, if it counts something itself.
func (m *mates) before() (own, all [][2]int) {
	alone := m.counts(m.at) > m.end(m.at)
	left := m.from
	for k := range m.at {
		end, next := m.end(k), m.start(k+1)
		if alone {
			end = m.counts(k)
		}
		first, last := m.turns(m.counts(k), next)
		all = append(all, [2]int{left, m.start(k)})
		if first < 0 { // from 6.1 to 4.2 per cent: both are of what is said before
			own = append(own, [2]int{left, m.start(k)})
			left = min(end, next)
			continue
		}
		all = append(all, [2]int{min(end, last), last})
		own, left = nil, last
	}
	return append(own, [2]int{left, m.start(m.at)}), all
}

// behind is where the figure's own stretch ends behind it, and what lies between it and that of the next, of which it is
// not clear whose it is.
func (m *mates) behind() (right int, unclear [2]int) {
	if m.ofWhole(m.at) {
		return m.counts(m.at), unclear
	}
	next := m.at + 1
	if m.ofWhole(next) {
		next++ // of 41 of the 58 towns what is said is said of the 41
	}
	if next >= len(m.figures) {
		return m.to, unclear
	}
	first, last := m.turns(m.counts(next-1), m.start(next))
	if first < 0 {
		return m.start(next), unclear
	}
	return first, [2]int{first, last}
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
func (m *mates) turns(from, to int) (first, last int) {
	first, last = -1, -1
	r := m.Folded.Runes
	for i := from; i < to; i++ {
		if strings.ContainsRune(",;:(—–", r[i]) || m.language.TurnsAt(r, i) {
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
