package telegram

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// Commander is a handler that has commands, for readers and, beyond those, for
// administrators.
type Commander interface {
	Commands(lang string) (readers, administrators []bot.Command)
}

// Administrated is a handler that knows its administrators; in their private
// chats they are shown the commands that are theirs.
type Administrated interface {
	Administrators() []int64
}

// languages in which commands are described; "" is for all others.
var languages = []string{"", "zh", "en"}

// menus makes the commands known to Telegram, which shows them to people: to
// all those of readers, to each administrator those of administrators too, as
// administrators come and go. A bot answers without that as well: only what is
// hopeless ends it.
func (f *face) menus(ctx context.Context) {
	c, ok := f.handler.(Commander)
	if !ok {
		return
	}
	f.menu(ctx, nil, func(lang string) []bot.Command { readers, _ := c.Commands(lang); return readers })
	shown, next := map[int64]bool{}, map[int64]time.Time{}
	for ; ctx.Err() == nil; sleep(ctx, f.second) {
		now := f.administrators()
		for _, admin := range now {
			if !shown[admin] && time.Now().After(next[admin]) {
				shown[admin] = f.menu(ctx, &scope{"chat", admin}, func(lang string) []bot.Command { return merged(c.Commands(lang)) })
				next[admin] = time.Now().Add(menuEvery * f.second)
			}
		}
		for admin := range shown {
			if !slices.Contains(now, admin) {
				f.menu(ctx, &scope{"chat", admin}, nil)
				delete(shown, admin)
				delete(next, admin)
			}
		}
	}
}

// menuEvery is how many seconds pass before a menu is tried again that could
// not be registered: an administrator who has not written to the bot yet has no
// chat to register for.
const menuEvery = 60

func (f *face) administrators() []int64 {
	if a, ok := f.handler.(Administrated); ok {
		return a.Administrators()
	}
	return nil
}

func merged(readers, administrators []bot.Command) []bot.Command {
	all := slices.Clone(readers)
	for _, c := range administrators {
		if !slices.ContainsFunc(all, func(r bot.Command) bool { return r.Name == c.Name }) {
			all = append(all, c)
		}
	}
	return all
}

// scope is one chat, to which commands are shown.
type scope struct {
	Type string `json:"type"`
	Chat int64  `json:"chat_id"`
}

// menu registers the commands of a scope, nil for everyone, in each language;
// of is nil where there are to be none. It returns whether that was done.
func (f *face) menu(ctx context.Context, in *scope, of func(lang string) []bot.Command) bool {
	for _, lang := range languages {
		method, params := "deleteMyCommands", map[string]any{"language_code": lang}
		if of != nil {
			method, params["commands"] = "setMyCommands", botCommands(of(lang))
		}
		if in != nil {
			params["scope"] = in
		}
		err := f.retry(ctx, func() error { return f.api.call(ctx, method, params, nil) })
		switch {
		case err == nil:
		case ctx.Err() != nil, says(err, "chat not found"):
			return false
		case hopeless(err):
			f.fail(fmt.Errorf("registering the commands: %w", err))
			return false
		default:
			f.log.Warn("commands could not be registered", "language", lang, "cause", err)
			return false
		}
	}
	return true
}

func botCommands(list []bot.Command) (commands []models.BotCommand) {
	for _, c := range list {
		commands = append(commands, models.BotCommand{Command: c.Name, Description: c.Description})
	}
	return commands
}
