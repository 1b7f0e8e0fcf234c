package faketest

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Longest is how much text a message takes, in UTF-16 units after the entities
// are parsed.
const Longest = 4096

// message sends, edits or deletes one.
func (s *Server) message(method string, params map[string]any) (result any, err error) {
	s.change(func() {
		if method == "deleteMessage" {
			result, err = s.delete(place{number(params["chat_id"]), int(number(params["message_id"]))})
			return
		}
		var m Message
		if m, err = s.read(params); err != nil {
			return
		}
		if err = s.takes(m.Chat); err != nil {
			return
		}
		s.times[m.Chat] = append(s.times[m.Chat], time.Now())
		switch method {
		case "sendMessage", "sendRichMessage":
			result, err = s.send(m, params)
		case "editMessageText":
			result, err = s.edit(m, text(params["inline_message_id"]))
		default:
			old := s.messages[place{m.Chat, m.Number}]
			old.Keyboard = m.Keyboard
			result, err = s.edit(old, text(params["inline_message_id"]))
		}
	})
	return result, err
}

// mostEntities of a message are kept, the others dropped without a word.
const mostEntities = 100

// Entities is how many a text in HTML has.
func Entities(text string) (n int) {
	for _, m := range tagRe.FindAllStringSubmatch(text, -1) {
		if m[1] == "" {
			n++
		}
	}
	return n
}

// The limits of a rich message: its text, and the columns of a table.
const (
	longestRich = 32768
	mostColumns = 20
)

// richTags is what stands in the HTML of a rich message beside the tags of any other.
var richTags = map[string]bool{"p": true, "br": true, "table": true, "tr": true, "th": true, "td": true}

// readRich reads a rich message in HTML: its plain text is a block a line, of a table
// a row a line with | between its cells.
func (s *Server) readRich(m Message, rich map[string]any) (Message, error) {
	m.Text = text(rich["html"])
	m.Table = strings.Contains(m.Text, "<table>")
	plain := m.Text
	for _, row := range strings.Split(plain, "<tr>")[1:] {
		if n := strings.Count(row, "<t"); n == 0 || n > mostColumns {
			return m, bad("RICH_MESSAGE_TABLE_INVALID")
		}
	}
	plain, err := parseHTML(plain, func(name string) bool { return richTags[name] }, func(name string, end bool) string {
		switch {
		case end && (name == "p" || name == "tr" || name == "blockquote"), name == "br":
			return "\n"
		case end && (name == "td" || name == "th"):
			return " | "
		}
		return ""
	})
	if err != nil {
		return m, bad("RICH_MESSAGE_INVALID: %v", err)
	}
	m.Plain = strings.TrimSpace(strings.ReplaceAll(plain, " | \n", "\n"))
	if m.Plain == "" || Units(m.Plain) > longestRich {
		return m, bad("RICH_MESSAGE_INVALID")
	}
	return m, nil
}

// Close closes a topic of a group, 0 for General: only administrators write there.
func (s *Server) CloseTopic(chat int64, thread int) {
	s.change(func() { s.closed[topic{chat, thread}] = true })
}

type topic struct {
	chat   int64
	thread int
}

// takes tells whether a chat takes messages.
func (s *Server) takes(chat int64) error {
	if to, ok := s.moved[chat]; ok {
		return &refusal{400, "Bad Request: group chat was upgraded to a supergroup chat", map[string]any{"migrate_to_chat_id": to}}
	}
	if chat != 0 && !s.chats[chat] {
		return bad("chat not found")
	}
	if s.blocked[chat] {
		return &refusal{code: 403, description: "Forbidden: bot was blocked by the user"}
	}
	return nil
}

// read checks a text as Telegram does.
func (s *Server) read(params map[string]any) (Message, error) {
	m := Message{Chat: number(params["chat_id"]), Number: int(number(params["message_id"])), Thread: int(number(params["message_thread_id"])),
		Text: text(params["text"]), Mode: text(params["parse_mode"])}
	m.Protect, _ = params["protect_content"].(bool)
	if k := params["reply_markup"]; k != nil {
		if err := checkKeyboard(k); err != nil {
			s.t.Errorf("keyboard %v: %v", k, err)
			return m, bad("%v", err)
		}
		b, _ := json.Marshal(k)
		m.Keyboard = string(b)
	}
	if direct := number(params["direct_messages_topic_id"]); direct != 0 {
		m.Direct = int(direct)
	}
	if alone, ok := params["ephemeral_message_parameters"].(map[string]any); ok && !s.old {
		m.Receiver = number(alone["receiver_user_id"])
	}
	if rich, ok := params["rich_message"].(map[string]any); ok && !s.old {
		return s.readRich(m, rich)
	}
	m.Plain = m.Text
	if n := Entities(m.Text); m.Mode == "HTML" && n > mostEntities {
		s.t.Errorf("%d entities, of which Telegram keeps the first %d: %.60q", n, mostEntities, m.Text)
	}
	if m.Mode == "HTML" {
		plain, err := ParseHTML(m.Text)
		if err != nil {
			return m, bad("can't parse entities: %v", err)
		}
		m.Plain = plain
	}
	if _, ok := params["text"]; !ok && (params["rich_message"] == nil || !s.old) {
		return m, nil
	}
	switch {
	case strings.TrimSpace(m.Plain) == "":
		return m, bad("message text is empty")
	case Units(m.Plain) > Longest:
		return m, bad("message is too long")
	}
	return m, nil
}

