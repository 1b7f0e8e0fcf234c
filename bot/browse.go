package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index"
)

// The data of buttons: a letter, then an ID or a place.
const (
	toParagraph = "p:" // + paragraph ID
	toMore      = "m:" // + how many passages were shown
	toSection   = "o:" // + report ID : number of the section
	toFigures   = "f:" // + page : topic
)

// longestData is what Telegram takes as the data of a button, in bytes.
const longestData = 64

// press answers a button. Its data may be old, or forged: what it names is
// looked up anew, and what is not there gets a calm sentence.
func (h *Handler) press(m Message, w *wording) Reply {
	var r Reply
	rest := m.Data[min(2, len(m.Data)):]
	switch {
	case strings.HasPrefix(m.Data, toParagraph):
		r = h.paragraph(rest, w)
	case strings.HasPrefix(m.Data, toMore):
		r = h.more(m, rest, w)
	case strings.HasPrefix(m.Data, toSection):
		r = h.outline(rest, w)
	case strings.HasPrefix(m.Data, toFigures):
		page, topic, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(page)
		if err != nil || n < 0 {
			return say(w.stale)
		}
		r = h.figures(topic, n, w)
		r.Edit = true
	default:
		return say(w.stale)
	}
	return r
}

// around is the buttons below a passage.
func (h *Handler) around(p *corpus.Paragraph, w *wording, more bool) [][]Button {
	var row []Button
	if p.N > 0 {
		row = append(row, Button{"◀ " + w.previous, toParagraph + p.Report.Paragraphs[p.N-1].ID})
	}
	if p.N+1 < len(p.Report.Paragraphs) {
		row = append(row, Button{w.next + " ▶", toParagraph + p.Report.Paragraphs[p.N+1].ID})
	}
	if more {
		row = append(row, Button{w.more, toMore + "1"})
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
	return Reply{Blocks: []Block{{Quote, []Run{plain(p.Text())}}, source(p)}, Buttons: h.around(p, w, false), Edit: true}
}

// more shows the next passage of the last answer.
func (h *Handler) more(m Message, shown string, w *wording) Reply {
	n, err := strconv.Atoi(shown)
	passages := h.memory.recall(m).passages
	if err != nil || n < 1 || len(passages) == 0 {
		return say(w.stale)
	}
	if n >= len(passages) {
		return say(w.noMore)
	}
	p := passages[n]
	r := Reply{Blocks: []Block{quote(p), source(p.Paragraph)}, Buttons: h.around(p.Paragraph, w, false)}
	if n+1 < len(passages) {
		r.Buttons = append(r.Buttons, []Button{{w.more, toMore + strconv.Itoa(n+1)}})
	}
	return r
}

// outline shows the reports, or the sections of one: "report:number", where
// the number is that of the section to open.
func (h *Handler) outline(at string, w *wording) Reply {
	id, number, _ := strings.Cut(at, ":")
	reports := h.engine.Corpus().Reports
	if id == "" && len(reports) == 1 {
		id = reports[0].ID
	}
	for _, r := range reports {
		if r.ID == id {
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 || n >= len(r.Sections) {
				return h.sections(r, nil, w)
			}
			return h.sections(r, r.Sections[n], w)
		}
	}
	if id != "" {
		return say(w.stale)
	}
	r := Reply{Blocks: []Block{line(bold(w.allTitles))}}
	for _, report := range reports {
		r.Buttons = append(r.Buttons, []Button{{shorten(report.Title, 40), toSection + report.ID}})
	}
	return r
}

// sections lists what stands right below a section, or at the top.
func (h *Handler) sections(r *corpus.Report, open *corpus.Section, w *wording) Reply {
	out := Reply{Blocks: []Block{line(bold(r.Title))}, Edit: open != nil}
	if open != nil {
		out.Blocks = append(out.Blocks, line(plain(open.Marker+open.Heading)))
	}
	for i, s := range r.Sections {
		if s.Parent == open {
			out.Buttons = append(out.Buttons, []Button{{shorten(s.Marker+s.Heading, 40), fmt.Sprintf("%s%s:%d", toSection, r.ID, i)}})
		}
	}
	for _, p := range r.Paragraphs {
		if p.Section == open && open != nil {
			out.Buttons = append(out.Buttons, []Button{{shorten(opening(p), 40), toParagraph + p.ID}})
		}
	}
	if open != nil {
		out.Buttons = append(out.Buttons, []Button{{"◀ " + w.outline, toSection + r.ID}})
	}
	return out
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
	var all []*corpus.Figure
	for _, r := range h.engine.Corpus().Reports {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures {
				if about(f, topic) {
					all = append(all, f)
				}
			}
		}
	}
	pages := (len(all) + figuresPerPage - 1) / figuresPerPage
	if len(all) == 0 || page >= pages {
		return say(w.noFigures)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.figuresOf, page+1, pages)))}}
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
		row = append(row, Button{"◀", pageData(page-1, topic)})
	}
	if page+1 < pages {
		row = append(row, Button{w.more + " ▶", pageData(page+1, topic)})
	}
	if row != nil {
		r.Buttons = [][]Button{row}
	}
	return r
}

// pageData keeps the topic within what a button's data may hold.
func pageData(page int, topic string) string {
	data := toFigures + strconv.Itoa(page) + ":"
	for _, c := range topic {
		if len(data)+len(string(c)) > longestData {
			break
		}
		data += string(c)
	}
	return data
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
