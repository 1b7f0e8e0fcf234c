package decide

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// Which figures are of another period, status, area or change than asked: they are
// never the answer, and tell what stands in the reports instead.

// outdone tells a figure that names less of what tells alike indicators apart
// than another one of its sentence, or less of the question: of 幼儿园80所，其中民办园54所 the 80 is
// not how many 民办幼儿园 there are.
func (f *Finding) outdone(c *rank.Candidate) bool {
	if f.Want == question.WantPassage {
		return false
	}
	mine := sync.OnceValue(func() []int { return f.VariantsNamed(c) })
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		if o.Start <= c.Start || !o.SameSentence(c.Figure) || o.Unit != c.Unit || o.Kind != c.Kind || !rank.PartsOf(c, o) || f.Conflicts(o) {
			return false
		}
		if o.Features.LeastNamed > c.Features.LeastNamed && o.Features.WordsNear > c.Features.WordsNear || o.Features.Extent > c.Features.Extent {
			return true // 汽车3230万辆，其中新能源汽车356万辆; 个体户52.86万户，其中新登记4.84万户
		}
		its := f.VariantsNamed(o)
		return len(its) > len(mine()) && !slices.ContainsFunc(mine(), func(class int) bool { return !slices.Contains(its, class) })
	})
}

// outscored is by how much the best figure of another period, status or area scores
// higher than a figure that fits.
func (f *Finding) outscored(c *rank.Candidate) float64 {
	if here := f.here(); len(here) > 0 {
		return max(0, here[0].Score-c.Score)
	}
	return 0
}

// rival is by how much, from 0 to 1, the best figure of another period, status
// or area, of the kind that is asked for, is more about what is asked than the best that fits:
// 2024年城镇新增就业目标 where the report has 城镇新增就业1244万人 of 2023 and
// some other 1170万人 of 2024.
func (f *Finding) rival(instead []*rank.Candidate) float64 {
	if len(instead) == 0 {
		return 0
	}
	compares := f.Compared || f.Against != ""
	best := 0.0
	for _, c := range instead {
		if c.Features.Unlikely == 0 && (c.Features.OtherRole == 0 || compares) {
			best = math.Max(best, c.About())
		}
	}
	if len(f.Fit) == 0 {
		return best
	}
	mine := f.Fit[0].About()
	if compares { // 诊疗占比61.3%，高于全市4.1个百分点: the thing stands in the clause before
		mine = max(mine, f.Fit[0].Features.Clauses)
	}
	return math.Max(0, best-mine)
}

// here is the figures of another period, status or area that are of the place
// asked about.
func (f *Finding) here() []*rank.Candidate {
	return slices.DeleteFunc(slices.Clone(f.instead), func(c *rank.Candidate) bool { return f.Abroad(c.Paragraph.Report.Head) })
}

// Conflicts tells whether a figure is of another period, status or area than
// asked: 全区 is no answer for 全市.
func (f *Finding) Conflicts(c *rank.Candidate) bool {
	if f.Want != question.WantPassage && (f.ofOtherPlace(c) || f.OtherVariant(c) || f.Abroad(c.Paragraph.Report.Head)) {
		return true
	}
	if f.Scope != "" && c.Scope != "" && f.Scope != c.Scope && !sameScope(f.Scope, c) && f.Want != question.WantPassage {
		return true
	}
	if _, other := f.Level(c); other && f.Want != question.WantPassage {
		return true
	}
	if f.Want == question.WantFigure && f.heldAgainst(c) {
		return true // 增长4.7%、低于全国0.3个百分点
	}
	if f.Scope != "" && f.Want != question.WantPassage && c.Features.Elsewhere == 1 {
		return true // 全省经济总量 is not that of 武汉都市圈
	}
	if f.Want != question.WantPassage && c.Role == corpus.To && f.asksFormer() {
		return true // 原来是多少 is not answered with where a change ended
	}
	if f.otherWay(c) || f.Want != question.WantPassage && f.wholeForAverage(c) {
		return true
	}
	if f.Want == question.WantFigure && f.otherChange(c) && !f.saysChange(c) {
		return true // 税收收入增长了多少 is not answered with how much there is
	}
	stated := c.Paragraph.Report.Year > 0 || c.Period.Stated <= corpus.InSentence
	if f.Status == corpus.Actual && c.Status == corpus.Target && c.Budgeted() {
		return true // 实际完成多少 is not answered with what was budgeted
	}
	oneOfSeveral := len(f.Periods) > 1 && f.PeriodOf(c.Figure) > 0 // last year's growth and this year's forecast
	return stated && (f.PeriodOf(c.Figure) < 0 || f.Status == corpus.Target && done(c) && !oneOfSeveral)
}

