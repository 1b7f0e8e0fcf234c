package decide

import (
	"slices"

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
	for _, outmatches := range []func(o, c *rank.Candidate) bool{f.datedAsAsked, f.stillSo, f.countsAsAsked} {
		if slices.ContainsFunc(f.Ranked, func(o *rank.Candidate) bool {
			return o != c && o.Kind == c.Kind && o.Paragraph.Report == c.Paragraph.Report && outmatches(o, c) && !f.Conflicts(o)
		}) {
			return true
		}
	}
	return false
}

// datedAsAsked tells a figure whose text has the time that is asked for, where the time of c is only that of its report.
func (f *Finding) datedAsAsked(o, c *rank.Candidate) bool {
	return len(f.Periods) == 1 && c.Period.Stated > corpus.InSection && o.Features.Stated == 1 && f.saysAsMuch(o, c)
}

// stillSo tells a figure of the time of the report, where it is asked how things stand, and c is of a year long past.
func (f *Finding) stillSo(o, c *rank.Candidate) bool {
	return f.asksNow() && past(c) && !past(o) && f.saysAsMuch(o, c)
}

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
// its name: of 120,000 arrests and 2,000 murders the second is how many murders there were.
func (f *Finding) countsAsAsked(o, c *rank.Candidate) bool {
	return f.Counted[1] > 0 && o.Features.FocusNext == 1 && c.Features.FocusNext == 0 && c.Features.Head < 1 && o.Score > c.Score-nearEnough
}
