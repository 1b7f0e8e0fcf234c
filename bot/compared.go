package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index"
	"reportbot/index/compare"
)

// compared lays out a table over the reports of several places: what is ranked, what is to
// be checked before it is, and whose reports do not say.
func (h *Handler) compared(a index.Answer, w *wording.Wording) Reply {
	t := h.standing(a.Table)
	if t.Mention {
		return h.mentioned(t, w)
	}
	about, told := t.About, len(t.Rows)+t.Outside
	head := fmt.Sprintf(w.TableHigh, about, t.Of, told)
	switch {
	case len(t.Rows) == 0 && t.Outside > 0:
		head = fmt.Sprintf(w.TableNone, about, t.Of)
	case t.Order.Rising:
		head = fmt.Sprintf(w.TableLow, about, t.Of, told)
	}
	r := Reply{Blocks: []Block{line(bold(head))}}
	levels := t.Levels()
	for _, rows := range levels {
		if len(levels) > 1 {
			r.Blocks = append(r.Blocks, line(bold(levelName(rows[0].Level, w))))
		}
		r.Blocks = append(r.Blocks, h.ranked(rows, w))
	}
	if len(t.Rows) > 0 && t.Outside > 0 {
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.TableCut, t.Outside))))
	}
	for _, note := range orderedHow(t.Rows, w) {
		r.Blocks = append(r.Blocks, line(faint(note)))
	}
	if len(t.Unsure) > 0 {
		r.Blocks = append(r.Blocks, line(plain(w.TableUnsure)))
		for _, row := range t.Unsure {
			r.Blocks = append(r.Blocks, h.toCheck(row, w))
		}
	}
	r.Blocks = append(r.Blocks, missing(t, w.TableSilent, w)...)
	r.Buttons = h.filesOf(a, w)
	return r
}

// levelName is what the places of a level are called above their rows.
func levelName(level corpus.Scope, w *wording.Wording) string {
	switch level {
	case "国":
		return w.LevelNation
	case "省":
		return w.LevelProvince
	case "市":
		return w.LevelCity
	case "区", "县":
		return w.LevelCounty
	}
	return w.LevelOther
}

// standing is a table without the rows whose figures do not stand where they are cited from.
func (h *Handler) standing(t *compare.Table) *compare.Table {
	one := *t
	fails := func(r compare.Row) bool { return r.Figure != nil && !h.stands(r.Figure) }
	one.Rows = slices.DeleteFunc(slices.Clone(t.Rows), fails)
	one.Unsure = slices.DeleteFunc(slices.Clone(t.Unsure), fails)
	return &one
}

// ranked is rank, place, figure, period, status and citation, a row each.
func (h *Handler) ranked(rows []compare.Row, w *wording.Wording) Block {
	b := Block{Kind: Table, Rows: [][]Run{{plain(w.ColumnRank), plain(w.ColumnPlace), plain(w.ColumnFigure), plain(w.ColumnPeriod), plain(w.ColumnStatus), plain(w.ColumnSource)}}}
	for _, row := range rows {
		b.Rows = append(b.Rows, append([]Run{plain(strconv.Itoa(row.Rank)), plain(placeName(row))}, h.stated(row.Figure, w)...))
	}
	return b
}

// stated is a figure of a table: as it stands, its period and status, and where it stands.
func (h *Handler) stated(f *corpus.Figure, w *wording.Wording) []Run {
	return []Run{{Text: saying.Text(f), Style: Bold, figure: f}, plain(period(f, w)), plain(h.status(f, w)), citation(f.Paragraph)}
}

// citation is where a paragraph stands, as a link to it.
func citation(p *corpus.Paragraph) Run {
	return Run{Text: "《" + p.Report.Title + "》" + place(p), Style: Faint, Link: linkTo(p)}
}

// toCheck is a row that is not ranked, with what its figure counts: that may be what is
// wrong with it.
func (h *Handler) toCheck(row compare.Row, w *wording.Wording) Block {
	runs := h.stated(row.Figure, w)
	runs[0].Style = Plain
	out := []Run{plain(placeName(row) + w.Colon), runs[0]}
	for _, run := range append([]Run{plain(h.counts(row.Figure, w))}, runs[1:]...) {
		if run.Text != "" {
			out = append(out, plain(" · "), run)
		}
	}
	return Block{Kind: Line, Runs: out}
}

