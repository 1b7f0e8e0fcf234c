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
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
	"reportbot/index"
	"reportbot/index/draft"
)

// Asker answers questions; *index.Engine is one.
type Asker interface {
	Ask(ctx context.Context, question string, before []string) index.Answer
	CheckDraft(ctx context.Context, name string, d *document.Document) (*draft.Checked, error)
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
	once             lately
	restricted       func(report string) bool // whether a report is not to be passed on; by its ID
	examples         examples
	unrecorded       bool         // what can't be recorded is answered all the same
	failed           atomic.Int64 // when the record last failed, in seconds since 1970
	pages            Pages        // nil where none are shown
	drawing          chan struct{}
	keeper           Keeper // nil where the reports can't be changed in chat
	staged           staged
	along            along
}

// New makes a handler that answers whom access allows, and keeps what is said
// in the record that access stands in.
func New(engine Asker, access *Access, log *slog.Logger) *Handler {
	m := &marks{record: access.record}
	return &Handler{engine: engine, access: access, record: access.record, memory: newMemory(), log: log,
		messages: newPace(messageEvery, messageBurst), typing: newPace(typingEvery, typingBurst), marks: m, restricted: m.has, refusals: once{every: refusedEvery}, drawing: make(chan struct{}, mostDrawing), staged: staged{files: map[string]stagedFile{}}}
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

func unrecordedReply(w *wording.Wording) Reply {
	r := say(w.Unrecorded)
	r.Kind = record.Unrecorded
	return r
}

// RecordLost tells the administrators that the record can't be read.
func (h *Handler) RecordLost(why error) {
	for _, admin := range h.told() {
		w := h.wordingFor(admin)
		h.notify("record lost", admin, say(fmt.Sprintf(w.RecordLost, record.FileName, why)))
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
	w := wording.Of(lang)
	return w.Readers, slices.Concat(w.Readers, w.Administrators)
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
	w := wording.Of(m.Lang)
	defer func() { reply = reply.visible() }()
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("a message made the handler panic", "user", m.User, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
			reply = say(w.Failed)
		}
	}()
	m.Name = cleanedName(m.Name)
	w = wording.Of(h.meet(m))
	if reply, refused := h.refusal(m, w); refused {
		return reply
	}
	return h.fit(m, h.respond(ctx, m, w), w)
}

// Refuse answers one who may not ask: how to be let in, or nothing. It reads no report.
func (h *Handler) Refuse(ctx context.Context, m Message) Reply {
	if h.MayAsk(m.User, m.Chat) { // let in since
		return h.Handle(ctx, m)
	}
	m.Name = cleanedName(m.Name)
	w := wording.Of(h.meet(m))
	reply, _ := h.refusal(m, w)
	return reply.visible()
}

// fit is a reply as it may be shown where it was asked for: every citation checked; a
// restricted report not in a group that no administrator let in, for there are
// people whom nobody allowed to read it. Such a group is shown nothing else of a
// reader's conversation either, where a face can spare it that.
func (h *Handler) fit(m Message, r Reply, w *wording.Wording) Reply {
	r = h.proven(r, w)
	if !isGroup(m.Chat) || h.access.role(m.Chat) == record.Reader {
		return r
	}
	if r.Protect {
		r = Reply{Blocks: lined([]string{w.NotElsewhere}), Kind: record.Withheld}
	}
	r.Private = true
	return r
}

// respond answers a person who may ask.
func (h *Handler) respond(ctx context.Context, m Message, w *wording.Wording) Reply {
	if m.File != nil {
		if rest, asked := wording.ToCheck(m.Text); asked && rest == "" {
			return h.checkFile(ctx, m, w)
		}
	}
	if m.File != nil && (h.mayKeep(m) || visible(m.Text) == "") {
		return h.received(ctx, m, w)
	}
	if m.Data != "" {
		return h.press(ctx, m, w)
	}
	if name, rest, ok := command(m.Text); ok {
		return h.command(ctx, m, name, rest, w)
	}
	if text, is := pasted(m.Text); is && m.Holds == "" {
		return h.checkText(ctx, m, text, w)
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

func (h *Handler) command(ctx context.Context, m Message, name, rest string, w *wording.Wording) Reply {
	switch name {
	case "start":
		return h.start(m, rest, w)
	case "help":
		return private(h.help(m, w))
	case "reports":
		return h.reports("", w)
	case "outline":
		return h.outlineOf(rest, w)
	case "figures":
		return h.opened(m, h.figures(ctx, rest, 0, w))
	case "meeting":
		return h.meeting(ctx, m, rest, w)
	case "sources":
		return h.sources(m, w)
	case "lang":
		return private(h.speak(m, rest, w))
	case "forget":
		return private(h.forget(m, w))
	}
	if isAdministrators(name) {
		return h.administer(ctx, m, name, rest, w)
	}
	return aside(w.UnknownCommand)
}

// opened keeps that a page of a report was shown.
func (h *Handler) opened(m Message, r Reply) Reply {
	if r = h.fit(m, r, wording.Of(cmp.Or(h.chosen(m.User), m.Lang))); len(shownIn(r)) > 0 {
		shown := shownIn(r)
		r.Kind = record.Opened
		_, err := h.record.Keep(record.Exchange{Where: where(m), Kind: r.Kind, Shown: shown})
		h.noted(err)
		if h.withheld(err) {
			return unrecordedReply(wording.Of(h.chosen(m.User)))
		}
	}
	return r
}

// LongestQuestion is how many characters of a question are taken.
const LongestQuestion = index.LongestQuestion

func (h *Handler) question(ctx context.Context, m Message, w *wording.Wording) Reply {
	text, problem := cleaned(m.Text, w)
	switch {
	case problem == w.Empty && m.Holds != "":
		return h.wordless(ctx, m, w)
	case problem == w.Empty:
		return aside(strings.TrimSpace(problem + "\n" + h.such(w)))
	case problem != "":
		return aside(problem)
	}
	t := h.recall(m)
	own := wording.Of(cmp.Or(h.chosen(m.User), t.scriptOf(text, langOf(text))))
	if class := wording.SmallTalk(text); class != "" {
		return aside(own.Talk[class])
	}
	if r, is := h.beside(m, text, own); is {
		return r
	}
	typed := text
	text, a := h.atPlace(ctx, m, text, t.questions, h.engine.Ask(ctx, text, t.questions))
	if a.Err != nil {
		return h.broke(m, text, a, w)
	}
	if m.recognized { // a character of the question may be another
		a.Sure = false
	}
	if !tellsLanguage(text) {
		a.Lang = cmp.Or(t.lang, m.Lang, a.Lang)
	}
	a.Lang = t.scriptOf(text, a.Lang)
	lang := cmp.Or(h.chosen(m.User), a.Lang)
	t.questions = append(t.questions[:len(t.questions):len(t.questions)], text)
	t.passages, t.lang = a.Passages, a.Lang
	h.remember(m, t)
	h.log.Info("answered", "user", m.User, "answered", a.Answered, "figures", figureIDs(a), "took", a.Took)
	h.log.Debug("question", "user", m.User, "text", text, "read", a.Query.String())
	r := h.answer(a, wording.Of(lang))
	if text != typed {
		r = h.atPlaceOnly(r, m, wording.Of(lang))
	}
	r = h.fit(m, r, wording.Of(lang))
	r.Kind = kindOf(a, r)
	number, err := h.record.Keep(record.Exchange{Where: where(m), Question: asked(typed, a) + recognizedIn(m), Lang: a.Lang, Kind: r.Kind, Shown: shownIn(r)})
	h.noted(err)
	if h.withheld(err) {
		return unrecordedReply(wording.Of(lang))
	}
	return h.keepable(judged(r, number), a, t.questions, lang)
}

// aside is a reply that concerns nobody but the person.
func aside(lines ...string) Reply {
	return private(say(lines...))
}

// private is a reply that concerns nobody but the person.
func private(r Reply) Reply {
	r.Private = true
	return r
}

// wordless answers what was sent without a word: a picture, a voice message. Of an
// album one is answered.
func (h *Handler) wordless(ctx context.Context, m Message, w *wording.Wording) Reply {
	if m.Album != "" && !h.once.first(fmt.Sprint("album ", m.Chat, " ", m.Album), albumFor, h.now()) {
		return Reply{}
	}
	switch m.Holds {
	case "photo", "live_photo":
		return h.pictured(ctx, m, w)
	case "voice", "audio":
		return aside(w.HoldsVoice)
	case "video", "video_note", "animation":
		return aside(w.HoldsVideo)
	}
	return aside(w.HoldsOther)
}

// albumFor is how long the parts of an album may take to arrive.
const albumFor = 10 * time.Minute

// asked is a question as it is kept: one that goes on from another says nothing
// without it.
func asked(text string, a index.Answer) string {
	if a.Query.Follows == "" {
		return text
	}
	return text + "（接“" + shorten(a.Query.Follows, longestFollowed) + "”）"
}

// langOf is the language that a text is in.
func langOf(text string) string {
	switch {
	case !strings.ContainsFunc(text, fold.Han):
		return "en"
	case fold.IsTraditional(text):
		return "zh-Hant"
	}
	return "zh"
}

// tellsLanguage tells whether a text is in one language and no other: "2025 GDP" is
// in each.
func tellsLanguage(text string) bool {
	if strings.ContainsFunc(text, fold.Han) {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), func(word string) bool {
		return len(word) > 1 && strings.ToLower(word) == word && !strings.ContainsFunc(word, unicode.IsDigit)
	})
}

// broke is the reply where the search failed: an error is said as one, and kept
// under a kind of its own.
func (h *Handler) broke(m Message, text string, a index.Answer, w *wording.Wording) Reply {
	h.log.Error("a question could not be searched for", "user", m.User, "cause", a.Err)
	lang := cmp.Or(h.chosen(m.User), a.Lang, w.Lang)
	r := say(wording.Of(lang).SearchFailed)
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
func cleaned(text string, w *wording.Wording) (question, problem string) {
	if !utf8.ValidString(text) {
		return "", w.Garbled
	}
	text = visible(text)
	switch {
	case text == "":
		return "", w.Empty
	case utf8.RuneCountInString(text) > LongestQuestion:
		return "", fmt.Sprintf(w.TooLong, LongestQuestion)
	case !strings.ContainsFunc(text, func(r rune) bool { return fold.Han(r) || unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "", w.Garbled
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
