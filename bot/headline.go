package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
)

// How a figure is shown: on a line, in a row of a table, beside another one.

// cells is what is said of a figure, in the order in which it is read: the
// figure, what it counts, its period, its status, and its place where the reports
// have several.
func (h *Handler) cells(f *corpus.Figure, w *wording.Wording) []Run {
	style := Bold
	if f.Paragraph.Recognized() { // its digits are not sure
		style = Plain
	}
	return []Run{{Text: saying.Text(f), Style: style, figure: f}, plain(h.counts(f, w)), plain(period(f, w)), plain(h.status(f, w)), plain(h.placeOf(f))}
}

// figureLine is "174个  新建 5G通信基站 · 2023年 · 已完成".
func (h *Handler) figureLine(f *corpus.Figure, w *wording.Wording) Block {
	cells := h.cells(f, w)
	runs := cells[:1]
	if said := saying.Other(f, w.Lang); said != "" {
		runs = append(runs[:1:1], plain(" · "+said))
	}
	for i, c := range cells[1:] {
		if c.Text != "" {
			runs = append(runs, plain([]string{"  ", " · "}[min(i, 1)]+c.Text))
		}
	}
	if f.Period.Known() && f.Period.Stated == corpus.InReport {
		runs = append(runs, faint(w.Inferred))
	}
	return Block{Kind: Line, Runs: runs}
}

// unsureLine is the same without anything bold, by its number among others.
func (h *Handler) unsureLine(n int, f *corpus.Figure, w *wording.Wording) Block {
	b := h.figureLine(f, w)
	b.Runs[0].Style = Plain
	b.Runs = append([]Run{plain(strconv.Itoa(n) + ". ")}, b.Runs...)
	return b
}

// table is figures as a table, for lists that are too long to be read as lines.
func (h *Handler) table(figures []index.FigureHit, w *wording.Wording) Block {
	b := Block{Kind: Table, Rows: [][]Run{{plain(w.ColumnFigure), plain(w.ColumnThing), plain(w.ColumnPeriod), plain(w.ColumnStatus), plain(w.ColumnPlace)}}}
	for _, f := range figures {
		cells := h.cells(f.Figure, w)
		if said := saying.Other(f.Figure, w.Lang); said != "" {
			cells[1].Text = said + " · " + cells[1].Text
		}
		b.Rows = append(b.Rows, cells)
	}
	return withoutEmpty(b)
}

// withoutEmpty drops the columns that say nothing in any row.
func withoutEmpty(b Block) Block {
	for i := len(b.Rows[0]) - 1; i >= 0; i-- {
		if !slices.ContainsFunc(b.Rows[1:], func(row []Run) bool { return row[i].Text != "" }) {
			for n := range b.Rows {
				b.Rows[n] = slices.Delete(slices.Clone(b.Rows[n]), i, i+1)
			}
		}
	}
	return b
}

// counts is what a figure counts; to who reads English with an English gloss,
// marked as one, beside the report's own words.
func (h *Handler) counts(f *corpus.Figure, w *wording.Wording) string {
	own := saying.Thing(f)
	dictionary, ok := h.engine.(saying.Dictionary)
	if !ok || w.Lang != "en" || f.Paragraph.Report.Lang == "en" {
		return own
	}
	if gloss := saying.ThingInEnglish(f, dictionary); gloss != "" {
		return fmt.Sprintf(w.Gloss, gloss, own)
	}
	return own
}

func period(f *corpus.Figure, w *wording.Wording) string {
	switch {
	case !f.Period.Known():
		return ""
	case w.Lang == "en":
		return saying.PeriodInEnglish(f.Period.Label)
	}
	return f.Period.Label
}

func (h *Handler) status(f *corpus.Figure, w *wording.Wording) string {
	if saying.Status(f, h.now()) == corpus.Target {
		return w.Target
	}
	return w.Actual
}

// placeOf is the place of a figure's report, where the reports have several.
func (h *Handler) placeOf(f *corpus.Figure) string {
	if len(h.engine.Corpus().Reports) < 2 {
		return ""
	}
	return saying.Place(f.Paragraph.Report.Head)
}

// apart is, of each of several figures, what tells it from the others: 2025年,
// 目标, 城镇居民, 邵阳市; its own text where nothing else does.
func (h *Handler) apart(figures []index.FigureHit, w *wording.Wording) []string {
	columns := []func(*corpus.Figure) string{
		h.placeOf, func(f *corpus.Figure) string { return period(f, w) }, func(f *corpus.Figure) string { return h.status(f, w) },
		saying.Thing, func(f *corpus.Figure) string { return string(f.Role) },
	}
	told := make([][]string, len(figures))
	for i, column := range columns {
		same := !slices.ContainsFunc(figures, func(f index.FigureHit) bool { return column(f.Figure) != column(figures[0].Figure) })
		for n, f := range figures {
			if s := column(f.Figure); !same && s != "" && i < len(columns)-1 {
				told[n] = append(told[n], s)
			}
		}
	}
	labels := make([]string, len(figures))
	for n, f := range figures {
		labels[n] = strings.Join(told[n], " · ")
		if labels[n] == "" || slices.Contains(labels[:n], labels[n]) {
			labels[n] = strings.TrimSuffix(saying.Text(f.Figure)+" "+labels[n], " ")
		}
	}
	return labels
}

// related are the other figures of the sentence, then of the paragraph, as far as
// they say what they count; at most three, the rest behind 更多.
func (h *Handler) related(a index.Answer, shown []index.FigureHit, w *wording.Wording) (blocks []Block, more bool) {
	first := shown[0].Figure
	var items []string
	for _, sameSentence := range []bool{true, false} {
		for _, f := range a.Related {
			known := slices.ContainsFunc(shown, func(s index.FigureHit) bool { return s.ID == f.ID })
			if known || (f.Sentence == first.Sentence) != sameSentence || !h.stands(f) || !telling(f) {
				continue
			}
			if len(items) == shownRelated {
				more = true
				break
			}
			items = append(items, shorten(h.counts(f, w), captionOf(w))+" "+saying.Text(f))
		}
	}
	if len(items) == 0 {
		return nil, false
	}
	return []Block{line(faint(w.AlsoHere + strings.Join(items, w.CopiedSep)))}, more
}

// captionOf is how long what a figure counts may be beside others, with its gloss.
func captionOf(w *wording.Wording) int {
	if w.Lang == "en" {
		return 3 * longestCaption
	}
	return longestCaption
}

// telling is a figure of which it is known what it counts.
func telling(f *corpus.Figure) bool {
	return utf8.RuneCountInString(f.What) >= shortestTelling && f.Role != corpus.From
}

// shortestTelling is from how many characters on a thing says what is counted.
const shortestTelling = 2

func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
