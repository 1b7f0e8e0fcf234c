package format_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/scan"
)

// unreadPicture is why a picture without text is refused: nothing was found in
// it, or there is nothing to find it with.
func unreadPicture() document.Code {
	if scan.Installed() {
		return document.NoText
	}
	return document.Scanned
}

// A page that was drawn and is read again says nothing but what it said, and
// says that it was recognized. Without tesseract it is refused.
func TestScan(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "scan", "indicators.png"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := format.Read(context.Background(), "a.png", content, document.Default)
	if !scan.Installed() {
		if code(err) != document.Scanned || !strings.Contains(err.Error(), "tesseract") {
			t.Errorf("without tesseract: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	check(t, d)
	if want := []document.Warning{{Code: document.Recognized, Page: 1}}; !slices.Equal(d.Warnings, want) {
		t.Errorf("warns %v", d.Warnings)
	}
	if !d.Recognized(0) || d.Kind != document.Picture {
		t.Errorf("not marked: %v, %v", d.Kind, d.Pages)
	}
	truth := read(t, "a.pdf", made(t, "indicators.pdf")).Text
	number := regexp.MustCompile(`[0-9][0-9.,]*%?`)
	found := number.FindAllString(d.Text, -1)
	for _, n := range found {
		if !strings.Contains(truth, n) {
			t.Errorf("invents %q", n)
		}
	}
	for _, want := range []string{"148.24亿元", "3388人"} {
		if !strings.Contains(d.Text, want) {
			t.Errorf("%q is not read in %s", want, d.Text)
		}
	}
	if l, top, r, bottom := framed(t, "a.png", content, "148.24亿元", "148.24"); l < 0.3 || r > 0.7 || top < 0.5 || bottom > 0.6 {
		t.Errorf("the frame is %.2f to %.2f, %.2f to %.2f", l, r, top, bottom)
	}
}
