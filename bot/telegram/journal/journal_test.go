package journal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, dir string, bot int64) *Journal {
	t.Helper()
	j, err := Open(dir, bot)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func take(t testing.TB, j *Journal, ids ...int64) (fresh int) {
	t.Helper()
	var list []Update
	for _, id := range ids {
		list = append(list, Update{ID: id, Chat: 7, Body: []byte(`{"text":"秘密"}`), Taken: time.Now()})
	}
	got, err := j.Take(list)
	if err != nil {
		t.Fatal(err)
	}
	return len(got)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func answerTo(question int) Message {
	return Message{Chat: 7, Question: question, Method: "sendMessage", Body: []byte(`{"text":"答复"}`), Plain: "答复", Lang: "zh", Asked: time.Now()}
}

// The life of a question, with the process ending after every step.
func TestFromUpdateToSent(t *testing.T) {
	dir := t.TempDir()
	again := func(do func(*Journal)) {
		j, err := Open(dir, 1)
		must(t, err)
		do(j)
		must(t, j.Close())
	}
	again(func(j *Journal) {
		if take(t, j, 10, 11) != 2 || take(t, j, 10, 12) != 1 {
			t.Error("an update delivered twice was taken twice")
		}
	})
	messages := []Message{answerTo(5)}
	again(func(j *Journal) {
		if list, err := j.Waiting(); err != nil || len(list) != 3 || list[0].ID != 10 || list[0].Chat != 7 {
			t.Errorf("waiting: %v, %v", list, err)
		}
		if ok, err := answer(j, 10, messages); !ok || err != nil {
			t.Errorf("answered: %v, %v", ok, err)
		}
		if ok, err := answer(j, 10, []Message{answerTo(5)}); ok || err != nil {
			t.Errorf("answered twice: %v, %v", ok, err)
		}
		if take(t, j, 10) != 0 {
			t.Error("an answered update was taken again")
		}
		if u, err := j.Update(10); err != nil || u.Body != nil {
			t.Errorf("the words are kept: %v, %v", u, err)
		}
	})
	id := messages[0].ID
	again(func(j *Journal) {
		if m, _, ok, err := j.Start(id); !ok || err != nil || m.Plain != "答复" {
			t.Errorf("started: %+v, %v", m, err)
		}
		if _, _, ok, _ := j.Start(id); ok {
			t.Error("started twice")
		}
	})
	again(func(j *Journal) {
		if list, err := j.Unsent(); err != nil || len(list) != 1 || list[0].State != Sending {
			t.Errorf("unsent: %+v, %v", list, err)
		}
		must(t, sent(j, id, 0, 99))
		if list, _ := j.Unsent(); len(list) != 0 {
			t.Errorf("unsent: %+v", list)
		}
		if list, _ := j.Answers(7, 5); len(list) != 1 || list[0].Number != 99 || list[0].Plain != "" {
			t.Errorf("answers: %+v", list)
		}
	})
}

func TestDoubtAndAgain(t *testing.T) {
	j := open(t, "", 1)
	defer j.Close()
	take(t, j, 1)
	messages := []Message{answerTo(5)}
	answer(j, 1, messages)
	id := messages[0].ID
	note := Message{Chat: 7, Question: 5, Method: "sendMessage", Note: true}
	must(t, j.Doubt(id, &note))
	if list, _ := j.Unsent(); len(list) != 1 || list[0].ID != note.ID {
		t.Errorf("unsent: %+v", list)
	}
	for i, row := range []struct {
		id, chat int64
		want     bool
	}{{id, 8, false}, {note.ID, 7, false}, {99, 7, false}, {id, 7, true}, {id, 7, false}} {
		if ok, err := j.Again(row.id, row.chat); ok != row.want || err != nil {
			t.Errorf("row %d: %v, %v", i, ok, err)
		}
	}
	if m, _, ok, _ := j.Start(id); !ok || m.Plain != "答复" {
		t.Errorf("started: %+v", m)
	}
}

func TestEditsMovesAndPruning(t *testing.T) {
	j := open(t, "", 1)
	defer j.Close()
	take(t, j, 1)
	messages := []Message{answerTo(5), answerTo(5)}
	answer(j, 1, messages)
	must(t, j.Move(7, -8))
	if m, _, _, _ := j.Start(messages[0].ID); m.Chat != -8 {
		t.Errorf("moved: %+v", m)
	}
	must(t, sent(j, messages[0].ID, 0, 50))
	must(t, sent(j, messages[1].ID, messages[0].ID, 51))
	if list, _ := j.Answers(-8, 5); list[0].Number != 51 {
		t.Errorf("replaced: %+v", list)
	}
	must(t, sent(j, messages[1].ID, messages[0].ID, 0))
	if list, _ := j.Answers(-8, 5); len(list) != 1 {
		t.Errorf("taken away: %+v", list)
	}
	must(t, j.Prune(time.Now().Add(keep-time.Minute)))
	if take(t, j, 1) != 0 {
		t.Error("forgotten too early")
	}
	must(t, j.Prune(time.Now().Add(keep+time.Minute)))
	if take(t, j, 1) != 1 {
		t.Error("never forgotten")
	}
}

// What is wiped is not left in the free pages of the file either.
func TestWordsAreWiped(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, 1)
	take(t, j, 1)
	messages := []Message{answerTo(5)}
	answer(j, 1, messages)
	j.Start(messages[0].ID)
	must(t, sent(j, messages[0].ID, 0, 9))
	must(t, j.Close())
	content, err := os.ReadFile(filepath.Join(dir, File))
	must(t, err)
	for _, word := range []string{"秘密", "答复"} {
		if strings.Contains(string(content), word) {
			t.Errorf("%s is still in the file", word)
		}
	}
	if i, _ := os.Stat(filepath.Join(dir, File)); i.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", i.Mode())
	}
}

