package telegram

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
)

// scripted answers by a function and keeps what it was asked.
type scripted struct {
	answer func(bot.Message) bot.Reply
	mu     sync.Mutex
	asked  []bot.Message
}

func (s *scripted) MayAsk(int64, int64) bool { return true }

func (s *scripted) Refuse(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

func (s *scripted) Handle(_ context.Context, m bot.Message) bot.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, m)
	return s.answer(m)
}

func (s *scripted) Commands(lang string) (readers, administrators []bot.Command) {
	return []bot.Command{{Name: "help", Description: "用法 " + lang}, {Name: "reports", Description: "报告"}}, []bot.Command{{Name: "users", Description: "用户"}}
}

func (s *scripted) Administrators() []int64 { return []int64{1} }

func reply(text string) bot.Reply {
	return bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: text}}}}}
}

// echo answers with what it was asked.
func echo() *scripted {
	return &scripted{answer: func(m bot.Message) bot.Reply { return reply("re " + m.Text + m.Data) }}
}

func inGroup(text string, more ...any) map[string]any {
	m := map[string]any{"text": text, "chat": faketest.Group(-100), "from": faketest.Person(7)}
	for i := 0; i < len(more); i += 2 {
		m[more[i].(string)] = more[i+1]
	}
	return m
}

func mention(offset int) []any {
	return []any{map[string]any{"type": "mention", "offset": offset, "length": len("@TheBot")}}
}

func TestWhoIsAddressed(t *testing.T) {
	me := map[string]any{"id": faketest.BotID, "is_bot": true, "first_name": "Report", "username": faketest.Username}
	earlier := func(fields map[string]any) map[string]any {
		m := map[string]any{"message_id": 1, "date": 1, "chat": faketest.Group(-100), "from": me}
		for k, v := range fields {
			m[k] = v
		}
		return m
	}
	private := func(text string, more ...any) map[string]any {
		m := inGroup(text, more...)
		m["chat"] = faketest.Private(7)
		return m
	}
	for name, row := range map[string]struct {
		message map[string]any
		want    string // what the handler gets, "-" for nothing
	}{
		"talk":                        {inGroup("中午吃什么"), "-"},
		"mention before":              {inGroup("@TheBot 5G基站", "entities", mention(0)), "5G基站"},
		"mention after an emoji":      {inGroup("😀 @thebot 5G基站", "entities", mention(3)), "😀  5G基站"},
		"mention that is no entity":   {inGroup("a@TheBot.cn"), "-"},
		"mention of another":          {inGroup("@Other_ 5G基站", "entities", mention(0)), "-"},
		"mention beyond the text":     {inGroup("x", "entities", mention(5)), "-"},
		"mention in a caption":        {inGroup("", "caption", "@TheBot 看", "caption_entities", mention(0)), "看"},
		"reply to the bot":            {inGroup("那2024年呢", "reply_to_message", earlier(nil)), "那2024年呢"},
		"in a topic the bot opened":   {inGroup("闲聊", "reply_to_message", earlier(map[string]any{"forum_topic_created": map[string]any{"name": "x", "icon_color": 1}})), "-"},
		"command that names nobody":   {inGroup("/reports"), "-"},
		"command in reply to the bot": {inGroup("/ban", "reply_to_message", earlier(nil)), "/ban"},
		"command in reply to another": {inGroup("/ban", "reply_to_message", map[string]any{"message_id": 1, "date": 1, "chat": faketest.Group(-100), "from": faketest.Person(9)}), "-"},
		"anonymous administrator":     {inGroup("/allow@TheBot", "from", map[string]any{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}, "sender_chat", faketest.Group(-100)), "/allow@TheBot"},
		"command by name":             {inGroup("/unknown@thebot x"), "/unknown@thebot x"},
		"command of another bot":      {inGroup("/help@OtherBot"), "-"},
		"command that is not ours":    {inGroup("/weather"), "-"},
		"forwarded":                   {inGroup("@TheBot x", "entities", mention(0), "forward_origin", map[string]any{"type": "hidden_user", "date": 1, "sender_user_name": "x"}), "-"},
		"via a bot":                   {inGroup("/help", "via_bot", me), "-"},
		"another bot":                 {inGroup("/help", "from", map[string]any{"id": 9, "is_bot": true, "first_name": "b"}), "-"},
		"for a channel":               {inGroup("/help", "sender_chat", map[string]any{"id": -9, "type": "channel"}), "-"},
		"service message":             {inGroup("", "new_chat_title", "x"), "-"},
		"private":                     {private("5G基站"), "5G基站"},
		"private, for another bot":    {private("/help@OtherBot"), "-"},
		"private, deep link":          {private("/start p_5c9e3f7a-0d41c2b9"), "/start p_5c9e3f7a-0d41c2b9"},
		"private, a sticker":          {private("", "sticker", map[string]any{"file_id": "s"}), ""},
		"private, a pinned message":   {private("", "pinned_message", earlier(nil)), "-"},
		"private, email-like mention": {private("写信给 a@TheBot"), "写信给 a@TheBot"},
	} {
		t.Run(name, func(t *testing.T) {
			f, h := faketest.New(t), echo()
			_, stop := start(t, f, h)
			f.Post(row.message)
			f.Say(8, "last")
			f.Wait(map[bool]int{true: 1, false: 2}[row.want == "-"])
			stop()
			var got []string
			for _, m := range h.asked {
				if m.User == 7 || m.Anonymous {
					got = append(got, m.Text)
				}
			}
			if row.want == "-" && len(got) > 0 || row.want != "-" && (len(got) != 1 || got[0] != row.want) {
				t.Errorf("the handler got %q, want %q", got, row.want)
			}
		})
	}
}

