//go:build size

package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"reportbot/bot/record"
	"reportbot/bot/upkeep"
	"reportbot/corpus/library"
	"reportbot/index"
	"reportbot/index/indextest"
)

// The measurement of docs/size.md, with which it says what each column is:
//
//	go test ./bot/program -tags size -run 'TestSize$' -v -timeout 5h
//
// SIZES="1000,10000" chooses the sizes; 1000000 takes a quarter of an hour to an hour.
// SIZE_BESIDE names the test binary of another build of this program (go test -c -tags
// size where its size_test.go is), which starts and answers on a copy of the same
// library, in turn with this one; its own index is made first.

// The reports of a province, made up from a seed: one a district and year, of
// fifty paragraphs, fourteen of them on an indicator with figures that are known.
var (
	surnames   = []rune("安白北长川东丰福高广海河红湖华怀江金康兰乐临龙罗明南宁平青清仁荣三山上石顺泰天同文武西新兴阳银永云")
	suffixes   = []rune("州城阳山川河江湖海原峰岭源溪泉台桥门关坪塘湾岛沙田林野")
	indicators = []struct{ thing, unit string }{{"公园", "个"}, {"学校", "所"}, {"充电桩", "台"}, {"污水处理厂", "座"}, {"农村公路", "公里"}, {"高标准农田", "亩"},
		{"数字化车间", "间"}, {"图书馆", "家"}, {"养老机构", "家"}, {"托育园", "所"}, {"停车泊位", "个"}, {"口袋公园", "个"}, {"卫生室", "间"}, {"快递驿站", "家"}}
	doings = []string{"持续推进%s建设，完善长效机制，加强统筹协调，不断提升服务水平。", "聚焦群众期盼，把%s列入民生实事，挂图作战、按月督查。", "加强要素保障，%s项目有序推进，质量安全总体受控。", "健全管护制度，%s运行平稳，群众满意度稳步提高。"}
)

const (
	perReport  = 50
	inTheYears = 10
	asked      = 200
)

type known struct{ Question, Answer string }

// district is the k-th report, and a question on each of its indicators.
func district(random *rand.Rand, k int, place string) (file library.File, questions []known) {
	year := 2014 + k%inTheYears
	var text strings.Builder
	fmt.Fprintf(&text, "%s区%d年政府工作报告\n一、%d年工作回顾\n", place, year+1, year)
	for j := range perReport - 1 {
		x := indicators[(j+k)%len(indicators)]
		doing := fmt.Sprintf(doings[random.IntN(len(doings))], x.thing)
		if j >= len(indicators) {
			fmt.Fprintf(&text, "%s街道和乡镇分工负责，第%d次调度会研究%s选址、用地和资金，明确责任单位%d家。\n", doing, j, x.thing, 2+random.IntN(30))
			continue
		}
		built, rebuilt := 3+random.IntN(900), 2+random.IntN(400)
		fmt.Fprintf(&text, "%s%d年新建%s%d%s，改造提升%d%s，完成投资%d.%d亿元，同比增长%d.%d%%。\n", doing, year, x.thing, built, x.unit, rebuilt, x.unit, random.IntN(40), random.IntN(10), random.IntN(20), random.IntN(10))
		questions = append(questions, known{fmt.Sprintf("%s区%d年新建%s多少%s", place, year, x.thing, x.unit), fmt.Sprint(built, x.unit)})
	}
	return library.File{Name: fmt.Sprintf("r%06d.txt", k), Content: []byte(text.String())}, questions
}

func placeOf(k int) string {
	k /= inTheYears
	place := string([]rune{surnames[k%len(surnames)], suffixes[k/len(surnames)%len(suffixes)]})
	if more := k / len(surnames) / len(suffixes); more > 0 {
		place += string(suffixes[more%len(suffixes)])
	}
	return place
}

// province fills a library with n paragraphs, and returns questions on them
// taken at random.
func province(t *testing.T, l *library.Library, n int) (questions []known) {
	t.Helper()
	random := rand.New(rand.NewPCG(7, uint64(n)))
	in := library.Incoming{Source: library.ByHand}
	for k := range n / perReport {
		file, on := district(random, k, placeOf(k))
		questions = append(questions, on...)
		in.Files = append(in.Files, file)
		if len(in.Files) == 500 || k == n/perReport-1 {
			if _, err := l.Take(in); err != nil {
				t.Fatal(err)
			}
			in.Files = nil
		}
	}
	random.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
	return questions[:asked]
}

func TestSize(t *testing.T) {
	sizes := "1000,10000,100000,1000000"
	if s := os.Getenv("SIZES"); s != "" {
		sizes = s
	}
	t.Log("\n| paragraphs | read /s | indexed /s | bare | index | bare | start | heap | own memory | right | bare p50 · p95 · p99 | idle p50 · p95 · p99 | CPU an answer | adding p50 · p95 · p99 | add one |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		measure(t, n)
	}
}

