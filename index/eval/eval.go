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
	"slices"
	"strings"
	"unicode"

	"reportbot/corpus"
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

// Grade is how one question was answered. Of Right, Wrong, Refused and Offered at
// most one is true: an answer that is not sure and has the right one among its
// first three is Offered, one to a question without an answer none of them.
type Grade struct {
	Question
	Answer      index.Answer
	Right       bool
	Wrong       bool // said as the answer, and it is not
	Refused     bool // the reports have it, and that they don't was said
	Offered     bool
	FigureRank  int // of the first right figure, from 1; 0 where it is not there
	PassageRank int // of the first right passage
}

// among is how many candidates an answer that is not sure offers.
const among = 3

// Ask asks a question and grades the answer.
func Ask(ctx context.Context, e *index.Engine, q Question) Grade {
	last := len(q.Turns) - 1
	g := Grade{Question: q, Answer: e.Ask(ctx, q.Turns[last], q.Turns[:last])}
	g.FigureRank, g.PassageRank = figureRank(g), passageRank(g)
	said, rank := g.Answer.Answered, g.FigureRank
	right, near := false, false
	switch q.Kind {
	case "none":
		g.Right, g.Wrong = !said, said && g.Answer.Sure
		return g
	case "list", "compare":
		right = allThere(g)
		near = right
	case "passage":
		rank = g.PassageRank
		fallthrough
	default:
		right, near = rank == 1, rank >= 1 && rank <= among
	}
	switch {
	case !said:
		g.Refused = true
	case !g.Answer.Sure:
		g.Offered, g.Wrong = near, !near
	default:
		g.Right = right
		g.Wrong = !right && (q.Kind == "passage" || len(g.Answer.Figures) > 0)
	}
	return g
}

// same tells a figure of the right value and unit: sets name units by their base
// unit, and count what is counted one by one in any of its words.
func same(f *corpus.Figure, want Figure) bool {
	v, _ := f.Value.Float64()
	if math.Abs(v-want.Value) > 1e-6*math.Max(1, math.Abs(want.Value)) {
		return false
	}
	if want.Unit == "" || f.Unit == want.Unit || strings.Contains(squeeze(f.Text), squeeze(want.Text)) {
		return true
	}
	mine, its := f.Class(), f.Paragraph.Report.Quantities().Class(want.Unit)
	return mine == its || mine == "count" && its == "" || f.Unit == "" && its != "percent" && its != "money"
}

func figureRank(g Grade) int {
	if len(g.Figures) == 0 {
		return 0
	}
	for i, f := range g.Answer.Figures {
		if same(f.Figure, g.Figures[0]) {
			return i + 1
		}
	}
	return 0
}

// listed is how many of the figures returned may hold those of a list.
const listed = 8

