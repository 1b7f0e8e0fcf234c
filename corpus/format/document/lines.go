package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines puts the lines of a cell together. Where both sides of a break are
// numbers nobody can tell whether it is one that was broken or two, so they stay
// apart: 120 above 130 is "120；130", which no one takes for 120130.
func Lines(lines []string) string {
	var b strings.Builder
	last := ""
	for _, line := range lines {
		line = strings.Trim(line, " \n")
		if line == "" {
			continue
		}
		switch {
		case endsInNumber(last) && beginsWithNumber(line):
			b.WriteString(apart + line)
		default:
			met := Meet(last, line)
			b.WriteString(met[len(last):])
		}
		last = line
	}
	return b.String()
}

// Breaks is the lines or tabbed parts of a paragraph as one line: a blank between
// them, and between two numbers what keeps them apart.
func Breaks(text string) string {
	if !strings.ContainsAny(text, "\n\t") {
		return text
	}
	var b strings.Builder
	last := ""
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\t' }) {
		switch r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(last, " ")); {
		case last == "":
		case (unicode.IsDigit(r) || r == '%') && beginsWithNumber(strings.TrimLeft(part, " ")):
			b.WriteString(apart)
		default:
			b.WriteByte(' ')
		}
		b.WriteString(part)
		last = part
	}
	return b.String()
}

// apart stands between two numbers of one cell.
const apart = "；"

func endsInNumber(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r) || s != "" && strings.ContainsRune(".,%‰％", r)
}

func beginsWithNumber(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune("-−–+±(（.", first) {
		first, _ = utf8.DecodeRuneInString(s[n:])
	}
	return unicode.IsDigit(first)
}

// Spaced is a line of a page, whose white space says little: it goes beside
// Chinese characters, which a page may break at any place, and stays one blank
// between what is written with blanks or is two things (01-23 17:05).
func Spaced(s string) string {
	var b strings.Builder
	last := rune(0)
	for _, field := range strings.Fields(s) {
		first, _ := utf8.DecodeRuneInString(field)
		if last != 0 && last < 0x2e80 && first < 0x2e80 {
			b.WriteByte(' ')
		}
		b.WriteString(field)
		last, _ = utf8.DecodeLastRuneInString(field)
	}
	return b.String()
}

const (
	raisedDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	loweredDigits = "₀₁₂₃₄₅₆₇₈₉"
)

// Raised is what a text raised above the line adds to the text before it: a
// power of ten or of a unit (10⁴, km²) as such, the mark of a note nothing, since
// 1208 with a mark 3 is not 12083. Words are kept.
func Raised(before, text string) string {
	mark := strings.TrimSpace(text)
	if mark == "" {
		return text
	}
	digits := strings.Trim(mark, "-−") != "" && strings.Trim(mark, "0123456789-−") == ""
	if digits && (isTen(before) || (mark == "2" || mark == "3") && endsInLength(before)) {
		return inDigits(mark, raisedDigits)
	}
	if isMark(mark) {
		return ""
	}
	return text
}

// lowered stand for digits below the line until the line is put together: the
// ten characters from here on are no text's (noncharacters of Unicode).
const lowered = '\ufdd0'

// Lowered is what a text below the line adds: CO₂ is CO2, and before or behind
// another number its digits stay below, CO₂1.2万吨.
func Lowered(text string) string {
	if mark := strings.TrimSpace(text); mark == "" || strings.Trim(mark, "0123456789") != "" {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + lowered
		}
		return r
	}, text)
}

func isLowered(r rune) bool { return r >= lowered && r <= lowered+9 }

// settled is a lowered digit between two characters.
func settled(before, digit, after rune) rune {
	if unicode.IsDigit(before) || unicode.IsDigit(after) {
		return []rune(loweredDigits)[digit-lowered]
	}
	return digit - lowered + '0'
}

func inDigits(s, digits string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return []rune(digits)[r-'0']
		}
		return '⁻'
	}, s)
}

// isTen tells a text that ends in the number 10.
func isTen(s string) bool {
	s, ten := strings.CutSuffix(s, "10")
	last, _ := utf8.DecodeLastRuneInString(s)
	return ten && !unicode.IsDigit(last) && !strings.ContainsRune(".,．", last)
}

// endsInLength tells a text that ends in a unit of length: km, 米.
func endsInLength(s string) bool {
	for _, unit := range []string{"m", "米", "里", "ｍ"} {
		if strings.HasSuffix(s, unit) {
			return true
		}
	}
	return false
}

// isMark tells the mark of a note: 1, [2], ①, *, 注3, a.
func isMark(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case r < 0x80 && unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), '①' <= r && r <= '⓿', strings.ContainsRune("[]()（）〔〕【】［］*＊#＃†‡§、,，-–—~ 注释⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", r):
		default:
			return false
		}
	}
	return letters < 2
}
