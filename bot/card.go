package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
)

// longestCopy is how many characters a copy button takes.
const longestCopy = 256

// copied is the buttons that copy what an answer shows, each figure in a sentence
// that may be said aloud, with place and period, and where it stands:
// 2025年邵阳市固定资产投资同比下降41.2%（《…公报》五、）。 Figures of one paragraph, period
// and status share a sentence; where all does not fit one button, each sentence has
// its own.
func (h *Handler) copied(shown []index.FigureHit, w *wording.Wording) (buttons []Button) {
	var lines []string
	for i, f := range shown {
		if slices.ContainsFunc(shown[:i], func(s index.FigureHit) bool { return alongside(f.Figure, s.Figure) }) {
			continue
		}
		together := slices.DeleteFunc(slices.Clone(shown[i:]), func(s index.FigureHit) bool { return !alongside(s.Figure, f.Figure) })
		lines = append(lines, h.sentence(together, w))
	}
	if all := strings.Join(lines, "\n"); utf8.RuneCountInString(all) <= longestCopy {
		return []Button{{Label: w.Copy, Copy: all}}
	}
	for i, l := range lines[:min(len(lines), mostCopies)] {
		label := w.Copy
		if len(lines) > 1 {
			label = fmt.Sprintf("%s %d", w.Copy, i+1)
		}
		buttons = append(buttons, Button{Label: label, Copy: shorten(l, longestCopy)})
	}
	return buttons
}

// mostCopies is how many buttons that copy stand below one answer.
const mostCopies = 3

// sentence is figures of one paragraph, period and status as one says them. What is
// not stated right there is said: that it is a goal, that its year is the report's.
// The first figure is always whole, the others go along while there is room.
func (h *Handler) sentence(figures []index.FigureHit, w *wording.Wording) string {
	f := figures[0].Figure
	var notes []string
	if f.Paragraph.Recognized() {
		notes = append(notes, w.Scanned)
	}
	if f.Period.Known() && f.Period.Stated == corpus.InReport {
		notes = append(notes, w.CopiedInferred)
	}
	when := fmt.Sprintf(w.CopiedPeriod, period(f, w))
	if saying.Status(f, h.now()) == corpus.Target {
		when = fmt.Sprintf(w.CopiedTarget, period(f, w))
	}
	if when = strings.TrimLeft(when, ",: "); !f.Period.Known() && saying.Status(f, h.now()) == corpus.Actual {
		when = ""
	}
	text := func(title string, items ...string) string {
		source := strings.Join(append(slices.Clone(notes), "《"+title+"》"+strings.TrimSpace(place(f.Paragraph))), w.CopiedSep)
		return fmt.Sprintf(w.Copied, when, strings.Join(items, w.CopiedAnd), source)
	}
	var items []string
	for _, hit := range figures {
		item := h.aloud(hit.Figure, len(items) == 0, w)
		if whole := text(f.Paragraph.Report.Title, append(items, item)...); items == nil || utf8.RuneCountInString(whole) <= longestCopy {
			items = append(items, item)
		}
	}
	title := f.Paragraph.Report.Title
	if over := utf8.RuneCountInString(text(title, items...)) - longestCopy; over > 0 {
		title = shorten(title, max(1, utf8.RuneCountInString(title)-over))
	}
	return text(title, items...)
}

// aloud is a figure with what it counts, in the words of its report; for who
// reads English with the English before them.
func (h *Handler) aloud(f *corpus.Figure, placed bool, w *wording.Wording) string {
	thing := saying.Phrase(f)
	if placed {
		thing = saying.Placed(f, thing)
	}
	if f.Paragraph.Report.Lang == "en" {
		return strings.TrimSpace(thing + " " + saying.Text(f))
	}
	own := thing + saying.Text(f)
	dictionary, ok := h.engine.(saying.Dictionary)
	if w.Lang != "en" || !ok {
		return own
	}
	if gloss := saying.ThingInEnglish(f, dictionary); gloss != "" {
		return gloss + w.Colon + saying.InEnglish(f) + " [" + own + "]"
	}
	return own
}

// alongside tells whether two figures may be copied in one sentence.
func alongside(f, first *corpus.Figure) bool {
	return f.Paragraph == first.Paragraph && f.Status == first.Status && f.Period.Label == first.Period.Label &&
		(f.Period.Stated == corpus.InReport) == (first.Period.Stated == corpus.InReport)
}

