// Package quantity finds the quantities of a Chinese or English text: 22.7亿元,
// 20余篇, 百分之八十五, 3—5个, 6600多万, 12.67 million jobs. It knows numbers,
// scales, units and bounds; what a quantity counts is its caller's concern.
//
// The grammar is small and of named parts (number.go, unit.go); as much of it
// is about what must not match: 一网通办, “1+6+N”, C919, 十四五, 〔2023〕4号.
package quantity

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// Kind tells amounts from the numbers that only name something.
type Kind int

const (
	Amount  Kind = iota // 174个
	Date                // 2023年, 3月5日, 20世纪
	Ordinal             // 第四位
)

// Quantity is one number with its unit. Start and End count runes of the
// folded text. Value and High are in base units (22.7亿元 is 2270000000);
// they differ for ranges only.
type Quantity struct {
	Start, End int
	Value      decimal.Decimal
	High       decimal.Decimal
	Unit       string // base unit or classifier as in units.txt, "" where none
	Kind       Kind
	Bound      string // 超, 以上, 余, "" where none
	// From and To widen Start and End by the bounds beside them: 超200家.
	From, To int
	Han      bool // written in Chinese numerals
}

// Scan returns the quantities of a folded text in order.
func (g *Grammar) Scan(t fold.Text) []Quantity { return g.ScanRunes(t.Runes) }

// ScanRunes is Scan on folded runes.
func (g *Grammar) ScanRunes(r []rune) []Quantity {
	var found []Quantity
	nameEnd := 0 // end of the last name that covers places from here on
	for i := 0; i < len(r); {
		if n := g.names.At(r, i); n > 0 {
			nameEnd = max(nameEnd, i+n)
		}
		q, ok := g.at(r, i)
		switch {
		case ok && q.scaledEnd > nameEnd && !isName(r, &q) && !isPlace(r, &q):
			found = append(found, q.Quantity)
			i = q.End
		case q.scaledEnd > i:
			i = q.scaledEnd
		default:
			i++
		}
	}
	shareUnits(r, found)
	shareScales(r, found)
	return found
}

// shareScales gives the first of two numbers of an English range the scale and the unit that stand
// behind the second: $30 to $60 million, between $5 and $7 billion, 3 to 5 years.
func shareScales(r []rune, found []Quantity) {
	for k := 0; k+1 < len(found); k++ {
		q, next := &found[k], &found[k+1]
		if q.Kind != Amount || next.Kind != Amount || q.Han || !rangeOf(r, q, next) || q.Unit != "" && q.Unit != next.Unit {
			continue
		}
		low, lowEnd := unscaled(r, q)
		high, _ := unscaled(r, next)
		if high.IsZero() || lowEnd != q.End || !low.Equal(q.Value) || !low.LessThan(high) || high.Equal(next.Value) && q.Unit == next.Unit {
			continue
		}
		factor := next.Value.Div(high)
		q.Value, q.High, q.Unit = q.Value.Mul(factor), q.High.Mul(factor), next.Unit
	}
}

// rangeOf tells two numbers with to between them, or and after between.
func rangeOf(r []rune, q, next *Quantity) bool {
	switch strings.TrimSpace(string(r[min(q.End, next.Start):next.Start])) {
	case "to":
		return true
	case "and":
		return strings.HasSuffix(string(r[max(0, q.Start-len("between ")):q.Start]), "between ")
	}
	return false
}

// unscaled is the first number of an English quantity without its scale, and where it ends; 0 for none.
func unscaled(r []rune, q *Quantity) (decimal.Decimal, int) {
	if n, ok := english(r, q.Start); ok {
		return n.value, n.end
	}
	for i := q.Start; i < q.End; i++ {
		if isDigit(r[i]) {
			n, _ := arabic(r, i)
			return n.value, n.end
		}
	}
	return decimal.Decimal{}, 0
}

