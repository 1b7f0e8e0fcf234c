package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"reportbot/corpus/quantity"
)

// wording is an English text as it is read and as it was written, rune for rune: which words are
// names, only the capitals tell, and folding takes them away.
type wording struct {
	*Reader
	r, written []rune
}

// englishNumbers are the numbers of a folded English text. One that belongs to a name is an ordinal: it
// is no figure and no time, what is counted may have it in its name, and who asks for the name finds it:
// the 39 of Fire Station 39, the 70 of Chapter 70 aid, the 2030 of Imagine Boston 2030, the day of a
// month. What is not sure is an amount: a number too many is less harm than a figure lost.
func (rd *Reader) englishNumbers(r []rune, written string) []quantity.Quantity {
	w := wording{rd, r, []rune(written)}
	numbers := rd.quantities.ScanRunes(r)
	if len(w.written) != len(r) {
		return numbers
	}
	named := 0 // numbers in a row that belong to one name
	for i, q := range numbers {
		if end := w.yearEnd(q); end > 0 {
			q.Kind, q.Unit, q.End, q.To = quantity.Date, "", end, end
			numbers[i] = q
		}
		listed := i > 0 && w.enumerates(numbers[i-1], q) || i+1 < len(numbers) && w.enumerates(q, numbers[i+1])
		switch {
		case w.isDay(q):
			numbers[i].Kind, named = quantity.Ordinal, 0
		case w.ofName(q, listed):
			numbers[i].Kind, named = quantity.Ordinal, 1
		case named > 0 && w.goesOn(numbers[i-1], q, named):
			numbers[i].Kind = quantity.Ordinal
			named++
		default:
			named = 0
		}
	}
	return numbers
}

// ofName tells a number that belongs to the name it stands behind; one of a list of names
// and numbers does where the name alone says so.
func (w wording) ofName(q quantity.Quantity, listed bool) bool {
	if !w.bare(q) {
		return false
	}
	from, to := w.wordBefore(q.Start)
	if from == to {
		return false
	}
	if q.Kind == quantity.Date {
		return len(string(w.r[q.Start:q.End])) == len("2030") && w.namesYear(from, to)
	}
	word, capital := string(w.r[from:to]), unicode.IsUpper(w.written[from])
	switch {
	case w.context["label"].Has(word):
		return capital || !w.determined(from) || !w.counts(q.End)
	case w.context["place"].Has(word):
		return capital || !w.counts(q.End)
	case !digit(w.r[q.Start]):
		return false // Boston two
	}
	version := slices.Contains(w.r[q.Start:q.End], '.') // BEPS 2.0 rules
	return w.isNamed(from, to) && !listed && (version || !w.counts(q.End))
}

// determined tells a noun that a word before it makes a common one: in this category 40 firms.
func (w wording) determined(from int) bool {
	before, to := w.wordBefore(from)
	return w.context["determiner"].Has(string(w.r[before:to]))
}

// bare tells a number that nothing scales, bounds, groups or measures, without decimals but for
// the .0 of a version.
func (w wording) bare(q quantity.Quantity) bool {
	if q.Unit != "" || q.Kind == quantity.Ordinal || q.From != q.Start || q.To != q.End || !q.High.Equal(q.Value) {
		return false
	}
	for i, c := range w.r[q.Start:q.End] {
		if !digit(c) && !isLatin(c) && (c != '.' || !q.Value.IsInteger()) || isLatin(c) && i > 0 && digit(w.r[q.Start]) {
			return false // 53,000 and 2.7; 12 million
		}
	}
	return !isLatin(w.r[q.Start]) || q.Value.IntPart() <= longestSpelt
}

// longestSpelt of numbers in words that names have: Title Nine, Phase Two.
const longestSpelt = 20

// wordBefore is the word that a number stands right behind. The no. between the two is none: Order No. 89.
func (w wording) wordBefore(at int) (from, to int) {
	if at < 2 || w.r[at-1] != ' ' && w.r[at-1] != '-' {
		return at, at
	}
	to = at - 1
	for to > 0 && w.r[to-1] == ' ' {
		to--
	}
	if to > 0 && w.r[to-1] == '.' && w.isShort(to-1) { // Ch. 121
		to--
	}
	for from = to; from > 0 && isLatin(w.r[from-1]); from-- {
	}
	if from > 0 && strings.ContainsRune("'’", w.r[from-1]) {
		return at, at // the City's 800 miles
	}
	if word := string(w.r[from:to]); from < to && (word == "no" || word == "nos") {
		return w.wordBefore(from)
	}
	return from, to
}

// isShort tells a word that a stop belongs to.
func (w wording) isShort(at int) bool {
	from := at
	for from > 0 && isLatin(w.r[from-1]) {
		from--
	}
	word := string(w.r[from:at])
	return word == "no" || word == "nos" || w.context["place"].Has(word)
}

// isNamed tells a capitalised word that is not the first of its sentence, of a sentence that does
// not capitalise all its words as headings do.
func (w wording) isNamed(from, to int) bool {
	if !unicode.IsUpper(w.written[from]) || w.context["noname"].Has(string(w.r[from:to])) || w.opens(from) {
		return false
	}
	return w.hasSmallWord(from)
}

// opens tells the first word of a sentence or a line, or of what stands behind a colon, a quote or a bullet.
func (w wording) opens(from int) bool {
	i := from - 1
	for i >= 0 && strings.ContainsRune(" -", w.r[i]) {
		i--
	}
	return i < 0 || !isLatin(w.r[i]) && !digit(w.r[i]) && !strings.ContainsRune(",&/'’)", w.r[i])
}

