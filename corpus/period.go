package corpus

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
)

// Period is a span of months, counted from year 0 (year*12 + month-1), half
// open. The zero Period is "not known".
type Period struct {
	From, To int
	Label    string // "2023年", "2024年上半年", "截至目前"
	asOf     bool   // see AsOf: a label is for people
	Stated   Stated // where the text states it
}

// Stated tells how far from a figure its period is stated, nearest first.
type Stated int

const (
	InClause Stated = iota
	InSentence
	InParagraph
	InSection
	InReport // not stated: the year that the report looks back on, or ahead to
)

// Known tells whether the period is known.
func (p Period) Known() bool { return p.To > p.From }

// AsOf tells 截至目前: the time at which the report speaks.
func (p Period) AsOf() bool { return p.asOf }

// SamePart tells the same part of a year in two of them, or two whole years.
func (p Period) SamePart(q Period) bool {
	return (p.From-q.From)%12 == 0 && p.To-p.From == q.To-q.From
}

// Overlaps tells whether two known periods have a month in common.
func (p Period) Overlaps(q Period) bool { return p.From < q.To && q.From < p.To }

// Within tells whether p lies wholly in q.
func (p Period) Within(q Period) bool { return q.From <= p.From && p.To <= q.To }

// Year is the period of a calendar year.
func Year(y int) Period {
	return Period{From: y * 12, To: y*12 + 12, Label: fmt.Sprintf("%d年", y)}
}

// TimeWord is a period named in a text, at the runes [Start, End) of its folded form.
type TimeWord struct {
	Period
	Start, End int
	Compared   bool // 比上年, 较2022年: what a figure is compared with
	Base       bool // 2010年的2.2倍, 由2020年的41.2%: of that one figure at most
	Until      bool // 到2025年: a goal where the year is ahead
	Bare       bool // in April: the last such month, and where something is planned the next
	Since      bool // since 2013: from then till now, of the one change that it is said of
	Day        bool // 2023年9月28日: what happened that day
	Unyeared   bool // 上半年: of a year that is not stated
	Ago        bool // 四十年前: far from what stands below a heading
}

// timeClass is the words of one class of times.txt: what each adds to the year in which the report
// speaks, the number of a month, the years of a span; of a part of a year its first month and how many.
type timeClass struct {
	*terms.Set
	number map[string]int
	months map[string][2]int
	name   map[[2]int]string // the first word of those with these months
}

var (
	times                                                                  = loadTimes(termFile("times.txt"))
	relative, accounts, spans, plans                                       = times["relative"], times["accounts"], times["span"], times["plan"]
	monthNames, nearMonths, parts, firstMonths                             = times["month"], times["nearmonth"], times["part"], times["months"]
	long, lasting                                                          = times["long"], times["lasting"]
	recently, speaking, compares, decades, yearsBefore, yearlong, upcoming = times["recent"], times["now"], times["compared"], times["decade"], times["ago"], times["whole"], times["coming"]
)

func loadTimes(file string) map[string]*timeClass {
	out := map[string]*timeClass{}
	class := func(name string) *timeClass {
		if out[name] == nil {
			out[name] = &timeClass{number: map[string]int{}, months: map[string][2]int{}, name: map[[2]int]string{}}
		}
		return out[name]
	}
	for _, line := range strings.Split(file, "\n") { // a space at the end of a word counts
		head, list, ok := strings.Cut(line, ":")
		fields := append(strings.Fields(head), "", "")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		first, _ := strconv.Atoi(fields[1])
		count, _ := strconv.Atoi(fields[2])
		c := class(fields[0])
		for word := range strings.SplitSeq(list, ";") {
			word = strings.TrimPrefix(word, " ")
			for n, written := range counted(word) {
				for _, w := range written {
					switch fields[0] {
					case "span":
						c.number[w] = first * n
					case "months":
						if n > 11 {
							continue
						}
						c.months[w], class("part").months[w] = [2]int{0, n}, [2]int{0, n}
					default:
						c.number[w], c.months[w] = first, [2]int{first, count}
						c.name[[2]int{first, count}] = cmp.Or(c.name[[2]int{first, count}], w)
					}
				}
			}
		}
	}
	for _, c := range out {
		c.Set = terms.NewSet(slices.Concat(slices.Collect(maps.Keys(c.number)), slices.Collect(maps.Keys(c.months)))...)
	}
	return out
}

