package format_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// hundredPages is a PDF of a hundred pages: prose and tables in turn.
func hundredPages() []byte {
	var pages []*sheet
	for n := range 100 {
		s := new(sheet)
		if n%2 == 0 {
			for line := range 34 {
				s.text(80, 780-20*float64(line), 11, fmt.Sprintf("全年第%d项实现增加值%d.%02d亿元，比上年增长%d.%d%%，高于全县平均水平", line+1, 100+n, line, line%9, n%10))
			}
			pages = append(pages, s)
			continue
		}
		ys := []float64{}
		for row := range 34 {
			ys = append(ys, 790-20*float64(row))
			if row > 0 {
				s.rows([]float64{80, 240, 360, 470}, 795-20*float64(row), 0, fmt.Sprintf("第%d镇|%d.%02d|%d.%02d|%d", row, 1000+n, row, 900+n, row, row*n))
			}
		}
		pages = append(pages, s.frame([]float64{75, 235, 355, 465, 545}, ys))
	}
	return pdfOf(pages...)
}

// BenchmarkPDF reads a PDF of a hundred pages beside pdftotext -layout
// (poppler-utils), in one run: what counts is how many times as long it takes,
// of processor time where others use the machine too.
//
// Baseline: check of 101 pages of bulletins and budgets, whose types lie in the
// file, took 2.41 s and 137 MB beside 0.175 s of pdftotext, 13.8 times, before
// PDFium was called directly; 0.76 s and 124 MB, 4.4 times, since. At most 5
// are allowed. The pages made here have no types to be read, which is most of
// what pdftotext does: of them, pdftotext takes 0.05 s, and this took 1.50 s
// before and 0.70 s since.
func BenchmarkPDF(b *testing.B) {
	content := hundredPages()
	file := filepath.Join(b.TempDir(), "a.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("pdftotext", func(b *testing.B) {
		for b.Loop() {
			if err := exec.Command("pdftotext", "-layout", file, os.DevNull).Run(); err != nil {
				b.Skip("pdftotext is not installed, so nothing is compared")
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := format.Read(b.Context(), "a.pdf", content, document.Default); err != nil {
				b.Fatal(err)
			}
		}
	})
}
