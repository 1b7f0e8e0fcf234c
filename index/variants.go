package index

import (
	"fmt"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// variants are the classes of variants.txt: words that tell alike indicators apart.
type variants struct {
	classes []variantClass
}

type variantClass struct {
	name   string
	words  *terms.Set
	member map[string][]int // word → its members: 共有 is 累计 as well as 现有
	shown  []string         // each member's first word
	only   map[string]bool  // words that are read in figures only
}

func (v *variants) read(lines []string) error {
	for _, line := range lines {
		name, list, ok := strings.Cut(line, ":")
		if !ok || !strings.Contains(list, "|") {
			return fmt.Errorf("variants: %q is no class of members parted by |", line)
		}
		c := variantClass{name: strings.TrimSpace(name), member: map[string][]int{}, only: map[string]bool{}}
		var all []string
		for i, member := range strings.Split(list, "|") {
			words := strings.Fields(member)
			if len(words) == 0 {
				return fmt.Errorf("variants: %q has an empty member", line)
			}
			c.shown = append(c.shown, words[0])
			for k, w := range words {
				words[k] = strings.TrimPrefix(w, "~")
				c.only[words[k]] = words[k] != w
				c.member[words[k]] = append(c.member[words[k]], i)
			}
			all = append(all, words...)
		}
		c.words = terms.NewSet(all...)
		v.classes = append(v.classes, c)
	}
	return nil
}

// of returns the members that folded runes name, the longest words first: of
// 进出口 no 出口.
func (c *variantClass) of(r []rune) (members []int) {
	for i := 0; i < len(r); {
		n := c.words.At(r, i)
		if n == 0 {
			i++
			continue
		}
		for _, m := range c.member[string(r[i:i+n])] {
			if !slices.Contains(members, m) {
				members = append(members, m)
			}
		}
		i += n
	}
	return members
}

// asked returns the members that a question names.
func (c *variantClass) asked(r []rune) (members []int) {
	for i := 0; i < len(r); {
		n := c.words.At(r, i)
		if word := string(r[i : i+n]); n > 0 && !c.only[word] {
			for _, m := range c.member[word] {
				if !slices.Contains(members, m) {
					members = append(members, m)
				}
			}
		}
		i += max(n, 1)
	}
	return members
}

// last is the members of the last word of a class in folded runes, nil for none.
func (c *variantClass) last(r []rune) (members []int) {
	for i := 0; i < len(r); {
		n := c.words.At(r, i)
		if n > 0 {
			members = c.member[string(r[i:i+n])]
		}
		i += max(n, 1)
	}
	return members
}

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
	for i, members := range w.variants {
		if len(members) == 0 {
			continue
		}
		its := w.language.variants.classes[i].of([]rune(fold.String(c.Each)))
		if len(its) == 0 && c.Each == "" {
			its = w.language.variants.classes[i].of(c.words())
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
	for i, members := range w.variants {
		if len(members) == 0 || from >= to {
			continue
		}
		switch last := w.language.variants.classes[i].last(g.text.Runes[from:to]); {
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
	for i, members := range w.variants {
		its := w.language.variants.classes[i].of(words)
		if len(members) > 0 && slices.ContainsFunc(its, func(m int) bool { return slices.Contains(members, m) }) {
			classes = append(classes, i)
		}
	}
	return classes
}

// Choice is one of the figures that a question may mean because it does not
// say which. Word is what it would have to say, Question the question with it.
type Choice struct {
	FigureHit
	Word     string
	Question string
}

// How close a second figure must be to be another thing that may be meant.
const (
	choiceScore = 2.5
	choiceAbout = 0.2
	mostChoices = 3
)

// choices are the best figures where they differ in what the question leaves
// open: 规上 or 规下, done or planned, this year or last.
func (e *Engine) choices(f *finding, a *Answer) []Choice {
	if len(f.fit) < 2 || f.List || f.Want == WantPassage {
		return nil
	}
	first := f.fit[0]
	var out []Choice
	for _, c := range f.fit[1:] {
		if len(out) == mostChoices || !e.alike(f, first, c) {
			continue
		}
		mine, its := f.difference(first, c)
		if slices.ContainsFunc(out, func(o Choice) bool { return o.Word == its }) {
			continue
		}
		if len(out) == 0 {
			out = append(out, f.choice(a, first, mine))
		}
		out = append(out, f.choice(a, c, its))
	}
	return out
}

// content is a candidate's score without what the features tell that choices
// differ in: of two figures alike but for the year either may be meant.
func (e *Engine) content(f *finding, c *candidate) float64 {
	score := c.score
	for _, name := range []string{"period", "otherperiod", "status", "otherstatus", "aimed", "extent", "passage", "behindpassage"} {
		i := indexOf(figureFeatures, name)
		score -= c.features[i] * e.figureWeights(f.Query)[i]
	}
	return score
}

// alike tells whether two figures are about the same and differ only in what
// the question leaves open.
func (e *Engine) alike(f *finding, a, b *candidate) bool {
	mine, _ := f.difference(a, b)
	return mine != "" && e.content(f, b) >= e.content(f, a)-choiceScore && b.about() >= a.about()-choiceAbout
}

func (f *finding) choice(a *Answer, c *candidate, word string) Choice {
	question := word + a.Question
	if f.Lang == "en" {
		question = a.Question + " " + word
	}
	return Choice{FigureHit{c.Figure, c.score}, word, question}
}

// difference is the words by which two figures of the same unit differ and of
// which the question has neither, "" where there are none.
func (f *finding) difference(a, b *candidate) (mine, its string) {
	if a.Unit != b.Unit || a.Role != b.Role {
		return "", ""
	}
	for i, class := range f.language.variants.classes {
		x, y := class.of(a.words()), class.of(b.words())
		if len(f.variants[i]) == 0 && len(x) == 1 && len(y) == 1 && x[0] != y[0] {
			return class.shown[x[0]], class.shown[y[0]]
		}
	}
	words := choiceWords[f.Lang == "en"]
	x, y := a.Period, b.Period
	switch {
	case f.Scope == "" && a.Scope != "" && b.Scope != "" && a.Scope != b.Scope:
		return fmt.Sprintf(words.area, a.Scope), fmt.Sprintf(words.area, b.Scope)
	case len(f.Periods) == 0 && x.Known() && y.Known() && !x.AsOf() && !y.AsOf() && !x.Overlaps(y):
		mine, its = words.period(x), words.period(y)
	}
	if f.Status == "" && a.Status != b.Status {
		mine, its = mine+words.status(a.Status), its+words.status(b.Status)
	}
	return mine, its
}

// words of a choice, by language: of an area, of done and planned, of a year.
type words struct {
	area, done, planned string
	year                string
}

var choiceWords = map[bool]words{false: {"全%s", "完成", "目标", "%d年"}, true: {"全%s", " actual", " target", "%d"}}

func (w words) status(s corpus.Status) string {
	if s == corpus.Target {
		return w.planned
	}
	return w.done
}

func (w words) period(p corpus.Period) string {
	if p.To-p.From == 12 && p.From%12 == 0 {
		return fmt.Sprintf(w.year, p.From/12)
	}
	return p.Label
}
