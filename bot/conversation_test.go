package bot_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/indextest"
)

// reportOf is an engine over one report written for a test.
func reportOf(t *testing.T, text string) *index.Engine {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "报告.txt"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// walk presses every button that leads on within the outline and returns the
// data of those that open a paragraph.
func walk(t *testing.T, h *bot.Handler, start bot.Message) map[string]bool {
	t.Helper()
	paragraphs, seen := map[string]bool{}, map[string]bool{}
	next := []bot.Message{start}
	for len(next) > 0 {
		m := next[0]
		next = next[1:]
		r := h.Handle(context.Background(), m)
		count := 0
		for _, row := range r.Buttons {
			for _, b := range row {
				count++
				switch {
				case len(b.Data) > 64 || b.Label == "":
					t.Errorf("button %+v", b)
				case strings.HasPrefix(b.Data, "p:"):
					paragraphs[b.Data[2:]] = true
				case strings.HasPrefix(b.Data, "o:") && !seen[b.Data]:
					seen[b.Data] = true
					next = append(next, bot.Message{Data: b.Data})
				}
			}
		}
		if count > 100 {
			t.Errorf("%d buttons below one message: Telegram takes 100", count)
		}
	}
	return paragraphs
}

// Every paragraph of a report can be reached from its outline, whatever the
// report's form, and no message has more buttons than Telegram takes.
func TestOutlineReachesEveryParagraph(t *testing.T) {
	var bare strings.Builder
	bare.WriteString("没有编号的报告\n")
	for i := range 250 {
		bare.WriteString("第" + strconv.Itoa(i) + "村新建公园" + strconv.Itoa(i+2) + "个，群众满意。\n")
	}
	for name, e := range map[string]*index.Engine{"embedded": indextest.Embedded(t), "no marker, 250 paragraphs": reportOf(t, bare.String())} {
		t.Run(name, func(t *testing.T) {
			report := e.Corpus().Report(e.Corpus().Reports[0].ID)
			reached := walk(t, bot.NewLocal(e), bot.Message{Text: "/outline"})
			for _, p := range report.Paragraphs {
				if !reached[p.ID] {
					t.Errorf("not reached: %s %.40s", p.ID, p.Text())
				}
			}
		})
	}
}

// 更多 below an answer goes on with that answer, also after another question.
func TestMoreBelongsToItsAnswer(t *testing.T) {
	e := indextest.Embedded(t)
	h := bot.NewLocal(e)
	say := func(m bot.Message) bot.Reply { return h.Handle(context.Background(), m) }
	more := func(r bot.Reply) string {
		for _, row := range r.Buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Data, "m:") {
					return b.Data
				}
			}
		}
		t.Fatal("no 更多 below the answer")
		return ""
	}
	first := more(say(bot.Message{Text: "5G基站建了多少"}))
	want := e.Ask(context.Background(), "5G基站建了多少", nil).Passages[1].Text()
	say(bot.Message{Text: "存在哪些问题"})
	if got := say(bot.Message{Data: first}).Text(); !strings.Contains(got, want) {
		t.Errorf("更多 of the first answer shows %.60q, want %.60q", got, want)
	}
}

// A topic longer than a button can carry is the same on each page.
func TestLongTopicIsOneTopic(t *testing.T) {
	var text strings.Builder
	text.WriteString("长题目报告\n一、总体情况\n")
	name := "浙江省温州市洞头区北岙街道小朴村海洋牧场深远海养殖智能化" // 28 characters, 84 bytes
	for i := range 30 {
		text.WriteString("（" + []string{"一", "二", "三"}[i%3] + "）2023年" + name + "示范基地新建网箱" + strconv.Itoa(i+2) + "个。\n")
		text.WriteString("2023年" + name[:63] + "码头新建泊位" + strconv.Itoa(i+2) + "个。\n")
	}
	h := bot.NewLocal(reportOf(t, text.String()))
	pagesOf := func(r bot.Reply) string { _, n, _ := strings.Cut(strings.Fields(r.Blocks[0].Text())[1], "/"); return n }
	first := h.Handle(context.Background(), bot.Message{Text: "/figures " + name})
	row := first.Buttons[0]
	second := h.Handle(context.Background(), bot.Message{Data: row[len(row)-1].Data})
	if pagesOf(first) != pagesOf(second) {
		t.Errorf("the first page is of %s, the second of %s", pagesOf(first), pagesOf(second))
	}
}

