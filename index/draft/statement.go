package draft

import (
	"maps"
	"math"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/question"
)

// A statement is what is said right around a figure: in its clause, from the figure before
// to the one behind. Where a name was read otherwise than it is meant, in English above all,
// where the thing stands behind (設立5億元的漁業持續發展基金) or a verb is another one, two
// figures are of one thing if they are stated alike: most of what is said around the one, the
// rarer a word the more of it, is said around the other.
type statement struct {
	near  map[string]bool // of its clause
	reach map[string]bool // of its sentence

	inherited bool // nothing is said between it and the figure before
}

// Measured on drafts in officials' own words on real reports (docs/draft.md).
const (
	statedAs     = 0.6  // of what is said around a figure must be said where its amount stands
	statedHalf   = 0.5  // … if as much of that is said around the draft's
	statedSurely = 0.75 // … around a figure of another amount, by which the reports say otherwise
	statedBack   = 0.2  // of what is said around that must be said in the draft's sentence
	statedWholly = 0.95 // the same of one that has few words
	statedBoth   = 1.15 // the two shares together
	statedAhead  = 0.15 // in that, of the figure that is meant before any other
	fewestStated = 2    // words that two statements share
	longestReach = 120  // bytes before and behind a figure that are said of it
)

func (r *reader) statementOf(f *corpus.Figure) statement {
	if f.Paragraph.Row != nil {
		own := r.pairs([]rune(fold.String(f.What)))
		return statement{near: own, reach: own}
	}
	s := statement{near: r.statedWithin(f, f.Clause, true), reach: r.statedWithin(f, f.Sentence, false)}
	before := figureBefore(f)
	switch {
	case len(s.near) > 0:
	case before != nil && kindOf(before) == kindOf(f): // $800 in vouchers: $500 in May
	case before != nil: // or 4.4%; ，增长5.7%
		whole := r.read(before).stated
		s.near, s.inherited = whole.near, true
		maps.Copy(s.reach, whole.reach)
	default:
		s.near = s.reach
	}
	return s
}

// statedWithin is what a stretch says of a figure; strictly, of 急症病床和180張康復病床 what stands
// before the 和 is said of the figure before.
func (r *reader) statedWithin(f *corpus.Figure, within corpus.Span, strictly bool) map[string]bool {
	from, to := max(within.Start, f.Start-longestReach), min(within.End, f.End+longestReach)
	listed := false
	for _, g := range f.Paragraph.Figures() {
		switch {
		case g.End <= f.Start && g.End > from:
			from, listed = g.End, true
		case g.Start >= f.End && g.Start < to:
			to = g.Start
		}
	}
	text := f.Paragraph.Report.Text
	before, behind := []rune(fold.String(valid(text[min(from, f.Start):f.Start]))), []rune(fold.String(valid(text[f.End:max(to, f.End)])))
	if at := lastListed(before); strictly && listed && at >= 0 {
		before = before[at:]
	}
	if at := slices.Index(behind, ';'); at >= 0 {
		behind = behind[:at]
	}
	if at := firstListed(behind); strictly && at >= 0 {
		behind = behind[:at]
	}
	out := r.pairs(r.withoutChange(before))
	r.addPairs(out, r.withoutChange(behind))
	return out
}

// withoutChange is a text with spaces in the place of the words of a change, which way it goes.
func (r *reader) withoutChange(text []rune) []rune {
	out := slices.Clone(text)
	for at := 0; at < len(text); at++ {
		for _, class := range []string{"rises", "falls"} {
			n := r.language.Asks[class].Set.At(text, at)
			if n == 0 || !wordBounds(text, at) || !wordBounds(text, at+n) {
				continue
			}
			for k := at; k < at+n; k++ {
				out[k] = ' '
			}
		}
	}
	return out
}

// valid is a stretch that begins and ends with whole characters.
func valid(s string) string { return strings.ToValidUTF8(s, "") }

