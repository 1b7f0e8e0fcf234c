package rank

import (
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
	"reportbot/index/question"
)

// weighWords looks up how rare the words are.
func (w *weigher) weighWords() {
	for i := range w.Words {
		a := &w.Words[i]
		surest := 0.0
		for _, said := range a.Said {
			surest = max(surest, w.paragraphsWith(question.Alt{Text: said, Grams: analysis.Grams([]rune(said))}))
			if !strings.Contains(said, " ") { // it may be a stem, of which another would be cut: nurs
				surest = max(surest, w.frequency(said))
			}
		}
		if surest == 0 && len(a.Stems) > 0 { // said in words that stand apart, it is as rare as the rarest of them
			surest = w.store.Docs
			for _, stem := range a.Stems {
				surest = min(surest, w.frequency(stem))
			}
		}
		a.Weight = w.rarityOf(min(surest, w.store.Docs))
		if len([]rune(a.Text)) == 1 {
			a.Weight *= characterWeight
		}
		a.Absent = surest == 0 && len([]rune(a.Text)) > 1 && a.Kind == lexicon.Noun
	}
}

// wordFeatures hold the words of a question against the name of a figure: its verb,
// what it counts, what stands right before it, and the noun right behind it.
func (w *Weighed) wordFeatures(c *Candidate, x *FigureFeatures, own, clauses, sentences [2]int) {
	if len(w.Words) == 0 {
		return
	}
	g, f := c.Page, c.Figure
	at, end := g.Rune(f.Start), g.Rune(f.End)
	what := fold.String(w.nameFor(c) + " " + f.Each)
	member := fold.String(f.Member())
	name := fold.String(f.Verb) + " " + what + " " + member + " " + g.Slice(min(c.OwnFrom, at), at) + " " + g.behind(end)
	if f.Role == corpus.Growth && f.What != "" { // 国内生产总值超过126万亿元、增长5.2% is 国内生产总值增长
		name += " " + strings.TrimSpace(what) + "增长"
	}
	clause, sentence := g.Slice(clauses[0], at), g.Slice(min(sentences[0], at), at)
	if g.Report.Lang == "en" { // what a figure is of stands behind it as often as before
		name += " " + g.Slice(end, end+w.Language.BehindFigure(g.Folded.Runes[end:max(end, own[1])]))
		clause, sentence = g.Slice(clauses[0], clauses[1]), g.Slice(sentences[0], sentences[1])
	}
	if w.givenFor(f) {
		sentence += " " + w.purpose(g, end, sentences[1])
	}
	all, named, near, least, heaviest := 0.0, 0.0, 0.0, 1.0, 0.0
	for _, a := range w.Words {
		heaviest = max(heaviest, a.Weight)
	}
	for _, a := range w.Words {
		inName, inSentence := a.InText(name), a.InText(sentence)
		if a.Head {
			switch {
			case inName:
				x.Head = 1
			case a.InText(clause):
				x.Head = 0.6
			case inSentence:
				x.Head = 0.3
			}
		}
		if a.Whole { // what it is a part of stands before it, and is not its own name
			switch {
			case a.InText(what):
				x.Whole--
			case inSentence:
				x.Whole++
			}
			continue
		}
		all += a.Weight
		if inName {
			named += a.Weight
		}
		switch {
		case inName:
			near += a.Weight
		case inSentence:
			near += a.Weight
			least = min(least, 0.5)
		case a.Weight > heaviest/HeavyShare:
			least = 0
		}
	}
	if all > 0 {
		x.WordsNamed, x.WordsNear = named/all, near/all
	}
	x.LeastNamed = least
	x.Extra = w.extra(strings.TrimSpace(what), g.Slice(min(c.OwnFrom, at), at), g.Report.Title)
	x.Swapped = x.Extra * (1 - x.WordsNamed)
	x.Exact = Truth(x.Head == 1 && x.Extra < 0.1 && least > 0)
}

// nameFor is the name of a figure; of a change whose own names nothing that of the amount before it in its sentence:
// 税收收入54亿元，可比增长15.3%.
func (w *Weighed) nameFor(c *Candidate) string {
	f := c.Figure
	if f.Role != corpus.Growth || !w.Language.Asks["nameless"].Set.Has(fold.String(f.What)) {
		return f.What
	}
	name := f.What
	for _, before := range c.Page.Mentions() {
		if before.Start < f.Start && before.SameSentence(f) && before.Role == corpus.Level && before.Class() != "percent" && before.What != "" {
			name = before.What
		}
	}
	return name
}

// givenFor tells money with no name but that of money, in Chinese: what it is for stands behind it, 安排资金136亿元，
// 办好34件民生实事.
func (w *Weighed) givenFor(f *corpus.Figure) bool {
	what := fold.String(f.What)
	return f.Class() == "money" && f.Role == corpus.Level && f.Paragraph.Report.Lang != "en" && (what == "" || w.Language.Asks["funds"].Set.Has(what))
}

