package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"reportbot/index/phonetic"
)

// Foreign names are written in Chinese by their sound, character by character:
// 埃|E 尔|l 维|way. CC-CEDICT has some thousands of such pairs; a joint model of
// stretches of letters and characters (Li, Zhang & Su 2004), without knowing
// where the stretches part, is learnt from them by expectation maximisation.

const (
	nameRounds  = 10
	longestBite = 6    // letters that one character writes
	leastWrites = 0.01 // of the times a stretch is met, below which a character is noise
	leastSeen   = 0.7  // times that a character is met for a stretch
)

type name struct {
	letters string
	chars   []rune
}

type bite struct {
	letters string
	char    rune
}

var (
	foreignName = regexp.MustCompile(`^[A-Z][A-Za-z]+$`)
	parting     = regexp.MustCompile(`[,(]`)
)

// names are the entries whose gloss is a capitalised word that is not their own
// reading (Haidian), or several for as many parted by dots, written with the
// characters of foreign names for the most part.
func names(entries []entry) (out []name) {
	for _, e := range entries {
		chinese := strings.Split(e.word, "·")
		for _, gloss := range senses(e.english) {
			english := strings.Fields(parting.Split(strings.TrimSpace(gloss), 2)[0])
			if len(english) != len(chinese) {
				continue
			}
			for i, word := range english {
				letters, r := phonetic.Letters(strings.ToLower(word)), []rune(chinese[i])
				if foreignName.MatchString(word) && len(r) > 1 && len(letters) >= len(r) && len(letters) <= longestBite*len(r) && phonetic.Foreign(r) && phonetic.Syllables(strings.ToLower(word)) == nil {
					out = append(out, name{letters, r})
				}
			}
		}
	}
	return out
}

// bites learns how many times each character is met for each stretch of letters.
func bites(names []name) map[bite]float64 {
	chance := func(b bite) float64 { return 1 }
	var counts map[bite]float64
	for range nameRounds {
		counts = map[bite]float64{}
		for _, n := range names {
			n.count(chance, counts)
		}
		total := 0.0
		for _, b := range sortedBites(counts) {
			total += counts[b]
		}
		now := counts
		chance = func(b bite) float64 { return now[b] / total }
	}
	return counts
}

func sortedBites(counts map[bite]float64) []bite {
	all := make([]bite, 0, len(counts))
	for b := range counts {
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b bite) int {
		return cmp.Or(strings.Compare(a.letters, b.letters), cmp.Compare(a.char, b.char))
	})
	return all
}

// count adds to counts how likely each way to part the name is, forwards and backwards.
func (n name) count(chance func(bite) float64, counts map[bite]float64) {
	l, m := len(n.letters), len(n.chars)
	before := grid(m+1, l+1)
	after := grid(m+1, l+1)
	before[0][0], after[m][l] = 1, 1
	each := func(k int, do func(from, to int, b bite)) {
		for from := 0; from < l; from++ {
			for to := from + 1; to <= min(l, from+longestBite); to++ {
				do(from, to, bite{n.letters[from:to], n.chars[k]})
			}
		}
	}
	for k := range m {
		each(k, func(from, to int, b bite) { before[k+1][to] += before[k][from] * chance(b) })
	}
	for k := m - 1; k >= 0; k-- {
		each(k, func(from, to int, b bite) { after[k][from] += after[k+1][to] * chance(b) })
	}
	if before[m][l] == 0 {
		return
	}
	for k := range m {
		each(k, func(from, to int, b bite) {
			if p := before[k][from] * chance(b) * after[k+1][to] / before[m][l]; p > 1e-6 {
				counts[b] += p
			}
		})
	}
}

func grid(rows, columns int) [][]float64 {
	out := make([][]float64, rows)
	for i := range out {
		out[i] = make([]float64, columns)
	}
	return out
}

// writeNames writes lines "letters<TAB>times<TAB>尔 12|勒 3|…".
func writeNames(file string, counts map[bite]float64) error {
	times, by := map[string]float64{}, map[string][]likely{}
	for _, b := range sortedBites(counts) {
		times[b.letters] += counts[b]
		if counts[b] >= leastSeen {
			by[b.letters] = append(by[b.letters], likely{string(b.char), counts[b]})
		}
	}
	var lines []string
	for letters, list := range by {
		slices.SortFunc(list, func(a, b likely) int {
			return cmp.Or(cmp.Compare(b.chance, a.chance), strings.Compare(a.unit, b.unit))
		})
		var chars []string
		for _, l := range list {
			if l.chance >= leastWrites*times[letters] {
				chars = append(chars, fmt.Sprintf("%s %.1f", l.unit, l.chance))
			}
		}
		lines = append(lines, fmt.Sprintf("%s\t%.1f\t%s", letters, times[letters], strings.Join(chars, "|")))
	}
	slices.Sort(lines)
	return writeLines(file, lines)
}
