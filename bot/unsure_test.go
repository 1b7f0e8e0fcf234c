package bot_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/wording/wordingtest"
	"reportbot/corpus"
	"reportbot/index"
)

// doubtful is an engine that is never sure.
type doubtful struct{ *index.Engine }

func (d doubtful) Ask(ctx context.Context, q string, before []string) index.Answer {
	a := d.Engine.Ask(ctx, q, before)
	a.Sure = false
	return a
}

const river = `临川市2024年政府工作报告
一、2023年工作回顾
2023年，全市固定资产投资同比下降41.2%，其中民间投资同比下降12.6%。社会消费品零售总额增长5.3%。
PM2.5年均浓度不高于23微克/立方米。耕地面积净增212万亩。
二、2024年工作安排
2024年，固定资产投资增长6%左右，城镇新增就业3万人以上。
`

// An answer that is not sure shows candidates without a bold figure, each with what
// tells it apart on a button, which leads to it alone.
func TestUnsure(t *testing.T) {
	h := bot.NewLocal(doubtful{reportOf(t, river)})
	r := h.Handle(context.Background(), bot.Message{Text: "固定资产投资增速"})
	for _, b := range r.Blocks {
		for _, run := range b.Runs {
			if run.Style == bot.Bold {
				t.Errorf("bold: %q", run.Text)
			}
		}
	}
	text := shown(r)
	for _, want := range []string{"都可能是您要查的，请选择：\n1. 同比下降41.2%  全市固定资产投资 · 2023年 · 已完成", "2. ", "[1. ", "2023年 · 已完成"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	var choice string
	for _, row := range r.Buttons {
		if strings.HasPrefix(row[0].Data, "c:") && choice == "" {
			choice = row[0].Data
		}
	}
	if got := shown(h.Handle(context.Background(), bot.Message{Data: choice})); !strings.HasPrefix(got, "*同比下降41.2%*  全市固定资产投资 · 2023年 · 已完成\n> ") || !strings.Contains(got, "复制 → 2023年临川市固定资产投资同比下降41.2%（《临川市2024年政府工作报告》") {
		t.Errorf("the chosen one is\n%s", got)
	}
	if got := shown(h.Handle(context.Background(), bot.Message{Data: "c:00000000-00000000.1"})); !strings.Contains(got, "不在现有的报告里") {
		t.Errorf("a figure that is not there: %s", got)
	}
}

// What is said keeps its meaning: on the first line, in the copied sentence.
func TestSaidAsItIsMeant(t *testing.T) {
	h := bot.NewLocal(reportOf(t, river))
	for question, want := range map[string][2]string{
		"固定资产投资2023年下降多少": {"*同比下降41.2%*  全市固定资产投资 · 2023年 · 已完成\n", "2023年临川市固定资产投资同比下降41.2%（"},
		"PM2.5年均浓度":       {"*不高于23微克/立方米*  PM2.5年均浓度 · 2023年 · 已完成", "2023年临川市PM2.5年均浓度不高于23微克/立方米（"},
		"耕地面积净增多少":        {"*净增212万亩*  耕地面积 · 2023年 · 已完成", "2023年临川市耕地面积净增212万亩（"},
		"2024年城镇新增就业目标多少": {"*3万人以上*  城镇新增就业 · 2024年 · 目标", "2024年目标：临川市城镇新增就业3万人以上（"},
	} {
		if got := shown(h.Handle(context.Background(), bot.Message{Text: question})); !strings.HasPrefix(got, want[0]) || !strings.Contains(got, "[复制 → "+want[1]) {
			t.Errorf("%s\n%s", question, got)
		}
	}
}

// What is missing is named.
func TestWhatIsMissing(t *testing.T) {
	h := bot.NewLocal(reportOf(t, river))
	for question, want := range map[string]string{
		"2021年民间投资增速": "*没有2021年的数；2023年为同比下降12.6%。*\n",
	} {
		if got := shown(h.Handle(context.Background(), bot.Message{Text: question})); !strings.HasPrefix(got, want) {
			t.Errorf("%s\n%s", question, got)
		}
	}
}

// On a traditional report not one simplified character stands in a reply.
func TestTraditionalReplies(t *testing.T) {
	e := reportOf(t, `臨川市2024年施政報告
一、2023年工作回顧
2023年，全市固定資產投資同比下降41.2%，其中民間投資同比下降12.6%。新建公園12個，比上年減少3個。總收入7,291億元。
二、2024年工作安排
2024年，固定資產投資增長6%左右，城鎮新增就業3萬人以上。
`)
	for _, engine := range []bot.Asker{e, doubtful{e}} {
		h := bot.NewLocal(engine)
		for _, m := range []bot.Message{
			{Text: "固定資產投資下降多少"}, {Text: "2021年固定資產投資下降多少"}, {Text: "新建公園多少個"}, {Text: "總收入多少"}, {Text: "2023年的數據有哪些"}, {Text: "城鎮新增就業目標"}, {Text: "新建了多少座橋樑"}, {Text: "謝謝"},
			{Text: "/help", Lang: "zh-TW"}, {Text: "/figures", Lang: "zh-HK"}, {Text: "/reports", Lang: "zh-Hant"}, {Text: "/outline", Lang: "zh-Hant"}, {Text: "/sources", Lang: "zh-Hant"}, {Text: "/golden", Lang: "zh-Hant"}, {Text: "/nothing", Lang: "zh-Hant"}, {Text: "固定資產投資比上年增加了多少"}, {Text: "公園呢"},
		} {
			r := h.Handle(context.Background(), m)
			got := r.Text()
			for _, row := range r.Buttons {
				for _, b := range row {
					got += "\n" + b.Label + b.Copy
				}
			}
			if wordingtest.Simplified(got) != "" {
				t.Errorf("%s: simplified %s in\n%s", m.Text, wordingtest.Simplified(got), got)
			}
		}
	}
}

// Sentences of two reports of one template begin and end at the same bytes: each is
// quoted, with its own source.
func TestSentencesOfTwoReports(t *testing.T) {
	dir := t.TempDir()
	for _, place := range []string{"甲川市", "乙川市"} {
		text := place + "2024年政府工作报告\n一、2023年工作回顾\n2023年全市新建公园" + map[string]string{"甲川市": "12", "乙川市": "15"}[place] + "个。\n"
		if err := os.WriteFile(filepath.Join(dir, place+".txt"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	got := shown(bot.NewLocal(doubtful{e}).Handle(context.Background(), bot.Message{Text: "新建公园多少个"}))
	for _, want := range []string{"12个  全市新建公园 · 2023年 · 已完成 · 甲川市", "15个  全市新建公园 · 2023年 · 已完成 · 乙川市", "> 2023年全市新建公园12个。", "> 2023年全市新建公园15个。", "甲川市 → c:", "乙川市 → c:"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
}