// asksFormer tells a question for what something was before it changed.
func (f *Finding) asksFormer() bool {
	asked := []rune(f.Text)
	old := !f.List && slices.ContainsFunc(f.Words, func(w question.AskedWord) bool { return w.Text == "旧" || w.Text == "old" })
	return (old || f.Language.Asks["former"].InWord(asked)) && !f.Language.Asks["latter"].InWord(asked)
}

// unasked tells what the question leaves open, where its report has the plainer figure and that says
// as much of the question: a plan beside what there is (高速公路达到9500公里, of this year's plan, beside
// 9310公里), an average, a change, where a change began, a part beside the whole.
func (f *Finding) unasked(c *rank.Candidate) bool {
	mine := c.Features
	if f.Want == question.WantPassage || f.List {
		return false
	}
	if f.Lang == "en" && mine.Change == 1 && f.Language.Changes([]rune(f.Text)) { // how big is the cut in the tax, extra classrooms
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		its := o.Features
		alike := o.Unit == c.Unit || o.SameSentence(c.Figure) && (o.Unit == "%" && c.Unit == points || changeOf(o, c)) // 城镇化率达82.9%，比上年提高0.2个百分点
		return alike && o.Paragraph.Report == c.Paragraph.Report && (plainer(o, c) || f.outlived(o, c)) &&
			its.Head >= max(mine.Head, 1) && its.WordsNear >= mine.WordsNear && its.LeastNamed >= mine.LeastNamed && !f.Conflicts(o) && !f.notMonthly(o) && !f.yetToBe(o) &&
			(its.Aimed == mine.Aimed || o.Score > c.Score-nearEnough) // else it would not be said by itself
	})
}

// changeOf tells that one figure of an English report is by how much what the other is came to change: life expectancy has
// risen by four years, to 81.
func changeOf(level, change *rank.Candidate) bool {
	return level.Paragraph.Report.Lang == "en" && level.What != "" && level.What == change.What && level.Role != change.Role && change.Features.Change == 1
}

// plainer tells a figure that lacks what another has and nobody asked for, and has nothing of the
// kind that the other lacks. A speech in English is on plans all along, and names its averages.
func plainer(o, c *rank.Candidate) bool {
	its, mine := o.Features, c.Features
	if c.Paragraph.Report.Lang == "en" {
		its.Aimed, mine.Aimed, its.Average, mine.Average = 0, 0, 0, 0
	}
	part := mine.Extra > 0 && its.LeastNamed == 1 && o.Start < c.Start && o.Role == c.Role && (o.SameSentence(c.Figure) || goesOn(o, c)) && rank.PartsOf(o, c)
	began := mine.From == 1 && o.Role == corpus.To && o.SameClause(c.Figure)
	held := lasts(c) && !lasts(o) && o.Role == c.Role
	return (part || began || held || its.Aimed < mine.Aimed || its.Average < mine.Average || its.Change < mine.Change) &&
		its.Aimed <= mine.Aimed && its.Average <= mine.Average && its.Change <= mine.Change && its.From <= mine.From
}

// outlived tells a level of a year before that of another figure, where no time is asked for: the GDP is
// that of the year that the report is on, and not the one before as it was revised. A speech in English goes back and forth.
func (f *Finding) outlived(o, c *rank.Candidate) bool {
	if f.Want == question.WantDate || c.Paragraph.Report.Lang == "en" || len(f.Periods) > 0 || f.Compared || f.Language.Asks["former"].InWord([]rune(f.Text)) {
		return false
	}
	return o.Status == c.Status && o.Role == c.Role && c.Period.Known() && o.Period.Known() && c.Period.To <= o.Period.From && o.Features.Exact >= c.Features.Exact
}

// lasts tells what is said to have held for years, and is none of them: 连续13年稳定在430亿斤以上, 比重稳定在70%以上.
func lasts(c *rank.Candidate) bool {
	r := c.Page.Folded.Runes
	return heldFor.MatchString(string(r[c.Page.Rune(c.Clause.Start):max(c.Page.Rune(c.Clause.Start), c.Page.Rune(c.Start))]))
}

