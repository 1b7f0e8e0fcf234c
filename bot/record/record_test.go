package record

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// at is a record on disk whose clock the test turns.
func at(t *testing.T, dir string, now *time.Time) *Record {
	t.Helper()
	r, err := Open(dir, 30)
	if err != nil {
		t.Fatal(err)
	}
	r.Now = func() time.Time { return *now }
	t.Cleanup(func() { r.Close() })
	return r
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var station = Shown{"283c24f1", "283c24f1-b1f83120", "283c24f1-b1f83120.215"}

// Who asked what is for the eyes of the owner alone.
func TestPrivate(t *testing.T) {
	dir, now := t.TempDir(), noon
	r := at(t, dir, &now)
	ok(t, r.Grant(7, Reader, 1))
	for _, file := range []string{FileName, FileName + "-wal"} {
		info, err := os.Stat(filepath.Join(dir, file))
		ok(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %s", file, info.Mode())
		}
	}
}

// What was kept is there when the record is opened again.
func TestReopened(t *testing.T) {
	dir, now := t.TempDir(), noon
	r := at(t, dir, &now)
	w := Where{User: 7, Chat: -100, Thread: 3}
	must[Person](t)(r.Met(7, "王芳", "zh-hans"))
	ok(t, r.Speak(7, "en"))
	ok(t, r.MetGroup(-100, "数字办"))
	ok(t, r.Grant(7, Reader, 1))
	ok(t, r.Grant(7, Administrator, 1))
	ok(t, r.Grant(-100, Reader, 7))
	ok(t, r.Grant(9, Reader, 7))
	ok(t, r.Grant(9, None, 7))
	ok(t, r.Remember(w, Talk{Questions: []string{"5G基站", "那2024年呢"}, Passages: []string{station.Paragraph}, Lang: "zh", At: now}))
	ok(t, r.Settle(7, "青溪县"))
	ok(t, r.Restrict("283c24f1", true, 7))
	ok(t, r.Close())

	r = at(t, dir, &now)
	if p := must[Person](t)(r.Person(7)); p != (Person{7, "王芳", "en", "zh-hans", "青溪县"}) {
		t.Errorf("the person is %+v", p)
	}
	var got []string
	for _, g := range must[[]Granted](t)(r.Grants()) {
		got = append(got, fmt.Sprintf("%d %s %s", g.Subject, g.Role, g.Name))
	}
	if want := []string{"-100 reader 数字办", "7 administrator 王芳"}; !slices.Equal(got, want) {
		t.Errorf("grants %q, want %q", got, want)
	}
	talk := must[Talk](t)(r.Recall(w))
	if len(talk.Questions) != 2 || talk.Passages[0] != station.Paragraph || !talk.At.Equal(now) {
		t.Errorf("remembered %+v", talk)
	}
	if other := must[Talk](t)(r.Recall(Where{User: 7, Chat: -100, Thread: 4})); other.Questions != nil {
		t.Errorf("another thread remembers %+v", other)
	}
	if ids := must[[]string](t)(r.RestrictedReports()); !slices.Equal(ids, []string{"283c24f1"}) {
		t.Errorf("restricted %q", ids)
	}
}

func TestRequests(t *testing.T) {
	now := noon
	r := at(t, "", &now)
	ask := func() Asking { return must[Asking](t)(r.Request(9, 24*time.Hour)) }
	if got := []Asking{ask(), ask()}; got[0] != New || got[1] != Waiting {
		t.Errorf("asked twice: %v", got)
	}
	decide := func(role Role) bool { return must[bool](t)(r.Decide(9, role, 1)) }
	if !decide(None) || decide(Reader) {
		t.Error("a request was decided twice, or not at all")
	}
	if got := ask(); got != Refused {
		t.Errorf("asked again at once: %v", got)
	}
	now = now.Add(25 * time.Hour)
	if got := ask(); got != New || !decide(Reader) {
		t.Errorf("asked again the next day: %v", got)
	}
	if g := must[[]Granted](t)(r.Grants()); len(g) != 1 || g[0].Role != Reader {
		t.Errorf("granted %+v", g)
	}
}

// A verdict goes to an answer of the same chat, and the last one counts.
func TestVerdicts(t *testing.T) {
	now := noon
	r := at(t, "", &now)
	w := Where{User: 7, Chat: 7}
	id := must[int64](t)(r.Keep(Exchange{Where: w, Question: "5G基站", Kind: WithFigure, Shown: []Shown{station}}))
	for _, bad := range []struct {
		answer int64
		w      Where
	}{{id + 1, w}, {-1, w}, {id, Where{User: 8, Chat: 8}}} {
		if must[bool](t)(r.Judge(bad.answer, bad.w, Verdict{})) {
			t.Errorf("a verdict on answer %d from chat %d was taken", bad.answer, bad.w.Chat)
		}
	}
	must[bool](t)(r.Judge(id, w, Verdict{Good: true}))
	must[bool](t)(r.Judge(id, w, Verdict{Wrong: "figure"}))
	s := must[Stats](t)(r.Stats(noon.Add(-time.Hour)))
	if s != (Stats{People: 1, Questions: 1, Figures: 1, Bad: 1}) {
		t.Errorf("stats %+v", s)
	}
}

// Questions that are alike are one gap; the newest speaks for it and is first.
func TestGaps(t *testing.T) {
	now := noon
	r := at(t, "", &now)
	w := Where{User: 7, Chat: 7}
	ask := func(text string, kind Kind) int64 {
		now = now.Add(time.Minute)
		return must[int64](t)(r.Keep(Exchange{Where: w, Question: text, Kind: kind}))
	}
	ask("新建了多少座桥", NoAnswer)
	ask("全区财政收入是多少", NoAnswer)
	ask("5G基站建了多少", WithFigure)
	must[bool](t)(r.Judge(ask("充电枪有多少支", WithFigure), w, Verdict{Wrong: "figure"}))
	ask("新建了多少座桥？", NoAnswer)
	must[bool](t)(r.Judge(ask("網絡零售額", NoAnswer), w, Verdict{Good: true}))
	var got []string
	for _, g := range must[[]Gap](t)(r.Gaps()) {
		got = append(got, fmt.Sprintf("%s ×%d unsaid %d wrong %v", g.Question, g.Count, g.Unsaid, g.Wrong))
	}
	want := []string{"網絡零售額 ×1 unsaid 1 wrong map[]", "新建了多少座桥？ ×2 unsaid 2 wrong map[]", "充电枪有多少支 ×1 unsaid 0 wrong map[figure:1]", "全区财政收入是多少 ×1 unsaid 1 wrong map[]"}
	if !slices.Equal(got, want) {
		t.Errorf("gaps\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Who asked to be forgotten has left no question, name or number in the file,
// also not in its free pages; what the person is allowed stays.
func TestForget(t *testing.T) {
	dir, now := t.TempDir(), noon
	r := at(t, dir, &now)
	for _, w := range []Where{{User: 70707, Chat: 70707}, {User: 70707, Chat: -100}, {User: 8, Chat: -100}} {
		must[Person](t)(r.Met(w.User, "name-of-"+strconv.FormatInt(w.User, 10), "zh"))
		id := must[int64](t)(r.Keep(Exchange{Where: w, Question: "question-of-" + strconv.FormatInt(w.User, 10), Kind: WithFigure, Shown: []Shown{station}}))
		must[bool](t)(r.Judge(id, w, Verdict{Good: true}))
		ok(t, r.Remember(w, Talk{Questions: []string{"memory-of-" + strconv.FormatInt(w.User, 10)}, At: now}))
		ok(t, r.Refuse(w, "pace"))
	}
	ok(t, r.Grant(70707, Reader, 1))
	ok(t, r.Forget(70707))
	var where []Where
	for _, reader := range must[[]ShownTo](t)(r.Readers("283c24f1", noon.Add(-time.Hour), noon.Add(24*time.Hour))) {
		where = append(where, reader.Where)
	}
	if !slices.Equal(where, []Where{{0, -100, 0}}) {
		t.Errorf("figures were shown to %+v", where)
	}
	if g := must[[]Granted](t)(r.Grants()); len(g) != 1 || g[0].Name != "" {
		t.Errorf("grants %+v", g)
	}
	ok(t, r.Close())
	for _, file := range []string{FileName, FileName + "-wal"} {
		content, err := os.ReadFile(filepath.Join(dir, file))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		ok(t, err)
		for _, word := range []string{"question-of-70707", "name-of-70707", "memory-of-70707"} {
			if strings.Contains(string(content), word) {
				t.Errorf("%s still holds %s", file, word)
			}
		}
		if file == FileName && !strings.Contains(string(content), "question-of-8") {
			t.Error("another person was forgotten too")
		}
	}
}

// What is older than the days to keep goes, grants and golden questions stay.
func TestRetention(t *testing.T) {
	now := noon
	r := at(t, "", &now)
	w := Where{User: 7, Chat: 7}
	must[Person](t)(r.Met(7, "王芳", "zh"))
	must[Person](t)(r.Met(8, "路人", "zh"))
	id := must[int64](t)(r.Keep(Exchange{Where: w, Question: "旧问题", Kind: NoAnswer, Shown: []Shown{station}}))
	must[bool](t)(r.Judge(id, w, Verdict{Good: true}))
	ok(t, r.Refuse(Where{User: 8, Chat: 8}, "stranger"))
	ok(t, r.Remember(w, Talk{At: now}))
	ok(t, r.Grant(7, Reader, 1))
	golden := must[int64](t)(r.AddGolden(Golden{Question: "5G基站建了多少", Expected: "174个", By: 7}))
	now = now.AddDate(0, 0, 29)
	must[int64](t)(r.Keep(Exchange{Where: w, Question: "新问题", Kind: NoAnswer}))
	now = now.AddDate(0, 0, 2)
	ok(t, r.Tend())
	left := map[string]int{}
	for _, table := range []string{"users", "questions", "answers", "shown", "feedback", "refusals", "memory", "grants", "golden"} {
		var n int
		ok(t, r.db.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
		left[table] = n
	}
	want := map[string]int{"users": 1, "questions": 1, "answers": 1, "shown": 0, "feedback": 0, "refusals": 0, "memory": 0, "grants": 1, "golden": 1}
	if fmt.Sprint(left) != fmt.Sprint(want) {
		t.Errorf("left %v, want %v", left, want)
	}
	if !must[bool](t)(r.RemoveGolden(golden)) || must[bool](t)(r.RemoveGolden(golden)) || len(must[[]Golden](t)(r.Goldens())) != 0 {
		t.Error("a golden question is removed once")
	}
}

// A full disk is an error that says so, and what was kept stays whole.
func TestFullDisk(t *testing.T) {
	now := noon
	r := at(t, t.TempDir(), &now)
	w := Where{User: 7, Chat: 7}
	must[int64](t)(r.Keep(Exchange{Where: w, Question: "5G基站", Kind: NoAnswer}))
	var pages int
	ok(t, r.db.QueryRow("PRAGMA page_count").Scan(&pages))
	ok(t, r.db.QueryRow("PRAGMA max_page_count = "+strconv.Itoa(pages)).Scan(&pages))
	_, err := r.Keep(Exchange{Where: w, Question: strings.Repeat("长", 5000), Kind: NoAnswer})
	if err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("got %v", err)
	}
	if s := must[Stats](t)(r.Stats(time.Time{})); s.Questions != 1 {
		t.Errorf("%d questions", s.Questions)
	}
}

func TestNoDatabase(t *testing.T) {
	dir := t.TempDir()
	ok(t, os.WriteFile(filepath.Join(dir, FileName), []byte(strings.Repeat("no database at all ", 100)), 0o600))
	if _, err := Open(dir, 30); err == nil || !strings.Contains(err.Error(), FileName) {
		t.Errorf("a broken file: %v", err)
	}
	dir = t.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(dir, FileName))
	ok(t, err)
	_, err = db.Exec("PRAGMA user_version = 99")
	ok(t, errors.Join(err, db.Close()))
	if _, err := Open(dir, 30); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("a newer file: %v", err)
	}
}

// childOf names the folder that a process started by TestKilled writes to.
const childOf = "RECORD_TEST_CHILD"

// TestMain is also the process that TestKilled kills: it keeps exchanges for
// ever and prints the number of each that was acknowledged.
func TestMain(m *testing.M) {
	dir := os.Getenv(childOf)
	if dir == "" {
		os.Exit(m.Run())
	}
	r, err := Open(dir, 30)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for n := 0; ; n++ {
		w := Where{User: int64(n%50 + 1), Chat: int64(n%50 + 1)}
		id, err := r.Keep(Exchange{Where: w, Question: "问题" + strconv.Itoa(n), Kind: WithFigure, Shown: []Shown{station}})
		if err == nil {
			err = r.Remember(w, Talk{Questions: []string{"问题"}, At: time.Now()})
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(id, n)
	}
}

// Killed at any moment, the record opens again, whole, with everything that
// was acknowledged.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	kept := map[int64]string{}
	for range 20 {
		for id, question := range killed(t, dir) {
			kept[id] = question
		}
	}
	r, err := Open(dir, 30)
	ok(t, err)
	defer r.Close()
	var verdict string
	ok(t, r.db.QueryRow("PRAGMA integrity_check").Scan(&verdict))
	if verdict != "ok" {
		t.Fatal(verdict)
	}
	found := map[int64]string{}
	ok(t, r.Trail(func(e Entry) error {
		if e.Shown != station.Figure {
			t.Errorf("answer %d shows %q: half an exchange", e.Answer, e.Shown)
		}
		found[e.Answer] = e.Question
		return nil
	}))
	for id, question := range kept {
		if found[id] != question {
			t.Errorf("answer %d was acknowledged as %q and is %q", id, question, found[id])
		}
	}
	t.Logf("%d acknowledged, %d found, after 20 kills", len(kept), len(found))
	if len(kept) == 0 {
		t.Error("nothing was acknowledged before the kills")
	}
}

// killed runs a writer, kills it at a random moment and returns what it had acknowledged.
func killed(t *testing.T, dir string) map[int64]string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childOf+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	ok(t, err)
	ok(t, child.Start())
	lines := bufio.NewScanner(out)
	kept := map[int64]string{}
	first := true
	for lines.Scan() {
		if first {
			first = false
			time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { child.Process.Kill() })
		}
		var id int64
		var n int
		if read, _ := fmt.Sscan(lines.Text(), &id, &n); read == 2 {
			kept[id] = "问题" + strconv.Itoa(n)
		}
	}
	child.Wait()
	return kept
}

