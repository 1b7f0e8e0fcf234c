package index

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

	"reportbot/corpus"
	"reportbot/index/decide"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// Example is a question whose right answer is known.
type Example struct {
	ID       string
	Question string
	Before   []string
	Values   []float64 // the right figures in base units; none for a passage
	Passage  string    // stands in the right passage, white space aside
	Kind     string    // figure, list, compare, passage or none: the reports do not answer it
}

// Set is the questions on one report, or on several that are asked at once.
type Set struct {
	Name     string
	Engine   *Engine
	Examples []Example
	Weight   float64 // of each of its questions
	Guest    bool    // not asked by officials of reports: it tells more of how to rank than of when to answer
}

// Trainer learns weights from sets.
type Trainer struct {
	Weights *rank.Weights
	// English fits what answers questions in English alone; what answers those in Chinese stays.
	English bool
	sets    []Set

	passages, foreign []rank.List
	figures, abroad   []rank.List // those of questions in Chinese and in English
	answers           []label
}

// label is what is told of one question: whether the best find is right, and
// whether the right one is among the first three.
type label struct {
	features     []float64
	first, three bool
	kind         labelKind
	passage      bool // no figure is told: a passage is the answer
	doubtful     bool // it is never said as sure
	lang         string
	weight       float64
	set          int
}

type labelKind int

const (
	asked  labelKind = iota
	none             // asked as one that the reports do not answer
	hidden           // asked with the right paragraph hidden
)

// NewTrainer begins with the embedded weights.
func NewTrainer(sets []Set) (*Trainer, error) {
	w, err := rank.ParseWeights(rank.WeightsFile)
	return &Trainer{Weights: w, sets: sets}, err
}

// hiddenWeight: most questions asked are on what the reports hold, so the same
// question with its paragraph hidden counts less than as it was asked. noneWeight
// is that of a question that was asked as one without an answer.
const (
	hiddenWeight = 0.08
	noneWeight   = 1.5
)

// guestWeight: how often what is found is right, and how often nothing is there to be
// found, is another matter for readers of an encyclopedia than for officials.
const guestWeight = 0.1

// looseWeight: of a question for a number or a date whose right passage alone is
// known, any figure of that passage counts as right, but counts less.
const looseWeight = 0.2

// folds is into how many parts the sets are cut for the decision: it is learnt
// from answers that were found with weights fitted to the other parts.
const folds = 5

// Fit learns all weights: passages first, figures among the passages so
// ranked, then when to answer and how surely.
func (t *Trainer) Fit(ctx context.Context, log io.Writer) error {
	if err := t.gather(ctx); err != nil {
		return err
	}
	t.fitRanking(-1, folds, nil)
	if err := t.gather(ctx); err != nil { // the figures of the passages as they are ranked now
		return err
	}
	t.fitRanking(-1, folds, nil)
	fmt.Fprintf(log, "first when fitted on: passages %s, English %s, figures %s, English %s\n", first(t.passages, t.Weights.Passage), first(t.foreign, t.Weights.Foreign), first(t.figures, t.Weights.Figure), first(t.abroad, t.Weights.ForeignFigure))
	t.answers = nil
	whole := t.Weights
	for fold := range folds {
		part := whole.Clone()
		t.Weights = part
		t.fitRanking(fold, folds, whole)
		for i, s := range t.sets {
			if i%folds == fold {
				if err := t.gatherAnswers(ctx, i, s); err != nil {
					return err
				}
			}
		}
	}
	t.Weights = whole
	t.decide(-1)
	return nil
}

// decide fits when to answer to all sets but the out-th.
func (t *Trainer) decide(out int) {
	t.fitAnswers(out)
	t.fitThresholds(out, "en")
	if !t.English {
		t.fitThresholds(out, "zh")
	}
}

// first is how many lists have a right one first.
func first(lists []rank.List, w []float64) string {
	right := 0
	for _, l := range lists {
		best := 0
		for i, x := range l.Features {
			if rank.Dot(w, x) > rank.Dot(w, l.Features[best]) {
				best = i
			}
		}
		right += int(rank.Truth(l.Right[best]))
	}
	return fmt.Sprintf("%d of %d", right, len(lists))
}

// Without is the weights fitted to all sets but the i-th, beginning from those
// fitted to all: its questions have no part in them.
func (t *Trainer) Without(i int) *rank.Weights {
	whole := t.Weights
	t.Weights = whole.Clone()
	t.fitRanking(i, len(t.sets), whole)
	t.decide(i)
	w := t.Weights
	t.Weights = whole
	return w
}

