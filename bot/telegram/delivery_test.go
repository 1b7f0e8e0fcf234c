package telegram

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/corpus"
	"reportbot/index"
)

// fragile panics at whatever it gets.
type fragile struct{}

func (fragile) MayAsk(int64, int64) bool { return true }

func (fragile) Refuse(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

func (fragile) Handle(context.Context, bot.Message) bot.Reply { panic("boom") }

// A panic beyond the handler's own care is answered with a calm sentence too;
// the log has the stack.
func TestPanicIsAnsweredCalmly(t *testing.T) {
	f := faketest.New(t)
	log, stop := start(t, f, fragile{})
	f.Say(7, "5G基站")
	f.Press(7, "q1", "p:x", faketest.Message{Chat: 7, Number: 1})
	for _, s := range f.Wait(2) {
		if s.Plain != bot.Failed("zh") {
			t.Errorf("got %+v", s)
		}
	}
	stop()
	if !strings.Contains(log.String(), "boom") || !strings.Contains(log.String(), "delivery_test.go") {
		t.Errorf("the log has no stack: %s", log.String())
	}
}

// held answers when it is let go.
type held struct{ release chan struct{} }

func (h held) MayAsk(int64, int64) bool { return true }

func (h held) Refuse(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

func (h held) Handle(_ context.Context, m bot.Message) bot.Reply {
	<-h.release
	return bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: "answer to " + m.Text + m.Data}}}}}
}

// Stopped with more waiting than can be answered: what is answered is not
// answered again by the next run, what is not is.
func TestNothingAnsweredTwiceNorLostOverARestart(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	const all = 50
	for i := range all {
		f.Say(int64(7+i%3), strconv.Itoa(i))
	}
	h := held{make(chan struct{})}
	_, stop := startWith(t, f, c, h)
	f.WaitTaken()
	stopped := make(chan error)
	go func() { stopped <- stop() }()
	time.Sleep(20 * time.Millisecond)
	close(h.release)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	first := len(f.Sent())
	if first == 0 || first == all {
		t.Fatalf("the first run answered %d of %d: nothing is shown", first, all)
	}
	_, stop = startWith(t, f, c, h)
	f.Wait(all)
	stop()
	seen := map[string]int{}
	for _, s := range f.Sent() {
		seen[s.Plain]++
	}
	for i := range all {
		if n := seen["answer to "+strconv.Itoa(i)]; n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
}

// A button stops spinning before its answer is there, where that takes long.
func TestButtonIsAnsweredSoon(t *testing.T) {
	f := faketest.New(t)
	h := held{make(chan struct{})}
	_, stop := start(t, f, h)
	f.Press(7, "q1", "p:x", faketest.Message{Chat: 7, Number: 1})
	f.WaitAnswered("q1")
	close(h.release)
	f.Wait(1)
	stop()
}

// What goes wrong on the wire is told without the faketest.Token, which stands in every
// URL of the Bot API, and so in every error of net/http.
func TestBrokenConnectionsKeepTheToken(t *testing.T) {
	f := faketest.New(t)
	polls := make(chan struct{}, 100)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getUpdates") {
			polls <- struct{}{}
			panic(http.ErrAbortHandler) // the connection breaks without an answer
		}
		f.ServeHTTP(w, r)
	}))
	down := httptest.NewServer(nil)
	down.Close()
	for name, url := range map[string]string{"nothing there": down.URL, "breaks while polling": proxy.URL} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			log := &safeBuffer{}
			go func() { // it does not give up by itself
				if url == proxy.URL {
					<-polls
					<-polls
				}
				for !strings.Contains(log.String(), "again") {
					time.Sleep(time.Millisecond)
				}
				cancel()
			}()
			err := Run(ctx, Config{Token: faketest.Token, Server: url, pollFor: time.Second, pause: time.Millisecond, second: second}, &slow{}, slog.New(slog.NewTextHandler(log, nil)))
			said := log.String()
			if err != nil {
				said += err.Error()
			}
			if strings.Contains(said, faketest.Token) || strings.Contains(said, "AAFake") || !strings.Contains(said, "again") {
				t.Errorf("said %s", said)
			}
		})
	}
	proxy.Close()
}

var codeRe = regexp.MustCompile(`[A-Z2-9]{8}`)

// The whole claim over the wire: nobody is named, a stranger gets one line, who
// sends the code is the administrator, and is so after a restart.
func TestClaimAndRestart(t *testing.T) {
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	dir := t.TempDir()
	run := func() (*faketest.Server, *bot.Access, func() error) {
		kept, err := record.Open(dir, 365)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { kept.Close() })
		a, err := bot.NewAccess("", "", kept)
		if err != nil {
			t.Fatal(err)
		}
		f := faketest.New(t)
		_, stop := start(t, f, bot.New(e, a, slog.New(slog.DiscardHandler)))
		return f, a, stop
	}
	f, a, stop := run()
	code := a.Code()
	if !codeRe.MatchString(code) {
		t.Fatalf("the code is %q", code)
	}
	for i, step := range []struct{ say, want string }{
		{"5G基站建了多少", "编号是 7"},
		{"/claim AAAAAAAA", "不对"},
		{"/claim@TheBot " + code, "管理员"},
		{"5G基站建了多少", "174个"},
	} {
		f.Say(7, step.say)
		if got := f.Wait(i + 1)[i]; !strings.Contains(got.Plain, step.want) {
			t.Errorf("%s: got %q, want %q in it", step.say, got.Plain, step.want)
		}
	}
	stop()
	f, a, stop = run()
	if a.Code() != "" {
		t.Error("after the restart there is a code again")
	}
	f.Say(7, "5G基站建了多少")
	f.Say(8, "5G基站建了多少")
	for _, s := range f.Wait(2) {
		if s.Chat == 7 != strings.Contains(s.Plain, "174个") {
			t.Errorf("%d got %q", s.Chat, s.Plain)
		}
	}
	stop()
}

// No word and no number is torn apart where a message ends.
func TestMessagesEndBetweenWords(t *testing.T) {
	for name, text := range map[string]string{
		"English sentences":         strings.Repeat("In 2023, output grew by 12,345.67 million yuan over 2,022.5 million. ", 300),
		"Chinese without a stop":    strings.Repeat("新建公园3456789.25平方米，", 900),
		"numbers without a stop":    strings.Repeat("123456789.25 ", 900),
		"one word without any stop": strings.Repeat("a", 9000),
	} {
		t.Run(name, func(t *testing.T) {
			parts := render(bot.Reply{Blocks: []bot.Block{{Kind: bot.Quote, Runs: []bot.Run{{Text: text}}}}}, "")
			if len(parts) < 2 {
				t.Fatal("not split")
			}
			var whole bytes.Buffer
			for i, p := range parts {
				if units(p.plain) > longest {
					t.Errorf("part %d has %d units", i, units(p.plain))
				}
				whole.WriteString(p.plain)
				if i == len(parts)-1 || name == "one word without any stop" {
					continue
				}
				end := p.plain[len(p.plain)-1]
				next := parts[i+1].plain[0]
				if alnum := func(b byte) bool { return b == '.' || b == ',' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' }; alnum(end) && alnum(next) {
					t.Errorf("torn: …%s|%s…", p.plain[len(p.plain)-20:], parts[i+1].plain[:20])
				}
				if name == "English sentences" && !strings.HasSuffix(strings.TrimSpace(p.plain), "million.") {
					t.Errorf("part %d ends in the middle of a sentence: …%s", i, p.plain[len(p.plain)-30:])
				}
			}
			if whole.String() != text {
				t.Error("together the parts are not the text")
			}
		})
	}
}
