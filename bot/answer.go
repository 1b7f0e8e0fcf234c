package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
)

// How much of what is shown.
const (
	shownFigures    = 8
	shownCandidates = 3
	shownRelated    = 3
	shownNearest    = 2
	longestList     = 5   // figures; a longer list is a table
	wholeParagraph  = 700 // characters; of a longer one the best sentence and its neighbours
	listedWithin    = 2.0 // figures of other sentences in a list: how far behind the best one
	closeRun        = 0.6 // a second figure so close in score is shown as another reading
	longestCaption  = 24
)

// answer lays an answer out. There are three ways to answer: one figure, first
// of all, where that is sure; two or three that are told apart where it is not;
// and that the reports do not say.
func (h *Handler) answer(a index.Answer, w *wording.Wording) Reply {
	switch {
	case a.Table != nil:
		return h.compared(a, w)
	case a.Series != nil && a.Series.Promise:
		return h.promised(a.Series, w)
	case a.Series != nil:
		return h.yearly(a, w)
	}
	figures := h.verified(a.Figures)
	if a.Sure && scanned(figures, a) {
		if a.Sure = false; a.Asked == 0 && !a.Query.List && len(a.Choices) <= 1 {
			figures = figures[:1]
		}
	}
	switch {
	case !a.Answered:
		return h.notAnswered(a, w)
	case len(a.Figures) > 0 && len(figures) == 0:
		return say(w.Unproven)
	case len(figures) == 0:
		return h.passages(a, w)
	case !a.Sure && len(a.Choices) > 1:
		return h.candidates(a, h.alternatives(a), w)
	case !a.Sure && a.Asked == 0 && !a.Query.List:
		return h.candidates(a, figures[:min(len(figures), shownCandidates)], w)
	case len(a.Choices) > 1:
		return h.open(a, w)
	}
	return h.sure(a, figures, w)
}

// passages is an answer in the words of the report alone.
func (h *Handler) passages(a index.Answer, w *wording.Wording) Reply {
	r, cited := Reply{Blocks: understood(a, w)}, false
	for _, p := range together(a.Passages) {
		if entry := []Block{quote(p), source(p.Paragraph)}; h.passes(entry...) {
			r.Blocks, cited = append(r.Blocks, entry...), true
		}
	}
	if !cited {
		return say(w.Unproven)
	}
	r.Buttons = h.below(r, a, w)
	return r
}

// sure is the figure with what it counts, its year and status; how the question
// was taken; the sentence; where that stands; and what stands beside it.
func (h *Handler) sure(a index.Answer, figures []index.FigureHit, w *wording.Wording) Reply {
	first, shown := figures[0], figures[:1]
	switch {
	case a.Asked > 0:
		shown = figures[:min(a.Asked, len(figures))]
	case a.Query.List:
		shown = inOrder(figures)
	}
	var r Reply
	if len(shown) > longestList {
		r.Blocks = append(r.Blocks, h.table(shown, w))
	} else {
		for _, f := range shown {
			r.Blocks = append(r.Blocks, h.figureLine(f.Figure, w))
		}
	}
	for _, part := range a.Missing {
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.PartMissing, part))))
	}
	r.Blocks = append(append(r.Blocks, sum(a.Computed, w)...), understood(a, w)...)
	if !a.Sure {
		r.Blocks = append(r.Blocks, line(faint(w.UnsureList)))
		if first.Paragraph.Recognized() {
			r.Blocks = append(r.Blocks, line(faint(strings.TrimSpace(w.ScannedCheck))))
		}
	}
	r.Blocks = append(r.Blocks, cited(passageOf(a, first.Paragraph), shown), source(first.Paragraph))
	for _, p := range otherParagraphs(shown, first.Paragraph) {
		r.Blocks = append(r.Blocks, cited(passageOf(a, p), shown), source(p))
	}
	var more []Button
	if len(shown) == 1 {
		r.Blocks = append(r.Blocks, h.second(figures, a, w)...)
		related, rest := h.related(a, shown, w)
		r.Blocks = append(r.Blocks, related...)
		if rest {
			more = []Button{{Label: w.MoreFigures, Data: toRest + first.Paragraph.ID}}
		}
	}
	r.Buttons = h.below(r, a, w, append(h.copied(shown, w), more...)...)
	return r
}

