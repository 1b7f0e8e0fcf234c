package bot_test

import (
	"bytes"
	"context"
	"image/png"
	"strings"
	"testing"

	"reportbot/bot"
)

// A series comes as a picture where pictures can be shown, with each figure and its source
// below, and at a terminal in characters; both with the values in one scale.
func TestChartOfASeries(t *testing.T) {
	e := reportsIn(t, "testdata/years/reports")
	h := bot.New(e, access(t, "7", "1", ""), quiet())
	m := bot.Message{User: 7, Chat: 7, Text: "历年网络零售额"}
	drawn := pressed(t, h, m, h.Handle(context.Background(), m), "柱状图")
	if drawn.Picture == nil {
		t.Fatalf("no picture: %s", drawn.Text())
	}
	if _, err := png.Decode(bytes.NewReader(drawn.Picture.PNG)); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"“网络零售额”，单位：亿元", "2025 27.8亿元 《青溪市2026年政府工作报告》 一、"} {
		if !strings.Contains(drawn.Text(), want) {
			t.Errorf("the caption lacks %s:\n%s", want, drawn.Text())
		}
	}
	h = bot.NewLocal(e)
	m = bot.Message{User: bot.Terminal, Chat: bot.Terminal, Text: "历年网络零售额"}
	typed := pressed(t, h, m, h.Handle(context.Background(), m), "柱状图").Text()
	if want := "2022 " + strings.Repeat("█", 27) + " 18.6\n"; !strings.Contains(typed, want) || !strings.Contains(typed, strings.Repeat("█", 40)+" 27.8") {
		t.Errorf("at a terminal it is\n%s", typed)
	}
}
