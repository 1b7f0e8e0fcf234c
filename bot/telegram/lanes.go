package telegram

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// lanes is the one queue of all that is sent: a lane for each chat, in which
// one message is under way at a time, and the limits of Telegram over them.
// It holds IDs alone; the messages are in the journal.
type lanes struct {
	deliver func(ctx context.Context, id int64) outcome
	second  time.Duration

	mu      sync.Mutex
	chats   map[int64]*lane
	turn    turn // lanes that have something to send and nothing under way
	late    turn // the same of those who may not ask: theirs is what is left over
	may     func(chat int64) bool
	all     window
	rest    window             // what those may take of it
	hold    time.Time          // before it nothing is sent at all
	refused map[int64]struct{} // chats that got 429 since the last success
	waiting int
	swept   time.Time

	wake chan struct{}
	busy sync.WaitGroup
}

// outcome of a try to deliver a message.
type outcome struct {
	verdict verdict
	after   time.Duration // with refused
	chat    int64         // with moved
}

type verdict int

const (
	done    verdict = iota // with the message, for good or ill
	changed                // it is to be tried at once in another form
	failed                 // for now: to be tried after a pause
	refused                // with 429, until a time that Telegram named
	moved                  // the chat has a new ID
)

type lane struct {
	chat    int64
	ids     []int64
	windows []*window
	hold    time.Time
	ready   time.Time
	late    bool // of someone who may not ask
	tries   int
}

// The limits of the Bot API, in its seconds, beside one message a second to a
// chat: twenty a minute to a group; thirty a second to all.
const (
	groupMost  = 20
	groupPer   = 60
	allMost    = 30
	longestGap = 60 // between two tries of a message
	// crowd is how many chats in a row must be refused before that is taken for
	// a limit of the whole bot: 429 does not say which of the limits it means.
	crowd = 3
	// lateMost of allMost is sent to those who may not ask: however many they are,
	// an answer to an official waits for none of them.
	lateMost = 20
)

func newLanes(second time.Duration, deliver func(context.Context, int64) outcome) *lanes {
	return &lanes{deliver: deliver, second: second, chats: map[int64]*lane{}, refused: map[int64]struct{}{},
		may: func(int64) bool { return true }, all: window{most: allMost, per: second}, rest: window{most: lateMost, per: second}, wake: make(chan struct{}, 1)}
}

// add puts a message at the end of its chat's lane.
func (q *lanes) add(chat, id int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lane(chat)
	l.ids = append(l.ids, id)
	q.waiting++
	if len(l.ids) == 1 { // idle until now
		q.line(l, time.Now())
	}
}

func (q *lanes) lane(chat int64) *lane {
	l := q.chats[chat]
	if l == nil {
		l = &lane{chat: chat, windows: []*window{{most: 1, per: q.second}}}
		if chat < 0 {
			l.windows = append(l.windows, &window{most: groupMost, per: groupPer * q.second})
		}
		q.chats[chat] = l
	}
	return l
}

// line puts a lane into the turn.
func (q *lanes) line(l *lane, now time.Time) {
	l.ready = later(now, l.hold)
	for _, w := range l.windows {
		l.ready = later(l.ready, w.ready(now))
	}
	if l.late = !q.may(l.chat); l.late {
		heap.Push(&q.late, l)
	} else {
		heap.Push(&q.turn, l)
	}
	q.stir()
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// len is how many messages wait or are under way.
func (q *lanes) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting
}

// run sends until ctx ends; requests run on requests, which may live longer.
func (q *lanes) run(ctx, requests context.Context) {
	for ctx.Err() == nil {
		l, id, at := q.next(time.Now())
		if l != nil {
			q.busy.Go(func() { q.finish(l, q.deliver(requests, id)) })
			continue
		}
		q.pause(ctx, at)
	}
	q.busy.Wait()
}

// pause waits until a time, or until something changes.
func (q *lanes) pause(ctx context.Context, until time.Time) {
	t := time.NewTimer(time.Until(until))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-q.wake:
	case <-t.C:
	}
}

// next takes the message whose turn it is; where there is none, it tells when
// to ask again.
func (q *lanes) next(now time.Time) (l *lane, id int64, at time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	at = now.Add(time.Hour)
	for _, t := range []*turn{&q.turn, &q.late} {
		if len(*t) == 0 {
			continue
		}
		ready := later(later(q.hold, q.all.ready(now)), (*t)[0].ready)
		if t == &q.late {
			ready = later(ready, q.rest.ready(now))
		}
		if ready.After(now) {
			at = earlier(at, ready)
			continue
		}
		l = heap.Pop(t).(*lane)
		q.all.begin()
		if l.late {
			q.rest.begin()
		}
		for _, w := range l.windows {
			w.begin()
		}
		return l, l.ids[0], now
	}
	return nil, 0, at
}

// finish draws the conclusion from a try.
func (q *lanes) finish(l *lane, o outcome) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	q.all.end(now)
	if l.late {
		q.rest.end(now)
	}
	for _, w := range l.windows {
		w.end(now)
	}
	switch o.verdict {
	case moved:
		q.move(l, o.chat, now)
		return
	case failed:
		l.tries++
		l.hold = now.Add(jittered(min(q.second/4<<min(l.tries, 10), longestGap*q.second)))
	case refused:
		q.refuse(l, now, now.Add(o.after))
	case done:
		l.ids, l.tries = l.ids[1:], 0
		q.waiting--
		clear(q.refused)
	}
	if len(l.ids) > 0 {
		q.line(l, now)
	}
	q.sweep(now)
	q.stir()
}

// stir lets run look again.
func (q *lanes) stir() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// refuse holds a lane for as long as Telegram said. Where one chat after the other
// is refused all of them go on by one message a second, until one is taken: three
// chats that are at their own limits must not hold a fourth for as long as theirs.
func (q *lanes) refuse(l *lane, now, until time.Time) {
	l.hold = until
	q.refused[l.chat] = struct{}{}
	if len(q.refused) >= crowd {
		q.hold = later(q.hold, now.Add(q.second))
	}
}

// move takes all that waits for a chat to the lane of its new ID.
func (q *lanes) move(l *lane, to int64, now time.Time) {
	delete(q.chats, l.chat)
	next := q.lane(to)
	idle := len(next.ids) == 0
	next.ids = append(next.ids, l.ids...)
	if idle {
		q.line(next, now)
	}
}

// sweep forgets lanes that are idle, now and then.
func (q *lanes) sweep(now time.Time) {
	if now.Sub(q.swept) < groupPer*q.second {
		return
	}
	q.swept = now
	for chat, l := range q.chats {
		if len(l.ids) == 0 && l.quiet(now) {
			delete(q.chats, chat)
		}
	}
}

func (l *lane) quiet(now time.Time) bool {
	for _, w := range l.windows {
		if !w.quiet(now) {
			return false
		}
	}
	return true
}

// soon tells whether something can be sent before a time.
func (q *lanes) soon(before time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all.open > 0 {
		return true
	}
	for _, t := range []turn{q.turn, q.late} {
		if len(t) > 0 && later(q.hold, t[0].ready).Before(before) {
			return true
		}
	}
	return false
}

// turn is the lanes in the order in which they may send.
type turn []*lane

func (t turn) Len() int           { return len(t) }
func (t turn) Less(i, j int) bool { return t[i].ready.Before(t[j].ready) }
func (t turn) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *turn) Push(x any)        { *t = append(*t, x.(*lane)) }
func (t *turn) Pop() any {
	last := len(*t) - 1
	l := (*t)[last]
	(*t)[last], *t = nil, (*t)[:last]
	return l
}
