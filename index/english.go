package index

import (
	"reportbot/corpus/fold"
)

// How an English question is read: which of its asking words decides, what it
// counts, and what that is measured in. Its words are in terms/english.txt, those
// that ask in terms/question.txt.

// English is the names that the glossary has for a Chinese word, none where it
// does not know it.
func (e *Engine) English(word string) []string { return e.language.Lexicon.English(fold.String(word)) }

// English is that of the reports as they are now.
func (l *Live) English(word string) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine.English(word)
}
