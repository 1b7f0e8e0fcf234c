package index

import (
	"slices"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
)

// What a question asks for and what a figure is named are held against each other
// word by word: an indicator is a head with its modifiers, on both sides. GDP is not
// 人均GDP, nor 制造业增加值占GDP的比重. For the search no words are needed.

// askedWord is a word of a question that names something.
type askedWord struct {
	text   string
	kind   lexicon.Kind
	said   []string // it and the words that mean the same, folded
	weight float64  // its rarity in the reports
	absent bool     // the dictionary has it, and no report has it or one that means the same
	head   bool     // it is the noun that is asked for
	whole  bool     // what is asked for is a part of it: 常住人口 of 常住人口里乡村的
}

// partMarks stand behind a whole and before its part: 户籍人口里城镇的.
const partMarks = "里中内"

// wordsOf cuts the unmasked Chinese of a question into words that name something.
func (l *Language) wordsOf(r []rune, mask []bool) (out []askedWord) {
	for i := 0; i < len(r); {
		if mask[i] || !fold.Han(r[i]) && !fold.Alnum(r[i]) {
			i++
			continue
		}
		end := i
		if !fold.Han(r[i]) {
			for end = analysis.WordEnd(r, i); end < len(r) && fold.Alnum(r[end]); end = analysis.WordEnd(r, end) {
			}
			if w := string(r[i:end]); !l.stop[analysis.Stem(w)] {
				out = append(out, askedWord{text: w, kind: lexicon.Noun, said: l.alike(w)})
			}
			i = end
			continue
		}
		for end < len(r) && !mask[end] && fold.Han(r[end]) {
			end++
		}
		run := r[i:end]
		for k, w := range l.cut(run) {
			text := string(run[w.From:w.To])
			switch {
			case strings.Contains(partMarks, text) && len(text) > 0 && k > 0 && (w.To < len(run) || end < len(r)):
				for n := range out {
					out[n].whole = true
				}
			case w.Kind == lexicon.Other || l.asks["weak"].set.Has(text) || l.asks["thingless"].set.Has(text):
			default:
				out = append(out, askedWord{text: text, kind: w.Kind, said: l.alike(text)})
			}
		}
		i = end
	}
	return out
}

// cut is the words of a Chinese run; those of the synonyms stay whole, and a suffix
// belongs to the word before it: 贡献率.
func (l *Language) cut(run []rune) (out []lexicon.Word) {
	for _, w := range lexicon.Cut(run, l.same.Has) {
		if n := len(out) - 1; n >= 0 && w.To-w.From == 1 && out[n].Kind != lexicon.Other && l.asks["suffix"].set.Has(string(run[w.From:w.To])) {
			out[n].To, out[n].Kind = w.To, lexicon.Noun
			continue
		}
		out = append(out, w)
	}
	return out
}

// alike is a word and those that mean the same.
func (l *Language) alike(word string) []string {
	return append([]string{word}, l.synonyms[word]...)
}

// readHead marks the noun that is asked for: that behind 多少 and its unit, else
// the last one before it, else the last verb.
func (q *Query) readHead() {
	last, best := -1, -1
	for i, w := range q.words {
		rank := 0
		switch {
		case w.whole:
		case q.Focus != "" && strings.Contains(q.Focus, w.text) && w.kind == lexicon.Noun:
			rank = 3
		case (w.kind == lexicon.Noun || w.kind == lexicon.Place) && len([]rune(w.text)) > 1:
			rank = 2
		case w.kind != lexicon.Other && len([]rune(w.text)) > 1:
			rank = 1
		}
		if rank >= best {
			last, best = i, rank
		}
	}
	if last >= 0 {
		q.words[last].head, q.words[last].whole = true, false
	}
}

// weighWords looks up how rare the words are.
func (w *weigher) weighWords() {
	for i := range w.words {
		a := &w.words[i]
		surest := 0.0
		for _, said := range a.said {
			surest = max(surest, w.paragraphsWith(Alt{Text: said, grams: analysis.Grams([]rune(said))}))
		}
		a.weight = w.rarityOf(min(surest, w.store.Docs))
		if len([]rune(a.text)) == 1 {
			a.weight *= characterWeight
		}
		a.absent = surest == 0 && len([]rune(a.text)) > 1 && a.kind == lexicon.Noun
	}
}

// inText tells whether a text says a word.
func (a askedWord) inText(text string) bool {
	return slices.ContainsFunc(a.said, func(s string) bool { return strings.Contains(text, s) })
}

