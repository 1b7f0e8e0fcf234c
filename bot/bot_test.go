package bot_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"reportbot/bot"
	"reportbot/index"
	"reportbot/index/indextest"
)

var update = flag.Bool("update", false, "rewrite the transcripts")

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func access(t testing.TB, users, admins, dir string) *bot.Access {
	t.Helper()
	a, err := bot.NewAccess(users, admins, dir)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// shown is a reply as a transcript has it: styles as marks, buttons in brackets.
func shown(r bot.Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		if block.Kind == bot.Quote {
			b.WriteString("> ")
		}
		for _, run := range block.Runs {
			mark := map[bot.Style]string{bot.Bold: "*", bot.Marked: "_"}[run.Style]
			if run.Text == "" {
				mark = ""
			}
			b.WriteString(mark + run.Text + mark)
		}
		b.WriteString("\n")
	}
	for _, row := range r.Buttons {
		for _, button := range row {
			fmt.Fprintf(&b, "[%s → %s] ", button.Label, button.Data)
		}
		b.WriteString("\n")
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

// Conversations as transcripts: files named "ask …" hold what a person says, or
// the data of a button after a colon; the file after each is the reply.
// Rewrite them with go test ./bot -update.
func TestTranscripts(t *testing.T) {
	e := indextest.Embedded(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			h := bot.New(e, access(t, "7", "", t.TempDir()), quiet())
			out := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				said, ok := strings.CutPrefix(f.Name, "ask ")
				if !ok {
					continue
				}
				m := bot.Message{User: 7, Chat: 7, Text: said}
				if data, ok := strings.CutPrefix(said, "press "); ok {
					m.Text, m.Data = "", data
				}
				out.Files = append(out.Files, txtar.File{Name: f.Name, Data: []byte(shown(h.Handle(context.Background(), m)))})
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for i, f := range out.Files {
				if want := archive.Files[i].Data; !bytes.Equal(f.Data, want) {
					t.Errorf("%s\n got\n%s\nwant\n%s", f.Name, f.Data, want)
				}
			}
		})
	}
}

// Who is not allowed gets one line with the own number, whatever is sent, and
// not a word of a report.
func TestStrangers(t *testing.T) {
	e := indextest.Embedded(t)
	h := bot.New(e, access(t, "7", "8", t.TempDir()), quiet())
	report := e.Corpus().Reports[0]
	for _, m := range []bot.Message{
		{Text: "5G基站建了多少"}, {Text: "/start"}, {Text: "/help"}, {Text: "/reports"}, {Text: "/outline"}, {Text: "/figures"}, {Text: "/nothing"},
		{Data: "p:" + report.Paragraphs[3].ID}, {Data: "f:0:"}, {Data: "o:" + report.ID}, {Text: ""}, {Text: strings.Repeat("问", 50_000)}, {Text: "how many", Lang: "en"},
	} {
		m.User, m.Chat = 99, 99
		r := h.Handle(context.Background(), m)
		if text := r.Text(); !strings.Contains(text, "99") || len(r.Blocks) != 1 || len(r.Buttons) != 0 || strings.Contains(text, "数字经济") || len(text) > 200 {
			t.Errorf("%.20q%s: a stranger got %q", m.Text, m.Data, text)
		}
	}
	for _, user := range []int64{7, 8, bot.Terminal} {
		if text := h.Handle(context.Background(), bot.Message{User: user, Text: "5G基站建了多少"}).Text(); !strings.Contains(text, "174个") {
			t.Errorf("user %d got %q", user, text)
		}
	}
}

func TestClaim(t *testing.T) {
	dir := t.TempDir()
	a := access(t, "", "", dir)
	code := a.Code()
	if len(code) != 8 {
		t.Fatalf("the code is %q", code)
	}
	h := bot.New(indextest.Embedded(t), a, quiet())
	say := func(user int64, text string) string {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: text}).Text()
	}
	if got := say(1, "/claim WRONGCOD"); !strings.Contains(got, "不对") {
		t.Errorf("a wrong code got %q", got)
	}
	for range 10 {
		say(2, "/claim GUESS")
	}
	if got := say(2, "/claim "+code); a.Allowed(2) {
		t.Errorf("who guessed ten times was let in: %q", got)
	}
	if got := say(3, "/claim@TheBot "+strings.ToLower(code)); !a.Allowed(3) {
		t.Errorf("the right code got %q", got)
	}
	if say(4, "/claim "+code); a.Allowed(4) || a.Code() != "" {
		t.Error("the code served twice")
	}
	again := access(t, "", "", dir)
	if !again.Allowed(3) || again.Code() != "" {
		t.Error("after a restart the administrator is forgotten")
	}
}

