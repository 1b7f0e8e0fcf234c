package bot

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"reportbot/bot/paper"
	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/index"
)

// A page for a meeting holds the answers to several questions with their sources, and says
// what was not found: /meeting 5G; 学校; 养老床位, or what a person kept with 收藏.

// mostTopics of one page: what is more is no page that one reads in a meeting.
const mostTopics = 12

// topicMarks part the topics of a page.
const topicMarks = ";；\n"

// meeting answers /meeting: on the topics given, else on what the person kept.
func (h *Handler) meeting(ctx context.Context, m Message, topics string, w *wording.Wording) Reply {
	var list [][]string
	for _, topic := range strings.FieldsFunc(topics, func(r rune) bool { return strings.ContainsRune(topicMarks, r) }) {
		if text, problem := cleaned(topic, w); problem == "" {
			list = append(list, []string{text})
		}
	}
	if tellsLanguage(topics) {
		w = wording.Of(cmp.Or(h.chosen(m.User), langOf(topics)))
	}
	kept := len(list) == 0
	if kept {
		var err error
		list, err = h.record.Kept(m.User)
		h.noted(err)
		if len(list) == 0 {
			return aside(w.HowToMeeting)
		}
	}
	r := h.pageOn(ctx, m, list[:min(len(list), mostTopics)], w)
	if len(list) > mostTopics {
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.MeetingMore, mostTopics, quoted(list[mostTopics:], w)))))
	}
	if kept && len(r.Buttons) > 0 {
		r.Buttons = append(r.Buttons, []Button{{Label: w.KeptClear, Data: toKeep + clearKept}})
	}
	return r
}

// topic is one question of a page with its answer.
type topic struct {
	name  string
	reply Reply
	found bool
}

// pageOn is the page in chat, with the buttons that give it as a file.
func (h *Handler) pageOn(ctx context.Context, m Message, list [][]string, w *wording.Wording) Reply {
	topics, failed := h.askAll(ctx, m, list, w)
	if failed != nil {
		return *failed
	}
	r := Reply{Blocks: []Block{line(bold(w.MeetingTitle)), line(faint(h.dated(w)))}}
	for n, t := range topics {
		if t.found {
			r.Blocks = append(r.Blocks, line(plain("")), line(bold(strconv.Itoa(n+1)+". "+t.name)))
			r.Blocks = append(r.Blocks, t.reply.Blocks...)
		}
	}
	if missing := notFound(topics, w); missing != "" {
		missing = fmt.Sprintf(w.MeetingMissing, missing)
		r.Blocks = append(r.Blocks, line(plain("")), line(plain(missing)))
	}
	key := h.along.keep(list)
	var row []Button
	for _, kind := range []string{"docx", "html", "txt"} {
		row = append(row, Button{Label: w.MeetingFile + " ." + kind, Data: toFile + kind + ":" + key})
	}
	r.Buttons = [][]Button{row}
	return r
}

// askAll asks each question of a page, and keeps each answer in the record as if it had
// been asked alone. failed is what is said where one can't be answered at all.
func (h *Handler) askAll(ctx context.Context, m Message, list [][]string, w *wording.Wording) (topics []topic, failed *Reply) {
	for _, questions := range list {
		last := len(questions) - 1
		a := h.engine.Ask(ctx, questions[last], questions[:last])
		if a.Err != nil {
			r := h.broke(m, questions[last], a, w)
			return nil, &r
		}
		r := h.fit(m, h.answer(a, w), w)
		r.Kind = kindOf(a, r)
		_, err := h.record.Keep(record.Exchange{Where: where(m), Question: asked(questions[last], a), Lang: a.Lang, Kind: r.Kind, Shown: shownIn(r)})
		h.noted(err)
		if h.withheld(err) {
			r := unrecordedReply(w)
			return nil, &r
		}
		topics = append(topics, topic{name: topicName(a, w), reply: r, found: a.Answered})
	}
	return topics, nil
}

// topicName is the question as it was asked, with the one that it goes on from.
func topicName(a index.Answer, w *wording.Wording) string {
	switch {
	case a.Table != nil && a.Table.GoesOn:
		return a.Table.About + w.CopiedSep + a.Question
	case a.Query.Follows != "":
		return a.Query.Follows + w.CopiedSep + a.Question
	}
	return a.Question
}