// counted is a word of times.txt with each number for its N, as each is written, by the number; a word
// without one stands for itself, once.
func counted(word string) map[int][]string {
	if !strings.Contains(word, "N") { // next decade
		return map[int][]string{1: {word}}
	}
	out := map[int][]string{}
	for n, written := range countsOfYears {
		for _, w := range written {
			out[n] = append(out[n], strings.Replace(word, "N", w, 1))
			if digit(rune(w[0])) { // 過去 5年, 近 5 年
				out[n] = append(out[n], strings.Replace(word, "N", " "+w, 1), strings.Replace(word, "N", " "+w+" ", 1))
			}
		}
	}
	return out
}

// countsOfYears as they are written before 年来 and years.
var countsOfYears = map[int][]string{2: {"2", "两", "二", "two"}, 3: {"3", "三", "three"}, 4: {"4", "四", "four"}, 5: {"5", "五", "five"},
	15: {"15", "十五", "fifteen"}, 20: {"20", "二十", "twenty"}, 30: {"30", "三十", "thirty"},
	6: {"6", "六", "six"}, 7: {"7", "七", "seven"}, 8: {"8", "八", "eight"}, 9: {"9", "九", "nine"}, 10: {"10", "十", "ten"}, 11: {"11", "十一", "eleven"}}

// running words open a stretch of time: over the past year, over the coming year.
var running = terms.NewSet("past ", "coming ", "next ")

// Clock is when a text speaks.
type Clock struct {
	// Typed is set for a question: a year may be typed by its two last digits (23年), and months
	// without a year are of one that the reports tell.
	Typed  bool
	Year   int // of 今年; 0: words like that are left out
	Months int // of a month that is named without a year; 0: such months are left out
	// Given is the month in which the text was given, counted as a Period's, around which months without
	// a year lie; 0: such months are left out.
	Given int
	// Accounts is the year of accounts of two halves that the report is on, by the one it begins in
	// (2021 for 2021-22); 0 where it has none: then a financial year is the calendar's.
	Accounts int
	// This period is 本期, where the report says what it means by that.
	This Period
}

// Times finds the periods named in folded runes; numbers are its quantities.
func Times(r []rune, numbers []quantity.Quantity, clock Clock) []TimeWord {
	var out []TimeWord
	add := func(t TimeWord) {
		if isHundred(r, t.End) {
			return // 上年=100
		}
		n, before := 0, t.Start // 较“十三五”, 較 112 年
		for ; n == 0 && before >= max(0, t.Start-1); before-- {
			n = compares.Before(r, before)
			if before == 0 || !strings.ContainsRune(" “「‘", r[before-1]) || isLatin(r[max(0, before-2)]) {
				break
			}
		}
		n += t.Start - before
		if n == t.Start-before {
			n = 0
		}
		if n > 0 && isLatin(r[t.Start-n]) && t.Start > n && isLatin(r[t.Start-n-1]) {
			n = 0 // concentration last year
		}
		t.Compared = n > 0 && !(t.Start > n && strings.ContainsRune("占同环对之", r[t.Start-n-1])) // 占比现在多少
		if t.Compared && strings.HasPrefix(string(r[max(0, t.Start-n):t.Start]), "over") && (spans.At(r, t.Start) > 0 || running.At(r, t.Start) > 0) {
			t.Compared = false // over the next three years
		}
		if t.Compared && t.From > max(clock.Given, clock.Year*12) && strings.HasSuffix(string(r[max(0, t.Start-len("from ")):t.Start]), "from ") {
			t.Compared = false // is $5 from 1 April 2027: from then on, as nothing is held against what is to come
		}
		if t.Day && strings.HasSuffix(string(r[max(0, t.Start-len("on ")):t.Start]), "on ") {
			t.Compared = false // on March 10, 1995; 3% up on March 1995 is held against it
		}
		if t.Compared && t.To-t.From < 12 && through.MatchString(string(r[t.Start:t.End])) {
			t.Compared = false // from April to December
		}
		if n := len(out); n > 0 && joins(r, out[n-1], t) {
			out[n-1].Label = joinedLabel(out[n-1].Label, strings.TrimSpace(string(r[out[n-1].End])), t.Label)
			out[n-1].To, out[n-1].End = t.To, t.End
			if strings.HasSuffix(string(r[max(0, out[n-1].Start-len("from ")):out[n-1].Start]), "from ") {
				out[n-1].Compared = false // grew by $3 million from 2014 to 2018
			}
			return
		}
		t.Base = isBase(r, t) || baseYear.MatchString(string(r[max(0, t.Start-longestBase):t.Start]))
		if t.Base && t.To-t.From == 12 && t.From < clock.Year*12 && sinceYear.MatchString(string(r[max(0, t.Start-longestSince):t.Start])) {
			t.Since = true
		}
		t.Until = t.Start > 0 && (r[t.Start-1] == '到' || r[t.Start-1] == '至') || strings.HasSuffix(string(r[max(0, t.Start-3):t.Start]), "by ")
		out = append(out, t)
	}
	next := 0
	year := func(n quantity.Quantity) bool { return n.Kind == quantity.Date || clock.Typed && isShortYear(r, n) }
	for i := 0; i < len(r); {
		for next < len(numbers) && numbers[next].Start < i {
			next++
		}
		t, ok := TimeWord{}, false
		if next < len(numbers) && numbers[next].Start == i && year(numbers[next]) {
			t, ok = dated(r, numbers[next], clock, out)
		}
		if !ok && next < len(numbers) && numbers[next].Start == i {
			t, ok = yearsAgo(r, numbers[next], clock.Year)
		}
		if !ok {
			t, ok = monthNamed(r, i, clock)
		}
		if !ok {
			t, ok = worded(r, i, clock, out)
		}
		if ok {
			add(t)
			i = t.End
			continue
		}
		i++
	}
	return out
}

