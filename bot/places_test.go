package bot_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/index"
)

// onReports is a handler over reports by their names, in the order of these.
func onReports(t *testing.T, texts map[string]string) *bot.Handler {
	t.Helper()
	var reports []*corpus.Report
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		r, err := corpus.Builtin().ParseDocument(name, &document.Document{Kind: document.Text, Text: texts[name]})
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	e, err := index.Open("", corpus.New(reports...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return bot.NewLocal(e)
}

// Of several places' reports it is asked which is meant, and a place without one is
// told with those there are, named as the reports name them; neither is "the reports do not say".
func TestPlaces(t *testing.T) {
	h := onReports(t, map[string]string{"临川市": river, "云溪市": strings.ReplaceAll(river, "临川市", "云溪市")})
	for _, c := range []struct{ lang, question, want string }{
		{"zh", "我市耕地面积净增多少", "现有报告有几个地方的：临川市、云溪市。请问要查哪里的？"},
		{"zh-Hant", "我市耕地面積淨增多少", "現有報告有幾個地方的：临川市、云溪市。請問要查哪裡的？"},
		{"zh", "上海市耕地面积净增多少", "没有上海市的报告，查不到。现有报告：临川市、云溪市。"},
		{"zh-Hant", "上海市耕地面積淨增多少", "沒有上海市的報告，查不到。現有報告：临川市、云溪市。"},
		{"zh", "云溪市耕地面积净增多少", "净增212万亩"},
	} {
		got := h.Handle(context.Background(), bot.Message{Text: c.question, Lang: c.lang}).Text()
		if !strings.Contains(got, c.want) || strings.Contains(got, "没有查到") {
			t.Errorf("%s\n%s", c.question, got)
		}
	}
}

// Provinces are not ranked among cities: each level has a table of its own.
func TestLevels(t *testing.T) {
	texts := map[string]string{}
	for name, growth := range map[string]string{"江西省": "5.2", "湖北省": "5.5", "临川市": "6.1", "云溪市": "5.9"} {
		texts[name+"2026"] = "2026年" + name + "政府工作报告\n一、2025年工作回顾\n地区生产总值增长" + growth + "%。\n"
	}
	text := onReports(t, texts).Handle(context.Background(), bot.Message{Text: "地区生产总值增速排个名"}).Text()
	at := -1
	for _, want := range []string{"省级", "湖北省", "江西省", "市级", "临川市", "云溪市"} {
		next := strings.Index(text, want)
		if next <= at {
			t.Fatalf("%s is not behind the one before in\n%s", want, text)
		}
		at = next
	}
}
