// Package telegram is the conversation in Telegram: long polling, private
// chats. It alone imports go-telegram/bot.
//
// The library's own polling retries a wrong token and a second instance for
// ever and drops updates at shutdown, so getUpdates is called here; its
// methods and types serve for the rest.
package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// Config is where Telegram is and who we are there.
type Config struct {
	Token  string
	Server string // "" is https://api.telegram.org

	pollFor time.Duration // how long one getUpdates waits; 0 is 50 s
	pause   time.Duration // the shortest pause before another try; 0 is 500 ms
}

const (
	defaultServer = "https://api.telegram.org"
	workers       = 8                // chats answered at the same time
	queued        = 32               // updates a worker may have waiting before polling pauses
	sendFor       = 60 * time.Second // for one message, all tries together
	drainFor      = 10 * time.Second // for what is under way at shutdown
	besideFor     = 5 * time.Second  // for what only decorates an answer, and for the last word at shutdown
	tries         = 5                // of one request
)

// Handler answers messages; *bot.Handler is one.
type Handler interface {
	Handle(context.Context, bot.Message) bot.Reply
}

// face is one running bot.
type face struct {
	Config
	api     *tg.Bot
	http    *http.Client
	handler Handler
	log     *slog.Logger
	queues  [workers]chan *models.Update
}

// Run answers until ctx ends, then finishes what is under way. It returns an
// error where it can't go on: a wrong token, another instance at work.
func Run(ctx context.Context, c Config, h Handler, log *slog.Logger) error {
	if c.Server == "" {
		c.Server = defaultServer
	}
	c.Server = strings.TrimRight(c.Server, "/")
	c.pollFor, c.pause = max(c.pollFor, 0), max(c.pause, 0)
	if c.pollFor == 0 {
		c.pollFor = 50 * time.Second
	}
	if c.pause == 0 {
		c.pause = 500 * time.Millisecond
	}
	f := &face{Config: c, handler: h, log: log, http: &http.Client{Timeout: c.pollFor + 15*time.Second}}
	api, err := tg.New(c.Token, tg.WithSkipGetMe(), tg.WithServerURL(c.Server), tg.WithHTTPClient(time.Minute, f.http),
		tg.WithErrorsHandler(func(err error) { log.Warn("telegram", "cause", f.redact(err)) }))
	if err != nil {
		return errors.New("TELEGRAM_BOT_TOKEN is not a bot token")
	}
	f.api = api
	if err := f.introduce(ctx); ctx.Err() != nil {
		return nil // told to stop before it began
	} else if err != nil {
		return f.fatal(err)
	}
	return f.serve(ctx)
}

// introduce learns who we are and registers the commands in both languages.
func (f *face) introduce(ctx context.Context) error {
	var me *models.User
	err := f.retry(ctx, func(ctx context.Context) (err error) { me, err = f.api.GetMe(ctx); return err })
	if err != nil {
		return fmt.Errorf("asking Telegram who we are: %w", err)
	}
	f.log.Info("the bot is there", "username", me.Username)
	for _, lang := range []string{"", "zh", "en"} {
		var commands []models.BotCommand
		for _, c := range bot.Commands(lang) {
			commands = append(commands, models.BotCommand{Command: c[0], Description: c[1]})
		}
		err := f.retry(ctx, func(ctx context.Context) error {
			_, err := f.api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: commands, LanguageCode: lang})
			return err
		})
		if err != nil {
			return fmt.Errorf("registering the commands: %w", err)
		}
	}
	return nil
}

// serve polls and hands updates to workers, those of one chat to the same one.
func (f *face) serve(ctx context.Context) error {
	var busy sync.WaitGroup
	for i := range f.queues {
		f.queues[i] = make(chan *models.Update, queued)
		busy.Go(func() {
			for u := range f.queues[i] {
				f.update(context.WithoutCancel(ctx), u)
			}
		})
	}
	taken, err := f.poll(ctx)
	for _, q := range f.queues {
		close(q)
	}
	done := make(chan struct{})
	go func() { busy.Wait(); close(done) }()
	select {
	case <-done:
		if err == nil {
			f.confirm(context.WithoutCancel(ctx), taken)
		}
	case <-time.After(drainFor):
		f.log.Error("left with messages unanswered", "after", drainFor)
	}
	return f.fatal(err)
}

// poll fetches updates until ctx ends or going on is pointless. Asking for the
// next updates is what tells Telegram that those before were taken: taken is
// the offset still to be told, 0 where it has been.
func (f *face) poll(ctx context.Context) (taken int64, err error) {
	offset, pause := int64(0), f.pause
	for ctx.Err() == nil {
		updates, err := f.getUpdates(ctx, offset, f.pollFor)
		switch {
		case ctx.Err() != nil:
			return 0, nil
		case err == nil:
			pause, taken = f.pause, 0
		case hopeless(err):
			return taken, err
		default:
			wait := max(pause, retryAfter(err))
			f.log.Warn("polling failed and is tried again", "cause", f.redact(err), "in", wait)
			sleep(ctx, jittered(wait))
			pause = min(2*pause, 30*time.Second)
		}
		for _, u := range updates {
			if chat, ok := chatOf(u); ok {
				select {
				case f.queues[uint64(chat)%workers] <- u:
				case <-ctx.Done():
					return taken, nil
				}
			}
			offset, taken = u.ID+1, u.ID+1
		}
	}
	return taken, nil
}

