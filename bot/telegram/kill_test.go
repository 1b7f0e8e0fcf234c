package telegram

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/bot/telegram/journal"
	"reportbot/corpus"
	"reportbot/index"
)

// A process of this test binary with these set is a whole bot: index, record
// and journal are in its folder.
const (
	childServer = "REPORTBOT_TEST_SERVER"
	childDir    = "REPORTBOT_TEST_DIR"
)

func runChild() {
	if err := answering(os.Getenv(childServer), os.Getenv(childDir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answering(server, dir string) error {
	reports, err := corpus.Builtin().Embedded()
	if err != nil {
		return err
	}
	e, err := index.OpenLive(dir, reports)
	if err != nil {
		return err
	}
	kept, err := record.Open(dir, record.DefaultDays)
	if err != nil {
		return err
	}
	a, err := bot.NewAccess(upTo(askers), "", kept)
	if err != nil {
		return err
	}
	c := Config{Token: faketest.Token, Server: server, Dir: dir, pollFor: time.Second, pause: time.Millisecond, second: second}
	return Run(context.Background(), c, numbered{bot.New(e, a, slog.New(slog.DiscardHandler))}, slog.New(slog.DiscardHandler))
}

// askers is how many people ask, so many that none is too fast for the bot.
const askers = 500

// asked is questions that are asked again and again, and what stands in their answers.
var asked = []struct{ question, want string }{{"5G基站建了多少", "174个"}, {"充电枪有多少支", "277支"}, {"铁塔基站建了几个", "13个"}, {"存在哪些问题", "核心产业较薄弱"}, {"全区财政收入是多少", "没有查到"}}

// numbered answers "17 5G基站建了多少" as the bot does 5G基站建了多少, with the
// number below, by which the test knows the answer to each question.
type numbered struct{ *bot.Handler }

func (h numbered) Handle(ctx context.Context, m bot.Message) bot.Reply {
	number, question, ok := strings.Cut(m.Text, " ")
	if !ok {
		return h.Handler.Handle(ctx, m)
	}
	m.Text = question
	r := h.Handler.Handle(ctx, m)
	r.Blocks = append(r.Blocks, bot.Block{Runs: []bot.Run{{Text: "re " + number}}})
	return r
}

func child(t *testing.T, f *faketest.Server, dir string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childServer+"="+f.URL, childDir+"="+dir)
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// A few of the kills; the build tag storm has a hundred.
func TestKilledAFewTimes(t *testing.T) { killed(t, 5) }

// killed kills the bot with SIGKILL again and again while people ask. At the
// end each question has its answer, once; or a note that it may not have
// arrived, where the bot died between request and reply, and then the person
// who does not see it gets it by pressing the button. Journal, record and index
// are whole after each kill.
func killed(t *testing.T, times int) {
	f := faketest.New(t)
	f.Pace(second, 3*time.Millisecond)
	dir := t.TempDir()
	var numbers []int // of the messages that ask
	ask := func() {
		i := len(numbers)
		numbers = append(numbers, f.Say(int64(1+rand.N(askers)), fmt.Sprint(i, " ", asked[i%len(asked)].question)))
	}
	for range times {
		c := child(t, f, dir)
		for end := time.Now().Add(100*time.Millisecond + rand.N(900*time.Millisecond)); time.Now().Before(end); {
			ask()
			time.Sleep(rand.N(10 * time.Millisecond))
		}
		c.Process.Kill()
		c.Wait()
		checkDatabases(t, dir)
	}
	c := child(t, f, dir)
	answers, notes := settled(f, numbers)
	pressed := 0
	for i, number := range numbers {
		if answers[i] == 0 {
			pressed++
			press(t, f, number, notes)
		}
	}
	waitAnswered(t, f, len(numbers))
	c.Process.Kill()
	c.Wait()
	for i, n := range count(f, len(numbers)) {
		if n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
	checkAnswers(t, f)
	checkKept(t, dir, len(numbers))
	t.Logf("%d kills, %d questions, %d answers in doubt, of which %d had not arrived", times, len(numbers), len(notes), pressed)
}

// settled waits until every question has an answer or a note.
func settled(f *faketest.Server, numbers []int) (answers []int, notes map[int]faketest.Message) {
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		answers, notes = count(f, len(numbers)), map[int]faketest.Message{}
		for _, m := range f.Sent() {
			if m.Plain == doubtText("zh") {
				notes[m.ReplyTo] = m
			}
		}
		open := 0
		for i, n := range answers {
			if n == 0 && notes[numbers[i]].Number == 0 {
				open++
			}
		}
		if open == 0 || time.Now().After(deadline) {
			return answers, notes
		}
	}
}

// questionOf is the number of the question that a message answers.
func questionOf(m faketest.Message) (i int, ok bool) {
	_, number, ok := strings.Cut(m.Plain, "\nre ")
	i, err := strconv.Atoi(number)
	return i, ok && err == nil
}

// count is how often each question was answered.
func count(f *faketest.Server, questions int) []int {
	n := make([]int, questions)
	for _, m := range f.Sent() {
		if i, ok := questionOf(m); ok {
			n[i]++
		}
	}
	return n
}

// checkAnswers: each of them is the right one.
func checkAnswers(t *testing.T, f *faketest.Server) {
	t.Helper()
	for _, m := range f.Sent() {
		if i, ok := questionOf(m); ok && !strings.Contains(m.Plain, asked[i%len(asked)].want) {
			t.Errorf("%s is answered with %q", asked[i%len(asked)].question, m.Plain)
		}
	}
}

// checkKept: the record has every question, and every paragraph of the reports
// is read back from the index.
func checkKept(t *testing.T, dir string, questions int) {
	t.Helper()
	kept, err := record.Open(dir, record.DefaultDays)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	s, err := kept.Stats(time.Now().Add(-time.Hour))
	if err != nil || s.Questions < questions {
		t.Errorf("the record has %d questions of %d, %v", s.Questions, questions, err)
	}
	reports, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open(dir, reports)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if n, err := e.Verify(context.Background()); err != nil || n != len(reports.Report(reports.Reports[0].ID).Paragraphs) {
		t.Errorf("the index has %d paragraphs, %v", n, err)
	}
}

func press(t *testing.T, f *faketest.Server, question int, notes map[int]faketest.Message) {
	t.Helper()
	note, ok := notes[question]
	if !ok {
		t.Errorf("message %d has neither answer nor note", question)
		return
	}
	f.Press(note.Chat, fmt.Sprint("q", question), dataOf(t, note), note)
}

func waitAnswered(t *testing.T, f *faketest.Server, questions int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		open := 0
		for _, n := range count(f, questions) {
			if n == 0 {
				open++
			}
		}
		if open == 0 {
			return
		}
	}
}

func checkDatabases(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{journal.File, record.FileName} {
		db, err := sql.Open("sqlite", filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var verdict string
		if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || strings.TrimSpace(verdict) != "ok" {
			t.Errorf("%s is broken: %v %s", name, err, verdict)
		}
	}
}
