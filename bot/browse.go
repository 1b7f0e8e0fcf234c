package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index"
)

// The data of buttons: a letter, then an ID or a place.
const (
	toParagraph = "p:" // + paragraph ID: turns the page of the message to it
	toBeside    = "s:" // + paragraph ID: opens it in a message of its own
	toMore      = "m:" // + how many passages were shown : ID of the next one
	toSection   = "o:" // + report ID : number of the section, or "" : page
	toFigures   = "f:" // + page : topic
	toReports   = "r:" // + page
	toQuestion  = "q:" // + a question to ask
	toFigure    = "c:" // + figure ID: the one that was meant
	toPage      = "i:" // + paragraph or figure ID: the page of the original that it stands on
	toRest      = "d:" // + paragraph ID: its figures, all of them
	toVerdict   = "v:" // + what is wrong, or good : number of the answer
	toLanguage  = "l:" // + language
	toRequest   = "n:" // a stranger asks to be let in
	toDecide    = "a:" // + role : user, of an administrator
	toUsers     = "u:" // + page
	toGaps      = "g:" // + page
	toTake      = "t:" // + how to add a file that was sent : its key
	toWithdraw  = "w:" // + ask or yes : report ID
	toFile      = "b:" // + kind of file : key of the questions that it answers
	toPlace     = "y:" // + report ID whose place is meant : key of the question; nothing for any place
	toChart     = "h:" // + key of the question that is drawn
	toKeep      = "k:" // + key of the question that is kept for a meeting
	toRestrict  = "x:" // + page, and perhaps : mark or free : report ID
)

// longestData is what Telegram takes as the data of a button, in bytes.
const longestData = 64

// press answers a button. Its data may be old, or forged: what it names is
// looked up anew, and what is not there gets a calm sentence.
func (h *Handler) press(ctx context.Context, m Message, w *wording.Wording) Reply {
	kind, rest := m.Data[:min(2, len(m.Data))], m.Data[min(2, len(m.Data)):]
	switch kind {
	case toParagraph:
		return h.opened(m, h.paragraph(rest, w))
	case toBeside:
		r := h.paragraph(rest, w)
		r.Edit = false
		return h.opened(m, r)
	case toMore:
		return h.opened(m, h.more(m, rest, w))
	case toSection:
		return h.outline(rest, w)
	case toReports:
		return h.reports(rest, w)
	case toQuestion:
		m.Text, m.Data = rest, ""
		return h.question(ctx, m, w)
	case toFigure:
		return h.opened(m, h.chosenFigure(rest, w))
	case toPage:
		return h.page(ctx, m, rest, w)
	case toPlace:
		return h.placed(ctx, m, rest, w)
	case toChart:
		return h.chart(ctx, m, rest, w)
	case toKeep:
		return h.keep(m, rest, w)
	case toFile:
		return h.file(ctx, m, rest, w)
	case toRest:
		return h.opened(m, h.figuresIn(rest, w))
	case toFigures:
		page, topic, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(page)
		if err != nil || n < 0 {
			return say(w.Stale)
		}
		return h.opened(m, h.figures(ctx, topic, n, w))
	case toVerdict:
		return h.judge(m, rest, w)
	case toLanguage:
		return h.speak(m, rest, w)
	case toRequest:
		return h.help(m, w) // let in since
	case toDecide, toUsers, toGaps, toRestrict, toTake, toWithdraw:
		return h.pressAdministrator(m, kind, rest, w)
	}
	return say(w.Stale)
}

// around is the buttons below the passages of an answer: to what stands before the
// first and behind the last of them and is not on the screen. What they open leaves
// the answer where it is. more is where 更多 leads, "" for nowhere.
func (h *Handler) around(shown []*corpus.Paragraph, w *wording.Wording, more string) [][]Button {
	var row []Button
	if len(shown) > 0 {
		if p := beside(shown[0], -1, shown); p != nil {
			row = append(row, Button{Label: "◀ " + w.Previous, Data: toBeside + p.ID})
		}
		if p := beside(shown[0], 1, shown); p != nil {
			row = append(row, Button{Label: w.Next + " ▶", Data: toBeside + p.ID})
		}
	}
	if more != "" {
		row = append(row, Button{Label: w.More, Data: more})
	}
	return appendRow(nil, row)
}

// beside is the nearest paragraph before or behind one that is not shown, nil at
// the end of the report.
func beside(p *corpus.Paragraph, step int, shown []*corpus.Paragraph) *corpus.Paragraph {
	all := p.Report.Paragraphs
	for n := p.N + step; n >= 0 && n < len(all); n += step {
		if !slices.Contains(shown, all[n]) {
			return all[n]
		}
	}
	return nil
}