// hasSmallWord tells a line with a word of some length in small letters.
func (w wording) hasSmallWord(at int) bool {
	const long = 4
	from, to := at, at
	for from > 0 && w.r[from-1] != '\n' {
		from--
	}
	for to < len(w.r) && w.r[to] != '\n' {
		to++
	}
	return slices.ContainsFunc(strings.Fields(string(w.written[from:to])), func(word string) bool {
		return len(word) >= long && !strings.ContainsFunc(word, func(c rune) bool { return !unicode.IsLower(c) && c != ',' && c != '.' })
	})
}

// namesYear tells a word whose year is a part of its name. Words all in capitals (FY, GDP,
// FEBRUARY) have none, nor have months.
func (w wording) namesYear(from, to int) bool {
	word := string(w.r[from:to])
	lower := strings.ContainsFunc(string(w.written[from:to]), unicode.IsLower)
	switch {
	case !unicode.IsUpper(w.written[from]) || !lower:
		return false
	case w.context["visionary"].Has(word):
		return true
	case w.context["timed"].Has(word) || w.context["noname"].Has(word) || monthNames.Has(word):
		return false
	}
	return !w.opens(from)
}

// counts tells that a thing follows which a number counts: 15 public schools, 400 people, 3 of the five.
func (w wording) counts(at int) bool {
	const farthest = 3 // words from the number to the thing
	if at+1 < len(w.r) && w.r[at] == '-' && isLatin(w.r[at+1]) {
		return true // 3-room flats
	}
	for range farthest {
		from := at + skip(w.r, at)
		to := from
		for to < len(w.r) && (isLatin(w.r[to]) || w.r[to] == '-') {
			to++
		}
		word := strings.Trim(string(w.r[from:to]), "-")
		switch {
		case from == at || word == "" || w.context["thingend"].Has(word) || w.context["noname"].Has(word) && !w.context["counting"].Has(word):
			return false
		case w.context["counting"].Has(word) || w.context["plural"].Has(word) || IsPlural(word):
			return true
		}
		at = to
	}
	return false
}

// IsPlural tells an English word that looks like several things.
func IsPlural(word string) bool {
	return len(word) > len("bus") && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "is")
}

// enumerates tells two numbers of a list of names and numbers, which count: Boston 15, Cambridge 12 and Lowell 9.
func (w wording) enumerates(q, next quantity.Quantity) bool {
	return q.End <= next.Start && namesBetween.MatchString(string(w.written[q.End:next.Start]))
}

var namesBetween = regexp.MustCompile(`^(?:[,;] (?:and )?| and )(?:[A-Z][\pL.’'-]* )+$`)

// goesOn tells one more number of a name that has some already: Engines 42 and 17. The third of a
// list is one though things follow: Grade 3, 6 and 9 students.
func (w wording) goesOn(last, q quantity.Quantity, named int) bool {
	if q.Kind != quantity.Amount || !listJoint(string(w.r[last.End:q.Start])) {
		return false
	}
	return w.bare(q) && !w.counts(q.End) || named > 1 && q.Value.GreaterThan(last.Value) && q.Value.IntPart() <= longestSpelt
}

// listJoint tells what parts the members of a list: , and to.
func listJoint(between string) bool {
	return slices.Contains([]string{",", "and", ", and", "or", ", or", "to", "&", "-", "–"}, strings.TrimSpace(between))
}

// isDay tells the number of a day beside a month: 31 March, May 5. Where things follow that it counts it is none.
func (w wording) isDay(q quantity.Quantity) bool {
	if !w.bare(q) || q.Value.IntPart() < 1 || q.Value.IntPart() > 31 || !digit(w.r[q.Start]) {
		return false
	}
	if at := q.End + skip(w.r, q.End); at > q.End && w.isMonth(at, wordEnd(w.r, at)) {
		return true
	}
	from, to := w.wordBefore(q.Start)
	return w.isMonth(from, to) && !w.counts(q.End)
}

// yearEnd is where a year ends that stands behind a month and before a noun that it does not count: From 14
// January 2014 people without children; 0 where there is none.
func (w wording) yearEnd(q quantity.Quantity) int {
	end := q.Start + len("2014")
	if q.Kind != quantity.Amount || q.Unit == "" || end >= q.End || w.r[end] != ' ' || !q.Value.Equal(q.High) || q.Value.LessThan(firstYear) || q.Value.GreaterThan(lastYearNamed) || !w.isMonth(w.wordBefore(q.Start)) {
		return 0
	}
	return end
}

// The years that a number behind a month may be.
var firstYear, lastYearNamed = decimal.NewFromInt(1900), decimal.NewFromInt(2100)

func (w wording) isMonth(from, to int) bool {
	return from < to && unicode.IsUpper(w.written[from]) && monthNames.Has(string(w.r[from:to]))
}

func wordEnd(r []rune, at int) int {
	for at < len(r) && isLatin(r[at]) {
		at++
	}
	return at
}

// numbersIn are the numbers of a text of a report.
func (r *Report) numbersIn(runes []rune, written string) []quantity.Quantity {
	if r.Lang == "en" {
		return r.reader.englishNumbers(runes, written)
	}
	return r.reader.quantities.ScanRunes(runes)
}
