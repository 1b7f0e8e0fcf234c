package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
)

// What it takes, measured on the drafts of docs/draft.md: the first three keep a number
// that stands in the reports of another thing from confirming one, the last two keep an
// alarm from being raised over a figure of another thing.
const (
	fewShare   = 0.4  // of the names of two figures with the same three digits and more
	someShare  = 0.6  // … with the same two digits
	mostShare  = 0.75 // … where the amounts are alike only as rounded
	around     = 0.5  // of each one's words must stand around the other to say otherwise
	aroundMore = 0.6  // the same where a name is short
	shortName  = 4    // characters
	verbatim   = 0.7  // of the draft's sentence stands in that of the report: it is the same one
	ahead      = 0.1  // in that, of the figure that is meant before any other
)

// confirmed finds the figure that a draft's figure stands in the reports as.
func (j *Judge) confirmed(d *said, matches []match) (Finding, bool) {
	var best *match
	for i := range matches {
		m := &matches[i]
		if m.amounts == other || len(d.hard(m)) > 0 || !confirms(d, m) {
			continue
		}
		if best == nil || m.stronger(best) {
			best = m
		}
	}
	if best == nil || !best.name.exact && slices.ContainsFunc(matches, func(m match) bool { return j.says(d, &m) && m.both >= best.both }) {
		return Finding{}, false // the very thing has another number
	}
	return found(d, best), true
}

// found is that a figure of a draft stands in the reports, and in what it differs there.
func found(d *said, best *match) Finding {
	f := Finding{Figure: d.Figure, Verdict: Close, Report: best.Figure}
	if !d.sameSentence(best) {
		f.Differs = best.differs
	}
	switch {
	case best.amounts == sameAmount:
		f.Differs = append(f.Differs, Unit)
	case best.amounts == rounded:
		f.Differs = append(f.Differs, Rounding)
	}
	if d.amount.side != best.amount.side && !slices.Contains(f.Differs, Bound) {
		f.Differs = append(f.Differs, Bound)
	}
	if len(f.Differs) == 0 {
		f.Verdict = Stands
	}
	return f
}

// confirms tells a figure that has so much in common with that of a draft that their
// equal amounts are no accident: the fewer their digits the more.
func confirms(d *said, m *match) bool {
	near := m.both >= around || m.kin > 0
	switch {
	case d.extent != "" && m.extent != "" && d.extent != m.extent:
		return false
	case m.otherMember, d.Each != "" && m.Each != "" && !m.name.oneSided: // 城镇 and 农村
		return false
	case m.name.exact && near:
		return true
	case m.amounts == rounded:
		return near && (m.name.oneSided || m.name.share >= mostShare) && d.amount.digits > 1
	case d.amount.digits >= 3:
		return m.name.share >= fewShare && near || m.both >= aroundMore+ahead
	case d.amount.digits == 2:
		return near && (m.name.share >= someShare || m.name.oneSided)
	}
	return m.both >= aroundMore && (m.name.oneSided || m.name.share >= mostShare)
}

func (m *match) stronger(than *match) bool {
	switch {
	case m.name.exact != than.name.exact:
		return m.name.exact
	case len(m.differs) != len(than.differs):
		return len(m.differs) < len(than.differs)
	case m.amounts != than.amounts:
		return m.amounts > than.amounts
	}
	return m.name.score()+m.both > than.name.score()+than.both
}

// hard are the differences that are no matter of how the draft was read: whether a thing
// was done or is planned counts only where the draft says so in a word that the report's
// sentence does not have.
func (d *said) hard(m *match) (differs []Difference) {
	for _, x := range m.differs {
		if x == Status && (d.status == "" || strings.Contains(fold.String(m.Paragraph.Report.Slice(m.Sentence)), d.status)) {
			continue
		}
		differs = append(differs, x)
	}
	return differs
}

// sameSentence tells that a figure stands in the sentence that the draft's was taken from,
// or beside others of it.
func (d *said) sameSentence(m *match) bool {
	return m.kin > 0 || cover(d.sentence, m.wide) >= verbatim
}

// says tells that a figure of the reports says another amount of the very thing, at
// the time and the place that the draft names.
func (j *Judge) says(d *said, m *match) bool {
	if m.amounts != other || !m.name.exact || d.extent != "" && m.extent != "" && d.extent != m.extent {
		return false
	}
	differs := m.differs
	if d.sameSentence(m) { // a sentence of a plan, in a draft that does not call it one
		differs = d.hard(m)
	}
	return j.about(d, m) && !slices.ContainsFunc(differs, func(x Difference) bool { return x != Direction && x != Bound })
}

// about tells that two figures of one name are on one thing: beside others that the draft
// and the report share, or by the words around. A short name (总投资) says little alone, and
// a number of years nothing.
func (j *Judge) about(d *said, m *match) bool {
	switch {
	case m.kin > 0:
		return true
	case d.Class() == "time":
		return false
	case d.length < shortName:
		return m.both >= aroundMore && cover(d.sentence, m.wide) >= around
	}
	return m.both >= around
}

// contradicted finds the figure by which the reports say otherwise. Where several of
// different amounts may be meant none is.
func (j *Judge) contradicted(d *said, matches []match) (Finding, bool) {
	var all []*match
	for i := range matches {
		if j.says(d, &matches[i]) {
			all = append(all, &matches[i])
		}
	}
	if len(all) == 0 {
		return Finding{}, false
	}
	best := all[0]
	for _, m := range all {
		if j.nearer(d, m, best) {
			best = m
		}
	}
	for _, m := range all {
		if m.amount.against(best.amount) == other && !j.nearer(d, best, m) {
			return Finding{}, false
		}
	}
	return Finding{Figure: d.Figure, Verdict: Wrong, Report: best.Figure, Differs: append([]Difference{Value}, d.hard(best)...)}, true
}

