package question

import (
	"regexp"
	"slices"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
	lists "reportbot/index/terms"
)

// Language knows the words of questions: those that ask, those that mean the
// same, and how English says what the reports say in Chinese.
type Language struct {
	Quantities *quantity.Grammar // of the numbers in a question
	Asks       map[string]Phrases
	declining  *regexp.Regexp
	Asking     *terms.Set          // words that ask and name nothing
	Stop       map[string]bool     // their English stems
	synonyms   map[string][]string // word → words that reports may use for it
	same       *terms.Set          // the words of synonyms
	Places     *terms.Set          // provinces, cities, countries
	counties   *terms.Set          // of them the counties, without the suffix
	NoPlace    *terms.Set          // words that end like a place and are none
	shorts     map[string]string   // 皖 → 安徽
	short      *terms.Set          // those
	Variants   VariantClasses
	Taiwan     map[string]string // word of Taiwan → of the mainland
	Other      *terms.Set        // those of Taiwan
	Lexicon    *lexicon.Lexicon
	inEnglish  english
	cuts       cuts
	chars      map[[2]rune]bool           // pairs of characters of the words of questions
	spoken     []string                   // those words
	written    []string                   // English words of the glossary, and those that ask
	SpelledOut func(word string) []string // the names in reports that letters stand for: nsfas
	Said       func(word string) bool     // tells whether a report may have a word
	Names      map[string]bool            // the reports' own places, two characters each
	English    bool                       // some report is in English: Chinese questions are translated too
}

// New reads the word lists, with those that an office has added; quantities is made with
// the same.
func New(own terms.Own, quantities *quantity.Grammar) (*Language, error) {
	l := &Language{Quantities: quantities, Asks: map[string]Phrases{}, Stop: map[string]bool{}, synonyms: map[string][]string{}, Names: map[string]bool{}}
	file := func(name string) []string {
		text, err := lists.Files.ReadFile(name)
		if err != nil {
			panic(err) // the file is part of the binary
		}
		return terms.Lines(fold.String(own.With(name, string(text))))
	}
	l.readAsks(file("question.txt"))
	l.readAsking(file("asking.txt"))
	l.readSynonyms(file("synonyms.txt"))
	l.Places = terms.NewSet(append(file("gazetteer.txt"), counties(file("counties.txt"))...)...)
	l.counties = terms.NewSet(shortCounties(file("counties.txt"))...)
	l.readAbbreviations(file("abbreviations.txt"))
	l.NoPlace = terms.NewSet(strings.Fields(strings.Join(file("noplace.txt"), " "))...)
	l.readOther(slices.Concat(file("taiwan.txt"), file("slips.txt")))
	if err := l.Variants.read(file("variants.txt")); err != nil {
		return nil, err
	}
	var err error
	if l.inEnglish, err = readEnglish(file("english.txt")); err != nil {
		return nil, err
	}
	l.Lexicon, err = lexicon.New(file("glossary.txt"))
	l.readSpelling(file("asking.txt"), file("question.txt"), file("glossary.txt"))
	return l, err
}

// readSpelling keeps the words that a question may be typed with.
func (l *Language) readSpelling(lists ...[]string) {
	l.chars = map[[2]rune]bool{}
	seen := map[string]bool{}
	for _, line := range slices.Concat(lists...) {
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return !fold.Han(r) && !fold.Alnum(r) }) {
			r := []rune(word)
			switch {
			case seen[word]:
			case fold.Han(r[0]):
				l.spoken = append(l.spoken, word)
				for i := range len(r) - 1 {
					l.chars[[2]rune{r[i], r[i+1]}] = true
				}
			case len(word) >= ShortestMisspelt && IsLetters(word):
				l.written = append(l.written, word)
			}
			seen[word] = true
		}
	}
	slices.Sort(l.written)
}

// QuestionWords are the Chinese words of the lists of asking.
func (l *Language) QuestionWords() []string { return l.spoken }

// Knows tells whether two characters stand side by side in a word of the lists.
func (l *Language) Knows(a, b rune) bool { return l.chars[[2]rune{a, b}] }

// KnowsEnglish tells whether an English word means something that the reports say.
func (l *Language) KnowsEnglish(word string) bool { return l.knows(word, l.Said) }

// InDictionary tells an English word that the lists or the dictionary have, whatever the reports say.
func (l *Language) InDictionary(word string) bool {
	return slices.ContainsFunc(positives(word), func(w string) bool { return l.knows(w, func(string) bool { return true }) })
}

