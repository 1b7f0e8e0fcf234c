package decide

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/rank"
)

// ofOtherPlace tells a figure whose sentence and headings don't name the place that the
// question does, beside that of the report. Another sentence of its paragraph may be on anywhere.
func (f *Finding) ofOtherPlace(c *rank.Candidate) bool {
	if len(f.Asked) == 0 {
		return false
	}
	return f.elsewhereThan(c.Around(), c.Paragraph.Report)
}

// elsewhereThan tells that neither a text nor its report names each place that the question does.
func (f *Finding) elsewhereThan(said string, r *corpus.Report) bool {
	said += " " + fold.String(r.Title)
	return slices.ContainsFunc(f.Asked, func(place string) bool { return !f.Language.NamesPlace(said, place) && !f.IsAbout(r, place) })
}

// passageElsewhere tells that the best passage and what stands above it do not name a place that the question does.
func (f *Finding) passageElsewhere() bool {
	if len(f.Pages) == 0 {
		return false
	}
	p := f.Pages[0]
	return f.elsewhereThan(fold.String(strings.Join(p.Path(), " "))+" "+string(p.Folded.Runes), p.Report)
}

// IsAbout tells a report on a place that its title does not name, nor another: it
// stands there as often as in one of fifteen paragraphs.
func (f *Finding) IsAbout(r *corpus.Report, place string) bool {
	key := r.ID + place
	about, known := f.isOn[key]
	if !known {
		often := max(1, (len(r.Paragraphs)+14)/15)
		about = !f.namesAPlace(r.Title) && f.Language.TimesNamed(fold.String(r.Text), place, often) == often // a province's report is not on its largest city
		if f.isOn == nil {
			f.isOn = map[string]bool{}
		}
		f.isOn[key] = about
	}
	return about
}

// namesAPlace tells a title with the name of some place.
func (f *Finding) namesAPlace(title string) bool {
	r := []rune(fold.String(title))
	for i := range r {
		if f.Language.Places.At(r, i) >= 2 {
			return true
		}
	}
	return false
}

// Abroad tells a report of another place than the question names.
func (f *Finding) Abroad(r *corpus.Head) bool { return f.Placed && !f.Reports[r] }
