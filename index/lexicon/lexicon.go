// Package lexicon says in Chinese what a question asks in English.
//
// Two sources, the first before the second: the glossary of the language of
// reports (index/terms/glossary.txt, the project's own), and CC-CEDICT turned
// round (cedict.txt.gz; CC BY-SA 4.0, see NOTICE). The longest phrase wins.
// What all of CC-CEDICT's glosses together make likely of a single word
// (likely.txt.gz, of the same licence) goes beside them: 译 for translate; and
// what they make likely of the words that WordNet relates to it.
package lexicon

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
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
	// SureQuality is that of a dictionary's own gloss.
	SureQuality = 0.8
	// CharacterQuality: one character means too much. 宗 is a school, and
	// counts transactions; it may help to rank, never to decide.
	CharacterQuality = 0.3
	mostMeanings     = 12
	// SureQuality × chance^likelyPower: flat, for what is likeliest is found
	// nearly as often as what is sure.
	likelyPower = 0.25
)

//go:embed cedict.txt.gz
var cedictFile []byte

//go:embed likely.txt.gz
var likelyFile []byte

//go:embed paraphrases.txt.gz
var paraphrasesFile []byte

// Lexicon holds the glossary; the dictionaries are read when first needed.
type Lexicon struct {
	glossary map[string][]string // stemmed phrase → Chinese
	english  map[string][]string // Chinese → English phrases of the glossary
	chinese  *terms.Set          // its Chinese words
	cedict   func() dictionary
	likely   func() dictionary
	near     func() dictionary
}

// New makes a lexicon from the glossary's lines "english phrase = 中文 | 中文2".
func New(glossary []string) (*Lexicon, error) {
	l := &Lexicon{glossary: map[string][]string{}, english: map[string][]string{},
		cedict: sync.OnceValue(func() dictionary { return readDictionary(cedictFile) }),
		likely: sync.OnceValue(func() dictionary { return readDictionary(likelyFile) }),
		near:   sync.OnceValue(func() dictionary { return readDictionary(paraphrasesFile) })}
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

//go:embed irregular.txt
var irregularFile string

// irregular maps the stems of forms to the stem of their base: wrote to write.
var irregular = func() map[string]string {
	bases := map[string]string{}
	for _, line := range terms.Lines(irregularFile) {
		base, forms, _ := strings.Cut(line, ":")
		for _, form := range strings.Fields(forms) {
			bases[analysis.Stem(form)] = analysis.Stem(base)
		}
	}
	return bases
}()

// Base is the stem of the base of an irregular form, "" for all other stems.
func Base(stem string) string { return irregular[stem] }

// forms maps a base to the stems of its irregular forms.
var forms = func() map[string][]string {
	out := map[string][]string{}
	for form, base := range irregular {
		if form != base {
			out[base] = append(out[base], form)
		}
	}
	for _, f := range out {
		slices.Sort(f)
	}
	return out
}()

// Forms are the stems of the other forms of an irregular word, by the stem of any:
// build for built, and built for build; none for regular words.
func Forms(stem string) []string {
	base := irregular[stem]
	if base == "" {
		return forms[stem]
	}
	return append(slices.DeleteFunc(slices.Clone(forms[base]), func(f string) bool { return f == stem }), base)
}

// Longest returns how many of the stems make the longest phrase that either
// source knows, and its meanings, best first; 0 when none does. A phrase that
// only the dictionary knows counts where said tells that a report says it so:
// else its words are looked for one by one.
func (l *Lexicon) Longest(stems []string, said func(word string) bool) (int, []Meaning) {
	for n := min(len(stems), LongestPhrase); n > 0; n-- {
		key := strings.Join(stems[:n], " ")
		meanings := l.meanings(key, n)
		if len(meanings) == 0 || n > 1 && l.glossary[key] == nil && !slices.ContainsFunc(meanings, func(m Meaning) bool { return said(m.Word) }) {
			continue
		}
		return n, meanings
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
	for _, w := range strings.Split(l.cedict().find(key), "|") {
		if w == "" || len(out) == mostMeanings || slices.ContainsFunc(out, func(m Meaning) bool { return m.Word == w }) {
			continue
		}
		quality := SureQuality
		if len(w) == len("宗") {
			quality = CharacterQuality
		}
		out = append(out, Meaning{w, quality})
	}
	return out
}

// English returns the glossary's phrases for a Chinese term, nil when it has none.
func (l *Lexicon) English(chinese string) []string { return l.english[chinese] }

// Likely returns the Chinese characters and words that make an English word
// likely, by its stem, likeliest first; none where the dictionary lacks it.
func (l *Lexicon) Likely(stem string) (out []Meaning) {
	for _, s := range strings.Split(l.likely().find(stem), "|") {
		word, percent, _ := strings.Cut(s, " ")
		if chance, err := strconv.ParseFloat(percent, 64); err == nil {
			out = append(out, Meaning{word, SureQuality * math.Pow(chance/100, likelyPower)})
		}
	}
	return out
}

// Paraphrases are the English words that may stand for a word, by their stems, and how
// surely: physician for doctor. Which they are WordNet and GloVe's vectors (Pennington et
// al. 2014) tell, see internal/paraphrases.
func (l *Lexicon) Paraphrases(stem string) (out []Meaning) {
	for _, s := range strings.Split(l.near().find(stem), "|") {
		word, percent, _ := strings.Cut(s, " ")
		if sure, err := strconv.ParseFloat(percent, 64); err == nil {
			out = append(out, Meaning{word, sure / 100})
		}
	}
	return out
}

// dictionary is a sorted text of lines "key<TAB>value" and where each begins:
// a third of the memory of a map.
type dictionary struct {
	text   string
	starts []uint32
}

func readDictionary(zipped []byte) dictionary {
	text := terms.Unpack(zipped)
	d := dictionary{text: text}
	for at := 0; at < len(text); {
		d.starts = append(d.starts, uint32(at))
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			break
		}
		at += end + 1
	}
	return d
}

// find is the value of a key, "" where there is none.
func (d dictionary) find(key string) string {
	i := sort.Search(len(d.starts), func(i int) bool { k, _ := d.line(i); return k >= key })
	if i < len(d.starts) {
		if k, value := d.line(i); k == key {
			return value
		}
	}
	return ""
}

func (d dictionary) line(i int) (key, value string) {
	line, _, _ := strings.Cut(d.text[d.starts[i]:], "\n")
	key, value, _ = strings.Cut(line, "\t")
	return key, value
}
