package index_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"reportbot/index"
	"reportbot/index/indextest"
)

// A byte altered anywhere in an index is noticed when it is opened, and the index
// built anew beside it: sizes alone let through 18 of 187 that changed answers.
func TestAlteredIndex(t *testing.T) {
	dir := t.TempDir()
	c := indextest.Embedded(t).Corpus()
	open := func() string {
		t.Helper()
		e, err := index.Open(dir, c)
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		if _, err := e.Verify(context.Background()); err != nil {
			t.Error(err)
		}
		a := e.Ask(context.Background(), "5G基站建了多少", nil)
		if !a.Answered || a.Err != nil {
			t.Fatalf("answered %v, %v", a.Answered, a.Err)
		}
		return a.Figures[0].Text
	}
	want := open()
	random := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		files, _ := filepath.Glob(filepath.Join(dir, "index-*", "*"))
		more, _ := filepath.Glob(filepath.Join(dir, "index-*", "store", "*"))
		files = append(files, more...)
		name := files[random.IntN(len(files))]
		content, err := os.ReadFile(name)
		if err != nil || len(content) == 0 {
			continue
		}
		before, _ := os.Stat(filepath.Dir(name))
		content[random.IntN(len(content))] ^= byte(1 + random.IntN(255))
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := open(); got != want {
			t.Errorf("%s altered: %s", name, got)
		}
		if after, err := os.Stat(filepath.Dir(name)); err != nil || os.SameFile(before, after) {
			t.Errorf("%s altered: the index was not built anew", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".broken-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// A search that did not come to its end is an error, and not an answer that the
// reports do not say.
func TestSearchFails(t *testing.T) {
	e := indextest.Embedded(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	for _, q := range []string{"5G基站建了多少", "5G基站和充电枪各有多少", "存在哪些问题"} {
		if a := e.Ask(ctx, q, nil); a.Err == nil || a.Answered || len(a.Figures)+len(a.Passages) > 0 {
			t.Errorf("%s: %v, answered %v", q, a.Err, a.Answered)
		}
	}
	if a := e.Ask(context.Background(), "全区财政收入是多少", nil); a.Err != nil {
		t.Errorf("what the reports do not say is an error: %v", a.Err)
	}
}
