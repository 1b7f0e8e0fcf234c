package corpus

import (
	"fmt"
	"strings"

	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
)

// Period is a span of months, counted from year 0 (year*12 + month-1), half
// open. The zero Period is "not known".
type Period struct {
	From, To int
	Label    string // "2023年", "2024年上半年", "截至目前"
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
func (p Period) AsOf() bool { return p.Label == asOfLabel }

const asOfLabel = "截至目前"

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
	Until      bool // 到2025年: a goal where the year is ahead
}

// relative words for a year: what to add to the year in which the report speaks.
var relative = map[string]int{
	"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "this year": 0, "去年": -1, "上年": -1, "上一年": -1,
	"last year": -1, "previous year": -1, "前年": -2, "明年": 1, "next year": 1, "过去一年": -1, "一年来": -1, "past year": -1,
	"year before": -1, "全年": 0, "下一年": 1, "来年": 1, "新的一年": 0, "the coming year": 0,
}

// parts of a year: the first month and the number of months.
var parts = map[string][2]int{
	"上半年": {0, 6}, "下半年": {6, 6}, "前三季度": {0, 9}, "一季度": {0, 3}, "第一季度": {0, 3},
	"二季度": {3, 3}, "第二季度": {3, 3}, "三季度": {6, 3}, "第三季度": {6, 3}, "四季度": {9, 3},
	"第四季度": {9, 3}, "首季": {0, 3}, "first half": {0, 6}, "second half": {6, 6},
	"first quarter": {0, 3}, "second quarter": {3, 3}, "third quarter": {6, 3}, "fourth quarter": {9, 3}, "first three quarters": {0, 9},
}

// fiveYears of the plans: 十四五 is 2021 to 2025.
var fiveYears = map[string]int{"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "14th five-year plan": 2021, "15th five-year plan": 2026, "13th five-year plan": 2016}

var relativeSet, partSet, fiveYearSet = keys(relative), keys(parts), keys(fiveYears)

var nowSet = terms.NewSet("截至目前", "截止目前", "目前", "截至今年", "到目前为止", "至今", "现有", "现在", "so far", "to date", "at present", "currently")

var sinceSet = terms.NewSet("近三年", "近五年", "过去五年", "五年来", "过去三年", "三年来", "近年来", "past five years", "past three years", "last five years")

var spanYears = map[string]int{"近三年": 3, "近五年": 5, "过去五年": 5, "五年来": 5, "过去三年": 3, "三年来": 3, "past five years": 5, "past three years": 3, "last five years": 5}

var comparedSet = terms.NewSet("比", "较", "与", "比照", "相比", "than ", "than in ", "over ", "from ", "on ", "against ", "compared with ", "compared to ", "compared with the ", "than the ", "over the ")

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
}