// neighbouring leads to the paragraphs before and after.
func neighbouring(p *corpus.Paragraph, how string, w *wording.Wording) (row []Button) {
	if p.N > 0 {
		row = append(row, Button{Label: "◀ " + w.Previous, Data: how + p.Report.Paragraphs[p.N-1].ID})
	}
	if p.N+1 < len(p.Report.Paragraphs) {
		row = append(row, Button{Label: w.Next + " ▶", Data: how + p.Report.Paragraphs[p.N+1].ID})
	}
	return row
}

// paragraph opens one paragraph, with the way to those around it and to the
// part of the outline that it stands in.
func (h *Handler) paragraph(id string, w *wording.Wording) Reply {
	p := h.engine.Corpus().Paragraph(id)
	if p == nil {
		return h.gone(id, w)
	}
	outline := Button{Label: w.Outline, Data: toSection + p.Report.ID}
	if n := slices.Index(p.Report.Sections, p.Section); n >= 0 {
		outline.Data += ":" + strconv.Itoa(n)
	}
	return Reply{Blocks: []Block{{Kind: Quote, Runs: []Run{plain(p.Text())}}, source(p)}, Buttons: [][]Button{append(append(neighbouring(p, toParagraph, w), outline), h.pageButton(p, "", w)...)}, Edit: true}
}

// gone says that a paragraph is not there, and offers the nearest thing: the
// outline of its report, else the reports at hand.
func (h *Handler) gone(id string, w *wording.Wording) Reply {
	report, _, _ := strings.Cut(id, "-")
	for _, r := range h.engine.Corpus().Reports {
		if r.ID == report {
			return Reply{Blocks: lined([]string{w.GoneParagraph}), Buttons: [][]Button{{{Label: w.Outline, Data: toSection + r.ID}}}}
		}
	}
	return Reply{Blocks: lined([]string{w.GoneReport}), Buttons: [][]Button{{{Label: strings.TrimRight(w.AllTitles, "：:"), Data: toReports + "0"}}}}
}

// onwards is the button data that leads to the first passage of an answer from
// the n-th on that is not shown already, "" where there is none. It names the
// passage, for the person may have asked something else by the time it is pressed.
func onwards(passages []index.PassageHit, n int, shown []*corpus.Paragraph) string {
	for ; n < len(passages); n++ {
		if !slices.Contains(shown, passages[n].Paragraph) {
			return toMore + strconv.Itoa(n) + ":" + passages[n].ID
		}
	}
	return ""
}

// more shows the next passage of an answer. Only of the last answer it is
// known which words matched and what comes after; of an older one the passage
// is shown as it stands.
func (h *Handler) more(m Message, at string, w *wording.Wording) Reply {
	number, id, _ := strings.Cut(at, ":")
	n, err := strconv.Atoi(number)
	p := h.engine.Corpus().Paragraph(id)
	if err != nil || n < 1 || p == nil {
		return say(w.Stale)
	}
	hit, next := whole(p), ""
	if passages := h.recall(m).passages; n < len(passages) && passages[n].Paragraph == p {
		hit, next = passages[n], onwards(passages, n+1, nil)
	}
	r := Reply{Blocks: []Block{quote(hit), source(p)}}
	r.Buttons = h.withPage(h.around([]*corpus.Paragraph{p}, w, next), r, w)
	return r
}

// outlined is how many entries of an outline one message offers: Telegram
// refuses more than a hundred buttons, and a person reads far fewer.
const outlined = 20

// outline shows the reports, or what one holds: "report:number:page", where
// the number is that of the section to open, "" for the top.
func (h *Handler) outline(at string, w *wording.Wording) Reply {
	id, rest, _ := strings.Cut(at, ":")
	number, page, _ := strings.Cut(rest, ":")
	reports := h.engine.Corpus().Reports
	if id == "" && len(reports) == 1 {
		id = reports[0].ID
	}
	if r := h.engine.Corpus().Report(id); r != nil {
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n >= len(r.Sections) {
			return h.top(r, page, w)
		}
		return h.section(r, n, page, w)
	}
	if id != "" {
		return say(w.Stale)
	}
	var entries []Button
	for _, report := range reports {
		entries = append(entries, Button{Label: shorten(report.Title, 40), Data: toSection + report.ID})
	}
	return Reply{Blocks: []Block{line(bold(w.AllTitles))}, Buttons: paged(entries, page, toSection+"::", w), Edit: true}
}

