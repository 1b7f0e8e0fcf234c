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
		if strings.Contains(fold.String(r.Title+" "+r.Issuer), p.chinese) {
			own = append(own, r)
		}
	}
	return own
}

// otherPlaces are the places that an English question names beside those of the
// reports. One that reports name in English is no place elsewhere.
func (e *Engine) otherPlaces(q *Query) (places []string) {
	for _, p := range q.named {
		unsaid := slices.ContainsFunc(analysis.Grams([]rune(p.english)), func(g analysis.Gram) bool { return e.store.frequency(g.Text) == 0 })
		if unsaid && len(e.ofPlace(p)) == 0 {
			places = append(places, strings.TrimRight(p.chinese, "省市"))
		}
	}
	return places
}
