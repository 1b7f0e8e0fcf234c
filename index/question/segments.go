package question

import (
	"regexp"
	"strings"

	"reportbot/corpus/fold"
)

// Segment is a stretch of a question; loose tells that only a space or a bracket
// parts it from the one before.
type Segment struct {
	Text  string
	At    int  // in runes
	Loose bool // cut off at a space or a bracket
	Comma bool // or at a comma, or where one question ends and the next begins
}

// Segments cuts a question at 和, 、 and the like, where they stand within no
// word of the lists (国民经济和社会发展), and in Chinese at spaces.
func (l *Language) Segments(r []rune) (out []Segment) {
	from, loose, comma := 0, false, false
	cut := func(to, next int, nextLoose bool) {
		if text := strings.TrimSpace(string(r[from:to])); text != "" {
			out = append(out, Segment{text, from, loose, comma})
			loose = nextLoose
		} else {
			loose = loose && nextLoose
		}
		comma = to < len(r) && strings.ContainsRune(",?", r[to])
		from = next
	}
	for i := 0; i < len(r); {
		if n := max(l.same.At(r, i), l.Lexicon.At(r, i)); n > 2 {
			i += n
			continue
		}
		if n := l.Asks["notand"].Set.At(r, i); n > 0 {
			i += n
			continue
		}
		n := l.Asks["and"].Set.At(r, i)
		switch {
		case n > 0 && WholeWord(r, i, i+n) && !digitsAround(r, i, i+n) && !between.MatchString(string(r[from:i])):
			cut(i, i+n, false)
			i += n
		case r[i] == '?' && i+1 < len(r):
			cut(i, i+1, false)
			i++
		case looseAt(r, i):
			cut(i, i+1, true)
			i++
		default:
			i++
		}
	}
	cut(len(r), len(r), false)
	return out
}

// between before an and makes one stretch of what stands on both sides of it: between April and December.
var between = regexp.MustCompile(`\bbetween(?: \w+){1,3} $`)

// looseAt tells a bracket, and a space beside a Chinese character.
func looseAt(r []rune, i int) bool {
	switch r[i] {
	case '(', ')':
		return true
	case ' ':
		return i > 0 && fold.Han(r[i-1]) || i+1 < len(r) && fold.Han(r[i+1])
	}
	return false
}

func digitsAround(r []rune, from, to int) bool {
	return from > 0 && to < len(r) && r[from] == ',' && '0' <= r[from-1] && r[from-1] <= '9' && '0' <= r[to] && r[to] <= '9'
}
