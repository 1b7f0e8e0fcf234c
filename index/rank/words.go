package rank

import (
	"slices"

	"reportbot/index/question"
)

// An English question is laid along a text by its words, as a Chinese one is by
// its characters (align.go): 98.5 million tons … coal … produced lies along "how many
// tons of coal were produced" in whatever language each word is said.

// wordNumbers begins where no character of a text does: the words of a question are
// private characters.
const wordNumbers = 0xE000

// layOutWords sets the words of an English question, and those before and behind
// its asking word. Where nothing stands before, as in most, the same words are
// looked for on both sides of a figure.
func (w *weigher) layOutWords() {
	w.word = make([]rune, len(w.weight))
	var left, right []weightedRune
	for i, p := range w.Parts {
		first := rune(wordNumbers + len(w.whole))
		for k, a := range w.WeighedParts[i].alts {
			for n := a.from; n < a.to; n++ {
				w.word[n] = first
				if k == 0 {
					w.word[n] += rune(min(n-a.from, len(p.Alts[0].Grams)-1))
				}
			}
		}
		for k := range max(1, len(p.Alts[0].Grams)) {
			word := weightedRune{first + rune(k), w.WeighedParts[i].Weight * w.WeighedParts[i].Fresh / float64(max(1, len(p.Alts[0].Grams)))}
			w.whole = append(w.whole, word)
			if p.Start < w.AskFrom {
				left = append(left, word)
			} else {
				right = append(right, word)
			}
		}
	}
	if w.Want != question.WantFigure && w.Want != question.WantAny {
		return
	}
	if len(left) == 0 {
		left = slices.Clone(right)
	}
	if len(right) == 0 {
		right = slices.Clone(left)
	}
	slices.Reverse(left)
	w.around = [2][]weightedRune{left, right}
}

// wordsIn is the words of the question in the runes [from, to) of a page, and how many
// words each stands behind the one before; backwards, as they are met from the end.
func (w *Weighed) wordsIn(g *Page, from, to int, backwards bool) (columns []column) {
	first, _ := slices.BinarySearchFunc(g.hits, from, func(h hit, at int) int { return h.at - at })
	last, _ := slices.BinarySearchFunc(g.hits, to, func(h hit, at int) int { return h.at - at })
	hits := g.hits[first:last]
	perWord := 2
	if g.scale() > 1 {
		perWord = lettersOfWord
	}
	for i, at := 0, from; i < len(hits); i++ {
		h, gap := hits[i], hits[i].at-at
		if backwards {
			h = hits[len(hits)-1-i]
			if i == 0 {
				at = to
			}
			gap = at - h.end
		}
		if gap < 0 { // a character of a pair
			continue
		}
		columns = append(columns, column{w.word[h.numbers[0]], float64(1 + gap/perWord)})
		if at = h.end; backwards {
			at = h.at
		}
	}
	return columns
}

// lettersOfWord, with the space behind it.
const lettersOfWord = 6

// scale is how many letters of a page's text say as much as a character of Chinese.
func (g *Page) scale() int {
	if g.Report.Lang == "en" {
		return lettersOfCharacter
	}
	return 1
}

const lettersOfCharacter = 3
