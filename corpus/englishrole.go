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
	case d.context["former"].Has(last), usedTo(append(words, last)):
		return From
	case last == "to" && changes && (len(words) == 0 || words[len(words)-1] != "up"):
		return To
	case last == "from" && (changes || d.wentOn(q)):
		return From
	case last == "by" && (changes || slices.ContainsFunc(words, d.context["comparative"].Has)), d.isMore(q), last == "or" && d.orChange(q):
		return change
	case d.goesOnWith(q, last):
		return d.found.figures[len(d.found.figures)-1].Role
	case d.context["growth"].Has(last), last == "of" && len(words) > 0 && d.context["growth"].Has(words[len(words)-1]):
		return change
	case isRate && slices.ContainsFunc(append(near, last), d.context["share"].Has):
		return Share
	case isRate && (d.atPace(words, last) || d.ofChange(append(words, last))):
		return change
	case last == "and" && d.endsRange(q):
		return d.found.figures[len(d.found.figures)-1].Role
	}
	after := latinWords(d.text.Runes[q.End:min(len(d.text.Runes), q.End+lettersBehind)])
	if n := len(after); n > 1 && strings.HasPrefix(string(d.text.Runes[q.End:]), "-") { // a 10-cent increase
		after = after[1:]
	}
	if len(after) > 0 && last != "to" && last != "from" && (d.context["changenoun"].Has(after[0]) || isRate && d.context["comparative"].Has(after[0])) {
		return change
	}
	return Level
}

// usedTo tells what was so and is no more: we used to make 40% of them.
func usedTo(words []string) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] == "used" && words[i] == "to" {
			return true
		}
	}
	return false
}

// goesOnWith tells a number whose verb is that of the number before it in its sentence: exports grew by 17 per cent, and
// imports by 9 per cent; property tax accounts for 54 percent, sales tax for 11 percent.
func (d *passage) goesOnWith(q quantity.Quantity, preposition string) bool {
	n := len(d.found.figures)
	if n == 0 || preposition != "by" && preposition != "for" {
		return false
	}
	first := d.found.figures[n-1]
	start := d.rune(first.Start)
	before := " " + strings.TrimSpace(string(d.text.Runes[max(0, start-len(" for ")):start]))
	between := string(d.text.Runes[min(d.rune(first.End), q.Start):q.Start])
	changes := first.Role == Share || first.Role == Growth || first.Role == Increase
	return changes && first.Unit == q.Unit && strings.HasSuffix(before, " "+preposition) && !strings.ContainsAny(between, ".!?")
}

// wentOn tells a number that goes on to another behind it, whatever stands before: from 3.9 per cent down to 3.5.
func (d *passage) wentOn(q quantity.Quantity) bool {
	behind := string(d.text.Runes[q.End:min(len(d.text.Runes), q.End+len(" down to "))])
	return strings.HasPrefix(behind, " down to ") || strings.HasPrefix(behind, " up to ")
}

// atPace tells the rate at which something changes, whatever stands between its verb and the number:
// grew at an average rate of, expanded by a modest, is to grow between.
func (d *passage) atPace(words []string, last string) bool {
	words = append(words, last)
	at := len(words) - 1
	for at >= 0 && !d.context["ofpace"].Has(words[at]) {
		if at--; len(words)-at > paceAway {
			return false
		}
	}
	if at <= 0 {
		return false
	}
	verb := words[at-1]
	if verb == "rate" || verb == "pace" { // growing at an average annual rate of
		before := words[max(0, at-changeAway):at]
		return slices.ContainsFunc(before, d.context["growth"].Has)
	}
	return d.context["growth"].Has(verb)
}

// endsRange tells the second number of between 2 and 3 per cent, which says of what its first says.
func (d *passage) endsRange(q quantity.Quantity) bool {
	n := len(d.found.figures)
	if n == 0 {
		return false
	}
	first := d.found.figures[n-1]
	start := d.rune(first.Start)
	between := string(d.text.Runes[min(d.rune(first.End), q.Start):q.Start])
	return strings.TrimSpace(between) == "and" && first.Unit == q.Unit && strings.HasSuffix(string(d.text.Runes[max(0, start-len("between ")):start]), "between ")
}

// paceAway is how many words may stand between the preposition of a rate and the number: by a modest.
const paceAway = 3

// ofChange tells words whose noun is a change, of which a verb says how large it is: growth in services was,
// the growth rate averaged. A change behind a preposition is not what is spoken of: the rate after growth was.
func (d *passage) ofChange(words []string) bool {
	for i, w := range words {
		from := i
		for from > 0 && slices.Contains([]string{"a", "an", "the", "this"}, words[from-1]) {
			from--
		}
		if d.context["changenoun"].Has(w) && (from == 0 || !d.context["preposition"].Has(words[from-1])) {
			behind := words[i+1:]
			return slices.ContainsFunc(behind, d.context["amounting"].Has)
		}
	}
	return false
}

// isMore tells by how much something is more than another, as what stands behind says: 7.8% or
// $7.2 billion higher than the estimate.
func (d *passage) isMore(q quantity.Quantity) bool {
	behind := d.text.Runes[q.End:min(len(d.text.Runes), q.End+lettersCompared)]
	if len(behind) > 0 && behind[0] == ',' { // is $486.6 billion, higher than the estimate by 10.0%
		return false
	}
	words := latinWords(behind)
	if n := len(words); n > 1 && (words[0] == "below" || words[0] == "above") && slices.ContainsFunc(words[1:min(n, 4)], d.context["measuredfrom"].Has) {
		return true // 31% below their 2005 level
	}
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