// candidates is an answer of which it is not sure which figure is meant: those
// that may be, none of them bold, and a button for each.
func (h *Handler) candidates(a index.Answer, figures []index.FigureHit, w *wording.Wording) Reply {
	says := w.Unsure
	if len(figures) == 1 {
		says = w.UnsureOne
	}
	if figures[0].Paragraph.Recognized() {
		says += w.ScannedCheck
	}
	r := Reply{Blocks: append([]Block{line(plain(says))}, understood(a, w)...)}
	for i, f := range figures {
		r.Blocks = append(r.Blocks, h.unsureLine(i+1, f.Figure, w))
	}
	r.Blocks = append(r.Blocks, sentences(figures)...)
	for i, label := range h.apart(figures, w) {
		if data := toFigure + figures[i].ID; len(data) <= longestData {
			r.Buttons = append(r.Buttons, []Button{{Label: shorten(fmt.Sprintf("%d. %s", i+1, label), longestLabel), Data: data}})
		}
	}
	a.Choices = nil // the buttons are there
	r.Buttons = append(r.Buttons, h.below(r, a, w)...)
	return r
}

// longestLabel of a button, in characters: a telephone shows about as many.
const longestLabel = 28

// sentences quotes what figures stand in, each sentence once, with its source.
func sentences(figures []index.FigureHit) (blocks []Block) {
	for i, f := range figures {
		if slices.ContainsFunc(figures[:i], func(o index.FigureHit) bool { return o.SameSentence(f.Figure) }) {
			continue
		}
		blocks = append(blocks, Block{Kind: Quote, Runs: []Run{plain(f.Paragraph.Report.Slice(f.Sentence))}}, source(f.Paragraph))
	}
	return blocks
}

// chosenFigure is one figure of several, by the button that says so.
func (h *Handler) chosenFigure(id string, w *wording.Wording) Reply {
	paragraph, _, _ := strings.Cut(id, ".")
	p := h.engine.Corpus().Paragraph(paragraph)
	if p == nil {
		return h.gone(paragraph, w)
	}
	for _, f := range p.Figures() {
		if f.ID == id && h.stands(f) {
			one := []index.FigureHit{{Figure: f}}
			r := Reply{Blocks: []Block{h.figureLine(f, w), cited(whole(p), one), source(p)}}
			if p.Recognized() {
				r.Blocks = append(r.Blocks, line(plain(strings.TrimSpace(w.ScannedCheck))))
			}
			r.Buttons = h.below(r, index.Answer{}, w, h.copied(one, w)...)
			return r
		}
	}
	return h.gone(paragraph, w)
}

// below is the buttons of an answer: around what it shows and on to the next best
// passage, what is to be done with it, and what else may have been meant.
func (h *Handler) below(r Reply, a index.Answer, w *wording.Wording, todo ...Button) [][]Button {
	rows := h.withPage(h.around(h.shownParagraphs(r), w, onwards(a.Passages, 0, h.shownParagraphs(r))), r, w)
	if len(todo) > 0 {
		rows = append(rows, todo)
	}
	if row := which(a, w); len(row) > 1 {
		rows = append(rows, row)
	}
	return rows
}

