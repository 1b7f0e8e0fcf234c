package draft_test

import (
	"context"
	"testing"

	"reportbot/corpus/format/document"
)

// A draft of thirty figures beside one answer from the same reports: docs/draft.md.
func BenchmarkDraft(b *testing.B) {
	e := engineOf(b, "testdata/reports")
	text := readDraft(b, "testdata/drafts/01-县委全会讲话.txt").text + readDraft(b, "testdata/drafts/08-繁體稿.txt").text
	if n := len(check(b, e, text).Findings); n < 30 {
		b.Fatalf("%d figures", n)
	}
	b.Run("draft", func(b *testing.B) {
		for b.Loop() {
			if _, err := e.CheckDraft(context.Background(), "draft", &document.Document{Kind: document.Text, Text: text}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("answer", func(b *testing.B) {
		for b.Loop() {
			if a := e.Ask(context.Background(), "2024年青溪县规模以上工业增加值增长多少", nil); !a.Answered {
				b.Fatal("not answered")
			}
		}
	})
}
