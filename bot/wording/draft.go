package wording

import (
	"strings"
	"unicode"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// asksToCheck are the words of draft.txt by class.
var asksToCheck = readAsksToCheck()

func readAsksToCheck() map[string]*terms.Set {
	text, err := files.ReadFile("draft.txt")
	if err != nil {
		panic(err) // the file is part of the binary
	}
	words := map[string][]string{}
	for _, line := range terms.Lines(string(text)) {
		class, list, _ := strings.Cut(line, ":")
		entries := strings.Fields(list)
		if strings.Contains(list, ";") {
			entries = strings.Split(list, ";")
		}
		for _, entry := range entries {
			words[class] = append(words[class], strings.TrimSpace(entry))
		}
	}
	sets := map[string]*terms.Set{}
	for class, list := range words {
		sets[class] = terms.NewSet(list...)
	}
	return sets
}

// marks stand beside such words and say nothing.
const marks = " \t\r\n　,，.。;；:：!！?？…~～、（）()"

// OnlyToCheck tells a text that is sent to be checked and asks nothing besides: 核对, or 核对：
// before whatever it is.
func OnlyToCheck(text string) bool {
	r := fold.New(strings.TrimSpace(text)).Runes
	n := asksToCheck["check"].At(r, 0)
	return n > 0 && (n == len(r) || strings.ContainsRune(behindCheck, r[n]))
}

// behindCheck marks part the words that ask to check from what is to be checked.
const behindCheck = ":;,\n"

// ToCheck takes the words that ask to have a text checked off its beginning or its end,
// and tells whether there were any: 核对：…, …，这个数对吗？ What is left is empty where it
// is nothing else.
func ToCheck(text string) (rest string, asked bool) {
	text = strings.Trim(text, marks)
	folded := fold.New(text)
	r := folded.Runes
	if n := asksToCheck["check"].At(r, 0); n > 0 && (n == len(r) || strings.ContainsRune(marks, r[n])) {
		return strings.Trim(text[folded.Off[n]:], marks), true
	}
	if n := asksToCheck["right"].Before(r, len(r)); n > 0 && (n == len(r) || !unicode.IsLetter(r[len(r)-n-1]) || r[len(r)-n] >= 0x80) {
		return strings.Trim(text[:folded.Off[len(r)-n]], marks), true
	}
	return text, false
}
