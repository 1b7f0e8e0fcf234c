package question

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
)

// An English question on Chinese reports is understood by the same lists as a Chinese
// one, as far as the glossary says it surely: imports are 进口 and so no 出口, citywide
// is 全市, Hunan is 湖南 and no figure of Hubei is its answer.

// readTranslated reads what the sure translations of an English question name.
func (q *Query) readTranslated(l *Language) {
	var said []string
	for _, p := range q.Parts {
		if place := q.placeIn(l, p); place != "" {
			q.Named = append(q.Named, NamedPlace{place, p.Text})
		}
		if at := slices.IndexFunc(p.Alts, func(a Alt) bool { return a.Quality == 1 && a.Text != p.Text }); at > 0 {
			said = append(said, p.Alts[at].Text)
		}
	}
	chinese := []rune(strings.Join(said, " "))
	for i := range l.Variants.Classes {
		if len(q.Variants[i]) == 0 {
			q.Variants[i] = l.Variants.Classes[i].asked(chinese)
		}
	}
	if q.Scope == "" && q.Want != WantOrdinal {
		q.Scope = corpus.ScopeIn(chinese)
	}
}

// readEnglishWords are the words of an English question as the reports may say them,
// those of what is asked for marked: exports, of the exports of processing trade.
func (q *Query) readEnglishWords(l *Language, r []rune) {
	words := englishWords(r)
	head := -1
	for _, p := range q.Parts {
		changes := slices.ContainsFunc([]string{"growth", "rises", "falls"}, func(class string) bool { return l.Asks[class].Set.Has(p.Text) })
		if p.Weak || changes || strings.Trim(p.Text, "0123456789") == "" || slices.ContainsFunc(q.Named, func(n NamedPlace) bool { return n.English == p.Text }) {
			continue
		}
		found := l.translatedWords(p)
		found[len(found)-1].Loose = l.inEnglish.loose(p.Text)
		found[len(found)-1].Stems = l.stemsOf(p.Text)
		counts := q.Counted[1] > 0
		if !counts && (l.inEnglish.perTime(words, p.Start) || l.inEnglish.phrasal(p.Text) || !l.inEnglish.mayBeThing(p.Text)) {
			q.Words = append(q.Words, found...)
			continue
		}
		counted := counts && p.Start >= q.Counted[0] && p.Start < q.Counted[1]
		for i := range found {
			found[i].Counted = counted
		}
		if counted || !counts && (head < 0 || l.inEnglish.oneNoun(words, q.Parts[head].Start, p.Start)) {
			for i := range q.Words {
				q.Words[i].Head = false
			}
			found[len(found)-1].Head = true
			head = slices.IndexFunc(q.Parts, func(o Part) bool { return o.Start == p.Start })
		}
		q.Words = append(q.Words, found...)
	}
}

// stemsOf are those of an English phrase, but for a change that a figure tells by its own words: export, of export
// growth; none for a single word.
func (l *Language) stemsOf(phrase string) (stems []string) {
	words := englishWords([]rune(phrase))
	if len(words) < 2 {
		return nil
	}
	for _, w := range words {
		text := string([]rune(phrase)[w.from:w.to])
		if !slices.ContainsFunc([]string{"growth", "rises", "falls"}, func(class string) bool { return l.Asks[class].Set.Has(text) }) && !l.Stop[w.stem] {
			stems = append(stems, w.stem)
		}
	}
	return stems
}

// mayBeThing tells a phrase whose last word may name a thing.
func (e *english) mayBeThing(text string) bool {
	words := englishWords([]rune(text))
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1:]
	return lexicon.MayBeThing(string([]rune(text)[last[0].from:last[0].to])) || e.in("figure", last) || e.in("number", last) || e.in("likely", last) || e.in("sure", last)
}

// phrasal tells what is done, and no thing: line up, put in.
func (e *english) phrasal(text string) bool {
	words := englishWords([]rune(text))
	return len(words) > 1 && e.in("particles", words[len(words)-1:])
}

// loose tells words that each only tell what kind of thing is asked for: the size, spent on.
func (e *english) loose(text string) bool {
	words := englishWords([]rune(text))
	for len(words) > 0 {
		listed := 0
		for _, list := range looseLists {
			n, _ := e.at(list, words)
			listed = max(listed, n)
		}
		if listed == 0 {
			return false
		}
		words = words[listed:]
	}
	return true
}

// looseLists are the lists of english.txt whose words name no thing.
var looseLists = []string{"number", "figure", "verb", "gets", "pays", "change", "stops", "before", "measure"}

// perTime tells a measure of time that something else is counted by: the driver a year, within
// 30 seconds.
func (e *english) perTime(words []englishWord, at int) bool {
	i := slices.IndexFunc(words, func(w englishWord) bool { return w.from == at })
	if i < 1 {
		return false
	}
	n, class := e.at("measure", words[i:])
	before := words[i-1].stem
	return n > 0 && class == "time" && (e.in("per", words[i-1:i]) || strings.Trim(before, "0123456789") == "")
}

// oneNoun tells whether no word that ends a noun stands between two places.
func (e *english) oneNoun(words []englishWord, from, to int) bool {
	for i, w := range words {
		if n, _ := e.at("stops", words[i:]); n > 0 && w.from > from && w.from < to {
			return false
		}
	}
	return true
}

// translatedWords is a part in the words that a report may say it with: a word with
// all its sure translations, a phrase by the words of the one that the reports have.
func (l *Language) translatedWords(p Part) []AskedWord {
	word := AskedWord{Text: p.Text, Kind: lexicon.Verb, Said: []string{p.Text}}
	if !strings.Contains(p.Text, " ") {
		word.Said[0] = analysis.Stem(p.Text)
		if stem, cut := strings.CutSuffix(word.Said[0], "i"); cut { // economi of economy and economies
			word.Said = append(word.Said, stem+"y")
		}
	}
	own := len(word.Said)
	for _, a := range p.Alts[1:] {
		r := []rune(a.Text)
		if a.Quality < lexicon.SureQuality && (fold.Han(r[0]) || a.Quality < nearWord) || len(r) < 2 {
			continue
		}
		word.Kind = lexicon.Noun
		word.Term = word.Term || a.Quality == 1 && fold.Han(r[0])
		if cut := l.Cut(r); a.Quality == 1 && fold.Han(r[0]) && len(cut) > 1 && len(word.Said) == own && l.Said(a.Text) {
			var out []AskedWord
			for _, w := range cut {
				text := string(r[w.From:w.To])
				out = append(out, AskedWord{Text: text, Kind: lexicon.Noun, Said: l.alike(text)})
			}
			return out
		}
		word.Said = append(word.Said, a.Text)
	}
	return []AskedWord{word}
}

// nearWord is from what quality on an English word of the reports may stand for one of the question.
const nearWord = 0.4

// NamedPlace is a place that an English question names: 湖南 and hunan.
type NamedPlace struct{ Chinese, English string }

// placeIn is the place of the gazetteer that a part of an English question is the
// name of, "" for none. A word that means something else too is a name by its
// capital: Turkey.
func (q *Query) placeIn(l *Language, p Part) (place string) {
	first, _, _ := strings.Cut(p.Text, " ")
	if l.InEnglish("nonames", p.Text) && !q.Capitals[first] {
		return ""
	}
	for _, a := range p.Alts[1:] {
		r := []rune(a.Text)
		sure := a.Quality >= lexicon.SureQuality && fold.Han(r[0])
		if sure && len(r) >= 2 && l.Places.At(r, 0) == len(r) && (place == "" || len(a.Text) < len(place)) {
			place = a.Text
		}
	}
	return place
}
