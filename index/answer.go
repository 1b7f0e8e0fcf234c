// Package index turns a question into a ranked, justified Answer. bleve only
// nominates: whatever is shown is read back from the corpus by its ID.
package index

import (
	"reportbot/index/decide"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// Query is a question as it was read.
type Query = question.Query

// Weights are those that passages, figures and the decision to answer are weighed by.
type Weights = rank.Weights

// What Ask returns, as index/decide tells it.
type (
	Answer     = decide.Answer
	Computed   = decide.Computed
	Choice     = decide.Choice
	FigureHit  = decide.FigureHit
	PassageHit = decide.PassageHit
)
