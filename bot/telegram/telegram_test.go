package telegram

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/corpus/format"
	kinds "reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/index/indextest"
)

// bleve keeps its workers for the life of the process.
func TestMain(m *testing.M) {
	if os.Getenv(childServer) != "" {
		runChild()
		return
	}
	if len(os.Args) > 2 && os.Args[1] == isolate.Command { // it draws a page, as the program itself does
		if err := format.ServeIsolated(kinds.Kind(os.Args[2]), os.Stdin, os.Stdout, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	flag.Set("test.parallel", "8") // those that are parallel wait more than they compute
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

func handler(t testing.TB, users string) *bot.Handler {
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
func start(t testing.TB, f *faketest.Server, h Handler) (log *safeBuffer, stop func() error) {
	t.Helper()
	return startWith(t, f, config(f, t.TempDir()), h)
}

// second is how long one of Telegram's lasts in tests.
const second = 20 * time.Millisecond

func config(f *faketest.Server, dir string) Config {
	f.Pace(second, 0)
	return Config{Token: faketest.Token, Server: f.URL, Dir: dir, pollFor: time.Second, pause: time.Millisecond, second: second}
}

func startWith(t testing.TB, f *faketest.Server, c Config, h Handler) (log *safeBuffer, stop func() error) {
	t.Helper()
	log = &safeBuffer{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, c, h, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
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
		})
		return err
	}
	t.Cleanup(func() {
		stop()
		if _, secret, _ := strings.Cut(faketest.Token, ":"); strings.Contains(log.String(), secret) {
			t.Error("the token stands in the log, before it is redacted")
		}
	})
	return log, stop
}

func TestAnswerOverHTTP(t *testing.T) {
	f := faketest.New(t)
	_, stop := start(t, f, handler(t, "7"))
	f.Say(7, "5G基站建了多少")
	f.Say(99, "5G基站建了多少")
	got := f.Wait(2)
	if err := stop(); err != nil {
		t.Error(err)
	}
	for _, s := range got {
		if s.Chat == 7 && (!strings.HasPrefix(s.Text, "<b>174个</b>") || !strings.Contains(s.Text, "<blockquote>…2023年") || !strings.Contains(s.Text, `<a href="https://t.me/TheBot?start=p_283c24f1-b1f83120">`) || !strings.Contains(s.Keyboard, "s:283c24f1-")) {
			t.Errorf("the answer is %+v", s)
		}
		if s.Chat == 99 && (!strings.Contains(s.Plain, "99") || strings.Contains(s.Plain, "174") || s.Keyboard != "") {
			t.Errorf("the stranger got %+v", s)
		}
	}
}

// What a button below an answer opens leaves the answer; paging on edits that message.
func TestPagingEditsOneMessage(t *testing.T) {
	f := faketest.New(t)
	_, stop := start(t, f, handler(t, "7"))
	f.Say(7, "5G基站建了多少")
	answer := f.Wait(1)[0]
	f.Press(7, "q1", dataOf(t, answer), answer)
	opened := f.Wait(2)[1]
	f.Press(7, "q2", dataOf(t, opened), opened)
	edited := f.WaitEdited(1)[0]
	f.Press(7, "q3", "p:forged", answer)
	f.Wait(3)
	stop()
	if edited.Number != opened.Number || edited.Plain == opened.Plain || len(f.Edited()) != 1 || f.Message(7, answer.Number).Plain != answer.Plain {
		t.Errorf("opened %+v, edited %+v", opened, f.Edited())
	}
}

// What Telegram refuses with its formatting goes out as plain text.
func TestPlainTextFallback(t *testing.T) {
	f := faketest.New(t)
	f.Fail(faketest.Refusal("sendMessage", 400, "Bad Request: can't parse entities: byte offset 3"))
	log, stop := start(t, f, handler(t, "7"))
	f.Say(7, "5G基站建了多少")
	got := f.Wait(1)
	stop()
	if got[0].Mode != "" || !strings.Contains(got[0].Plain, "174个") || got[0].Keyboard == "" {
		t.Errorf("got %+v", got[0])
	}
	if !strings.Contains(log.String(), "refused") {
		t.Error("the log does not say so")
	}
}

// 429 and a 502 page delay an answer and lose none.
func TestFaultsAreRetried(t *testing.T) {
	f := faketest.New(t)
	f.Fail(faketest.TooMany("sendMessage", 10), faketest.BadGateway("sendMessage"), faketest.BadGateway("getUpdates"),
		faketest.Refusal("getUpdates", 500, "Internal Server Error"), faketest.BadGateway("getMe"))
	_, stop := start(t, f, handler(t, "7"))
	began := time.Now()
	f.Say(7, "5G基站建了多少")
	f.Wait(1)
	if time.Since(began) < 10*second {
		t.Error("retry_after was not obeyed")
	}
	f.Say(7, "铁塔基站建了几个")
	if got := f.Wait(2); !strings.Contains(got[1].Plain, "13个") {
		t.Errorf("got %+v", got)
	}
	stop()
	if len(f.Sent()) != 2 {
		t.Errorf("%d messages for two questions", len(f.Sent()))
	}
}

func TestHopelessErrorsEndTheBot(t *testing.T) {
	for name, row := range map[string]struct {
		f    faketest.Fault
		want string
	}{
		"wrong token":      {faketest.Refusal("getMe", 401, "Unauthorized"), "TELEGRAM_BOT_TOKEN"},
		"revoked token":    {faketest.Refusal("getUpdates", 401, "Unauthorized"), "TELEGRAM_BOT_TOKEN"},
		"revoked later":    {faketest.Refusal("sendMessage", 401, "Unauthorized"), "TELEGRAM_BOT_TOKEN"},
		"another instance": {faketest.Refusal("getUpdates", 409, "Conflict: terminated by other getUpdates request"), "another instance"},
	} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			if row.f.Status == http.StatusConflict { // one that stays
				f.Spoil(func(method string, _ int64) *faketest.Fault {
					if method != row.f.Method {
						return nil
					}
					return &row.f
				})
			} else {
				f.Fail(row.f)
			}
			f.Say(7, "hello")
			err := Run(context.Background(), config(f, t.TempDir()), &slow{}, slog.New(slog.DiscardHandler))
			if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), faketest.Token) {
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

func (s *slow) MayAsk(int64, int64) bool { return true }

func (s *slow) Refuse(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

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
	f := faketest.New(t)
	log, stop := start(t, f, &slow{})
	f.Say(7, "panic")
	f.Say(7, "after")
	if got := f.Wait(2); got[1].Plain != "after" {
		t.Errorf("got %+v", got)
	}
	stop()
	if !strings.Contains(log.String(), "boom") {
		t.Error("the log does not say why")
	}
}

func TestOrderWithinAChat(t *testing.T) {
	f := faketest.New(t)
	_, stop := start(t, f, &slow{})
	f.Say(7, "slow")
	for i := range 20 {
		f.Say(7, fmt.Sprint(i))
		f.Say(8, fmt.Sprint(i))
	}
	got := f.Wait(41)
	stop()
	next := map[int64]int{}
	for _, s := range got {
		if s.Plain == "slow" {
			continue
		}
		if s.Plain != fmt.Sprint(next[s.Chat]) {
			t.Fatalf("chat %d got %s, want %d", s.Chat, s.Plain, next[s.Chat])
		}
		next[s.Chat]++
	}
}

// At shutdown what is under way is finished.
func TestShutdownFinishes(t *testing.T) {
	f := faketest.New(t)
	h := &slow{}
	_, stop := start(t, f, h)
	f.Say(7, "slow")
	f.WaitTaken()
	if err := stop(); err != nil {
		t.Error(err)
	}
	if sent := f.Sent(); len(sent) != 1 || sent[0].Plain != "slow" {
		t.Errorf("sent %+v", sent)
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
	for _, p := range render(r, "TheBot") {
		plain, err := faketest.ParseHTML(p.html)
		if err != nil {
			t.Fatalf("%v in %.200q", err, p.html)
		}
		if faketest.Units(plain) > faketest.Longest || plain == "" {
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
	fmt.Fprintf(Redacted(&b, faketest.Token), "GET /bot%s/getMe", faketest.Token)
	if got := b.String(); got != "GET /bot[token]/getMe" {
		t.Errorf("got %q", got)
	}
}
