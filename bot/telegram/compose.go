package telegram

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/bot/telegram/journal"
)

// place is where a reply goes.
type place struct {
	chat      int64
	group     bool
	direct    bool // a channel's direct messages; the thread is a person's there
	thread    int
	asker     int64
	question  int               // the person's message; a group is shown which one is answered
	pressed   int               // the bot's message whose button was pressed; likewise
	inline    string            // that message, sent by way of the inline mode
	query     string            // the press of the button
	ephemeral bool              // what was pressed is seen by the person alone
	before    []journal.Message // the answer to the question as it was before it was edited
	lang      string
	asked     time.Time
}

// params are those of the methods that send and change messages. Which of them
// a method takes is sorted out when it is called: a message that can't be
// edited is sent, with all that belongs to it.
type params struct {
	MessageID          int                                `json:"message_id,omitempty"`
	InlineMessageID    string                             `json:"inline_message_id,omitempty"`
	MessageThreadID    int                                `json:"message_thread_id,omitempty"`
	DirectTopicID      int                                `json:"direct_messages_topic_id,omitempty"`
	Ephemeral          *models.EphemeralMessageParameters `json:"ephemeral_message_parameters,omitempty"`
	RichMessage        *models.InputRichMessage           `json:"rich_message,omitempty"`
	Text               string                             `json:"text,omitempty"`
	ParseMode          models.ParseMode                   `json:"parse_mode,omitempty"`
	LinkPreviewOptions *models.LinkPreviewOptions         `json:"link_preview_options,omitempty"`
	ProtectContent     bool                               `json:"protect_content,omitempty"`
	ReplyParameters    *models.ReplyParameters            `json:"reply_parameters,omitempty"`
	ReplyMarkup        *keyboard                          `json:"reply_markup,omitempty"`
}

// messages is a reply laid out, with what others are told of it.
func (f *face) messages(p place, r bot.Reply) (list []journal.Message) {
	switch {
	case len(r.Blocks) == 0 && len(r.Buttons) == 0: // it was all in the toast
	case len(r.Blocks) == 0 && r.Edit && p.editable():
		list = append(list, f.compose(p, "editMessageReplyMarkup", params{MessageID: p.pressed, InlineMessageID: p.inline, ReplyMarkup: f.keyboard(r.Buttons)}))
	default:
		list = f.texts(p, r)
	}
	for _, n := range r.Notices {
		list = append(list, f.messages(place{chat: n.Chat, group: n.Chat < 0, thread: n.Reply.Thread, lang: p.lang, asked: p.asked}, n.Reply)...)
	}
	return list
}

func (p place) editable() bool { return p.pressed != 0 || p.inline != "" }

// texts lays a reply out in as many messages as it needs, buttons on the last.
// An edited question's new answer takes the place of the one before, message
// by message. A protected one does not: the message there may be without
// protection, which an edit can't give it. That is taken away.
func (f *face) texts(p place, r bot.Reply) (list []journal.Message) {
	parts := render(r, f.me.Username)
	over := p.before
	if r.Protect {
		over = nil
	}
	for i, part := range parts {
		method, now := "sendMessage", params{Text: part.html, ParseMode: models.ParseModeHTML, ProtectContent: r.Protect, Ephemeral: f.alone(p, r)}
		now.MessageThreadID, now.DirectTopicID = p.topic()
		if rich := f.richMessage(r); rich != nil && len(parts) == 1 && f.takes.may(takesRich) {
			method, now.RichMessage = "sendRichMessage", rich
		}
		if i == len(parts)-1 {
			now.ReplyMarkup = f.keyboard(r.Buttons)
		}
		if to := cmp.Or(p.question, p.pressed); i == 0 && p.group && to != 0 && !(p.ephemeral && p.question == 0) {
			now.ReplyParameters = &models.ReplyParameters{MessageID: to, AllowSendingWithoutReply: true}
		}
		var target int64
		switch {
		case r.Edit && p.editable() && len(parts) == 1:
			method, now.MessageID, now.InlineMessageID = "editMessageText", p.pressed, p.inline
		case i < len(over):
			method, target = "editMessageText", over[i].ID
		}
		if method == "editMessageText" {
			now.Ephemeral = nil
		}
		disabled := true // of a deep link to ourselves there is nothing to preview
		now.LinkPreviewOptions = &models.LinkPreviewOptions{IsDisabled: &disabled}
		m := f.compose(p, method, now)
		m.Plain, m.Target = part.plain, target
		if target != 0 {
			m.Question = 0 // that one is found by it
		}
		list = append(list, m)
	}
	return append(list, f.surplus(p, min(len(parts), len(over)))...)
}

// topic is where in a chat a reply goes: the topic of a forum, or the person's of a
// channel's direct messages.
func (p place) topic() (thread, direct int) {
	if p.direct {
		return 0, p.thread
	}
	return p.thread, 0
}

// alone is how a reply is shown to the person alone who asked in a group: one that
// concerns nobody else, and what a button below such a reply opens. What quotes a
// restricted report is not left to that: an old server would show it to all.
func (f *face) alone(p place, r bot.Reply) *models.EphemeralMessageParameters {
	if !p.group || p.direct || p.asker == 0 || p.asker == anonymous || !r.Private && !p.ephemeral || r.Protect || !f.takes.may(takesEphemeral) {
		return nil
	}
	return &models.EphemeralMessageParameters{ReceiverUserID: p.asker, CallbackQueryID: p.query}
}

// surplus takes away what was said before, but for the first messages, which
// hold the new answer.
func (f *face) surplus(p place, kept int) (list []journal.Message) {
	for _, old := range p.before[kept:] {
		m := f.compose(p, "deleteMessage", params{})
		m.Question, m.Target = 0, old.ID
		list = append(list, m)
	}
	return list
}

func (f *face) compose(p place, method string, body params) journal.Message {
	content, err := json.Marshal(body)
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return journal.Message{Chat: p.chat, Question: p.question, Method: method, Body: content, Lang: p.lang, Asked: p.asked}
}

// keyboard is the buttons below a message. The library's own type puts an empty
// copy_text beside every other button.
type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

type button struct {
	Text string    `json:"text"`
	Data string    `json:"callback_data,omitempty"`
	Copy *copyText `json:"copy_text,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

// The limits of the Bot API for a button, in bytes and in UTF-16 units.
const (
	longestData = 64
	longestCopy = 256
	mostButtons = 100
	mostInRow   = 8
)

// keyboard leaves out a button that Telegram would refuse, for it would refuse
// the whole message: a figure copied without its source is worse than none.
func (f *face) keyboard(rows [][]bot.Button) *keyboard {
	var k keyboard
	count := 0
	for _, row := range rows {
		var buttons []button
		for _, b := range row {
			switch {
			case count == mostButtons:
				f.log.Error("a button more than Telegram takes is left out", "label", b.Label)
				continue
			case b.Label == "", len(b.Data) > longestData, units(b.Copy) > longestCopy, b.Data == "" && b.Copy == "":
				f.log.Error("a button that Telegram would refuse is left out", "label", len(b.Label), "data", len(b.Data), "copy", units(b.Copy))
			case b.Copy != "":
				buttons = append(buttons, button{Text: b.Label, Copy: &copyText{b.Copy}})
			default:
				buttons = append(buttons, button{Text: b.Label, Data: b.Data})
			}
			count++
		}
		for row := range slices.Chunk(buttons, mostInRow) {
			k.Rows = append(k.Rows, row)
		}
	}
	return k.orNone()
}

func (k *keyboard) orNone() *keyboard {
	if len(k.Rows) == 0 {
		return nil
	}
	return k
}
