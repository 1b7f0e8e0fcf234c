// Package decide tells of what was found what is said, how surely, and what stands in the
// reports instead.
package decide

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/lexicon"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// AnswerFeatures tell how what was found looks.
func (f *Finding) AnswerFeatures() rank.AnswerFeatures {
	switch {
	case f.Want != question.WantPassage && len(f.Fit) > 0:
		return f.figureFeatures(f.Fit[0])
	case f.MayTellPassage():
		return f.PageFeatures()
	}
	return rank.AnswerFeatures{}
}

// MayTellPassage tells a question that a passage answers where no figure does: a topic, and when
// something is, which reports say without a date too (即日起, this spring).
func (f *Finding) MayTellPassage() bool {
	return len(f.Pages) > 0 && f.Want != question.WantFigure && f.Want != question.WantOrdinal
}

func (f *Finding) figureFeatures(c *rank.Candidate) rank.AnswerFeatures {
	is := c.Features
	weakest, least := f.weakest(c)
	return rank.AnswerFeatures{
		Figure: 1, FigureAbsentWords: f.AbsentWords(), FigureAny: rank.Truth(f.Want == question.WantAny), FigureForeign: f.foreign(),
		FigureAbove: is.Above, FigureMissing: f.missing(), Weakest: weakest, Least: least,
		Score: c.Score / 10, Absent: f.absent(c), Rival: f.rival(f.instead), Outscored: min(2, f.outscored(c)/5),
		Silent: rank.Truth(is.Clause+is.Own+is.Counted == 0), Touches: rank.Truth(f.touches(c)),
		Margin: f.margin(), Lead: f.lead(), Alone: rank.Truth(f.alone()),
		Near: is.Near, Sentence: is.Sentence, Own: is.Own, Counted: is.Counted, Run: is.Run, Passage: is.Passage, BehindPassage: is.BehindPassage, Prefix: is.Prefix,
		Unit: is.Unit, OtherClass: is.OtherClass, Likely: is.Likely, Unlikely: is.Unlikely, Class: is.Class, Role: is.Role, OtherRole: is.OtherRole,
		Head: is.Head, WordsNamed: is.WordsNamed, WordsNear: is.WordsNear, Extra: is.Extra, LeastNamed: is.LeastNamed, Exact: is.Exact, Swapped: is.Swapped,
		Uncounted: is.Uncounted, Lent: is.Lent, Each: is.Each, Period: is.Period, Stated: is.Stated, Variant: is.Variant, Milestone: is.Milestone, Part: is.Part, Average: is.Average, Elsewhere: is.Elsewhere,
	}
}

// PageFeatures are those of the best passage as the answer.
func (f *Finding) PageFeatures() rank.AnswerFeatures {
	p := f.Pages[0]
	is, margin := p.Features, 3.0
	if len(f.Pages) > 1 {
		margin = math.Min(margin, p.Score-f.Pages[1].Score)
	}
	return rank.AnswerFeatures{
		Page: 1, PageAbsentWords: f.AbsentWords(), PageAny: rank.Truth(f.Want == question.WantAny), PageForeign: f.foreign(),
		PageSentence: is.Pair, PageAbove: is.WithHeading, PageMissing: f.missing(), PageLongest: is.Longest, PageRun: is.Runs, PageMargin: margin,
		PageNominated: is.Nominated, PageAligned: is.Aligned, PageChars: is.CharsPair, PageWords: f.WordsOn(p.Page),
	}
}

// foreign is 1 if the question is in English and the report is not, or the reverse.
func (f *Finding) foreign() float64 {
	return rank.Truth(len(f.Pages) > 0 && (f.Lang == "en") != (f.Pages[0].Report.Lang == "en"))
}

// rivals are those of some figures that the best one may be taken for: of another value, and to a
// question for several things not of its own sentence, which tells them side by side.
func (f *Finding) rivals(of []*rank.Candidate) []*rank.Candidate {
	best := f.Fit[0]
	return slices.DeleteFunc(slices.Clone(of), func(c *rank.Candidate) bool {
		return c.Value.Equal(best.Value) && c.Unit == best.Unit || f.List && c.SameSentence(best.Figure)
	})
}

// lead is the log odds of the best figure among all others that it may be taken for.
func (f *Finding) lead() float64 {
	best, others := f.Fit[0], 0.0
	for _, c := range f.rivals(slices.Concat(f.Fit[1:], f.here())) {
		others += math.Exp(c.Score - best.Score)
	}
	return max(-4, min(4, -math.Log(others+1e-9)))
}

