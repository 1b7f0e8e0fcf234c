package decide

import (
	"regexp"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// What a figure measures is a condition, however alike its words are.

// pointsOfGrowth tells percentage points where it is asked how much something grew that is no rate itself: what a
// measure adds to the growth of the economy (对经济增长有1.5个百分点的提振) is not by how much the economy grew.
func (f *Finding) pointsOfGrowth(c *rank.Candidate) bool {
	if f.Role != corpus.Growth || f.Compared || f.Against != "" || f.Unit == points || c.Unit != points || f.Lang == "en" || c.Paragraph.Report.Lang == "en" {
		return false
	}
	rate := func(name string) bool { // 增长率 tells that it grows, and no more
		return f.Language.Asks["rated"].InWord([]rune(f.Language.Thing(name, false, "growth")))
	}
	return !rate(fold.String(c.What)) && !slices.ContainsFunc(f.Words, func(w question.AskedWord) bool { return rate(w.Text) })
}

// points is the unit of the change of a rate.
const points = "个百分点"

// countsBeside tells another noun of the question counted beside the one that it asks for: of 全港有210间酒店，提供
// 67000个房间 the first is not how many 房间 the hotels have.
func (f *Finding) countsBeside(c *rank.Candidate) bool {
	if f.Want != question.WantFigure || f.Focus == "" || f.Unit == "" || f.Lang == "en" || c.Class() != "count" || f.countsFocus(c) {
		return false
	}
	behind := c.Behind()
	other := slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return !strings.Contains(f.Focus, w.Text) && slices.ContainsFunc(w.Said, func(said string) bool { return strings.HasPrefix(behind, said) })
	})
	return other && slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return o != c && o.SameSentence(c.Figure) && o.Class() == "count" && f.countsFocus(o) && !f.Conflicts(o)
	})
}

// countsFocus tells a figure of the noun that stands beside 多少 and its unit.
func (f *Finding) countsFocus(c *rank.Candidate) bool {
	return strings.HasPrefix(c.Behind(), f.Focus) || strings.Contains(fold.String(c.What), f.Focus)
}

// ofTheWorld tells a figure of the world's economy where the question says nothing of the world: 全球经济增长2.9% is not
// by how much the place of the report will grow.
func (f *Finding) ofTheWorld(c *rank.Candidate) bool {
	english := c.Paragraph.Report.Lang == "en"
	if f.Want == question.WantPassage || (f.Lang == "en") != english || f.Scope != "" || f.Language.Asks["abroad"].InWord([]rune(f.Text)) {
		return false
	}
	of := c.Words()
	if english {
		of = []rune(fold.String(c.Paragraph.Report.Slice(c.Clause)))
	}
	return f.Language.Asks["world"].InWord(of)
}

