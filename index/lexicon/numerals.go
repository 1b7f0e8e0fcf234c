package lexicon

import (
	"slices"
	"strconv"
	"strings"
)

// Numerals returns the other ways in which a report may write a number of an
// English question: 9 and 九 for nine, 第三 for 3rd, 18世纪 for 1700s, 49 for XLIX; none for
// what is no number.
func Numerals(word string) []string {
	for n, w := range numberWords {
		if word == w {
			return []string{strconv.Itoa(n), han(n)}
		}
	}
	for n, w := range ordinalWords {
		if word == w && n > 0 {
			return []string{"第" + han(n), "第" + strconv.Itoa(n)}
		}
	}
	if n := roman(word); n > 0 {
		return []string{strconv.Itoa(n), han(n)}
	}
	digits := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(digits)
	switch suffix := word[len(digits):]; {
	case err != nil:
		return nil
	case suffix == "st", suffix == "nd", suffix == "rd", suffix == "th":
		return append([]string{digits}, han(n), "第"+han(n))
	case suffix == "s":
		return append([]string{digits}, decade(n)...)
	case suffix == "" && n > 0 && n < 100:
		return []string{han(n)}
	}
	return nil
}

var numberWords = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")

var ordinalWords = strings.Fields("- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")

// decade is what Chinese calls the 1960s or the 1700s; none for 60s.
func decade(year int) []string {
	switch {
	case year < 1000:
		return nil
	case year%100 == 0:
		return []string{strconv.Itoa(year/100+1) + "世纪"}
	}
	return []string{strconv.Itoa(year%100) + "年代"}
}

// roman is the number that is written so, from 1 to 89; 0 for all else. Two
// letters may be a name (Li, Xi), but for ii, iv and ix.
func roman(word string) int {
	if len(word) < 2 || len(word) == 2 && !slices.Contains([]string{"ii", "iv", "ix"}, word) {
		return 0
	}
	for n := 1; n < 90; n++ {
		if word == inRoman(n) {
			return n
		}
	}
	return 0
}

func inRoman(n int) (out string) {
	for _, r := range []struct {
		value   int
		letters string
	}{{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= r.value; n -= r.value {
			out += r.letters
		}
	}
	return out
}

// han writes a number below 100 in Chinese characters.
func han(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n == 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n%10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
