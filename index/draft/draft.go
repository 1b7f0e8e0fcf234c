// Package draft holds the figures of a text that is not given yet against those of the
// reports: which stand so, which otherwise, and of which the reports say another thing.
// It knows no search engine: the figures that a figure may be held against come in.
package draft

import (
	"slices"

	"reportbot/corpus"
)

// Verdict is what the reports say of a figure of a draft.
type Verdict string

const (
	Wrong   Verdict = "wrong"   // they say otherwise: ✗
	Close   Verdict = "close"   // it stands there rounded otherwise, or in another unit: ≈
	Stands  Verdict = "stands"  // it stands so: ✓
	Unknown Verdict = "unknown" // they do not say, or it is not sure what they say of it: ?
)

// Difference is in what a figure of a draft and that of the reports differ.
type Difference string

const (
	Value     Difference = "value"
	Unit      Difference = "unit" // the same amount in another one
	Rounding  Difference = "rounding"
	Bound     Difference = "bound"     // 超 and 近
	Direction Difference = "direction" // 增长 and 下降
	Period    Difference = "period"
	Status    Difference = "status" // achieved and planned
	Area      Difference = "area"   // 全市 and 全区
)

// Finding is a figure of a draft with what the reports say of it.
type Finding struct {
	*corpus.Figure // of the draft
	Verdict        Verdict
	Report         *corpus.Figure // what it was held against; nil where it is unknown
	Differs        []Difference
	Near           []*corpus.Figure // of an unknown one: what stands close
	Elsewhen       bool             // of an unknown one: Near is the same of other periods
	NoReportOf     string           // of an unknown one: the place that it speaks of and no report is of
}

// Checked is a draft that was held against the reports: a finding for each of its
// figures, in its order.
type Checked struct {
	Draft    *corpus.Draft
	Findings []Finding
	Err      error // the reports could not be searched: nothing is known then
}

// Count is how many figures have a verdict.
func (c *Checked) Count(v Verdict) (n int) {
	for _, f := range c.Findings {
		if f.Verdict == v {
			n++
		}
	}
	return n
}

// order in which a reader wants them: what is wrong first.
var order = []Verdict{Wrong, Unknown, Close, Stands}

// Sorted is the findings by verdict, what is wrong first, each in the draft's order.
func (c *Checked) Sorted() []Finding {
	out := slices.Clone(c.Findings)
	slices.SortStableFunc(out, func(a, b Finding) int {
		return slices.Index(order, a.Verdict) - slices.Index(order, b.Verdict)
	})
	return out
}
