package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/index"
	"reportbot/index/indextest"
)

// failing is an engine whose searches fail.
type failing struct{ bot.Asker }

func (failing) Ask(context.Context, string, []string) index.Answer {
	return index.Answer{Lang: "zh", Err: errors.New("a page of the index can't be read")}
}

// That a search failed is said as such, in the person's language, and kept under
// a kind of its own.
func TestSearchFailed(t *testing.T) {
	kept := recordIn(t, "")
	h := bot.New(failing{indextest.Embedded(t)}, accessIn(t, "7", "", kept), quiet())
	r := h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Text: "5G基站建了多少", Lang: "zh"})
	if !strings.Contains(r.Text(), "系统出错") || strings.Contains(r.Text(), "没有查到") || r.Kind != record.Failed {
		t.Errorf("%s: %s", r.Kind, r.Text())
	}
	stats, err := kept.Stats(time.Now().Add(-time.Hour))
	if err != nil || stats.Unsaid != 0 || stats.Questions != 1 {
		t.Errorf("counted as what the reports do not say: %+v, %v", stats, err)
	}
	if got := h.Inline(context.Background(), 7, "zh", "5G基站建了多少"); len(got) != 1 || strings.Contains(got[0].Title, "没有") {
		t.Errorf("while it is typed: %+v", got)
	}
}
