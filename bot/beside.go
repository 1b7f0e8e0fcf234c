package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index"
	"reportbot/index/compare"
)

// What is said of the answer before (谁更高, 差多少, 换算成公顷, 哪年的报告) and of the reports
// (有哪些报告, 只看江西) is answered from what was shown, and asks nothing of the index.

// beside answers such a message; false for what is none, or where nothing was shown that it
// could be on.
func (h *Handler) beside(m Message, text string, w *wording.Wording) (Reply, bool) {
	class, rest := wording.Aside(text)
	switch class {
	case "reports":
		return h.reports("", w), true
	case "source":
		return h.whence(m, w)
	case "difference", "higher":
		return h.between(m, w)
	case "convert":
		return h.converted(m, rest, w)
	case "only":
		return h.only(m, rest, w)
	case "all":
		return h.setPlace(m, "", w), true
	}
	return Reply{}, false
}

// lastFigures are those that the last answer showed, in its order.
func (h *Handler) lastFigures(m Message) []*corpus.Figure {
	shown, err := h.record.LastShown(where(m))
	h.noted(err)
	return h.shownFigures(shown)
}

// figuresBefore are those of the answer before the last.
func (h *Handler) figuresBefore(m Message) []*corpus.Figure {
	shown, err := h.record.ShownBefore(where(m))
	h.noted(err)
	return h.shownFigures(shown)
}

func (h *Handler) shownFigures(shown []record.Shown) (figures []*corpus.Figure) {
	for _, s := range shown {
		p := h.engine.Corpus().Paragraph(s.Paragraph)
		if p == nil {
			continue
		}
		for _, f := range p.Figures() {
			if f.ID == s.Figure && h.stands(f) {
				figures = append(figures, f)
			}
		}
	}
	return figures
}

// whence tells of which reports the last answer was: title, who issued it, when.
func (h *Handler) whence(m Message, w *wording.Wording) (Reply, bool) {
	shown, err := h.record.LastShown(where(m))
	h.noted(err)
	var r Reply
	seen := map[string]bool{}
	for _, s := range shown {
		p := h.engine.Corpus().Paragraph(s.Paragraph)
		if p == nil || seen[s.Report] {
			continue
		}
		seen[s.Report] = true
		r.Blocks = append(r.Blocks, line(plain(h.described(p.Report.Head, w))))
		for _, fact := range []struct{ label, value string }{{w.FileIssuer, p.Report.Issuer}, {w.FileNumber, p.Report.DocNumber}, {w.FileDate, p.Report.Date}, {w.FilePeriod, p.Report.Covers.Label}} {
			if fact.value != "" {
				r.Blocks = append(r.Blocks, line(plain(fact.label+fact.value)))
			}
		}
		r.Buttons = append(r.Buttons, []Button{{Label: w.Outline, Data: toSection + s.Report}})
	}
	if len(r.Buttons) > mostWhence {
		return Reply{}, false
	}
	return r, len(r.Blocks) > 0
}

// mostWhence reports are told of one answer: of a table each row names its own.
const mostWhence = 4

// between holds the first two figures of the last answer against each other, the higher one
// first, or where it showed one alone (那湖北呢) that and the one of the answer before; false where
// there are fewer. A fall is not held against anything: which of two is
// higher would be read both ways.
func (h *Handler) between(m Message, w *wording.Wording) (Reply, bool) {
	figures := h.lastFigures(m)
	if len(figures) == 1 {
		if before := h.figuresBefore(m); len(before) == 1 && before[0].ID != figures[0].ID {
			figures = append(before, figures[0])
		}
	}
	if len(figures) < 2 {
		return Reply{}, false
	}
	one, other := figures[0], figures[1]
	a, b := compare.KindOf(one), compare.KindOf(other)
	ranged := !one.High.Equal(one.Value) || !other.High.Equal(other.Value)
	if one.Unit != other.Unit || a.Role != b.Role || ranged || saying.Falls(one) || saying.Falls(other) {
		return say(w.NotComparable), true
	}
	if other.Value.GreaterThan(one.Value) {
		one, other = other, one
	}
	c := &index.Computed{Left: one, Right: other, Difference: one.Value.Sub(other.Value), Unit: one.Unit}
	if c.Unit == "%" {
		c.Unit = "个百分点"
	}
	var r Reply
	for _, f := range []*corpus.Figure{one, other} {
		r.Blocks = append(r.Blocks, h.figureLine(f, w), cited(whole(f.Paragraph), []index.FigureHit{{Figure: f}}), source(f.Paragraph))
	}
	r.Blocks = append(r.Blocks, sum(c, w)...)
	return h.opened(m, r), true
}

