package index

import (
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/decide"
	"reportbot/index/question"
	"reportbot/index/rank"
)

const (
	mostThings = 5   // that one question asks for
	ownWords   = 0.3 // how much a figure must be about its own part of the question
)

// list answers a question for several things, or for one at several times, each
// as a question of its own; false where it is not such a question, or where the
// parts don't find figures of their own. Where each part asks in words of its own
// one that the reports don't answer is told as missing.
func (e *Engine) list(ctx context.Context, q *question.Query, plain decide.Answer) (decide.Answer, bool) {
	if plain.Answered && len(plain.Figures) > 0 {
		if best := plain.Figures[0]; e.oneThing(q, best.Paragraph.Report.Slice(best.Sentence)) {
			return plain, false
		}
	}
	things := e.things(ctx, q)
	if len(things) < 2 {
		return plain, false
	}
	parts := make([]part, len(things))
	for i, thing := range things {
		f, err := e.find(ctx, thing.Query, nil)
		if err != nil || len(f.Pages) == 0 {
			return plain, false
		}
		one := decide.Answer{Query: *thing.Query}
		f.Decide(&one, e.weights, e.elsewhere(f.Query))
		parts[i] = part{clause: thing, f: f, one: one}
	}
	each, rest, sure, missing := told(parts)
	allAsk := !slices.ContainsFunc(things, func(c clause) bool { return !c.asks }) || e.ofEachTime(q, things)
	if len(each) == 0 || len(missing) > 0 && !allAsk {
		return plain, false
	}
	a := e.joined(plain, each, rest)
	a.Sure = a.Sure || sure
	for _, thing := range missing {
		a.Missing = append(a.Missing, thing.asTyped(plain.Question))
	}
	return a, true
}

// part is one of the things that a question asks for, with what was found for it.
type part struct {
	clause
	f   *decide.Finding
	one decide.Answer
}

// own is the best figure of a part that no other part has taken, nil where the reports don't answer it.
func (p *part) own(taken []decide.FigureHit) *decide.FigureHit {
	at := slices.IndexFunc(p.one.Figures, func(h decide.FigureHit) bool { return !holdsFigure(taken, h.Figure) })
	if !p.one.Answered || at < 0 || !isOf(p.f, p.f.Fit[at], p.clause) {
		return nil
	}
	return &p.one.Figures[at]
}

// beside is the best figure of a part in the sentence of another part's, where it is about as good as
// the part's own, nil for none. A part without one of its own need not name what it asks for: of how many
// farmers got cash, and how much was paid out.
func (p *part) beside(anchor, own *decide.FigureHit, taken []decide.FigureHit) *decide.FigureHit {
	for _, c := range p.f.Fit {
		switch {
		case anchor == nil || !c.SameSentence(anchor.Figure) || holdsFigure(taken, c.Figure):
		case own == nil && p.asks && p.one.Answered, isOf(p.f, c, p.clause) && (own == nil || c.Score > own.Score-decide.LeastAhead):
			return &decide.FigureHit{Figure: c.Figure, Score: c.Score}
		}
	}
	return nil
}

// told gives each part its figure. One that is not sure of its own takes what the sentence has for it
// that tells a sure part: reports tell side by side what is asked for side by side. It is as sure.
func told(parts []part) (each, rest []decide.FigureHit, sure bool, missing []clause) {
	var anchor *decide.FigureHit
	score := 0.0
	for _, p := range parts {
		if h := p.own(nil); h != nil && p.one.Sure && (anchor == nil || p.one.Confidence > score) {
			anchor, score = h, p.one.Confidence
		}
	}
	sure = true
	for i := range parts {
		p, taken := &parts[i], each
		if !p.one.Sure && anchor != nil {
			taken = append(slices.Clone(each), *anchor)
		}
		h := p.own(taken)
		if h == nil || !p.one.Sure {
			if near := p.beside(anchor, h, taken); near != nil {
				h = near
			} else {
				sure = false
			}
		}
		if h == nil {
			missing = append(missing, p.clause)
			continue
		}
		each = append(each, *h)
		rest = append(rest, slices.DeleteFunc(slices.Clone(p.one.Figures), func(o decide.FigureHit) bool { return o.Figure.ID == h.Figure.ID })...)
	}
	return each, rest, sure && len(missing) == 0, missing
}

