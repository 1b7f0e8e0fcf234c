package corpus_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"reportbot/corpus"
)

// Whoever asks gets the same figures, though they are read anew when others
// were asked for in between, and by many at once.
func TestFiguresAreReadAnew(t *testing.T) {
	var text strings.Builder
	text.WriteString("青山区公园建设情况的报告\n")
	for i := range 20_000 { // more than are kept
		fmt.Fprintf(&text, "第%d街道2023年新建公园%d个。\n", i+1, i%97+2)
	}
	r, err := corpus.Builtin().Parse("公园", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	told := func(p *corpus.Paragraph) (s string) {
		for _, f := range p.Mentions() {
			s += fmt.Sprintf("%s %s %v\n", f.ID, line(f), f.Span)
		}
		return s
	}
	first := make([]string, len(r.Paragraphs))
	for i, p := range r.Paragraphs {
		first[i] = told(p)
	}
	if !strings.Contains(first[0], "新建|公园|2个") {
		t.Fatalf("read %q", first[0])
	}
	var all sync.WaitGroup
	for k := range 4 {
		all.Go(func() {
			for i := range r.Paragraphs {
				if k%2 == 1 {
					i = len(first) - 1 - i
				}
				if got := told(r.Paragraphs[i]); got != first[i] {
					t.Errorf("paragraph %d: %q, then %q", i, first[i], got)
					return
				}
			}
		})
	}
	all.Wait()
}

// The figures of a library that was read from end to end take no more room
// than those that are kept.
func TestFiguresTakeBoundedRoom(t *testing.T) {
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	sentence := "扎实推进项目建设，2023年新建公园%d个，改造提升%d个，完成投资%d.5亿元，同比增长%d.3%%，服务群众%d万人次。\n"
	var text strings.Builder
	text.WriteString("青山区公园建设情况的报告\n")
	for i := range 40_000 {
		fmt.Fprintf(&text, sentence, i+2, i%50+2, i%30, i%9, i%70)
	}
	r, err := corpus.Builtin().Parse("公园", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	before, figures := heap(), 0
	for _, p := range r.Paragraphs {
		figures += len(p.Figures())
	}
	const allowed = 60 << 20 // all 200,000 of them would take half as much again
	if grown := heap() - before; grown > allowed || figures < 180_000 {
		t.Errorf("%d figures, the heap has grown by %d MB", figures, grown>>20)
	}
	runtime.KeepAlive(r)
}
