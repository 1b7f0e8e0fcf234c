package bot_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/indextest"
)

var update = flag.Bool("update", false, "rewrite the transcripts")

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// recordIn is the record kept in a folder, "" for one in memory.
func recordIn(t testing.TB, dir string) *record.Record {
	t.Helper()
	r, err := record.Open(dir, record.DefaultDays)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func access(t testing.TB, users, admins, dir string) *bot.Access {
	t.Helper()
	return accessIn(t, users, admins, recordIn(t, dir))
}

func accessIn(t testing.TB, users, admins string, kept *record.Record) *bot.Access {
	t.Helper()
	a, err := bot.NewAccess(users, admins, kept)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// shown is a reply as a transcript has it: styles as marks, buttons in
// brackets, links in ⟨⟩, what others are told after an arrow.
func shown(r bot.Reply) string {
	var b strings.Builder
	if r.Protect {
		b.WriteString("(protected)\n")
	}
	if r.Edit {
		b.WriteString("(in place)\n")
	}
	if r.Toast != "" {
		b.WriteString("(toast) " + r.Toast + "\n")
	}
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
			if run.Link != "" {
				b.WriteString("⟨" + run.Link + "⟩")
			}
		}
		for _, row := range block.Rows {
			for _, cell := range row {
				mark := map[bot.Style]string{bot.Bold: "*"}[cell.Style]
				b.WriteString("| " + mark + cell.Text + mark + " ")
				if cell.Link != "" {
					b.WriteString("⟨" + cell.Link + "⟩ ")
				}
			}
			b.WriteString("|\n")
		}
		if block.Kind != bot.Table {
			b.WriteString("\n")
		}
	}
	if r.Document != nil {
		fmt.Fprintf(&b, "(file %s)\n", r.Document.Name)
	}
	for _, row := range r.Buttons {
		for _, button := range row {
			fmt.Fprintf(&b, "[%s → %s] ", button.Label, cmp.Or(button.Data, strings.ReplaceAll(button.Copy, "\n", " ⏎ ")))
		}
		b.WriteString("\n")
	}
	for _, n := range r.Notices {
		fmt.Fprintf(&b, "→ %d: %s", n.Chat, shown(n.Reply))
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

// offered is choices as a transcript has them.
func offered(choices []bot.Choice) string {
	var b strings.Builder
	for _, c := range choices {
		fmt.Fprintf(&b, "= %s | %s | %s\n%s", c.ID, c.Title, c.Description, shown(c.Reply))
	}
	return b.String()
}

// stage is where a transcript is played: administrator 1 and reader 7 stand in
// the environment, everyone else is a stranger.
type stage struct {
	t    *testing.T
	e    *index.Engine
	dir  string
	now  time.Time
	kept *record.Record
	h    *bot.Handler
}

// restart is the process ended and started again.
func (s *stage) restart() {
	if s.kept != nil {
		s.kept.Close()
	}
	s.kept = recordIn(s.t, s.dir)
	s.kept.Now = func() time.Time { return s.now }
	s.h = bot.New(s.e, accessIn(s.t, "7", "1", s.kept), quiet())
}

// play does what the name of a transcript's part says:
//
//	ask 5G基站             reader 7 writes it in private
//	9 ask 5G基站           someone else does
//	9@-100/3 press p:…     a button is pressed in a group's thread
//	9:en ask hello         by someone whose program is in English
//	9 inline 5G基站        it is typed in another chat
//	9 file 年报.pdf        a document is sent
//	7 hurries /reports     thirty-one times in a row; the last reply is told
//	wait 31m               time passes
//	restart                the bot is ended and started again
func (s *stage) play(does string) string {
	m := by("7")
	verb, what, _ := strings.Cut(does, " ")
	if strings.Contains("0123456789", does[:1]) {
		m = by(verb)
		verb, what, _ = strings.Cut(what, " ")
	}
	switch verb {
	case "ask":
		m.Text = what
	case "hurries":
		m.Text = what
		for range 30 {
			s.h.Handle(context.Background(), m)
		}
	case "press":
		m.Data = what
	case "file":
		m.File = &bot.File{Name: what}
	case "inline":
		return offered(s.h.Inline(context.Background(), m.User, m.Lang, what))
	case "wait":
		d, err := time.ParseDuration(what)
		if err != nil {
			s.t.Fatal(err)
		}
		s.now = s.now.Add(d)
		return ""
	case "restart":
		s.restart()
		return ""
	default:
		s.t.Fatalf("what is %q?", does)
	}
	return shown(s.h.Handle(context.Background(), m))
}

// names of some of those who write; the others have none.
var names = map[int64]string{1: "陈主任", 7: "王芳", 9: "李明", 13: "<b>[管理员](tg://user?id=1)</b>\u202e*_`"}

// by is a message of who is written as 9, 9:en or 9@-100/3.
func by(who string) bot.Message {
	var m bot.Message
	who, m.Lang, _ = strings.Cut(who, ":")
	if n, _ := fmt.Sscanf(who, "%d@%d/%d", &m.User, &m.Chat, &m.Thread); n == 1 {
		m.Chat = m.User
	}
	m.Name = names[m.User]
	if m.Chat < 0 {
		m.Group = "数字办"
	}
	return m
}

// Conversations as transcripts. Rewrite them with go test ./bot -update.
func TestTranscripts(t *testing.T) {
	playAll(t, "testdata/*.txtar", indextest.Embedded(t), time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC))
}

// The same on the reports of several places and years.
func TestTranscriptsOfPlaces(t *testing.T) {
	playAll(t, "testdata/places/*.txtar", places(t), time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC))
	playAll(t, "testdata/years/*.txtar", reportsIn(t, "testdata/years/reports"), time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC))
}

