// Package wordnet reads the files of WordNet (Fellbaum 1998; https://wordnet.princeton.edu):
// which words mean the same, and which is derived from which.
package wordnet

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"reportbot/index/lexicon"
)

// Use is a use of a word, counted in WordNet's tagged texts.
type Use struct {
	Synset string
	Share  float64 // of all uses of the word
}

// WordNet is the words of each synset, in its order, and the senses of each word by its stem.
type WordNet struct {
	Words     map[string][]string
	Senses    map[string][]Use
	Relations []Relation
}

// Relation is a relation between two synsets, by WordNet's sign for it: between two of
// their words, counted from 1, or all words where the number is 0.
type Relation struct {
	Symbol, From, To string
	FromWord, ToWord int
}

// Ends are the words that a relation is between.
func (w *WordNet) Ends(r Relation) (from, to []string) {
	return chosen(w.Words[r.From], r.FromWord), chosen(w.Words[r.To], r.ToWord)
}

// chosen is the word of a number, all words for 0.
func chosen(words []string, number int) []string {
	if number == 0 {
		return words
	}
	return words[number-1 : number]
}

// Read reads the data files and index.sense of a folder.
func Read(folder string) (*WordNet, error) {
	w := &WordNet{Words: map[string][]string{}, Senses: map[string][]Use{}}
	for _, pos := range []string{"noun", "verb", "adj", "adv"} {
		if err := EachLine(filepath.Join(folder, "data."+pos), w.readSynset); err != nil {
			return nil, err
		}
	}
	return w, EachLine(filepath.Join(folder, "index.sense"), w.readSense)
}

// EachLine reads the fields of each line of a file; indented lines are its licence.
func EachLine(name string, read func(fields []string) error) error {
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
func (w *WordNet) readSynset(f []string) error {
	id := part(f[2]) + f[0]
	n, err := strconv.ParseInt(f[3], 16, 0)
	if err != nil {
		return err
	}
	at := 4
	for range n {
		word, _, _ := strings.Cut(strings.ToLower(f[at]), "(")
		w.Words[id] = append(w.Words[id], word)
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
		w.Relations = append(w.Relations, Relation{f[at], id, part(f[at+2]) + f[at+1], int(ends >> 8), int(ends & 0xff)})
	}
	return nil
}

// part of speech, the satellite adjectives with the others.
func part(letter string) string { return strings.ReplaceAll(letter, "s", "a") }

// readSense reads "lemma%type:… offset number count".
func (w *WordNet) readSense(f []string) error {
	lemma, key, _ := strings.Cut(f[0], "%")
	count, err := strconv.ParseFloat(f[3], 64)
	if err != nil {
		return err
	}
	id := string(" nvara"[key[0]-'0']) + f[1]
	stem := lexicon.Key(lemma)
	w.Senses[stem] = append(w.Senses[stem], Use{id, count + 1})
	return nil
}

// Share is how much of a word's uses a synset is.
func (w *WordNet) Share(stem, synset string) float64 {
	all, here := 0.0, 0.0
	for _, s := range w.Senses[stem] {
		all += s.Share
		if s.Synset == synset {
			here += s.Share
		}
	}
	return here / max(all, 1)
}
