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
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
	"reportbot/bot/telegram/journal"
)

// A process of this test binary with these set is a bot that only echoes.
const (
	childServer = "REPORTBOT_TEST_SERVER"
	childDir    = "REPORTBOT_TEST_DIR"
)

func runChild() {
	c := Config{Token: faketest.Token, Server: os.Getenv(childServer), Dir: os.Getenv(childDir), pollFor: time.Second, pause: time.Millisecond, second: second}
	h := &parallel{func(m bot.Message) bot.Reply { return reply("re " + m.Text) }}
	if err := Run(context.Background(), c, h, slog.New(slog.DiscardHandler)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
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
// who does not see it gets it by pressing the button.
func killed(t *testing.T, times int) {
	f := faketest.New(t)
	f.Pace(second, 3*time.Millisecond)
	dir := t.TempDir()
	var asked []int
	ask := func() { asked = append(asked, f.Say(int64(1+rand.N(30)), fmt.Sprint(len(asked)))) }
	for range times {
		c := child(t, f, dir)
		for end := time.Now().Add(100*time.Millisecond + rand.N(250*time.Millisecond)); time.Now().Before(end); {
			ask()
			time.Sleep(rand.N(4 * time.Millisecond))
		}
		c.Process.Kill()
		c.Wait()
		checkDatabase(t, dir)
	}
	c := child(t, f, dir)
	defer func() { c.Process.Kill(); c.Wait() }()
	answers, notes := settled(f, asked)
	pressed := 0
	for i, number := range asked {
		if answers[i] == 0 {
			pressed++
			press(t, f, number, notes)
		}
	}
	waitAnswered(t, f, len(asked))
	for i, n := range count(f, len(asked)) {
		if n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
	t.Logf("%d kills, %d questions, %d answers in doubt, of which %d had not arrived", times, len(asked), len(notes), pressed)
}

// settled waits until every question has an answer or a note.
func settled(f *faketest.Server, asked []int) (answers []int, notes map[int]faketest.Message) {
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		answers, notes = count(f, len(asked)), map[int]faketest.Message{}
		for _, m := range f.Sent() {
			if m.Plain == doubts["zh"].text {
				notes[m.ReplyTo] = m
			}
		}
		open := 0
		for i, n := range answers {
			if n == 0 && notes[asked[i]].Number == 0 {
				open++
			}
		}
		if open == 0 || time.Now().After(deadline) {
			return answers, notes
		}
	}
}

// count is how often each question was answered.
func count(f *faketest.Server, questions int) []int {
	n := make([]int, questions)
	for _, m := range f.Sent() {
		var i int
		if _, err := fmt.Sscanf(m.Plain, "re %d", &i); err == nil {
			n[i]++
		}
	}
	return n
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

func checkDatabase(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, journal.File))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || strings.TrimSpace(verdict) != "ok" {
		t.Errorf("the journal is broken: %v %s", err, verdict)
	}
}