// positives are what an English word may be a comparative or superlative of, and the word itself: longer and
// long, larger and large, easiest and easy, bigger and big.
func positives(word string) []string {
	words := []string{word}
	for _, ending := range []string{"er", "est"} {
		base, ok := strings.CutSuffix(word, ending)
		if n := len(base); ok && n > 2 {
			words = append(words, base, base+"e", strings.TrimSuffix(base, "i")+"y")
			if base[n-1] == base[n-2] {
				words = append(words, base[:n-1])
			}
		}
	}
	return words
}

func (l *Language) knows(word string, said func(string) bool) bool {
	stem := analysis.Stem(word)
	n, _ := l.Lexicon.Longest([]string{stem}, said)
	return n > 0 || l.Stop[stem] || l.synonyms[word] != nil
}

// Nearest is the English word of the lists within a letter of a misspelt one,
// two for long words; "" where there is none, or two as near.
func (l *Language) Nearest(word string) string {
	limit := 1
	if len(word) >= 8 {
		limit = 2
	}
	best, bestAt, twice := "", limit+1, false
	for _, w := range l.written {
		switch d := distance(word, w, limit); {
		case d < bestAt:
			best, bestAt, twice = w, d, false
		case d == bestAt && d <= limit && analysis.Stem(w) != analysis.Stem(best):
			twice = true
		}
	}
	if twice {
		return ""
	}
	return best
}

