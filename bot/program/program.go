// Package program is the face for programs: answers as JSON objects, one a
// line, and figures as a table.
package program

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"reportbot/bot/saying"
	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/eval"
)

// recognized tells whether the first figure was recognized in a scan: no digit of it
// is sure.
func recognized(figures []index.FigureHit) bool {
	return len(figures) > 0 && figures[0].Paragraph.Recognized()
}

// Answer is the JSON form of an answer. It is kept: fields are added, none
// changes its meaning. Best first throughout.
type Answer struct {
	Question   string    `json:"question"`
	Answered   bool      `json:"answered"` // false: the reports do not say
	Sure       bool      `json:"sure"`     // the first is the answer; false: it is among the first three
	Lang       string    `json:"lang"`     // of the question: "zh", "zh-Hant" or "en"
	Figures    []Figure  `json:"figures"`
	Passages   []Passage `json:"passages"`          // where not answered, the nearest
	Instead    []Figure  `json:"instead"`           // the same thing of another period or status
	DidYouMean []string  `json:"did_you_mean"`      // the question as it was taken, where that is not as it was typed
	Confidence float64   `json:"confidence"`        // the chance that the best find answers, as calibrated
	Choices    []Choice  `json:"choices"`           // figures that differ in what the question leaves open
	Asked      int       `json:"asked"`             // how many of the figures answer one part each, in order
	Missing    []string  `json:"missing,omitempty"` // the parts of such a question that the reports don't answer
	Computed   *Computed `json:"computed,omitempty"`
	Table      *Table    `json:"table,omitempty"`  // one thing over the reports of several places
	Series     *Series   `json:"series,omitempty"` // and over the years
	TookMS     float64   `json:"took_ms"`
	NoReportOf string    `json:"no_report_of,omitempty"` // the place asked about, of which there is no report
	AskPlace   bool      `json:"ask_place,omitempty"`    // 我省: which of the reports' places is meant is to be said first
	Error      string    `json:"error,omitempty"`        // the reports could not be searched: nothing is known of what they say
}

// Choice is a figure that may be meant as well, and the word that would say so.
type Choice struct {
	Figure
	Word     string `json:"word"`
	Question string `json:"question"`
}

// Computed is what follows from the first two figures: the first less the
// second. It stands in no report.
type Computed struct {
	Difference json.Number  `json:"difference"`
	Unit       string       `json:"unit"`
	Rate       *json.Number `json:"rate,omitempty"` // per cent of the second, rounded to a tenth
}

// Figure is one figure. Text stands in the passage of its paragraph, and at
// the bytes [Start, End) of the report's file. Value is in base units.
type Figure struct {
	Value      json.Number  `json:"value"`
	ValueTo    *json.Number `json:"value_to,omitempty"` // the upper end of a range
	Unit       string       `json:"unit"`
	Text       string       `json:"text"`
	Said       string       `json:"said"`                  // with the words beside it that turn its meaning: 下降41.2%, 不高于23微克/立方米
	Stated     string       `json:"unit_stated,omitempty"` // the unit that a table states in its headings, not beside the number
	Bound      string       `json:"bound"`
	Verb       string       `json:"verb"`
	What       string       `json:"what"`
	Period     string       `json:"period"`
	Status     string       `json:"status"` // "actual" or "target"
	Report     string       `json:"report"`
	Section    []string     `json:"section"`
	Page       int          `json:"page,omitempty"`       // of PDF and OFD
	Recognized bool         `json:"recognized,omitempty"` // in a picture of the page: its digits may be wrong
	Paragraph  string       `json:"paragraph"`
	Start      int          `json:"start"`
	End        int          `json:"end"`
	Score      float64      `json:"score"`
	OtherForm  string       `json:"other_form,omitempty"` // in the question's language where the report has another: 2.27 billion yuan
}

