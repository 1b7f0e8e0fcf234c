package bot

import (
	"strconv"
	"strings"

	"reportbot/bot/record"
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
func (h *Handler) start(m Message, parameter string, w *wording) Reply {
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
func (h *Handler) judge(m Message, data string, w *wording) Reply {
	name, number, _ := strings.Cut(data, ":")
	verdict, known := verdicts[name]
	answer, err := strconv.ParseInt(number, 10, 64)
	if !known || err != nil {
		return say(w.stale)
	}
	found, err := h.record.Judge(answer, where(m), verdict)
	h.noted(err)
	switch {
	case err != nil:
		return Reply{Toast: w.notKept}
	case !found:
		return Reply{Toast: w.stale}
	case name == "good":
		return Reply{Toast: w.thanks}
	case name == "bad":
		return h.wrongWhat(number, w)
	}
	r := say(w.thanks)
	r.Edit, r.Toast = true, w.thanks
	return r
}

func (h *Handler) wrongWhat(number string, w *wording) Reply {
	r := say(w.wrongWhat)
	r.Toast = w.thanks
	for _, b := range []Button{{Label: w.wrongFigure, Data: "figure:"}, {Label: w.wrongPassage, Data: "passage:"}, {Label: w.wrongMissing, Data: "missing:"}} {
		r.Buttons = append(r.Buttons, []Button{{Label: b.Label, Data: toVerdict + b.Data + number}})
	}
	return r
}

// speak keeps the language that a person chooses, or offers those there are.
func (h *Handler) speak(m Message, lang string, w *wording) Reply {
	for _, l := range languages {
		if strings.EqualFold(l.lang, lang) {
			if err := h.record.Speak(m.User, l.lang); err != nil {
				h.noted(err)
				return say(w.notKept)
			}
			r := say(wordingOf(l.lang).langSet)
			r.Edit = true
			return r
		}
	}
	r := say(w.askLang)
	var row []Button
	for _, l := range languages {
		row = append(row, Button{Label: l.name, Data: toLanguage + l.lang})
	}
	r.Buttons = [][]Button{row}
	return r
}

// forget drops what is kept of a person: at once, and for good.
func (h *Handler) forget(m Message, w *wording) Reply {
	if err := h.record.Forget(m.User); err != nil {
		h.noted(err)
		return say(w.notKept)
	}
	h.memory.forget(m.User)
	h.log.Info("a person was forgotten", "user", m.User)
	r := say(w.forgotten)
	r.Forget = true
	return r
}
