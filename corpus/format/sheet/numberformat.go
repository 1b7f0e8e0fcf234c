package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/format/numbering"
)

// builtin number formats (MS-XLS 2.5.165 and, from 27 on, the Chinese ones of
// ECMA-376 part 1, 18.8.30). Where the program of a Chinese office shows a month
// in English (15 to 17) it is written in digits, and the sign of the currency
// that 5 to 8, 42 and 44 put before a number is left out: the table's unit says
// whether that is 元 or 万元.
var builtin = map[int]string{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%", 10: "0.00%",
	14: "yyyy/m/d", 15: "yyyy-m-d", 16: "m-d", 17: "yyyy-m", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: `#,##0;-#,##0;"-"`, 42: `#,##0;-#,##0;"-"`, 43: `#,##0.00;-#,##0.00;"-"`, 44: `#,##0.00;-#,##0.00;"-"`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`,
	34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`, 50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`,
	54: `m"月"d"日"`, 55: `上午/下午h"时"mm"分"`, 56: `上午/下午h"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`}

// Kinds of the tokens of a format code.
const (
	literal = iota
	digit   // 0 # ?
	point
	comma
	percent
	dateUnit // yyyy, mm, [h] …
	ampm
	anyNumber // General, G/通用格式
	anyText   // @
)

type token struct {
	kind int
	text string
}

// section is one of the up to four parts of a format code: 18.8.31.
type section struct {
	tokens    []token
	condition func(float64) bool // nil where it states none
	numerals  int                // of [DBNum1], [DBNum2]
	below     bool               // its condition holds of numbers below zero alone
}

// minusMarks tell that a number is below zero.
const minusMarks = "-−–(（▼△▲▽负减降"

// show writes a value by its format code. What stands in the cell is what
// people quote, so 0.085 in a cell of 0.0% is "8.5%", and 1205000 in one of
// 0!.0,"万" is "120.5万". A number below zero whose format shows that by colour
// alone gets its minus: the colour is lost here.
func show(v float64, code string, since1904 bool) string {
	sections := parseFormat(code)
	s, abs := choose(sections, v)
	if s == nil {
		return general(v)
	}
	text := ""
	switch {
	case s.has(dateUnit) || s.has(ampm):
		if text = s.date(v, since1904); text == "" {
			return general(v)
		}
		return text
	case abs:
		text = s.number(math.Abs(v))
	default:
		text = s.number(v)
	}
	if v < 0 && strings.ContainsAny(text, "123456789") && !strings.ContainsAny(text, minusMarks) {
		text = "-" + text
	}
	return strings.TrimSpace(text)
}

// choose is the section for a value, and whether that shows it without its sign.
func choose(sections []section, v float64) (s *section, abs bool) {
	for i := range sections {
		if c := sections[i].condition; c != nil && c(v) {
			return &sections[i], sections[i].below
		}
	}
	conditional := false
	for i := range sections {
		conditional = conditional || sections[i].condition != nil
	}
	n := len(sections)
	switch {
	case n == 0:
		return nil, false
	case conditional: // the first without a condition is for the rest
		for i := range sections {
			if sections[i].condition == nil {
				return &sections[i], false
			}
		}
		return nil, false
	case n > 1 && v < 0:
		return &sections[1], true
	case n > 2 && v == 0:
		return &sections[2], false
	}
	return &sections[0], false
}

// showText is a text by the section for texts, where the code has one that adds
// something (@"人").
func showText(text, code string) string {
	sections := parseFormat(code)
	if len(sections) == 0 {
		return text
	}
	s := &sections[len(sections)-1]
	if !s.has(anyText) {
		return text
	}
	var b strings.Builder
	for _, t := range s.tokens {
		if t.kind == anyText {
			b.WriteString(text)
		} else {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

func (s *section) has(kind int) bool {
	for _, t := range s.tokens {
		if t.kind == kind {
			return true
		}
	}
	return false
}

// parseFormat cuts a format code into sections and their tokens; none for General.
func parseFormat(code string) []section {
	if code == "" || strings.EqualFold(code, "General") {
		return nil
	}
	out := []section{{}}
	s := &out[0]
	add := func(kind int, text string) { s.tokens = append(s.tokens, token{kind, text}) }
	for i := 0; i < len(code); {
		rest := code[i:]
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case r == ';':
			out = append(out, section{})
			s = &out[len(out)-1]
		case r == '"':
			end := strings.IndexByte(rest[1:], '"')
			if end < 0 {
				end = len(rest) - 1
			}
			add(literal, rest[1:1+end])
			n = min(end+2, len(rest))
		case r == '[':
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				end = len(rest) - 1
			}
			s.bracket(rest[1:max(end, 1)])
			n = end + 1
		case r == '\\' || r == '!':
			_, m := utf8.DecodeRuneInString(rest[n:])
			add(literal, rest[n:n+m])
			n += m
		case r == '_' || r == '*': // as wide as the next character, filled with it
			_, m := utf8.DecodeRuneInString(rest[n:])
			n += m
		case strings.HasPrefix(rest, "G/通用格式"):
			add(anyNumber, "")
			n = len("G/通用格式")
		case len(rest) >= 7 && strings.EqualFold(rest[:7], "General"):
			add(anyNumber, "")
			n = 7
		case strings.HasPrefix(rest, "上午/下午"):
			add(ampm, "上午/下午")
			n = len("上午/下午")
		case len(rest) >= 5 && strings.EqualFold(rest[:5], "AM/PM"):
			add(ampm, "AM/PM")
			n = 5
		case len(rest) >= 3 && strings.EqualFold(rest[:3], "A/P"):
			add(ampm, "AM/PM")
			n = 3
		case (r == 'E' || r == 'e') && len(rest) > 1 && (rest[1] == '+' || rest[1] == '-') && s.has(digit):
			return nil // a scientific number is read from its value, not from 1.21E+06
		case strings.ContainsRune("yYmMdDhHsSeEaAbB", r):
			for n < len(rest) && rest[n]|0x20 == rest[0]|0x20 {
				n++
			}
			add(dateUnit, strings.ToLower(rest[:n]))
		case r == '0' || r == '#' || r == '?':
			add(digit, string(r))
		case r == '.':
			add(point, ".")
		case r == ',':
			add(comma, ",")
		case r == '%':
			add(percent, "%")
		case r == '@':
			add(anyText, "")
		default:
			add(literal, rest[:n])
		}
		i += max(n, 1)
	}
	for i := range out {
		if out[i].fraction() {
			return nil // # ?/? shows 2 1/3: the value says it in digits
		}
	}
	return out
}

// fraction tells a section of digits over digits.
func (s *section) fraction() bool {
	for i, t := range s.tokens {
		if t.kind == literal && t.text == "/" && i > 0 && s.tokens[i-1].kind == digit {
			return true
		}
	}
	return false
}

// bracket reads what stands in brackets: a condition, a currency, elapsed hours,
// Chinese numerals; colours say nothing here.
func (s *section) bracket(text string) {
	lower := strings.ToLower(text)
	switch {
	case lower == "h" || lower == "hh" || lower == "m" || lower == "mm" || lower == "s" || lower == "ss":
		s.tokens = append(s.tokens, token{dateUnit, "[" + lower[:1] + "]"})
	case strings.HasPrefix(lower, "dbnum"):
		s.numerals, _ = strconv.Atoi(lower[len("dbnum"):])
	case strings.HasPrefix(text, "$"):
		sign, _, _ := strings.Cut(text[1:], "-")
		s.tokens = append(s.tokens, token{literal, sign})
	case strings.HasPrefix(text, "<") || strings.HasPrefix(text, ">") || strings.HasPrefix(text, "="):
		operator := strings.TrimRight(text, "0123456789.-+eE ")
		than, err := strconv.ParseFloat(strings.TrimSpace(text[len(operator):]), 64)
		if err != nil {
			return
		}
		s.below = strings.HasPrefix(operator, "<") && than <= 0
		s.condition = func(v float64) bool {
			switch operator {
			case "<":
				return v < than
			case "<=":
				return v <= than
			case ">":
				return v > than
			case ">=":
				return v >= than
			case "<>":
				return v != than
			}
			return v == than
		}
	}
}

// number writes v in the places that the section has for digits.
func (s *section) number(v float64) string {
	whole, fraction, grouped, scaled := s.places()
	for _, t := range s.tokens {
		if t.kind == percent {
			scaled *= 100
		}
	}
	digits := ""
	if whole+fraction > 0 {
		digits = decimals(math.Abs(v)*scaled, fraction)
	}
	left, right, _ := strings.Cut(digits, ".")
	left = strings.TrimLeft(left, "0")
	var before, after []string // pieces of the whole part from the right, of the rest from the left
	at := len(s.tokens)
	for i, t := range s.tokens {
		if t.kind == point {
			at = i
			break
		}
	}
	place, done := 0, 0
	for i := at - 1; i >= 0; i-- {
		switch t := s.tokens[i]; t.kind {
		case digit:
			done++
			last := done == whole
			for first := true; first || last && place < len(left); first = false {
				if place >= len(left) && t.text != "0" {
					break
				}
				if grouped && place > 0 && place%3 == 0 {
					before = append(before, ",")
				}
				c := "0"
				if place < len(left) {
					c = left[len(left)-1-place : len(left)-place]
				}
				before = append(before, c)
				place++
			}
		case anyNumber:
			before = append(before, general(math.Abs(v)))
		case literal, percent:
			before = append(before, t.text)
		}
	}
	if at < len(s.tokens) {
		after = s.fractionOf(s.tokens[at+1:], right)
	}
	var b strings.Builder
	for i := len(before) - 1; i >= 0; i-- {
		b.WriteString(before[i])
	}
	for _, piece := range after {
		b.WriteString(piece)
	}
	text := b.String()
	if v < 0 && strings.ContainsAny(text, "123456789") {
		text = "-" + text
	}
	return text
}

// places counts the digits before and after the point; grouped tells thousands
// parted by commas, scaled what each comma behind the last digit divides by.
func (s *section) places() (whole, fraction int, grouped bool, scaled float64) {
	scaled = 1
	last := -1
	for i, t := range s.tokens {
		if t.kind == digit {
			last = i
		}
	}
	pointed, seen := false, false
	for i, t := range s.tokens {
		switch {
		case t.kind == point:
			pointed = true
		case t.kind == digit && pointed:
			fraction++
		case t.kind == digit:
			whole++
			seen = true
		case t.kind == comma && i > last:
			scaled /= 1000
		case t.kind == comma:
			grouped = grouped || seen
		}
	}
	return whole, min(fraction, 15), grouped, scaled
}

// fractionOf writes what stands from the point on: 0 always shows its digit, #
// and ? not a zero at the end.
func (s *section) fractionOf(tokens []token, digits string) (out []string) {
	kept := 0
	for i, t := range fractionDigits(tokens) {
		if t == "0" || i < len(digits) && digits[i] != '0' {
			kept = i + 1
		}
	}
	if kept > 0 {
		out = append(out, ".")
	}
	i := 0
	for _, t := range tokens {
		switch t.kind {
		case digit:
			if i < kept && i < len(digits) {
				out = append(out, digits[i:i+1])
			}
			i++
		case literal, percent:
			out = append(out, t.text)
		}
	}
	return out
}

func fractionDigits(tokens []token) (out []string) {
	for _, t := range tokens {
		if t.kind == digit {
			out = append(out, t.text)
		}
	}
	return out
}

// decimals rounds as Excel does: the decimal number that it shows, not the
// binary one below it.
func decimals(v float64, places int) string {
	exact, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	shifted := exact * math.Pow10(places)
	if shifted > 1e15 {
		return strconv.FormatFloat(exact, 'f', places, 64)
	}
	near, _ := strconv.ParseFloat(strconv.FormatFloat(shifted, 'g', 15, 64), 64)
	return strconv.FormatFloat(math.Round(near)/math.Pow10(places), 'f', places, 64)
}

// date writes a serial day by the section, "" where it is none. Day 1 is the
// first of 1900 and day 60 never was; in workbooks of 1904 day 0 is the first
// of 1904.
func (s *section) date(serial float64, since1904 bool) string {
	const lastDay = 2958465
	if serial < 0 || serial > lastDay {
		return ""
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60:
		first = first.AddDate(0, 0, 1)
	}
	seconds := int(math.Round((serial - math.Floor(serial)) * 24 * 60 * 60))
	at := first.AddDate(0, 0, int(serial)).Add(time.Duration(seconds) * time.Second)
	var b strings.Builder
	hour := false // m after h is minutes
	for i, t := range s.tokens {
		switch t.kind {
		case dateUnit:
			minutes := t.text[0] == 'm' && len(t.text) < 3 && (hour || s.before(i, 's'))
			hour = strings.ContainsAny(t.text, "h")
			b.WriteString(s.unit(at, serial, t.text, minutes))
		case ampm:
			words := []string{"AM", "PM"}
			if t.text != "AM/PM" {
				words = []string{"上午", "下午"}
			}
			b.WriteString(words[at.Hour()/12])
		case literal:
			b.WriteString(t.text)
		case point:
			b.WriteString(".")
		}
	}
	return strings.TrimSpace(b.String())
}

// before tells whether the next unit of time after token i is c.
func (s *section) before(i int, c byte) bool {
	for _, t := range s.tokens[i+1:] {
		if t.kind == dateUnit {
			return strings.Trim(t.text, "[]")[0] == c
		}
	}
	return false
}

func (s *section) unit(at time.Time, serial float64, unit string, minutes bool) string {
	value, width := 0, len(unit)
	switch unit[0] {
	case '[':
		per := map[byte]float64{'h': 24, 'm': 24 * 60, 's': 24 * 60 * 60}[unit[1]]
		return strconv.Itoa(int(serial*per + 1e-6))
	case 'y', 'e':
		if width <= 2 && unit[0] == 'y' {
			return s.numeral(at.Year()%100, 2, true)
		}
		return s.numeral(at.Year(), 4, true)
	case 'm':
		switch {
		case minutes:
			value = at.Minute()
		case width > 2:
			return strconv.Itoa(int(at.Month())) + "月"
		default:
			value = int(at.Month())
		}
	case 'd', 'a':
		if width > 2 {
			return map[bool]string{true: "星期"}[width > 3] + string([]rune("日一二三四五六")[at.Weekday()])
		}
		value = at.Day()
	case 'h':
		if value = at.Hour(); s.has(ampm) {
			value = (value+11)%12 + 1
		}
	case 's':
		value = at.Second()
	default:
		return ""
	}
	return s.numeral(value, width, false)
}

// numeral is a number of a date, in the numerals that the section asks for:
// 二〇二三 of a year, 十二 of a month.
func (s *section) numeral(n, width int, year bool) string {
	text := strconv.Itoa(n)
	for len(text) < width {
		text = "0" + text
	}
	formats := map[int]string{1: "chineseCounting", 2: "chineseLegalSimplified"}
	digits := map[int]string{1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖"}[s.numerals]
	switch {
	case digits == "":
		return text
	case year:
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return []rune(digits)[r-'0']
			}
			return r
		}, text)
	}
	return numbering.Numeral(formats[s.numerals], n)
}

// general is a number as Excel shows it without a format: 15 digits at most,
// and never in powers of ten, which no reader of a table would quote.
func general(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil || math.Abs(rounded) >= 1e21 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
