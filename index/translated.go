package index

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
			q.named = append(q.named, namedPlace{place, p.Text})
		}
		if at := slices.IndexFunc(p.Alts, func(a Alt) bool { return a.Quality == 1 && a.Text != p.Text }); at > 0 {
			said = append(said, p.Alts[at].Text)
		}
	}
	chinese := []rune(strings.Join(said, " "))
	for i := range l.variants.classes {
		if len(q.variants[i]) == 0 {
			q.variants[i] = l.variants.classes[i].of(chinese)
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
		changes := slices.ContainsFunc([]string{"growth", "rises", "falls"}, func(class string) bool { return l.asks[class].set.Has(p.Text) })
		if p.Weak || changes || strings.Trim(p.Text, "0123456789") == "" || slices.ContainsFunc(q.named, func(n namedPlace) bool { return n.english == p.Text }) {
			continue
		}
		found := l.translatedWords(p)
		if head < 0 || l.inEnglish.oneNoun(words, q.Parts[head].start, p.start) {
			for i := range q.words {
				q.words[i].head = false
			}
			found[len(found)-1].head = true
			head = slices.IndexFunc(q.Parts, func(o Part) bool { return o.start == p.start })
		}
		q.words = append(q.words, found...)
	}
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
func (l *Language) translatedWords(p Part) []askedWord {
	word := askedWord{text: p.Text, kind: lexicon.Verb, said: []string{p.Text}}
	if !strings.Contains(p.Text, " ") {
		word.said[0] = analysis.Stem(p.Text)
	}
	for _, a := range p.Alts[1:] {
		r := []rune(a.Text)
		if a.Quality < lexicon.SureQuality || len(r) < 2 {
			continue
		}
		word.kind = lexicon.Noun
		if cut := l.cut(r); a.Quality == 1 && fold.Han(r[0]) && len(cut) > 1 && len(word.said) == 1 && l.said(a.Text) {
			var out []askedWord
			for _, w := range cut {
				text := string(r[w.From:w.To])
				out = append(out, askedWord{text: text, kind: lexicon.Noun, said: l.alike(text)})
			}
			return out
		}
		word.said = append(word.said, a.Text)
	}
	return []askedWord{word}
}

// namedPlace is a place that an English question names: 湖南 and hunan.
type namedPlace struct{ chinese, english string }

// placeIn is the place of the gazetteer that a part of an English question is the
// name of, "" for none. A word that means something else too is a name by its
// capital: Turkey.
func (q *Query) placeIn(l *Language, p Part) string {
	place, other := "", false
	for _, a := range p.Alts[1:] {
		switch r := []rune(a.Text); {
		case a.Quality < lexicon.SureQuality || !fold.Han(r[0]):
		case len(r) >= 2 && l.places.At(r, 0) == len(r):
			if place == "" || len(a.Text) < len(place) {
				place = a.Text
			}
		default:
			other = true
		}
	}
	if first, _, _ := strings.Cut(p.Text, " "); other && !q.capitals[first] {
		return ""
	}
	return place
}

// nameReports tells which reports a question names, an English one by their places too,
// which then are no words to look for.
func (e *Engine) nameReports(q *Query) {
	q.reports, q.placed = e.named(q.Text)
	for _, place := range q.named {
		own := e.ofPlace(place)
		for _, r := range own {
			q.reports[r] = true
		}
		if len(own) > 0 && len(q.Parts) > 1 {
			q.Parts = slices.DeleteFunc(q.Parts, func(p Part) bool { return p.Text == place.english })
		}
		q.placed = q.placed || len(own) > 0 && len(own) < len(e.corpus.Reports)
	}
}

// ofPlace are the reports whose title or issuer has the name of a place.
func (e *Engine) ofPlace(p namedPlace) (own []*corpus.Head) {
	for _, r := range e.corpus.Reports {
		if name := fold.String(r.Title + " " + r.Issuer); strings.Contains(name, p.chinese) || strings.Contains(name, p.english) {
			own = append(own, r)
		}
	}
	return own
}

// otherPlaces are the places that an English question names beside those of the
// reports. One that reports name in English is no place elsewhere.
func (e *Engine) otherPlaces(q *Query) (places []string) {
	for _, p := range q.named {
		unsaid := slices.ContainsFunc(analysis.Grams([]rune(p.english)), func(g analysis.Gram) bool { return e.store.Frequency(g.Text) == 0 })
		if unsaid && len(e.ofPlace(p)) == 0 {
			places = append(places, strings.TrimRight(p.chinese, "省市"))
		}
	}
	return places
}
