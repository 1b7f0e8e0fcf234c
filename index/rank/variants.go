package rank

import (
	"slices"

	"reportbot/corpus/fold"
	"reportbot/index/question"
)

// Words of a figure that tell which of alike indicators it is: its thing, its
// verb, and what stands in its stretch of the clause before it.
func (c *Candidate) Words() []rune { return c.words }

// readWords sets them, and tells where among them its thing begins.
func (c *Candidate) readWords() (thing int) {
	f := c.Figure
	own := c.Page.Folded.Runes[c.OwnFrom:max(c.OwnFrom, c.Page.Rune(f.Start))]
	words := make([]rune, 0, (len(f.Verb)+len(f.What)+len(f.Each))/2+3+len(own))
	for i, s := range [...]string{f.Verb, f.What, f.Each} {
		for _, r := range s {
			words = append(words, fold.Rune(r))
		}
		switch i {
		case 0:
			thing = len(words) + 1
		case 1:
			c.naming = len(words)
		}
		words = append(words, ' ')
	}
	c.words = slices.Clip(append(words, own...))
	return thing
}

// OtherVariant tells a figure of another member than the question names.
func (w *Weighed) OtherVariant(c *Candidate) bool {
	_, other := w.variantOf(c)
	return other
}

// variantOf tells whether a figure names a member that the question names, and
// whether in some class it names others only.
func (w *Weighed) variantOf(c *Candidate) (same, other bool) {
	for i, members := range w.Variants {
		if len(members) == 0 {
			continue
		}
		its := w.Language.Variants.Classes[i].Of([]rune(fold.String(c.Each)))
		if len(its) == 0 && c.Each == "" {
			its = w.Language.Variants.Classes[i].Of(c.Words())
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
func (w *Weighed) lent(c *Candidate) float64 {
	g, sum := c.Page, 0.0
	from, to := g.Rune(c.Sentence.Start), g.Rune(c.Start)
	for i, members := range w.Variants {
		if len(members) == 0 || from >= to {
			continue
		}
		switch last := w.Language.Variants.Classes[i].Last(g.Folded.Runes[from:to]); {
		case last == nil:
		case slices.ContainsFunc(last, func(m int) bool { return slices.Contains(members, m) }):
			sum++
		default:
			sum--
		}
	}
	return max(-1, min(1, sum))
}

// VariantsNamed are the classes in which a figure's words, or its sentence before
// it, name the member asked for.
func (w *Weighed) VariantsNamed(c *Candidate) (classes []int) {
	g := c.Page
	words := append(c.Words(), g.Folded.Runes[g.Rune(c.Sentence.Start):max(g.Rune(c.Sentence.Start), g.Rune(c.Start))]...)
	for i, members := range w.Variants {
		if len(members) == 0 {
			continue
		}
		its := w.Language.Variants.Classes[i].Of(words)
		if slices.ContainsFunc(its, func(m int) bool { return slices.Contains(members, m) }) {
			classes = append(classes, i)
		}
	}
	return classes
}

// Level tells whether a figure is of the level of government that the question names (全市, 市本级), and
// whether it is of another: the last that its paragraph names before it, else the last of the headings.
func (w *Weighed) Level(c *Candidate) (same, other bool) {
	for i := range w.Language.Variants.Classes {
		class, asked := &w.Language.Variants.Classes[i], w.Variants[i]
		if class.Name != "level" || len(asked) == 0 {
			continue
		}
		its := levelOf(class, c)
		same = slices.ContainsFunc(its, func(m int) bool { return slices.Contains(asked, m) })
		return same, its != nil && !same
	}
	return false, false
}

// OwnLevel tells a figure of the level of government itself (市本级), by its paragraph or the headings, where the
// question names none.
func (w *Weighed) OwnLevel(c *Candidate) bool {
	for i := range w.Language.Variants.Classes {
		if class := &w.Language.Variants.Classes[i]; class.Name == "level" && len(w.Variants[i]) == 0 {
			its := levelOf(class, c)
			return len(its) > 0 && !slices.Contains(its, wholeLevel)
		}
	}
	return false
}

// wholeLevel is the member of the class level that is the whole: 全市.
const wholeLevel = 0

// levelOf is which of the levels the words before a figure name last, else the last of its headings.
func levelOf(class *question.VariantClass, c *Candidate) []int {
	its := class.Last(c.Page.Folded.Runes[:c.Page.Rune(c.Start)])
	for path := c.Page.Path(); its == nil && len(path) > 0; path = path[:len(path)-1] {
		its = class.Last([]rune(fold.String(path[len(path)-1])))
	}
	return its
}
