package index

import (
	"slices"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/decide"
	"reportbot/index/lexicon"
	"reportbot/index/phonetic"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// How surely a word found by its sound is the one meant.
const (
	spelledQuality  = 0.9 // pinyin
	initialsQuality = 0.8
	soundingQuality = 0.9 // a foreign name, less its cost
	leastSounding   = 0.3
)

// pairs reads the pairs of characters of the reports, and those of the words
// that questions ask with, which no report need have.
func (e *Engine) pairs() *phonetic.Words { return phonetic.New(e.grams(1)) }

// spokenPairs are those for a question that is typed in pinyin, asking words and
// all: duoshao jia is 多少家, jige is 几个.
func (e *Engine) spokenPairs() *phonetic.Words {
	grams := e.grams(askedOften)
	for _, unit := range counters {
		often := askedOften * (1 + e.store.Frequency(string(unit))) / (1 + e.store.Docs)
		grams = append(grams, phonetic.Gram{Text: "少" + string(unit), Count: often}, phonetic.Gram{Text: "几" + string(unit), Count: often})
	}
	return phonetic.New(grams)
}

// askedOften is in how many paragraphs a pair of the words of asking would
// stand if reports asked; counters are what stands behind 多少 and 几.
const (
	askedOften = 20
	counters   = "个家间座所项件条人名位次台套户处支亩吨元点天年月成张辆起宗篇公万亿"
)

// grams are the pairs of the reports, and those of the words of asking as if so
// many paragraphs had them.
func (e *Engine) grams(asked float64) (grams []phonetic.Gram) {
	e.store.EachGram(func(gram string, count float64) { grams = append(grams, phonetic.Gram{Text: gram, Count: count}) })
	for _, word := range e.language.QuestionWords() {
		for _, g := range analysis.Grams([]rune(word)) {
			grams = append(grams, phonetic.Gram{Text: g.Text, Count: asked})
		}
	}
	return grams
}

// initials maps wlls to 网络零售: of the words that the term lists have, those
// that the reports may have as well.
func (e *Engine) initials() map[string][]string {
	out := map[string][]string{}
	for _, word := range e.language.Terms() {
		if r := []rune(word); len(r) < 2 || len(r) > 8 || !e.store.MayHave(r) {
			continue
		}
		if letters := phonetic.Initials(word); letters != "" && !slices.Contains(out[letters], word) {
			out[letters] = append(out[letters], word)
		}
	}
	return out
}

// soundOut gives the Latin words of a question that no report says, neither
// themselves nor by a meaning that the dictionary has, the meanings that they
// sound like: wangluo, wlls, Jacksonville. Of those that the dictionary has only
// what begins with a capital: Carolina is 卡罗来纳 there and 卡罗莱纳 in a report.
func (e *Engine) soundOut(q *question.Query) {
	said := func(a question.Alt) bool { return e.language.Said(a.Text) }
	for i := range q.Parts {
		p := &q.Parts[i]
		known := len(p.Alts)
		if !question.IsLetters(p.Text) || slices.ContainsFunc(p.Alts, said) || known > 1 && !q.Capitals[p.Text] {
			continue
		}
		if e.spellOut(q, p); len(p.Alts) > known {
			continue
		}
		for _, heard := range e.words().Sounding(p.Text, e.store.Together) {
			p.Add(heard.Text, max(leastSounding, soundingQuality-heard.Cost))
		}
	}
}

// spellOut gives a word what it may be in pinyin or in initials.
func (e *Engine) spellOut(q *question.Query, p *question.Part) {
	if word := e.words().Spelled(p.Text); word != "" {
		p.Add(word, spelledQuality)
	} else if q.Lang != "en" {
		for _, word := range e.abbreviations()[p.Text] {
			p.Add(word, initialsQuality)
		}
	}
}

// inCharacters is a question typed in pinyin or in initials as the reports
// would write it (wangluo lingshou duoshao, wlls), "" where it is no such question.
func (e *Engine) inCharacters(asked string) string {
	words := strings.Fields(fold.String(strings.Trim(asked, "?？ ")))
	var row []string
	known := 0
	for _, word := range words {
		if !question.IsLetters(word) || e.store.Frequency(analysis.Stem(word)) > 0 {
			return ""
		}
		rows := phonetic.Syllables(word)
		if len(rows) == 0 {
			if terms := e.abbreviations()[word]; len(words) == 1 && len(terms) > 0 {
				return terms[0]
			}
			return ""
		}
		if n, _ := e.language.Lexicon.Longest([]string{analysis.Stem(word)}, e.language.Said); n > 0 || e.language.Stop[analysis.Stem(word)] {
			known++
		}
		row = append(row, rows[0]...)
	}
	if known*2 > len(words) {
		return "" // English
	}
	return e.spoken().Chain(row)
}

// inHan is a Chinese question with what was typed in pinyin as the reports would
// write it (北岭 zhihui jiaoshi duoshao jian), "" where nothing was.
func (e *Engine) inHan(question string) string {
	words := strings.Fields(fold.String(question))
	if !strings.ContainsFunc(question, fold.Han) || e.mostlyEnglish(words) {
		return ""
	}
	var out []string
	changed := false
	for i := 0; i < len(words); {
		end := i
		var row []string
		for ; end < len(words) && e.spelt(words[end]); end++ {
			row = append(row, phonetic.Syllables(words[end])[0]...)
		}
		text := e.spoken().Chain(row)
		switch {
		case text == "":
			end = i + 1
			out = append(out, words[i])
		case !strings.Contains(question, text): // beiling 北岭
			out = append(out, text)
			fallthrough
		default:
			changed = true
		}
		i = end
	}
	if !changed {
		return ""
	}
	return strings.Join(out, " ")
}

// mostlyEnglish tells whether half of the words in letters are English.
func (e *Engine) mostlyEnglish(words []string) bool {
	latin, known := 0, 0
	for _, word := range words {
		if question.IsLetters(word) {
			latin++
			known += int(rank.Truth(e.language.KnowsEnglish(word)))
		}
	}
	return known*2 >= max(latin, 1)
}

// spelt tells a word that may be pinyin: letters that no report has, and that
// can be cut into syllables.
func (e *Engine) spelt(word string) bool {
	return len(word) > 1 && question.IsLetters(word) && e.store.Frequency(analysis.Stem(word)) == 0 && len(phonetic.Syllables(word)) > 0
}

// corrected is a question with one slip of a character put right, "" where
// there is none that the reports tell of: 网络零收 for 网络零售.
func (e *Engine) corrected(question string) string {
	r := fold.New(question).Runes
	whole := pairsOfWords(r)
	known := func(a, b rune) bool {
		// 几家, 第1季度, 多少亿 are no slips
		asks := strings.ContainsRune("几第", a) || strings.ContainsAny(string(b), "几第万亿千百") || a == '少' && strings.ContainsRune(counters, b)
		return asks || whole[[2]rune{a, b}] ||
			e.store.Frequency(string([]rune{a, b})) > 0 || e.language.Knows(a, b)
	}
	return e.words().Slip(r, known)
}

// pairsOfWords are the pairs of characters of the words that a text is cut into: what is a
// word of the language needs no mending, though no report has it (对不对).
func pairsOfWords(r []rune) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	for _, w := range lexicon.Cut(r, nil) {
		for i := w.From; i+1 < w.To; i++ {
			pairs[[2]rune{r[i], r[i+1]}] = true
		}
	}
	return pairs
}