// Terms are the Chinese words of the synonyms and of the glossary.
func (l *Language) Terms() []string {
	words := l.Lexicon.Chinese()
	for w := range l.synonyms {
		words = append(words, w)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func (l *Language) readAsks(lines []string) {
	words := map[string][]string{}
	for _, line := range lines {
		class, list, _ := strings.Cut(line, ":")
		list = strings.TrimSpace(list)
		if list[0] < 0x80 {
			for _, p := range strings.Split(list, ";") {
				words[class] = append(words[class], strings.TrimSpace(p))
			}
			continue
		}
		words[class] = append(words[class], strings.Fields(list)...)
	}
	for class, list := range words {
		l.Asks[class] = Phrases{terms.NewSet(list...)}
	}
	l.declining = declining(words)
}

func (l *Language) readAsking(lines []string) {
	var words []string
	for _, w := range lines {
		words = append(words, w)
		if w[0] < 0x80 {
			l.Stop[analysis.Stem(w)] = true
		}
	}
	l.Asking = terms.NewSet(words...)
}

// readSynonyms reads "a | b | c" (each stands for each) and "a > b | c".
func (l *Language) readSynonyms(lines []string) {
	for _, line := range lines {
		from, to, directed := strings.Cut(line, ">")
		if directed {
			for _, w := range split(from) {
				l.synonyms[w] = append(l.synonyms[w], split(to)...)
			}
			continue
		}
		set := split(line)
		for _, w := range set {
			for _, v := range set {
				if v != w && !slices.Contains(l.synonyms[w], v) {
					l.synonyms[w] = append(l.synonyms[w], v)
				}
			}
		}
	}
	words := make([]string, 0, len(l.synonyms))
	for w := range l.synonyms {
		words = append(words, w)
	}
	l.same = terms.NewSet(words...)
}

// readOther reads what is typed otherwise than reports write it: the words of Taiwan and of Cantonese, and slips.
func (l *Language) readOther(lines []string) {
	l.Taiwan = map[string]string{}
	var words []string
	for _, line := range lines {
		from, to, _ := strings.Cut(line, ">")
		words = append(words, strings.TrimSpace(from))
		l.Taiwan[strings.TrimSpace(from)] = strings.TrimSpace(to)
	}
	l.Other = terms.NewSet(words...)
}

func split(s string) (out []string) {
	for _, w := range strings.Split(s, "|") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// maskAsking masks the words that ask, longest first.
func (l *Language) maskAsking(r []rune, mask []bool) {
	for i := 0; i < len(r); {
		n := l.Asking.At(r, i)
		if n == 0 || !WholeWord(r, i, i+n) {
			i++
			continue
		}
		end := i + n
		if determiner.Before(r, end) > 0 {
			end += l.classifier(r, end)
		}
		for j := i; j < end; j++ {
			mask[j] = true
		}
		i = end
	}
	for i := len(r) - 1; i > 0; i-- { // 于何年, 由谁, 是哪一个: the preposition asks along
		if mask[i] && !mask[i-1] && strings.ContainsRune("于在由被为从自到至达有以用占约", r[i-1]) && endsInPreposition.Before(r, i) == 0 {
			mask[i-1] = true
		}
	}
}

// maskRange masks the words that ask for both ends of a range: low end and high end, 最低最高.
func (l *Language) maskRange(r []rune, mask []bool) {
	for i := range r {
		n := l.Asks["range"].Set.At(r, i)
		if n > 0 && WholeWord(r, i, i+n) {
			for k := i; k < i+n; k++ {
				mask[k] = true
			}
		}
	}
}

// endsInPreposition are words whose last character is none of their own: 存在什么问题.
var endsInPreposition = terms.NewSet("存在", "所在", "作为", "成为", "认为", "使用", "应用", "作用", "采用", "费用", "没有", "拥有", "具有", "所有", "可以", "到达", "制约", "节约", "自由", "理由")

// maskNames takes out the reports' own places: a report seldom says its place in
// each paragraph. Whose report it is decides where the question is looked for.
func (l *Language) maskNames(r []rune, mask []bool) {
	for i := 0; i+1 < len(r); i++ {
		if !l.Names[string(r[i:i+2])] {
			continue
		}
		end := i + 2
		if end < len(r) && strings.ContainsRune(PlaceSuffixes, r[end]) && l.same.At(r, end) == 0 && !strings.HasPrefix(string(r[end+1:]), "级") {
			end++
		}
		for k := i; k < end; k++ {
			mask[k] = true
		}
	}
}

// determiner ends the asking words that a classifier may follow: 哪一座城市.
var determiner = terms.NewSet("哪", "哪一", "何")

// classifier is the length of 座, 一座, 部分 at r[i], 0 where there is none.
func (l *Language) classifier(r []rune, i int) int {
	n := 0
	if i < len(r) && r[i] == '一' {
		n = 1
	}
	if i+n+1 < len(r) && string(r[i+n:i+n+2]) == "部分" {
		return n + 2
	}
	unit, length := l.Quantities.UnitAt(r, i+n)
	if l.Quantities.Class(unit) != "count" && unit != "名" && unit != "位" {
		return n
	}
	return n + length
}

// Part is a stretch of the question that a passage can speak of in one of
// several ways.
type Part struct {
	Text  string
	Faded bool // from an earlier question of the conversation, or another clause
	Kept  bool // of these what the clause before is on, which this one may go on about
	Weak  bool // a word of status or of manner: 打算, 安排
	Alts  []Alt
	Start int // where its grams count from, in runes of the question
}

// Alt is one way to say a part: the grams of a word and how surely it means
// the same (1: the question's own word).
type Alt struct {
	Text    string
	Quality float64
	Grams   []analysis.Gram
}

// parts cuts the unmasked stretches into parts: a word that has synonyms or
// translations is a part with alternatives, the rest are parts of one.
func (l *Language) parts(r []rune, mask []bool, lang string) []Part {
	var parts []Part
	for i := 0; i < len(r); {
		switch {
		case mask[i] || !fold.Han(r[i]) && !fold.Alnum(r[i]):
			i++
		case fold.Alnum(r[i]) && l.mixed(r, i, mask) > 0:
			n := l.mixed(r, i, mask)
			part := l.synonymous(r[i : i+n])
			part.Start = i
			parts = append(parts, part)
			i += n
		case fold.Alnum(r[i]):
			var part Part
			start := i
			part, i = l.latin(r, mask, i, lang)
			part.Start = start
			part.Weak = l.Asks["target"].Set.Has(part.Text) || l.Asks["actual"].Set.Has(part.Text)
			if part.Text != "" {
				parts = append(parts, part)
			}
		default:
			end := i
			weak := l.Asks["weak"].Set.At(r, i)
			if n := l.whole(r, i, mask); n > weak {
				weak = 0
			}
			for end < len(r) && !mask[end] && fold.Han(r[end]) && (end < i+weak || weak == 0 && (l.Asks["weak"].Set.At(r, end) == 0 || end == i)) {
				end += max(1, l.whole(r, end, mask))
			}
			for _, part := range l.han(r[i:end]) {
				part.Start, part.Weak = i, weak > 0
				parts = append(parts, part)
			}
			i = end
		}
	}
	return parts
}

// whole is the length of a Chinese word with synonyms at r[i], which no weak word within it parts: 经济增长.
func (l *Language) whole(r []rune, i int, mask []bool) int {
	n := l.same.At(r, i)
	if slices.Contains(mask[i:i+n], true) || slices.ContainsFunc(r[i:i+n], func(c rune) bool { return !fold.Han(c) }) {
		return 0
	}
	return n
}

// mixed is the length of a word with synonyms that begins with a Latin letter
// or a digit and goes on in Chinese (5G基站), 0 where there is none.
func (l *Language) mixed(r []rune, i int, mask []bool) int {
	n := l.same.At(r, i)
	if n == 0 || !fold.Han(r[i+n-1]) || slices.Contains(mask[i:i+n], true) {
		return 0
	}
	return n
}

// translated is the length of the longest word at r[i] that the glossary has in
// English, 0 where no report is in English.
func (l *Language) translated(r []rune, i int) int {
	if !l.English {
		return 0
	}
	return l.Lexicon.At(r, i)
}

// synonymous is the part of a word that has synonyms or translations.
func (l *Language) synonymous(r []rune) Part {
	word := string(r)
	part := Part{Text: word, Alts: []Alt{{word, 1, analysis.Grams(r)}}}
	for _, s := range l.synonyms[word] {
		part.Alts = append(part.Alts, Alt{s, synonymQuality, analysis.Grams([]rune(s))})
	}
	if l.English {
		for _, s := range l.Lexicon.English(word) {
			part.Alts = append(part.Alts, Alt{s, translationQuality, analysis.Grams([]rune(s))})
		}
	}
	return part
}

// han makes the parts of a Han run. Grams within a word with synonyms make
// one part with alternatives; the others stay one part for the whole run.
func (l *Language) han(r []rune) []Part {
	var parts []Part
	grams := analysis.Grams(r)
	taken := make([]bool, len(grams))
	for i := 0; i < len(r); {
		n := max(l.same.At(r, i), l.translated(r, i))
		if n < 2 {
			i++
			continue
		}
		part := l.synonymous(r[i : i+n])
		for k := range part.Alts[0].Grams {
			part.Alts[0].Grams[k].Start += i
			part.Alts[0].Grams[k].End += i
		}
		for k, g := range grams {
			taken[k] = taken[k] || g.Start >= i && g.End <= i+n
		}
		parts = append(parts, part)
		i += n
	}
	rest := Part{Text: string(r), Alts: []Alt{{Text: string(r), Quality: 1}}}
	for k, g := range grams {
		if !taken[k] {
			rest.Alts[0].Grams = append(rest.Alts[0].Grams, g)
		}
	}
	if len(rest.Alts[0].Grams) > 0 {
		parts = append(parts, rest)
	}
	return parts
}

// How surely a synonym or a translation means what was asked.
const (
	synonymQuality     = 0.9
	translationQuality = 0.9
	sameQuality        = 0.7
)

// latin makes the part of the longest English phrase at r[i] that the lexicon
// knows, else of the one word there. It returns where the part ends.
func (l *Language) latin(r []rune, mask []bool, i int, lang string) (Part, int) {
	words, ends := l.wordsAt(r, i)
	n, meanings := l.Lexicon.Longest(words, l.Said)
	if n < 2 && (mask[i] || l.Stop[words[0]]) {
		return Part{}, ends[0]
	}
	end := ends[max(n, 1)-1]
	part := Part{Text: string(r[i:end]), Alts: []Alt{{string(r[i:end]), 1, analysis.Grams(r[i:end])}}}
	for _, m := range meanings {
		part.Add(m.Word, m.Quality)
	}
	if word := l.onlyWord(words[:max(n, 1)]); n > 1 && word != "" { // built in 2023 is not built-in
		_, meanings := l.Lexicon.Longest([]string{word}, l.Said)
		for _, m := range slices.Concat(meanings, l.Lexicon.Likely(word)) {
			part.Add(m.Word, m.Quality)
		}
	}
	if n == 0 {
		for _, s := range l.synonyms[part.Text] {
			part.Add(s, synonymQuality)
		}
	}
	if l.English && n > 1 {
		l.addSame(&part, meanings[0])
		for _, phrase := range l.inEnglish.same[strings.Join(words[:n], " ")] {
			part.Add(phrase, sameQuality)
		}
	}
	if n < 2 && lang == "en" {
		l.addLikely(&part, words[0])
	}
	return part, end
}

// addLikely adds what the dictionary's glosses make likely of a word, what its
// base means (wrote, write) and how its number is written (nine, 9th).
func (l *Language) addLikely(part *Part, stem string) {
	for _, m := range l.Lexicon.Likely(stem) {
		part.Add(m.Word, m.Quality)
	}
	if base := lexicon.Base(stem); base != "" {
		_, meanings := l.Lexicon.Longest([]string{base}, l.Said)
		for _, m := range slices.Concat(meanings, l.Lexicon.Likely(base)) {
			part.Add(m.Word, m.Quality)
		}
	}
	if l.English {
		for _, form := range lexicon.Forms(stem) {
			part.Add(form, synonymQuality)
		}
	}
	if l.English {
		l.addParaphrases(part, stem)
	}
	for _, s := range lexicon.Numerals(part.Text) {
		part.Add(s, lexicon.SureQuality)
	}
}

// addParaphrases adds what may stand for a word in English reports: employees for workers.
func (l *Language) addParaphrases(part *Part, stem string) {
	for _, word := range l.inEnglish.same[stem] {
		part.Add(word, sameQuality)
	}
	if l.SpelledOut != nil {
		for _, name := range l.SpelledOut(part.Text) {
			part.Add(name, synonymQuality)
		}
	}
	for _, m := range l.Lexicon.Paraphrases(stem) {
		if !slices.ContainsFunc(part.Alts, func(a Alt) bool { return a.Text == m.Word }) {
			part.Alts = append(part.Alts, Alt{m.Word, m.Quality, []analysis.Gram{{Text: m.Word, End: len(m.Word)}}})
		}
	}
}

// addSame adds the other English names that the glossary has for what an English
// phrase means first: the unemployment rate is the jobless rate.
func (l *Language) addSame(part *Part, first lexicon.Meaning) {
	for _, name := range l.Lexicon.English(first.Word) {
		if first.Quality == 1 && lexicon.Key(name) != lexicon.Key(part.Text) {
			part.Add(name, synonymQuality)
		}
	}
}

// onlyWord is the one stem of a phrase that does not only ask, "" where there
// are several.
func (l *Language) onlyWord(stems []string) (only string) {
	for _, s := range stems {
		switch {
		case l.Stop[s]:
		case only != "":
			return ""
		default:
			only = s
		}
	}
	return only
}

// Add adds a way to say a part; one that it has already is as sure as the surer.
func (p *Part) Add(word string, quality float64) {
	if k := slices.IndexFunc(p.Alts, func(a Alt) bool { return a.Text == word }); k >= 0 {
		p.Alts[k].Quality = max(p.Alts[k].Quality, quality)
		return
	}
	p.Alts = append(p.Alts, Alt{word, quality, analysis.Grams([]rune(word))})
}

// wordsAt returns the stems of the next Latin words from r[i] and their ends.
func (l *Language) wordsAt(r []rune, i int) (stems []string, ends []int) {
	for i < len(r) && len(stems) < lexicon.LongestPhrase && fold.Alnum(r[i]) {
		end := analysis.WordEnd(r, i)
		stems, ends = append(stems, analysis.Stem(string(r[i:end]))), append(ends, end)
		for i = end; i < len(r) && (r[i] == ' ' || r[i] == '-' || r[i] == '\'' || r[i] == '&'); i++ {
		}
	}
	return stems, ends
}

// Decides is how far a translation may decide: less than it helps to rank where
// it is only likely, and hardly where it is a single character. How many schools
// were built? is not answered by a 校 somewhere.
func (a Alt) Decides() float64 {
	q := min(1, a.Quality*a.Quality/lexicon.SureQuality)
	if len(a.Grams) == 1 && fold.Han([]rune(a.Grams[0].Text)[0]) {
		return min(q, lexicon.CharacterQuality)
	}
	return q
}

// Character tells a single character of a word from the word's pairs.
func (a Alt) Character(g analysis.Gram) bool {
	return len(a.Grams) > 1 && g.End-g.Start == 1 && fold.Han([]rune(g.Text)[0])
}

func IsLetters(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" }

// ShortestMisspelt: shorter words have too many neighbours.
const ShortestMisspelt = 5

// distance is the number of letters to add, drop, change or swap between two
// words (Damerau's, restricted), at most limit+1.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	two, one := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now := make([]int, len(b)+1)
		now[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
		}
		two, one = one, now
	}
	return min(one[len(b)], limit+1)
}
