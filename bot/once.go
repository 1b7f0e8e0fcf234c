package bot

import (
	"sync"
	"time"
)

// once remembers what was said lately, so that it is not said again and again: that
// somebody is too fast, that somebody is banned, that a picture can't be read.
type once struct {
	mu   sync.Mutex
	said map[string]time.Time
}

// mostOnce things are remembered; then those past their time are forgotten, or all.
const mostOnce = 10_000

// first tells whether something is said for the first time within that long.
func (o *once) first(what string, within time.Duration, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if at, ok := o.said[what]; ok && now.Sub(at) < within {
		return false
	}
	if len(o.said) >= mostOnce {
		for key, at := range o.said {
			if now.Sub(at) >= within {
				delete(o.said, key)
			}
		}
	}
	if o.said == nil || len(o.said) >= mostOnce {
		o.said = map[string]time.Time{}
	}
	o.said[what] = now
	return true
}