func BenchmarkKeep(b *testing.B) {
	r, err := Open(b.TempDir(), 30)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	w := Where{User: 7, Chat: 7}
	for b.Loop() {
		if _, err := r.Keep(Exchange{Where: w, Question: "5G基站建了多少", Kind: WithFigure, Shown: []Shown{station}}); err != nil {
			b.Fatal(err)
		}
	}
}

// What is past its days goes by the clock, and nothing of it stands in the files,
// though nobody writes.
func TestPastIsGone(t *testing.T) {
	dir := t.TempDir()
	r, err := Open(dir, 30)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for range 20 {
		if _, err := r.Keep(Exchange{Where: Where{7, 7, 0}, Question: "我想知道铁塔的数字", Kind: NoAnswer}); err != nil {
			t.Fatal(err)
		}
	}
	held := func() (names []string) {
		all, _ := filepath.Glob(filepath.Join(dir, "*"))
		for _, name := range all {
			if content, _ := os.ReadFile(name); strings.Contains(string(content), "我想知道铁塔") {
				names = append(names, name)
			}
		}
		return names
	}
	if len(held()) == 0 {
		t.Fatal("nothing was kept")
	}
	r.Now = func() time.Time { return time.Now().AddDate(0, 0, 31) }
	if err := r.Tend(); err != nil {
		t.Fatal(err)
	}
	if found := held(); len(found) > 0 {
		t.Errorf("it stands in %q", found)
	}
}

