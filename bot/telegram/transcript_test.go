package telegram

import (
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/tools/txtar"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/index"
	"reportbot/index/indextest"
)

var update = flag.Bool("update", false, "rewrite the transcripts")

// stage is where a transcript is played: people at one end, the bot at the
// other, and between them the wire. Administrator 1 and reader 7 stand in the
// environment; 8 and 11 have their programs in English.
type stage struct {
	t    *testing.T
	f    *faketest.Server
	e    *index.Engine
	dir  string
	stop func() error

	wrote   map[who]int // number of each person's last message
	queries int
	seen    counts
}

// counts is how much of each kind has appeared.
type counts struct{ sent, edited, deleted, toasts, offers int }

func (c counts) sum() int { return c.sent + c.edited + c.deleted + c.toasts + c.offers }

func newStage(t *testing.T, e *index.Engine) *stage {
	s := &stage{t: t, f: faketest.New(t), e: e, dir: t.TempDir(), wrote: map[who]int{}}
	for id, lang := range map[int64]string{1: "zh", 7: "zh", 8: "en", 9: "zh", 11: "en"} {
		s.f.Know(id, map[int64]string{1: "陈主任", 7: "王芳", 8: "Ann", 9: "李明", 11: "Bob"}[id], lang)
	}
	s.f.Know(13, `<b>[管理员](tg://user?id=1)</b>`+"\u202e*_`", "zh")
	s.start()
	return s
}

func (s *stage) start() {
	kept, err := record.Open(s.dir, record.DefaultDays)
	if err != nil {
		s.t.Fatal(err)
	}
	a, err := bot.NewAccess("7 8", "1", kept)
	if err != nil {
		s.t.Fatal(err)
	}
	_, stop := startWith(s.t, s.f, config(s.f, s.dir), bot.New(s.e, a, slog.New(slog.DiscardHandler)))
	s.stop = func() error { err := stop(); kept.Close(); return err }
}

// who is a person, perhaps in a group or in a topic of it: 7, 7@-100, 7@-100/5.
type who struct {
	user, chat int64
	topic      int
}

func parseWho(text string) (w who) {
	if n, _ := fmt.Sscanf(text, "%d@%d/%d", &w.user, &w.chat, &w.topic); n == 1 {
		w.chat = w.user
	}
	return w
}

// play does what the name of a transcript's part says:
//
//	7 says 5G基站建了多少             in private
//	7@-100/5 says @TheBot 5G基站      in a topic of a group
//	7@-100 replies 那2024年呢         to the bot's last message there
//	7 edits 充电枪有多少支            the person's last message there
//	7 presses 下文 ▶                  below the newest message there that has it
//	7 forges v:good:99                a button that no message has
//	7 forwards 5G基站 | 充电枪        several messages in one go
//	7 sends {"sticker":…}             a message of any other kind
//	7 types 5G基站                    after @TheBot, in any chat
//	7 chooses 283c24f1-b1f83120.212   one of the cards offered
//	channel posts 5G基站
//	group -100 becomes -200
//	Telegram refuses formatting       of the next message
//	restart                           the bot is ended and started again
func (s *stage) play(does string) {
	subject, rest, _ := strings.Cut(does, " ")
	verb, what, _ := strings.Cut(rest, " ")
	w := parseWho(subject)
	switch subject + " " + verb {
	case "restart ":
		s.stop()
		s.start()
		return
	case "channel posts":
		s.f.Deliver("channel_post", map[string]any{"message_id": 900, "date": 1, "chat": map[string]any{"id": -900, "type": "channel", "title": "频道"}, "text": what})
		return
	case "group -100":
		s.f.Move(-100, -200)
		s.f.Post(map[string]any{"chat": faketest.Group(-100), "from": s.f.Person(1), "migrate_to_chat_id": -200})
		return
	case "Telegram refuses":
		s.f.Fail(faketest.Refusal("sendMessage", 400, "Bad Request: can't parse entities: byte offset 3"))
		return
	}
	s.act(w, verb, what)
}

