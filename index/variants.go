package index

import (
	"slices"

	"reportbot/corpus/fold"
)

// words of a figure that tell which of alike indicators it is: its thing, its
// verb, and what stands in its stretch of the clause before it.
func (c *candidate) words() []rune {
	f := c.Figure
	return []rune(fold.String(f.Verb + " " + f.What + " " + f.Each + " " + string(c.page.text.Runes[c.ownFrom:max(c.ownFrom, c.page.rune(f.Start))])))
}

// otherVariant tells a figure of another member than the question names.
func (w *weighed) otherVariant(c *candidate) bool {
	_, other := w.variantOf(c)
	return other
}

// variantOf tells whether a figure names a member that the question names, and
// whether in some class it names others only.
func (w *weighed) variantOf(c *candidate) (same, other bool) {
	for i, members := range w.Variants {
		if len(members) == 0 {
			continue
		}
		its := w.language.Variants.Classes[i].Of([]rune(fold.String(c.Each)))
		if len(its) == 0 && c.Each == "" {
			its = w.language.Variants.Classes[i].Of(c.words())
		}
		shared := slices.ContainsFunc(its, func(m int) bool { return slices.Contains(members, m) })
		same = same || shared
		other = other || len(its) > 0 && !shared
	}
	return same, other
}

// lent is 1 if of the members of a class that the question names one, the last that
// a figure's sentence names before it is that one, -1 if it is another: of 城镇居民
// 40312元，其中工资性收入21213元 the second is of 城镇居民 too.
func (w *weighed) lent(c *candidate) float64 {
	g, sum := c.page, 0.0
	from, to := g.rune(c.Sentence.Start), g.rune(c.Start)
	for i, members := range w.Variants {
		if len(members) == 0 || from >= to {
			continue
		}
		switch last := w.language.Variants.Classes[i].Last(g.text.Runes[from:to]); {
		case last == nil:
		case slices.ContainsFunc(last, func(m int) bool { return slices.Contains(members, m) }):
			sum++
		default:
			sum--
		}
	}
	return max(-1, min(1, sum))
}

// variantsNamed are the classes in which a figure's words, or its sentence before
// it, name the member asked for.
func (w *weighed) variantsNamed(c *candidate) (classes []int) {
	g := c.page
	words := append(c.words(), g.text.Runes[g.rune(c.Sentence.Start):max(g.rune(c.Sentence.Start), g.rune(c.Start))]...)
	for i, members := range w.Variants {
		its := w.language.Variants.Classes[i].Of(words)
		if len(members) > 0 && slices.ContainsFunc(its, func(m int) bool { return slices.Contains(members, m) }) {
			classes = append(classes, i)
		}
	}
	return classes
}