// What says who may ask, or is restricted, is believed only as it was written.
func TestAltered(t *testing.T) {
	for _, words := range [][2]string{{"5c9e3f7a", "5c9e3f7b"}, {"reader", "banned"}} {
		dir := t.TempDir()
		r, err := Open(dir, 30)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(r.Restrict("5c9e3f7a", true, 1), r.Grant(8, Reader, 1), r.Close()); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, FileName)
		content, _ := os.ReadFile(file)
		if !strings.Contains(string(content), words[0]) {
			t.Fatalf("%s is not there", words[0])
		}
		os.WriteFile(file, []byte(strings.ReplaceAll(string(content), words[0], words[1])), 0o600)
		if _, err := Open(dir, 30); !errors.Is(err, ErrNotWritten) {
			t.Errorf("%s altered: %v", words[0], err)
		}
		if err := Check(file); !errors.Is(err, ErrNotWritten) {
			t.Errorf("%s altered, checked: %v", words[0], err)
		}
	}
}

// A group that moves takes what was said there and what it is to be told along.
func TestMoveKeepsSums(t *testing.T) {
	r := InMemory()
	defer r.Close()
	w := Where{7, -100, 3}
	if err := errors.Join(r.Remember(w, Talk{Questions: []string{"铁塔"}, Lang: "zh", At: time.Now()}), r.Notify("k", -100, []byte(`{"a":1}`)), r.Move(-100, -200)); err != nil {
		t.Fatal(err)
	}
	w.Chat = -200
	if talk, err := r.Recall(w); err != nil || len(talk.Questions) != 1 {
		t.Errorf("recalled %+v, %v", talk, err)
	}
	if all, err := r.Notices(); err != nil || len(all) != 1 || all[0].Chat != -200 || string(all[0].Body) != `{"a":1}` {
		t.Errorf("notices %+v, %v", all, err)
	}
}
