package telegram

import (
	"hash/maphash"
	"sync"
)

// said remembers the words of the latest messages, by which an edit that changes
// none is known: Telegram sends one for a reaction.
type said struct {
	mu    sync.Mutex
	words map[saidAt]uint64
}

type saidAt struct {
	chat   int64
	number int
}

// mostSaid messages are remembered; then all are forgotten, and an edit of one of
// them counts as a change.
const mostSaid = 10_000

var seed = maphash.MakeSeed()

// same notes the words of a message and tells whether they were these before.
func (s *said) same(m *message) bool {
	text, _ := words(m)
	now := maphash.String(seed, text)
	s.mu.Lock()
	defer s.mu.Unlock()
	at := saidAt{m.Chat.ID, m.ID}
	before, known := s.words[at]
	if s.words == nil || len(s.words) >= mostSaid {
		s.words = map[saidAt]uint64{}
	}
	s.words[at] = now
	return known && before == now
}
