package program

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

func ofReports(t *testing.T, dir string) *index.Engine {
	t.Helper()
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// A program gets a table and a series with every figure as it gets any other.
func TestComparedAsJSON(t *testing.T) {
	for _, c := range []struct {
		reports, question string
		wants             []string
	}{
		{"../testdata/places/reports", "各省进出口增长", []string{`"table":{"about":"进出口增长","places":5,"rows":[{"rank":1,"place":"甘肃"`, `"place":"山西","report":"2026年山西省政府工作报告","falls":true,"figure":{"value":3.2,"unit":"%","text":"3.2%","said":"下降3.2%"`, `"silent":["内蒙古","湖北"],"absent":[],"outside":0}`}},
		{"../testdata/places/reports", "几个省提到低空经济", []string{`"place":"甘肃","report":"2026年甘肃省政府工作报告","paragraph":"5d85f4cf-26681240","sentence":"壮大低空经济、数字经济等产业。"}`}},
		{"../testdata/years/reports", "历年网络零售额", []string{`"series":{"about":"网络零售额","points":[{"year":2022,`, `"restated":{"value":2230000000`, `"difference":180000000,"rate":8.1}`, `"missing":[]}`}},
		{"../testdata/years/reports", "去年网络零售额目标完成了吗", []string{`"kept":"met"`}},
	} {
		e := ofReports(t, c.reports)
		out, err := json.Marshal(Of(e.Ask(context.Background(), c.question, nil)))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.wants {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: %s is not in\n%s", c.question, want, out)
			}
		}
	}
}