var heldFor = regexp.MustCompile(`连续[0-9一二三四五六七八九十两多]{1,3}年|(稳定|保持|维持)在$`)

// goesOn tells that a figure's sentence is on the parts of what the one before counts: 存款余额6279.33亿元。
// 其中，住户存款余额5349.26亿元.
func goesOn(whole, part *rank.Candidate) bool {
	r := part.Paragraph.Report
	return whole.Paragraph == part.Paragraph && strings.HasPrefix(strings.TrimSpace(r.Slice(part.Sentence)), "其中") && whole.Sentence.End >= part.Sentence.Start-len("。　")
}

// heldAgainst tells by how much something is ahead of or behind another area, where the question
// does not hold it against anything.
func (f *Finding) heldAgainst(c *rank.Candidate) bool {
	asked := []rune(f.Text)
	if c.Role != corpus.Increase || f.Against != "" || f.Compared || f.Role == corpus.Increase {
		return false
	}
	for _, class := range []string{"difference", "versus", "above"} {
		if f.Language.Asks[class].InWord(asked) {
			return false
		}
	}
	at := c.Page.Rune(c.Start)
	return corpus.HeldAgainst(c.Page.Folded.Runes[min(c.OwnFrom, at):at]) != ""
}

// sameScope tells that 全区 is the whole of an autonomous region, in its own report, and that what is 县里 in
// that of a province is named so: 县域快递物流中心.
func sameScope(asked corpus.Scope, c *rank.Candidate) bool {
	r := c.Paragraph.Report
	return strings.Contains(c.What, string(asked)+"域") || asked == "区" && c.Scope == "省" && strings.Contains(r.Title+r.Issuer, "自治区")
}

// untimely tells a figure that is only partly of the time asked for, where the very thing asked
// for stands there of that time: 粮食产量连续13年稳定在430亿斤以上 is not what was harvested last year.
func (f *Finding) untimely(c *rank.Candidate) bool {
	if f.Want == question.WantPassage || c.Features.Period <= 0 || c.Features.Period >= rank.MostlyThen {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return o.Features.Period == 1 && o.Features.Exact == 1 && o.Unit == c.Unit && o.Role == c.Role && o.Paragraph.Report == c.Paragraph.Report && !f.Conflicts(o)
	})
}

// ofOtherMeasure tells the growth of something else of a branch of the economy, its sales or its investment,
// where the branch alone is named and its 增加值 stands there: 规上工业跌了几个点 asks for that of 规模以上工业增加值.
func (f *Finding) ofOtherMeasure(c *rank.Candidate) bool {
	if f.Role != corpus.Growth || measuresOutput(c) {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return measuresOutput(o) && o.Role == c.Role && o.Features.Head == 1 && o.Features.LeastNamed == 1 && !f.Conflicts(o) &&
			o.Features.WordsNear >= c.Features.WordsNear && o.Features.Extra <= c.Features.Extra && o.Paragraph.Report == c.Paragraph.Report
	})
}

// yetToBe tells a forecast where how things stand is asked for, and that stands there too: 财政储备现在还剩多少.
func (f *Finding) yetToBe(c *rank.Candidate) bool {
	if c.Role == corpus.To && f.onlyPlanned(c) {
		return true
	}
	if !f.asksNow() || !toBe(c) {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return !toBe(o) && o.Unit == c.Unit && o.Features.Head > 0 && o.Features.WordsNear >= c.Features.WordsNear && !f.Conflicts(o)
	})
}

// notMonthly tells what is not of each month, where that is asked for and stands there: of 低保一个月多少钱 no
// 低保资金870.57万元.
func (f *Finding) notMonthly(c *rank.Candidate) bool {
	monthly := f.Language.Asks["monthly"]
	if f.Want == question.WantPassage || !monthly.InWord([]rune(f.Text)) || monthly.InWord(clauseOf(c)) || monthly.InWord([]rune(fold.String(c.What))) {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return monthly.InWord(clauseOf(o)) && o.Class() == c.Class() && o.Features.Head > 0 && o.Paragraph.Report == c.Paragraph.Report && !f.Conflicts(o)
	})
}

