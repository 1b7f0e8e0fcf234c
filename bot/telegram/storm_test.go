package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/index/indextest"
)

// A breeze of the storm, which the build tag storm raises.
func TestShortStorm(t *testing.T) { storm(t, 50, 300, 25*time.Millisecond) }

// firstStranger: from this ID on nobody was let in.
const firstStranger = 1_000_000

// storm asks the whole bot questions in many chats at once, a tenth of them in
// groups, while one in twenty of the sends is refused with 429 or 502, and as many
// strangers as chats write as many messages again. Everything is answered in order, no
// stranger is told twice or gets a word of a report, the limits are kept as the server
// measures them, and memory is flat.
func storm(t *testing.T, chats, updates int, second time.Duration) {
	f := faketest.New(t)
	f.Spoil(func(method string, chat int64) *faketest.Fault {
		if method != "sendMessage" || rand.N(20) != 0 {
			return nil
		}
		fault := faketest.BadGateway(method)
		if rand.N(2) == 0 {
			fault = faketest.TooMany(method, 1+rand.N(3))
		}
		return &fault
	})
	c := config(f, t.TempDir())
	c.second = second
	f.Pace(second, 0)
	for i := range updates {
		chat := int64(1 + i%chats)
		f.Say(firstStranger+chat, asked[i%len(asked)].question)
		if chat%10 == 0 { // a few groups, which get far more than twenty a minute
			f.Post(map[string]any{"text": fmt.Sprint("@TheBot ", i, " ", asked[i%len(asked)].question), "entities": mention(0), "chat": faketest.Group(-1 - chat/10%int64(chats/50)), "from": faketest.Person(chat)})
			continue
		}
		f.Say(chat, fmt.Sprint(i, " ", asked[i%len(asked)].question))
	}
	h := numbered{wholeBot(t, chats)}
	heap := watchHeap(f)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	began := time.Now()
	go func() { done <- Run(ctx, c, h, slog.New(slog.DiscardHandler)) }()
	f.Until("all answered", 5*time.Minute, func() bool { return f.AnsweredBelow(firstStranger) >= updates })
	took := time.Since(began)
	before, after := heap()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	checkStorm(t, f, updates)
	perChat, all := f.Most(second)
	group := f.MostInGroup(groupPer * second)
	t.Logf("%d chats, %d updates in %v; most in a second: %d to a chat, %d to all; in a minute: %d to a group; heap at most %d MB in the first half, %d MB in the second",
		chats, updates, took.Round(time.Millisecond), perChat, all, group, before>>20, after>>20)
	if perChat > 1 || all > allMost || group > groupMost {
		t.Error("the limits were not kept")
	}
	if after > before+8<<20 {
		t.Error("memory is not flat")
	}
}

// wholeBot answers from the embedded report whoever is among so many people, and
// keeps its record on disk.
func wholeBot(t *testing.T, people int) *bot.Handler {
	kept, err := record.Open(t.TempDir(), record.DefaultDays)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	a, err := bot.NewAccess(upTo(people), "", kept)
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(indextest.Embedded(t), a, slog.New(slog.DiscardHandler))
}

// upTo is a list of the people 1 to n.
func upTo(n int) string {
	var list strings.Builder
	for user := range n {
		fmt.Fprint(&list, user+1, " ")
	}
	return list.String()
}

func checkStorm(t *testing.T, f *faketest.Server, updates int) {
	t.Helper()
	seen, last := map[int]int{}, map[int64]int{}
	told := map[int64]bool{}
	for _, m := range f.Sent() {
		if m.Chat >= firstStranger {
			if told[m.Chat] || strings.Contains(m.Plain, "《") || slices.ContainsFunc(asked, func(q struct{ question, want string }) bool { return strings.Contains(m.Plain, q.want) }) {
				t.Errorf("a stranger is told %q, twice: %v", m.Plain, told[m.Chat])
			}
			told[m.Chat] = true
			continue
		}
		i, ok := questionOf(m)
		if !ok {
			t.Errorf("said %q", m.Plain)
		}
		if before, ok := last[m.Chat]; ok && before > i {
			t.Errorf("chat %d got %d after %d", m.Chat, i, before)
		}
		seen[i], last[m.Chat] = seen[i]+1, i
	}
	checkAnswers(t, f)
	for i := range updates {
		if seen[i] != 1 {
			t.Errorf("question %d was answered %d times", i, seen[i])
		}
	}
}

// watchHeap measures the heap in use but for the messages that the server keeps;
// the function returned ends that and tells how much it was at most in the first
// and in the second half of the time.
func watchHeap(f *faketest.Server) func() (before, after uint64) {
	samples := []uint64{heapInUse(f)}
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Millisecond):
				samples = append(samples, heapInUse(f))
			}
		}
	})
	return func() (before, after uint64) {
		close(stop)
		busy.Wait()
		samples = append(samples, heapInUse(f))
		half := len(samples) / 2
		return slices.Max(samples[:half]), slices.Max(samples[half:])
	}
}

func heapInUse(f *faketest.Server) uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc - uint64(f.Held())
}
