package program

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/corpus"
)

// await waits until something is so.
func await(t *testing.T, what string, within time.Duration, reached func() bool) {
	t.Helper()
	for until := time.Now().Add(within); !reached(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("not within %v: %s", within, what)
		}
	}
}

// What the program does when the ground gives way: on the real process.

// command is the program with arguments, in an environment of its own.
func command(t *testing.T, dir string, arguments ...string) (string, error) {
	t.Helper()
	c := exec.Command(os.Args[0], arguments...)
	c.Dir = t.TempDir()
	c.Env = []string{processChild + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + c.Dir, "DATA_DIR=" + dir, "GOCOVERDIR=" + c.Dir}
	out, err := c.CombinedOutput()
	return string(out), err
}

// free is an address that nobody listens at.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// ready is what /readyz says.
func ready(address string) (int, string) {
	r, err := http.Get("http://" + address + "/readyz")
	if err != nil {
		return 0, err.Error()
	}
	defer r.Body.Close()
	body, _ := io.ReadAll(r.Body)
	return r.StatusCode, string(body)
}

func stations(place, n string) []byte {
	return []byte(place + "充电设施建设情况的报告\n一、进展\n2023年" + place + "新建充电站" + n + "座。\n")
}

func write(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path, old := filepath.Join(dir, name), time.Now().Add(-time.Minute)
	if err := errors.Join(os.WriteFile(path, content, 0o644), os.Chtimes(path, old, old)); err != nil {
		t.Fatal(err)
	}
	return path
}

