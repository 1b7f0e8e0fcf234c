package draft

import (
	"cmp"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/index/question"
)

// Judge holds the figures of one draft against those of the reports.
type Judge struct {
	reader *reader
	dated  bool
	stands map[*corpus.Figure]*corpus.Figure // those of the draft, by what they stand in the reports as
	kin    map[kinship]int                   // how many figures of a sentence of the draft stand in one of a report

	frequency func(word string) float64 // how many paragraphs of the reports have it
	weights   map[string]float64
}

// kinship is a sentence of the draft and one of a report.
type kinship struct{ draft, report place }

func kinshipOf(d, r *corpus.Figure) kinship {
	return kinship{place{d.Paragraph, d.Sentence.Start}, place{r.Paragraph, r.Sentence.Start}}
}

// Learn has the judge know that a figure stands in the reports: the others of its sentence
// are looked for beside that first.
func (j *Judge) Learn(f Finding) {
	if f.Report != nil && f.Verdict != Wrong {
		j.kin[kinshipOf(f.Figure, f.Report)]++
		j.stands[f.Figure] = f.Report
	}
}

// NewJudge is the judge of a draft; frequency tells how many paragraphs of the reports
// have a word.
func NewJudge(l *question.Language, d *corpus.Draft, frequency func(word string) float64) *Judge {
	return &Judge{reader: newReader(l), dated: d.Dated, kin: map[kinship]int{}, stands: map[*corpus.Figure]*corpus.Figure{}, frequency: frequency, weights: map[string]float64{}}
}

// match is a figure of the reports beside one of the draft.
type match struct {
	*said
	amounts     relation
	name        alike
	both        float64 // how much of each one's words stands around the other
	kin         int     // how many others of its sentence in the draft stand in its own
	forth       float64 // how much of what is said around the draft's figure is said around it
	close       float64 // … in its clause
	whole       float64 // … anywhere in its sentence
	shares      int     // in how many words
	told        float64 // … in its sentence or the one before: I will top up the Fund by $5 billion
	back        float64 // … and the other way
	shared      int     // in how many words
	follows     bool    // each is the first change behind a level that is the same in both
	otherMember bool    // of one list or class the figure is another member's

	apart   bool         // their kinds were read otherwise, and may be the same: 增加150张病床和180张床位
	differs []Difference // in what it is said of: none of Value, Unit and Rounding
}

// alike is how much two names are.
type alike struct {
	exact    bool
	oneSided bool    // one has all of the other, and more
	share    float64 // of both that they have in common
}

// Judge tells what the figures around say of one of the draft.
func (j *Judge) Judge(f *corpus.Figure, around []*corpus.Figure) Finding {
	d := j.reader.read(f)
	var matches []match
	for _, g := range around {
		if m, ok := j.match(d, j.reader.read(g)); ok {
			matches = append(matches, m)
		}
	}
	slices.SortStableFunc(matches, better)
	alike := slices.DeleteFunc(slices.Clone(matches), func(m match) bool { return m.apart })
	if found, ok := j.confirmed(d, alike); ok {
		return found
	}
	if found, ok := j.stated(d, matches); ok {
		return found
	}
	if found, ok := j.contradicted(d, alike); ok {
		return found
	}
	if found, ok := j.displaced(d, alike); ok {
		return found
	}
	if found, ok := j.otherwise(d, matches); ok {
		return found
	}
	return j.unknown(d, matches)
}

// match compares two figures; not ok where they say nothing of the same kind.
func (j *Judge) match(d, r *said) (match, bool) {
	if !d.amount.comparable(r.amount) {
		return match{}, false
	}
	apart := kindOf(d.Figure) != kindOf(r.Figure)
	if apart && !j.mayMean(d, r) {
		return match{}, false
	}
	m := match{said: r, amounts: d.amount.against(r.amount), apart: apart, name: namesAlike(d, r), kin: j.kin[kinshipOf(d.Figure, r.Figure)]}
	m.forth, m.shared = j.weighed(d.stated.near, r.stated.reach)
	m.close, _ = j.weighed(d.stated.near, r.stated.near)
	m.whole, m.shares = j.weighed(d.stated.near, r.sentence)
	m.back, _ = j.weighed(r.stated.near, d.wide)
	m.follows, m.otherMember = j.follows(d, r), j.otherMember(d, r)
	m.told, _ = j.weighed(d.stated.near, r.wide)
	if m.name.share < leastShare && m.amounts == other && max(m.forth, m.told) < statedAs && !m.follows {
		return match{}, false
	}
	m.both = (cover(d.own, r.wide) + cover(r.own, d.wide)) / 2
	m.differs = j.conditions(d, r)
	if m.amounts >= sameAmount && d.Period.Stated >= corpus.InParagraph && r.Period.Stated >= corpus.InSection {
		m.differs = slices.DeleteFunc(m.differs, func(x Difference) bool { return x == Period }) // neither was said of the figure itself
	}
	return m, true
}