// shownParagraphs is the paragraphs that a reply cites, in its order.
func (h *Handler) shownParagraphs(r Reply) (shown []*corpus.Paragraph) {
	for _, s := range shownIn(r) {
		if p := h.engine.Corpus().Paragraph(s.Paragraph); p != nil && !slices.Contains(shown, p) {
			shown = append(shown, p)
		}
	}
	return shown
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
// bounds and what turns it, "同比下降41.2%", and so are the numbers in what it
// counts, and the sentence that is quoted with it. What fails is logged, and not shown.
func (h *Handler) stands(f *corpus.Figure) bool {
	p, said := f.Paragraph, saying.Said(f)
	ok := p.Start <= said.Start && said.Start <= f.Bounded.Start && f.Bounded.Start <= f.Start && f.End <= f.Bounded.End && f.Bounded.End <= said.End && said.End <= p.End &&
		f.Start < f.End && p.Start <= f.Sentence.Start && f.Sentence.Start <= f.Start && f.End <= f.Sentence.End && f.Sentence.End <= p.End &&
		p.Report.Slice(f.Span) == f.Text && named(f)
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
			return o.SameSentence(f.Figure) && (o.SameSentence(best.Figure) || o.Score >= best.Score-listedWithin)
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

// second is the second reading, where it is close. It says as much as the first.
func (h *Handler) second(figures []index.FigureHit, a index.Answer, w *wording.Wording) []Block {
	if len(a.Choices) > 0 || len(figures) < 2 || figures[1].Score <= figures[0].Score-closeRun || figures[1].Kind != figures[0].Kind {
		return nil
	}
	if h.figureLine(figures[1].Figure, w).Text() == h.figureLine(figures[0].Figure, w).Text() {
		return nil // the same, said again
	}
	b := h.figureLine(figures[1].Figure, w)
	b.Runs[0].Style = Plain
	b.Runs = append([]Run{faint(w.OrMaybe)}, b.Runs...)
	if figures[0].SameSentence(figures[1].Figure) {
		return []Block{b}
	}
	return append([]Block{b}, sentences(figures[1:2])...)
}

// notAnswered says that the reports do not say, and what of the question it is
// that is missing; then what they say instead, then the nearest passages, as such.
func (h *Handler) notAnswered(a index.Answer, w *wording.Wording) Reply {
	r := Reply{Blocks: understood(a, w)}
	switch {
	case a.AskPlace:
		return h.whose(a, w)
	case a.NoReportOf != "":
		return say(fmt.Sprintf(w.NoReportOf, a.NoReportOf, h.places(w)))
	}
	instead := h.verified(a.Instead)
	if len(instead) > 0 {
		r.Blocks = append([]Block{line(bold(h.lacking(a.Query, instead[0].Figure, w)))}, r.Blocks...)
		r.Blocks = append(r.Blocks, line(plain(w.Instead)))
		for _, f := range instead {
			r.Blocks = append(r.Blocks, h.insteadLine(a.Query, f.Figure, w))
		}
		r.Blocks = append(r.Blocks, sentences(instead)...)
		r.Buttons = h.withPage(h.around(h.shownParagraphs(r), w, ""), r, w)
		return r
	}
	r.Blocks = append([]Block{line(bold(w.NotInReports))}, r.Blocks...)
	if len(a.Passages) == 0 {
		return r
	}
	r.Blocks = append(r.Blocks, line(faint(w.Nearest)))
	for _, p := range a.Passages[:min(len(a.Passages), shownNearest)] {
		if entry := []Block{{Kind: Quote, Runs: []Run{plain(p.Report.Slice(p.Best))}}, source(p.Paragraph)}; h.passes(entry...) {
			r.Blocks = append(r.Blocks, entry...)
		}
	}
	return r
}

// places is the places that there are reports of, and of a report of none its title;
// the first few where they are many.
func (h *Handler) places(w *wording.Wording) string {
	var names []string
	all := h.engine.Corpus().Reports
	for _, r := range all {
		if place := cmp.Or(saying.Place(r), "《"+r.Title+"》"); !slices.Contains(names, place) {
			names = append(names, place)
		}
	}
	text := strings.Join(names[:min(len(names), namedPlaces)], w.CopiedAnd)
	if len(names) > namedPlaces {
		text += fmt.Sprintf(w.AndOthers, len(names))
	}
	return text
}

// namedPlaces are said of many.
const namedPlaces = 8

// lacking says what of a question no report has: 没有2024年的数；2023年为174个.
func (h *Handler) lacking(q index.Query, has *corpus.Figure, w *wording.Wording) string {
	asked := corpus.Figure{Paragraph: has.Paragraph}
	if len(q.Periods) > 0 {
		asked.Period = q.Periods[len(q.Periods)-1]
	}
	status := saying.Status(has, h.now())
	switch {
	case len(q.Reports) > 0 && !q.Reports[has.Paragraph.Report.Head]: // of another place
		return w.NotInReports
	case q.Scope != "" && has.Scope != "" && q.Scope != has.Scope:
		return fmt.Sprintf(w.LacksArea, area(q.Scope, w), area(has.Scope, w), saying.Text(has))
	case asked.Period.Known() && has.Period.Known() && !asked.Period.Within(has.Period) && !asked.Period.AsOf():
		return fmt.Sprintf(w.LacksPeriod, period(&asked, w), period(has, w), saying.Text(has))
	case q.Status == corpus.Target && status == corpus.Actual && has.Period.Known():
		return fmt.Sprintf(w.LacksTarget, period(has, w), saying.Text(has))
	case q.Status == corpus.Actual && status == corpus.Target && has.Period.Known():
		return fmt.Sprintf(w.LacksActual, period(has, w), saying.Text(has))
	}
	return w.NotInReports
}

func area(s corpus.Scope, w *wording.Wording) string {
	if said := saying.AreaInEnglish(s); w.Lang == "en" && said != "" {
		return said
	}
	return saying.Area(s)
}

// insteadLine is a figure that is not what was asked for, with its place before
// everything else: another one's figure is none of the place that was asked about.
func (h *Handler) insteadLine(q index.Query, f *corpus.Figure, w *wording.Wording) Block {
	b := h.figureLine(f, w)
	if q.Scope != "" && f.Scope != "" && f.Scope != q.Scope {
		b.Runs = append(b.Runs, plain(" · "+fmt.Sprintf(w.Area, area(f.Scope, w))))
	}
	if place := h.placeOf(f); place != "" {
		b.Runs = append([]Run{plain(place + w.Colon)}, slices.DeleteFunc(b.Runs, func(r Run) bool { return r.Text == " · "+place })...)
	}
	return b
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
			sentences = append(sentences, corpus.Span{Start: min(f.Sentence.Start, saying.Said(f.Figure).Start), End: max(f.Sentence.End, saying.Said(f.Figure).End)})
			values = append(values, saying.Said(f.Figure))
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
	return Block{Kind: Quote, Runs: runs}
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
