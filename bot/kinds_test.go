package bot_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/library"
	"reportbot/index"
	"reportbot/index/indextest"
)

// A flood is not answered with a flood: who is too fast, and who is banned, is told
// once, and the next answer comes first.
func TestToldOnce(t *testing.T) {
	a := access(t, "7", "1", t.TempDir())
	h := bot.New(indextest.Embedded(t), a, quiet())
	said := map[string]int{}
	for range 60 {
		said[h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Text: "/help"}).Text()]++
	}
	if n := said["您问得有点快，请稍等片刻再问。"]; n != 1 || said[""] < 20 {
		t.Errorf("told %d times, silent %d times", n, said[""])
	}
	if err := a.Grant(9, record.Banned, 1); err != nil {
		t.Fatal(err)
	}
	said = map[string]int{}
	for _, text := range []string{"5G基站", "/start", "/help", "hello"} {
		said[h.Refuse(context.Background(), bot.Message{User: 9, Chat: 9, Text: text}).Text()]++
	}
	if said["您目前不能使用。如有疑问，请与管理员联系。"] != 1 || said[""] != 3 {
		t.Errorf("one who is banned is told %v", said)
	}
}

// A restricted report is not shown in a group that no administrator let in, though a
// reader asks there; what else the reader asks there is for the reader alone.
func TestRestrictedInAGroupNobodyLetIn(t *testing.T) {
	kept := recordIn(t, t.TempDir())
	h := bot.New(indextest.Embedded(t), accessIn(t, "7", "1", kept), quiet())
	ask := func(m bot.Message) bot.Reply {
		m.User, m.Chat, m.Group = 7, -100, "统计组"
		return h.Handle(context.Background(), m)
	}
	if r := ask(bot.Message{Text: "5G基站建了多少"}); !r.Private || !strings.Contains(r.Text(), "174个") {
		t.Errorf("an open report: %+v", r)
	}
	if err := kept.Restrict("283c24f1", true, 1); err != nil {
		t.Fatal(err)
	}
	for _, m := range []bot.Message{{Text: "5G基站建了多少"}, {Text: "/figures"}, {Text: "/outline"}, {Data: "p:283c24f1-b1f83120"}, {Data: "c:283c24f1-b1f83120.212"}, {Data: "d:283c24f1-b1f83120"}, {Text: "存在哪些问题"}} {
		if r := ask(m); r.Text() != "这份报告限制转发，请到与我的私聊里查询" {
			t.Errorf("%s%s: %s", m.Text, m.Data, r.Text())
		}
	}
	if err := kept.Grant(-100, record.Reader, 1); err != nil {
		t.Fatal(err)
	}
	h = bot.New(indextest.Embedded(t), accessIn(t, "7", "1", kept), quiet())
	if r := ask(bot.Message{Text: "5G基站建了多少"}); r.Private || !r.Protect || !strings.Contains(r.Text(), "174个") {
		t.Errorf("in a group let in: %+v", r)
	}
	trail := ""
	kept.Trail(func(e record.Entry) error { trail += string(e.Kind) + " " + e.Shown + "\n"; return nil })
	if strings.Count(trail, "figure b1f83120.212") > 2 {
		t.Errorf("what was not shown is recorded as shown:\n%s", trail)
	}
}

// An administrator who writes anonymously is told so; nobody else is taken for one.
func TestAnonymous(t *testing.T) {
	a := access(t, "7", "1", t.TempDir())
	h := bot.New(indextest.Embedded(t), a, quiet())
	if err := a.Grant(-100, record.Reader, 1); err != nil {
		t.Fatal(err)
	}
	r := h.Handle(context.Background(), bot.Message{User: 1087968824, Chat: -100, Group: "统计组", Anonymous: true, Text: "/allow 99"})
	if !strings.Contains(r.Text(), "匿名") || a.Allowed(99) {
		t.Errorf("got %q", r.Text())
	}
	if r := h.Handle(context.Background(), bot.Message{User: 1087968824, Chat: -100, Group: "统计组", Anonymous: true, Text: "5G基站建了多少"}); !strings.Contains(r.Text(), "174个") {
		t.Errorf("got %q", r.Text())
	}
}

// What comes with a file or a picture is answered; an album gets one word; a voice
// message a calm one.
func TestFilesPicturesVoices(t *testing.T) {
	h := bot.New(indextest.Embedded(t), access(t, "7", "1", t.TempDir()), quiet())
	say := func(m bot.Message) string {
		m.User, m.Chat = 7, 7
		return h.Handle(context.Background(), m).Text()
	}
	file := &bot.File{Name: "a.docx"}
	for _, m := range []bot.Message{{Text: "5G基站建了多少", File: file, Holds: "document"}, {Text: "5G基站建了多少", Holds: "photo", Album: "1"}} {
		if got := say(m); !strings.HasPrefix(got, "174个") {
			t.Errorf("%+v: %s", m, got)
		}
	}
	for holds, want := range map[string]string{"voice": "语音听不了，请用文字提问。", "photo": "图片里的文字读不了，请用文字提问。", "video": "视频看不了，请用文字提问。", "sticker": "只看得懂文字，请用文字提问。", "other": "只看得懂文字，请用文字提问。"} {
		if got := say(bot.Message{Holds: holds}); got != want {
			t.Errorf("%s: %s", holds, got)
		}
	}
	words := ""
	for range 4 {
		words += say(bot.Message{Holds: "photo", Album: "2"}) + say(bot.Message{File: file, Holds: "document", Album: "3"})
	}
	if words != "图片里的文字读不了，请用文字提问。暂不接收文件，请直接用文字提问。" {
		t.Errorf("an album gets %q", words)
	}
}

