package bot

import (
	"strconv"
	"strings"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
)

// Start parameters: what a link to the bot may carry, of [A-Za-z0-9_-] and at
// most 64 characters.
const (
	linkParagraph = "p_" // + paragraph ID, which stays the same when the index is built anew
	linkRequest   = "request"
	linkHelp      = "help"
)

func linkTo(p *corpus.Paragraph) string { return linkParagraph + p.ID }

// start greets, or opens what a link leads to. Access was checked as for any
// message; a link that is old or forged leads to the nearest thing there is.
func (h *Handler) start(m Message, parameter string, w *wording.Wording) Reply {
	if id, ok := strings.CutPrefix(parameter, linkParagraph); ok {
		return h.opened(m, h.paragraph(id, w))
	}
	return h.help(m, w)
}

// judged puts the buttons of feedback below an answer, beside the one that
// copies. An answer that could not be recorded has no number, and none of them.
func judged(r Reply, number int64) Reply {
	if number == 0 {
		return r
	}
	n := ":" + strconv.FormatInt(number, 10)
	row := []Button{{Label: "👍", Data: toVerdict + "good" + n}, {Label: "👎", Data: toVerdict + "bad" + n}}
	for i, above := range r.Buttons {
		if above[0].Copy != "" {
			r.Buttons[i] = append(above, row...)
			return r
		}
	}
	r.Buttons = append(r.Buttons, row)
	return r
}

// verdicts that a button may carry.
var verdicts = map[string]record.Verdict{
	"good":    {Good: true},
	"bad":     {},
	"figure":  {Wrong: "figure"},
	"passage": {Wrong: "passage"},
	"missing": {Wrong: "missing"},
}

// judge keeps what a person thinks of an answer, and asks what was wrong.
func (h *Handler) judge(m Message, data string, w *wording.Wording) Reply {
	name, number, _ := strings.Cut(data, ":")
	verdict, known := verdicts[name]
	answer, err := strconv.ParseInt(number, 10, 64)
	if !known || err != nil {
		return say(w.Stale)
	}
	found, err := h.record.Judge(answer, where(m), verdict)
	h.noted(err)
	switch {
	case err != nil:
		return Reply{Toast: w.NotKept}
	case !found:
		return Reply{Toast: w.Stale}
	case name == "good":
		return Reply{Toast: w.Thanks}
	case name == "bad":
		return h.wrongWhat(number, w)
	}
	r := say(w.Thanks)
	r.Edit, r.Toast = true, w.Thanks
	return r
}

func (h *Handler) wrongWhat(number string, w *wording.Wording) Reply {
	r := say(w.WrongWhat)
	r.Toast = w.Thanks
	for _, b := range []Button{{Label: w.WrongFigure, Data: "figure:"}, {Label: w.WrongPassage, Data: "passage:"}, {Label: w.WrongMissing, Data: "missing:"}} {
		r.Buttons = append(r.Buttons, []Button{{Label: b.Label, Data: toVerdict + b.Data + number}})
	}
	return r
}

// speak keeps the language that a person chooses, or offers those there are.
func (h *Handler) speak(m Message, lang string, w *wording.Wording) Reply {
	for _, l := range wording.Languages {
		if strings.EqualFold(l.Lang, lang) {
			if err := h.record.Speak(m.User, l.Lang); err != nil {
				h.noted(err)
				return say(w.NotKept)
			}
			r := say(wording.Of(l.Lang).LangSet)
			r.Edit = true
			return r
		}
	}
	r := say(w.AskLang)
	var row []Button
	for _, l := range wording.Languages {
		row = append(row, Button{Label: l.Name, Data: toLanguage + l.Lang})
	}
	r.Buttons = [][]Button{row}
	return r
}

// forget drops what is kept of a person: at once, and for good.
func (h *Handler) forget(m Message, w *wording.Wording) Reply {
	if err := h.record.Forget(m.User); err != nil {
		h.noted(err)
		return say(w.NotKept)
	}
	h.memory.forget(m.User)
	h.log.Info("a person was forgotten", "user", m.User)
	r := say(w.Forgotten)
	r.Forget = true
	return r
}
