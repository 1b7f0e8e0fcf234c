package decide

import (
	"slices"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// What stands beside a figure of an English report, and is the plainer answer. Speeches in English name a figure in
// few words, before it and behind it, so that how alike the words are tells less than these.

// outmatched tells a figure of an English report beside which another meets a condition of the question that it does
// not meet.
func (f *Finding) outmatched(c *rank.Candidate) bool {
	if f.Want == question.WantPassage || f.List || c.Paragraph.Report.Lang != "en" {
		return false
	}
	return slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
		if o == c || o.Kind != c.Kind || o.Paragraph.Report != c.Paragraph.Report || f.Conflicts(o) {
			return false
		}
		by := f.outmatchedBy(o, c)
		return by < len(outmatching) && by < f.outmatchedBy(c, o)
	})
}

// outmatching are the conditions by which one figure outmatches another, those that decide first.
var outmatching = []func(f *Finding, o, c *rank.Candidate) bool{(*Finding).datedAsAsked, (*Finding).stillSo, (*Finding).countsAsAsked, (*Finding).exactBeside, (*Finding).saysMore}

// outmatchedBy is the first of the conditions by which o outmatches c, as many as there are for none.
func (f *Finding) outmatchedBy(o, c *rank.Candidate) int {
	for i, outmatches := range outmatching {
		if outmatches(f, o, c) {
			return i
		}
	}
	return len(outmatching)
}

// datedAsAsked tells a figure whose text has the time that is asked for, where the time of c is only that of its report.
func (f *Finding) datedAsAsked(o, c *rank.Candidate) bool {
	return len(f.Periods) == 1 && c.Period.Stated > corpus.InSection && o.Features.Stated == 1 && f.saysAsMuch(o, c)
}

// stillSo tells a figure of the time of the report, where it is asked how things stand, and c is of a year long past.
func (f *Finding) stillSo(o, c *rank.Candidate) bool {
	return f.asksNow() && past(c) && !past(o) && f.saysAsMuch(o, c)
}

// noLonger tells what was so before a change, where it is asked how things stand: we used to make 40% of them.
func (f *Finding) noLonger(c *rank.Candidate) bool {
	return c.Role == corpus.From && f.asksNow() && !f.onlyPlanned(c)
}

// exactBeside tells a figure that says how much it is where c says only what it is above or below: 2.9 per cent, and below
// three per cent.
func (f *Finding) exactBeside(o, c *rank.Candidate) bool {
	near := o.Value.Sub(c.Value).Abs().LessThan(c.Value.Abs().Mul(nearBound))
	return c.Bound != "" && o.Bound == "" && o.Unit == c.Unit && near && o.Features.Head > inSentence && f.saysAsMuch(o, c)
}

// nearBound is how far from its bound, as a share, the same thing may be.
var nearBound = decimal.New(1, -1)

// past tells a figure of a time that its text says, and that was over a year before its report.
func past(c *rank.Candidate) bool {
	year := c.Paragraph.Report.Year
	return year > 0 && c.Period.Stated <= corpus.InSentence && c.Period.Known() && c.Period.To <= (year-1)*12
}

// saysAsMuch tells a figure of the kind of another that says about as much of the question.
func (f *Finding) saysAsMuch(o, c *rank.Candidate) bool {
	return o.Class() == c.Class() && (o.Role == c.Role || f.Role == corpus.Growth && f.saysChange(o)) && o.Features.WordsNear >= c.Features.WordsNear && o.Score > c.Score-nearEnough
}

// countsAsAsked tells a figure right behind which the noun stands that is asked for, where c has it neither there nor in
// its name: of 120,000 arrests and 2,000 murders the second is how many murders there were. Of the name of things that
// are asked for by it alone, c must count another noun: 22 stations and 48 electric buses.
func (f *Finding) countsAsAsked(o, c *rank.Candidate) bool {
	if ofWhole(o.Figure) || o.Score <= c.Score-nearEnough {
		return false
	}
	if f.Things && f.Counted[1] == 0 {
		its := f.counted(c)
		return its != "" && !f.saysHead(its) && f.saysHead(f.counted(o))
	}
	return f.Counted[1] > 0 && o.Features.FocusNext == 1 && c.Features.FocusNext == 0 && c.Features.Head < 1
}

// counted is the noun that a figure counts, right behind it.
func (f *Finding) counted(c *rank.Candidate) string {
	r, end := c.Page.Folded.Runes, c.Page.Rune(c.End)
	return string(r[end : end+f.Language.CountedBehind(r[end:])])
}

// saysMore tells a figure of the same sentence whose stretch of it has a word of the question that c's has not, and lacks
// none that c's has: of 48 fire stations, 12 of which were renovated, the second is how many were renovated. Where both
// have the same words, that is the one that has them as its own, if the other is of something else: of exports up
// 17 per cent, and imports 9, the first is by how much exports rose.
func (f *Finding) saysMore(o, c *rank.Candidate) bool {
	if !o.SameSentence(c.Figure) || o.Class() != c.Class() || !f.asMuchAsked(o, c) || f.Extent == "total" && o.Start < c.Start { // all recommendations, and those carried out
		return false
	}
	mine, its := f.Stretch(o), f.Stretch(c)
	own, all := f.SaidParts(&mine.Own), f.SaidParts(&mine.All)
	itsOwn, itsAll := f.SaidParts(&its.Own), f.SaidParts(&its.All)
	return exceeds(own, itsAll) && !exceeds(itsAll, all) ||
		o.Role == c.Role && its.Turned && slices.Equal(all, itsAll) && exceeds(own, itsOwn) && !exceeds(itsOwn, own)
}

// asMuchAsked tells a figure that is of the kind that is asked for at least as surely as another.
func (f *Finding) asMuchAsked(o, c *rank.Candidate) bool {
	x, y := o.Features, c.Features
	return x.Class >= y.Class && x.Unit >= y.Unit && x.Likely >= y.Likely && x.Role >= y.Role && x.Period >= y.Period && x.Status >= y.Status &&
		x.OtherClass <= y.OtherClass && x.Unlikely <= y.Unlikely && x.OtherRole <= y.OtherRole && x.Asked <= y.Asked
}

// exceeds tells that one has something that the other has not.
func exceeds(one, other []bool) bool {
	for i, has := range one {
		if has && !other[i] {
			return true
		}
	}
	return false
}
