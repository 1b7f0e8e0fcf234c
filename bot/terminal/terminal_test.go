package terminal

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"reportbot/bot"
	"reportbot/index/indextest"
)

func handler(t *testing.T) *bot.Handler {
	t.Helper()
	e := indextest.Embedded(t)
	return bot.NewLocal(e)
}

// In a pipe each line is answered in order, without prompt, colour or choices.
func TestPipe(t *testing.T) {
	var out bytes.Buffer
	in := "5G基站建了多少\r\n\n1\nhow many charging guns\n/quit\n铁塔基站几个\n"
	if err := Pipe(context.Background(), handler(t), strings.NewReader(in), &out, false); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{"174个", "277支"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	first, second := strings.Index(text, "174个  新建"), strings.Index(text, "277支  newly built public charging gun (新建 公用充电枪")
	if first < 0 || second < first || strings.ContainsAny(text, "›\x1b") || strings.Contains(text, "[1]") || strings.Contains(text, "13个  新建") {
		t.Errorf("the pipe printed\n%s", text)
	}
}

// A choice is taken by its number.
func TestChoices(t *testing.T) {
	var out bytes.Buffer
	s := session{h: handler(t), out: &out, width: 80}
	s.say(context.Background(), "5G基站建了多少")
	if len(s.buttons) != 8 {
		t.Fatalf("choices: %v", s.buttons)
	}
	out.Reset()
	s.say(context.Background(), "4")
	if got := out.String(); !strings.Contains(got, "\n2023年新建5G通信基站174个（《") {
		t.Errorf("what is to be copied is %s", got)
	}
	out.Reset()
	s.say(context.Background(), "👍")
	if got := out.String(); !strings.Contains(got, "谢谢") {
		t.Errorf("thumbs up got %s", got)
	}
	out.Reset()
	s.say(context.Background(), "2")
	if !strings.Contains(out.String(), "二是强化科技创新力度") {
		t.Errorf("the next paragraph is %s", out.String())
	}
}

// Lines keep within the width, in columns of the terminal, and no number is
// torn apart at their ends.
func TestWrap(t *testing.T) {
	text := strings.Repeat("全年网络零售额达15亿元以上，XGPON网络增长12.75%；", 9)
	for width := 30; width < 70; width++ {
		s := session{width: width}
		lines := s.wrap(bot.Block{Kind: bot.Quote, Runs: []bot.Run{{Text: text}}}, "  │ ")
		joined := ""
		for _, l := range lines {
			if n := runewidth.StringWidth(l); n > width+2 { // a closing mark may hang
				t.Errorf("width %d: %d columns in %q", width, n, l)
			}
			joined += strings.TrimPrefix(l, "  │ ")
			for _, whole := range []string{"15亿元", "XGPON", "12.75%"} {
				if strings.Count(joined, whole[:2]) != strings.Count(joined, whole) {
					t.Fatalf("width %d: %s is torn at the end of %q", width, whole, l)
				}
			}
		}
		if joined != text {
			t.Fatalf("width %d: the text has changed", width)
		}
	}
}

// A long list is a table where the terminal is wide enough, else a row a line.
func TestTable(t *testing.T) {
	for width, want := range map[int]string{
		80: "数据        内容                   时间      完成情况\n3家         新增 国家高新技术企业  2023年    已完成\n",
		30: "3家  新增 国家高新技术企业 · \n2023年 · 已完成\n",
		0:  "3家  新增 国家高新技术企业 · 2023年 · 已完成\n",
	} {
		var out bytes.Buffer
		s := session{h: handler(t), out: &out, width: width}
		s.say(context.Background(), "2023年科技企业培育的数据")
		if got := out.String(); !strings.HasPrefix(strings.TrimLeft(got, "\n"), want) {
			t.Errorf("%d columns:\n%s", width, got)
		}
	}
}
