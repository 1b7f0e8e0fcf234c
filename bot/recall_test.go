package bot

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/library"
	"reportbot/index"
)

// edition is an engine over one version of a report.
func edition(t *testing.T, stations, parks int, more string) *index.Engine {
	t.Helper()
	text := fmt.Sprintf("临川市2024年政府工作报告\n一、2023年工作回顾\n2023年新建充电站%d座，新建公园%d个。%s\n", stations, parks, more)
	r, err := corpus.Builtin().Parse("临川", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", corpus.New(r))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// Who was shown a figure is told of each change of it, in the topic where it was
// shown, with the year, both figures and the way to the paragraph: 36 → 41 → 45, also
// where in between something else in its paragraph changed.
func TestToldAsOftenAsItChanges(t *testing.T) {
	kept := record.InMemory()
	access, err := NewAccess("7 8", "1", kept)
	if err != nil {
		t.Fatal(err)
	}
	now := edition(t, 36, 5, "")
	h := New(now, access, slog.New(slog.DiscardHandler))
	if err := access.Grant(-100, record.Reader, 1); err != nil {
		t.Fatal(err)
	}
	h.Handle(context.Background(), Message{User: 7, Chat: 7, Text: "新建充电站多少座"})
	h.Handle(context.Background(), Message{User: 8, Chat: -100, Group: "统计组", Thread: 5, Text: "新建充电站多少座"})
	h.Handle(context.Background(), Message{User: 9, Chat: -100, Group: "统计组", Thread: 5, Text: "新建充电站多少座"})
	h.Handle(context.Background(), Message{User: 8, Chat: -100, Group: "统计组", Thread: 6, Text: "新建充电站多少座"})
	for _, step := range []struct {
		stations, parks int
		more, told      string
	}{
		{41, 5, "", "新建 充电站 · 2023年：36座 → 41座 一、"},
		{41, 6, "又修路3条。", ""}, // the park changes, which nobody was shown
		{45, 6, "又修路3条。", "新建 充电站 · 2023年：41座 → 45座 一、"},
		{48, 6, "", "新建 充电站 · 2023年：45座 → 48座 一、"},
		{45, 6, "", "新建 充电站 · 2023年：48座 → 45座 一、"},
	} {
		next := edition(t, step.stations, step.parks, step.more)
		v := library.Version{Old: now.Corpus().Report(now.Corpus().Reports[0].ID), New: next.Corpus().Report(next.Corpus().Reports[0].ID)}
		h.engine, now = next, next
		c := library.Ended{Old: library.Entry{Name: "临川", Hash: v.Old.Hash, Ended: h.now()}, New: &library.Entry{Name: "临川", Hash: v.New.Hash}}
		h.Recall([]library.Ended{c}, func(library.Ended) (library.Version, error) { return v, nil })
		due := map[string]string{}
		for _, d := range h.Due(false) {
			due[fmt.Sprint(d.Chat, "/", d.Reply.Thread)] = d.Reply.Text()
			h.Told(d)
			if link := d.Reply.Blocks[1].Runs[3].Link; !strings.HasPrefix(link, "p_") || h.engine.Corpus().Paragraph(link[2:]) == nil {
				t.Errorf("the link is %q", link)
			}
		}
		if step.told == "" {
			if len(due) > 0 {
				t.Errorf("told %v", due)
			}
			continue
		}
		for _, where := range []string{"7/0", "-100/5", "-100/6"} {
			if !strings.Contains(due[where], "《临川市2024年政府工作报告》已更新") || !strings.HasSuffix(due[where], step.told) {
				t.Errorf("%d: told %s %q", step.stations, where, due[where])
			}
		}
		if got := h.toldOf(v, h.wordingFor(1)); !strings.Contains(got, "查到过这些数据的 3 人") {
			t.Errorf("the administrator reads %q", got)
		}
	}
}