// purpose is the clause behind a figure, to the end of its sentence or to the next money.
func (w *Weighed) purpose(g *Page, end, sentenceTo int) string {
	to := sentenceTo
	for _, m := range g.Mentions() {
		if at := g.Rune(m.Start); at > end && at < to && m.Class() == "money" {
			to = g.clauseBefore(at, end)
		}
	}
	return g.Slice(end, max(end, to))
}

// WordsOn is the share of the question's words that a page or its headings say.
func (w *Weighed) WordsOn(g *Page) float64 {
	text := string(g.Folded.Runes) + " " + fold.String(strings.Join(g.Path(), " "))
	all, said := 0.0, 0.0
	for _, a := range w.Words {
		all += a.Weight
		if a.InText(text) {
			said += a.Weight
		}
	}
	if all == 0 {
		return 0
	}
	return said / all
}

// spokenBefore is the words of a figure's clause before it, from the figure before on.
func (w *Weighed) spokenBefore(c *Candidate) []rune {
	at := c.Page.Rune(c.Start)
	return c.Page.Folded.Runes[min(c.OwnFrom, at):at]
}

// Behind is the noun right behind a figure, in Chinese.
func (c *Candidate) Behind() string { return c.Page.behind(c.Page.Rune(c.End)) }

// behind is the noun that stands right behind a figure, up to where another thing
// begins.
func (g *Page) behind(end int) string {
	r := g.Folded.Runes
	if end < len(r) && r[end] == '的' {
		quote := end + 1
		for quote < len(r) && r[quote] == ' ' {
			quote++
		}
		if quote < len(r) && strings.ContainsRune("“「『《\"", r[quote]) { // 5亿元的“渔业发展基金”
			end = quote + 1
		}
	}
	to := end
	for to < len(r) && to-end < 12 && (fold.Han(r[to]) || fold.Alnum(r[to])) && !strings.ContainsRune("和及", r[to]) {
		to++
	}
	return g.Slice(end, to)
}

// extra is how much of what a figure is named the question does not say, from 0 to
// 1, the place of its report aside: 制造业, 增加值, 比重 of 制造业增加值占GDP的比重 for GDP.
func (w *Weighed) extra(name, before, title string) float64 {
	text, what := name, []rune(name)
	if at := strings.LastIndex(before, name); at >= 0 { // 经济增长5%: what it does to the name is said of it too
		text = before[at:]
	}
	covered := w.SaidIn(text)
	met, extra := 0.0, 0.0
	for i := 0; i < len(what); {
		if !fold.Han(what[i]) && !fold.Alnum(what[i]) {
			i++
			continue
		}
		end := i
		for end < len(what) && fold.Han(what[end]) == fold.Han(what[i]) && (fold.Han(what[end]) || fold.Alnum(what[end])) {
			end++
		}
		if !fold.Han(what[i]) {
			switch said := string(what[i:end]); {
			case covered[i]:
				met++
			case w.Language.Stop[analysis.Stem(said)]: // the over and the past of over the past name nothing
			default:
				extra++
			}
			i = end
			continue
		}
		for _, word := range w.Language.Cut(what[i:end]) {
			n := float64(word.To - word.From)
			switch said := string(what[i+word.From : i+word.To]); {
			case covered[i+word.From] || covered[i+word.To-1]: // 县域 of 县域经济 is said of it too
				for k := word.From; k < word.To && !covered[i+k]; k++ {
					met, extra = met-1, extra+1
				}
				met += n
			case word.Kind == lexicon.Other || w.Language.Asks["plain"].Set.Has(said) || n == 1 && word.Kind != lexicon.Place:
			case word.Kind == lexicon.Place && strings.Contains(title, strings.TrimRight(said, question.PlaceSuffixes)):
			case strings.Contains(w.Text, said):
				met += n
			default:
				extra += n
			}
		}
		i = end
	}
	if met+extra == 0 {
		return 0
	}
	return extra / (met + extra)
}

// SaidIn is which characters of a text the words of the question say.
func (w *Weighed) SaidIn(text string) []bool {
	said := make([]bool, utf8.RuneCountInString(text))
	for _, a := range w.Words {
		for from, to := range a.In(text) {
			start := utf8.RuneCountInString(text[:from])
			for n := range utf8.RuneCountInString(text[from:to]) {
				said[start+n] = true
			}
		}
	}
	return said
}

// absent is the share of the question's words, by weight, that the dictionary knows
// and no report has.
func (w *Weighed) AbsentWords() float64 {
	all, gone := 0.0, 0.0
	for _, a := range w.Words {
		all += a.Weight
		if a.Absent {
			gone += a.Weight
		}
	}
	if all == 0 {
		return 0
	}
	return gone / all
}
