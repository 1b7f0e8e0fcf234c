package bot_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/index/indextest"
)

// The rule of access, row by row. 1 is administrator and 7 reader by the
// environment, 8 and 9 in chat; -100 is a group that was let in.
func TestMayAsk(t *testing.T) {
	a := access(t, "7", "1", "")
	for _, g := range []struct {
		subject int64
		role    record.Role
	}{{8, record.Administrator}, {9, record.Reader}, {10, record.Banned}, {7, record.Banned}, {-100, record.Reader}, {-300, record.Reader}, {-300, record.None}, {-400, record.Banned}} {
		if err := a.Grant(g.subject, g.role, 1); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		user, chat int64
		want       bool
		why        string
	}{
		{bot.Terminal, 0, true, "the person at the machine"},
		{1, 1, true, "administrator in private"},
		{7, 7, true, "reader in private; the environment is the floor"},
		{8, 8, true, "administrator made in chat"},
		{9, 9, true, "reader let in, in private"},
		{9, -200, true, "reader let in, in a group that was not"},
		{99, 99, false, "stranger in private"},
		{99, -100, true, "stranger in a group that was let in"},
		{99, -200, false, "stranger in a group that was not"},
		{99, -300, false, "the group's leave was taken back"},
		{99, -400, false, "a group can't be let in by being banned"},
		{99, 9, false, "a private chat is nobody else's"},
		{10, 10, false, "banned"},
		{10, -100, false, "banned, in a group that was let in"},
	} {
		if got := a.MayAsk(row.user, row.chat); got != row.want {
			t.Errorf("%d in %d: %v, want %v: %s", row.user, row.chat, got, row.want, row.why)
		}
	}
	if got := a.Administrators(); !slices.Equal(got, []int64{1, 8}) {
		t.Errorf("administrators %v", got)
	}
}

// A group that Telegram gives a new ID stays let in, also after a restart, and a
// conversation in it goes on; a private chat has no new ID.
func TestMovedGroup(t *testing.T) {
	kept := recordIn(t, t.TempDir())
	e := indextest.Embedded(t)
	h := bot.New(e, accessIn(t, "", "1", kept), quiet())
	say := func(user, chat int64, text string) string {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: chat, Group: "数字办", Text: text}).Text()
	}
	say(1, -100, "/allow")
	say(9, -100, "铁塔基站建了几个")
	h.Moved(-100, -200)
	h.Moved(1, 9)
	for range 2 {
		if got := say(9, -200, "那充电枪呢"); !strings.Contains(got, "277支") {
			t.Errorf("in the group of the new ID: %s", got)
		}
		if got := say(9, -100, "充电枪有多少支"); strings.Contains(got, "277支") {
			t.Errorf("in a group of the old ID: %s", got)
		}
		if got := say(9, 9, "充电枪有多少支"); strings.Contains(got, "277支") {
			t.Errorf("in private: %s", got)
		}
		h = bot.New(e, accessIn(t, "", "1", kept), quiet())
	}
}

// A message without a sender is not the person at the machine.
func TestNoSender(t *testing.T) {
	h := bot.New(indextest.Embedded(t), access(t, "7", "1", ""), quiet())
	for _, m := range []bot.Message{{Chat: -100, Text: "5G基站建了多少"}, {Chat: 5, Text: "/allow 5"}, {Chat: -100, Data: "u:0"}} {
		if r := h.Handle(context.Background(), m); !strings.Contains(r.Text()+r.Toast, "没有看懂") {
			t.Errorf("%+v got %+v", m, r)
		}
	}
}

// The claim that earlier versions kept in a file of its own moves into the record.
func TestClaimMoves(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "admins"), []byte("42\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept := recordIn(t, dir)
	for range 2 {
		if err := bot.MoveClaim(dir, kept); err != nil {
			t.Fatal(err)
		}
		a := accessIn(t, "", "", kept)
		if !a.Administrator(42) || a.Code() != "" {
			t.Error("the administrator is not known, or there is a code again")
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "admins")); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "admins"), []byte("nobody\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := bot.MoveClaim(dir, kept); err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("a malformed file: %v", err)
	}
}

