package index

import (
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/analysis"
)

// The features of the decision to answer, in the order of Weights.Answer.
// Those of figures are 0 for questions that want a passage, and the reverse.
//
//	near, sentence, own, counted, unit, otherclass, unlikely, run, passage  of the best figure
//	score     its score, in tenths
//	absent    share of the question's numbers, dates aside, that its surroundings lack: 65岁以上
//	figureabove  coverage of its paragraph with its headings
//	figuremissing share of the question's weight that no report has at all
//	rival     by how much a figure of another period, status or area is more about what is asked
//	outscored by how much, in fives, a figure of another period, status or area scores higher, up to 2
//	silent    1 if neither its clause nor what it counts has a word of the question
//	weakest   how much its sentence and headings say of the weightiest part of the question
//	least     … of the part, of those that weigh much, of which they say least
//	margin    how far the best figure is ahead of the second
//	pagesentence, pageabove, pagemissing, pagelongest, pagerun, pagemargin  of the best passage
//	foreign   1 if the question is in English and the report is not, or the reverse
//	any       1 if the question is a topic alone
//	bias
var answerFeatures = []string{"near", "sentence", "own", "counted", "unit", "otherclass", "figureabove", "figuremissing",
	"weakest", "least", "margin", "unlikely", "run", "passage", "score", "absent", "rival", "outscored", "silent", "figure", "pagesentence", "pageabove", "pagemissing", "pagelongest", "pagerun", "pagemargin", "any", "foreign", "bias"}

func (f *finding) answerFeatures() []float64 {
	x := map[string]float64{"bias": 1, "any": truth(f.Want == WantAny), "foreign": truth(len(f.pages) > 0 && (f.Lang == "en") != (f.pages[0].Report.Lang == "en"))}
	switch {
	case f.Want != WantPassage && len(f.fit) > 0:
		c := f.fit[0]
		for _, name := range []string{"near", "sentence", "own", "counted", "unit", "otherclass", "unlikely", "run", "passage"} {
			x[name] = c.feature(name)
		}
		x["figureabove"] = c.feature("above")
		x["figuremissing"] = f.missing()
		x["weakest"], x["least"] = f.weakest(c)
		x["figure"], x["score"], x["absent"] = 1, c.score/10, f.absent(c)
		x["rival"] = f.rival(f.instead)
		x["outscored"] = min(2, f.outscored(c)/5)
		x["silent"] = truth(c.feature("clause")+c.feature("own")+c.feature("counted") == 0)
		x["margin"] = 3
		if len(f.fit) > 1 {
			x["margin"] = math.Min(3, c.score-f.fit[1].score)
		}
	case len(f.pages) > 0:
		p := f.pages[0]
		x["pagesentence"], x["pageabove"], x["pagelongest"] = p.features[3], p.features[6], p.features[7]
		x["pagemissing"] = f.missing()
		x["pagerun"], x["pagemargin"] = p.features[8], 3
		if len(f.pages) > 1 {
			x["pagemargin"] = math.Min(3, p.score-f.pages[1].score)
		}
	}
	out := make([]float64, len(answerFeatures))
	for i, name := range answerFeatures {
		out[i] = x[name]
	}
	return out
}

// sortOut parts the figures that fit the question from those that are of
// another period, status or area than asked, which are never an answer; figures
// of another kind, class or scale are dropped.
func (f *finding) sortOut() {
	for _, c := range f.candidates {
		switch {
		case f.Want != WantPassage && c.Kind != f.kind():
		case c.feature("otherclass") > 0 && c.Unit != "": // 多少钱 is not answered in 家
		case f.tooSmall(c):
		case f.Want == WantFigure && c.Unit != "" && f.says(c.Figure): // 四大交易项目分别多少 does not ask for 四大
		case f.outdone(c):
		case f.conflicts(c):
			f.instead = append(f.instead, c)
		default:
			f.fit = append(f.fit, c)
		}
	}
}

