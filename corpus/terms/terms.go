// Package terms reads the project's word lists: plain text, one entry a line,
// "#" begins a comment line. They are data that an office can read and extend.
package terms

import (
	"math/bits"
	"slices"
	"strings"
)

// Lines returns the entries of a list, in order, folded white space aside.
func Lines(file string) []string {
	var out []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// Set is a set of words that finds the longest one at a place.
type Set struct {
	forward, backward root
	words             map[string]struct{}
}

// root is a tree of words by their characters. Nearly everywhere in a text no word begins:
// that is told by two characters without a look into the tree.
type root struct {
	node
	pairs []uint64   // a bit for the first two characters of each word, about one in eight is set
	ones  [16]uint64 // one for each word of a single character, by its last ten bits
}

// node holds what may follow, in the order of the characters: a search among a few takes less time
// than a map, and a quarter of the memory.
type node struct {
	next []edge
	end  bool
}

type edge struct {
	rune
	to *node
}

// NewSet makes a Set of words.
func NewSet(words ...string) *Set {
	s := &Set{words: make(map[string]struct{}, len(words))}
	size := 1 << bits.Len(uint(len(words)/8))
	s.forward.pairs, s.backward.pairs = make([]uint64, size), make([]uint64, size)
	for _, w := range words {
		s.words[w] = struct{}{}
		runes := []rune(w)
		s.forward.add(runes)
		slices.Reverse(runes)
		s.backward.add(runes)
	}
	return s
}

func (t *root) add(runes []rune) {
	n := &t.node
	switch len(runes) {
	case 0:
	case 1:
		t.ones[runes[0]>>6&15] |= 1 << (runes[0] & 63)
	default:
		word, bit := t.pair(runes[0], runes[1])
		t.pairs[word] |= bit
	}
	for _, r := range runes {
		at, known := n.find(r)
		if !known {
			n.next = slices.Insert(n.next, at, edge{r, &node{}})
		}
		n = n.next[at].to
	}
	n.end = true
}

// begins tells whether a word may begin with a character and the one behind it.
func (t *root) begins(r, next rune) bool {
	word, bit := t.pair(r, next)
	return t.pairs[word]&bit != 0 || t.ones[r>>6&15]&(1<<(r&63)) != 0
}

// pair is where the bit of two characters is.
func (t *root) pair(r, next rune) (word int, bit uint64) {
	hash := (uint64(r)<<21 | uint64(next)) * 0x9e3779b97f4a7c15 >> 32
	return int(hash >> 6 & uint64(len(t.pairs)-1)), 1 << (hash & 63)
}

func (n *node) find(r rune) (at int, known bool) {
	from, to := 0, len(n.next)
	for from < to {
		if half := (from + to) / 2; n.next[half].rune < r {
			from = half + 1
		} else {
			to = half
		}
	}
	return from, from < len(n.next) && n.next[from].rune == r
}

func (n *node) after(r rune) *node {
	if at, known := n.find(r); known {
		return n.next[at].to
	}
	return nil
}

// At returns the length in runes of the longest word that begins at runes[i], or 0.
func (s *Set) At(runes []rune, i int) int {
	if i+1 < len(runes) && !s.forward.begins(runes[i], runes[i+1]) {
		return 0
	}
	longest := 0
	for n, j := &s.forward.node, i; j < len(runes); j++ {
		if n = n.after(runes[j]); n == nil {
			break
		}
		if n.end {
			longest = j + 1 - i
		}
	}
	return longest
}

// Before returns the length in runes of the longest word that ends before runes[i], or 0.
func (s *Set) Before(runes []rune, i int) int {
	if i > 1 && !s.backward.begins(runes[i-1], runes[i-2]) {
		return 0
	}
	longest := 0
	for n, j := &s.backward.node, i-1; j >= 0; j-- {
		if n = n.after(runes[j]); n == nil {
			break
		}
		if n.end {
			longest = i - j
		}
	}
	return longest
}

// Find returns the first place of any word of the set in runes and its length, or -1, 0.
func (s *Set) Find(runes []rune) (at, n int) {
	for i := range runes {
		if n := s.At(runes, i); n > 0 {
			return i, n
		}
	}
	return -1, 0
}

// In tells whether any word of the set stands in runes.
func (s *Set) In(runes []rune) bool { at, _ := s.Find(runes); return at >= 0 }

// Has tells whether w is in the set.
func (s *Set) Has(w string) bool { _, ok := s.words[w]; return ok }
