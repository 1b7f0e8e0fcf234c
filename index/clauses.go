package index

import (
	"context"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
)

// A question may ask several things, each in a clause of its own:
//
//	污水管网去年建了多少、今年还建多少公里
//	学生体质优良率 现在多少 2025年目标多少
//	城市低保和农村低保各多少人
//
// It is cut at 和, 、 and the like, and at spaces where both sides ask. What a
// clause lacks it takes from another: its thing, its time, its unit.

// clause is a part of a question.
type clause struct {
	*Query
	said  string // in the question
	asks  bool   // it says itself what it wants: a number, a target, a rate
	timed bool   // or when
	named bool   // it names a thing of its own
}

func (e *Engine) clause(text string, clock corpus.Clock) clause {
	q := e.understandAt(e.placeless(text), clock)
	c := clause{Query: q, said: text}
	c.asks = q.Want == WantFigure || q.Want == WantOrdinal || q.Status != "" || q.Role != ""
	c.timed = len(q.Periods) > 0
	thingless := e.language.asks["thingless"].set
	c.named = slices.ContainsFunc(q.content(), func(p Part) bool { return !thingless.Has(p.Text) })
	return c
}

// placeless is a clause without the names of the reports' places, which tell
// where to look and no more: 云溪县游客 is on 游客.
func (e *Engine) placeless(text string) string {
	r := []rune(text)
	var out []rune
	at := 0
	for _, p := range e.placesIn(r) {
		if e.hasReport(p) {
			out = append(out, r[at:p.at]...)
			if at = p.to; at < len(r) && strings.ContainsRune("省市县区", r[at]) {
				at++
			}
		}
	}
	return string(append(out, r[at:]...))
}

// clauses are the clauses of a question, each read alone; none where it is one.
func (e *Engine) clauses(q *Query) (out []clause) {
	for _, s := range e.language.segments([]rune(q.Text)) {
		one := e.clause(s.text, q.clock)
		n := len(out)
		switch {
		case e.placeless(s.text) == "":
			// the place is asked about by all
		case s.loose && n > 0 && !one.asks && !one.timed && out[n-1].asks:
			// 今年还建多少(海清): what stands behind a clause and asks nothing
		case s.loose && n > 0 && !(one.asks && out[n-1].asks) || s.comma && n > 0 && !(one.asksOutright() && out[n-1].asksOutright()):
			out[n-1] = e.clause(out[n-1].Text+" "+s.text, q.clock)
		case !one.named && !one.asks && !one.timed:
			return nil
		default:
			out = append(out, one)
		}
	}
	if len(out) > mostThings || !slices.ContainsFunc(out, func(c clause) bool { return c.named }) {
		return nil
	}
	return out
}

// asksOutright tells a clause that asks how much or which place, or for what is
// to be by a time. At a comma both sides must: 占全区的9％，产值占多少 asks one thing.
func (c clause) asksOutright() bool {
	return c.Want == WantFigure || c.Want == WantOrdinal || c.timed && c.Status != "" || strings.HasSuffix(c.said, "呢")
}

// only is the i-th clause of a question with what it leaves to the others.
func (e *Engine) only(ctx context.Context, q *Query, clauses []clause, i int) clause {
	part := clauses[i]
	one := *part.Query
	giver := giver(clauses, i)
	if part.asks && part.named && giver < i {
		if text := e.replaced(ctx, part.content(), part.Query, clauses[giver].Query); text != "" {
			one = *e.understandAt(text, q.clock)
			one.Periods, one.Status = nil, ""
			one.takeFrom(part.Query)
			one.Parts = append(unsaid(part.content(), text), one.Parts...)
			clauses = clauses[i : i+1] // it needs no more words
			i, giver = 0, 0
		}
	}
	one.Lang, one.List, one.clock, one.reports, one.placed = q.Lang, false, q.clock, q.reports, q.placed
	if one.Want != WantOrdinal {
		one.Want = WantFigure
	}
	if !part.named {
		one.takeVariants(clauses[giver].Query, e.language)
		one.Focus = clauses[giver].Focus
	}
	one.Parts = slices.Clone(one.Parts)
	at := len([]rune(one.Text)) + 2
	for k, other := range clauses {
		if k == i {
			continue
		}
		for _, p := range other.Parts {
			p.Faded = part.named || k != giver
			p.Kept = part.named && part.asks && k == giver && k < i
			p.start += at
			one.Parts = append(one.Parts, p)
		}
		at += len([]rune(other.Text)) + 2
	}
	part.Query = &one
	if one.Unit == "" && len(one.Classes) == 0 && len(one.Likely) == 0 && one.Role == "" {
		part.takeUnit(clauses, i)
	}
	part.takeTime(clauses, i)
	if one.Scope == "" {
		one.Scope = clauses[0].Scope
	}
	return part
}

// takeVariants takes which of alike indicators the thing of another clause is;
// how much there is in all is no part of a thing: 现有多少, 再建几个.
func (q *Query) takeVariants(giver *Query, l *Language) {
	q.variants = slices.Clone(q.variants)
	for _, p := range giver.content() {
		for i, c := range l.variants.classes {
			if members := c.of([]rune(p.Text)); len(members) > 0 && len(q.variants[i]) == 0 {
				q.variants[i] = members
			}
		}
	}
}

