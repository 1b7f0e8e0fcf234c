package index_test

import (
	"context"
	"fmt"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

// several is an engine on reports of these texts, by name.
func several(t testing.TB, texts ...string) *index.Engine {
	t.Helper()
	return open(t, "", library(t, texts...))
}

func library(t testing.TB, texts ...string) *corpus.Corpus {
	t.Helper()
	var reports []*corpus.Report
	for i, text := range texts {
		r, err := corpus.Builtin().Parse(string(rune('a'+i)), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	return corpus.New(reports...)
}

// Two reports of one template have sentences at the same bytes. They are two
// sentences all the same: taken for one, the stretch between their figures lay
// outside of the paragraph.
func TestSentencesOfTwoReports(t *testing.T) {
	e := several(t,
		"甲市2023年政府工作报告\n一、2023年工作回顾\n全年新建公园12345678个，改造公园3个。\n",
		"乙市2023年政府工作报告\n一、2023年工作回顾\n全年新建大公园12345个，改造公园3个。\n")
	a := e.Ask(context.Background(), "新建公园多少个", nil)
	if !a.Answered || len(a.Figures) == 0 || a.Figures[0].Text != "12345678个" {
		t.Errorf("got %v", first(a, 3))
	}
}

// Of ten years' reports that all say much of parks the one of the year asked about is searched by
// itself: its paragraph would not be among the best of all.
func TestReportsOfManyYears(t *testing.T) {
	var reports []*corpus.Report
	for year := 2011; year <= 2020; year++ {
		text := fmt.Sprintf("白州区%d年政府工作报告\n一、%d年工作回顾\n", year+1, year)
		for k := range 8 {
			text += fmt.Sprintf("推进公园建设，新建公园的公园管护机制完善，第%d次调度会研究公园选址。\n", k)
		}
		text += fmt.Sprintf("加强要素保障，项目有序推进，质量安全总体受控。%d年新建公园%d个，改造提升8个，完成投资9.8亿元，同比增长3.1%%。\n", year, year-1500)
		r, err := corpus.Builtin().Parse(fmt.Sprint("r", year), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	e := open(t, "", corpus.New(reports...))
	for year := 2011; year <= 2020; year++ {
		a := e.Ask(context.Background(), fmt.Sprintf("%d年新建公园多少个", year), nil)
		if want := fmt.Sprintf("%d个", year-1500); len(a.Figures) == 0 || a.Figures[0].Text != want {
			t.Errorf("%d: got %v, want %s", year, first(a, 2), want)
		}
	}
}

// A part of a year that a question names without saying of which is the last one that the report tells of;
// with a year it is of that alone, and what stands instead is the same part of another.
func TestPartOfAYear(t *testing.T) {
	e := several(t, "某市2024年政府工作报告\n\n一、2023年工作回顾\n\n全市税收收入达到500亿元。上半年，全市出口700亿元，增长5%。一季度出口300亿元。前11个月，进口200亿元。\n")
	for question, want := range map[string]string{
		"上半年出口多少": "700亿元 2023年上半年", "Q1出口多少": "300亿元 2023年一季度", "1-11月进口": "200亿元 2023年前11个月", "23年H1出口": "700亿元 2023年上半年",
		"24年上半年出口": "not; 700亿元 2023年上半年", "23年三季度出口": "not; 300亿元 2023年一季度",
	} {
		a := e.Ask(t.Context(), question, nil)
		said := a.Figures
		got := ""
		if !a.Answered {
			got, said = "not; ", a.Instead
		}
		if len(said) == 0 {
			t.Errorf("%s: nothing, want %s", question, want)
			continue
		}
		if got += said[0].Text + " " + said[0].Period.Label; got != want {
			t.Errorf("%s: %s, want %s", question, got, want)
		}
	}
}
