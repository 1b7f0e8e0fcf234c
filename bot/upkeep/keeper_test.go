package upkeep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
)

func charging(stations int) []byte {
	return fmt.Appendf(nil, "青山区充电设施建设情况的报告\n一、进展\n2023年新建充电站%d座，公用充电枪277支。\n", stations)
}

// served is a running bot without a face, and who administers it.
func served(t *testing.T, s office) (*Keeper, *bot.Handler) {
	t.Helper()
	kept, err := record.Open(s.Data, 365)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	k, err := s.keep(kept)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	access, err := bot.NewAccess("7", "1", kept)
	if err != nil {
		t.Fatal(err)
	}
	h := bot.New(k.Live, access, slog.New(slog.DiscardHandler))
	h.Keep(k)
	k.Serve(h, false)
	return k, h
}

func file(name string, content []byte) *bot.File {
	return &bot.File{Name: name, Size: int64(len(content)), Open: func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

func button(t *testing.T, r bot.Reply, label string) string {
	t.Helper()
	for _, row := range r.Buttons {
		for _, b := range row {
			if b.Label == label {
				return b.Data
			}
		}
	}
	t.Fatalf("no button %s in %+v", label, r.Buttons)
	return ""
}

// A report is sent in chat, confirmed, asked about, replaced, and withdrawn;
// who saw the figure that changed is told.
func TestReportsInChat(t *testing.T) {
	t.Parallel()
	_, h := served(t, office{Data: t.TempDir()})
	say := func(user int64, text string) bot.Reply {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: text, Lang: "zh"})
	}
	press := func(user int64, data string) bot.Reply {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, Data: data, Lang: "zh"})
	}
	send := func(user int64, name string, content []byte) bot.Reply {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, File: file(name, content), Lang: "zh"})
	}
	has := func(r bot.Reply, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(r.Text(), w) {
				t.Errorf("%q is missing in\n%s", w, r.Text())
			}
		}
	}
	if got := send(7, "充电.txt", charging(62)).Text(); strings.Contains(got, "加入") {
		t.Errorf("who is no administrator sent a file and got %s", got)
	}
	has(send(1, "坏.txt", []byte{0xff, 0}), "未能加入“坏.txt”")
	card := send(1, "充电.txt", charging(62))
	has(card, "《青山区充电设施建设情况的报告》", "1 个章节", "2 个数据", "注意：没有读到年份")
	take := button(t, card, "加入")
	if got := press(7, take).Text(); strings.Contains(got, "已加入") {
		t.Errorf("someone else confirmed: %s", got)
	}
	has(press(1, take), "已加入")
	has(press(1, take), "失效")
	has(say(7, "青山区新建充电站多少座"), "62座")
	has(send(1, "又一份.txt", charging(62)), "库中已有内容完全相同的《青山区充电设施建设情况的报告》")
	has(press(1, button(t, send(1, "又一份.txt", charging(62)), "加入")), "已经在库里")

	card = send(1, "充电.txt", charging(65))
	has(card, "将替换现有的《青山区充电设施建设情况的报告》")
	replaced := press(1, button(t, card, "加入"))
	has(replaced, "1 个数据有变动")
	if due := h.Due(false); len(due) != 1 || due[0].Chat != 7 || !strings.Contains(due[0].Reply.Text(), "62座 → 65座") {
		t.Errorf("told %+v", due)
	}
	has(say(7, "青山区新建充电站多少座"), "65座")

	if got := say(7, "/withdraw").Text(); strings.Contains(got, "要撤回的报告") {
		t.Errorf("who is no administrator may withdraw: %s", got)
	}
	sure := press(1, button(t, say(1, "/withdraw"), "青山区充电设施建设情况的报告"))
	has(sure, "不再出现在任何回答里")
	yes := button(t, sure, "撤回")
	if got := press(7, yes).Text(); strings.Contains(got, "已撤回") {
		t.Errorf("someone else withdrew: %s", got)
	}
	has(press(1, yes), "已撤回：《青山区充电设施建设情况的报告》")
	if got := say(7, "青山区新建充电站多少座").Text(); strings.Contains(got, "65") {
		t.Errorf("after it was withdrawn: %s", got)
	}
}

// A file dropped into the folder is answered from a moment later, and no more
// when it is gone; commands of another process are seen as well.
func TestWatchedFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := office{Data: t.TempDir(), Reports: folder}
	put := func(stations int) {
		name := filepath.Join(folder, "充电.txt")
		if err := os.WriteFile(name, charging(stations), 0o644); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-time.Minute)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	put(62)
	written(t, folder, "白云.txt", stations("白云区", "5"))
	k, h := served(t, s)
	ctx, stop := context.WithCancel(context.Background())
	watched := make(chan struct{})
	go func() { k.Watch(ctx); close(watched) }()
	defer func() { stop(); <-watched }()
	await := func(want bool, figure string) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			got := h.Handle(ctx, bot.Message{User: 1, Chat: 1, Text: "青山区新建充电站多少座", Lang: "zh"}).Text()
			if strings.Contains(got, figure) == want {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: want %v in\n%s", figure, want, got)
			}
		}
	}
	await(true, "62座")
	put(65)
	await(true, "65座")
	if err := os.Remove(filepath.Join(folder, "充电.txt")); err != nil {
		t.Fatal(err)
	}
	await(false, "65座")
	other := filepath.Join(t.TempDir(), "另一份.txt")
	if err := os.WriteFile(other, charging(70), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.add(other, "", false); err != nil {
		t.Fatal(err)
	}
	await(true, "70座")
}