// isShortYear tells a year of this century that is typed by its two last digits: 23年一季度, 21-23年, and not
// 近20年, 15年期, 12年以上.
func isShortYear(r []rune, q quantity.Quantity) bool {
	y, high := q.Value.IntPart(), q.High.IntPart()
	return (q.Unit == "年" || q.Unit == "年度") && !q.Han && q.Value.IsInteger() && y >= 10 && y < 50 && high < 50 && digit(r[q.Start]) && digit(r[q.End-1-len([]rune(q.Unit))]) &&
		long.Before(r, q.Start) == 0 && lasting.At(r, q.End) == 0 && yearsBefore.At(r, q.End-1) == 0
}

// joinedLabel is 2022年7月—2023年6月, of one year 113年7月至12月.
func joinedLabel(first, joiner, last string) string {
	if year, _, ok := strings.Cut(first, "年"); ok && strings.HasPrefix(last, year+"年") && len(last) > len(year+"年") {
		return first + joiner + last[len(year+"年"):]
	}
	if y := strings.TrimSuffix(first, "年"); len(y) == len("2013") && len(last) == len("2013年") && strings.HasSuffix(last, "年") {
		first = y // 2013—2016年
	}
	return first + "—" + last
}

// isHundred tells a period that an index is set to a hundred in: 上年=100, 上年同期=100.
func isHundred(r []rune, i int) bool {
	for i < len(r) && strings.ContainsRune("同期月度 ", r[i]) {
		i++
	}
	return i < len(r) && r[i] == '='
}

// isBase tells a year that only one figure is measured against or began from:
// 是2010年的2.2倍, 由2020年的78公里增加到109公里, 在2023年的基础上.
func isBase(r []rune, t TimeWord) bool {
	if t.To-t.From > 12 && t.Start > 0 && strings.ContainsRune("为是创", r[t.Start-1]) {
		return true // 为近10年最好水平
	}
	behind := t.End
	for behind < len(r) && strings.ContainsRune("末底时期”」 ", r[behind]) {
		behind++
	}
	if sinceThen.At(r, behind) > 0 {
		return true // 增速为1985年以来最高
	}
	if pricesOf.At(r, behind) > 0 {
		return true // 按2020年不变价计算
	}
	if words := latinWords(r[behind:min(len(r), behind+len("levels"))]); len(words) > 0 && (words[0] == "level" || words[0] == "levels") {
		return true // 26 percent below 2005 levels
	}
	if t.Start > 0 && strings.ContainsRune("到至", r[t.Start-1]) {
		return false // where a change ended: 提高到2025年的801元
	}
	if behind+1 < len(r) && r[behind] == '的' && (digit(r[behind+1]) || strings.HasPrefix(string(r[behind+1:]), "基础") || strings.HasPrefix(string(r[behind+1:]), "水平")) {
		return true
	}
	return strings.HasPrefix(string(r[behind:min(len(r), behind+2)]), "基础") || strings.HasSuffix(string(r[max(0, t.Start-6):t.Start]), "since ")
}

// sinceYear stands before the year from which on something has changed, and not before the one since which
// nothing was as high.
var sinceYear = regexp.MustCompile(`(?:^|[^a-z])since $`)

const longestSince = 7 // characters

// baseYear stands before the year in brackets that is called the base: 较基准年（2005年）减少1.1%.
var baseYear = regexp.MustCompile(`基(?:准年|准期|期|年)[(（] ?$`)

const longestBase = 6 // characters