// ofTotal tells a part that is told behind its total, where the total is asked for: 共计45趟（转诊23趟、安宁9趟）.
func (f *Finding) ofTotal(c *rank.Candidate) bool {
	totals := func(o *rank.Candidate) bool {
		at := o.Page.Rune(o.Start)
		return f.Language.Asks["total"].InWord(o.Page.Folded.Runes[max(0, at-longestTotal):at])
	}
	return f.Extent == "total" && !totals(c) && slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return totals(o) && o.Start < c.Start && o.SameSentence(c.Figure) && o.Unit == c.Unit && !f.Conflicts(o)
	})
}

// longestTotal is how many characters before a figure tell that it is a total.
const longestTotal = 3

// ofVisits tells how often people came or were served, where a population is asked for: 出生人口 is no 筛查2.04亿人次.
func (f *Finding) ofVisits(c *rank.Candidate) bool {
	return strings.HasSuffix(c.Unit, "人次") && slices.ContainsFunc(f.Words, func(w question.AskedWord) bool { return w.Head && strings.HasSuffix(w.Text, "人口") })
}

// timesOver tells by how many times something became more (doubled), or how often it was done, where neither is
// asked for: how much is the levy is not answered with we will double it.
func (f *Finding) timesOver(c *rank.Candidate) bool {
	asked := []rune(f.Text)
	return c.Unit == "times" && f.Lang == "en" && f.Role == "" && !f.Language.Changes(asked) && !question.AsksHowOften(f.Text)
}

// clauseOf is the clause of a figure, folded.
func clauseOf(c *rank.Candidate) []rune {
	return c.Page.Folded.Runes[c.Page.Rune(c.Clause.Start):c.Page.Rune(c.Clause.End)]
}

func toBe(c *rank.Candidate) bool { return c.Status == corpus.Target && !c.Period.AsOf() }

// asksNow tells a question for how things stand, which names no time.
func (f *Finding) asksNow() bool {
	return (f.Want == question.WantFigure || f.Want == question.WantAny && f.Lang == "en") && !f.List && f.Status == "" && len(f.Periods) == 0 && f.Language.Asks["now"].InWord([]rune(f.Text))
}

// onlyPlanned tells an end of a change that is only planned, where it is asked how things stand now: of
// 由2023年的62%提高到2035年80%以上 the 62% are what there is, and the 80% are not.
func (f *Finding) onlyPlanned(c *rank.Candidate) bool {
	if f.Want == question.WantPassage || !f.Language.Asks["now"].InWord([]rune(f.Text)) {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		from, to := o, c
		if c.Role == corpus.From {
			from, to = c, o
		}
		return from.Role == corpus.From && to.Role == corpus.To && to.Status == corpus.Target && o.SameSentence(c.Figure) && o.Unit == c.Unit
	})
}

// outleveled tells a figure of another level than the question names, or of which it is not said, where the
// same stands there of that level: 市本级税收 is not the 税收 of a paragraph that names none. What is not
// said to be of a part of the city is of the whole.
func (f *Finding) outleveled(c *rank.Candidate) bool {
	same, other := f.Level(c)
	if same || f.Scope != "" && !other || f.Want == question.WantPassage {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		same, _ := f.Level(o)
		return same && o.Role == c.Role && o.Class() == c.Class() && o.Features.Head > 0 && o.Features.LeastNamed > 0 && !f.Conflicts(o) && o.Paragraph.Report == c.Paragraph.Report
	})
}

// ofOtherPart tells the share of something else, where that of the part which is asked for stands there: of
// 甲烷占温室气体几% no 运输部门温室气体排放量占全国12.8%.
func (f *Finding) ofOtherPart(c *rank.Candidate) bool {
	part, asked := f.partAsked()
	if !asked || c.Class() != "percent" || part.InText(c.Around()) {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return o.Class() == c.Class() && o.Features.OtherPeriod == 0 && part.InText(string(o.Words())) && !f.Conflicts(o)
	})
}

// partAsked is the word right before 占 in a question for a share: 甲烷占多少.
func (f *Finding) partAsked() (part question.AskedWord, asked bool) {
	before, _, is := strings.Cut(f.Text, "占")
	if f.Role != corpus.Share || !is {
		return part, false
	}
	at := slices.IndexFunc(f.Words, func(w question.AskedWord) bool { return strings.HasSuffix(before, w.Text) })
	if at < 0 || len([]rune(f.Words[at].Text)) == 1 { // 用5G的人占比 is of who uses it
		return part, false
	}
	return f.Words[at], true
}

