package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
)

// How much of what is shown.
const (
	shownFigures   = 8
	shownRelated   = 6
	shownNearest   = 2
	wholeParagraph = 700 // characters; of a longer one the best sentence and its neighbours
	listedWithin   = 2.0 // figures of other sentences in a list: how far behind the best one
	closeRun       = 0.6 // a second figure so close in score is shown as another reading
	longestCaption = 24
)

// answer lays an answer out: the figure, the passage, where it stands.
func (h *Handler) answer(a index.Answer, w *wording.Wording) Reply {
	figures := h.verified(a.Figures)
	switch {
	case !a.Answered:
		return h.notAnswered(a, w)
	case len(a.Figures) > 0 && len(figures) == 0:
		return say(w.Unproven)
	}
	r := Reply{Blocks: understood(a, w)}
	if len(figures) == 0 {
		top := a.Passages[0]
		for _, p := range together(a.Passages) {
			r.Blocks = append(r.Blocks, quote(p), source(p.Paragraph))
		}
		r.Buttons = h.below(top.Paragraph, a, w)
		return r
	}
	first := figures[0]
	shown := []index.FigureHit{first}
	switch {
	case a.Asked > 0:
		shown = figures[:min(a.Asked, len(figures))]
	case a.Query.List:
		shown = inOrder(figures)
	}
	for _, f := range shown {
		r.Blocks = append(r.Blocks, h.figureLine(f.Figure, w))
	}
	for _, part := range a.Missing {
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.PartMissing, part))))
	}
	r.Blocks = append(r.Blocks, sum(a.Computed, w)...)
	r.Blocks = append(r.Blocks, cited(passageOf(a, first.Paragraph), shown), source(first.Paragraph))
	if !a.Query.List {
		r.Blocks = append(r.Blocks, h.open(a, w)...)
		r.Blocks = append(r.Blocks, h.others(figures, a, w)...)
	} else {
		for _, p := range otherParagraphs(shown, first.Paragraph) {
			r.Blocks = append(r.Blocks, cited(passageOf(a, p), shown), source(p))
		}
	}
	r.Buttons = h.below(first.Paragraph, a, w, copied(shown, w))
	return r
}

// below is the buttons of an answer: around its passage and on to the next best
// one, what is to be done with it, and what else may have been meant.
func (h *Handler) below(p *corpus.Paragraph, a index.Answer, w *wording.Wording, todo ...Button) [][]Button {
	rows := h.around(p, w, onwards(a.Passages, 1))
	if len(todo) > 0 {
		rows = append(rows, todo)
	}
	if row := which(a.Choices); len(row) > 1 {
		rows = append(rows, row)
	}
	return rows
}

// together is the passages that answer as one: points of one section that
// follow one another and score alike, as the three problems of 存在问题 do.
func together(passages []index.PassageHit) []index.PassageHit {
	n := 1
	for n < len(passages) && passages[n].Score == passages[0].Score && passages[n].N == passages[n-1].N+1 {
		n++
	}
	return passages[:n]
}

// verified drops the hits whose figures do not stand where they are cited from.
func (h *Handler) verified(hits []index.FigureHit) []index.FigureHit {
	return slices.DeleteFunc(slices.Clone(hits), func(f index.FigureHit) bool { return !h.stands(f.Figure) })
}

// stands tells whether a figure is, digit for digit, where it is cited from,
// within its paragraph, and so is what is shown of it: the figure with its
// bounds and nothing more, "达15亿元以上". What fails is logged, and not shown.
func (h *Handler) stands(f *corpus.Figure) bool {
	p := f.Paragraph
	ok := p.Start <= f.Bounded.Start && f.Bounded.Start <= f.Start && f.End <= f.Bounded.End && f.Bounded.End <= p.End &&
		f.Start < f.End && p.Report.Slice(f.Span) == f.Text
	if !ok {
		h.log.Error("a figure is not where it is cited from and is not shown", "figure", f.ID)
	}
	return ok
}

