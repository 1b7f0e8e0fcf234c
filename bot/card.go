package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
)

// longestCopy is how many characters a copy button takes.
const longestCopy = 256

// copied is the button that copies what an answer shows first with its
// citation, byte for byte: 2023年新建5G通信基站174个（《…报告》一、(六)一是）. What is
// not stated right there is said: that it is a goal, that its year is the
// report's. Further figures of a list go along while there is room.
func copied(shown []index.FigureHit, w *wording.Wording) Button {
	f := shown[0].Figure
	var notes, items []string
	if f.Status == corpus.Target {
		notes = append(notes, w.Target)
	}
	if f.Period.Known() && f.Period.Stated == corpus.InReport {
		notes = append(notes, w.CopiedInferred)
	}
	text := func(title string, items ...string) string {
		source := strings.Join(append(slices.Clone(notes), "《"+title+"》"+strings.TrimSpace(place(f.Paragraph))), w.CopiedSep)
		return fmt.Sprintf(w.Copied, f.Period.Label, strings.Join(items, w.CopiedAnd), source)
	}
	for _, hit := range shown {
		if !alongside(hit.Figure, f) {
			continue
		}
		item := hit.Verb + hit.What + written(hit.Figure)
		if whole := text(f.Paragraph.Report.Title, append(items, item)...); items == nil || utf8.RuneCountInString(whole) <= longestCopy {
			items = append(items, item)
		}
	}
	title := f.Paragraph.Report.Title
	if over := utf8.RuneCountInString(text(title, items...)) - longestCopy; over > 0 {
		title = shorten(title, max(1, utf8.RuneCountInString(title)-over))
	}
	return Button{Label: w.Copy, Copy: shorten(text(title, items...), longestCopy)}
}

// alongside tells whether two figures may be copied with one citation.
func alongside(f, first *corpus.Figure) bool {
	return f.Paragraph == first.Paragraph && f.Status == first.Status && f.Period == first.Period
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
	if r.Protect {
		// A message sent before keeps the freedom that it was sent with, and a
		// button that copies has no protection.
		r.Edit, r.Buttons = false, uncopied(r.Buttons)
	}
	return r
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
		for _, run := range b.Runs {
			if f := run.figure; f != nil && (!h.stands(f) || run.Text != f.Paragraph.Report.Slice(f.Bounded) || !digitsIn(thing(f), f.Paragraph.Text())) {
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
	add := func(paragraph, figure string) {
		report, _, _ := strings.Cut(paragraph, "-")
		if id := paragraph + figure; !seen[id] {
			seen[id] = true
			shown = append(shown, record.Shown{Report: report, Paragraph: paragraph, Figure: figure})
		}
	}
	for _, b := range r.Blocks {
		for _, run := range b.Runs {
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