// converted says the first figure of the last answer in another unit or scale, marked as
// converted; false where the unit is none that it can be said in.
func (h *Handler) converted(m Message, to string, w *wording.Wording) (Reply, bool) {
	figures := h.lastFigures(m)
	if len(figures) == 0 {
		return Reply{}, false
	}
	f := figures[0]
	scale, unit := f.Paragraph.Report.Quantities().SplitScale(fold.String(strings.TrimLeft(to, "多少几")))
	if unit == "" && scale == 0 {
		return Reply{}, false
	}
	unit = cmp.Or(unit, f.Unit) // convert to million
	value, ok := compare.Convert(f.Value, f.Unit, unit)
	if f.Unit == unit {
		value, ok = f.Value, true
	}
	if !ok {
		return say(fmt.Sprintf(w.NotConvertible, saying.Text(f), to)), true
	}
	if !f.High.Equal(f.Value) {
		return say(w.NotComparable), true
	}
	shown := value.Shift(-scale).Round(convertedDigits)
	sign := " = "
	if !shown.Shift(scale).Equal(value) {
		sign = " ≈ "
	}
	r := Reply{Blocks: []Block{h.figureLine(f, w), line(bold(f.Text+saying.Stated(f)+sign+inUnit(shown.Shift(scale), scale, unit, w)), faint(w.Converted)),
		cited(whole(f.Paragraph), []index.FigureHit{{Figure: f}}), source(f.Paragraph)}}
	return h.opened(m, r), true
}

// inUnit is a value by a scale and in a unit, in the reader's language.
func inUnit(value decimal.Decimal, scale int32, unit string, w *wording.Wording) string {
	if w.Lang == "en" {
		return quantity.InEnglishBy(value, scale, unit)
	}
	said := value.Shift(-scale).String() + quantity.ScaleName(scale) + unit
	if w.Lang == "zh-Hant" {
		return saying.InTraditional(said)
	}
	return said
}

// convertedDigits behind the point are shown of a converted value.
const convertedDigits = 4

// only has a person's questions that name no place asked of one place alone.
func (h *Handler) only(m Message, name string, w *wording.Wording) (Reply, bool) {
	reports := h.reportsOf(name)
	if len(reports) == 0 {
		return Reply{}, false // 只看农村 goes on from a question
	}
	place := saying.Place(reports[0])
	if place == "" { // City of Boston: its report is not known to be of a place
		return aside(fmt.Sprintf(w.PlaceUnknown, reports[0].Title)), true
	}
	return h.setPlace(m, place, w), true
}

// reportsOf are the reports whose place or title has a name; where some place begins with it,
// those alone.
func (h *Handler) reportsOf(name string) (reports []*corpus.Head) {
	name = fold.String(strings.TrimSpace(name))
	if len([]rune(name)) < 2 {
		return nil
	}
	all := h.engine.Corpus().Reports
	reports = slices.DeleteFunc(slices.Clone(all), func(r *corpus.Head) bool { return !strings.HasPrefix(fold.String(saying.Place(r)), name) })
	if len(reports) == 0 {
		reports = slices.DeleteFunc(slices.Clone(all), func(r *corpus.Head) bool { return !strings.Contains(fold.String(r.Title), name) })
	}
	return reports
}

