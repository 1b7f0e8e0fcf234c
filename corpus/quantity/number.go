package quantity

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// A number is what the three writings have in common: the runes [start, end)
// and an exact value. bare tells of a Han numeral without a leading digit
// (千, 万), which is a number only after such words as 近 or 上.
type number struct {
	start, end int
	value      decimal.Decimal
	han, bare  bool
	positional bool // 二〇二三: digits in a row, a year and nothing else
	grouped    bool // 6,476: surely no year
	multiple   bool // doubled: so many times
}

var hanDigit = map[rune]int64{
	'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5,
	'六': 6, '七': 7, '八': 8, '九': 9,
}

var hanSmall = map[rune]int64{'十': 10, '百': 100, '千': 1000}

var hanLarge = map[rune]int64{'万': 1e4, '亿': 1e8, '兆': 1e12}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' }

// longestNumber in digits; a longer row of digits names something and counts nothing.
const longestNumber = 18

// arabic reads 174, 22.7, 6,476, 6½ at r[i]. A comma groups thousands only
// when three digits follow and no fourth: reports use it between figures too
// ("发布周通报35期,督促").
func arabic(r []rune, i int) (number, bool) {
	j := i
	for j < len(r) && isDigit(r[j]) {
		j++
	}
	if j == i || j-i > longestNumber {
		return number{end: j}, false
	}
	n := number{start: i}
	digits := string(r[i:j])
	for first := j; first-i <= 3 && j-i < longestNumber && j < len(r) && r[j] == ',' && threeDigits(r, j+1); j += 4 {
		digits += string(r[j+1 : j+4])
		n.grouped = true
	}
	if end := byLakhs(r, i, j); end > j {
		digits, j, n.grouped = strings.Map(onlyDigit, string(r[i:end])), end, true
	}
	if end := spaced(r, i, j); end > j {
		digits, j, n.grouped = strings.Map(onlyDigit, string(r[i:end])), end, true
	}
	if j+1 < len(r) && r[j] == '.' && isDigit(r[j+1]) {
		k := j + 1
		for k < len(r) && k-j <= longestNumber && isDigit(r[k]) {
			k++
		}
		digits += string(r[j:k])
		j = k
	}
	if end := decimalComma(r, i, j); end > j && !n.grouped && !strings.Contains(digits, ".") { // not 5.1,2%
		digits, j = digits+"."+string(r[j+1:end]), end
	}
	n.value, n.end = decimal.RequireFromString(digits), j
	if j < len(r) && r[j] == '½' {
		n.value, n.end = n.value.Add(decimal.New(5, -1)), j+1
	}
	return n, true
}

// byLakhs is where a number ends that is grouped as India groups, by hundreds above the thousands:
// 1,84,000 and 12,34,56,789; j where r[i:j] begins none.
func byLakhs(r []rune, i, j int) int {
	end := j
	for j-i <= 2 && end+2 < len(r) && end-i < longestNumber && r[end] == ',' && isDigit(r[end+1]) && isDigit(r[end+2]) && (end+3 == len(r) || !isDigit(r[end+3])) {
		end += 3
	}
	if end > j && end < len(r) && r[end] == ',' && threeDigits(r, end+1) {
		return end + 4
	}
	return j
}

// decimalComma is where a number ends that begins at r[i] and has its decimals behind a
// comma at r[j], as South Africa and Quebec write English: 3,4% of GDP, R22,2 billion. Two figures
// of a list stand apart there (3, 4), and beside Chinese a comma parts them. j where it is none.
func decimalComma(r []rune, i, j int) int {
	end := j + 1
	for end < len(r) && isDigit(r[end]) {
		end++
	}
	if j >= len(r) || r[j] != ',' || end == j+1 || end > j+3 || end == len(r) {
		return j
	}
	before := i
	for before > 0 && (r[before-1] == ' ' || r[before-1] == '$' || r[before-1] == '(') {
		before--
	}
	english := before > 0 && isLatin(r[before-1])
	if english && (r[end] == '%' || r[end] == ' ' && end+1 < len(r) && isLatin(r[end+1])) {
		return end
	}
	return j
}

