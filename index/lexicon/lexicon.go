// Package lexicon says in Chinese what a question asks in English.
//
// Two sources, the first before the second: the glossary of the language of
// reports (index/terms/glossary.txt, the project's own), and CC-CEDICT turned
// round (cedict.txt.gz; CC BY-SA 4.0, see NOTICE). The longest phrase wins.
package lexicon

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"reportbot/corpus/terms"
	"reportbot/index/analysis"
)

// LongestPhrase is how many English words a phrase may have.
const LongestPhrase = 6

// Meaning is one Chinese word for an English phrase. Quality is how surely
// (0 to 1): 1 of the glossary's first, less of a dictionary's.
type Meaning struct {
	Word    string
	Quality float64
}

const (
	glossaryQuality = 1.0
	cedictQuality   = 0.8
	// CharacterQuality: one character means too much. 宗 is a school, and
	// counts transactions; it may help to rank, never to decide.
	CharacterQuality = 0.3
	mostMeanings     = 12
)

//go:embed cedict.txt.gz
var cedictFile []byte

// Lexicon holds the glossary; the dictionary is read when first needed.
type Lexicon struct {
	glossary map[string][]string // stemmed phrase → Chinese
	english  map[string][]string // Chinese → English phrases of the glossary
	chinese  *terms.Set          // its Chinese words
	cedict   func() map[string]string
}

// New makes a lexicon from the glossary's lines "english phrase = 中文 | 中文2".
func New(glossary []string) (*Lexicon, error) {
	l := &Lexicon{glossary: map[string][]string{}, english: map[string][]string{}, cedict: sync.OnceValue(readCedict)}
	for _, line := range glossary {
		english, chinese, ok := strings.Cut(line, "=")
		if !ok {
			return nil, fmt.Errorf("glossary: %q has no =", line)
		}
		english = strings.TrimSpace(english)
		key := Key(english)
		for _, word := range strings.Split(chinese, "|") {
			if word = strings.TrimSpace(word); word == "" {
				return nil, fmt.Errorf("glossary: %q has an empty meaning", line)
			}
			if !slices.Contains(l.glossary[key], word) {
				l.glossary[key] = append(l.glossary[key], word)
			}
			l.english[word] = append(l.english[word], english)
		}
	}
	words := make([]string, 0, len(l.english))
	for w := range l.english {
		words = append(words, w)
	}
	l.chinese = terms.NewSet(words...)
	return l, nil
}

// At returns the length of the longest Chinese word of the glossary at r[i], or 0.
func (l *Lexicon) At(r []rune, i int) int { return l.chinese.At(r, i) }

// Chinese returns the Chinese words of the glossary.
func (l *Lexicon) Chinese() []string {
	words := make([]string, 0, len(l.english))
	for w := range l.english {
		words = append(words, w)
	}
	return words
}

// Key is the stems of a phrase's words, parted by one space.
func Key(phrase string) string {
	words := strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.'
	})
	for i, w := range words {
		words[i] = analysis.Stem(w)
	}
	return strings.Join(words, " ")
}

// Longest returns how many of the stems make the longest phrase that either
// source knows, and its meanings, best first; 0 when none does.
func (l *Lexicon) Longest(stems []string) (int, []Meaning) {
	for n := min(len(stems), LongestPhrase); n > 0; n-- {
		key := strings.Join(stems[:n], " ")
		if meanings := l.meanings(key, n); len(meanings) > 0 {
			return n, meanings
		}
	}
	return 0, nil
}

func (l *Lexicon) meanings(key string, words int) []Meaning {
	var out []Meaning
	for _, w := range l.glossary[key] {
		out = append(out, Meaning{w, glossaryQuality})
	}
	if words > 4 {
		return out
	}
	for _, w := range strings.Split(l.cedict()[key], "|") {
		if w == "" || len(out) == mostMeanings || slices.ContainsFunc(out, func(m Meaning) bool { return m.Word == w }) {
			continue
		}
		quality := cedictQuality
		if len(w) == len("宗") {
			quality = CharacterQuality
		}
		out = append(out, Meaning{w, quality})
	}
	return out
}

// English returns the glossary's phrases for a Chinese term, nil when it has none.
func (l *Lexicon) English(chinese string) []string { return l.english[chinese] }

// readCedict reads lines "stems of a gloss<TAB>简1|简2" into a map.
func readCedict() map[string]string {
	words := make(map[string]string, 1<<17)
	unzipped, err := gzip.NewReader(bytes.NewReader(cedictFile))
	if err != nil {
		panic(err) // the file is part of the binary
	}
	lines := bufio.NewScanner(unzipped)
	for lines.Scan() {
		if gloss, chinese, ok := strings.Cut(lines.Text(), "\t"); ok {
			words[gloss] = chinese
		}
	}
	return words
}
