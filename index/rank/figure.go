package rank

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
	"reportbot/index/question"
)

// Candidate is a figure that may answer, with its features.
type Candidate struct {
	*corpus.Figure
	Page     *Page
	own      Bits // grams of the question in its own stretch, verb and thing
	clause   Bits
	OwnFrom  int // where its own stretch begins, in runes of its paragraph
	words    []rune
	naming   int // how many of these are its verb and thing
	Features FigureFeatures
	Score    float64
}

// Candidates are the figures of a page; lag is how far it is behind the best one,
// in fours of score. They are looked at once: what else depends on other pages is
// set by Distinguish.
func (w *Weighed) Candidates(g *Page, lag float64) []*Candidate {
	for _, c := range g.candidates {
		c.fallBehind(lag)
	}
	if g.candidates != nil {
		return g.candidates
	}
	all, out := make([]Candidate, len(g.Mentions())), make([]*Candidate, len(g.Mentions()))
	on := w.onPage(g)
	for i, f := range g.Mentions() {
		c := &all[i]
		c.Figure, c.Page = f, g
		w.figureFeatures(c, i, &on)
		c.fallBehind(lag)
		out[i] = c
	}
	g.candidates = out
	return out
}

// fallBehind sets how far a figure's passage is behind the best one, in fours of score.
func (c *Candidate) fallBehind(lag float64) {
	c.Features.Passage, c.Features.BehindPassage = math.Exp(-lag), math.Min(3, lag)
}

// onPage is what the figures of a page have in common, and those of the sentence that was looked
// at last.
type onPage struct {
	above, named, older float64
	from, to            int // of the sentence, in runes
	sentence, run       float64
}

func (w *Weighed) onPage(g *Page) onPage {
	on := onPage{from: -1}
	on.named, on.older = w.reportOf(g.Report.Head)
	above := g.Heading
	for k := range g.Have {
		above.Or(&g.Have[k])
	}
	on.above = w.Coverage(&above)
	return on
}

func (w *Weighed) lookAt(on *onPage, g *Page, from, to int) {
	if on.from != from || on.to != to {
		sentence := g.between(from, to)
		on.from, on.to, on.sentence, on.run = from, to, w.Coverage(&sentence), w.longestRun(g, from, to)
	}
}

// Distinguish sets the feature distinct, which depends on all candidates: of
// 公办14家、民办9家 the word that only one has decides (idf over the candidates).
func (w *Weighed) Distinguish(cs []*Candidate) {
	count := make([]float64, len(w.weight))
	for _, c := range cs {
		for n := range count {
			if c.own.has(n) {
				count[n]++
			}
		}
	}
	rare := make([]float64, len(w.weight))
	for n, k := range count {
		if k > 0 {
			rare[n] = w.weight[n] * math.Log(1+float64(len(cs))/k)
		}
	}
	for _, c := range cs {
		c.Features.Distinct = w.rareShare(c, rare)
	}
}

// Relate sets the features part and earlier, which depend on the other candidates.
func (w *Weighed) Relate(cs []*Candidate) {
	for _, c := range cs {
		for _, o := range cs {
			if o == c || o.Paragraph != c.Paragraph || o.Unit != c.Unit || o.Role != c.Role {
				continue
			}
			if o.Start < c.Start && o.Sentence == c.Sentence && c.Features.Counted < NamesFocus && PartsOf(o, c) {
				c.Features.Part = 1
			}
			if c.Paragraph.Row != nil && len(w.Periods) == 0 && o.What == c.What && o.Status == c.Status && c.Period.Known() && o.Period.From > c.Period.From && o.Period.To > c.Period.To && !o.Period.AsOf() {
				c.Features.Earlier = 1
			}
			if len(w.Periods) == 0 && c.Role == corpus.To && o.Start > c.Start && o.Sentence == c.Sentence && wentOn(c, o) {
				c.Features.Earlier = 1
			}
		}
	}
}

// wentOn tells that what one figure reached went on to the other: 上升至5.4%后，逐步下跌至3.4%.
func wentOn(first, then *Candidate) bool {
	r := first.Page.Folded.Runes
	between := r[first.Page.Rune(first.End):first.Page.Rune(then.Start)]
	return slices.ContainsFunc(between, func(c rune) bool { return strings.ContainsRune("后再又", c) })
}

