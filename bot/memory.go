package bot

import (
	"sync"
	"time"

	"reportbot/index"
)

// What is remembered of a conversation, for how long, and of how many.
const (
	rememberedTurns = 5
	rememberedFor   = 30 * time.Minute
	rememberedTalks = 10_000
)

type talkKey struct{ user, chat int64 }

// talk is what one person said last in one chat.
type talk struct {
	questions []string
	passages  []index.PassageHit // of the last answer, for 更多
	lang      string
	at        time.Time
}

// memory keeps conversations apart by person and chat, and forgets them.
type memory struct {
	mu    sync.Mutex
	talks map[talkKey]talk
	now   func() time.Time
}

func newMemory() *memory { return &memory{talks: map[talkKey]talk{}, now: time.Now} }

func (m *memory) recall(m0 Message) talk {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.talks[talkKey{m0.User, m0.Chat}]
	if m.now().Sub(t.at) > rememberedFor {
		return talk{lang: t.lang}
	}
	return t
}

func (m *memory) keep(m0 Message, t talk) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.talks) >= rememberedTalks {
		m.forgetOld()
	}
	if n := len(t.questions); n > rememberedTurns {
		t.questions = t.questions[n-rememberedTurns:]
	}
	t.at = m.now()
	m.talks[talkKey{m0.User, m0.Chat}] = t
}

// forgetOld drops what is past its time, or everything when that is nothing.
func (m *memory) forgetOld() {
	before := len(m.talks)
	for k, t := range m.talks {
		if m.now().Sub(t.at) > rememberedFor {
			delete(m.talks, k)
		}
	}
	if len(m.talks) == before {
		clear(m.talks)
	}
}
