package rank

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"reportbot/corpus/terms"
)

// WeightsFile is the fitted weights, as ParseWeights reads them.
//
//go:embed weights.txt
var WeightsFile string

// Weights are the learned weights of the passage's and the figure's features,
// in the order of their names, and those of the decision to answer.
type Weights struct {
	Passage       []float64
	Foreign       []float64 // of the passages for an English question
	Figure        []float64
	ForeignFigure []float64 // of the figures for an English question
	Answer        []float64 // of the chance that the best find is right
	Offer         []float64 // of the chance that the right one is among the first three
	// What an English question adds to the two. Left one report out, what is right is told from what
	// is wrong with an area under the curve of 0.948, with one decision for both languages 0.936; the
	// weights of today were fitted before, and add nothing.
	ForeignAnswer, ForeignOffer []float64
	// Threshold is the chances from which on an answer is given, figures and
	// passages are offered, by name.
	Threshold []float64
}

// group is one group of weights, as lines of the file have them.
type group struct {
	name   string
	names  []string
	values *[]float64
}

func (w *Weights) groups() []group {
	return []group{{"passage", PassageNames, &w.Passage}, {"foreign", ForeignNames, &w.Foreign}, {"figure", FigureNames, &w.Figure},
		{"foreignfigure", FigureNames, &w.ForeignFigure},
		{"answer", AnswerNames, &w.Answer}, {"offer", AnswerNames, &w.Offer}, {"foreignanswer", AnswerNames, &w.ForeignAnswer}, {"foreignoffer", AnswerNames, &w.ForeignOffer},
		{"threshold", Thresholds, &w.Threshold}}
}

// ParseWeights reads lines "passage.coverage 1.25"; a feature without a line
// weighs nothing, an unknown one is an error that names the line.
func ParseWeights(file string) (*Weights, error) {
	w := &Weights{}
	groups := w.groups()
	for _, g := range groups {
		*g.values = make([]float64, len(g.names))
	}
	for _, line := range terms.Lines(file) {
		name, value, _ := strings.Cut(line, " ")
		of, feature, _ := strings.Cut(name, ".")
		at := slices.IndexFunc(groups, func(g group) bool { return g.name == of })
		v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if at < 0 || err != nil || IndexOf(groups[at].names, feature) < 0 {
			return nil, fmt.Errorf("weights: line %q names no feature and number", line)
		}
		(*groups[at].values)[IndexOf(groups[at].names, feature)] = v
	}
	return w, nil
}

// FiguresFor are those of the figures for a question in a language.
func (w *Weights) FiguresFor(lang string) []float64 {
	if lang == "en" {
		return w.ForeignFigure
	}
	return w.Figure
}

// Clone is a copy that can be fitted further.
func (w *Weights) Clone() *Weights {
	out := &Weights{}
	for i, g := range w.groups() {
		*out.groups()[i].values = slices.Clone(*g.values)
	}
	return out
}

// sure: from this chance on that the best find is right it is given as the
// answer; figure, passage: from this chance on that the right one is among the
// first three they are offered.
// Those of English questions have a foreign before them.
var Thresholds = []string{"figure", "passage", "surefigure", "surepassage", "foreignfigure", "foreignpassage", "foreignsurefigure", "foreignsurepassage"}

// From is where the threshold stands from which on figures, or passages, are offered or given as
// sure to a question in a language.
func (w *Weights) From(sure, passage bool, lang string) *float64 {
	name := "figure"
	if passage {
		name = "passage"
	}
	if sure {
		name = "sure" + name
	}
	if lang == "en" {
		name = "foreign" + name
	}
	return &w.Threshold[IndexOf(Thresholds, name)]
}

func IndexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

func (w *Weights) String() string {
	var b strings.Builder
	for _, g := range w.groups() {
		for i, name := range g.names {
			fmt.Fprintf(&b, "%s.%s %.4f\n", g.name, name, (*g.values)[i])
		}
	}
	return b.String()
}

func Dot(w, x []float64) float64 {
	sum := 0.0
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}

// Chances are the calibrated ones of what was found with these features for a question in a
// language: that the best find answers it, and that one of the first three does.
func (w *Weights) Chances(features []float64, lang string) (first, three float64) {
	one, any := Dot(w.Answer, features), Dot(w.Offer, features)
	if lang == "en" {
		one, any = one+Dot(w.ForeignAnswer, features), any+Dot(w.ForeignOffer, features)
	}
	first = logistic(one)
	return first, max(first, logistic(any))
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