// marked is a folder of data whose record says that the embedded report is
// restricted, and that 8 may ask.
func marked(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	kept, err := record.Open(dir, 365)
	if err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(kept.Restrict(c.Reports[0].ID, true, 1), kept.Grant(8, record.Reader, 1), kept.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// alter changes the first place of a file where something stands.
func alter(t *testing.T, name, was, is string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(content), was) {
		t.Fatalf("%s has no %q: %v", name, was, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(content), was, is, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A record that is damaged, empty, gone, locked or of a newer schema: every
// report counts as restricted, no cards go out, who was let in in chat is not
// answered, administrators and /readyz say so; and nothing is answered, unless
// the operator chose that.
func TestFailsClosed(t *testing.T) {
	t.Parallel()
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func(file string){
		"damaged": func(file string) { os.WriteFile(file, []byte("no database at all, whatever it is"), 0o600) },
		"empty":   func(file string) { os.Truncate(file, 0) },
		"gone":    func(file string) { os.Remove(file) },
		"a mark altered": func(file string) {
			alter(t, file, c.Reports[0].ID, "0"+c.Reports[0].ID[1:])
		},
		"a newer schema": func(file string) {
			db, _ := sql.Open("sqlite", file)
			if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
				t.Fatal(err)
			}
			db.Close()
		},
		"locked": func(file string) {
			db, _ := sql.Open("sqlite", file)
			db.SetMaxOpenConns(1)
			if _, err := db.Exec("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE"); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, unrecorded := range []bool{false, true} {
				dir := marked(t)
				damage(filepath.Join(dir, record.FileName))
				f, address := faketest.New(t), free(t)
				env := []string{"DATA_DIR=" + dir, "TELEGRAM_ADMINS=1", "METRICS_LISTEN=" + address}
				if unrecorded {
					env = append(env, "ANSWER_UNRECORDED=1")
				}
				p := started(t, f, env...)
				f.Say(1, "/help") // who never wrote is not written to
				f.Say(7, "铁塔基站建了几个")
				f.Say(8, "铁塔基站建了几个")
				f.Type(7, "q1", "铁塔基站建了几个")
				await(t, "an inline answer", time.Minute, func() bool { return len(f.Calls("answerInlineQuery")) > 0 })
				var told, cards string
				t.Cleanup(func() {
					if t.Failed() {
						t.Logf("it said\n%s\nsent %+v", p.said(), f.Sent())
					}
				})
				await(t, "an administrator told", time.Minute, func() bool {
					for _, m := range f.Sent() {
						if m.Chat == 1 && strings.Contains(m.Plain, "使用记录无法打开") {
							told = m.Plain
						}
					}
					return told != ""
				})
				await(t, "answers", time.Minute, func() bool { return len(f.Sent()) >= 4 })
				for _, call := range f.Calls("answerInlineQuery") {
					cards += fmt.Sprint(call.Params["results"])
				}
				if strings.Contains(cards, "13个") {
					t.Errorf("cards: %s", cards)
				}
				for _, m := range f.Sent() {
					answered := strings.Contains(m.Plain, "13个")
					switch {
					case m.Chat == 7 && answered != unrecorded, m.Chat == 8 && answered, answered && !m.Protect:
						t.Errorf("to %d, protected %v: %s", m.Chat, m.Protect, m.Plain)
					}
				}
				if status, said := ready(address); status != http.StatusServiceUnavailable || !strings.Contains(said, "record") {
					t.Errorf("/readyz says %d %s", status, said)
				}
				p.Process.Signal(syscall.SIGTERM)
				p.end(20 * time.Second)
			}
		})
	}
}

// The report within the program answers only where no library was ever made. One
// that is lost is an error with the way back, for commands, the bot at its start,
// and a running one.
func TestLostLibrary(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(library string){
		"gone":  func(library string) { os.RemoveAll(library) },
		"null":  func(library string) { both(library, "null") },
		"empty": func(library string) { both(library, "") },
		"none":  func(library string) { both(library, "[]") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := write(t, t.TempDir(), "青山.txt", stations("青山区", "62"))
			if out, err := command(t, dir, "add", file); err != nil {
				t.Fatal(out)
			}
			f, address := faketest.New(t), free(t)
			p := started(t, f, "DATA_DIR="+dir, "METRICS_LISTEN="+address)
			f.Say(7, "青山区新建充电站多少座")
			f.Wait(1)
			lose(filepath.Join(dir, "library"))
			for _, arguments := range [][]string{{"ask", "铁塔基站建了几个"}, {"verify"}, {"reports"}, {"figures"}} {
				if out, err := command(t, dir, arguments...); err == nil || !strings.Contains(out, "reportbot restore") || strings.Contains(out, "13个") {
					t.Errorf("%s: %v %s", arguments[0], err, out)
				}
			}
			await(t, "/readyz says it", time.Minute, func() bool {
				status, said := ready(address)
				return status == http.StatusServiceUnavailable && strings.Contains(said, "reportbot restore")
			})
			p.Process.Signal(syscall.SIGTERM)
			p.end(time.Minute)
			again := started(t, f, "DATA_DIR="+dir)
			if _, err := again.end(time.Minute); err == nil || !strings.Contains(again.said(), "reportbot restore") {
				t.Errorf("the bot: %v %s", err, again.said())
			}
		})
	}
}

func both(library, content string) {
	for _, name := range []string{"reports.json", "reports.copy.json"} {
		os.WriteFile(filepath.Join(library, name), []byte(content), 0o644)
	}
}

// A report whose original is damaged is out, and named to administrators; the
// others are answered from.
func TestOneBadOriginal(t *testing.T) {
	t.Parallel()
	dir, files := t.TempDir(), t.TempDir()
	for place, n := range map[string]string{"青山区": "62", "白云区": "5"} {
		if out, err := command(t, dir, "add", write(t, files, place+".txt", stations(place, n))); err != nil {
			t.Fatal(out)
		}
	}
	originals, _ := filepath.Glob(filepath.Join(dir, "library", "originals", "*"))
	for _, name := range originals {
		if content, _ := os.ReadFile(name); strings.Contains(string(content), "白云区") {
			os.Truncate(name, 10)
		}
	}
	if out, err := command(t, dir, "ask", "青山区新建充电站多少座"); err != nil || !strings.Contains(out, "62座") {
		t.Errorf("the other: %v %s", err, out)
	}
	f := faketest.New(t)
	started(t, f, "DATA_DIR="+dir, "TELEGRAM_ADMINS=1")
	f.Say(1, "青山区新建充电站多少座")
	await(t, "told", time.Minute, func() bool {
		said := ""
		for _, m := range f.Sent() {
			said += m.Plain
		}
		return strings.Contains(said, "62座") && strings.Contains(said, "白云区.txt")
	})
	f.Say(1, "白云区新建充电站多少座")
	await(t, "answered", time.Minute, func() bool { return len(f.Sent()) >= 3 })
	for _, m := range f.Sent() {
		if strings.Contains(m.Plain, "5座") && !strings.Contains(m.Plain, "62座") {
			t.Errorf("answered from what is damaged: %s", m.Plain)
		}
	}
}

// On a disk that is full the bot answers, and records what it answers; nothing
// new is taken, which is said; withdrawing works.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("skipped: no small disk can be mounted here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	files := t.TempDir()
	for place, n := range map[string]string{"青山区": "62", "白云区": "5"} {
		if out, err := command(t, dir, "add", write(t, files, place+".txt", stations(place, n))); err != nil {
			t.Fatal(out)
		}
	}
	f, address := faketest.New(t), free(t)
	p := started(t, f, "DATA_DIR="+dir, "TELEGRAM_ADMINS=1", "METRICS_LISTEN="+address, "TELEGRAM_ALLOWED_USERS=7,8,9,10,11")
	f.Say(7, "青山区新建充电站多少座")
	f.Wait(1)
	await(t, "the reserve is held", time.Minute, func() bool { _, err := os.Stat(filepath.Join(dir, "reserve")); return err == nil })
	if os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 32<<20), 0o644) == nil {
		t.Fatal("the disk is not full")
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("it said\n%s\n%d sent", p.said(), len(f.Sent()))
		}
	})
	for n := range 20 { // by several, since a chat gets one message a second
		f.Say(int64(7+n%5), "青山区新建充电站多少座")
	}
	await(t, "answered", time.Minute, func() bool { return len(f.Sent()) >= 21 })
	for _, m := range f.Sent() {
		if !strings.Contains(m.Plain, "62座") {
			t.Errorf("on a full disk: %s", m.Plain)
		}
	}
	if out, err := command(t, dir, "add", write(t, files, "东湖区.txt", stations("东湖区", "7"))); err == nil || !strings.Contains(out, "磁盘已满") {
		t.Errorf("taken on a full disk: %v %s", err, out)
	}
	if out, err := command(t, dir, "withdraw", "白云区"); err != nil {
		t.Errorf("withdrawn on a full disk: %v %s", err, out)
	}
	if out, err := command(t, dir, "audit", "--csv"); err != nil || strings.Count(out, "青山区新建充电站多少座") < 21 {
		t.Errorf("recorded: %v %d", err, strings.Count(out, "青山区新建充电站多少座"))
	}
	select {
	case err := <-p.ended:
		t.Errorf("it ended: %v %s", err, p.said())
	default:
	}
}