// Who writes too fast gets a calm sentence, and an answer again after a while;
// others are not held up.
func TestPace(t *testing.T) {
	now := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	kept := recordIn(t, "")
	kept.Now = func() time.Time { return now }
	h := bot.New(indextest.Embedded(t), accessIn(t, "7 8", "", kept), quiet())
	say := func(user int64) string {
		return h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: "/reports"}).Text()
	}
	for i := range 30 {
		if got := say(7); !strings.Contains(got, "数字经济") {
			t.Fatalf("message %d got %q", i, got)
		}
	}
	if got := say(7); !strings.Contains(got, "稍等") {
		t.Errorf("message 31 got %q", got)
	}
	if got := say(8); !strings.Contains(got, "数字经济") {
		t.Errorf("someone else got %q", got)
	}
	now = now.Add(3 * time.Second)
	if got := say(7); !strings.Contains(got, "数字经济") {
		t.Errorf("after a pause: %q", got)
	}
	if s, err := kept.Stats(now.Add(-time.Hour)); err != nil || s.Refused != 1 {
		t.Errorf("refused %d, %v", s.Refused, err)
	}
}

// In one millisecond typing elsewhere is not endless either.
func TestInlinePace(t *testing.T) {
	kept := recordIn(t, "")
	now := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	kept.Now = func() time.Time { return now }
	h := bot.New(indextest.Embedded(t), accessIn(t, "7", "", kept), quiet())
	offered := 0
	for range 100 {
		if len(h.Inline(context.Background(), 7, "zh", "")) > 0 {
			offered++
		}
	}
	if offered != 40 {
		t.Errorf("%d of 100 were answered", offered)
	}
}

func TestHugeInlineQuery(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	c := h.Inline(context.Background(), bot.Terminal, "en", strings.Repeat("5G ", 50_000))
	if len(c) != 1 || c[0].ID != "start:help" || !strings.Contains(c[0].Title, "too long") {
		t.Errorf("got %+v", c)
	}
}

// Many strangers do not bury an administrator in messages, and stand in /users
// all the same.
func TestManyRequests(t *testing.T) {
	h := bot.New(indextest.Embedded(t), access(t, "", "1", ""), quiet())
	told := 0
	for user := int64(100); user < 200; user++ {
		told += len(h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: "/start"}).Notices)
	}
	if told != 50 {
		t.Errorf("the administrator was told of %d", told)
	}
	seen := map[string]bool{}
	for r := h.Handle(context.Background(), bot.Message{User: 1, Chat: 1, Text: "/users"}); ; {
		for _, b := range r.Blocks[1:] {
			seen[b.Text()] = true
		}
		row := r.Buttons[len(r.Buttons)-1]
		if row[len(row)-1].Label == "◀" {
			break
		}
		r = h.Handle(context.Background(), bot.Message{User: 1, Chat: 1, Data: row[len(row)-1].Data})
	}
	if len(seen) != 101 { // and the administrator
		t.Errorf("%d stand in /users", len(seen))
	}
}

// The commands of both menus fit Telegram and are answered.
func TestCommands(t *testing.T) {
	h := bot.NewLocal(indextest.Embedded(t))
	for _, lang := range []string{"", "zh", "zh-Hant", "en"} {
		readers, administrators := h.Commands(lang)
		if len(administrators) <= len(readers) {
			t.Errorf("%s: administrators see %d commands", lang, len(administrators))
		}
		for _, c := range administrators {
			if strings.ToLower(c.Name) != c.Name || c.Description == "" || len(c.Name) > 32 {
				t.Errorf("%s: %+v", lang, c)
			}
			if got := h.Handle(context.Background(), bot.Message{Text: "/" + c.Name, Lang: lang}).Text(); strings.Contains(got, "没有这个命令") {
				t.Errorf("/%s: %s", c.Name, got)
			}
		}
	}
}
