package draft_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
	"reportbot/index"
	"reportbot/index/draft"
)

// A large report is read by a process of its own, which is this one.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == isolate.Command {
		if err := format.ServeIsolated(document.Kind(os.Args[2]), os.Stdin, os.Stdout, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "rewrite docs/draft.md")

var marks = map[string]draft.Verdict{"✗": draft.Wrong, "≈": draft.Close, "✓": draft.Stands, "?": draft.Unknown}

// marked is a draft with the verdict that each of its figures must get.
type marked struct {
	name string
	text string
	want map[int]draft.Verdict // by the byte where the figure ends
}

// readDraft takes the marks out of a draft: 25亿元{✗}. A line that begins with # is
// a remark.
func readDraft(t testing.TB, file string) marked {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := marked{name: strings.TrimSuffix(filepath.Base(file), ".txt"), want: map[int]draft.Verdict{}}
	rest := string(content)
	if strings.HasPrefix(rest, "#") {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	for {
		before, after, found := strings.Cut(rest, "{")
		m.text += before
		if !found {
			return m
		}
		mark, left, _ := strings.Cut(after, "}")
		if marks[mark] == "" {
			t.Fatalf("%s: {%s} is no mark", m.name, mark)
		}
		m.want[len(strings.TrimRight(m.text, " "))] = marks[mark]
		rest = left
	}
}

// engineOf is an engine over the reports of a folder and the one within the program.
func engineOf(t testing.TB, dir string) *index.Engine {
	t.Helper()
	own, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return engineWith(t, dir, own)
}

// engineWith is an engine over the reports of a folder and others.
func engineWith(t testing.TB, dir string, others ...*corpus.Corpus) *index.Engine {
	t.Helper()
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var reports []*corpus.Report
	for _, of := range append([]*corpus.Corpus{c}, others...) {
		for r := range of.All {
			reports = append(reports, r)
		}
	}
	e, err := index.Open("", corpus.New(reports...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func check(t testing.TB, e *index.Engine, text string) *draft.Checked {
	t.Helper()
	checked, err := e.CheckDraft(context.Background(), "draft", &document.Document{Kind: document.Text, Charset: "utf-8", Text: text})
	if err == nil {
		err = checked.Err
	}
	if err != nil {
		t.Fatal(err)
	}
	return checked
}

// wantAt is the mark of a figure: that right behind it, or behind the words that bound it
// or that it counts.
func (m marked) wantAt(f draft.Finding, next int) draft.Verdict {
	for at := f.End; at <= next; at++ {
		if v, ok := m.want[at]; ok {
			return v
		}
	}
	return ""
}

// score is how many figures of a verdict were told so.
type score struct{ said, right, of int }

func (s score) String() string { return fmt.Sprintf("%d of %d", s.right, s.of) }

// The ten drafts: what is said to be wrong is wrong, and what is wrong is said to be. The
// table in docs is what is measured here.
func TestDrafts(t *testing.T) {
	files, _ := filepath.Glob("testdata/drafts/*.txt")
	if len(files) < 10 {
		t.Fatalf("%d drafts", len(files))
	}
	m := measure(t, engineOf(t, "testdata/reports"), files)
	if m.precision() < 0.98 || m.recall() < 0.9 {
		t.Errorf("of what is told to be wrong %.1f%% is, and of what is wrong %.1f%% is told: 98%% and 90%% are promised", 100*m.precision(), 100*m.recall())
	}
	for _, complaint := range m.unread {
		t.Error(complaint)
	}
	compare(t, m.String())
}

var (
	ownDrafts  = flag.String("drafts", "", "a folder of marked drafts to measure instead of those of the tests")
	ownReports = flag.String("reports", "", "the folder of the reports that they are held against")
)

// Drafts of somebody's own on reports of their own, measured by hand:
// go test ./index/draft -run Own -v -drafts DIR -reports DIR.
func TestOwnDrafts(t *testing.T) {
	if *ownDrafts == "" || *ownReports == "" {
		t.Skip("-drafts and -reports tell none")
	}
	files, _ := filepath.Glob(filepath.Join(*ownDrafts, "*.txt"))
	m := measure(t, engineOf(t, *ownReports), files)
	t.Logf("\n%s\n%s", m, strings.Join(m.unread, "\n"))
}

// measured is how often the verdicts on some drafts were right.
type measured struct {
	rows   strings.Builder
	all    [4]score // in the order of verdicts
	unread []string // marks at which no figure was read, and figures without a mark
}

var verdicts = []draft.Verdict{draft.Wrong, draft.Close, draft.Stands, draft.Unknown}

// measure checks drafts. A figure that has no mark must not be told to be wrong.
func measure(t testing.TB, e *index.Engine, files []string) *measured {
	t.Helper()
	out := &measured{}
	for _, file := range files {
		m := readDraft(t, file)
		scores, seen := out.draft(t, m, check(t, e, m.text).Findings)
		if seen != len(m.want) {
			out.unread = append(out.unread, fmt.Sprintf("%s: %d figures of %d were read", m.name, seen, len(m.want)))
		}
		fmt.Fprintf(&out.rows, "| %s | %d |", m.name, seen)
		for k, s := range scores {
			fmt.Fprintf(&out.rows, " %s |", s)
			out.all[k] = out.all[k].plus(s)
		}
		out.rows.WriteString("\n")
	}
	return out
}

// draft is how the verdicts on one draft stand to its marks; seen is how many have one.
func (m *measured) draft(t testing.TB, d marked, findings []draft.Finding) (scores [4]score, seen int) {
	t.Helper()
	for i, f := range findings {
		next := len(d.text)
		if i+1 < len(findings) {
			next = findings[i+1].Start
		}
		want := d.wantAt(f, next)
		if want == "" {
			m.unread = append(m.unread, fmt.Sprintf("%s: %s has no mark", d.name, f.Text))
		} else {
			seen++
		}
		for k, v := range verdicts {
			scores[k].count(f.Verdict == v, want == v)
		}
		if f.Verdict != want {
			t.Logf("%s: %s %s is %s, should be %s: %s", d.name, f.What, f.Text, f.Verdict, want, beside(f))
		}
	}
	return scores, seen
}

func (s *score) count(said, want bool) {
	for n, is := range map[*int]bool{&s.said: said, &s.of: want, &s.right: said && want} {
		if is {
			*n++
		}
	}
}

func (s score) plus(o score) score { return score{s.said + o.said, s.right + o.right, s.of + o.of} }

// precision is how much of what is told to be wrong is, recall how much of what is wrong is told.
func (m *measured) precision() float64 { return float64(m.all[0].right) / float64(m.all[0].said) }
func (m *measured) recall() float64    { return float64(m.all[0].right) / float64(m.all[0].of) }

// String is the table of docs/draft.md.
func (m *measured) String() string {
	a := m.all
	return fmt.Sprintf("%s| **all** | %d | %s | %s | %s | %s |\n\nOf %d figures told to be wrong %d are (precision %.1f%%), and of %d that are wrong %d are told (recall %.1f%%).\n",
		m.rows.String(), a[0].of+a[1].of+a[2].of+a[3].of, a[0], a[1], a[2], a[3], a[0].said, a[0].right, 100*m.precision(), a[0].of, a[0].right, 100*m.recall())
}

func beside(f draft.Finding) string {
	if f.Report == nil {
		return fmt.Sprint(len(f.Near), " near")
	}
	return f.Report.What + " " + f.Report.Text + " " + fmt.Sprint(f.Differs)
}

// compare holds the table against that of docs/draft.md, which stands between two remarks.
func compare(t *testing.T, table string) {
	t.Helper()
	const file, begin, end = "../../docs/draft.md", "<!-- measured -->\n", "<!-- /measured -->"
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(content), begin)
	was, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("docs/draft.md has no place for the table")
	}
	now := "| draft | figures | ✗ | ≈ | ✓ | ? |\n|---|---|---|---|---|---|\n" + table
	if was != now && *update {
		if err := os.WriteFile(file, []byte(before+begin+now+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if was != now {
		t.Errorf("docs/draft.md has\n%s\nmeasured is\n%s\n(-update writes it)", was, now)
	}
}
