package bot

import (
	"sync"
	"time"

	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index"
)

// What is remembered of a conversation, for how long, and of how many. The
// wording names the half hour.
const (
	rememberedTurns = 5
	rememberedFor   = 30 * time.Minute
	rememberedTalks = 10_000
)

// talk is what one person said last in one chat and thread.
type talk struct {
	questions []string
	passages  []index.PassageHit // of the last answer, for 更多 and /sources
	lang      string
	at        time.Time
}

// scriptOf is the language of a text, lang, where that tells; what is the same in both scripts
// (居屋呢) is answered in that of the conversation.
func (t talk) scriptOf(text, lang string) string {
	if lang == "zh" && t.lang == "zh-Hant" && !fold.IsSimplified(text) {
		return t.lang
	}
	return lang
}

// memory keeps conversations apart by person, chat and thread, and forgets
// them. It is the record's, so that it survives a restart; those under way are
// kept here too, with the words that matched, which are not in the record, and
// so that a disk that fails ends no conversation.
type memory struct {
	mu    sync.Mutex
	talks map[record.Where]talk
}

func newMemory() *memory { return &memory{talks: map[record.Where]talk{}} }

// recall is the conversation that a message goes on with; after its time only
// the language of it.
func (h *Handler) recall(m Message) talk {
	h.memory.mu.Lock()
	t, ok := h.memory.talks[where(m)]
	h.memory.mu.Unlock()
	if !ok {
		t = h.kept(where(m))
	}
	if h.now().Sub(t.at) > rememberedFor {
		return talk{lang: t.lang}
	}
	return t
}

// kept is a conversation as the record has it.
func (h *Handler) kept(w record.Where) talk {
	k, err := h.record.Recall(w)
	h.noted(err)
	t := talk{questions: k.Questions, lang: k.Lang, at: k.At}
	for _, id := range k.Passages {
		if p := h.engine.Corpus().Paragraph(id); p != nil {
			t.passages = append(t.passages, whole(p))
		}
	}
	return t
}

// whole is a paragraph without any word marked.
func whole(p *corpus.Paragraph) index.PassageHit { return index.PassageHit{Paragraph: p, Best: p.Span} }

func (h *Handler) remember(m Message, t talk) {
	if n := len(t.questions); n > rememberedTurns {
		t.questions = t.questions[n-rememberedTurns:]
	}
	t.at = h.now()
	h.memory.keep(where(m), t)
	k := record.Talk{Questions: t.questions, Lang: t.lang, At: t.at}
	for _, p := range t.passages {
		k.Passages = append(k.Passages, p.ID)
	}
	h.noted(h.record.Remember(where(m), k))
}

func where(m Message) record.Where {
	return record.Where{User: m.User, Chat: m.Chat, Thread: m.Thread}
}

func (m *memory) keep(w record.Where, t talk) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.talks) >= rememberedTalks {
		m.forgetOld(t.at)
	}
	m.talks[w] = t
}

// forget drops a person's conversations.
func (m *memory) forget(user int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for w := range m.talks {
		if w.User == user {
			delete(m.talks, w)
		}
	}
}

// forgetOld drops what is past its time, or everything when that is nothing:
// the record has it still.
func (m *memory) forgetOld(now time.Time) {
	before := len(m.talks)
	for w, t := range m.talks {
		if now.Sub(t.at) > rememberedFor {
			delete(m.talks, w)
		}
	}
	if len(m.talks) == before {
		clear(m.talks)
	}
}