// top lists what stands above and below the highest headings of a report.
func (h *Handler) top(r *corpus.Report, page string, w *wording.Wording) Reply {
	return Reply{Blocks: []Block{line(bold(r.Title))}, Buttons: paged(contents(r, nil), page, toSection+r.ID+"::", w), Edit: true, Protect: h.restricted(r.ID)}
}

// section lists what stands right below a heading.
func (h *Handler) section(r *corpus.Report, n int, page string, w *wording.Wording) Reply {
	open := r.Sections[n]
	buttons := paged(contents(r, open), page, fmt.Sprintf("%s%s:%d:", toSection, r.ID, n), w)
	return Reply{Blocks: []Block{line(bold(r.Title)), line(plain(open.Marker + open.Heading))},
		Buttons: append(buttons, []Button{{Label: "◀ " + w.Outline, Data: toSection + r.ID}}), Edit: true, Protect: h.restricted(r.ID)}
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
func paged(entries []Button, page, data string, w *wording.Wording) (rows [][]Button) {
	n := pageOf(page, len(entries), outlined)
	for _, b := range entries[n*outlined : min(len(entries), (n+1)*outlined)] {
		rows = append(rows, []Button{b})
	}
	return appendRow(rows, turning(n, (len(entries)+outlined-1)/outlined, func(page int) string { return data + strconv.Itoa(page) }, w))
}

// turning leads to the pages around the n-th of so many; at is the data of a page.
func turning(n, pages int, at func(page int) string, w *wording.Wording) (row []Button) {
	if n > 0 {
		row = append(row, Button{Label: "◀", Data: at(n - 1)})
	}
	if n+1 < pages {
		row = append(row, Button{Label: w.More + " ▶", Data: at(n + 1)})
	}
	return row
}

// appendRow adds a row of buttons unless it is empty.
func appendRow(rows [][]Button, row []Button) [][]Button {
	if len(row) == 0 {
		return rows
	}
	return append(rows, row)
}

// pageOf is the number of a page; one that is none is the first.
func pageOf(page string, entries, each int) int {
	n, err := strconv.Atoi(page)
	if err != nil || n < 0 || n > (entries-1)/each {
		return 0
	}
	return n
}

// opening is a paragraph's lead or first words.
func opening(p *corpus.Paragraph) string {
	if lead := p.Report.Slice(p.Lead); lead != "" {
		return lead
	}
	return shorten(p.Text(), 40)
}

// reports lists the reports at hand, and opens the outline of each.
func (h *Handler) reports(page string, w *wording.Wording) Reply {
	r := Reply{Blocks: []Block{line(bold(w.AllTitles))}, Edit: true}
	all := h.engine.Corpus().Reports
	n := pageOf(page, len(all), outlined)
	var entries []Button
	for i, report := range all {
		if i/outlined == n {
			r.Blocks = append(r.Blocks, line(plain(h.described(report, w))))
		}
		entries = append(entries, Button{Label: shorten(report.Title, 40), Data: toSection + report.ID})
	}
	r.Buttons = paged(entries, page, toReports, w)
	return r
}

// described is a report with its date, or its year where no day is stated, and
// how much it holds.
func (h *Handler) described(r *corpus.Head, w *wording.Wording) string {
	figures, date := 0, ""
	if open := h.engine.Corpus().Report(r.ID); open != nil {
		for _, p := range open.Paragraphs {
			figures += len(p.Figures())
		}
	}
	if r.Year > 0 {
		date = fmt.Sprintf(w.YearOf, r.Year)
	}
	if day, err := time.Parse(time.DateOnly, r.Date); err == nil {
		date = day.Format(w.DateOf)
	}
	return fmt.Sprintf(w.Reports, "《"+r.Title+"》", date, r.Length, figures)
}

// sources lists the paragraphs that the last answer cited, each with the
// figures taken from it, and opens each.
func (h *Handler) sources(m Message, w *wording.Wording) Reply {
	shown, err := h.record.LastShown(where(m))
	h.noted(err)
	r := Reply{Blocks: []Block{line(bold(w.Sources))}}
	for _, s := range shown {
		p := h.engine.Corpus().Paragraph(s.Paragraph)
		if p == nil || s.Figure != "" {
			continue
		}
		n := strconv.Itoa(len(r.Buttons)+1) + ". "
		r.Blocks = append(r.Blocks, line(plain(n+opening(p))))
		r.Blocks = append(r.Blocks, h.figuresOf(p, shown, w)...)
		r.Blocks = append(r.Blocks, source(p))
		r.Buttons = append(r.Buttons, []Button{{Label: n + shorten(opening(p), 36), Data: toParagraph + p.ID}})
	}
	if len(r.Buttons) == 0 {
		return say(w.NoSources)
	}
	return r
}

// figuresOf is the figures of a paragraph that were shown.
func (h *Handler) figuresOf(p *corpus.Paragraph, shown []record.Shown, w *wording.Wording) (lines []Block) {
	for _, f := range p.Figures() {
		if slices.ContainsFunc(shown, func(s record.Shown) bool { return s.Figure == f.ID }) {
			lines = append(lines, h.figureLine(f, w))
		}
	}
	return lines
}

// figuresIn is all figures of a paragraph.
func (h *Handler) figuresIn(id string, w *wording.Wording) Reply {
	p := h.engine.Corpus().Paragraph(id)
	if p == nil {
		return h.gone(id, w)
	}
	var figures []index.FigureHit
	for _, f := range p.Figures() {
		if h.stands(f) && telling(f) {
			figures = append(figures, index.FigureHit{Figure: f})
		}
	}
	if len(figures) == 0 {
		return say(w.NoFigures)
	}
	figures = figures[:min(len(figures), mostOfParagraph)]
	return Reply{Blocks: []Block{h.table(figures, w), source(p)}}
}

// mostOfParagraph figures are listed of one paragraph.
const mostOfParagraph = 30

// figuresPerPage on a page of /figures.
const figuresPerPage = 12

// figures lists figures in reading order, those of a topic only.
func (h *Handler) figures(ctx context.Context, topic string, page int, w *wording.Wording) Reply {
	topic = carried(topic)
	reports := h.engine.Corpus().Reports
	found, shown := h.figuresAbout(ctx, topic, page)
	pages := (found + figuresPerPage - 1) / figuresPerPage
	if found == 0 || page >= pages {
		return say(w.NoFigures)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.FiguresOf, page+1, pages)))}, Edit: true}
	var above *corpus.Paragraph
	for _, f := range shown {
		if f.Paragraph != above {
			if len(reports) > 1 && (above == nil || above.Report != f.Paragraph.Report) {
				r.Blocks = append(r.Blocks, line(bold("《"+f.Paragraph.Report.Title+"》")))
			}
			above = f.Paragraph
			r.Blocks = append(r.Blocks, line(Run{Text: strings.TrimSpace(place(above) + " " + shorten(opening(above), 20)), Style: Faint, Link: linkTo(above)}))
		}
		r.Blocks = append(r.Blocks, h.figureLine(f, w))
	}
	r.Buttons = appendRow(nil, turning(page, pages, func(page int) string { return pageData(page, topic) }, w))
	return r
}

