package index

import (
	"context"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"

	"reportbot/corpus"
)

// Example is a question whose right answer is known.
type Example struct {
	ID       string
	Question string
	Before   []string
	Values   []float64 // the right figures in base units; none for a passage
	Passage  string    // stands in the right passage, white space aside
	None     bool      // the reports do not answer it
}

// held tells the examples that weights are not fitted to: a fifth, by a hash
// of their ID, the same in each run.
func (x Example) held() bool {
	h := fnv.New32a()
	h.Write([]byte(x.ID))
	return h.Sum32()%5 == 0
}

// Trainer gathers what weights are learnt from, and learns them. One Trainer may gather from
// several corpora.
type Trainer struct {
	Weights  *Weights
	passages []list
	foreign  []list // passages for English questions
	figures  []list
	answers  []label
}

// list is the candidates of one question with the right ones marked.
type list struct {
	features [][]float64
	right    []bool
	weight   float64
	held     bool
}

type label struct {
	features []float64
	answered bool
	weight   float64
	held     bool
}

// NewTrainer begins with the embedded weights.
func NewTrainer() (*Trainer, error) {
	w, err := ParseWeights(weightsFile)
	return &Trainer{Weights: w}, err
}

// Forget drops what was gathered, not what was learnt.
func (t *Trainer) Forget() { t.passages, t.foreign, t.figures, t.answers = nil, nil, nil, nil }

// hiddenWeight: most questions asked are on what the reports hold, so the same
// question with its paragraph hidden counts less than as it was asked.
const hiddenWeight = 0.25

// looseWeight: of a question for a number or a date whose right passage alone is
// known, any figure of that passage counts as right, but counts less.
const looseWeight = 0.2

// Gather reads features of passages and figures with the present weights.
func (t *Trainer) Gather(ctx context.Context, e *Engine, examples []Example, weight float64) error {
	e.weights = t.Weights
	for _, x := range examples {
		q := e.understand(ctx, x.Question, x.Before)
		f, err := e.find(ctx, q, nil)
		if err != nil {
			return err
		}
		if x.None {
			t.answers = append(t.answers, label{f.answerFeatures(), false, weight * 3, x.held()})
			continue
		}
		t.gatherPassages(f, x, weight)
		right := len(f.pages) > 0 && holds(f.pages[0].Paragraph, x.Passage)
		switch {
		case len(x.Values) > 0:
			right = t.gatherFigures(f, x, weight)
		case f.Want != WantPassage && f.Want != WantAny:
			t.gatherFigures(f, x, weight*looseWeight)
		}
		t.answers = append(t.answers, label{f.answerFeatures(), right, weight, x.held()})
		hidden, err := e.find(ctx, q, func(p *corpus.Paragraph) bool { return holds(p, x.Passage) })
		if err != nil {
			return err
		}
		t.answers = append(t.answers, label{hidden.answerFeatures(), false, weight * hiddenWeight, x.held()})
	}
	return nil
}

func (t *Trainer) gatherPassages(f *finding, x Example, weight float64) {
	l := list{weight: weight, held: x.held()}
	found := false
	for _, p := range f.pages {
		ok := holds(p.Paragraph, x.Passage)
		found = found || ok
		l.features, l.right = append(l.features, p.features), append(l.right, ok)
	}
	switch {
	case found && f.Lang == "en":
		t.foreign = append(t.foreign, l)
	case found:
		t.passages = append(t.passages, l)
	}
}

// gatherFigures returns whether the best figure is right.
func (t *Trainer) gatherFigures(f *finding, x Example, weight float64) bool {
	l := list{weight: weight, held: x.held()}
	found := false
	for _, c := range f.candidates {
		v, _ := c.Value.Float64()
		ok := holds(c.Paragraph, x.Passage)
		if ok {
			ok = len(x.Values) == 0
			for _, want := range x.Values {
				ok = ok || math.Abs(v-want) <= 1e-9*math.Abs(want)
			}
		}
		found = found || ok
		l.features, l.right = append(l.features, c.features), append(l.right, ok)
	}
	if found {
		t.figures = append(t.figures, l)
	}
	return len(f.fit) > 0 && l.right[slices.Index(f.candidates, f.fit[0])]
}