// inOrder is the figures of a list in the order of the reports, those of the
// best figure's paragraph first. A sentence is told whole where one of its figures
// is close to the best.
func inOrder(figures []index.FigureHit) []index.FigureHit {
	best := figures[0]
	list := slices.Clone(figures[:min(len(figures), shownFigures)])
	list = slices.DeleteFunc(list, func(f index.FigureHit) bool {
		return !slices.ContainsFunc(figures, func(o index.FigureHit) bool {
			return o.Paragraph == f.Paragraph && o.Sentence == f.Sentence && (o.Sentence == best.Sentence || o.Score >= best.Score-listedWithin)
		})
	})
	slices.SortStableFunc(list, func(x, y index.FigureHit) int {
		if (x.Paragraph == best.Paragraph) != (y.Paragraph == best.Paragraph) {
			if x.Paragraph == best.Paragraph {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(x.Paragraph.Report.ID, y.Paragraph.Report.ID), cmp.Compare(x.Start, y.Start))
	})
	return list
}

func otherParagraphs(figures []index.FigureHit, first *corpus.Paragraph) (out []*corpus.Paragraph) {
	for _, f := range figures {
		if f.Paragraph != first && !slices.Contains(out, f.Paragraph) {
			out = append(out, f.Paragraph)
		}
	}
	return out
}

// figureLine is "174个  新建 5G通信基站 · 2023年 · 已完成".
func (h *Handler) figureLine(f *corpus.Figure, w *wording.Wording) Block {
	runs := []Run{{Text: f.Paragraph.Report.Slice(f.Bounded), Style: Bold, figure: f}}
	if f.Stated != "" {
		runs = append(runs, plain(inUnit(f)))
	}
	runs = append(append(runs, otherForm(f, w)...), plain("  "+thing(f)))
	if f.Period.Known() {
		runs = append(runs, plain(" · "+f.Period.Label))
	}
	status := w.Actual
	if f.Status == corpus.Target {
		status = w.Target
	}
	runs = append(runs, plain(" · "+status))
	if f.Period.Known() && f.Period.Stated == corpus.InReport {
		runs = append(runs, faint(w.Inferred))
	}
	return Block{Line, runs}
}

// written is a figure as the report writes it. The unit that a table states in
// its headings follows in brackets: 135.60（亿元）.
func written(f *corpus.Figure) string { return f.Paragraph.Report.Slice(f.Bounded) + inUnit(f) }

func inUnit(f *corpus.Figure) string {
	if f.Stated == "" {
		return ""
	}
	return "（" + f.Stated + "）"
}

// thing is what a figure counts, with its verb: "新建 5G通信基站". Behind 分别 it
// begins with the member that is meant: "油茶 · 茶叶、油茶、中药材面积".
func thing(f *corpus.Figure) string {
	s := strings.TrimSpace(f.Verb + " " + f.What)
	if f.Each != "" && f.Each != f.What && strings.Contains(f.Paragraph.Text(), f.Each) {
		s = f.Each + " · " + s
	}
	return s
}

// others are the second reading, where it is close, and the paragraph's other figures.
func (h *Handler) others(figures []index.FigureHit, a index.Answer, w *wording.Wording) (blocks []Block) {
	if len(a.Choices) == 0 && len(figures) > 1 && figures[1].Score > figures[0].Score-closeRun && figures[1].Kind == figures[0].Kind {
		f := figures[1].Figure
		blocks = append(blocks, line(faint(w.OrMaybe), plain(written(f)+" "+thing(f)+" · "+f.Period.Label)))
	}
	related := slices.DeleteFunc(slices.Clone(a.Related), func(f *corpus.Figure) bool { return !h.stands(f) })
	if len(related) == 0 {
		return blocks
	}
	var items []string
	for _, f := range related[:min(len(related), shownRelated)] {
		items = append(items, shorten(thing(f), longestCaption)+" "+written(f))
	}
	if len(related) > shownRelated {
		items = append(items, "…")
	}
	return append(blocks, line(faint(w.AlsoHere+"\n"+strings.Join(items, "；"))))
}

func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// notAnswered says that the reports do not say, then what they say instead,
// then the nearest passages, as such.
func (h *Handler) notAnswered(a index.Answer, w *wording.Wording) Reply {
	r := Reply{Blocks: append(understood(a, w), line(bold(w.NotInReports)))}
	if instead := h.verified(a.Instead); len(instead) > 0 {
		r.Blocks = append(r.Blocks, line(plain(w.Instead)))
		for _, f := range instead {
			first := h.figureLine(f.Figure, w)
			if a.Query.Scope != "" && f.Scope != a.Query.Scope {
				first.Runs = append(first.Runs, plain(" · "+fmt.Sprintf(w.Area, f.Scope)))
			}
			r.Blocks = append(r.Blocks, first, Block{Quote, []Run{plain(f.Paragraph.Report.Slice(f.Sentence))}}, source(f.Paragraph))
		}
		r.Buttons = append(r.Buttons, h.around(instead[0].Paragraph, w, "")...)
		return r
	}
	if len(a.Passages) == 0 {
		return r
	}
	r.Blocks = append(r.Blocks, line(faint(w.Nearest)))
	for _, p := range a.Passages[:min(len(a.Passages), shownNearest)] {
		r.Blocks = append(r.Blocks, Block{Quote, []Run{plain(p.Report.Slice(p.Best))}}, source(p.Paragraph))
	}
	return r
}

func passageOf(a index.Answer, p *corpus.Paragraph) index.PassageHit {
	for _, hit := range a.Passages {
		if hit.Paragraph == p {
			return hit
		}
	}
	return index.PassageHit{Paragraph: p, Best: p.Span}
}

// quote is the paragraph word for word, its best sentence bold and the words
// of the question marked; of a long one the best sentence with its neighbours.
func quote(p index.PassageHit) Block {
	shown := p.Span
	if utf8.RuneCountInString(p.Text()) > wholeParagraph {
		shown = neighbours(p)
	}
	return excerpt(p, []corpus.Span{shown}, func(s corpus.Span) []Run { return styled(p, s) })
}

// cited is the sentences that the figures shown from a paragraph stand in, the
// figures bold and the words of the question marked. The rest of the paragraph
// is a press away: a face that folds long quotes would hide the sentence in it.
func cited(p index.PassageHit, figures []index.FigureHit) Block {
	var sentences, values []corpus.Span
	for _, f := range figures {
		if f.Paragraph == p.Paragraph {
			sentences = append(sentences, corpus.Span{Start: min(f.Sentence.Start, f.Bounded.Start), End: max(f.Sentence.End, f.Bounded.End)})
			values = append(values, f.Bounded)
		}
	}
	return excerpt(p, joined(sentences, p.Report), func(s corpus.Span) []Run {
		return runs(p.Report, s, layer{values, Bold}, layer{p.Matched, Marked})
	})
}

// excerpt is spans of a paragraph in their order, with … for what is left out.
func excerpt(p index.PassageHit, spans []corpus.Span, style func(corpus.Span) []Run) Block {
	var runs []Run
	at := p.Start
	for _, s := range spans {
		if s.Start > at {
			runs = append(runs, plain("…"))
		}
		runs = append(runs, style(s)...)
		at = s.End
	}
	if at < p.End {
		runs = append(runs, plain("…"))
	}
	return Block{Quote, runs}
}

// joined is spans in their order, those that touch or have only white space
// between them as one.
func joined(spans []corpus.Span, r *corpus.Report) []corpus.Span {
	slices.SortFunc(spans, func(x, y corpus.Span) int { return cmp.Compare(x.Start, y.Start) })
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		if s.Start > last.End && strings.TrimSpace(r.Text[last.End:s.Start]) != "" {
			out = append(out, s)
			continue
		}
		last.End = max(last.End, s.End)
	}
	return out
}

