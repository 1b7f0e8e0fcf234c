package question

import (
	"slices"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
)

// SaysAll tells whether a text has each word of a Chinese term, or one that means the same.
func (l *Language) SaysAll(text string, term []rune) bool {
	if strings.Contains(text, string(term)) {
		return true
	}
	for _, word := range l.Cut(term) {
		one := AskedWord{Said: l.alike(string(term[word.From:word.To]))}
		if word.Kind != lexicon.Other && !one.InText(text) {
			return false
		}
	}
	return true
}

// What a question asks for and what a figure is named are held against each other
// word by word: an indicator is a head with its modifiers, on both sides. GDP is not
// 人均GDP, nor 制造业增加值占GDP的比重. For the search no words are needed.

// AskedWord is a word of a question that names something.
type AskedWord struct {
	Text   string
	Kind   lexicon.Kind
	Said   []string // it and the words that mean the same, folded
	Weight float64  // its rarity in the reports
	Absent bool     // the dictionary has it, and no report has it or one that means the same
	Head   bool     // it is the noun that is asked for
	Whole  bool     // what is asked for is a part of it: 常住人口 of 常住人口里乡村的
}

// partMarks stand behind a whole and before its part: 户籍人口里城镇的.
const partMarks = "里中内"

// wordsOf cuts the unmasked Chinese of a question into words that name something.
func (l *Language) wordsOf(r []rune, mask []bool) (out []AskedWord) {
	for i := 0; i < len(r); {
		if mask[i] || !fold.Han(r[i]) && !fold.Alnum(r[i]) {
			i++
			continue
		}
		end := i
		if !fold.Han(r[i]) {
			for end = analysis.WordEnd(r, i); end < len(r) && fold.Alnum(r[end]); end = analysis.WordEnd(r, end) {
			}
			if w := string(r[i:end]); !l.Stop[analysis.Stem(w)] {
				out = append(out, AskedWord{Text: w, Kind: lexicon.Noun, Said: l.alike(w)})
			}
			i = end
			continue
		}
		for end < len(r) && !mask[end] && fold.Han(r[end]) {
			end++
		}
		run := r[i:end]
		for k, w := range l.Cut(run) {
			text := string(run[w.From:w.To])
			switch {
			case strings.Contains(partMarks, text) && len(text) > 0 && k > 0 && (w.To < len(run) || end < len(r)):
				for n := range out {
					out[n].Whole = true
				}
			case w.Kind == lexicon.Other || l.Asks["weak"].Set.Has(text) || l.Asks["thingless"].Set.Has(text):
			default:
				out = append(out, AskedWord{Text: text, Kind: w.Kind, Said: l.alike(text)})
			}
		}
		i = end
	}
	return out
}

// Cut is the words of a Chinese run; those of the synonyms stay whole, and a suffix
// belongs to the word before it: 贡献率.
func (l *Language) Cut(run []rune) (out []lexicon.Word) {
	for _, w := range lexicon.Cut(run, l.same.Has) {
		if n := len(out) - 1; n >= 0 && w.To-w.From == 1 && out[n].Kind != lexicon.Other && l.Asks["suffix"].Set.Has(string(run[w.From:w.To])) {
			out[n].To, out[n].Kind = w.To, lexicon.Noun
			continue
		}
		out = append(out, w)
	}
	return out
}

// alike is a word and those that mean the same, those also without a first word that
// tells nothing apart: 乡村消费品零售总额 is the 社会消费品零售总额 of the country.
func (l *Language) alike(word string) []string {
	out := append([]string{word}, l.synonyms[word]...)
	for _, w := range out {
		r := []rune(w)
		if n := l.Asks["loose"].Set.At(r, 0); n > 0 && len(r)-n >= 4 {
			out = append(out, string(r[n:]))
		}
	}
	return out
}

// readHead marks the noun that is asked for: that behind 多少 and its unit, else
// the last one before it, else the last verb.
func (q *Query) readHead() {
	last, best := -1, -1
	for i, w := range q.Words {
		rank := 0
		switch {
		case w.Whole:
		case q.Focus != "" && strings.Contains(q.Focus, w.Text) && w.Kind == lexicon.Noun:
			rank = 3
		case (w.Kind == lexicon.Noun || w.Kind == lexicon.Place) && len([]rune(w.Text)) > 1:
			rank = 2
		case w.Kind != lexicon.Other && len([]rune(w.Text)) > 1:
			rank = 1
		}
		if rank >= best {
			last, best = i, rank
		}
	}
	if last >= 0 {
		q.Words[last].Head, q.Words[last].Whole = true, false
	}
}

// InText tells whether a text says a word.
func (a AskedWord) InText(text string) bool {
	return slices.ContainsFunc(a.Said, func(s string) bool { return strings.Contains(text, s) })
}
