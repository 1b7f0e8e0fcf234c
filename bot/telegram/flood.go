package telegram

import "sync"

// flood remembers when a chat last had something forwarded.
type flood struct {
	mu   sync.Mutex
	last map[int64]int
}

// mostFlooding chats are remembered; then all are forgotten.
const mostFlooding = 10_000

// again tells whether a chat had something forwarded in this very second.
// Messages forwarded together carry the same date.
func (f *flood) again(chat int64, date int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	before, ok := f.last[chat]
	if f.last == nil || len(f.last) >= mostFlooding {
		f.last = map[int64]int{}
	}
	f.last[chat] = date
	return ok && before == date
}