func TestGroupIsAnsweredInItsTopicWithTheQuestion(t *testing.T) {
	f, h := faketest.New(t), echo()
	_, stop := start(t, f, h)
	question := f.Post(inGroup("/help@TheBot", "message_thread_id", 5, "is_topic_message", true))
	got := f.Wait(1)[0]
	f.Post(inGroup("/help@TheBot", "message_thread_id", 6, "from", map[string]any{"id": 7, "is_bot": false, "first_name": "芳", "last_name": "王", "username": "wangfang"})) // a thread of replies, no topic
	second := f.Wait(2)[1]
	f.Press(7, "q", "x", got)
	third := f.Wait(3)[2]
	stop()
	if got.Chat != -100 || got.Thread != 5 || got.ReplyTo != question || second.Thread != 0 || third.Chat != -100 {
		t.Errorf("got %+v, then %+v, %+v", got, second, third)
	}
	if m := h.asked[0]; m.Chat != -100 || m.User != 7 || m.Thread != 5 || m.Group != "统计组" {
		t.Errorf("the handler got %+v", m)
	}
	if name := h.asked[1].Name; name != "芳 王 @wangfang" {
		t.Errorf("the name is %q", name)
	}
	if m := h.asked[2]; m.Chat != -100 || m.User != 7 || m.Group != "统计组" || m.Data != "x" {
		t.Errorf("of the button the handler got %+v", m)
	}
}

// Of messages forwarded in one go the first is a question.
func TestForwardedFlood(t *testing.T) {
	f, h := faketest.New(t), echo()
	_, stop := start(t, f, h)
	for i := range 20 {
		f.Post(map[string]any{"text": fmt.Sprint("问题", i), "date": 1700000000, "chat": faketest.Private(7), "from": faketest.Person(7), "forward_origin": map[string]any{"type": "hidden_user", "date": 1, "sender_user_name": "x"}})
	}
	f.Say(7, "last")
	f.Wait(2)
	stop()
	if len(h.asked) != 2 || h.asked[0].Text != "问题0" {
		t.Errorf("the handler got %+v", h.asked)
	}
}

func TestEditedQuestionGetsItsAnswerEdited(t *testing.T) {
	f := faketest.New(t)
	h := &scripted{answer: func(m bot.Message) bot.Reply {
		return reply(strings.Repeat("答。", map[bool]int{true: 3000, false: 10}[strings.HasPrefix(m.Text, "long")]) + m.Text)
	}}
	_, stop := start(t, f, h)
	edit := func(number int, text string) {
		f.Edit(number, map[string]any{"text": text, "chat": faketest.Private(7), "from": faketest.Person(7)})
	}
	number := f.Say(7, "one")
	answer := f.Wait(1)[0]
	edit(number, "two")
	if got := f.WaitEdited(1)[0]; got.Number != answer.Number || !strings.HasSuffix(got.Plain, "two") {
		t.Errorf("edited to %+v", got)
	}
	edit(number, "two") // the same again is no error
	edit(number, "long")
	f.Wait(2)
	if got := f.WaitEdited(2)[1]; got.Number != answer.Number || !strings.HasPrefix(got.Plain, "答") {
		t.Errorf("edited to %+v", got)
	}
	edit(number, "three")
	f.WaitEdited(3)
	if gone := f.WaitDeleted(1); gone[0].Number != f.Sent()[1].Number {
		t.Errorf("taken away: %+v", gone)
	}
	edit(1000, "never heard of") // and so not answered now
	f.Say(7, "last")
	if got := f.Wait(3)[2]; !strings.HasSuffix(got.Plain, "last") {
		t.Errorf("got %+v", got)
	}
	stop()
}

