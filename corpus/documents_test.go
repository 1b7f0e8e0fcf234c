package corpus_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
)

// TestMain lets the test binary be the process that reads one file, as the
// program itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == isolate.Command {
		if err := format.ServeIsolated(document.Kind(os.Args[2]), os.Stdin, os.Stdout, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// made is where the documents lie that LibreOffice made: .ci/documents.
func made() string {
	if dir := os.Getenv("DOCUMENTS"); dir != "" {
		return dir
	}
	return "format/testdata/libreoffice"
}

func readMade(t *testing.T, name string) *corpus.Report {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(made(), name))
	if err != nil {
		t.Fatal(err)
	}
	reports, err := corpus.Builtin().ReadFile(context.Background(), name, content)
	if err != nil {
		t.Fatal(err)
	}
	checkReport(t, reports[0])
	return reports[0]
}

// line is how a figure reads in the tables below.
func line(f *corpus.Figure) string {
	return strings.Join([]string{f.Verb, f.What, f.Text, f.Value.String() + " " + f.Unit, f.Period.Label, string(f.Status), string(f.Role), string(f.Scope)}, "|")
}

// told is all that is understood of a report, white space aside: what a line
// break in a PDF was, its text can't tell.
func told(r *corpus.Report) string {
	var b strings.Builder
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	fmt.Fprintf(&b, "%s|%s|%s|%s|%d\n", r.Title, r.Issuer, r.DocNumber, r.Date, r.Year)
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&b, "[%s] %s\n", squeeze(strings.Join(p.Path(), ">")), squeeze(p.Text()))
		for _, f := range p.Figures() {
			fmt.Fprintf(&b, "  %s\n", squeeze(line(f)))
		}
	}
	return b.String()
}

func sameLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("line %d\n got %.300s\nwant %.300s", i, strings.Join(g[min(i, len(g)):min(i+2, len(g))], "\n"), strings.Join(w[min(i, len(w)):min(i+2, len(w))], "\n"))
		}
	}
}

// The embedded report, through LibreOffice and back, says what its text says.
func TestEmbeddedReportInEveryFormat(t *testing.T) {
	want := told(embeddedReport(t))
	for _, name := range []string{"report.docx", "report.doc", "report.html", "report.pdf"} {
		t.Run(name, func(t *testing.T) { sameLines(t, told(readMade(t, name)), want) })
	}
}

// A report with numbered headings, merged cells and a table that a page break
// cuts reads the same from each format.
func TestDocumentInEveryFormat(t *testing.T) {
	word := readMade(t, "indicators.docx")
	for _, row := range []struct{ name, got, want string }{
		{"title", word.Title, "洞头区2023年国民经济和社会发展情况的报告"},
		{"issuer", word.Issuer, "洞头区人民政府"},
		{"number", word.DocNumber, "洞政发〔2024〕12号"},
		{"date", word.Date, "2024-02-06"},
		{"period", word.Covers.Label, "2023年"},
	} {
		if row.got != row.want {
			t.Errorf("%s is %q, want %q", row.name, row.got, row.want)
		}
	}
	for _, name := range []string{"indicators.doc", "indicators.html", "indicators.pdf"} {
		t.Run(name, func(t *testing.T) { sameLines(t, told(readMade(t, name)), told(word)) })
	}
}

func outlineOf(r *corpus.Report) string {
	var lines []string
	for _, s := range r.Sections {
		if s.Level < 6 {
			lines = append(lines, strings.Repeat("  ", s.Level-2)+s.Marker+s.Heading)
		}
	}
	return strings.Join(lines, "\n")
}