func (s *stage) act(w who, verb, what string) {
	switch verb {
	case "says":
		s.wrote[w] = s.f.Post(s.message(w, what))
	case "replies":
		m := s.message(w, what)
		last := s.newest(w.chat, func(faketest.Message) bool { return true })
		m["reply_to_message"] = map[string]any{"message_id": last.Number, "date": 1, "chat": m["chat"], "from": map[string]any{"id": faketest.BotID, "is_bot": true, "first_name": "Report"}}
		s.wrote[w] = s.f.Post(m)
	case "edits":
		s.f.Edit(s.wrote[w], s.message(w, what))
	case "presses":
		at := s.newest(w.chat, func(m faketest.Message) bool { return dataUnder(m, what) != "" })
		s.f.Press(w.user, s.query(), dataUnder(at, what), at)
	case "forges":
		s.f.Press(w.user, s.query(), what, faketest.Message{Chat: w.chat, Number: 1})
	case "forwards":
		for text := range strings.SplitSeq(what, " | ") {
			m := s.message(w, text)
			m["date"], m["forward_origin"] = 1700000000, map[string]any{"type": "hidden_user", "date": 1, "sender_user_name": "x"}
			s.f.Post(m)
		}
	case "sends":
		m := s.message(w, "")
		var more map[string]any
		if err := json.Unmarshal([]byte(what), &more); err != nil {
			s.t.Fatal(err)
		}
		maps.Copy(m, more)
		s.f.Post(m)
	case "types":
		s.f.Type(w.user, s.query(), what)
	case "chooses":
		s.f.Send(w.user, what, "")
	default:
		s.t.Fatalf("what is it to %q?", verb)
	}
}

func (s *stage) query() string { s.queries++; return fmt.Sprint("q", s.queries) }

// message is what a person writes; a mention of the bot is marked as Telegram does.
func (s *stage) message(w who, text string) map[string]any {
	m := map[string]any{"text": text, "chat": faketest.Private(w.user), "from": s.f.Person(w.user)}
	if w.chat < 0 {
		m["chat"] = faketest.Group(w.chat)
	}
	if w.topic != 0 {
		m["message_thread_id"], m["is_topic_message"] = w.topic, true
	}
	if at := strings.Index(text, "@"+faketest.Username); at >= 0 && !strings.HasPrefix(text, "/") {
		m["entities"] = mention(len(utf16.Encode([]rune(text[:at]))))
	}
	return m
}

// newest is the bot's newest message in a chat that is as wanted, as it stands now.
func (s *stage) newest(chat int64, wanted func(faketest.Message) bool) faketest.Message {
	for _, m := range slices.Backward(s.f.Sent()) {
		if now := s.f.Message(chat, m.Number); m.Chat == chat && now.Number != 0 && wanted(now) {
			return now
		}
	}
	s.t.Fatalf("no such message in %d", chat)
	return faketest.Message{}
}

type shownButton struct {
	Text string                `json:"text"`
	Data string                `json:"callback_data"`
	Copy struct{ Text string } `json:"copy_text"`
}

func buttonsOf(keyboard any) (rows [][]shownButton) {
	var k struct {
		Rows [][]shownButton `json:"inline_keyboard"`
	}
	content, ok := keyboard.(string)
	if !ok {
		b, _ := json.Marshal(keyboard)
		content = string(b)
	}
	json.Unmarshal([]byte(content), &k)
	return k.Rows
}

func dataUnder(m faketest.Message, label string) string {
	for _, row := range buttonsOf(m.Keyboard) {
		for _, b := range row {
			if b.Text == label {
				return b.Data
			}
		}
	}
	return ""
}

// appeared is all that has appeared until now.
func (s *stage) appeared() counts {
	return counts{len(s.f.Sent()), len(s.f.Edited()), len(s.f.Deleted()), len(s.toasts()), len(s.f.Calls("answerInlineQuery"))}
}