// alone tells that the best figure is the only one that says so much of the question
// and so little else: each other of another value is less about it in one respect and
// more in none.
func (f *Finding) alone() bool {
	best := f.Fit[0]
	mine := conditions(best)
	return !slices.ContainsFunc(f.rivals(f.Fit[1:]), func(c *rank.Candidate) bool {
		for i, its := range conditions(c) {
			if its < mine[i]-0.01 {
				return false
			}
		}
		return c.Features.Extra <= best.Features.Extra+0.01 && c.Features.Change <= best.Features.Change
	})
}

// conditions are what a figure says of the question and how it meets what is asked for.
func conditions(c *rank.Candidate) [10]float64 {
	is := c.Features
	return [10]float64{is.Head, is.WordsNear, is.LeastNamed, is.Likely, is.Class, is.Unit, is.Period, is.Status, is.Role, is.Lent}
}

// mostMargin: what is farther ahead is as sure.
const mostMargin = 3

// margin is how far the best figure is ahead of the best one of another value.
func (f *Finding) margin() float64 {
	if others := f.rivals(f.Fit[1:]); len(others) > 0 {
		return math.Min(mostMargin, f.Fit[0].Score-others[0].Score)
	}
	return mostMargin
}

// SortOut parts the figures that fit the question from those that are of
// another period, status or area than asked, which are never an answer; figures
// of another kind, class or scale are dropped.
func (f *Finding) SortOut() {
	for _, c := range f.Ranked {
		switch {
		case f.Want != question.WantPassage && c.Kind != f.Kind():
		case c.Features.OtherClass > 0 && (c.Unit != "" || f.measured() && c.Each == ""): // 多少钱 is not answered in 家
		case f.tooSmall(c):
		case c.Features.One > 0 && c.Features.Unit+c.Features.Alike == 0 && f.Want == question.WantFigure: // 多少地 is not answered with 一幅
		case c.Features.Uncounted > 0 && c.Paragraph.Report.Lang != "en": // how many 5G base stations: not the charging stations
		case (f.Lang == "en" && f.Want != question.WantPassage || f.Want == question.WantFigure && c.Unit != "") && f.Says(c.Figure): // 四大交易项目分别多少 does not ask for 四大
		case f.ofName(c), f.declines(c), f.outdone(c), f.untimely(c), f.ofOtherMeasure(c), f.ofOtherPart(c), f.outleveled(c), f.yetToBe(c), f.notMonthly(c), f.ofTotal(c), f.ofVisits(c), f.timesOver(c), f.pointsOfGrowth(c), f.countsBeside(c), f.outmatched(c), f.noLonger(c), f.ofWhom(c), f.besideLength(c), f.ofTheWorld(c), f.ofTheRest(c):
		case f.Conflicts(c):
			f.instead = append(f.instead, c)
		case f.unasked(c):
			if c.Features.Aimed == 1 && c.Features.Average == 0 {
				f.plans = append(f.plans, c)
			}
		default:
			f.Fit = append(f.Fit, c)
		}
	}
	f.keepRanges()
	f.keepCounts()
	f.totalFirst()
	if f.Want == question.WantAny && len(f.Fit) > 0 && !(f.touches(f.Fit[0]) && f.speaksOf(f.Fit[0])) {
		f.Fit = nil // a topic that no figure is about may still be spoken of
	}
}

// asksRange tells a question for both ends of a range.
func (f *Finding) asksRange() bool {
	asked := []rune(f.Text)
	asks := f.Language.Asks
	return asks["range"].InWord(asked) || asks["highest"].InWord(asked) && asks["lowest"].InWord(asked)
}

// keepRanges leaves what is no range out of the answer to a question for one, where a range fits about as well.
func (f *Finding) keepRanges() {
	if len(f.Fit) == 0 || !f.asksRange() {
		return
	}
	ranges := slices.DeleteFunc(slices.Clone(f.Fit), func(c *rank.Candidate) bool { return !inRange(c.Figure) })
	if len(ranges) == 0 || ranges[0].Score <= f.Fit[0].Score-nearEnough {
		return
	}
	lower := 0
	for i, c := range ranges {
		if c.SameSentence(ranges[0].Figure) && c.Bounded == ranges[0].Bounded && c.Start < ranges[lower].Start {
			lower = i
		}
	}
	first := ranges[lower] // between 4% and 6%, in this order
	f.Fit = slices.Insert(slices.Delete(ranges, lower, lower+1), 0, first)
}