// ofEachTime tells a question for one thing at several times, joined or each asked for: what the
// reports don't have of one is told, and the others' figures are.
func (e *Engine) ofEachTime(q *question.Query, things []clause) bool {
	r := []rune(q.Text)
	return !slices.ContainsFunc(things, func(c clause) bool { return !c.timed || len(c.Periods) != 1 }) &&
		(e.language.Joins(r) || e.language.Asks["each"].InWord(r))
}

// ends answers a question for both ends of a change (由多少增加到多少, 原来多少、现在多少) where one of the
// best figures is one of them, or where they stand in the sentence of the best one, or where some other says all
// that is asked. What is no end of a change is not sure then.
func (e *Engine) ends(ctx context.Context, q *question.Query, plain decide.Answer) (decide.Answer, bool) {
	if !q.AsksBothEnds(e.language) {
		return plain, false
	}
	var best *corpus.Figure
	if plain.Answered && len(plain.Figures) > 0 {
		best = plain.Figures[0].Figure
		for _, h := range plain.Figures {
			if pair := endsOf(h.Figure, h.Score); pair != nil {
				return e.joined(plain, pair, nil), true
			}
		}
	}
	f, err := e.find(ctx, q, nil)
	if err != nil || q.Lang == "en" || e.elsewhere(f.Query) || plain.NoReportOf != "" || plain.AskPlace {
		return plain, false
	}
	for _, c := range f.Ranked {
		says := c.Features.WordsNear > decide.MostWords && c.Features.Head == 1 || best != nil && c.SameSentence(best) && c.Unit == best.Unit
		if !says || c.Features.OtherPeriod > 0 || f.OtherVariant(c) || f.Abroad(c.Paragraph.Report.Head) {
			continue
		}
		if pair := endsOf(c.Figure, c.Score); pair != nil {
			a := e.joined(plain, pair, nil)
			a.Sure = true
			return a, true
		}
	}
	plain.Sure = false
	return plain, true
}

// endsOf are the two ends of the change that a figure is an end of; nil for none.
func endsOf(f *corpus.Figure, score float64) []decide.FigureHit {
	all := slices.DeleteFunc(slices.Clone(f.Paragraph.Figures()), func(o *corpus.Figure) bool {
		return o.Kind == quantity.Date || o.Unit != f.Unit // 从2020年的31亿元增加近两倍，至2025年的96亿元
	})
	for i := range all[:max(0, len(all)-1)] {
		from, to := all[i], all[i+1]
		if (from == f || to == f) && from.SameSentence(to) && (to.Role == corpus.To || saysFromTo(from, to)) {
			return []decide.FigureHit{{Figure: from, Score: score}, {Figure: to, Score: score}}
		}
	}
	return nil
}

// saysFromTo tells two figures that 由 and 至 say to be the ends of a change: 由2023/24学年的95名增加至2024/25学年的185名.
func saysFromTo(from, to *corpus.Figure) bool {
	before := fold.String(from.Paragraph.Report.Slice(corpus.Span{Start: from.Sentence.Start, End: from.Start}))
	between := fold.String(from.Paragraph.Report.Slice(corpus.Span{Start: from.End, End: to.Start}))
	return strings.ContainsAny(before, "由从") && strings.ContainsAny(between, "至到")
}

// isOf tells whether a figure is of the thing that a clause itself names: a bare
// thing must be what the figure is about, one that is asked about what its
// sentence or the headings speak of; of one thing at several times (from $62.4 billion in 2012-13 to
// $86.8 billion in 2017-18) the sentence up to the figure may.
func isOf(f *decide.Finding, c *rank.Candidate, thing clause) bool {
	if (thing.timed || thing.now) && c.Features.Prefix >= ownWords {
		return true
	}
	if !thing.asks {
		return c.About() >= ownWords
	}
	if !thing.named {
		return true
	}
	for i, p := range f.Parts {
		if !p.Faded && !p.Weak && f.CoverageAround(c, i) >= rank.NamesFocus {
			return true
		}
	}
	return false
}

// joined is an answer whose first figures are these; those of the plain answer
// follow, and the rest.
func (e *Engine) joined(plain decide.Answer, each, rest []decide.FigureHit) decide.Answer {
	a := plain
	a.Answered, a.Asked, a.Choices, a.Instead = true, len(each), nil, nil
	a.Query.List = true
	a.Figures = slices.Clone(each)
	a.Passages = withParagraphs(plain.Passages, each)
	for _, f := range slices.Concat(plain.Figures, rest) {
		shown := slices.ContainsFunc(a.Passages, func(p decide.PassageHit) bool { return p.Paragraph.ID == f.Paragraph.ID })
		if shown && len(a.Figures) < decide.ShownFigures && !holdsFigure(a.Figures, f.Figure) {
			a.Figures = append(a.Figures, f)
		}
	}
	a.Related = decide.Related(each[0].Figure)
	return a
}

