package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/bot/paper"
	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/quantity"
	"reportbot/index"
	"reportbot/index/compare"
)

// yearly lays out one thing over the years: each figure as its report states it, the change
// from the year before, computed, and what a later report says of the same year.
func (h *Handler) yearly(a index.Answer, w *wording.Wording) Reply {
	points := h.pointsThatStand(a.Series)
	if len(points) == 0 {
		return say(w.Unproven)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.SeriesOf, a.Series.About, len(points)))), h.yearTable(points, w)}}
	r.Blocks = append(r.Blocks, seriesNotes(points, w)...)
	for _, p := range points {
		if f := p.Restated; f != nil && h.stands(f) {
			before, after, _ := strings.Cut(w.SeriesRestated, "%s")
			r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(before, p.Year)), Run{Text: saying.Text(f), figure: f}, plain(after)), Block{Kind: Quote, Runs: []Run{plain(f.Paragraph.Report.Slice(f.Sentence))}}, source(f.Paragraph))
		}
	}
	if missing := years(a.Series.Missing, w); missing != "" {
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.SeriesMissing, missing))))
	}
	if _, values := charted(points); values != nil {
		r.Buttons = [][]Button{{{Label: w.Chart, Data: toChart + h.along.keep([][]string{a.Asking})}}}
	}
	return r
}

func (h *Handler) pointsThatStand(s *compare.Series) []compare.Point {
	return slices.DeleteFunc(slices.Clone(s.Points), func(p compare.Point) bool { return !h.stands(p.Figure) })
}

// yearTable is year, figure, change, status and citation, a row each.
func (h *Handler) yearTable(points []compare.Point, w *wording.Wording) Block {
	b := Block{Kind: Table, Rows: [][]Run{{plain(w.ColumnYear), plain(w.ColumnFigure), plain(w.ColumnChange), plain(w.ColumnStatus), plain(w.ColumnSource)}}}
	for _, p := range points {
		cells := h.stated(p.Figure, w)
		b.Rows = append(b.Rows, []Run{plain(strconv.Itoa(p.Year)), cells[0], plain(changed(p, w)), cells[2], cells[3]})
	}
	return withoutEmpty(b)
}

// changed says a change: 增加3.7亿元（15.4%）, 降低1.1个百分点; "" where there is none.
func changed(p compare.Point, w *wording.Wording) string {
	c := p.Change
	if c == nil {
		return ""
	}
	up, down := w.ChangeUp, w.ChangeDown
	amount := quantity.InChinese(c.Difference.Abs(), p.Figure.Unit)
	switch {
	case p.Figure.Unit == "%":
		up, down, amount = w.PointsUp, w.PointsDown, c.Difference.Abs().String()
	case w.Lang == "en":
		amount = quantity.InEnglish(c.Difference.Abs(), p.Figure.Unit)
	case w.Lang == "zh-Hant":
		amount = saying.InTraditional(amount)
	}
	if c.Difference.IsZero() {
		return w.ChangeNone
	}
	text := fmt.Sprintf(map[bool]string{true: up, false: down}[c.Difference.IsPositive()], amount)
	if c.Rate != nil && c.Rate.Abs().LessThanOrEqual(decimal.NewFromInt(mostTelling)) {
		text += fmt.Sprintf(w.ChangeRate, c.Rate.Abs().String())
	}
	return text
}

// seriesNotes say that changes are computed, and from what.
func seriesNotes(points []compare.Point, w *wording.Wording) (notes []Block) {
	computed, roughly := false, false
	for _, p := range points {
		computed = computed || p.Change != nil
		roughly = roughly || p.Change != nil && p.Change.Roughly
	}
	if computed {
		notes = append(notes, line(faint(w.SeriesComputed)))
	}
	if roughly {
		notes = append(notes, line(faint(w.SeriesRoughly)))
	}
	return notes
}

func years(list []int, w *wording.Wording) string {
	var names []string
	for _, year := range list {
		names = append(names, strconv.Itoa(year))
	}
	return strings.Join(names, w.CopiedAnd)
}

