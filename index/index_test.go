package index_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/indextest"
	"reportbot/index/rank"
)

func open(t testing.TB, dir string, c *corpus.Corpus) *index.Engine {
	t.Helper()
	e, err := index.Open(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func embedded(t testing.TB) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// embeddedReport is the embedded report.
func embeddedReport(t testing.TB) *corpus.Report {
	t.Helper()
	c := embedded(t)
	return c.Report(c.Reports[0].ID)
}

// questionsOf makes questions from every figure of the reports, in several
// manners and scripts: some have answers, some have none.
func questionsOf(c *corpus.Corpus) (questions []string) {
	for r := range c.All {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				for _, form := range []string{"%s多少", "2024年%s是多少", "2019年%s", "%s的目标", "why %s", "%s呢"} {
					questions = append(questions, fmt.Sprintf(form, f.Verb+f.What))
				}
			}
			if lead := r.Slice(p.Lead); lead != "" {
				questions = append(questions, lead, lead+"有哪些")
			}
		}
	}
	return questions
}

// Every digit shown stands in the cited paragraph, at the cited offsets, and
// every figure's paragraph is among the passages.
func TestEveryDigitStandsWhereCited(t *testing.T) {
	e := open(t, "", embedded(t))
	questions := questionsOf(e.Corpus())
	for _, q := range questions {
		a := e.Ask(context.Background(), q, nil)
		texts := ""
		for _, p := range a.Passages {
			texts += p.Text()
			if !strings.Contains(p.Text(), p.Report.Slice(p.Best)) {
				t.Errorf("%q: the best sentence is not in its paragraph", q)
			}
		}
		for _, f := range append(a.Figures, a.Instead...) {
			r := f.Paragraph.Report
			if r.Text[f.Start:f.End] != f.Text || f.Start < f.Paragraph.Start || f.End > f.Paragraph.End || !strings.Contains(texts, f.Text) {
				t.Errorf("%q: %s is not where it is cited", q, f.Text)
			}
		}
		if !a.Answered && len(a.Figures) > 0 {
			t.Errorf("%q is not answered, yet has figures", q)
		}
		for _, f := range a.Figures {
			for _, p := range a.Query.Periods {
				if f.Period.Known() && !f.Period.Overlaps(p) {
					t.Errorf("%q asks for %s and got a figure of %s", q, p.Label, f.Period.Label)
				}
			}
		}
	}
	t.Logf("%d questions", len(questions))
}

// The same question, asked again, in traditional script or in full-width
// forms, gets the same figures.
func TestSameQuestionSameAnswer(t *testing.T) {
	e := open(t, "", embedded(t))
	first := func(q string) string {
		a := e.Ask(context.Background(), q, nil)
		if len(a.Figures) == 0 {
			return fmt.Sprint(a.Answered)
		}
		return a.Figures[0].ID
	}
	wide := strings.NewReplacer("0", "０", "2", "２", "3", "３", "4", "４", "5", "５", "G", "Ｇ", "一", "一")
	traditional := strings.NewReplacer("铁", "鐵", "个", "個", "电", "電", "枪", "槍", "网", "網", "数", "數", "业", "業", "发", "發", "经", "經", "济", "濟", "实", "實", "现", "現", "务", "務")
	for i, q := range questionsOf(e.Corpus()) {
		want := first(q)
		again := []string{q, wide.Replace(q), traditional.Replace(q), "  " + q + "？ "}[i%4] // each question in one of these
		if got := first(again); got != want {
			t.Errorf("%q gets %s, %q gets %s", q, want, again, got)
		}
	}
}

func TestPeriodStatusAndAreaAreNeverMixed(t *testing.T) {
	e := open(t, "", embedded(t))
	for _, row := range []struct{ question, want string }{
		{"2023年网络零售多少", "22.7亿元"}, {"去年网络零售多少", "22.7亿元"}, {"2024年网络零售额目标", "15亿元"}, {"今年网络零售额要达到多少", "15亿元"},
		{"2021年网络零售额是多少", ""}, {"2022年新建5G基站多少个", ""}, {"2023年新增省科技型中小企业多少家", "14家"}, {"2024年新增省科技型企业多少家", "12家"},
		{"全区新建5G基站多少个", "174个"}, {"全市新建5G基站多少个", ""}, {"全省新建5G基站多少个", ""}, {"上海新建了多少5G基站", ""},
	} {
		a := e.Ask(context.Background(), row.question, nil)
		got := ""
		if a.Answered && len(a.Figures) > 0 {
			got = a.Figures[0].Text
		}
		if got != row.want {
			t.Errorf("%s: got %q, want %q", row.question, got, row.want)
		}
	}
}

