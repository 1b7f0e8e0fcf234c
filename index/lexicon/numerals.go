package lexicon

import (
	"strconv"
	"strings"
)

// Numerals returns the other ways in which a report may write a number of an
// English question: 9 and 九 for nine, 第三 for 3rd, 1700年 for 1700s; none for
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
	digits := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(digits)
	switch suffix := word[len(digits):]; {
	case err != nil:
		return nil
	case suffix == "st", suffix == "nd", suffix == "rd", suffix == "th":
		return append([]string{digits}, han(n), "第"+han(n))
	case suffix == "s":
		return []string{digits}
	case suffix == "" && n > 0 && n < 100:
		return []string{han(n)}
	}
	return nil
}

var numberWords = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")

var ordinalWords = strings.Fields("- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")

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
