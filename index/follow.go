package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/decide"
	"reportbot/index/question"
)

// A follow-up is put together with the question before to the question that it stands
// for, which then is read like any other:
//
//	去年输转了多少城乡富余劳动力   今年计划多少   今年输转城乡富余劳动力计划多少
//	第一产业增加值多少亿          增速呢         第一产业增加值增速
//	2025年全市社保基金收入多少    市本级呢       2025年市本级社保基金收入多少
//
// What it says takes the place of its counterpart: the place, the time, the area, the kind of
// value, the word that tells alike indicators apart. What it leaves out it takes
// from there.

// parted is a question in its parts, each folded and "" where it has none.
type parted struct {
	place, time, area string
	rest              string // with the words that ask
}

// dissect takes a question apart.
func (e *Engine) dissect(text string, clock corpus.Clock) (s parted) {
	r := []rune(text)
	part := make([]*string, len(r))
	mark := func(from, to int, into *string) {
		for i := from; i < to; i++ {
			if part[i] == nil {
				part[i] = into
			}
		}
	}
	for _, p := range e.placesIn(r) {
		mark(p.at, p.to, &s.place)
	}
	numbers := e.language.Quantities.ScanRunes(r)
	question.BareYears(numbers, clock)
	for _, t := range question.AskedTimes(r, numbers, clock) {
		if !t.Compared {
			mark(t.Start, t.End, &s.time)
		}
	}
	for i := range r {
		if n := e.language.Asks["areas"].Set.At(r, i); n > 0 && (i == 0 || !strings.ContainsRune("占比", r[i-1])) { // 占全国百分之几 is asked of no other area
			mark(i, i+n, &s.area)
		}
		if part[i] == nil {
			part[i] = &s.rest
		}
		*part[i] += string(r[i])
	}
	s.rest = strings.Trim(s.rest, " ,?、的")
	return s
}

// together is the question that a follow-up and the one before make; "" where what is
// new in it has no counterpart there that its words tell.
func (e *Engine) together(text string, last *question.Query, clock corpus.Clock) string {
	now, before := e.dissect(fold.String(text), clock), e.dissect(last.Text, last.Clock)
	l, r := e.language, []rune(now.rest)
	has := func(classes ...string) bool {
		return slices.ContainsFunc(classes, func(class string) bool { return l.Asks[class].InWord(r) })
	}
	var drop []string // of the question before
	switch {
	case has("growth", "increase", "share", "total"):
		drop = append(drop, question.Kinds...)
	case has("reach"): // 装机占比现在多少, 十五五要到多少
		drop = append(drop, "growth", "increase", "reach")
	}
	if has("target", "actual") || now.time != "" {
		drop = append(drop, "target")
	}
	if has("reach", "latter") {
		drop = append(drop, "former") // 原来多少, 现在加到多少
	}
	asks := strings.Contains(now.rest, "多少") || strings.Contains(now.rest, "几") || has(question.Kinds...) || has("number")
	content := l.ContentOf(now.rest)
	rest := before.rest
	switch {
	case content == "" && asks && !has(question.Kinds...) && !has("total"): // 今年计划多少
		status := ""
		if at, n := l.Asks["target"].FindWord(r); n > 0 {
			status = l.Thing(string(r[at:at+n]), true) // 安排 of 安排多少: what is counted stays that of the question before
		}
		return e.placedIn(now, before) + status + l.Thing(rest, false, drop...)
	case content == "":
	case strings.HasSuffix(content, "里"): // 今年民生实事里安排多少
		rest = strings.TrimSuffix(content, "里") + rest
	default:
		if rest = cmp.Or(l.SameClass(rest, content), l.EndingAlike(rest, content)); rest == "" {
			return ""
		}
	}
	asked := ""
	if asks {
		rest = l.Thing(rest, true, drop...)
		asked = strings.TrimPrefix(now.rest, content)
		if content != "" {
			asked = strings.TrimLeft(strings.Replace(now.rest, content, "", 1), "里的")
		}
	} else {
		rest = l.Thing(rest, false, drop...)
		asked = l.Thing(now.rest, true, append(question.Kinds, "weak")...)
		if asked == content {
			asked = ""
		}
	}
	return e.placedIn(now, before) + rest + asked
}

// placedIn is the place, the time and the area of a follow-up, or those of the question before.
func (e *Engine) placedIn(now, before parted) string {
	area := now.area
	if area == "" && now.place == "" {
		area = before.area
	}
	return cmp.Or(now.place, before.place) + cmp.Or(now.time, before.time) + area
}