// placedAlike tells a figure in whose words stands a place that the question names beside the report's own: 西安 of
// 西安地铁里程 which goes on to another city, and 美国 where 对美出口 is asked for.
func (f *Finding) placedAlike(c *rank.Candidate) bool {
	said := string(c.Words())
	named := func(text string) bool {
		r := []rune(text)
		for i := range r {
			n := f.Language.Places.At(r, i)
			if n >= 2 && strings.Contains(said, string(r[i:i+2])) && !c.Paragraph.Report.IsOn(string(r[i:i+2])) {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return slices.ContainsFunc(w.Said, func(s string) bool { return strings.Contains(said, s) && named(s) })
	})
}

// onlySpent tells money that is asked for, in a sentence with most of what the question says, whose name tells only
// that it is spent: 投资.
func (f *Finding) onlySpent(c *rank.Candidate) bool {
	return f.Language.Asks["spending"].Set.Has(fold.String(c.What)) && c.Features.Class == 1 && c.Class() == "money" && c.Features.WordsNear > halfOfWords
}

// halfOfWords of the question, as a share.
const halfOfWords = 0.5

// otherMeasures is what the reports have of the very thing that is asked for where how much of it there is they do
// not say: that 出口 grew by 12.3%, to 出口多少亿. None where they have it, if of another time.
func (f *Finding) otherMeasures() []FigureHit {
	if f.Want != question.WantFigure || f.Role != "" || f.Lang == "en" {
		return nil
	}
	if slices.ContainsFunc(f.instead, func(c *rank.Candidate) bool { return c.Features.Exact == 1 && !f.OtherVariant(c) }) {
		return nil
	}
	of := slices.DeleteFunc(slices.Clone(f.Ranked), func(c *rank.Candidate) bool {
		return c.Features.OtherClass == 0 && !f.tooSmall(c) || c.Class() != "percent" || c.Role != corpus.Growth || c.Features.Head < 1 || c.Features.Extra > 0 || f.Conflicts(c)
	})
	return hits(of[:min(len(of), 1)])
}

// ofTheRest tells a figure of what is not the thing that is asked for, or the other way round: 非税收入 for 税收收入,
// 非食品价格 for 食品价格.
func (f *Finding) ofTheRest(c *rank.Candidate) bool {
	asked, words, name := []rune(f.Text), c.Words(), []rune(fold.String(c.What)) // 非经营开支 stands behind 经营开支
	return f.Lang != "en" && (excludes(asked, words) || excludes(words, asked) || excludes(name, asked))
}

// excludes tells that one text has a word behind 非 that the other has, and has only without it.
func excludes(one, other []rune) bool {
	for i, c := range one {
		if c != '非' || i+2 >= len(one) {
			continue
		}
		word := string(one[i+1 : i+3])
		if rest := string(other); strings.Contains(rest, word) && !strings.Contains(rest, "非"+word) && !strings.Contains(strings.ReplaceAll(string(one), "非"+word, ""), word) {
			return true
		}
	}
	return false
}

// ofName tells the number of something, which is no rank, of an English report: World War 2, where No. 2 and second are.
func (f *Finding) ofName(c *rank.Candidate) bool {
	if f.Want != question.WantOrdinal || c.Paragraph.Report.Lang != "en" || strings.Trim(c.Text, "0123456789") != "" {
		return false
	}
	at := c.Page.Rune(c.Start)
	return !numbered.MatchString(c.Page.Slice(max(0, at-longestNumbered), at))
}

var numbered = regexp.MustCompile(`(?:\bnos?\. ?|#|\bnumber )$`)

// longestNumbered is how many characters before a number tell that it is a rank.
const longestNumbered = 8

// ofWhom tells an age, or in an English report the number by which a rate is told, where the question says nothing of
// ages: people aged 65 and above, 10.7 per 100,000 population.
func (f *Finding) ofWhom(c *rank.Candidate) bool {
	if c.Kind != quantity.Amount || ageAsked.MatchString(f.Text) {
		return false
	}
	at := c.Page.Rune(c.Start)
	if c.Paragraph.Report.Lang != "en" { // 65岁以上长者, 滿75歲再接种
		return c.Unit == "岁" && (c.Bound != "" || strings.HasSuffix(c.Page.Slice(max(0, at-1), at), "满"))
	}
	return ageBefore.MatchString(c.Page.Slice(max(0, at-longestAge), at))
}

// lengthOfTime tells how long something took or was so far, where the question asks for no time: of inequality at its
// lowest in two decades the decades are not how large it is.
func (f *Finding) lengthOfTime(c *rank.Candidate) bool {
	if c.Paragraph.Report.Lang != "en" || c.Kind != quantity.Amount || c.Class() != "time" || f.Want == question.WantDate || f.Want == question.WantPassage || slices.Contains(f.Classes, "time") || slices.Contains(f.Likely, "time") {
		return false
	}
	if slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return f.Language.LikelyClass(w.Text) == "time" || f.Language.InEnglish("measure", w.Text)
	}) {
		return false
	}
	at := c.Page.Rune(c.Start)
	return duringBefore.MatchString(c.Page.Slice(max(0, at-longestAge), at))
}

// besideLength tells a length of time beside a figure that is none, and fits about as well.
func (f *Finding) besideLength(c *rank.Candidate) bool {
	return f.lengthOfTime(c) && (f.Want == question.WantFigure || slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		return o.Kind == c.Kind && o.Class() != "time" && o.Score > c.Score-nearEnough && !f.Conflicts(o)
	}))
}

var duringBefore = regexp.MustCompile(`\b(?:over|in|for|within|during|past|last|next|since|after|every|throughout)(?: the| a| just| only| nearly| almost| about| more than| at least| less than| under| another| past| last| next| first| coming| these| those)* $`)

// longestAge is how many characters before an age say that it is one.
const longestAge = 30

// The words beside an age or a rate's base, and those of a question for one.
var (
	ageBefore = regexp.MustCompile(`\b(?:(?:aged?|ages)(?: of| between| over| under| from)*(?: \d+ (?:and|to|or))?|per) $`)
	ageAsked  = regexp.MustCompile(`\b(?:age|ages|aged|old|older|young|younger)\b|岁|年龄|寿命|life expectancy`)
)

// yearOfSpan tells a figure of one year where several are asked for: that of 2025 is not surely what 21到25年 asks for.
func (f *Finding) yearOfSpan() bool {
	if len(f.Periods) != 1 {
		return false
	}
	p, its := f.Periods[0], f.Fit[0].Period
	return p.To-p.From > 12 && its.Known() && its.To-its.From <= 12 && its.Within(p) && its.Stated <= corpus.InSection && !f.Fit[0].Period.AsOf()
}

