package decide

import (
	"fmt"
	"slices"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/question"
	"reportbot/index/rank"
)

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
func (f *Finding) choices(a *Answer, w *rank.Weights) []Choice {
	if len(f.Fit)+len(f.plans) < 2 || f.List || f.Want == question.WantPassage {
		return nil
	}
	first := f.Fit[0]
	var out []Choice
	for _, c := range slices.Concat(f.Fit[1:], f.plans) {
		if len(out) == mostChoices || !f.alike(w, first, c) {
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
	slices.SortStableFunc(out, func(a, b Choice) int { // of one paragraph in its order: which scores best is chance
		if a.Paragraph != b.Paragraph {
			return 0
		}
		return a.Start - b.Start
	})
	return out
}

// content is a candidate's score without what the features tell that choices
// differ in: of two figures alike but for the year either may be meant.
func (f *Finding) content(w *rank.Weights, c *rank.Candidate) float64 {
	x := c.Features
	x.Period, x.OtherPeriod, x.Status, x.OtherStatus, x.Aimed, x.Extent = 0, 0, 0, 0, 0, 0
	x.Passage, x.BehindPassage = 0, 0
	return rank.Score(w.FiguresFor(f.Lang), &x)
}

// alike tells whether two figures are about the same and differ only in what
// the question leaves open.
func (f *Finding) alike(w *rank.Weights, a, b *rank.Candidate) bool {
	mine, _ := f.difference(a, b)
	return mine != "" && f.content(w, b) >= f.content(w, a)-choiceScore && b.About() >= a.About()-choiceAbout
}

func (f *Finding) choice(a *Answer, c *rank.Candidate, word string) Choice {
	question := word + a.Question
	if f.Lang == "en" {
		question = a.Question + " " + word
	}
	return Choice{FigureHit{c.Figure, c.Score}, word, question}
}

// difference is the words by which two figures of the same unit differ and of
// which the question has neither, "" where there are none.
func (f *Finding) difference(a, b *rank.Candidate) (mine, its string) {
	if a.Unit != b.Unit {
		return "", ""
	}
	if mine, its := f.extents(a, b); mine != "" {
		return mine, its
	}
	if a.Role != b.Role {
		return "", ""
	}
	for i, class := range f.Language.Variants.Classes {
		if len(f.Variants[i]) > 0 {
			continue
		}
		x, y := class.Of(a.Words()), class.Of(b.Words())
		if len(x) == 1 && len(y) == 1 && x[0] != y[0] {
			return class.Shown[x[0]], class.Shown[y[0]]
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

// extents tell what is new from what there is of a thing in all, where the question says neither: 上市公司多少家 of
// 新增上市公司2家 and 上市公司增至88家.
func (f *Finding) extents(a, b *rank.Candidate) (mine, its string) {
	switch {
	case f.isNewOf(a, b):
		return "新增", "累计"
	case f.isNewOf(b, a):
		return "累计", "新增"
	}
	return "", ""
}

// isNewOf tells that one figure is what is new of the thing that the other is the total of, and the question asks
// for neither by a word.
func (f *Finding) isNewOf(part, total *rank.Candidate) bool {
	level := func(c *rank.Candidate) bool { return c.Role == corpus.To || c.Role == corpus.Level }
	return f.Extent == "" && f.Lang != "en" && part.Unit == total.Unit && min(part.Features.Exact, total.Features.Exact) == 1 &&
		level(part) && level(total) && f.isNew(part) && !f.isNew(total)
}

// isNew tells a figure of what is new: 新增上市公司2家.
func (f *Finding) isNew(c *rank.Candidate) bool {
	return f.Language.ExtentOf([]rune(fold.String(c.Verb)+c.Page.Slice(c.OwnFrom, c.Page.Rune(c.Start)))) == "new"
}

// stockForNew tells how much there is where it is asked what is new, or by how much more there is: 增至3022家 for 新增几家.
func (f *Finding) stockForNew() bool {
	if f.Lang == "en" || f.Extent != "new" && f.Role != corpus.Increase {
		return false
	}
	c := f.Fit[0]
	return (c.Role == corpus.Level && c.Verb == "" || c.Role == corpus.To) && c.Class() != "percent" && !f.isNew(c)
}

// newForStock tells what was added where a Chinese question asks how much of something there is: 新增2所 for 有多少所. What
// was built (新建174个基站) may be all there is.
func (f *Finding) newForStock() bool {
	asks := f.Language.Asks
	return f.Lang != "en" && f.Extent == "" && f.Role == "" && asks["thereis"].InWord([]rune(f.Text)) && asks["added"].InWord(f.Fit[0].Words())
}

// totalFirst puts the total of a thing before what is new of it, or a part of it, where the question says neither.
func (f *Finding) totalFirst() {
	if len(f.Fit) == 0 || f.List {
		return
	}
	first := f.Fit[0]
	part := f.partOrOther()
	total := slices.IndexFunc(f.Fit, func(c *rank.Candidate) bool { return f.isNewOf(first, c) || part && f.isWholeOf(first, c) })
	if total > 0 && f.Fit[total].Score > first.Score-nearEnough {
		c := f.Fit[total]
		f.Fit = slices.Insert(slices.Delete(f.Fit, total, total+1), 0, c)
	}
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