// bookkeeping is about how many bytes a message takes beside its words, in the
// list and in the map.
const bookkeeping = 512

func (s *Server) send(m Message, params map[string]any) (any, error) {
	switch {
	case s.closed[topic{m.Chat, m.Thread}]:
		return nil, bad("TOPIC_CLOSED")
	case s.direct[m.Chat] && m.Direct == 0:
		return nil, bad("DIRECT_MESSAGES_TOPIC_ID_REQUIRED")
	case m.Receiver != 0 && m.Chat > 0:
		return nil, bad("EPHEMERAL_MESSAGES_ARE_FOR_GROUPS")
	}
	if r, ok := params["reply_parameters"].(map[string]any); ok {
		m.ReplyTo = int(number(r["message_id"]))
		_, there := s.messages[place{m.Chat, m.ReplyTo}]
		if !there && r["allow_sending_without_reply"] != true {
			return nil, bad("message to be replied not found")
		}
		if !there {
			m.ReplyTo = 0
		}
	}
	s.last++
	m.Number = s.last
	s.messages[place{m.Chat, m.Number}] = m
	s.sent = append(s.sent, m)
	s.held.Add(int64(len(m.Text) + len(m.Plain) + len(m.Keyboard) + bookkeeping))
	return m.json(), nil
}

func (m Message) json() map[string]any {
	chat := Private(m.Chat)
	if m.Chat < 0 {
		chat = Group(m.Chat)
	}
	content := map[string]any{"message_id": m.Number, "date": time.Now().Unix(), "chat": chat, "text": m.Plain}
	if m.Receiver != 0 {
		content["ephemeral_message_id"], content["receiver_user"] = m.Number, Person(m.Receiver)
	}
	if m.Thread != 0 {
		content["message_thread_id"], content["is_topic_message"] = m.Thread, true
	}
	return content
}