// shareUnits gives the numbers of a list the unit that stands behind the last of them:
// 分别为7.7、6.7个百分点. A scale there (1.2、3.4万元) is theirs too where the text says 分别.
func shareUnits(r []rune, found []Quantity) {
	for k := len(found) - 2; k >= 0; k-- {
		q, next := &found[k], &found[k+1]
		if q.Unit != "" || q.Kind != Amount || next.Kind != Amount || next.Unit == "" || next.Unit == "比" || q.Han || next.Han || q.To != q.End ||
			next.Start-q.End != 1 || !strings.ContainsRune("、和与及", r[q.End]) || !bareNumber(r, q) {
			continue
		}
		factor := decimal.NewFromInt(1)
		if n, ok := arabic(r, next.Start); !ok || !n.value.Equal(next.Value) {
			if !ok || n.value.IsZero() || !strings.Contains(string(r[max(0, q.Start-longestList):q.Start]), "分别") {
				continue
			}
			factor = next.Value.Div(n.value)
		}
		q.Value, q.High, q.Unit = q.Value.Mul(factor), q.High.Mul(factor), next.Unit
	}
}

// longestList in characters, from 分别 to a number of its list.
const longestList = 40

// bareNumber tells a number that nothing scales.
func bareNumber(r []rune, q *Quantity) bool {
	n, ok := arabic(r, q.Start)
	return ok && n.end == q.End
}

// reading is a Quantity in the making: scaledEnd is where its number ends,
// before the unit.
type reading struct {
	Quantity
	number
	scaledEnd int
	sign      string // the currency of the sign before the number
}

// at reads one quantity that begins at r[i]. When there is a number but no
// quantity, ok is false and scaledEnd tells where the number ends.
func (g *Grammar) at(r []rune, i int) (q reading, ok bool) {
	start := i
	if i+3 < len(r) && r[i+1] == '分' && r[i+2] == '之' && (r[i] == '百' || r[i] == '千' || r[i] == '万') {
		return g.percent(r, i)
	}
	if value, end, isRank := rankAt(r, i); isRank {
		q.Kind, q.Start, q.Value, q.High, q.scaledEnd, q.End, q.From, q.To = Ordinal, i, value, value, end, end, i, end
		return q, true
	}
	fell := negativeGrowth.At(r, i)
	i += fell
	n, found := g.numberAt(r, i)
	negative := fell > 0
	if !found && g.isMinus(r, i) {
		n, found = g.numberAt(r, i+1)
		negative = true
	}
	if sign, length := signAt(r, i); length > 0 {
		q.sign = sign
		n, found = g.numberAt(r, i+length)
		found = found && isDigit(r[i+length])
	}
	if !found {
		if fell == 0 {
			q.scaledEnd = n.end // of a row of digits too long to count anything
		}
		return q, false
	}
	q.number, q.Start, q.Value, q.Han = n, start, n.value, n.han
	if end := g.ratio(r, n); end > 0 {
		q.scaledEnd, q.High, q.End, q.Unit = end, q.Value, end, "比"
		g.bound(r, &q)
		return q, !negative && !g.glued(r, &q)
	}
	end, inside, fine := g.scaled(r, &q)
	q.scaledEnd = end
	if !fine {
		return q, false
	}
	q.Bound = inside
	if frac, done := g.fraction(r, q, end); done {
		return frac, true
	}
	q.High = q.Value
	if frac, isPart := g.oneIn(r, q, end); isPart {
		return frac, true
	}
	if end := isoDate(r, n); end > 0 && !negative {
		q.Kind, q.High, q.scaledEnd, q.End, q.From, q.To = Date, q.Value, end, end, q.Start, end
		return q, true
	}
	if end := fiscal(r, &q); end > 0 {
		q.scaledEnd, q.End, q.From, q.To = end, end, q.Start, end
		return q, true
	}
	if hi, hiEnd, isRange := g.upper(r, &q, end); isRange {
		q.High, end = hi, hiEnd
		q.scaledEnd = end
	}
	q.End = g.unit(r, &q, end)
	if negative {
		q.Value, q.High = q.Value.Neg(), q.High.Neg()
	}
	q.Kind = kind(r, &q)
	g.bound(r, &q)
	return q, g.plausible(r, &q)
}

func (g *Grammar) numberAt(r []rune, i int) (number, bool) {
	switch {
	case i >= len(r):
		return number{}, false
	case isDigit(r[i]):
		return arabic(r, i)
	case isLatin(r[i]) && (i == 0 || !isLatin(r[i-1]) && !isDigit(r[i-1]) && r[i-1] != '-'):
		return english(r, i)
	case g.isHanNumeral(r, i):
		return g.hanNumeral(r, i)
	}
	return number{}, false
}

