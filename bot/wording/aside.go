package wording

import (
	"slices"
	"strings"

	"reportbot/corpus/terms"
)

// asides are the words of asides.txt by class.
var asides = readAsides()

func readAsides() map[string][]string {
	text, err := files.ReadFile("asides.txt")
	if err != nil {
		panic(err) // the file is part of the binary
	}
	all := map[string][]string{}
	for _, line := range terms.Lines(string(text)) {
		class, list, _ := strings.Cut(line, ":")
		for words := range strings.SplitSeq(list, ";") {
			all[class] = append(all[class], strings.TrimSpace(words))
		}
	}
	for _, list := range all { // of two that fit the longer is meant: 折合成, 折合
		slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
	return all
}

// Aside is the class of a message on the answer before or on the reports, "" for all else,
// with what follows its words: 江西 of 只看江西.
func Aside(text string) (class, rest string) {
	said := strings.TrimRight(string(spoken(text)), "呢吗啊呀吧 ")
	for class, list := range asides {
		for _, words := range list {
			after, begins := strings.CutPrefix(said, words)
			after = strings.TrimSpace(after)
			followed := class == "only" || class == "convert"
			if begins && (after != "") == followed && (!followed || words[0] >= 0x80 || said[len(words)] == ' ') && len([]rune(after)) <= longestAside {
				return class, after
			}
		}
	}
	return "", ""
}

// longestAside in characters is a place or a unit.
const longestAside = 20
