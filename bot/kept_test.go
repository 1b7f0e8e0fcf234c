package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/index/indextest"
)

// Where the record fails nothing is answered, unless the operator chose that, and
// the operator is told.
func TestAnswersWithoutRecord(t *testing.T) {
	var log bytes.Buffer
	kept := recordIn(t, t.TempDir())
	h := bot.New(indextest.Embedded(t), accessIn(t, "7", "1", kept), slog.New(slog.NewTextHandler(&log, nil)))
	kept.Close()
	for _, m := range []bot.Message{{Text: "铁塔基站建了几个"}, {Text: "/start p_283c24f1-b1f83120"}, {Text: "/figures 铁塔"}} {
		m.User, m.Chat = 7, 7
		if got := h.Handle(context.Background(), m); !strings.Contains(got.Text(), "无法登记提问") || strings.Contains(got.Text(), "13个") || got.Kind == record.WithFigure {
			t.Errorf("%s, which can't be recorded, is answered %q", m.Text, got.Text())
		}
	}
	if h.Unready() == "" {
		t.Error("it is ready")
	}
	h.AnswerUnrecorded()
	say := func(user int64, text string) string {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: text}).Text()
	}
	if got := say(7, "铁塔基站建了几个"); !strings.Contains(got, "13个") {
		t.Errorf("the answer is %q", got)
	}
	if got := say(7, "那充电枪呢"); !strings.Contains(got, "277支") {
		t.Errorf("the follow-up is %q", got)
	}
	for _, text := range []string{"/forget", "/lang en"} {
		if got := say(7, text); !strings.Contains(got, "没有记录成功") {
			t.Errorf("%s got %q", text, got)
		}
	}
	if got := say(1, "/allow 99"); !strings.Contains(got, "没有记录成功") {
		t.Errorf("what can't be kept was granted: %q", got)
	}
	if got := say(99, "/start"); strings.Contains(got, "数字经济") {
		t.Errorf("a stranger got %q", got)
	}
	if !strings.Contains(log.String(), "the record can't be kept") || strings.Contains(log.String(), "铁塔") {
		t.Errorf("the log says %.300s", log.String())
	}
}

// Questions stand in the log at debug level only.
func TestQuestionsInTheLog(t *testing.T) {
	for level, want := range map[slog.Level]bool{slog.LevelInfo: false, slog.LevelDebug: true} {
		var log bytes.Buffer
		h := bot.New(indextest.Embedded(t), access(t, "7", "", ""), slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: level})))
		for _, m := range []bot.Message{{Text: "铁塔基站建了几个"}, {Text: "全区财政收入是多少"}, {Text: "/figures 铁塔"}, {Data: "q:铁塔基站"}} {
			m.User, m.Chat, m.Name = 7, 7, "王芳"
			h.Handle(context.Background(), m)
		}
		h.Inline(context.Background(), 7, "zh", "铁塔")
		if got := strings.Contains(log.String(), "铁塔"); got != want || strings.Contains(log.String(), "王芳") || !strings.Contains(log.String(), "user=7") {
			t.Errorf("at %s the log says\n%s", level, log.String())
		}
	}
}

