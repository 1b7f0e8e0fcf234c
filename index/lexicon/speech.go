package lexicon

import (
	_ "embed"
	"strings"
	"sync"

	"reportbot/corpus/terms"
	"reportbot/index/analysis"
)

// speech.txt.gz is the verbs of WordNet 3.1 (see NOTICE), the words of it that are hardly ever nouns, and
// its nouns that look like a form of a verb, as internal/speech tells them. It takes 6 ms and 1.7 MB to read,
// when first needed.
//
//go:embed speech.txt.gz
var speechFile []byte

type speech struct{ verbs, hardlyNouns, formedNouns map[string]bool }

var spoken = sync.OnceValue(func() (s speech) {
	for i, line := range strings.Split(strings.TrimRight(terms.Unpack(speechFile), "\n"), "\n") {
		words := map[string]bool{}
		for w := range strings.FieldsSeq(line) {
			words[w] = true
		}
		*[]*map[string]bool{&s.verbs, &s.hardlyNouns, &s.formedNouns}[i] = words
	}
	return s
})

// MayBeThing tells an English word, in lower case, that may name a thing: not expecting, owe or longer.
// What no dictionary has is a name.
func MayBeThing(word string) bool {
	s := spoken()
	switch {
	case s.formedNouns[word]:
		return true
	case s.hardlyNouns[word] || irregular[analysis.Stem(word)] != "":
		return false
	}
	for _, ending := range []string{"ing", "ed"} {
		if stem, cut := strings.CutSuffix(word, ending); cut && s.isVerb(stem) {
			return false
		}
	}
	for _, ending := range []string{"s", "es"} {
		if stem, cut := strings.CutSuffix(word, ending); cut && s.hardlyNouns[stem] {
			return false
		}
	}
	stem, cut := strings.CutSuffix(word, "ies")
	return !cut || !s.hardlyNouns[stem+"y"]
}

// isVerb tells what is left of a verb without its ending: expect, hir of hire, hitt of hit.
func (s speech) isVerb(stem string) bool {
	n := len(stem)
	return n > 1 && (s.verbs[stem] || s.verbs[stem+"e"] || stem[n-1] == stem[n-2] && s.verbs[stem[:n-1]] || strings.HasSuffix(stem, "i") && s.verbs[stem[:n-1]+"y"])
}