// promised lays out a target beside what was achieved.
func (h *Handler) promised(s *compare.Series, w *wording.Wording) Reply {
	points := h.pointsThatStand(s)
	if len(points) < len(s.Points) {
		return say(w.Unproven)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.PromiseOf, s.About, points[0].Year)))}}
	for i, p := range points {
		b := h.figureLine(p.Figure, w)
		b.Runs = append([]Run{plain([]string{w.PromiseTarget, w.PromiseDone}[i] + w.Colon)}, b.Runs...)
		r.Blocks = append(r.Blocks, b, cited(whole(p.Figure.Paragraph), []index.FigureHit{{Figure: p.Figure}}), source(p.Figure.Paragraph))
	}
	verdict := map[compare.Kept]string{compare.Met: w.PromiseMet, compare.Missed: w.PromiseMissed, compare.Unsaid: w.PromiseUnsaid, compare.Uncertain: w.PromiseUncertain}
	r.Blocks = append(r.Blocks, line(bold(verdict[s.Kept])))
	return r
}

// charted is the years of points and their values as a chart has them, in the unit of the
// last; nil where they are of several kinds, or some lie below zero.
func charted(points []compare.Point) (all []int, values map[int]float64) {
	if len(points) < 2 {
		return nil, nil
	}
	scale, _ := scaleOf(points)
	values = map[int]float64{}
	for _, p := range points {
		f, last := p.Figure, points[len(points)-1].Figure
		one, other := compare.KindOf(f), compare.KindOf(last)
		if one.Unit != other.Unit || one.Role != other.Role || f.Unit != last.Unit || p.Falls || f.Value.IsNegative() {
			return nil, nil
		}
		values[p.Year], _ = f.Value.Shift(-scale).Float64()
		all = append(all, p.Year)
	}
	return all, values
}

// scaleOf is the scale in which all values of a chart are said, by the largest of them: of
// 27.8亿元 亿, eight digits.
func scaleOf(points []compare.Point) (shift int32, name string) {
	largest := decimal.Zero
	for _, p := range points {
		largest = decimal.Max(largest, p.Figure.Value)
	}
	for _, s := range []struct {
		shift int32
		name  string
	}{{8, "亿"}, {4, "万"}} {
		if largest.Shift(-s.shift).GreaterThanOrEqual(decimal.NewFromInt(1)) {
			return s.shift, s.name
		}
	}
	return 0, ""
}

// chart draws one thing over the years; at a terminal in characters.
func (h *Handler) chart(ctx context.Context, m Message, key string, w *wording.Wording) Reply {
	list := h.along.of(key)
	if len(list) != 1 {
		return say(w.Stale)
	}
	if isGroup(m.Chat) && h.access.role(m.Chat) != record.Reader {
		return aside(w.PageElsewhere)
	}
	last := len(list[0]) - 1
	a := h.engine.Ask(ctx, list[0][last], list[0][:last])
	if a.Err != nil {
		return h.broke(m, list[0][last], a, w)
	}
	if a.Series == nil {
		return say(w.Stale)
	}
	points := h.pointsThatStand(a.Series)
	all, values := charted(points)
	if values == nil {
		return say(w.Stale)
	}
	_, scale := scaleOf(points)
	unit := scale + points[len(points)-1].Figure.Unit
	if w.Lang == "zh-Hant" {
		unit = saying.InTraditional(unit)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.ChartOf, a.Series.About, unit)))}}
	for _, p := range points {
		r.shown = append(r.shown, shownOf(p.Figure))
		if m.User != Terminal {
			r.Blocks = append(r.Blocks, line(plain(strconv.Itoa(p.Year)+" "), Run{Text: saying.Text(p.Figure), figure: p.Figure}, plain(" "), citation(p.Figure.Paragraph)))
		}
	}
	if m.User == Terminal {
		r.Blocks = append(r.Blocks, lined(bars(all, values))...)
		return h.opened(m, r)
	}
	drawn, err := paper.Chart(all, values)
	if err != nil {
		h.log.Error("a chart can't be drawn", "cause", err)
		return say(w.FileFailed)
	}
	r.Picture = &Picture{PNG: drawn, Failed: w.FileFailed}
	return h.opened(m, r)
}

func shownOf(f *corpus.Figure) record.Shown {
	return record.Shown{Report: f.Paragraph.Report.ID, Paragraph: f.Paragraph.ID, Figure: f.ID}
}

// longestBar in characters.
const longestBar = 40

// bars is a chart of characters, a year a line.
func bars(all []int, values map[int]float64) (out []string) {
	largest := 0.0
	for _, v := range values {
		largest = max(largest, v)
	}
	for _, year := range all {
		n := 0
		if largest > 0 {
			n = int(values[year]/largest*longestBar + 0.5)
		}
		out = append(out, fmt.Sprintf("%d %s %s", year, strings.Repeat("█", n), strconv.FormatFloat(values[year], 'f', -1, 64)))
	}
	return out
}
