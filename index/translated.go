package index

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/question"
)

// nameReports tells which reports a question names, an English one by their places too,
// which then are no words to look for.
func (e *Engine) nameReports(q *question.Query) {
	q.Reports, q.Placed = e.named(q.Text)
	for _, place := range q.Named {
		own := e.ofPlace(place)
		for _, r := range own {
			q.Reports[r] = true
		}
		if len(own) > 0 && len(q.Parts) > 1 {
			q.Parts = slices.DeleteFunc(q.Parts, func(p question.Part) bool { return p.Text == place.English })
		}
		q.Placed = q.Placed || len(own) > 0 && len(own) < len(e.corpus.Reports)
	}
}

// ofPlace are the reports whose title or issuer has the name of a place.
func (e *Engine) ofPlace(p question.NamedPlace) (own []*corpus.Head) {
	for _, r := range e.corpus.Reports {
		if name := fold.String(r.Title + " " + r.Issuer); strings.Contains(name, p.Chinese) || strings.Contains(name, p.English) {
			own = append(own, r)
		}
	}
	return own
}

// otherPlaces are the places that an English question names beside those of the
// reports. One that reports name in English is no place elsewhere.
func (e *Engine) otherPlaces(q *question.Query) (places []string) {
	for _, p := range q.Named {
		unsaid := slices.ContainsFunc(analysis.Grams([]rune(p.English)), func(g analysis.Gram) bool { return e.store.Frequency(g.Text) == 0 })
		if unsaid && len(e.ofPlace(p)) == 0 {
			places = append(places, strings.TrimRight(p.Chinese, "省市"))
		}
	}
	return places
}
