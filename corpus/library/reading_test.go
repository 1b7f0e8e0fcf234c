package library

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
)

// asPage is a reader of pages that finds that number of stations in every one, and broken
// where it can't read any.
func asPage(stations string, broken error) Reader {
	return func(file string, content []byte) (*corpus.Report, error) {
		if broken != nil {
			return nil, broken
		}
		said := strings.Replace(string(content), "62", stations, 1)
		return corpus.Builtin().ParseDocument(NameOf(file), &document.Document{Kind: document.HTML, Text: said})
	}
}

func shown(t *testing.T, l *Library) string { return strings.Join(inForce(t, l), ", ") }

// A report is answered from as it was read when it was taken, whatever a newer reader makes
// of its original, until that reading is taken.
func TestReadingStays(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, asPage("26", nil)).Add("充电.html", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	newer := asPage("62", nil)
	l := Open(dir, newer)
	if got := shown(t, l); got != "充电 26座" {
		t.Errorf("before it is taken: %s", got)
	}
	if got := shown(t, Open(dir, asPage("", errors.New("never")))); got != "充电 26座" {
		t.Errorf("by a reader that fails: %s", got)
	}
	var again []Reread
	if err := l.Verify(newer, func(r Reread) { again = append(again, r) }); err != nil {
		t.Fatal(err)
	}
	if len(again) != 1 || !again[0].Differs() || again[0].Unkept() {
		t.Fatalf("told of %+v", again)
	}
	c := Compare(again[0].Old, again[0].New)
	if len(c.Changed) != 1 || c.Changed[0].Old.Text != "26座" || c.Changed[0].New.Text != "62座" || c.Same != 1 {
		t.Errorf("what changes: %+v", c)
	}
	taken, err := l.TakeReadings(newer, []Entry{again[0].Entry})
	if err != nil || len(taken) != 1 {
		t.Fatal(taken, err)
	}
	for _, l := range []*Library{l, Open(dir, newer), Open(dir, asPage("", errors.New("never")))} {
		if got := shown(t, l); got != "充电 62座" {
			t.Errorf("after it is taken: %s", got)
		}
	}
	if err := l.Verify(newer, func(r Reread) {
		if r.Differs() {
			t.Errorf("taken, it differs still: %+v", r.Entry)
		}
	}); err != nil {
		t.Fatal(err)
	}
	changes, err := l.Since(taken[0].Added.Add(-1))
	if err != nil || len(changes) != 1 || changes[0].New == nil {
		t.Fatalf("ended: %+v, %v", changes, err)
	}
	v, err := l.Version(changes[0])
	if err != nil || !strings.Contains(v.Old.Text, "26座") || !strings.Contains(v.New.Text, "62座") {
		t.Errorf("its two readings are %+v, %v", v, err)
	}
	if twice, err := l.TakeReadings(newer, []Entry{again[0].Entry}); err != nil || len(twice) != 0 {
		t.Errorf("what is not in force any more was taken: %v, %v", twice, err)
	}
}

// What was read and is lost, or altered, is never answered from; the original is.
func TestReadingLost(t *testing.T) {
	for name, harm := range map[string]func(file string){
		"lost": func(file string) { os.Remove(file) },
		"altered": func(file string) {
			os.WriteFile(file, []byte(`{"form":1,"document":{"kind":"html","text":"关于站的报告\n新建充电站99座。"}}`), 0o600)
		},
	} {
		dir := t.TempDir()
		l := Open(dir, asPage("26", nil))
		if _, err := l.Add("充电.html", text(62), ByHand); err != nil {
			t.Fatal(err)
		}
		files, _ := filepath.Glob(filepath.Join(dir, "readings", "*"))
		if len(files) != 1 {
			t.Fatalf("%s: kept %q", name, files)
		}
		harm(files[0])
		newer := asPage("62", nil)
		l = Open(dir, newer)
		if got := shown(t, l); got != "充电 62座" {
			t.Errorf("%s: %s", name, got)
		}
		var unkept []Entry
		if err := l.Verify(newer, func(r Reread) {
			if r.Unkept() && !r.Differs() {
				unkept = append(unkept, r.Entry)
			}
		}); err != nil || len(unkept) != 1 {
			t.Fatalf("%s: %v, %v", name, unkept, err)
		}
		if taken, err := l.TakeReadings(newer, unkept); err != nil || len(taken) != 1 {
			t.Errorf("%s: %v, %v", name, taken, err)
		}
		entries, _ := l.Entries()
		if len(entries) != 1 || !entries[0].Ended.IsZero() {
			t.Errorf("%s: kept again, it is another version: %+v", name, entries)
		}
		if got := shown(t, Open(dir, asPage("26", nil))); got != "充电 62座" {
			t.Errorf("%s: kept again: %s", name, got)
		}
	}
}

// Of a report of before readings were kept nothing is told that can't be known, and its
// reading is kept when it is taken. Of plain text nothing is kept.
func TestReadingOfBefore(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, asPage("62", nil))
	if _, err := l.Add("充电.html", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	if err := l.change(true, func(all []Entry) ([]Entry, error) { all[0].Reading = ""; return all, nil }); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(filepath.Join(dir, "readings"))
	again, err := l.Reread(asPage("26", nil), mustFind(t, l, "充电"))
	if err != nil || again.Differs() || !again.Unkept() {
		t.Errorf("of before: %+v, %v", again, err)
	}
	if taken, err := l.TakeReadings(asPage("62", nil), []Entry{again.Entry}); err != nil || len(taken) != 1 {
		t.Error(taken, err)
	}
	if got := shown(t, Open(dir, asPage("26", nil))); got != "充电 62座" {
		t.Errorf("kept: %s", got)
	}
	l = Open(t.TempDir(), read)
	if _, err := l.Add("充电.txt", text(62), ByHand); err != nil {
		t.Fatal(err)
	}
	if again, err := l.Reread(read, mustFind(t, l, "充电")); err != nil || again.Reading != "" || again.Unkept() || again.Differs() {
		t.Errorf("plain text: %+v, %v", again, err)
	}
}

func mustFind(t *testing.T, l *Library, name string) Entry {
	t.Helper()
	e, err := l.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
