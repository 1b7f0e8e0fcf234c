package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/question"
)

// said is a figure with what is said of it, ready to be compared.
type said struct {
	*corpus.Figure
	amount    amount
	name      []string // what it counts, in characters and Latin words
	length    int      // of that as it is written, in characters
	verb      []string
	extent    string          // "new", "total" or ""
	direction int             // of a change: 1 up, -1 down, 0 not told
	own       map[string]bool // pairs of characters of the stretch of its clause that is its own
	wide      map[string]bool // … of its sentence and the one before, and of its headings
	sentence  map[string]bool // … of its sentence alone
	stated    statement
	status    string // the word by which it says that it was achieved or is planned, "" for none
}

// place is where a stretch of a report begins.
type place struct {
	*corpus.Paragraph
	at int
}

// reader reads figures, each once.
type reader struct {
	language *question.Language
	known    map[*corpus.Figure]*said

	wide, sentences map[place]map[string]bool // by sentence
}

func newReader(l *question.Language) *reader {
	return &reader{l, map[*corpus.Figure]*said{}, map[place]map[string]bool{}, map[place]map[string]bool{}}
}

func (r *reader) read(f *corpus.Figure) *said {
	if s := r.known[f]; s != nil {
		return s
	}
	stretch := r.stretch(f)
	s := &said{Figure: f, amount: amountOf(f), verb: r.tokens([]rune(fold.String(f.Verb)))}
	s.name, s.length = r.nameOf(f, stretch)
	s.extent = r.language.ExtentOf(slices.Concat([]rune(fold.String(f.Verb)), stretch))
	s.direction = r.directionOf(f, stretch)
	s.own = r.pairs(stretch)
	s.wide = r.surroundings(f)
	s.sentence = r.sentenceOf(f)
	s.stated = r.statementOf(f)
	s.status = statusWord(f, stretch)
	r.known[f] = s
	return s
}

// statusWord is the word by which a figure is said to be achieved or planned, "" where it
// was only taken for that.
func statusWord(f *corpus.Figure, stretch []rune) string {
	if f.Status == corpus.Actual {
		text := slices.Concat([]rune(fold.String(f.Verb)+" "), stretch)
		at, n := words["done"].Find(text)
		return string(text[max(0, at) : max(0, at)+n])
	}
	if _, word, ok := strings.Cut(f.By, "status: word "); ok {
		return fold.String(word)
	}
	if strings.Contains(f.By, "status: a goal") {
		return "目标"
	}
	return ""
}

// stretch is the folded text of a figure's clause up to it, from the figure before on.
func (r *reader) stretch(f *corpus.Figure) []rune {
	if f.Paragraph.Row != nil {
		return []rune(fold.String(f.What))
	}
	from := f.Clause.Start
	for _, g := range f.Paragraph.Figures() {
		if g.End <= f.Start && g.End > from {
			from = g.End
		}
	}
	return []rune(fold.String(f.Paragraph.Report.Text[min(from, f.Start):f.Start]))
}

// directionOf is which way a change goes: by the last such word before it, else the
// first right behind it, else its sign. What is no change has none.
func (r *reader) directionOf(f *corpus.Figure, stretch []rune) int {
	if f.Role != corpus.Growth && f.Role != corpus.Increase && f.Unit != "个百分点" {
		return 0
	}
	if f.Value.IsNegative() {
		return -1
	}
	up, down := r.language.Asks["rises"].LastWord(stretch), r.language.Asks["falls"].LastWord(stretch)
	if up == down && f.Paragraph.Row == nil {
		behind := []rune(fold.String(f.Paragraph.Report.Text[f.End:min(f.Clause.End, f.End+longestBehind)]))
		if at, n := r.language.Asks["falls"].FindWord(behind); n > 0 && at <= 2 {
			return -1
		}
		if at, n := r.language.Asks["rises"].FindWord(behind); n > 0 && at <= 2 {
			return 1
		}
		up, down = r.language.Asks["rises"].LastWord(r.clauseOf(f)), r.language.Asks["falls"].LastWord(r.clauseOf(f))
	}
	switch {
	case up == down && f.Role == corpus.Growth && f.Paragraph.Row != nil:
		return 1 // a column of growth has no word for it
	case up == down:
		return 0
	case up > down:
		return 1
	}
	return -1
}

