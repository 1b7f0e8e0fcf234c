package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/bot/telegram/journal"
)

const (
	sendFor = 60 * time.Second // for one try
	// sendWithin is how long a message is tried. Telegram itself keeps what it
	// can't deliver to a bot for as long.
	sendWithin = 24 * time.Hour
)

// deliver tries to send one message of the journal. One that makes it panic is
// dropped: kept, it would end every process that takes it up.
func (f *face) deliver(ctx context.Context, id int64) (o outcome) {
	defer f.guard("send", func() { o = f.kept(f.journal.Drop(id)) })
	m, target, ok, err := f.journal.Start(id)
	if err != nil {
		f.fail(err)
		return outcome{verdict: failed}
	}
	if !ok {
		return outcome{}
	}
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	m, number := aimed(m, target)
	if m.Method == "deleteMessage" && m.Target != 0 && number == 0 {
		return f.kept(f.journal.Sent(m.ID, m.Target, 0)) // it is not there, and will not come
	}
	sent, err := f.post(ctx, m, number)
	f.metrics.sent(m, err)
	if sent != 0 {
		number = sent
	}
	return f.settle(m, number, err)
}

// aimed is a message with the number of the one it is to change. What was
// never sent, or nobody knows whether it was, can't be edited: the new words
// are sent in its place.
func aimed(m, target journal.Message) (journal.Message, int) {
	if m.Target != 0 && target.Number == 0 && m.Method == "editMessageText" {
		m.Method = "sendMessage"
	}
	return m, target.Number
}

// post makes the request of a message and returns the number that Telegram
// gave it.
func (f *face) post(ctx context.Context, m journal.Message, number int) (int, error) {
	var body map[string]any
	if err := json.Unmarshal(m.Body, &body); err != nil {
		return 0, err
	}
	if number != 0 {
		body["message_id"] = number
	}
	if body["inline_message_id"] == nil {
		body["chat_id"] = m.Chat
	}
	for _, p := range foreign[m.Method] {
		delete(body, p)
	}
	var result json.RawMessage
	if err := f.api.call(ctx, m.Method, body, &result); err != nil {
		return 0, err
	}
	var sent struct {
		Number int `json:"message_id"`
	}
	if m.Method == "sendMessage" {
		if err := json.Unmarshal(result, &sent); err != nil {
			f.log.Warn("a message was sent, and its number can't be read", "cause", err)
		}
	}
	return sent.Number, nil
}

// foreign is the params that a method does not take.
var foreign = map[string][]string{
	"sendMessage":     {"message_id", "inline_message_id"},
	"editMessageText": {"message_thread_id", "protect_content", "reply_parameters"},
}

// settle writes down how a try went.
func (f *face) settle(m journal.Message, number int, err error) outcome {
	var refusal *apiError
	errors.As(err, &refusal)
	switch {
	case err == nil && m.Method == "deleteMessage":
		return f.kept(f.journal.Sent(m.ID, m.Target, 0))
	case err == nil, says(err, "message is not modified"):
		return f.kept(f.journal.Sent(m.ID, m.Target, number))
	case refusal != nil && refusal.Parameters.MigrateToChatID != 0:
		return f.migrate(m, refusal.Parameters.MigrateToChatID)
	case hopeless(err):
		f.kept(f.journal.Wait(m.ID))
		f.fail(err)
		return outcome{verdict: failed}
	case lost(err) && !repeatable(m):
		return f.doubt(m, err)
	case passing(err):
		return f.tryAgain(m, err)
	case refusal.Code == http.StatusForbidden, says(err, "chat not found"): // who blocked the bot, and who never wrote to it
		f.log.Info("a chat does not take messages of the bot: what it was to get is dropped", "chat", m.Chat, "message", m.ID, "cause", err)
		return f.kept(f.journal.Drop(m.ID))
	}
	return f.ease(m, err)
}

// kept is the outcome of a message that is done with, once the journal has it.
func (f *face) kept(err error) outcome {
	if err != nil {
		f.fail(err)
	}
	return outcome{}
}

func (f *face) migrate(m journal.Message, to int64) outcome {
	f.moved(m.Chat, to)
	f.kept(errors.Join(f.journal.Wait(m.ID), f.journal.Move(m.Chat, to)))
	return outcome{verdict: moved, chat: to}
}

// tryAgain is for 429, 5xx, and connections that failed before the request was
// written: Telegram has not done it. (A gateway that answers 5xx after all was
// done is not known of Telegram; its own library repeats those, too.)
func (f *face) tryAgain(m journal.Message, err error) outcome {
	if time.Since(m.Asked) > sendWithin {
		f.log.Error("a message could not be sent for a day and is dropped", "chat", m.Chat, "message", m.ID, "cause", err)
		return f.kept(f.journal.Drop(m.ID))
	}
	f.log.Warn("a message failed and is tried again", "chat", m.Chat, "message", m.ID, "cause", err)
	f.metrics.retries.WithLabelValues(reason(err)).Inc()
	f.kept(f.journal.Wait(m.ID))
	if code(err) == http.StatusTooManyRequests {
		return outcome{verdict: refused, after: retryAfter(err)}
	}
	return outcome{verdict: failed}
}