// Edited before its answer is sent, a question is answered once, and rightly.
func TestEditedAtOnce(t *testing.T) {
	f := faketest.New(t)
	f.Fail(faketest.TooMany("sendMessage", 10))
	_, stop := start(t, f, echo())
	number := f.Say(7, "one")
	f.Edit(number, map[string]any{"text": "two", "chat": faketest.Private(7), "from": faketest.Person(7)})
	got := f.WaitEdited(1)[0]
	stop()
	if sent := f.Sent(); len(sent) != 1 || sent[0].Number != got.Number || got.Plain != "re two" {
		t.Errorf("sent %+v, edited %+v", sent, got)
	}
}

func TestLinksCopiesToastsAndNotices(t *testing.T) {
	f := faketest.New(t)
	h := &scripted{answer: func(m bot.Message) bot.Reply {
		switch m.Data {
		case "toast":
			return bot.Reply{Toast: "谢谢"}
		case "keys":
			return bot.Reply{Edit: true, Buttons: [][]bot.Button{{{Label: "B", Data: "b"}}}}
		}
		return bot.Reply{Protect: true, Blocks: []bot.Block{
			{Runs: []bot.Run{{Text: "甲<", Style: bot.Bold, Link: "p_1-2"}, {Text: "乙", Link: "not valid"}}},
			{Kind: bot.Quote, Runs: []bot.Run{{Text: "短"}}}, {Kind: bot.Quote, Runs: []bot.Run{{Text: strings.Repeat("长", 100)}}}},
			Buttons: [][]bot.Button{{{Label: "复制", Copy: "「174个」"}, {Label: "x", Data: "toast"}}, {{Label: "too long", Copy: strings.Repeat("长", 257)}}},
			Notices: []bot.Notice{{Chat: 1, Reply: reply("有人问")}}}
	}}
	f.Post(map[string]any{"chat": faketest.Private(1), "from": faketest.Person(1), "pinned_message": map[string]any{"message_id": 1, "date": 1, "chat": faketest.Private(1)}})
	_, stop := start(t, f, h)
	f.Say(7, "x")
	f.Wait(2)
	var answer faketest.Message
	for _, m := range f.Sent() {
		if m.Chat == 1 && m.Plain != "有人问" {
			t.Errorf("the notice is %+v", m)
		}
		if m.Chat == 7 {
			answer = m
		}
	}
	for _, want := range []string{`<a href="https://t.me/TheBot?start=p_1-2"><b>甲&lt;</b></a>乙`, "<blockquote>短", "<blockquote expandable>长"} {
		if !strings.Contains(answer.Text, want) {
			t.Errorf("%q is not in %s", want, answer.Text)
		}
	}
	if want := `{"inline_keyboard":[[{"copy_text":{"text":"「174个」"},"text":"复制"},{"callback_data":"toast","text":"x"}]]}`; answer.Keyboard != want || !answer.Protect {
		t.Errorf("got %+v", answer)
	}
	f.Fail(faketest.BadGateway("answerCallbackQuery"))
	f.Press(7, "q1", "toast", answer)
	f.WaitAnswered("q1")
	f.Press(7, "q2", "keys", answer)
	edited := f.WaitEdited(1)[0]
	stop()
	if got := f.Calls("answerCallbackQuery"); len(got) == 0 || got[0].Params["text"] != "谢谢" {
		t.Errorf("answered %+v", got)
	}
	if edited.Plain != answer.Plain || !strings.Contains(edited.Keyboard, `"b"`) || len(f.Sent()) != 2 {
		t.Errorf("edited %+v", edited)
	}
}

// offering offers what it is asked for, and the way to the bot.
type offering struct{ *scripted }

func (o offering) Sent(user int64, choice string) {
	o.Handle(context.Background(), bot.Message{User: user, Data: "sent " + choice})
}

func (offering) Uninvited(int64, string) []bot.Choice { return nil }

func (offering) Inline(_ context.Context, user int64, lang, query string) (list []bot.Choice) {
	if user != 7 {
		return []bot.Choice{{ID: "start:access", Title: "申请使用"}}
	}
	for i := range 60 {
		list = append(list, bot.Choice{ID: fmt.Sprint(i), Title: query, Description: lang, Reply: reply(query)})
	}
	return append(list, bot.Choice{ID: "0", Title: "twice"})
}