// lastListed is where what stands behind the last word of a list in a text begins, -1 for none.
func lastListed(text []rune) int {
	for at := len(text); at > 0; at-- {
		if words["list"].Before(text, at) > 0 && wordBounds(text, at) {
			return at
		}
	}
	return -1
}

// firstListed is where the first word of a list stands, -1 for none.
func firstListed(text []rune) int {
	for at := range text {
		if n := words["list"].At(text, at); n > 0 && wordBounds(text, at) && wordBounds(text, at+n) {
			return at
		}
	}
	return -1
}

// wordBounds tells that no Latin word goes on across a place.
func wordBounds(text []rune, at int) bool {
	return at <= 0 || at >= len(text) || !latin(text[at-1]) || !latin(text[at])
}

func latin(c rune) bool { return 'a' <= c && c <= 'z' }

func figureBefore(f *corpus.Figure) (before *corpus.Figure) {
	for _, g := range f.Paragraph.Figures() {
		if g.Sentence == f.Sentence && g.End <= f.Start {
			before = g
		}
	}
	return before
}

// weighed is the share of words that stand among others, and how many do.
func (j *Judge) weighed(words, among map[string]bool) (share float64, n int) {
	var of, has float64
	for w := range words {
		weight := j.weight(w)
		of += weight
		if among[w] {
			has += weight
			n++
		}
	}
	if of == 0 {
		return 0, 0
	}
	return has / of, n
}

// weight of a word is the less the more paragraphs of the reports have it. One that none has
// weighs as much as the rarest: it may be the very thing.
func (j *Judge) weight(word string) float64 {
	if w, known := j.weights[word]; known {
		return w
	}
	w := 1 / (1 + math.Log(1+max(1, j.frequency(word))))
	if words["glue"].In([]rune(word)) {
		w = 0
	}
	j.weights[word] = w
	return w
}

// stated tells that a figure of the draft's amount stands in the reports in a statement alike.
func (j *Judge) stated(d *said, matches []match) (Finding, bool) {
	var best *match
	for i := range matches {
		m := &matches[i]
		if m.amounts == other || m.otherMember || m.amounts == rounded && d.amount.digits < fewDigits || len(d.hard(m)) > 0 || d.extent != "" && m.extent != "" && d.extent != m.extent || d.Each != "" && m.Each != "" && !m.name.oneSided {
			continue
		}
		if j.alikeStated(d, m) && (best == nil || m.kin > best.kin || m.kin == best.kin && m.whole > best.whole) {
			best = m
		}
	}
	if best == nil || slices.ContainsFunc(matches, func(m match) bool { return m.forth > best.forth && j.says(d, &m) }) {
		return Finding{}, false // 存款余额 of the amount of 贷款余额
	}
	return found(d, best), true
}

// otherMember tells two figures of different members of one list or of one class of variants.txt: of
// 农村居民人均可支配收入 that of 城镇居民 tells nothing, however alike the rest is.
func (j *Judge) otherMember(d, r *said) bool {
	mine := fold.String(d.Each + " " + d.What)
	if r.Each != "" && !strings.Contains(mine, fold.String(r.Each)) {
		return slices.ContainsFunc(r.Other, func(o string) bool { return o != "" && strings.Contains(mine, fold.String(o)) })
	}
	its := []rune(fold.String(r.Each + " " + r.What))
	return r.Each == "" && slices.ContainsFunc(j.reader.language.Variants.Classes, func(c question.VariantClass) bool {
		a, b := c.Of([]rune(mine)), c.Of(its)
		return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(m int) bool { return slices.Contains(b, m) })
	})
}

func (j *Judge) alikeStated(d *said, m *match) bool {
	switch {
	case d.amount.digits < 2 && m.kin == 0:
		return m.whole >= statedAs && m.shares >= fewestStated && m.whole+m.back >= statedBoth
	case m.kin > 0:
		return m.whole >= statedAs/2
	}
	return m.shares >= fewestStated && (m.whole >= statedAs || m.whole >= statedHalf && m.back >= statedHalf)
}

