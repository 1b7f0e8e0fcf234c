package index

import (
	"context"
	"sync"

	"reportbot/corpus"
	"reportbot/index/decide"
)

// Live is an Engine whose reports may change while it answers. Each answer is
// of one state of the reports, the old one or the new, never of both. It may be
// used by many at once.
type Live struct {
	dir string

	mu     sync.RWMutex
	engine *Engine

	change sync.Mutex // one change at a time
}

// OpenLive opens the engine of the corpus; see Open.
func OpenLive(dir string, c *corpus.Corpus) (*Live, error) {
	e, err := Open(dir, c)
	if err != nil {
		return nil, err
	}
	return &Live{dir: dir, engine: e}, nil
}

// Ask answers from the reports as they are now.
func (l *Live) Ask(ctx context.Context, question string, before []string) decide.Answer {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine.Ask(ctx, question, before)
}

// Corpus is the reports as they are now.
func (l *Live) Corpus() *corpus.Corpus {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine.Corpus()
}

// Holds tells whether the index now has any document of a report.
func (l *Live) Holds(report string) (bool, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine.Holds(report)
}

// Turn makes other reports the ones that are answered from. Their index is made
// while the old one still answers.
func (l *Live) Turn(c *corpus.Corpus) error {
	l.change.Lock()
	defer l.change.Unlock()
	if c.Fingerprint() == l.Corpus().Fingerprint() {
		return nil
	}
	e, err := l.beside(c)
	if err != nil {
		return err
	}
	l.mu.Lock()
	old := l.engine
	l.engine = e
	l.mu.Unlock()
	return old.Close() // nobody reads it: whoever did had to be done before the turn
}

// Beside is an engine on other reports, to be tried before a turn. Its index is
// the one that the turn will use.
func (l *Live) Beside(c *corpus.Corpus) (*Engine, error) {
	l.change.Lock()
	defer l.change.Unlock()
	return l.beside(c)
}

func (l *Live) beside(c *corpus.Corpus) (*Engine, error) {
	l.mu.RLock()
	before := l.engine
	l.mu.RUnlock()
	return openAfter(l.dir, c, before)
}

// Close releases the index.
func (l *Live) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.engine.Close()
}