// measure makes a library and both indexes of it, and has a process of its own
// start on it and answer, as the bot does.
func measure(t *testing.T, n int) {
	dir := t.TempDir()
	k := upkeep.New(dir)
	questions := province(t, k.Library, n)
	k = upkeep.New(dir) // one that has read nothing yet
	began := time.Now()
	c, _, err := k.InForce()
	if err != nil {
		t.Fatal(err)
	}
	reading := time.Since(began)
	began = time.Now()
	place := filepath.Join(t.TempDir(), "bare")
	bare := indextest.Bare(t, place, c)
	bareTook := time.Since(began)
	began = time.Now()
	e, err := index.Open(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	e.Close()
	size := megabytes(filepath.Join(dir, "index-*"))
	bareTimes := times(questions, func(q known) {
		m := bleve.NewMatchQuery(q.Question)
		m.SetField("text")
		if _, err := bare.Search(bleve.NewSearchRequestOptions(m, 10, 0, false)); err != nil {
			t.Fatal(err)
		}
	})
	own := side{os.Args[0], dir}
	manifest, err := os.ReadFile(filepath.Join(dir, "library", "reports.json"))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := own.answered(t, questions)
	if err := os.WriteFile(filepath.Join(dir, "library", "reports.json"), manifest, 0o600); err != nil {
		t.Fatal(err)
	}
	if other := os.Getenv("SIZE_BESIDE"); other != "" {
		beside(t, own, side{other, t.TempDir()}, questions)
	}
	t.Logf("\n| %d | %.0f | %.0f | %.0f | %.1f MB | %.1f MB | %.2f s | %.0f MB | %.0f MB | %d of %d | %s | %s | %.1f ms | %s | %.2f s |", n, rate(n, reading), rate(n, took), rate(n, bareTook), size, megabytes(place),
		s.Start.Seconds(), s.Heap, s.Own, s.Right, asked, percentiles(bareTimes), percentiles(s.Idle), s.CPU.Seconds()*1000, percentiles(s.Busy), s.Adding.Seconds())
}

// answering is what the process that answers measures of itself.
type answering struct {
	Start      time.Duration // reading what is known of every report, and opening the index
	First      time.Duration // the same, and one question answered
	Right      int
	Idle, Busy []time.Duration // sorted
	CPU        time.Duration   // of the whole process for an answer when idle: what else runs on the machine doesn't count
	Adding     time.Duration   // the median of adding one report, all that the bot does for it
	Heap, Own  float64         // MB, after all that: live objects; what the process took for itself, mapped files aside
}

// side is a build of the program and its folder of data.
type side struct{ binary, dir string }

// besides is how often each of two builds starts.
const besides = 3

// beside measures another build on the same library. Each start is of a fresh process
// that answers one question: its peak is told from outside, up to the first change.
func beside(t *testing.T, own, other side, questions []known) {
	if err := errors.Join(os.CopyFS(filepath.Join(other.dir, "library", "originals"), os.DirFS(filepath.Join(own.dir, "library", "originals"))),
		os.MkdirAll(filepath.Join(other.dir, "library"), 0o755)); err != nil {
		t.Fatal(err)
	}
	entries, err := upkeep.New(own.dir).Library.Entries()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(entries) // the bare list, which each build reads
	if err != nil {
		t.Fatal(err)
	}
	again := func(s side, questions []known) (answering, float64) {
		for _, name := range []string{"reports.json", "reports.copy.json"} {
			if err := os.WriteFile(filepath.Join(s.dir, "library", name), manifest, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return s.answered(t, questions)
	}
	again(other, questions[:1]) // makes its index
	for range besides {
		for name, s := range map[string]side{"this": own, "other": other} {
			a, peak := again(s, questions[:1])
			t.Logf("%s build: start %.2f s, with the first answer %.2f s, peak %.0f MB", name, a.Start.Seconds(), a.First.Seconds(), peak)
		}
	}
	for name, s := range map[string]side{"this": own, "other": other} {
		a, _ := again(s, questions)
		if len(a.Idle) == 0 {
			continue
		}
		t.Logf("%s build: %d of %d right, idle %s, while reports are added %s, adding one %.2f s, heap %.0f MB, own memory %.0f MB", name, a.Right, asked, percentiles(a.Idle), percentiles(a.Busy), a.Adding.Seconds(), a.Heap, a.Own)
	}
}

// peakOf is the most memory that a process had for itself, in MB, mapped files aside,
// until it ends or its library changes. Other builds don't tell it themselves.
func peakOf(process int, manifest string) (peak float64) {
	first, _ := os.Stat(manifest)
	for ; ; time.Sleep(10 * time.Millisecond) {
		if now, err := os.Stat(manifest); err != nil || !now.ModTime().Equal(first.ModTime()) {
			return peak
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
		_, rest, _ := strings.Cut(string(status), "RssAnon:")
		kilobytes := 0.0
		if _, scanned := fmt.Sscan(rest, &kilobytes); err != nil || scanned != nil {
			return peak
		}
		peak = max(peak, kilobytes*1024/1e6)
	}
}

// answered runs that process.
func (s side) answered(t *testing.T, questions []known) (a answering, peak float64) {
	t.Helper()
	asking, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "questions.json")
	if err := os.WriteFile(name, asking, 0o644); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(s.binary, "-test.run", "^TestSizeOfOneProcess$")
	child.Env = append(os.Environ(), "SIZE_DATA="+s.dir, "SIZE_QUESTIONS="+name)
	var out strings.Builder
	child.Stdout, child.Stderr = &out, &out
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	peak = peakOf(child.Process.Pid, filepath.Join(s.dir, "library", "reports.json"))
	if err := child.Wait(); err != nil && s.binary != os.Args[0] {
		t.Logf("the other build broke off: %v\n%s", err, out.String()) // b7a1e3c panics over one question of a million paragraphs
		return a, peak
	} else if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	told, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(told, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a, peak
}

func TestSizeOfOneProcess(t *testing.T) {
	name := os.Getenv("SIZE_QUESTIONS")
	if name == "" {
		t.Skip("started by TestSize")
	}
	var questions []known
	told, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(told, &questions)
	}
	if err != nil {
		t.Fatal(err)
	}
	var a answering
	began := time.Now()
	k, err := upkeep.Open(context.Background(), os.Getenv("SIZE_DATA"), "", record.InMemory())
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	a.Start = time.Since(began)
	k.Live.Ask(context.Background(), questions[0].Question, nil) // what is read once is not counted below
	a.First = time.Since(began)
	before := cpu(t)
	a.Idle = times(questions, func(q known) {
		if got := k.Live.Ask(context.Background(), q.Question, nil); got.Answered && len(got.Figures) > 0 && got.Figures[0].Text == q.Answer {
			a.Right++
		}
	})
	a.CPU = (cpu(t) - before) / time.Duration(len(questions))
	a.Busy, a.Adding = whileAdding(t, k, questions)
	a.Heap, a.Own = memory(t)
	if told, err = json.Marshal(a); err == nil {
		err = os.WriteFile(name, told, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// whileAdding asks while one report after the other is added, each answered from
// before the next.
func whileAdding(t *testing.T, k *upkeep.Keeper, questions []known) (busy []time.Duration, adding time.Duration) {
	done := make(chan []time.Duration)
	stop := make(chan struct{})
	go func() {
		var all []time.Duration
		for n := 0; ; n++ {
			file, on := district(rand.New(rand.NewPCG(1, uint64(n))), 999_000+n, "瓯"+string(suffixes[n%len(suffixes)]))
			began := time.Now()
			if _, err := k.Add(file.Name, file.Content, ""); err != nil {
				t.Error(err)
			}
			all = append(all, time.Since(began))
			if a := k.Live.Ask(context.Background(), on[0].Question, nil); !a.Answered || len(a.Figures) == 0 || a.Figures[0].Text != on[0].Answer {
				t.Errorf("a report added is not answered from: %s", on[0].Question)
			}
			select {
			case <-stop:
				slices.Sort(all)
				done <- all
				return
			default:
			}
		}
	}()
	busy = times(questions, func(q known) { k.Live.Ask(context.Background(), q.Question, nil) })
	close(stop)
	added := <-done
	return busy, added[len(added)/2]
}

func memory(t *testing.T) (heap, own float64) {
	runtime.GC()
	debug.FreeOSMemory() // the runtime does so by itself, within minutes
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the memory of a process is read where Linux tells it")
	}
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	if _, err := fmt.Sscan(rest, &own); err != nil {
		t.Fatal(err)
	}
	return float64(m.HeapAlloc) / 1e6, own * 1024 / 1e6
}

func cpu(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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

func percentiles(sorted []time.Duration) string {
	var all []string
	for _, percent := range []int{50, 95, 99} {
		all = append(all, fmt.Sprintf("%.1f", float64(sorted[min(len(sorted)-1, len(sorted)*percent/100)].Microseconds())/1000))
	}
	return strings.Join(all, " · ") + " ms"
}

func rate(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }

func megabytes(pattern string) float64 {
	sum := int64(0)
	places, _ := filepath.Glob(pattern)
	for _, place := range places {
		filepath.WalkDir(place, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err == nil {
					sum += info.Size()
				}
			}
			return nil
		})
	}
	return float64(sum) / 1e6
}
