package telegram

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
	"reportbot/bot/telegram/journal"
)

// data of the first button below a message.
func dataOf(t *testing.T, m faketest.Message) string {
	t.Helper()
	_, rest, ok := strings.Cut(m.Keyboard, `"callback_data":"`)
	data, _, _ := strings.Cut(rest, `"`)
	if !ok {
		t.Fatalf("no button below %+v", m)
	}
	return data
}

func doubtText(lang string) string { text, _ := bot.Doubt(lang); return text }

// The rule for a connection that breaks before its answer: never twice, never
// silent. The person sees whether it is there, and gets it by a button if not.
func TestConnectionLostAfterTheRequest(t *testing.T) {
	for name, done := range map[string]bool{"it was done": true, "it was not done": false} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			f.Fail(faketest.Fault{Method: "sendMessage", Done: done})
			_, stop := start(t, f, echo())
			number := f.Say(7, "one")
			before := map[bool]int{true: 1}[done]
			note := f.Wait(before + 1)[before]
			if note.Plain != doubtText("zh") || note.ReplyTo != number {
				t.Fatalf("the note is %+v", note)
			}
			if done { // so the person leaves it at that
				stop()
				return
			}
			f.Press(8, "forged", dataOf(t, note), faketest.Message{Chat: 8, Number: 1})
			f.WaitAnswered("forged")
			f.Press(7, "q1", dataOf(t, note), note)
			if got := f.Wait(2)[1]; got.Plain != "re one" || got.Chat != 7 {
				t.Errorf("got %+v", got)
			}
			f.Press(7, "q2", dataOf(t, note), note)
			f.WaitAnswered("q2")
			f.WaitDeleted(1)
			last := f.Calls("answerCallbackQuery")
			if got := last[len(last)-1].Params["text"]; got != bot.Stale("zh") {
				t.Errorf("pressed again, it says %v", got)
			}
			f.Say(7, "two")
			f.Wait(3)
			stop()
			if n := len(f.Sent()); n != 3 {
				t.Errorf("%d messages", n)
			}
		})
	}
}

// An edit leaves the same words however often it is made.
func TestConnectionLostAfterAnEdit(t *testing.T) {
	f := faketest.New(t)
	h := &scripted{answer: func(m bot.Message) bot.Reply { r := reply("re " + m.Data); r.Edit = true; return r }}
	_, stop := start(t, f, h)
	f.Say(7, "one")
	m := f.Wait(1)[0]
	f.Fail(faketest.Fault{Method: "editMessageText", Done: true})
	f.Press(7, "q", "x", m)
	f.WaitEdited(1)
	f.Say(7, "two")
	f.Wait(2)
	stop()
	if edited, sent := f.Edited(), f.Sent(); len(edited) != 1 || len(sent) != 2 {
		t.Errorf("edited %+v, sent %+v", edited, sent)
	}
}

func TestBlockedAndMoved(t *testing.T) {
	f := faketest.New(t)
	f.Block(7)
	f.Move(-100, -200)
	h := &wandering{scripted: echo()}
	log, stop := start(t, f, h)
	f.Say(7, "to nobody")
	f.Post(inGroup("/help@TheBot"))
	f.Post(inGroup("/reports@TheBot"))
	got := f.Wait(2)
	stop()
	if got[0].Chat != -200 || got[0].Plain != "re /help@TheBot" || got[1].Plain != "re /reports@TheBot" || len(f.Sent()) != 2 {
		t.Errorf("got %+v", f.Sent())
	}
	if !strings.Contains(log.String(), "does not take messages") {
		t.Error("the log does not tell of the one who blocked the bot")
	}
	if h.from != -100 || h.to != -200 {
		t.Errorf("the handler was told that %d became %d", h.from, h.to)
	}
}

// wandering is a handler that wants to know of groups with a new ID.
type wandering struct {
	*scripted
	from, to int64
}

func (w *wandering) Moved(from, to int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.from, w.to = from, to
}