// isMinus tells a sign from a dash of a range.
func (g *Grammar) isMinus(r []rune, i int) bool {
	if i+1 >= len(r) || r[i] != '-' && r[i] != '−' || !isDigit(r[i+1]) {
		return false
	}
	if i == 0 {
		return true
	}
	if isDigit(r[i-1]) || isLatin(r[i-1]) || r[i-1] == '%' {
		return false
	}
	n := g.units.set.Before(r, i) // the 个 of 10个-15个; 出 of 支出-9820万元 counts nothing
	return n == 0 || i > n && !isDigit(r[i-n-1]) && !g.isHanNumeral(r, i-n-1)
}

// scaled applies 万, 亿, million … after the number.
func (g *Grammar) scaled(r []rune, q *reading) (end int, inside string, ok bool) {
	end = q.number.end
	if q.han {
		if q.positional || !q.bare {
			if end < len(r) && (r[end] == '余' || r[end] == '多' || hanLarge[r[end]] > 0 && !q.Value.IsInteger()) { // 一百二十三点五万吨
				if f, in, e := g.scale(r, end); e > end {
					q.Value = q.Value.Mul(f)
					return e, in, true
				}
			}
			return end, "", true
		}
		// 上千万, 近百家: a bare multiplier counts only after such a word
		before := q.Start > 0 && (g.boundBefore.Before(r, q.Start) > 0 || r[q.Start-1] == '上')
		if before && r[q.Start-1] == '上' {
			inside = "上"
		}
		return end, inside, before
	}
	if v, e := g.composite(r, q.Start); e > 0 {
		q.Value, q.grouped = v, true
		return e, "", true
	}
	if f, in, e := g.scale(r, end); e > end {
		q.Value, q.grouped = q.Value.Mul(f), true
		return e, in, true
	}
	if shift, e := scaleWords(r, end, q.sign != ""); e > end {
		q.Value, q.grouped = q.Value.Shift(shift), true
		return e, "", true
	}
	return end, "", true
}

// ratio is where a proportion of three parts or more ends that begins with a
// number, 6.01:55.04:38.95 or 17.3比32.2比50.5; 0 where there is none. Its value is the first part.
func (g *Grammar) ratio(r []rune, first number) int {
	end, parts := first.end, 1
	for end+1 < len(r) && strings.ContainsRune(":∶︰比", r[end]) && isDigit(r[end+1]) {
		next, ok := g.numberAt(r, end+1)
		if !ok {
			break
		}
		end, parts = next.end, parts+1
	}
	if parts < 3 || len(r[first.end:end]) > longestRatio {
		return 0
	}
	return end
}

const longestRatio = 40

// percent reads 百分之八十五 and 千分之3.
func (g *Grammar) percent(r []rune, i int) (q reading, ok bool) {
	n, found := g.numberAt(r, i+3)
	if !found || n.bare {
		return reading{scaledEnd: i + 3}, false
	}
	q = reading{number: n, scaledEnd: n.end}
	q.Start, q.End, q.Value, q.High = i, n.end, n.value, n.value
	q.Unit, q.Han = map[rune]string{'百': "%", '千': "‰", '万': "‱"}[r[i]], n.han
	if k := n.end; k < len(r) && (r[k] == '至' || r[k] == '到') { // 百分之三点五至五点五, 百分之七至百分之九
		k++
		if before := i > 0 && (r[i-1] == '由' || r[i-1] == '从'); !before && strings.HasPrefix(string(r[k:min(len(r), k+3)]), string(r[i:i+3])) {
			k += 3
		}
		if high, ok := g.numberAt(r, k); ok && !high.bare && high.value.GreaterThan(q.Value) && g.units.at(r, high.end) == 0 {
			q.High, q.End, q.scaledEnd = high.value, high.end, high.end
		}
	}
	g.bound(r, &q)
	return q, true
}

// fraction reads 三分之二; its value is rounded to 16 places.
func (g *Grammar) fraction(r []rune, q reading, end int) (reading, bool) {
	if end+2 >= len(r) || r[end] != '分' || r[end+1] != '之' || q.Value.Sign() <= 0 {
		return q, false
	}
	n, ok := g.numberAt(r, end+2)
	if !ok {
		return q, false
	}
	q.Value = n.value.DivRound(q.Value, 16)
	q.High, q.End, q.scaledEnd = q.Value, n.end, n.end
	g.bound(r, &q)
	return q, true
}

