package index

import (
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
)

const (
	mostThings = 5   // that one question asks for
	ownWords   = 0.3 // how much a figure must be about its own part of the question
)

// list answers a question for several things, or for one at several times, each
// as a question of its own; false where it is not such a question, or where the
// parts don't find figures of their own.
func (e *Engine) list(ctx context.Context, q *Query, plain Answer) (Answer, bool) {
	things := e.things(q)
	if len(things) < 2 {
		return plain, false
	}
	var each []FigureHit
	for _, thing := range things {
		f, err := e.find(ctx, thing, nil)
		if err != nil || len(f.pages) == 0 {
			return plain, false
		}
		one := Answer{Query: *thing}
		e.decide(&one, f)
		if !one.Answered || len(one.Figures) == 0 || f.fit[0].about() < ownWords || holdsFigure(each, one.Figures[0].Figure) {
			return plain, false
		}
		each = append(each, one.Figures[0])
	}
	return e.joined(plain, each), true
}

// joined is an answer whose first figures are these.
func (e *Engine) joined(plain Answer, each []FigureHit) Answer {
	a := plain
	a.Answered, a.Asked, a.Choices, a.Instead = true, len(each), nil, nil
	a.Query.List = true
	a.Figures = slices.Clone(each)
	for _, f := range plain.Figures {
		if len(a.Figures) < shownFigures && !holdsFigure(each, f.Figure) {
			a.Figures = append(a.Figures, f)
		}
	}
	a.Related = related(each[0].Figure)
	a.Passages = withParagraphs(plain.Passages, each)
	return a
}

func holdsFigure(hits []FigureHit, f *corpus.Figure) bool {
	return slices.ContainsFunc(hits, func(h FigureHit) bool { return h.Figure.ID == f.ID })
}

// withParagraphs is the paragraphs of the figures, then the other passages.
func withParagraphs(passages []PassageHit, figures []FigureHit) (out []PassageHit) {
	add := func(p PassageHit) {
		if !slices.ContainsFunc(out, func(o PassageHit) bool { return o.Paragraph == p.Paragraph }) {
			out = append(out, p)
		}
	}
	for _, f := range figures {
		p := PassageHit{Paragraph: f.Paragraph, Score: f.Score, Best: f.Sentence}
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
// 2025和2026年的赤字率. The words of the others stay in each, faded, for what
// they share (公办和民办幼儿园).
func (e *Engine) things(q *Query) (out []*Query) {
	if q.Want != WantFigure && q.Want != WantAny {
		return nil
	}
	if len(q.Periods) > 1 && len(q.Periods) <= mostThings {
		for _, p := range q.Periods {
			one := *q
			one.Periods, one.List = []corpus.Period{p}, false
			out = append(out, &one)
		}
		return out
	}
	segments := e.language.segments([]rune(q.Text))
	if len(segments) < 2 || len(segments) > mostThings {
		return nil
	}
	var parts []*Query
	for _, s := range segments {
		part := e.language.understand(s, e.clock(q.Names()))
		if len(part.content()) == 0 {
			return nil
		}
		parts = append(parts, part)
	}
	for i := range parts {
		out = append(out, q.only(parts, i))
	}
	return out
}

// only is q for its i-th part.
func (q *Query) only(parts []*Query, i int) *Query {
	one, part := *q, parts[i]
	one.List, one.Want = false, WantFigure
	one.Parts, one.variants, one.Focus = slices.Clone(part.Parts), part.variants, part.Focus
	if part.Unit != "" || len(part.Classes) > 0 || len(part.Likely) > 0 {
		one.Unit, one.Classes, one.Likely = part.Unit, part.Classes, part.Likely
	} else if len(one.Likely) > 0 && i < len(parts)-1 {
		one.Likely = nil // it is the last part's noun that tells it
	}
	if len(part.Periods) > 0 {
		one.Periods = part.Periods
	}
	if part.Role != "" {
		one.Role = part.Role
	}
	if part.Status != "" {
		one.Status = part.Status
	}
	at := len([]rune(part.Text)) + 2
	for k, other := range parts {
		if k == i {
			continue
		}
		for _, p := range other.Parts {
			p.Faded = true
			p.start += at
			one.Parts = append(one.Parts, p)
		}
		at += len([]rune(other.Text)) + 2
	}
	return &one
}

// segments cuts a question at 和, 、 and the like, where they stand within no
// word of the lists (国民经济和社会发展).
func (l *Language) segments(r []rune) (out []string) {
	from := 0
	for i := 0; i < len(r); {
		if n := max(l.same.At(r, i), l.lexicon.At(r, i)); n > 2 {
			i += n
			continue
		}
		n := l.asks["and"].set.At(r, i)
		if n == 0 || !wholeWord(r, i, i+n) || digitsAround(r, i, i+n) {
			i++
			continue
		}
		out = append(out, strings.TrimSpace(string(r[from:i])))
		i += n
		from = i
	}
	return append(out, strings.TrimSpace(string(r[from:])))
}

func digitsAround(r []rune, from, to int) bool {
	return from > 0 && to < len(r) && r[from] == ',' && '0' <= r[from-1] && r[from-1] <= '9' && '0' <= r[to] && r[to] <= '9'
}

// compare answers a question that holds two figures against each other, with
// what follows from them (网络零售目标比去年实际差多少). A change that a report
// states itself comes first: then it is no such question.
func (e *Engine) compare(ctx context.Context, q *Query, plain Answer) (Answer, bool) {
	if plain.Answered && len(plain.Figures) > 0 && (plain.Figures[0].Role == corpus.Increase || plain.Figures[0].Role == corpus.Growth) {
		return plain, false
	}
	left, right := e.sides(q)
	if left == nil {
		return plain, false
	}
	var both []FigureHit
	for _, side := range []*Query{left, right} {
		one := e.answer(ctx, side.Text, side)
		if !one.Answered || len(one.Figures) == 0 {
			return plain, false
		}
		both = append(both, one.Figures[0])
	}
	if both[0].Figure.ID == both[1].Figure.ID || both[0].Unit != both[1].Unit {
		return plain, false
	}
	a := e.joined(plain, both)
	a.Computed = computed(both[0].Figure, both[1].Figure)
	return a, true
}

func computed(left, right *corpus.Figure) *Computed {
	c := &Computed{Left: left, Right: right, Difference: left.Value.Sub(right.Value), Unit: left.Unit}
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
func (e *Engine) sides(q *Query) (left, right *Query) {
	r := []rune(q.Text)
	at, n := e.language.asks["difference"].findWord(r)
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
	versus := e.language.asks["versus"]
	for i := range r {
		n := versus.set.At(r, i)
		if n == 0 || !wholeWord(r, i, i+n) || i == 0 || i+n == len(r) {
			continue
		}
		left, right = e.language.understand(string(r[:i]), e.clock(q.Names())), e.language.understand(string(r[i+n:]), e.clock(q.Names()))
		if len(left.content()) > 0 || len(right.content()) > 0 {
			return complete(left, right), complete(right, left)
		}
	}
	return nil, nil
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
func complete(side, other *Query) *Query {
	one := *side
	one.Want, one.Role, one.List = WantFigure, "", false
	if len(side.content()) == 0 {
		one.Parts, one.variants, one.Focus = other.Parts, other.variants, other.Focus
	}
	if one.Unit == "" && len(one.Classes) == 0 && len(one.Likely) == 0 {
		one.Unit, one.Classes, one.Likely = other.Unit, other.Classes, other.Likely
	}
	return &one
}
