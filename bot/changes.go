package bot

import (
	"cmp"
	"fmt"
	"strings"

	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

// listedChanges is how many figures of a kind are listed; the rest are counted.
const listedChanges = 40

// Changes is what differs between two versions of a report, or the reports of two years,
// side by side.
func (h *Handler) Changes(c library.Comparison, lang string) Reply {
	w := wording.Of(lang)
	return h.proven(h.changes(c, w), w).visible()
}

func (h *Handler) changes(c library.Comparison, w *wording.Wording) Reply {
	r := Reply{Blocks: []Block{
		line(plain(fmt.Sprintf(w.ChangesOf, titled(c.Old, w.ChangesOld), titled(c.New, w.ChangesNew)))),
		line(bold(fmt.Sprintf(w.ChangesCounted, len(c.Changed), len(c.Added), len(c.Gone), c.Same))),
	}}
	var changed [][2]*corpus.Figure
	for _, p := range c.Changed {
		changed = append(changed, [2]*corpus.Figure{p.Old, p.New})
	}
	h.sideBySide(&r, w.ChangesChanged, changed, w)
	h.sideBySide(&r, w.ChangesAdded, alone(c.Added, 1), w)
	h.sideBySide(&r, w.ChangesGone, alone(c.Gone, 0), w)
	return r
}

// titled is a report by its title and which of the two it is.
func titled(r *corpus.Report, which string) string { return "《" + r.Title + "》" + which }

// alone is figures of one side.
func alone(figures []*corpus.Figure, side int) (rows [][2]*corpus.Figure) {
	for _, f := range figures {
		var row [2]*corpus.Figure
		row[side] = f
		rows = append(rows, row)
	}
	return rows
}

// sideBySide is a table of figures: what they count, that of the old report, that of the new.
func (h *Handler) sideBySide(r *Reply, heading string, rows [][2]*corpus.Figure, w *wording.Wording) {
	if len(rows) == 0 {
		return
	}
	r.Blocks = append(r.Blocks, line(bold(heading)))
	b := Block{Kind: Table, Rows: [][]Run{{plain(w.ColumnThing), plain(columnOf(w.ChangesOld)), plain(w.ColumnPeriod), plain(columnOf(w.ChangesNew)), plain(w.ColumnPeriod)}}}
	for _, row := range rows[:min(len(rows), listedChanges)] {
		if beside := h.besideEachOther(row[0], row[1], w); h.passes(Block{Kind: Table, Rows: [][]Run{beside}}) {
			b.Rows = append(b.Rows, beside)
		}
	}
	if len(b.Rows) == 1 {
		r.Blocks = append(r.Blocks, line(plain(w.Unproven)))
		return
	}
	r.Blocks = append(r.Blocks, withoutEmpty(b))
	if n := len(rows) - listedChanges; n > 0 {
		r.Blocks = append(r.Blocks, line(faint(fmt.Sprintf(w.ChangesMore, n))))
	}
}

// columnOf is which of the two a report is, as the heading of a column.
func columnOf(which string) string { return strings.Trim(which, " （）()") }

// besideEachOther is a row: what two figures count, each of them, and its time where they are of
// two times. One of them may be missing.
func (h *Handler) besideEachOther(old, new *corpus.Figure, w *wording.Wording) []Run {
	f := cmp.Or(old, new)
	said := shorten(h.counts(f, w), captionOf(w))
	var times [2]string
	if old != nil && new != nil && old.Period.Label != new.Period.Label {
		times = [2]string{period(old, w), period(new, w)}
	} else if of := period(f, w); of != "" {
		said += " · " + of
	}
	if f.Status == corpus.Target {
		said += " · " + w.Target
	}
	return []Run{plain(said), cell(old), plain(times[0]), cell(new), plain(times[1])}
}

// cell is a figure in a table; empty where there is none.
func cell(f *corpus.Figure) Run {
	if f == nil {
		return plain("")
	}
	return Run{Text: saying.Text(f), figure: f}
}

// whatChanged is what differs between a report and the one that it replaced.
func (h *Handler) whatChanged(report string, w *wording.Wording) Reply {
	v, err := h.keeper.Replaced(report)
	if err != nil {
		h.log.Error("the report that was replaced can't be read", "report", report, "cause", err)
		return say(w.ChangesNone)
	}
	return h.changes(library.Compare(v.Old, v.New), w)
}
