package question

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
)

// english is the lists of english.txt.
type english struct {
	typed *terms.Set
	meant map[string]string
	lists map[string]map[string]string // "sure" → stems of a phrase → class of units, "" in lists without
	same  map[string][]string          // the stem of a word → the others of its group
}

func readEnglish(lines []string) (english, error) {
	e := english{meant: map[string]string{}, lists: map[string]map[string]string{}, same: map[string][]string{}}
	for _, line := range lines {
		name, phrases, ok := strings.Cut(line, ":")
		if !ok {
			return e, fmt.Errorf("english: %q has no class", line)
		}
		if name == "same" {
			e.addGroup(strings.Split(phrases, ","))
			continue
		}
		list, class, _ := strings.Cut(name, " ")
		if e.lists[list] == nil {
			e.lists[list] = map[string]string{}
		}
		for _, phrase := range strings.Split(phrases, ";") {
			typed, meant, _ := strings.Cut(phrase, ">")
			if typed = strings.TrimSpace(typed); typed == "" {
				return e, fmt.Errorf("english: %q has an empty phrase", line)
			}
			if list == "typed" {
				e.meant[typed] = strings.TrimSpace(meant)
			}
			e.lists[list][lexicon.Key(typed)] = class
		}
	}
	e.typed = terms.NewSet(keys(e.meant)...)
	return e, nil
}

// addGroup makes each of some words stand for each other.
func (e *english) addGroup(words []string) {
	for i, w := range words {
		for k, other := range words {
			if key := lexicon.Key(w); i != k {
				e.same[key] = append(e.same[key], strings.TrimSpace(other))
			}
		}
	}
}

