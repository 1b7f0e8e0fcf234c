package question

import (
	"slices"
	"strings"

	"reportbot/corpus/fold"
)

// What a question in Chinese joins otherwise than with 和 and the like is read as if it had it:
// 住户同企业 of Cantonese, 城镇农村各多少 without a word between.

// joined is a question with 和 where Cantonese has 同, and with 、 between two members of a class of
// variants.txt that stand side by side where each is asked for.
func (l *Language) joined(r []rune) []rune {
	out := slices.Clone(r)
	for i := range out {
		if out[i] == '同' && l.joinsAlike(r, i) {
			out[i] = '和'
		}
	}
	if !l.Asks["each"].InWord(out) {
		return out
	}
	return l.partMembers(out)
}

// joinsAlike tells a 同 that is a word of its own and joins what stands on either side of it: no part of
// 同比, and not what something is held against (同去年相比, 同全市差多少).
func (l *Language) joinsAlike(r []rune, i int) bool {
	if i == 0 || i+1 == len(r) || !named(r[i-1]) || !named(r[i+1]) || strings.ContainsRune(string(r[i:]), '比') || l.Asks["difference"].InWord(r[i:]) {
		return false
	}
	from, to := i, i+1
	for from > 0 && fold.Han(r[from-1]) {
		from--
	}
	for to < len(r) && fold.Han(r[to]) {
		to++
	}
	for _, word := range l.Cut(r[from:to]) {
		if from+word.From <= i && i < from+word.To {
			return word.To-word.From == 1
		}
	}
	return false
}

func named(c rune) bool { return fold.Han(c) || fold.Alnum(c) }

// partMembers puts 、 between a member of a class and another one right behind it, or behind 还是.
func (l *Language) partMembers(r []rune) (out []rune) {
	for i := 0; i < len(r); {
		n, or := l.memberBefore(r, i)
		if n > 0 {
			out, i = append(out, '、'), i+or
		}
		out = append(out, r[i])
		i++
	}
	return out
}

// memberBefore is the length of the member of some class of variants.txt that ends before r[i], where another
// of its class begins there, 还是 aside, whose length is or; 0 for none. Words of the synonyms that end alike are
// members too.
func (l *Language) memberBefore(r []rune, i int) (n, or int) {
	if strings.HasPrefix(string(r[i:]), "还是") {
		or = 2
	}
	residents := l.Asks["residents"].Set
	if before, behind := residents.Before(r, i), residents.At(r, i+or); before > 0 && behind > 0 {
		return before, or
	}
	if before, behind := l.same.Before(r, i), l.same.At(r, i+or); before > 1 && behind > 1 && r[i-1] == r[i+or+behind-1] {
		return before, or // 一般债专项债
	}
	for k := range l.Variants.Classes {
		c := &l.Variants.Classes[k]
		before, behind := c.words.Before(r, i), c.at(r, i+or)
		if before == 0 || behind == 0 {
			continue
		}
		mine, its := c.member[string(r[i-before:i])], c.member[string(r[i+or:i+or+behind])]
		if !slices.ContainsFunc(mine, func(m int) bool { return slices.Contains(its, m) }) {
			return before, or
		}
	}
	return 0, 0
}

// withoutGivers is a question with blanks for the level of government that gives or lends something, which is not the
// area that is asked about: 省里转贷给我们的债券.
func (l *Language) withoutGivers(r []rune) []rune {
	out := slices.Clone(r)
	for i := range r {
		if n := l.Asks["giver"].Set.At(r, i); n > 0 && l.Asks["gives"].Set.At(r, i+n) > 0 {
			for k := i; k < i+n; k++ {
				out[k] = ' '
			}
		}
	}
	return out
}
