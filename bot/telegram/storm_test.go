package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
)

// A breeze of the storm, which the build tag storm raises.
func TestShortStorm(t *testing.T) { storm(t, 100, 1000, 10*time.Millisecond) }

// storm asks questions in many chats at once, a tenth of them in groups, while one
// in twenty of the sends is refused with 429 or 502. Everything is answered in
// order, the limits are kept as the server measures them, and memory is flat.
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
		if chat%10 == 0 { // a few groups, which get far more than twenty a minute
			f.Post(map[string]any{"text": fmt.Sprintf("/help %d", i), "chat": faketest.Group(-1 - chat/10%int64(chats/50)), "from": faketest.Person(chat)})
			continue
		}
		f.Say(chat, fmt.Sprint(i))
	}
	heap := watchHeap()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	h := &parallel{func(m bot.Message) bot.Reply { return reply(m.Text) }}
	began := time.Now()
	go func() { done <- Run(ctx, c, h, slog.New(slog.DiscardHandler)) }()
	f.Until("all answered", 3*time.Minute, func() bool { return f.Answered() >= updates })
	took := time.Since(began)
	first, most := heap()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	checkStorm(t, f, updates)
	perChat, all := f.Most(second)
	group := f.MostInGroup(groupPer * second)
	t.Logf("%d chats, %d updates in %v; most in a second: %d to a chat, %d to all; in a minute: %d to a group; heap %d MB at first, %d MB at most",
		chats, updates, took.Round(time.Millisecond), perChat, all, group, first>>20, most>>20)
	if perChat > 1 || all > allMost || group > groupMost {
		t.Error("the limits were not kept")
	}
	if most > first+64<<20 {
		t.Error("memory is not flat")
	}
}

func checkStorm(t *testing.T, f *faketest.Server, updates int) {
	t.Helper()
	seen, last := map[int]int{}, map[int64]int{}
	for _, m := range f.Sent() {
		var i int
		if _, err := fmt.Sscanf(m.Plain, "/help %d", &i); err != nil {
			fmt.Sscan(m.Plain, &i)
		}
		if before, ok := last[m.Chat]; ok && before > i {
			t.Errorf("chat %d got %d after %d", m.Chat, i, before)
		}
		seen[i], last[m.Chat] = seen[i]+1, i
	}
	for i := range updates {
		if seen[i] != 1 {
			t.Errorf("question %d was answered %d times", i, seen[i])
		}
	}
}

// watchHeap measures the heap in use; the function returned ends that and tells
// how much it was at first and at most.
func watchHeap() func() (first, most uint64) {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	first := stats.HeapAlloc
	most := first
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Millisecond):
				runtime.GC()
				runtime.ReadMemStats(&stats)
				most = max(most, stats.HeapAlloc)
			}
		}
	})
	return func() (uint64, uint64) { close(stop); busy.Wait(); return first, most }
}
