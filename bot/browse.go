package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index"
)

// The data of buttons: a letter, then an ID or a place.
const (
	toParagraph = "p:" // + paragraph ID
	toMore      = "m:" // + how many passages were shown : ID of the next one
	toSection   = "o:" // + report ID : number of the section, or "" : page
	toFigures   = "f:" // + page : topic
	toQuestion  = "q:" // + a question to ask
)

// longestData is what Telegram takes as the data of a button, in bytes.
const longestData = 64

// press answers a button. Its data may be old, or forged: what it names is
// looked up anew, and what is not there gets a calm sentence.
func (h *Handler) press(ctx context.Context, m Message, w *wording) Reply {
	var r Reply
	rest := m.Data[min(2, len(m.Data)):]
	switch {
	case strings.HasPrefix(m.Data, toParagraph):
		r = h.paragraph(rest, w)
	case strings.HasPrefix(m.Data, toMore):
		r = h.more(m, rest, w)
	case strings.HasPrefix(m.Data, toSection):
		r = h.outline(rest, w)
	case strings.HasPrefix(m.Data, toQuestion):
		m.Text, m.Data = rest, ""
		r = h.question(ctx, m, w)
	case strings.HasPrefix(m.Data, toFigures):
		page, topic, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(page)
		if err != nil || n < 0 {
			return say(w.stale)
		}
		r = h.figures(topic, n, w)
	default:
		return say(w.stale)
	}
	return r
}

// around is the buttons below a passage. more is where 更多 leads, "" for nowhere.
func (h *Handler) around(p *corpus.Paragraph, w *wording, more string) [][]Button {
	var row []Button
	if p.N > 0 {
		row = append(row, Button{Label: "◀ " + w.previous, Data: toParagraph + p.Report.Paragraphs[p.N-1].ID})
	}
	if p.N+1 < len(p.Report.Paragraphs) {
		row = append(row, Button{Label: w.next + " ▶", Data: toParagraph + p.Report.Paragraphs[p.N+1].ID})
	}
	if more != "" {
		row = append(row, Button{Label: w.more, Data: more})
	}
	if len(row) == 0 {
		return nil
	}
	return [][]Button{row}
}

func (h *Handler) paragraph(id string, w *wording) Reply {
	p := h.engine.Corpus().Paragraph(id)
	if p == nil {
		return say(w.stale)
	}
	return Reply{Blocks: []Block{{Quote, []Run{plain(p.Text())}}, source(p)}, Buttons: h.around(p, w, ""), Edit: true}
}

// onwards is the button data that leads to the n-th passage of an answer, ""
// where there is none. It names the passage, for the person may have asked
// something else by the time it is pressed.
func onwards(passages []index.PassageHit, n int) string {
	if n >= len(passages) {
		return ""
	}
	return toMore + strconv.Itoa(n) + ":" + passages[n].ID
}

// more shows the next passage of an answer. Only of the last answer it is
// known which words matched and what comes after; of an older one the passage
// is shown as it stands.
func (h *Handler) more(m Message, at string, w *wording) Reply {
	number, id, _ := strings.Cut(at, ":")
	n, err := strconv.Atoi(number)
	p := h.engine.Corpus().Paragraph(id)
	if err != nil || n < 1 || p == nil {
		return say(w.stale)
	}
	hit, next := index.PassageHit{Paragraph: p, Best: p.Span}, ""
	if passages := h.memory.recall(m).passages; n < len(passages) && passages[n].Paragraph == p {
		hit, next = passages[n], onwards(passages, n+1)
	}
	return Reply{Blocks: []Block{quote(hit), source(p)}, Buttons: h.around(p, w, next)}
}

// outlined is how many entries of an outline one message offers: Telegram
// refuses more than a hundred buttons, and a person reads far fewer.
const outlined = 20