// mayMean tells that two kinds may be one: what a sentence with a word of rising adds, and how
// much there is by it.
func (j *Judge) mayMean(d, r *said) bool {
	kinds := []string{kindOf(d.Figure), kindOf(r.Figure)}
	rises := j.reader.language.Asks["rises"].Set
	return slices.Contains(kinds, string(corpus.Level)) && slices.Contains(kinds, string(corpus.Increase)) &&
		(d.Paragraph.Report.Quantities().Class(d.Unit) == "count" || rises.In(j.reader.sentenceText(d.Figure)) && rises.In(j.reader.sentenceText(r.Figure)))
}

// leastShare of two names is in common of what may be the same thing.
const leastShare = 0.5

// kindOf is what kind of statement a figure makes: how much there is, by how much it
// changed, what share it has.
func kindOf(f *corpus.Figure) string {
	switch f.Role {
	case corpus.To, corpus.Level:
		return string(corpus.Level)
	case corpus.Share:
		if !strings.Contains(f.What, "占") { // 覆盖率 and 占比 are both read
			return string(corpus.Level)
		}
	}
	return string(f.Role)
}

// conditions are in what two figures of one kind differ that makes them figures of
// two things, or of one thing at two times. Only what both say counts.
func (j *Judge) conditions(d, r *said) (differs []Difference) {
	if j.periodTold(d) && r.Period.Known() && !d.Period.AsOf() && !r.Period.AsOf() && !d.Period.Within(r.Period) && !r.Period.Within(d.Period) {
		differs = append(differs, Period)
	}
	if d.Status != r.Status {
		differs = append(differs, Status)
	}
	if d.Scope != "" && r.Scope != "" && d.Scope != r.Scope {
		differs = append(differs, Area)
	}
	if d.direction*r.direction < 0 {
		differs = append(differs, Direction)
	}
	if d.amount.facing(r.amount) {
		differs = append(differs, Bound)
	}
	return differs
}

// periodTold tells that a draft says itself of what time a figure is.
func (j *Judge) periodTold(d *said) bool {
	if !d.Period.Known() || d.Period.Stated >= corpus.InReport {
		return false
	}
	return j.dated || d.Period.Stated < corpus.InReport && strings.Contains(d.Paragraph.Report.Text, d.Period.Label)
}

// better orders matches: by what they differ in, by their amounts, their names, their words.
func better(a, b match) int {
	return cmp.Or(cmp.Compare(len(a.differs), len(b.differs)), cmp.Compare(b.name.score(), a.name.score()), cmp.Compare(b.kin, a.kin), cmp.Compare(b.both, a.both), cmp.Compare(b.amounts, a.amounts))
}

func (a alike) score() float64 {
	switch {
	case a.exact:
		return 2
	case a.oneSided:
		return 1 + a.share
	}
	return a.share
}

// namesAlike compares what two figures count, a verb that was read as part of it left out.
func namesAlike(d, r *said) alike {
	a, b := without(d.name, r.verb), without(r.name, d.verb)
	if len(a) == 0 || len(b) == 0 {
		return alike{}
	}
	n := inCommon(a, b)
	return alike{exact: n == len(a) && n == len(b), oneSided: n == len(a) || n == len(b), share: 2 * float64(n) / float64(len(a)+len(b))}
}

func without(name, verb []string) []string {
	if len(verb) > 0 && len(name) > len(verb) && slices.Equal(name[:len(verb)], verb) {
		return name[len(verb):]
	}
	return name
}

// inCommon is the length of the longest sequence that two have in common.
func inCommon(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for k, y := range b {
			above := row[k+1]
			if x == y {
				row[k+1] = diagonal + 1
			} else {
				row[k+1] = max(row[k+1], row[k])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// cover is the share of words that stand among others; 1 of none.
func cover(words, among map[string]bool) float64 {
	if len(words) == 0 {
		return 1
	}
	n := 0
	for w := range words {
		if among[w] {
			n++
		}
	}
	return float64(n) / float64(len(words))
}
