package rank

import (
	"math"
	"slices"
)

// List is the candidates of one question with the right ones marked.
type List struct {
	Features [][]float64
	Right    []bool
	Weight   float64
	Set      int
}

// Candidates of one question compete: a softmax over their scores, the right
// ones' share of it made as large as can be (ListNet's top-one likelihood, Cao
// et al. 2007), with a quadratic penalty on the weights.
// Beliefs are the weights that features have where the question sets say
// nothing: what is asked for by a word of its own must win, and a report that
// the question names, else the latest.
var PassageBeliefs = map[string]float64{"named": 3, "older": -1, "lists": 1, "section": 2}

var FigureBeliefs = map[string]float64{"role": 2, "otherrole": -2, "extent": 2, "each": 2, "distinct": 2, "qualifier": -2, "beside": 1, "asked": -3, "grain": 2, "alike": 1, "one": -1.5, "focusnext": 1, "after": 1, "before": 1, "named": 2, "older": -0.5, "average": -1, "variant": 2, "unit": 2, "otherclass": -3,
	"elsewhere": -2, "against": 2, "head": 1, "wordsnamed": 1, "extra": -1, "part": -1, "earlier": -2, "milestone": -1, "lent": 1, "leastnamed": 1, "whole": 1, "exact": 1, "swapped": -1, "period": 2, "otherperiod": -3, "status": 2, "otherstatus": -2, "aimed": -2.5, "from": -1, "change": -1}

func Priors(names []string, beliefs map[string]float64) []float64 {
	prior := make([]float64, len(names))
	for name, weight := range beliefs {
		prior[IndexOf(names, name)] = weight
	}
	return prior
}

// FitLists fits weights to the lists that are kept, from where they are told to
// begin or else from the prior, which the penalty pulls to.
func FitLists(lists []List, keep func(List) bool, prior, from []float64, penalty float64) []float64 {
	steps := 600
	if from == nil {
		from = prior
	} else {
		steps = 150
	}
	return Descend(from, prior, steps, penalty, func(w, gradient []float64) {
		used := 0.0
		for _, l := range lists {
			if !keep(l) {
				continue
			}
			used += l.Weight
			all, good := softmax(w, l, false), softmax(w, l, true)
			for k, x := range l.Features {
				d := l.Weight * (all[k] - good[k])
				for i := range x {
					gradient[i] += d * x[i]
				}
			}
		}
		for i := range gradient {
			gradient[i] /= max(used, 1e-9)
		}
	})
}

// softmax over a list's scores; with right, over the right ones alone.
func softmax(w []float64, l List, right bool) []float64 {
	p := make([]float64, len(l.Features))
	top := math.Inf(-1)
	for k, x := range l.Features {
		if p[k] = Dot(w, x); !right || l.Right[k] {
			top = math.Max(top, p[k])
		}
	}
	sum := 0.0
	for k := range p {
		if right && !l.Right[k] {
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

// Descend minimises by Adam (Kingma & Ba 2015), in full steps from where it is told
// to begin; a penalty pulls to the prior.
func Descend(from, prior []float64, steps int, penalty float64, gradientOf func(w, gradient []float64)) []float64 {
	const rate, b1, b2 = 0.1, 0.9, 0.999
	n := len(prior)
	w, m, v := slices.Clone(from), make([]float64, n), make([]float64, n)
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
