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

func (f *face) one(ctx context.Context, id int64, inline *inlineQuery) {
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
// given twice. It is written down beside the next one, and sent after that.
func (f *face) answer(ctx context.Context, id int64) error {
	u, taken, err := f.update(id)
	if err != nil || u == nil {
		return err
	}
	messages, err := f.reply(ctx, u, taken)
	if err != nil {
		return err
	}
	f.aside.Add(1)
	f.journal.Answer(id, messages, func(ok bool, err error) {
		defer f.aside.Done()
		if err != nil {
			f.fail(err)
		}
		for _, m := range messages {
			if ok {
				f.fresh.messages.put(m.ID, m)
				f.lanes.add(m.Chat, m.ID)
			}
		}
	})
	return nil
}

// update is one that waits to be answered, nil where it does not, and when it was
// taken. One taken just now is at hand; the others are in the journal.
func (f *face) update(id int64) (*incoming, time.Time, error) {
	if r, ok := f.fresh.updates.take(id); ok {
		return r.incoming, r.taken, nil
	}
	kept, err := f.journal.Update(id)
	if err != nil || kept.Body == nil {
		return nil, time.Time{}, err
	}
	var u incoming
	if err := json.Unmarshal(kept.Body, &u); err != nil {
		f.log.Error("an update can't be read and is left out", "update", id, "cause", err)
	}
	return &u, kept.Taken, nil
}

// reply is the messages that answer an update. Before anything else is done with it
// access is asked for. One that makes it panic counts as answered: kept, it would end
// every process that takes it up.
func (f *face) reply(ctx context.Context, u *incoming, taken time.Time) (messages []journal.Message, err error) {
	defer f.guard("update", func() { messages, err = nil, nil })
	if u.Pressed != nil {
		return f.pressed(ctx, u.Pressed, taken)
	}
	if c, h := u.Sent, f.offerer(); c != nil && h != nil {
		if f.handler.MayAsk(c.From.ID, c.From.ID) {
			h.Sent(c.From.ID, c.ID)
		}
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
	p := place{chat: m.Chat.ID, group: group(m.Chat) != "", direct: m.Chat.Direct, thread: thread(m), question: m.ID, asker: m.From.ID, lang: m.From.Language, asked: taken}
	kind := "message"
	if _, _, ok := command(m); ok {
		kind = "command"
	}
	same := f.said.same(m)
	if u.Edited != nil {
		if kind = "edit"; same {
			return nil, nil
		}
		// Who was not answered asked nothing of the bot.
		if p.before, err = f.journal.Answers(m.Chat.ID, m.ID); err != nil || len(p.before) == 0 {
			return nil, err
		}
	}
	if !f.handler.MayAsk(m.From.ID, m.Chat.ID) {
		return f.messages(p, spoken(f.refuse(ctx, kind, f.message(m)))), nil
	}
	defer f.typing(ctx, m)()
	r := f.handle(ctx, kind, f.message(m))
	if r.Attached != nil {
		r = f.attached(ctx, p, r)
	}
	return f.messages(p, spoken(r)), nil
}

// refuse asks the handler what one is told who may not ask.
func (f *face) refuse(ctx context.Context, kind string, m bot.Message) bot.Reply {
	return f.from(f.handler.Refuse, ctx, kind, m)
}

// handle asks the handler; a panic ends this update alone, and the person is
// told in plain words.
func (f *face) handle(ctx context.Context, kind string, m bot.Message) bot.Reply {
	return f.from(f.handler.Handle, ctx, kind, m)
}

func (f *face) from(handler func(context.Context, bot.Message) bot.Reply, ctx context.Context, kind string, m bot.Message) (r bot.Reply) {
	defer func() { f.metrics.answered(kind, r) }()
	defer f.guard(kind, func() {
		r = bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: bot.Failed(m.Lang)}}}}}
	})
	r = handler(ctx, m)
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
func moves(m *message) (from, to int64) {
	switch {
	case m == nil:
		return 0, 0
	case m.MovedTo != 0:
		return m.Chat.ID, m.MovedTo
	case m.MovedFrom != 0:
		return m.MovedFrom, m.Chat.ID
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
func (f *face) typing(ctx context.Context, m *message) (stop func()) {
	topic := thread(m)
	if m.Chat.Direct {
		topic = 0
	}
	return f.afterPatience(func() {
		f.beside(ctx, "sendChatAction", &tg.SendChatActionParams{ChatID: m.Chat.ID, MessageThreadID: topic, Action: models.ChatActionTyping})
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

// againData is the data of the button below a note on a message in doubt.
const againData = "again:"

// pressed answers a button.
func (f *face) pressed(ctx context.Context, q *callback, taken time.Time) ([]journal.Message, error) {
	p := place{chat: q.From.ID, asker: q.From.ID, lang: q.From.Language, asked: taken, inline: q.Inline, query: q.ID}
	message := bot.Message{User: q.From.ID, Name: nameOf(&q.From), Data: q.Data, Lang: q.From.Language}
	if m := q.Message; m != nil {
		p.chat, p.direct, p.thread, p.ephemeral = m.Chat.ID, m.Chat.Direct, thread(m), m.Ephemeral != 0
		message.Group, message.Thread = group(m.Chat), p.thread
		if m.Date != 0 && !p.ephemeral { // else it is not within reach
			p.pressed = m.ID
		}
	}
	p.group, message.Chat = message.Group != "", p.chat
	settle := f.spin(ctx, q.ID)
	if !f.handler.MayAsk(q.From.ID, p.chat) {
		r := f.refuse(ctx, "button", message)
		if !settle(r.Toast) {
			r = spoken(r)
		}
		return f.messages(p, r), nil
	}
	if id, ok := strings.CutPrefix(q.Data, againData); ok {
		messages, err := f.repeat(p, id)
		settle(map[bool]string{true: bot.Stale(p.lang)}[messages == nil])
		return messages, err
	}
	r := f.handle(ctx, "button", message)
	if r.Picture != nil || r.Document != nil {
		if r = f.shown(ctx, p, r); len(r.Blocks) == 0 {
			settle("")
			return nil, nil
		}
	}
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
// not in doubt (any more).
func (f *face) repeat(p place, id string) ([]journal.Message, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, nil
	}
	ok, err := f.journal.Again(n, p.chat)
	if err != nil || !ok {
		return nil, err
	}
	f.lanes.add(p.chat, n)
	return []journal.Message{f.compose(p, "deleteMessage", params{MessageID: p.pressed})}, nil
}
