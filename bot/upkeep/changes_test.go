package upkeep

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

func written(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path, old := filepath.Join(dir, name), time.Now().Add(-time.Minute)
	if err := errors.Join(os.WriteFile(path, content, 0o644), os.Chtimes(path, old, old)); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t *testing.T, files ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i].(string))
		if err != nil {
			t.Fatal(err)
		}
		w.Write(files[i+1].([]byte))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func stations(place, n string) []byte {
	return []byte(place + "充电设施建设情况的报告\n一、进展\n2023年" + place + "新建充电站" + n + "座。\n")
}

func names(t *testing.T, l *library.Library) string {
	t.Helper()
	entries, err := l.Entries()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range library.InForce(entries) {
		all = append(all, e.Name)
	}
	return strings.Join(all, " ")
}

func said(h *bot.Handler, user int64, m bot.Message) bot.Reply {
	m.User, m.Chat, m.Lang = user, user, "zh"
	return h.Handle(context.Background(), m)
}

// take hands the notices on as a face does, and is what readers were told.
func take(h *bot.Handler) (texts []string) { return takeOf(h, false) }

func takeOf(h *bot.Handler, administrator bool) (texts []string) {
	for _, d := range h.Due(false) {
		if (d.Chat == 1) == administrator {
			texts = append(texts, d.Reply.Text())
			h.Told(d)
		}
	}
	return texts
}

// What the folder brings is shown to administrators, once, and so is why a file
// is left out; one that can't be read does not keep the bot from starting.
func TestArrivals(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir(), Reports: t.TempDir()}
	written(t, s.Reports, "程序.docx", []byte("MZ\x90\x00\x03\x00\x00\x00"))
	if _, err := s.keep(record.InMemory()); err == nil || !strings.Contains(err.Error(), "程序.docx") {
		t.Errorf("a folder of nothing else: %v", err)
	}
	written(t, s.Reports, "青山.txt", stations("青山区", "62"))
	k, h := served(t, s)
	if got := said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "62座") {
		t.Errorf("answered %s", got)
	}
	written(t, s.Reports, "白云.txt", stations("白云区", "5"))
	for range 2 {
		if err := k.takeFolder(false); err != nil {
			t.Fatal(err)
		}
	}
	got := takeOf(h, true)
	slices.Sort(got)
	if len(got) != 2 || !strings.Contains(got[0], "已从文件夹加入“白云.txt”：\n《白云区充电设施建设情况的报告》") || !strings.Contains(got[1], "未能加入“程序.docx”：不是能读取的文档") {
		t.Errorf("administrators were told %q", got)
	}
	for i := range 7 {
		written(t, s.Reports, fmt.Sprintf("第%d份.txt", i), stations(fmt.Sprintf("东%d区", i), "5"))
	}
	if err := k.takeFolder(false); err != nil {
		t.Fatal(err)
	}
	if got := takeOf(h, true); len(got) != 1 || !strings.Contains(got[0], "7 个文件变动，加入了 7 份报告") {
		t.Errorf("of many at once administrators were told %q", got)
	}
}

// An archive's reports are each listed, replaced and withdrawn by themselves;
// of one that holds a file that can't be read, nothing is taken.
func TestArchives(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir(), Reports: t.TempDir()}
	k, h := served(t, s)
	bad := zipped(t, "青山.txt", stations("青山区", "62"), "坏.txt", []byte{0xff, 0xfe, 0})
	if err := s.add(written(t, t.TempDir(), "坏.zip", bad), "", false); err == nil || !strings.Contains(err.Error(), "坏.txt") {
		t.Errorf("a refused part: %v", err)
	}
	if got := names(t, k.Library); got != "" {
		t.Errorf("taken in part: %s", got)
	}
	card := said(h, 1, bot.Message{File: file("一.zip", zipped(t, "2023/青山.txt", stations("青山区", "62"), "2023/白云.txt", stations("白云区", "5")))})
	if !strings.Contains(card.Text(), "压缩包内有 2 份报告") || !strings.Contains(card.Text(), "《白云区") {
		t.Errorf("the card says\n%s", card.Text())
	}
	said(h, 1, bot.Message{Data: button(t, card, "加入")})
	if got := names(t, k.Library); got != "青山 白云" {
		t.Errorf("in force: %s", got)
	}
	if _, err := k.Withdraw("白云"); err != nil {
		t.Fatal(err)
	}
	sync := func(want string) {
		t.Helper()
		if err := k.takeFolder(false); err != nil {
			t.Fatal(err)
		}
		if got := names(t, k.Library); got != want {
			t.Errorf("in force: %s, want %s", got, want)
		}
	}
	k.folder = &folder{dir: s.Reports}
	written(t, s.Reports, "北原.txt", stations("北原区", "4"))
	path := written(t, s.Reports, "二.zip", zipped(t, "东湖.txt", stations("东湖区", "7"), "西岭.txt", stations("西岭区", "8")))
	sync("青山 东湖 西岭 北原")
	k.Withdraw("东湖")
	sync("青山 西岭 北原")
	written(t, s.Reports, "二.zip", zipped(t, "西岭.txt", stations("西岭区", "8")))
	sync("青山 西岭 北原")
	written(t, s.Reports, "二.zip", zipped(t, "西岭.txt", stations("西岭区", "9")))
	sync("青山 北原 西岭")
	os.Remove(path)
	sync("青山 北原")
	if err := verified(s.Data); err != nil {
		t.Error(err)
	}
}

