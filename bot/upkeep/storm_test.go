package upkeep

import (
	"bufio"
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/index"
	"reportbot/index/indextest"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == isolate.Command { // a file is read by the program itself
		if err := format.ServeIsolated(document.Kind(os.Args[2]), os.Stdin, os.Stdout, corpus.Builtin().Analyse); err != nil {
			os.Exit(1)
		}
		return
	}
	if dir := os.Getenv("KEEPER_CHILD"); dir != "" {
		if err := busy(dir); err != nil {
			fmt.Println("! ", err)
		}
		return
	}
	flag.Parse()
	flag.Set("test.parallel", "8") // these tests wait for the disk and for other processes more than they compute
	os.Exit(m.Run())
}

var places = []string{"青山区", "白云区", "东湖区"}

// busy adds, replaces and withdraws reports until it is killed. It says what it
// is about to do ("> 青山区 100"), and that it is done when it is answered from.
func busy(dir string) error {
	k, err := Open(context.Background(), dir, "", record.InMemory())
	if err != nil {
		return err
	}
	early := os.Getenv("KEEPER_LIES") != "" // acknowledged before it is done: see TestLiesAreSeen
	for n := 1; ; n++ {
		place, figure := places[n%3], strconv.Itoa(os.Getpid()%10_000*100+n)
		now, _ := k.Library.Find(place + "充电设施建设情况的报告")
		withdraws := n%7 == 0 && now.Name != ""
		if withdraws {
			figure = "-"
		}
		fmt.Println(">", place, figure)
		if early {
			fmt.Println("=", place, figure)
			time.Sleep(20 * time.Millisecond) // a lie that is often caught, on a quick machine too
		}
		switch {
		case withdraws:
			_, err = k.Withdraw(now.Name)
		case n%2 == 0 && now.Name != "": // by one of another name
			_, err = k.Add(fmt.Sprintf("%s%d.txt", place, n), stations(place, figure), now.Name)
		case now.Name != "":
			_, err = k.Add(now.File, stations(place, figure), "")
		default:
			_, err = k.Add(place+".txt", stations(place, figure), "")
		}
		if err != nil {
			return err
		}
		fmt.Println("=", place, figure)
	}
}

// stormed kills the keeper at random moments and returns what was wrong then.
// What it acknowledged is answered by the next one. Only the one change that was
// under way may be there or not: of that place either figure is right, of every
// other place only the one acknowledged.
func stormed(t *testing.T, times int, env ...string) (wrong []string) {
	dir := t.TempDir()
	want := map[string]string{}
	for round := range times {
		begun, under := "", ""
		for _, line := range killedAtWork(t, dir, env...) {
			what, rest, _ := strings.Cut(line, " ")
			place, figure, _ := strings.Cut(rest, " ")
			if begun, under = place, figure; what == "=" {
				want[place], begun = figure, ""
			}
		}
		k, err := Open(context.Background(), dir, "", record.InMemory())
		if err != nil {
			t.Fatal(err)
		}
		for _, place := range places {
			got := "-"
			if a := k.Live.Ask(context.Background(), place+"新建充电站多少座", nil); a.Answered && len(a.Figures) > 0 && a.Figures[0].Paragraph.Report.Title == place+"充电设施建设情况的报告" {
				got = strings.TrimSuffix(a.Figures[0].Text, "座")
			}
			if right := cmp.Or(want[place], "-"); got != right && !(place == begun && got == under) {
				wrong = append(wrong, fmt.Sprintf("round %d, %s: acknowledged %s, under way %s %s, answered %s", round, place, right, begun, under, got))
			}
			want[place] = got
		}
		k.Close()
		if err := verified(dir); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "index-*")); len(left) > 4 {
		t.Errorf("left behind: %q", left)
	}
	return wrong
}

// killedAtWork is what a keeper said before it was killed. It is killed soon
// after something it said, whichever.
func killedAtWork(t *testing.T, dir string, env ...string) (lines []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(append(os.Environ(), "KEEPER_CHILD="+dir), env...)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	after, soon := 1+rand.IntN(12), time.Duration(rand.IntN(60))*time.Millisecond
	for scanner := bufio.NewScanner(out); scanner.Scan(); {
		if lines = append(lines, scanner.Text()); len(lines) == after {
			time.AfterFunc(soon, func() { child.Process.Kill() })
		}
	}
	child.Wait()
	if n := len(lines); n > 0 && strings.HasPrefix(lines[n-1], "!") {
		t.Fatal(lines[n-1])
	}
	return lines
}

func TestKilledAtWork(t *testing.T) {
	t.Parallel()
	for _, wrong := range stormed(t, 4) {
		t.Error(wrong)
	}
}

// A keeper that acknowledges a change before it is written is found out.
func TestLiesAreSeen(t *testing.T) {
	t.Parallel()
	for range 25 {
		if len(stormed(t, 4, "KEEPER_LIES=1")) > 0 {
			return
		}
	}
	t.Error("killed a hundred times, a keeper that lies passed")
}

// On a full disk the index is held in memory: the bot answers, and a report that
// was withdrawn is not answered from. With room again it is on disk.
func TestIndexOnFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("skipped: no small disk can be mounted here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	k := New(dir)
	for _, place := range places[:2] {
		if _, err := k.Add(place+".txt", stations(place, "62"), ""); err != nil {
			t.Fatal(err)
		}
	}
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 8<<20), 0o644); err == nil {
		t.Fatal("the disk is not full")
	}
	answers := func(wantOnDisk bool) {
		t.Helper()
		if err := k.open(); err != nil {
			t.Fatal(err)
		}
		defer func() { k.Close(); k.Live = nil }()
		if a := k.Live.Ask(context.Background(), places[1]+"新建充电站多少座", nil); !a.Answered || a.Figures[0].Text != "62座" {
			t.Errorf("answered %v", a.Answered)
		}
		if held, err := k.Live.Holds(corpus.ReportID(places[0])); err != nil || held == wantOnDisk {
			t.Errorf("the report withdrawn later is held: %v, %v", held, err)
		}
		if there, _ := filepath.Glob(filepath.Join(dir, "index-*")); (len(there) > 0) != wantOnDisk {
			t.Errorf("on disk: %q", there)
		}
	}
	answers(false)
	os.Remove(filler)
	if _, err := k.Library.Withdraw(places[0]); err != nil {
		t.Fatal(err)
	}
	answers(true)
}

// An index cut short is built anew beside it when it is opened.
func TestTruncatedIndex(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"store/*.zap", "store/root.bolt", "index_meta.json"} {
		dir := t.TempDir()
		c := indextest.Embedded(t).Corpus()
		e, err := index.Open(dir, c)
		if err != nil {
			t.Fatal(err)
		}
		e.Close()
		files, _ := filepath.Glob(filepath.Join(dir, "index-*", part))
		if len(files) == 0 {
			t.Fatalf("no %s", part)
		}
		info, err := os.Stat(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(files[0], info.Size()/2); err != nil {
			t.Fatal(err)
		}
		e, err = index.Open(dir, c)
		if err != nil {
			t.Errorf("%s cut short: %v", part, err)
			continue
		}
		if a := e.Ask(context.Background(), "5G基站建了多少", nil); !a.Answered || a.Figures[0].Text != "174个" {
			t.Errorf("%s cut short: answered %v", part, a.Answered)
		}
		if _, err := e.Verify(context.Background()); err != nil {
			t.Errorf("%s cut short: %v", part, err)
		}
		e.Close()
	}
}