func holds(p *corpus.Paragraph, passage string) bool {
	return strings.Contains(squeeze(p.Text()), squeeze(passage))
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Fitted tells how a fit went: the share of right first places.
type Fitted struct {
	Name          string
	Trained, Held float64
	Questions     int
	HeldQuestions int
}

// FitPassages, FitForeign, FitFigures and FitAnswers learn one group of weights each.
// Candidates of one question compete: a softmax over their scores, the right
// ones' share of it made as large as can be (ListNet's top-one likelihood, Cao
// et al. 2007), with a quadratic penalty on the weights.
// Beliefs are the weights that features have where the question sets say
// nothing: what is asked for by a word of its own must win, and a report that
// the question names, else the latest.
var passageBeliefs = map[string]float64{"named": 3, "older": -1, "lists": 1, "section": 2}

var figureBeliefs = map[string]float64{"role": 2, "otherrole": -2, "extent": 2, "each": 2, "distinct": 2, "qualifier": -2, "beside": 1, "asked": -3, "grain": 2, "alike": 1, "one": -1.5, "focusnext": 1, "after": 1, "before": 1, "named": 2, "older": -0.5, "average": -1, "variant": 2, "unit": 2, "otherclass": -3,
	"elsewhere": -2, "against": 2, "period": 2, "otherperiod": -3, "status": 2, "otherstatus": -2, "aimed": -2.5, "from": -1, "change": -1}

func (t *Trainer) FitPassages() Fitted {
	t.Weights.Passage = fitLists(t.passages, priors(passageFeatures, passageBeliefs), 2e-4)
	return accuracy("passage", t.passages, t.Weights.Passage)
}

func (t *Trainer) FitForeign() Fitted {
	t.Weights.Foreign = fitLists(t.foreign, priors(foreignFeatures, passageBeliefs), 2e-4)
	return accuracy("foreign", t.foreign, t.Weights.Foreign)
}

func (t *Trainer) FitFigures() Fitted {
	t.Weights.Figure = fitLists(t.figures, priors(figureFeatures, figureBeliefs), 2e-3)
	return accuracy("figure", t.figures, t.Weights.Figure)
}

// FitAnswers learns when to answer, by logistic regression.
func (t *Trainer) FitAnswers() Fitted {
	w := descend(make([]float64, len(answerFeatures)), 1e-3, func(w, gradient []float64) {
		total := 0.0
		for _, l := range t.answers {
			if !l.held {
				total += l.weight
			}
		}
		for _, l := range t.answers {
			if l.held {
				continue
			}
			miss := 1/(1+math.Exp(-dot(w, l.features))) - truth(l.answered)
			for i, x := range l.features {
				gradient[i] += l.weight * miss * x / total
			}
		}
	})
	t.Weights.Answer = w
	f := Fitted{Name: "answer"}
	right := [2]float64{}
	count := [2]int{}
	for _, l := range t.answers {
		k := int(truth(l.held))
		count[k]++
		if dot(w, l.features) >= 0 == l.answered {
			right[k]++
		}
	}
	f.Trained, f.Held, f.Questions, f.HeldQuestions = right[0]/float64(max(count[0], 1)), right[1]/float64(max(count[1], 1)), count[0], count[1]
	return f
}

// Reliability of the confidence on what was held back, when the answers were
// fitted last: questions as they were asked, and with their paragraph hidden.
func (t *Trainer) Reliability() (out Reliability) {
	for _, l := range t.answers {
		if l.held {
			out.Add(1/(1+math.Exp(-dot(t.Weights.Answer, l.features))), l.answered, l.weight)
		}
	}
	return out
}

func priors(names []string, beliefs map[string]float64) []float64 {
	prior := make([]float64, len(names))
	for name, weight := range beliefs {
		prior[indexOf(names, name)] = weight
	}
	return prior
}

func fitLists(lists []list, prior []float64, penalty float64) []float64 {
	return descend(prior, penalty, func(w, gradient []float64) {
		used := 0.0
		for _, l := range lists {
			if !l.held {
				used += l.weight
			}
		}
		for _, l := range lists {
			if l.held {
				continue
			}
			all, good := softmax(w, l, false), softmax(w, l, true)
			for k, x := range l.features {
				d := all[k] - good[k]
				for i := range x {
					gradient[i] += l.weight * d * x[i] / used
				}
			}
		}
	})
}

// softmax over a list's scores; with right, over the right ones alone.
func softmax(w []float64, l list, right bool) []float64 {
	p := make([]float64, len(l.features))
	top := math.Inf(-1)
	for k, x := range l.features {
		if p[k] = dot(w, x); !right || l.right[k] {
			top = math.Max(top, p[k])
		}
	}
	sum := 0.0
	for k := range p {
		if right && !l.right[k] {
			p[k] = 0
			continue
		}
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// descend minimises by Adam (Kingma & Ba 2015), in 600 full steps from prior,
// to which the penalty pulls.
func descend(prior []float64, penalty float64, gradientOf func(w, gradient []float64)) []float64 {
	const steps, rate, b1, b2 = 600, 0.1, 0.9, 0.999
	n := len(prior)
	w, m, v := slices.Clone(prior), make([]float64, n), make([]float64, n)
	for step := 1; step <= steps; step++ {
		g := make([]float64, n)
		gradientOf(w, g)
		for i := range w {
			g[i] += penalty * (w[i] - prior[i])
			m[i] = b1*m[i] + (1-b1)*g[i]
			v[i] = b2*v[i] + (1-b2)*g[i]*g[i]
			w[i] -= rate * (m[i] / (1 - math.Pow(b1, float64(step)))) / (math.Sqrt(v[i]/(1-math.Pow(b2, float64(step)))) + 1e-9)
		}
	}
	return w
}

func accuracy(name string, lists []list, w []float64) Fitted {
	right := [2]float64{}
	count := [2]int{}
	for _, l := range lists {
		k := int(truth(l.held))
		count[k]++
		best := 0
		for i, x := range l.features {
			if dot(w, x) > dot(w, l.features[best]) {
				best = i
			}
		}
		right[k] += truth(l.right[best])
	}
	return Fitted{name, right[0] / float64(max(count[0], 1)), right[1] / float64(max(count[1], 1)), count[0], count[1]}
}