// A follow-up is read with the question before it.
func TestConversation(t *testing.T) {
	e := open(t, "", embedded(t))
	for _, row := range []struct {
		before []string
		asked  string
		want   string
	}{
		{[]string{"铁塔基站建了几个？"}, "5G的呢？", "174个"},
		{[]string{"2023年新增省科技型中小企业多少家"}, "2024年呢", "12家"},
		{[]string{"充电站有多少座"}, "那充电枪呢", "277支"},
		{[]string{"how many charging stations were built"}, "and charging guns?", "277支"},
		{nil, "2024年呢", ""},
	} {
		a := e.Ask(context.Background(), row.asked, row.before)
		got := ""
		if len(a.Figures) > 0 {
			got = a.Figures[0].Text
		}
		if got != row.want {
			t.Errorf("%v, %s: got %q, want %q", row.before, row.asked, got, row.want)
		}
	}
}

// How a question is read prints as one line.
func TestQueryString(t *testing.T) {
	e := open(t, "", embedded(t))
	for _, row := range []struct{ question, want string }{
		{"诊断了多少家企业", "figure unit=家 focus=企业 head=企业 |"},
		{"2023年网络零售多少亿", "figure likely=money period=2023年 head=网络零售 |"},
		{"去年高企新增多少", "period=2023年"},
		{"入驻率达到百分之几", "class=percent"},
		{"2024年目标增速", "status=target"},
		{"为什么提升慢", "passage why=why"},
		{"哪一年建成", "date"},
		{"How many students were there last year?", "figure"},
		{"When was it built?", "date"},
		{"What does the office do when a company asks?", "passage why="},
	} {
		if got := e.Ask(context.Background(), row.question, nil).Query.String(); !strings.Contains(got, row.want) {
			t.Errorf("%s: read as %q, want %q in it", row.question, got, row.want)
		}
	}
}

// Whatever is asked, an answer comes back and nothing breaks.
func TestHostileQuestions(t *testing.T) {
	e := open(t, "", embedded(t))
	for _, q := range []string{"", " ", "？？？", "😀😀", "\x00\x01", "\xff\xfe", `a:b "c`, "/[/", "text:基站 +(", "<b>5G</b>", strings.Repeat("5G基站", 20_000), "Сколько станций", "ﷺ", "多少", "的", "１２３"} {
		a := e.Ask(context.Background(), q, []string{q})
		if len(a.Figures) > 0 && !a.Answered {
			t.Errorf("%.20q: figures without an answer", q)
		}
	}
}

