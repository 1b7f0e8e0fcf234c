package wording

import (
	"strings"
	"unicode"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// talk.txt: the classes in their order, and the words of each.
var talkOrder, talk = readTalk()

const filler = "filler"

func readTalk() (order []string, sets map[string]*terms.Set) {
	text, err := files.ReadFile("talk.txt")
	if err != nil {
		panic(err) // the file is part of the binary
	}
	words := map[string][]string{}
	for _, line := range terms.Lines(string(text)) {
		class, list, _ := strings.Cut(line, ":")
		if words[class] == nil && class != filler {
			order = append(order, class)
		}
		if strings.Contains(list, ";") {
			for w := range strings.SplitSeq(list, ";") {
				words[class] = append(words[class], strings.TrimSpace(w))
			}
			continue
		}
		words[class] = append(words[class], strings.Fields(list)...)
	}
	sets = map[string]*terms.Set{}
	for class, list := range words {
		sets[class] = terms.NewSet(list...)
	}
	return order, sets
}

// longestTalk is how many characters small talk has at most: what is longer asks
// for something.
const longestTalk = 40

// SmallTalk is the class of what is no question but thanks, a greeting, a rude
// word and the like, "" for all else: "thanks" of 好的，谢谢您啊. It is small talk only
// where no word of it is anything else.
func SmallTalk(text string) (class string) {
	runes := spoken(text)
	if len(runes) == 0 || len(runes) > longestTalk {
		return ""
	}
	best := len(talkOrder)
	if !covered(runes, 0, len(talkOrder), map[int]int{}, &best) || best == len(talkOrder) {
		return ""
	}
	return talkOrder[best]
}

// spoken is a text folded, its marks as spaces.
func spoken(text string) []rune {
	s := strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '\'':
			return fold.Rune(r)
		}
		return ' '
	}, text)
	return []rune(strings.Join(strings.Fields(s), " "))
}

// covered tells whether runes from at on can be cut into words of the lists. best
// becomes the first class of any way to cut them. seen is, by place, the first
// class with which it was reached.
func covered(runes []rune, at, class int, seen map[int]int, best *int) (whole bool) {
	for at < len(runes) && runes[at] == ' ' {
		at++
	}
	if at == len(runes) {
		*best = min(*best, class)
		return true
	}
	if before, ok := seen[at]; ok && before <= class {
		return false
	}
	seen[at] = class
	for end := at + 1; end <= len(runes); end++ {
		if !wordEnds(runes, end) {
			continue
		}
		word := string(runes[at:end])
		if talk[filler].Has(word) && covered(runes, end, class, seen, best) {
			whole = true
		}
		for i, name := range talkOrder {
			if talk[name].Has(word) && covered(runes, end, min(class, i), seen, best) {
				whole = true
			}
		}
	}
	return whole
}

// wordEnds tells that no Latin word goes on at runes[at].
func wordEnds(runes []rune, at int) bool {
	latin := func(r rune) bool { return r < 0x80 && r != ' ' }
	return at == len(runes) || !latin(runes[at-1]) || !latin(runes[at])
}
