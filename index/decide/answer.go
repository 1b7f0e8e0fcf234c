// Package index turns a question into a ranked, justified Answer. bleve only
// nominates: whatever is shown is read back from the corpus by its ID.
package decide

import (
	"time"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
	"reportbot/index/compare"
	"reportbot/index/question"
)

// Answer is all that a face needs to reply. Figures and Passages come best
// first. Every figure's paragraph is among Passages.
type Answer struct {
	Question   string
	Query      question.Query // how the question was read
	Lang       string         // language to answer in: "zh", "zh-Hant" or "en"
	Answered   bool           // false: the reports do not say; Passages are the nearest then
	Sure       bool           // of an answer: the first one is it; false: it is among the first three, which are told apart
	Confidence float64        // the chance, as calibrated, that the best find answers; see weights.txt for the thresholds
	Offered    float64        // the chance that one of the first three does

	// Figures of a question that asks for several things begin with one for each,
	// in the order of the question; Asked is how many those are, else 0.
	Figures  []FigureHit
	Asked    int
	Missing  []string  // the parts of such a question that the reports don't answer
	Computed *Computed // of a question that holds two figures against each other
	Passages []PassageHit
	Related  []*corpus.Figure // other figures of the first figure's paragraph

	// Instead tells why a question was not answered though something close
	// stands in the reports: the same thing of another period, status or area.
	Instead []FigureHit
	// Choices are the figures that differ in what the question leaves open, the
	// first figure among them; none where the question says which.
	Choices []Choice
	// Table is what was asked for of the reports of several places, side by side. Its
	// figures are those of Figures, in its order.
	Table *compare.Table
	// Series is what was asked for over the years, or a target beside what was achieved.
	Series *compare.Series
	// Asking is the questions of the conversation up to this one, where it may have to be
	// asked again: of a table.
	Asking     []string
	DidYouMean []string
	Took       time.Duration
	// NoReportOf is the place that the question names and no report is of, as it stands
	// there; "" where there is none. Passages are those of other places then.
	NoReportOf string
	// AskPlace tells a question on 我省 where the reports are of several places: nothing
	// is answered before the person says which.
	AskPlace bool
	// Err tells that the reports could not be searched: nothing is known of what they
	// say, and all else is empty. A face says so, never that they do not say.
	Err error
}

// Computed is what follows from the first two figures, and stands in no report:
// Difference is the first less the second in Unit, exact; Rate is that as a
// percentage of the second, rounded to a tenth, where there is one.
type Computed struct {
	Left, Right *corpus.Figure
	Difference  decimal.Decimal
	Unit        string
	Rate        *decimal.Decimal
}

// FigureHit is a figure and how well it fits; scores compare within one answer only.
type FigureHit struct {
	*corpus.Figure
	Score float64
}

// PassageHit is a paragraph and how well it fits. Best is its best sentence,
// Matched the words of the question found in it; both count bytes of
// Report.Text and lie within the paragraph.
type PassageHit struct {
	*corpus.Paragraph
	Score   float64
	Best    corpus.Span
	Matched []corpus.Span
}
