package program

import (
	"context"
	"fmt"
	"log/slog"

	"reportbot/bot"
	"reportbot/bot/telegram"
	"reportbot/bot/terminal"
	"reportbot/bot/upkeep"
	"reportbot/corpus/library"
	"reportbot/index"
)

type runCommand struct {
	Token   string `env:"TELEGRAM_BOT_TOKEN" hidden:""`
	Server  string `env:"TELEGRAM_API_URL" hidden:""`
	Allowed string `env:"TELEGRAM_ALLOWED_USERS" hidden:""`
	Admins  string `env:"TELEGRAM_ADMINS" hidden:""`
	Webhook string `env:"TELEGRAM_WEBHOOK_URL" hidden:""`
	Secret  string `env:"TELEGRAM_WEBHOOK_SECRET" hidden:""`
	Listen  string `env:"TELEGRAM_WEBHOOK_LISTEN" hidden:""`
	Metrics string `env:"METRICS_LISTEN" hidden:""`

	Unrecorded bool `env:"ANSWER_UNRECORDED" hidden:""`
}

// Run is the bot, in Telegram or in the terminal.
func (c *runCommand) Run(ctx context.Context, s *Settings) error {
	if c.Token != "" {
		release, err := library.Hold(s.Data)
		if err != nil {
			return err
		}
		defer release()
	}
	kept := s.record()
	defer kept.Close()
	k, err := upkeep.Open(ctx, s.Data, s.Reports, kept)
	if err != nil {
		return err
	}
	defer k.Close()
	access, err := bot.NewAccess(c.Allowed, c.Admins, kept)
	if err != nil {
		return err
	}
	if c.Token == "" {
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
	h := bot.New(k.Live, access, slog.Default())
	h.Keep(k)
	h.ShowPages(s.pages())
	if c.Unrecorded {
		h.AnswerUnrecorded()
	}
	if why := kept.Lost(); why != nil {
		h.RecordLost(why)
	}
	k.Serve(h, c.Token != "")
	go k.Watch(ctx)
	if c.Token == "" {
		greet(k.Live)
		return terminal.Run(ctx, h, s.Data)
	}
	if code := access.Code(); code != "" {
		slog.Info("no users are named yet: send this to the bot to become its administrator", "message", "/claim "+code)
	}
	return telegram.Run(ctx, c.telegram(s), h, slog.Default())
}

func (c *runCommand) telegram(s *Settings) telegram.Config {
	return telegram.Config{Token: c.Token, Server: c.Server, Dir: s.Data,
		WebhookURL: c.Webhook, WebhookSecret: c.Secret, WebhookListen: c.Listen, MetricsListen: c.Metrics}
}

// greet tells what this is: one line, and one example.
func greet(e *index.Live) {
	reports := e.Corpus().Reports
	if len(reports) == 0 {
		fmt.Println("库里没有报告：用 reportbot add 加入。There are no reports: add some with reportbot add.")
		return
	}
	title := "《" + reports[0].Title + "》"
	if len(reports) > 1 {
		title += fmt.Sprintf("等 %d 份报告", len(reports))
	}
	fmt.Printf("未设置 TELEGRAM_BOT_TOKEN，在终端中对话（No TELEGRAM_BOT_TOKEN: talking in the terminal）。\n%s。直接提问；/help 看用法，/quit 退出。\n", title)
}