// Times finds the periods named in folded runes; numbers are its quantities.
func Times(r []rune, numbers []quantity.Quantity, clock Clock) []TimeWord {
	var out []TimeWord
	add := func(t TimeWord) {
		n := comparedSet.Before(r, t.Start)
		if n > 0 && isLatin(r[t.Start-n]) && t.Start > n && isLatin(r[t.Start-n-1]) {
			n = 0 // concentration last year
		}
		t.Compared = n > 0 && !(t.Start > n && strings.ContainsRune("占同环对之", r[t.Start-n-1])) // 占比现在多少
		if n := len(out); n > 0 && joins(r, out[n-1], t) {
			out[n-1].Label += "—" + t.Label
			out[n-1].To, out[n-1].End = t.To, t.End
			return
		}
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
		if !ok {
			t, ok = worded(r, i, clock.Year, out)
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

// joins tells 2022年7月至2023年6月: one period from the first to the last.
func joins(r []rune, first, last TimeWord) bool {
	return last.Start == first.End+1 && strings.ContainsRune("至到-—~", r[first.End]) && first.Known() && last.From >= first.From && last.To > first.To && !first.AsOf()
}

// dated reads 2023年, 2021—2025年, 2024年3月, and 3月, 1—3月 of the year named
// last, else of the one given.
func dated(r []rune, q quantity.Quantity, year int, before []TimeWord) (TimeWord, bool) {
	y := int(q.Value.IntPart())
	t := TimeWord{Start: q.Start, End: q.End}
	switch q.Unit {
	case "年", "年度", "学年", "":
		if y < 100 || y > 3000 {
			return t, false
		}
		t.Period = Year(y)
		if high := int(q.High.IntPart()); high > y && high-y < 100 {
			t.To, t.Label = high*12+12, fmt.Sprintf("%d—%d年", y, high)
			return t, true
		}
		partOf(r, &t)
		return t, true
	case "月":
		if len(before) > 0 {
			year = before[len(before)-1].From / 12
		}
		high := int(q.High.IntPart())
		if year == 0 || y < 1 || high > 12 || y > high {
			return t, false
		}
		t.Period = months(year, y-1, high-y+1)
		return t, true
	}
	return t, false
}

// partOf narrows a year by what follows it: 上半年, 一季度, 3月, 1—6月, 底.
func partOf(r []rune, t *TimeWord) {
	year := t.From / 12
	if n := partSet.At(r, t.End); n > 0 {
		word := string(r[t.End : t.End+n])
		t.Period = months(year, parts[word][0], parts[word][1])
		t.Label = fmt.Sprintf("%d年%s", year, word)
		t.End += n
		return
	}
	if t.End+1 < len(r) && r[t.End] >= '1' && r[t.End] <= '9' {
		if found := quantity.ScanRunes(r[t.End:min(len(r), t.End+8)]); len(found) > 0 && found[0].Start == 0 && found[0].Unit == "月" {
			q := found[0]
			from, to := int(q.Value.IntPart()), int(q.High.IntPart())
			if from >= 1 && to <= 12 && from <= to {
				t.Period = months(year, from-1, to-from+1)
				t.Label = fmt.Sprintf("%d年%s", year, string(r[t.End:t.End+q.End]))
				t.End += q.End
			}
		}
	}
}

func months(year, first, n int) Period {
	p := Period{From: year*12 + first, To: year*12 + first + n, Label: fmt.Sprintf("%d年%d月", year, first+1)}
	if n > 1 {
		p.Label = fmt.Sprintf("%d年%d—%d月", year, first+1, first+n)
	}
	return p
}

// worded reads 去年, 今年上半年, 上半年, “十四五”, 截至目前 at r[i].
func worded(r []rune, i, now int, before []TimeWord) (TimeWord, bool) {
	t := TimeWord{Start: i}
	if n := fiveYearSet.At(r, i); n > 0 && !ofOneYear(r, i+n) {
		y := fiveYears[string(r[i:i+n])]
		t.End, t.Period = i+n, Period{From: y * 12, To: y*12 + 60, Label: fmt.Sprintf("%d—%d年", y, y+4)}
		return t, true
	}
	if now == 0 || i > 0 && isLatin(r[i]) && isLatin(r[i-1]) {
		return t, false
	}
	if n := relativeSet.At(r, i); n > 0 {
		word := string(r[i : i+n])
		if carriedOver.At(r, i+n) > 0 {
			return t, false
		}
		t.End = i + n
		if word == "全年" || word == "当年" || strings.HasPrefix(word, "本年") && len(before) > 0 && i-before[len(before)-1].End <= 2 { // 2023年度本年收入
			return wholeYear(t, now, before)
		}
		t.Period = Year(now + relative[word])
		partOf(r, &t)
		return t, true
	}
	if n := partSet.At(r, i); n > 0 {
		word, year := string(r[i:i+n]), now
		if len(before) > 0 {
			year = before[len(before)-1].From / 12
		}
		t.End, t.Period = i+n, months(year, parts[word][0], parts[word][1])
		t.Label = fmt.Sprintf("%d年%s", year, word)
		return t, true
	}
	if n := sinceSet.At(r, i); n > 0 {
		word := string(r[i : i+n])
		years := max(spanYears[word], 1)
		t.End, t.Period = i+n, Period{From: (now - years) * 12, To: now * 12, Label: word}
		return t, true
	}
	if n := nowSet.At(r, i); n > 0 {
		t.End, t.Period = i+n, asOf(now)
		return t, true
	}
	return t, false
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
	return Period{From: (now - 1) * 12, To: now*12 + 12, Label: asOfLabel}
}

// wholeYear is 全年, 当年: the year named before in the sentence, else left to the section.
func wholeYear(t TimeWord, now int, before []TimeWord) (TimeWord, bool) {
	if len(before) == 0 {
		return t, false
	}
	t.Period = Year(before[len(before)-1].From / 12)
	return t, true
}

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' }
