package upkeep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/record"
)

// TestAlteredBytes alters one byte after the other, at random with a seed, in a
// copy of a folder of data: in the index, the record, the manifest, the originals,
// what was read of them and what is kept of that, behind the time of the file. Each must be noticed and said, or be without effect on any answer:
// its numbers, who gets it, and whether it may be passed on. The build tag storm
// makes them 2,000.
func TestAlteredBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("one thing after the other: nothing for the race detector")
	}
	alteredBytes(t, 40)
}

func alteredBytes(t *testing.T, times int) {
	var log loud
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn})))
	defer slog.SetDefault(was)
	whole := t.TempDir()
	s := office{Data: whole}
	for file, n := range map[string]string{"青山区.txt": "62", "白云区.txt": "5", "东湖区.html": "38"} { // of the last what was read is kept
		place := strings.TrimSuffix(file, filepath.Ext(file))
		if err := s.add(written(t, t.TempDir(), file, asPage(file, stations(place, n))), "", true); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := record.Open(whole, 365)
	if err != nil {
		t.Fatal(err)
	}
	k, err := OpenLibrary(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range k.Live.Corpus().Reports {
		if head.Name == "白云区" {
			err = errors.Join(err, kept.Restrict(head.ID, true, 1))
		}
	}
	h := handlerOf(t, k, kept)
	said(h, 7, bot.Message{Text: "青山区新建充电站多少座"}) // which a follow-up leans on
	if err := errors.Join(err, kept.Grant(8, record.Reader, 1), kept.Grant(9, record.Banned, 1), k.Close(), kept.Close()); err != nil {
		t.Fatal(err)
	}
	first := filepath.Join(t.TempDir(), "data") // a question changes what a follow-up leans on
	copyOf(t, first, whole)
	want, noticed := answersIn(t, first, &log)
	if noticed != "" {
		t.Fatal(noticed)
	}
	t.Logf("whole: %s", want)
	random := rand.New(rand.NewPCG(2026, 12))
	count := map[string]int{}
	for n := range times {
		dir := filepath.Join(t.TempDir(), "data")
		copyOf(t, dir, whole)
		part, name := alterOne(t, dir, random)
		got, noticed := answersIn(t, dir, &log)
		switch {
		case noticed != "":
			count[part+": noticed"]++
		case got != want:
			t.Errorf("%d: %s altered, and nobody notices\nwant %s\ngot  %s", n, name, want, got)
			count[part+": MISSED"]++
		default:
			count[part+": without effect"]++
		}
		os.RemoveAll(dir)
	}
	t.Logf("%d bytes altered: %v", times, count)
}

// copyOf copies a folder with the times of its files.
func copyOf(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if info, err := d.Info(); err == nil && !d.IsDir() {
			os.Chtimes(filepath.Join(to, strings.TrimPrefix(path, from)), time.Time{}, info.ModTime())
		}
		return nil
	})
}

// asPage is a text as a web page where the file is one.
func asPage(file string, text []byte) []byte {
	if filepath.Ext(file) != ".html" {
		return text
	}
	return []byte("<html><body><p>" + strings.ReplaceAll(strings.TrimSpace(string(text)), "\n", "</p><p>") + "</p></body></html>")
}

// alterOne alters one byte of a file of one of the six parts.
func alterOne(t *testing.T, dir string, random *rand.Rand) (part, name string) {
	parts := map[string]string{"index": "index-*", "record": record.FileName, "manifest": "library/reports*.json", "originals": "library/originals/*", "readings": "library/readings/*", "heads": "library/read/*/heads*"}
	part = []string{"index", "record", "manifest", "originals", "readings", "heads"}[random.IntN(6)]
	var files []string
	tops, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(parts[part])))
	for _, top := range tops {
		filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if info, err := d.Info(); err == nil && !d.IsDir() && info.Size() > 0 {
				files = append(files, path)
			}
			return nil
		})
	}
	name = files[random.IntN(len(files))]
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	at := random.IntN(len(content))
	if used := bytes.TrimRight(content, "\x00"); part == "record" && random.IntN(2) == 0 {
		for content[at] == 0 { // most of the record is empty: half of its bytes are taken where something stands
			at = random.IntN(len(used))
		}
	}
	content[at] ^= byte(1 + random.IntN(255))
	if err := errors.Join(os.WriteFile(name, content, 0o600), os.Chtimes(name, time.Time{}, info.ModTime())); err != nil {
		t.Fatal(err)
	}
	return part, fmt.Sprintf("%s at %d", strings.TrimPrefix(name, dir), at)
}

// loud keeps what the log says.
type loud struct {
	mu   sync.Mutex
	said strings.Builder
}

func (l *loud) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.Write(p)
}

func (l *loud) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	said := l.said.String()
	l.said.Reset()
	return said
}

func handlerOf(t *testing.T, k *Keeper, kept *record.Record) *bot.Handler {
	t.Helper()
	access, err := bot.NewAccess("7", "1", kept)
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(k.Live, access, slog.Default())
}

var numbers = regexp.MustCompile(`[0-9]+`)

// answersIn starts on a folder and asks: what is answered to whom, and what the
// program said was wrong.
func answersIn(t *testing.T, dir string, log *loud) (answers, noticed string) {
	log.take()
	kept, err := record.Open(dir, 365)
	if err != nil { // as main does
		kept = record.Unreadable(err)
		slog.Error("the record can't be read", "cause", err)
	}
	defer kept.Close()
	k, err := Open(context.Background(), dir, "", kept)
	if err != nil {
		return "", err.Error()
	}
	defer k.Close()
	h := handlerOf(t, k, kept)
	if kept.Lost() != nil {
		h.AnswerUnrecorded() // the operator chose that: what goes out must be protected
	}
	ask := func(user int64, text string) {
		r := h.Handle(context.Background(), bot.Message{User: user, Chat: user, Text: text, Lang: "zh"})
		answers += fmt.Sprint(user, numbers.FindAllString(r.Text(), -1), r.Kind, r.Protect, r.Refused, " ")
		if strings.Contains(r.Text(), "白云区新建充电站5座") && !r.Protect {
			t.Errorf("a restricted report goes out free: %s", r.Text())
		}
	}
	ask(7, "那东湖区呢")
	for _, user := range []int64{7, 8, 9, 10} {
		ask(user, "青山区新建充电站多少座")
		ask(user, "白云区新建充电站多少座")
	}
	ask(7, "全区财政收入是多少")
	return answers, log.take()
}
