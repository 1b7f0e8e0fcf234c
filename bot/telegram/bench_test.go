package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
)

// BenchmarkUpdates is updates answered over the fake, from a hundred chats and
// with the limits on sending out of the way: by this package, which keeps each
// of them on disk on its way, and by the library's own echo bot, which does not.
func BenchmarkUpdates(b *testing.B) {
	b.Run("reportbot", func(b *testing.B) {
		h := &parallel{func(m bot.Message) bot.Reply { return reply(m.Text) }}
		answered(b, func(ctx context.Context, f *faketest.Server) error {
			c := config(f, b.TempDir())
			c.second = time.Nanosecond
			return Run(ctx, c, h, slog.New(slog.DiscardHandler))
		})
	})
	b.Run("library", func(b *testing.B) {
		echo := func(ctx context.Context, api *tg.Bot, u *models.Update) {
			if _, err := api.SendMessage(ctx, &tg.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text}); err != nil && ctx.Err() == nil {
				b.Error(err)
			}
		}
		answered(b, func(ctx context.Context, f *faketest.Server) error {
			api, err := tg.New(faketest.Token, tg.WithServerURL(f.URL), tg.WithDefaultHandler(echo), tg.WithNotAsyncHandlers(), tg.WithWorkers(workers), tg.WithErrorsHandler(func(error) {}))
			if err != nil {
				return err
			}
			api.Start(ctx)
			return nil
		})
	})
}

func answered(b *testing.B, run func(context.Context, *faketest.Server) error) {
	f := faketest.New(b)
	for i := range b.N {
		f.Say(int64(1+i%100), fmt.Sprint(i))
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	b.ResetTimer()
	go func() { done <- run(ctx, f) }()
	f.Until("all answered", 5*time.Minute, func() bool { return f.Answered() >= b.N })
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
	cancel()
	if err := <-done; err != nil {
		b.Error(err)
	}
}
