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
	"reportbot/corpus/format/document"
	"reportbot/index"
	"reportbot/index/draft"
)

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
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	own, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var reports []*corpus.Report
	for _, of := range []*corpus.Corpus{c, own} {
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
	e := engineOf(t, "testdata/reports")
	files, _ := filepath.Glob("testdata/drafts/*.txt")
	if len(files) < 10 {
		t.Fatalf("%d drafts", len(files))
	}
	var rows strings.Builder
	var all [4]score
	order := []draft.Verdict{draft.Wrong, draft.Close, draft.Stands, draft.Unknown}
	for _, file := range files {
		m := readDraft(t, file)
		checked := check(t, e, m.text)
		var scores [4]score
		seen := 0
		for i, f := range checked.Findings {
			next := len(m.text)
			if i+1 < len(checked.Findings) {
				next = checked.Findings[i+1].Start
			}
			want := m.wantAt(f, next)
			if want == "" {
				t.Errorf("%s: %s has no mark", m.name, f.Text)
				continue
			}
			seen++
			for k, v := range order {
				if f.Verdict == v {
					scores[k].said++
				}
				if want == v {
					scores[k].of++
				}
				if f.Verdict == v && want == v {
					scores[k].right++
				}
			}
			if f.Verdict != want {
				t.Logf("%s: %s %s is %s, should be %s: %s", m.name, f.What, f.Text, f.Verdict, want, beside(f))
			}
		}
		if seen != len(m.want) {
			t.Errorf("%s: %d figures of %d were read", m.name, seen, len(m.want))
		}
		fmt.Fprintf(&rows, "| %s | %d |", m.name, seen)
		for k := range order {
			fmt.Fprintf(&rows, " %s |", scores[k])
			all[k].said, all[k].right, all[k].of = all[k].said+scores[k].said, all[k].right+scores[k].right, all[k].of+scores[k].of
		}
		rows.WriteString("\n")
	}
	precision, recall := float64(all[0].right)/float64(all[0].said), float64(all[0].right)/float64(all[0].of)
	t.Logf("✗ precision %.3f recall %.3f; %v", precision, recall, all)
	if precision < 0.98 || recall < 0.9 {
		t.Errorf("of what is told to be wrong %.1f%% is, and of what is wrong %.1f%% is told: 98%% and 90%% are promised", 100*precision, 100*recall)
	}
	compare(t, fmt.Sprintf("%s| **all** | %d | %s | %s | %s | %s |\n\nOf %d figures told to be wrong %d are (precision %.1f%%), and of %d that are wrong %d are told (recall %.1f%%).\n",
		rows.String(), all[0].of+all[1].of+all[2].of+all[3].of, all[0], all[1], all[2], all[3], all[0].said, all[0].right, 100*precision, all[0].of, all[0].right, 100*recall))
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