func allThere(g Grade) bool {
	for _, want := range g.Figures {
		shown := g.Answer.Figures[:min(listed, len(g.Answer.Figures))]
		if !slices.ContainsFunc(shown, func(h index.FigureHit) bool { return same(h.Figure, want) }) {
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
	All, Right, Wrong, Refused, Offered int
	Figure1, Figure3, Figs              int
	Pass1, Pass3, Passages              int
	Reciprocal                          float64 // sum of 1/rank of the right passage
	None, NoneRefused                   int     // what the reports do not answer
	Loose                               int     // figures returned whose passage is not
}

func (s *Score) add(g Grade) {
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	s.All++
	count(&s.Right, g.Right)
	count(&s.Wrong, g.Wrong)
	count(&s.Refused, g.Refused)
	count(&s.Offered, g.Offered)
	count(&s.None, g.Kind == "none")
	count(&s.NoneRefused, g.Kind == "none" && g.Right)
	if g.Kind == "figure" {
		s.Figs++
		count(&s.Figure1, g.Answer.Answered && g.FigureRank == 1)
		count(&s.Figure3, g.Answer.Answered && g.FigureRank >= 1 && g.FigureRank <= among)
	}
	if g.Passage != "" {
		s.Passages++
		count(&s.Pass1, g.PassageRank == 1)
		count(&s.Pass3, g.PassageRank >= 1 && g.PassageRank <= among)
		if g.PassageRank > 0 {
			s.Reciprocal += 1 / float64(g.PassageRank)
		}
	}
	for _, f := range g.Answer.Figures {
		count(&s.Loose, !slices.ContainsFunc(g.Answer.Passages, func(p index.PassageHit) bool { return p.ID == f.Paragraph.ID }))
	}
}

// Report is the outcome of one or more sets.
type Report struct {
	Grades []Grade
	Total  Score
	Keys   []string // of By: sets in their order, then kinds and languages
	By     map[string]*Score
}

// Add asks the questions of a set, in order; told to stop, it says so.
func (r *Report) Add(ctx context.Context, name string, e *index.Engine, questions []Question) error {
	for _, q := range questions {
		g := Ask(ctx, e, q)
		if err := ctx.Err(); err != nil {
			return err // what was not searched for was not refused
		}
		r.Grades = append(r.Grades, g)
		r.Total.add(g)
		for _, key := range []string{"set " + name, "kind " + q.Kind, "lang " + q.Lang} {
			if r.By[key] == nil {
				if r.By == nil {
					r.By = map[string]*Score{}
				}
				r.By[key] = &Score{}
				r.Keys = append(r.Keys, key)
			}
			r.By[key].add(g)
		}
	}
	return nil
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
	slices.SortStableFunc(r.Keys, func(a, b string) int {
		return strings.Index("set kind lang", a[:4]) - strings.Index("set kind lang", b[:4])
	})
	for _, k := range r.Keys {
		fmt.Fprintln(w, r.By[k].line(k))
	}
	fmt.Fprintln(w, r.Total.line("all"))
	t := r.Total
	fmt.Fprintf(w, "figure@1 %5.1f%%  figure@3 %5.1f%%  of %d   passage@1 %5.1f%%  passage@3 %5.1f%%  MRR %.3f  of %d   unanswerable %d, of these refused %d   figures without their passage %d   calibration error %.3f\n",
		percent(t.Figure1, t.Figs), percent(t.Figure3, t.Figs), t.Figs, percent(t.Pass1, t.Passages), percent(t.Pass3, t.Passages), t.Reciprocal/math.Max(1, float64(t.Passages)), t.Passages,
		t.None, t.NoneRefused, t.Loose, r.Reliability().Error())
	r.printRisk(w)
}

func (s *Score) line(name string) string {
	return fmt.Sprintf("%-46s %4d: right %4d %5.1f%%  offered %3d %5.1f%%  wrong %3d %5.1f%%  refused %3d", name, s.All, s.Right, percent(s.Right, s.All), s.Offered, percent(s.Offered, s.All), s.Wrong, percent(s.Wrong, s.All), s.Refused)
}

// printRisk tells what saying the best find as the answer from a confidence on
// would be worth: how many questions are answered, and how many of these wrongly
// (risk against coverage, El-Yaniv and Wiener 2010).
func (r *Report) printRisk(w io.Writer) {
	for _, from := range []float64{0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0} {
		said, wrong := 0, 0
		for _, g := range r.Grades {
			if g.Answer.Answered && g.Answer.Confidence >= from {
				said++
				if !g.found() {
					wrong++
				}
			}
		}
		fmt.Fprintf(w, "confidence >= %.2f: %5.1f%% of questions answered, of these wrong %5.1f%%\n", from, percent(said, len(r.Grades)), percent(wrong, said))
	}
}

func percent(a, b int) float64 { return 100 * float64(a) / math.Max(1, float64(b)) }

func (g Grade) failure() string {
	got := "refused"
	switch {
	case g.Answer.Answered && g.Answer.Sure:
		got = "sure"
	case g.Answer.Answered:
		got = "offered"
	}
	got += fmt.Sprintf(" %.2f", g.Answer.Confidence)
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
	x := index.Example{ID: q.ID, Question: q.Turns[last], Before: q.Turns[:last], Passage: q.Passage, Kind: q.Kind}
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