// upper reads the second half of a range, 3—5个, 10%至15%: "—5", "至15".
// The unit of the first half, where it has one, must be that of the second.
// After a verb of change the second may be where it ended, and no range's end: 提高30元至700元.
func (g *Grammar) upper(r []rune, low *reading, end int) (decimal.Decimal, int, bool) {
	j := end + g.units.at(r, end)
	first := string(r[end:j])
	k := j
	for k < len(r) && (r[k] == '-' || r[k] == '—' || r[k] == '–' || r[k] == '~' || r[k] == '至' || r[k] == '到') && k-j < 2 {
		k++
	}
	if k == j {
		return decimal.Decimal{}, 0, false
	}
	hi := reading{}
	n, ok := g.numberAt(r, k)
	if !ok || n.bare {
		return decimal.Decimal{}, 0, false
	}
	hi.number, hi.Value, hi.Start = n, n.value, k
	e, _, _ := g.scaled(r, &hi)
	unitLen := g.units.at(r, e)
	if unitLen == 0 || first != "" && first != string(r[e:e+unitLen]) {
		return decimal.Decimal{}, 0, false
	}
	if first != "" && (r[j] == '至' || r[j] == '到') && g.Class(g.units.base[first]) != "percent" && changing.Before(r, low.Start) > 0 && hi.Value.GreaterThanOrEqual(low.Value.Mul(decimal.NewFromInt(2))) {
		return decimal.Decimal{}, 0, false
	}
	return hi.Value, e, true
}

// changing verbs before an amount tell by how much: 提高30元.
var changing = terms.NewSet("提高", "提高了", "增加", "增加了", "上调", "上涨", "提升", "新增", "降低", "降低了", "下调", "减少", "减少了", "再提高")

// unit reads the unit after the number and returns where the quantity ends.
func (g *Grammar) unit(r []rune, q *reading, end int) int {
	j := end
	if q.multiple {
		q.Unit = "times"
		return end
	}
	if j < len(r) && (r[j] == '余' || r[j] == '多') && (q.Bound == "") && j+1 < len(r) {
		if n := g.units.at(r, j+1); n > 0 {
			q.Bound = string(r[j])
			q.Unit = g.units.base[string(r[j+1:j+1+n])]
			return j + 1 + n
		}
	}
	if n := visits(r, j); n > 0 {
		q.Unit = g.units.base["人次"]
		return j + n
	}
	for _, gap := range []int{0, 1} {
		if gap == 1 && (j >= len(r) || r[j] != ' ' && (r[j] != '-' || j+1 >= len(r) || !isLatin(r[j+1]))) {
			break
		}
		k := j + gap
		if n := g.units.at(r, k); n > 0 {
			q.Unit = g.units.base[string(r[k:k+n])]
			return k + n
		}
		if n := englishUnits.at(r, k); n > 0 {
			q.Unit = englishUnits.base[string(r[k:k+n])]
			return k + n
		}
	}
	q.Unit = q.sign
	return end
}

// visits is the length of what is counted in 人次 right behind a number, whatever it is for: of 6000旅游人次.
func visits(r []rune, at int) int {
	if at < len(r) && strings.ContainsRune("年月日号期届", r[at]) {
		return 0 // 112年观光人次
	}
	for k := at + 1; k <= at+longestVisit && k+1 < len(r) && fold.Han(r[k-1]); k++ {
		if r[k] == '人' && r[k+1] == '次' {
			return k + 2 - at
		}
	}
	return 0
}

// longestVisit is how many characters may tell what the visits of 旅游人次 are for.
const longestVisit = 3

// signAt is the currency of a sign at r[i] and how many runes it and the space behind it take.
// A plain $ is the dollar of whoever writes; which that is, the text around tells.
func signAt(r []rune, i int) (currency string, length int) {
	n := signs.At(r, i)
	if n == 0 || isLatin(r[i]) && i > 0 && (isLatin(r[i-1]) || isDigit(r[i-1])) {
		return "", 0
	}
	currency, length = currencySign[string(r[i:i+n])], n
	apart := i+n < len(r) && (r[i+n] == ' ' || r[i+n] == '.') && isLatin(r[i+n-1])
	if apart || i+n < len(r) && r[i+n] == ' ' && isSum(r, i+n+1) { // Rs. 500; $ 4 billion
		length++
		if i+length < len(r) && r[i+length] == ' ' {
			length++
		}
	}
	if i+length >= len(r) || !isDigit(r[i+length]) {
		return "", 0
	}
	if n == 1 && isLatin(r[i]) && !isSum(r, i+length) && beforeSums.Before(r, i) == 0 {
		return "", 0 // the R2 is a road
	}
	return currency, length
}

