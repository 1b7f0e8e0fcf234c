package corpus

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

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
	Day        bool // 2023年9月28日: what happened that day
	Unyeared   bool // 上半年: of a year that is not stated
	Ago        bool // 四十年前: far from what stands below a heading
}

// times.txt by class: what a word adds to the year in which the report speaks, the months
// of a part of a year, the years of a span, the number of a month.
var (
	relative, accounts, spans, plans, monthNumber = map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	parts                                         = map[string][2]int{}

	relativeSet, accountSet, spanSet, planSet, monthSet, partSet, recentSet, nowSet, comparedSet, decadeSet, agoSet, wholeSet = loadTimes(termFile("times.txt"))
)

func loadTimes(file string) (relatives, account, spanned, plan, month, part, recent, now, compared, decade, ago, whole *terms.Set) {
	words := map[string][]string{}
	for _, line := range strings.Split(file, "\n") { // a space at the end of a word counts
		head, list, ok := strings.Cut(line, ":")
		class := strings.Fields(head)
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		number := func(i int) int { n, _ := strconv.Atoi(append(class, "", "")[i]); return n }
		for word := range strings.SplitSeq(list, ";") {
			word = strings.TrimPrefix(word, " ")
			switch class[0] {
			case "relative":
				relative[word] = number(1)
			case "accounts":
				accounts[word] = number(1)
			case "plan":
				plans[word] = number(1)
			case "month":
				monthNumber[word] = number(1)
			case "part":
				parts[word] = [2]int{number(1), number(2)}
			case "span":
				for n, written := range countsOfYears {
					for _, w := range written {
						spans[strings.Replace(word, "N", w, 1)] = number(1) * n
						if digit(rune(w[0])) { // 過去 5年, 近 5 年
							spans[strings.Replace(word, "N", " "+w, 1)] = number(1) * n
							spans[strings.Replace(word, "N", " "+w+" ", 1)] = number(1) * n
						}
					}
				}
				continue
			default:
				words[class[0]] = append(words[class[0]], word)
			}
		}
	}
	return keys(relative), keys(accounts), keys(spans), keys(plans), keys(monthNumber), keys(parts), terms.NewSet(words["recent"]...), terms.NewSet(words["now"]...), terms.NewSet(words["compared"]...), terms.NewSet(words["decade"]...), terms.NewSet(words["ago"]...), terms.NewSet(words["whole"]...)
}

// countsOfYears as they are written before 年来 and years.
var countsOfYears = map[int][]string{2: {"2", "两", "二", "two"}, 3: {"3", "三", "three"}, 4: {"4", "四", "four"}, 5: {"5", "五", "five"},
	6: {"6", "六", "six"}, 7: {"7", "七", "seven"}, 8: {"8", "八", "eight"}, 9: {"9", "九", "nine"}, 10: {"10", "十", "ten"}}

// running words open a stretch of time: over the past year, over the coming year.
var running = terms.NewSet("past ", "coming ", "next ")

func keys[V any](m map[string]V) *terms.Set {
	words := make([]string, 0, len(m))
	for w := range m {
		words = append(words, w)
	}
	return terms.NewSet(words...)
}

