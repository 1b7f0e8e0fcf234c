package telegram

import (
	"context"
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
