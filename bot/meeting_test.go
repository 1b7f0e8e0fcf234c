package bot_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/corpus"
)

// The page for a meeting says the same in chat and in each file: each answer with its
// sentence and its source, and what was not found.
func TestMeetingFiles(t *testing.T) {
	h := bot.NewLocal(places(t))
	m := bot.Message{Text: "/meeting 江西养老床位; 各省GDP目标; 火星基地"}
	r := h.Handle(context.Background(), m)
	wants := []string{"会议资料", "1. 江西养老床位", "1.2万张", "网络零售额2350亿元，新增城镇", "《2026年江西省政府工作报告》", "增长5%—5.5%", "名次", "报告中没有查到", "“火星基地”"}
	for _, kind := range []string{".docx", ".html", ".txt"} {
		file := pressed(t, h, m, r, kind)
		if file.Document == nil || !strings.HasSuffix(file.Document.Name, kind) {
			t.Fatalf("%s: got %s", kind, file.Text())
		}
		text := string(file.Document.Content)
		if kind == ".docx" {
			text = plainXML(t, parts(t, file.Document.Content)["word/document.xml"])
		} else if kind == ".html" {
			text = plainXML(t, strings.NewReplacer("<!DOCTYPE html>", "", "<br>", "<br/>", `<meta charset="utf-8">`, "", `<meta name="viewport" content="width=device-width">`, "").Replace(text))
		}
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s:\n%s", kind, want, text)
			}
		}
	}
	for _, want := range wants[:5] {
		if !strings.Contains(r.Text(), want) {
			t.Errorf("in chat the page lacks %s:\n%s", want, r.Text())
		}
	}
}

// What a page has no room for is named.
func TestMeetingNamesWhatIsLeft(t *testing.T) {
	var topics []string
	for n := range 14 {
		topics = append(topics, fmt.Sprintf("火星基地%d号", n+1))
	}
	h := bot.NewLocal(places(t))
	for _, c := range []struct {
		topics int
		want   bool
	}{{12, false}, {14, true}} {
		text := h.Handle(context.Background(), bot.Message{Text: "/meeting " + strings.Join(topics[:c.topics], "; ")}).Text()
		if got := strings.Contains(text, "一页最多列 12 项，这几项没有列入，请另发一次 /meeting：“火星基地13号”、“火星基地14号”。"); got != c.want {
			t.Errorf("%d topics:\n%s", c.topics, text)
		}
	}
}

// plainXML is the text of an XML document.
func plainXML(t *testing.T, text string) string {
	t.Helper()
	var out strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out.String()
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if data, ok := token.(xml.CharData); ok {
			out.Write(data)
		}
	}
}

// A page with a restricted report may not be passed on, in chat or as a file; what a person
// kept is forgotten with the person, and is nobody else's.
func TestMeetingKeepsConfidence(t *testing.T) {
	kept := recordIn(t, "")
	h := bot.New(places(t), accessIn(t, "7,9", "1", kept), quiet())
	ask := func(user int64, text string) bot.Reply {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: text})
	}
	pressed(t, h, bot.Message{User: 7, Chat: 7}, ask(7, "江西网络零售额多少"), "收藏")
	if text := ask(9, "/meeting").Text(); strings.Contains(text, "2350") {
		t.Errorf("someone else has the page\n%s", text)
	}
	if err := kept.Restrict(corpus.ReportID("江西省2026"), true, 1); err != nil {
		t.Fatal(err)
	}
	page := ask(7, "/meeting")
	if file := pressed(t, h, bot.Message{User: 7, Chat: 7}, page, ".docx"); !page.Protect || !file.Protect {
		t.Errorf("protected: the page %v, the file %v", page.Protect, file.Protect)
	}
	ask(7, "/forget")
	if text := ask(7, "/meeting").Text(); strings.Contains(text, "2350") {
		t.Errorf("after /forget the page is there\n%s", text)
	}
}