// spaced is where a number ends whose thousands stand apart, 36 700 or 1 234.5万, as
// GB/T 15835 and Hong Kong type them; j where r[i:j] is no such number. A plain space
// parts as well what stands in two columns: then nothing is counted right behind it.
func spaced(r []rune, i, j int) int {
	if j-i > 3 || r[i] == '0' || i > 1 && isSpace(r[i-1]) && isDigit(r[i-2]) {
		return j
	}
	end, thin := j, true
	for end-i < longestNumber && end < len(r) && isSpace(r[end]) && threeDigits(r, end+1) {
		thin = thin && r[end] != ' '
		end += 4
	}
	behind := end
	for behind < len(r) && (isDigit(r[behind]) || r[behind] == '.' && behind+1 < len(r) && isDigit(r[behind+1])) {
		behind++
	}
	alone := behind == len(r) || r[behind] == '\n' || r[behind] == '|' || behind+1 < len(r) && isSpace(r[behind]) && (isDigit(r[behind+1]) || isSpace(r[behind+1]))
	if end > j && !thin && alone {
		return j
	}
	return end
}

// isSpace tells a space that may stand within a number: plain, thin, narrow, of a figure's width.
func isSpace(r rune) bool {
	return r == ' ' || r == '\u2009' || r == '\u202f' || r == '\u2007' || r == '\u2006' || r == '\u2005'
}

func onlyDigit(r rune) rune {
	if isDigit(r) {
		return r
	}
	return -1
}

func threeDigits(r []rune, i int) bool {
	if i+3 > len(r) || !isDigit(r[i]) || !isDigit(r[i+1]) || !isDigit(r[i+2]) {
		return false
	}
	return i+3 == len(r) || !isDigit(r[i+3])
}

// hanNumeral reads 十二, 三百零五, 两千三百万, 一点五 or 二〇二三 at r[i]. It
// refuses what is no well-formed numeral, such as 十四五 and 七八十.
func (g *Grammar) hanNumeral(r []rune, i int) (number, bool) {
	j, multiplied := i, false
	for j < len(r) && g.isHanNumeral(r, j) && !(r[j] == '两' && j > i && (j+1 == len(r) || !isScale(r[j+1]))) { // 四百万两 is four million taels
		multiplied = multiplied || isScale(r[j])
		j++
	}
	if j == i || j-i > 16 {
		return number{}, false
	}
	n := number{start: i, end: j, han: true, bare: isScale(r[i]) && r[i] != '十'}
	value, ok := hanValue(r[i:j])
	if !multiplied && j-i > 1 {
		value, ok, n.positional = hanDigits(r[i:j]), true, true
	}
	n.value = decimal.NewFromInt(value)
	if ok && j < len(r) && r[j] == '点' && !n.positional {
		if f, end := hanFraction(r, j+1); f != "" {
			n.value, n.end = n.value.Add(decimal.RequireFromString("0."+f)), end
		}
	}
	return n, ok && !(n.end == i+1 && r[i] == '零') // 净零排放, 零事故 count nothing
}

func (g *Grammar) isHanNumeral(r []rune, i int) bool {
	if _, ok := hanDigit[r[i]]; ok {
		return true
	}
	return isScale(r[i]) && (g.units.at(r, i) < 2 || r[i] == '万' || r[i] == '亿') // 千瓦 is a unit
}

// hanValue is the value of a numeral: the largest multiplier splits it into
// what stands before it (a factor) and after it (a smaller numeral).
func hanValue(r []rune) (int64, bool) {
	for _, large := range []rune{'兆', '亿', '万'} {
		if k := lastIndex(r, large); k >= 0 {
			left, ok := hanValue(r[:k])
			right, ok2 := hanValue(r[k+1:])
			if k == 0 {
				left = 1
			}
			return left*hanLarge[large] + right, ok && ok2 && right < hanLarge[large] && left < 1e8
		}
	}
	for len(r) > 1 && hanDigit[r[0]] == 0 && !isScale(r[0]) {
		r = r[1:] // 一百零五
	}
	for _, small := range []rune{'千', '百', '十'} {
		if k := slices.Index(r, small); k >= 0 {
			left, ok := hanValue(r[:k])
			right, ok2 := hanValue(r[k+1:])
			if k == 0 {
				left = 1
			}
			return left*hanSmall[small] + right, ok && ok2 && k <= 1 && right < hanSmall[small]
		}
	}
	switch len(r) {
	case 0:
		return 0, true
	case 1:
		return hanDigit[r[0]], true
	}
	return 0, false
}