// Numbers that Word counts by itself are those that its reader sees.
func TestAutomaticNumbers(t *testing.T) {
	want := `一、主要指标完成情况
  （一）经济运行总体平稳
  （二）各项指标对比
二、产业发展情况
  （一）数字经济
    1.企业培育
    2.分街道情况
三、2024年工作安排`
	for _, name := range []string{"indicators.docx", "indicators.doc"} {
		if got := outlineOf(readMade(t, name)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

// cells returns the figures of a report's tables, one a line.
func cells(r *corpus.Report) map[string]bool {
	out := map[string]bool{}
	for _, p := range r.Paragraphs {
		if p.Row == nil {
			continue
		}
		for _, f := range p.Figures() {
			out[line(f)] = true
		}
	}
	return out
}

// A cell is a figure with the headings of its row and column, also after the
// end of the page, under merged headings, and in the unit that they state.
func TestCellsAreFigures(t *testing.T) {
	for name, want := range map[string][]string{
		"indicators.pdf": {
			"|地区生产总值|148.24|14824000000 元|2023年|actual|level|区",
			"|地区生产总值|7.1|7.1 %|2023年|actual|growth|区",
			"|第二产业增加值|48.35|4835000000 元|2022年|actual|level|区",
			"|第二产业增加值工业增加值|33.72|3372000000 元|2023年|actual|level|区",
			"|外贸进出口总额|203180|2031800000 元|2023年|actual|level|区",
			"|接待游客|705.90|7059000 人次|2023年|actual|level|区",
			"|污水处理率|98.0|98 %|2023年|actual|level|区",
			"|发放消费券|493|4930000 元|2023年|actual|level|区", // on the next page
			"|离岛片大门镇企业数|187|187 家|2023年|actual|level|区",
			"|离岛片大门镇营业收入|16,440|164400000 元|2023年|actual|level|区",
			"|营业收入|101,370|1013700000 元|2023年|actual|level|区",
		},
		"streets.xlsx": {
			"|本岛片元觉街道企业数|153|153 家|2023年|actual|level|",
			"|本岛片元觉街道营业收入|9,850|98500000 元|2023年|actual|level|",
			"|本岛片元觉街道营业收入|-1.2%|-1.2 %|2023年|actual|growth|",
		},
	} {
		got := cells(readMade(t, name))
		for _, w := range want {
			if !got[w] {
				t.Errorf("%s lacks %s", name, w)
			}
		}
	}
}

// A workbook reads the same from both of its formats.
func TestWorkbooks(t *testing.T) {
	sameLines(t, told(readMade(t, "streets.xls")), told(readMade(t, "streets.xlsx")))
	if got := len(cells(readMade(t, "streets.csv"))); got != 21 {
		t.Errorf("the CSV file has %d figures, want 21", got)
	}
}

// Pages are known by the place in the text.
func TestPages(t *testing.T) {
	r := readMade(t, "indicators.pdf")
	page := map[string]int{}
	for _, p := range r.Paragraphs {
		page[strings.Split(p.Text(), " | ")[0]] = r.Page(p.Start)
	}
	if page["区人大常委会："] != 1 || page["发放消费券"] < 2 || page["北岙街道"] > page["合计"] {
		t.Errorf("pages: %v", page)
	}
}

// Plain text is the file as it stands in every encoding of it.
func TestTextIsUnchanged(t *testing.T) {
	content, err := os.ReadFile("reports/关于数字经济发展审议意见落实情况的报告.txt")
	if err != nil {
		t.Fatal(err)
	}
	reports, err := corpus.Builtin().ReadFile(context.Background(), "关于数字经济发展审议意见落实情况的报告.txt", content)
	if err != nil {
		t.Fatal(err)
	}
	if r, want := reports[0], embeddedReport(t); r.Text != string(content) || told(r) != told(want) {
		t.Error("a text file is not read as it stands")
	}
}

// A text without the end of a sentence is read by its clauses, or refused, in
// time: not in the square of its length.
func TestTextWithoutSentences(t *testing.T) {
	for name, row := range map[string]struct {
		text    string
		refused bool
	}{
		"clauses": {strings.Repeat("新增企业3家、", 10_000), false},
		"digits":  {strings.Repeat("1", 1<<20), true},
		"names":   {strings.Repeat("张伟、", 10_000), false},
	} {
		reports, err := corpus.Builtin().ReadFile(context.Background(), "a.txt", []byte("名单\n"+row.text))
		if (err != nil) != row.refused {
			t.Errorf("%s: %v", name, err)
		}
		for _, r := range reports {
			checkReport(t, r)
		}
	}
}

// The report's own title, not that of the page around it or of a headline over it;
// who issued it and when, from below the title or from what the page says.
func TestPageHead(t *testing.T) {
	const body = "<p>2023年全县生产总值186.5亿元，比上年增长6.2%。</p>"
	for _, row := range []struct{ head, page, title, issuer, date string }{
		{"", `<h1>长者版</h1><p>首页</p><p>政府工作报告</p><p>白石县2023年统计公报</p><p>白石县统计局　国家统计局白石调查队</p><p>2024年3月5日</p>`,
			"白石县2023年统计公报", "白石县统计局、国家统计局白石调查队", "2024-03-05"},
		{"<title>帮助中心</title>", `<h2>县人大会议隆重开幕</h2><p>政府工作报告（2024年）</p><p>——二〇二四年一月</p><p>十六日在白石县第九届人民代表大会第三次</p><p>会议上</p><p>县长　张某</p>`,
			"政府工作报告（2024年）", "", "2024-01-16"},
		{`<meta name="ArticleTitle" content="关于白石县2023年预算执行情况的报告"><meta name="PubDate" content="2024-02-01 10:00"><meta name="ContentSource" content="县财政局"><meta name="SiteName" content="白石县人民政府">`, ``,
			"关于白石县2023年预算执行情况的报告", "白石县财政局", "2024-02-01"},
		{`<meta name="ArticleTitle" content="白石县2023年统计公报"><meta name="ContentSource" content="云山市统计局">`, `<p>2024-03-05　来源：云山市统计局</p>`,
			"白石县2023年统计公报", "", "2024-03-05"},
		{`<meta name="ArticleTitle" content="白石县2023年统计公报"><meta name="ContentSource" content="本网">`, ``,
			"白石县2023年统计公报", "", ""},
		{`<meta name="ArticleTitle" content="白石县财政局关于2023年决算的报告">`, `<p>发布时间：2024-07-08 09:10</p>`,
			"白石县财政局关于2023年决算的报告", "白石县财政局", "2024-07-08"},
		{`<meta name="ArticleTitle" content="白石县2023年政府工作报告">`, `<p>各位代表：</p><p>我代表县人民政府，向大会报告工作。</p>`,
			"白石县2023年政府工作报告", "白石县人民政府", ""},
		{`<meta name="ArticleTitle" content="关于白石县2023年预算执行情况的报告">`, `<p>白石县财政局局长　李某</p><p>各位代表：</p>`,
			"关于白石县2023年预算执行情况的报告", "白石县财政局", ""},
	} {
		reports, err := corpus.Builtin().ReadFile(context.Background(), "a.html", []byte("<html><head>"+row.head+"</head><body>"+row.page+body+"</body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		if r := reports[0]; r.Title != row.title || r.Issuer != row.issuer || r.Date != row.date {
			t.Errorf("%s\n got %q %q %q\nwant %q %q %q", row.head+row.page, r.Title, r.Issuer, r.Date, row.title, row.issuer, row.date)
		}
	}
}

// A number typed against the text behind it is that of a list where the lines
// around it say so; the mark of a note and a power of ten are no digits of a figure.
func TestTyped(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"1.35公里公路建成通车。\n2.12所学校完成改造。\n3.2023年新增就业2600人。", "35公里 12所 2600人"},
		{"1.新建公路。\n2.12所学校完成改造。", "12所"},
		{"1．35公里公路建成通车。\n公路沿河。\n2．12所学校完成改造。", "35公里 12所"},
		{"1.35公里公路建成通车。", "1.35公里"},
		{"2.12亿元到位。\n3.5亿元开工。", "2.12亿元 3.5亿元"},
		{"1.1亿元到位。\n1.2亿元开工。\n2.1亿元完工。", "1.1亿元 1.2亿元 2.1亿元"},
		{"建成基站174①个，就业2600[1]人。", "174①个 2600"},
		{"产煤10⁴吨，发电35亿千瓦时。", "35亿千瓦时"},
	} {
		r, err := corpus.Builtin().Parse("a", []byte("白石县2023年工作报告\n一、主要工作\n"+row.text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				got = append(got, f.Text)
			}
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%q: %q, want %q", row.text, strings.Join(got, " "), row.want)
		}
	}
}
