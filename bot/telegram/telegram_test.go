package telegram

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/index/indextest"
)

// bleve keeps its workers for the life of the process.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

func handler(t *testing.T, users string) *bot.Handler {
	t.Helper()
	e := indextest.Embedded(t)
	kept := record.InMemory()
	t.Cleanup(func() { kept.Close() })
	a, err := bot.NewAccess(users, "", kept)
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(e, a, slog.New(slog.DiscardHandler))
}

// safeBuffer is a log that several goroutines write.
type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// start runs the bot against the fake; stop ends it and returns its error.
func start(t *testing.T, f *fake, h Handler) (log *safeBuffer, stop func() error) {
	t.Helper()
	log = &safeBuffer{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Config{Token: token, Server: f.URL, pollFor: time.Second, pause: time.Millisecond}, h, slog.New(slog.NewTextHandler(Redacted(log, token), &slog.HandlerOptions{Level: slog.LevelDebug})))
	}()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			select {
			case err = <-done:
			case <-time.After(15 * time.Second):
				t.Error("the bot did not stop")
			}
			f.CloseClientConnections()
		})
		return err
	}
	t.Cleanup(func() {
		stop()
		if strings.Contains(log.String(), token) {
			t.Error("the token stands in the log")
		}
	})
	return log, stop
}

func TestAnswerOverHTTP(t *testing.T) {
	f := newFake(t)
	_, stop := start(t, f, handler(t, "7"))
	f.say(7, "5G基站建了多少")
	f.say(99, "5G基站建了多少")
	got := f.wait(2)
	if err := stop(); err != nil {
		t.Error(err)
	}
	for _, s := range got {
		if s.chat == 7 && (!strings.HasPrefix(s.text, "<b>174个</b>") || !strings.Contains(s.text, "<blockquote expandable>") || !strings.Contains(s.keyboard, "p:283c24f1-")) {
			t.Errorf("the answer is %+v", s)
		}
		if s.chat == 99 && (!strings.Contains(s.plain, "99") || strings.Contains(s.plain, "174") || s.keyboard != "") {
			t.Errorf("the stranger got %+v", s)
		}
	}
}

func TestButtonEditsTheMessage(t *testing.T) {
	f := newFake(t)
	h := handler(t, "7")
	_, stop := start(t, f, h)
	f.say(7, "5G基站建了多少")
	f.wait(1)
	f.press(7, "q1", "p:283c24f1-b1f83120")
	f.press(7, "q2", "p:forged")
	f.wait(2) // the forged one gets a message of its own
	stop()
	if len(f.edited) != 1 || !strings.Contains(f.edited[0].plain, "174个") {
		t.Errorf("edited: %+v", f.edited)
	}
	if f.pressed["q1"] != 1 || f.pressed["q2"] != 1 {
		t.Errorf("buttons answered: %v", f.pressed)
	}
}

// What Telegram refuses with its formatting goes out as plain text.
func TestPlainTextFallback(t *testing.T) {
	f := newFake(t)
	f.faults = []fault{{"sendMessage", `{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: byte offset 3"}`, 400}}
	log, stop := start(t, f, handler(t, "7"))
	f.say(7, "5G基站建了多少")
	got := f.wait(1)
	stop()
	if got[0].mode != "" || !strings.Contains(got[0].plain, "174个") {
		t.Errorf("got %+v", got[0])
	}
	if !strings.Contains(log.String(), "refused") {
		t.Error("the log does not say so")
	}
}

// 429, a 502 page and a connection that breaks delay an answer and lose none.
func TestFaultsAreRetried(t *testing.T) {
	f := newFake(t)
	f.faults = []fault{
		{"sendMessage", `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}`, 429},
		{"sendMessage", "<html>502 Bad Gateway</html>", 502},
		{"getUpdates", "<html>502 Bad Gateway</html>", 502},
		{"getUpdates", `{"ok":false,"error_code":500,"description":"Internal Server Error"}`, 500},
	}
	_, stop := start(t, f, handler(t, "7"))
	began := time.Now()
	f.say(7, "5G基站建了多少")
	f.wait(1)
	if time.Since(began) < time.Second {
		t.Error("retry_after was not obeyed")
	}
	f.say(7, "铁塔基站建了几个")
	if got := f.wait(2); !strings.Contains(got[1].plain, "13个") {
		t.Errorf("got %+v", got)
	}
	stop()
	if len(f.sent) != 2 {
		t.Errorf("%d messages for two questions", len(f.sent))
	}
}

func TestHopelessErrorsEndTheBot(t *testing.T) {
	for name, row := range map[string]struct {
		f    fault
		want string
	}{
		"wrong token":      {fault{"getMe", `{"ok":false,"error_code":401,"description":"Unauthorized"}`, 401}, "TELEGRAM_BOT_TOKEN"},
		"revoked token":    {fault{"getUpdates", `{"ok":false,"error_code":401,"description":"Unauthorized"}`, 401}, "TELEGRAM_BOT_TOKEN"},
		"another instance": {fault{"getUpdates", `{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`, 409}, "another instance"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			f.faults = []fault{row.f}
			log := &safeBuffer{}
			err := Run(context.Background(), Config{Token: token, Server: f.URL, pollFor: time.Second, pause: time.Millisecond}, handler(t, "7"), slog.New(slog.NewTextHandler(log, nil)))
			f.CloseClientConnections()
			if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), token) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// slow panics at "panic" and takes its time at "slow".
type slow struct {
	mu   sync.Mutex
	seen []string
}

func (s *slow) Handle(_ context.Context, m bot.Message) bot.Reply {
	if m.Text == "panic" {
		panic("boom")
	}
	if m.Text == "slow" {
		time.Sleep(200 * time.Millisecond)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, m.Text)
	return bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: m.Text}}}}}
}