// nearer tells that of two figures that say otherwise the first is the one that is meant:
// of the very period; beside others of the same sentence of the draft; where the draft names
// no period of the last one; by its words.
func (j *Judge) nearer(d *said, a, b *match) bool {
	switch {
	case j.periodTold(d) && of(d, a) != of(d, b):
		return of(d, a)
	case a.kin != b.kin:
		return a.kin > b.kin
	case len(a.differs) != len(b.differs):
		return len(a.differs) < len(b.differs)
	case !j.periodTold(d) && a.Period.Known() && b.Period.Known() && a.Period.To != b.Period.To:
		return a.Period.To > b.Period.To
	}
	return a.both >= b.both+ahead
}

// of tells a figure of the very period of another.
func of(d *said, m *match) bool { return m.Period.From == d.Period.From && m.Period.To == d.Period.To }

// displaced finds the amount of a draft said of the same thing, but of another time,
// as planned and not achieved, or turned the other way.
func (j *Judge) displaced(d *said, matches []match) (Finding, bool) {
	for _, m := range matches {
		hard := d.hard(&m)
		alikeEnough := m.name.exact || (d.amount.digits >= 3 || m.kin > 0) && (m.name.oneSided || m.name.share >= mostShare)
		if m.amounts < sameAmount || len(hard) == 0 || moved(hard) > 0 && len(hard) < len(m.differs) || d.amount.side != m.amount.side && !slices.Contains(hard, Bound) || !alikeEnough || m.both < around || d.amount.digits <= moved(hard) {
			continue
		}
		return Finding{Figure: d.Figure, Verdict: Wrong, Report: m.Figure, Differs: hard}, true
	}
	return Finding{}, false
}

// moved is how many of the differences are no other word for the amount itself: an amount
// with as few digits may be another thing's by accident.
func moved(differs []Difference) (n int) {
	for _, x := range differs {
		if x != Direction && x != Bound {
			n++
		}
	}
	return n
}

// mostNear figures are shown beside one that is not found.
const mostNear = 2

func (j *Judge) unknown(d *said, matches []match) Finding {
	f := Finding{Figure: d.Figure, Verdict: Unknown}
	for _, m := range matches {
		if m.name.share < someShare || m.both < around || len(f.Near) == mostNear {
			continue
		}
		elsewhen := m.name.exact && slices.Contains(m.differs, Period)
		if f.Elsewhen && !elsewhen {
			break
		}
		f.Elsewhen = elsewhen && (len(f.Near) == 0 || f.Elsewhen)
		f.Near = append(f.Near, m.Figure)
	}
	return f
}

// Settle is what an answer to the question that a figure answers makes of it: g is the
// figure that the reports answer with, surely.
func (j *Judge) Settle(f Finding, g *corpus.Figure) Finding {
	d := j.reader.read(f.Figure)
	m, ok := j.match(d, j.reader.read(g))
	switch {
	case !ok || len(d.hard(&m)) > 0 || m.name.share < someShare || m.both < around:
		return f
	case m.amounts == other && !j.meant(d, &m):
		return f
	case m.amounts == other:
		return Finding{Figure: f.Figure, Verdict: Wrong, Report: g, Differs: append([]Difference{Value}, d.hard(&m)...)}
	}
	if found, ok := j.confirmed(d, []match{m}); ok {
		return found
	}
	return f
}

// meant tells that a figure that answers is on the very thing: by its whole name, or by one
// that says little more and ends with the same word.
func (j *Judge) meant(d *said, m *match) bool {
	if slices.ContainsFunc(m.differs, func(x Difference) bool { return x != Direction && x != Bound }) {
		return false
	}
	return m.name.exact && j.about(d, m) || m.name.share >= meantShare && m.both >= aroundMore && d.name[len(d.name)-1] == m.said.name[len(m.said.name)-1]
}

// meantShare of two names is in common where an answer is taken to be on the very thing.
const meantShare = 0.85

// Doubt takes back that the reports say otherwise where they confirm hardly any figure of
// a draft: then it is on another place or another year than they are.
func Doubt(findings []Finding) {
	confirmed := 0
	for _, f := range findings {
		if f.Verdict == Stands || f.Verdict == Close {
			confirmed++
		}
	}
	if len(findings) < fewFindings || confirmed*hardlyAny >= len(findings) {
		return
	}
	for i, f := range findings {
		if f.Verdict == Wrong {
			findings[i] = Finding{Figure: f.Figure, Verdict: Unknown, Near: []*corpus.Figure{f.Report}}
		}
	}
}

// fewFindings is how many figures a draft has at least that is on something else.
const fewFindings = 5

// hardlyAny: fewer than one in so many.
const hardlyAny = 6

// Checks tells whether a figure of a draft is one to be checked: a small number in Chinese
// numerals counts off more often than it counts (三大攻坚战, 一批项目), and a scale alone tells
// which ones (亿元以上项目).
func Checks(f *corpus.Figure) bool {
	const small = 10
	if first, _ := utf8.DecodeRuneInString(f.Text); first == '亿' || first == '万' { // 亿元以上项目
		return false
	}
	return digitsRe.MatchString(f.Text) || f.Value.IntPart() >= small
}
