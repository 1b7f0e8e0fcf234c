// Package terms reads the project's word lists: plain text, one entry a line,
// "#" begins a comment line. They are data that an office can read and extend.
package terms

import (
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
	forward, backward *node
	words             map[string]struct{}
}

type node struct {
	next map[rune]*node
	end  bool
}

// NewSet makes a Set of words.
func NewSet(words ...string) *Set {
	s := &Set{&node{}, &node{}, make(map[string]struct{}, len(words))}
	for _, w := range words {
		s.words[w] = struct{}{}
		runes := []rune(w)
		s.forward.add(runes)
		slices.Reverse(runes)
		s.backward.add(runes)
	}
	return s
}

func (n *node) add(runes []rune) {
	for _, r := range runes {
		if n.next == nil {
			n.next = map[rune]*node{}
		}
		if n.next[r] == nil {
			n.next[r] = &node{}
		}
		n = n.next[r]
	}
	n.end = true
}

// At returns the length in runes of the longest word that begins at runes[i], or 0.
func (s *Set) At(runes []rune, i int) int {
	longest := 0
	for n, j := s.forward, i; j < len(runes); j++ {
		if n = n.next[runes[j]]; n == nil {
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
	longest := 0
	for n, j := s.backward, i-1; j >= 0; j-- {
		if n = n.next[runes[j]]; n == nil {
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