// wordFeatures hold the words of a question against the name of a figure: its verb,
// what it counts, what stands right before it, and the noun right behind it.
func (w *weighed) wordFeatures(c *candidate, x map[string]float64, sentenceFrom, clauseFrom, at, end int) {
	if len(w.words) == 0 {
		return
	}
	g, f := c.page, c.Figure
	what := fold.String(f.What + " " + f.Each)
	name := fold.String(f.Verb) + " " + what + " " + string(g.text.Runes[min(c.ownFrom, at):at]) + " " + g.behind(end)
	clause, sentence := string(g.text.Runes[clauseFrom:at]), string(g.text.Runes[min(sentenceFrom, at):at])
	all, named, near, least, heaviest := 0.0, 0.0, 0.0, 1.0, 0.0
	for _, a := range w.words {
		heaviest = max(heaviest, a.weight)
	}
	for _, a := range w.words {
		inName, inSentence := a.inText(name), a.inText(sentence)
		if a.head {
			switch {
			case inName:
				x["head"] = 1
			case a.inText(clause):
				x["head"] = 0.6
			case inSentence:
				x["head"] = 0.3
			}
		}
		if a.whole { // what it is a part of stands before it, and is not its own name
			switch {
			case a.inText(what):
				x["whole"]--
			case inSentence:
				x["whole"]++
			}
			continue
		}
		all += a.weight
		if inName {
			named += a.weight
		}
		switch {
		case inName:
			near += a.weight
		case inSentence:
			near += a.weight
			least = min(least, 0.5)
		case a.weight > heaviest/heavyShare:
			least = 0
		}
	}
	if all > 0 {
		x["wordsnamed"], x["wordsnear"] = named/all, near/all
	}
	x["leastnamed"] = least
	x["extra"] = w.extra([]rune(what), g.Report.Title)
	x["swapped"] = x["extra"] * (1 - x["wordsnamed"])
	x["exact"] = truth(x["head"] == 1 && x["extra"] < 0.1 && least > 0)
}

// wordsOn is the share of the question's words that a page or its headings say.
func (w *weighed) wordsOn(g *page) float64 {
	text := string(g.text.Runes) + " " + fold.String(strings.Join(g.Path(), " "))
	all, said := 0.0, 0.0
	for _, a := range w.words {
		all += a.weight
		if a.inText(text) {
			said += a.weight
		}
	}
	if all == 0 {
		return 0
	}
	return said / all
}

// spokenBefore is the words of a figure's clause before it, from the figure before on.
func (w *weighed) spokenBefore(c *candidate) []rune {
	at := c.page.rune(c.Start)
	return c.page.text.Runes[min(c.ownFrom, at):at]
}

// behind is the noun that stands right behind a figure, up to where another thing
// begins.
func (g *page) behind(end int) string {
	r := g.text.Runes
	to := end
	for to < len(r) && to-end < 12 && (fold.Han(r[to]) || fold.Alnum(r[to])) && !strings.ContainsRune("和及", r[to]) {
		to++
	}
	return string(r[end:to])
}

// extra is how much of what a figure is named the question does not say, from 0 to
// 1, the place of its report aside: 制造业, 增加值, 比重 of 制造业增加值占GDP的比重 for GDP.
func (w *weighed) extra(what []rune, title string) float64 {
	covered := make([]bool, len(what))
	text := string(what)
	for _, a := range w.words {
		for _, s := range a.said {
			for from := 0; ; {
				k := strings.Index(text[from:], s)
				if k < 0 {
					break
				}
				start := len([]rune(text[:from+k]))
				for n := range []rune(s) {
					covered[start+n] = true
				}
				from += k + len(s)
			}
		}
	}
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
			if covered[i] {
				met++
			} else {
				extra++
			}
			i = end
			continue
		}
		for _, word := range w.language.cut(what[i:end]) {
			n := float64(word.To - word.From)
			switch said := string(what[i+word.From : i+word.To]); {
			case covered[i+word.From] || covered[i+word.To-1]:
				met += n
			case word.Kind == lexicon.Other || w.language.asks["plain"].set.Has(said) || n == 1 && word.Kind != lexicon.Place:
			case word.Kind == lexicon.Place && strings.Contains(title, strings.TrimRight(said, placeSuffixes)):
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

// absent is the share of the question's words, by weight, that the dictionary knows
// and no report has.
func (w *weighed) absentWords() float64 {
	all, gone := 0.0, 0.0
	for _, a := range w.words {
		all += a.weight
		if a.absent {
			gone += a.weight
		}
	}
	if all == 0 {
		return 0
	}
	return gone / all
}