// What can't be edited is sent; what is refused in every form is dropped and told.
func TestSimplerForms(t *testing.T) {
	f := faketest.New(t)
	h := &scripted{answer: func(m bot.Message) bot.Reply {
		return bot.Reply{Edit: true, Blocks: []bot.Block{{Runs: []bot.Run{{Text: "re " + m.Text + m.Data, Style: bot.Bold}}}}, Buttons: [][]bot.Button{{{Label: "b", Data: "b"}}}}
	}}
	log, stop := start(t, f, h)
	f.Press(7, "q", "gone", faketest.Message{Chat: 7, Number: 999})
	if got := f.Wait(1)[0]; got.Text != "<b>re gone</b>" {
		t.Errorf("got %+v", got)
	}
	refusal := faketest.Refusal("sendMessage", 400, "Bad Request: whatever")
	f.Fail(refusal, refusal, refusal)
	f.Say(7, "two")
	if got := f.Wait(2)[1]; got.Text != "re two" || got.Keyboard != "" {
		t.Errorf("got %+v", got)
	}
	f.Fail(refusal, refusal, refusal, refusal)
	f.Say(7, "three")
	f.Say(7, "four")
	if got := f.Wait(3)[2]; !strings.HasSuffix(got.Text, "four</b>") {
		t.Errorf("got %+v", got)
	}
	stop()
	if !strings.Contains(log.String(), "refused in every form") {
		t.Error("the log does not tell of it")
	}
}

// Of a message that is refused that alone is left out which the refusal names.
func TestWhatIsRefusedIsLeftOut(t *testing.T) {
	for _, row := range []struct{ refusal, lacks string }{
		{"Bad Request: message thread not found", "thread"}, {"Bad Request: TOPIC_CLOSED", "thread"}, {"Bad Request: BUTTON_DATA_INVALID", "buttons"},
		{"Bad Request: can't parse entities: byte offset 3", "bold"}, {"Bad Request: message to be replied not found", "quote"},
	} {
		t.Run(row.lacks+" "+row.refusal, func(t *testing.T) {
			f := faketest.New(t)
			h := &scripted{answer: func(m bot.Message) bot.Reply {
				return bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: "174个", Style: bot.Bold}}}}, Buttons: [][]bot.Button{{{Label: "b", Data: "b"}}}}
			}}
			f.Fail(faketest.Refusal("sendMessage", 400, row.refusal))
			_, stop := start(t, f, h)
			question := f.Post(inGroup("@TheBot x", "entities", mention(0), "message_thread_id", 5, "is_topic_message", true))
			got := f.Wait(1)[0]
			stop()
			has := map[string]bool{"thread": got.Thread == 5, "buttons": got.Keyboard != "", "bold": got.Text == "<b>174个</b>", "quote": got.ReplyTo == question}
			for part, there := range has {
				if there == (part == row.lacks) {
					t.Errorf("%s: there is %v: %+v", part, there, got)
				}
			}
		})
	}
}

// A 429 holds its chat; where one after the other is refused another chat waits for a
// second, not for as long as theirs.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	f := faketest.New(t)
	_, stop := start(t, f, echo())
	f.Fail(faketest.TooMany("sendMessage", 30))
	f.Say(7, "held")
	f.WaitSpoiled()
	f.Say(8, "free")
	if got := f.Wait(1)[0]; got.Chat != 8 {
		t.Errorf("got %+v", got)
	}
	f.Wait(2)
	for range crowd {
		f.Fail(faketest.TooMany("sendMessage", 200))
	}
	for i := range int64(crowd) {
		f.Say(10+i, "held")
	}
	f.WaitSpoiled()
	f.Say(20, "not held")
	if got := f.Wait(3)[2]; got.Chat != 20 || len(f.Sent()) != 3 {
		t.Errorf("got %+v while three are held", f.Sent())
	}
	f.Wait(2 + crowd + 1)
	stop()
}

// One chat whose answers take long does not hold up the others.
func TestSlowChat(t *testing.T) {
	f := faketest.New(t)
	release := make(chan struct{})
	h := &parallel{func(m bot.Message) bot.Reply {
		if m.Chat == 7 {
			<-release
		}
		return reply(m.Text)
	}}
	_, stop := start(t, f, h)
	for range 3 * workers {
		f.Say(7, "slow")
	}
	for i := range 20 {
		f.Say(int64(100+i), "quick")
	}
	f.Wait(20)
	close(release)
	f.Wait(20 + 3*workers)
	stop()
}

type parallel struct{ answer func(bot.Message) bot.Reply }

func (p *parallel) MayAsk(int64, int64) bool { return true }