func TestAnotherBot(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, 1)
	take(t, j, 1, 2)
	must(t, j.Close())
	j = open(t, dir, 2)
	defer j.Close()
	if take(t, j, 1, 2) != 2 {
		t.Error("the updates of another bot were taken for its own")
	}
}

// Work after the end, and while it ends, is refused and does not hang.
func TestAfterClose(t *testing.T) {
	j := open(t, "", 1)
	var busy sync.WaitGroup
	for i := range int64(50) {
		busy.Go(func() {
			if _, err := j.Take([]Update{{ID: i, Body: []byte("x")}}); err != nil && !errors.Is(err, ErrClosed) {
				t.Error(err)
			}
		})
	}
	must(t, j.Close())
	busy.Wait()
	if err := j.Wait(1); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// What fails fails alone, though it was committed with others.
func TestOneFailsAlone(t *testing.T) {
	j := open(t, "", 1)
	defer j.Close()
	boom := errors.New("boom")
	var busy sync.WaitGroup
	for i := range int64(100) {
		busy.Go(func() {
			if i%10 == 0 {
				if err := j.do(func(t tx) error { t.exec(`DELETE FROM updates`); return boom }); err != boom {
					t.Errorf("got %v", err)
				}
				return
			}
			take(t, j, i)
		})
	}
	busy.Wait()
	if list, _ := j.Waiting(); len(list) != 90 {
		t.Errorf("%d updates", len(list))
	}
}

// answer and sent wait until it is on disk.
func answer(j *Journal, update int64, messages []Message) (ok bool, err error) {
	done := make(chan struct{})
	j.Answer(update, messages, func(o bool, e error) { ok, err = o, e; close(done) })
	<-done
	return ok, err
}

func sent(j *Journal, id, target int64, number int) error {
	done := make(chan error, 1)
	j.Sent(id, target, number, func(err error) { done <- err })
	return <-done
}
