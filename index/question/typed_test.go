package question

import (
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/quantity"
)

// What is typed short is read as it is meant.
func TestAmountsAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"a bonus of $1m": "a bonus of $1 million", "5bn in loans": "5 billion in loans", "£20k a year": "£20 thousand a year",
		"5m of cable": "5m of cable", "k12 schools": "k12 schools", "$3.5bn": "$3.5 billion",
	} {
		if got := string(wholeAmounts([]rune(typed))); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

// Times as they are typed: the last two digits of a year, quarters and months in short, and stretches of years
// that are no years.
func TestTimesAsTyped(t *testing.T) {
	l, err := New(nil, quantity.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"23年一季度税收": "2023年一季度", "去年Q4税收": "2023年四季度", "23年H1税收": "2023年上半年", "2023年第1季度税收": "2023年第1季度", "1-11月税收": "2024年1—11月",
		"去年前9个月税收": "2023年前9个月", "元月份税收": "2024年元月份", "23年度税收": "2023年", "21到23年税收": "2021—2023年", "22-23年税收": "2022—2023年", "近20年税收": "2004—2023年",
		"15年期国债多少": "", "大前年税收": "2021年", "25年多少税收": "2025年", "23年3月税收": "2023年3月",
		"revenue 1Q17": "1Q 2017", "revenue in Q4 last year": "Q4 2023", "revenue apr-dec 17": "Apr-Dec 2017", "revenue between April and December 2017": "April and December 2017",
		"revenue from april to december last year": "April to December 2023", "revenue first 9 months of last yr": "first 9 months of 2023", "revenue 2nd half 2017": "2nd half of 2017",
		"revenue FY17/18": "FY2017/18", "revenue at end-2017": "2017年", "revenue year before last": "2022年", "h1n1 cases": "",
	} {
		var got []string
		for _, p := range l.Understand(typed, corpus.Clock{Year: 2024}).Periods {
			got = append(got, p.Label)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", typed, strings.Join(got, ", "), want)
		}
	}
}

// What stands between two ends is one thing; and joins two others.
func TestSegmentsBetween(t *testing.T) {
	l, err := New(nil, quantity.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"revenue between april and december 2017": 1, "the gap between rich and poor": 1, "rents and wages": 2} {
		if got := len(l.Segments([]rune(text))); got != want {
			t.Errorf("%s: %d segments, want %d", text, got, want)
		}
	}
}