// rareShare is the coverage of the question by a candidate's own stretch, and
// by half of its clause, where the grams weigh what rare says.
func (w *Weighed) rareShare(c *Candidate, rare []float64) float64 {
	sum, total := 0.0, 0.0
	for _, p := range w.WeighedParts {
		weight, share := 0.0, 0.0
		for _, a := range p.alts {
			have, all := 0.0, 0.0
			for n := a.from; n < a.to; n++ {
				all += rare[n]
				switch {
				case c.own.has(n):
					have += rare[n]
				case c.clause.has(n):
					have += rare[n] / 2
				}
			}
			weight = math.Max(weight, all)
			if all > 0 {
				share = math.Max(share, a.quality*have/all)
			}
		}
		sum += p.Fresh * weight * share
		total += p.Fresh * weight
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

func (g *Page) Rune(at int) int {
	i, _ := slices.BinarySearch(g.Folded.Off, at-g.Start)
	return i
}

func (w *Weighed) figureFeatures(c *Candidate, i int, on *onPage) {
	g, f := c.Page, c.Figure
	x := &c.Features
	at, end := g.Rune(f.Start), g.Rune(f.End)
	clauseFrom, clauseTo := g.Rune(f.Clause.Start), g.Rune(f.Clause.End)
	sentenceFrom, sentenceTo := g.Rune(f.Sentence.Start), g.Rune(f.Sentence.End)
	if f.Kind == quantity.Date { // 到了1314年,权力中心正式转移: what was then comes behind it
		clauseTo = g.untilNextDate(i, sentenceTo)
	}

	w.lookAt(on, g, sentenceFrom, sentenceTo)
	x.Sentence, x.Run = on.sentence, on.run
	clause := g.between(clauseFrom, clauseTo)
	x.Clause = w.Coverage(&clause)
	clauses := g.between(g.clauseBefore(clauseFrom, sentenceFrom), clauseTo)
	x.Clauses = w.Coverage(&clauses)
	ownFrom, ownTo := g.own(i, clauseFrom, clauseTo)
	own := g.between(ownFrom, ownTo)
	c.OwnFrom = ownFrom
	thing := c.readWords()
	if f.Kind != quantity.Date {
		var room [32]hit
		for _, h := range w.hits(room[:0], c.words[:c.naming]) {
			for _, n := range h.numbers {
				own.set(n) // a verb that the list shares stands before its first figure
			}
		}
		x.Counted = w.named(c.words[thing:c.naming])
	}
	x.Own = w.Coverage(&own)
	c.own, c.clause = own, clause
	behind := 2.0
	if f.Kind == quantity.Date {
		behind = 1
	}
	x.Near = w.near(g, at, end, behind)
	left, right := g.between(ownFrom, at), g.between(end, ownTo)
	x.Left, x.Right = w.Coverage(&left), w.Coverage(&right)
	x.CharsOwn, x.CharsClauses, x.RareClauses = w.coverageBy(characters, &own), w.coverageBy(characters, &clauses), w.coverageBy(rare, &clauses)
	prefix := g.between(g.sentenceBefore(sentenceFrom), clauseTo)
	prefix.Or(&g.Heading)
	x.Prefix = w.Coverage(&prefix)
	x.UnitSaid = Truth(f.Unit != "" && strings.Contains(w.Text, f.Unit))
	x.Elsewhere = Truth(w.elsewhereIn(g.Folded.Runes[ownFrom:ownTo], f))
	x.Against = Truth(w.Against != "" && strings.Contains(string(g.Folded.Runes[ownFrom:at]), w.Against))
	x.AlignedLeft, x.AlignedRight = w.aligned(g, g.leftOf(i, at), at, end)
	x.Above = on.above

	if f.Each != "" {
		x.Each = w.named(fold.New(f.Each).Runes)
		for _, other := range f.Other {
			x.Each -= w.named(fold.New(other).Runes) / float64(len(f.Other))
		}
	}
	x.Verb = Truth(f.Verb != "" && strings.Contains(w.Text, fold.String(f.Verb)))
	w.unitFeatures(f, x)
	x.Asked = Truth(w.Says(f))
	if f.Value.IsInteger() && !strings.ContainsAny(f.Text, "0123456789") {
		x.One = Truth(f.Value.IntPart() == 1)
		x.Two = Truth(f.Value.IntPart() > 1 && f.Value.IntPart() < 10)
	}
	x.Before = commonSuffix(TrimFillers([]rune(w.Before)), TrimFillers(g.Folded.Runes[max(0, at-9):at]))
	x.After = commonPrefix([]rune(w.After), trimLeadFillers(g.Folded.Runes[end:min(len(g.Folded.Runes), end+8)]))
	if focus := []rune(w.Focus); len(focus) >= 2 {
		x.Focus = Truth(strings.Contains(g.Slice(clauseFrom, clauseTo), string(focus[:2])))
		x.FocusNext = Truth(strings.HasPrefix(string(trimLeadFillers(g.Folded.Runes[end:])), string(focus[:2])))
	} else if w.Lang == "en" {
		x.Focus, x.FocusNext = w.counts(g, clauseFrom, clauseTo, end)
		x.Uncounted = Truth(w.countedIn(c) < countedFrom)
	}
	x.Period, x.OtherPeriod = max(w.PeriodOf(f), 0), Truth(w.PeriodOf(f) < 0)
	x.Stated = Truth(x.Period == 1 && f.Period.Stated <= corpus.InSentence)
	if f.Period.AsOf() {
		x.Period *= 0.8
	}
	if w.Status != "" {
		x.Status, x.OtherStatus = Truth(f.Status == w.Status), Truth(f.Status != w.Status)
	}
	x.Aimed = Truth(w.Status == "" && len(w.Periods) == 0 && f.Status == corpus.Target)
	w.roleFeatures(f, x)
	if w.Extent != "" {
		extent := w.Language.ExtentOf([]rune(fold.String(f.Verb) + string(g.Folded.Runes[ownFrom:at])))
		if extent == "" { // 一共约有600万视锥细胞和1.25亿视杆细胞
			extent = w.Language.ExtentOf(g.Folded.Runes[clauseFrom:at])
		}
		switch extent {
		case w.Extent:
			x.Extent = 1
		case "":
		default:
			x.Extent = -1
		}
	}
	same, _ := w.variantOf(c)
	x.Variant = Truth(same)
	x.Average = Truth(!w.average && w.Language.Asks["average"].InWord(c.words) || !w.yearly && w.Language.Asks["yearly"].InWord(w.spokenBefore(c)))
	x.Lent = w.lent(c)
	x.Milestone = Truth(!w.milestone && w.isMilestone(c))
	x.Scale = Truth(w.Scale != "" && strings.Contains(fold.String(f.Text), w.Scale))

	x.Qualifier = Truth(g.qualifies(f))
	x.Named, x.Older = on.named, on.older
	x.Beside = Truth(w.asksBeside(g, i))
	w.wordFeatures(c, x, [2]int{ownFrom, ownTo}, [2]int{clauseFrom, clauseTo}, [2]int{sentenceFrom, sentenceTo})
}

// isMilestone tells a mark that was passed on the way. Of 迈上6万亿元台阶，达到62661亿元 the second is none.
func (w *Weighed) isMilestone(c *Candidate) bool {
	marks := w.Language.Asks["milestone"]
	if !marks.InWord(c.words) {
		return false
	}
	before := w.spokenBefore(c)
	return marks.InWord(before) || !slices.ContainsFunc(before, func(r rune) bool { return r == '达' || r == '为' })
}

// asksAverage tells a question that asks for an average, a clause of it in the words of another too.
func (w *Weighed) asksAverage() bool {
	averages := w.Language.Asks["average"]
	return averages.InWord([]rune(w.Text)) || slices.ContainsFunc(w.Parts, func(p question.Part) bool { return averages.InWord([]rune(p.Text)) })
}

// sentenceBefore is where the sentence before the one at from begins.
func (g *Page) sentenceBefore(from int) int {
	best := from
	for _, s := range g.sentences {
		if s[0] < from {
			best = s[0]
		}
	}
	return best
}

// elsewhereIn tells a figure whose own words name a place that the question does not; of a list
// of places its member counts.
func (w *Weighed) elsewhereIn(own []rune, f *corpus.Figure) bool {
	report := f.Paragraph.Report
	if f.Each != "" {
		return w.elsewhere([]rune(fold.String(f.Each)), report)
	}
	return w.elsewhere(own, report) || w.elsewhere([]rune(fold.String(f.What)), report)
}

// elsewhere tells words that name a place which the question does not, and which is not the report's own:
// 城东区. Where something is done (在北部都会区预留) is no part of a name.
func (w *Weighed) elsewhere(r []rune, report *corpus.Report) bool {
	for i := 2; i < len(r); i++ {
		if !strings.ContainsRune(question.PlaceSuffixes, r[i]) || !fold.Han(r[i-1]) || !fold.Han(r[i-2]) || w.Language.NoPlace.Before(r, i+1) > 0 || strings.ContainsRune("和与及跟对给向", r[i-1]) { // 中央和省对我市
			continue
		}
		if cut := lexicon.Cut(r[i-2:i+1], nil); cut[0].To == 2 && (cut[0].Kind == lexicon.Verb || cut[0].Kind == lexicon.Noun) { // 办理省人大代表建议
			continue
		}
		if i+1 < len(r) && w.Language.NoPlace.At(r, i) > 1 {
			continue
		}
		if !strings.Contains(w.Text, string(r[i-2:i])) && !located(r[:i-2]) {
			return true
		}
	}
	for i := range r {
		if n := w.Language.Places.At(r, i); n >= 2 && !withinVerb(r, i, n) && !strings.Contains(w.Text, string(r[i:i+2])) && !located(r[:i]) && !report.IsOn(string(r[i:i+2])) {
			return true
		}
	}
	return false
}

// withinVerb tells that a name of two characters with its suffix begins within a verb: no 成县 is in 建成县域中心.
func withinVerb(r []rune, at, n int) bool {
	if n != 2 || at == 0 || !strings.ContainsRune(question.PlaceSuffixes, r[at+1]) {
		return false
	}
	first := lexicon.Cut(r[at-1:at+1], nil)[0]
	return first.To == 2 && first.Kind == lexicon.Verb
}

// located tells that what follows is where something is or is done.
func located(before []rune) bool {
	for k := len(before) - 1; k >= max(0, len(before)-longestBearing); k-- {
		if before[k] == '在' || before[k] == '于' {
			return true
		}
	}
	return false
}

// longestBearing is how many characters may stand between 在 and the 都会区 of 北部都会区.
const longestBearing = 3

// qualifies tells a figure with a bound behind it that a noun follows.
func (g *Page) qualifies(f *corpus.Figure) bool {
	end := g.Rune(f.Bounded.End)
	return f.Bounded.End > f.End && end < len(g.Folded.Runes) && fold.Han(g.Folded.Runes[end])
}

// Restricts tells a figure that says which ones others count, and is no level of its own: 经济总量超500亿元的县域增至12个,
// 新增1个经济总量近千亿的县市.
func (c *Candidate) Restricts() bool {
	g, all := c.Page, c.Page.Mentions()
	at := slices.IndexFunc(all, func(f *corpus.Figure) bool { return f.ID == c.ID })
	if at < 0 || c.Bound == "" {
		return false
	}
	behind := []rune(strings.TrimPrefix(g.behind(g.Rune(c.Bounded.End)), "的"))
	kind := len(behind) > 0 && lexicon.Cut(behind, nil)[0].Kind == lexicon.Noun
	joined := func(a, b *corpus.Figure) bool { // no mark, and no more than a name, stands between them
		between := g.Slice(g.Rune(a.Bounded.End), max(g.Rune(a.Bounded.End), g.Rune(b.Bounded.Start)))
		return a.SameClause(b) && len([]rune(between)) <= longestKind && !strings.ContainsAny(between, "，、,；;：:及和与")
	}
	counts := func(f *corpus.Figure) bool { return f.Class() == "count" && f.Role != corpus.Growth }
	return kind && at+1 < len(all) && counts(all[at+1]) && joined(c.Figure, all[at+1]) || at > 0 && counts(all[at-1]) && joined(all[at-1], c.Figure)
}

// longestKind is how many characters may name what is counted, and what of it.
const longestKind = 8

// Says tells whether the question itself has a figure: 面积占9%, 产值占百分之几.
func (w *Weighed) Says(f *corpus.Figure) bool {
	return slices.ContainsFunc(w.Numbers, func(n quantity.Quantity) bool {
		return n.Value.Equal(f.Value) && (n.Unit == f.Unit || n.Unit == "" || f.Unit == "")
	})
}

// asksBeside tells whether another number of the figure's clause stands in the question.
func (w *Weighed) asksBeside(g *Page, i int) bool {
	f := g.Mentions()[i]
	for k, other := range g.Mentions() {
		if k != i && other.Kind == quantity.Amount && other.SameClause(f) && w.Says(other) {
			return true
		}
	}
	return false
}

func Truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// clauseBefore is where the clause before the one at from begins.
func (g *Page) clauseBefore(from, sentenceFrom int) int {
	for from--; from > sentenceFrom && (from-1 < 0 || !strings.ContainsRune("，,；;：:", g.Folded.Runes[from-1])); from-- {
	}
	return max(from, sentenceFrom)
}

// untilNextDate is where the next date as coarse as this one begins, or to.
func (g *Page) untilNextDate(i, to int) int {
	for _, next := range g.Mentions()[i+1:] {
		if at := g.Rune(next.Start); next.Kind == quantity.Date && next.Unit == g.Mentions()[i].Unit {
			return min(at, to)
		}
	}
	return to
}

// own is the stretch between the neighbouring figures of the clause, for a date
// the whole of it.
func (g *Page) own(i, from, to int) (int, int) {
	if g.Mentions()[i].Kind == quantity.Date {
		return from, to
	}
	if i > 0 {
		from = max(from, g.afterThing(g.Mentions()[i-1], g.Rune(g.Mentions()[i].Start)))
	}
	if i+1 < len(g.Mentions()) {
		to = min(to, g.Rune(g.Mentions()[i+1].Start))
	}
	if before := g.Slice(from, max(from, g.Rune(g.Mentions()[i].Start))); g.Report.Lang == "en" && i > 0 {
		from += utf8.RuneCountInString(before[:corpus.TurnIn(before)]) // of 92% for women and 95% for men the second is not for women
	}
	me := g.Mentions()[i] // one of three shares lies within the proportion before it
	return min(from, g.Rune(me.Start)), max(to, g.Rune(me.End))
}

// afterThing is where the words of a figure end, what it counts with them where that stands behind it: of
// 16条重点产业链、30个专业镇 the chain is no word of the town.
func (g *Page) afterThing(f *corpus.Figure, to int) int {
	end := g.Rune(f.End)
	what := fold.New(f.What).Runes
	for at := end; len(what) > 1 && at <= end+behindUnit && at+len(what) <= to; at++ {
		if slices.Equal(g.Folded.Runes[at:at+len(what)], what) {
			return at + len(what)
		}
	}
	return end
}

// leftOf is how far to the left of the i-th figure, which begins at a rune, the text may be about it: up to what
// the one before it counts.
func (g *Page) leftOf(i, at int) int {
	if i > 0 {
		before := g.Mentions()[i-1]
		if end := g.afterThing(before, at); end > g.Rune(before.End) {
			return end
		}
	}
	return 0
}

// behindUnit in characters is how far behind a figure the thing that it counts may begin: 3项 、“”.
const behindUnit = 2

// near is the coverage where a gram counts less the farther it stands from
// the figure: e^(-distance/15), and half of that behind the figure or in
// another sentence.
func (w *Weighed) near(g *Page, at, end int, behind float64) float64 {
	if w.Total == 0 {
		return 0
	}
	var room [mostGrams]float64
	best := room[:len(w.weight)]
	scale := float64(g.scale())
	for _, h := range g.hits {
		distance := 0.0
		switch {
		case h.end <= at:
			distance = float64(at - h.end)
		case h.at >= end:
			distance = float64(h.at-end)*behind + 2
		}
		distance /= scale
		if distance > farthest {
			continue
		}
		v := fading(distance)
		for _, n := range h.numbers {
			best[n] = math.Max(best[n], v)
		}
	}
	sum := 0.0
	for _, p := range w.WeighedParts {
		top := 0.0
		for _, a := range p.alts {
			s := 0.0
			for n := a.from; n < a.to; n++ {
				s += best[n] * w.weight[n]
			}
			if a.sum > 0 {
				top = math.Max(top, a.quality*s/a.sum)
			}
		}
		sum += top * p.Weight * p.Fresh
	}
	return sum / w.Total
}

// fading is e^(-distance/15). Nearly all distances are whole.
func fading(distance float64) float64 {
	if n := int(distance); float64(n) == distance {
		return faded[n]
	}
	return math.Exp(-distance / 15)
}

const farthest = 60 // characters from a figure nothing is said of it

var faded = func() (by [farthest + 1]float64) {
	for n := range by {
		by[n] = math.Exp(-float64(n) / 15)
	}
	return by
}()

// named is the share of a thing's name that stands in the question: of
// 市级数字化车间, 数字化车间 is most, 车间 is little.
func (w *Weighed) named(r []rune) float64 {
	have, all := 0.0, 0.0
	say := func(numbers []int) {
		all++
		best := 0.0
		for _, n := range numbers {
			best = math.Max(best, w.surely[n])
		}
		have += best
	}
	alone := -1 // the only gram is a character
	for i, grams := 0, 0; i < len(r); {
		switch {
		case fold.Han(r[i]):
			if grams++; grams == 1 {
				alone = i
			}
			if i+1 < len(r) && fold.Han(r[i+1]) {
				grams++
				say(w.numbersOf(r[i : i+2]))
			}
			i++
		case fold.Alnum(r[i]):
			end := analysis.WordEnd(r, i)
			grams++
			say(w.numbersOfWord(r[i:end]))
			i = end
		default:
			i++
		}
		if grams > 1 {
			alone = -1
		}
	}
	if alone >= 0 {
		say(w.numbersOf(r[alone : alone+1]))
	}
	if all == 0 {
		return 0
	}
	return have / all
}

func (w *Weighed) unitFeatures(f *corpus.Figure, x *FigureFeatures) {
	switch f.Kind {
	case quantity.Date:
		x.Date, x.WantedDate = Truth(w.Want != question.WantDate), Truth(w.Want == question.WantDate)
		x.Grain = Truth(w.Grain == question.GrainOfDate(f.Unit))
		return
	case quantity.Ordinal:
		x.Ordinal, x.WantedOrdinal = Truth(w.Want != question.WantOrdinal), Truth(w.Want == question.WantOrdinal)
		return
	}
	if w.Unit != "" {
		x.Unit = Truth(f.Unit == w.Unit || w.perUnit(f))
		x.Alike = Truth(x.Unit == 0 && AlikeUnits(w.Unit, f.Unit, f.Class()))
		x.OtherUnit = Truth(w.Unit != "个") * (1 - x.Unit - x.Alike)
		if f.Unit != "" && f.Unit != w.Unit && w.Unit == "个" && strings.HasPrefix(w.Focus, f.Unit) { // 几个国家: 三国
			x.Unit, x.Alike = 1, 0
		}
		if w.Unit == "个" && x.Alike > 0 { // 几个 asks of stations and of charging guns alike
			x.Unit, x.Alike = countedInOnes, 0
		}
	}
	if len(w.Likely) > 0 {
		x.Likely = Truth(slices.Contains(w.Likely, f.Class()))
		x.Unlikely = 1 - x.Likely
	}
	if len(w.Classes) > 0 {
		x.Class = Truth(w.classOf(f))
		x.OtherClass = Truth(x.Class == 0 && !w.perUnit(f))
	} else if w.Unit != "" {
		x.OtherClass = Truth(f.Unit != "" && f.Class() != w.Language.Quantities.Class(w.Unit) && x.Alike == 0 && x.Unit == 0)
	}
}

// classOf tells whether a figure's unit is of a class that is asked for.
func (w *Weighed) classOf(f *corpus.Figure) bool {
	part := f.Unit == "比" && slices.Contains(w.Classes, "percent") // 第三产业占比: of 5.6∶41.8∶52.6
	return part || slices.Contains(w.Classes, f.Class())
}

// perUnit tells a rate in the unit asked for: 45公里每小时 for 每小时多少公里.
func (w *Weighed) perUnit(f *corpus.Figure) bool {
	return w.Unit != "" && (strings.HasPrefix(f.Unit, w.Unit+"每") || strings.HasPrefix(f.Unit, w.Unit+"/"))
}

// countedInOnes is how well another classifier meets a question in 个.
const countedInOnes = 0.7

// AlikeUnits: people are counted in 人, 名, 位; firms in 家 or 个; a question
// may use either. 个 may ask for whatever is counted one by one. class is that of unit.
func AlikeUnits(asked, unit, class string) bool {
	if asked == "个" && class == "person" {
		return true
	}
	for _, set := range [][]string{{"人", "名", "位", "人次"}, {"个", "家", "座", "处", "所", "项", "种", "类", "间", "支", "条", "只"}, {"公里", "千米", "里"}, {"只", "艘"}, {"辆", "台", "部", "架"}} {
		if slices.Contains(set, asked) && slices.Contains(set, unit) {
			return true
		}
	}
	return false
}

func (w *Weighed) roleFeatures(f *corpus.Figure, x *FigureFeatures) {
	change := f.Role == corpus.Growth || f.Role == corpus.Increase
	switch {
	case w.Role == corpus.To:
		x.Role, x.OtherRole = Truth(f.Role == corpus.To), Truth(f.Role == corpus.From || change)
	case w.Role != "":
		// a rate grows by percentage points
		same := f.Role == w.Role || w.Lang == "en" && w.Role == corpus.Growth && f.Role == corpus.Increase || w.Role == corpus.Growth && f.Role == corpus.Increase && f.Class() == "percent" || w.Role == corpus.Share && w.reachedShare(f)
		x.Role, x.OtherRole = Truth(same), Truth(!same)
	default:
		x.Change = Truth(change)
	}
	x.From = Truth(f.Role == corpus.From)
}

// reachedShare tells a share by its name: 增加值占比提高到25.5%, 优良天数比率96.7%.
func (w *Weighed) reachedShare(f *corpus.Figure) bool {
	return (f.Role == corpus.To || f.Role == corpus.Level) && f.Class() == "percent" && w.Language.Asks["share"].InWord([]rune(fold.String(f.What)))
}

// PeriodOf is 1 if a figure's period is one that is asked for, less if it only
// lies within it, -1 if it is known to be another, 0 if neither the question
// nor the report tells. A part of a year is no year, nor the other way round:
// that of 1—8月 is not that of 8月. What was done in one month was done in its year.
func (w *Weighed) PeriodOf(f *corpus.Figure) float64 {
	if len(w.Periods) == 0 || !f.Period.Known() {
		return 0
	}
	best := -1.0
	for _, p := range w.Periods {
		switch {
		case f.Period.From == p.From && f.Period.To == p.To:
			return 1
		case f.Role == corpus.From && f.Period.To-f.Period.From > 12 && p.To-p.From == 12 && (p.From == f.Period.From || p.To == f.Period.From):
			return 1 // from 79,000 to 384,000 over the last seven years: where it began
		case w.Unyeared && p.To-p.From < 12 && f.Period.From < p.From && p.SamePart(f.Period):
			best = max(best, recurring*12/float64(p.From-f.Period.From))
		case f.Period.Within(p) && (p.To-p.From < 12 || partOfYear(f.Period)):
		case p.Within(f.Period) && (f.Period.AsOf() || p.To-p.From >= 12 && p.To == f.Period.To && f.Status == corpus.Target):
			best = 1 // what is to be by the end of 2021—2025 is to be in 2025; it is no sum of 2022
		case p.Within(f.Period) && p.To-p.From >= 12 && p.To == f.Period.To && w.stock(f):
			best = max(best, endOfPeriod)
		case f.Period.Within(p) && p.To-p.From > 12:
			best = max(best, yearOfSeveral)
		case beginsIn(f.Period, p):
			best = max(best, withinPeriod)
		case nearlyAsLong(f.Period, p):
			best = max(best, withinPeriod)
		case overlap(f.Period, p) && (f.Period.Stated < corpus.InReport || min(f.Period.To, p.To)-max(f.Period.From, p.From) >= halfYear): // of a report of 1995 nothing is surely of 1994-95
			best = max(best, yearOfSeveral)
		case f.Period.Within(p):
			best = max(best, withinPeriod)
		}
	}
	return best
}

// recurring is how well the same part of the year before is what is asked for where no year is named: a report
// of January that is asked for the first half looks back on the last one.
const recurring = 0.8

// beginsIn tells a year of accounts that begins in the calendar's year that is asked for: 2020-21 of
// this year, said in 2020.
func beginsIn(accounts, year corpus.Period) bool {
	return year.To-year.From == 12 && accounts.To-accounts.From == 12 && year.From%12 == 0 && accounts.From > year.From && accounts.From < year.To
}

// overlap tells a year of accounts and one of the calendar that share months: who asks for 2020-21 may be
// answered of 2021, though not as surely.
func overlap(one, other corpus.Period) bool {
	years := one.To-one.From == 12 && other.To-other.From == 12
	return years && (one.From%12 == 0) != (other.From%12 == 0) && one.From < other.To && other.From < one.To
}

// halfYear, in months, is how much of a year of accounts the year of a report must share.
const halfYear = 6

// nearlyAsLong tells two spans of several years that share all but a year or so of each: the next ten years, said
// in 2020, are 2020—2029, and in accounts those from 2021/22 to 2030/31.
func nearlyAsLong(one, other corpus.Period) bool {
	shared := min(one.To, other.To) - max(one.From, other.From)
	return shared >= manyYears && max(one.To-one.From, other.To-other.From)-shared <= 18
}

// manyYears, in months, is from when on a year or so more or less is the same span.
const manyYears = 8 * 12

// stock tells how much there is from what was added up over a period: the length of
// a network in 2021—2025 is that at its end.
func (w *Weighed) stock(f *corpus.Figure) bool {
	return f.Role == corpus.To || f.Role == corpus.Level && f.Verb == "" && w.Language.ExtentOf([]rune(fold.String(f.What))) != "new"
}

func partOfYear(p corpus.Period) bool { return p.To-p.From > 1 && p.To-p.From < 12 }

// A figure of the first half is less than that of the year, one of a year less than
// that of five years, and what there is at the end of five years may be of the last.
const (
	withinPeriod  = 0.8
	yearOfSeveral = 0.2
	endOfPeriod   = 0.3
)

// MostlyThen is from when on a figure is of the time asked for.
const MostlyThen = withinPeriod

// TrimFillers drops what may stand before 多少 and before the figure without
// saying anything: 占有了多少名, 佔了224名.
func TrimFillers(r []rune) []rune {
	for len(r) > 0 && strings.ContainsRune("了有达到为是约共近超一则±:+- ", r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	return r
}

// trimLeadFillers drops what may stand behind the figure and not behind 多少:
// 多少人为学生, 2位则为学生.
func trimLeadFillers(r []rune) []rune {
	for len(r) > 0 && strings.ContainsRune("则均都也的", r[0]) {
		r = r[1:]
	}
	return r
}

func commonSuffix(a, b []rune) float64 {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return float64(n) / 6
}

func commonPrefix(a, b []rune) float64 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return float64(n) / 6
}

// PartsOf tells that 其中 stands between a figure and another: the second is a part.
func PartsOf(whole, part *Candidate) bool {
	g := part.Page
	return strings.Contains(g.Slice(g.Rune(whole.End), g.Rune(part.Start)), "其中")
}

// About is how much a figure's own words are those of the question, 0 to 1.
func (c *Candidate) About() float64 { return (c.Features.Own + c.Features.Counted) / 2 }

// HeavyShare: parts that weigh at least this share of the heaviest must be met.
const HeavyShare = 4

// NamesFocus is from when on a noun counts as named: a piece of another word for
// it does not, 学校 of 高等学校 for 大学.
const NamesFocus = 0.34

// Surroundings is what a figure's sentence, the sentences before it and the
// headings say: 卡塞雷斯 … 。人口为91606人。
func (c *Candidate) Surroundings() Bits {
	have := c.Page.Heading
	for i, s := range c.Page.Sentences {
		if s.Start <= c.Start {
			have.Or(&c.Page.Have[i])
		}
	}
	return have
}