// clauseOf is a figure's clause up to it: 分别增长6.5%、8.9% has one word for both.
func (r *reader) clauseOf(f *corpus.Figure) []rune {
	return []rune(fold.String(f.Paragraph.Report.Text[min(f.Clause.Start, f.Start):f.Start]))
}

// longestBehind in bytes is how far behind a figure its direction may stand: 41.2%的降幅.
const longestBehind = 24

// nameOf is what a figure counts. Of 城镇和农村居民人均收入分别… the member that is meant
// stands in the place of the list. Where it was not read it is what the clause says before
// it, without the words of a change: 居民消费价格 of 全年居民消费价格比上年下降0.4%.
func (r *reader) nameOf(f *corpus.Figure, stretch []rune) (name []string, length int) {
	what := fold.String(f.What)
	if utf8.RuneCountInString(what) < 2 {
		what = r.unturned(stretch)
	}
	if f.Each != "" && fold.String(f.Each) != what {
		what = r.member(f, what)
	}
	return r.tokens(r.bare(r.language.Canonical([]rune(what)))), len(r.bare([]rune(what)))
}

// member is the name of one of a list: of 城镇和农村居民人均收入 城镇居民人均收入, for what
// stands behind the last is meant of all.
func (r *reader) member(f *corpus.Figure, what string) string {
	each := string(r.cutBefore([]rune(fold.String(f.Each))))
	rest, last := what, ""
	for _, other := range append([]string{f.Each}, f.Other...) {
		member := string(r.cutBefore([]rune(fold.String(other))))
		rest = strings.Replace(rest, member, "", 1)
		if strings.HasSuffix(what, member) {
			last = member
		}
	}
	if rest = strings.Trim(string(r.cutBefore([]rune(rest))), "和、与及, "); rest != "" {
		return each + rest
	}
	if n := utf8.RuneCountInString(each); utf8.RuneCountInString(last) > n+1 {
		return each + string([]rune(last)[n:])
	}
	return each
}

func (r *reader) unturned(stretch []rune) string {
	for _, class := range []string{"rises", "falls"} {
		if n := r.language.Asks[class].Set.Before(stretch, len(stretch)); n > 0 {
			stretch = stretch[:len(stretch)-n]
		}
	}
	return string(stretch)
}

// bare is a name without what is no part of it at its ends.
func (r *reader) bare(runes []rune) []rune {
	runes = r.cutBefore(runes)
	if words["aside"].At(runes, 0) == len(runes) {
		return nil
	}
	for len(runes) > 0 {
		if runes[len(runes)-1] == ' ' {
			runes = runes[:len(runes)-1]
			continue
		}
		n := words["tail"].Before(runes, len(runes))
		if n == 0 || n == len(runes) || runes[len(runes)-1] < 0x80 {
			break
		}
		runes = runes[:len(runes)-n]
	}
	return runes
}

// cutBefore cuts the words off that a name begins with and that are no part of it: spaces,
// names of places and areas, and words like 累计.
func (r *reader) cutBefore(runes []rune) []rune {
	for {
		n := max(words["area"].At(runes, 0), words["aside"].At(runes, 0), r.placeAt(runes))
		if len(runes) > 0 && runes[0] == ' ' {
			n = 1
		}
		if n == 0 || n >= len(runes) || runes[0] != ' ' && runes[0] < 0x80 {
			return runes
		}
		runes = runes[n:]
	}
}

