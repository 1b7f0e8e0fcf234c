package telegram

import (
	"context"
	"fmt"
	"slices"

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

// register makes the commands known to Telegram, which shows them to people. A
// bot answers without that as well: only what is hopeless ends it.
func (f *face) register(ctx context.Context) error {
	f.known["start"], f.known["help"] = true, true
	c, ok := f.handler.(Commander)
	if !ok {
		return nil
	}
	for _, lang := range languages {
		readers, administrators := c.Commands(lang)
		all := merged(readers, administrators)
		for _, command := range all {
			f.known[command.Name] = true
		}
		if err := f.setCommands(ctx, readers, nil, lang); err != nil {
			return err
		}
		for _, admin := range f.administrators() {
			if err := f.setCommands(ctx, all, &scope{"chat", admin}, lang); err != nil {
				return err
			}
		}
	}
	return nil
}

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

// setCommands registers the commands of a scope, nil for everyone. An
// administrator who has not written to the bot yet has no chat to register for.
func (f *face) setCommands(ctx context.Context, list []bot.Command, in *scope, lang string) error {
	commands := []models.BotCommand{}
	for _, c := range list {
		commands = append(commands, models.BotCommand{Command: c.Name, Description: c.Description})
	}
	params := map[string]any{"commands": commands, "language_code": lang}
	if in != nil {
		params["scope"] = in
	}
	err := f.retry(ctx, func() error { return f.api.call(ctx, "setMyCommands", params, nil) })
	if hopeless(err) {
		return fmt.Errorf("registering the commands: %w", err)
	}
	if err != nil {
		f.log.Warn("commands could not be registered", "language", lang, "cause", err)
	}
	return nil
}
