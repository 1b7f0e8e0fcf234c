package picture_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/corpus/picture"
)

// TestMain lets the test binary be the process that draws a page, as the
// program itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == isolate.Command {
		if err := format.ServeIsolated(document.Kind(os.Args[2]), os.Stdin, os.Stdout, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func report(t *testing.T, name string) (*corpus.Report, []byte) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "format", "testdata", "libreoffice", name))
	if err != nil {
		t.Fatal(err)
	}
	reports, err := corpus.Builtin().ReadFile(context.Background(), name, content)
	if err != nil {
		t.Fatal(err)
	}
	return reports[0], content
}

// Every figure of a report has its page; one that was drawn is kept, until the
// original is another.
func TestOf(t *testing.T) {
	r, content := report(t, "indicators.pdf")
	if !picture.Can(r) {
		t.Fatal("a PDF has pages")
	}
	asked := 0
	pages := &picture.Pages{Dir: filepath.Join(t.TempDir(), "pages"), Original: func(string) (string, []byte, error) {
		asked++
		return "indicators.pdf", content, nil
	}}
	n := 0
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if n++; n%15 != 1 { // one in fifteen is enough
				continue
			}
			drawn, err := pages.Of(context.Background(), p, f)
			if err != nil {
				t.Fatalf("%s in %q: %v", f.Text, p.Text(), err)
			}
			if _, err := png.Decode(bytes.NewReader(drawn)); err != nil {
				t.Fatal(err)
			}
			kept, _ := filepath.Glob(filepath.Join(pages.Dir, "*.png"))
			if want := (n + 14) / 15; len(kept) != want {
				t.Fatalf("%d pictures are kept, want %d", len(kept), want)
			}
			if err := os.WriteFile(kept[0], []byte("kept"), 0o600); err != nil {
				t.Fatal(err)
			}
			if n == 1 {
				again, err := pages.Of(context.Background(), p, f)
				if err != nil || string(again) != "kept" {
					t.Fatalf("drawn again: %v", err)
				}
			}
		}
	}
	if n < 10 || asked < 2 {
		t.Errorf("%d figures, the original asked for %d times", n, asked)
	}
}

// A report of a format without pages, or whose original is gone, shows none.
func TestNone(t *testing.T) {
	r, content := report(t, "indicators.docx")
	if picture.Can(r) {
		t.Error("a Word document has no pages of its own")
	}
	pages := &picture.Pages{Original: func(string) (string, []byte, error) { return "indicators.docx", content, nil }}
	var refused *document.Refusal
	if _, err := pages.Of(context.Background(), r.Paragraphs[0], nil); !errors.As(err, &refused) || refused.Code != document.NoPage {
		t.Errorf("drawn: %v", err)
	}
	pages.Original = func(string) (string, []byte, error) { return "", nil, os.ErrNotExist }
	if _, err := pages.Of(context.Background(), r.Paragraphs[0], nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("drawn without the original: %v", err)
	}
}
