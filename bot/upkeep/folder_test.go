package upkeep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library"
)

// passes looks at the folder until what was there has settled.
func passes(t *testing.T, k *Keeper) {
	t.Helper()
	for range 3 {
		if err := k.takeFolder(true); err != nil {
			t.Fatal(err)
		}
		if err := k.turn(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(settled + settled/4)
	}
}

func quickly(t *testing.T) {
	t.Helper()
	was := settled
	settled = 40 * time.Millisecond
	t.Cleanup(func() { settled = was })
}

// county is a served folder of ten reports.
func county(t *testing.T) (office, *Keeper, *bot.Handler) {
	t.Helper()
	quickly(t)
	s := office{Data: t.TempDir(), Reports: t.TempDir()}
	for i := range 10 {
		written(t, s.Reports, fmt.Sprintf("东%d.txt", i), stations(fmt.Sprintf("东%d区", i), fmt.Sprint(20+i)))
	}
	k, h := served(t, s)
	return s, k, h
}

func inForce(t *testing.T, k *Keeper) int { return len(strings.Fields(names(t, k.Library))) }

// One file that goes is an order to withdraw its report; many at once, all of
// them, or a folder that is not mounted, are not: administrators are asked, once,
// and until they say so the reports are answered from.
func TestFolderIsNoOrder(t *testing.T) {
	s, k, h := county(t)
	gone := func(from, to int) {
		for i := from; i < to; i++ {
			os.Remove(filepath.Join(s.Reports, fmt.Sprintf("东%d.txt", i)))
		}
	}
	asked := func() (key string) {
		t.Helper()
		for _, d := range h.Due(false) {
			if d.Chat == 1 && strings.Contains(d.Reply.Text(), "不见了") {
				key = button(t, d.Reply, "撤回")
			}
			h.Told(d)
		}
		return key
	}
	gone(0, 1)
	passes(t, k)
	if inForce(t, k) != 9 || asked() != "" {
		t.Errorf("one file gone: %d in force", inForce(t, k))
	}
	gone(1, 4)
	passes(t, k)
	yes := asked()
	if inForce(t, k) != 9 || yes == "" {
		t.Fatalf("three more gone: %d in force, asked %q", inForce(t, k), yes)
	}
	passes(t, k)
	if asked() != "" {
		t.Error("asked twice")
	}
	if got := said(h, 1, bot.Message{Text: "东2区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "22座") {
		t.Errorf("meanwhile: %s", got)
	}
	if got := said(h, 7, bot.Message{Data: yes}).Text(); strings.Contains(got, "已撤回") || inForce(t, k) != 9 {
		t.Errorf("a reader withdrew: %s", got)
	}
	written(t, s.Reports, "东1.txt", stations("东1区", "21"))
	passes(t, k)
	if yes = asked(); yes == "" { // two of nine, and one withdrawn of late
		t.Fatal("one came back, and the others are not asked about")
	}
	if got := said(h, 1, bot.Message{Data: yes}).Text(); !strings.Contains(got, "已撤回 2 份") || inForce(t, k) != 7 {
		t.Errorf("withdrawn: %s, %d in force", got, inForce(t, k))
	}
	gone(0, 10)
	passes(t, k)
	if yes = asked(); inForce(t, k) != 7 || yes == "" {
		t.Errorf("an empty folder: %d in force", inForce(t, k))
	}
	os.Remove(s.Reports)
	if err := k.takeFolder(true); err == nil || inForce(t, k) != 7 {
		t.Errorf("no folder: %v, %d in force", err, inForce(t, k))
	}
	_, h = served(t, s) // it starts all the same
	if got := said(h, 1, bot.Message{Text: "东5区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "25座") {
		t.Errorf("at a start without the folder: %s", got)
	}
}

// Who was told that a report is withdrawn is told when it stands again, and when
// it is withdrawn once more.
func TestStandsAgain(t *testing.T) {
	s, k, h := county(t)
	said(h, 7, bot.Message{Text: "东3区新建充电站多少座"})
	told := func(want string) {
		t.Helper()
		got := take(h)
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("told %q, want %s", got, want)
		}
	}
	for range 2 {
		os.Remove(filepath.Join(s.Reports, "东3.txt"))
		passes(t, k)
		told("已撤回")
		written(t, s.Reports, "东3.txt", stations("东3区", "23"))
		passes(t, k)
		told("现已恢复")
		k.recall(time.Time{})
		if got := take(h); len(got) != 0 {
			t.Errorf("told twice: %q", got)
		}
	}
}

// A file that is still being written waits; a time in the future does not matter;
// a pipe is not opened; one above the limit is not read.
func TestFilesThatWait(t *testing.T) {
	s, k, h := county(t)
	pdf := []byte("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n")
	written(t, s.Reports, "半份.pdf", pdf)
	zip := zipped(t, "青山.txt", stations("青山区", "62"))
	written(t, s.Reports, "半份.zip", zip[:len(zip)/2])
	written(t, s.Reports, "下载.pdf.part", pdf)
	if err := pipe(filepath.Join(s.Reports, "管道.txt")); err != nil {
		t.Fatal(err)
	}
	big := filepath.Join(s.Reports, "太大.txt")
	if err := errors.Join(os.WriteFile(big, nil, 0o600), os.Truncate(big, document.Default.File+1)); err != nil {
		t.Fatal(err)
	}
	future := filepath.Join(s.Reports, "明年.txt")
	written(t, s.Reports, "明年.txt", stations("明年区", "77"))
	os.Chtimes(future, time.Now().AddDate(1, 0, 0), time.Now().AddDate(1, 0, 0))
	growing := filepath.Join(s.Reports, "在写.txt")
	for i := range 4 {
		os.WriteFile(growing, stations("在写区", strings.Repeat("9", i+1)), 0o600)
		if err := k.takeFolder(true); err != nil {
			t.Fatal(err)
		}
		time.Sleep(settled / 2)
	}
	if got := names(t, k.Library); strings.Contains(got, "在写") {
		t.Errorf("taken while it was written: %s", got)
	}
	passes(t, k)
	got := names(t, k.Library)
	if !strings.Contains(got, "明年") || !strings.Contains(got, "在写") || strings.Contains(got, "半份") {
		t.Errorf("in force: %s", got)
	}
	notices := strings.Join(takeOf(h, true), "\n")
	if !strings.Contains(notices, "未能加入“太大.txt”") || strings.Contains(notices, "半份") {
		t.Errorf("told %s", notices)
	}
	written(t, s.Reports, "半份.zip", zip)
	passes(t, k)
	if got := names(t, k.Library); !strings.Contains(got, "青山") {
		t.Errorf("the rest came: %s", got)
	}
	was := unfinished
	unfinished = 0
	defer func() { unfinished = was }()
	passes(t, k)
	if notices := strings.Join(takeOf(h, true), "\n"); !strings.Contains(notices, "半份.pdf") {
		t.Errorf("what never gets its end is not told of: %s", notices)
	}
}

// Watching an idle folder reads no file.
func TestIdle(t *testing.T) {
	s, k, _ := county(t)
	passes(t, k)
	for i := range 10 {
		os.Chmod(filepath.Join(s.Reports, fmt.Sprintf("东%d.txt", i)), 0)
	}
	reads := 0
	k.read = func(_ context.Context, file string, content []byte) (*corpus.Report, error) {
		reads++
		return nil, errors.New("read")
	}
	began := time.Now()
	allocations := testing.AllocsPerRun(100, func() {
		if err := k.takeFolder(true); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("a pass over 10 files: %v, %.0f allocations", time.Since(began)/101, allocations)
	if reads > 0 {
		t.Errorf("%d files were read", reads)
	}
	if took := time.Since(began) / 101; took > 20*time.Millisecond {
		t.Errorf("a pass takes %v", took)
	}
}

// What a file or a golden question does to its reader costs that file: it is
// tried twice, over starts too, and then left out by its name.
func TestQuarantine(t *testing.T) {
	s, k, h := county(t)
	againAfter = 0
	defer func() { againAfter = time.Minute }()
	tries := 0
	whole := k.read
	breaks := func(k *Keeper) {
		k.Library = library.Open(filepath.Join(s.Data, "library"), func(file string, content []byte) (*corpus.Report, error) {
			return whole(context.Background(), file, content)
		})
		k.read = func(ctx context.Context, file string, content []byte) (*corpus.Report, error) {
			if strings.Contains(string(content), "恐慌区") {
				tries++
				panic("a cell of the table")
			}
			return whole(ctx, file, content)
		}
	}
	breaks(k)
	said(h, 1, bot.Message{Text: "/golden 东3区新建充电站多少座 = 23座"}) // so that it is read to be held against that
	written(t, s.Reports, "恐慌.txt", stations("恐慌区", "13"))
	written(t, s.Reports, "之后.txt", stations("之后区", "14"))
	passes(t, k)
	passes(t, k)
	if tries != mostTrials {
		t.Errorf("tried %d times", tries)
	}
	if got := names(t, k.Library); !strings.Contains(got, "之后") {
		t.Errorf("in force: %s", got)
	}
	if got := strings.Join(takeOf(h, true), "\n"); !strings.Contains(got, "恐慌.txt") || !strings.Contains(got, "不再读取") {
		t.Errorf("told %s", got)
	}
	k, _ = served(t, s)
	breaks(k)
	passes(t, k)
	if tries != mostTrials {
		t.Errorf("tried again after a restart, %d times", tries)
	}
}

// A folder on a share that hangs holds up neither the start nor the library.
func TestHangingShare(t *testing.T) {
	s, k, h := county(t)
	k.folder.pass.Lock() // a pass that does not come back
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { k.Watch(ctx); close(done) }()
	if err := s.add(written(t, t.TempDir(), "青山.txt", stations("青山区", "62")), "", true); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if got := said(h, 1, bot.Message{Text: "青山区新建充电站多少座"}).Text(); strings.HasPrefix(got, "62座") {
			break
		}
		if time.Now().After(until) {
			t.Fatal("the library is not followed while the folder hangs")
		}
	}
	stop()
	k.folder.pass.Unlock()
	<-done
}

// While the record can't be read nothing is taken: what golden questions guard,
// and what is restricted, can't be told. Those there are answered from.
func TestNothingTakenWithoutRecord(t *testing.T) {
	s, _, _ := county(t)
	written(t, s.Reports, "东3.txt", stations("东3区", "99"))
	lost, err := s.keep(record.Unreadable(errors.New("a damaged page")))
	if err != nil {
		t.Fatal(err)
	}
	defer lost.Close()
	if a := lost.Live.Ask(context.Background(), "东3区新建充电站多少座", nil); !a.Answered || a.Figures[0].Text != "23座" {
		t.Errorf("answered %v %+v", a.Answered, a.Figures)
	}
	if _, err := lost.Add("新.txt", stations("新区", "1"), ""); err == nil {
		t.Error("a report was taken")
	}
}
