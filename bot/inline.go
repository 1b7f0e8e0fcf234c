package bot

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index"
)

// How many cards are offered while a question is typed in another chat.
const (
	offeredFigures  = 8
	offeredPassages = 3
)

// A choice whose ID begins so is no card but a way to the bot, with what
// follows as start parameter.
const choiceStart = "start:"

// Inline offers cards for a question that is being typed in another chat. Who
// may not ask gets one way to request it, who is banned or too fast nothing.
// Restricted reports are not offered: a card sent there can't be protected.
func (h *Handler) Inline(ctx context.Context, user int64, lang, query string) (choices []Choice) {
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("a query made the handler panic", "user", user, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
			choices = nil
		}
	}()
	w := wording.Of(lang)
	switch {
	case h.access.role(user) == record.Banned || !h.typing.allows(user, h.now()):
		return nil
	case !h.access.Allowed(user):
		return h.Uninvited(user, lang)
	}
	if chosen := h.chosen(user); chosen != "" {
		w = wording.Of(chosen)
	}
	text, problem := cleaned(query, w)
	if problem != "" {
		title := w.TypeOn
		if utf8.RuneCountInString(query) > LongestQuestion {
			title = problem
		}
		return []Choice{{ID: choiceStart + linkHelp, Title: title, Description: h.such(w)}}
	}
	a := h.engine.Ask(ctx, text, nil)
	if a.Err != nil {
		h.log.Error("a question could not be searched for", "user", user, "cause", a.Err)
		return []Choice{{ID: choiceStart + linkHelp, Title: w.Failed, Description: shorten(text, 60)}}
	}
	if choices = h.cards(a, w); len(choices) > 0 {
		return choices
	}
	title := w.NoneHere
	switch {
	case a.Answered:
		title = w.NotElsewhere
	case a.NoReportOf != "":
		title = fmt.Sprintf(w.NoReportOf, a.NoReportOf, h.places(w))
	case a.AskPlace:
		title = fmt.Sprintf(w.AskPlace, h.places(w))
	}
	return []Choice{{ID: choiceStart + linkHelp, Title: title, Description: shorten(text, 60)}}
}

// Uninvited is what is offered to one who may not ask: a way to request it, and
// nothing to who is banned.
func (h *Handler) Uninvited(user int64, lang string) []Choice {
	if h.access.role(user) == record.Banned || !h.typing.allows(user, h.now()) {
		return nil
	}
	w := wording.Of(lang)
	return []Choice{{ID: choiceStart + linkRequest, Title: w.Request, Description: w.NeedsLeave}}
}

// Sent keeps that someone sent a card to another chat, by the ID of the choice:
// it is shown there from now on, and when its figure changes the sender is told.
func (h *Handler) Sent(user int64, choice string) {
	id, _, figure := strings.Cut(strings.TrimPrefix(choice, linkParagraph), ".")
	p := h.engine.Corpus().Paragraph(id)
	if p == nil || !h.access.Allowed(user) {
		return
	}
	shown := []record.Shown{{Report: p.Report.ID, Paragraph: p.ID}}
	if figure {
		shown = append(shown, record.Shown{Report: p.Report.ID, Paragraph: p.ID, Figure: choice})
	}
	_, err := h.record.Keep(record.Exchange{Where: record.Where{User: user, Chat: user}, Kind: record.Sent, Shown: shown})
	h.noted(err)
}

// cards is an answer as cards, one for each figure that fits nearly as well as
// the best, then its passages.
func (h *Handler) cards(a index.Answer, w *wording.Wording) (choices []Choice) {
	if !a.Answered {
		return nil
	}
	offer := func(id, title string, p *corpus.Paragraph, r Reply) {
		if r = h.proven(r, w); !r.Protect && len(shownIn(r)) > 0 {
			choices = append(choices, Choice{ID: id, Title: fold.Visible(title), Description: fold.Visible(shorten("《"+p.Report.Title+"》", 60) + place(p)), Reply: r.visible()})
		}
	}
	figures := h.verified(a.Figures)
	for _, f := range figures[:min(len(figures), offeredFigures)] {
		if f.Score < figures[0].Score-listedWithin {
			break
		}
		head, one := h.figureLine(f.Figure, w), []index.FigureHit{f}
		offer(f.ID, head.Text(), f.Paragraph, Reply{Blocks: []Block{head, cited(passageOf(a, f.Paragraph), one), source(f.Paragraph)}, Buttons: [][]Button{h.copied(one, w)}})
	}
	passages := together(a.Passages)
	for _, p := range passages[:min(len(passages), offeredPassages)] {
		offer(linkTo(p.Paragraph), shorten(opening(p.Paragraph), 60), p.Paragraph, Reply{Blocks: []Block{quote(p), source(p.Paragraph)}})
	}
	return choices
}
