package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/bot/telegram/journal"
)

const (
	answerFor = 60 * time.Second       // for one update
	besideFor = 5 * time.Second        // for what only decorates an answer
	patience  = 500 * time.Millisecond // after which a person is shown that work goes on
)

// work answers what waits until the inbox is closed.
func (f *face) work(ctx context.Context) {
	for {
		id, inline, done, ok := f.inbox.take()
		if !ok {
			return
		}
		f.one(ctx, id, inline)
		done()
	}
}

func (f *face) one(ctx context.Context, id int64, inline *models.InlineQuery) {
	ctx, cancel := context.WithTimeout(ctx, answerFor)
	defer cancel()
	if inline != nil {
		f.offer(ctx, inline)
		return
	}
	if err := f.answer(ctx, id); err != nil {
		f.fail(err)
	}
}

// answer answers one update of the journal. Its error is the journal's, after
// which there is no going on: an answer that can't be written down might be
// given twice.
func (f *face) answer(ctx context.Context, id int64) error {
	kept, err := f.journal.Update(id)
	if err != nil || kept.Body == nil {
		return err
	}
	var u models.Update
	if err := json.Unmarshal(kept.Body, &u); err != nil {
		f.log.Error("an update can't be read and is left out", "update", id, "cause", err)
	}
	messages, err := f.reply(ctx, &u, kept.Taken)
	if err != nil {
		return err
	}
	if ok, err := f.journal.Answer(id, messages); err != nil || !ok {
		return err
	}
	for _, m := range messages {
		f.lanes.add(m.Chat, m.ID)
	}
	return nil
}

// reply is the messages that answer an update. One that makes it panic counts
// as answered: kept, it would end every process that takes it up.
func (f *face) reply(ctx context.Context, u *models.Update, taken time.Time) (messages []journal.Message, err error) {
	defer f.guard("update", func() { messages, err = nil, nil })
	if u.CallbackQuery != nil {
		return f.pressed(ctx, u.CallbackQuery, taken)
	}
	if c, h := u.ChosenInlineResult, f.offerer(); c != nil && h != nil {
		h.Sent(c.From.ID, c.ResultID)
		return nil, nil
	}
	if from, to := moves(u.Message); from != 0 {
		f.moved(from, to)
		return nil, nil
	}
	m := f.heard(u)
	if m == nil {
		return nil, nil
	}
	p := place{chat: m.Chat.ID, group: group(m.Chat) != "", thread: thread(m), question: m.ID, lang: m.From.LanguageCode, asked: taken}
	kind := "message"
	if _, _, ok := command(m); ok {
		kind = "command"
	}
	if u.EditedMessage != nil {
		kind = "edit"
		before, err := f.journal.Answers(m.Chat.ID, m.ID)
		if err != nil {
			return nil, err
		}
		p.before = before
	}
	defer f.typing(ctx, m)()
	return f.messages(p, spoken(f.handle(ctx, kind, f.message(m)))), nil
}

// handle asks the handler; a panic ends this update alone, and the person is
// told in plain words.
func (f *face) handle(ctx context.Context, kind string, m bot.Message) (r bot.Reply) {
	defer func() { f.metrics.answered(kind, r) }()
	defer f.guard(kind, func() {
		r = bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: bot.Failed(m.Lang)}}}}}
	})
	r = f.handler.Handle(ctx, m)
	if r.Forget {
		select {
		case f.forget <- m.User:
		default: // the hourly pruning sees to it
		}
	}
	return r
}

// moves is the old and the new ID of a group that a message tells of, zeros
// where it tells of none.
func moves(m *models.Message) (from, to int64) {
	switch {
	case m == nil:
		return 0, 0
	case m.MigrateToChatID != 0:
		return m.Chat.ID, m.MigrateToChatID
	case m.MigrateFromChatID != 0:
		return m.MigrateFromChatID, m.Chat.ID
	}
	return 0, 0
}

// moved tells the handler, where it wants to know, that a group has a new ID.
func (f *face) moved(from, to int64) {
	if h, ok := f.handler.(interface{ Moved(from, to int64) }); ok {
		h.Moved(from, to)
	}
}

