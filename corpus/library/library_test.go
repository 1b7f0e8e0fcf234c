package library

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reportbot/corpus"
)

func read(file string, content []byte) (*corpus.Report, error) {
	return corpus.Builtin().Parse(NameOf(file), content)
}

func text(n int) []byte {
	return fmt.Appendf(nil, "关于充电设施建设情况的报告\n一、进展\n2023年新建充电站%d座，公用充电枪277支。\n", n)
}

func inForce(t *testing.T, l *Library) (names []string) {
	t.Helper()
	reports, bad, err := l.Reports()
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	for _, s := range reports {
		r, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, r.Name+" "+r.Paragraphs[len(r.Paragraphs)-1].Figures()[0].Text)
	}
	return names
}

func TestAddReplaceWithdraw(t *testing.T) {
	l := Open(t.TempDir(), read)
	step := func(want string, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(inForce(t, l), ", "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	v, err := l.Add("充电.txt", text(62), ByHand)
	step("充电 62座", err)
	if v.Old != nil {
		t.Error("something was replaced")
	}
	if _, err := l.Add("又一份.txt", text(62), ByHand); !errors.Is(err, ErrThere) || !strings.Contains(err.Error(), "充电.txt") {
		t.Errorf("the same content again: %v", err)
	}
	v, err = l.Add("/somewhere/充电.txt", text(63), ByHand)
	step("充电 63座", err)
	if v.Old == nil || !strings.Contains(v.Old.Text, "62座") {
		t.Error("the old version is not told")
	}
	_, err = l.Add("基站.txt", text(64), ByHand)
	step("充电 63座, 基站 64座", err)
	if _, err := l.Withdraw("没有"); !errors.Is(err, ErrUnknown) {
		t.Errorf("withdrawn what is not there: %v", err)
	}
	gone, err := l.Withdraw("充电.txt")
	step("基站 64座", err)
	if gone.Name != "充电" || gone.Ended.IsZero() {
		t.Errorf("withdrawn %+v", gone)
	}
	if _, err := l.Add("坏.txt", []byte{0xff, 0xfe, 0x00}, ByHand); err == nil {
		t.Error("a file that can't be read was added")
	}
	step("基站 64座", l.Verify(read, nil))
	entries, err := l.Entries()
	if err != nil || len(entries) != 3 {
		t.Errorf("the history is %v, %v", entries, err)
	}
}

// An original that is not what was added is never read as if it were.
func TestChangedOriginal(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, read)
	if _, err := l.Add("充电.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "originals", "*"))
	if err := os.WriteFile(files[0], text(99), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Open(dir, read).Verify(read, nil); err == nil || !strings.Contains(err.Error(), "充电.txt") {
		t.Errorf("verified: %v", err)
	}
	if _, err := l.Add("充电.txt", text(62), ByHand); !errors.Is(err, ErrThere) || Open(dir, read).Verify(read, nil) != nil {
		t.Errorf("added again, it is not mended: %v", err)
	}
}

// A manifest cut short, or gone, is read from its copy; without either the
// error says which file it is.
func TestDamagedManifest(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, read)
	if _, err := l.Add("充电.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	manifest := filepath.Join(dir, "reports.json")
	if err := os.Truncate(manifest, 40); err != nil {
		t.Fatal(err)
	}
	if got := inForce(t, Open(dir, read)); len(got) != 1 {
		t.Errorf("cut short: %v", got)
	}
	os.Remove(manifest)
	if _, err := l.Add("基站.txt", text(64), ByHand); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(inForce(t, Open(dir, read)), ", "); got != "充电 62座, 基站 64座" {
		t.Errorf("after the next change: %s", got)
	}
	whole, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	altered := bytes.Replace(whole, []byte("充电.txt"), []byte("充气.txt"), 1)
	for _, content := range []string{"{", "", "null", "[]", string(altered), strings.Replace(string(whole), "\n", " \n", 2)} {
		for _, name := range []string{"reports.json", "reports.copy.json"} {
			os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644)
		}
		if _, err := Open(dir, read).Entries(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "reports.json") || !strings.Contains(err.Error(), "restore") {
			t.Errorf("both are %.20q: %v", content, err)
		}
	}
	os.WriteFile(manifest, []byte(`[{"name": "充电", "file": "充电.txt"}]`), 0o644)
	if entries, err := Open(dir, read).Entries(); err != nil || len(entries) != 1 {
		t.Errorf("as earlier versions wrote it: %v, %v", entries, err)
	}
}

// One report replaces another of another name in one step; what was ended by
// hand need not be taken from the folder again.
func TestReplace(t *testing.T) {
	l := Open(t.TempDir(), read)
	if _, err := l.Add("旧.txt", text(62), ByFolder); err != nil {
		t.Fatal(err)
	}
	in := Incoming{Files: []File{{"新.txt", text(63)}}, Source: ByHand, Replace: "没有"}
	if _, err := l.Take(in); !errors.Is(err, ErrUnknown) {
		t.Errorf("replaced what is not there: %v", err)
	}
	in.Replace = "《关于充电设施建设情况的报告》"
	taken, err := l.Take(in)
	if err != nil || taken[0].Old == nil || taken[0].Old.Name != "旧" {
		t.Fatalf("took %+v, %v", taken, err)
	}
	if entries, err := l.Entries(); err != nil || !Settled(entries, HashOf(text(62))) {
		t.Errorf("the folder would bring back what was replaced by hand: %v", err)
	}
	if got := strings.Join(inForce(t, l), ", "); got != "新 63座" {
		t.Errorf("in force: %s", got)
	}
	if changes, err := l.Since(time.Now().Add(-time.Hour)); err != nil || len(changes) != 1 || changes[0].New.Name != "新" {
		t.Errorf("since: %+v, %v", changes, err)
	}
}

// A full disk: what is refused changes nothing, and the library goes on when
// there is room again.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("skipped: no small disk can be mounted here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	l := Open(dir, read)
	if _, err := l.Add("充电.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	room := filepath.Join(dir, "filler")
	if err := os.WriteFile(room, make([]byte, 64<<10), 0o644); err == nil {
		t.Fatal("the disk is not full")
	}
	if _, err := l.Add("基站.txt", text(64), ByHand); err == nil {
		t.Error("added on a full disk")
	}
	if got := strings.Join(inForce(t, Open(dir, read)), ", "); got != "充电 62座" {
		t.Errorf("in force: %s", got)
	}
	os.Remove(room)
	if _, err := l.Add("基站.txt", text(64), ByHand); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// A command waits until the process that serves the folder has taken its change.
func TestServed(t *testing.T) {
	dir := t.TempDir()
	l := Open(filepath.Join(dir, "library"), read)
	if _, err := l.Add("充电.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	if !l.Served(dir, 0) {
		t.Error("nobody serves, and there was waiting")
	}
	release, err := Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if l.Served(dir, 0) {
		t.Error("the other has not taken the change yet")
	}
	time.AfterFunc(200*time.Millisecond, func() { Serve(dir, l.Stamp()) })
	if !l.Served(dir, 10*time.Second) {
		t.Error("the other has taken the change")
	}
	if _, err := l.Withdraw("充电"); err != nil {
		t.Fatal(err)
	}
	if l.Served(dir, 0) {
		t.Error("the other has the change before")
	}
	release()
	if !l.Served(dir, 0) {
		t.Error("the other has gone")
	}
}

// A library that is gone is lost, and not one that never was.
func TestLost(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "library")
	if entries, err := Open(dir, read).Entries(); err != nil || entries != nil {
		t.Errorf("never made: %v, %v", entries, err)
	}
	if _, err := Open(dir, read).Add("充电.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(dir)
	if _, err := Open(dir, read).Entries(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "restore") {
		t.Errorf("the folder is gone: %v", err)
	}
	if _, err := Open(dir, read).Add("充电.txt", text(62), ByHand); !errors.Is(err, ErrLost) {
		t.Errorf("added to what is lost: %v", err)
	}
}

// One report that can't be read, or that its reader panics over, is bad; the
// others are in force.
func TestBad(t *testing.T) {
	dir := t.TempDir()
	fragile := func(file string, content []byte) (*corpus.Report, error) {
		if bytes.Contains(content, []byte("64座")) && file == "恐慌.txt" {
			panic("a cell")
		}
		return read(file, content)
	}
	l := Open(dir, read)
	for name, n := range map[string]int{"好.txt": 62, "失.txt": 63, "恐慌.txt": 64} {
		if _, err := l.Add(name, text(n), ByHand); err != nil {
			t.Fatal(err)
		}
	}
	os.Remove(l.original(HashOf(text(63))))
	reports, bad, err := Open(dir, fragile).Reports()
	if err != nil || len(reports) != 1 || reports[0].Name != "好" || len(bad) != 2 {
		t.Fatalf("%d reports, %v, %v", len(reports), bad, err)
	}
	if err := Open(dir, fragile).Verify(read, nil); err == nil || !strings.Contains(err.Error(), "失.txt") || !strings.Contains(err.Error(), "恐慌.txt") {
		t.Errorf("verified: %v", err)
	}
	reports, _, _ = l.Reports()
	l.shelf = shelf{}
	for _, r := range reports {
		r.Open()
	}
	if os.Remove(l.original(HashOf(text(62)))); l.Lost() {
		t.Error("lost before it was opened again")
	}
	l.shelf = shelf{}
	reports[0].Open()
	reports[1].Open()
	if !l.Lost() {
		t.Error("that a report can't be opened again is not known")
	}
}

func TestHold(t *testing.T) {
	dir := t.TempDir()
	release, err := Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Hold(dir); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("process %d since", os.Getpid())) {
		t.Errorf("held twice: %v", err)
	}
	release()
	again, err := Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("LIBRARY_CHILD"); dir != "" {
		busy(dir)
		return
	}
	os.Exit(m.Run())
}

// busy changes a library until it is killed, and says what is acknowledged.
func busy(dir string) {
	l := Open(dir, read)
	for n := 1; ; n++ {
		name := fmt.Sprintf("报告%d.txt", n%5)
		if n%7 == 0 {
			fmt.Println(">", NameOf(name), "")
			if gone, err := l.Withdraw(name); err == nil {
				fmt.Println("-", gone.Name)
			}
			continue
		}
		fmt.Println(">", NameOf(name), n+os.Getpid()*1000)
		if _, err := l.Add(name, text(n+os.Getpid()*1000), ByHand); err == nil {
			fmt.Println("+", NameOf(name), n+os.Getpid()*1000)
		}
	}
}

// Killed at any moment, the library holds what it acknowledged and nothing
// else but the change that was under way.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	want := map[string]string{}
	for range 10 {
		lines := killed(t, dir)
		place, figure := apply(want, lines)
		l := Open(dir, read)
		if err := l.Verify(read, nil); err != nil {
			t.Fatal(err)
		}
		entries, err := l.Entries()
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, name := range inForce(t, l) {
			report, figure, _ := strings.Cut(name, " ")
			got[report] = strings.TrimSuffix(figure, "座")
		}
		for i := range 5 { // of the one change under way either state is right
			if name := fmt.Sprintf("报告%d", i); got[name] != want[name] && !(name == place && got[name] == figure) {
				t.Fatalf("acknowledged %v, under way %s %s, found %v among %d entries", want, place, figure, got, len(entries))
			}
		}
		want = got
	}
}

func killed(t *testing.T, dir string) (lines []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "LIBRARY_CHILD="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	after := 5 + rand.IntN(30)
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
		if len(lines) == after {
			time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond)
			child.Process.Kill()
		}
	}
	child.Wait()
	if len(lines) < after {
		t.Fatalf("the child ended by itself after %q", lines)
	}
	return lines
}

// apply returns the change that was begun and not acknowledged.
func apply(state map[string]string, lines []string) (place, figure string) {
	for _, line := range lines {
		fields := append(strings.Fields(line), "")
		switch place, figure = "", ""; fields[0] {
		case ">":
			place, figure = fields[1], fields[2]
		case "-":
			delete(state, fields[1])
		default:
			state[fields[1]] = fields[2]
		}
	}
	return place, figure
}
