package index_test

import (
	"context"
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
		r, err := corpus.Parse(string(rune('a'+i)), []byte(text))
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