// keepCounts leaves parts (a third) out of the answer to how many of something there are, and money, shares and times
// out of the answer to the name of several things, where something is counted that fits about as well.
func (f *Finding) keepCounts() {
	if len(f.Fit) == 0 || f.Lang != "en" || f.measured() || len(f.Classes) == 0 && !f.Things || f.Role != "" {
		return
	}
	counts := slices.DeleteFunc(slices.Clone(f.Fit), func(c *rank.Candidate) bool {
		return ofWhole(c.Figure) || f.Things && slices.Contains([]string{"money", "percent", "time"}, c.Class())
	})
	if len(counts) > 0 && counts[0].Score > f.Fit[0].Score-nearEnough {
		f.Fit = counts
	}
}

// ofWhole tells a part of a whole: two-thirds.
func ofWhole(c *corpus.Figure) bool {
	return c.Unit == "" && !c.Value.IsInteger() && c.Value.LessThan(decimal.NewFromInt(1))
}

// inRange tells a range (4%—6%), and an end of one that is said in two figures (between 4% and 6%).
func inRange(c *corpus.Figure) bool {
	return !c.High.Equal(c.Value) || slices.ContainsFunc(c.Paragraph.Figures(), func(o *corpus.Figure) bool { return o.ID != c.ID && o.Bounded == c.Bounded })
}

// measured tells a question whose figure has a unit: what is counted may stand without one.
func (f *Finding) measured() bool {
	return (f.Want == question.WantFigure || f.Want == question.WantAny && f.Lang == "en") && len(f.Classes) > 0 && !slices.ContainsFunc(f.Classes, func(class string) bool {
		return class == "" || class == "count" || class == "person" || class == "household"
	})
}

// declines tells a figure of what the question says that it does not ask for: 内资不要.
func (f *Finding) declines(c *rank.Candidate) bool {
	what := fold.String(c.Each)
	if what == "" {
		what = fold.String(c.What)
	}
	return slices.ContainsFunc(f.Declined, func(thing string) bool { return strings.Contains(what, thing) })
}

// absent is the share of the question's numbers, dates aside, that stand
// nowhere in the paragraph of a figure.
func (f *Finding) absent(c *rank.Candidate) float64 {
	all, gone := 0.0, 0.0
	for _, n := range f.Numbers {
		if n.Kind != quantity.Amount {
			continue
		}
		all++
		if !slices.ContainsFunc(c.Paragraph.Mentions(), func(m *corpus.Figure) bool { return m.Value.Equal(n.Value) }) {
			gone++
		}
	}
	if all == 0 {
		return 0
	}
	return gone / all
}

// missing is the share of the question's weight that stands in no page read.
func (f *Finding) missing() float64 {
	var all rank.Bits
	for _, p := range f.Pages {
		for i := range p.Have {
			all.Or(&p.Have[i])
		}
		all.Or(&p.Heading)
	}
	return 1 - f.Coverage(&all)
}

// weakest is how much the figure's sentence and headings say of the part of
// the question that weighs most, and least of the one they say least of.
func (f *Finding) weakest(c *rank.Candidate) (weakest, least float64) {
	have := c.Surroundings()
	heaviest := 0.0
	for _, p := range f.WeighedParts {
		heaviest = math.Max(heaviest, p.Weight*p.Fresh)
	}
	least = 1
	for i, p := range f.WeighedParts {
		v := f.PartDecided(i, &have)
		if p.Weight*p.Fresh == heaviest {
			weakest = v
		}
		if p.Fresh == 1 && p.Weight > heaviest/rank.HeavyShare {
			least = math.Min(least, v)
		}
	}
	return weakest, least
}

// told tells a part of an English question that says what kind of thing is asked for, which a figure of an English report
// tells by its unit: area, of woodland area, by hectares.
func (f *Finding) told(c *rank.Candidate, part int) bool {
	class := c.Class()
	return class != "" && f.Lang == "en" && c.Paragraph.Report.Lang == "en" && f.Language.LikelyClass(f.Parts[part].Text) == class
}

// TellsPassage tells that a passage is the answer, and no figure.
func (f *Finding) TellsPassage() bool { return f.Want == question.WantPassage || len(f.Fit) == 0 }

