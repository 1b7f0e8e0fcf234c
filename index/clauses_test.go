package index_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

const valley = `关于2024年教育、交通和水务工作的报告
青谷县人民政府
（2025年2月20日）
一、2024年工作情况
全县小学48所，初中17所。小学近视率33.2%，初中近视率66.8%。
新改建污水管网86公里，城乡供水一体化覆盖率由71%提高到84%。种植茶叶3.2万亩，产量1860吨。
一般债务限额12.5亿元，专项债务限额30.1亿元。一般债务余额11.9亿元，专项债务余额28.4亿元。
接待游客215万人次，旅游收入17.6亿元。
二、2025年工作计划
计划新改建污水管网70公里，接待游客达到240万人次。
`

const lakeside = `关于2023年教育工作的报告
白湖市教育局
（2024年3月1日）
一、2023年工作情况
全市小学312所，初中96所。接待游客1900万人次。
二、2024年工作计划
计划新建小学9所。
`

func valleys(t *testing.T) *index.Engine {
	t.Helper()
	var reports []*corpus.Report
	for name, text := range map[string]string{"valley": valley, "lakeside": lakeside} {
		r, err := corpus.Builtin().Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	return open(t, "", corpus.New(reports...))
}

func texts(a index.Answer, n int) string {
	var out []string
	for _, f := range a.Figures[:min(n, len(a.Figures))] {
		out = append(out, f.Text)
	}
	return strings.Join(out, " ")
}

// Each clause of a question gets its figure; what it lacks it takes from the
// others, and what no report has is told.
func TestClauses(t *testing.T) {
	e := valleys(t)
	for _, row := range []struct{ question, want, missing string }{
		{"青谷污水管网去年建了多少、今年还建多少公里", "86公里 70公里", ""},
		{"游客去年多少万人次 今年目标多少 青谷", "215万人次 240万人次", ""},
		{"青谷小学和初中各多少所", "48所 17所", ""},
		{"青谷小学近视率多少、初中多少", "33.2% 66.8%", ""},
		{"青谷供水一体化覆盖率由多少提高到多少", "71% 84%", ""},
		{"青谷专项债务限额和余额各多少", "30.1亿元 28.4亿元", ""},
		{"青谷小學多少所、軍艦多少艘", "48所", "軍艦多少艘"},
	} {
		a := e.Ask(context.Background(), row.question, nil)
		if got, missing := texts(a, a.Asked), strings.Join(a.Missing, " "); got != row.want || missing != row.missing {
			t.Errorf("%s: got %s, missing %q, want %s and %q", row.question, got, missing, row.want, row.missing)
		}
	}
}

// What is new in a follow-up replaces its counterpart; place, time and thing stay.
func TestReplacedInConversation(t *testing.T) {
	e := valleys(t)
	for _, row := range []struct {
		before []string
		asked  string
		want   string
	}{
		{[]string{"青谷小学近视率多少"}, "初中呢", "66.8%"},
		{[]string{"青谷去年接待游客多少"}, "今年目标呢", "240万人次"},
		{[]string{"青谷一般债余额多少"}, "专项债呢", "28.4亿元"},
		{[]string{"青谷接待游客多少"}, "旅游收入呢", "17.6亿元"},
		{[]string{"青谷小学多少所"}, "白湖呢", "312所"},
		{[]string{"白湖小学多少所"}, "今年新建多少所", "9所"},
		{[]string{"青谷一般債限額幾多"}, "咁專項債呢", "30.1亿元"},
	} {
		if a := e.Ask(context.Background(), row.asked, row.before); texts(a, 1) != row.want {
			t.Errorf("%v, %s: got %s, want %s (%s)", row.before, row.asked, texts(a, 3), row.want, a.Query)
		}
	}
}

// Asking words, counters and a place may be typed in pinyin beside characters.
func TestPinyinBesideCharacters(t *testing.T) {
	e := valleys(t)
	for question, want := range map[string]string{
		"青谷 xiaoxue duoshao suo":                 "48所",
		"qinggu 青谷 chuzhong jisuo":               "17所",
		"青谷 lvyou shouru duoshao":                "17.6亿元",
		"白湖 jinnian jihua xinjian xiaoxue jisuo": "9所",
	} {
		if a := e.Ask(context.Background(), question, nil); texts(a, 1) != want {
			t.Errorf("%s: got %s, want %s (%v, %s)", question, texts(a, 3), want, a.DidYouMean, a.Query)
		}
	}
}