func lastIndex(r []rune, want rune) int {
	for k := len(r) - 1; k >= 0; k-- {
		if r[k] == want {
			return k
		}
	}
	return -1
}

// hanDigits is the value of digits in a row: 二〇二三 is 2023.
func hanDigits(r []rune) (value int64) {
	for _, d := range r {
		value = value*10 + hanDigit[d]
	}
	return value
}

// hanFraction reads the digits after 点.
func hanFraction(r []rune, i int) (string, int) {
	var b strings.Builder
	j := i
	for ; j < len(r); j++ {
		d, ok := hanDigit[r[j]]
		if !ok || r[j] == '两' {
			break
		}
		b.WriteByte(byte('0' + d))
	}
	return b.String(), j
}

// composite reads a number at r[i] that goes on in smaller scales: 9亿1000万,
// 1亿7千5百万, 3万2000户, 2兆5,031亿元. Cut in two, each half would be a wrong figure. It
// returns where the number ends, 0 where there is no such number. Where a space stands
// before the first scale, one may stand after each (2 萬 8,590 元); without it where what follows
// the space is written as the rest of a number is (3萬 6,933 人, 5億 9,583 萬元).
func (g *Grammar) composite(r []rune, i int) (value decimal.Decimal, end int) {
	section, numbers := decimal.Zero, 0
	large, small := int64(1e16), int64(1e4) // each scale is smaller than the one before
	airy := false
	for j := i; j < len(r) && isDigit(r[j]); {
		n, ok := arabic(r, j)
		if !ok {
			break
		}
		j = n.end
		if j+1 < len(r) && r[j] == ' ' && hanLarge[r[j+1]] > 0 && (airy || numbers == 0) {
			airy = true
			j++
		}
		scaled := j
		below := min(large, small)
		if j < len(r) && hanSmall[r[j]] > 0 && hanSmall[r[j]] < small && g.units.at(r, j) < 2 {
			small = hanSmall[r[j]]
			n.value = n.value.Mul(decimal.NewFromInt(small))
			j++
		} else if numbers > 0 && (j >= len(r) || hanLarge[r[j]] == 0) && g.units.at(r, skipSpace(r, j, true)) == 0 {
			break // 12万, then another number
		}
		if section = section.Add(n.value); !n.value.LessThan(decimal.NewFromInt(below)) && numbers > 0 {
			break
		}
		if j < len(r) && hanLarge[r[j]] > 0 {
			if hanLarge[r[j]] >= large || r[j] == '兆' && !g.isTrillion(r, j) {
				break
			}
			large, small = hanLarge[r[j]], 1e4
			value, section = value.Add(section.Mul(decimal.NewFromInt(large))), decimal.Zero
			j++
		}
		unit := skipSpace(r, j, true)
		if scaled == j && dateUnit[g.units.base[string(r[unit:unit+g.units.at(r, unit)])]] || unit < len(r) && r[unit] == '年' {
			break // 12万2023年
		}
		if numbers++; numbers > 1 {
			end = j
		}
		if scaled == j {
			break // the units end a number
		}
		airy = airy || restOfNumber(r, j)
		j = skipSpace(r, j, airy)
	}
	return value.Add(section), end
}

// restOfNumber tells what follows 3萬 and a space as the rest of one number: its thousands are
// grouped or a space stands before its unit as well. A table's 3万 200元 are two.
func restOfNumber(r []rune, j int) bool {
	if j == 0 || hanLarge[r[j-1]] == 0 || j+1 >= len(r) || r[j] != ' ' {
		return false
	}
	n, ok := arabic(r, j+1)
	if !ok || n.value.LessThan(decimal.NewFromInt(100)) {
		return false
	}
	return slices.Contains(r[j+1:n.end], ',') || n.end < len(r) && r[n.end] == ' '
}

// skipSpace is the place behind a space at r[j], where one is allowed.
func skipSpace(r []rune, j int, allowed bool) int {
	if allowed && j < len(r) && r[j] == ' ' {
		return j + 1
	}
	return j
}

