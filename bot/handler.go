package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index"
)

// Asker answers questions; *index.Engine is one.
type Asker interface {
	Ask(ctx context.Context, question string, before []string) index.Answer
	Corpus() *corpus.Corpus
}

// Handler turns messages into replies. It may be used by many at once.
type Handler struct {
	engine Asker
	access *Access
	record *record.Record
	memory *memory
	log    *slog.Logger

	messages, typing *pace
	refusals         once
	marks            *marks
	restricted       func(report string) bool // whether a report is not to be passed on; by its ID
	examples         examples
	unrecorded       bool         // what can't be recorded is answered all the same
	failed           atomic.Int64 // when the record last failed, in seconds since 1970
	keeper           Keeper       // nil where the reports can't be changed in chat
	staged           staged
}

// New makes a handler that answers whom access allows, and keeps what is said
// in the record that access stands in.
func New(engine Asker, access *Access, log *slog.Logger) *Handler {
	m := &marks{record: access.record}
	return &Handler{engine: engine, access: access, record: access.record, memory: newMemory(), log: log,
		messages: newPace(messageEvery, messageBurst), typing: newPace(typingEvery, typingBurst), marks: m, restricted: m.has, refusals: once{every: refusedEvery}, staged: staged{files: map[string]stagedFile{}}}
}

// NewLocal makes a handler for the person at the machine alone, which keeps
// nothing beyond its own life.
func NewLocal(engine Asker) *Handler {
	return New(engine, &Access{record: record.InMemory()}, slog.New(slog.DiscardHandler))
}

// Administrators is who may let others in.
func (h *Handler) Administrators() []int64 { return h.access.Administrators() }

// MayAsk is the rule of access, see Access.
func (h *Handler) MayAsk(user, chat int64) bool { return h.access.MayAsk(user, chat) }

// AnswerUnrecorded has what can't be recorded answered all the same. Otherwise it
// is not: what an office said must stand in its record.
func (h *Handler) AnswerUnrecorded() { h.unrecorded = true }

// withheld tells whether an answer that was not recorded is kept back.
func (h *Handler) withheld(err error) bool {
	return (err != nil || h.record.Lost() != nil) && !h.unrecorded
}

func unrecordedReply(w *wording) Reply {
	r := say(troubleWordingOf(w.lang).unrecorded)
	r.Kind = record.Unrecorded
	return r
}

// RecordLost tells the administrators that the record can't be read.
func (h *Handler) RecordLost(why error) {
	for _, admin := range h.told() {
		w := troubleWordingOf(h.wordingFor(admin).lang)
		h.notify("record lost", admin, say(fmt.Sprintf(w.recordLost, record.FileName, why)))
	}
}

// Unready says why answers are not what they should be now, "" where they are.
func (h *Handler) Unready() string {
	if why := h.record.Lost(); why != nil {
		return "the record can't be read: " + why.Error()
	}
	if time.Since(time.Unix(h.failed.Load(), 0)) < failedFor {
		return "the record could not be kept or read just now"
	}
	if k, ok := h.keeper.(interface{ Unready() string }); ok {
		return k.Unready()
	}
	return ""
}

// failedFor is how long a failure of the record counts.
const failedFor = 15 * time.Second

// Moved keeps what is known of a group when Telegram gives it a new ID: that it
// was let in, and what was said there.
func (h *Handler) Moved(from, to int64) {
	if !isGroup(from) || !isGroup(to) {
		return
	}
	h.noted(h.access.Move(from, to))
	h.log.Info("a group has a new ID", "was", from, "is", to)
}

// Commands is the menus of a language: what officials see, and what
// administrators see.
func (h *Handler) Commands(lang string) (readers, administrators []Command) {
	w := wordingOf(lang)
	return w.readers, slices.Concat(w.readers, w.administrators)
}

func (h *Handler) now() time.Time { return h.record.Now() }

// noted tells the operator that the record failed. The conversation goes on.
func (h *Handler) noted(err error) {
	if err != nil {
		h.failed.Store(time.Now().Unix())
		h.log.Error("the record can't be kept: the audit trail has a gap here; is the disk full?", "file", record.FileName, "cause", err)
	}
}

// Handle answers one message. Whatever goes wrong, the person gets a sentence:
// a panic ends this message alone. Every reply is checked before it leaves.
func (h *Handler) Handle(ctx context.Context, m Message) (reply Reply) {
	w := wordingOf(m.Lang)
	defer func() { reply = reply.visible() }()
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("a message made the handler panic", "user", m.User, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
			reply = say(w.failed)
		}
	}()
	m.Name = cleanedName(m.Name)
	w = wordingOf(h.meet(m))
	if reply, refused := h.refusal(m, w); refused {
		return reply
	}
	return h.proven(h.respond(ctx, m, w), w)
}

// respond answers a person who may ask.
func (h *Handler) respond(ctx context.Context, m Message, w *wording) Reply {
	if m.File != nil {
		return h.received(ctx, m, w)
	}
	if m.Data != "" {
		return h.press(ctx, m, w)
	}
	if name, rest, ok := command(m.Text); ok {
		return h.command(ctx, m, name, rest, w)
	}
	return h.question(ctx, m, w)
}

// meet notes who writes and where, and returns the language to answer in where
// the message itself does not tell: the one chosen, that of the conversation,
// that of the person's own program.
func (h *Handler) meet(m Message) (lang string) {
	h.noted(h.record.Tend())
	p, err := h.record.Met(m.User, m.Name, m.Lang)
	h.noted(err)
	if isGroup(m.Chat) && m.Group != "" {
		h.noted(h.record.MetGroup(m.Chat, cleanedName(m.Group)))
	}
	return cmp.Or(p.Lang, h.recall(m).lang, m.Lang)
}