// Clock is when a text speaks.
type Clock struct {
	Year   int // of 今年; 0: words like that are left out
	Months int // of a month that is named without a year; 0: such months are left out
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
			n = comparedSet.Before(r, before)
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
		if t.Compared && strings.HasPrefix(string(r[max(0, t.Start-n):t.Start]), "over") && (spanSet.At(r, t.Start) > 0 || running.At(r, t.Start) > 0) {
			t.Compared = false // over the next three years
		}
		if n := len(out); n > 0 && joins(r, out[n-1], t) {
			out[n-1].Label = joinedLabel(out[n-1].Label, strings.TrimSpace(string(r[out[n-1].End])), t.Label)
			out[n-1].To, out[n-1].End = t.To, t.End
			return
		}
		t.Base = isBase(r, t)
		t.Until = t.Start > 0 && (r[t.Start-1] == '到' || r[t.Start-1] == '至') || strings.HasSuffix(string(r[max(0, t.Start-3):t.Start]), "by ")
		out = append(out, t)
	}
	next := 0
	for i := 0; i < len(r); {
		for next < len(numbers) && numbers[next].Start < i {
			next++
		}
		t, ok := TimeWord{}, false
		if next < len(numbers) && numbers[next].Start == i && numbers[next].Kind == quantity.Date {
			t, ok = dated(r, numbers[next], clock.Months, out)
		}
		if !ok && next < len(numbers) && numbers[next].Start == i {
			t, ok = yearsAgo(r, numbers[next], clock.Year)
		}
		if !ok {
			t, ok = monthNamed(r, i, clock.Year)
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

// joinedLabel is 2022年7月—2023年6月, of one year 113年7月至12月.
func joinedLabel(first, joiner, last string) string {
	if year, _, ok := strings.Cut(first, "年"); ok && strings.HasPrefix(last, year+"年") && len(last) > len(year+"年") {
		return first + joiner + last[len(year+"年"):]
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

// pricesOf behind a year make it the one whose prices are used.
var pricesOf = terms.NewSet("不变价", "可比价", "价格计算", "价计算", "为基期", "为基数")

// sinceThen behind a year make it the one since which nothing was higher or lower.
var sinceThen = terms.NewSet("以来最", "以来的最", "以来新", "以来的新", "以来首", "以来的首")

// monthNamed reads December 2017, 31 March 2021, March 31, 2021 at r[i].
func monthNamed(r []rune, i, now int) (TimeWord, bool) {
	t := TimeWord{Start: i}
	if i > 0 && (isLatin(r[i-1]) || digit(r[i-1])) {
		return t, false
	}
	at, first := i, 0
	for at < len(r) && digit(r[at]) && at-i < 2 {
		at++
	}
	if at > i && at < len(r) && r[at] == ' ' {
		at++
	}
	n := monthSet.At(r, at)
	if n == 0 || at+n < len(r) && isLatin(r[at+n]) || at > i && r[at-1] != ' ' {
		return t, false
	}
	first = monthNumber[string(r[at:at+n])]
	day := at > i
	rest := string(r[at+n : min(len(r), at+n+10)])
	if m := yearAfterMonth.FindStringSubmatch(rest); m != nil {
		year, _ := strconv.Atoi(m[2])
		t.Day = day || m[1] != ""
		t.End = at + n + len(m[0])
		t.Period = months(year, first-1, 1)
		t.Label = capitals(string(r[i:t.End]))
		return t, true
	}
	for word, add := range map[string]int{" this year": 0, " last year": -1, " next year": 1} { // January next year
		if now > 0 && strings.HasPrefix(rest, word) {
			t.Day, t.End = day, at+n+len(word)
			t.Period = months(now+add, first-1, 1)
			t.Label = fmt.Sprintf("%s %d", capitals(string(r[i:at+n])), now+add)
			return t, true
		}
	}
	return t, false
}

var yearAfterMonth = regexp.MustCompile(`^\.? ?(\d{1,2},? )?,?(?:of )?((?:19|20)\d\d)`)

// capitals gives the month of a folded date its capital.
func capitals(s string) string {
	for i, c := range s {
		if isLatin(c) {
			return s[:i] + strings.ToUpper(s[i:i+1]) + s[i+1:]
		}
	}
	return s
}

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
func dated(r []rune, q quantity.Quantity, year int, before []TimeWord) (TimeWord, bool) {
	y := int(q.Value.IntPart())
	high := int(q.High.IntPart())
	t := TimeWord{Start: q.Start, End: q.End}
	switch q.Unit {
	case quantity.FiscalYear:
		t.Period = Year(y)
		t.Label = strings.ToUpper(strings.TrimLeft(string(r[q.Start:q.End]), "'’‘"))
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
		if high > y && high-y < 100 {
			t.To, t.Label = (high+shift)*12+12, fmt.Sprintf("%d—%d年", y, high)
			return t, true
		}
		partOf(r, &t)
		return t, true
	case "月":
		stated := ""
		if len(before) > 0 {
			last := before[len(before)-1]
			year = last.From / 12
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
	if n := wordOf(partSet, r, at); n > 0 {
		word := string(r[at : at+n])
		t.Period = months(year, parts[word][0], parts[word][1])
		t.Label = label + word
		t.End = at + n
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

// yearsAgo reads five years ago, 三年前.
func yearsAgo(r []rune, q quantity.Quantity, now int) (TimeWord, bool) {
	years := q.Value.IntPart()
	if now == 0 || q.Unit != "年" || !q.Value.IsInteger() || years < 1 || years > 100 {
		return TimeWord{}, false
	}
	for at := q.Start; at < q.End; at++ { // the unit is a part of the words: 三年前
		if n := agoSet.At(r, at); n > 0 && at+n > q.End {
			return TimeWord{Period: Year(now - int(years)), Start: q.Start, End: at + n, Ago: true}, true
		}
	}
	return TimeWord{}, false
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
	if n := wordOf(planSet, r, i); n > 0 && !ofOneYear(r, i+n) {
		y := plans[string(r[i:i+n])]
		t.End, t.Period = i+n, Period{From: y * 12, To: y*12 + 60, Label: fmt.Sprintf("%d—%d年", y, y+4)}
		return t, true
	}
	if now == 0 || i > 0 && isLatin(r[i]) && isLatin(r[i-1]) {
		return t, false
	}
	if n := wordOf(accountSet, r, i); n > 0 && clock.Accounts > 0 {
		y := clock.Accounts + accounts[string(r[i:i+n])]
		t.End, t.Period = i+n, Period{From: y*12 + 3, To: y*12 + 15, Label: fmt.Sprintf("%d-%02d", y, (y+1)%100)}
		return t, true
	}
	if clock.This.Known() && r[i] == '本' && i+1 < len(r) && r[i+1] == '期' {
		t.End, t.Period = i+2, clock.This
		return t, true
	}
	if n := wordOf(relativeSet, r, i); n > 0 {
		word := string(r[i : i+n])
		if carriedOver.At(r, i+n) > 0 {
			return t, false
		}
		t.End = i + n
		if word == "全年" || word == "当年" || strings.HasPrefix(word, "本年") && len(before) > 0 && i-before[len(before)-1].End <= 2 { // 2023年度本年收入
			return wholeYear(t, before)
		}
		t.Period = Year(now + relative[word])
		t.Unyeared = strings.HasPrefix(word, "本年") // of the year that is spoken of
		partOf(r, &t)
		return t, true
	}
	if n := wordOf(partSet, r, i); n > 0 {
		word, year := string(r[i:i+n]), now
		last, named := lastYear(before)
		if t.Unyeared = !named; named {
			year = last
		}
		if of, end := yearBehind(r, i+n, now); end > 0 { // the first nine months of last year
			year, n, t.Unyeared = of, end-i, false
		}
		t.End, t.Period = i+n, months(year, parts[word][0], parts[word][1])
		t.Label = fmt.Sprintf("%d年%s", year, word)
		return t, true
	}
	if n := wordOf(spanSet, r, i); n > 0 {
		years := spans[string(r[i:i+n])]
		from, to := now+min(years, 0), now+max(years, 0)
		t.End, t.Period = i+n, Period{From: from * 12, To: to * 12, Label: fmt.Sprintf("%d—%d年", from, to-1)}
		return t, true
	}
	if n := wordOf(decadeSet, r, i); n > 0 {
		t.End, t.Period = i+n, Year(now/10*10+10)
		return t, true
	}
	if n := wordOf(recentSet, r, i); n > 0 {
		t.End, t.Period = i+n, Period{From: (now - 1) * 12, To: now * 12, Label: string(r[i : i+n])}
		return t, true
	}
	if n := wordOf(nowSet, r, i); n > 0 {
		t.End, t.Period = i+n, asOf(now)
		return t, true
	}
	return t, false
}

// yearBehind is the year that an English part of one is of, and where its name ends: of last year, of 2018.
func yearBehind(r []rune, i, now int) (year, end int) {
	for _, of := range [][]rune{[]rune(" of the "), []rune(" of ")} {
		at := i + len(of)
		if at >= len(r) || !slices.Equal(r[i:at], of) {
			continue
		}
		if n := wordOf(relativeSet, r, at); n > 0 {
			return now + relative[string(r[at:at+n])], at + n
		}
		if y, err := strconv.Atoi(string(r[at:min(len(r), at+4)])); err == nil && y > 1800 && y < 2100 && (at+4 == len(r) || !digit(r[at+4])) {
			return y, at + 4
		}
	}
	return 0, 0
}

// wordOf is the length of a set's word at r[i]; a Latin one ends where its letters do: coming years
// is not the coming year.
func wordOf(set *terms.Set, r []rune, i int) int {
	n := set.At(r, i)
	if n > 0 && isLatin(r[i+n-1]) && i+n < len(r) && isLatin(r[i+n]) {
		return 0
	}
	return n
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
