package question

import (
	"regexp"
	"slices"
	"strings"
)

// declining is how a question says, beside what it asks for, what it does not: 外资涨了多少，内资不要;
// （不是高新技术产业）; households getting free electricity, not water. What begins with it
// (不是，我问的是农村) puts an earlier answer right, and is no part of this. The words are those of
// the classes declinedbehind (the thing stands before them) and declined.
func declining(asks map[string][]string) *regexp.Regexp {
	var han, latin []string
	for _, w := range asks["declined"] {
		if w[0] < 0x80 {
			latin = append(latin, regexp.QuoteMeta(w))
		} else {
			han = append(han, w)
		}
	}
	behind, before, english := strings.Join(asks["declinedbehind"], "|"), strings.Join(han, "|"), strings.Join(latin, "|")
	return regexp.MustCompile(`[,，、;；。（(\s](\p{Han}{2,10}?)(?:` + behind + `)(?:[)）。？?]|$)` +
		`|[,，、;；。（(\s](?:` + before + `)(\p{Han}{2,10}?)(?:[,，)）。？?]|$)` +
		`|(?:, |\()(?:` + english + `) (?:(?:the|in|for|of|counting|including) )?([a-z][a-z '-]{2,30}?)[?.)]*$`)
}

// declined are the things that a question says it does not ask for, and the question with blanks in
// place of what says so, which leaves its places as they were.
func (l *Language) declined(r []rune) (things []string, rest []rune) {
	text := string(r)
	for _, m := range slices.Backward(l.declining.FindAllStringSubmatchIndex(text, -1)) {
		thing := ""
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				thing = strings.TrimSuffix(strings.TrimSpace(text[m[g]:m[g+1]]), "的")
			}
		}
		if strings.ContainsAny(thing, "几哪啥") || strings.Contains(thing, "多少") || strings.Contains(thing, "什么") {
			continue
		}
		things = append(things, thing)
		text = text[:m[0]] + strings.Repeat(" ", len([]rune(text[m[0]:m[1]]))) + text[m[1]:]
	}
	return things, []rune(text)
}
