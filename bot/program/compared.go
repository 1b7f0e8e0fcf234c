package program

import (
	"encoding/json"

	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/compare"
)

// Table is one thing over the reports of several places, in its order.
type Table struct {
	About   string   `json:"about"`
	Places  int      `json:"places"` // how many places' reports were asked
	Rows    []Row    `json:"rows"`
	Unsure  []Row    `json:"unsure"`  // not ranked: to be checked first
	Silent  []string `json:"silent"`  // places whose reports do not say
	Absent  []string `json:"absent"`  // places asked for that no report is of
	Outside int      `json:"outside"` // ranked places that are not among those asked for
}

// Row is a place with its figure, or with the paragraph that mentions what was asked for.
type Row struct {
	Rank      int     `json:"rank,omitempty"`
	Place     string  `json:"place"`
	Report    string  `json:"report"`
	Falls     bool    `json:"falls,omitempty"` // the figure tells by how much something fell
	Figure    *Figure `json:"figure,omitempty"`
	Paragraph string  `json:"paragraph,omitempty"`
	Sentence  string  `json:"sentence,omitempty"`
}

// Series is one thing over the years; with Kept a target and what was achieved.
type Series struct {
	About   string  `json:"about"`
	Points  []Point `json:"points"`
	Missing []int   `json:"missing"`
	Kept    string  `json:"kept,omitempty"` // "met", "missed", "unsaid" or "uncertain"
}

// Point is a year. Difference and Rate are computed from it and the year before.
type Point struct {
	Year       int          `json:"year"`
	Figure     Figure       `json:"figure"`
	Restated   *Figure      `json:"restated,omitempty"` // of the same year in a later report, where that differs
	Difference *json.Number `json:"difference,omitempty"`
	Rate       *json.Number `json:"rate,omitempty"`
}

func tableOf(t *compare.Table) *Table {
	if t == nil {
		return nil
	}
	out := &Table{About: t.About, Places: t.Of, Rows: rows(t.Rows), Unsure: rows(t.Unsure), Silent: []string{}, Absent: append([]string{}, t.Absent...), Outside: t.Outside}
	for _, r := range t.Silent {
		out.Silent = append(out.Silent, r.Place)
	}
	return out
}

func rows(list []compare.Row) []Row {
	out := []Row{}
	for _, r := range list {
		one := Row{Rank: r.Rank, Place: r.Place, Report: r.Report.Title, Falls: r.Falls}
		if r.Figure != nil {
			one.Figure = figure(r.Figure)
		} else {
			one.Paragraph, one.Sentence = r.Paragraph.ID, r.Paragraph.Report.Slice(r.Said)
		}
		out = append(out, one)
	}
	return out
}

func figure(f *corpus.Figure) *Figure { return &figures([]index.FigureHit{{Figure: f}})[0] }

func seriesOf(s *compare.Series) *Series {
	if s == nil {
		return nil
	}
	out := &Series{About: s.About, Points: []Point{}, Missing: append([]int{}, s.Missing...), Kept: string(s.Kept)}
	for _, p := range s.Points {
		one := Point{Year: p.Year, Figure: *figure(p.Figure)}
		if p.Restated != nil {
			one.Restated = figure(p.Restated)
		}
		if c := p.Change; c != nil {
			difference := json.Number(c.Difference.String())
			one.Difference = &difference
			if c.Rate != nil {
				rate := json.Number(c.Rate.String())
				one.Rate = &rate
			}
		}
		out.Points = append(out.Points, one)
	}
	return out
}
