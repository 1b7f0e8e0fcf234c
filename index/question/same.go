package question

import (
	"slices"
)

// Canonical is folded runes in which each word that another one stands for, and that
// stands for it, is the first of them all: two texts that name one thing by two of
// its names are alike then. 国内生产总值 and GDP are one word.
func (l *Language) Canonical(r []rune) []rune {
	out := make([]rune, 0, len(r))
	for i := 0; i < len(r); {
		n := l.same.At(r, i)
		if n < 2 || !wholeWords(r, i, i+n) {
			out = append(out, r[i])
			i++
			continue
		}
		out = append(append(append(out, ' '), []rune(l.first(string(r[i:i+n])))...), ' ') // GDP386亿元 is two words
		i += n
	}
	return out
}

// wholeWords tells that a stretch neither begins nor ends within a Latin word: raised has no AI.
func wholeWords(r []rune, from, to int) bool {
	return (from == 0 || !latin(r[from-1]) || !latin(r[from])) && (to == len(r) || !latin(r[to-1]) || !latin(r[to]))
}

// first is the first, in their order as text, of a word and those that it may
// be exchanged with.
func (l *Language) first(word string) string {
	first := word
	for _, other := range l.synonyms[word] {
		if other < first && slices.Contains(l.synonyms[other], word) {
			first = other
		}
	}
	return first
}

func latin(c rune) bool { return 'a' <= c && c <= 'z' }