// Decide fills the answer. A figure of another period or status than the one
// asked for is never an answer; it is what stands in the reports instead. elsewhere
// tells that the question is on a place that no report mentions.
func (f *Finding) Decide(a *Answer, w *rank.Weights, elsewhere bool) {
	instead := f.instead
	f.weigh(a, w, f.AnswerFeatures(), f.TellsPassage())
	if !a.Answered && len(f.Fit) > 0 && f.MayTellPassage() {
		f.Fit = nil
		f.weigh(a, w, f.PageFeatures(), true)
	}
	fit := f.Fit
	a.Sure = a.Sure && !f.Doubtful()
	if len(fit) == 0 && !f.MayTellPassage() {
		a.Answered = false
	}
	if f.Want == question.WantAny && len(fit) == 0 && len(instead) > 0 && f.meets(instead[0]) && instead[0].Features.Exact == 1 {
		a.Answered = false // the very thing stands there, of another time or only as a result: that is told
	}
	section := f.Want == question.WantPassage && f.asksForSection() && f.Pages[0].Features.Section > 0
	a.Answered = a.Answered || section // 下一步怎么打算: no paragraph need say so again
	a.Answered = a.Answered || len(f.Fit) == 0 && f.MayTellPassage() && f.asksByName()
	if len(f.Fit) == 0 && f.passageElsewhere() {
		a.Answered = false
	}
	if elsewhere || f.unheardOf() {
		a.Answered, fit, instead = false, nil, nil
	}
	if f.Want == question.WantPassage && !f.List {
		fit = nil
	}
	if a.Answered && len(fit) > 0 && f.Lang != "en" && !slices.ContainsFunc(plausible(fit), func(c *rank.Candidate) bool { return !f.ofAnother(c) }) {
		a.Answered, fit = false, nil
	}
	if a.Answered {
		if !a.Sure && !f.List {
			fit = plausible(fit)
		}
		if f.Fit = fit; len(fit) > 0 {
			if f.Want == question.WantAny && f.List {
				f.Fit = bySentence(f.Fit)
			}
			a.Figures, a.Choices, a.Related = f.ends(hits(f.Fit)), f.choices(a, w), Related(f.Fit[0].Figure)
		}
	} else if len(instead) > 0 && (len(fit) == 0 || instead[0].Score > fit[0].Score) && f.meets(instead[0]) {
		a.Instead = hits(f.nearestTo(instead))
	}
	if of := f.otherMeasures(); !a.Answered && len(of) > 0 && !elsewhere && !f.unheardOf() {
		a.Instead = of
	}
	a.Passages = f.passages(a)
}

// weigh tells how surely what was found with some features is the answer: a figure or a passage.
func (f *Finding) weigh(a *Answer, w *rank.Weights, features rank.AnswerFeatures, passage bool) {
	a.Confidence, a.Offered = w.Chances(rank.Vector(&features), f.Lang)
	a.Answered = a.Offered >= w.From("figure", passage)
	a.Sure = a.Confidence >= w.From("surefigure", passage)
}

// speaksOf tells that a figure's clause says something of the question; in English, whose
// clauses are short, its sentence.
func (f *Finding) speaksOf(c *rank.Candidate) bool {
	if c.Paragraph.Report.Lang == "en" {
		return c.Features.Sentence > 0
	}
	return c.Features.Clause+c.Features.Own > 0
}

// Doubtful tells a figure that is never sure, whatever its chances. Each doubt looks at the first of Fit.
func (f *Finding) Doubtful() bool {
	if len(f.Fit) == 0 || f.Want == question.WantPassage {
		return false
	}
	return f.ofSeveralPlaces() || f.elsewhen() || f.undated() || f.ofOtherName() || f.ofOtherKind() || f.ofPartOfPlace() || f.plannedOrDone() || f.uncounted() || f.nearlyAsGood() || f.unsaid() || f.shareOfAmount() || f.countOfAmount() || f.inColumns() || f.otherEnd() || f.coarser() || f.unqualified() || f.ofOtherThing() || f.countsOther() || f.yearOfSpan() || f.ofOtherClass() || f.growthForLevel() || f.yetToBeNow() || f.sumOfYears() || f.stockForNew() || f.newForStock() || f.partOrOther() || f.unsaidTopic() || f.unnamed() || f.ofOne() || f.lacksThing() || f.ofMember() || f.changeForLevel() || f.ofOthers() || f.together() || f.notOfTheWorld() || f.otherMonth() || f.lengthOfTime(f.Fit[0])
}

// plausible leaves out what nobody would choose beside the first figure: what is far behind it,
// or counted in another unit where it has the one asked for.
func plausible(fit []*rank.Candidate) (out []*rank.Candidate) {
	for i, c := range fit {
		first := fit[0]
		named := c.Unit == first.Unit && c.Features.Head == 1 && c.Features.WordsNear == 1 && c.Status != first.Status
		if i == 0 || (named || c.Score >= first.Score-nearEnough) && !(c.Features.OtherUnit == 1 && first.Features.OtherUnit == 0) {
			out = append(out, c)
		}
	}
	return out
}