// isTrillion tells the 兆 of Taiwan's sums, 2兆5,031億元 and 3兆元, from that of
// bandwidth and memory, 1000兆接入端口, which is a unit.
func (g *Grammar) isTrillion(r []rune, i int) bool {
	j := i + 1
	for j < len(r) && (r[j] == ' ' || r[j] == '余' || r[j] == '多' || isDigit(r[j]) || r[j] == ',' || hanLarge[r[j]] > 0 && r[j] != '兆') {
		j++
	}
	unit, n := g.UnitAt(r, j)
	return n > 0 && g.Class(unit) == "money"
}

// longestScale in characters: 余千万亿.
const longestScale = 4

// scale reads 万, 千万, 万亿 … after an Arabic number, with 余 or 多 before or within it
// (6600多万, 3万多亿). It leaves 千 and 兆 to the unit where they begin one (千瓦).
func (g *Grammar) scale(r []rune, i int) (factor decimal.Decimal, inside string, end int) {
	factor = decimal.NewFromInt(1)
	j := i
	if j+1 < len(r) && r[j] == ' ' && (hanLarge[r[j+1]] > 0 || isScale(r[j+1]) && j+2 < len(r) && isScale(r[j+2])) {
		j++ // 20 万辆
	}
	if g.colloquial(r, j) {
		j++ // 0.5个亿
	}
	scales := 0
	for j < len(r) && scales < longestScale {
		more := 0
		if (r[j] == '余' || r[j] == '多') && inside == "" && j+1 < len(r) {
			more = 1
		}
		c := r[j+more]
		if !isScale(c) || g.units.at(r, j+more) >= 2 && (hanLarge[c] < 1e4 || c == '兆') || c == '兆' && !g.isTrillion(r, j+more) {
			break
		}
		if more > 0 {
			inside = string(r[j])
		}
		factor = factor.Mul(decimal.NewFromInt(hanSmall[c] + hanLarge[c]))
		j += more + 1
		scales++
	}
	if scales == 0 {
		return factor, "", i
	}
	return factor, inside, j
}

// colloquial tells the 个 of 0.5个亿, which is half of 亿, from that of 3个万亿级集群.
func (g *Grammar) colloquial(r []rune, i int) bool {
	return i+1 < len(r) && r[i] == '个' && (r[i+1] == '亿' || r[i+1] == '万') && (i+2 == len(r) || !fold.Han(r[i+2]) || g.boundAfter.At(r, i+2) > 0 || strings.ContainsRune("的用于", r[i+2]))
}

func isScale(r rune) bool { return hanSmall[r]+hanLarge[r] > 0 }

var englishScale = map[string]int32{
	"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "mn": 6, "tn": 12, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
}

// afterSign are the scales that letters are after a sign of currency alone: £2.3m, but 120 m is a length.
var afterSign = map[string]int32{"k": 3, "m": 6, "b": 9, "t": 12}

var englishNumber = map[string]int64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}

// english reads number words at r[i]: three, twenty-five, two hundred and fifty. Scales after
// them (thousand, million) are read by scaleWords, as after digits.
func english(r []rune, i int) (number, bool) {
	if n, ok := part(r, i); ok {
		return n, true
	}
	value, j, ok := belowHundred(r, i)
	if w, k := word(r, i); w == "a" && nextWord(r, k) > k {
		if hundred, _ := word(r, nextWord(r, k)); hundred == "hundred" { // a hundred and sixty thousand
			value, j, ok = 1, k, true
		}
	}
	if !ok {
		if n, ok := multiple(r, i); ok {
			return n, true
		}
		if n, ok := half(r, i); ok {
			return n, true
		}
		return oneOfScale(r, i)
	}
	if value == 1 && r[i] == 'o' && (isPronoun(r, i, j) || inCompound(r, j)) {
		return number{}, false
	}
	if more, k := andPart(r, j); k > j {
		return number{start: i, end: k, value: decimal.NewFromInt(value).Add(more)}, true
	}
	if w, k := word(r, nextWord(r, j)); w == "dozen" {
		value, j = value*englishNumber[w], k
	}
	if w, k := word(r, nextWord(r, j)); w == "hundred" {
		value, j = value*100, k
		next := nextWord(r, j)
		if w, k := word(r, next); w == "and" {
			next = nextWord(r, k)
		}
		if rest, k, ok := belowHundred(r, next); ok && next > j {
			value, j = value+rest, k
		}
	}
	return number{start: i, end: j, value: decimal.NewFromInt(value)}, true
}

