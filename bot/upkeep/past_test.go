package upkeep

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/corpus/library"
)

// A library of 3,000 versions that ended within 30 days changes within a second,
// and who was shown the figure that changed is told all the same.
func TestLongPast(t *testing.T) {
	if testing.Short() {
		t.Skip("one thing after the other: nothing for the race detector")
	}
	t.Parallel()
	s := office{Data: t.TempDir()}
	originals := filepath.Join(s.Data, "library", "originals")
	if err := os.MkdirAll(originals, 0o755); err != nil {
		t.Fatal(err)
	}
	var entries []library.Entry
	began := time.Now().AddDate(0, 0, -29)
	for i := range 3000 {
		text := fmt.Appendf(stations("青山区", fmt.Sprint(i)), strings.Repeat("第%d次调度会研究选址、用地和资金。\n", 40), i)
		e := library.Entry{Name: "青山", File: "青山.txt", Hash: library.HashOf(text), Title: "青山区充电设施建设情况的报告", Source: library.ByHand, Added: began.Add(time.Duration(i) * time.Minute)}
		if i < 2999 {
			e.Ended, e.EndedBy = began.Add(time.Duration(i+1)*time.Minute), library.ByHand
		}
		if i > 0 {
			e.Replaces = "青山"
		}
		entries = append(entries, e)
		if err := os.WriteFile(filepath.Join(originals, e.Hash), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	manifest, err := json.Marshal(entries)
	if err := errors.Join(err, os.WriteFile(filepath.Join(s.Data, "library", "reports.json"), manifest, 0o600)); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	k, h := served(t, s)
	t.Logf("started in %v", time.Since(start).Round(time.Millisecond))
	if got := said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "2999座") {
		t.Fatalf("answered %s", got)
	}
	for i, n := range []string{"5001", "5002"} {
		start := time.Now()
		if _, err := k.Add("青山.txt", stations("青山区", n), ""); err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		t.Logf("changed in %v", took.Round(time.Millisecond))
		if took > 20*time.Second { // half a second, measured where others work too
			t.Errorf("a change took %v", took)
		}
		if got := take(h); i == 0 && (len(got) != 1 || !strings.Contains(got[0], "2999座 → 5001座")) {
			t.Errorf("told %q", got)
		}
	}
	start = time.Now()
	k.recall(time.Now().Add(-bot.RecalledFor))
	t.Logf("all 3,000 looked at, as after a start, in %v", time.Since(start).Round(time.Millisecond))
}