// tooSmall tells a figure far below the scale asked for: 7% for 多少亿.
func (f *Finding) tooSmall(c *rank.Candidate) bool {
	scale := map[string]int64{"百": 100, "千": 1000, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}[f.Scale]
	return scale > 0 && c.High.Abs().LessThan(decimal.NewFromInt(scale/100))
}

// touches tells whether a figure's sentence and headings say anything of the
// part of the question that weighs most, where that is most of the question. A
// figure that does not is about something else, however well the rest fits:
// 新建了多少座桥 is not answered by the stations that were 新建.
func (f *Finding) touches(c *rank.Candidate) bool {
	weakest, _ := f.weakest(c)
	heaviest := question.Part{}
	most := 0.0
	told := false
	for i, p := range f.WeighedParts {
		if v := p.Weight * p.Fresh; v > most {
			most, heaviest, told = v, f.Parts[i], f.told(c, i)
		}
	}
	from := 0.05 // a long stretch of a question is seldom met by half
	switch n := len([]rune(heaviest.Text)); {
	case len(heaviest.Alts) > 1 || n <= 2:
		from = 0.34
	case n <= 4:
		from = 0.15
	}
	return (weakest > from || told || most < mostOf*f.Total) && f.meetsFocus(c)
}

// meetsFocus tells whether a figure's sentence and headings name the noun that
// is counted (多少座桥), where the question has it as a word of its own.
func (f *Finding) meetsFocus(c *rank.Candidate) bool {
	for i, p := range f.Parts {
		if f.Focus != "" && p.Text == f.Focus && f.Unit != "" && f.Language.Quantities.Class(f.Unit) == "count" && f.CoverageAround(c, i) < rank.NamesFocus {
			return false
		}
	}
	return true
}

// CoverageAround is how much a figure's surroundings say of a part.
func (f *Finding) CoverageAround(c *rank.Candidate, part int) float64 {
	have := c.Surroundings()
	return f.PartDecided(part, &have)
}

// mostOf the question's weight makes a part the thing that is asked about.
const mostOf = 0.6

// nearEnough in score to the best of them is what else the reports have.
const nearEnough = 5

// nearestTo is what the reports have instead: up to two figures that are about
// what is asked, those of the place asked about before others, what was achieved first.
func (f *Finding) nearestTo(instead []*rank.Candidate) []*rank.Candidate {
	about := slices.DeleteFunc(slices.Clone(instead), func(c *rank.Candidate) bool { return !f.meets(c) || c.Score < instead[0].Score-nearEnough })
	ofPart := func(c *rank.Candidate) int { // the first half of another year before its first quarter
		return int(rank.Truth(!slices.ContainsFunc(f.Periods, func(p corpus.Period) bool { return p.SamePart(c.Period) })))
	}
	slices.SortStableFunc(about, func(a, b *rank.Candidate) int {
		return cmp.Or(int(rank.Truth(f.Abroad(a.Paragraph.Report.Head))-rank.Truth(f.Abroad(b.Paragraph.Report.Head))), ofPart(a)-ofPart(b))
	})
	if own := slices.IndexFunc(about, func(c *rank.Candidate) bool { return f.Abroad(c.Paragraph.Report.Head) }); own > 0 {
		about = about[:own] // of the place that is asked about there is something
	}
	about = about[:min(len(about), 2)]
	slices.SortStableFunc(about, func(a, b *rank.Candidate) int { return strings.Compare(string(a.Status), string(b.Status)) })
	return about
}

// meets tells whether a figure is about what the question weighs most.
func (f *Finding) meets(c *rank.Candidate) bool {
	weakest, least := f.weakest(c)
	return weakest > 0.5 && least > 0.3
}

// asksForSection tells a question that has no word but those for a section of a
// report: 存在哪些问题, 下一步怎么打算.
func (f *Finding) asksForSection() bool {
	return !slices.ContainsFunc(f.Parts, func(p question.Part) bool {
		r := []rune(p.Text)
		return f.Language.Asks["problems"].Set.At(r, 0) < len(r) && f.Language.Asks["next"].Set.At(r, 0) < len(r)
	})
}

// asksByName tells a question with a name and the number of it, both of which the best passage has
// side by side, and all else that is asked: what is Squad 80? Few words to go by, and sure ones.
func (f *Finding) asksByName() bool {
	page := f.Pages[0]
	if page.Features.Pair < 1 {
		return false
	}
	return slices.ContainsFunc(f.Numbers, func(n quantity.Quantity) bool {
		asked := wordBefore([]rune(f.Text), n.Start)
		return asked != "" && slices.ContainsFunc(page.Mentions(), func(m *corpus.Figure) bool {
			return m.Kind == quantity.Ordinal && m.Value.Equal(n.Value) && asked == wordBefore(page.Folded.Runes, page.Rune(m.Start))
		})
	})
}

