package main

import (
	"strings"

	"reportbot/index/lexicon"
	"reportbot/index/lexicon/internal/wordnet"
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

// related maps stems to the stems that are related to them, and by how much.
func related(w *wordnet.WordNet) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	add := func(from, fromSynset, to, toSynset string, weight float64) {
		a, b := lexicon.Key(from), lexicon.Key(to)
		if a == b || strings.ContainsAny(from+to, "_0123456789") || strings.Contains(a+b, " ") {
			return
		}
		weight *= w.Share(a, fromSynset) * w.Share(b, toSynset)
		if out[a] == nil {
			out[a] = map[string]float64{}
		}
		out[a][b] += weight
	}
	for _, synset := range sorted(w.Words) { // in order: sums of floats depend on it
		words := w.Words[synset]
		for _, a := range words {
			for _, b := range words {
				add(a, synset, b, synset, handedOn["="])
			}
		}
	}
	for _, p := range w.Relations {
		weight := handedOn[p.Symbol]
		if weight == 0 {
			continue
		}
		from, to := w.Ends(p)
		for _, a := range from {
			for _, b := range to {
				add(a, p.From, b, p.To, weight)
			}
		}
	}
	return out
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
