package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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
	memory *memory
	log    *slog.Logger

	examples func() []string // questions that work on the reports at hand, found once
}

// New makes a handler that answers whom access allows.
func New(engine Asker, access *Access, log *slog.Logger) *Handler {
	return &Handler{engine: engine, access: access, memory: newMemory(), log: log,
		examples: sync.OnceValue(func() []string { return Examples(context.Background(), engine, shownExamples) })}
}

// NewLocal makes a handler for the person at the machine alone.
func NewLocal(engine Asker) *Handler {
	return New(engine, &Access{}, slog.New(slog.DiscardHandler))
}

// Handle answers one message. Whatever goes wrong, the person gets a sentence:
// a panic ends this message alone.
func (h *Handler) Handle(ctx context.Context, m Message) (reply Reply) {
	w := wordingOf(h.language(m))
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("a message made the handler panic", "user", m.User, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
			reply = say(w.failed)
		}
	}()
	if name, rest, ok := command(m.Text); ok && name == "claim" {
		return h.claim(m, rest, w)
	}
	if !h.access.Allowed(m.User) {
		return say(fmt.Sprintf(w.stranger, m.User))
	}
	if m.Data != "" {
		return h.press(ctx, m, w)
	}
	if name, rest, ok := command(m.Text); ok {
		return h.command(name, rest, w)
	}
	return h.question(ctx, m, w)
}

// language to answer in where the message itself does not tell.
func (h *Handler) language(m Message) string {
	if t := h.memory.recall(m); t.lang != "" {
		return t.lang
	}
	if strings.HasPrefix(m.Lang, "zh-Hant") || strings.HasPrefix(m.Lang, "zh-hant") || m.Lang == "zh-TW" || m.Lang == "zh-HK" {
		return "zh-Hant"
	}
	return m.Lang
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

func (h *Handler) claim(m Message, code string, w *wording) Reply {
	ok, err := h.access.Claim(m.User, code)
	if err != nil {
		h.log.Error("a claim could not be kept", "user", m.User, "cause", err)
		return say(w.failed)
	}
	if !ok {
		h.log.Warn("a claim was refused", "user", m.User)
		return say(fmt.Sprintf(w.notClaim, m.User))
	}
	h.log.Info("the administrator is known", "user", m.User)
	return say(w.claimed)
}

func (h *Handler) command(name, rest string, w *wording) Reply {
	switch name {
	case "start", "help":
		return h.help(w)
	case "reports":
		return h.reports(w)
	case "outline":
		return h.outline("", w)
	case "figures":
		return h.figures(rest, 0, w)
	}
	return say(w.unknownCommand)
}

// LongestQuestion is how many characters of a question are taken.
const LongestQuestion = index.LongestQuestion

func (h *Handler) question(ctx context.Context, m Message, w *wording) Reply {
	text, problem := cleaned(m.Text, w)
	if problem != "" {
		return say(problem)
	}
	t := h.memory.recall(m)
	a := h.engine.Ask(ctx, text, t.questions)
	t.questions = append(t.questions[:len(t.questions):len(t.questions)], text)
	t.passages, t.lang = a.Passages, a.Lang
	h.memory.keep(m, t)
	h.log.Info("answered", "user", m.User, "answered", a.Answered, "figures", figureIDs(a), "took", a.Took)
	h.log.Debug("question", "user", m.User, "text", text, "read", a.Query.String())
	return h.answer(a, wordingOf(a.Lang))
}

// cleaned is the question without control characters, or what is wrong with it.
func cleaned(text string, w *wording) (question, problem string) {
	if !utf8.ValidString(text) {
		return "", w.garbled
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text))
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

func figureIDs(a index.Answer) (ids []string) {
	for _, f := range a.Figures[:min(len(a.Figures), 3)] {
		ids = append(ids, f.ID)
	}
	return ids
}