func TestIndexIsReused(t *testing.T) {
	dir := t.TempDir()
	c := embedded(t)
	open(t, dir, c)
	list := func() string {
		found, _ := filepath.Glob(filepath.Join(dir, "*"))
		return strings.Join(found, " ")
	}
	before := list()
	open(t, dir, c) // while the first is open: they share it
	if after := list(); after != before || strings.Contains(after, "building") {
		t.Errorf("the folder held %s, then %s", before, after)
	}
	r, err := corpus.Builtin().Parse("another", []byte("另一份报告\n新建桥梁8座。"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, dir, corpus.New(embeddedReport(t), r))
	if list() == before {
		t.Error("another report did not change the index")
	}
	if a := e.Ask(context.Background(), "新建桥梁多少座", nil); len(a.Figures) == 0 || a.Figures[0].Text != "8座" {
		t.Errorf("the new report is not answered from: %+v", a.Figures)
	}
}

// A broken index is built anew, whatever is broken in it.
func TestBrokenIndexIsBuiltAnew(t *testing.T) {
	c := embedded(t)
	for name, damage := range map[string]func(file string) error{
		"truncated": func(file string) error { return os.Truncate(file, 20) },
		"removed":   os.Remove,
		"garbage":   func(file string) error { return os.WriteFile(file, []byte("garbage"), 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			e, err := index.Open(dir, c)
			if err != nil {
				t.Fatal(err)
			}
			e.Close()
			found, _ := filepath.Glob(filepath.Join(dir, "index-*", "*"))
			if len(found) == 0 {
				t.Fatal("no files to damage")
			}
			for _, file := range found {
				if info, _ := os.Stat(file); info.IsDir() {
					inner, _ := filepath.Glob(filepath.Join(file, "*"))
					for _, f := range inner {
						damage(f)
					}
					continue
				}
				damage(file)
			}
			if a := open(t, dir, c).Ask(context.Background(), "新建了多少5G基站", nil); len(a.Figures) == 0 || a.Figures[0].Text != "174个" {
				t.Errorf("after the damage: %+v", a.Figures)
			}
		})
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o644)
	if _, err := index.Open(filepath.Join(file, "data"), embedded(t)); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("got %v, want an error that names the folder", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	e := open(t, "", embedded(t))
	var all sync.WaitGroup
	want := e.Ask(context.Background(), "铁塔基站建了几个", nil).Figures
	for range 16 {
		all.Go(func() {
			if got := e.Ask(context.Background(), "铁塔基站建了几个", nil).Figures; !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
	all.Wait()
}

func TestWeightsNameTheLine(t *testing.T) {
	for _, bad := range []string{"passage.nonsense 1", "figure.unit many", "nothing"} {
		if _, err := rank.ParseWeights("# comment\n" + bad); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}

// synthetic reports of n paragraphs, with figures, for benchmarks.
func synthetic(b testing.TB, n int) *corpus.Corpus {
	b.Helper()
	things := []string{"公园", "学校", "医院病房", "充电桩", "污水处理厂", "农村公路", "高标准农田", "数字化车间", "图书馆", "文化礼堂", "养老机构", "托育园"}
	places := []string{"东屏", "北岙", "大门", "元觉", "霓屿", "鹿西", "灵昆", "瓯江"}
	units := []string{"个", "所", "间", "台", "座", "公里", "亩", "家"}
	var reports []*corpus.Report
	for i := 0; i < n; i += 50 {
		var text strings.Builder
		fmt.Fprintf(&text, "第%d区%d年工作报告（%d年）\n一、%d年工作回顾\n", i/50, 2015+i%10, 2016+i%10, 2015+i%10)
		for j := range 50 {
			k := i + j
			fmt.Fprintf(&text, "%s街道推进%s建设，完善长效机制，加强统筹协调，提升服务水平。%d年新建%s%d%s，改造提升%s%d%s，完成投资%d.%d亿元，同比增长%d.%d%%。\n",
				places[k%8], things[k%12], 2015+i%10, things[k%12], k%97+3, units[k%8], things[(k+5)%12], k%53+2, units[(k+3)%8], k%41, k%9, k%19, k%7)
		}
		r, err := corpus.Builtin().Parse(fmt.Sprintf("r%d", i), []byte(text.String()))
		if err != nil {
			b.Fatal(err)
		}
		reports = append(reports, r)
	}
	return corpus.New(reports...)
}

// BenchmarkAnswer measures a whole answer against a bare bleve MatchQuery with
// the cjk analyzer on the same paragraphs, side by side in one run.
func BenchmarkAnswer(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		c := synthetic(b, n)
		questions := []string{"霓屿街道新建充电桩多少台", "2019年大门街道污水处理厂改造提升了几座", "how many schools were built", "农村公路完成投资多少亿元", "哪个街道推进图书馆建设"}
		bare := indextest.Bare(b, b.TempDir()+"/bare", c)
		b.Run(fmt.Sprintf("bare-%d", n), func(b *testing.B) {
			for i := range b.N {
				q := bleve.NewMatchQuery(questions[i%len(questions)])
				q.SetField("text")
				if _, err := bare.Search(bleve.NewSearchRequestOptions(q, 10, 0, false)); err != nil {
					b.Fatal(err)
				}
			}
		})
		e := open(b, b.TempDir(), c)
		e.Ask(context.Background(), questions[2], nil) // the dictionary is read once
		b.Run(fmt.Sprintf("answer-%d", n), func(b *testing.B) {
			for i := range b.N {
				e.Ask(context.Background(), questions[i%len(questions)], nil)
			}
		})
	}
}

// BenchmarkStart is a start with a ready index on the embedded report.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	open(b, dir, embedded(b))
	for b.Loop() {
		e, err := index.Open(dir, embedded(b))
		if err != nil {
			b.Fatal(err)
		}
		e.Close()
	}
}

func FuzzAsk(f *testing.F) {
	e := open(f, "", embedded(f))
	for _, seed := range []string{"新建了多少5G基站", "2024年网络零售额目标", "how many villages are covered", "那2024年呢", "比去年多多少", "全市", "5G 5g ５Ｇ"} {
		f.Add(seed, "铁塔基站建了几个")
	}
	f.Fuzz(func(t *testing.T, question, before string) {
		a := e.Ask(context.Background(), question, []string{before})
		for _, hit := range append(a.Figures, a.Instead...) {
			if hit.Paragraph.Report.Slice(hit.Span) != hit.Text {
				t.Fatalf("%q: %s is not where it is cited", question, hit.Text)
			}
		}
	})
}