// Passage is one paragraph, word for word. Best is its best sentence.
type Passage struct {
	Paragraph string   `json:"paragraph"`
	Report    string   `json:"report"`
	Section   []string `json:"section"`
	Page      int      `json:"page,omitempty"`
	Text      string   `json:"text"`
	Best      string   `json:"best"`
	Score     float64  `json:"score"`
}

// Of is the JSON form of an answer.
func Of(a index.Answer) Answer {
	out := Answer{Question: a.Question, Answered: a.Answered, Lang: a.Lang, Figures: inLanguage(figures(a.Figures), a.Figures, a.Lang), Passages: []Passage{},
		Instead: inLanguage(figures(a.Instead), a.Instead, a.Lang), DidYouMean: append([]string{}, a.DidYouMean...), TookMS: float64(a.Took.Microseconds()) / 1000}
	out.Sure, out.Confidence, out.Choices, out.Asked, out.Computed = a.Answered && a.Sure && !recognized(a.Figures), math.Round(a.Confidence*1000)/1000, []Choice{}, a.Asked, computed(a.Computed)
	out.Missing, out.Table, out.Series = a.Missing, tableOf(a.Table), seriesOf(a.Series)
	out.NoReportOf, out.AskPlace = a.NoReportOf, a.AskPlace
	if a.Err != nil {
		out.Error = a.Err.Error()
	}
	for _, c := range a.Choices {
		out.Choices = append(out.Choices, Choice{figures([]index.FigureHit{c.FigureHit})[0], c.Word, c.Question})
	}
	for _, p := range a.Passages {
		out.Passages = append(out.Passages, Passage{p.ID, p.Report.Title, path(p.Paragraph), p.Report.Page(p.Start), p.Text(), p.Report.Slice(p.Best), p.Score})
	}
	return out
}

func computed(c *index.Computed) *Computed {
	if c == nil {
		return nil
	}
	out := &Computed{Difference: json.Number(c.Difference.String()), Unit: c.Unit}
	if c.Rate != nil {
		rate := json.Number(c.Rate.String())
		out.Rate = &rate
	}
	return out
}

func figures(hits []index.FigureHit) []Figure {
	out := []Figure{}
	for _, h := range hits {
		f := Figure{Value: json.Number(h.Value.String()), Unit: h.Unit, Text: h.Text, Said: saying.Text(h.Figure), Stated: h.Stated, Bound: h.Bound, Verb: h.Verb, What: h.What,
			Period: h.Period.Label, Status: string(h.Status), Report: h.Paragraph.Report.Title, Section: path(h.Paragraph), Page: h.Paragraph.Report.Page(h.Paragraph.Start), Recognized: h.Paragraph.Recognized(),
			Paragraph: h.Paragraph.ID, Start: h.Start, End: h.End, Score: h.Score}
		if !h.High.Equal(h.Value) {
			high := json.Number(h.High.String())
			f.ValueTo = &high
		}
		out = append(out, f)
	}
	return out
}

// inLanguage adds the other form of each figure.
func inLanguage(out []Figure, hits []index.FigureHit, lang string) []Figure {
	for i := range out {
		out[i].OtherForm = saying.Other(hits[i].Figure, lang)
	}
	return out
}

func path(p *corpus.Paragraph) []string { return append([]string{}, p.Path()...) }

// Questions reads questions from arguments, or where there are none from
// lines of in, and calls ask for each in order. A line that is a JSON list of
// strings is a conversation.
func Questions(args []string, in io.Reader, ask func(turns []string) error) error {
	if len(args) > 0 {
		for _, q := range args {
			if err := ask(turns(q)); err != nil {
				return err
			}
		}
		return nil
	}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			if err := ask(turns(strings.TrimRight(line, "\r\n"))); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading questions: %w", err)
		}
	}
}

func turns(line string) []string {
	if strings.HasPrefix(strings.TrimSpace(line), "[") {
		if turns, err := eval.Turns(json.RawMessage(line)); err == nil {
			return turns
		}
	}
	return []string{line}
}
