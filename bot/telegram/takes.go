package telegram

import (
	"strings"
	"sync"
	"time"
)

// takes remembers what the server does not take: an old one knows neither rich
// messages nor ephemeral ones. What it refused it is asked for again after a day, for
// servers are updated.
type takes struct {
	mu      sync.Mutex
	refused map[feature]time.Time
}

type feature string

const (
	takesRich      feature = "rich messages"      // Bot API 10.1: tables
	takesEphemeral feature = "ephemeral messages" // Bot API 10.2: seen by one member of a group alone
)

const refusedFor = 24 * time.Hour

func (t *takes) may(what feature) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, refused := t.refused[what]
	return !refused || time.Since(at) > refusedFor
}

// not notes that the server does not take something.
func (t *takes) not(what feature) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.refused == nil {
		t.refused = map[feature]time.Time{}
	}
	t.refused[what] = time.Now()
}

// mentions tells whether a refusal is about one of some things, whatever the case.
func mentions(err error, things ...string) bool {
	var said string
	if r := refusalOf(err); r != nil {
		said = strings.ToLower(r.Description)
	}
	for _, t := range things {
		if strings.Contains(said, strings.ToLower(t)) {
			return true
		}
	}
	return false
}