// otherwise finds the figure by which the reports say otherwise in a statement alike: the
// only amount of the kind that is stated so, beside others of the draft's sentence if any is.
// Where none has a statement alike of its own the sentence before may name the thing.
func (j *Judge) otherwise(d *said, matches []match) (Finding, bool) {
	var others []match
	for _, m := range matches {
		if m.amounts == other && Checks(m.Figure) && !m.otherMember && !d.elsewhere(&m) && (d.extent == "" || m.extent == "" || d.extent == m.extent) {
			others = append(others, m)
		}
	}
	best := only(others, func(m match) bool { return m.follows }, func(m match) float64 { return m.forth })
	if best == nil {
		best = only(others, match.statedOtherwise, func(m match) float64 { return m.forth })
	}
	if best == nil {
		best = only(others, match.toldOtherwise, func(m match) float64 { return m.told })
	}
	if best == nil {
		return Finding{}, false
	}
	return Finding{Figure: d.Figure, Verdict: Wrong, Report: best.Figure, Differs: append([]Difference{Value}, d.hard(best)...)}, true
}

// only is the best of the matches that qualify, nil where one of another amount is as good.
func only(matches []match, qualifies func(match) bool, share func(match) float64) *match {
	var best *match
	for i := range matches {
		m := &matches[i]
		if qualifies(*m) && (best == nil || m.beside() > best.beside() || m.beside() == best.beside() && share(*m)+m.close+m.back > share(*best)+best.close+best.back) {
			best = m
		}
	}
	if best == nil || slices.ContainsFunc(matches, func(m match) bool {
		return m.amount.against(best.amount) == other && (best.apart || !m.apart) && m.beside() >= best.beside() && share(m) >= share(*best)-statedAhead && m.close >= best.close-statedAhead
	}) {
		return nil
	}
	return best
}

// beside is 1 for a figure beside others of the draft's sentence.
func (m match) beside() int {
	if m.follows {
		return 2
	}
	return min(m.kin, 1)
}

// follows tells that two changes are those of one level: each is the first behind it, and no
// other thing is named between it and the draft's. Of 33.2 million, an increase of 12% the
// draft said 33.2 million, up 21%.
func (j *Judge) follows(d, r *said) bool {
	level := levelBefore(d.Figure)
	return d.Role == corpus.Growth && r.Role == corpus.Growth && d.stated.inherited && level != nil && j.stands[level] != nil && j.stands[level] == levelBefore(r.Figure)
}

// levelBefore is the level that a figure is the first change of in its sentence, nil for none.
func levelBefore(f *corpus.Figure) (level *corpus.Figure) {
	for _, g := range f.Paragraph.Figures() {
		switch {
		case g.Sentence != f.Sentence || g.End > f.Start:
		case g.Role == corpus.Growth:
			level = nil
		case kindOf(g) == string(corpus.Level) && g.Unit != f.Unit:
			level = g
		}
	}
	return level
}

func (m match) statedOtherwise() bool {
	if m.kin > 0 {
		return m.forth >= statedAs && m.shared > 0
	}
	wholly := m.forth >= statedWholly && m.back >= statedHalf && m.shared >= fewestStated // rate in Massachusetts
	return wholly || m.forth >= statedSurely && m.back >= statedBack && m.forth+m.back >= statedBoth && m.shared > fewestStated
}

func (m match) toldOtherwise() bool {
	return m.told >= statedWholly && m.back >= statedAs && m.shared > 0
}

// elsewhere tells that a figure is of another time, place or status than a draft's.
func (d *said) elsewhere(m *match) bool {
	return slices.ContainsFunc(d.hard(m), func(x Difference) bool { return x != Direction && x != Bound })
}