func (p *parallel) Refuse(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

func (p *parallel) Handle(_ context.Context, m bot.Message) bot.Reply { return p.answer(m) }

// An update that Telegram delivers twice, also to the next run, is answered once.
func TestDeliveredTwice(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	message := map[string]any{"message_id": 1, "date": 1, "text": "one", "chat": faketest.Private(7), "from": faketest.Person(7)}
	f.Deliver("message", message)
	_, stop := startWith(t, f, c, echo())
	f.Wait(1)
	f.Again(1, "message", message)
	f.Say(7, "two")
	f.Wait(2)
	stop()
	f.Again(1, "message", message)
	_, stop = startWith(t, f, c, echo())
	f.Say(7, "three")
	f.Wait(3)
	stop()
	if got := f.Sent(); len(got) != 3 || got[2].Plain != "re three" {
		t.Errorf("sent %+v", got)
	}
}

// Two processes on one journal would answer everything twice.
func TestJournalIsTakenByOne(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	_, stop := startWith(t, f, c, echo())
	f.Say(7, "x")
	f.Wait(1)
	if err := Run(context.Background(), c, echo(), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), journal.File) {
		t.Errorf("got %v", err)
	}
	stop()
	if err := os.WriteFile(filepath.Join(c.Dir, journal.File), bytes.Repeat([]byte("no database"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Run(context.Background(), c, echo(), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), journal.File) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	for want, c := range map[string]Config{
		"TELEGRAM_BOT_TOKEN":      {Token: "abc"},
		"TELEGRAM_WEBHOOK_URL":    {Token: faketest.Token, WebhookURL: "http://x", WebhookSecret: "s"},
		"TELEGRAM_WEBHOOK_SECRET": {Token: faketest.Token, WebhookURL: "https://x", WebhookSecret: "not allowed"},
	} {
		err := Run(context.Background(), c, echo(), slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "not allowed") {
			t.Errorf("got %v, want %s in it", err, want)
		}
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestWebhook(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.WebhookListen, c.MetricsListen, c.WebhookSecret = freeAddress(t), freeAddress(t), "a-secret_1"
	c.WebhookURL = "http://" + c.WebhookListen + "/hook"
	log, stop := startWith(t, f, c, echo())
	for i := range 5 {
		f.Say(7, fmt.Sprint(i))
	}
	for i, m := range f.Wait(5) {
		if m.Plain != fmt.Sprint("re ", i) {
			t.Errorf("message %d is %+v", i, m)
		}
	}
	for name, row := range map[string]struct {
		method, secret, kind, body string
		want                       int
	}{
		"wrong secret":   {"POST", "a-secret_2", "application/json", "{}", 401},
		"no secret":      {"POST", "", "application/json", "{}", 401},
		"method":         {"GET", c.WebhookSecret, "application/json", "", 405},
		"type":           {"POST", c.WebhookSecret, "text/plain", "{}", 415},
		"large":          {"POST", c.WebhookSecret, "application/json", `{"update_id":1,"x":"` + strings.Repeat("x", longestUpdate) + `"}`, 413},
		"no JSON":        {"POST", c.WebhookSecret, "application/json; charset=utf-8", "{", 400},
		"no update":      {"POST", c.WebhookSecret, "application/json", "[]", 400},
		"something else": {"POST", c.WebhookSecret, "application/json", `{"update_id":99,"channel_post":{"message_id":1,"date":1,"chat":{"id":-9,"type":"channel"},"text":"x"}}`, 200},
	} {
		r, _ := http.NewRequest(row.method, c.WebhookURL, strings.NewReader(row.body))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", row.secret)
		r.Header.Set("Content-Type", row.kind)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		response.Body.Close()
		if response.StatusCode != row.want {
			t.Errorf("%s: %d, want %d", name, response.StatusCode, row.want)
		}
	}
	checkWatched(t, "http://"+c.MetricsListen)
	stop()
	http.DefaultClient.CloseIdleConnections()
	if strings.Contains(log.String(), c.WebhookSecret) {
		t.Error("the secret stands in the log")
	}
}

func checkWatched(t *testing.T, address string) {
	t.Helper()
	for path, wants := range map[string][]string{
		"/healthz": {"ok"},
		"/readyz":  {"ok"},
		"/metrics": {`reportbot_updates_total{kind="message"} 5`, `reportbot_answers_total{kind="other",to="message"} 5`, `reportbot_sends_total{method="sendMessage"} 5`,
			`reportbot_refusals_total{by="webhook",why="401"} 2`, "reportbot_answer_seconds_count 5", "reportbot_queue_messages 0", "reportbot_queue_updates 0"},
	} {
		missing := ""
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) { // what was sent is struck off a moment later
			if missing = notServed(t, address+path, wants); missing == "" {
				break
			}
		}
		if missing != "" {
			t.Errorf("%s: %s is not there", path, missing)
		}
	}
}

// The operator sees what answers showed, and who was refused and why.
func TestAnswersAreCounted(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.MetricsListen = freeAddress(t)
	_, stop := startWith(t, f, c, handler(t, "7"))
	f.Say(7, "5G基站建了多少")
	answer := f.Wait(1)[0]
	f.Say(7, "存在哪些问题")
	f.Say(7, "全区财政收入是多少")
	f.Say(7, "/help")
	f.Say(99, "5G基站建了多少")
	f.Wait(5)
	f.Press(7, "q1", dataOf(t, answer), answer)
	f.Press(99, "q2", dataOf(t, answer), faketest.Message{Chat: 99, Number: 1})
	f.Type(7, "i1", "5G基站")
	f.WaitAnswered("i1")
	f.Type(7, "i2", "全区财政收入是多少")
	f.WaitAnswered("i2")
	f.WaitAnswered("q2")
	f.Wait(6)
	missing := ""
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if missing = notServed(t, "http://"+c.MetricsListen+"/metrics", []string{
			`answers_total{kind="figure",to="message"} 1`, `answers_total{kind="passage",to="message"} 1`, `answers_total{kind="none",to="message"} 1`,
			`answers_total{kind="other",to="command"} 1`, `answers_total{kind="refused",to="message"} 1`, `answers_total{kind="opened",to="button"} 1`,
			`answers_total{kind="cards",to="inline"} 1`, `answers_total{kind="none",to="inline"} 1`, `refusals_total{by="access",why="stranger"} 2`,
		}); missing == "" {
			break
		}
	}
	stop()
	http.DefaultClient.CloseIdleConnections()
	if missing != "" {
		t.Errorf("%s is not there", missing)
	}
}

// notServed is the first of wants that a page does not hold, "" where it has all.
func notServed(t *testing.T, url string, wants []string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	for _, want := range wants {
		if response.StatusCode != 200 || !strings.Contains(string(body), want) {
			return want
		}
	}
	return ""
}

func TestUnready(t *testing.T) {
	f := &face{Config: Config{pollFor: 50 * time.Second}, inbox: newInbox()}
	f.lanes = newLanes(second, f.deliver)
	now := time.Now()
	if f.unready(now) == "" {
		t.Error("ready before Telegram answered")
	}
	f.heardAt.Store(now.Unix())
	if why := f.unready(now); why != "" {
		t.Errorf("unready: %s", why)
	}
	if f.unready(now.Add(time.Hour)) == "" {
		t.Error("ready an hour after Telegram last answered")
	}
}

// A field that is not as this program knows it costs no question, nor those after it.
func TestUnknownMembers(t *testing.T) {
	for name, more := range map[string]map[string]any{
		"paid media":     {"caption": "one", "paid_media": map[string]any{"star_count": 1, "paid_media": []any{map[string]any{"type": "hologram", "depth": 3}}}},
		"forward origin": {"text": "one", "forward_origin": map[string]any{"type": "from_the_future", "date": 1}},
		"external reply": {"text": "one", "external_reply": map[string]any{"origin": map[string]any{"type": "from_the_future"}}},
		"background":     {"text": "one", "chat_background": map[string]any{"type": map[string]any{"type": "hologram"}}},
		"rich text":      {"rich_message": map[string]any{"blocks": []any{map[string]any{"type": "paragraph", "text": []any{"o", map[string]any{"type": "hologram", "text": "ne"}}}}}},
		"reply":          {"text": "one", "reply_to_message": map[string]any{"message_id": "x", "date": 1, "chat": faketest.Private(7), "gift": []int{1}}},
		"entities":       {"text": "one", "entities": "none"},
		"checklist":      {"checklist": map[string]any{"title": "one", "tasks": []any{}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			_, stop := start(t, f, echo())
			m := map[string]any{"chat": faketest.Private(7), "from": faketest.Person(7)}
			maps.Copy(m, more)
			f.Post(m)
			f.Say(7, "two")
			if got := f.Wait(2); got[0].Plain != "re one" || got[1].Plain != "re two" {
				t.Errorf("got %+v", got)
			}
			stop()
		})
	}
}

// What is no update at all is left out, and told.
func TestUnreadableUpdate(t *testing.T) {
	f := faketest.New(t)
	log, stop := start(t, f, echo())
	f.Deliver("message", map[string]any{"message_id": "no number"})
	f.Deliver("callback_query", map[string]any{"id": 5})
	f.Say(7, "two")
	f.Wait(1)
	stop()
	if !strings.Contains(log.String(), "can't be read") {
		t.Error("the log does not tell of it")
	}
}

// Whatever a person sends in private gets a word, also what this program has no name for.
func TestNothingIsMetWithSilence(t *testing.T) {
	f := faketest.New(t)
	h := &scripted{answer: func(m bot.Message) bot.Reply { return reply("re " + m.Holds) }}
	_, stop := start(t, f, h)
	file := map[string]any{"file_id": "x", "file_unique_id": "x"}
	for _, name := range []string{"voice", "sticker", "story", "video_note", "poll", "dice", "game", "invoice", "hologram"} {
		f.Post(map[string]any{"chat": faketest.Private(7), "from": faketest.Person(7), name: file})
	}
	f.Post(map[string]any{"chat": faketest.Private(7), "from": faketest.Person(7), "photo": []any{file}})
	for _, event := range []string{"pinned_message", "boost_added", "forum_topic_created", "chat_background_set", "gift"} {
		f.Post(map[string]any{"chat": faketest.Private(7), "from": faketest.Person(7), event: map[string]any{}})
	}
	f.Say(7, "last")
	var got []string
	for _, m := range f.Wait(11) {
		got = append(got, m.Plain)
	}
	stop()
	if want := "re voice re sticker re story re video_note re poll re dice re game re invoice re other re photo re "; strings.Join(got, " ") != want {
		t.Errorf("got %s", strings.Join(got, " "))
	}
}

// People who write to a channel are answered in the topic that is theirs there.
func TestDirectMessagesOfAChannel(t *testing.T) {
	f := faketest.New(t)
	_, stop := start(t, f, echo())
	f.Post(map[string]any{"text": "one", "chat": map[string]any{"id": int64(-300), "type": "supergroup", "title": "频道私信", "is_direct_messages": true}, "from": faketest.Person(7), "direct_messages_topic": map[string]any{"topic_id": 7}})
	got := f.Wait(1)[0]
	stop()
	if got.Chat != -300 || got.Direct != 7 || got.Thread != 0 || got.Plain != "re one" {
		t.Errorf("got %+v", got)
	}
}

// A server that is down for a while does not end a bot that starts just then, nor
// does what a restart leaves behind.
func TestStartsInAnOutage(t *testing.T) {
	f := faketest.New(t)
	for range 8 {
		f.Fail(faketest.BadGateway("getMe"))
	}
	for range 3 {
		f.Fail(faketest.Refusal("getUpdates", 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"))
	}
	f.Say(7, "one")
	_, stop := start(t, f, echo())
	if got := f.Wait(1)[0]; got.Plain != "re one" {
		t.Errorf("got %+v", got)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// An edit runs no command a second time, answers no question that was not answered
// lately, and none whose words it leaves as they were.
func TestWhatAnEditDoesNot(t *testing.T) {
	f, h := faketest.New(t), echo()
	_, stop := start(t, f, h)
	edit := func(number int, text string, more ...any) {
		m := inGroup(text, more...)
		m["chat"] = faketest.Private(7)
		f.Edit(number, m)
	}
	command, question := f.Say(7, "/allow 90"), f.Say(7, "5G基站")
	f.Wait(2)
	edit(command, "/allow 90")
	edit(command, "/allow 91")
	edit(question, "5G基站")                                                     // a reaction
	edit(question, "5G基站建了多少", "date", time.Now().Add(-5*24*time.Hour).Unix()) // days later
	edit(999, "从来没有问过")                                                        // not answered before
	edit(question, "/forget")                                                  // a question that becomes a command
	f.Say(7, "last")
	f.Wait(3)
	stop()
	var got []string
	for _, m := range h.asked {
		got = append(got, m.Text)
	}
	if want := "/allow 90|5G基站|last"; strings.Join(got, "|") != want || len(f.Edited()) > 0 {
		t.Errorf("the handler got %s, edited %+v", strings.Join(got, "|"), f.Edited())
	}
}

// A list of a hundred figures keeps within the entities that Telegram keeps, the
// link to its source among them.
func TestHundredEntities(t *testing.T) {
	var r bot.Reply
	for i := range 80 {
		r.Blocks = append(r.Blocks, bot.Block{Runs: []bot.Run{{Text: fmt.Sprint(i, "个"), Style: bot.Bold}, {Text: " 公园", Style: bot.Marked}}})
	}
	r.Blocks = append(r.Blocks, bot.Block{Runs: []bot.Run{{Text: "——", Style: bot.Faint}, {Text: "《报告》", Style: bot.Faint, Link: "p_1-2"}}})
	f := faketest.New(t)
	_, stop := start(t, f, &scripted{answer: func(bot.Message) bot.Reply { return r }})
	f.Say(7, "x")
	got := f.Wait(1)[0]
	stop()
	if n := faketest.Entities(got.Text); n > 100 || !strings.Contains(got.Text, "<b>79个</b>") || !strings.HasSuffix(got.Text, `<a href="https://t.me/TheBot?start=p_1-2"><i>《报告》</i></a>`) {
		t.Errorf("%d entities: %s", n, got.Text)
	}
}

// Of a keyboard that Telegram would refuse for its size the rest is sent.
func TestHundredButtons(t *testing.T) {
	r := reply("x")
	for i := range 105 {
		r.Buttons = append(r.Buttons, []bot.Button{{Label: fmt.Sprint(i), Data: "x"}})
	}
	r.Buttons = append([][]bot.Button{{}}, r.Buttons...)
	for i := range 9 {
		r.Buttons[0] = append(r.Buttons[0], bot.Button{Label: fmt.Sprint("in a row ", i), Data: "y"})
	}
	f := faketest.New(t)
	_, stop := start(t, f, &scripted{answer: func(bot.Message) bot.Reply { return r }})
	f.Say(7, "x")
	if n := strings.Count(f.Wait(1)[0].Keyboard, "callback_data"); n != 100 {
		t.Errorf("%d buttons", n)
	}
	stop()
}

// closed is a handler that lets nobody in.
type closed struct{ *scripted }

func (closed) MayAsk(int64, int64) bool { return false }
func (c closed) Refuse(_ context.Context, m bot.Message) bot.Reply {
	return reply("refused " + m.Text + m.Data)
}

func (c closed) Inline(_ context.Context, user int64, _, query string) []bot.Choice {
	c.Handle(context.Background(), bot.Message{User: user, Text: query})
	return nil
}

func (c closed) Uninvited(int64, string) []bot.Choice { return nil }

func (c closed) Sent(user int64, choice string) {
	c.Handle(context.Background(), bot.Message{User: user, Data: choice})
}

// Who may not ask gets no more than what the handler says to who may not, whatever is
// sent: the handler is not asked for anything else.
func TestAccessComesFirst(t *testing.T) {
	f, h := faketest.New(t), closed{echo()}
	_, stop := start(t, f, h)
	number := f.Say(7, "one")
	f.Wait(1)
	f.Edit(number, map[string]any{"text": "two", "chat": faketest.Private(7), "from": faketest.Person(7)})
	f.WaitEdited(1)
	f.Press(7, "q", "again:1", faketest.Message{Chat: 7, Number: 1})
	f.Type(7, "i", "5G")
	f.WaitAnswered("i")
	f.Send(7, "3", "5G")
	f.Say(7, "three")
	for _, m := range f.Wait(3) {
		if !strings.HasPrefix(m.Plain, "refused ") {
			t.Errorf("got %+v", m)
		}
	}
	stop()
	if len(h.asked) > 0 || len(f.Calls("sendChatAction")) > 0 {
		t.Errorf("the handler was asked %+v", h.asked)
	}
}

// A page of a gateway says nothing of the chat, whatever its status.
func TestFirewall(t *testing.T) {
	f := faketest.New(t)
	f.Fail(faketest.Fault{Method: "sendMessage", Status: 403, Body: "<html>forbidden by policy</html>"}, faketest.Fault{Method: "getUpdates", Status: 404, Body: "<html>"})
	_, stop := start(t, f, echo())
	f.Say(7, "one")
	if got := f.Wait(1)[0]; got.Plain != "re one" {
		t.Errorf("got %+v", got)
	}
	stop()
}

// Of two instances one ends and says so, whichever asked for updates first; the
// other goes on with the rest.
func TestTwoInstances(t *testing.T) {
	f := faketest.New(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 2)
	for range 2 {
		c := config(f, t.TempDir())
		c.pollFor = 50 * time.Second // of Telegram's, as it is in earnest: a poll ends because of the other one
		go func() { ended <- Run(ctx, c, echo(), slog.New(slog.DiscardHandler)) }()
	}
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), "another instance") {
			t.Errorf("one said %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("both go on")
	}
	f.Say(7, "one")
	f.Wait(1)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Told to stop, the bot leaves in time: what a handler does not finish, and what
// Telegram does not take for now, is left to the next run.
func TestLeavesInTime(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.drainFor = 300 * time.Millisecond
	release := make(chan struct{})
	h := &parallel{func(m bot.Message) bot.Reply {
		if m.Text == "stuck" {
			<-release
		}
		return reply("re " + m.Text)
	}}
	f.Fail(faketest.TooMany("sendMessage", 1000))
	_, stop := startWith(t, f, c, h)
	f.Say(7, "refused for long")
	f.Say(8, "stuck")
	f.WaitTaken()
	time.Sleep(50 * time.Millisecond)
	began := time.Now()
	if err := stop(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("stopped after %v with %v", time.Since(began), err)
	}
	close(release)
	_, stop = startWith(t, f, c, h)
	got := f.Wait(2)
	stop()
	if len(got) != 2 {
		t.Errorf("got %+v", got)
	}
}

// Who keeps a connection open, and never ends the request, does not keep the bot.
func TestStuckClients(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.WebhookListen, c.MetricsListen, c.WebhookSecret, c.drainFor = freeAddress(t), freeAddress(t), "secret", 100*time.Millisecond
	c.WebhookURL = "http://" + c.WebhookListen
	_, stop := startWith(t, f, c, echo())
	f.Say(7, "x")
	f.Wait(1)
	for _, address := range []string{c.WebhookListen, c.MetricsListen} {
		stuck, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer stuck.Close()
		fmt.Fprintf(stuck, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: secret\r\nContent-Length: 1000\r\n\r\n{")
	}
	time.Sleep(50 * time.Millisecond)
	began := time.Now()
	if err := stop(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("stopped after %v with %v", time.Since(began), err)
	}
	http.DefaultClient.CloseIdleConnections()
}

// An update that the bot was not there to take is delivered to its next run.
func TestWebhookOverARestart(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.WebhookListen, c.WebhookSecret = freeAddress(t), "secret"
	c.WebhookURL = "http://" + c.WebhookListen
	_, stop := startWith(t, f, c, echo())
	f.Say(7, "one")
	f.Wait(1)
	stop()
	f.Say(7, "two")
	time.Sleep(5 * second)
	_, stop = startWith(t, f, c, echo())
	if got := f.Wait(2); got[1].Plain != "re two" {
		t.Errorf("got %+v", got)
	}
	stop()
	http.DefaultClient.CloseIdleConnections()
}

// Whatever Telegram may deliver, it is read without a panic, and what is passed
// on comes from a person.
func FuzzUpdate(f *testing.F) {
	f.Add([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"text":"@TheBot 5G","entities":[{"type":"mention","offset":0,"length":7}],"chat":{"id":-5,"type":"group"},"from":{"id":7,"first_name":"<b>"}}}`))
	f.Add([]byte(`{"update_id":1,"callback_query":{"id":"q","from":{"id":7},"data":"again:1","message":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"}}}}`))
	f.Add([]byte(`{"update_id":1,"edited_message":{"message_id":1,"document":{},"caption":"/help@TheBot","chat":{"id":7,"type":"private"},"from":{"id":7}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var u raw
		if u.UnmarshalJSON(body) != nil {
			return
		}
		b := &face{}
		b.me.Username, b.me.ID = faketest.Username, faketest.BotID
		b.chat(u.incoming)
		if m := b.heard(u.incoming); m != nil {
			if got := b.message(m); m.From.IsBot || got.Chat != m.Chat.ID {
				t.Errorf("passed on: %+v", got)
			}
		}
	})
}