// pricesOf behind a year make it the one whose prices are used.
var pricesOf = terms.NewSet("不变价", "可比价", "价格计算", "价计算", "为基期", "为基数", "基准年", "基年")

// sinceThen behind a year make it the one since which nothing was higher or lower.
var sinceThen = terms.NewSet("以来最", "以来的最", "以来新", "以来的新", "以来首", "以来的首")

// monthNamed reads December 2017, 31 March 2021, March 31, 2021, April-October 1992, April to January
// 2011-12, and without a year in April, by the end of December at r[i].
func monthNamed(r []rune, i int, clock Clock) (TimeWord, bool) {
	t := TimeWord{Start: i}
	if i > 0 && (isLatin(r[i-1]) || digit(r[i-1])) {
		return t, false
	}
	at := i
	for at < len(r) && digit(r[at]) && at-i < 2 {
		at++
	}
	if at > i && at < len(r) && r[at] == ' ' {
		at++
	}
	n := monthAt(r, at)
	if n == 0 || at > i && r[at-1] != ' ' {
		return t, false
	}
	first, day := monthNames.number[string(r[at:at+n])], at > i
	last, end := first, at+n
	if m := throughMonth.FindStringSubmatch(string(r[end:min(len(r), end+longestMonths)])); m != nil && !day && monthNames.number[m[2]] > 0 && (m[1] != " and " || strings.HasSuffix(string(r[max(0, i-len("between ")):i]), "between ")) {
		last, end = monthNames.number[m[2]], end+len([]rune(m[0]))
	}
	rest := string(r[end:min(len(r), end+len(", 31, 2021-22"))])
	if m := shortBehind.FindStringSubmatch(rest); m != nil {
		year, _ := strconv.Atoi(m[3])
		if past := year > 31 && !day; past || last != first || m[2] != "" {
			year = clock.century(year)
			t.End, t.Period = end+len([]rune(m[1])), fromTo(year, first, last, false)
			t.Label = fmt.Sprintf("%s %d", capitals(string(r[i:end])), year)
			return t, true
		}
	}
	if m := yearAfterMonth.FindStringSubmatch(rest); m != nil && !(last != first && m[1] != "") {
		year, _ := strconv.Atoi(m[2])
		t.Day = day || m[1] != ""
		t.End = end + len([]rune(m[0]))
		t.Period = fromTo(year, first, last, m[3] != "")
		if t.Label = capitals(string(r[i:t.End])); !t.Day {
			t.Label = capitals(string(r[i:end])) + " " + m[2] + m[3] // August, 1991
		}
		return t, true
	}
	now := clock.Year
	for word, add := range map[string]int{" this year": 0, " last year": -1, " next year": 1} { // January next year
		if now > 0 && strings.HasPrefix(rest, word) {
			t.Day, t.End = day, end+len(word)
			t.Period = fromTo(now+add, first, last, false)
			t.Label = fmt.Sprintf("%s %d", capitals(string(r[i:end])), now+add)
			return t, true
		}
	}
	if clock.Given == 0 || !day && !bareMonth.MatchString(string(r[max(0, i-longestBare):i])) {
		return t, false
	}
	t.Day, t.End = day, end
	t.Period = lastMonths(clock.Given, first, last)
	t.Bare = true
	t.Label = fmt.Sprintf("%s %d", capitals(string(r[i:end])), t.From/12)
	return t, true
}

// century is a year that is written by its two last digits.
func (c Clock) century(year int) int {
	const ahead = 30 // years that are spoken of before they come
	if c.Year > 0 && 2000+year > c.Year+ahead {
		return 1900 + year
	}
	return 2000 + year
}

// monthAt is the length of a month's English name at r[i], 0 for none.
func monthAt(r []rune, i int) int {
	n := monthNames.At(r, i)
	if n > 0 && i+n < len(r) && isLatin(r[i+n]) {
		return 0
	}
	return n
}

// yearOn is the same months of the next year.
func (p Period) yearOn() Period {
	p.Label = strings.Replace(p.Label, strconv.Itoa(p.From/12), strconv.Itoa(p.From/12+1), 1)
	p.From, p.To = p.From+12, p.To+12
	return p
}

// fromTo is the months from the first to the last of a year, or of the year of accounts that begins in its
// April, where the last may lie in the year after.
func fromTo(year, first, last int, accounts bool) Period {
	from, to := year*12+first-1, year*12+last
	if accounts && first < 4 {
		from, to = from+12, to+12
	}
	if to <= from {
		to += 12
	}
	return Period{From: from, To: to}
}