// A report is replaced by one of another name: in chat where the card offers
// it, and by command. The new one stays restricted.
func TestReplace(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir()}
	k, h := served(t, s)
	said(h, 1, bot.Message{Data: button(t, said(h, 1, bot.Message{File: file("旧.txt", stations("青山区", "62"))}), "加入，限制转发")})
	card := said(h, 1, bot.Message{File: file("新.txt", stations("青山区", "65"))})
	if !strings.Contains(card.Text(), "库中已有同题或同一单位同一时期的《青山区") {
		t.Errorf("the card says\n%s", card.Text())
	}
	said(h, 1, bot.Message{Data: button(t, card, "替换原有报告")})
	if got := names(t, k.Library); got != "新" {
		t.Errorf("in force: %s", got)
	}
	if err := s.add(written(t, t.TempDir(), "再新.txt", stations("青山区", "66")), "新.txt", false); err != nil {
		t.Fatal(err)
	}
	if got := names(t, k.Library); got != "再新" {
		t.Errorf("in force: %s", got)
	}
	if err := k.turn(); err != nil {
		t.Fatal(err)
	}
	if r := said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}); !strings.HasPrefix(r.Text(), "66座") || !r.Protect {
		t.Errorf("answered %v\n%s", r.Protect, r.Text())
	}
	if err := s.add(written(t, t.TempDir(), "x.txt", stations("青山区", "1")), "没有", false); !errors.Is(err, library.ErrUnknown) {
		t.Errorf("replaced what is not there: %v", err)
	}
}

// Whoever was shown a figure is told once that it has changed, whoever changed
// it, also while the bot did not run; who was shown another figure, who may not
// ask any more, and who was told are not told.
func TestRecalls(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir(), Reports: t.TempDir()}
	written(t, s.Reports, "青山.txt", stations("青山区", "62"))
	written(t, s.Reports, "白云.txt", stations("白云区", "5"))
	k, h := served(t, s)
	said(h, 7, bot.Message{Text: "青山区新建充电站多少座"})
	written(t, s.Reports, "青山.txt", stations("青山区", "65"))
	if err := k.takeFolder(false); err != nil {
		t.Fatal(err)
	}
	if got := take(h); len(got) != 1 || !strings.Contains(got[0], "62座 → 65座") {
		t.Errorf("by the folder: %q", got)
	}
	k.recall(time.Time{})
	if got := take(h); len(got) != 0 {
		t.Errorf("told twice: %q", got)
	}
	said(h, 7, bot.Message{Text: "青山区新建充电站多少座"})
	if err := s.add(written(t, t.TempDir(), "青山新.txt", stations("青山区", "70")), "青山", false); err != nil {
		t.Fatal(err)
	}
	again, h := served(t, s) // it was replaced while the bot did not run
	again.recall(time.Time{})
	if got := take(h); len(got) != 1 || !strings.Contains(got[0], "65座 → 70座") {
		t.Errorf("by command: %q", got)
	}
	said(h, 7, bot.Message{Text: "青山区新建充电站多少座"})
	if _, err := again.Withdraw("青山新"); err != nil {
		t.Fatal(err)
	}
	if got := take(h); len(got) != 1 || !strings.Contains(got[0], "已撤回") || !strings.Contains(got[0], "70座") {
		t.Errorf("withdrawn: %q", got)
	}
	said(h, 1, bot.Message{Text: "/allow 8"})
	said(h, 8, bot.Message{Text: "白云区新建充电站多少座"})
	said(h, 1, bot.Message{Text: "/ban 8"})
	written(t, s.Reports, "白云.txt", stations("白云区", "6"))
	if err := again.takeFolder(false); err != nil {
		t.Fatal(err)
	}
	if got := take(h); len(got) != 0 {
		t.Errorf("who may not ask is told %q", got)
	}
}