func TestMalformedIDs(t *testing.T) {
	for _, list := range []string{"12,abc", "@name", "-5", "1.5"} {
		if _, err := bot.NewAccess(list, "", t.TempDir()); err == nil || !strings.Contains(err.Error(), "TELEGRAM_ALLOWED_USERS") {
			t.Errorf("%q: got %v", list, err)
		}
	}
}

// Bad input gets a calm sentence in the person's language.
func TestBadInput(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, row := range []struct{ text, lang, want string }{
		{"", "zh", "请输入"}, {"   ", "en", "Please type"}, {"？？！…", "zh", "没有看懂"}, {"😀", "zh", "没有看懂"}, {"\x01\x02", "zh", "请输入"}, {"\xff\xfe", "zh", "没有看懂"},
		{strings.Repeat("基站", 25_000), "zh", "500"}, {"/nonsense", "en", "/help"}, {`text:"5G" +(`, "en", "do not say"}, {"<script>alert(1)</script>", "en", "do not say"}, {"Где станции?", "ru", "没有查到"},
	} {
		if got := h.Handle(context.Background(), bot.Message{Text: row.text, Lang: row.lang}).Text(); !strings.Contains(got, row.want) {
			t.Errorf("%.30q: got %q, want %q in it", row.text, got, row.want)
		}
	}
}

// Buttons that are stale or forged get a calm sentence, and never a panic.
func TestForgedButtons(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, data := range []string{"p:", "p:nothing", "m:1", "m:-1", "m:x", "o:zzz", "o:283c24f1:99999", "o:283c24f1:-1", "f:", "f:-1:", "f:9999:", "f:x:y", "q", "x:y", "p:'; DROP TABLE", strings.Repeat("p", 64)} {
		if r := h.Handle(context.Background(), bot.Message{Data: data}); r.Text() == "" {
			t.Errorf("%q got no reply", data)
		}
	}
}

func FuzzButtons(f *testing.F) {
	h := bot.NewLocal(indextest.Embedded(f))
	for _, seed := range []string{"p:283c24f1-b1f83120", "o:283c24f1:1", "f:0:充电", "m:1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if data == "" {
			return
		}
		r := h.Handle(context.Background(), bot.Message{Data: data})
		if r.Text() == "" {
			t.Errorf("%q got no reply", data)
		}
		for _, row := range r.Buttons {
			for _, b := range row {
				if len(b.Data) > 64 || b.Label == "" {
					t.Errorf("%q got the button %+v", data, b)
				}
			}
		}
	})
}

// broken panics at each question.
type broken struct{ bot.Asker }

func (broken) Ask(context.Context, string, []string) index.Answer { panic(errors.New("boom")) }

func TestPanicEndsOneMessage(t *testing.T) {
	var log bytes.Buffer
	h := bot.New(broken{indextest.Embedded(t)}, access(t, "7", "", t.TempDir()), slog.New(slog.NewTextHandler(&log, nil)))
	if got := h.Handle(context.Background(), bot.Message{User: 7, Text: "5G基站"}).Text(); !strings.Contains(got, "差错") {
		t.Errorf("got %q", got)
	}
	if !strings.Contains(log.String(), "boom") {
		t.Errorf("the log does not say why: %s", log.String())
	}
	if got := h.Handle(context.Background(), bot.Message{User: 7, Text: "/reports"}).Text(); !strings.Contains(got, "数字经济") {
		t.Errorf("the next message got %q", got)
	}
}

// A figure that is not where it is cited from is never shown.
type lying struct{ *index.Engine }

func (l lying) Ask(ctx context.Context, q string, before []string) index.Answer {
	a := l.Engine.Ask(ctx, q, before)
	for i := range a.Figures {
		wrong := *a.Figures[i].Figure
		wrong.Text = "999个"
		a.Figures[i].Figure = &wrong
	}
	return a
}

func TestWrongCitationIsNotShown(t *testing.T) {
	var log bytes.Buffer
	h := bot.New(lying{indextest.Embedded(t)}, access(t, "7", "", t.TempDir()), slog.New(slog.NewTextHandler(&log, nil)))
	if got := h.Handle(context.Background(), bot.Message{User: 7, Text: "5G基站建了多少"}).Text(); strings.Contains(got, "999") || !strings.Contains(got, "没有查到") {
		t.Errorf("got %q", got)
	}
	if !strings.Contains(log.String(), "not where it is cited") {
		t.Errorf("the log says %s", log.String())
	}
}

// The questions that /help shows are answered by the reports at hand.
func TestExamplesWork(t *testing.T) {
	e := indextest.Embedded(t)
	examples := bot.Examples(context.Background(), e, 3)
	if len(examples) != 3 {
		t.Fatalf("got %v", examples)
	}
	for _, q := range examples {
		if a := e.Ask(context.Background(), q, nil); !a.Answered || len(a.Figures) == 0 {
			t.Errorf("%s is not answered", q)
		}
	}
}
