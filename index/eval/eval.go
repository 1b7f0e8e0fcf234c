// Package eval grades answers against question sets whose right answers are known.
package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"sort"
	"strings"
	"unicode"

	"reportbot/index"
)

// Question is one line of a question set, a JSON object.
type Question struct {
	ID      string          `json:"id"`
	Lang    string          `json:"lang"`
	Asked   json.RawMessage `json:"q"`    // a string, or a list of strings: a conversation
	Kind    string          `json:"kind"` // figure, list, compare, passage or none
	Figures []Figure        `json:"figures"`
	Passage string          `json:"passage"` // stands in the right passage, white space aside
	Status  string          `json:"status"`
	Period  string          `json:"period"`

	Turns []string `json:"-"`
}

// Figure is a right figure: its value in base units and its text.
type Figure struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Text  string  `json:"text"`
}

// Load reads a question set, one JSON object a line; an error names the line.
func Load(name string) ([]Question, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var out []Question
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var q Question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if q.Turns, err = Turns(q.Asked); err != nil {
			return nil, fmt.Errorf("%s:%d: q: %w", name, n, err)
		}
		out = append(out, q)
	}
	return out, lines.Err()
}

// Turns reads a question: a JSON string, or a list of strings.
func Turns(raw json.RawMessage) ([]string, error) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}, nil
	}
	var many []string
	if err := json.Unmarshal(raw, &many); err != nil || len(many) == 0 {
		return nil, fmt.Errorf("neither a string nor a list of strings")
	}
	return many, nil
}

// Grade is how one question was answered.
type Grade struct {
	Question
	Answer      index.Answer
	Right       bool
	FigureRank  int // of the first right figure, from 1; 0 where it is not there
	PassageRank int // of the first right passage
}

// Ask asks a question and grades the answer.
func Ask(ctx context.Context, e *index.Engine, q Question) Grade {
	last := len(q.Turns) - 1
	g := Grade{Question: q, Answer: e.Ask(ctx, q.Turns[last], q.Turns[:last])}
	g.FigureRank, g.PassageRank = figureRank(g), passageRank(g)
	switch q.Kind {
	case "none":
		g.Right = !g.Answer.Answered
	case "passage":
		g.Right = g.Answer.Answered && g.PassageRank == 1
	case "list", "compare":
		g.Right = g.Answer.Answered && allThere(g)
	default:
		g.Right = g.Answer.Answered && g.FigureRank == 1
	}
	return g
}

func same(v float64, want Figure) bool {
	return math.Abs(v-want.Value) <= 1e-9*math.Max(1, math.Abs(want.Value))
}

func figureRank(g Grade) int {
	if len(g.Figures) == 0 {
		return 0
	}
	for i, f := range g.Answer.Figures {
		if v, _ := f.Value.Float64(); same(v, g.Figures[0]) {
			return i + 1
		}
	}
	return 0
}

// listed is how many of the figures returned may hold those of a list.
const listed = 8

func allThere(g Grade) bool {
	for _, want := range g.Figures {
		found := false
		for _, f := range g.Answer.Figures[:min(listed, len(g.Answer.Figures))] {
			v, _ := f.Value.Float64()
			found = found || same(v, want)
		}
		if !found {
			return false
		}
	}
	return true
}

