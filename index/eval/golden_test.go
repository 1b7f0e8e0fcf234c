package eval_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/eval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The golden file holds, for each question on the embedded report, how it was
// read and what came first, and the score at its end: a change of ranking
// shows as a diff of it. Rewrite it with go test ./index/eval -update.
func TestGolden(t *testing.T) {
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	questions, err := eval.Load("testdata/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var report eval.Report
	if err := report.Add(context.Background(), "embedded", e, questions); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if err := new(eval.Report).Add(stopped, "embedded", e, questions); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop, it counts questions as refused: %v", err)
	}
	var got bytes.Buffer
	for _, g := range report.Grades {
		fmt.Fprintf(&got, "%s %s %v\n  read %s\n", g.ID, map[bool]string{true: "right", false: "WRONG"}[g.Right], g.Turns, g.Answer.Query)
		if !g.Answer.Answered {
			fmt.Fprintln(&got, "  not in the reports")
		}
		for _, f := range g.Answer.Figures[:min(2, len(g.Answer.Figures))] {
			fmt.Fprintf(&got, "  %s %s %s %s %s\n", f.Text, f.Verb, f.What, f.Period.Label, f.Status)
		}
		if len(g.Answer.Figures) == 0 && g.Answer.Answered {
			fmt.Fprintf(&got, "  %.90q\n", g.Answer.Passages[0].Report.Slice(g.Answer.Passages[0].Best))
		}
	}
	report.Print(&got, false)
	holdFloor(t, report.Total)
	const golden = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the ranking has changed; if for the better, run go test ./index/eval -update and commit the diff\n%s", firstDifference(got.Bytes(), want))
	}
}

// holdFloor fails where fewer questions are right, or more wrong, than ever before:
// the numbers of floor.txt rise with -update and never fall.
func holdFloor(t *testing.T, got eval.Score) {
	t.Helper()
	const file = "testdata/floor.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var right, figure1, pass1, wrong int
	if _, err := fmt.Sscanf(string(text), "right %d figure@1 %d passage@1 %d wrong %d", &right, &figure1, &pass1, &wrong); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if got.Right < right || got.Figure1 < figure1 || got.Pass1 < pass1 || got.Wrong > wrong {
		t.Errorf("right %d figure@1 %d passage@1 %d wrong %d: the floor is %s", got.Right, got.Figure1, got.Pass1, got.Wrong, text)
	}
	if *update {
		line := fmt.Sprintf("right %d figure@1 %d passage@1 %d wrong %d\n", max(right, got.Right), max(figure1, got.Figure1), max(pass1, got.Pass1), min(wrong, got.Wrong))
		if err := os.WriteFile(file, []byte(line), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func firstDifference(got, want []byte) string {
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