// beforeSums are words that a sum follows, and no road: by R70 a month to R940.
var beforeSums = terms.NewSet(" by ", " to ", " of ", " from ", " at least ", " than ", " about ", " another ", " additional ", " further ", " around ", " nearly ")

// isSum tells a number that is scaled or whose thousands stand apart: R70 billion, R2 300.
func isSum(r []rune, i int) bool {
	n, ok := arabic(r, i)
	if !ok {
		return false
	}
	scale, _ := word(r, nextWord(r, n.end))
	return n.grouped || englishScale[scale] > 0
}

// ` is how the rupee's sign comes out of fonts that put it in that place, as in India's budget speeches.
var currencySign = map[string]string{"$": "$", "us$": "美元", "hk$": "港元", "s$": "新加坡元", "nt$": "新台币", "a$": "澳元", "au$": "澳元", "c$": "加元", "ca$": "加元", "nz$": "新西兰元",
	"r": "兰特", "¥": "元", "￥": "元", "rmb": "元", "€": "欧元", "£": "英镑", "₹": "卢比", "`": "卢比", "rs": "卢比", "inr": "卢比", "usd": "美元", "us dollar": "美元", "us dollars": "美元", "hkd": "港元", "sgd": "新加坡元"}

var signs = func() *terms.Set {
	words := make([]string, 0, len(currencySign))
	for w := range currencySign {
		words = append(words, w)
	}
	return terms.NewSet(words...)
}()

// negativeGrowth turns the rate behind it: 负增长3%.
var negativeGrowth = terms.NewSet("负增长", "负增长了", "负增长达")

// oneIn reads 1 in 4 and nine out of ten as the part that they are, rounded to 16 places.
func (g *Grammar) oneIn(r []rune, q reading, end int) (reading, bool) {
	if q.High = q.Value; q.sign != "" || q.grouped || q.Value.Sign() <= 0 || !q.Value.IsInteger() {
		return q, false
	}
	for _, between := range [][]rune{[]rune(" in "), []rune(" out of ")} {
		at := end + len(between)
		if at >= len(r) || !slices.Equal(r[end:at], between) {
			continue
		}
		n, ok := g.numberAt(r, at)
		if !ok || n.han || !n.value.IsInteger() || !n.value.GreaterThan(q.Value) || n.value.GreaterThan(decimal.NewFromInt(100)) {
			continue
		}
		if next, _ := word(r, nextWord(r, n.end)); englishScale[next] > 0 || englishUnits.class[englishUnits.base[next]] == "time" {
			continue
		}
		q.Value = q.Value.DivRound(n.value, 16)
		q.High, q.Unit, q.End, q.scaledEnd = q.Value, "", n.end, n.end
		g.bound(r, &q)
		return q, true
	}
	return q, false
}

// isoDate is where a day ends that is written 2026-02-09 or 2026/2/9; 0 where there is none.
func isoDate(r []rune, year number) int {
	j := year.end
	if year.han || j-year.start != 4 || j >= len(r) || r[j] != '-' && r[j] != '/' {
		return 0
	}
	for range 2 {
		if j >= len(r) || r[j] != r[year.end] {
			return 0
		}
		first := j + 1
		for j = first; j < len(r) && j-first < 2 && isDigit(r[j]); j++ {
		}
		if j == first {
			return 0
		}
	}
	if j < len(r) && isDigit(r[j]) {
		return 0
	}
	return j
}

// fiscal is where a year of two halves ends, 2025/26 and 2021-22, or a year named by its
// end, FY2024, fiscal year 19 and the '16 budget; 0 where there is none. Its Value is the year it begins in,
// or the one that it is named by; High the one it ends in.
func fiscal(r []rune, q *reading) int {
	i, j := q.number.start, q.number.end
	if q.han && !q.positional || q.grouped || !q.Value.IsInteger() {
		return 0
	}
	v := q.Value.IntPart()
	if half, end := secondHalf(r, j); j-i == 4 && v >= 1900 && v < 2100 && half == (v+1)%100 {
		tail := accountsTail(r, end)
		if tail == 0 && q.han {
			return 0 // 二零二二/二三 is one of several years
		}
		if n := fiscalNames.Before(r, i); n > 0 && !(i-n > 0 && isLatin(r[i-n-1])) {
			q.Start = i - n // FY2017-18
		}
		q.High, q.Unit, q.Kind = decimal.NewFromInt(v+1), FiscalYear, Date
		return end + tail
	}
	if q.han {
		return 0
	}
	n := fiscalNames.Before(r, i)
	if n == 0 || i-n > 0 && (isLatin(r[i-n-1]) || isDigit(r[i-n-1])) || j < len(r) && isLatin(r[j]) || j-i != 2 && j-i != 4 || v > 2100 || j < len(r) && (r[j] == '%' || r[j] == '.' && j+1 < len(r) && isDigit(r[j+1])) {
		return 0
	}
	if v < 100 {
		v += 2000
	}
	q.Start, q.Value, q.High, q.Unit, q.Kind = i-n, decimal.NewFromInt(v), decimal.NewFromInt(v), FiscalYear, Date
	return j
}

