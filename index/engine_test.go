package index_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

// whales is a text of so many paragraphs that has nothing to do with any report:
// one long paragraph first, which changes the average length.
func whales(paragraphs int) string {
	var b strings.Builder
	b.WriteString("鲸鱼与海豚\n" + strings.Repeat("鲸鱼潜入深海，浮出水面换气，喷起水柱。", 40) + "\n")
	for i := range paragraphs {
		fmt.Fprintf(&b, "海豚第%d次跃出波浪，鲸鱼听见歌声，潜回深蓝的洋底。\n", i+1)
	}
	return b.String()
}

// said is what an answer tells, in its order.
func said(a index.Answer) string {
	var ids []string
	for _, f := range a.Figures {
		ids = append(ids, f.ID)
	}
	for _, p := range a.Passages {
		ids = append(ids, p.ID)
	}
	return fmt.Sprint(a.Answered, ids)
}

// twins is a report of which many paragraphs are equal: which of them are nominated must
// not depend on the order in which a map was written to the index.
func twins() string {
	var b strings.Builder
	b.WriteString("青溪县2024年项目清单\n")
	for range 90 {
		b.WriteString("新建便民书屋3处。\n")
	}
	b.WriteString("改造老旧厂房7处。\n")
	return b.String()
}

// The same question gets the same answer after each build, and beside any report
// that has nothing to do with it.
func TestTheEngineDoesNotMatter(t *testing.T) {
	own := func() []*corpus.Report {
		r, err := corpus.Builtin().Parse("twins", []byte(twins()))
		if err != nil {
			t.Fatal(err)
		}
		return []*corpus.Report{embeddedReport(t), r}
	}
	questions := []string{"新建便民书屋多少处", "改造了多少老旧厂房", "便民书屋"}
	for i, q := range questionsOf(embedded(t)) {
		if i%7 == 0 {
			questions = append(questions, q)
		}
	}
	exact, first := map[string]string{}, map[string]string{}
	for build := range 6 {
		reports := own()
		beside := build%2 == 1
		if beside {
			r, err := corpus.Builtin().Parse("whales", []byte(whales(build*60)))
			if err != nil {
				t.Fatal(err)
			}
			reports = append(reports, r)
		}
		e := open(t, "", corpus.New(reports...))
		for _, q := range questions {
			a := e.Ask(context.Background(), q, nil)
			if build == 0 {
				exact[q], first[q] = said(a), shown(a)
			}
			if got := shown(a); got != first[q] {
				t.Errorf("build %d, %s: got %s, want %s", build, q, got, first[q])
			}
			if got := said(a); !beside && got != exact[q] { // a character that both have is a little less rare
				t.Errorf("build %d, %s:\n got %s\nwant %s", build, q, got, exact[q])
			}
		}
	}
	t.Logf("%d questions", len(questions))
}

// A search that fails is told as a failure: nothing is known then of what the reports say.
func TestFailedSearch(t *testing.T) {
	e := open(t, "", embedded(t))
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for _, q := range []string{"5G基站建了多少", "网络零售目标比去年实际差多少", "基站和充电设施建设情况", "how many stations were built"} {
		if a := e.Ask(gone, q, []string{"充电站有多少座"}); a.Err == nil || a.Answered || len(a.Passages) > 0 {
			t.Errorf("%s: error %v, answered %v, %d passages", q, a.Err, a.Answered, len(a.Passages))
		}
	}
}
