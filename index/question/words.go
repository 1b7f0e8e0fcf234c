package question

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	Text    string
	Kind    lexicon.Kind
	Said    []string // it and the words that mean the same, folded
	Opens   []string // what says it where no other word stands before: 经济增长 GDP增速, 县域经济增长 not
	Weight  float64  // its rarity in the reports
	Absent  bool     // the dictionary has it, and no report has it or one that means the same
	Head    bool     // it is the noun that is asked for
	Whole   bool     // what is asked for is a part of it: 常住人口 of 常住人口里乡村的
	Term    bool     // an English word of the glossary: reports say it in one way
	Counted bool     // it belongs to the noun that an English question counts
	Loose   bool     // English that reports may do without, as it tells what kind is asked for: the size of a fund
	Stems   []string // of an English phrase the words that say it wherever they stand in a sentence: trees and planted
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
				out = append(out, AskedWord{Text: w, Kind: lexicon.Noun, Said: l.alike(w), Opens: l.within(r, i, end)})
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
				out = append(out, AskedWord{Text: text, Kind: w.Kind, Said: l.alike(text), Opens: l.within(r, i+w.From, i+w.To)})
			}
		}
		i = end
	}
	return out
}

// cuts are the runs that were cut last: a table over two dozen reports has one name as often.
type cuts struct {
	mu    sync.Mutex
	words map[string][]lexicon.Word
}

// mostCuts of some 200 bytes are kept.
const mostCuts = 4096

func (c *cuts) get(run string) ([]lexicon.Word, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	words, known := c.words[run]
	return words, known
}

func (c *cuts) put(run string, words []lexicon.Word) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.words) >= mostCuts || c.words == nil {
		c.words = map[string][]lexicon.Word{}
	}
	c.words[run] = words
}

// Cut is the words of a Chinese run; those of the synonyms stay whole, and a suffix
// belongs to the word before it: 贡献率.
func (l *Language) Cut(run []rune) []lexicon.Word {
	key := string(run)
	if words, known := l.cuts.get(key); known {
		return words
	}
	words := l.cut(run)
	l.cuts.put(key, words)
	return words
}

func (l *Language) cut(run []rune) (out []lexicon.Word) {
	for _, w := range lexicon.Cut(run, l.same.Has) {
		if n := len(out) - 1; n >= 0 && w.To-w.From == 1 && out[n].Kind != lexicon.Other && l.Asks["suffix"].Set.Has(string(run[w.From:w.To])) &&
			!(run[w.From] == '化' && w.To == len(run) && l.same.Has(string(run[out[n].From:out[n].To]))) { // 隐债化了多少
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

// within is what means the same as the word r[from:to] with the next one: GDP of GDP增速
// is said by 经济增长.
func (l *Language) within(r []rune, from, to int) []string {
	if n := l.same.At(r, from); n > to-from {
		return l.synonyms[string(r[from:from+n])]
	}
	return nil
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
	for range a.In(text) {
		return true
	}
	return len(a.Stems) > 0 && !slices.ContainsFunc(a.Stems, func(stem string) bool { return !hasStem(text, stem) })
}

// hasStem tells whether a text has a Latin word with a stem.
func hasStem(text, stem string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], stem[:min(len(stem), sureOfStem)])
		if at < 0 {
			return false
		}
		from += at
		end := from
		for end < len(text) && latin(rune(text[end])) {
			end++
		}
		if (from == 0 || !latin(rune(text[from-1]))) && analysis.Stem(text[from:end]) == stem {
			return true
		}
		from = max(end, from+1)
	}
}

// sureOfStem is how many letters of a stem all words with it begin with: economi, of economy.
const sureOfStem = 3

// In is where a text says a word, from and to in bytes.
func (a AskedWord) In(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for k := range len(a.Said) + len(a.Opens) {
			s := ""
			if k < len(a.Said) {
				s = a.Said[k]
			} else {
				s = a.Opens[k-len(a.Said)]
			}
			for from := 0; ; {
				at := strings.Index(text[from:], s)
				if at < 0 {
					break
				}
				from += at
				if whole := s[0] >= utf8.RuneSelf || from == 0 || text[from-1] < 'a' || text[from-1] > 'z'; whole && (k < len(a.Said) || opens(text[:from])) && !yield(from, from+len(s)) {
					return
				}
				from += len(s)
			}
		}
	}
}

// opens tells that a name may begin behind a text: 2025年经济增长, 全省经济增长.
func opens(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return !fold.Han(r) || strings.ContainsRune("省市区县州国年月", r)
}
