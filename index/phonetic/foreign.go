package phonetic

import (
	"math"
	"slices"
	"strings"
)

// Consonants carry a name from one language to the other: Jacksonville and
// 杰克逊维尔 (jie ke xun wei er) are both J K S N F L. b and p are one class, d
// and t, g and k, f v and w, l and r; vowels count for nothing.

// chineseCode is the classes of a character's commonest reading.
func chineseCode(c rune) string {
	all := readings(c)
	if len(all) == 0 {
		return ""
	}
	s, code := all[0], ""
	switch {
	case s == "er":
		return "L"
	case strings.HasPrefix(s, "zh"), strings.HasPrefix(s, "ch"), s[0] == 'j', s[0] == 'q':
		code = "J"
	case strings.ContainsRune("szcx", rune(s[0])):
		code = "S"
	case strings.ContainsRune("bp", rune(s[0])):
		code = "B"
	case strings.ContainsRune("dt", rune(s[0])):
		code = "D"
	case strings.ContainsRune("gk", rune(s[0])):
		code = "K"
	case strings.ContainsRune("fw", rune(s[0])):
		code = "F"
	case strings.ContainsRune("lr", rune(s[0])):
		code = "L"
	case strings.ContainsRune("mnh", rune(s[0])):
		code = strings.ToUpper(s[:1])
	}
	if strings.HasSuffix(s, "n") || strings.HasSuffix(s, "ng") {
		code += "N"
	}
	return code
}

var englishCodes = strings.NewReplacer("sch", "S", "tch", "J", "ck", "K", "ph", "F", "th", "D", "sh", "S", "ch", "J", "gh", "K", "kn", "N", "wr", "L", "mb", "M", "ng", "N", "ce", "S", "ci", "S", "cy", "S", "ge", "J", "gi", "J",
	"b", "B", "p", "B", "d", "D", "t", "D", "g", "K", "k", "K", "c", "K", "q", "K", "j", "J", "s", "S", "z", "S", "x", "KS", "f", "F", "v", "F", "w", "F",
	"l", "L", "r", "L", "m", "M", "n", "N", "h", "H", "a", "", "e", "", "i", "", "o", "", "u", "", "y", "")

// englishCode is the classes of an English word, a double letter once.
func englishCode(word string) string {
	var single []byte
	for i := range len(word) {
		if i == 0 || word[i] != word[i-1] {
			single = append(single, word[i])
		}
	}
	return englishCodes.Replace(string(single))
}

// What it costs when the two differ.
const (
	nearClass  = 0.4 // S for J, H for K
	lostL      = 0.4 // r is often not written
	lostOther  = 0.8
	extraNasal = 0.4
	costEach   = 0.2 // a name may cost this much for each of its consonants
)

func differ(a, b byte) float64 {
	switch {
	case a == b:
		return 0
	case a == 'S' && b == 'J', a == 'J' && b == 'S', a == 'H' && b == 'K', a == 'K' && b == 'H', a == 'H' && b == 'F', a == 'F' && b == 'H', a == 'K' && b == 'J', a == 'J' && b == 'K', a == 'D' && b == 'S', a == 'M' && b == 'N':
		return nearClass
	}
	return math.Inf(1)
}

const (
	shortestForeign = 4 // letters
	longestName     = 7 // characters
	mostNames       = 3
)

type heard struct {
	text  string
	cost  float64
	count float64
}

// Sounding returns names of the reports that an English word may be, best first.
func (w *Words) Sounding(english string) []string {
	code := englishCode(english)
	if len(english) < shortestForeign || len(code) < 2 {
		return nil
	}
	limit := costEach * float64(len(code))
	var found []heard
	var grow func(name []rune, at int, cost, count float64)
	grow = func(name []rune, at int, cost, count float64) {
		if len(name) >= 2 {
			rest := lost(code[at:])
			if total := cost + rest; total <= limit {
				found = append(found, heard{string(name), total, count})
			}
		}
		if len(name) == longestName {
			return
		}
		for _, c := range w.follow[name[len(name)-1]] {
			if mine, ok := w.codes[c]; ok {
				for _, s := range steps(code, at, mine) {
					if cost+s.cost <= limit {
						grow(append(name, c), s.at, cost+s.cost, min(count, w.count[[2]rune{name[len(name)-1], c}]))
					}
				}
			}
		}
	}
	for c, mine := range w.codes {
		if len(w.follow[c]) == 0 {
			continue
		}
		for _, s := range steps(code, 0, mine) {
			if s.cost <= limit {
				grow([]rune{c}, s.at, s.cost, math.Inf(1))
			}
		}
	}
	return best(found)
}

type step struct {
	at   int
	cost float64
}

// steps is where a character that has the classes mine may take the reading of code.
func steps(code string, at int, mine string) (out []step) {
	if mine == "" {
		return []step{{at, 0.1}}
	}
	for skip := 0; skip <= 1 && at+skip < len(code); skip++ {
		cost := lost(code[at : at+skip])
		if d := differ(code[at+skip], mine[0]); !math.IsInf(d, 1) {
			end, total := at+skip+1, cost+d
			if len(mine) == 2 {
				if end < len(code) && (code[end] == 'N' || code[end] == 'M') {
					end++
				} else if mine[0] != 'N' {
					total += extraNasal
				}
			}
			out = append(out, step{end, total})
		}
	}
	return out
}

func lost(code string) float64 {
	sum := 0.0
	for i := range len(code) {
		if code[i] == 'L' || code[i] == 'H' {
			sum += lostL
		} else {
			sum += lostOther
		}
	}
	return sum
}

func best(found []heard) (names []string) {
	slices.SortFunc(found, func(a, b heard) int {
		switch {
		case a.cost != b.cost:
			return int(math.Copysign(1, a.cost-b.cost))
		case a.count != b.count:
			return int(math.Copysign(1, b.count-a.count))
		}
		return strings.Compare(a.text, b.text)
	})
	for _, h := range found {
		if len(names) < mostNames && !slices.Contains(names, h.text) {
			names = append(names, h.text)
		}
	}
	return names
}
