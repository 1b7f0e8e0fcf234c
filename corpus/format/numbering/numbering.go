// Package numbering renders the automatic numbers of word processors as the
// reader sees them: 一、 （一） 1. （1） ①. A file holds only a pattern
// ("（%1）"), the name of a format and the paragraphs in order.
package numbering

import (
	"strconv"
	"strings"
)

// Level is one level of a list.
type Level struct {
	Format string // ECMA-376 part 1, 17.18.59 ST_NumberFormat: "chineseCounting"
	Text   string // 17.9.11 lvlText: "（%2）"; "" shows nothing
	Start  int

	// Restart is after which level it begins anew (17.9.10 lvlRestart): 2 after
	// levels 1 and 2, 0 after each higher one, Never after none.
	Restart int
	// Legal shows the numbers of all levels in Arabic digits (17.9.4 isLgl):
	// 1.1 below 第一章.
	Legal bool
}

// Never is the Restart of a level that only goes on.
const Never = -1

// List counts the paragraphs of one list. The zero List has no levels.
type List struct {
	Levels []Level
	count  [deepest]int
	begun  [deepest]bool
}

// deepest is how many levels a list has: ECMA-376 part 1, 17.9.6.
const deepest = 9

// Next counts a paragraph on a level, 0 the highest, and returns its number
// as shown, "" for bullets and for levels that show nothing.
func (l *List) Next(level int) string {
	if level < 0 || level >= min(len(l.Levels), deepest) {
		return ""
	}
	for i := 0; i <= level; i++ {
		if !l.begun[i] {
			l.begun[i], l.count[i] = true, l.Levels[i].Start
			if i == level {
				l.count[i]--
			}
		}
	}
	l.count[level]++
	for i := level + 1; i < deepest; i++ {
		if i >= len(l.Levels) || l.Levels[i].Restart == 0 || level < l.Levels[i].Restart {
			l.begun[i] = false
		}
	}
	if l.Levels[level].Format == "bullet" {
		return ""
	}
	text := l.Levels[level].Text
	for i := min(level, deepest-1); i >= 0; i-- {
		format := l.Levels[i].Format
		if l.Levels[level].Legal && format != "none" {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), Numeral(format, l.count[i]))
	}
	return strings.TrimSpace(text)
}

// Numeral writes n in a format of ST_NumberFormat; formats that reports don't
// use are written in Arabic digits.
func Numeral(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "chineseCounting", "taiwaneseCounting":
		if n >= 100 {
			return digital(n)
		}
		return counting(n, "〇一二三四五六七八九", "十百千万")
	case "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting":
		return counting(n, "〇一二三四五六七八九", "十百千万")
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return digital(n)
	case "chineseLegalSimplified":
		return counting(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万")
	case "ideographLegalTraditional":
		return counting(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬")
	case "japaneseLegal":
		return counting(n, "零壱弐参四伍六七八九", "拾百阡萬")
	case "ideographEnclosedCircle":
		return pick("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", n)
	case "decimalEnclosedParen":
		return pick("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", n)
	case "decimalEnclosedFullstop":
		return pick("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", n)
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n)
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return pick("子丑寅卯辰巳午未申酉戌亥", n)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n)
	case "lowerLetter":
		return letters("abcdefghijklmnopqrstuvwxyz", n)
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	}
	return strconv.Itoa(n)
}

func pick(from string, n int) string {
	runes := []rune(from)
	if n < 1 || n > len(runes) {
		return strconv.Itoa(n)
	}
	return string(runes[n-1])
}

// letters go on after z with aa, bb, up to thirty of one.
func letters(from string, n int) string {
	if n < 1 || n > 780 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(from[(n-1)%26:(n-1)%26+1], (n-1)/26+1)
}

// digital writes a number digit by digit: 一〇, 一二三.
func digital(n int) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return []rune("〇一二三四五六七八九")[r-'0']
	}, strconv.Itoa(n))
}

// formats by number (MS-OSHARED 2.2.1.3 MSONFC) under the names of ECMA-376.
var formats = map[int]string{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
	10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal", 18: "decimalEnclosedCircle",
	22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
	29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
	34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
	38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none"}

// FormatOf is the name of a format that a file gives by its number.
func FormatOf(n int) string { return formats[n] }

// counting writes 1 to 99999 as Chinese counts: 十, 二十一, 一百零五.
func counting(n int, digits, places string) string {
	if n < 1 || n > 99999 {
		return strconv.Itoa(n)
	}
	digit, place := []rune(digits), []rune(places)
	var out []rune
	gap := false
	for i, scale := 4, 10000; i >= 0; i, scale = i-1, scale/10 {
		d := n / scale % 10
		switch {
		case d == 0:
			gap = len(out) > 0
			continue
		case gap:
			out = append(out, '零')
			gap = false
		}
		if !(d == 1 && i == 1 && len(out) == 0) { // 十二, not 一十二
			out = append(out, digit[d])
		}
		if i > 0 {
			out = append(out, place[i-1])
		}
	}
	return string(out)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, r := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			out.WriteString(r.text)
			n -= r.value
		}
	}
	return out.String()
}

// Before puts an automatic number before its text as a writer would have
// typed it: 一、总则, （1）内容, but "第一章 总则" and "1. Text". Before a number
// there is always a blank: item 1 of 35公里 is not 1.35公里.
func Before(number, text string) string {
	if number == "" {
		return text
	}
	if first := strings.TrimLeft(text, " -−–+"); first != "" && first[0] >= '0' && first[0] <= '9' {
		return number + " " + text
	}
	last := number[len(number)-1]
	if strings.HasSuffix(number, "、") || strings.HasSuffix(number, "）") || strings.HasSuffix(number, "．") {
		return number + text
	}
	if last == ')' || last == '.' {
		if text[0] < 0x80 && last == '.' {
			return number + " " + text
		}
		return number + text
	}
	return number + " " + text
}