// A question that is of no language leaves the conversation in its own.
func TestLanguageOfNoLanguage(t *testing.T) {
	h := bot.New(indextest.Embedded(t), access(t, "7", "1", t.TempDir()), quiet())
	for _, lang := range []string{"en", "zh"} {
		r := h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Thread: map[string]int{"en": 1}[lang], Lang: lang, Text: "2023 5G"})
		if english := strings.Contains(shown(r), "Next ▶") || strings.Contains(r.Text(), "do not say"); english != (lang == "en") {
			t.Errorf("%s: %s", lang, shown(r))
		}
	}
}

// taking is a keeper that takes every file.
type taking struct{ added []string }

func (k *taking) Check(_ context.Context, file string, content []byte) ([]*corpus.Report, error) {
	r, err := corpus.Builtin().Parse(strings.TrimSuffix(file, ".txt"), content)
	return []*corpus.Report{r}, err
}

func (k *taking) Add(file string, _ []byte, _ string) ([]library.Version, error) {
	k.added = append(k.added, file)
	return nil, nil
}
func (k *taking) Replaced(string) (library.Version, error) {
	return library.Version{}, library.ErrUnknown
}
func (k *taking) Withdraw(string) (string, error)           { return "", library.ErrUnknown }
func (k *taking) Adopt(string) ([]library.Version, error)   { return nil, nil }
func (k *taking) Leave(string)                              {}
func (k *taking) WithdrawVanished(string) ([]string, error) { return nil, nil }
func (k *taking) TakeOtherwise(string, bool) (int, error)   { return 0, nil }

// Each card of an album of ten stands until it is pressed, also where another
// administrator sent the same file.
func TestAlbumOfTen(t *testing.T) {
	h := bot.New(indextest.Embedded(t), access(t, "", "1 2", t.TempDir()), quiet())
	k := &taking{}
	h.Keep(k)
	send := func(user int64, n int) string {
		text := fmt.Sprintf("报告%d\n一、情况\n2023年新建公园%d个。\n", n, n+2)
		r := h.Handle(context.Background(), bot.Message{User: user, Chat: user, Album: "a", Holds: "document", File: &bot.File{Name: fmt.Sprint(n, ".txt"), Size: int64(len(text)),
			Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}})
		return r.Buttons[0][0].Data
	}
	cards := map[string]int64{}
	for n := range 10 {
		cards[send(1, n)] = 1
	}
	cards[send(2, 3)] = 2
	for data, user := range cards {
		if got := h.Handle(context.Background(), bot.Message{User: user, Chat: user, Data: data}).Text(); !strings.Contains(got, "已加入") {
			t.Errorf("a card of %d says %q", user, got)
		}
	}
	if len(k.added) != 11 {
		t.Errorf("added %v", k.added)
	}
	if got := h.Handle(context.Background(), bot.Message{User: 1, Chat: 1, Data: "t:open:0123456789abcdef"}).Text(); !strings.Contains(got, "请把文件再发一次") {
		t.Errorf("a card of before a restart says %q", got)
	}
}

// /withdraw offers many reports page by page.
func TestWithdrawManyReports(t *testing.T) {
	dir := t.TempDir()
	for n := range 105 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.txt", n)), fmt.Appendf(nil, "报告%03d\n一、情况\n2023年新建公园%d个。\n", n, n+2), 0o644); err != nil {
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
	h := bot.New(e, access(t, "", "1", t.TempDir()), quiet())
	h.Keep(&taking{})
	seen, page := map[string]bool{}, bot.Message{User: 1, Chat: 1, Text: "/withdraw"}
	for page.Text+page.Data != "" {
		r := h.Handle(context.Background(), page)
		page = bot.Message{User: 1, Chat: 1}
		count := 0
		for _, row := range r.Buttons {
			for _, b := range row {
				count++
				if strings.HasPrefix(b.Data, "w:ask:") {
					seen[b.Label] = true
				} else if strings.HasPrefix(b.Label, "更多") {
					page.Data = b.Data
				}
			}
		}
		if count > 100 {
			t.Errorf("%d buttons", count)
		}
	}
	if len(seen) != 105 {
		t.Errorf("%d reports are offered", len(seen))
	}
}
