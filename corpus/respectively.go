package corpus

import (
	"slices"
	"strings"

	"reportbot/corpus/quantity"
)

// englishRespectively reads what goes with each of several figures of an English sentence, in order: production of wheat
// and barley came to 1.46 and 0.92 million tonnes respectively; 62% of women and 54% of men, compared with 58% and 57%
// respectively five years before.
func (d *passage) englishRespectively() {
	r := d.text.Runes
	for i, c := range r {
		if c != 'r' || d.wordAt("respectively", r, i) == 0 {
			continue
		}
		run := d.runBefore(i)
		members := d.englishMembers(run)
		for k, f := range run {
			if len(members) == len(run) {
				f.Each, f.Other = members[k], append(slices.Clone(members[:k]), members[k+1:]...)
				if f.Role == Level {
					f.Role = run[0].Role
				}
			}
		}
	}
}

// runBefore is the figures that end at a place, with nothing but commas and and between them.
func (d *passage) runBefore(at int) (run []*Figure) {
	r := d.text.Runes
	for _, f := range slices.Backward(d.found.figures) {
		start, end := d.rune(f.Bounded.Start), max(d.rune(f.End), d.rune(f.Bounded.End))
		if f.Kind != quantity.Amount || end > at {
			continue
		}
		between := strings.Trim(string(r[end:at]), " ,")
		if between != "" && between != "and" {
			break
		}
		run = append([]*Figure{f}, run...)
		at = start
	}
	if len(run) < 2 {
		return nil
	}
	return run
}

// englishMembers are what a run of figures is of: the names of a list before it (wheat and barley), or what figures
// before it in its sentence are of (of women, of men); nil where they are not as many.
func (d *passage) englishMembers(run []*Figure) (members []string) {
	if len(run) == 0 {
		return nil
	}
	from, to := d.rune(run[0].Sentence.Start), d.rune(run[0].Start)
	var before []*Figure
	for _, f := range d.found.figures {
		if f.Kind == quantity.Amount && f.Sentence == run[0].Sentence && f.Start < run[0].Start {
			before = append(before, f)
		}
	}
	if len(before) >= len(run) {
		for _, f := range before[len(before)-len(run):] {
			members = append(members, d.ofBehind(d.rune(f.End), to))
		}
	} else {
		members = d.namesBefore(string(d.text.Runes[from:to]), len(run))
	}
	if slices.Contains(members, "") {
		return nil
	}
	return members
}

// ofBehind is what a figure that ends at a place is of: women, of 62% of women; males, of 80.3 years for males.
func (d *passage) ofBehind(at, to int) string {
	words := strings.Fields(string(d.text.Runes[at:min(to, at+longestOf)]))
	if len(words) < 2 || !d.context["ofmember"].Has(words[0]) {
		return ""
	}
	return strings.Trim(words[1], ",;.")
}

// longestOf is how many characters behind a figure tell what it is of.
const longestOf = 30

// namesBefore are the n names of a list in a text, the last that has an and: wheat and barley came to. Each is as long as
// the last.
func (d *passage) namesBefore(text string, n int) []string {
	at := strings.LastIndex(text, " and ")
	if at < 0 {
		return nil
	}
	var last []string
	for _, word := range strings.Fields(text[at+len(" and "):]) {
		r := []rune(word)
		if d.wordAt("namesend", r, 0) == len(r) || d.context["growth"].Has(word) || d.context["thingend"].Has(word) || len(last) == longestMember {
			break
		}
		last = append(last, word)
	}
	parts := strings.Split(text[:at], ", ")
	if len(last) == 0 || len(parts) < n-1 {
		return nil
	}
	var members []string
	for _, part := range parts[len(parts)-(n-1):] {
		words := strings.Fields(part)
		members = append(members, strings.Join(words[max(0, len(words)-len(last)):], " "))
	}
	return append(members, strings.Join(last, " "))
}

// longestMember is how many words the name of one of several may have.
const longestMember = 3