// guard is deferred: it turns a panic into a line of the log and calls instead.
func (f *face) guard(kind string, instead func()) {
	if p := recover(); p != nil {
		f.log.Error("an update made the bot panic", "kind", kind, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
		instead()
	}
}

// spoken says in a message what can't be shown as a toast.
func spoken(r bot.Reply) bot.Reply {
	if len(r.Blocks) == 0 && r.Toast != "" {
		r.Blocks, r.Edit = []bot.Block{{Runs: []bot.Run{{Text: r.Toast}}}}, false
	}
	return r
}

// typing shows that work goes on, where an answer takes long. The function
// returned ends it.
func (f *face) typing(ctx context.Context, m *models.Message) (stop func()) {
	return f.afterPatience(func() {
		f.beside(ctx, "sendChatAction", &tg.SendChatActionParams{ChatID: m.Chat.ID, MessageThreadID: thread(m), Action: models.ChatActionTyping})
	})
}

// afterPatience does something where an answer takes long. The function
// returned ends the waiting.
func (f *face) afterPatience(do func()) (stop func()) {
	f.aside.Add(1)
	t := time.AfterFunc(patience, func() {
		defer f.aside.Done()
		do()
	})
	return func() {
		if t.Stop() {
			f.aside.Done()
		}
	}
}

// beside makes a request that only decorates an answer. It is tried for a moment:
// its failure costs the person a word over the chat, no answer.
func (f *face) beside(ctx context.Context, method string, params any) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), besideFor)
	defer cancel()
	err := f.retry(ctx, func() error { return f.api.call(ctx, method, params, nil) })
	if err != nil {
		f.log.Debug("a request beside the answer failed", "cause", err)
	}
	return err
}

// again is the data of the button below a note on a message in doubt.
const again = "again:"

// pressed answers a button.
func (f *face) pressed(ctx context.Context, q *models.CallbackQuery, taken time.Time) ([]journal.Message, error) {
	p := place{chat: q.From.ID, lang: q.From.LanguageCode, asked: taken, inline: q.InlineMessageID}
	message := bot.Message{User: q.From.ID, Name: named(&q.From), Data: q.Data, Lang: q.From.LanguageCode}
	switch m := q.Message; {
	case m.Message != nil:
		p.chat, p.thread, p.pressed = m.Message.Chat.ID, thread(m.Message), m.Message.ID
		message.Group, message.Thread = group(m.Message.Chat), p.thread
	case m.InaccessibleMessage != nil:
		p.chat = m.InaccessibleMessage.Chat.ID
		message.Group = group(m.InaccessibleMessage.Chat)
	}
	p.group, message.Chat = message.Group != "", p.chat
	settle := f.spin(ctx, q.ID)
	if id, ok := strings.CutPrefix(q.Data, again); ok {
		messages, err := f.repeat(p, q.From.ID, id)
		settle(map[bool]string{true: bot.Stale(p.lang)}[messages == nil])
		return messages, err
	}
	r := f.handle(ctx, "button", message)
	if !settle(r.Toast) {
		r = spoken(r)
	}
	return f.messages(p, r), nil
}

// spin sees to it that a button stops spinning: when its answer is there, with
// a toast, or after a moment without one, for a button is answered only once.
// The function returned tells whether the toast was shown.
func (f *face) spin(ctx context.Context, query string) (settle func(toast string) bool) {
	var once sync.Once
	answer := func(toast string) {
		f.beside(ctx, "answerCallbackQuery", &tg.AnswerCallbackQueryParams{CallbackQueryID: query, Text: toast, ShowAlert: utf8.RuneCountInString(toast) > alertFrom})
	}
	stop := f.afterPatience(func() { once.Do(func() { answer("") }) })
	return func(toast string) (shown bool) {
		stop()
		once.Do(func() {
			shown = true
			f.aside.Go(func() { answer(clip(toast, longestToast)) })
		})
		return shown
	}
}

const (
	longestToast = 200 // characters of a callback answer
	alertFrom    = 40  // characters from which a toast is too long to be read in passing
)

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// repeat sends a message in doubt again, because the person says that it did
// not arrive, and takes the note away. It returns nothing where the message is
// not in doubt (any more), or the person may not ask (any more).
func (f *face) repeat(p place, user int64, id string) ([]journal.Message, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if h, ok := f.handler.(interface{ MayAsk(user, chat int64) bool }); err != nil || ok && !h.MayAsk(user, p.chat) {
		return nil, nil
	}
	ok, err := f.journal.Again(n, p.chat)
	if err != nil || !ok {
		return nil, err
	}
	f.lanes.add(p.chat, n)
	return []journal.Message{f.compose(p, "deleteMessage", params{MessageID: p.pressed})}, nil
}