func (s *stage) toasts() (texts []string) {
	for _, c := range s.f.Calls("answerCallbackQuery") {
		if text, _ := c.Params["text"].(string); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// told waits until as much has appeared as is expected, and a moment for what
// is not, and writes down what it is: chat by chat, edits before new messages.
func (s *stage) told(expected int, moment time.Duration) string {
	s.f.WaitTaken()
	for end := time.Now().Add(time.Minute); s.appeared().sum() < s.seen.sum()+expected && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(moment)
	before := s.seen
	s.seen = s.appeared()
	type line struct {
		chat int64
		text string
	}
	var lines []line
	add := func(how string, list []faketest.Message) {
		for _, m := range list {
			lines = append(lines, line{m.Chat, s.written(how, m)})
		}
	}
	add(" (edited)", s.f.Edited()[before.edited:s.seen.edited])
	add("", s.f.Sent()[before.sent:s.seen.sent])
	add(" (taken away)", s.f.Deleted()[before.deleted:s.seen.deleted])
	slices.SortStableFunc(lines, func(a, b line) int { return int(b.chat - a.chat) })
	var out strings.Builder
	for _, text := range s.toasts()[before.toasts:s.seen.toasts] {
		out.WriteString("▸ toast: " + text + "\n")
	}
	for _, l := range lines {
		out.WriteString(l.text)
	}
	for _, c := range s.f.Calls("answerInlineQuery")[before.offers:s.seen.offers] {
		out.WriteString(offeredCards(c.Params))
	}
	return out.String()
}

var linkRe = regexp.MustCompile(`<a href="https://t\.me/TheBot\?start=([^"]*)">(.*?)</a>`)

// written is a message as it appears, formatting as HTML, links as ⟨⟩.
func (s *stage) written(how string, m faketest.Message) string {
	var b strings.Builder
	b.WriteString("▸ " + strconv.FormatInt(m.Chat, 10))
	if m.Thread != 0 {
		fmt.Fprintf(&b, "/%d", m.Thread)
	}
	b.WriteString(how)
	if m.ReplyTo != 0 {
		first, _, _ := strings.Cut(s.f.Message(m.Chat, m.ReplyTo).Plain, "\n")
		b.WriteString(" re 「" + first + "」")
	}
	if m.Protect {
		b.WriteString(" (protected)")
	}
	if m.Mode == "" {
		b.WriteString(" (plain)")
	}
	b.WriteString("\n")
	text, _, _ := strings.Cut(m.Text, "\n")
	if how != " (taken away)" {
		text = m.Text + keys(m.Keyboard)
	}
	return b.String() + linkRe.ReplaceAllString(text, "$2⟨$1⟩") + "\n"
}

// keys is the buttons below a message; those that copy with what they copy.
func keys(keyboard any) string {
	var b strings.Builder
	for _, row := range buttonsOf(keyboard) {
		b.WriteString("\n")
		for i, k := range row {
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString("[" + k.Text)
			if k.Copy.Text != "" {
				b.WriteString(" = " + k.Copy.Text)
			}
			b.WriteString("]")
		}
	}
	return b.String()
}

func offeredCards(answer map[string]any) string {
	var b strings.Builder
	b.WriteString("▸ offered\n")
	if k, ok := answer["button"].(map[string]any); ok {
		fmt.Fprintf(&b, "[%s → %s]\n", k["text"], k["start_parameter"])
	}
	for _, r := range answer["results"].([]any) {
		card := r.(map[string]any)
		content := card["input_message_content"].(map[string]any)
		fmt.Fprintf(&b, "= %s | %s\n%s%s\n", card["title"], card["description"], linkRe.ReplaceAllString(content["message_text"].(string), "$2⟨$1⟩"), keys(card["reply_markup"]))
	}
	return b.String()
}

// Conversations over the wire as transcripts: what people do, what appears in
// their chats. Rewrite them with go test ./bot/telegram -run Transcripts -update.
func TestTranscripts(t *testing.T) {
	e := indextest.Embedded(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			playFile(t, e, file)
		})
	}
}

func playFile(t *testing.T, e *index.Engine, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, e)
	out := &txtar.Archive{Comment: archive.Comment}
	for _, part := range archive.Files {
		s.play(part.Name)
		expected, moment := strings.Count("\n"+string(part.Data), "\n▸"), second
		if *update {
			expected, moment = 0, 60*second
		}
		got := s.told(expected, moment)
		out.Files = append(out.Files, txtar.File{Name: part.Name, Data: []byte(got)})
		if want := string(part.Data); !*update && got != want {
			t.Errorf("%s\n got\n%s\nwant\n%s", part.Name, got, want)
		}
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