// places is an engine over the reports of several places.
func places(t testing.TB) *index.Engine {
	t.Helper()
	return reportsIn(t, "testdata/places/reports")
}

func reportsIn(t testing.TB, dir string) *index.Engine {
	t.Helper()
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func playAll(t *testing.T, pattern string, e *index.Engine, now time.Time) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := &stage{t: t, e: e, dir: t.TempDir(), now: now}
			s.restart()
			out := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				s.now = s.now.Add(time.Second)
				got := s.play(f.Name)
				out.Files = append(out.Files, txtar.File{Name: f.Name, Data: []byte(got)})
				if want := string(f.Data); !*update && got != want {
					t.Errorf("%s\n got\n%s\nwant\n%s", f.Name, got, want)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// Who is not allowed gets one line with the own number and perhaps the way to
// request access, once an hour whatever is sent, and not a word of a report.
func TestStrangers(t *testing.T) {
	e := indextest.Embedded(t)
	h := bot.New(e, access(t, "7", "8", t.TempDir()), quiet())
	report := e.Corpus().Report("283c24f1")
	told := false
	for _, m := range []bot.Message{
		{Text: "5G基站建了多少"}, {Text: "/start"}, {Text: "/help"}, {Text: "/reports"}, {Text: "/outline"}, {Text: "/figures"}, {Text: "/nothing"},
		{Data: "p:" + report.Paragraphs[3].ID}, {Data: "f:0:"}, {Data: "o:" + report.ID}, {Text: ""}, {Text: strings.Repeat("问", 50_000)}, {Text: "how many", Lang: "en"},
	} {
		m.User, m.Chat = 99, 99
		r := h.Handle(context.Background(), m)
		text := r.Text() + r.Toast
		if text == "" && told && r.Refused == "stranger" {
			continue
		}
		if told = true; !strings.Contains(text, "99") || len(r.Blocks) > 1 || len(r.Buttons) > 1 || strings.Contains(text, "数字经济") || len(text) > 200 {
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
		if _, err := bot.NewAccess(list, "", recordIn(t, "")); err == nil || !strings.Contains(err.Error(), "TELEGRAM_ALLOWED_USERS") {
			t.Errorf("%q: got %v", list, err)
		}
	}
}

// Bad input gets a calm sentence in the person's language.
func TestBadInput(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, row := range []struct{ text, lang, want string }{
		{"", "zh", "请输入"}, {"   ", "en", "Please type"}, {"？？！…", "zh", "没有看懂"}, {"😀", "zh", "没有看懂"}, {"\x01\x02", "zh", "请输入"}, {"\xff\xfe", "zh", "没有看懂"},
		{strings.Repeat("基站", 25_000), "zh", "500"}, {"/nonsense", "en", "/help"}, {`text:"5G" +(`, "en", "174"}, {"<script>alert(1)</script>", "en", "do not say"}, {"Где станции?", "ru", "没有查到"},
	} {
		if got := h.Handle(context.Background(), bot.Message{Text: row.text, Lang: row.lang}).Text(); !strings.Contains(got, row.want) {
			t.Errorf("%.30q: got %q, want %q in it", row.text, got, row.want)
		}
	}
}

// Buttons that are stale or forged get a calm sentence, and never a panic.
func TestForgedButtons(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, data := range []string{"p:", "p:nothing", "m:1", "m:-1", "m:x", "o:zzz", "o:283c24f1:99999", "o:283c24f1:-1", "f:", "f:-1:", "f:9999:", "f:x:y", "q", "x:y", "x:9:", "x:0:mark:zzz", "x:0:x:283c24f1", "l:", "l:xx", "r:-1", "r:x", "n:", "v:", "v:good:", "v:good:9999999999999999999", "v:bad:0", "a:", "a:agree:", "a:agree:0", "a:ban:-1", "a:agree:99999999999999999999", "u:", "u:-1", "g:99", "p:'; DROP TABLE", strings.Repeat("p", 64)} {
		if r := h.Handle(context.Background(), bot.Message{Data: data}); r.Text()+r.Toast == "" || len(r.Notices) > 0 {
			t.Errorf("%q got %+v", data, r)
		}
	}
}

func FuzzButtons(f *testing.F) {
	h := bot.NewLocal(indextest.Embedded(f))
	for _, seed := range []string{"p:283c24f1-b1f83120", "o:283c24f1:1", "f:0:充电", "m:1", "v:good:1", "v:bad:1", "a:agree:9", "u:0", "g:0", "x:0:283c24f1", "l:en", "r:0", "n:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if data == "" {
			return
		}
		r := h.Handle(context.Background(), bot.Message{Data: data})
		if r.Text()+r.Toast == "" || len(r.Notices) > 0 {
			t.Errorf("%q got %+v", data, r)
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
	if got := h.Handle(context.Background(), bot.Message{User: 7, Text: "5G基站建了多少"}).Text(); strings.Contains(got, "999") || !strings.Contains(got, "没有通过出处核对") {
		t.Errorf("got %q", got)
	}
	if !strings.Contains(log.String(), "not where it is cited") {
		t.Errorf("the log says %s", log.String())
	}
}

// The questions that /help shows are answered by the reports at hand, in English
// too where the glossary has words for what they count.
func TestExamplesWork(t *testing.T) {
	e := indextest.Embedded(t)
	for lang, begin := range map[string]string{"zh": "", "en": "how many "} {
		examples := bot.Examples(context.Background(), e, lang, 3)
		if len(examples) != 3 {
			t.Fatalf("%s: got %v", lang, examples)
		}
		for _, q := range examples {
			if a := e.Ask(context.Background(), q, nil); !a.Answered || len(a.Figures) == 0 || !strings.HasPrefix(q, begin) {
				t.Errorf("%s is not answered", q)
			}
		}
		t.Logf("%s: %q", lang, examples)
	}
}