// measuresOutput tells the value added of a branch, by the name of the figure.
func measuresOutput(c *rank.Candidate) bool { return strings.HasSuffix(c.What, "增加值") }

// done tells a figure of what was done. A speech in English says of its plans that they have been
// included in the budget: there that is certain of the years before alone.
func done(c *rank.Candidate) bool {
	r := c.Paragraph.Report
	return c.Status == corpus.Actual && (r.Lang != "en" || c.Period.Known() && c.Period.To <= r.Year*12)
}

// wholeForAverage tells how much there is in all where a figure for each is asked
// for: 人均GDP is not answered with the GDP. 485元/月/人 is one for each, and so is what is paid out:
// 向市民发放5000元. English says so in too many ways (all adults will receive $600) to be held to it.
func (f *Finding) wholeForAverage(c *rank.Candidate) bool {
	averages, pays := f.Language.Asks["average"], f.Language.Asks["pays"]
	if f.Language.Asks["yearly"].InWord([]rune(f.Text)) {
		return false // 平均每年 is one of years
	}
	if c.Class() == "money" && pays.InWord([]rune(f.Text)) && pays.InWord(c.Page.Folded.Runes[c.Page.Rune(c.Sentence.Start):max(c.Page.Rune(c.Sentence.Start), c.Page.Rune(c.Start))]) {
		return false
	}
	if c.Kind != quantity.Amount || c.Paragraph.Report.Lang == "en" || !averages.InWord([]rune(f.Text)) || averages.InWord(c.Words()) {
		return false
	}
	g := c.Page
	behind := g.Folded.Runes[g.Rune(c.End):]
	sentence := g.Folded.Runes[g.Rune(c.Sentence.Start):max(g.Rune(c.Sentence.Start), g.Rune(c.Start))]
	return !strings.ContainsAny(c.Unit, "/每") && !(len(behind) > 0 && behind[0] == '/') && !averages.InWord(sentence) && c.Paragraph.Row == nil
}

// otherWay tells a change to the other side than is asked: 比全市快多少 is not
// answered with 低于全市0.5个百分点, nor 下降多少 with 增长5%. How much something grew
// leaves it open whether it did.
func (f *Finding) otherWay(c *rank.Candidate) bool {
	if c.Role != corpus.Growth && c.Role != corpus.Increase {
		return false
	}
	falls, rises := f.Language.Asks["falls"], f.Language.Asks["rises"]
	asked, own := []rune(f.Text), c.Page.Folded.Runes[c.OwnFrom:max(c.OwnFrom, c.Page.Rune(c.Start))]
	up, down := rises.LastWord(own), falls.LastWord(own)
	if tail := rank.TrimFillers(own); len(tail) > 0 { // 较全市平均水平低0.51个百分点
		switch tail[len(tail)-1] {
		case '高', '快', '多':
			up = len(own)
		case '低', '慢', '少':
			down = len(own)
		}
	}
	switch {
	case f.Language.Asks["above"].InWord(asked):
		return down > up
	case falls.LastWord(asked) > rises.LastWord(asked):
		return up > down
	}
	return false
}

// saysChange tells that what a figure counts is named as a change, or in English, which says so in
// many ways (the growth rate has been 1 percent), that its sentence speaks of one.
func (f *Finding) saysChange(c *rank.Candidate) bool {
	asks := f.Language.Asks
	if c.Paragraph.Report.Lang != "en" {
		what := []rune(fold.String(c.What))
		n := len(what)
		return asks["growth"].InWord(what) || n > 2 && asks["rated"].InWord(what[n-1:]) && asks["changeverb"].Set.Before(what[:n-1], n-1) > 0 // 核减率
	}
	clause := []rune(strings.ReplaceAll(fold.String(c.Paragraph.Report.Slice(c.Clause)), "up to ", "")) // spends up to $170 million
	return asks["growth"].InWord(clause) || asks["falls"].InWord(clause) || asks["rises"].InWord(clause)
}

// otherChange tells how much there is where it is asked how it changed.
func (f *Finding) otherChange(c *rank.Candidate) bool {
	switch f.Role {
	case corpus.Growth:
		return c.Role == corpus.Level || c.Role == corpus.Share
	case corpus.Increase:
		return c.Role == corpus.Share || (f.Against != "" || f.Compared) && c.Role == corpus.Level && c.Unit != "个百分点"
	case corpus.Share:
		return c.Role == corpus.Growth || c.Role == corpus.Increase
	}
	return false
}