// The process that reads a file has nothing of the environment, no network, no
// capabilities, limits on all it takes, and ends with the bot.
func TestReadingProcess(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("skipped: what a process has is read where Linux tells it")
	}
	folder := t.TempDir()
	write(t, folder, "青山.txt", stations("青山区", "62"))
	f := faketest.New(t)
	p := started(t, f, "REPORTS_DIR="+folder, "TELEGRAM_WEBHOOK_SECRET=asecretthatisnoone")
	f.Say(7, "青山区新建充电站多少座")
	f.Wait(1)
	long := strings.Builder{} // read quickly, it takes long to analyse
	long.WriteString("青山区统计公报\n一、进展\n")
	for i := range 60_000 {
		fmt.Fprintf(&long, "%d年新建充电站%d座，", i, i)
	}
	write(t, folder, "长.txt", []byte(long.String()+"\n"))
	var child string
	await(t, "a child", time.Minute, func() bool {
		child = childOf(p.Process.Pid)
		return child != ""
	})
	await(t, "it is confined", time.Minute, func() bool {
		status, err := os.ReadFile("/proc/" + child + "/status")
		return err != nil || strings.Contains(string(status), "Seccomp:\t2")
	})
	environ, err := os.ReadFile("/proc/" + child + "/environ")
	if err != nil {
		t.Fatalf("it ended before it was looked at: %v", err)
	}
	for _, secret := range []string{faketest.Token, "asecretthatisnoone", "DATA_DIR", folder, "PATH="} {
		if strings.Contains(string(environ), secret) {
			t.Errorf("it is told %s", environ)
		}
	}
	status, _ := os.ReadFile("/proc/" + child + "/status")
	for _, want := range []string{"NoNewPrivs:\t1", "Seccomp:\t2"} {
		if !strings.Contains(string(status), want) {
			t.Errorf("no %s in\n%s", want, status)
		}
	}
	if info, _ := debug.ReadBuildInfo(); slices.Contains(info.Settings, debug.BuildSetting{Key: "CGO_ENABLED", Value: "0"}) && !strings.Contains(string(status), "CapEff:\t0000000000000000") {
		t.Errorf("it has capabilities:\n%s", status) // with cgo they can't be dropped from every thread
	}
	limits, _ := os.ReadFile("/proc/" + child + "/limits")
	for _, line := range strings.Split(string(limits), "\n") {
		for _, name := range []string{"Max cpu time", "Max file size", "Max data size", "Max open files", "Max core file size"} {
			if strings.HasPrefix(line, name) && strings.Contains(line, "unlimited") {
				t.Errorf("%s", line)
			}
		}
	}
	f.Say(7, "青山区新建充电站多少座") // the bot goes on meanwhile
	f.Wait(2)
	if childOf(p.Process.Pid) == "" {
		t.Fatal("answered only when the file was read, or it was read too quickly for this test")
	}
	p.Process.Kill()
	await(t, "the child has ended with the bot", time.Minute, func() bool {
		_, err := os.Stat("/proc/" + child)
		return err != nil
	})
}