// fitRanking fits the weights of passages and figures to the sets that are not
// the out-th of n parts; from is where to begin, nil for the beliefs.
func (t *Trainer) fitRanking(out, n int, from *rank.Weights) {
	keep := func(l rank.List) bool { return l.Set%n != out }
	begin := func(w []float64) []float64 {
		if from == nil {
			return nil
		}
		return w
	}
	w := t.Weights
	if !t.English {
		w.Passage = rank.FitLists(t.passages, keep, rank.Priors(rank.PassageNames, rank.PassageBeliefs), begin(w.Passage), 2e-4)
		w.Figure = rank.FitLists(t.figures, keep, rank.Priors(rank.FigureNames, rank.FigureBeliefs), begin(w.Figure), 3e-3)
	}
	w.Foreign = rank.FitLists(t.foreign, keep, rank.Priors(rank.ForeignNames, rank.PassageBeliefs), begin(w.Foreign), 2e-4)
	w.ForeignFigure = rank.FitLists(t.abroad, keep, rank.Priors(rank.FigureNames, rank.FigureBeliefs), begin(w.ForeignFigure), 3e-3)
}

// gather reads features of passages and figures with the present weights.
func (t *Trainer) gather(ctx context.Context) error {
	t.passages, t.foreign, t.figures, t.abroad = nil, nil, nil, nil
	for i, s := range t.sets {
		s.Engine.weights = t.Weights
		for _, x := range s.Examples {
			if x.Kind == "none" {
				continue
			}
			f, err := s.Engine.find(ctx, s.Engine.understand(ctx, x.Question, x.Before), nil)
			if err != nil {
				return err
			}
			t.gatherPassages(f, x, i)
			switch {
			case len(x.Values) > 0:
				t.gatherFigures(f, x, i, s.Weight)
			case f.Want != question.WantPassage && f.Want != question.WantAny:
				t.gatherFigures(f, x, i, s.Weight*looseWeight)
			}
		}
	}
	return nil
}

// gatherAnswers tells of each question of a set how what is found looks, and
// whether it is right; once more with the right paragraph hidden.
func (t *Trainer) gatherAnswers(ctx context.Context, i int, s Set) error {
	s.Engine.weights = t.Weights
	weight := s.Weight
	if s.Guest {
		weight *= guestWeight
	}
	for _, x := range s.Examples {
		q := s.Engine.understand(ctx, x.Question, x.Before)
		f, err := s.Engine.find(ctx, q, nil)
		if err != nil {
			return err
		}
		found := f.AnswerFeatures()
		l := label{features: rank.Vector(&found), passage: f.TellsPassage(), doubtful: f.Doubtful(), lang: f.Lang, weight: weight, set: i}
		if x.Kind == "none" {
			l.weight, l.kind = l.weight*noneWeight, none
			t.answers = append(t.answers, l)
			continue
		}
		l.first, l.three = rightAmong(f, x, 1), rightAmong(f, x, 3)
		t.answers = append(t.answers, l)
		without, err := s.Engine.find(ctx, q, func(p *corpus.Paragraph) bool { return holds(p, x.Passage) })
		if err != nil {
			return err
		}
		found = without.AnswerFeatures()
		t.answers = append(t.answers, label{features: rank.Vector(&found), passage: without.TellsPassage(), lang: f.Lang, kind: hidden, weight: weight * hiddenWeight, set: i})
	}
	return nil
}

// rightAmong tells whether the right figure, else the right passage, is among
// the first n that would be shown.
func rightAmong(f *decide.Finding, x Example, n int) bool {
	if len(x.Values) > 0 && f.Want != question.WantPassage {
		return slices.ContainsFunc(f.Fit[:min(n, len(f.Fit))], func(c *rank.Candidate) bool { return x.is(c.Figure) })
	}
	return slices.ContainsFunc(f.Pages[:min(n, len(f.Pages))], func(p *rank.Passage) bool { return holds(p.Paragraph, x.Passage) })
}

// is tells a figure of the right value.
func (x Example) is(f *corpus.Figure) bool {
	v, _ := f.Value.Float64()
	return slices.ContainsFunc(x.Values, func(want float64) bool { return math.Abs(v-want) <= 1e-9*math.Abs(want) })
}

func (t *Trainer) gatherPassages(f *decide.Finding, x Example, set int) {
	l := rank.List{Weight: t.sets[set].Weight, Set: set}
	found := false
	for _, p := range f.Pages {
		ok := holds(p.Paragraph, x.Passage)
		found = found || ok
		features := rank.Vector(&p.Features)
		if f.Lang != "en" {
			features = rank.Vector(&p.Features.PassageFeatures)
		}
		l.Features, l.Right = append(l.Features, features), append(l.Right, ok)
	}
	switch {
	case found && f.Lang == "en":
		t.foreign = append(t.foreign, l)
	case found:
		t.passages = append(t.passages, l)
	}
}