func (s *Server) edit(m Message, inline string) (any, error) {
	old, ok := s.messages[place{m.Chat, m.Number}]
	switch {
	case inline != "":
		s.edited = append(s.edited, m)
		return true, nil
	case !ok:
		return nil, bad("message to edit not found")
	case old.Plain == m.Plain && old.Text == m.Text && old.Keyboard == m.Keyboard:
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	s.messages[place{m.Chat, m.Number}] = m
	s.edited = append(s.edited, m)
	return m.json(), nil
}

func (s *Server) delete(at place) (any, error) {
	m, ok := s.messages[at]
	if !ok {
		return nil, bad("message to delete not found")
	}
	delete(s.messages, at)
	s.deleted = append(s.deleted, m)
	return true, nil
}

// Units is the length of a text as Telegram counts it.
func Units(s string) int { return len(utf16.Encode([]rune(s))) }

var (
	tagRe   = regexp.MustCompile(`<(/?)([a-z]+)((?: [^<>]*)?)>`)
	linkRe  = regexp.MustCompile(`^ href="https://t\.me/` + Username + `\?start=[A-Za-z0-9_-]{1,64}"$`)
	startRe = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
)

// attributes is the tags that the bot may use, and what may stand in them.
var attributes = map[string]func(string) bool{"b": none, "i": none, "u": none, "s": none, "code": none, "pre": none,
	"blockquote": func(a string) bool { return a == "" || a == " expandable" }, "a": linkRe.MatchString}

func none(a string) bool { return a == "" }

// ParseHTML is Telegram's HTML: a few tags, balanced; < > & escaped. A link is
// one to the bot itself with a start parameter as Telegram takes it.
func ParseHTML(s string) (string, error) {
	return parseHTML(s, func(string) bool { return false }, func(string, bool) string { return "" })
}

// parseHTML reads more tags than those, and puts what each stands for into the text.
func parseHTML(s string, more func(tag string) bool, says func(tag string, end bool) string) (string, error) {
	var open []string
	var plain strings.Builder
	at := 0
	for _, m := range tagRe.FindAllStringSubmatchIndex(s, -1) {
		if strings.ContainsAny(s[at:m[0]], "<>") {
			return "", fmt.Errorf("unescaped character in %.30q", s[at:m[0]])
		}
		plain.WriteString(html.UnescapeString(s[at:m[0]]))
		at = m[1]
		name, attribute := s[m[4]:m[5]], s[m[6]:m[7]]
		plain.WriteString(says(name, s[m[2]:m[3]] != ""))
		if name == "br" && more(name) {
			continue
		}
		if s[m[2]:m[3]] == "" {
			if more(name) && attribute == "" {
				open = append(open, name)
				continue
			}
			if valid := attributes[name]; valid == nil || !valid(attribute) {
				return "", fmt.Errorf("unsupported start tag %q", s[m[0]:m[1]])
			}
			if name == "blockquote" && strings.Contains(strings.Join(open, " "), name) {
				return "", fmt.Errorf("nested %s", name)
			}
			open = append(open, name)
			continue
		}
		if len(open) == 0 || open[len(open)-1] != name {
			return "", fmt.Errorf("unmatched end tag %q", name)
		}
		open = open[:len(open)-1]
	}
	if strings.ContainsAny(s[at:], "<>") || len(open) > 0 {
		return "", fmt.Errorf("unclosed tags %v or unescaped character in %.30q", open, s[at:])
	}
	plain.WriteString(html.UnescapeString(s[at:]))
	return strings.Clone(plain.String()), nil
}

// checkKeyboard: each button has a label and does exactly one thing.
func checkKeyboard(markup any) error {
	content, err := json.Marshal(markup)
	if err != nil {
		return err
	}
	var k struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
			URL  string `json:"url"`
			Copy struct {
				Text string `json:"text"`
			} `json:"copy_text"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal(content, &k); err != nil {
		return err
	}
	count := 0
	for _, row := range k.Rows {
		if count += len(row); len(row) > 8 || count > 100 {
			return fmt.Errorf("BUTTONS_TOO_MUCH: %d in a row, %d in all", len(row), count)
		}
		for _, b := range row {
			does := 0
			for _, what := range []string{b.Data, b.URL, b.Copy.Text} {
				if what != "" {
					does++
				}
			}
			switch {
			case b.Text == "":
				return fmt.Errorf("a button has no text")
			case does > 1:
				return fmt.Errorf("BUTTON_TYPE_INVALID: %q does %d things", b.Text, does)
			case len(b.Data) > 64:
				return fmt.Errorf("BUTTON_DATA_INVALID: %q", b.Data)
			case Units(b.Copy.Text) > 256:
				return fmt.Errorf("BUTTON_COPY_TEXT_INVALID: %q", b.Copy.Text)
			case b.Data == "" && b.URL == "" && b.Copy.Text == "":
				return fmt.Errorf("text buttons are unallowed in the inline keyboard: %q", b.Text)
			}
		}
	}
	return nil
}

var commandRe = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Server) setCommands(params map[string]any) error {
	list, _ := params["commands"].([]any)
	names := []string{}
	for _, c := range list {
		command, _ := c.(map[string]any)
		name, description := text(command["command"]), text(command["description"])
		if !commandRe.MatchString(name) || description == "" || utf8.RuneCountInString(description) > 256 {
			return bad("BOT_COMMAND_INVALID")
		}
		names = append(names, name)
	}
	if scope, _ := params["scope"].(map[string]any); scope["type"] == "chat" {
		if err := s.takes(number(scope["chat_id"])); err != nil {
			return err
		}
	}
	s.menus[menuOf(params)] = names
	return nil
}

func menuOf(params map[string]any) string {
	scope, _ := params["scope"].(map[string]any)
	return menuKey(number(scope["chat_id"]), text(params["language_code"]))
}

func menuKey(chat int64, lang string) string { return fmt.Sprint(chat, " ", lang) }

// answerQuery answers a query: once, in time, and only one that was made.
func (s *Server) answerQuery(id, toast string) error {
	q := s.queries[id]
	switch {
	case q == nil || q.answered || time.Since(q.at) > answerable*s.second:
		return bad("query is too old and response timeout expired or query ID is invalid")
	case utf8.RuneCountInString(toast) > 200:
		return bad("MESSAGE_TOO_LONG")
	}
	q.answered = true
	return nil
}

func (s *Server) answerInline(params map[string]any) error {
	results, _ := params["results"].([]any)
	if len(results) > 50 {
		return bad("RESULTS_TOO_MUCH")
	}
	if b, ok := params["button"].(map[string]any); ok && !startRe.MatchString(text(b["start_parameter"])) {
		return bad("START_PARAM_INVALID")
	}
	seen := map[string]bool{}
	for _, r := range results {
		a := r.(map[string]any)
		id := text(a["id"])
		if id == "" || len(id) > 64 || seen[id] {
			return bad("RESULT_ID_INVALID: %q", id)
		}
		seen[id] = true
		content, _ := a["input_message_content"].(map[string]any)
		if _, err := s.read(map[string]any{"text": content["message_text"], "parse_mode": content["parse_mode"], "reply_markup": a["reply_markup"]}); err != nil {
			return err
		}
	}
	return s.answerQuery(text(params["inline_query_id"]), "")
}