// wordBefore is the folded Latin word right before a place, "" for none.
func wordBefore(r []rune, at int) string {
	to := min(at, len(r)) // the question may have been put together of two
	for to > 0 && (r[to-1] == ' ' || r[to-1] == '-') {
		to--
	}
	from := to
	for from > 0 && fold.Alnum(r[from-1]) {
		from--
	}
	return string(r[from:to])
}

// elsewhen tells that the very thing asked for stands there, but of another period,
// status or area, and that what fits lacks a word of the question: 8月臭氧浓度 where
// the report has that of 1—8月, and of August that of PM2.5; or that another noun is
// counted: of 今年改造多少老旧小区 the 4个城中村 behind it, where last year's 180个老旧小区 stand.
func (f *Finding) elsewhen() bool {
	first := f.Fit[0]
	return slices.ContainsFunc(f.here(), func(c *rank.Candidate) bool {
		lacks := first.Features.LeastNamed == 0 && c.Features.LeastNamed == 1 && c.Features.Exact == 1 && c.Score > first.Score
		other := first.Features.Head <= inSentence && c.Features.Head == 1 && c.Features.WordsNear >= first.Features.WordsNear &&
			c.Unit == first.Unit && first.Class() == "count" && c.Score > first.Score-nearEnough
		return lacks || other
	})
}

// undated tells a figure of which neither its text nor its report says the year, where a question names one.
func (f *Finding) undated() bool {
	if len(f.Periods) == 0 {
		return false
	}
	c := f.Fit[0]
	return c.Kind != quantity.Date && !c.Period.Known() && c.Paragraph.Report.Year == 0
}

// inSentence is how much of the noun asked for a figure has whose sentence alone has it.
const inSentence = 0.3

// ofOtherName tells a figure with a name of its own in which no word of the question stands:
// 医疗旅游收入83.9亿元 behind 离岛免税销售额占全球市场8%. That one stands in its sentence
// makes it a candidate and no answer.
func (f *Finding) ofOtherName() bool {
	if len(f.Words) == 0 || f.Lang == "en" || f.Fit[0].Paragraph.Report.Lang == "en" { // English names are read from few words
		return false
	}
	c := f.Fit[0]
	if c.Features.Unit == 1 && c.Features.WordsNear > MostWords {
		return false // 再就业津贴试行计划，预计可惠及6000人, of how many people
	}
	return c.Features.WordsNamed == 0 && c.Features.Extra == 1 && !f.onlySpent(c)
}

// MostWords of the question, as a share: from there on a sentence says what is asked.
const MostWords = 0.8

// ofPartOfPlace tells a figure whose name has a place that the question does not name: of
// 武汉都市圈经济总量 for 全省经济总量.
func (f *Finding) ofPartOfPlace() bool {
	return f.Lang != "en" && f.Fit[0].Features.Elsewhere == 1 && !f.placedAlike(f.Fit[0])
}

// uncounted tells that the noun that an English question counts stands nowhere near the figure:
// how many trips, where a report says visits.
func (f *Finding) uncounted() bool {
	return f.Fit[0].Features.Uncounted > 0 || f.countsUnknown() || f.Things && f.foreign() == 0 && f.countsNeighbour()
}

// countsUnknown tells a noun that an English question counts and no report has, however well the rest of the
// question is met: how many submarines left the state.
func (f *Finding) countsUnknown() bool {
	return f.Counted[1] > 0 && f.foreign() == 0 && slices.ContainsFunc(f.Words, func(w question.AskedWord) bool { return w.Absent && w.Counted })
}

// otherEnd tells where a change ended, where the question is for the change itself: 提高多少个百分点 of 由40%
// 提高到42.5%.
func (f *Finding) otherEnd() bool {
	return f.Fit[0].Role == corpus.To && (f.Role == corpus.Growth || f.Role == corpus.Increase) &&
		!f.Language.Asks["growth"].InWord([]rune(fold.String(f.Fit[0].What)))
}

// coarser tells a year where the day or the month is asked for: 哪一天 is not surely answered with 2025年.
func (f *Finding) coarser() bool {
	return f.Want == question.WantDate && f.Fit[0].Features.Grain == 0 && (f.Grain == "日" || f.Grain == "月")
}

