package telegram

import (
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/telegram/faketest"
)

func tabled() bot.Reply {
	cell := func(s string) bot.Run { return bot.Run{Text: s} }
	return bot.Reply{Blocks: []bot.Block{
		{Kind: bot.Table, Rows: [][]bot.Run{{cell("数据"), cell("内容"), cell("时间")}, {{Text: "174个", Style: bot.Bold}, cell("5G通信基站"), cell("2023年")}, {{Text: "13个", Style: bot.Bold}, cell("铁塔基站"), cell("2023年")}}},
		{Kind: bot.Quote, Runs: []bot.Run{{Text: "2023年新建"}}}, {Runs: []bot.Run{{Text: "《报告》", Link: "p_1-2"}}}}, Buttons: [][]bot.Button{{{Label: "b", Data: "b"}}}}
}

// A list is a table where the server takes one, and lines where it does not: that is
// found out once.
func TestTables(t *testing.T) {
	f := faketest.New(t)
	_, stop := start(t, f, &scripted{answer: func(bot.Message) bot.Reply { return tabled() }})
	f.Say(7, "x")
	got := f.Wait(1)[0]
	stop()
	if want := "数据 | 内容 | 时间\n174个 | 5G通信基站 | 2023年\n13个 | 铁塔基站 | 2023年\n2023年新建\n《报告》"; !got.Table || got.Plain != want || !strings.Contains(got.Keyboard, `"b"`) {
		t.Errorf("got %+v", got)
	}

	f = faketest.New(t)
	f.Old()
	log, stop := start(t, f, &scripted{answer: func(bot.Message) bot.Reply { return tabled() }})
	f.Say(7, "one")
	f.Say(7, "two")
	for _, got := range f.Wait(2) {
		if want := "<b>174个</b>  5G通信基站 · 2023年\n<b>13个</b>  铁塔基站 · 2023年\n<blockquote>2023年新建</blockquote>\n"; got.Table || !strings.HasPrefix(got.Text, want) || !strings.Contains(got.Keyboard, `"b"`) {
			t.Errorf("an old server got %+v", got)
		}
	}
	stop()
	if n := strings.Count(log.String(), "does not take a newer form"); n != 1 {
		t.Errorf("found out %d times", n)
	}
}

// An edited question's list takes the place of the answer before.
func TestTableInPlace(t *testing.T) {
	for name, old := range map[string]bool{"new": false, "old": true} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			if old {
				f.Old()
			}
			_, stop := start(t, f, &scripted{answer: func(m bot.Message) bot.Reply {
				if m.Text == "list" {
					return tabled()
				}
				return reply("re " + m.Text)
			}})
			number := f.Say(7, "one")
			first := f.Wait(1)[0]
			f.Edit(number, map[string]any{"text": "list", "chat": faketest.Private(7), "from": faketest.Person(7)})
			got := f.WaitEdited(1)[0]
			stop()
			if got.Number != first.Number || got.Table == old || !strings.Contains(got.Plain, "174个") {
				t.Errorf("edited to %+v", got)
			}
		})
	}
}

// What concerns the person alone is seen in a group by nobody else, where the server
// can; where it can't, it is said as before, and that is found out once.
func TestAlone(t *testing.T) {
	h := &scripted{answer: func(m bot.Message) bot.Reply {
		r := reply("re " + m.Text)
		r.Private = strings.Contains(m.Text, "help")
		r.Protect = strings.Contains(m.Text, "secret")
		return r
	}}
	for name, old := range map[string]bool{"new": false, "old": true} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			if old {
				f.Old()
			}
			_, stop := start(t, f, h)
			f.Post(inGroup("/help@TheBot"))
			f.Post(inGroup("/help@TheBot again"))
			f.Post(inGroup("@TheBot 5G", "entities", mention(0)))
			f.Post(inGroup("/help@TheBot secret"))
			f.Say(7, "help")
			f.Wait(5)
			stop()
			for _, m := range f.Sent() {
				alone := !old && m.Chat == -100 && m.Plain != "re 5G" && !m.Protect
				if (m.Receiver == 7) != alone {
					t.Errorf("seen by %d alone: %+v", m.Receiver, m)
				}
			}
		})
	}
}
