package index

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
)

// Whether a figure is of the place that is asked about.

// elsewhere tells a question on a place that no report mentions: the figure of
// another place is never its answer.
func (e *Engine) elsewhere(q *Query) bool {
	return slices.ContainsFunc(e.placesAsked(q), func(place string) bool {
		for _, g := range analysis.Grams([]rune(place)) {
			if g.End-g.Start == 2 && e.store.frequency(g.Text) > 0 {
				return false
			}
		}
		return true
	})
}

// placesAsked is the places that a question names beside those of the reports:
// provinces, cities and countries of the gazetteer, and districts by their
// suffix: 瑞安 of 瑞安市. The gazetteer does not go down to counties.
func (e *Engine) placesAsked(q *Query) (places []string) {
	r := []rune(q.Text)
	for i := 0; i < len(r); i++ {
		n := e.language.places.At(r, i)
		if n < 2 && i+2 < len(r) && fold.Han(r[i]) && fold.Han(r[i+1]) && strings.ContainsRune("市区县旗镇", r[i+2]) &&
			!strings.ContainsAny(string(r[i:i+2]), inNoName) && !e.language.knows(r[i], r[i+1]) && e.isPlace(r[i:i+3]) {
			n = 2
		}
		if n < 2 {
			continue
		}
		if place := string(r[i : i+n]); !e.titles[string(r[i:i+2])].place {
			places = append(places, strings.TrimRight(place, "省市"))
		}
		i += n - 1
	}
	return append(places, e.otherPlaces(q)...)
}

// inNoName are characters that seldom stand in the name of a place: 分为东区、西区.
const inNoName = "的了为和与在对将把被从到由及等是有无不这那其各每本全某该几多哪两"

// isPlace tells 临港市 from 全市, and from words that lie across: 山区 alone is no
// place, and that of 青山区 is one where no report has 山区.
func (e *Engine) isPlace(r []rune) bool {
	tail := e.store.frequency(string(r[1:]))
	return tail == 0 || e.language.noPlace.Before(r, len(r)) == 0 && tail <= e.store.frequency(string(r[:2]))
}

// ofOtherPlace tells a figure whose paragraph and headings don't name the place that the
// question does, beside that of the report.
func (f *finding) ofOtherPlace(c *candidate) bool {
	if len(f.asked) == 0 {
		return false
	}
	said := string(c.page.text.Runes) + fold.String(strings.Join(c.Paragraph.Path(), " ")+c.Paragraph.Report.Title)
	return slices.ContainsFunc(f.asked, func(place string) bool {
		return !strings.Contains(said, place) && !f.isAbout(c.Paragraph.Report, place)
	})
}

// isAbout tells a report on a place that its title does not name: it
// stands there as often as in one of fifteen paragraphs.
func (f *finding) isAbout(r *corpus.Report, place string) bool {
	key := r.ID + place
	about, known := f.isOn[key]
	if !known {
		about = strings.Count(fold.String(r.Text), place)*15 >= len(r.Paragraphs)
		if f.isOn == nil {
			f.isOn = map[string]bool{}
		}
		f.isOn[key] = about
	}
	return about
}

// abroad tells a report of another place than the question names.
func (f *finding) abroad(r *corpus.Head) bool { return f.placed && !f.reports[r] }