func reason(err error) string {
	if c := code(err); c != 0 {
		return strconv.Itoa(c)
	}
	return "network"
}

func lost(err error) bool {
	var l *lostError
	return errors.As(err, &l)
}

// repeatable messages do no harm twice: an edit leaves the same words, a note
// is no answer.
func repeatable(m journal.Message) bool { return m.Note || m.Method != "sendMessage" }

// doubt is the rule for a message of which nobody can tell whether it arrived.
// Sent again, an answer might stand there twice; dropped, it might be missing.
// So the person is told, with a button that sends it: only they can see.
func (f *face) doubt(m journal.Message, cause error) outcome {
	w := doubts["zh"]
	if strings.HasPrefix(m.Lang, "en") {
		w = doubts["en"]
	}
	var was params
	if err := json.Unmarshal(m.Body, &was); err != nil {
		f.log.Error("a message of the journal can't be read", "message", m.ID, "cause", err)
	}
	body := params{Text: w.text, MessageThreadID: was.MessageThreadID, ReplyMarkup: f.keyboard([][]bot.Button{{{Label: w.button, Data: again + strconv.FormatInt(m.ID, 10)}}})}
	if m.Question != 0 {
		body.ReplyParameters = &models.ReplyParameters{MessageID: m.Question, AllowSendingWithoutReply: true}
	}
	note := f.compose(place{chat: m.Chat, question: m.Question, lang: m.Lang, asked: time.Now()}, "sendMessage", body)
	note.Note, note.Plain = true, w.text
	if err := f.journal.Doubt(m.ID, &note); err != nil {
		f.fail(err)
		return outcome{}
	}
	f.log.Warn("nobody can tell whether a message arrived: the person is asked", "chat", m.Chat, "message", m.ID, "cause", cause)
	f.metrics.doubts.Inc()
	f.lanes.add(note.Chat, note.ID)
	return outcome{}
}

var doubts = map[string]struct{ text, button string }{
	"zh": {"连接中断，一条答复可能没有送达。如上文已有答复，请忽略。", "再发一次"},
	"en": {"The connection broke: an answer may not have reached you. If it stands above, ignore this.", "Send it again"},
}

// ease gives a message that Telegram refuses a simpler form, for formatting
// never costs the answer: an edit becomes a message of its own where there is
// nothing to edit, formatted text becomes plain, and at last the bare words go
// without buttons, topic or quote.
func (f *face) ease(m journal.Message, cause error) outcome {
	var body map[string]any
	method, ok := m.Method, json.Unmarshal(m.Body, &body) == nil
	switch {
	case !ok || m.Plain == "":
		return f.giveUp(m, cause)
	case method == "editMessageText" && gone(cause) && body["inline_message_id"] == nil:
		method = "sendMessage"
	case body["parse_mode"] != nil:
		delete(body, "parse_mode")
		body["text"] = m.Plain
	case bareWords(body):
		return f.giveUp(m, cause)
	default:
		body = only(body, "text", "message_id", "inline_message_id", "protect_content")
	}
	content, err := json.Marshal(body)
	if err != nil {
		return f.giveUp(m, cause)
	}
	f.log.Warn("a message was refused and is tried in a simpler form", "chat", m.Chat, "message", m.ID, "cause", cause)
	f.kept(f.journal.Change(m.ID, method, content))
	return outcome{verdict: changed}
}

// gone tells that there is no message to edit.
func gone(err error) bool {
	return says(err, "message to edit not found") || says(err, "message can't be edited") || says(err, "MESSAGE_ID_INVALID")
}

func bareWords(body map[string]any) bool {
	return body["reply_markup"] == nil && body["reply_parameters"] == nil && body["message_thread_id"] == nil
}

func only(body map[string]any, names ...string) map[string]any {
	for name := range body {
		if !slices.Contains(names, name) {
			delete(body, name)
		}
	}
	return body
}

func (f *face) giveUp(m journal.Message, cause error) outcome {
	if m.Method == "deleteMessage" {
		f.log.Debug("a message could not be taken away", "chat", m.Chat, "cause", cause)
		return f.kept(f.journal.Drop(m.ID))
	}
	f.log.Error("a message is refused in every form and dropped", "chat", m.Chat, "message", m.ID, "cause", cause)
	return f.kept(f.journal.Drop(m.ID))
}