func keys(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

// spellOut is a question with what was abbreviated spelt out: what's, no. of, yrs.
// A % behind a number stays, and HK of HK$.
func (e *english) spellOut(r []rune) (out []rune) {
	for i := 0; i < len(r); {
		n := e.typed.At(r, i)
		digit := i > 0 && '0' <= r[i-1] && r[i-1] <= '9'
		if n == 0 || digit || !WholeWord(r, i, i+n) || i+n < len(r) && r[i+n] == '$' {
			out = append(out, r[i])
			i++
			continue
		}
		out = append(out, []rune(e.meant[string(r[i:i+n])])...)
		i += n
	}
	return out
}

// shortAmount is an amount as it is typed: $1m, 5bn, $20k.
var shortAmount = regexp.MustCompile(`([$£€¥]\d[\d,.]*)(m|mn|mil|k|b|bn|t|tn)\b|\b(\d[\d,.]*)(bn|mn|tn|mil)\b`)

var shortScales = map[byte]string{'m': "million", 'k': "thousand", 'b': "billion", 't': "trillion"}

// wholeAmounts is a question with short amounts written out.
func wholeAmounts(r []rune) []rune {
	return []rune(shortAmount.ReplaceAllStringFunc(string(r), func(found string) string {
		number := strings.TrimRight(found, "mnilkbt")
		return number + " " + shortScales[found[len(number)]]
	}))
}

// firstOf is the words up to one that joins another thing to them.
func (e *english) firstOf(words []englishWord) []englishWord {
	if at := slices.IndexFunc(words, func(w englishWord) bool { return e.in("joint", []englishWord{w}) }); at >= 0 {
		return words[:at]
	}
	return words
}

// wholeTimes is a question with the year that is left out behind another said: this year and next,
// last year vs this.
func (e *english) wholeTimes(r []rune) (out []rune) {
	words := englishWords(r)
	at := 0
	joint := func(i int) bool { return i >= 0 && i < len(words) && e.in("joint", words[i:i+1]) }
	for i, w := range words {
		said := func(o englishWord) bool { return o.stem == yearStem }
		if !e.in("whichyear", words[i:i+1]) || !slices.ContainsFunc(words, said) || !joint(i-1) && !joint(i+1) { // how many years will the gas last
			continue
		}
		if i+1 < len(words) && !joint(i+1) && !strings.ContainsAny(string(r[w.to:words[i+1].from]), ",:;?") {
			continue
		}
		out = append(append(out, r[at:w.to]...), []rune(" year")...)
		at = w.to
	}
	return append(out, r[at:]...)
}

var yearStem = analysis.Stem("year")

// englishWord is a word of a question by its stem, and where it stands in runes.
type englishWord struct {
	stem     string
	from, to int
}

func englishWords(r []rune) (words []englishWord) {
	for i := 0; i < len(r); i++ {
		if fold.Alnum(r[i]) {
			end := analysis.WordEnd(r, i)
			words = append(words, englishWord{analysis.Stem(string(r[i:end])), i, end})
			i = end - 1
		}
	}
	return words
}

// longestListed is how many words a phrase of english.txt may have.
const longestListed = 4

// at is the longest phrase of a list that the words begin with, and its class.
func (e *english) at(list string, words []englishWord) (n int, class string) {
	for n := min(len(words), longestListed); n > 0; n-- {
		key := words[0].stem
		for _, w := range words[1:n] {
			key += " " + w.stem
		}
		if class, ok := e.lists[list][key]; ok {
			return n, class
		}
	}
	return 0, ""
}

// in tells whether the words have a phrase of a list.
// InEnglish tells that a word stands in a class of english.txt.
func (l *Language) InEnglish(class, word string) bool {
	_, is := l.inEnglish.lists[class][lexicon.Key(word)]
	return is
}

// LikelyClass is the class of units that an English noun is likely to be measured in, "" where it tells none.
func (l *Language) LikelyClass(word string) string {
	return l.inEnglish.lists["likely"][lexicon.Key(word)]
}

func (e *english) in(list string, words []englishWord) bool {
	for i := range words {
		if n, _ := e.at(list, words[i:]); n > 0 {
			return true
		}
	}
	return false
}

// noun is the words up to the one that ends a noun: new urban jobs | were.
func (e *english) noun(words []englishWord) []englishWord {
	for i := range words {
		if n, _ := e.at("stops", words[i:]); n > 0 {
			return words[:i]
		}
	}
	return words
}

// englishAsking are the classes of asking words. The first word that asks decides,
// of two at one place the longer: what year is a date.
var englishAsking = []struct {
	class string
	want  Want
}{
	{"ordinal", WantOrdinal}, {"date", WantDate}, {"number", WantFigure}, {"when", WantDate}, {"topic", WantAny},
	{"why", WantPassage}, {"how", WantPassage}, {"who", WantPassage}, {"which", WantPassage},
}

func (l *Language) readEnglishWant(q *Query, r []rune, mask []bool) {
	q.Want, q.AskFrom, q.AskTo = WantAny, len(r), len(r)
	class, first, length := "", len(r), 0
	for _, c := range englishAsking {
		if at, n := l.findAsking(c.class, r); n > 0 && (at < first || at == first && n > length) {
			class, q.Want, first, length = c.class, c.want, at, n
		}
	}
	words := englishWords(r)
	behind := words[min(len(words), len(englishWords(r[:first+length]))):]
	switch e := &l.inEnglish; {
	case class == "":
		if e.in("number", words) {
			q.Want = WantFigure
		}
	case l.Asks["which"].Set.At(r, first) > 0:
		noun := e.noun(behind)
		if e.in("figure", e.subject(l, behind)) {
			q.Want = WantFigure // what will the cap be
		} else if e.in("number", noun) || e.in("figure", noun) || class != "topic" && len(noun) == 0 && e.in("verb", behind) || class == "how" && e.in("verb", behind) {
			q.Want = WantFigure // what unemployment rate, what is the cap, what does insulin cost
		} else if class != "topic" && len(noun) == 0 && len(behind) > 1 && behind[len(behind)-1].stem == "be" {
			q.Want = WantAny // what will the fare be
		}
	}
	if class == "which" && words[len(words)-len(behind)-1].stem == "which" || class != "" && q.Want == WantAny && l.inEnglish.in("matters", behind) || class == "" && l.inEnglish.yesOrNo(words) {
		q.Want = WantPassage // which deposits, what is the plan for, will the money be paid back
	}
	if q.Want == WantPassage && len(behind) == 0 && class == "which" && l.asksLast(words) {
		q.Want = WantFigure // the lending rate comes down to what
	}
	if q.Want == WantPassage && l.mayBeFigure(string(r[first:first+length]), behind, r[:first]) {
		q.Want = WantAny
	}
	if q.Want == WantPassage {
		q.Why = class
	}
	if q.Want == WantDate {
		q.Grain = grainOf(string(r[first : first+length]))
	}
	if class != "" {
		for i := first; i < first+length; i++ {
			mask[i] = true
		}
		q.AskFrom, q.AskTo = first, first+length
		q.Before, q.After = string(r[max(0, first-6):first]), string(r[first+length:min(len(r), first+length+10)])
	}
	q.List = l.Asks["list"].InWord(r) || l.Asks["range"].InWord(r) || q.Want != WantPassage && (l.Joins(r) || len(q.Periods) > 1)
}

// yesOrNo tells a question that asks whether something is so and names no number.
func (e *english) yesOrNo(words []englishWord) bool {
	n := 0
	if len(words) > 2 {
		n, _ = e.at("whether", words)
	}
	return n > 0 && !e.in("number", words) && !e.in("figure", words)
}

// asksLast tells a question that ends in what a change or a cost comes to.
func (l *Language) asksLast(words []englishWord) bool {
	n := len(words)
	return n > 2 && l.inEnglish.in("verb", words[max(0, n-4):n-1])
}

// mayBeFigure tells a question for what something gets (what would a family get, what did we put
// into schools), and one that names the number first: job gains in 2018: what did they expect?
func (l *Language) mayBeFigure(asking string, behind []englishWord, before []rune) bool {
	e := &l.inEnglish
	asked := englishWords(before)
	topic := strings.TrimRight(string(before), " ")
	joined := len(asked) > 1 && e.in("joint", asked[len(asked)-1:])
	if joined && e.in("versus", asked[len(asked)-1:]) {
		return true // earmarked now vs what the bill would give
	}
	if joined || strings.HasSuffix(topic, ":") {
		return e.in("number", asked) || e.in("figure", asked) || e.in("change", asked)
	}
	if asking == "where" { // where is the cap now, where is SLR now
		return e.in("figure", behind) || e.in("number", behind) || e.in("now", e.firstOf(behind))
	}
	return strings.HasPrefix(asking, "what") && (len(e.noun(behind)) == 0 || asking != "what") && e.in("gets", behind)
}

// findAsking is the first word of a class that asks. A who, where or which behind a noun tells more of
// it and asks nothing: the people who came, the goals where we are behind.
func (l *Language) findAsking(class string, r []rune) (at, n int) {
	for from := 0; ; from = at + n {
		at, n = l.Asks[class].FindWord(r[from:])
		if n == 0 {
			return -1, 0
		}
		if at += from; !l.tellsMore(r, at, n) && !(class == "when" && (l.opensClause(r[at:]) || l.whileSo(r, at, n))) {
			return at, n
		}
	}
}

// whileSo tells a when behind what is asked, which asks for no time: the deficit when he took office.
func (l *Language) whileSo(r []rune, at, n int) bool {
	before, behind := englishWords(r[:at]), englishWords(r[at+n:])
	return len(before) > 0 && len(behind) > 0 && l.inEnglish.in("ofclause", behind[:1]) && !strings.ContainsAny(string(r[before[len(before)-1].to:at]), ",:;?-")
}

// opensClause tells a when that opens a clause before what is asked: When the contracts expire, for how many years are
// they extended?
func (l *Language) opensClause(r []rune) bool {
	comma := slices.Index(r, ',')
	if comma < 0 {
		return false
	}
	_, n := l.Asks["number"].FindWord(r[comma:])
	return n > 0
}

// tellsMore tells a word at r[at] that goes on from the noun before it.
func (l *Language) tellsMore(r []rune, at, n int) bool {
	asking, words := englishWords(r[at:at+n]), englishWords(r[:at])
	if len(asking) == 1 && asking[0].stem == "what" {
		return len(words) > 1 && l.inEnglish.in("leadson", words[len(words)-1:]) && !l.Stop[words[len(words)-2].stem] // the cap on what families pay
	}
	if len(asking) != 1 || !l.inEnglish.in("tellsmore", asking) {
		return false
	}
	return len(words) > 0 && !l.Stop[words[len(words)-1].stem] && !strings.ContainsAny(string(r[words[len(words)-1].to:at]), ",:;—-?.")
}

// subject is the noun behind an auxiliary, with a form of be further on: the monthly maximum
// of what will the monthly maximum for carers be. nil where there is none.
func (e *english) subject(l *Language, behind []englishWord) []englishWord {
	for len(behind) > 0 && l.Stop[behind[0].stem] {
		behind = behind[1:]
	}
	noun := e.noun(behind)
	if !slices.ContainsFunc(behind[len(noun):], func(w englishWord) bool { return w.stem == "be" }) {
		return nil
	}
	return noun
}

// inUnit is the class of the unit that a question wants its figure in: in dollars, in percent; "" for
// none. A time (in years) says as often when.
func (e *english) inUnit(words []englishWord) string {
	for i := 1; i < len(words); i++ {
		if n, class := e.at("measure", words[i:]); n > 0 && words[i-1].stem == "in" && class != "time" && (i+n == len(words) || words[i+n].stem == "or" || words[i+n].stem == "and") {
			return class
		}
	}
	return ""
}

// Changes tells a question for a change, or for what is added.
func (l *Language) Changes(r []rune) bool {
	return l.Asks["new"].InWord(r) || l.changes(r)
}

// changes tells a question for a change.
func (l *Language) changes(r []rune) bool {
	return slices.ContainsFunc([]string{"growth", "rises", "falls"}, func(class string) bool { return l.Asks[class].InWord(r) })
}

// changesOrShares tells a question for a change or for a share.
func (l *Language) changesOrShares(r []rune) bool {
	return l.changes(r) || l.Asks["share"].InWord(r) || l.Asks["average"].InWord(r)
}

// withoutAsides is a question with blanks in place of what only tells when: what is the grant
// after the increase.
func (e *english) withoutAsides(r []rune) []rune {
	out := slices.Clone(r)
	words := englishWords(r)
	for i := 1; i < len(words); i++ {
		if n, _ := e.at("aside", words[i:]); n == 0 {
			continue
		}
		for k := words[i].from; k < len(r) && r[k] != ',' && r[k] != '?'; k++ {
			out[k] = ' '
		}
	}
	return out
}

// AsksHowOften tells an English question for a number of times.
func AsksHowOften(text string) bool {
	return strings.Contains(text, "how many times") || strings.Contains(text, "how often")
}

func (q *Query) readEnglishUnit(l *Language, mask []bool) {
	if AsksHowOften(q.Text) {
		q.Classes = []string{"count", "ratio", ""} // 157 times, 2.5 times as much
		return
	}
	words := englishWords(l.inEnglish.withoutAsides([]rune(q.Text)))
	if l.readCountedNoun(q, words, mask) {
		return
	}
	if strings.Contains(q.Text, "how much of ") {
		return // the half of it, or so many dollars
	}
	if strings.Contains(q.Text, "how much") && l.inEnglish.in("pays", words) && !l.Asks["growth"].InWord([]rune(q.Text)) {
		q.Classes = []string{"money"}
		return
	}
	if strings.ContainsAny(q.Text, "$¥£€") && len(q.Numbers) == 0 {
		q.Classes = []string{"money"}
		return
	}
	if class := l.inEnglish.inUnit(words); class != "" {
		q.Classes = []string{class}
		return
	}
	if n, class := l.inEnglish.lastOfFirstNoun("certain", words); n > 0 && q.Want != WantPassage && !l.changesOrShares([]rune(q.Text)) {
		if n, _ := l.inEnglish.lastOfFirstNoun("sure", words); n == 0 {
			q.Classes = []string{class}
			return
		}
	}
	q.Things = l.namesThings(q)
	for _, list := range []string{"sure", "likely"} {
		n, class := l.inEnglish.lastOfFirstNoun(list, words)
		switch {
		case n == 0:
			continue
		case class == "": // an exchange rate is measured in anything
		case class == "length" && strings.Contains(q.Text, "how far") && l.changes([]rune(q.Text)): // how far did deaths drop
		case list == "sure":
			q.Classes = []string{class}
		default:
			q.Likely = []string{class}
		}
		return
	}
	if strings.Contains(q.Text, "by how much") {
		return // a change is told in its own unit, and in percent
	}
	if strings.Contains(q.Text, "how much") || strings.HasPrefix(q.Text, "what ") && l.inEnglish.in("pays", words) {
		q.Likely = []string{"money"} // what have they committed to the scheme
	}
}

// lastOfFirstNoun is the last phrase of a list in the first noun that has one: of the
// banks' bad loan ratio the ratio, of the growth of exports the growth, of the jobs support
// scheme none.
func (e *english) lastOfFirstNoun(list string, words []englishWord) (length int, class string) {
	for i := 0; i < len(words); i++ {
		if n, _ := e.at("stops", words[i:]); n > 0 && length > 0 {
			return length, class
		}
		if n, _ := e.at("names", words[i:]); n > 0 && length > 0 {
			length, class = 0, ""
			continue
		}
		if n, c := e.at(list, words[i:]); n > 0 {
			length, class = n, c
			i += n - 1
		}
	}
	return length, class
}

// readCountedNoun reads what stands behind "how many" and "number of": a unit, or a
// noun that is counted, whose figure is no percentage and no length. It tells
// whether there is either.
func (l *Language) readCountedNoun(q *Query, words []englishWord, mask []bool) bool {
	at := slices.IndexFunc(words, func(w englishWord) bool {
		before := q.Text[:len(string([]rune(q.Text)[:w.from]))]
		return strings.HasSuffix(before, "how many ") || strings.HasSuffix(before, "number of ")
	})
	if at < 0 && l.opensWithUnit(words) {
		at = 0 // km of village roads
	}
	if at < 0 && !strings.HasSuffix(strings.TrimRight(q.Text, " ?"), "how many") {
		return false
	}
	if at < 0 {
		at = len(words) // uninsured Americans, how many
	}
	words = words[at:]
	if len(words) > 0 && l.inEnglish.in("joint", words[:1]) {
		return false // how many and what did they cost
	}
	for i := range words {
		if n, class := l.inEnglish.at("measure", words[i:]); n > 0 {
			q.Classes = []string{class}
			for k := words[i].from; k < words[i+n-1].to; k++ {
				mask[k] = true
			}
			return true
		}
		if n, _ := l.inEnglish.at("before", words[i:]); n == 0 {
			words = words[i:]
			break
		}
	}
	noun := l.inEnglish.noun(words)
	if len(noun) == 0 { // charter schools, how many are there
		before, _, _ := strings.Cut(q.Text, "how many")
		noun = l.firstNoun([]rune(before))
	}
	q.Classes = []string{"count", "person", "household", ""} // how many are on grants names no noun
	switch {
	case len(noun) == 0:
	case noun[0].stem == "peopl": // reports say who they are: Four hundred New Mexicans
		q.Classes = []string{"person", ""}
	default:
		q.Counted = [2]int{noun[0].from, noun[min(len(noun), longestNoun)-1].to}
	}
	return true
}

// firstNoun is the noun that a question begins with, up to what ends one or tells what became of it: homes |
// hooked up to power; tourists | from the mainland.
func (l *Language) firstNoun(r []rune) []englishWord {
	words := englishWords(r)
	for len(words) > 0 && l.Stop[words[0].stem] {
		words = words[1:]
	}
	for i, w := range words {
		text := string(r[w.from:w.to])
		n, _ := l.inEnglish.at("stops", words[i:])
		switch {
		case n > 0, digits(text), i > 0 && l.Stop[w.stem], i > 0 && strings.ContainsAny(string(r[words[i-1].to:w.from]), ",:;?("):
			return words[:i]
		case i > 0 && corpus.IsPlural(string(r[words[i-1].from:words[i-1].to])) && !lexicon.MayBeThing(text):
			return words[:i] // a participle before its noun is one of its words: the uninsured
		}
	}
	return words
}

func digits(word string) bool { return strings.Trim(word, "0123456789") == "" }

// namesThings tells a question that begins with the name of several things or of people, and with nothing that is
// measured otherwise.
func (l *Language) namesThings(q *Query) bool {
	r := []rune(q.Text)
	noun := l.firstNoun(r)
	if asks := q.AskFrom < len(r); asks || q.Want == WantPassage || q.List || len(q.Classes) > 0 || len(noun) == 0 || l.changesOrShares(r) {
		return false
	}
	last := noun[len(noun)-1]
	text := string(r[last.from:last.to])
	for _, list := range []string{"sure", "likely", "certain", "measure", "names"} {
		for _, end := range []int{1, 2} { // taxes, tax cuts
			if n, class := l.inEnglish.at(list, noun[max(0, len(noun)-end):]); n > 0 && class != "person" {
				return false
			}
		}
	}
	return corpus.IsPlural(text) || l.LikelyClass(text) == "person"
}

// opensWithUnit tells a question that begins with what it is measured in: km of roads, gallons of oil.
func (l *Language) opensWithUnit(words []englishWord) bool {
	n := 0
	if len(words) > 0 {
		n, _ = l.inEnglish.at("measure", words)
	}
	return n > 0 && n < len(words) && words[n].stem == "of"
}

// beside tells a time that is asked for beside another: spending in 2012-13 against 2017-18.
func (e *english) beside(r []rune, start int) bool {
	words := englishWords(r[:start])
	return len(words) > 0 && e.in("beside", words[len(words)-1:])
}

// BehindFigure is how many characters behind a figure of an English text still name it: students who
// are new, of 15,000 students who are new; for school repairs, of $4 million for school repairs by 2020.
func (l *Language) BehindFigure(r []rune) int {
	end := 0
	for i, w := range englishWords(r[:min(len(r), longestBehind)]) {
		if i == wordsBehind || strings.ContainsAny(string(r[end:w.from]), ",.;:()!?—\"") {
			break
		}
		if n, _ := l.inEnglish.at("stops", []englishWord{w}); n > 0 && !l.inEnglish.in("leadson", []englishWord{w}) {
			break
		}
		end = w.to
	}
	return end
}

// wordsBehind a figure, at most, and their characters.
const (
	wordsBehind   = 7
	longestBehind = 90
)

// since tells a time that something has been from (from next year, since 1994), where no
// change is measured from it: up from 2022.
func (e *english) since(r []rune, start int) bool {
	words := englishWords(r[:start])
	n := len(words)
	if n > 0 && words[n-1].stem == sinceStem {
		return !e.in("change", words)
	}
	return n > 0 && words[n-1].stem == "from" && (n == 1 || !e.in("change", words[n-2:n-1]))
}

var sinceStem = analysis.Stem("since")

// longestNoun, in words, that is counted: how many people live in.
const longestNoun = 4

// Leans tells an English follow-up, of so many letters of content: it begins as one, or refers to
// what was spoken of.
func (l *Language) Leans(text string, content int) bool {
	words := englishWords([]rune(text))
	n, _ := l.inEnglish.at("leans", words)
	return n > 0 && content <= longestLeaning || content <= longestReferring && l.inEnglish.in("refers", words)
}

// NamesMeasure tells an English question that names nothing but what it wants to be told in: worth how
// much, and in percent, that is a jump of how many percent.
func (l *Language) NamesMeasure(q *Query) bool {
	e := &l.inEnglish
	measures := 0
	for _, w := range englishWords([]rune(q.Text)) {
		word := []englishWord{w}
		measure := e.in("measure", word) || e.in("change", word) || e.in("terms", word)
		if measure {
			measures++
		}
		if !measure && !l.Stop[w.stem] {
			return false
		}
	}
	return measures > 0
}

// In letters, what a follow-up may name that begins as one, and one that refers to what was spoken of.
const (
	longestLeaning   = 24
	longestReferring = 40
)

// CountedBehind is how many characters behind a figure of an English text are what it counts: fire stations, of 48 fire
// stations that we have.
func (l *Language) CountedBehind(r []rune) int {
	end := 0
	for i, w := range englishWords(r[:min(len(r), longestBehind)]) {
		one := []englishWord{w}
		if i == wordsCounted || strings.ContainsAny(string(r[end:w.from]), ",.;:()!?—\"") || l.inEnglish.in("stops", one) || l.inEnglish.in("ofclause", one) {
			break
		}
		end = w.to
	}
	return end
}

// wordsCounted is how many words a noun behind a figure may have.
const wordsCounted = 4

// TurnsAt tells that at r[i] a sentence turns to something else: and, while.
func (l *Language) TurnsAt(r []rune, i int) bool {
	if i == 0 || r[i-1] != ' ' {
		return false
	}
	words := englishWords(r[i:min(len(r), i+12)])
	return len(words) > 0 && words[0].from == 0 && l.inEnglish.in("turns", words[:1])
}

// NamesSomething tells a stretch of an English text that has a word of its own: imports by 9 per cent, to a maximum of 50%
// has none.
func (l *Language) NamesSomething(r []rune) bool {
	for _, w := range englishWords(r) {
		one := []englishWord{w}
		if !l.Stop[w.stem] && !l.inEnglish.in("stops", one) && !l.inEnglish.in("namesnothing", one) && !unicode.IsDigit(r[w.from]) {
			return true
		}
	}
	return false
}

// OfWhole tells that what stands between two figures of an English text makes the first a part of the second: 41 of the 58
// towns, 11 of our 17 clinics.
func (l *Language) OfWhole(r []rune) bool {
	words := englishWords(r)
	return len(words) > 0 && len(words) <= 3 && words[0].stem == "of" && !strings.ContainsAny(string(r), ",.;:()")
}
