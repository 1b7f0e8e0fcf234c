package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
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
	numbers := quantity.ScanRunes(r)
	bareYears(numbers, clock)
	for _, t := range askedTimes(r, numbers, clock) {
		if !t.Compared {
			mark(t.Start, t.End, &s.time)
		}
	}
	for i := range r {
		if n := e.language.asks["areas"].set.At(r, i); n > 0 {
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

// kinds of value that a question asks for, and of them those that a follow-up sets.
var kinds = []string{"growth", "increase", "share", "reach"}

// thing is a text without the words of some classes, and without those that ask, where wanted.
func (l *Language) thing(text string, asking bool, classes ...string) string {
	r := []rune(text)
	var out []rune
	for i := 0; i < len(r); {
		n := 0
		for _, class := range classes {
			n = max(n, l.asks[class].set.At(r, i))
		}
		if asking {
			n = max(n, l.asksAt(r, i))
		}
		if n == 0 {
			out = append(out, r[i])
			n = 1
		}
		i += n
	}
	return strings.Trim(string(out), " ,?、的呢了")
}

// asksAt is the length of 多少亿, 几个, 是多少 and the like at a place.
func (l *Language) asksAt(r []rune, i int) int {
	n := l.asking.At(r, i)
	for _, word := range []string{"多少", "几多", "几"} {
		if strings.HasPrefix(string(r[i:]), word) {
			n = len([]rune(word))
			for i+n < len(r) && strings.ContainsRune("万亿千百十", r[i+n]) {
				n++
			}
			if _, unit := quantity.UnitAt(r, i+n); unit > 0 && !l.startsNoun(r, i+n, unit) {
				n += unit
			}
		}
	}
	return n
}

// together is the question that a follow-up and the one before make; "" where what is
// new in it has no counterpart there that its words tell.
func (e *Engine) together(text string, last *Query, clock corpus.Clock) string {
	now, before := e.dissect(fold.String(text), clock), e.dissect(last.Text, last.clock)
	l, r := e.language, []rune(now.rest)
	has := func(classes ...string) bool {
		return slices.ContainsFunc(classes, func(class string) bool { return l.asks[class].inWord(r) })
	}
	var drop []string // of the question before
	if has(kinds...) || has("total") {
		drop = append(drop, kinds...)
	}
	if has("target", "actual") || now.time != "" {
		drop = append(drop, "target")
	}
	asks := strings.Contains(now.rest, "多少") || strings.Contains(now.rest, "几") || has(kinds...) || has("number")
	content := l.contentOf(now.rest)
	rest := before.rest
	switch {
	case content == "" && asks && !has(kinds...) && !has("total"): // 今年计划多少
		status := ""
		if at, n := l.asks["target"].findWord(r); n > 0 {
			status = string(r[at : at+n])
		}
		return e.placedIn(now, before) + status + l.thing(rest, false, drop...)
	case content == "":
	case strings.HasSuffix(content, "里"): // 今年民生实事里安排多少
		rest = strings.TrimSuffix(content, "里") + rest
	default:
		if rest = cmp.Or(l.sameClass(rest, content), l.endingAlike(rest, content)); rest == "" {
			return ""
		}
	}
	asked := ""
	if asks {
		rest = l.thing(rest, true, drop...)
		asked = strings.TrimPrefix(now.rest, content)
		if content != "" {
			asked = strings.TrimLeft(strings.Replace(now.rest, content, "", 1), "里的")
		}
	} else {
		rest = l.thing(rest, false, drop...)
		asked = l.thing(now.rest, true, append(kinds, "weak")...)
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

// contentOf is what a follow-up names: nothing of 要再搞多少个 and 比前一年成长多少.
func (l *Language) contentOf(text string) string {
	content := l.thing(text, true, append(kinds, "target", "actual", "number", "weak", "light")...)
	if len([]rune(content)) == 1 {
		return ""
	}
	return content
}

// endingAlike puts what a follow-up names in the place of what the question before does,
// where both end alike: 卫生健康支出 for 教育支出.
func (l *Language) endingAlike(text, word string) string {
	thing := l.contentOf(text)
	w, t := []rune(word), []rune(thing)
	if len(w) < 3 || len(t) < 3 || string(w[len(w)-2:]) != string(t[len(t)-2:]) || !strings.Contains(text, thing) {
		return ""
	}
	return strings.Replace(text, thing, word, 1)
}

// goesOnWith tells a follow-up by what it leaves out: it names nothing, or only the other
// word of a class (农村的涨了几个点).
func (e *Engine) goesOnWith(q *Query) bool {
	if q.Lang == "en" {
		return false
	}
	s := e.dissect(q.Text, q.clock)
	content := []rune(e.language.contentOf(s.rest))
	if len(content) == 0 {
		return s.rest != "" || s.time != "" || s.area != "" || s.place != ""
	}
	return e.language.asks["residents"].set.At(content, 0) == len(content)
}

// sameClass puts a word in the place of another one of its class of variants.txt or of
// residents (城镇, 农村, 全体); "" where there is none.
func (l *Language) sameClass(text, word string) string {
	r := []rune(text)
	for _, c := range l.variants.classes {
		mine := c.member[word]
		if len(mine) == 0 {
			continue
		}
		for i := range r {
			if n := c.words.At(r, i); n > 0 && !slices.Equal(c.member[string(r[i:i+n])], mine) {
				return string(r[:i]) + word + string(r[i+n:])
			}
		}
	}
	if residents := l.asks["residents"].set; residents.At([]rune(word), 0) == len([]rune(word)) {
		for i := range r {
			if n := residents.At(r, i); n > 0 {
				return string(r[:i]) + word + string(r[i+n:])
			}
		}
		if i := strings.Index(text, "居民"); i >= 0 {
			return text[:i] + word + text[i:]
		}
	}
	return ""
}

// corrects tells a question that puts right how the one before was understood, and what it
// says instead: 不是，我问的是安徽.
func (l *Language) corrects(text string) (instead string, is bool) {
	r := []rune(text)
	i := 0
	for i < len(r) {
		n := l.asks["no"].set.At(r, i)
		if n > 0 && wholeWord(r, i, i+n) {
			i, is = i+n, true
			continue
		}
		if !is || !strings.ContainsRune(" ,，。.!！:：的", r[i]) {
			break
		}
		i++
	}
	return string(r[i:]), is && i < len(r)
}

// ofTheSame answers a short question for more on what the question before was answered with:
// 在校生多少人 behind 普通小学有几所 is asked of those schools, where their sentence has it.
// nil where it has not, or where the answer of the question alone stands there.
func (e *Engine) ofTheSame(ctx context.Context, question string, q *Query, alone *Answer, before []string) *Answer {
	if len(before) == 0 || q.Follows != "" || q.Lang == "en" || q.Want != WantFigure || q.placed || len(q.Periods) > 0 {
		return nil
	}
	s := e.dissect(q.Text, q.clock)
	content := e.language.contentOf(s.rest)
	if n := len([]rune(content)); n == 0 || n > longestLeaning || s.place+s.area != "" {
		return nil
	}
	last := e.understand(ctx, before[len(before)-1], before[:len(before)-1])
	first := e.answer(ctx, last.Text, last)
	if !first.Answered || len(first.Figures) == 0 || alone.Answered && len(alone.Figures) > 0 && alone.Figures[0].SameSentence(first.Figures[0].Figure) {
		return nil
	}
	was := e.dissect(last.Text, last.clock)
	whole := e.understandAt(was.place+was.time+was.area+e.language.contentOf(was.rest)+s.rest, last.clock)
	whole.Lang, whole.Follows = q.Lang, before[len(before)-1]
	if !whole.placed {
		whole.reports, whole.placed = last.reports, last.placed
	}
	a := e.answer(ctx, question, whole)
	at := slices.IndexFunc(a.Figures[:min(len(a.Figures), mostNear)], func(h FigureHit) bool {
		return h.ID != first.Figures[0].ID && h.SameSentence(first.Figures[0].Figure) && len([]rune(commonIn(fold.String(h.What), content))) > 1
	})
	if !a.Answered || at < 0 {
		return nil
	}
	a.Figures = slices.Concat(a.Figures[at:at+1], a.Figures[:at], a.Figures[at+1:])
	a.Choices, a.Related, a.Passages = nil, related(a.Figures[0].Figure), withParagraphs(a.Passages, a.Figures[:1])
	return &a
}

// mostNear: of so many of the best figures one may stand in the sentence before.
const mostNear = 3
