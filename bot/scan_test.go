package bot_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/index"
)

// What was recognized in a scan is never said as sure, and says so wherever it is
// shown and copied.
func TestFromScan(t *testing.T) {
	for _, recognized := range []bool{false, true} {
		r, err := corpus.Builtin().ParseDocument("river", &document.Document{Kind: document.PDF, Text: river, Pages: []document.Page{{Number: 1, Recognized: recognized}}})
		if err != nil {
			t.Fatal(err)
		}
		e, err := index.Open("", corpus.New(r))
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		h := bot.NewLocal(e)
		reply := h.Handle(context.Background(), bot.Message{Text: "耕地面积净增多少"})
		got := shown(reply)
		if strings.Contains(got, "识别自扫描件") != recognized || strings.Contains(got, "*净增212万亩*") == recognized {
			t.Errorf("recognized is %v:\n%s", recognized, got)
		}
		for _, row := range reply.Buttons {
			if strings.HasPrefix(row[0].Data, "c:") {
				got = shown(h.Handle(context.Background(), bot.Message{Data: row[0].Data}))
			}
		}
		if !strings.Contains(got, "复制 → ") || strings.Contains(got, "（识别自扫描件；《") != recognized {
			t.Errorf("recognized is %v, the chosen one:\n%s", recognized, got)
		}
	}
}