func holdsFigure(hits []decide.FigureHit, f *corpus.Figure) bool {
	return slices.ContainsFunc(hits, func(h decide.FigureHit) bool { return h.Figure.ID == f.ID })
}

// withParagraphs is the paragraphs of the figures, then the other passages.
func withParagraphs(passages []decide.PassageHit, figures []decide.FigureHit) (out []decide.PassageHit) {
	add := func(p decide.PassageHit) {
		if !slices.ContainsFunc(out, func(o decide.PassageHit) bool { return o.Paragraph.ID == p.Paragraph.ID }) {
			out = append(out, p)
		}
	}
	for _, f := range figures {
		p := decide.PassageHit{Paragraph: f.Paragraph, Score: f.Score, Best: f.Sentence}
		for _, have := range passages {
			if have.Paragraph == f.Paragraph {
				p.Matched = have.Matched
			}
		}
		add(p)
	}
	for _, p := range passages {
		add(p)
	}
	return out
}

// things are the questions that a question asks at once: 基站和充电设施,
// 2025和2026年的赤字率.
func (e *Engine) things(ctx context.Context, q *question.Query) (out []clause) {
	if q.Want != question.WantFigure && q.Want != question.WantAny {
		return nil
	}
	if each := e.byPlaces(ctx, q); len(each) > 0 {
		return each
	}
	if e.language.Asks["range"].InWord([]rune(q.Text)) {
		return nil // low end and high end are of one thing
	}
	if clauses := e.clauses(q); q.Follows == "" && len(clauses) > 1 {
		for i := range clauses {
			out = append(out, e.only(ctx, q, clauses, i))
		}
		return out
	}
	if len(q.Periods) < 2 || len(q.Periods) > mostThings {
		return nil
	}
	for _, p := range q.Periods {
		one := *q
		one.Periods, one.List = []corpus.Period{p}, false
		out = append(out, clause{Query: &one, said: p.Label, timed: true})
	}
	return out
}

// compare answers a question that holds two figures against each other, with
// what follows from them (网络零售目标比去年实际差多少). A change that a report
// states itself comes first: then it is no such question.
func (e *Engine) compare(ctx context.Context, q *question.Query, plain decide.Answer) (decide.Answer, bool) {
	left, right := e.sides(q)
	if left == nil {
		return plain, false
	}
	states := plain.Answered && len(plain.Figures) > 0 && (plain.Figures[0].Role == corpus.Increase || plain.Figures[0].Role == corpus.Growth)
	places := apart(left.Reports, right.Reports)
	if places { // 江西去年GDP增速比湖北低多少: both of last year
		ofOneTime(left, right)
		ofOneTime(right, left)
	}
	if states && !places {
		return plain, false
	}
	var both []decide.FigureHit
	for _, side := range []*question.Query{left, right} {
		one := e.answer(ctx, side.Text, side)
		if !one.Answered || len(one.Figures) == 0 || places && !one.Sure {
			return plain, false
		}
		both = append(both, one.Figures[0])
	}
	if places && (both[0].Status != both[1].Status || both[0].Period.From != both[1].Period.From || both[0].Period.To != both[1].Period.To) {
		return plain, false // 4.8% of 2025 is not held against what was reached in five years
	}
	if both[0].Figure.ID == both[1].Figure.ID || both[0].Unit != both[1].Unit || changes(both[0].Figure) != changes(both[1].Figure) {
		return plain, false
	}
	a := e.joined(plain, both, nil)
	a.Computed = computed(both[0].Figure, both[1].Figure)
	a.Sure = a.Sure || places // each side was
	return a, true
}

// changes tells a figure that says by how much something changed: it is not held against a share.
func changes(f *corpus.Figure) bool { return f.Role == corpus.Growth || f.Role == corpus.Increase }

// ofOneTime has one side of a comparison asked of the other's time and status where it names none.
func ofOneTime(side, other *question.Query) {
	if len(side.Periods) == 0 && side.Status == "" {
		side.Periods, side.Unyeared, side.Status = other.Periods, other.Unyeared, other.Status
	}
}

