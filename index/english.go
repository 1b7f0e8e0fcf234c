package index

import "reportbot/corpus/fold"

// English is the names that the glossary has for a Chinese word, none where it
// does not know it.
func (e *Engine) English(word string) []string { return e.language.lexicon.English(fold.String(word)) }

// English is that of the reports as they are now.
func (l *Live) English(word string) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine.English(word)
}