// placeName is the place of a row as its report names it, of one that names none its title.
func placeName(row compare.Row) string {
	if name := saying.Place(row.Report); name != "" {
		return name
	}
	return "《" + row.Report.Title + "》"
}

// orderedHow says how rows were ordered where that is not plain from the figures.
func orderedHow(rows []compare.Row, w *wording.Wording) (notes []string) {
	tied, converted := false, false
	for i, r := range rows {
		tied = tied || !r.Figure.High.Equal(r.Figure.Value) || i > 0 && r.Rank == rows[i-1].Rank && r.Level == rows[i-1].Level
		converted = converted || r.Figure.Unit != rows[0].Figure.Unit
	}
	if tied {
		notes = append(notes, w.TableTied)
	}
	if converted {
		notes = append(notes, w.TableConverted)
	}
	return notes
}

// missing names the places whose reports do not say, and those that no report is of.
func missing(t *compare.Table, silent string, w *wording.Wording) (blocks []Block) {
	if len(t.Silent) > 0 {
		var names []string
		for _, r := range t.Silent {
			names = append(names, placeName(r))
		}
		blocks = append(blocks, line(plain(fmt.Sprintf(silent, strings.Join(names, w.CopiedAnd)))))
	}
	if len(t.Absent) > 0 {
		blocks = append(blocks, line(plain(fmt.Sprintf(w.TableAbsent, strings.Join(t.Absent, w.CopiedAnd)))))
	}
	return blocks
}

// mentioned tells whose reports mention something, with the first clause of each that does.
func (h *Handler) mentioned(t *compare.Table, w *wording.Wording) Reply {
	says := w.MentionOf
	if t.Reports {
		says = w.MentionReports
	}
	var said []Block
	mention := 0
	for _, row := range t.Rows {
		if row.Said.Start < row.Paragraph.Start || row.Said.End > row.Paragraph.End || row.Said.Start > row.Said.End {
			h.log.Error("a mention is not where it is cited from and is left out", "paragraph", row.Paragraph.ID)
			continue
		}
		entry := []Block{{Kind: Quote, Runs: clauseWith(row.Paragraph, row.Said, row.Word)}, line(plain(placeName(row)+" "), citation(row.Paragraph))}
		if h.passes(entry...) {
			said = append(said, entry...)
			mention++
		}
	}
	if mention == 0 && len(t.Rows) > 0 {
		return say(w.Unproven)
	}
	r := Reply{Blocks: append([]Block{line(bold(fmt.Sprintf(says, t.Of, mention, t.About)))}, said...)}
	r.Blocks = append(r.Blocks, missing(t, w.MentionNot, w)...)
	return r
}

// clauseWith is what a sentence says around words, from comma to comma, with … for what is
// left out.
func clauseWith(p *corpus.Paragraph, sentence corpus.Span, words string) (runs []Run) {
	said := p.Report.Slice(sentence)
	text := fold.New(said)
	at := strings.Index(string(text.Runes), fold.String(words))
	if at < 0 {
		return []Run{plain(said)}
	}
	from := len([]rune(string(text.Runes)[:at]))
	to := from + len([]rune(fold.String(words)))
	start, end := from, to
	for start > 0 && !strings.ContainsRune("，。；：,;:", text.Runes[start-1]) {
		start--
	}
	for end < len(text.Runes) && !strings.ContainsRune("，。；,;", text.Runes[end]) {
		end++
	}
	if start > 0 || sentence.Start > p.Start {
		runs = append(runs, plain("…"))
	}
	runs = append(runs, plain(said[text.Off[start]:text.Off[from]]), Run{Text: said[text.Off[from]:text.Off[to]], Style: Marked}, plain(said[text.Off[to]:text.Off[end]]))
	if end < len(text.Runes) || sentence.End < p.End {
		runs = append(runs, plain("…"))
	}
	return runs
}
