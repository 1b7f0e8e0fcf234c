package bot

import (
	"sync"
	"time"
)

// lately remembers what was said lately, so that it is not said again and again: that
// somebody is too fast, that somebody is banned, that a picture can't be read.
type lately struct {
	mu   sync.Mutex
	said map[string]time.Time
}

// mostLately things are remembered; then those past their time are forgotten, or all.
const mostLately = 10_000

// first tells whether something is said for the first time within that long.
func (o *lately) first(what string, within time.Duration, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if at, ok := o.said[what]; ok && now.Sub(at) < within {
		return false
	}
	if len(o.said) >= mostLately {
		for key, at := range o.said {
			if now.Sub(at) >= within {
				delete(o.said, key)
			}
		}
	}
	if o.said == nil || len(o.said) >= mostLately {
		o.said = map[string]time.Time{}
	}
	o.said[what] = now
	return true
}
