package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/corpus"
	"reportbot/corpus/format/scan"
	"reportbot/corpus/picture"
	"reportbot/index"
)

// drawn is pages that are drawn, and fail as told.
type drawn struct {
	picture.Pages
	fails  error
	access *bot.Access
}

func (d *drawn) Of(ctx context.Context, p *corpus.Paragraph, f *corpus.Figure) ([]byte, error) {
	if d.fails != nil {
		return nil, d.fails
	}
	return d.Pages.Of(ctx, p, f)
}

// onPaper is a bot that answers from a PDF.
func onPaper(t *testing.T) (*bot.Handler, *corpus.Report, *record.Record, *drawn) {
	t.Helper()
	const name = "indicators.pdf"
	content, err := os.ReadFile(filepath.Join("..", "..", "corpus", "format", "testdata", "libreoffice", name))
	if err != nil {
		t.Fatal(err)
	}
	reports, err := corpus.Builtin().ReadFile(context.Background(), name, content)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", corpus.New(reports...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	kept := record.InMemory()
	t.Cleanup(func() { kept.Close() })
	a, err := bot.NewAccess("7", "1", kept)
	if err != nil {
		t.Fatal(err)
	}
	h := bot.New(e, a, slog.New(slog.DiscardHandler))
	pages := &drawn{access: a, Pages: picture.Pages{Original: func(string) (string, []byte, error) { return name, content, nil }}}
	h.ShowPages(pages)
	return h, reports[0], kept, pages
}

// figureOf is a figure that stands alone in its sentence, and a question that opens it.
func figureOf(t *testing.T, r *corpus.Report) *corpus.Figure {
	t.Helper()
	for _, p := range r.Paragraphs {
		if figures := p.Figures(); len(figures) > 0 {
			return figures[0]
		}
	}
	t.Fatal("the report has no figures")
	return nil
}

// labelled is the data of the button with a label.
func labelled(t *testing.T, m faketest.Message, label string) string {
	t.Helper()
	var k struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(m.Keyboard), &k); err != nil {
		t.Fatalf("the keyboard of %q is %q: %v", m.Plain, m.Keyboard, err)
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.Text == label {
				return b.Data
			}
		}
	}
	t.Fatalf("no button %s below %q: %s", label, m.Plain, m.Keyboard)
	return ""
}