// A backup restored elsewhere answers the same; a folder with reports is not restored into.
func TestBackup(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir()}
	_, h := served(t, s)
	name := filepath.Join(t.TempDir(), "充电.txt")
	if err := os.WriteFile(name, charging(62), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.add(name, "", false); err != nil {
		t.Fatal(err)
	}
	h.Handle(context.Background(), bot.Message{User: 1, Chat: 1, Text: "5G基站建了多少", Lang: "zh"})
	backup := filepath.Join(t.TempDir(), "b.tar.gz")
	if _, err := Backup(s.Data, backup); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(s.Data, backup); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("restored over what is there: %v", err)
	}
	to := office{Data: filepath.Join(t.TempDir(), "new")}
	if _, err := Restore(to.Data, backup); err != nil {
		t.Fatal(err)
	}
	if err := verified(to.Data); err != nil {
		t.Error(err)
	}
	k, err := OpenLibrary(to.Data)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	e := k.Live
	if a := e.Ask(context.Background(), "青山区新建充电站多少座", nil); !a.Answered || a.Figures[0].Text != "62座" {
		t.Errorf("the restored one answers %+v", a.Figures)
	}
}

// A confirmed answer that would change stops the change until an administrator
// adopts it.
func TestGolden(t *testing.T) {
	t.Parallel()
	_, h := served(t, office{Data: t.TempDir()})
	do := func(m bot.Message) bot.Reply {
		m.User, m.Chat, m.Lang = 1, 1, "zh"
		return h.Handle(context.Background(), m)
	}
	add := func(stations int) bot.Reply {
		return do(bot.Message{Data: button(t, do(bot.Message{File: file("充电.txt", charging(stations))}), "加入")})
	}
	answers := func(want string) {
		t.Helper()
		if got := do(bot.Message{Text: "青山区新建充电站多少座"}).Text(); !strings.HasPrefix(got, want) {
			t.Errorf("want %s, got\n%s", want, got)
		}
	}
	add(62)
	for _, said := range [][2]string{
		{"/golden", "发送“/golden 问题 = 答案”"}, {"/golden 青山区新建充电站多少座 = 63座", "目前的回答是“62座”"}, {"/golden - 1", "已删去"}, {"/golden x", "发送“/golden"},
		{"/golden 青山区新建充电站多少座 = 62座", "已登记"}, {"/golden - 9", "发送“/golden"},
	} {
		if got := do(bot.Message{Text: said[0]}).Text(); !strings.Contains(got, said[1]) {
			t.Errorf("%s got %s", said[0], got)
		}
	}
	refused := add(65)
	if !strings.Contains(refused.Text(), "青山区新建充电站多少座：62座 → 65座") {
		t.Errorf("got\n%s", refused.Text())
	}
	answers("62座")
	do(bot.Message{Data: button(t, refused, "保留旧版")})
	answers("62座")
	do(bot.Message{Data: button(t, add(65), "采用")})
	answers("65座")
	if got := do(bot.Message{Text: "/golden"}).Text(); !strings.Contains(got, "2. 青山区新建充电站多少座 = 62座") {
		t.Errorf("listed: %s", got)
	}
	if got := do(bot.Message{Text: "/golden - 2"}).Text(); !strings.Contains(got, "已删去") {
		t.Errorf("dropped: %s", got)
	}
}

// Who breaks off gets an error and no report: neither half a file, nor a confirmed answer
// that is said to change because its question was broken off.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir(), Reports: t.TempDir(), Days: 365}
	written(t, s.Reports, "青山.txt", stations("青山区", "62"))
	k, h := served(t, s)
	said(h, 1, bot.Message{Text: "/golden 青山区新建充电站多少座 = 62座"})
	over, end := context.WithCancel(context.Background())
	end()
	file := written(t, t.TempDir(), "青山.txt", stations("青山区", "65"))
	if _, err := k.AddFile(over, file, "", false); !errors.Is(err, context.Canceled) {
		t.Errorf("added: %v", err)
	}
	pdf, err := os.ReadFile("../../corpus/format/testdata/libreoffice/report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Check(over, "report.pdf", pdf); !errors.Is(err, context.Canceled) {
		t.Errorf("checked: %v", err)
	}
	if _, err := Open(over, s.Data, file, record.InMemory()); !errors.Is(err, context.Canceled) {
		t.Errorf("opened: %v", err)
	}
	if got := said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "62座") {
		t.Errorf("answered %s", got)
	}
}
