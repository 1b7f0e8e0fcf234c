package index_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"reportbot/corpus"
	"reportbot/index"
)

func reportOn(t testing.TB, name string, stations int) *corpus.Report {
	t.Helper()
	r, err := corpus.Builtin().Parse(name, fmt.Appendf(nil, "%s区充电设施建设情况的报告\n一、进展\n2023年%s区新建充电站%d座。\n二、打算\n2024年计划新建充电站%d座。\n", name, name, stations, stations+1000))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A report added, replaced and withdrawn while questions are asked: each answer
// is of one state, and after the turn no old figure lives on.
func TestTurn(t *testing.T) {
	dir := t.TempDir()
	base := embeddedReport(t)
	l, err := index.OpenLive(dir, corpus.New(base))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ask := func() string {
		a := l.Ask(context.Background(), "青山区新建充电站多少座", nil)
		if !a.Answered {
			return "none"
		}
		return a.Figures[0].Text
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := ask(); !slices.Contains([]string{"none", "12座", "15座"}, got) {
					t.Errorf("in between: %q", got)
				}
				time.Sleep(time.Millisecond) // three that never rest leave the turn no machine of two cores
			}
		}()
	}
	for i, step := range []struct {
		reports []*corpus.Report
		want    string
	}{
		{[]*corpus.Report{base, reportOn(t, "青山", 12)}, "12座"},
		{[]*corpus.Report{base, reportOn(t, "青山", 15), reportOn(t, "白云", 3)}, "15座"},
		{[]*corpus.Report{base, reportOn(t, "白云", 3)}, "none"},
		{[]*corpus.Report{base, reportOn(t, "白云", 3), reportOn(t, "青山", 12)}, "12座"},
	} {
		if err := l.Turn(corpus.New(step.reports...)); err != nil {
			t.Fatal(err)
		}
		if got := ask(); got != step.want {
			t.Errorf("step %d: got %s, want %s", i, got, step.want)
		}
		held, err := l.Holds(reportOn(t, "青山", 12).ID)
		if err != nil || held != (step.want != "none") {
			t.Errorf("step %d: the index holds it: %v, %v", i, held, err)
		}
		fresh := open(t, "", corpus.New(step.reports...))
		for _, q := range []string{"5G基站建了多少", "白云区充电站", "2024年网络零售目标", "how many 5G stations were built"} {
			if got, want := shown(l.Ask(context.Background(), q, nil)), shown(fresh.Ask(context.Background(), q, nil)); got != want {
				t.Errorf("step %d, %s: the index made from the last answers %s, a new one %s", i, q, got, want)
			}
		}
	}
	close(done)
	readers.Wait()
	if left, _ := filepath.Glob(filepath.Join(dir, "building-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
