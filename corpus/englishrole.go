package corpus

import (
	"slices"
	"strings"

	"reportbot/corpus/quantity"
)

// What an English figure says of a change stands in the words beside it, with a
// preposition between: contracted by 6.1 per cent, an increase of $138.5 million, a
// 15% increase, fell from 9 percent to 3 percent.

// changeAway is how many words a word of change may stand before the preposition:
// increased | in real terms by.
const changeAway = 6

func (d *passage) englishRole(q quantity.Quantity, before []rune) Role {
	words := latinWords(before)
	for n := len(words); n > 0 && d.context["about"].Has(words[n-1]); n = len(words) {
		words = words[:n-1]
	}
	last := ""
	if n := len(words); n > 0 {
		last = words[n-1]
		words = words[:n-1]
	}
	isRate := d.quantities.Class(q.Unit) == "percent"
	change := Increase
	if isRate && q.Unit != "个百分点" {
		change = Growth
	}
	near := words[max(0, len(words)-changeAway):]
	changes := slices.ContainsFunc(near, d.context["growth"].Has)
	switch {
	case last == "to" && changes && (len(words) == 0 || words[len(words)-1] != "up"):
		return To
	case last == "from" && changes:
		return From
	case last == "by" && (changes || slices.ContainsFunc(words, d.context["comparative"].Has)), d.isMore(q), last == "or" && d.orChange(q):
		return change
	case d.context["growth"].Has(last), last == "of" && len(words) > 0 && d.context["growth"].Has(words[len(words)-1]):
		return change
	case isRate && slices.ContainsFunc(append(near, last), d.context["share"].Has):
		return Share
	}
	after := latinWords(d.text.Runes[q.End:min(len(d.text.Runes), q.End+lettersBehind)])
	if n := len(after); n > 1 && strings.HasPrefix(string(d.text.Runes[q.End:]), "-") { // a 10-cent increase
		after = after[1:]
	}
	if len(after) > 0 && last != "to" && last != "from" && d.context["changenoun"].Has(after[0]) {
		return change
	}
	return Level
}

// isMore tells by how much something is more than another, as what stands behind says: 7.8% or
// $7.2 billion higher than the estimate.
func (d *passage) isMore(q quantity.Quantity) bool {
	behind := d.text.Runes[q.End:min(len(d.text.Runes), q.End+lettersCompared)]
	if len(behind) > 0 && behind[0] == ',' { // is $486.6 billion, higher than the estimate by 10.0%
		return false
	}
	words := latinWords(behind)
	for i := 1; i < len(words); i++ {
		if words[i] == "than" {
			return d.context["comparative"].Has(words[i-1]) && (i == 1 || words[0] == "or" && i <= 4)
		}
	}
	return false
}

// lettersCompared behind a figure is how far the than may stand.
const lettersCompared = 40

// orChange tells the same change in another unit: by 10.0% or $44.2 billion.
func (d *passage) orChange(q quantity.Quantity) bool {
	n := len(d.found.figures)
	if n == 0 {
		return false
	}
	last := d.found.figures[n-1]
	between := d.text.Runes[min(d.rune(last.End), q.Start):q.Start]
	return (last.Role == Growth || last.Role == Increase) && strings.TrimSpace(strings.TrimRight(string(between), "$")) == "or"
}

// lettersBehind a figure is where the noun of a change stands: 15% increase.
const lettersBehind = 14

func latinWords(r []rune) []string {
	return strings.FieldsFunc(string(r), func(c rune) bool { return !isLatin(c) })
}