// outline shows the reports, or what one holds: "report:number:page", where
// the number is that of the section to open, "" for the top.
func (h *Handler) outline(at string, w *wording) Reply {
	id, rest, _ := strings.Cut(at, ":")
	number, page, _ := strings.Cut(rest, ":")
	reports := h.engine.Corpus().Reports
	if id == "" && len(reports) == 1 {
		id = reports[0].ID
	}
	for _, r := range reports {
		if r.ID == id {
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 || n >= len(r.Sections) {
				return h.top(r, page, w)
			}
			return h.section(r, n, page, w)
		}
	}
	if id != "" {
		return say(w.stale)
	}
	var entries []Button
	for _, report := range reports {
		entries = append(entries, Button{Label: shorten(report.Title, 40), Data: toSection + report.ID})
	}
	return Reply{Blocks: []Block{line(bold(w.allTitles))}, Buttons: paged(entries, page, toSection+"::", w), Edit: true}
}

// top lists what stands above and below the highest headings of a report.
func (h *Handler) top(r *corpus.Report, page string, w *wording) Reply {
	return Reply{Blocks: []Block{line(bold(r.Title))}, Buttons: paged(contents(r, nil), page, toSection+r.ID+"::", w), Edit: true}
}

// section lists what stands right below a heading.
func (h *Handler) section(r *corpus.Report, n int, page string, w *wording) Reply {
	open := r.Sections[n]
	buttons := paged(contents(r, open), page, fmt.Sprintf("%s%s:%d:", toSection, r.ID, n), w)
	return Reply{Blocks: []Block{line(bold(r.Title)), line(plain(open.Marker + open.Heading))},
		Buttons: append(buttons, []Button{{Label: "◀ " + w.outline, Data: toSection + r.ID}}), Edit: true}
}

// contents is the sections and paragraphs right below a section, nil for the
// top, in reading order.
func contents(r *corpus.Report, below *corpus.Section) (entries []Button) {
	paragraphs := r.Paragraphs
	until := func(at int) { // the paragraphs before a section that are not in it
		for len(paragraphs) > 0 && paragraphs[0].Start < at {
			if p := paragraphs[0]; p.Section == below {
				entries = append(entries, Button{Label: shorten(opening(p), 40), Data: toParagraph + p.ID})
			}
			paragraphs = paragraphs[1:]
		}
	}
	for i, s := range r.Sections {
		if s.Parent == below {
			until(s.Start)
			entries = append(entries, Button{Label: shorten(s.Marker+s.Heading, 40), Data: fmt.Sprintf("%s%s:%d", toSection, r.ID, i)})
		}
	}
	until(len(r.Text))
	return entries
}

// paged is one page of entries, one a row, and the way to the pages around
// it. A page that is none is the first.
func paged(entries []Button, page, data string, w *wording) (rows [][]Button) {
	n, err := strconv.Atoi(page)
	if err != nil || n < 0 || n > (len(entries)-1)/outlined {
		n = 0
	}
	for _, b := range entries[n*outlined : min(len(entries), (n+1)*outlined)] {
		rows = append(rows, []Button{b})
	}
	var row []Button
	if n > 0 {
		row = append(row, Button{Label: "◀", Data: data + strconv.Itoa(n-1)})
	}
	if (n+1)*outlined < len(entries) {
		row = append(row, Button{Label: w.more + " ▶", Data: data + strconv.Itoa(n+1)})
	}
	if row != nil {
		rows = append(rows, row)
	}
	return rows
}

// opening is a paragraph's lead or first words.
func opening(p *corpus.Paragraph) string {
	if lead := p.Report.Slice(p.Lead); lead != "" {
		return lead
	}
	return shorten(p.Text(), 40)
}

func (h *Handler) reports(w *wording) Reply {
	r := Reply{Blocks: []Block{line(bold(w.allTitles))}}
	for _, report := range h.engine.Corpus().Reports {
		figures := 0
		for _, p := range report.Paragraphs {
			figures += len(p.Figures)
		}
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.reports, "《"+report.Title+"》", len(report.Paragraphs), figures))))
	}
	return r
}

