package index

import (
	"context"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/question"
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
	*question.Query
	said  string // in the question
	asks  bool   // it says itself what it wants: a number, a target, a rate
	timed bool   // or when
	named bool   // it names a thing of its own
	now   bool   // it asks of what is: 现在多少
}

func (e *Engine) clause(text string, clock corpus.Clock) clause {
	q := e.understandAt(e.placeless(text), clock)
	c := clause{Query: q, said: text}
	c.asks = q.Want == question.WantFigure || q.Want == question.WantOrdinal || q.Status != "" || q.Role != ""
	c.timed = len(q.Periods) > 0
	c.now = slices.ContainsFunc(question.AskedTimes([]rune(q.Text), q.Numbers, clock), func(t corpus.TimeWord) bool { return t.AsOf() })
	thingless := e.language.Asks["thingless"].Set
	changes := e.language.Asks["changeverb"].Set
	c.named = slices.ContainsFunc(q.Content(), func(p question.Part) bool { return !thingless.Has(p.Text) && !changes.Has(p.Text) })
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
func (e *Engine) clauses(q *question.Query) (out []clause) {
	for _, s := range e.language.Segments([]rune(q.Text)) {
		one := e.clause(s.Text, q.Clock)
		n := len(out)
		switch {
		case e.placeless(s.Text) == "":
			// the place is asked about by all
		case s.Loose && n > 0 && !one.asks && !one.timed && out[n-1].asks:
			// 今年还建多少(海清): what stands behind a clause and asks nothing
		case s.Loose && n > 0 && !(one.asks && out[n-1].asks) || s.Comma && n > 0 && !(one.asksOutright() && out[n-1].asksOutright()):
			out[n-1] = e.clause(out[n-1].Text+" "+s.Text, q.Clock)
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
	return c.Want == question.WantFigure || c.Want == question.WantOrdinal || c.timed && c.Status != "" || strings.HasSuffix(c.said, "呢")
}

// only is the i-th clause of a question with what it leaves to the others.
func (e *Engine) only(ctx context.Context, q *question.Query, clauses []clause, i int) clause {
	part := clauses[i]
	one := *part.Query
	giver := giver(clauses, i)
	if part.asks && part.named && giver < i {
		if text := e.replaced(ctx, part.Content(), part.Query, clauses[giver].Query); text != "" {
			one = *e.understandAt(text, q.Clock)
			one.Periods, one.Status = nil, ""
			one.TakeFrom(part.Query)
			one.Parts = append(question.Unsaid(part.Content(), text), one.Parts...)
			clauses = clauses[i : i+1] // it needs no more words
			i, giver = 0, 0
		}
	}
	one.Lang, one.List, one.Clock, one.Reports, one.Placed, one.Declined = q.Lang, false, q.Clock, q.Reports, q.Placed, q.Declined
	if one.Want != question.WantOrdinal {
		one.Want = question.WantFigure
	}
	if !part.named {
		one.TakeVariants(clauses[giver].Query, e.language)
		one.Focus = clauses[giver].Focus
		changes := e.language.Asks["changeverb"].Set
		if len(one.Words) > 0 && !slices.ContainsFunc(one.Words, func(w question.AskedWord) bool { return !changes.Has(w.Text) }) {
			one.Words = clauses[giver].Words // 涨了几个点 of what is named before
		}
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
			p.Start += at
			one.Parts = append(one.Parts, p)
		}
		at += len([]rune(other.Text)) + 2
	}
	part.Query = &one
	if one.Unit == "" && len(one.Classes) == 0 && (len(one.Likely) == 0 || !part.asks && q.Lang == "en") && one.Role == "" {
		part.takeUnit(clauses, i)
	}
	part.takeTime(clauses, i)
	if one.Scope == "" {
		one.Scope = clauses[0].Scope
	}
	return part
}

// asTyped is a clause as it stands in the question, in its own script.
func (c clause) asTyped(question string) string { return typed(c.said, question) }

// typed is folded words as they stand in the last of some questions that has them, in its own
// script and letters; the words themselves where none has.
func typed(said string, questions ...string) string {
	for _, question := range slices.Backward(questions) {
		text := fold.New(question)
		if at := strings.Index(string(text.Runes), said); at >= 0 {
			from := len([]rune(string(text.Runes)[:at]))
			return question[text.Off[from]:text.Off[from+len([]rune(said))]]
		}
	}
	return said // 了 was left out
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
	case !c.asks && last.Lang == "en" && last.named && last.AskFrom < len([]rune(last.Text)): // the cap vs how much they rose
	case !c.asks:
		c.Unit, c.Classes, c.Role = last.Unit, last.Classes, last.Role
		if c.Role != "" { // imports and exports growth asks for no imports
			c.Likely = last.Likely
		}
	case i > 0 && !c.named:
		c.Unit, c.Classes, c.Likely = clauses[i-1].Unit, clauses[i-1].Classes, clauses[i-1].Likely
	}
}

// takeTime gives a clause the time and the status of another: of the one before
// it, and to a bare thing those of the last. Beside a clause on what is aimed at,
// one on the same thing is on what was achieved.
func (c clause) takeTime(clauses []clause, i int) {
	if c.now && !c.asks { // 自给率现在和2030年目标各多少
		if slices.ContainsFunc(clauses, func(other clause) bool { return other.Status == corpus.Target }) {
			c.Status = corpus.Actual
		}
		return
	}
	if last := clauses[len(clauses)-1]; !c.asks {
		c.Status = last.Status
		if !c.timed {
			c.Periods, c.Unyeared = last.Periods, last.Unyeared
		}
	}
	if len(c.Periods) > 0 || c.Status != "" || c.now {
		return
	}
	for _, other := range clauses[:i] {
		if len(other.Periods) > 0 {
			c.Periods, c.Unyeared, c.Status = other.Periods, other.Unyeared, other.Status
		}
	}
	for k, other := range clauses {
		if k != i && other.Status == corpus.Target && !other.named {
			c.Status = corpus.Actual
		}
	}
}

// oneThing tells a question whose 和 or 与 joins a name, and no two things: where it
// does not ask for each, and a sentence that answers it has the joint word for word
// (德国环境与自然保护联盟有多少会员).
func (e *Engine) oneThing(q *question.Query, sentence string) bool {
	r := []rune(q.Text)
	if q.Want != question.WantFigure || e.language.Asks["each"].InWord(r) {
		return false
	}
	segments := e.language.Segments(r)
	said, r := oneJoint(fold.String(sentence)), []rune(oneJoint(q.Text))
	return len(segments) > 1 && !slices.ContainsFunc(segments[1:], func(s question.Segment) bool {
		return s.Loose || s.Comma || !strings.Contains(said, joint(r, s.At))
	})
}

// oneJoint is a text with 和 for the characters that join as it does: 儿童或青年 are what 儿童和青年 asks for.
func oneJoint(text string) string {
	return strings.NewReplacer("或", "和", "及", "和", "与", "和").Replace(text)
}

// joint is what stands on either side of where two segments of a question are joined: the words, and
// some characters of Chinese, those before with the 和.
func joint(r []rune, at int) string {
	from, to := max(0, at-jointLength), min(len(r), at+jointLength-1)
	if r[at] < 0x80 && r[at-1] == ' ' {
		for from = max(0, at-1); from > 0 && spaces(r[from:at]) < 3; from-- { // sales and rents
		}
		for ; to < len(r) && fold.Alnum(r[to]); to++ {
		}
	}
	return strings.TrimSpace(string(r[from:to]))
}

func spaces(r []rune) int { return strings.Count(string(r), " ") }

// jointLength in characters is what stands on either side of the joint, that
// before it with the 和.
const jointLength = 3
