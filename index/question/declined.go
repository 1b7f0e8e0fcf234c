package question

import (
	"regexp"
	"strings"
)

// declining is how a question says, beside what it asks for, what it does not: 外资涨了多少，内资不要;
// （不是高新技术产业）; households getting free electricity, not water. What begins with it
// (不是，我问的是农村) puts an earlier answer right, and is no part of this.
var declining = regexp.MustCompile(`[,，、;；。（(\s](\p{Han}{2,10}?)(?:不要|不算|不计|除外|别算)(?:[)）。？?]|$)` +
	`|[,，、;；。（(\s](?:不是|不要|不算|不含|不包括|别算|而不是)(\p{Han}{2,10}?)(?:[,，)）。？?]|$)` +
	`|, (?:but )?not (?:the |in |for |of |counting |including )?([a-z][a-z '-]{2,30}?)[?.)]?$` +
	`|\((?:not|excluding|without) (?:the )?([a-z][a-z '-]{2,30}?)\)`)

// declined are the things that a question says it does not ask for.
func declined(text string) (out []string) {
	for _, m := range declining.FindAllStringSubmatch(text, -1) {
		if thing := strings.TrimSuffix(strings.TrimSpace(m[1]+m[2]+m[3]+m[4]), "的"); !strings.ContainsAny(thing, "几哪啥") && !strings.Contains(thing, "多少") && !strings.Contains(thing, "什么") {
			out = append(out, thing)
		}
	}
	return out
}

// without is a question without what it declines, which leaves its places as they were.
func without(r []rune, declined []string) []rune {
	text := string(r)
	for _, thing := range declined {
		at := strings.LastIndex(text, thing) // 高技术产业（不是高新技术产业）
		text = text[:at] + strings.Repeat(" ", len([]rune(thing))) + text[at+len(thing):]
	}
	return []rune(text)
}
