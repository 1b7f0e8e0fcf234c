package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"reportbot/index/lexicon"
)

// CC-CEDICT glosses with the words that its authors thought of: "noncompliance"
// where a question says disobedience, "celebrated" where it says prominent.
// WordNet (Fellbaum 1998) tells which words mean the same, and which is derived
// from which; what makes one of them likely makes the other likely too, by as
// much as both are used in that sense. Half a point of the right paragraphs of
// English questions; to go on from word to word twice found fewer.

// handedOn is how much of a word's chance is handed to the words that are related
// to it, by WordNet's sign for the relation; "=" of words of one sense. What is
// alike, wider, narrower or the contrary is said near: 服从 in 不服从.
var handedOn = map[string]float64{"=": 0.6, "+": 0.6, `\`: 0.6, "&": 0.2, "@": 0.2, "~": 0.2, "!": 0.2}

// leastShare of a relation: below it is noise.
const leastShare = 0.02

// use is a use of a word, counted in WordNet's tagged texts.
type use struct {
	synset string
	share  float64 // of all uses of the word
}

// wordnet is the words of each synset, in its order, and the senses of each word.
type wordnet struct {
	words     map[string][]string
	senses    map[string][]use
	relations []relation
}

// relation is a relation between two words, or all words where the number is 0.
type relation struct {
	symbol, from, to string
	fromWord, toWord int
}

// related maps stems to the stems that are related to them, and by how much.
func related(folder string) (map[string]map[string]float64, error) {
	w := wordnet{words: map[string][]string{}, senses: map[string][]use{}}
	for _, pos := range []string{"noun", "verb", "adj", "adv"} {
		if err := eachLine(filepath.Join(folder, "data."+pos), w.readSynset); err != nil {
			return nil, err
		}
	}
	if err := eachLine(filepath.Join(folder, "index.sense"), w.readSense); err != nil {
		return nil, err
	}
	return w.related(), nil
}

func eachLine(name string, read func(fields []string) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "  ") {
			continue // the licence
		}
		if err := read(strings.Fields(lines.Text())); err != nil {
			return fmt.Errorf("%s: line %q: %w", name, lines.Text(), err)
		}
	}
	return lines.Err()
}

// readSynset reads "offset file type words(hex) word id … pointers symbol offset
// type from+to(hex) … | gloss".
func (w *wordnet) readSynset(f []string) error {
	id := part(f[2]) + f[0]
	n, err := strconv.ParseInt(f[3], 16, 0)
	if err != nil {
		return err
	}
	at := 4
	for range n {
		word, _, _ := strings.Cut(strings.ToLower(f[at]), "(")
		w.words[id] = append(w.words[id], word)
		at += 2
	}
	pointers, err := strconv.Atoi(f[at])
	if err != nil {
		return err
	}
	for at++; pointers > 0; pointers, at = pointers-1, at+4 {
		ends, err := strconv.ParseInt(f[at+3], 16, 0)
		if err != nil {
			return err
		}
		w.relations = append(w.relations, relation{f[at], id, part(f[at+2]) + f[at+1], int(ends >> 8), int(ends & 0xff)})
	}
	return nil
}

// part of speech, the satellite adjectives with the others.
func part(letter string) string { return strings.ReplaceAll(letter, "s", "a") }

// readSense reads "lemma%type:… offset number count".
func (w *wordnet) readSense(f []string) error {
	lemma, key, _ := strings.Cut(f[0], "%")
	count, err := strconv.ParseFloat(f[3], 64)
	if err != nil {
		return err
	}
	id := string(" nvara"[key[0]-'0']) + f[1]
	stem := lexicon.Key(lemma)
	w.senses[stem] = append(w.senses[stem], use{id, count + 1})
	return nil
}

// share is how much of a word's uses a synset is.
func (w *wordnet) share(stem, synset string) float64 {
	all, here := 0.0, 0.0
	for _, s := range w.senses[stem] {
		all += s.share
		if s.synset == synset {
			here += s.share
		}
	}
	return here / max(all, 1)
}

func (w *wordnet) related() map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	add := func(from, fromSynset, to, toSynset string, weight float64) {
		a, b := lexicon.Key(from), lexicon.Key(to)
		if a == b || strings.ContainsAny(from+to, "_0123456789") || strings.Contains(a+b, " ") {
			return
		}
		weight *= w.share(a, fromSynset) * w.share(b, toSynset)
		if out[a] == nil {
			out[a] = map[string]float64{}
		}
		out[a][b] += weight
	}
	for _, synset := range sorted(w.words) { // in order: sums of floats depend on it
		words := w.words[synset]
		for _, a := range words {
			for _, b := range words {
				add(a, synset, b, synset, handedOn["="])
			}
		}
	}
	for _, p := range w.relations {
		weight := handedOn[p.symbol]
		if weight == 0 {
			continue
		}
		for _, a := range chosen(w.words[p.from], p.fromWord) {
			for _, b := range chosen(w.words[p.to], p.toWord) {
				add(a, p.from, b, p.to, weight)
			}
		}
	}
	return out
}

// chosen is the word of a number, all words for 0.
func chosen(words []string, number int) []string {
	if number == 0 {
		return words
	}
	return words[number-1 : number]
}

// relate hands on what makes each word likely to the words that are related to it.
func relate(by map[string][]likely, related map[string]map[string]float64) map[string][]likely {
	out := map[string][]likely{}
	for stem, list := range by {
		out[stem] = list
	}
	for stem, others := range related {
		sum := map[string]float64{}
		for _, l := range by[stem] {
			sum[l.unit] = l.chance
		}
		for _, other := range sorted(others) {
			if weight := min(1, others[other]); weight >= leastShare {
				for _, l := range by[other] {
					sum[l.unit] += weight * l.chance
				}
			}
		}
		list := make([]likely, 0, len(sum))
		for unit, chance := range sum {
			list = append(list, likely{unit, min(1, chance)})
		}
		if len(list) > 0 {
			out[stem] = list
		}
	}
	return out
}
