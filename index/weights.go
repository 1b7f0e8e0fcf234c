package index

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"reportbot/corpus/terms"
)

//go:embed weights.txt
var weightsFile string

// Weights are the learned weights of the passage's and the figure's features,
// in the order of their names, and those of the decision to answer.
type Weights struct {
	Passage []float64
	Foreign []float64 // of the passages for an English question
	Figure  []float64
	Answer  []float64 // the last one is the bias
	// Threshold is the confidence from which on a figure, and a passage, is an answer.
	Threshold []float64
}

// ParseWeights reads lines "passage.coverage 1.25"; a feature without a line
// weighs nothing, an unknown one is an error that names the line.
func ParseWeights(file string) (*Weights, error) {
	w := &Weights{make([]float64, len(passageFeatures)), make([]float64, len(foreignFeatures)), make([]float64, len(figureFeatures)), make([]float64, len(answerFeatures)), []float64{0.5, 0.5}}
	groups := map[string]struct {
		names  []string
		values []float64
	}{"passage": {passageFeatures, w.Passage}, "foreign": {foreignFeatures, w.Foreign}, "figure": {figureFeatures, w.Figure}, "answer": {answerFeatures, w.Answer}, "threshold": {thresholds, w.Threshold}}
	for _, line := range terms.Lines(file) {
		name, value, _ := strings.Cut(line, " ")
		group, feature, _ := strings.Cut(name, ".")
		g, known := groups[group]
		i := indexOf(g.names, feature)
		v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if !known || i < 0 || err != nil {
			return nil, fmt.Errorf("weights: line %q names no feature and number", line)
		}
		g.values[i] = v
	}
	return w, nil
}

var thresholds = []string{"figure", "passage"}

func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

func (w *Weights) String() string {
	var b strings.Builder
	put := func(group string, names []string, values []float64) {
		for i, name := range names {
			fmt.Fprintf(&b, "%s.%s %.4f\n", group, name, values[i])
		}
	}
	put("passage", passageFeatures, w.Passage)
	put("foreign", foreignFeatures, w.Foreign)
	put("figure", figureFeatures, w.Figure)
	put("answer", answerFeatures, w.Answer)
	put("threshold", thresholds, w.Threshold)
	return b.String()
}

func dot(w, x []float64) float64 {
	sum := 0.0
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}