func TestInline(t *testing.T) {
	f := faketest.New(t)
	h := offering{echo()}
	_, stop := start(t, f, h)
	f.Type(7, "i1", "5G基站<")
	f.WaitAnswered("i1")
	f.Type(8, "i2", "5G基站")
	f.WaitAnswered("i2")
	f.Fail(faketest.Refusal("answerInlineQuery", 400, "Bad Request: can't parse entities: byte offset 3"))
	f.Type(7, "i3", "5G<b>")
	f.WaitAnswered("i3")
	f.Send(7, "3", "5G")
	f.Until("the handler is told which was sent", time.Minute, func() bool { // taken is not yet handled
		h.mu.Lock()
		defer h.mu.Unlock()
		return len(h.asked) > 0
	})
	stop()
	if n := len(h.asked); n != 1 || h.asked[0].Data != "sent 3" || h.asked[0].User != 7 {
		t.Errorf("of the card sent the handler knows %+v", h.asked)
	}
	calls := f.Calls("answerInlineQuery")
	last, _ := calls[len(calls)-1].Params["results"].([]any)[0].(map[string]any)["input_message_content"].(map[string]any)
	if last["message_text"] != "5G<b>" || last["parse_mode"] != nil {
		t.Errorf("refused with its formatting, it is offered as %+v", last)
	}
	if results := calls[0].Params["results"].([]any); len(results) != 50 {
		t.Errorf("%d results", len(results))
	}
	for _, c := range calls {
		if c.Params["cache_time"] != 0.0 || c.Params["is_personal"] != true {
			t.Errorf("others may see it: %+v", c.Params)
		}
	}
	if b, _ := calls[1].Params["button"].(map[string]any); b["start_parameter"] != "access" || len(calls[1].Params["results"].([]any)) != 0 {
		t.Errorf("the stranger got %+v", calls[1].Params)
	}
}

// Everybody's menu is of readers, an administrator's of both, in each language;
// it comes with the office, also to one who has not written yet, and goes with it.
func TestMenus(t *testing.T) {
	f, h := faketest.New(t), &ruled{scripted: echo()}
	h.admins.Store(&[]int64{1})
	_, stop := start(t, f, h)
	menu := func(chat int64, want ...string) {
		t.Helper()
		for _, lang := range []string{"", "zh", "en"} {
			f.Until(fmt.Sprintf("the menu of %d in %q is %q", chat, lang, want), 10*time.Second, func() bool { return slices.Equal(f.Menu(chat, lang), want) })
		}
	}
	menu(0, "help", "reports")
	menu(1)
	f.Say(1, "x")
	menu(1, "help", "reports", "users")
	f.Say(7, "x")
	h.admins.Store(&[]int64{1, 7})
	menu(7, "help", "reports", "users")
	h.admins.Store(&[]int64{7})
	menu(1)
	menu(7, "help", "reports", "users")
	stop()
}

// ruled is a handler whose administrators change.
type ruled struct {
	*scripted
	admins atomic.Pointer[[]int64]
}

func (r *ruled) Administrators() []int64 { return *r.admins.Load() }

func TestFile(t *testing.T) {
	f := faketest.New(t)
	f.File("doc1", "报告全文")
	got := make(chan string, 3)
	h := &scripted{answer: func(m bot.Message) bot.Reply {
		r, err := m.File.Open(context.Background())
		if err != nil {
			got <- err.Error()
			return reply("no")
		}
		defer r.Close()
		b, _ := io.ReadAll(r)
		got <- m.File.Name + " " + m.Text + " " + string(b)
		return reply("ok")
	}}
	_, stop := start(t, f, h)
	for _, row := range []struct {
		id, want string
		size     int
	}{{"doc1", "r.txt 看看 报告全文", 12}, {"doc2", "wrong file_id", 12}, {"doc1", "at most 20 MB", 30 << 20}} {
		f.Post(map[string]any{"caption": "看看", "chat": faketest.Private(7), "from": faketest.Person(7), "document": map[string]any{"file_id": row.id, "file_unique_id": "u", "file_name": "r.txt", "file_size": row.size}})
		select {
		case s := <-got:
			if !strings.Contains(s, row.want) || strings.Contains(s, faketest.Token) {
				t.Errorf("got %q, want %q", s, row.want)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("no file")
		}
	}
	stop()
}