// unsaid tells that the paragraph of a figure of a Chinese report has nothing of a thing that an English
// question names and the glossary of reports has: 一般公共预算支出 is not what is spent on education.
func (f *Finding) unsaid() bool {
	if f.Lang != "en" || f.foreign() == 0 || f.Want != question.WantFigure {
		return false
	}
	report := f.Fit[0].Paragraph.Report
	around := f.Fit[0].Around() + " " + string(f.Fit[0].Page.Folded.Runes) + " " + fold.String(report.Title+" "+report.Issuer)
	return slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return w.Term && !w.Absent && !w.Whole && !w.Loose && !w.InText(around)
	})
}

// nearlyAsGood tells that to a question in English another figure fits nearly as well as the best: of
// 18 such answers, most on reports that nobody had read, the first figure was right in half, of the
// other 256 in 92 of 100. In Chinese, whose names are surer, four of five of them are right.
func (f *Finding) nearlyAsGood() bool {
	if f.Lang != "en" || f.List {
		return false
	}
	return f.margin() < LeastAhead
}

// LeastAhead in score, the logarithm of odds, a figure must be to be told from another.
const LeastAhead = 1

// unqualified tells that the word which the question sets right before the noun it asks for stands nowhere in the
// paragraph of a figure and its headings, nor in its sentence where its name has another word there: 地区生产总值 is
// not surely the 海洋生产总值.
func (f *Finding) unqualified() bool {
	if f.Lang == "en" || f.Fit[0].Paragraph.Report.Lang == "en" {
		return false
	}
	head := slices.IndexFunc(f.Words, func(w question.AskedWord) bool { return w.Head })
	if head < 1 || f.Follows != "" { // what two questions make together nobody said so
		return false
	}
	before := f.Words[head-1]
	if before.Kind != lexicon.Noun && before.Kind != lexicon.Place || f.Language.Asks["yearly"].Set.Has(before.Text) || len([]rune(before.Text)) < 2 || !strings.Contains(f.Text, before.Text+f.Words[head].Text) {
		return false
	}
	c := f.Fit[0]
	around := c.Around() + fold.String(c.Paragraph.Report.Title)
	its, _, _ := strings.Cut(fold.String(c.What), f.Words[head].Text)
	if its == "" || its == fold.String(c.What) {
		around += string(c.Page.Folded.Runes)
	}
	return !before.InText(around) && !strings.ContainsAny(its, before.Text) // 建设用地使用权 is 土地使用权
}

// ofOtherThing tells a noun of a Chinese question, beside what it asks for, of which the paragraph of a figure, its
// headings and the report's title say nothing: 女性 of 女性登记失业率 where the rate is that of all.
func (f *Finding) ofOtherThing() bool {
	if f.List || f.Lang == "en" || f.Fit[0].Paragraph.Report.Lang == "en" {
		return false
	}
	c := f.Fit[0]
	around := c.Around() + string(c.Page.Folded.Runes) + fold.String(c.Paragraph.Report.Title+c.Paragraph.Report.Issuer)
	return slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		r := []rune(w.Text) // what tells one thing from another stands first: 基金业 may be the 基金, 女性 are no 居民
		return !w.Head && !w.Whole && w.Kind == lexicon.Noun && len(r) > 1 && !strings.ContainsRune(around, r[0]) && !w.InText(around)
	})
}

// countsOther tells a figure in another unit than the question counts in, where the noun that is counted stands
// nowhere in its sentence, or where it has a name of its own: 用量1000万次 is not how many 登记用户 there are.
func (f *Finding) countsOther() bool {
	if f.Want != question.WantFigure || f.Lang == "en" || f.Unit == "" || f.Fit[0].Paragraph.Report.Lang == "en" {
		return false
	}
	is := f.Fit[0].Features
	named := is.Extra > mostOf && is.WordsNamed < 1-MostWords // 粮食增产 for 原煤产了多少吨
	return is.Unit+is.Alike == 0 && (is.Head == 0 || is.Head <= inSentence && named)
}

// plannedOrDone tells a plan that the question does not ask for, where what there is stands there
// in other words: 高速公路里程 of this year's plan, and 高速公路由7473公里增至9310公里.
func (f *Finding) plannedOrDone() bool {
	if f.Fit[0].Features.Aimed == 0 || f.Fit[0].Paragraph.Report.Lang == "en" {
		return false
	}
	first := f.Fit[0]
	return slices.ContainsFunc(f.Fit[1:], func(c *rank.Candidate) bool {
		return c.Status == corpus.Actual && c.Unit == first.Unit && c.Features.Head > 0 && c.Features.WordsNear >= first.Features.WordsNear &&
			(c.Score > first.Score-nearEnough || c.Features.Head == 1 && c.Role == corpus.Growth)
	})
}

