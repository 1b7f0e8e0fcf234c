package terminal

import (
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"reportbot/bot"
)

// piped is what comes out of a pipe.
func piped(t *testing.T, in string, color bool) string {
	t.Helper()
	var out strings.Builder
	if err := Pipe(context.Background(), handler(t), strings.NewReader(in), &out, color); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Bad lines get a calm sentence each, and the next line its answer.
func TestPipeBadInput(t *testing.T) {
	got := piped(t, "\xff\xfe\n"+strings.Repeat("问", 50_000)+"\n？？？\n\x00\n5G基站建了多少\n", false)
	for _, want := range []string{"没有看懂", "500", "174个"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %.300q", want, got)
		}
	}
}

// failing is an input that breaks.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestPipeTellsABrokenInput(t *testing.T) {
	if err := Pipe(context.Background(), handler(t), failing{}, io.Discard, false); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("got %v", err)
	}
}

func TestColour(t *testing.T) {
	got := piped(t, "5G基站建了多少\n", true)
	if !strings.Contains(got, "\x1b[1m174个\x1b[0m") {
		t.Errorf("the figure is not bold:\n%q", got)
	}
	if strip.ReplaceAllString(got, "") != piped(t, "5G基站建了多少\n", false) {
		t.Error("colour changes the words")
	}
}

var strip = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Only a terminal gets colour, and not one that declines it.
func TestColoured(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if Coloured(file) {
		t.Error("a file is coloured")
	}
	t.Setenv("NO_COLOR", "1")
	if Coloured(os.Stdout) {
		t.Error("NO_COLOR is not heeded")
	}
}

// typed is what a terminal of that width shows.
func typed(h Answerer, width int, lines ...string) string {
	var out strings.Builder
	s := session{h: h, out: &out, width: width}
	for _, l := range lines {
		s.say(context.Background(), l)
	}
	return out.String()
}

// A button is pressed by its label too; a number that is no button is a question.
func TestButtonsByLabel(t *testing.T) {
	h := handler(t)
	if got := typed(h, 80, "5G基站建了多少", "下文"); !strings.Contains(got, "二是强化科技创新力度") {
		t.Errorf("typing 下文 shows\n%s", got)
	}
	if got := typed(h, 80, "/reports", "1"); strings.Contains(got, "已经失效") {
		t.Errorf("1 without a button is a question, but got\n%s", got)
	}
}

// Real replies at every width: no line is wider than the terminal, no figure is
// parted from its unit, no line ends with a mark that opens.
func TestRepliesAtEveryWidth(t *testing.T) {
	h := handler(t)
	for _, q := range []string{"5G基站建了多少", "2024年网络零售额要达到多少", "how many 5G stations were built", "存在哪些问题", "/outline"} {
		reply := h.Handle(context.Background(), bot.Message{Text: q})
		for width := 24; width <= 100; width++ {
			var out strings.Builder
			(&session{out: &out, width: width}).show(reply)
			got := out.String()
			for _, l := range strings.Split(got, "\n") {
				// a closing mark may hang over: a line does not begin with one
				if strings.HasSuffix(l, "“") || strings.HasSuffix(l, "《") {
					t.Errorf("a line ends with an opening mark: %q", l)
				}
				if n := runewidth.StringWidth(strings.TrimRight(l, "，。；：、）”》,;:.)")); n > width && !strings.HasPrefix(l, "[") {
					t.Errorf("%d columns in %d: %q", n, width, l)
				}
			}
			for _, figure := range []string{"174个", "XGPON", "15亿元", "3000万"} {
				whole := strings.Count(strings.ReplaceAll(strings.ReplaceAll(got, "\n  │ ", ""), "\n", ""), figure)
				if lines := strings.Count(got, figure); lines != whole {
					t.Errorf("width %d, %s: %s is torn in %d of %d places", width, q, figure, whole-lines, whole)
				}
			}
		}
	}
}

// The language of the environment is that of commands; the question's own is
// that of its answer.
func TestLanguage(t *testing.T) {
	for _, row := range []struct{ lang, want string }{{"en_US.UTF-8", "en"}, {"zh_CN.UTF-8", "zh"}, {"zh_TW.UTF-8", "zh-TW"}, {"C", "zh"}} {
		t.Setenv("LC_ALL", "")
		t.Setenv("LC_MESSAGES", "")
		t.Setenv("LANG", row.lang)
		if got := language(); got != row.want {
			t.Errorf("LANG=%s: %s, want %s", row.lang, got, row.want)
		}
	}
}
