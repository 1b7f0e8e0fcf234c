package index

import (
	"slices"

	"reportbot/corpus/fold"
)

// A question has its asking word where a report has the figure: 后增为[几省], 又增为
// [二十二省]. How well the text around the one can be laid along the text around the
// other, in the same order, tells neighbours in a list apart. It is a local
// alignment that is anchored at the figure (Smith and Waterman, 1981), outwards
// to the left and to the right.

// weightedRune is a character of the question and its rarity in the reports.
type weightedRune struct {
	rune
	weight float64
}

const (
	alignedLength = 24   // characters of the question that are laid on each side
	aroundLength  = 50   // characters of the paragraph on each side of the figure
	skipped       = 0.04 // costs a character of the paragraph left out, in mean weights
	unmet         = 0.2  // costs one of the question
	inRow         = 1.0  // is gained by one that follows the one before in both
)

// lookAround sets the text around the asking word of a question for a figure.
// 多少公尺为平均海拔 asks before it names: a report says 平均海拔1100公尺.
func (w *weigher) lookAround() {
	if w.Want != WantFigure || w.Lang == "en" || w.askTo == w.askFrom {
		return
	}
	r := []rune(w.Text)
	left, right := w.weighRunes(r[max(0, w.askFrom-alignedLength):w.askFrom]), w.weighRunes(r[w.askTo:min(len(r), w.askTo+alignedLength)])
	if len(left) < 2 {
		left = slices.Clone(right)
	}
	slices.Reverse(left)
	w.around = [2][]weightedRune{left, right}
}

func (w *weigher) weighRunes(r []rune) (out []weightedRune) {
	for _, c := range r {
		if fold.Han(c) || fold.Alnum(c) {
			out = append(out, weightedRune{c, w.rarity(string(c))})
		}
	}
	return out
}

// aligned is how well the question's text lies along that around a figure, on
// each side, as a share of its weight.
func (w *weighed) aligned(g *page, at, end int) (left, right float64) {
	r := g.text.Runes
	return align(w.around[0], len(r[max(0, at-aroundLength):at]), func(i int) rune { return r[at-1-i] }),
		align(w.around[1], len(r[end:min(len(r), end+aroundLength)]), func(i int) rune { return r[end+i] })
}

// align lays the question's characters along n of a text, both outwards.
func align(question []weightedRune, n int, text func(i int) rune) float64 {
	total := 0.0
	for _, q := range question {
		total += q.weight
	}
	if total == 0 {
		return 0
	}
	mean := total / float64(len(question))
	best := 0.0
	above, met := make([]float64, n+1), make([]float64, n+1) // of the character before: all, and those that end in a match
	for j := range above {
		above[j] = -skipped * mean * float64(j)
	}
	for i, q := range question {
		diagonal, diagonalMet := above[0], 0.0
		above[0] = -unmet * mean * float64(i+1)
		for j := 1; j <= n; j++ {
			score, match := max(above[j]-unmet*mean, above[j-1]-skipped*mean), 0.0
			if text(j-1) == q.rune {
				match = q.weight + diagonal
				if diagonalMet > 0 {
					match = max(match, q.weight+diagonalMet+inRow*mean)
				}
				score = max(score, match)
			}
			diagonal, above[j] = above[j], score
			diagonalMet, met[j] = met[j], match
			best = max(best, score)
		}
	}
	return best / total
}