// childOf is the process that another one has started, "" for none.
func childOf(parent int) string {
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range all {
		stat, _ := os.ReadFile(name)
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if len(fields) > 1 && fields[1] == fmt.Sprint(parent) && fields[0] != "Z" {
			return filepath.Base(filepath.Dir(name))
		}
	}
	return ""
}

// A byte order mark in .env is no part of the first setting, and a list of terms
// that can't be read costs no start.
func TestSmallThings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, ".env", []byte("\ufeffDATA_DIR=kept here\nRECORD_DAYS=30\n"))
	os.MkdirAll(filepath.Join(dir, "kept here", "terms"), 0o755)
	write(t, filepath.Join(dir, "kept here", "terms"), "synonyms.txt", []byte{0xff, 0xfe, 0x00})
	c := exec.Command(os.Args[0], "ask", "铁塔基站建了几个")
	c.Dir, c.Env = dir, []string{processChild + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + dir}
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "13个") {
		t.Errorf("%v %s", err, out)
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "kept here", "index-*")); len(found) == 0 {
		t.Errorf("DATA_DIR behind the mark was not read: %s", out)
	}
}

// A backup that was killed leaves nothing at the next start; one that fails
// leaves the earlier one.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	dir, out := t.TempDir(), t.TempDir()
	if said, err := command(t, dir, "add", write(t, t.TempDir(), "青山.txt", stations("青山区", "62"))); err != nil {
		t.Fatal(said)
	}
	for _, name := range []string{"building-1", ".restoring-2", "library/.aside-3", "library/originals/.aside-4"} {
		os.MkdirAll(filepath.Join(dir, name), 0o755)
	}
	os.MkdirAll(filepath.Join(out, ".backup-5"), 0o755)
	write(t, dir, ".elsewhere", []byte(filepath.Join(out, ".backup-5")+"\n"))
	if said, err := command(t, dir, "ask", "青山区新建充电站多少座"); err != nil {
		t.Fatal(said)
	}
	for _, folder := range []string{dir, out} {
		filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
			for _, sign := range []string{"building-", ".restoring-", ".aside-", ".backup-", ".elsewhere"} {
				if strings.Contains(path, sign) {
					t.Errorf("left: %s", path)
				}
			}
			return nil
		})
	}
}

// After /forget nothing that the person wrote, and no name, stands in any file of
// the folder: databases, logs beside them, copies.
func TestForgotten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := faketest.New(t)
	f.Know(7, "欧阳娜娜", "zh")
	p := started(t, f, "DATA_DIR="+dir)
	for range 8 { // in several places of the files
		f.Say(7, "铁塔基站建了几个，我想知道铁塔的数字")
	}
	f.Wait(8)
	if found := holding(t, dir, "我想知道铁塔", "欧阳娜娜"); len(found) == 0 {
		t.Fatal("nothing was kept: the test proves nothing")
	}
	f.Say(7, "/forget")
	f.Wait(9)
	await(t, "nothing of it in the files", time.Minute, func() bool { return len(holding(t, dir, "我想知道铁塔", "欧阳娜娜")) == 0 })
	p.Process.Kill() // no tidy end
	p.end(time.Minute)
	if found := holding(t, dir, "我想知道铁塔", "欧阳娜娜"); len(found) > 0 {
		t.Errorf("it stands in %q", found)
	}
}

