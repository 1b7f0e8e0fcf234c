package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
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
	m, target, ok, err := f.begin(id)
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
		return f.arrived(m, 0) // it is not there, and will not come
	}
	sent, err := f.post(ctx, m, number)
	f.metrics.sent(m, err)
	if sent != 0 {
		number = sent
	}
	return f.settle(m, number, err)
}

// begin writes down that a message is being sent, and returns it with the one that it
// aims at, if any.
func (f *face) begin(id int64) (m, target journal.Message, ok bool, err error) {
	if m, there := f.fresh.messages.take(id); there && m.Target == 0 {
		ok, err = f.journal.Begin(id)
		return m, target, ok, err
	}
	return f.journal.Start(id)
}

// arrived writes down, beside what comes next, that a message is there. Killed before
// that, the next run finds it in doubt, and the person is asked.
func (f *face) arrived(m journal.Message, number int) outcome {
	f.journal.Sent(m.ID, m.Target, number, func(err error) { f.kept(err) })
	return outcome{}
}

// aimed is a message with the number of the one it is to change. What was
// never sent, or nobody knows whether it was, can't be edited: the new words
// are sent in its place.
func aimed(m, target journal.Message) (journal.Message, int) {
	if m.Target != 0 && target.Number == 0 && m.Method == "editMessageText" {
		m.Method = "sendRichMessage" // or sendMessage, where it holds no more than that, see fitted
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
	method := f.fitted(m.Method, body)
	var result json.RawMessage
	if err := f.api.call(ctx, method, body, &result); err != nil {
		return 0, err
	}
	var sent struct {
		Number    int             `json:"message_id"`
		Ephemeral int             `json:"ephemeral_message_id"`
		Receiver  json.RawMessage `json:"receiver_user"`
	}
	if !sends(m.Method) {
		return 0, nil
	}
	if err := json.Unmarshal(result, &sent); err != nil {
		f.log.Warn("a message was sent, and its number can't be read", "cause", err)
	}
	switch alone := sent.Ephemeral != 0 || sent.Receiver != nil; {
	case alone:
		return 0, nil // it can't be edited as others can
	case body["ephemeral_message_parameters"] != nil:
		f.takes.not(takesEphemeral) // it passed them over
	}
	return sent.Number, nil
}

// sends tells whether a method puts a new message into a chat.
func sends(method string) bool { return method == "sendMessage" || method == "sendRichMessage" }

// fitted takes out of the params of a message what its method, or this server, does
// not take, and returns the method to be called.
func (f *face) fitted(method string, body map[string]any) string {
	if !f.takes.may(takesEphemeral) {
		delete(body, "ephemeral_message_parameters")
	}
	if !f.takes.may(takesRich) || method == "sendMessage" {
		delete(body, "rich_message")
	}
	if sends(method) {
		method = "sendMessage"
		if body["rich_message"] != nil {
			method = "sendRichMessage"
		}
	}
	for _, p := range foreign[method] {
		delete(body, p)
	}
	if body["rich_message"] != nil {
		for _, p := range []string{"text", "parse_mode", "link_preview_options"} {
			delete(body, p)
		}
	}
	return method
}

// foreign is the params that a method does not take.
var foreign = map[string][]string{
	"sendMessage":     {"message_id", "inline_message_id"},
	"sendRichMessage": {"message_id", "inline_message_id"},
	"editMessageText": {"message_thread_id", "direct_messages_topic_id", "protect_content", "reply_parameters", "ephemeral_message_parameters"},
}

// settle writes down how a try went.
func (f *face) settle(m journal.Message, number int, err error) outcome {
	var refusal *apiError
	errors.As(err, &refusal)
	switch {
	case err == nil && m.Method == "deleteMessage":
		return f.arrived(m, 0)
	case err == nil, says(err, "message is not modified"):
		return f.arrived(m, number)
	case refusal != nil && refusal.Parameters.MigrateToChatID != 0:
		return f.migrate(m, refusal.Parameters.MigrateToChatID)
	case f.untaken(m, err):
		return outcome{verdict: changed}
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
	f.fresh.messages.clear() // they name the chat that was
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
func repeatable(m journal.Message) bool { return m.Note || !sends(m.Method) }

// doubt is the rule for a message of which nobody can tell whether it arrived.
// Sent again, an answer might stand there twice; dropped, it might be missing.
// So the person is told, with a button that sends it: only they can see.
func (f *face) doubt(m journal.Message, cause error) outcome {
	text, button := bot.Doubt(m.Lang)
	var was params
	if err := json.Unmarshal(m.Body, &was); err != nil {
		f.log.Error("a message of the journal can't be read", "message", m.ID, "cause", err)
	}
	body := params{Text: text, MessageThreadID: was.MessageThreadID, DirectTopicID: was.DirectTopicID, ReplyMarkup: f.keyboard([][]bot.Button{{{Label: button, Data: againData + strconv.FormatInt(m.ID, 10)}}})}
	if m.Question != 0 {
		body.ReplyParameters = &models.ReplyParameters{MessageID: m.Question, AllowSendingWithoutReply: true}
	}
	note := f.compose(place{chat: m.Chat, question: m.Question, lang: m.Lang, asked: time.Now()}, "sendMessage", body)
	note.Note, note.Plain = true, text
	if err := f.journal.Doubt(m.ID, &note); err != nil {
		f.fail(err)
		return outcome{}
	}
	f.log.Warn("nobody can tell whether a message arrived: the person is asked", "chat", m.Chat, "message", m.ID, "cause", cause)
	f.metrics.doubts.Inc()
	f.lanes.add(note.Chat, note.ID)
	return outcome{}
}

// untaken is for what this server does not take, an old one: the message goes in the
// form that every server takes, and those after it too.
func (f *face) untaken(m journal.Message, err error) bool {
	var body map[string]any
	if refusal := refusalOf(err); refusal == nil || json.Unmarshal(m.Body, &body) != nil {
		return false
	}
	bad := code(err) == http.StatusBadRequest
	switch {
	case body["ephemeral_message_parameters"] != nil && f.takes.may(takesEphemeral) && bad && mentions(err, "ephemeral", "receiver"):
		f.takes.not(takesEphemeral)
		delete(body, "ephemeral_message_parameters")
	case body["rich_message"] != nil && f.takes.may(takesRich) && (code(err) == http.StatusNotFound && m.Method != "editMessageText" || bad && mentions(err, "rich", "text is empty", "method")):
		f.takes.not(takesRich)
		delete(body, "rich_message")
	default:
		return false
	}
	f.log.Info("the server does not take a newer form; today's is sent", "cause", err)
	f.rewrite(m, m.Method, body)
	return true
}

// rewrite keeps a message in another form.
func (f *face) rewrite(m journal.Message, method string, body map[string]any) {
	if sends(method) && body["rich_message"] == nil {
		method = "sendMessage"
	}
	content, err := json.Marshal(body)
	if err != nil {
		panic(err) // it was JSON before
	}
	f.kept(f.journal.Change(m.ID, method, content))
}

// ease gives a message that Telegram refuses a simpler form, for formatting never
// costs the answer: what the refusal names is left out, and nothing else; where it
// names nothing that is there, one thing after the other. An edit becomes a message
// of its own where there is nothing to edit. That it is protected is never left out.
func (f *face) ease(m journal.Message, cause error) outcome {
	var body map[string]any
	if json.Unmarshal(m.Body, &body) != nil || m.Plain == "" || mentions(cause, "not enough rights", "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED") {
		return f.giveUp(m, cause)
	}
	if m.Method == "editMessageText" && gone(cause) && body["inline_message_id"] == nil {
		f.rewrite(m, "sendRichMessage", body)
		return outcome{verdict: changed}
	}
	what := refusedPart(body, cause)
	if what == "" {
		return f.giveUp(m, cause)
	}
	if delete(body, what); what == "parse_mode" {
		body["text"] = m.Plain
	}
	f.log.Warn("a message was refused and is tried in a simpler form", "chat", m.Chat, "message", m.ID, "without", what, "cause", cause)
	f.rewrite(m, m.Method, body)
	return outcome{verdict: changed}
}

// parts of a message that it can do without, in the order in which they go, and the
// words by which a refusal names each.
var parts = []struct {
	name  string
	words []string
}{
	{"rich_message", []string{"rich", "table", "block"}},
	{"parse_mode", []string{"entities", "entity", "parse", "tag"}},
	{"link_preview_options", []string{"preview"}},
	{"reply_parameters", []string{"replied", "reply message", "reply_parameters", "reply to", "quote"}},
	{"ephemeral_message_parameters", []string{"ephemeral", "receiver"}},
	{"message_thread_id", []string{"thread", "topic"}},
	{"reply_markup", []string{"button", "keyboard", "reply markup", "reply_markup"}},
}

// refusedPart is what of a message a refusal names; where that is not there, or it
// names nothing, the first thing that the message can do without, "" where nothing is
// left. In a topic that is closed nothing else helps.
func refusedPart(body map[string]any, cause error) string {
	for _, p := range parts {
		if body[p.name] != nil && mentions(cause, p.words...) {
			return p.name
		}
	}
	if mentions(cause, "topic", "thread") {
		return ""
	}
	for _, p := range parts {
		if body[p.name] != nil {
			return p.name
		}
	}
	return ""
}

// gone tells that there is no message to edit.
func gone(err error) bool {
	return says(err, "message to edit not found") || says(err, "message can't be edited") || says(err, "MESSAGE_ID_INVALID")
}

func (f *face) giveUp(m journal.Message, cause error) outcome {
	if m.Method == "deleteMessage" {
		f.log.Debug("a message could not be taken away", "chat", m.Chat, "cause", cause)
		return f.kept(f.journal.Drop(m.ID))
	}
	f.log.Error("a message is refused in every form and dropped", "chat", m.Chat, "message", m.ID, "cause", cause)
	return f.kept(f.journal.Drop(m.ID))
}
