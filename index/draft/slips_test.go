package draft_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

// A slip each of whoever writes a draft, and what is written rightly beside it, against the
// bulletins of two years and a table.
func TestSlips(t *testing.T) {
	const of2024 = "丰原县2024年国民经济和社会发展统计公报\n一、综合\n全年全县实现生产总值386.42亿元，增长5.3%。规模以上工业企业213家，利润总额31.26亿元，下降3.8%。\n" +
		"二、建设\n全年改造老旧小区28个，新建公园12个。环湖公路建设工期3年，总投资26.5亿元。\n" +
		"三、民生\n全年社会消费品零售总额148.67亿元，比上年增长6.1%。常住人口城镇化率61.2%，比上年提高0.7个百分点。发明专利授权量比上年增加231件。城镇和农村居民人均可支配收入分别为52318元和29871元。\n"
	const of2023 = "丰原县2023年国民经济和社会发展统计公报\n一、综合\n全年全县实现生产总值361.15亿元，增长4.9%。规模以上工业企业198家。\n"
	const table = "丰原县2024年财政收支表\n指标,2024年（亿元）,比上年增长（%）\n税收收入,12.4,8.2\n非税收入,3.1,-2.6\n"
	const progress = "丰原县2026年上半年重点工作进展情况的报告\n一、进展\n2026年上半年已新建充电桩312个。\n"
	e := against(t, map[string]string{"a.txt": of2024, "b.txt": of2023, "c.csv": table, "d.txt": progress})
	for _, row := range []struct{ text, want string }{
		// which way it went: in a word, by a sign in a table, of points and of things
		{"2024年丰原县利润总额同比降幅3.8%。", "✓ 3.8% 3.8%"},
		{"2024年丰原县利润总额同比增幅3.8%。", "✗ 3.8% 3.8% [direction]"},
		{"2024年丰原县税收收入12.4亿元，增长8.2%。", "✓ 12.4亿元 12.4; ✓ 8.2% 8.2"},
		{"2024年丰原县税收收入12.4亿元，下降8.2%。", "✓ 12.4亿元 12.4; ✗ 8.2% 8.2 [direction]"},
		{"2024年丰原县非税收入3.1亿元，下降2.6%。", "✓ 3.1亿元 3.1; ✓ 2.6% -2.6"},
		{"2024年丰原县非税收入3.1亿元，增长2.6%。", "✓ 3.1亿元 3.1; ✗ 2.6% -2.6 [direction]"},
		{"2024年丰原县常住人口城镇化率提高0.7个百分点。", "✓ 0.7个百分点 0.7个百分点"},
		{"2024年丰原县发明专利授权量增加231件。", "✓ 231件 231件"},
		{"2024年丰原县发明专利授权量减少231件。", "✗ 231件 231件 [direction]"},
		// counted in another word it is the same
		{"2024年丰原县规模以上工业企业213个。", "✓ 213个 213家"},
		// the year: another one, also under half a name; the last one where none is told
		{"2024年丰原县实现生产总值361.15亿元。", "✗ 361.15亿元 386.42亿元 [value]"},
		{"2022年丰原县规模以上企业213家。", "✗ 213家 213家 [period]"},
		{"丰原县规模以上工业企业231家。", "✗ 231家 213家 [value]"},
		// planned, and done
		{"2026年上半年丰原县力争新建充电桩312个。", "✗ 312个 312个 [status]"},
		{"2026年上半年丰原县新建充电桩312个。", "✓ 312个 312个"},
		// the neighbour in a list
		{"2024年丰原县农村居民人均可支配收入29871元。", "✓ 29871元 29871元"},
		{"2024年丰原县农村居民人均可支配收入52318元。", "✗ 52318元 29871元 [value]"},
		// a name that says nearly as much is meant
		{"2024年丰原县社会消费品零售额158.67亿元。", "✗ 158.67亿元 148.67亿元 [value]"},
		{"2024年丰原县消费品零售总额158.67亿元。", "✗ 158.67亿元 148.67亿元 [value]"},
		// years of building beside a figure that is right are of the same road
		{"2024年丰原县环湖公路需工期5年，总投资26.5亿元。", "✗ 5年 3年 [value]; ✓ 26.5亿元 26.5亿元"},
	} {
		var got []string
		for _, f := range check(t, e, row.text).Findings {
			got = append(got, said(f))
		}
		if got := strings.Join(got, "; "); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
		}
	}
}

// against is an engine on reports of these texts, by file name.
func against(t testing.TB, texts map[string]string) *index.Engine {
	t.Helper()
	var reports []*corpus.Report
	for name, text := range texts {
		read, err := corpus.Builtin().ReadFile(context.Background(), name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, read...)
	}
	e, err := index.Open("", corpus.New(reports...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