// What was shown is in the record: to whom, where, which paragraph and figure.
func TestShownIsKept(t *testing.T) {
	kept := recordIn(t, "")
	h := bot.New(indextest.Embedded(t), accessIn(t, "7 8", "", kept), quiet())
	for _, m := range []bot.Message{
		{User: 7, Chat: 7, Text: "5G基站建了多少"}, {User: 8, Chat: -100, Thread: 3, Text: "/figures 充电"}, {User: 8, Chat: 8, Text: "存在哪些问题"},
		{User: 8, Chat: 8, Text: "全区财政收入是多少"}, {User: 8, Chat: 8, Text: "/start p_283c24f1-b1f83120"}, {User: 8, Chat: 8, Text: "/help"},
	} {
		h.Handle(context.Background(), m)
	}
	for _, choice := range []string{"283c24f1-b1f83120.212", "p_283c24f1-07f21773", "start:help", "p_deadbeef-00000000", "nonsense"} {
		h.Sent(7, choice)
	}
	h.Sent(99, "283c24f1-b1f83120.212")
	var got []string
	err := kept.Trail(func(e record.Entry) error {
		got = append(got, fmt.Sprintf("%d %s %s: %s", e.User, e.Question, e.Kind, strings.ReplaceAll(e.Shown, "283c24f1-", "")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"7 5G基站建了多少 figure: b1f83120.212 b1f83120",
		"8  opened: b1f83120 b1f83120.279 b1f83120.306",
		"8 存在哪些问题 passage: 07f21773 18427391 0ff05caf",
		"8 全区财政收入是多少 none: 9bcc8381 ad9c8676",
		"8  opened: b1f83120",
		"7  sent: b1f83120 b1f83120.212",
		"7  sent: 07f21773",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	where, err := kept.Readers("283c24f1", time.Now().Add(-time.Hour), time.Now())
	if err != nil || fmt.Sprint(where) != "[{{8 -100 3} [8] [283c24f1-b1f83120.279 283c24f1-b1f83120.306]} {{7 7 0} [7] [283c24f1-b1f83120.212]}]" {
		t.Errorf("figures were shown to %v, %v", where, err)
	}
}

// Many people at once: each gets the own answer, and the record has them all.
func TestManyAtOnce(t *testing.T) {
	kept := recordIn(t, t.TempDir())
	h := bot.New(indextest.Embedded(t), accessIn(t, "", "1", kept), quiet())
	if got := h.Handle(context.Background(), bot.Message{User: 1, Chat: -100, Group: "数字办", Text: "/allow"}).Text(); !strings.Contains(got, "开通") {
		t.Fatal(got)
	}
	var all sync.WaitGroup
	for user := int64(10); user < 26; user++ {
		all.Go(func() {
			for i := range 4 {
				text, want := "铁塔基站建了几个", "13个"
				if (int64(i)+user)%2 == 0 {
					text, want = "充电枪有多少支", "277支"
				}
				r := h.Handle(context.Background(), bot.Message{User: user, Chat: -100, Group: "数字办", Text: text})
				if got := r.Blocks[0].Text(); !strings.HasPrefix(got, want) {
					t.Errorf("user %d: %s got %q", user, text, got)
				}
				h.Handle(context.Background(), bot.Message{User: user, Chat: -100, Data: "v:good:" + fmt.Sprint(i+1)})
			}
		})
	}
	all.Wait()
	if s, err := kept.Stats(time.Now().Add(-time.Hour)); err != nil || s.Questions != 64 || s.People != 16 {
		t.Errorf("%+v, %v", s, err)
	}
}

// FuzzStart sends what a forged link may carry.
func FuzzStart(f *testing.F) {
	h := bot.NewLocal(indextest.Embedded(f))
	for _, seed := range []string{"p_283c24f1-b1f83120", "p_", "p_-", "request", "help", "p_283c24f1-", "../..", "p_" + strings.Repeat("a", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, parameter string) {
		r := h.Handle(context.Background(), bot.Message{Text: "/start " + parameter})
		if r.Text() == "" || len(r.Notices) > 0 {
			t.Errorf("%q got %+v", parameter, r)
		}
	})
}

// BenchmarkAnswer is a question answered with the record on disk; beside it
// the search alone tells what keeping costs.
func BenchmarkAnswer(b *testing.B) {
	e := indextest.Embedded(b)
	b.Run("search alone", func(b *testing.B) {
		for b.Loop() {
			e.Ask(context.Background(), "5G基站建了多少", nil)
		}
	})
	b.Run("answered and kept", func(b *testing.B) {
		h := bot.New(e, accessIn(b, "", "", recordIn(b, b.TempDir())), quiet())
		for b.Loop() {
			h.Handle(context.Background(), bot.Message{Text: "5G基站建了多少"})
		}
	})
}

// A link opens the same paragraph when the index was built anew.
func TestLinksOutliveTheIndex(t *testing.T) {
	var before string
	for range 2 {
		h := bot.NewLocal(indextest.Embedded(t))
		r := h.Handle(context.Background(), bot.Message{Text: "5G基站建了多少"})
		link := ""
		for _, b := range r.Blocks {
			for _, run := range b.Runs {
				link += run.Link
			}
		}
		opened := h.Handle(context.Background(), bot.Message{Text: "/start " + link}).Text()
		if !strings.Contains(opened, "5G通信基站174个") || before != "" && before != link+opened {
			t.Errorf("%s opens %s", link, opened)
		}
		before = link + opened
	}
}
