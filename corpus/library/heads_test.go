package library

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reportbot/corpus"
)

// counted is a library that keeps heads, and says which files are read.
func counted(dir string, files *[]string) *Library {
	l := Open(dir, func(file string, content []byte) (*corpus.Report, error) {
		*files = append(*files, file)
		return read(file, content)
	})
	l.Keep(func() string { return filepath.Join(dir, "read", "heads") })
	return l
}

// A start opens no original; each report is read when it is opened, and is the one
// of its head.
func TestHeadsAreKept(t *testing.T) {
	dir := t.TempDir()
	var files []string
	l := counted(dir, &files)
	for n := range 5 {
		if _, err := l.Add(fmt.Sprintf("报告%d.txt", n), text(60+n), ByHand); err != nil {
			t.Fatal(err)
		}
		inForce(t, l)
	}
	files = nil
	l = counted(dir, &files)
	reports, bad, err := l.Reports()
	if err != nil || len(bad) > 0 || len(reports) != 5 || len(files) > 0 {
		t.Fatalf("%d reports, read %v, %v, %v", len(reports), files, bad, err)
	}
	r, err := reports[3].Open()
	if err != nil || r.Head != reports[3].Head || !strings.Contains(r.Text, "63座") || len(files) != 1 {
		t.Errorf("opened %+v, read %v, %v", r, files, err)
	}
	if fresh, _ := read("报告3.txt", text(63)); *fresh.Head != *r.Head {
		t.Errorf("kept %+v\nread %+v", r.Head, fresh.Head)
	}
	if err := l.Verify(read, nil); err != nil {
		t.Error(err)
	}
}

// alter writes other bytes of the same length behind the back of the file's time.
func alter(t *testing.T, name string, content []byte) {
	t.Helper()
	info, err := os.Stat(name)
	if err == nil {
		err = os.WriteFile(name, content, 0o600)
	}
	if err == nil {
		err = os.Chtimes(name, time.Time{}, info.ModTime())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// An original that was touched is read again at the start. One that was altered
// behind its time is found out before anything of it is shown, or by Prove before
// anybody asks.
func TestAlteredBehindItsHead(t *testing.T) {
	for _, way := range []string{"touched", "opened", "proved"} {
		dir := t.TempDir()
		var files []string
		l := counted(dir, &files)
		for n := range 2 {
			if _, err := l.Add(fmt.Sprintf("报告%d.txt", n), text(62+n), ByHand); err != nil {
				t.Fatal(err)
			}
		}
		inForce(t, l)
		name := l.original(HashOf(text(63)))
		if way == "touched" {
			os.WriteFile(name, text(99), 0o600)
		} else {
			alter(t, name, text(99))
		}
		l = counted(dir, &files)
		reports, bad, err := l.Reports()
		if err != nil || way == "touched" && len(bad) != 1 || way != "touched" && len(reports) != 2 {
			t.Fatalf("%s: %d reports, %v, %v", way, len(reports), bad, err)
		}
		switch way {
		case "opened":
			if r, err := reports[1].Open(); err == nil {
				t.Errorf("opened as %s", r.Text)
			}
		case "proved":
			for l.Prove(1) {
			}
		default:
			continue
		}
		if !l.Lost() {
			t.Errorf("%s: it is not known that it is lost", way)
		}
		if reports, bad, err = l.Reports(); err != nil || len(reports) != 1 || len(bad) != 1 || bad[0].File != "报告1.txt" {
			t.Errorf("%s: %d reports then, %v, %v", way, len(reports), bad, err)
		}
	}
}

// Whatever byte of the kept heads is altered, or wherever they are cut short, all
// reports have the heads of their originals, and the next start finds them whole.
func TestDamagedHeads(t *testing.T) {
	dir := t.TempDir()
	var files []string
	l := counted(dir, &files)
	for n := range 4 {
		if _, err := l.Add(fmt.Sprintf("报告%d.txt", n), text(60+n), ByHand); err != nil {
			t.Fatal(err)
		}
	}
	want := heads(t, l)
	name := filepath.Join(dir, "read", "heads")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 3 {
		damaged := append([]byte(nil), whole...)
		damaged[at] ^= 0x20
		if at%2 == 0 {
			damaged = damaged[:at]
		}
		os.WriteFile(name, damaged, 0o600)
		if got := heads(t, counted(dir, &files)); got != want {
			t.Fatalf("at %d of %d: %s\nwant %s", at, len(whole), got, want)
		}
		files = nil
		if got := heads(t, counted(dir, &files)); got != want || len(files) > 0 {
			t.Fatalf("at %d: the next start read %v again", at, files)
		}
	}
}

func heads(t *testing.T, l *Library) (all string) {
	t.Helper()
	reports, bad, err := l.Reports()
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	for _, r := range reports {
		all += fmt.Sprintf("%+v\n", *r.Head)
	}
	return all
}

// A head that says otherwise than its original, though it is whole, answers nothing:
// it is noticed when the report is opened, by verify too, and read anew.
func TestForeignHead(t *testing.T) {
	dir := t.TempDir()
	var files []string
	l := counted(dir, &files)
	if _, err := l.Add("报告.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	want := heads(t, l)
	entries, _ := l.Entries()
	reports, _, _ := l.Reports()
	head := *reports[0].Head
	head.Year = 1999
	size, at := l.looks(entries[0])
	if err := appendTo(l.place(), record(entries[0].key(), keptHead{&head, size, at})); err != nil {
		t.Fatal(err)
	}
	l = counted(dir, &files)
	reports, _, _ = l.Reports()
	if reports[0].Year != 1999 {
		t.Fatal("the later record does not hold")
	}
	if err := l.Verify(read, nil); err == nil {
		t.Error("verified")
	}
	if _, err := reports[0].Open(); err == nil || !l.Lost() {
		t.Error("opened with a head that is not its own")
	}
	if got := heads(t, l); got != want {
		t.Errorf("then it is %s", got)
	}
	if got := heads(t, counted(dir, &files)); got != want {
		t.Errorf("at the next start it is %s", got)
	}
}

// What was ended goes from the file when it is more than half of it.
func TestHeadsOfTheGone(t *testing.T) {
	dir := t.TempDir()
	var files []string
	l := counted(dir, &files)
	for n := range 60 {
		if _, err := l.Add("报告.txt", text(60+n), ByHand); err != nil {
			t.Fatal(err)
		}
		inForce(t, l)
	}
	large, _ := os.Stat(l.place())
	inForce(t, counted(dir, &files))
	if small, err := os.Stat(l.place()); err != nil || small.Size() > large.Size()/20 {
		t.Errorf("%d bytes of %d are left", small.Size(), large.Size())
	}
}
