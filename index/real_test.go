package index_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

// BenchmarkReal is tables over the reports of a folder and single answers from them, each
// by itself: a table over two dozen provinces is to take no more than five answers.
//
//	REAL_REPORTS=folder go test ./index -run XXX -bench Real
func BenchmarkReal(b *testing.B) {
	dir := os.Getenv("REAL_REPORTS")
	if dir == "" {
		b.Skip("REAL_REPORTS names no folder of reports")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		b.Fatal("no text in", dir, err)
	}
	var reports []*corpus.Report
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		r, err := corpus.Builtin().Parse(filepath.Base(file), text)
		if err != nil {
			b.Fatal(err)
		}
		reports = append(reports, r)
	}
	e, err := index.Open("", corpus.New(reports...))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	for _, question := range []string{
		"山西省今年GDP增长目标是多少", "辽宁省粮食产量", "what is the GDP growth target of Hunan",
		"各省GDP目标排个名", "which provinces exceed 6%", "东北三省粮食产量",
	} {
		e.Ask(context.Background(), question, nil)
		b.Run(question, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Ask(context.Background(), question, nil)
			}
		})
	}
}