// accountsTail is how many characters follow that make a year of accounts of what stands before: 2022/23课税年度.
func accountsTail(r []rune, end int) int {
	for _, tail := range []string{"财政年度", "课税年度", "年度", "财年", "学年"} {
		if strings.HasPrefix(string(r[end:min(len(r), end+4)]), tail) {
			return len([]rune(tail))
		}
	}
	return 0
}

// secondHalf reads the -22 of 2021-22, the /26 of 2025/26, the 二五 of 二零二四/二五年度 and of 二零二四至二五年度,
// and the - 21 that a line break leaves; -1 where there is none.
func secondHalf(r []rune, j int) (half int64, end int) {
	if j+2 < len(r) && strings.ContainsRune("-/–—至", r[j]) {
		tens, ok := hanDigit[r[j+1]]
		if ones, also := hanDigit[r[j+2]]; ok && also {
			return tens*10 + ones, j + 3
		}
	}
	if j >= len(r) || !strings.ContainsRune("-/–—", r[j]) {
		return -1, 0
	}
	if j++; j < len(r) && r[j] == ' ' {
		j++
	}
	if j+2 > len(r) || !isDigit(r[j]) || !isDigit(r[j+1]) || j+2 < len(r) && isDigit(r[j+2]) {
		return -1, 0
	}
	return int64(r[j]-'0')*10 + int64(r[j+1]-'0'), j + 2
}

// FiscalYear is the unit of a year of accounts: 2025/26, FY2024.
const FiscalYear = "财年"

var fiscalNames = terms.NewSet("ya", "ya ", "fy", "fy ", "fiscal year ", "fiscal ", "financial year ", "fy'", "fy’", "'", "’", "‘", "fy '", "fy ’", "fiscal '", "fiscal ’", "fiscal year '", "fiscal year ’")

// numbered is what stands before a rank in English, as it is folded.
var numbered = terms.NewSet(" no. ", " no.", " nos. ", "(no. ", "#")

// kind tells dates and ordinals from amounts.
func kind(r []rune, q *reading) Kind {
	switch {
	case q.Start > 0 && r[q.Start-1] == '第':
		q.Start--
		return Ordinal
	case amongFirst(r, q):
		q.Start--
		return Ordinal
	case numbered.Before(r, q.Start) > 0 && q.Unit == "" && q.Value.IsInteger(): // the No. 2 oil producer
		return Ordinal
	case ranks.Before(r, q.Start) > 0 && (q.Unit == "名" || q.Unit == "位" || q.Unit == "") && q.Value.IsInteger():
		return Ordinal
	case q.han && (q.Unit == "届" || q.Unit == "次" && meeting.At(r, q.End) > 0): // 十七届人大三次会议
		return Ordinal
	case isYear(r, q), dateUnit[q.Unit] && !(q.Unit == "日" && q.grouped) && lasting.Before(r, q.Start) == 0:
		return Date
	}
	return Amount
}

var meeting = terms.NewSet("会议", "全会", "全体会议")

// amongFirst tells 前五, 前20位: a place among the first. 前三个 counts, 前3年 lasts.
func amongFirst(r []rune, q *reading) bool {
	if q.Start == 0 || r[q.Start-1] != '前' || !q.Value.IsInteger() {
		return false
	}
	if q.Unit == "" {
		return q.End >= len(r) || !fold.Han(r[q.End]) && r[q.End] != '%' || strings.ContainsRune("的行列之", r[q.End])
	}
	return q.Unit == "名" || q.Unit == "位" || q.Unit == "强"
}

// ranks before a number make it a place in an order: 位列22名.
var ranks = terms.NewSet("位列", "名列", "列", "位居", "排名", "排在", "排行", "居")