func TestPanicEndsOneUpdate(t *testing.T) {
	f := newFake(t)
	log, stop := start(t, f, &slow{})
	f.say(7, "panic")
	f.say(7, "after")
	if got := f.wait(2); got[1].plain != "after" {
		t.Errorf("got %+v", got)
	}
	stop()
	if !strings.Contains(log.String(), "boom") {
		t.Error("the log does not say why")
	}
}

func TestOrderWithinAChat(t *testing.T) {
	f := newFake(t)
	_, stop := start(t, f, &slow{})
	f.say(7, "slow")
	for i := range 20 {
		f.say(7, fmt.Sprint(i))
		f.say(8, fmt.Sprint(i))
	}
	got := f.wait(41)
	stop()
	next := map[int64]int{}
	for _, s := range got {
		if s.plain == "slow" {
			continue
		}
		if s.plain != fmt.Sprint(next[s.chat]) {
			t.Fatalf("chat %d got %s, want %d", s.chat, s.plain, next[s.chat])
		}
		next[s.chat]++
	}
}

// At shutdown what is under way is finished.
func TestShutdownFinishes(t *testing.T) {
	f := newFake(t)
	h := &slow{}
	_, stop := start(t, f, h)
	f.say(7, "slow")
	for range 400 {
		f.mu.Lock()
		taken := f.offset > 1
		f.mu.Unlock()
		if taken {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if len(f.sent) != 1 || f.sent[0].plain != "slow" {
		t.Errorf("sent %+v", f.sent)
	}
}

// Groups, channels, other bots and service messages are left alone.
func TestNotForUs(t *testing.T) {
	f := newFake(t)
	_, stop := start(t, f, &slow{})
	person := map[string]any{"id": 7, "first_name": "甲"}
	f.queue("message", map[string]any{"message_id": 1, "date": 1, "text": "group", "chat": map[string]any{"id": -5, "type": "group"}, "from": person})
	f.queue("message", map[string]any{"message_id": 1, "date": 1, "text": "bot", "chat": map[string]any{"id": 7, "type": "private"}, "from": map[string]any{"id": 9, "is_bot": true, "first_name": "b"}})
	f.queue("channel_post", map[string]any{"message_id": 1, "date": 1, "text": "channel", "chat": map[string]any{"id": -9, "type": "channel"}})
	f.queue("message", map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": 7, "type": "private"}})
	f.queue("edited_message", map[string]any{"message_id": 1, "date": 1, "text": "edited", "chat": map[string]any{"id": 7, "type": "private"}, "from": person})
	f.say(7, "last")
	if got := f.wait(1); got[0].plain != "last" {
		t.Errorf("got %+v", got)
	}
	stop()
	if len(f.sent) != 1 {
		t.Errorf("sent %+v", f.sent)
	}
}

func TestRender(t *testing.T) {
	long := strings.Repeat("全区新建公园3个，投资1.2亿元。", 600)
	for name, r := range map[string]bot.Reply{
		"markup": {Blocks: []bot.Block{{Runs: []bot.Run{{Text: `<b>&"x"</b> a<b`, Style: bot.Bold}}}}},
		"long":   {Blocks: []bot.Block{{Kind: bot.Quote, Runs: []bot.Run{{Text: long}, {Text: long, Style: bot.Marked}}}, {Runs: []bot.Run{{Text: "末"}}}}},
		"emoji":  {Blocks: []bot.Block{{Runs: []bot.Run{{Text: strings.Repeat("😀", 5000)}}}}},
		"empty":  {},
	} {
		t.Run(name, func(t *testing.T) { checkRendered(t, r) })
	}
}

// checkRendered: each message is taken by Telegram, and together they hold the whole text.
func checkRendered(t *testing.T, r bot.Reply) {
	t.Helper()
	var all strings.Builder
	for _, p := range render(r) {
		plain, err := parseHTML(p.html)
		if err != nil {
			t.Fatalf("%v in %.200q", err, p.html)
		}
		if units(plain) > longest || plain == "" {
			t.Fatalf("a message of %d units", units(plain))
		}
		if plain != p.plain {
			t.Fatalf("formatted it says %.100q, plain %.100q", plain, p.plain)
		}
		all.WriteString(plain)
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if want := squeeze(r.Text()); want != "" && squeeze(all.String()) != want {
		t.Fatalf("%d bytes of text became %d", len(want), all.Len())
	}
}

func FuzzRender(f *testing.F) {
	f.Add("新建5G基站174个。<b>&", "quote “x”", 3)
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		if strings.ContainsRune(a+b, 0) {
			return
		}
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		checkRendered(t, bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: a, Style: bot.Bold}}}, {Kind: bot.Quote, Runs: []bot.Run{{Text: strings.Repeat(b, min(max(n, 1), 300))}, {Text: a, Style: bot.Marked}}}}})
	})
}

func TestRedacted(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintf(Redacted(&b, token), "GET /bot%s/getMe", token)
	if got := b.String(); got != "GET /bot[token]/getMe" {
		t.Errorf("got %q", got)
	}
}