// sumOfYears tells a sum over several years where one of them is asked for: 五年累计3.7万亿元 is not last year's. How
// much there was at their end may be.
func (f *Finding) sumOfYears() bool {
	if len(f.Periods) != 1 {
		return false
	}
	p, its := f.Periods[0], f.Fit[0].Period
	return p.To-p.From <= 12 && its.Known() && its.To-its.From > 12 && f.Language.Asks["summed"].InWord(f.Fit[0].Words())
}

// growthForLevel tells by how much something grew where a Chinese question asks how much of it there is: 进出口总额多少 is not
// surely answered with 增长17.6%.
func (f *Finding) growthForLevel() bool {
	if f.Want != question.WantFigure || f.Role != "" || f.Unit == "%" || f.Lang == "en" || f.Status == corpus.Target {
		return false
	}
	c := f.Fit[0]
	asksRate := f.Language.Asks["rate"].InWord([]rune(f.Text)) || f.Language.Asks["rated"].InWord([]rune(f.Text)) || f.Language.Asks["growth"].InWord([]rune(f.Text))
	return c.Role == corpus.Growth && c.Class() == "percent" && !asksRate && !slices.Contains(f.Classes, "percent") && strings.Contains(f.Text, "多少")
}

// changeForLevel tells by how much something rose or fell where the question asks how much it is: 最低工资标准提高183元 is not
// the 最低工资.
func (f *Finding) changeForLevel() bool {
	c := f.Fit[0]
	asked := []rune(f.Text)
	asks := f.Language.Asks
	for _, class := range []string{"increase", "growth", "rises", "falls", "changeverb", "new"} {
		if asks[class].InWord(asked) {
			return false
		}
	}
	return c.Role == corpus.Increase && c.Class() == "money" && f.Role == "" && f.Extent == "" && !f.Language.Changes(asked) && f.Language.ExtentOf(c.Words()) != "new"
}

// ofMember tells one of several that are told in one list, of which the question names none: of 城镇、农村居民人均可支配收入
// 分别增长3.4%、5.2% neither is surely by how much the income of all rose.
func (f *Finding) ofMember() bool {
	c := f.Fit[0]
	if c.Each == "" || f.List || f.Lang == "en" || strings.Contains(f.Text, "各") {
		return false
	}
	for i := range f.Language.Variants.Classes {
		if len(f.Variants[i]) == 0 && len(f.Language.Variants.Classes[i].Of([]rune(fold.String(c.Each)))) > 0 {
			return true
		}
	}
	return false
}

// ofOthers tells the rest of a kind for the kind: 其他服务业增加值 for 服务业增加值.
func (f *Finding) ofOthers() bool {
	others := f.Language.Asks["others"]
	return others.InWord(f.Fit[0].Words()) && !others.InWord([]rune(f.Text))
}

// together tells what several things come to, of which the question names one: 教育、社会福利及卫生合共占六成.
func (f *Finding) together() bool {
	c := f.Fit[0]
	at := c.Page.Rune(c.Start)
	before := c.Page.Folded.Runes[max(0, at-longestTogether):at]
	listed := strings.ContainsAny(c.Page.Slice(c.Page.Rune(c.Sentence.Start), at), "、") && !strings.ContainsAny(f.Text, "、和及与三")
	return !f.List && c.Paragraph.Report.Lang != "en" && f.Lang != "en" && listed && f.Extent == "" && f.Language.Asks["together"].InWord(before)
}

// longestTogether is how many characters before a figure tell that it is of several things together.
const longestTogether = 6

// notOfTheWorld tells a figure of whose world nothing is said, where the world's is asked for.
func (f *Finding) notOfTheWorld() bool {
	c := f.Fit[0]
	abroad := f.Language.Asks["abroad"]
	return f.Want != question.WantPassage && (f.Lang == "en") == (c.Paragraph.Report.Lang == "en") && abroad.InWord([]rune(f.Text)) && !abroad.InWord([]rune(c.Around()))
}

// yetToBeNow tells a plan or a target where it is asked how things stand now.
func (f *Finding) yetToBeNow() bool {
	return f.Fit[0].Role != corpus.From && f.asksNow() && toBe(f.Fit[0])
}

// ofOtherClass tells a figure of another class of units than the question says, or than what it asks for is measured in:
// hectares for 几长, 340个 for 投资.
func (f *Finding) ofOtherClass() bool {
	if f.Status == corpus.Target {
		return false
	}
	c := f.Fit[0]
	if c.Paragraph.Report.Lang == "en" && c.Class() == "" && c.Paragraph.Row == nil && slices.Contains(f.Likely, "money") && f.Role == "" && f.counted(c) != "" {
		return true // 3.96 million passengers for the fare
	}
	return c.Class() != "" && (c.Features.OtherClass == 1 || c.Features.Unlikely == 1 && (c.Role == corpus.Level || c.Role == corpus.To || c.Role == corpus.Increase && c.Class() == "count") && f.Role == "")
}
