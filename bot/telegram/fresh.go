package telegram

import (
	"sync"
	"time"

	"reportbot/bot/telegram/journal"
)

// fresh is what was just written to the journal and is needed again in a moment: the
// updates taken and the messages composed, so that they are not read back. It is no
// more than a shortcut: what is not here is in the journal.
type fresh struct {
	updates  shelf[taken]
	messages shelf[journal.Message]
}

type taken struct {
	*incoming
	taken time.Time
}

// shelf holds the newest things by their number. Each is taken once.
type shelf[T any] struct {
	mu     sync.Mutex
	things map[int64]T
}

// mostShelved things are held; more are not put there.
const mostShelved = 1000

func (s *shelf[T]) put(id int64, thing T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.things == nil {
		s.things = map[int64]T{}
	}
	if len(s.things) < mostShelved {
		s.things[id] = thing
	}
}

func (s *shelf[T]) take(id int64) (thing T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	thing, ok = s.things[id]
	delete(s.things, id)
	return thing, ok
}

func (s *shelf[T]) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.things)
}
