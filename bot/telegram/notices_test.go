package telegram

import (
	"context"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
)

// forgetful offers the same notice for ever, as one that is killed before it
// knows that the notice was taken.
type forgetful struct{}

func (forgetful) MayAsk(int64, int64) bool { return true }

func (forgetful) Refuse(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

func (forgetful) Handle(context.Context, bot.Message) bot.Reply { return bot.Reply{} }
func (forgetful) Told(bot.Due)                                  {}
func (forgetful) Due(bool) []bot.Due {
	r := bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: "62座 → 65座"}}}}}
	return []bot.Due{{Number: 3, Notice: bot.Notice{Chat: 7, Reply: r}}}
}

// A notice is sent once, also after a restart.
func TestNoticeOnce(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	f.Say(7, "/start") // which opens the chat
	for range 2 {
		_, stop := startWith(t, f, c, forgetful{})
		f.Wait(1)
		time.Sleep(10 * second)
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
	if got := f.Wait(1); len(got) != 1 || got[0].Chat != 7 || got[0].Plain != "62座 → 65座" {
		t.Errorf("sent %+v", got)
	}
}

// inTopic has a correction for a topic of a group.
type inTopic struct{ forgetful }

func (inTopic) Due(bool) []bot.Due {
	return []bot.Due{{Number: 4, Notice: bot.Notice{Chat: -100, Reply: bot.Reply{Thread: 5, Blocks: []bot.Block{{Runs: []bot.Run{{Text: "62座 → 65座"}}}}}}}}
}

// A correction comes in the topic where the figure was shown; where that is closed, in
// General; where that is closed as well it is told to the operator.
func TestNoticeInItsTopic(t *testing.T) {
	for name, row := range map[string]struct {
		closed []int
		thread int
	}{"open": {nil, 5}, "closed": {[]int{5}, 0}, "all closed": {[]int{5, 0}, -1}} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			f.Post(inGroup("/start"))
			for _, thread := range row.closed {
				f.CloseTopic(-100, thread)
			}
			log, stop := start(t, f, inTopic{})
			if row.thread < 0 {
				for end := time.Now().Add(5 * time.Second); !strings.Contains(log.String(), "refused in every form") && time.Now().Before(end); {
					time.Sleep(second)
				}
			} else if got := f.Wait(1)[0]; got.Thread != row.thread || got.Plain != "62座 → 65座" {
				t.Errorf("got %+v", got)
			}
			stop()
			if row.thread < 0 && !strings.Contains(log.String(), "refused in every form") {
				t.Error("the log does not tell of it")
			}
		})
	}
}
