package bot

import (
	"cmp"
	"fmt"
	"time"

	"reportbot/bot/record"
	"reportbot/bot/wording"
)

// requestAgainAfter is when one who was refused may request again.
const requestAgainAfter = 24 * time.Hour

// refusal is what a person gets who is not to be answered, and whether that is so.
func (h *Handler) refusal(m Message, w *wording.Wording) (Reply, bool) {
	switch {
	case m.User == Terminal && m.Chat != Terminal: // a message without a sender is nobody's
		return h.refuse(m, "stranger", say(w.Garbled)), true
	case h.access.role(m.User) == record.Banned:
		return h.seldom(m, "banned", h.refuse(m, "banned", aside(w.Banned))), true
	case !h.messages.allows(m.User, h.now()):
		return h.refuse(m, "pace", h.saidOnce(m, "pace", pacedFor, w.Slower)), true
	}
	name, rest, isCommand := command(m.Text)
	switch {
	case isCommand && name == "claim":
		return h.claim(m, rest, w), true
	case h.access.MayAsk(m.User, m.Chat):
		return Reply{}, false
	case isGroup(m.Chat):
		return h.seldom(m, "group", h.refuse(m, "group", aside(w.GroupClosed))), true
	}
	asks := m.Data == toRequest || isCommand && name == "start" && (rest == "" || rest == linkRequest)
	r := h.refuse(m, "stranger", h.stranger(m, asks, w))
	if asks {
		return h.seldom(m, "request "+r.Text(), r), true
	}
	return h.seldom(m, "stranger", r), true
}

// pacedFor is how long it is enough to have been told once that one is too fast.
const pacedFor = time.Minute

// saidOnce is a sentence the first time, and after that nothing for a while: a flood
// is not answered with one. A button pressed is answered each time, by a word over
// the chat that goes by itself.
func (h *Handler) saidOnce(m Message, what string, within time.Duration, sentence string) Reply {
	if m.Data == "" && !h.once.first(fmt.Sprint(what, " ", m.User), within, h.now()) {
		return Reply{}
	}
	return aside(sentence)
}

// seldom is a refusal, or silence where the same was said within the hour; over a
// button, which is answered anyway, it is a toast then.
func (h *Handler) seldom(m Message, what string, r Reply) Reply {
	if r.Toast == "" && len(r.Notices) == 0 && !h.refusals.due(fmt.Sprint(m.User, " ", m.Chat, " ", what), h.now()) {
		said := Reply{Refused: r.Refused}
		if m.Data != "" {
			said.Toast = r.Text()
		}
		return said
	}
	return r
}

// refusedEvery is how often who may not ask is told so: whoever writes on is
// heard no more, since each word to them is one that an official waits for. What
// became of a request is said once in that time beside it.
const refusedEvery = time.Hour

// refuse keeps that someone was refused. Who pressed a button is told by a
// short word over the chat: a group is not to read it each time.
func (h *Handler) refuse(m Message, why string, r Reply) Reply {
	h.log.Info("refused", "user", m.User, "chat", m.Chat, "why", why)
	h.noted(h.record.Refuse(where(m), why))
	if m.Data != "" && len(r.Buttons) == 0 && len(r.Notices) == 0 {
		return Reply{Toast: r.Text(), Refused: why}
	}
	r.Refused, r.Private = why, true
	return r
}

func (h *Handler) claim(m Message, code string, w *wording.Wording) Reply {
	ok, err := h.access.Claim(m.User, code)
	if err != nil {
		h.log.Error("a claim could not be kept", "user", m.User, "cause", err)
		return say(w.Failed)
	}
	if !ok {
		h.log.Warn("a claim was refused", "user", m.User)
		return say(fmt.Sprintf(w.NotClaim, m.User))
	}
	h.log.Info("the administrator is known", "user", m.User)
	return say(w.Claimed)
}

// stranger tells who is not known how to be let in, or passes the request on.
// While there is no administrator nobody can be asked.
func (h *Handler) stranger(m Message, asks bool, w *wording.Wording) Reply {
	switch {
	case len(h.access.Administrators()) == 0:
		return say(fmt.Sprintf(w.Stranger, m.User))
	case !asks:
		r := say(fmt.Sprintf(w.MayRequest, m.User))
		r.Buttons = [][]Button{{{Label: w.Request, Data: toRequest}}}
		return r
	}
	became, err := h.record.Request(m.User, requestAgainAfter)
	if err != nil {
		h.noted(err)
		return say(w.NotKept)
	}
	switch became {
	case record.Waiting:
		return say(fmt.Sprintf(w.RequestWaits, m.User))
	case record.Refused:
		return say(fmt.Sprintf(w.RequestRefused, m.User))
	}
	r := say(fmt.Sprintf(w.Requested, m.User))
	r.Notices = h.requestNotices(m)
	return r
}

// mostWaiting requests reach the administrators as messages. Any beyond them
// stand in /users all the same: many accounts must not bury an administrator.
const mostWaiting = 50

// requestNotices is a request as each administrator gets it.
func (h *Handler) requestNotices(m Message) (notices []Notice) {
	waiting, err := h.record.Requests()
	h.noted(err)
	if len(waiting) > mostWaiting {
		return nil
	}
	for _, admin := range h.access.Administrators() {
		w := h.wordingFor(admin)
		r := say(fmt.Sprintf(w.NewRequest, label(m.User, m.Name, w)))
		r.Buttons = decisions(m.User, w)
		notices = append(notices, Notice{Chat: admin, Reply: r})
	}
	return notices
}

func decisions(user int64, w *wording.Wording) [][]Button {
	data := func(choice string) string { return fmt.Sprintf("%s%s:%d", toDecide, choice, user) }
	return [][]Button{{{Label: w.Agree, Data: data("agree")}, {Label: w.Refuse, Data: data("refuse")}, {Label: w.Ban, Data: data("ban")}}}
}

// wordingFor is the wording for a person who is not writing now.
func (h *Handler) wordingFor(user int64) *wording.Wording {
	p, err := h.record.Person(user)
	h.noted(err)
	return wording.Of(cmp.Or(p.Lang, p.Spoken))
}

// label is a person or a group by name and number.
func label(id int64, name string, w *wording.Wording) string {
	return fmt.Sprintf(w.Person, cmp.Or(name, w.Nameless), id)
}
