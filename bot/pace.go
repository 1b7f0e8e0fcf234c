package bot

import (
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How much one person may send: a burst, then one message after the other at
// the pace of a reader. While a question is typed in another chat every few
// letters are a message, hence a pace of its own.
const (
	messageEvery = 2 * time.Second
	messageBurst = 30
	typingEvery  = 300 * time.Millisecond
	typingBurst  = 40

	pacedPeople = 10_000
)

// pace keeps each person within a rate.
type pace struct {
	mu     sync.Mutex
	every  time.Duration
	burst  int
	people map[int64]*rate.Limiter
}

func newPace(every time.Duration, burst int) *pace {
	return &pace{every: every, burst: burst, people: map[int64]*rate.Limiter{}}
}

// allows tells whether a person's message may be answered now.
func (p *pace) allows(user int64, now time.Time) bool {
	if user == Terminal {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.people) >= pacedPeople {
		p.forgetIdle(now)
	}
	l := p.people[user]
	if l == nil {
		l = rate.NewLimiter(rate.Every(p.every), p.burst)
		p.people[user] = l
	}
	return l.AllowN(now, 1)
}

// forgetIdle drops who has the whole burst again, or everybody when nobody has.
func (p *pace) forgetIdle(now time.Time) {
	before := len(p.people)
	for user, l := range p.people {
		if l.TokensAt(now) >= float64(p.burst) {
			delete(p.people, user)
		}
	}
	if len(p.people) == before {
		clear(p.people)
	}
}

// once lets something through once in a time for each key.
type once struct {
	mu    sync.Mutex
	every time.Duration
	last  map[string]time.Time
}

// mostOnce keys are kept: beyond them those past their time go, or all.
const mostOnce = 50_000

func (o *once) due(key string, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if at, known := o.last[key]; known && now.Sub(at) < o.every {
		return false
	}
	if len(o.last) >= mostOnce {
		maps.DeleteFunc(o.last, func(_ string, at time.Time) bool { return now.Sub(at) >= o.every })
	}
	if o.last == nil || len(o.last) >= mostOnce {
		o.last = map[string]time.Time{}
	}
	o.last[key] = now
	return true
}