// outdone tells a figure that names less of what tells alike indicators apart
// than another one of its sentence: of 幼儿园80所，其中民办园54所 the 80 is not how
// many 民办幼儿园 there are.
func (f *finding) outdone(c *candidate) bool {
	if f.Want == WantPassage {
		return false
	}
	mine := f.variantsNamed(c, false)
	return slices.ContainsFunc(f.candidates, func(o *candidate) bool {
		if o.Start <= c.Start || o.Sentence != c.Sentence || o.Unit != c.Unit || o.Kind != c.Kind || !partsOf(c, o) || f.conflicts(o) {
			return false
		}
		its := f.variantsNamed(o, true)
		return len(its) > len(mine) && !slices.ContainsFunc(mine, func(class int) bool { return !slices.Contains(its, class) })
	})
}

// partsOf tells that 其中 stands between a figure and another: the second is a part.
func partsOf(whole, part *candidate) bool {
	g := part.page
	return strings.Contains(string(g.text.Runes[g.rune(whole.End):g.rune(part.Start)]), "其中")
}

// absent is the share of the question's numbers, dates aside, that stand
// nowhere in the paragraph of a figure.
func (f *finding) absent(c *candidate) float64 {
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
func (f *finding) missing() float64 {
	var all bits
	for _, p := range f.pages {
		for i := range p.have {
			all.or(&p.have[i])
		}
		all.or(&p.heading)
	}
	return 1 - f.coverage(&all)
}

// weakest is how much the figure's sentence and headings say of the part of
// the question that weighs most, and least of the one they say least of.
func (f *finding) weakest(c *candidate) (weakest, least float64) {
	have := c.surroundings()
	heaviest := 0.0
	for _, p := range f.parts {
		heaviest = math.Max(heaviest, p.weight*p.fresh)
	}
	least = 1
	for i, p := range f.parts {
		v := f.partDecided(i, &have)
		if p.weight*p.fresh == heaviest {
			weakest = v
		}
		if p.fresh == 1 && p.weight > heaviest/heavyShare {
			least = math.Min(least, v)
		}
	}
	return weakest, least
}

// heavyShare: parts that weigh at least this share of the heaviest must be met.
const heavyShare = 4

// confidence is the calibrated chance that the best find answers the question.
func (e *Engine) confidence(f *finding) float64 {
	return 1 / (1 + math.Exp(-dot(e.weights.Answer, f.answerFeatures())))
}

// decide fills the answer. A figure of another period or status than the one
// asked for is never an answer; it is what stands in the reports instead.
func (e *Engine) decide(a *Answer, f *finding) {
	fit, instead := f.fit, f.instead
	a.Confidence = e.confidence(f)
	a.Answered = a.Confidence >= e.weights.Threshold[int(truth(f.Want == WantPassage || len(fit) == 0))]
	if f.Want != WantPassage && f.rival(f.here()) > f.conflictMargin() {
		fit = f.ofPeriod(fit)
		a.Answered = a.Answered && len(fit) > 0
	}
	if f.Want != WantPassage && f.Want != WantAny && (len(fit) == 0 || !f.touches(fit[0])) {
		a.Answered = false
	}
	if f.Want != WantPassage && len(fit) > 0 && f.outscored(fit[0]) > farOutscored {
		a.Answered = false
	}
	section := f.Want == WantPassage && f.asksForSection() && f.pages[0].feature("section") > 0
	a.Answered = a.Answered || section // 下一步怎么打算: no paragraph need say so again
	if e.elsewhere(f.Query) || f.missing() > mostMissing && !section {
		a.Answered, fit, instead = false, nil, nil
	}
	if f.Want == WantAny && len(fit) > 0 && !(f.touches(fit[0]) && fit[0].feature("clause")+fit[0].feature("own") > 0) {
		fit = nil // a topic that no figure is about may still be spoken of
		a.Answered = a.Answered && f.pages[0].feature("withheading") > spokenOf
	}
	if f.Want == WantPassage && !f.List {
		fit = nil
	}
	if a.Answered {
		if f.fit = fit; len(fit) > 0 {
			e.doneFirst(f)
			latestFirst(f)
			endFirst(f)
			wholeFirst(f)
			if f.Want == WantAny && f.List {
				f.fit = bySentence(f.fit)
			}
			a.Figures, a.Choices, a.Related = f.ends(hits(f.fit)), e.choices(f, a), related(f.fit[0].Figure)
		}
	} else if len(instead) > 0 && (len(fit) == 0 || instead[0].score > fit[0].score) && f.meets(instead[0]) {
		a.Instead = hits(f.nearestTo(instead))
	}
	a.Passages = f.passages(a)
}

// bySentence puts behind each figure, best first, the others of its sentence in the
// order of the report: who asks for the data on a topic wants what is said of it whole.
func bySentence(fit []*candidate) (out []*candidate) {
	for _, best := range fit {
		if slices.Contains(out, best) {
			continue
		}
		out = append(out, best)
		from := len(out)
		for _, c := range fit {
			if c != best && c.Sentence == best.Sentence && c.Paragraph == best.Paragraph {
				out = append(out, c)
			}
		}
		slices.SortFunc(out[from:], func(a, b *candidate) int { return a.Start - b.Start })
	}
	return out
}

// tooSmall tells a figure far below the scale asked for: 7% for 多少亿.
func (f *finding) tooSmall(c *candidate) bool {
	scale := map[string]int64{"百": 100, "千": 1000, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}[f.Scale]
	return scale > 0 && c.High.Abs().LessThan(decimal.NewFromInt(scale/100))
}

// kind of figure that is wanted: an amount, unless a date or a rank is.
func (q *Query) kind() quantity.Kind {
	switch q.Want {
	case WantDate:
		return quantity.Date
	case WantOrdinal:
		return quantity.Ordinal
	}
	return quantity.Amount
}

// ofPeriod are the figures that are of the very period asked for and about
// what is asked, though they stand in a passage that fits less well.
func (f *finding) ofPeriod(fit []*candidate) []*candidate {
	return slices.DeleteFunc(slices.Clone(fit), func(c *candidate) bool {
		return c.feature("period") < 1 || !f.meets(c)
	})
}

// touches tells whether a figure's sentence and headings say anything of the
// part of the question that weighs most, where that is most of the question. A
// figure that does not is about something else, however well the rest fits:
// 新建了多少座桥 is not answered by the stations that were 新建.
func (f *finding) touches(c *candidate) bool {
	weakest, _ := f.weakest(c)
	heaviest := Part{}
	most := 0.0
	for i, p := range f.parts {
		if v := p.weight * p.fresh; v > most {
			most, heaviest = v, f.Parts[i]
		}
	}
	from := 0.05 // a long stretch of a question is seldom met by half
	switch n := len([]rune(heaviest.Text)); {
	case len(heaviest.Alts) > 1 || n <= 2:
		from = 0.34
	case n <= 4:
		from = 0.15
	}
	return (weakest > from || most < mostOf*f.total) && f.meetsFocus(c)
}

// namesFocus is from when on a noun counts as named: a piece of another word for
// it does not, 学校 of 高等学校 for 大学.
const namesFocus = 0.34

// meetsFocus tells whether a figure's sentence and headings name the noun that
// is counted (多少座桥), where the question has it as a word of its own.
func (f *finding) meetsFocus(c *candidate) bool {
	for i, p := range f.Parts {
		if f.Focus != "" && p.Text == f.Focus && f.Unit != "" && quantity.Class(f.Unit) == "count" && f.coverageAround(c, i) < namesFocus {
			return false
		}
	}
	return true
}

// coverageAround is how much a figure's surroundings say of a part.
func (f *finding) coverageAround(c *candidate, part int) float64 {
	have := c.surroundings()
	return f.partDecided(part, &have)
}

// surroundings is what a figure's sentence, the sentences before it and the
// headings say: 卡塞雷斯 … 。人口为91606人。
func (c *candidate) surroundings() bits {
	have := c.page.heading
	for i, s := range c.page.Sentences {
		if s.Start <= c.Start {
			have.or(&c.page.have[i])
		}
	}
	return have
}

// mostOf the question's weight makes a part the thing that is asked about.
const mostOf = 0.6

// nearEnough in score to the best of them is what else the reports have.
const nearEnough = 5

// nearestTo is what the reports have instead: up to two figures that are about
// what is asked, what was achieved first.
func (f *finding) nearestTo(instead []*candidate) []*candidate {
	about := slices.DeleteFunc(slices.Clone(instead), func(c *candidate) bool { return !f.meets(c) || c.score < instead[0].score-nearEnough })
	about = about[:min(len(about), 2)]
	slices.SortStableFunc(about, func(a, b *candidate) int { return strings.Compare(string(a.Status), string(b.Status)) })
	return about
}

// meets tells whether a figure is about what the question weighs most.
func (f *finding) meets(c *candidate) bool {
	weakest, least := f.weakest(c)
	return weakest > 0.5 && least > 0.3
}

// elsewhere tells a question on a place that no report mentions: the figure of
// another place is never its answer.
func (e *Engine) elsewhere(q *Query) bool {
	return slices.ContainsFunc(e.placesAsked(q), func(place string) bool {
		for _, g := range analysis.Grams([]rune(place)) {
			if g.End-g.Start == 2 && e.store.frequency(g.Text) > 0 {
				return false
			}
		}
		return true
	})
}

// placesAsked is the places that a question names beside those of the reports:
// provinces, cities and countries of the gazetteer, and districts by their
// suffix: 瑞安 of 瑞安市. The gazetteer does not go down to counties.
func (e *Engine) placesAsked(q *Query) (places []string) {
	r := []rune(q.Text)
	for i := 0; i < len(r); i++ {
		n := e.language.places.At(r, i)
		if n < 2 && i+2 < len(r) && fold.Han(r[i]) && fold.Han(r[i+1]) && strings.ContainsRune("市区县旗镇", r[i+2]) &&
			!strings.ContainsAny(string(r[i:i+2]), inNoName) && !e.language.knows(r[i], r[i+1]) && e.isPlace(r[i:i+3]) {
			n = 2
		}
		if n < 2 {
			continue
		}
		if place := string(r[i : i+n]); !e.titles[string(r[i:i+2])].place {
			places = append(places, strings.TrimRight(place, "省市"))
		}
		i += n - 1
	}
	return places
}

// inNoName are characters that seldom stand in the name of a place: 分为东区、西区.
const inNoName = "的了为和与在对将把被从到由及等是有无不这那其各每本全某该几多哪两"

// isPlace tells 临港市 from 全市, and from words that lie across: 山区 alone is no
// place, and that of 青山区 is one where no report has 山区.
func (e *Engine) isPlace(r []rune) bool {
	tail := e.store.frequency(string(r[1:]))
	return tail == 0 || e.language.noPlace.Before(r, len(r)) == 0 && tail <= e.store.frequency(string(r[:2]))
}

// ofOtherPlace tells a figure whose paragraph and headings don't name the place that the
// question does, beside that of the report.
func (f *finding) ofOtherPlace(c *candidate) bool {
	if len(f.asked) == 0 {
		return false
	}
	said := string(c.page.text.Runes) + fold.String(strings.Join(c.Paragraph.Path(), " ")+c.Paragraph.Report.Title)
	return slices.ContainsFunc(f.asked, func(place string) bool {
		return !strings.Contains(said, place) && !f.isAbout(c.Paragraph.Report, place)
	})
}

// isAbout tells a report on a place that its title does not name: it
// stands there as often as in one of fifteen paragraphs.
func (f *finding) isAbout(r *corpus.Report, place string) bool {
	key := r.ID + place
	about, known := f.isOn[key]
	if !known {
		about = strings.Count(fold.String(r.Text), place)*15 >= len(r.Paragraphs)
		if f.isOn == nil {
			f.isOn = map[string]bool{}
		}
		f.isOn[key] = about
	}
	return about
}

// mostMissing of a question in no paragraph read: it is about something else.
const mostMissing = 0.75

// asksForSection tells a question that has no word but those for a section of a
// report: 存在哪些问题, 下一步怎么打算.
func (f *finding) asksForSection() bool {
	return !slices.ContainsFunc(f.Parts, func(p Part) bool {
		r := []rune(p.Text)
		return f.language.asks["problems"].set.At(r, 0) < len(r) && f.language.asks["next"].set.At(r, 0) < len(r)
	})
}

// outscored is by how much the best figure of another period, status or area scores
// higher than a figure that fits.
func (f *finding) outscored(c *candidate) float64 {
	if here := f.here(); len(here) > 0 {
		return max(0, here[0].score-c.score)
	}
	return 0
}

// farOutscored: then the question is on that figure, and the one that fits on
// something else.
const farOutscored = 4

// spokenOf is the share of a topic that a passage must say to be an answer.
const spokenOf = 0.5

// conflictMargin is from when on a rival makes a question one that the reports
// do not answer for the period asked; sooner where it asks for a change, of which
// most reports give many.
func (f *finding) conflictMargin() float64 {
	if f.compared || f.against != "" {
		return 0.3
	}
	return 0.4
}

// rival is by how much, from 0 to 1, the best figure of another period, status
// or area, of the kind that is asked for, is more about what is asked than the best that fits:
// 2024年城镇新增就业目标 where the report has 城镇新增就业1244万人 of 2023 and
// some other 1170万人 of 2024.
func (f *finding) rival(instead []*candidate) float64 {
	if len(instead) == 0 {
		return 0
	}
	compares := f.compared || f.against != ""
	best := 0.0
	for _, c := range instead {
		if c.feature("unlikely") == 0 && (c.feature("otherrole") == 0 || compares) {
			best = math.Max(best, c.about())
		}
	}
	if len(f.fit) == 0 {
		return best
	}
	mine := f.fit[0].about()
	if compares { // 诊疗占比61.3%，高于全市4.1个百分点: the thing stands in the clause before
		mine = max(mine, f.fit[0].feature("clauses"))
	}
	return math.Max(0, best-mine)
}

// here is the figures of another period, status or area that are of the place
// asked about.
func (f *finding) here() []*candidate {
	return slices.DeleteFunc(slices.Clone(f.instead), func(c *candidate) bool { return f.abroad(c.Paragraph.Report.Head) })
}

// abroad tells a report of another place than the question names.
func (f *finding) abroad(r *corpus.Head) bool { return f.placed && !f.reports[r] }

// about is how much a figure's own words are those of the question, 0 to 1.
func (c *candidate) about() float64 { return (c.feature("own") + c.feature("counted")) / 2 }

// conflicts tells whether a figure is of another period, status or area than
// asked: 全区 is no answer for 全市.
func (f *finding) conflicts(c *candidate) bool {
	if f.Want != WantPassage && (f.ofOtherPlace(c) || f.otherVariant(c) || f.abroad(c.Paragraph.Report.Head)) {
		return true
	}
	if f.Scope != "" && c.Scope != "" && f.Scope != c.Scope && f.Want != WantPassage {
		return true
	}
	if f.otherWay(c) {
		return true
	}
	if f.Want == WantFigure && f.otherChange(c) && !f.language.asks["growth"].inWord([]rune(fold.String(c.What))) {
		return true // 税收收入增长了多少 is not answered with how much there is
	}
	stated := c.Paragraph.Report.Year > 0 || c.Period.Stated <= corpus.InSentence
	return stated && (f.periodOf(c.Figure) < 0 || f.Status == corpus.Target && c.Status == corpus.Actual)
}

// otherWay tells a change to the other side than is asked: 比全市快多少 is not
// answered with 低于全市0.5个百分点, nor 下降多少 with 增长5%. How much something grew
// leaves it open whether it did.
func (f *finding) otherWay(c *candidate) bool {
	if c.Role != corpus.Growth && c.Role != corpus.Increase {
		return false
	}
	falls, rises := f.language.asks["falls"], f.language.asks["rises"]
	asked, own := []rune(f.Text), c.page.text.Runes[c.ownFrom:max(c.ownFrom, c.page.rune(c.Start))]
	up, down := rises.lastWord(own), falls.lastWord(own)
	if tail := trimFillers(own); len(tail) > 0 { // 较全市平均水平低0.51个百分点
		switch tail[len(tail)-1] {
		case '高', '快', '多':
			up = len(own)
		case '低', '慢', '少':
			down = len(own)
		}
	}
	switch {
	case f.language.asks["above"].inWord(asked):
		return down > up
	case falls.lastWord(asked) > rises.lastWord(asked):
		return up > down
	}
	return false
}

// otherChange tells how much there is where it is asked how it changed.
func (f *finding) otherChange(c *candidate) bool {
	switch f.Role {
	case corpus.Growth:
		return c.Role == corpus.Level || c.Role == corpus.Share
	case corpus.Increase:
		return c.Role == corpus.Share || (f.against != "" || f.compared) && c.Role == corpus.Level && c.Unit != "个百分点"
	case corpus.Share:
		return c.Role == corpus.Growth || c.Role == corpus.Increase
	}
	return false
}

func hits(cs []*candidate) []FigureHit {
	out := make([]FigureHit, 0, shownFigures)
	for _, c := range cs[:min(len(cs), shownFigures)] {
		out = append(out, FigureHit{c.Figure, c.score})
	}
	return out
}

// ends are the figures with the end of each range that the question asks for: 最高补多少
// is answered with 2000元 of 500元至2000元.
func (f *finding) ends(hits []FigureHit) []FigureHit {
	highest, lowest := f.language.asks["highest"].inWord([]rune(f.Text)), f.language.asks["lowest"].inWord([]rune(f.Text))
	if f.Want != WantFigure || highest == lowest {
		return hits
	}
	for i := range hits {
		hits[i].Figure = hits[i].EndOf(highest)
	}
	return hits
}

// related are the other figures of a figure's paragraph.
func related(f *corpus.Figure) []*corpus.Figure {
	return slices.DeleteFunc(slices.Clone(f.Paragraph.Figures()), func(g *corpus.Figure) bool { return g.ID == f.ID })
}

// passages are the best ones; the paragraph of each figure shown is among them,
// that of the first figure first.
func (f *finding) passages(a *Answer) []PassageHit {
	var out []PassageHit
	seen := map[*corpus.Paragraph]bool{}
	add := func(p *scoredPage) {
		if !seen[p.Paragraph] {
			seen[p.Paragraph] = true
			best := f.bestSentence(p.page)
			if len(a.Figures) > 0 && a.Figures[0].Paragraph == p.Paragraph {
				best = a.Figures[0].Sentence
			}
			out = append(out, PassageHit{p.Paragraph, p.score, best, p.matched()})
		}
	}
	if top := f.pages[0]; len(a.Figures) == 0 && a.Answered && (top.isHeading() || f.bestSentence(top.page).End == top.End) {
		for _, p := range announced(top.Paragraph) { // 存在哪些问题: what stands below the heading
			add(&scoredPage{page: f.read(p), score: top.score})
		}
	}
	need := map[*corpus.Paragraph]bool{}
	for i, h := range append(a.Figures, a.Instead...) {
		need[h.Paragraph] = true
		if i > 0 || f.Want == WantAny || f.Want == WantPassage {
			continue
		}
		for _, p := range f.pages {
			if p.Paragraph == h.Paragraph {
				add(p)
			}
		}
	}
	for _, p := range f.pages {
		if need[p.Paragraph] || len(out) < shownPassages {
			add(p)
		}
	}
	return out
}

// shownItems of a list that a passage announces: 十件民生实事 are ten.
const shownItems = 12

// announced is the paragraphs that a heading stands above, or that a paragraph
// with a colon at its end leads to (还存在不少困难和问题：); none of another one.
func announced(p *corpus.Paragraph) (out []*corpus.Paragraph) {
	heading, most := isHeading(p), shownFigures
	if !heading {
		most = shownItems
	}
	if !heading && (p.Section == nil || !strings.HasSuffix(fold.String(p.Text()), ":")) {
		return nil
	}
	for _, next := range p.Report.Paragraphs[p.N+1:] {
		if next.Start >= p.Section.End || len(out) == most || !heading && next.Marker == "" && !isHeading(next) {
			break
		}
		if !heading || !isHeading(next) { // ①新增学位2000个 is a heading, and what 办好十件实事： announces
			out = append(out, next)
		}
	}
	return out
}