// lastMonths are the last such months that begin before or in the one given.
func lastMonths(given, first, last int) Period {
	p := fromTo(given/12, first, last, false)
	if p.From > given {
		p.From, p.To = p.From-12, p.To-12
	}
	return p
}

const (
	longestMonths = 16 // characters, of the to September behind a month
	longestBare   = 12 // before a month without a year
)

var (
	throughMonth   = regexp.MustCompile(`^\.?( ?[-–] ?| to | through | until | till | and )([a-z]+)`)
	yearAfterMonth = regexp.MustCompile(`^\.? ?(\d{1,2}, ?)?,? ?(?:of )?((?:19|20)\d\d)([-/]\d\d\b)?`)
	// through joins two months.
	through = regexp.MustCompile(`[a-z] (?:to|through|until|till) [a-z]`)
	// shortBehind is a year by its two last digits behind months: apr-dec 17, dec '17, mar 95, which is no day.
	shortBehind = regexp.MustCompile(`^(\.? ?(['’]?)(\d\d))(?:[^\d,/-]|$)`)
	// bareMonth stands before a month that is named without a year.
	bareMonth = regexp.MustCompile(`\b(?:in|by|since|from|until|till|last|end of|end|early|late|mid|of this) ?-?$`)
)

// capitals gives the months of a folded date their capitals.
func capitals(s string) string {
	return monthWord.ReplaceAllStringFunc(s, func(word string) string {
		if monthNames.number[word] > 0 {
			return strings.ToUpper(word[:1]) + word[1:]
		}
		return word
	})
}

var monthWord = regexp.MustCompile(`[a-z]+`)

// joins tells 2022年7月至2023年6月: one period from the first to the last.
func joins(r []rune, first, last TimeWord) bool {
	if first.Known() && !first.AsOf() && first.To-first.From == 12 && last.To-last.From == 12 && last.From > first.From && last.Start > first.End && spanned(r, first, last) {
		return true
	}
	if last.Start == first.End+2 && r[first.End+1] == ' ' {
		last.Start-- // 7 月至 12 月
	}
	return last.Start == first.End+1 && strings.ContainsRune("至到-—~", r[first.End]) && first.Known() && last.From >= first.From && last.To > first.To && !first.AsOf()
}

// spanned tells two years of which an English text means those between them too: FY2015 through FY2017,
// between 1994 and 2000.
func spanned(r []rune, first, last TimeWord) bool {
	switch between := strings.TrimSpace(string(r[first.End:last.Start])); between {
	case "to", "through", "until", "-", "–":
		return true
	case "and":
		return strings.HasSuffix(string(r[max(0, first.Start-len("between ")):first.Start]), "between ")
	}
	return false
}

// dated reads 2023年, 2021—2025年, 2024年3月, FY2024, 2025/26, 113年12月, and 3月, 1—3月 of
// the year named last, else of the one given. Its label is the report's own, but for the
// months of a year that stands before.
func dated(r []rune, q quantity.Quantity, clock Clock, before []TimeWord) (TimeWord, bool) {
	year := clock.Months
	y := int(q.Value.IntPart())
	high := int(q.High.IntPart())
	t := TimeWord{Start: q.Start, End: q.End}
	if clock.Typed && isShortYear(r, q) {
		y, high = 2000+y, 2000+high
	}
	switch q.Unit {
	case quantity.FiscalYear:
		t.Period = Year(y)
		t.Label = fiscalName.ReplaceAllString(strings.ToUpper(strings.TrimLeft(string(r[q.Start:q.End]), "'’‘")), "FY")
		if q.Han {
			t.Label = fmt.Sprintf("%d/%02d年度", y, high%100) // 二零二四/二五年度
		} else if len(t.Label) == 2 {
			t.Label = strconv.Itoa(y) // the '16 budget
		}
		if high > y { // of accounts, from April to March
			t.Period.From, t.Period.To = y*12+3, high*12+3
		}
		return t, true
	case "年", "年度", "学年", "":
		shift := 0
		if quantity.Republican(q) && q.Unit != "" {
			shift = republic
		}
		if y+shift < 100 || y+shift > 3000 || q.Unit == "" && y < 1000 {
			return t, false
		}
		t.Period = Year(y + shift)
		if shift > 0 {
			t.Label = fmt.Sprintf("%d年", y)
		}
		if high == y+1 && q.Unit == "年度" && strings.HasPrefix(string(r[q.Start:q.End]), fmt.Sprintf("%d-%d", y, high)) { // 2014-2015年度 as 2014-15年度
			t.Period = Period{From: y*12 + 3, To: high*12 + 3, Label: string(r[q.Start:q.End])}
			return t, true
		}
		if from := rangeBefore(r, q.Start); high == y && from > 0 && from < y && shift == 0 && q.Unit != "" { // 2023 至2025 年间
			t.From, t.Label = from*12, fmt.Sprintf("%d—%d年", from, y)
			return t, true
		}
		if high > y && high-y < 100 {
			t.To, t.Label = (high+shift)*12+12, fmt.Sprintf("%d—%d年", y, high)
			return t, true
		}
		partOf(r, &t)
		return t, true
	case "月":
		stated := ""
		if clock.Typed && year == 0 {
			year, t.Unyeared = clock.Year, true
		}
		if len(before) > 0 {
			last := before[len(before)-1]
			year, t.Unyeared = last.From/12, false
			if head, _, ok := strings.Cut(last.Label, "年"); ok && len(head) < 4 { // 113年
				stated = head
			}
		}
		if year == 0 || y < 1 || high > 12 || y > high {
			return t, false
		}
		t.Period = months(year, y-1, high-y+1)
		if stated != "" {
			t.Label = strings.Replace(t.Label, strconv.Itoa(year), stated, 1)
		}
		dayOf(r, &t)
		return t, true
	}
	return t, false
}