// goesOnWith tells a follow-up by what it leaves out: it names nothing, or only the other
// word of a class (农村的涨了几个点).
func (e *Engine) goesOnWith(q *question.Query) bool {
	if q.Lang == "en" {
		return false
	}
	s := e.dissect(q.Text, q.Clock)
	content := []rune(e.language.ContentOf(s.rest))
	if len(content) == 0 {
		return s.rest != "" || s.time != "" || s.area != "" || s.place != ""
	}
	return e.language.Asks["residents"].Set.At(content, 0) == len(content)
}

// ofTheSame answers a short question for more on what the question before was answered with:
// 在校生多少人 behind 普通小学有几所 is asked of those schools, where their sentence has it.
// nil where it has not, where the answer of the question alone stands there, or says more of it.
func (e *Engine) ofTheSame(ctx context.Context, asked string, q *question.Query, alone *decide.Answer, before []string) *decide.Answer {
	if len(before) == 0 || q.Follows != "" || q.Lang == "en" || q.Want != question.WantFigure || q.Placed || len(q.Periods) > 0 {
		return nil
	}
	s := e.dissect(q.Text, q.Clock)
	content := e.language.ContentOf(s.rest)
	if n := len([]rune(content)); n == 0 || n > longestLeaning || s.place+s.area != "" {
		return nil
	}
	last := e.understand(ctx, before[len(before)-1], before[:len(before)-1])
	first := e.answer(ctx, last.Text, last)
	if !first.Answered || len(first.Figures) == 0 || alone.Answered && len(alone.Figures) > 0 && alone.Figures[0].SameSentence(first.Figures[0].Figure) {
		return nil
	}
	was := e.dissect(last.Text, last.Clock)
	whole := e.understandAt(was.place+was.time+was.area+e.language.ContentOf(was.rest)+s.rest, last.Clock)
	whole.Lang, whole.Follows = q.Lang, before[len(before)-1]
	if !whole.Placed {
		whole.Reports, whole.Placed = last.Reports, last.Placed
	}
	a := e.answer(ctx, asked, whole)
	said := func(h decide.FigureHit) int { return len([]rune(commonIn(fold.String(h.What), content))) }
	least := 2
	if alone.Answered && len(alone.Figures) > 0 { // 技术合同成交额 is not the 高技术制造业 of the sentence before
		least = max(least, said(alone.Figures[0])-1) // 在校学生 is 在校生
	}
	at := slices.IndexFunc(a.Figures[:min(len(a.Figures), mostNear)], func(h decide.FigureHit) bool {
		return h.ID != first.Figures[0].ID && h.SameSentence(first.Figures[0].Figure) && said(h) >= least
	})
	if !a.Answered || at < 0 {
		return nil
	}
	a.Figures = slices.Concat(a.Figures[at:at+1], a.Figures[:at], a.Figures[at+1:])
	a.Choices, a.Related, a.Passages = nil, decide.Related(a.Figures[0].Figure), withParagraphs(a.Passages, a.Figures[:1])
	return &a
}

// mostNear: of so many of the best figures one may stand in the sentence before.
const mostNear = 3

// inOtherTerms answers an English follow-up that names nothing but a measure (worth how much, and in
// percent) with the figure of that class beside the one that the question before was answered with; nil
// where that was not sure, or where its sentence and the next have none.
func (e *Engine) inOtherTerms(ctx context.Context, asked string, q *question.Query, before []string) *decide.Answer {
	if len(before) == 0 || q.Lang != "en" {
		return nil
	}
	q = e.understandAt(asked, q.Clock) // without what it was put together with
	classes := slices.Concat(q.Classes, q.Likely)
	if len(classes) == 0 || len(q.Periods) > 0 || q.Placed || !e.language.NamesMeasure(q) {
		return nil
	}
	last := e.understand(ctx, before[len(before)-1], before[:len(before)-1])
	a := e.answer(ctx, last.Text, last)
	if !a.Answered || !a.Sure || len(a.Figures) == 0 {
		return nil
	}
	first := a.Figures[0]
	var beside []decide.FigureHit
	sentences := first.Paragraph.Sentences
	at := slices.Index(sentences, first.Sentence)
	for _, f := range first.Paragraph.Figures() {
		near := f.SameSentence(first.Figure) || at >= 0 && slices.Index(sentences, f.Sentence) == at+1
		if near && f.ID != first.ID && slices.Contains(classes, f.Class()) {
			beside = append(beside, decide.FigureHit{Figure: f, Score: first.Score})
		}
	}
	if len(beside) == 0 {
		return nil
	}
	distance := func(h decide.FigureHit) int { return max(h.Start-first.End, first.Start-h.End) }
	slices.SortStableFunc(beside, func(x, y decide.FigureHit) int { return distance(x) - distance(y) })
	a.Question, a.Sure = asked, len(beside) == 1
	a.Query.Follows = before[len(before)-1]
	a.Figures, a.Choices, a.Related = beside, nil, decide.Related(beside[0].Figure)
	return &a
}