func neighbours(p index.PassageHit) corpus.Span {
	s := p.Best
	for i, sentence := range p.Sentences {
		if sentence.Start <= p.Best.Start && p.Best.Start < sentence.End {
			s = corpus.Span{Start: p.Sentences[max(0, i-1)].Start, End: p.Sentences[min(len(p.Sentences)-1, i+1)].End}
		}
	}
	return s
}

// styled sets a span of a passage: the best sentence bold where it is not all
// of it, the words matched in it marked.
func styled(p index.PassageHit, shown corpus.Span) []Run {
	var best, matched []corpus.Span
	if p.Best != p.Span {
		best = []corpus.Span{p.Best}
	}
	for _, m := range p.Matched {
		if p.Best.Start <= m.Start && m.Start < p.Best.End {
			matched = append(matched, m)
		}
	}
	return runs(p.Report, shown, layer{best, Bold}, layer{matched, Marked})
}

// layer is spans in one style.
type layer struct {
	spans []corpus.Span
	style Style
}

// runs cuts a span of a report into runs by the layers upon it, the last
// uppermost.
func runs(r *corpus.Report, shown corpus.Span, layers ...layer) (out []Run) {
	cuts := []int{shown.Start, shown.End}
	for _, l := range layers {
		for _, s := range l.spans {
			for _, at := range []int{s.Start, s.End} {
				if shown.Start < at && at < shown.End {
					cuts = append(cuts, at)
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 0; i+1 < len(cuts); i++ {
		out = append(out, Run{Text: r.Text[cuts[i]:cuts[i+1]], Style: styleAt(cuts[i], layers)})
	}
	return out
}

func styleAt(at int, layers []layer) Style {
	style := Plain
	for _, l := range layers {
		if slices.ContainsFunc(l.spans, func(s corpus.Span) bool { return s.Start <= at && at < s.End }) {
			style = l.style
		}
	}
	return style
}

// source is 《title》 一、(六)一是，第3页, a link to that very paragraph.
func source(p *corpus.Paragraph) Block {
	return line(faint("——"), Run{Text: "《" + p.Report.Title + "》" + place(p), Style: Faint, Link: linkTo(p)})
}

// place is where a paragraph stands: the markers above it, the caption of its
// table, and its page where the file has pages.
func place(p *corpus.Paragraph) string {
	s := p.Marker
	for section := p.Section; section != nil; section = section.Parent {
		s = section.Marker + s
	}
	if p.Row != nil {
		s += shorten(p.Row.Table.Caption, longestFollowed)
	}
	parts := []string{s}
	if page := p.Report.Page(p.Start); page > 0 && p.Report.Lang == "en" {
		parts = append(parts, fmt.Sprintf("p. %d", page))
	} else if page > 0 {
		parts = append(parts, fmt.Sprintf("第%d页", page))
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, "，")
}
