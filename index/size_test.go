//go:build size

package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"reportbot/corpus"
	"reportbot/index"
)

// The reports of a province, made up from a seed: one a district and year, of
// fifty paragraphs, each on one indicator with figures that are known.
//
//	go test ./index -tags size -run TestSize -v -timeout 2h
//
// SIZES="1000,10000" chooses the sizes; 1000000 takes long.

var (
	surnames   = []rune("安白北长川东丰福高广海河红湖华怀江金康兰乐临龙罗明南宁平青清仁荣三山上石顺泰天同文武西新兴阳银永云")
	suffixes   = []rune("州城阳山川河江湖海原峰岭源溪泉台桥门关坪塘湾岛沙田林野")
	indicators = []struct{ thing, unit string }{{"公园", "个"}, {"学校", "所"}, {"充电桩", "台"}, {"污水处理厂", "座"}, {"农村公路", "公里"}, {"高标准农田", "亩"},
		{"数字化车间", "间"}, {"图书馆", "家"}, {"养老机构", "家"}, {"托育园", "所"}, {"停车泊位", "个"}, {"口袋公园", "个"}, {"卫生室", "间"}, {"快递驿站", "家"}}
	doings = []string{"持续推进%s建设，完善长效机制，加强统筹协调，不断提升服务水平。", "聚焦群众期盼，把%s列入民生实事，挂图作战、按月督查。", "加强要素保障，%s项目有序推进，质量安全总体受控。", "健全管护制度，%s运行平稳，群众满意度稳步提高。"}
)

type known struct{ question, answer string }

// province makes reports of n paragraphs, and questions on them.
func province(t testing.TB, n int) (reports []*corpus.Report, questions []known) {
	t.Helper()
	random := rand.New(rand.NewPCG(7, uint64(n)))
	const paragraphs = 50
	for k := range n / paragraphs {
		place := string([]rune{surnames[k/10%len(surnames)], suffixes[k/10/len(surnames)%len(suffixes)]})
		if more := k / 10 / len(surnames) / len(suffixes); more > 0 {
			place += string(suffixes[more%len(suffixes)])
		}
		year := 2014 + k%10
		r, q := district(t, random, k, place, year, paragraphs)
		reports = append(reports, r)
		if k%max(1, n/paragraphs/200) == 0 {
			questions = append(questions, q)
		}
	}
	return reports, questions
}

func district(t testing.TB, random *rand.Rand, k int, place string, year, paragraphs int) (*corpus.Report, known) {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "%s区%d年政府工作报告\n一、%d年工作回顾\n", place, year+1, year)
	var q known
	for j := range paragraphs - 1 {
		x := indicators[(j+k)%len(indicators)]
		built, rebuilt := 3+random.IntN(900), 2+random.IntN(400)
		doing := fmt.Sprintf(doings[random.IntN(len(doings))], x.thing)
		if j < len(indicators) {
			fmt.Fprintf(&text, "%s%d年新建%s%d%s，改造提升%d%s，完成投资%d.%d亿元，同比增长%d.%d%%。\n", doing, year, x.thing, built, x.unit, rebuilt, x.unit, random.IntN(40), random.IntN(10), random.IntN(20), random.IntN(10))
		} else {
			fmt.Fprintf(&text, "%s街道和乡镇分工负责，第%d次调度会研究%s选址、用地和资金，明确责任单位%d家。\n", doing, j, x.thing, 2+random.IntN(30))
		}
		if j == k%len(indicators) {
			q = known{fmt.Sprintf("%s区%d年新建%s多少%s", place, year, x.thing, x.unit), fmt.Sprint(built, x.unit)}
		}
	}
	r, err := corpus.Parse(fmt.Sprintf("r%06d", k), []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	return r, q
}

func TestSize(t *testing.T) {
	sizes := []int{1000, 10_000, 100_000}
	if s := os.Getenv("SIZES"); s != "" {
		sizes = nil
		for _, part := range strings.Split(s, ",") {
			n, err := strconv.Atoi(part)
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, n)
		}
	}
	t.Log("| paragraphs | read/s | indexed/s | bare indexed/s | index | bare index | start | memory | right | bare p50 | p50 | p95 | p99 | adding p50 | adding p95 | add one |")
	t.Log("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, n := range sizes {
		measure(t, n)
	}
}

func measure(t *testing.T, n int) {
	began := time.Now()
	reports, questions := province(t, n)
	reading := time.Since(began)
	c := corpus.New(reports...)
	bareAt := time.Now()
	bare := bareIndex(t, c)
	bareTook := time.Since(bareAt)
	dir := t.TempDir()
	built := time.Now()
	l, err := index.OpenLive(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { l.Close() }()
	took := time.Since(built)
	l.Close()
	started := time.Now()
	if l, err = index.OpenLive(dir, c); err != nil {
		t.Fatal(err)
	}
	start := time.Since(started)
	bareTimes := times(questions, func(q known) {
		m := bleve.NewMatchQuery(q.question)
		m.SetField("text")
		if _, err := bare.Search(bleve.NewSearchRequestOptions(m, 10, 0, false)); err != nil {
			t.Fatal(err)
		}
	})
	l.Ask(context.Background(), questions[0].question, nil) // what is read once is not counted
	right := 0
	idle := times(questions, func(q known) {
		if a := l.Ask(context.Background(), q.question, nil); a.Answered && a.Figures[0].Text == q.answer {
			right++
		}
	})
	extra, _ := district(t, rand.New(rand.NewPCG(1, 1)), 999_999, "新增", 2023, 50)
	var adding time.Duration
	done := make(chan struct{})
	go func() {
		defer close(done)
		at := time.Now()
		if err := l.Turn(corpus.New(append(slices.Clone(reports), extra)...)); err != nil {
			t.Error(err)
		}
		adding = time.Since(at)
	}()
	busy := times(questions, func(q known) { l.Ask(context.Background(), q.question, nil) })
	<-done
	if a := l.Ask(context.Background(), "新增区2023年新建公园多少个", nil); !a.Answered || a.Figures[0].Paragraph.Report.ID != extra.ID {
		t.Errorf("the report added is not answered from")
	}
	var memory runtime.MemStats
	runtime.GC()
	runtime.GC() // what had finalizers
	runtime.ReadMemStats(&memory)
	t.Logf("| %d | %.0f | %.0f | %.0f | %.1f MB | %.1f MB | %.0f ms | %.0f MB | %d of %d | %s | %s | %s | %s | %s | %s | %.0f ms |", n, rate(n, reading), rate(n, took), rate(n, bareTook),
		megabytes(dir), megabytes(filepath.Dir(bare.Name())), ms(start), float64(memory.HeapAlloc)/1e6, right, len(questions),
		at(bareTimes, 50), at(idle, 50), at(idle, 95), at(idle, 99), at(busy, 50), at(busy, 95), ms(adding))
}

func times(questions []known, ask func(known)) (all []time.Duration) {
	for _, q := range questions {
		began := time.Now()
		ask(q)
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	return all
}

func at(sorted []time.Duration, percent int) string {
	return fmt.Sprintf("%.1f ms", ms(sorted[min(len(sorted)-1, len(sorted)*percent/100)]))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func rate(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }

func megabytes(dir string) float64 {
	sum := int64(0)
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				sum += info.Size()
			}
		}
		return nil
	})
	return float64(sum) / 1e6
}
