package telegram

import (
	"slices"
	"sync"
)

// inbox is what waits to be answered: a queue for each chat, which any free
// worker takes from, and one worker at a time. So the order within a chat is
// kept, and a chat that takes long occupies one worker and none else.
type inbox struct {
	mu      sync.Mutex
	change  *sync.Cond
	queues  map[int64]*queue
	free    []*queue // have work, and no worker
	late    []*queue // the same of those who may not ask: taken when free has none
	strange int      // workers with one of these
	waiting int
	closed  bool
}

// queue is the update IDs of one chat in Telegram's order; the updates are in
// the journal. An inline query is not: it is worth nothing later, and only the
// newest of a person, who is still typing, is worth anything at all.
type queue struct {
	key    int64
	ids    []int64
	inline *inlineQuery
	taken  bool
	first  bool // someone who may ask waits in it
}

// mostStrange workers answer those who may not ask: a request that hangs for one
// of them must not leave nobody for the others.
const mostStrange = workers / 2

func newInbox() *inbox {
	b := &inbox{queues: map[int64]*queue{}}
	b.change = sync.NewCond(&b.mu)
	return b
}

// add puts an update into its chat's queue, in the order of IDs: a webhook may
// deliver them in another one. first is set for who may ask: they are answered
// before all others.
func (b *inbox) add(chat, id int64, first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := b.queue(chat)
	if first && !q.first {
		q.first = true
		if i := slices.Index(b.late, q); i >= 0 {
			b.late = slices.Delete(b.late, i, i+1)
			q.taken = false // and offered among the others
		}
	}
	at := len(q.ids)
	for at > 0 && q.ids[at-1] > id {
		at--
	}
	q.ids = append(q.ids, 0)
	copy(q.ids[at+1:], q.ids[at:])
	q.ids[at] = id
	b.waiting++
	b.offer(q)
}

// addInline puts an inline query in place of the person's one before.
func (b *inbox) addInline(i *inlineQuery, first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := b.queue(inlineKey(i.From.ID))
	q.inline, q.first = i, first
	b.offer(q)
}

// inlineKey is no chat's ID: those of groups lie above -2⁵³.
func inlineKey(user int64) int64 { return user - 1<<62 }

func (b *inbox) queue(key int64) *queue {
	q := b.queues[key]
	if q == nil {
		q = &queue{key: key}
		b.queues[key] = q
	}
	return q
}

// offer lets a worker take from a queue, where none does.
func (b *inbox) offer(q *queue) {
	if !q.taken {
		q.taken = true
		if q.first {
			b.free = append(b.free, q)
		} else {
			b.late = append(b.late, q)
		}
		b.change.Signal()
	}
}

// take waits for work. done must be called when it is done with. ok is false
// once the inbox is closed, whatever still waits: the journal has it.
func (b *inbox) take() (id int64, inline *inlineQuery, done func(), ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.free) == 0 && (len(b.late) == 0 || b.strange >= mostStrange) && !b.closed {
		b.change.Wait()
	}
	if b.closed {
		return 0, nil, nil, false
	}
	var q *queue
	strange := len(b.free) == 0
	if strange {
		q, b.late = b.late[0], b.late[1:]
		b.strange++
	} else {
		q, b.free = b.free[0], b.free[1:]
	}
	if q.inline != nil {
		inline, q.inline = q.inline, nil
	} else {
		id, q.ids = q.ids[0], q.ids[1:]
		b.waiting--
	}
	return id, inline, func() { b.done(q, strange) }, true
}

func (b *inbox) done(q *queue, strange bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if strange {
		b.strange--
		b.change.Signal()
	}
	q.taken = false
	if len(q.ids) == 0 && q.inline == nil {
		delete(b.queues, q.key)
		return
	}
	b.offer(q)
}

func (b *inbox) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.waiting
}

// close sends the workers home.
func (b *inbox) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.change.Broadcast()
}