// lasting words before a number of days or months make it a length of time: 未来9日.
var lasting = terms.NewSet("未来", "过去", "最近", "连续", "历时", "为期", "长达", "提前", "延长", "缩短", "每隔", "前后")

var dateUnit = map[string]bool{"月": true, "日": true, "世纪": true, "年代": true}

// isYear tells 2023年 and a bare 2023 from an amount.
func isYear(r []rune, q *reading) bool {
	if q.grouped || !q.Value.IsInteger() || q.Value.Sign() <= 0 {
		return false
	}
	v := q.Value.IntPart()
	switch q.Unit {
	case "年", "年度", "学年":
		return q.positional || !q.han && v >= 1000 && v < 3000 || eras.Before(r, q.Start) > 0 || Republican(q.Quantity) && !q.han && lasted.Before(r, q.Start) == 0
	case "":
		return !q.han && v >= 1800 && v <= 2100 && q.number.end-q.number.start == 4
	}
	return false
}

// Republican tells a year of the Republic of China, as Taiwan counts: 113年 is 2024. From
// 2011 to 2041; as lengths of time such numbers are rare, and stand after a word like 建校.
func Republican(q Quantity) bool {
	v := q.Value.IntPart()
	return (q.Unit == "年" || q.Unit == "年度" || q.Unit == "学年") && q.Value.IsInteger() && v > 100 && v <= 130
}

// lasted before a number of years makes it a length of time.
var lasted = terms.NewSet("建校", "建党", "建军", "建城", "建市", "距今", "历经", "历时", "长达", "已", "达", "有", "共", "满", "近", "超", "逾", "约", "超过", "持续", "连续", "诞辰", "成立", "合计", "过去", "未来")

// eras before a number of years make it the name of a year: 民国七十一年.
var eras = terms.NewSet("纪元", "公元", "公元前", "西元", "西元前", "前", "民国", "光绪", "宣统", "同治", "咸丰", "道光", "嘉庆", "乾隆", "雍正", "康熙", "顺治",
	"崇祯", "万历", "嘉靖", "洪武", "永乐", "明治", "大正", "昭和", "平成", "令和")

// bound adds the words before and after that bound the number: 超200家, 15亿元以上.
// An outer word (以上) says more than 达, so 达 counts only when it is alone.
func (g *Grammar) bound(r []rune, q *reading) {
	q.From, q.To = q.Start, q.End
	i := q.Start
	if i > 0 && r[i-1] == ' ' {
		i--
	}
	before := g.boundBefore.Before(r, i)
	if before > 0 && isLatin(r[i-1]) && i-before > 0 && isLatin(r[i-before-1]) {
		before = 0
	}
	word := string(r[i-before : i])
	if before > 0 {
		q.From = i - before
	}
	j := q.End
	if j < len(r) && r[j] == ' ' {
		j++
	}
	after := g.boundAfter.At(r, j)
	if after > 0 {
		q.To = j + after
		q.Bound = string(r[j:q.To])
	}
	if q.Bound == "" {
		q.Bound = word
	}
	if q.Bound == "上" {
		q.From = q.Start - 1
	}
}

// EraBefore tells whether the name of an era ends before r[i]: 民国几年 asks for a year.
func EraBefore(r []rune, i int) bool { return eras.Before(r, i) > 0 }

// plausible refuses numbers that count nothing.
func (g *Grammar) plausible(r []rune, q *reading) bool {
	if q.Kind == Ordinal {
		return true
	}
	if q.han && q.Kind == Amount {
		big := q.Value.GreaterThanOrEqual(decimal.NewFromInt(100))
		return !q.positional && (q.Unit != "" || big)
	}
	return !g.glued(r, q)
}

