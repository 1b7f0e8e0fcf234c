package index

import (
	"reportbot/index/question"
)

// paraphrases are read from the reports' words when first needed.
func (e *Engine) paraphrases() *question.Paraphrases {
	var stems []string
	e.store.EachGram(func(gram string, _ float64) {
		if len(gram) > 2 && question.IsLetters(gram) {
			stems = append(stems, gram)
		}
	})
	return e.language.ParaphrasesOf(stems)
}