// holding is the files under a folder that hold some of the words.
func holding(t *testing.T, dir string, words ...string) (names []string) {
	t.Helper()
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		content, _ := os.ReadFile(path)
		for _, w := range words {
			if strings.Contains(string(content), w) {
				names = append(names, path+": "+w)
			}
		}
		return nil
	})
	return names
}

// What opens a spreadsheet runs nothing of a report, and what turns or hides the
// characters beside it is not shown: in answers, cards, JSON or tables.
func TestSafeOutputs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	report := "青山区充电\u202e设施建设情况的报告\n一、进展\n2023年青山区新建=cmd充电站62座，@SUM(A1)充电枪27\u200b7支。\n"
	if out, err := command(t, dir, "add", write(t, t.TempDir(), "青\u2066山.txt", []byte(report))); err != nil {
		t.Fatal(out)
	}
	for _, arguments := range [][]string{{"ask", "青山区新建充电站多少座"}, {"ask", "--json", "青山区新建充电站多少座"}, {"figures"}, {"figures", "--csv"}} {
		out, err := command(t, dir, arguments...)
		if err != nil || !strings.Contains(out, "62") || strings.ContainsAny(strings.TrimPrefix(out, "\ufeff"), "\u202e\u200b\u2066") {
			t.Errorf("%q: %v %q", arguments, err, out)
		}
		if arguments[0] == "figures" && len(arguments) > 1 {
			for _, line := range strings.Split(out, "\n") {
				for _, cell := range strings.Split(line, ",") {
					if cell = strings.Trim(cell, "\""); cell != "" && strings.ContainsAny(cell[:1], "=+@") {
						t.Errorf("a formula: %s", cell)
					}
				}
			}
		}
	}
}

// A start goes on from what was kept of the reports, in a process of its own; where that
// is damaged, or an original altered behind it, nothing of that is answered.
func TestStartFromWhatWasKept(t *testing.T) {
	t.Parallel()
	dir, files := t.TempDir(), t.TempDir()
	for place, n := range map[string]string{"青山区": "62", "白云区": "5"} {
		if out, err := command(t, dir, "add", write(t, files, place+".txt", stations(place, n))); err != nil {
			t.Fatal(out)
		}
	}
	answers := func(says string) {
		t.Helper()
		out, _ := command(t, dir, "ask", "青山区新建充电站多少座")
		if !strings.Contains(out, says) || says != "62座" && strings.Contains(out, "62座") {
			t.Errorf("want %s, got %s", says, out)
		}
	}
	answers("62座")
	kept, _ := filepath.Glob(filepath.Join(dir, "library", "read", "*", "heads-*"))
	if len(kept) != 1 {
		t.Fatalf("what is kept is %v", kept)
	}
	whole, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += len(whole) / 4 {
		damaged := slices.Clone(whole)
		damaged[at] ^= 0x55
		os.WriteFile(kept[0], damaged, 0o600)
		answers("62座")
	}
	originals, _ := filepath.Glob(filepath.Join(dir, "library", "originals", "*"))
	for _, name := range originals {
		content, _ := os.ReadFile(name)
		info, err := os.Stat(name)
		if err != nil || !strings.Contains(string(content), "62") {
			continue
		}
		os.WriteFile(name, []byte(strings.Replace(string(content), "62", "26", 1)), 0o600)
		os.Chtimes(name, info.ModTime(), info.ModTime())
	}
	if out, _ := command(t, dir, "ask", "青山区新建充电站多少座"); strings.Contains(out, "26座") || strings.Contains(out, "62座") {
		t.Errorf("an altered original is answered from: %s", out)
	}
	if out, err := command(t, dir, "verify"); err == nil || !strings.Contains(out, "青山区.txt") {
		t.Errorf("verified: %v %s", err, out)
	}
}
