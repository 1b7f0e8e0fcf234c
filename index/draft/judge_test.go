package draft_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/index/draft"
)

// said is a finding in a line: ✗ 3.8% 3.8% [direction].
func said(f draft.Finding) string {
	mark := ""
	for m, v := range marks {
		if v == f.Verdict {
			mark = m
		}
	}
	parts := []string{mark, f.Text}
	if f.Report != nil {
		parts = append(parts, f.Report.Text)
	}
	if len(f.Differs) > 0 {
		parts = append(parts, fmt.Sprint(f.Differs))
	}
	if f.NoReportOf != "" {
		parts = append(parts, "no report of "+f.NoReportOf)
	}
	if f.Elsewhen {
		parts = append(parts, "elsewhen")
	}
	for _, n := range f.Near {
		parts = append(parts, "~"+n.Text)
	}
	return strings.Join(parts, " ")
}

// One sentence each: what differs is told by its name, and what is not sure is not told
// to be wrong.
func TestFindings(t *testing.T) {
	e := engineOf(t, "testdata/reports")
	for text, want := range map[string]string{
		"2024年青溪县实现利润总额31.26亿元，增长3.8%。":                "✓ 31.26亿元 31.26亿元; ✗ 3.8% 3.8% [direction]",
		"2025年青溪县城镇新增就业6000人以下。":                       "✗ 6000人 6000人 [bound]",
		"2025年青溪县城镇新增就业6000人。":                         "≈ 6000人 6000人 [bound]",
		"2023年青溪县社会消费品零售总额148.67亿元。":                   "✗ 148.67亿元 148.67亿元 [period]",
		"2025年青溪县已改造老旧小区28个。":                          "✗ 28个 28个 [status]",
		"2024年青溪县粮食总产量138500吨。":                        "≈ 138500吨 13.85万吨 [unit]",
		"2024年青溪县粮食播种面积2.17万公顷。":                       "≈ 2.17万公顷 32.6万亩 [rounding]",
		"2024年青溪县社会消费品零售总额超148亿元。":                     "≈ 148亿元 148.67亿元 [rounding bound]",
		"2024年青溪县社会消费品零售总额近148亿元。":                     "✗ 148亿元 148.67亿元 [value]",
		"2024年青溪县GDP为386.42亿元。":                        "✓ 386.42亿元 386.42亿元",
		"常州市2024年一般公共预算收入24.86亿元。":                     "? 24.86亿元 no report of 常州市",
		"2019年青溪县一般公共预算收入20.1亿元。":                      "? 20.1亿元 elsewhen ~24.86亿元",
		"2024年一般公共预算收入50亿元。":                           "? 50亿元 ~92.17亿元 ~24.86亿元",
		"2024年白湖市粮食总产量13.85万吨。":                        "? 13.85万吨",
		"2024年青溪县规模以上工业企业达231家。":                       "✗ 231家 213家 [value]",
		"白湖市规模以上工业企业213家。":                             "✗ 213家 896家 [value]",
		"会议审议了三大任务，推进十四五规划第2项，青政发〔2025〕3号，亿元以上项目全部开工。": "",
	} {
		var got []string
		for _, f := range check(t, e, text).Findings {
			got = append(got, said(f))
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// Where the reports confirm no figure of five the draft is on something else: then nothing
// in it is told to be wrong. Beside one that they confirm the others are.
func TestDoubt(t *testing.T) {
	e := engineOf(t, "testdata/reports")
	const four = "青溪县2024年社会消费品零售总额30.5亿元，一般公共预算收入9.2亿元，粮食总产量4.1万吨，常住人口12.3万人，"
	for text, wrong := range map[string]int{four + "规模以上工业企业25家。": 0, four + "规模以上工业企业213家。": 4} {
		checked := check(t, e, text)
		if got := checked.Count(draft.Wrong); got != wrong || len(checked.Findings) != 5 {
			t.Errorf("%s: %d of %d are wrong, want %d", text, got, len(checked.Findings), wrong)
		}
	}
}

// What is wrong comes first, then what is not found; each in the order of the draft.
func TestSorted(t *testing.T) {
	c := draft.Checked{Findings: []draft.Finding{{Verdict: draft.Stands}, {Verdict: draft.Wrong, NoReportOf: "1"}, {Verdict: draft.Close}, {Verdict: draft.Wrong, NoReportOf: "2"}, {Verdict: draft.Unknown}}}
	var got []string
	for _, f := range c.Sorted() {
		got = append(got, string(f.Verdict)+f.NoReportOf)
	}
	if got := strings.Join(got, " "); got != "wrong1 wrong2 unknown close stands" {
		t.Error(got)
	}
}

// What is stated alike is of one thing, though its name is read otherwise: the thing stands
// behind, the verb is another, a change follows its level, the sentence before names it.
func TestStatedAlike(t *testing.T) {
	stated(t, `海灣市2024年施政報告
一、民生
醫療機構將增設約 130張康復病床，並於來年增加約 150張急症病床。我們會設立 5億元的“漁業持續發展基金”，協助漁民轉型。勞動部門透過全市 12所就業中心，為求職人士提供免費服務。2023年落成公屋 15 200個，新開工公屋 23 800個。
`, map[string]string{
		"海灣市將增加約150張急症病床和180張康復病床。":       "✓ 150張 150張; ✗ 180張 130張 [value]",
		"海灣市來年將設置160張急症病床。":               "✗ 160張 150張 [value]",
		"海灣市設立6億元的漁業持續發展基金。":              "✗ 6億元 5億元 [value]",
		"海灣市勞動部門設有12所就業中心。":               "✓ 12所 12所",
		"海灣市2023年落成公屋15 200個，新開工23 800個。": "✓ 15 200個 15 200個; ✓ 23 800個 23 800個",
		"海灣市2023年落成公屋23 800個，新開工15 200個。": "✗ 23 800個 15 200個 [value]; ✓ 15 200個 15 200個",
		"海灣市設有12所圖書館，聘請180名館員。":           "? 12所; ? 180名",
	})
	stated(t, `Harbour Bay Annual Report 2024
Part 1 Growth
We bounced back strongly in 2024. Visitor arrivals reached 33.2 million, a significant increase of 12% over the same period of the year before. We established the Harbour Energy Fund last year. I will top up the Fund by $5 billion. The programme raised 26,400 apprentices in 310 workshops.
A three-year pilot allowance scheme for re-employment was launched. The scheme was well received, with over 50 000 participants.
`, map[string]string{
		"Visitor arrivals reached 33.2 million, up 21%.":                     "✓ 33.2 million 33.2 million; ✗ 21% 12% [value]",
		"We will top up the Harbour Energy Fund by $6 billion.":              "✗ $6 billion $5 billion [value]",
		"The pilot scheme has over 50 000 participants.":                     "✓ 50 000 50 000",
		"Harbour Bay opened 310 libraries, and 2,600 librarians were hired.": "? 310; ? 2,600",
	})
}

// stated checks texts against a report, and holds what is found against what must be, what is
// near left out.
func stated(t *testing.T, report string, texts map[string]string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "report.txt"), []byte(report), 0o644); err != nil {
		t.Fatal(err)
	}
	e := engineWith(t, dir)
	for text, want := range texts {
		var lines []string
		for _, f := range check(t, e, text).Findings {
			f.Near = nil
			lines = append(lines, strings.ReplaceAll(said(f), " 個", "個"))
		}
		if got := strings.Join(lines, "; "); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