// confirm tells Telegram what was taken and answered after the last poll;
// untold, the next run would get it again and answer it twice.
func (f *face) confirm(ctx context.Context, taken int64) {
	if taken == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, besideFor)
	defer cancel()
	err := f.retry(ctx, func(ctx context.Context) error { _, err := f.getUpdates(ctx, taken, 0); return err })
	if err != nil {
		f.log.Warn("the last answers may be given again at the next start", "cause", f.redact(err))
	}
}

// apiError is Telegram's refusal of getUpdates.
type apiError struct {
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

func (e *apiError) Error() string { return fmt.Sprintf("Telegram says %d: %s", e.Code, e.Description) }

func (f *face) getUpdates(ctx context.Context, offset int64, wait time.Duration) ([]*models.Update, error) {
	body, err := json.Marshal(map[string]any{"offset": offset, "timeout": int(wait.Seconds()), "allowed_updates": []string{"message", "callback_query"}})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, f.Server+"/bot"+f.Token+"/getUpdates", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := f.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, 32<<20))
	if err != nil {
		return nil, err
	}
	var answer struct {
		OK     bool             `json:"ok"`
		Result []*models.Update `json:"result"`
		apiError
	}
	if err := json.Unmarshal(content, &answer); err != nil {
		return nil, fmt.Errorf("getUpdates answered %s, not JSON", response.Status)
	}
	if !answer.OK {
		return nil, &answer.apiError
	}
	return answer.Result, nil
}

// hopeless tells errors that another try can't mend.
func hopeless(err error) bool {
	var api *apiError
	if errors.As(err, &api) {
		return api.Code == http.StatusUnauthorized || api.Code == http.StatusNotFound || api.Code == http.StatusConflict
	}
	return errors.Is(err, tg.ErrorUnauthorized) || errors.Is(err, tg.ErrorNotFound) || errors.Is(err, tg.ErrorConflict)
}

// fatal says what ended the bot, to the operator and without the token.
func (f *face) fatal(err error) error {
	var api *apiError
	code := 0
	if errors.As(err, &api) {
		code = api.Code
	}
	switch {
	case err == nil:
		return nil
	case code == http.StatusUnauthorized, code == http.StatusNotFound, errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
		return errors.New("the server does not know this TELEGRAM_BOT_TOKEN: copy it anew from @BotFather")
	case code == http.StatusConflict, errors.Is(err, tg.ErrorConflict):
		return errors.New("another instance polls with the same TELEGRAM_BOT_TOKEN, or a webhook is set: stop that one first")
	}
	return errors.New(f.redact(err))
}

func (f *face) redact(err error) string { return strings.ReplaceAll(err.Error(), f.Token, hidden) }

// retry calls Telegram again after 429, after 5xx and after network errors.
func (f *face) retry(ctx context.Context, call func(context.Context) error) error {
	pause := f.pause
	for n := 1; ; n++ {
		err := call(ctx)
		if err == nil || n == tries || ctx.Err() != nil || !worthRetrying(err) {
			return err
		}
		wait := max(jittered(pause), retryAfter(err))
		f.log.Warn("a request failed and is tried again", "cause", f.redact(err), "in", wait)
		sleep(ctx, wait)
		pause *= 2
	}
}

func worthRetrying(err error) bool {
	for _, final := range []error{tg.ErrorBadRequest, tg.ErrorForbidden, tg.ErrorUnauthorized, tg.ErrorNotFound, tg.ErrorConflict} {
		if errors.Is(err, final) {
			return false
		}
	}
	var moved *tg.MigrateError
	return !errors.As(err, &moved)
}

func retryAfter(err error) time.Duration {
	var many *tg.TooManyRequestsError
	if errors.As(err, &many) {
		return time.Duration(many.RetryAfter) * time.Second
	}
	var api *apiError
	if errors.As(err, &api) {
		return time.Duration(api.Parameters.RetryAfter) * time.Second
	}
	return 0
}

func jittered(d time.Duration) time.Duration { return d/2 + rand.N(d) }

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// chatOf is the chat of an update that is ours to answer: a message or a
// button, from a person, in a private chat.
func chatOf(u *models.Update) (int64, bool) {
	switch {
	case u.Message != nil && u.Message.From != nil && !u.Message.From.IsBot && u.Message.Chat.Type == models.ChatTypePrivate:
		return u.Message.Chat.ID, true
	case u.CallbackQuery != nil:
		return u.CallbackQuery.From.ID, true
	}
	return 0, false
}