// placeAt is the length of the name of a place that runes begin with: of the gazetteer, or
// that of a report with what it is (青溪县).
func (r *reader) placeAt(runes []rune) int {
	n := r.language.Places.At(runes, 0)
	if n < 2 && len(runes) > 2 && r.language.Names[string(runes[:2])] {
		n = 2
	}
	if n >= 2 && n < len(runes) && strings.ContainsRune(question.PlaceSuffixes, runes[n]) {
		n++
	}
	return n
}

// tokens are the Han characters and the stems of the Latin words of a text, those left
// out that name nothing.
func (r *reader) tokens(runes []rune) (out []string) {
	for _, g := range analysis.Grams(runes) {
		han := fold.Han(runes[g.Start])
		if han && g.End-g.Start > 1 || !han && (words["aside"].Has(string(runes[g.Start:g.End])) || r.language.Stop[g.Text]) {
			continue
		}
		if g.Text != "的" {
			out = append(out, g.Text)
		}
	}
	return out
}

// pairs are the pairs of characters, Latin words and numbers of a text that say what it is
// about: numbers, times and words that name nothing are left out.
func (r *reader) pairs(runes []rune) map[string]bool {
	out := map[string]bool{}
	r.addPairs(out, runes)
	return out
}

func (r *reader) addPairs(out map[string]bool, runes []rune) {
	for _, g := range analysis.Grams(r.blanked(r.language.Canonical(runes))) {
		first := []rune(g.Text)[0]
		switch {
		case '0' <= first && first <= '9':
		case fold.Han(first) && g.End-g.Start < 2:
		case words["tail"].Has(g.Text) || words["aside"].Has(g.Text) || r.language.Stop[g.Text]:
		default:
			out[g.Text] = true
		}
	}
}

// blanked is a text with spaces in the place of the words that tell where it is spoken of, of
// those that name nothing, and of years: what stands beside them makes no pair with them.
func (r *reader) blanked(runes []rune) []rune {
	out := make([]rune, 0, len(runes))
	for i := 0; i < len(runes); {
		rest := runes[i:]
		n := max(words["area"].At(rest, 0), r.placeAt(rest))
		if aside := words["aside"].At(rest, 0); aside > 1 && rest[0] >= 0x80 {
			n = max(n, aside)
		}
		if rest[0] == '年' && i > 0 && '0' <= runes[i-1] && runes[i-1] <= '9' {
			n = max(n, 1)
		}
		if n == 0 {
			out = append(out, runes[i])
			i++
			continue
		}
		out = append(out, ' ')
		i += n
	}
	return out
}

// sentenceText is the folded text of a figure's sentence.
func (r *reader) sentenceText(f *corpus.Figure) []rune {
	return []rune(fold.String(f.Paragraph.Report.Slice(f.Sentence)))
}

// sentenceOf is the pairs of a figure's sentence.
func (r *reader) sentenceOf(f *corpus.Figure) map[string]bool {
	key := place{f.Paragraph, f.Sentence.Start}
	if r.sentences[key] == nil {
		r.sentences[key] = r.pairs(r.sentenceText(f))
	}
	return r.sentences[key]
}

// surroundings are the pairs of a figure's sentence, of the one before, and of the
// headings above.
func (r *reader) surroundings(f *corpus.Figure) map[string]bool {
	p := f.Paragraph
	from := f.Sentence.Start
	for _, s := range p.Sentences {
		if s.End <= f.Sentence.Start {
			from = s.Start
		}
	}
	span := corpus.Span{Start: from, End: f.Sentence.End}
	if p.Row != nil {
		span = p.Span
	}
	key := place{p, f.Sentence.Start}
	if known := r.wide[key]; known != nil {
		return known
	}
	out := map[string]bool{}
	r.addPairs(out, []rune(fold.String(p.Report.Slice(span))))
	r.addPairs(out, []rune(fold.String(strings.Join(p.Path(), " "))))
	if p.Row != nil {
		r.addPairs(out, []rune(fold.String(f.What)))
	}
	r.wide[key] = out
	return out
}
