package index_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/quantity"
	"reportbot/index"
)

// unrelated is a report on something else, of another place and an earlier year.
const unrelated = `关于森林防火和古树名木保护工作情况的报告
云岭县林业局
2019年1月10日
一、森林防火
全县出动巡护队员310人次，清理枯枝落叶46吨，扑灭山火2起，过火面积0.8公顷。
二、古树名木
登记古树名木1287株，挂牌1100株，其中樟树402株、银杏215株。邀请林学专家会诊衰弱古树36株。
`

// generated makes questions of what the figures of a report count: by their
// thing, verb, unit, period and status, alone and two together.
func generated(c *corpus.Corpus, n int) (questions []string) {
	random := rand.New(rand.NewPCG(1, 2))
	var figures []*corpus.Figure
	for r := range c.All {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				if f.Kind == quantity.Amount && len([]rune(f.What)) > 2 { // 项目 alone is no thing to ask for
					figures = append(figures, f)
				}
			}
		}
	}
	pick := func() *corpus.Figure { return figures[random.IntN(len(figures))] }
	templates := []func(f *corpus.Figure) string{
		func(f *corpus.Figure) string { return f.What },
		func(f *corpus.Figure) string { return f.What + "有多少" + f.Unit + "？" },
		func(f *corpus.Figure) string { return f.Verb + "了多少" + f.Unit + f.What },
		func(f *corpus.Figure) string { return f.Period.Label + f.Verb + f.What + "多少" },
		func(f *corpus.Figure) string { return "2024年" + f.What + "的目标是多少" },
		func(f *corpus.Figure) string { return "全市" + f.What + "增长多少" },
		func(f *corpus.Figure) string { return "为什么" + f.What },
		func(f *corpus.Figure) string { return f.What + "和" + pick().What + "分别是多少" },
		func(f *corpus.Figure) string { return "2021年" + f.What + "几" + f.Unit },
	}
	for len(questions) < n {
		questions = append(questions, templates[random.IntN(len(templates))](pick()))
	}
	return questions
}

// traditional writes a text in traditional characters, by the folding table read backwards.
func traditional(t *testing.T) func(string) string {
	t.Helper()
	file, err := os.Open("../corpus/fold/t2s.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var pairs []string
	seen := map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if from, to, ok := strings.Cut(lines.Text(), " "); ok && from != "#" && !seen[to] {
			seen[to] = true
			pairs = append(pairs, to, from)
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

// fullWidth writes Latin letters, digits and signs at full width.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// shown is what an answer amounts to: whether there is one, and its figures by
// the report's own words.
func shown(a index.Answer) string {
	var b strings.Builder
	fmt.Fprint(&b, a.Answered)
	for _, f := range a.Figures[:min(1, len(a.Figures))] {
		b.WriteString(" " + f.ID)
	}
	for _, f := range a.Instead[:min(1, len(a.Instead))] {
		b.WriteString(" instead " + f.ID)
	}
	return b.String()
}

// TestGeneratedQuestions: every digit shown stands in its citation, asking again
// gives the same, so do traditional and full-width characters, and an unrelated
// report changes nothing. The build tag storm asks 3,000, each in every way.
func TestGeneratedQuestions(t *testing.T) { generatedQuestions(t, 900, 1) }

// generatedQuestions asks n questions, and of the ways to ask the same so many of
// each, in turn.
func generatedQuestions(t *testing.T, n, ways int) {
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	other, err := corpus.Builtin().Parse("unrelated", []byte(unrelated))
	if err != nil {
		t.Fatal(err)
	}
	alone, beside := open(t, "", c), open(t, "", corpus.New(embeddedReport(t), other))
	write := traditional(t)
	asked := []struct {
		how string
		as  func(string) string
	}{{"again", func(q string) string { return q }}, {"traditional", write}, {"full width", fullWidth}}
	var tipped []string
	answered := 0
	for i, q := range generated(c, n) {
		a := alone.Ask(context.Background(), q, nil)
		if a.Answered {
			answered++
		}
		cited(t, q, a)
		want := shown(a)
		for k := range ways {
			way := asked[(i+k)%len(asked)]
			if got := shown(alone.Ask(context.Background(), way.as(q), nil)); got != want {
				t.Errorf("%s, %s: got %s, want %s", q, way.how, got, want)
			}
		}
		if got := shown(beside.Ask(context.Background(), q, nil)); got != want {
			tipped = append(tipped, fmt.Sprintf("%s: got %s, want %s", q, got, want))
		}
	}
	// How rare a word is changes a little with every report, and a confidence that
	// lies at the threshold may tip: one answer in five hundred, no more.
	if len(tipped) > n/500 {
		t.Errorf("%d of %d answers changed with an unrelated report:\n%s", len(tipped), n, strings.Join(tipped, "\n"))
	}
	if answered < n/3 {
		t.Errorf("only %d of %d questions were answered: the test shows little", answered, n)
	}
}

// cited fails where a figure shown is not, byte for byte, in its paragraph.
func cited(t *testing.T, question string, a index.Answer) {
	t.Helper()
	for _, f := range append(a.Figures, a.Instead...) {
		p := f.Paragraph
		if f.Start < p.Start || f.End > p.End || p.Report.Slice(f.Span) != f.Text || !strings.Contains(p.Text(), f.Text) {
			t.Errorf("%s: %s %q does not stand in its paragraph", question, f.ID, f.Text)
		}
	}
	for _, p := range a.Passages {
		if p.Best.Start < p.Start || p.Best.End > p.End {
			t.Errorf("%s: the best sentence of %s is not in it", question, p.ID)
		}
	}
}