// quoted are questions, each by the words in which it was asked.
func quoted(list [][]string, w *wording.Wording) string {
	var names []string
	for _, questions := range list {
		names = append(names, "“"+questions[len(questions)-1]+"”")
	}
	return strings.Join(names, w.CopiedAnd)
}

// notFound names what the reports do not say, "" where they say all.
func notFound(topics []topic, w *wording.Wording) string {
	var names []string
	for _, t := range topics {
		if !t.found {
			names = append(names, "“"+t.name+"”")
		}
	}
	return strings.Join(names, w.CopiedAnd)
}

// dated is the day on which a page was made, and from how many reports.
func (h *Handler) dated(w *wording.Wording) string {
	return fmt.Sprintf(w.MeetingDated, strings.TrimRight(h.now().Format(w.DateOf), "，, "), len(h.engine.Corpus().Reports))
}

// meetingFile is the page as a file.
func (h *Handler) meetingFile(ctx context.Context, m Message, kind string, list [][]string, w *wording.Wording) Reply {
	topics, failed := h.askAll(ctx, m, list, w)
	if failed != nil {
		return *failed
	}
	page := paper.Page{Lang: w.Lang, Title: w.MeetingTitle, Below: h.dated(w)}
	r := Reply{}
	for n, t := range topics {
		if t.found {
			page.Parts = append(page.Parts, paper.Part{Heading: strconv.Itoa(n+1) + ". " + t.name, Blocks: onPaper(t.reply.Blocks)})
		}
		r.shown = append(r.shown, shownIn(t.reply)...)
	}
	if missing := notFound(topics, w); missing != "" {
		page.Parts = append(page.Parts, paper.Part{Heading: w.NotStated, Blocks: []paper.Block{{Runs: []paper.Run{{Text: missing}}}}})
	}
	write := map[string]func() ([]byte, error){"docx": page.DOCX, "html": page.HTML, "txt": page.Text}[kind]
	return h.opened(m, h.written(r, w.MeetingTitle+h.now().Format(" 2006-01-02")+"."+kind, write, w))
}

// onPaper is blocks of a reply for a file.
func onPaper(blocks []Block) (out []paper.Block) {
	for _, b := range blocks {
		one := paper.Block{Runs: runsOnPaper(b.Runs), Quote: b.Kind == Quote}
		for _, row := range b.Rows {
			one.Rows = append(one.Rows, runsOnPaper(row))
		}
		out = append(out, one)
	}
	return out
}

func runsOnPaper(runs []Run) (out []paper.Run) {
	for _, r := range runs {
		out = append(out, paper.Run{Text: r.Text, Bold: r.Style == Bold, Faint: r.Style == Faint})
	}
	return out
}

// keepable offers to keep an answer for a meeting, beside the buttons that judge it.
func (h *Handler) keepable(r Reply, a index.Answer, questions []string, lang string) Reply {
	if n := len(r.Buttons); n > 0 && a.Answered && len(shownIn(r)) > 0 {
		w := wording.Of(lang)
		if a.Query.Follows == "" && (a.Table == nil || !a.Table.GoesOn) {
			questions = questions[len(questions)-1:]
		}
		r.Buttons[n-1] = append(r.Buttons[n-1], Button{Label: w.Keep, Data: toKeep + h.along.keep([][]string{questions})})
	}
	return r
}

// clearKept in place of a key forgets what a person kept.
const clearKept = "clear"

// keep adds an answer to what a person takes to a meeting, or forgets it all.
func (h *Handler) keep(m Message, key string, w *wording.Wording) Reply {
	if key == clearKept {
		if err := h.record.DropKept(m.User); err != nil {
			h.noted(err)
			return say(w.NotKept)
		}
		return Reply{Toast: w.KeptCleared}
	}
	list := h.along.of(key)
	if len(list) != 1 {
		return say(w.Stale)
	}
	n, err := h.record.KeepFor(m.User, list[0], mostTopics)
	switch {
	case err != nil:
		h.noted(err)
		return say(w.NotKept)
	case n > mostTopics:
		return Reply{Toast: fmt.Sprintf(w.KeptFull, mostTopics)}
	}
	return Reply{Toast: fmt.Sprintf(w.KeptNow, n)}
}