// figuresPerPage on a page of /figures.
const figuresPerPage = 12

// figures lists figures in reading order, those that topic names only.
func (h *Handler) figures(topic string, page int, w *wording) Reply {
	topic = carried(topic)
	var all []*corpus.Figure
	for _, r := range h.engine.Corpus().Reports {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures {
				if about(f, topic) && h.stands(f) {
					all = append(all, f)
				}
			}
		}
	}
	pages := (len(all) + figuresPerPage - 1) / figuresPerPage
	if len(all) == 0 || page >= pages {
		return say(w.noFigures)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.figuresOf, page+1, pages)))}, Edit: true}
	var above *corpus.Paragraph
	for _, f := range all[page*figuresPerPage : min(len(all), (page+1)*figuresPerPage)] {
		if f.Paragraph != above {
			above = f.Paragraph
			r.Blocks = append(r.Blocks, line(faint(strings.TrimSpace(place(above))+" "+shorten(opening(above), 20))))
		}
		r.Blocks = append(r.Blocks, h.figureLine(f, w))
	}
	var row []Button
	if page > 0 {
		row = append(row, Button{Label: "◀", Data: pageData(page-1, topic)})
	}
	if page+1 < pages {
		row = append(row, Button{Label: w.more + " ▶", Data: pageData(page+1, topic)})
	}
	if row != nil {
		r.Buttons = [][]Button{row}
	}
	return r
}

func pageData(page int, topic string) string {
	return toFigures + strconv.Itoa(page) + ":" + topic
}

// carried is the topic as far as a button can carry it beside a page of five
// digits, so that the first page is of the same topic as those after it.
func carried(topic string) string {
	room := longestData - len(pageData(99999, ""))
	topic = strings.TrimSpace(strings.ToValidUTF8(topic, ""))
	for i, c := range topic {
		if i+utf8.RuneLen(c) > room {
			return topic[:i]
		}
	}
	return topic
}

func about(f *corpus.Figure, topic string) bool {
	if topic = fold.String(strings.TrimSpace(topic)); topic == "" {
		return true
	}
	return strings.Contains(fold.String(f.Verb+f.What+f.Paragraph.Report.Slice(f.Clause)), topic)
}

// shownExamples is how many questions /help shows.
const shownExamples = 3

// help greets and shows questions that work on the reports at hand.
func (h *Handler) help(w *wording) Reply {
	r := Reply{Blocks: []Block{line(plain(w.hello)), line(plain(w.howTo))}}
	for _, q := range h.examples() {
		r.Blocks = append(r.Blocks, line(bold("· "+q)))
	}
	r.Blocks = append(r.Blocks, line(plain(w.noted)), line(plain(w.ask)))
	for _, c := range w.commands {
		r.Blocks = append(r.Blocks, line(plain("/"+c[0]+"  "+c[1])))
	}
	return r
}

// Examples are up to n questions made from figures of the reports, each one
// asked and kept only if that very figure comes back.
func Examples(ctx context.Context, engine Asker, n int) (questions []string) {
	tries := 20 * n
	for _, r := range engine.Corpus().Reports {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures {
				q := exampleOf(f)
				if q == "" || tries == 0 {
					continue
				}
				tries--
				if a := engine.Ask(ctx, q, nil); a.Answered && len(a.Figures) > 0 && a.Figures[0].Figure == f {
					if questions = append(questions, q); len(questions) == n {
						return questions
					}
					break // the next one from another paragraph
				}
			}
		}
	}
	return questions
}

// exampleOf is a question that a figure answers, "" for one that makes a poor example.
func exampleOf(f *corpus.Figure) string {
	long := len([]rune(f.What))
	if long < 4 || long > 12 || f.Verb == "" || quantity.Class(f.Unit) != "count" || f.Value.IntPart() < 10 || f.Role != corpus.Level {
		return ""
	}
	return f.Verb + f.What + "多少" + f.Unit
}

var _ Asker = (*index.Engine)(nil)