// spelling is an English question with the words that nothing knows put right
// by a letter or two, "" where there is none.
func (e *Engine) spelling(asked string) string {
	words := strings.Fields(asked)
	changed := false
	for i, word := range words {
		bare := strings.Trim(fold.String(word), "?.,!:;\"'()")
		if len(bare) < question.ShortestMisspelt || !question.IsLetters(bare) || e.language.InDictionary(bare) || e.store.Frequency(analysis.Stem(bare)) > 0 {
			continue
		}
		right, some := e.oneLetterOff(bare)
		if !some {
			right = e.language.Nearest(bare)
		}
		if right != "" {
			words[i], changed = right, true
		}
	}
	if !changed {
		return ""
	}
	return strings.Join(words, " ")
}

// oneLetterOff is the word that most paragraphs have of those that differ from a misspelt one by a letter
// added, dropped, changed or swapped with the next (Norvig, How to Write a Spelling Corrector, 2007), ""
// where two are about as frequent; some tells whether there is any.
func (e *Engine) oneLetterOff(word string) (best string, some bool) {
	counts, words := map[string]float64{}, map[string]string{}
	for _, w := range edits(word) {
		stem := analysis.Stem(w)
		if _, seen := counts[stem]; !seen {
			counts[stem], words[stem] = e.store.Frequency(stem), w
		}
	}
	most, next := "", 0.0
	for stem, n := range counts {
		switch {
		case n > counts[most]:
			most, next = stem, counts[most]
		case n > next:
			next = n
		}
	}
	if next*clearlyMore > counts[most] {
		return "", true
	}
	return words[most], most != ""
}

// clearlyMore often than another a word must be to be the one meant.
const clearlyMore = 2

// edits are the words a letter away from one, those first that slips of the hand make most: a letter
// left out, then two swapped.
func edits(word string) (out []string) {
	var swapped, dropped, changed []string
	for i := range len(word) + 1 {
		left, right := word[:i], word[i:]
		for c := 'a'; c <= 'z'; c++ {
			out = append(out, left+string(c)+right)
			if right != "" {
				changed = append(changed, left+string(c)+right[1:])
			}
		}
		if len(right) > 1 {
			swapped = append(swapped, left+right[1:2]+right[:1]+right[2:])
		}
		if right != "" {
			dropped = append(dropped, left+right[1:])
		}
	}
	return slices.Concat(out, swapped, dropped, changed)
}

// respelled is what a question may have meant, "" where it can be taken as it
// stands. A slip in Chinese is looked for only where no answer was found.
func (e *Engine) respelled(a *decide.Answer, question string) string {
	if a.Lang == "en" {
		if s := e.inCharacters(question); s != "" {
			return s
		}
	}
	if s := e.inHan(question); s != "" {
		return s
	}
	switch {
	case a.Lang == "en":
		return e.spelling(question)
	case a.Answered, a.NoReportOf != "", a.AskPlace:
		return ""
	}
	return e.corrected(question)
}
