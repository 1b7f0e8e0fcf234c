package telegram

import (
	"cmp"
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"reportbot/bot"
)

// anonymous is the sender under whose ID administrators write who stay anonymous.
const anonymous = 1087968824

// heard is the message of an update that is ours to answer, nil where there is
// none: said by a person, to the bot.
//
// In a private chat all that a person says is said to the bot, and so is what people
// write to a channel whose direct messages the bot takes. In a group it is what
// mentions the bot, replies to a message of its own, or begins with a command that
// names it: /ban in a group of several bots is not meant for each of them. What was
// forwarded there, or sent by way of another bot, is addressed to nobody. Channels,
// what Telegram tells of a chat, and other bots are left alone everywhere. Of an
// edited message only the words count: of a live location that moves on there are none.
func (f *face) heard(u *incoming) *message {
	m := u.Message
	if m == nil {
		m = u.Edited
	}
	switch {
	case m == nil, m.From == nil, m.ViaBot, m.Text == "" && m.Caption == "" && m.Holds == "":
		return nil
	case m.From.IsBot && m.From.ID != anonymous, m.Sender != nil && m.Sender.ID != m.Chat.ID:
		return nil
	case u.Edited != nil && (m.Text == "" && m.Caption == "" || !mayAskAnew(m)):
		return nil
	case m.Chat.Type == "private", m.Chat.Direct:
		if _, bot, _ := command(m); bot != "" && !strings.EqualFold(bot, f.me.Username) {
			return nil
		}
		return m
	case m.Chat.Type != "group" && m.Chat.Type != "supergroup", m.Forwarded:
		return nil
	case f.addressed(m):
		return m
	}
	return nil
}

// editedWithin is how long after it was sent a question may be asked anew by
// editing it: as long as the journal knows how it was answered.
const editedWithin = 48 * time.Hour

// mayAskAnew tells whether an edited message may be a question asked anew. A command
// is not obeyed a second time.
func mayAskAnew(m *message) bool {
	_, _, isCommand := command(m)
	return !isCommand && m.EditDate-m.Date <= int(editedWithin/time.Second)
}

// addressed tells whether a message of a group is for the bot.
func (f *face) addressed(m *message) bool {
	if _, bot, ok := command(m); ok && bot != "" {
		return strings.EqualFold(bot, f.me.Username)
	}
	if m.RepliesTo != nil && m.RepliesTo.ID == f.me.ID && !m.BeginsTopic {
		return true // the first message of a forum topic is not replied to by who writes in the topic
	}
	text, entities := words(m)
	units := utf16.Encode([]rune(text))
	for _, e := range entities {
		if f.mentions(units, e) {
			return true
		}
	}
	return false
}

func words(m *message) (string, []entity) {
	if m.Text != "" {
		return m.Text, m.Entities
	}
	return m.Caption, m.CaptionEntities
}

// mentions tells whether an entity of a text in UTF-16 is the bot's name.
func (f *face) mentions(text []uint16, e entity) bool {
	switch {
	case e.Offset < 0 || e.Length < 0 || e.Offset+e.Length > len(text):
		return false
	case e.Type == "text_mention":
		return e.User != nil && e.User.ID == f.me.ID
	case e.Type == "mention":
		return strings.EqualFold(string(utf16.Decode(text[e.Offset:e.Offset+e.Length])), "@"+f.me.Username)
	}
	return false
}

// unmentioned is what a message says without the bot's name.
func (f *face) unmentioned(m *message) string {
	text, entities := words(m)
	units := utf16.Encode([]rune(text))
	for i := len(entities) - 1; i >= 0; i-- {
		if e := entities[i]; f.mentions(units, e) {
			units = append(units[:e.Offset:e.Offset], units[e.Offset+e.Length:]...)
		}
	}
	return strings.TrimSpace(string(utf16.Decode(units)))
}

var commandRe = regexp.MustCompile(`^/([A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?(?:\s|$)`)

// command is the one that a message begins with, and the bot it names, if any.
// The library's own matcher misses /help@TheBot.
func command(m *message) (name, bot string, ok bool) {
	text, _ := words(m)
	found := commandRe.FindStringSubmatch(text)
	if found == nil {
		return "", "", false
	}
	return strings.ToLower(found[1]), found[2], true
}

// message is what the handler gets of a message.
func (f *face) message(m *message) bot.Message {
	b := bot.Message{User: m.From.ID, Chat: m.Chat.ID, Thread: thread(m), Group: group(m.Chat), Name: nameOf(m.From),
		Text: f.unmentioned(m), Lang: m.From.Language, Anonymous: m.From.ID == anonymous, Holds: m.Holds, Album: m.Album}
	if d := m.Document; d != nil {
		b.File = &bot.File{Name: d.Name, Size: d.Size, Open: func(ctx context.Context) (io.ReadCloser, error) {
			return f.api.download(ctx, d.ID, d.Size)
		}}
	}
	if n := len(m.Photo); n > 0 && m.Holds == "photo" {
		largest := m.Photo[n-1]
		b.Image = &bot.File{Name: "photo.jpg", Size: largest.Size, Open: func(ctx context.Context) (io.ReadCloser, error) {
			return f.api.download(ctx, largest.ID, largest.Size)
		}}
	}
	return b
}

// nameOf is how a person is called, by which administrators know who asks to be
// let in: "芳 王 @wangfang".
func nameOf(u *person) string {
	name := u.FirstName + " " + u.LastName
	if u.Username != "" {
		name += " @" + u.Username
	}
	return strings.TrimSpace(name)
}

// thread is a topic. In groups without topics Telegram numbers threads of
// replies, too, and refuses to send there by that number. The topics of a channel's
// direct messages, one a person, are numbers of their own.
func thread(m *message) int {
	switch {
	case m.Chat.Direct:
		return m.DirectTopic
	case m.Topic:
		return m.Thread
	}
	return 0
}

// group is the title of a chat of several people, "" of a private one.
func group(c chat) string {
	if c.Type == "private" {
		return ""
	}
	return cmp.Or(c.Title, strconv.FormatInt(c.ID, 10))
}