// setPlace keeps a person's place, "" for none.
func (h *Handler) setPlace(m Message, place string, w *wording.Wording) Reply {
	if err := h.record.Settle(m.User, place); err != nil {
		h.noted(err)
		return say(w.NotKept)
	}
	if place == "" {
		return aside(w.PlaceAny)
	}
	r := aside(fmt.Sprintf(w.PlaceSet, place))
	r.Buttons = [][]Button{{{Label: w.PlaceClear, Data: toPlace}}}
	return r
}

// atPlace asks a question that names no place of the person's own; the question as it was
// asked comes back with the answer.
func (h *Handler) atPlace(ctx context.Context, m Message, text string, before []string, a index.Answer) (string, index.Answer) {
	open := a.AskPlace || !a.Query.Placed && a.Query.Follows == "" && a.Table == nil && a.Series == nil && a.NoReportOf == ""
	if !open || a.Err != nil {
		return text, a
	}
	p, err := h.record.Person(m.User)
	h.noted(err)
	if p.Place == "" || len(h.reportsOf(p.Place)) == 0 {
		return text, a
	}
	b := h.engine.Ask(ctx, p.Place+text, before)
	b.Question, b.Lang = text, a.Lang
	return p.Place + text, b
}

// whose asks back of which place a question on 我省 is, with a button for each; it is asked
// once, for the answer is kept.
func (h *Handler) whose(a index.Answer, w *wording.Wording) Reply {
	r := say(fmt.Sprintf(w.AskPlace, h.places(w)))
	key := h.along.keep([][]string{{a.Question}})
	for _, report := range h.engine.Corpus().Reports {
		place := saying.Place(report)
		if place == "" || slices.ContainsFunc(r.Buttons, func(row []Button) bool { return row[0].Label == place }) {
			continue
		}
		r.Buttons = append(r.Buttons, []Button{{Label: place, Data: toPlace + report.ID + ":" + key}})
		if len(r.Buttons) == outlined {
			break
		}
	}
	return r
}

// placed answers a button that says whose place is meant, and then the question; without a
// report it forgets the place.
func (h *Handler) placed(ctx context.Context, m Message, rest string, w *wording.Wording) Reply {
	id, key, _ := strings.Cut(rest, ":")
	if id == "" {
		return h.setPlace(m, "", w)
	}
	i := slices.IndexFunc(h.engine.Corpus().Reports, func(r *corpus.Head) bool { return r.ID == id })
	list := h.along.of(key)
	if i < 0 || len(list) != 1 {
		return say(w.Stale)
	}
	set := h.setPlace(m, saying.Place(h.engine.Corpus().Reports[i]), w)
	m.Text, m.Data = list[0][0], ""
	r := h.question(ctx, m, w)
	r.Blocks = append(slices.Clone(set.Blocks), r.Blocks...)
	r.Buttons = append(r.Buttons, set.Buttons...)
	return r
}

// atPlaceOnly says that an answer is from one place's reports, and how to have it otherwise.
func (h *Handler) atPlaceOnly(r Reply, m Message, w *wording.Wording) Reply {
	p, err := h.record.Person(m.User)
	h.noted(err)
	r.Blocks = append(r.Blocks, line(faint(fmt.Sprintf(w.PlaceOnly, p.Place))))
	r.Buttons = append(r.Buttons, []Button{{Label: w.PlaceClear, Data: toPlace}})
	return r
}

// outlineOf is the outline of the report that a name tells, a list of them where it tells
// several, and of all without one.
func (h *Handler) outlineOf(name string, w *wording.Wording) Reply {
	reports := h.reportsOf(name)
	switch {
	case name != "" && len(reports) == 0:
		return say(fmt.Sprintf(w.NoReportOf, name, h.places(w)))
	case len(reports) == 1:
		r := h.outline(reports[0].ID, w)
		r.Edit = false
		return r
	case len(reports) == 0:
		return h.outline("", w)
	}
	r := Reply{Blocks: []Block{line(bold(w.AllTitles))}}
	for _, report := range reports[:min(len(reports), outlined)] {
		r.Buttons = append(r.Buttons, []Button{{Label: shorten(report.Title, 40), Data: toSection + report.ID}})
	}
	return r
}