// figuresAbout is the figures whose clause names a topic as it was typed; where
// none does, those found by its meaning: charging is 充电, 5G基站 is 5G通信基站.
func (h *Handler) figuresAbout(ctx context.Context, topic string, page int) (found int, shown []*corpus.Figure) {
	of, topic := h.ofReports(topic)
	if found, shown = h.figuresOn(page, func(f *corpus.Figure) bool { return of(f) && about(f, topic) }); found > 0 || topic == "" {
		return found, shown
	}
	meant := map[string]bool{}
	if a := h.engine.Ask(ctx, topic, nil); a.Answered {
		for _, f := range a.Figures {
			meant[f.ID] = of(f.Figure) && f.Score >= a.Figures[0].Score-listedWithin
		}
	}
	if len(meant) == 0 {
		return 0, nil
	}
	return h.figuresOn(page, func(f *corpus.Figure) bool { return meant[f.ID] })
}

// ofReports parts the name of a place or of a report from the topic behind it: 江西 充电. of
// tells the figures of its reports, of all where none is named.
func (h *Handler) ofReports(topic string) (of func(*corpus.Figure) bool, rest string) {
	name, rest, _ := strings.Cut(topic, " ")
	reports := h.reportsOf(name)
	if len(reports) == 0 || len(reports) == len(h.engine.Corpus().Reports) {
		return func(*corpus.Figure) bool { return true }, topic
	}
	return func(f *corpus.Figure) bool { return slices.Contains(reports, f.Paragraph.Report.Head) }, strings.TrimSpace(rest)
}

// figuresOn counts the figures that are wanted, and holds those of a page only:
// of all reports together they would not leave the memory.
func (h *Handler) figuresOn(page int, wanted func(*corpus.Figure) bool) (found int, shown []*corpus.Figure) {
	for r := range h.engine.Corpus().All {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				if !wanted(f) || !h.stands(f) {
					continue
				}
				if found/figuresPerPage == page {
					shown = append(shown, f)
				}
				found++
			}
		}
	}
	return found, shown
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

