package program

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"reportbot/index/indextest"
)

// The form that programs rely on.
func TestJSON(t *testing.T) {
	e := indextest.Embedded(t)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	in := "新建了多少5G基站\n\n[\"铁塔基站建了几个？\", \"5G的呢？\"]\n2021年网络零售额是多少\n[not json"
	err := Questions(nil, strings.NewReader(in), func(turns []string) error {
		last := len(turns) - 1
		return enc.Encode(Of(e.Ask(context.Background(), turns[last], turns[:last])))
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines for 4 questions", len(lines))
	}
	for i, l := range lines {
		var a struct {
			Question   *string  `json:"question"`
			Answered   *bool    `json:"answered"`
			Lang       string   `json:"lang"`
			Figures    []Figure `json:"figures"`
			Instead    []Figure `json:"instead"`
			Passages   []Passage
			DidYouMean []string `json:"did_you_mean"`
			TookMS     *float64 `json:"took_ms"`
		}
		if err := json.Unmarshal([]byte(l), &a); err != nil || a.Question == nil || a.Answered == nil || a.TookMS == nil || a.DidYouMean == nil || a.Figures == nil {
			t.Fatalf("line %d: %v in %s", i+1, err, l)
		}
		if i < 2 && (len(a.Figures) == 0 || a.Figures[0].Value != "174" || a.Figures[0].Text != "174个" || a.Figures[0].Status != "actual" || a.Figures[0].Period != "2023年") {
			t.Errorf("line %d: %+v", i+1, a.Figures)
		}
		if i == 2 && (*a.Answered || len(a.Figures) != 0 || len(a.Instead) == 0) {
			t.Errorf("line %d: %s", i+1, l)
		}
		for _, f := range append(a.Figures, a.Instead...) {
			found := false
			for _, p := range a.Passages {
				found = found || p.Paragraph == f.Paragraph && strings.Contains(p.Text, f.Text)
			}
			if !found || e.Corpus().Paragraph(f.Paragraph).Report.Text[f.Start:f.End] != f.Text {
				t.Errorf("line %d: %s stands in no passage", i+1, f.Text)
			}
		}
	}
}