// ofOtherKind tells how much there is where a share or a change is asked for, in a unit that
// neither is measured in.
func (f *Finding) ofOtherKind() bool {
	return f.Fit[0].Features.OtherRole == 1 && f.Fit[0].Features.Unlikely == 1
}

// shareOfAmount tells a share, a rate or a span of time where the thing asked for is an amount of
// something: 56.2% of 可再生能源装机占比 for 新能源装机.
func (f *Finding) shareOfAmount() bool {
	if f.Fit[0].Features.Unlikely == 0 {
		return false
	}
	class := f.Fit[0].Class()
	if class == "percent" && strings.Contains(f.Text, "how much") && !f.likelierNear() {
		return false // how much do families get off their bills
	}
	return (class == "percent" || class == "time") && f.Fit[0].Role == corpus.Level || f.Fit[0].Role == corpus.Share
}

// countOfAmount tells things counted where an English question asks how much something is: 20 blocks are not how
// much the levy is.
func (f *Finding) countOfAmount() bool {
	if f.Lang != "en" || f.Want != question.WantFigure || f.Fit[0].Features.Unlikely == 0 || !strings.Contains(f.Text, "how much") || strings.Contains(f.Text, "by how much") {
		return false
	}
	class := f.Fit[0].Class()
	return class != "money" && class != "percent" && f.Fit[0].Role == corpus.Level
}

// likelierNear tells that another figure of the kind asked for fits not much worse than the best.
func (f *Finding) likelierNear() bool {
	return slices.ContainsFunc(f.Fit[1:], func(c *rank.Candidate) bool {
		return c.Features.Unlikely == 0 && c.Score > f.Fit[0].Score-nearEnough
	})
}

// inColumns tells a bare number in a row that white space sets in columns, beside another: which
// of them is the output and which its growth stands above, and was not read.
func (f *Finding) inColumns() bool {
	first := f.Fit[0].Figure
	if first.Unit != "" {
		return false
	}
	return slices.ContainsFunc(first.Paragraph.Figures(), func(o *corpus.Figure) bool {
		return o.ID != first.ID && (setApart(first) && setApart(o) || o.Unit == "" && (nextTo(first, o) || nextTo(o, first)))
	})
}

// nextTo tells two figures with white space alone between them: 发电量 亿千瓦时 1855.69 0.7.
func nextTo(f, next *corpus.Figure) bool {
	return f.End < next.Start && strings.TrimSpace(f.Paragraph.Report.Slice(corpus.Span{Start: f.End, End: next.Start})) == ""
}

// setApart tells a figure with as much white space before it as stands between columns.
func setApart(f *corpus.Figure) bool {
	text := f.Paragraph.Text()
	before := text[:max(0, min(len(text), f.Start-f.Paragraph.Start))]
	return len(before)-len(strings.TrimRight(before, " ")) >= columnGap
}

const columnGap = 3 // spaces

// unheardOf tells that no report has a word of the question, nor most of their characters; in a
// question that goes on from another (军费呢), and in one that is in English as the reports are, the
// noun that it asks for is enough, in English one of two words or more: the unemployment rate. A single
// word (revised, counted) may be said otherwise.
func (f *Finding) unheardOf() bool {
	if f.TellsPassage() {
		return false
	}
	english := f.Lang == "en" && f.foreign() == 0
	if slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return w.Head && w.Absent && (f.Follows != "" || english && !w.Loose && strings.Contains(w.Text, " "))
	}) {
		return true
	}
	return f.AbsentWords() == 1 && (f.Lang == "en" || f.missing() > mostMissing)
}

// mostMissing is the share of a Chinese question that no report has, from which on its words
// are unknown: 粮食总产 has its characters in 粮食播种面积、总产.
const mostMissing = 0.5

// ofSeveralPlaces tells that a question (粮食产量多少) names no place and the reports of more than
// one have a figure that fits about as well.
func (f *Finding) ofSeveralPlaces() bool {
	if f.Placed {
		return false
	}
	first := f.Fit[0]
	return slices.ContainsFunc(f.Fit[1:], func(c *rank.Candidate) bool {
		one, other := first.Paragraph.Report, c.Paragraph.Report
		return one.Head != other.Head && one.Issuer != other.Issuer && one.Issuer != "" && other.Issuer != "" && c.Score > first.Score-nearEnough && c.Unit == first.Unit
	})
}