func (t *Trainer) gatherFigures(f *decide.Finding, x Example, set int, weight float64) {
	l := rank.List{Weight: weight, Set: set}
	found := false
	for _, c := range f.Ranked {
		ok := holds(c.Paragraph, x.Passage) && (len(x.Values) == 0 || x.is(c.Figure))
		found = found || ok
		l.Features, l.Right = append(l.Features, rank.Vector(&c.Features)), append(l.Right, ok)
	}
	switch {
	case found && f.Lang == "en":
		t.abroad = append(t.abroad, l)
	case found:
		t.figures = append(t.figures, l)
	}
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

// fitAnswers learns by logistic regression how likely the best find is right,
// and how likely the right one is among the first three, from all sets but the
// out-th. What an English question adds to the weights is learnt beside them.
func (t *Trainer) fitAnswers(out int) {
	w := t.Weights
	w.Answer, w.ForeignAnswer = t.fitChance(out, w.Answer, func(l label) bool { return l.first })
	w.Offer, w.ForeignOffer = t.fitChance(out, w.Offer, func(l label) bool { return l.three })
}

func (t *Trainer) fitChance(out int, now []float64, right func(label) bool) (all, foreign []float64) {
	n := len(now)
	prior := make([]float64, 2*n)
	if t.English {
		copy(prior, now)
	}
	w := rank.Descend(prior, prior, 1200, 1e-3, func(w, gradient []float64) {
		total := 0.0
		for _, l := range t.answers {
			if l.set == out || t.English && l.lang != "en" {
				continue
			}
			sum := rank.Dot(w[:n], l.features)
			if l.lang == "en" {
				sum += rank.Dot(w[n:], l.features)
			}
			miss := 1/(1+math.Exp(-sum)) - rank.Truth(right(l))
			for i, x := range l.features {
				gradient[i] += l.weight * miss * x
				if l.lang == "en" {
					gradient[n+i] += l.weight * miss * x
				}
			}
			total += l.weight
		}
		for i := range gradient {
			gradient[i] /= total
			if t.English && i < n {
				gradient[i] = 0
			}
		}
	})
	return w[:n], w[n:]
}

// What an answer is worth, in right ones: a wrong figure said in a meeting costs
// more than saying nothing; candidates told apart are half an answer.
const (
	wrongCosts   = 2.0
	offeredWorth = 0.5
)

// fitThresholds finds from which chances on an answer is offered, and given as
// sure, so that the answers are worth most: to questions in English, or in Chinese.
func (t *Trainer) fitThresholds(out int, lang string) {
	for _, passage := range []bool{false, true} {
		of := func(l label) bool {
			return l.set != out && l.kind != hidden && l.passage == passage && (l.lang == "en") == (lang == "en")
		}
		best := math.Inf(-1)
		var offer, sure float64
		for o := 0.02; o < 0.9; o += 0.02 {
			for s := 0.02; s < 0.98; s += 0.02 {
				if worth := t.worth(of, o, s); worth > best+1e-9 {
					best, offer, sure = worth, o, s
				}
			}
		}
		for s := 0.02; s < sure; s += 0.02 { // what is worth as much but for chance: the lowest says more
			if t.worth(of, offer, s) > best-asMuch*t.asked(of) {
				sure = s
			}
		}
		*t.Weights.From(false, passage, lang), *t.Weights.From(true, passage, lang) = offer, sure
	}
}

// asMuch: thresholds whose answers are worth so little less, as a share of the questions, are as good:
// the worth lies flat between 0.6 and 0.8, and other questions would have their best elsewhere.
const asMuch = 0.01

// asked is the weight of the questions asked.
func (t *Trainer) asked(of func(label) bool) (sum float64) {
	for _, l := range t.answers {
		if of(l) {
			sum += l.weight
		}
	}
	return sum
}

// worth is what the answers to the questions asked would be worth with thresholds.
func (t *Trainer) worth(of func(label) bool, offer, sure float64) float64 {
	sum := 0.0
	for _, l := range t.answers {
		if !of(l) {
			continue
		}
		first, three := t.Weights.Chances(l.features, l.lang)
		switch {
		case three < offer && l.kind == none:
			sum += l.weight
		case three < offer:
		case first >= sure && !l.doubtful && l.first:
			sum += l.weight
		case first >= sure && !l.doubtful:
			sum -= l.weight * wrongCosts
		case l.three:
			sum += l.weight * offeredWorth
		case l.kind != none:
			sum -= l.weight * offeredWorth
		}
	}
	return sum
}
