package telegram

import (
	"context"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// heard is the message of an update that is ours to answer, nil where there is
// none: said by a person, to the bot.
//
// In a private chat all that a person says is said to the bot. In a group it is
// what mentions the bot, replies to a message of its own, or begins with a
// command: one that names the bot, or one of its own that names none. What was
// forwarded there, or sent by way of another bot, is addressed to nobody.
// Channels, service messages and other bots are left alone everywhere.
func (f *face) heard(u *models.Update) *models.Message {
	m := u.Message
	if m == nil {
		m = u.EditedMessage
	}
	switch {
	case m == nil, m.From == nil, m.From.IsBot, m.SenderChat != nil, m.ViaBot != nil, !said(m):
		return nil
	case u.EditedMessage != nil && m.Text == "" && m.Caption == "": // a live location moves on
		return nil
	case m.Chat.Type == models.ChatTypePrivate:
		if _, bot, _ := command(m); bot != "" && !strings.EqualFold(bot, f.me.Username) {
			return nil
		}
		return m
	case m.Chat.Type != models.ChatTypeGroup && m.Chat.Type != models.ChatTypeSupergroup, m.ForwardOrigin != nil:
		return nil
	case f.addressed(m):
		return m
	}
	return nil
}

// said tells what a person says from what Telegram reports of a chat, such as
// who joined it.
func said(m *models.Message) bool {
	return m.Text != "" || m.Caption != "" || m.Document != nil || m.Photo != nil || m.Sticker != nil || m.Voice != nil ||
		m.Audio != nil || m.Video != nil || m.VideoNote != nil || m.Animation != nil || m.Location != nil || m.Contact != nil ||
		m.Poll != nil || m.Dice != nil
}

// addressed tells whether a message of a group is for the bot.
func (f *face) addressed(m *models.Message) bool {
	if name, bot, ok := command(m); ok {
		return strings.EqualFold(bot, f.me.Username) || bot == "" && f.known[name]
	}
	if r := m.ReplyToMessage; r != nil && r.From != nil && r.From.ID == f.me.ID && r.ForumTopicCreated == nil {
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

func words(m *models.Message) (string, []models.MessageEntity) {
	if m.Text != "" {
		return m.Text, m.Entities
	}
	return m.Caption, m.CaptionEntities
}

// mentions tells whether an entity of a text in UTF-16 is the bot's name.
func (f *face) mentions(text []uint16, e models.MessageEntity) bool {
	switch {
	case e.Offset < 0 || e.Length < 0 || e.Offset+e.Length > len(text):
		return false
	case e.Type == models.MessageEntityTypeTextMention:
		return e.User != nil && e.User.ID == f.me.ID
	case e.Type == models.MessageEntityTypeMention:
		return strings.EqualFold(string(utf16.Decode(text[e.Offset:e.Offset+e.Length])), "@"+f.me.Username)
	}
	return false
}

// unmentioned is what a message says without the bot's name.
func (f *face) unmentioned(m *models.Message) string {
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
func command(m *models.Message) (name, bot string, ok bool) {
	text, _ := words(m)
	found := commandRe.FindStringSubmatch(text)
	if found == nil {
		return "", "", false
	}
	return strings.ToLower(found[1]), found[2], true
}

// message is what the handler gets of a message.
func (f *face) message(m *models.Message) bot.Message {
	b := bot.Message{User: m.From.ID, Chat: m.Chat.ID, Thread: thread(m), Group: group(m.Chat), Name: named(m.From),
		Text: f.unmentioned(m), Lang: m.From.LanguageCode}
	if d := m.Document; d != nil {
		b.File = &bot.File{Name: d.FileName, Size: d.FileSize, Open: func(ctx context.Context) (io.ReadCloser, error) {
			return f.api.download(ctx, d.FileID, d.FileSize)
		}}
	}
	return b
}

// named is how a person is called, by which administrators know who asks to be
// let in: "芳 王 @wangfang".
func named(u *models.User) string {
	name := u.FirstName + " " + u.LastName
	if u.Username != "" {
		name += " @" + u.Username
	}
	return strings.TrimSpace(name)
}

// thread is a topic. In groups without topics Telegram numbers threads of
// replies, too, and refuses to send there by that number.
func thread(m *models.Message) int {
	if m.IsTopicMessage {
		return m.MessageThreadID
	}
	return 0
}

func group(c models.Chat) string {
	if c.Type == models.ChatTypePrivate {
		return ""
	}
	return c.Title
}