// proven is a reply whose every quote and figure was found where it says they
// stand, or a calm sentence in its place: a card that fails is not sent. It
// reads the finished reply, whoever made it: a quote is held against the
// paragraph that the source line below it links to, a figure against its own.
func (h *Handler) proven(r Reply, w *wording.Wording) Reply {
	if why := h.flaw(r); why != "" {
		h.log.Error("a reply did not pass the check of its citations and is not shown", "why", why)
		return Reply{Blocks: []Block{line(plain(w.Unproven))}, Edit: r.Edit, Kind: record.Withheld}
	}
	for _, s := range shownIn(r) {
		r.Protect = r.Protect || h.restricted(s.Report)
	}
	h.mark(r.Blocks, w)
	if r.Protect {
		// A message sent before keeps the freedom that it was sent with, and a
		// button that copies has no protection.
		r.Edit, r.Buttons = false, uncopied(r.Buttons)
	}
	return r
}

// passes tells whether an entry of a list may stand in it: its quotes and figures are
// where it says. What fails is logged and left out of the list, not the list with it.
func (h *Handler) passes(entry ...Block) bool {
	why := h.flaw(Reply{Blocks: entry})
	if why != "" {
		h.log.Error("an entry of a list did not pass the check of its citations and is left out", "why", why)
	}
	return why == ""
}

// uncopied is buttons without those that copy.
func uncopied(rows [][]Button) (left [][]Button) {
	for _, row := range rows {
		row = slices.DeleteFunc(slices.Clone(row), func(b Button) bool { return b.Copy != "" })
		if len(row) > 0 {
			left = append(left, row)
		}
	}
	return left
}

// flaw tells what a reply shows that does not stand where it says, "" for nothing.
func (h *Handler) flaw(r Reply) string {
	for i, b := range r.Blocks {
		if b.Kind == Quote {
			if why := h.misquoted(b, r.Blocks[i+1:]); why != "" {
				return why
			}
		}
		for _, run := range b.all() {
			if f := run.figure; f != nil && (!h.stands(f) || run.Text != saying.Text(f)) {
				return "figure " + f.ID
			}
		}
	}
	return ""
}

// misquoted tells what of a quote does not stand, in its order, in the
// paragraph that the next source line links to.
func (h *Handler) misquoted(b Block, below []Block) string {
	p := h.linked(below)
	if p == nil {
		return "a quote without a source"
	}
	var quoted strings.Builder
	for _, run := range b.Runs {
		quoted.WriteString(run.Text)
	}
	rest := p.Text()
	for _, stretch := range strings.Split(quoted.String(), "…") {
		_, after, found := strings.Cut(rest, stretch)
		if !found {
			return "a quote that is not in paragraph " + p.ID
		}
		rest = after
	}
	return ""
}

// linked is the paragraph that the first link in blocks leads to, nil where there is none.
func (h *Handler) linked(blocks []Block) *corpus.Paragraph {
	for _, b := range blocks {
		for _, run := range b.Runs {
			if id, ok := strings.CutPrefix(run.Link, linkParagraph); ok {
				return h.engine.Corpus().Paragraph(id)
			}
		}
	}
	return nil
}

// named tells whether each number in what a figure counts stands in its paragraph,
// or of a cell in its table: 2023年 of a column that holds a row's second value.
func named(f *corpus.Figure) bool {
	thing, p := saying.Thing(f), f.Paragraph
	return digitsIn(thing, p.Text()) || p.Row != nil && digitsIn(thing, p.Row.Table.Caption+" "+p.Report.Slice(p.Row.Table.Span))
}

// digitsIn tells whether each number written in words stands in text as well:
// the 5 of 5G通信基站.
func digitsIn(words, text string) bool {
	there := numbers(text)
	for _, n := range numbers(words) {
		if !slices.Contains(there, n) {
			return false
		}
	}
	return true
}

func numbers(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
}

// shownIn is the figures and paragraphs that a reply shows, for the record.
func shownIn(r Reply) (shown []record.Shown) {
	seen := map[string]bool{}
	for _, s := range r.shown {
		if id := s.Paragraph + s.Figure; !seen[id] {
			seen[id], shown = true, append(shown, s)
		}
	}
	add := func(paragraph, figure string) {
		report, _, _ := strings.Cut(paragraph, "-")
		if id := paragraph + figure; !seen[id] {
			seen[id] = true
			shown = append(shown, record.Shown{Report: report, Paragraph: paragraph, Figure: figure})
		}
	}
	for _, b := range r.Blocks {
		for _, run := range b.all() {
			if run.figure != nil {
				add(run.figure.Paragraph.ID, run.figure.ID)
			}
			if id, ok := strings.CutPrefix(run.Link, linkParagraph); ok {
				add(id, "")
			}
		}
	}
	return shown
}