// The button 原页 below a figure sends the page that it stands on, once, with the
// citation; the answer stays. Of a restricted report the picture can't be passed on.
func TestPageAsAPicture(t *testing.T) {
	h, r, kept, _ := onPaper(t)
	figure := figureOf(t, r)
	f := faketest.New(t)
	_, stop := start(t, f, h)
	f.Say(7, "/start p_"+figure.Paragraph.ID)
	opened := f.Wait(1)[0]
	f.Press(7, "q0", "c:"+figure.ID, opened)
	answer := f.Wait(2)[1]
	data := labelled(t, answer, "原页")
	if data != "i:"+figure.ID || labelled(t, opened, "原页") != "i:"+figure.Paragraph.ID {
		t.Errorf("the buttons lead to %s and %s", data, labelled(t, opened, "原页"))
	}
	f.Fail(faketest.TooMany("sendPhoto", 1))
	f.Press(7, "q1", data, answer)
	photo := f.Wait(3)[2]
	if page, err := png.Decode(bytes.NewReader(photo.Photo)); err != nil || page.Bounds().Dx() > 1600 || page.Bounds().Dy() > 1600 {
		t.Errorf("the picture: %v", err)
	}
	if !strings.HasPrefix(photo.Plain, "——《"+r.Title+"》") || !strings.Contains(photo.Text, "?start=p_"+figure.Paragraph.ID) || photo.Protect {
		t.Errorf("the picture says %q, protected %v", photo.Text, photo.Protect)
	}
	if err := kept.Restrict(r.ID, true, 1); err != nil {
		t.Fatal(err)
	}
	f.Press(7, "q2", data, answer)
	if got := f.Wait(4)[3]; got.Photo == nil || !got.Protect {
		t.Errorf("of a restricted report: %d bytes, protected %v", len(got.Photo), got.Protect)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if len(f.Sent()) != 4 || len(f.Edited()) != 0 {
		t.Errorf("%d sent, %d edited", len(f.Sent()), len(f.Edited()))
	}
}

// A page goes to nobody who may not ask, and to no group that no administrator let in.
func TestPageIsForWhoMayAsk(t *testing.T) {
	h, r, _, pages := onPaper(t)
	press := func(user, chat int64) bot.Reply {
		m := bot.Message{User: user, Chat: chat, Data: "i:" + figureOf(t, r).ID}
		if chat < 0 {
			m.Group = "统计组"
		}
		return h.Handle(context.Background(), m)
	}
	if got := press(99, 99); got.Picture != nil || got.Refused == "" {
		t.Errorf("a stranger gets %+v", got)
	}
	if got := press(7, -100); got.Picture != nil || got.Text() != "原页请到与我的私聊里查看。" {
		t.Errorf("a group that was not let in gets %q", got.Text())
	}
	if err := pages.access.Grant(-100, record.Reader, 1); err != nil {
		t.Fatal(err)
	}
	if got := press(7, -100); got.Picture == nil {
		t.Errorf("a group that was let in gets %q", got.Text())
	}
	if got := press(bot.Terminal, bot.Terminal); got.Picture != nil || got.Text() != "在命令行运行：reportbot page "+figureOf(t, r).ID+" -o 原页.png" {
		t.Errorf("the terminal gets %q", got.Text())
	}
}

// A page that can't be drawn, or that Telegram refuses, costs a sentence.
func TestPageThatFails(t *testing.T) {
	h, r, _, pages := onPaper(t)
	data := "i:" + figureOf(t, r).ID
	f := faketest.New(t)
	_, stop := start(t, f, h)
	f.Say(7, "/start p_"+figureOf(t, r).Paragraph.ID)
	opened := f.Wait(1)[0]
	f.Fail(faketest.Refusal("sendPhoto", 400, "Bad Request: not enough rights to send photos to the chat"))
	f.Press(7, "q1", data, opened)
	f.Wait(2)
	pages.fails = errors.New("the page can't be drawn")
	f.Press(7, "q2", data, opened)
	f.Wait(3)
	f.Press(7, "q3", "i:forged-1.2", opened)
	got := f.Wait(4)
	if err := stop(); err != nil {
		t.Error(err)
	}
	for i, want := range []string{"原页暂时无法显示，请稍后再试。", "原页暂时无法显示，请稍后再试。", "这个链接所指的段落不在现有的报告里"} {
		if s := got[i+1]; s.Photo != nil || !strings.Contains(s.Plain, want) {
			t.Errorf("press %d says %q", i+1, s.Plain)
		}
	}
}

// A picture without words: where tesseract is installed what it says is shown as
// read from it, or answered where it is as short as a question, never as sure; else
// the person is asked for words.
func TestPictureAlone(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "corpus", "format", "testdata", "scan", "indicators.png"))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	// 全年城镇新增就业, of the page's eighth line, on a paper of its own.
	paper := image.NewGray(image.Rect(0, 0, 600, 180))
	draw.Draw(paper, paper.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(paper, image.Rect(100, 50, 436, 115), whole, image.Pt(872, 1302), draw.Src)
	var line bytes.Buffer
	if err := png.Encode(&line, paper); err != nil {
		t.Fatal(err)
	}
	f := faketest.New(t)
	f.File("page", string(page))
	f.File("line", line.String())
	h, _, kept, _ := onPaper(t)
	_, stop := start(t, f, h)
	send := func(n int, id string) string {
		f.Post(map[string]any{"chat": faketest.Private(7), "from": faketest.Person(7), "photo": []any{
			map[string]any{"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
			map[string]any{"file_id": id, "file_unique_id": "u", "width": 900, "height": 900}}})
		return f.Wait(n)[n-1].Text
	}
	long, short, gone := send(1, "page"), send(2, "line"), send(3, "gone")
	if err := stop(); err != nil {
		t.Error(err)
	}
	if !scan.Installed() {
		for _, got := range []string{long, short, gone} {
			if got != "图片里的文字读不了，请用文字提问。" {
				t.Errorf("without tesseract: %q", got)
			}
		}
		return
	}
	if !strings.HasPrefix(long, "识别自图片，可能有误，不作为依据：\n") || !strings.Contains(long, "148.24亿元") || strings.Contains(long, "<b>") {
		t.Errorf("a page: %q", long)
	}
	if !strings.HasPrefix(short, "<i>识别自图片：“全年城镇新增就业") || !strings.Contains(short, "1. 3388人") || strings.Contains(short, "<b>") {
		t.Errorf("a line: %q", short)
	}
	if gone != "图片里的文字没有读出来，请用文字提问。" {
		t.Errorf("a picture that is gone: %q", gone)
	}
	var asked []string
	if err := kept.Trail(func(e record.Entry) error { asked = append(asked, e.Question); return nil }); err != nil || len(asked) != 1 || !strings.HasSuffix(asked[0], "（识别自图片）") {
		t.Errorf("the record holds %q, %v", asked, err)
	}
}
