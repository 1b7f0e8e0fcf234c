package question

import (
	"fmt"
	"slices"
	"strings"

	"reportbot/corpus/terms"
)

// VariantClasses are the classes of variants.txt: words that tell alike indicators apart.
type VariantClasses struct {
	Classes []VariantClass
}

type VariantClass struct {
	Name   string
	words  *terms.Set
	member map[string][]int // word → its members: 共有 is 累计 as well as 现有
	Shown  []string         // each member's first word
	only   map[string]bool  // words that are read in figures only
}

func (v *VariantClasses) read(lines []string) error {
	for _, line := range lines {
		name, list, ok := strings.Cut(line, ":")
		if !ok || !strings.Contains(list, "|") {
			return fmt.Errorf("variants: %q is no class of members parted by |", line)
		}
		c := VariantClass{Name: strings.TrimSpace(name), member: map[string][]int{}, only: map[string]bool{}}
		var all []string
		for i, member := range strings.Split(list, "|") {
			words := strings.Fields(member)
			if len(words) == 0 {
				return fmt.Errorf("variants: %q has an empty member", line)
			}
			c.Shown = append(c.Shown, words[0])
			for k, w := range words {
				words[k] = strings.TrimPrefix(w, "~")
				c.only[words[k]] = words[k] != w
				c.member[words[k]] = append(c.member[words[k]], i)
			}
			all = append(all, words...)
		}
		c.words = terms.NewSet(all...)
		v.Classes = append(v.Classes, c)
	}
	return nil
}

// at is the length of the word of the class at r[i], 0 for none; a Latin one is whole: of women no men.
func (c *VariantClass) at(r []rune, i int) int {
	if n := c.words.At(r, i); WholeWord(r, i, i+n) {
		return n
	}
	return 0
}

// Of returns the members that folded runes name, the longest words first: of
// 进出口 no 出口.
func (c *VariantClass) Of(r []rune) (members []int) {
	for i := 0; i < len(r); {
		n := c.at(r, i)
		if n == 0 {
			i++
			continue
		}
		for _, m := range c.member[string(r[i:i+n])] {
			if !slices.Contains(members, m) {
				members = append(members, m)
			}
		}
		i += n
	}
	return members
}

// asked returns the members that a question names.
func (c *VariantClass) asked(r []rune) (members []int) {
	for i := 0; i < len(r); {
		n := c.at(r, i)
		if word := string(r[i : i+n]); n > 0 && !c.only[word] {
			for _, m := range c.member[word] {
				if !slices.Contains(members, m) {
					members = append(members, m)
				}
			}
		}
		i += max(n, 1)
	}
	return members
}

// Last is the members of the last word of a class in folded runes, nil for none.
func (c *VariantClass) Last(r []rune) (members []int) {
	for i := 0; i < len(r); {
		n := c.at(r, i)
		if n > 0 {
			members = c.member[string(r[i:i+n])]
		}
		i += max(n, 1)
	}
	return members
}