// /reports says the day on which a report was given; where there are several,
// /figures says which one each figure is of.
func TestSeveralReports(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"甲": "2023年青山区工作情况的报告\n（2024年1月16日在青山区人民代表大会上）\n一、工作情况\n2023年新建公园12个。\n",
		"乙": "2023年白云区工作情况的报告\n一、工作情况\n2023年新建公园34个。\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	h := bot.NewLocal(e)
	for _, row := range []struct {
		text, lang string
		want       []string
	}{
		{"/reports", "zh", []string{"《2023年青山区工作情况的报告》（2024年1月16日，", "《2023年白云区工作情况的报告》（20"}},
		{"/reports", "en", []string{"《2023年青山区工作情况的报告》 (16 January 2024, "}},
		{"/figures 公园", "zh", []string{"《2023年白云区工作情况的报告》\n一、 ", "34个", "《2023年青山区工作情况的报告》\n一、 ", "12个"}},
		{"/figures parks", "en", []string{"34个", "12个"}},
	} {
		got := h.Handle(context.Background(), bot.Message{Text: row.text, Lang: row.lang}).Text()
		for _, w := range row.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is missing in\n%s", row.text, w, got)
			}
		}
	}
}

func TestCommandEndsAtAnyWhiteSpace(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, text := range []string{"/figures 充电", "/figures\n充电", "/figures\t充电", "/figures　充电", "/FIGURES@TheBot 充电"} {
		if got := h.Handle(context.Background(), bot.Message{Text: text}).Text(); !strings.Contains(got, "62座") {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

// altered spoils what an answer points at, as a stale index would.
type altered struct {
	*index.Engine
	spoil func(*index.Answer)
}

func (a altered) Ask(ctx context.Context, q string, before []string) index.Answer {
	out := a.Engine.Ask(ctx, q, before)
	a.spoil(&out)
	return out
}

// No figure leaves that is not where it is cited from: not the answer, not
// what stands beside it, not the words of bound around it.
func TestNoFigureLeavesUnchecked(t *testing.T) {
	wrong := func(f *corpus.Figure) *corpus.Figure { c := *f; c.Text = "999个"; return &c }
	for name, spoil := range map[string]func(*index.Answer){
		"related": func(a *index.Answer) {
			for i := range a.Related {
				a.Related[i] = wrong(a.Related[i])
			}
		},
		"bounds of another figure": func(a *index.Answer) {
			c := *a.Figures[0].Figure
			c.Bounded = a.Related[0].Bounded
			a.Figures = []index.FigureHit{{Figure: &c}}
		},
		"bounds beyond the paragraph": func(a *index.Answer) {
			c := *a.Figures[0].Figure
			c.Bounded.End = c.Paragraph.End + 30
			a.Figures = []index.FigureHit{{Figure: &c}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			h := bot.New(altered{indextest.Embedded(t), spoil}, access(t, "7", "", t.TempDir()), slog.New(slog.NewTextHandler(&log, nil)))
			r := h.Handle(context.Background(), bot.Message{User: 7, Text: "5G基站建了多少"})
			if !strings.Contains(log.String(), "not where it is cited") {
				t.Errorf("let through: %s", r.Text())
			}
		})
	}
}

// Of a long paragraph an excerpt is shown, and the figure stands in it though
// another sentence fits the question best.
func TestExcerptHoldsTheFigure(t *testing.T) {
	e := reportOf(t, "Annual report\nI. Overview\n"+strings.Repeat("All departments carried out what the meeting decided. ", 20)+"In 2023, 37 offshore wind turbines were built. ")
	h := bot.NewLocal(altered{e, func(a *index.Answer) {
		for i := range a.Passages {
			a.Passages[i].Best = a.Passages[i].Sentences[0]
		}
	}})
	r := h.Handle(context.Background(), bot.Message{Text: "how many offshore wind turbines were built"})
	quoted := ""
	for _, b := range r.Blocks {
		if b.Kind == bot.Quote {
			quoted += b.Text()
		}
	}
	if !strings.Contains(quoted, "37 offshore") || !strings.Contains(quoted, "…") {
		t.Errorf("the passage shown does not hold the figure:\n%s", r.Text())
	}
}

// What was typed wrong is taken as it was meant, and the reply says so.
func TestTakenAs(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for typed, want := range map[string][]string{
		"wlls": {"按“网络零售”理解。", "22.7亿元"}, "wangluo lingshou duoshao": {"按“网络零售多少”理解。", "22.7亿元"},
		"onlne retial sales": {"Taken as “online retail sales”.", "22.7亿元 · 2.27 billion yuan"},
	} {
		got := h.Handle(context.Background(), bot.Message{Text: typed}).Text()
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is missing in\n%s", typed, w, got)
			}
		}
	}
}

// A question that leaves open whether what was done or what is planned is meant
// gets both, and buttons that say which.
func TestLeftOpen(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	r := h.Handle(context.Background(), bot.Message{Text: "网络零售额"})
	// Which of the two is nearer, and so the first, is the ranking's.
	got := r.Text()
	if !strings.Contains(got, "题中未说明是2023年完成还是2024年目标，一并列出：") && !strings.Contains(got, "题中未说明是2024年目标还是2023年完成，一并列出：") {
		t.Errorf("got\n%s", got)
	}
	asked := 0
	for _, row := range r.Buttons {
		for _, b := range row {
			want, ok := map[string]string{"2023年完成": "22.7亿元", "2024年目标": "达15亿元以上"}[b.Label]
			if !ok {
				continue
			}
			asked++
			if got := h.Handle(context.Background(), bot.Message{Data: b.Data}).Text(); !strings.HasPrefix(got, want) {
				t.Errorf("%s got\n%s", b.Label, got)
			}
		}
	}
	if asked != 2 {
		t.Errorf("%d choices in %+v", asked, r.Buttons)
	}
}

// A difference is shown as a sum and marked as computed.
func TestComputed(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	got := h.Handle(context.Background(), bot.Message{Text: "网络零售目标比去年实际差多少"}).Text()
	for _, w := range []string{"达15亿元以上", "22.7亿元", "15亿元 − 22.7亿元 = −7.7亿元（相差 −33.9%）", "报告中没有这个数"} {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in\n%s", w, got)
		}
	}
}

