package index

import (
	"context"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
	"reportbot/index/lexicon"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// ellipses mark a question that leans on the one before.
var ellipses = terms.NewSet("那", "呢", "其中", "为什么", "原因")

// understand reads a question in the light of the earlier ones: what is new in a
// follow-up replaces its counterpart in the question before, and the words of
// that question stay as faded parts. It is asked of the reports that the question
// before was answered from, and at their time, unless it names another place.
func (e *Engine) understand(ctx context.Context, asked string, before []string) *question.Query {
	if r := []rune(asked); len(r) > LongestQuestion {
		asked = string(r[:LongestQuestion])
	}
	text := e.language.Unabbreviated(e.mainland(asked))
	q := e.understandAt(text, e.clock(text))
	if len(before) == 0 {
		if growsAlone(q) {
			return e.understandAt("economic growth "+text, e.clock(text))
		}
		return q
	}
	if instead, is := e.language.Corrects(text); is {
		return e.goesOn(ctx, e.understandAt(instead, e.clock(instead)), instead, before)
	}
	if !e.leans(q) && !e.goesOnWith(q) {
		return q
	}
	return e.goesOn(ctx, q, text, before)
}

// growsAlone tells an English question for growth that says of nothing whose: how much did we grow last year. It asks
// for that of the economy.
func growsAlone(q *question.Query) bool {
	return q.Lang == "en" && q.Want == question.WantFigure && q.Role == corpus.Growth && q.Status != corpus.Target && q.Focus == "" && !slices.ContainsFunc(q.Words, func(w question.AskedWord) bool { return w.Kind == lexicon.Noun })
}

// goesOn reads a question as a follow-up.
func (e *Engine) goesOn(ctx context.Context, q *question.Query, text string, before []string) *question.Query {
	last := e.understand(ctx, before[len(before)-1], before[:len(before)-1])
	if !last.Placed {
		e.settle(ctx, last)
	}
	clock, reports, placed := last.Clock, last.Reports, last.Placed
	if q.Placed {
		clock, reports, placed = q.Clock, q.Reports, true
	}
	q = e.understandAt(bare(text), clock)
	q.Reports, q.Placed = reports, placed
	merged := e.joinedTo(q, last)
	if merged == nil {
		merged = e.following(ctx, q, last)
	}
	merged.Follows = before[len(before)-1]
	if last.Follows != "" {
		merged.Follows = last.Follows
	}
	return merged
}

// joinedTo is the question that a follow-up and the one before make together, nil where
// its words don't tell.
func (e *Engine) joinedTo(q, last *question.Query) *question.Query {
	if q.Lang == "en" || slices.ContainsFunc(last.Parts, func(p question.Part) bool { return p.Faded }) {
		return nil
	}
	text := e.together(q.Text, last, q.Clock)
	if text == "" {
		return nil
	}
	whole := e.understandAt(text, q.Clock)
	whole.Lang, whole.Clock = q.Lang, q.Clock
	if !whole.Placed {
		whole.Reports, whole.Placed = q.Reports, q.Placed
	}
	if len(q.Periods) > 0 && q.Status == "" {
		whole.Status = "" // what was achieved may be planned now
	}
	return whole
}

// bare is a follow-up without the words that only tell that it is one: 那充电枪呢.
func bare(text string) string {
	short := strings.TrimRight(text, "呢?？ ")
	for _, word := range []string{"那么", "那", "咁", "其中", "再查", "再问"} {
		short = strings.TrimPrefix(short, word)
	}
	return short
}

// understandAt reads a question that stands alone, at a time.
func (e *Engine) understandAt(text string, clock corpus.Clock) *question.Query {
	q := e.language.Understand(text, clock)
	q.Clock = clock
	if e.nameReports(q); len(q.Named) > 0 && len(q.Reports) > 0 && clock != latest(q.Reports) {
		return e.understandAt(text, latest(q.Reports)) // last year is the year before theirs
	}
	e.soundOut(q)
	return q
}

// clock is when the reports speak that a question names, which is
// what 去年 counts from; where it names none, when the latest report speaks.
func (e *Engine) clock(text string) corpus.Clock {
	named, _ := e.named(fold.String(text))
	if len(named) == 0 {
		return e.now
	}
	return latest(named)
}

func latest(reports map[*corpus.Head]bool) (clock corpus.Clock) {
	for r := range reports {
		at := r.Clock()
		clock.Year, clock.Months = max(clock.Year, at.Year), max(clock.Months, at.Months)
	}
	return clock
}

// settle gives a question that names no place the report that it was answered
// from, with the others of its issuer, and their time: this year, asked after how
// many jobs were added in China, is the year of China's report.
func (e *Engine) settle(ctx context.Context, q *question.Query) {
	a := e.answer(ctx, q.Text, q)
	if !a.Answered || len(a.Passages) == 0 {
		return
	}
	from := a.Passages[0].Report
	q.Reports = map[*corpus.Head]bool{}
	for _, r := range e.corpus.Reports {
		if r == from.Head || r.Issuer != "" && r.Issuer == from.Issuer {
			q.Reports[r] = true
		}
	}
	q.Clock, q.Placed = latest(q.Reports), true
}

// mainland is a question with the words of Taiwan and of Cantonese that no report has put as
// the mainland says them: 網路零售額 is 网络零售额. One without such words stays as it is.
func (e *Engine) mainland(question string) string {
	text := fold.New(question)
	r := text.Runes
	var out strings.Builder
	from, changed := 0, false
	for i := 0; i < len(r); {
		n := e.language.Other.At(r, i)
		if n == 0 || n > 1 && e.store.MayHave(r[i:i+n]) { // 咗 is written in Cantonese alone
			i += max(n, 1)
			continue
		}
		out.WriteString(question[text.Off[from]:text.Off[i]] + e.language.Taiwan[string(r[i:i+n])])
		i += n
		from, changed = i, true
	}
	if !changed {
		return question
	}
	return out.String() + question[text.Off[from]:]
}

// leans tells a follow-up: short, and with a word of ellipsis or nothing but a period.
func (e *Engine) leans(q *question.Query) bool {
	text := fold.String(strings.TrimSpace(q.Text))
	r := []rune(text)
	content := 0
	for _, p := range q.Content() {
		content += len([]rune(p.Text))
	}
	if content == 0 && !q.NamesThing() {
		return true
	}
	if q.Lang == "en" {
		return e.language.Leans(text, content)
	}
	const limit = 8
	at, _ := ellipses.Find(r)
	return content <= limit && (at == 0 || strings.HasSuffix(strings.TrimRight(text, "?？ "), "呢"))
}

// mayLean tells a question that is a follow-up if it finds nothing alone: short,
// and with a time or a status that may be set against the one before (今年计划听取
// 多少项). One that names an indicator of its own (今年GDP目标定多少) is none.
func (e *Engine) mayLean(q *question.Query) bool {
	indicator := slices.ContainsFunc(q.Words, func(w question.AskedWord) bool {
		r := []rune(w.Text)
		return w.Head && e.language.Asks["certain"].Set.Before(r, len(r)) > 0
	})
	if indicator {
		return false
	}
	length := len([]rune(e.language.ContentOf(e.dissect(q.Text, q.Clock).rest)))
	return q.Follows == "" && q.Lang != "en" && !q.Placed && length <= longestLeaning && (len(q.Periods) > 0 || q.Status != "")
}

// longestLeaning in characters is what such a question may name: 今年民生实事里安排多少.
const longestLeaning = 5

// following is q as a follow-up to last.
func (e *Engine) following(ctx context.Context, q, last *question.Query) *question.Query {
	fresh := q.Content()
	merged := *last
	text := e.replaced(ctx, fresh, q, last)
	if q.Placed && e.placeless(q.Text) == "" { // 白湖呢
		text = q.Text + e.placeless(last.Text)
	}
	if text != "" {
		merged = *e.understandAt(text, q.Clock)
		merged.Want, merged.Why, merged.List = last.Want, last.Why, last.List
		merged.Parts = append(question.Unsaid(fresh, text), merged.Parts...)
		fresh = nil
	} else {
		merged.Text = last.Text + " " + q.Text
	}
	merged.Lang, merged.Clock, merged.Reports, merged.Placed = q.Lang, q.Clock, q.Reports, q.Placed
	merged.TakeFrom(q)
	merged.Variants = slices.Clone(merged.Variants)
	for i, members := range q.Variants {
		if len(members) > 0 {
			merged.Variants[i] = members
		}
	}
	parts := slices.Clone(fresh)
	for _, p := range merged.Parts {
		p.Faded = p.Faded || len(fresh) > 0
		p.Start += len([]rune(q.Text)) + 2
		parts = append(parts, p)
	}
	merged.Parts = parts
	if len(fresh) > 0 {
		merged.Focus, merged.Words = q.Focus, q.WordsBefore(last)
	}
	return &merged
}

// replaced is the text of the question before with its counterpart of what is
// new in a follow-up put out for it, "" where it has none: of 小学近视率多少 and
// 初中呢, 初中近视率多少.
//
// The reports tell which words are counterparts: the things that figures of one
// sentence count (其中小学34.8%、初中70.3%). Of several those are taken that have
// the most in common with what was asked: not 近视率 of 儿童青少年总体近视率.
func (e *Engine) replaced(ctx context.Context, fresh []question.Part, q, last *question.Query) string {
	if len(fresh) == 0 || q.Lang == "en" || slices.ContainsFunc(last.Parts, func(p question.Part) bool { return p.Faded }) {
		return ""
	}
	if text := e.sameEnding([]rune(fresh[0].Text), []rune(last.Text)); text != "" {
		return text
	}
	both := *last
	both.Parts = slices.Concat(fresh, last.Parts)
	nominees, err := e.nominate(ctx, rank.Weigh(e.store, &both, e.language), nil)
	if err != nil {
		return ""
	}
	best, closest := "", 0.0
	for _, n := range nominees {
		for _, s := range siblings(n.paragraph, fresh[0].Text) {
			mine := commonIn(s.mine, fresh[0].Text)
			its := trimAlike(commonIn(s.its, last.Text), s.mine, mine)
			if len([]rune(its)) < 2 || share(mine, fresh[0].Text) < mostOfWord || strings.Contains(last.Text+s.its, mine) || strings.Contains(fresh[0].Text+s.mine, its) {
				continue
			}
			if close := s.close * share(mine, s.mine) * share(its, s.its) * min(share(mine, its), share(its, mine)); close > closest {
				best, closest = strings.Replace(last.Text, e.wholeName(last.Text, its, mine), mine, 1), close
			}
		}
	}
	return best
}

// mostOfWord is how much of what is new in a follow-up its counterpart's sibling must have: 居民收入 is no 预算收入.
const mostOfWord = 0.6

// wholeName is a word of a question with the noun before it that makes one name of the two, where an indicator takes
// its place: 外贸进出口, for which 一般公共预算收入 is asked. Of a place and a time it stays what it was.
func (e *Engine) wholeName(text, word, indicator string) string {
	before, _, _ := strings.Cut(text, word)
	r, mine := []rune(before), []rune(indicator)
	if len(r) == 0 || e.language.Asks["certain"].Set.Before(mine, len(mine)) == 0 {
		return word
	}
	words := lexicon.Cut(r, nil)
	last := words[len(words)-1]
	name := string(r[last.From:last.To])
	if last.Kind != lexicon.Noun || last.To-last.From < 2 || strings.ContainsRune("全本我各", r[last.From]) || strings.ContainsRune(question.PlaceSuffixes+"年月季期", r[last.To-1]) {
		return word
	}
	return name + word
}

// sameEnding puts a word in the place of one as long that ends alike, where the
// reports have both: 余额 for 限额, 利得税 for 薪俸税.
func (e *Engine) sameEnding(word, text []rune) string {
	n := len(word)
	if n < 2 || n > 4 || strings.Contains(string(text), string(word)) {
		return ""
	}
	for i := 0; i+n <= len(text); i++ {
		if its := text[i : i+n]; its[n-1] == word[n-1] && its[0] != word[0] && e.store.MayHave(its) && e.store.MayHave(word) {
			return string(text[:i]) + string(word) + string(text[i+n:])
		}
	}
	return ""
}

// sibling is two things that figures of one paragraph count in units alike,
// with one verb or in one sentence, which is closer.
type sibling struct {
	mine, its string
	close     float64
}

// siblings are those of which the first has something of a word.
func siblings(p *corpus.Paragraph, word string) (out []sibling) {
	figures := p.Figures()
	for _, f := range figures {
		mine := fold.String(f.What)
		if len([]rune(commonIn(mine, word))) < 2 {
			continue
		}
		for _, g := range figures {
			if its := fold.String(g.What); (g.Unit == f.Unit || rank.AlikeUnits(g.Unit, f.Unit, f.Class())) && its != mine && its != "" && (g.SameSentence(f) || g.Verb != "" && g.Verb == f.Verb) {
				out = append(out, sibling{mine, its, (1 + rank.Truth(g.SameSentence(f))) / 2})
			}
		}
	}
	return out
}

// trimAlike is its without the end that it has in common with the whole of the
// other, and that what was said of the other leaves out: of 铁塔基站 against 5G
// of 5G通信基站, 铁塔.
func trimAlike(its, other, said string) string {
	r := []rune(its)
	end := len(r)
	for end > 1 && strings.HasSuffix(other, string(r[end-1:])) && !strings.HasSuffix(said, string(r[end-1:])) {
		end--
	}
	return string(r[:end])
}

// share is how much of a text a stretch of it is.
func share(part, of string) float64 { return float64(len(part)) / float64(len(of)) }

// commonIn is the longest stretch that two texts have in common.
func commonIn(a, b string) string {
	x, best := []rune(a), ""
	for i := range x {
		for j := i + len([]rune(best)) + 1; j <= len(x) && strings.Contains(b, string(x[i:j])); j++ {
			best = string(x[i:j])
		}
	}
	return best
}
