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
	reports, err := corpus.ReadFile(context.Background(), name, content)
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
	reports, err := corpus.ReadFile(context.Background(), "关于数字经济发展审议意见落实情况的报告.txt", content)
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
		reports, err := corpus.ReadFile(context.Background(), "a.txt", []byte("名单\n"+row.text))
		if (err != nil) != row.refused {
			t.Errorf("%s: %v", name, err)
		}
		for _, r := range reports {
			checkReport(t, r)
		}
	}
}
