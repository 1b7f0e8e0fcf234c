package bot_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/program"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/index"
)

// onScan is a report of one page, as it is read from its text or, scanned, from a
// picture of it.
func onScan(t *testing.T, scanned bool) (*index.Engine, *bot.Handler) {
	t.Helper()
	d := &document.Document{Kind: document.Text, Charset: "utf-8", Text: `云溪市2025年政府工作报告
一、2025年工作回顾
2025年，全市新建口袋公园38个，改造老旧小区126个。
2025年，全市新增养老床位2450张。
二、存在的问题
部分街道停车位不足，公园管护力量薄弱。
`}
	d.Pages = []document.Page{{Number: 1, Recognized: scanned}}
	r, err := corpus.Builtin().ParseDocument("report", d)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", corpus.New(r))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e, bot.New(e, access(t, "7", "1", t.TempDir()), quiet())
}

// What was recognized in a scan is marked so wherever it is shown, in the words of
// each language, and is never said as sure.
func TestRecognizedIsNeverSure(t *testing.T) {
	plain, sureHandler := onScan(t, false)
	e, h := onScan(t, true)
	question := ""
	for _, q := range bot.Examples(context.Background(), plain, "zh", 20) {
		if a := plain.Ask(context.Background(), q, nil); a.Sure && len(a.Figures) > 0 && len(a.Choices) == 0 {
			question = q
			break
		}
	}
	if question == "" {
		t.Fatal("no question is answered for sure")
	}
	said := func(h *bot.Handler, lang string, m bot.Message) string {
		m.User, m.Chat, m.Lang = 7, 7, lang
		return shown(h.Handle(context.Background(), m))
	}
	if got := said(sureHandler, "zh", bot.Message{Text: question}); !strings.HasPrefix(got, "*") || strings.Contains(got, "扫描件") {
		t.Errorf("from the text itself:\n%s", got)
	}
	a := e.Ask(context.Background(), question, nil)
	if program.Of(a).Sure {
		t.Error("a program is told that it is sure")
	}
	figure := a.Figures[0]
	for _, m := range []bot.Message{{Text: question}, {Data: "c:" + figure.ID}, {Data: "p:" + figure.Paragraph.ID}, {Data: "d:" + figure.Paragraph.ID}, {Text: "/figures"}, {Text: "/start p_" + figure.Paragraph.ID}} {
		got := said(h, "zh", m)
		if !strings.Contains(got, "识别自扫描件") || strings.HasPrefix(got, "*") || strings.Count(strings.Split(got, "\n")[0], "识别自扫描件") > 1 {
			t.Errorf("%s%s:\n%s", m.Text, m.Data, got)
		}
	}
	first := said(h, "zh", bot.Message{Text: question})
	if !strings.Contains(first, "数字识别自扫描件，可能有误，请对照原页。") || !strings.Contains(first, figure.Text) || !strings.Contains(first, "· 识别自扫描件\n") {
		t.Errorf("the answer:\n%s", first)
	}
	if choices := h.Inline(context.Background(), 7, "zh", question); len(choices) == 0 || !strings.Contains(shown(choices[0].Reply), "识别自扫描件") {
		t.Errorf("inline: %+v", choices)
	}
	for lang, want := range map[string]string{"zh-Hant": "識別自掃描件", "en": "read from a scan"} {
		_, h := onScan(t, true)
		h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Data: "l:" + lang})
		if got := said(h, lang, bot.Message{Text: question}); !strings.Contains(got, want) || strings.Contains(got, "扫描件") {
			t.Errorf("%s:\n%s", lang, got)
		}
	}
}