// update answers one update; a panic ends it alone, and the person is told.
func (f *face) update(ctx context.Context, u *models.Update) {
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			f.log.Error("an update made the bot panic", "update", u.ID, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
			f.apologize(ctx, u)
		}
	}()
	if u.CallbackQuery != nil {
		f.button(ctx, u.CallbackQuery)
		return
	}
	m := u.Message
	defer f.beside(ctx, func(ctx context.Context) error { // what the person sees meanwhile
		_, err := f.api.SendChatAction(ctx, &tg.SendChatActionParams{ChatID: m.Chat.ID, Action: models.ChatActionTyping})
		return err
	})()
	text := m.Text
	if text == "" {
		text = m.Caption
	}
	r := f.handler.Handle(ctx, bot.Message{User: m.From.ID, Chat: m.Chat.ID, Name: m.From.FirstName, Text: text, Lang: m.From.LanguageCode})
	f.send(ctx, m.Chat.ID, r)
}

// beside makes a request that decorates an answer. The answer does not wait
// for it, and its failure costs nothing. The function returned waits for its end.
func (f *face) beside(ctx context.Context, call func(context.Context) error) (wait func()) {
	ctx, cancel := context.WithTimeout(ctx, besideFor)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer cancel()
		if err := call(ctx); err != nil {
			f.log.Debug("a request beside the answer failed", "cause", f.redact(err))
		}
	}()
	return func() { <-done }
}

// apologize says that something went wrong, in plain words; should that fail
// as well, the log knows.
func (f *face) apologize(ctx context.Context, u *models.Update) {
	chat, _ := chatOf(u)
	lang := ""
	switch {
	case u.CallbackQuery != nil:
		lang = u.CallbackQuery.From.LanguageCode
	case u.Message != nil && u.Message.From != nil:
		lang = u.Message.From.LanguageCode
	}
	if _, err := f.api.SendMessage(ctx, &tg.SendMessageParams{ChatID: chat, Text: bot.Failed(lang)}); err != nil {
		f.log.Error("the apology could not be sent", "chat", chat, "cause", f.redact(err))
	}
}

// button answers a button pressed: at once, so that it stops spinning, and
// then with what it leads to.
func (f *face) button(ctx context.Context, q *models.CallbackQuery) {
	defer f.beside(ctx, func(ctx context.Context) error {
		_, err := f.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: q.ID})
		return err
	})()
	r := f.handler.Handle(ctx, bot.Message{User: q.From.ID, Chat: q.From.ID, Name: q.From.FirstName, Data: q.Data, Lang: q.From.LanguageCode})
	if m := q.Message.Message; r.Edit && m != nil {
		if f.edit(ctx, m, r) {
			return
		}
	}
	f.send(ctx, q.From.ID, r)
}

// edit replaces a message; false where it has to be sent anew.
func (f *face) edit(ctx context.Context, m *models.Message, r bot.Reply) bool {
	parts := render(r)
	if len(parts) != 1 {
		return false
	}
	err := f.retry(ctx, func(ctx context.Context) error {
		_, err := f.api.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: m.Chat.ID, MessageID: m.ID, Text: parts[0].html,
			ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard(r.Buttons)})
		return err
	})
	if err != nil && strings.Contains(err.Error(), "message is not modified") {
		return true
	}
	if err != nil {
		f.log.Warn("a message could not be edited and is sent anew", "cause", f.redact(err))
	}
	return err == nil
}

// send sends a reply in as many messages as it needs, buttons on the last.
// What Telegram refuses with its formatting goes out as plain text.
func (f *face) send(ctx context.Context, chat int64, r bot.Reply) {
	parts := render(r)
	for i, p := range parts {
		params := &tg.SendMessageParams{ChatID: chat, Text: p.html, ParseMode: models.ParseModeHTML}
		if i == len(parts)-1 && len(r.Buttons) > 0 {
			params.ReplyMarkup = keyboard(r.Buttons)
		}
		send := func(ctx context.Context) error { _, err := f.api.SendMessage(ctx, params); return err }
		err := f.retry(ctx, send)
		if errors.Is(err, tg.ErrorBadRequest) {
			f.log.Warn("a formatted message was refused and is sent as plain text", "cause", f.redact(err))
			params.Text, params.ParseMode = p.plain, ""
			err = f.retry(ctx, send)
		}
		if err != nil {
			f.log.Error("a message could not be sent", "chat", chat, "cause", f.redact(err))
			return
		}
	}
}

func keyboard(rows [][]bot.Button) models.ReplyMarkup {
	if len(rows) == 0 {
		return nil
	}
	var k models.InlineKeyboardMarkup
	for _, row := range rows {
		var buttons []models.InlineKeyboardButton
		for _, b := range row {
			if b.Data != "" {
				buttons = append(buttons, models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Data})
			}
		}
		k.InlineKeyboard = append(k.InlineKeyboard, buttons)
	}
	return k
}