func passageRank(g Grade) int {
	if g.Passage == "" {
		return 0
	}
	for i, p := range g.Answer.Passages {
		if strings.Contains(squeeze(p.Text()), squeeze(g.Passage)) {
			return i + 1
		}
	}
	return 0
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Score sums up grades.
type Score struct {
	Right, All             int
	Figure1, Figure3, Figs int
	Pass1, Pass3, Passages int
	Reciprocal             float64 // sum of 1/rank of the right passage
	Refused, Wrong         int     // not answered; answered, and not right
	None, NoneRefused      int     // what the reports do not answer
}

func (s *Score) add(g Grade) {
	s.All++
	if g.Right {
		s.Right++
	}
	switch {
	case !g.Answer.Answered:
		s.Refused++
	case !g.Right:
		s.Wrong++
	}
	if g.Kind == "none" {
		s.None++
		if !g.Answer.Answered {
			s.NoneRefused++
		}
	}
	if g.Kind == "figure" {
		s.Figs++
		if g.Answer.Answered && g.FigureRank == 1 {
			s.Figure1++
		}
		if g.Answer.Answered && g.FigureRank >= 1 && g.FigureRank <= 3 {
			s.Figure3++
		}
	}
	if g.Passage != "" {
		s.Passages++
		if g.PassageRank == 1 {
			s.Pass1++
		}
		if g.PassageRank >= 1 && g.PassageRank <= 3 {
			s.Pass3++
		}
		if g.PassageRank > 0 {
			s.Reciprocal += 1 / float64(g.PassageRank)
		}
	}
}

// Report is the outcome of a set.
type Report struct {
	Grades []Grade
	Total  Score
	By     map[string]*Score // by "kind/lang"
}

// Run asks all questions in order.
func Run(ctx context.Context, e *index.Engine, questions []Question) *Report {
	r := &Report{By: map[string]*Score{}}
	for _, q := range questions {
		g := Ask(ctx, e, q)
		r.Grades = append(r.Grades, g)
		r.Total.add(g)
		key := q.Kind + "/" + q.Lang
		if r.By[key] == nil {
			r.By[key] = &Score{}
		}
		r.By[key].add(g)
	}
	return r
}

// Print writes the table, with failures first when verbose.
func (r *Report) Print(w io.Writer, verbose bool) {
	if verbose {
		for _, g := range r.Grades {
			if !g.Right {
				fmt.Fprintln(w, g.failure())
			}
		}
	}
	keys := make([]string, 0, len(r.By))
	for k := range r.By {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(w, "%-16s %4d of %4d right\n", k, r.By[k].Right, r.By[k].All)
	}
	t := r.Total
	fmt.Fprintf(w, "answered   %4d, of these wrong %d (%.1f%%)   refused %d, of these rightly %d   unanswerable %d, of these refused %d   calibration error %.3f\n",
		t.All-t.Refused, t.Wrong, percent(t.Wrong, t.All-t.Refused), t.Refused, t.NoneRefused, t.None, t.NoneRefused, r.Reliability().Error())
	fmt.Fprintf(w, "right      %4d of %4d  %5.1f%%\n", t.Right, t.All, percent(t.Right, t.All))
	fmt.Fprintf(w, "figure@1   %4d of %4d  %5.1f%%   figure@3  %5.1f%%\n", t.Figure1, t.Figs, percent(t.Figure1, t.Figs), percent(t.Figure3, t.Figs))
	fmt.Fprintf(w, "passage@1  %4d of %4d  %5.1f%%   passage@3 %5.1f%%   MRR %.3f\n", t.Pass1, t.Passages, percent(t.Pass1, t.Passages), percent(t.Pass3, t.Passages), t.Reciprocal/math.Max(1, float64(t.Passages)))
}

func percent(a, b int) float64 { return 100 * float64(a) / math.Max(1, float64(b)) }

func (g Grade) failure() string {
	got := "not answered"
	if g.Answer.Answered {
		got = "answered"
	}
	for i, f := range g.Answer.Figures[:min(3, len(g.Answer.Figures))] {
		got += fmt.Sprintf(" %d:%s(%s)", i+1, f.Text, f.What)
	}
	want := g.Passage
	for _, f := range g.Figures {
		want = f.Text + " " + want
	}
	return fmt.Sprintf("%s %s %q\n    want %s\n    got  %s  [figure rank %d, passage rank %d]\n    read %s", g.ID, g.Kind, g.Turns, want, got, g.FigureRank, g.PassageRank, g.Answer.Query)
}

// Example is a question as weights are learnt from.
func (q Question) Example() index.Example {
	last := len(q.Turns) - 1
	x := index.Example{ID: q.ID, Question: q.Turns[last], Before: q.Turns[:last], Passage: q.Passage, None: q.Kind == "none"}
	for _, f := range q.Figures {
		x.Values = append(x.Values, f.Value)
	}
	return x
}

// Reliability of the grades. What the reports do not answer is wrong whatever
// was found; whether it was shown does not matter here.
func (r *Report) Reliability() (out index.Reliability) {
	for _, g := range r.Grades {
		out.Add(g.Answer.Confidence, g.found(), 1)
	}
	return out
}

// found tells whether the best find is right, shown or not.
func (g Grade) found() bool {
	switch g.Kind {
	case "none":
		return false
	case "passage":
		return g.PassageRank == 1
	case "list", "compare":
		return g.Right
	}
	return g.FigureRank == 1
}