// help greets, shows questions that work on the reports at hand, and the
// commands that the person may use.
func (h *Handler) help(m Message, w *wording.Wording) Reply {
	r := Reply{Blocks: []Block{line(plain(w.Hello)), line(plain(w.HowTo))}}
	for _, q := range h.examples.of(h.engine, w.Lang) {
		r.Blocks = append(r.Blocks, line(bold("· "+q)))
	}
	r.Blocks = append(r.Blocks, line(plain(w.Noted)), line(plain(w.Ask)))
	commands := w.Readers
	if h.access.Administrator(m.User) && !isGroup(m.Chat) {
		commands = slices.Concat(w.Readers, w.Administrators)
	}
	for _, c := range commands {
		r.Blocks = append(r.Blocks, line(plain("/"+c.Name+"  "+c.Description)))
	}
	return r
}

// such is a line with an example of a question, "" where the reports have none to offer.
func (h *Handler) such(w *wording.Wording) string {
	for _, q := range h.examples.of(h.engine, w.Lang) {
		return fmt.Sprintf(w.TypeSuch, q)
	}
	return ""
}

// examples are questions that work on the reports at hand, found once for each
// language and for as long as the reports are the same.
type examples struct {
	mu        sync.Mutex
	corpus    *corpus.Corpus
	questions map[string][]string
}

func (x *examples) of(engine Asker, lang string) []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	if c := engine.Corpus(); x.corpus != c {
		x.corpus, x.questions = c, map[string][]string{}
	}
	questions, ok := x.questions[lang]
	if !ok {
		// They are kept for all: whoever asked first may go while they are looked for.
		questions = Examples(context.Background(), engine, lang, shownExamples)
		x.questions[lang] = questions
	}
	return questions
}

// Examples are up to n questions made from figures of the reports, in the
// language where that can be, each one asked and kept only if that very figure
// comes back.
func Examples(ctx context.Context, engine Asker, lang string, n int) (questions []string) {
	if lang == "en" {
		questions = found(ctx, engine, n, englishExamples(engine))
	}
	return append(questions, found(ctx, engine, n-len(questions), exampleOf)...)
}

// found asks the questions made from figures, at most twenty for each that is
// wanted, until n of them, of as many paragraphs, have found their figure.
func found(ctx context.Context, engine Asker, n int, made func(*corpus.Figure) []string) (questions []string) {
	tries := 20 * n
	finds := func(q string, f *corpus.Figure) bool {
		tries--
		a := engine.Ask(ctx, q, nil)
		return a.Answered && len(a.Figures) > 0 && a.Figures[0].ID == f.ID
	}
	for r := range engine.Corpus().All {
	paragraphs:
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				for _, q := range made(f) {
					if tries == 0 || len(questions) == n {
						return questions
					}
					if finds(q, f) {
						questions = append(questions, q)
						continue paragraphs
					}
				}
			}
		}
	}
	return questions
}

// exampleOf is the question that a figure answers, none for one that makes a
// poor example.
func exampleOf(f *corpus.Figure) []string {
	if long := utf8.RuneCountInString(f.What); long < 4 || long > 12 || f.Verb == "" || !countable(f) {
		return nil
	}
	return []string{f.Verb + f.What + "多少" + f.Unit}
}

func countable(f *corpus.Figure) bool {
	return f.Class() == "count" && f.Value.IntPart() >= 10 && f.Role == corpus.Level
}

// englishExamples makes questions of the names that the glossary has for what a
// figure counts, where it has any: "how many 5G base stations".
func englishExamples(engine Asker) func(*corpus.Figure) []string {
	glossary, ok := engine.(interface{ English(word string) []string })
	return func(f *corpus.Figure) (questions []string) {
		if !ok || !countable(f) {
			return nil
		}
		for _, name := range glossary.English(f.What) {
			if strings.Contains(name, " ") { // one word alone is of too many things
				questions = append(questions, "how many "+plural(name))
			}
		}
		return questions
	}
}

// plural of a name in the glossary, which has them in lower case and singular:
// 5G base stations, companies.
func plural(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			words[i] = strings.ToUpper(w)
		}
	}
	name = strings.Join(words, " ")
	stem, y := strings.CutSuffix(name, "y")
	switch {
	case y && !strings.ContainsAny(stem[len(stem)-1:], "aeiou"):
		return stem + "ies"
	case strings.HasSuffix(name, "s"), strings.HasSuffix(name, "x"), strings.HasSuffix(name, "ch"), strings.HasSuffix(name, "sh"):
		return name + "es"
	}
	return name + "s"
}

var _ Asker = (*index.Engine)(nil)
