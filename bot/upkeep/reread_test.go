package upkeep

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

const chargingPage = `<html><body><h1>青山区充电设施建设情况的报告</h1><p>2023年新建充电站62座，公用充电枪277支。</p>
<table><tr><th>街道</th><th>充电枪（支）</th></tr><tr><td>东街</td><td>120</td></tr><tr><td>西街</td><td>157</td></tr></table></body></html>`

// formerly reads as a program of before did: it took the two digits of 62 the wrong way
// round, and lost a row of the table and the unit of the others.
func formerly(file string, content []byte) (*corpus.Report, error) {
	was := strings.NewReplacer("62座", "26座", "<tr><td>西街</td><td>157</td></tr>", "", "（支）", "").Replace(string(content))
	return Reader{Reports: corpus.Builtin()}.Parse(file, []byte(was))
}

// takenFormerly is a folder of data whose report an earlier program has read.
func takenFormerly(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	l := library.Open(filepath.Join(dir, "library"), formerly)
	if _, err := l.Add("青山.html", []byte(chargingPage), library.ByHand); err != nil {
		t.Fatal(err)
	}
	return dir
}

// notices is what administrator 1 was told so far.
func notices(h *bot.Handler) (all []bot.Reply) {
	for _, d := range h.Due(false) {
		if d.Chat == 1 {
			all = append(all, d.Reply)
		}
	}
	return all
}

func holding(t *testing.T, r bot.Reply, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(r.Text(), word) {
			t.Errorf("%q is not in %s", word, r.Text())
		}
	}
}

// A newer program answers as before, asks its administrators, and whoever was shown the
// old figure is told when the new reading is taken.
func TestReadOtherwiseInChat(t *testing.T) {
	t.Parallel()
	k, h := served(t, office{Data: takenFormerly(t)})
	ask := bot.Message{Text: "新建充电站多少座"}
	holding(t, said(h, 7, ask), "26座")
	if err := k.compareReadings(context.Background()); err != nil {
		t.Fatal(err)
	}
	told := notices(h)
	if len(told) != 1 {
		t.Fatalf("told %v", told)
	}
	holding(t, told[0], "1 份报告", "青山.html", "2 个数有变，1 个新读出，0 个不再读出，1 个不变", "26座 → 62座", "120 → 120（支）", "西街", "（没有读出） → 157")
	holding(t, said(h, 7, ask), "26座")
	if err := k.compareReadings(context.Background()); err != nil || len(notices(h)) != 1 {
		t.Errorf("a second look told %v, %v", notices(h), err)
	}
	kept := said(h, 1, bot.Message{Data: button(t, told[0], "保留原来的")})
	holding(t, kept, "已保留")
	holding(t, said(h, 7, ask), "26座")
	if got := said(h, 7, bot.Message{Data: button(t, told[0], "采用新的读取结果")}); strings.Contains(got.Text(), "已采用") {
		t.Errorf("who is no administrator took it: %s", got.Text())
	}
	holding(t, said(h, 1, bot.Message{Data: button(t, told[0], "采用新的读取结果")}), "已采用：1 份报告")
	holding(t, said(h, 7, ask), "62座")
	recalled := ""
	for _, d := range h.Due(false) {
		if d.Chat == 7 {
			recalled += d.Reply.Text()
		}
	}
	if !strings.Contains(recalled, "26座") || !strings.Contains(recalled, "62座") {
		t.Errorf("who was shown 26座 is told %q", recalled)
	}
	holding(t, said(h, 1, bot.Message{Data: button(t, told[0], "采用新的读取结果")}), "失效")
}

// A golden question is asked of the new reading before it is taken.
func TestReadOtherwiseGolden(t *testing.T) {
	t.Parallel()
	k, h := served(t, office{Data: takenFormerly(t)})
	holding(t, said(h, 1, bot.Message{Text: "/golden 新建充电站多少座 = 26座"}), "已登记")
	if err := k.compareReadings(context.Background()); err != nil {
		t.Fatal(err)
	}
	asked := said(h, 1, bot.Message{Data: button(t, notices(h)[0], "采用新的读取结果")})
	holding(t, asked, "新建充电站多少座：26座 → 62座", "暂未采用")
	holding(t, said(h, 7, bot.Message{Text: "新建充电站多少座"}), "26座")
	holding(t, said(h, 1, bot.Message{Data: button(t, asked, "采用新的读取结果")}), "已采用")
	holding(t, said(h, 7, bot.Message{Text: "新建充电站多少座"}), "62座")
}

// The command tells the same, and takes it unless a golden question forbids.
func TestReadOtherwiseByCommand(t *testing.T) {
	t.Parallel()
	dir := takenFormerly(t)
	v, err := Verify(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Otherwise) != 1 || len(v.Versions) != 1 || len(v.Unkept) != 0 || v.Reports != 1 || v.Figures != 3 {
		t.Fatalf("verified %+v", v)
	}
	holding(t, bot.Rereads(v.Otherwise, "en"), "2 figures change, 1 are read anew", "26座 → 62座")
	kept, err := record.Open(dir, 365)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.AddGolden(record.Golden{Question: "新建充电站多少座", Expected: "26座", By: 1}); err != nil {
		t.Fatal(err)
	}
	kept.Close()
	take := func(force bool) (n int, err error) {
		err = Change(dir, 365, func(k *Keeper) error {
			n, err = k.TakeReadings(v.Versions, force)
			return err
		})
		return n, err
	}
	var changed *bot.GoldenChanged
	if _, err := take(false); !errors.As(err, &changed) || len(changed.Changes) != 1 || changed.Changes[0].Now != "62座" {
		t.Errorf("the golden question is not asked: %v", err)
	}
	if n, err := take(true); err != nil || n != 1 {
		t.Errorf("taken %d, %v", n, err)
	}
	if v, err = Verify(context.Background(), dir); err != nil || len(v.Otherwise) != 0 || v.Figures != 4 {
		t.Errorf("after it is taken: %+v, %v", v, err)
	}
	if _, err := take(true); !errors.Is(err, library.ErrUnknown) && err != nil {
		t.Errorf("taken twice: %v", err)
	}
}

// What was read is in a backup: restored, it is answered from as before. A report of which
// nothing was kept is, after the first look of a new program, kept as it is answered from.
func TestReadingsInBackup(t *testing.T) {
	t.Parallel()
	dir, file, into := takenFormerly(t), filepath.Join(t.TempDir(), "b.tar.gz"), t.TempDir()
	if _, err := Backup(dir, file); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(into, file); err != nil {
		t.Fatal(err)
	}
	if v, err := Verify(context.Background(), into); err != nil || len(v.Otherwise) != 1 {
		t.Errorf("restored: %+v, %v", v, err)
	}
	readings := filepath.Join(into, "library", "readings")
	if err := os.RemoveAll(readings); err != nil {
		t.Fatal(err)
	}
	k := New(into)
	if err := k.compareReadings(context.Background()); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(readings, "*")); len(left) != 1 {
		t.Errorf("kept %q", left)
	}
}