// command splits "/figures@TheBot 充电" into figures and 充电.
func command(text string) (name, rest string, ok bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	name = text[1:]
	if i := strings.IndexFunc(name, unicode.IsSpace); i >= 0 {
		name, rest = name[:i], strings.TrimSpace(name[i:])
	}
	name, _, _ = strings.Cut(name, "@")
	return strings.ToLower(name), rest, true
}

func (h *Handler) command(ctx context.Context, m Message, name, rest string, w *wording) Reply {
	switch name {
	case "start":
		return h.start(m, rest, w)
	case "help":
		return h.help(m, w)
	case "reports":
		return h.reports("", w)
	case "outline":
		return h.outline("", w)
	case "figures":
		return h.opened(m, h.figures(ctx, rest, 0, w))
	case "sources":
		return h.sources(m, w)
	case "lang":
		return h.speak(m, rest, w)
	case "forget":
		return h.forget(m, w)
	}
	if isAdministrators(name) {
		return h.administer(ctx, m, name, rest, w)
	}
	return say(w.unknownCommand)
}

// opened keeps that a page of a report was shown.
func (h *Handler) opened(m Message, r Reply) Reply {
	if shown := shownIn(r); len(shown) > 0 {
		r.Kind = record.Opened
		_, err := h.record.Keep(record.Exchange{Where: where(m), Kind: r.Kind, Shown: shown})
		h.noted(err)
		if h.withheld(err) {
			return unrecordedReply(wordingOf(h.chosen(m.User)))
		}
	}
	return r
}

// LongestQuestion is how many characters of a question are taken.
const LongestQuestion = index.LongestQuestion

func (h *Handler) question(ctx context.Context, m Message, w *wording) Reply {
	text, problem := cleaned(m.Text, w)
	switch {
	case problem == w.empty:
		return say(strings.TrimSpace(problem + "\n" + h.such(w)))
	case problem != "":
		return say(problem)
	}
	t := h.recall(m)
	a := h.engine.Ask(ctx, text, t.questions)
	if a.Err != nil {
		return h.broke(m, text, a, w)
	}
	lang := cmp.Or(h.chosen(m.User), a.Lang)
	t.questions = append(t.questions[:len(t.questions):len(t.questions)], text)
	t.passages, t.lang = a.Passages, a.Lang
	h.remember(m, t)
	h.log.Info("answered", "user", m.User, "answered", a.Answered, "figures", figureIDs(a), "took", a.Took)
	h.log.Debug("question", "user", m.User, "text", text, "read", a.Query.String())
	r := h.proven(h.answer(a, wordingOf(lang)), wordingOf(lang))
	r.Kind = kindOf(a, r)
	number, err := h.record.Keep(record.Exchange{Where: where(m), Question: text, Lang: a.Lang, Kind: r.Kind, Shown: shownIn(r)})
	h.noted(err)
	if h.withheld(err) {
		return unrecordedReply(wordingOf(lang))
	}
	return judged(r, number)
}

// broke is the reply where the search failed: an error is said as one, and kept
// under a kind of its own.
func (h *Handler) broke(m Message, text string, a index.Answer, w *wording) Reply {
	h.log.Error("a question could not be searched for", "user", m.User, "cause", a.Err)
	lang := cmp.Or(h.chosen(m.User), a.Lang, w.lang)
	r := say(troubleWordingOf(lang).searchFailed)
	r.Kind = record.Failed
	_, err := h.record.Keep(record.Exchange{Where: where(m), Question: text, Lang: a.Lang, Kind: r.Kind})
	h.noted(err)
	return r
}

// chosen is the language that a person chose, "" where none was.
func (h *Handler) chosen(user int64) string {
	p, err := h.record.Person(user)
	h.noted(err)
	return p.Lang
}

// kindOf is what an answer showed.
func kindOf(a index.Answer, r Reply) record.Kind {
	shown := shownIn(r)
	switch {
	case len(shown) == 0 && a.Answered:
		return record.Withheld
	case !a.Answered:
		return record.NoAnswer
	case slices.ContainsFunc(shown, func(s record.Shown) bool { return s.Figure != "" }):
		return record.WithFigure
	}
	return record.WithPassage
}

// cleaned is the question without control characters, or what is wrong with it.
func cleaned(text string, w *wording) (question, problem string) {
	if !utf8.ValidString(text) {
		return "", w.garbled
	}
	text = visible(text)
	switch {
	case text == "":
		return "", w.empty
	case utf8.RuneCountInString(text) > LongestQuestion:
		return "", fmt.Sprintf(w.tooLong, LongestQuestion)
	case !strings.ContainsFunc(text, func(r rune) bool { return fold.Han(r) || unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "", w.garbled
	}
	return text, ""
}

// visible is a text without control characters and without those that turn or
// hide the ones beside them.
func visible(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text))
}

// cleanedName is the name of a person or a group as it may be shown to others.
func cleanedName(name string) string {
	const longest = 40
	return shorten(strings.Join(strings.Fields(visible(strings.ToValidUTF8(name, ""))), " "), longest)
}

func figureIDs(a index.Answer) (ids []string) {
	for _, f := range a.Figures[:min(len(a.Figures), 3)] {
		ids = append(ids, f.ID)
	}
	return ids
}