// An English reply has no Chinese punctuation of ours.
func TestEnglishPunctuation(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, q := range []string{"how many 5G stations were built", "online retail target for 2024"} {
		for _, b := range h.Handle(context.Background(), bot.Message{Text: q, Lang: "en"}).Blocks {
			for _, run := range b.Runs {
				for _, ours := range []string{"Same paragraph：", "Or perhaps：", "（year"} {
					if strings.Contains(run.Text, ours) {
						t.Errorf("%s: %q", q, run.Text)
					}
				}
			}
		}
	}
}

// Who is refused at /claim learns the own number too, to give to the administrator.
func TestRefusedClaimTellsTheNumber(t *testing.T) {
	h := bot.New(indextest.Embedded(t), access(t, "7", "", t.TempDir()), quiet())
	if got := h.Handle(context.Background(), bot.Message{User: 99, Text: "/claim ABC"}).Text(); !strings.Contains(got, "99") {
		t.Errorf("got %q", got)
	}
}

// Of a long paragraph the best sentence is quoted; that its first words stand
// in the paragraph before, too, does not make the quote a false one.
func TestQuoteBeginsWithWordsThatStoodBefore(t *testing.T) {
	var text strings.Builder
	text.WriteString("青山镇概况的报告\n")
	for range 12 {
		text.WriteString("青山全镇山岭连绵，古树名木由各村分片看护，溪流清澈，适宜多种作物生长，历年保护工作受到各方肯定，巡护队伍稳定，群众支持。")
	}
	text.WriteString("青山野生动物种类繁多，鸟类41种，有国家重点保护动物18种。")
	for range 6 {
		text.WriteString("农户因地制宜发展林下经济，合作社统一收购加工，产品远销外地，收入稳步提高，村容村貌明显改善。")
	}
	h := bot.NewLocal(reportOf(t, text.String()+"\n"))
	got := h.Handle(context.Background(), bot.Message{Text: "青山的鸟类共有几种"}).Text()
	if !strings.HasPrefix(got, "41种") || !strings.Contains(got, "…青山野生动物种类繁多") {
		t.Errorf("got\n%s", got)
	}
}