// apart tells the reports of two places: no report states by how much they differ.
func apart(left, right map[*corpus.Head]bool) bool {
	for r := range left {
		if right[r] {
			return false
		}
	}
	return len(left) > 0 && len(right) > 0
}

// than is a question that holds another against the one before: 比娄底多多少, with that one
// before it; asked itself where it is none.
func (e *Engine) than(asked string, before []string) string {
	r := []rune(fold.String(strings.TrimSpace(asked)))
	n := e.language.Asks["versus"].Set.At(r, 0)
	if n == 0 || n == len(r) || len(before) == 0 || !question.WholeWord(r, 0, n) || !e.language.Asks["difference"].InWord(r) || len(e.placesIn(r)) == 0 {
		return asked
	}
	return strings.TrimRight(before[len(before)-1], "?？。 ") + strings.TrimSpace(asked)
}

func computed(left, right *corpus.Figure) *decide.Computed {
	c := &decide.Computed{Left: left, Right: right, Difference: left.Value.Sub(right.Value), Unit: left.Unit}
	if c.Unit == "%" {
		c.Unit = "个百分点"
		return c
	}
	if !right.Value.IsZero() {
		rate := c.Difference.Mul(decimal.NewFromInt(100)).DivRound(right.Value, 1)
		c.Rate = &rate
	}
	return c
}

// sides are the two questions of a comparison, nil where q is none. What one
// side leaves out it takes from the other: the thing, or the time.
func (e *Engine) sides(q *question.Query) (left, right *question.Query) {
	r := []rune(q.Text)
	at, n := e.language.Asks["difference"].FindWord(r)
	if n == 0 {
		at, n = moreThan(r)
	}
	if n == 0 {
		return nil, nil
	}
	if q.Lang == "en" {
		r = slices.Concat(r[:at], []rune(" how much "), r[at+n:])
	} else {
		r = slices.Concat(r[:at], []rune("多少"), r[at+n:])
	}
	versus := e.language.Asks["versus"]
	for i := range r {
		n := versus.Set.At(r, i)
		if n == 0 || !question.WholeWord(r, i, i+n) || i == 0 || i+n == len(r) {
			continue
		}
		said, other := r[:i], r[i+n:]
		if whole := e.ofPlaceOf(said, other); whole != "" { // 江西去年GDP增速比湖北多少
			left, right = e.understandAt(string(said), q.Clock), e.understandAt(whole, q.Clock)
			left.Want, right.Want = question.WantFigure, question.WantFigure
			return left, right
		}
		left, right = e.understandAt(string(said), q.Clock), e.understandAt(string(other), q.Clock)
		if len(left.Content()) > 0 || len(right.Content()) > 0 {
			return complete(left, right), complete(right, left)
		}
	}
	return nil, nil
}

// ofPlaceOf is a question asked of the place that another one names, which names nothing else;
// "" where either names no place or several.
func (e *Engine) ofPlaceOf(said, other []rune) string {
	of, at := e.placesIn(said), e.placesIn(other)
	if len(of) != 1 || len(at) != 1 {
		return ""
	}
	left := e.understandAt(string(other), e.now)
	if len(left.Content()) > 0 || len(left.Periods) > 0 {
		return ""
	}
	return string(said[:of[0].at]) + at[0].text + string(said[of[0].to:])
}

// moreThan finds 多建多少 behind 比: 5G基站比铁塔基站多建多少.
func moreThan(r []rune) (at, n int) {
	than := slices.Index(r, '比')
	end := strings.Index(string(r), "多少")
	if than < 0 || end < 0 {
		return 0, 0
	}
	end = len([]rune(string(r)[:end]))
	for i := max(than+2, end-3); i < end; i++ {
		if strings.ContainsRune("多少高低", r[i]) {
			return i, end + 2 - i
		}
	}
	return 0, 0
}

// complete is one side of a comparison with what the other side names for both.
func complete(side, other *question.Query) *question.Query {
	one := *side
	one.Want, one.Role, one.List = question.WantFigure, "", false
	if side.Role == corpus.Growth || other.Role == corpus.Growth {
		one.Role = corpus.Growth
	}
	if len(side.Content()) == 0 {
		one.Parts, one.Variants, one.Focus = other.Parts, other.Variants, other.Focus
	}
	if one.Unit == "" && len(one.Classes) == 0 && len(one.Likely) == 0 {
		one.Unit, one.Classes, one.Likely = other.Unit, other.Classes, other.Likely
	}
	if !one.Placed {
		one.Reports, one.Placed = other.Reports, other.Placed
	}
	return &one
}