// inCompound tells the one before r[j] that is a part of a word: one-off relief, a one-stop shop.
func inCompound(r []rune, j int) bool {
	behind, _ := word(r, j+1)
	return j < len(r) && r[j] == '-' && compounds.Has(behind)
}

// compounds are words behind the one- of a word that counts nothing.
var compounds = terms.NewSet("off", "stop", "time", "way", "sided", "on", "size")

// isPronoun tells the one at r[i:j] that counts nothing: the one that ends in March, a loved one, when one
// compares. What it counts stands behind it, in the singular.
func isPronoun(r []rune, i, j int) bool {
	before := ""
	if i > 0 && r[i-1] == ' ' {
		before = lastWord(r, i-1)
	}
	if pointing.Has(before) {
		return true
	}
	if j == len(r) || strings.ContainsRune(".,;:?!)’\"", r[j]) && !(j+1 < len(r) && isDigit(r[j+1])) {
		return before != "" && before != "is" && before != "only" && before != "just" // only one.
	}
	next, end := word(r, nextWord(r, j))
	further, _ := word(r, nextWord(r, end))
	if next == "to" || next == "or" || next == "and" {
		return englishNumber[further] == 0 && further != "a" // one to two per cent, one and a half
	}
	verb := len(next) > 3 && strings.HasSuffix(next, "s") && !strings.HasSuffix(next, "ss") && !strings.HasSuffix(next, "us")
	return goingOn.Has(next) || verb && r[j] == ' '
}

var (
	// pointing words stand before the one that is a thing spoken of.
	pointing = terms.NewSet("the", "this", "that", "which", "each", "every", "any", "no", "another", "loved", "everyday", "some")
	// goingOn words go on from it, or say of it what it does.
	goingOn = terms.NewSet("who", "whom", "whose", "that", "which", "where", "is", "was", "has", "had", "can", "could", "must", "should", "may", "might", "will", "would", "needs", "another", "of", "for", "with", "from", "when", "because", "but", "as", "by", "at", "on")
)

// andPart is the half or quarter that words behind a number at r[j] add, and where it ends: two and a half,
// one-and-a-half.
func andPart(r []rune, j int) (decimal.Decimal, int) {
	at := j
	for _, want := range []string{"and", "a"} {
		w, k := word(r, nextWord(r, at))
		if w != want {
			return decimal.Zero, j
		}
		at = k
	}
	switch w, k := word(r, nextWord(r, at)); w {
	case "half":
		return decimal.New(5, -1), k
	case "quarter":
		return decimal.New(25, -2), k
	}
	return decimal.Zero, j
}

// part reads one third, two-thirds, three quarters, and a third of; its value is rounded to 16
// places. A third alone may be the third of many.
func part(r []rune, i int) (number, bool) {
	w, j := word(r, i)
	many := englishNumber[w]
	if w == "a" {
		many = 1
	}
	next := nextWord(r, j)
	name, end := word(r, next)
	of := englishParts[name]
	behind, _ := word(r, nextWord(r, end))
	before := strings.TrimSpace(string(r[max(0, i-6):i]))
	if slices.ContainsFunc([]string{"first", "last", "past", "next"}, func(w string) bool { return strings.HasSuffix(before, w) }) {
		return number{}, false // the first three quarters
	}
	if many == 0 || many > 9 || next == j || of == 0 || many == 1 != !strings.HasSuffix(name, "s") || w == "a" && behind != "of" && behind != "in" {
		return number{}, false
	}
	return number{start: i, end: ofScale(r, end), value: decimal.NewFromInt(many).DivRound(decimal.NewFromInt(of), 16)}, true
}

// ofScale is where the words of a end behind a part at r[end], where a scale or a percentage follows them: a
// quarter of a million, seven-tenths of one percent. Else it is end.
func ofScale(r []rune, end int) int {
	at := end
	for _, want := range [][]string{{"of"}, {"a", "one"}} {
		w, k := word(r, nextWord(r, at))
		if !slices.Contains(want, w) {
			return end
		}
		at = k
	}
	if w, _ := word(r, nextWord(r, at)); !scalesPart(w) {
		return end
	}
	return at
}