// rangeBefore is the year that a range of two begins with, where blanks part it from the one at r[i]; 0 for none.
func rangeBefore(r []rune, i int) int {
	m := yearTo.FindStringSubmatch(string(r[max(0, i-len(" 2023 至 ")):i]))
	if m == nil {
		return 0
	}
	y, _ := strconv.Atoi(m[1])
	return y
}

var yearTo = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d) ?[至到] ?$`)

// fiscalName is the long name of a year of accounts, which is shown as FY2020.
var fiscalName = regexp.MustCompile(`^(?:FINANCIAL|FISCAL) (?:YEAR )?`)

// republic is the year before the first of the Republic of China: 113年 is 2024.
const republic = 1911

// dayOf takes a day behind a month along: 12月31日. Days and months are written alike in
// every office: the program's own lists are enough for them.
func dayOf(r []rune, t *TimeWord) {
	at := t.End
	if at < len(r) && r[at] == ' ' {
		at++
	}
	if at >= len(r) || !digit(r[at]) || t.To-t.From != 1 {
		return
	}
	found := quantity.Builtin().ScanRunes(r[at:min(len(r), at+6)])
	if len(found) == 0 || found[0].Start != 0 || found[0].Unit != "日" {
		return
	}
	t.Day, t.End = true, at+found[0].End
	t.Label += found[0].Value.String() + "日"
}

// partOf narrows a year by what follows it: 上半年, 一季度, 3月, 1—6月, 12月31日.
func partOf(r []rune, t *TimeWord) {
	year, label := t.From/12, t.Label
	at := t.End
	if at < len(r) && r[at] == ' ' {
		at++
	}
	if n := wordOf(parts.Set, r, at); n > 0 {
		word := string(r[at : at+n])
		t.Period = months(year, parts.months[word][0], parts.months[word][1])
		t.Label = partLabel(r, strings.TrimSuffix(label, "年"), word)
		t.End = at + n
		return
	}
	if m := middle.FindString(string(r[at:min(len(r), at+2)])); m != "" && r[t.End-1] == '年' { // 2027年中前
		t.Period, t.Label, t.End = months(year, parts.months["年中"][0], parts.months["年中"][1]), label+"中", at+1
		return
	}
	if at+1 < len(r) && r[at] >= '1' && r[at] <= '9' {
		if found := quantity.Builtin().ScanRunes(r[at:min(len(r), at+10)]); len(found) > 0 && found[0].Start == 0 && found[0].Unit == "月" {
			q := found[0]
			from, to := int(q.Value.IntPart()), int(q.High.IntPart())
			if from >= 1 && to <= 12 && from <= to {
				t.Period = months(year, from-1, to-from+1)
				t.Label = label + strings.ReplaceAll(string(r[at:at+q.End]), " ", "")
				t.End = at + q.End
				dayOf(r, t)
			}
		}
	}
}

// middle is that of a year: not 2027年中央 or 年中国.
var middle = regexp.MustCompile(`^中(?:[前后起至到或推完开将要会,，。、；;]|$)`)

// yearsAgo reads five years ago, 三年前.
func yearsAgo(r []rune, q quantity.Quantity, now int) (TimeWord, bool) {
	years := q.Value.IntPart()
	if now == 0 || q.Unit != "年" || !q.Value.IsInteger() || years < 1 || years > 100 {
		return TimeWord{}, false
	}
	for at := q.Start; at < q.End; at++ { // the unit is a part of the words: 三年前
		if n := yearsBefore.At(r, at); n > 0 && at+n > q.End {
			return TimeWord{Period: Year(now - int(years)), Start: q.Start, End: at + n, Ago: true}, true
		}
	}
	return TimeWord{}, false
}

// apart tells a stretch with nothing or a mark on both sides of it: 前11个月，全市….
func apart(r []rune, from, to int) bool {
	mark := func(i int) bool { return i < 0 || i >= len(r) || strings.ContainsRune("，,。；;\n (（", r[i]) }
	return mark(from-1) && to < len(r) && mark(to)
}

// partLabel is a part of a year as it is shown: Q1 2017, first half of 2017, 2023年一季度.
func partLabel(r []rune, year, word string) string {
	short := len(word) == 2
	switch {
	case short && slices.ContainsFunc(r, fold.Han):
		return year + "年" + parts.name[parts.months[word]]
	case short:
		return strings.ToUpper(word) + " " + year
	case isLatin(rune(word[len(word)-1])):
		return word + " of " + year
	}
	return year + "年" + word
}

func months(year, first, n int) Period {
	p := Period{From: year*12 + first, To: year*12 + first + n, Label: fmt.Sprintf("%d年%d月", year, first+1)}
	if n > 1 {
		p.Label = fmt.Sprintf("%d年%d—%d月", year, first+1, first+n)
	}
	return p
}

// worded reads 去年, 今年上半年, 上半年, “十四五”, 截至目前 at r[i].
func worded(r []rune, i int, clock Clock, before []TimeWord) (TimeWord, bool) {
	t, now := TimeWord{Start: i}, clock.Year
	if n := wordOf(plans.Set, r, i); n > 0 && !ofOneYear(r, i+n) {
		y := plans.number[string(r[i:i+n])]
		t.End, t.Period = i+n, Period{From: y * 12, To: y*12 + 60, Label: fmt.Sprintf("%d—%d年", y, y+4)}
		return t, true
	}
	if now == 0 || goesOn(r, i) {
		return t, false
	}
	if n := wordOf(accounts.Set, r, i); n > 0 && clock.Accounts > 0 {
		y := clock.Accounts + accounts.number[string(r[i:i+n])]
		t.End, t.Period = i+n, Period{From: y*12 + 3, To: y*12 + 15, Label: fmt.Sprintf("%d-%02d", y, (y+1)%100)}
		return t, true
	}
	if clock.This.Known() && r[i] == '本' && i+1 < len(r) && r[i+1] == '期' {
		t.End, t.Period = i+2, clock.This
		return t, true
	}
	if n := wordOf(relative.Set, r, i); n > 0 {
		word := string(r[i : i+n])
		if carriedOver.At(r, i+n) > 0 {
			return t, false
		}
		t.End = i + n
		if word == "全年" || word == "当年" || strings.HasPrefix(word, "本年") && len(before) > 0 && i-before[len(before)-1].End <= 2 { // 2023年度本年收入
			return wholeYear(t, before)
		}
		t.Period = Year(now + relative.number[word])
		t.Unyeared = strings.HasPrefix(word, "本年") // of the year that is spoken of
		partOf(r, &t)
		return t, true
	}
	if n := wordOf(nearMonths.Set, r, i); n > 0 && clock.Given > 0 {
		at := clock.Given + nearMonths.number[string(r[i:i+n])]
		t.End, t.Period = i+n, months(at/12, at%12, 1)
		return t, true
	}
	if n := wordOf(parts.Set, r, i); n > 0 && (clock.Typed || isLatin(r[i]) || !firstMonths.Has(string(r[i:i+n])) || apart(r, i, i+n)) { // 前6个月免租
		word, year := string(r[i:i+n]), now
		last, named := lastYear(before)
		if t.Unyeared = !named; named {
			year = last
		}
		of, end := yearBehind(r, i+n, now)
		if end > 0 { // the first nine months of last year
			year, n, t.Unyeared = of, end-i, false
		}
		t.End, t.Period = i+n, months(year, parts.months[word][0], parts.months[word][1])
		t.Label = partLabel(r, strconv.Itoa(year), word)
		if m := halfBehind.FindString(string(r[t.End:min(len(r), t.End+len("-22 "))])); end > 0 && m != "" { // the first half of 2011-12
			t.From, t.To, t.End = t.From+3, t.To+3, t.End+len("-22")
			t.Label = fmt.Sprintf("%s of %d%s", word, year, m)
		}
		return t, true
	}
	if n := wordOf(spans.Set, r, i); n > 0 {
		years := spans.number[string(r[i:i+n])]
		from, to := now+min(years, 0), now+max(years, 0)
		t.End, t.Period = i+n, Period{From: from * 12, To: to * 12, Label: fmt.Sprintf("%d—%d年", from, to-1)}
		return t, true
	}
	if n := wordOf(decades.Set, r, i); n > 0 {
		t.End, t.Period = i+n, Year(now/10*10+10)
		return t, true
	}
	if n := wordOf(recently.Set, r, i); n > 0 {
		t.End, t.Period = i+n, Period{From: (now - 1) * 12, To: now * 12, Label: string(r[i : i+n])}
		return t, true
	}
	if n := wordOf(upcoming.Set, r, i); n > 0 {
		t.End, t.Period = i+n, Period{From: now * 12, To: (now + someYears) * 12, Label: string(r[i : i+n])}
		return t, true
	}
	if n := wordOf(speaking.Set, r, i); n > 0 {
		t.End, t.Period = i+n, asOf(now)
		return t, true
	}
	return t, false
}

var halfBehind = regexp.MustCompile(`^[-/]\d\d\b`)

// someYears are at least as many as 未来数年 means.
const someYears = 3

// yearBehind is the year that an English part of one is of, and where its name ends: of last year, of
// 2018, Q1 2017, first half last year, 1Q17.
func yearBehind(r []rune, i, now int) (year, end int) {
	for _, of := range [][]rune{[]rune(" of the "), []rune(" of "), []rune(" in "), []rune(" ")} {
		at := i + len(of)
		if at >= len(r) || !slices.Equal(r[i:at], of) {
			continue
		}
		if n := wordOf(relative.Set, r, at); n > 0 {
			return now + relative.number[string(r[at:at+n])], at + n
		}
	}
	if m := yearOfPart.FindStringSubmatch(string(r[i:min(len(r), i+len(" of the fy 2018 "))])); m != nil {
		year, _ := strconv.Atoi(m[1] + m[2] + m[3])
		if m[1] == "" {
			year += 2000
		}
		return year, i + len([]rune(m[0]))
	}
	return 0, 0
}

// yearOfPart is the year behind a part of one, in full or by its two last digits right behind Q1 and after '.
var yearOfPart = regexp.MustCompile(`^(?:(?: of (?:the )?| in |[ /,-]{0,2})(?:fy ?)?((?:1[89]|20)\d\d)|(?: of | )?(?:['’]|fy ?['’]?)(\d\d)|(\d\d))\b`)

// wordOf is the length of a set's word at r[i]; a Latin one ends where its letters do, and a number where
// its digits do: coming years is not the coming year, nor q12 q1.
func wordOf(set *terms.Set, r []rune, i int) int {
	n := set.At(r, i)
	if n > 0 && (goesOn(r, i) || goesOn(r, i+n) || r[i+n-1] < utf8.RuneSelf && digit(r[i+n-1]) && i+n < len(r) && isLatin(r[i+n])) {
		return 0
	}
	return n
}

// goesOn tells that a Latin word or a number goes on at r[i].
func goesOn(r []rune, i int) bool {
	return i > 0 && i < len(r) && (isLatin(r[i-1]) && isLatin(r[i]) || digit(r[i-1]) && digit(r[i]))
}

// ofOneYear tells what follows a five-year plan's name and makes it the name of
// one of its years: 2025年是“十四五”规划收官之年.
func ofOneYear(r []rune, i int) bool {
	for n := 0; i < len(r) && n < 12 && !endsClause(r, i); i, n = i+1, n+1 {
		if r[i] == '之' && i+1 < len(r) && r[i+1] == '年' {
			return true
		}
	}
	return false
}

// carriedOver words after 上年 make it the name of a sum of this year: 上年结转.
var carriedOver = terms.NewSet("结转", "结余", "结存", "度结转", "度结余")

// asOf is 截至目前: what holds when the report speaks holds for the year it
// looks back on and for its own.
func asOf(now int) Period {
	return Period{From: (now - 1) * 12, To: now*12 + 12, Label: "截至目前", asOf: true}
}

// wholeYear is 全年, 当年: the year named before in the sentence, else left to the section.
func wholeYear(t TimeWord, before []TimeWord) (TimeWord, bool) {
	year, ok := lastYear(before)
	t.Period = Year(year)
	return t, ok
}

// lastYear is the single year that was named last, and says when.
func lastYear(before []TimeWord) (year int, ok bool) {
	for _, b := range slices.Backward(before) {
		if !b.Base && !b.Compared && !b.Unyeared && b.To-b.From <= 12 {
			return b.From / 12, true
		}
	}
	return 0, false
}

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' }