// asTyped is a clause as it stands in the question, in its own script.
func (c clause) asTyped(question string) string {
	text := fold.New(question)
	at := strings.Index(string(text.Runes), c.said)
	if at < 0 {
		return c.said // 了 was left out
	}
	from := len([]rune(string(text.Runes)[:at]))
	return question[text.Off[from]:text.Off[from+len([]rune(c.said))]]
}

// giver is the clause whose thing a clause without one means: the last before
// it that names one, else the first behind it.
func giver(clauses []clause, i int) int {
	for k := i - 1; k >= 0; k-- {
		if clauses[k].named {
			return k
		}
	}
	return max(0, slices.IndexFunc(clauses, func(c clause) bool { return c.named }))
}

// takeUnit gives a clause the unit of another. A bare thing takes what the last
// clause asks of all (出口和进口各增长多少); what the last noun of that makes
// likely is told of the last alone.
func (c clause) takeUnit(clauses []clause, i int) {
	last := clauses[len(clauses)-1]
	switch {
	case !c.asks:
		c.Unit, c.Classes, c.Role = last.Unit, last.Classes, last.Role
	case i > 0 && !c.named:
		c.Unit, c.Classes, c.Likely = clauses[i-1].Unit, clauses[i-1].Classes, clauses[i-1].Likely
	}
}

// takeTime gives a clause the time and the status of another: of the one before
// it, and to a bare thing those of the last. Beside a clause on what is aimed at,
// one on the same thing is on what was achieved.
func (c clause) takeTime(clauses []clause, i int) {
	if last := clauses[len(clauses)-1]; !c.asks {
		c.Status = last.Status
		if !c.timed {
			c.Periods = last.Periods
		}
	}
	if len(c.Periods) > 0 || c.Status != "" {
		return
	}
	for _, other := range clauses[:i] {
		if len(other.Periods) > 0 {
			c.Periods, c.Status = other.Periods, other.Status
		}
	}
	for k, other := range clauses {
		if k != i && other.Status == corpus.Target && !other.named {
			c.Status = corpus.Actual
		}
	}
}

// segment is a stretch of a question; loose tells that only a space or a bracket
// parts it from the one before.
type segment struct {
	text  string
	at    int  // in runes
	loose bool // cut off at a space or a bracket
	comma bool // or at a comma
}

// segments cuts a question at 和, 、 and the like, where they stand within no
// word of the lists (国民经济和社会发展), and in Chinese at spaces.
func (l *Language) segments(r []rune) (out []segment) {
	from, loose, comma := 0, false, false
	cut := func(to, next int, nextLoose bool) {
		if text := strings.TrimSpace(string(r[from:to])); text != "" {
			out = append(out, segment{text, from, loose, comma})
			loose = nextLoose
		} else {
			loose = loose && nextLoose
		}
		comma = to < len(r) && r[to] == ','
		from = next
	}
	for i := 0; i < len(r); {
		if n := max(l.same.At(r, i), l.lexicon.At(r, i)); n > 2 {
			i += n
			continue
		}
		if n := l.asks["notand"].set.At(r, i); n > 0 {
			i += n
			continue
		}
		n := l.asks["and"].set.At(r, i)
		switch {
		case n > 0 && wholeWord(r, i, i+n) && !digitsAround(r, i, i+n):
			cut(i, i+n, false)
			i += n
		case looseAt(r, i):
			cut(i, i+1, true)
			i++
		default:
			i++
		}
	}
	cut(len(r), len(r), false)
	return out
}

// oneThing tells a question whose 和 or 与 joins a name, and no two things: where it
// does not ask for each, and a sentence that answers it has the joint word for word
// (德国环境与自然保护联盟有多少会员).
func (e *Engine) oneThing(q *Query, sentence string) bool {
	r := []rune(q.Text)
	if q.Want != WantFigure || e.language.asks["each"].inWord(r) {
		return false
	}
	said := fold.String(sentence)
	segments := e.language.segments(r)
	return len(segments) > 1 && !slices.ContainsFunc(segments[1:], func(s segment) bool {
		return s.loose || s.comma || !strings.Contains(said, string(r[max(0, s.at-jointLength):min(len(r), s.at+jointLength-1)]))
	})
}

// jointLength in characters is what stands on either side of the joint, that
// before it with the 和.
const jointLength = 3

// looseAt tells a bracket, and a space beside a Chinese character.
func looseAt(r []rune, i int) bool {
	switch r[i] {
	case '(', ')':
		return true
	case ' ':
		return i > 0 && fold.Han(r[i-1]) || i+1 < len(r) && fold.Han(r[i+1])
	}
	return false
}

func digitsAround(r []rune, from, to int) bool {
	return from > 0 && to < len(r) && r[from] == ',' && '0' <= r[from-1] && r[from-1] <= '9' && '0' <= r[to] && r[to] <= '9'
}
