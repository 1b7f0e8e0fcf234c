package decide

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
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