// An administrator who replaces a report is offered what changed, and sees it side by side;
// nobody else does, and of a report that replaced none there is nothing to see.
func TestChangesOfferedAfterReplace(t *testing.T) {
	s := office{Data: t.TempDir(), Reports: t.TempDir()}
	written(t, s.Reports, "青山.txt", stations("青山区", "62"))
	_, h := served(t, s)
	send := func(name string, content []byte) bot.Reply {
		card := said(h, 1, bot.Message{File: &bot.File{Name: name, Size: int64(len(content)),
			Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}})
		return said(h, 1, bot.Message{Data: card.Buttons[len(card.Buttons)-2][0].Data})
	}
	if r := send("东.txt", stations("东区", "3")); len(r.Buttons) != 0 {
		t.Errorf("a report that replaces none offers %v", r.Buttons)
	}
	r := send("青山.txt", append(stations("青山区", "65"), "2023年新建公园2个。\n"...))
	if len(r.Buttons) != 1 || r.Buttons[0][0].Label != "哪些数变了" {
		t.Fatalf("%s\n%v", r.Text(), r.Buttons)
	}
	changes := r.Buttons[0][0].Data
	got := said(h, 1, bot.Message{Data: changes}).Text()
	for _, want := range []string{"《青山区充电设施建设情况的报告》（原）与《青山区充电设施建设情况的报告》（新）\n数据有变 1 · 新增 1 · 不再有 0 · 未变 0\n有变\n", "充电站 · 2023年  62座 · 65座\n新增\n", "公园 · 2023年  2个"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := said(h, 7, bot.Message{Data: changes}).Text(); strings.Contains(got, "62座") {
		t.Errorf("a reader sees %s", got)
	}
	if got := said(h, 1, bot.Message{Data: "t:changes:" + corpus.ReportID("东")}).Text(); got != "找不到被替换的那一份，无法比较。" {
		t.Error(got)
	}
}

// A file of the folder that would change a confirmed answer is asked about
// once, stays out over a restart, and is taken when an administrator says so.
func TestGoldenGuardsFolderAndCommands(t *testing.T) {
	t.Parallel()
	s := office{Data: t.TempDir(), Reports: t.TempDir(), Days: 365}
	written(t, s.Reports, "青山.txt", stations("青山区", "62"))
	k, h := served(t, s)
	said(h, 1, bot.Message{Text: "/golden 青山区新建充电站多少座 = 62座"})
	written(t, s.Reports, "青山.txt", stations("青山区", "65"))
	for range 3 {
		if err := k.takeFolder(false); err != nil {
			t.Fatal(err)
		}
	}
	due := h.Due(false)
	if len(due) != 1 || due[0].Chat != 1 || !strings.Contains(due[0].Reply.Text(), "青山区新建充电站多少座：62座 → 65座") {
		t.Fatalf("administrators are told %+v", due)
	}
	h.Told(due[0])
	k, h = served(t, s)
	if got := said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "62座") || len(take(h)) != 0 {
		t.Errorf("after a restart: %s", got)
	}
	if err := k.takeFolder(false); err != nil || len(take(h)) != 0 {
		t.Errorf("asked again: %v", err)
	}
	said(h, 1, bot.Message{Data: button(t, due[0].Reply, "保留旧版")})
	said(h, 1, bot.Message{Data: button(t, due[0].Reply, "采用")})
	if got := said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}).Text(); !strings.HasPrefix(got, "65座") {
		t.Errorf("adopted: %s", got)
	}

	said(h, 1, bot.Message{Text: "/golden 青山区新建充电站有几座 = 65座"})
	file := written(t, t.TempDir(), "青山.txt", stations("青山区", "70"))
	if err := s.add(file, "", false); err == nil || !strings.Contains(err.Error(), "70座") {
		t.Errorf("by command: %v", err)
	}
	if err := s.add(file, "", true); err != nil {
		t.Error(err)
	}
}

// A question not answered well leads to a checked one.
func TestGapBecomesGolden(t *testing.T) {
	t.Parallel()
	_, h := served(t, office{Data: t.TempDir()})
	said(h, 7, bot.Message{Text: "全区财政收入是多少"})
	asked := said(h, 1, bot.Message{Data: button(t, said(h, 1, bot.Message{Text: "/gaps"}), "1")}).Text()
	if !strings.Contains(asked, "/golden 全区财政收入是多少 = ") {
		t.Fatalf("asked %s", asked)
	}
	kept := said(h, 1, bot.Message{Text: "/golden 全区财政收入是多少 = 12亿元"}).Text()
	if !strings.Contains(kept, "已登记") || !strings.Contains(kept, "没有查到") {
		t.Errorf("kept: %s", kept)
	}
}

// What was slow to read is read from what was kept, and read anew where that is
// damaged.
func TestKeptRead(t *testing.T) {
	t.Parallel()
	r := Reader{t.TempDir(), corpus.Builtin()}
	page := []byte("<html><body><h1>青山区充电设施建设情况的报告</h1><p>2023年新建充电站62座。</p></body></html>")
	var first *corpus.Report
	for i := range 3 {
		report, err := r.Parse("青山.html", page)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = report
		}
		if report.Text != first.Text || report.Hash != first.Hash || figuresOf(report) != figuresOf(first) {
			t.Errorf("read %d: %q", i, report.Text)
		}
		kept, _ := filepath.Glob(filepath.Join(r.Dir, "*", "*"))
		if len(kept) != 1 {
			t.Fatalf("kept %q", kept)
		}
		if i == 1 {
			os.Truncate(kept[0], 100)
		}
	}
}