// scalesPart tells a word that makes a number of a part: half a million, half a percentage point.
func scalesPart(w string) bool {
	return englishScale[w] > 0 || w == "percent" || w == "per" || w == "percentage"
}

var englishParts = map[string]int64{"third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}

// half reads the half of half a billion, a half million and half of one percent, which a scale stands behind.
func half(r []rune, i int) (number, bool) {
	w, j := word(r, i)
	if w != "half" {
		return number{}, false
	}
	next := nextWord(r, j)
	if of := ofScale(r, j); of > j {
		j, next = of, nextWord(r, of)
	} else if article, k := word(r, next); article == "a" {
		j, next = k, nextWord(r, k)
	}
	scale, _ := word(r, next)
	return number{start: i, end: j, value: decimal.New(5, -1)}, next > j && scalesPart(scale)
}

// oneOfScale reads the article of a thousand and a million as one, which a scale stands behind, and a dozen.
func oneOfScale(r []rune, i int) (number, bool) {
	w, j := word(r, i)
	next := nextWord(r, j)
	scale, end := word(r, next)
	switch {
	case w != "a" || next == j:
		return number{}, false
	case scale == "dozen":
		return number{start: i, end: end, value: decimal.NewFromInt(englishNumber[scale])}, true
	}
	return number{start: i, end: j, value: decimal.NewFromInt(1)}, englishScale[scale] > 0
}

// multiple reads the verbs that say by how many times something changed: doubled, will triple. Where they say
// up to what (doubled to 1.97 lakh), that is the figure; before a noun (the doubled levy) they are its adjective.
func multiple(r []rune, i int) (number, bool) {
	w, j := word(r, i)
	m, ok := multiples[w]
	if !ok || i < 2 || r[i-1] != ' ' {
		return number{}, false
	}
	before := lastWord(r, i-1)
	behind, _ := word(r, nextWord(r, j))
	if behind == "to" || behind == "from" || m.plan && !planned.Has(before) || !m.plan && articles.Has(before) {
		return number{}, false
	}
	return number{start: i, end: j, value: decimal.RequireFromString(m.value), multiple: true}, true
}

var multiples = map[string]struct {
	value string
	plan  bool // the verb's plain form: a plan behind will and to, else an adjective
}{
	"doubled": {"2", false}, "tripled": {"3", false}, "trebled": {"3", false}, "quadrupled": {"4", false}, "halved": {"0.5", false},
	"double": {"2", true}, "triple": {"3", true}, "treble": {"3", true}, "quadruple": {"4", true}, "halve": {"0.5", true},
}

var (
	planned  = terms.NewSet("will", "to", "would", "should", "shall")
	articles = terms.NewSet("a", "an", "the", "our", "this", "its", "their")
)

// lastWord is the Latin word that ends at r[end].
func lastWord(r []rune, end int) string {
	i := end
	for i > 0 && isLatin(r[i-1]) {
		i--
	}
	return string(r[i:end])
}

func belowHundred(r []rune, i int) (int64, int, bool) {
	w, j := word(r, i)
	v, ok := englishNumber[w]
	if ok && v >= 20 && j < len(r) && r[j] == '-' {
		if w2, k := word(r, j+1); englishNumber[w2] > 0 && englishNumber[w2] < 10 {
			v, j = v+englishNumber[w2], k
		}
	}
	return v, j, ok
}

// nextWord is where the word after one space or hyphen at r[j] begins, j where there is none.
func nextWord(r []rune, j int) int {
	if j+1 < len(r) && (r[j] == ' ' || r[j] == '-') && isLatin(r[j+1]) {
		return j + 1
	}
	return j
}

// scaleWords is by how many places the words at r[end] move a number: million, hundred
// thousand, lakh crore, and m, bn, k after a sign of currency; and where they end.
func scaleWords(r []rune, end int, signed bool) (shift int32, to int) {
	to = end
	for range 3 {
		w, e := word(r, nextWord(r, to))
		by := englishScale[w]
		if by == 0 && signed && to == end {
			w, e = word(r, to)
			by = afterSign[w]
		}
		if by == 0 {
			break
		}
		shift, to = shift+by, e
	}
	return shift, to
}

// word reads the Latin word at r[i].
func word(r []rune, i int) (string, int) {
	j := i
	for j < len(r) && isLatin(r[j]) {
		j++
	}
	return string(r[i:j]), j
}