// glued tells a number that is part of a name: C919, 5G, 1+6+N, 〔2023〕, 4号, 3.0版.
func (g *Grammar) glued(r []rune, q *reading) bool {
	if i := q.number.start - 1; i >= 0 && !isLatin(r[q.number.start]) {
		switch c := r[i]; {
		case isLatin(c) && g.indicator(r, q), q.sign != "":
		case isLatin(c), c == '+', c == '〔', c == '×', c == '_', c == '.', c == '#', c == ':' && i > 0 && isDigit(r[i-1]):
			return true
		case (c == '-' || c == '/') && i > 0 && isLatin(r[i-1]):
			return q.Kind != Date || moments.Before(r, i+1) == 0
		}
	}
	if q.End >= len(r) {
		return false
	}
	c := r[q.End]
	switch {
	case isLatin(c) && q.Unit == "" && !isLatin(r[q.End-1]): // 5G, but 20台AED counts
		return true
	case c == '+', c == '〕', c == '×', c == ':' && q.End+1 < len(r) && isDigit(r[q.End+1]):
		return true
	case q.Unit == "" && identifying.At(r, q.End) > 0:
		return true
	case q.Unit == "" && c == '.' && (q.End+1 >= len(r) || !isDigit(r[q.End+1])) && lineStart(r, q.Start):
		return true // 1.推进
	case q.Unit == "" && c == '、' && lineStart(r, q.Start):
		return true // 1、推进
	case q.Unit == "" && (c == ')' || c == '）') && q.Value.LessThan(decimal.NewFromInt(30)) && lineStart(r, q.Start-1):
		return true // （1）
	}
	return false
}

// moments stand before a year, joined to it: end-2017.
var moments = terms.NewSet("end-", "mid-", "early-", "late-", "pre-", "post-", "since-")

// indicator tells letters that stand before their own number and make no name of it:
// CPI102.3, GDP12.3万元, and any but a single one before money or a rate.
func (g *Grammar) indicator(r []rune, q *reading) bool {
	i := q.number.start
	if n := letters.Before(r, i); n > 0 && (i == n || !isLatin(r[i-n-1])) {
		return true
	}
	class := g.Class(q.Unit)
	return i > 1 && isLatin(r[i-2]) && fold.Han(r[q.End-1]) && (class == "money" || class == "percent")
}

// identifying words after a bare number make it a name.
var identifying = terms.NewSet("号", "版", "型", "热线", "平台", "体系", "模式")

func lineStart(r []rune, i int) bool {
	for i > 0 && r[i-1] == ' ' {
		i--
	}
	if i <= 0 {
		return true
	}
	switch r[i-1] {
	case '\n', '。', ';', ':', '(', '）', '!':
		return true
	}
	return false
}

// isName tells the numbers of quoted names: “一号发展工程”, “141”, “1户+1人”.
// A quoted amount (“174个”) is one all the same.
func isName(r []rune, q *reading) bool {
	const longest = 16
	open, end := -1, -1
	for i := q.Start - 1; i >= max(0, q.Start-longest) && !closes(r[i]); i-- {
		if r[i] == '“' || r[i] == '「' {
			open = i
			break
		}
	}
	for i := q.End; open >= 0 && i < min(len(r), open+longest) && end < 0; i++ {
		if closes(r[i]) {
			end = i
		}
	}
	if end < 0 {
		return false
	}
	return q.han || q.Unit == "" && q.Kind != Ordinal || slices.Contains(r[open:end], '+')
}

// isPlace tells the Han numeral of a place's name: 十里镇, 五台县, 八面镇 beside other
// 镇. What one counts places by (个, 家, 座) makes none, unless its neighbours in the list are.
func isPlace(r []rune, q *reading) bool {
	if !q.han || q.Unit == "" || q.Kind != Amount || q.End-q.scaledEnd != 1 {
		return false
	}
	const longest = 2 // characters between the numeral and 镇: 七里河区, 八里店镇
	for j := q.End; j <= min(q.End+longest, len(r)-1); j++ {
		n := placeKinds.At(r, j)
		if n == 0 {
			continue
		}
		if j+n < len(r) && (placeKinds.At(r, j+n) > 0 || placeInner.At(r, j+n) > 0) {
			return false // 三家乡镇企业, 十里城区道路
		}
		kind := string(r[j : j+n])
		return !placeCounters.Has(string(r[q.scaledEnd:q.End])) || besideKind(r, q.Start, j+n, kind)
	}
	return false
}

// besideKind tells that a list goes on before or after with a place of the same kind.
func besideKind(r []rune, start, end int, kind string) bool {
	if start > 1 && (r[start-1] == '、' || r[start-1] == '和') && strings.HasSuffix(string(r[max(0, start-1-len([]rune(kind))):start-1]), kind) {
		return true
	}
	next := end + 1
	for next < len(r) && fold.Han(r[next]) {
		next++
	}
	return end < len(r) && (r[end] == '、' || r[end] == '和') && strings.HasSuffix(string(r[end:next]), kind)
}

func closes(r rune) bool { return r == '”' || r == '」' || r == '。' }
