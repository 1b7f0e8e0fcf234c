package index

import (
	"context"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/decide"
	"reportbot/index/lexicon"
	"reportbot/index/question"
)

// Whether a figure is of the place that is asked about. The place is a condition: the
// figure of another one is never an answer, and where no report is of the place that
// a question names, that is the answer.

// askedPlace is a place that a question names.
type askedPlace struct {
	text   string // as it stands, folded: 东湖县
	name   string // without its suffix where it is one of the gazetteer's: 安徽
	at, to int
}

// placesIn finds the places that a question names: those of the gazetteer, down to
// counties, and what looks like one by its suffix: 东湖县.
func (e *Engine) placesIn(r []rune) (places []askedPlace) {
	for i := 0; i < len(r); i++ {
		n, listed := e.language.Places.At(r, i), true
		if none := e.language.NoPlace.At(r, i); none > max(n, 2) { // 示范县 has no 范县
			i += none - 1
			continue
		}
		if asking := max(e.language.Asking.At(r, i), e.language.Asks["opens"].Set.At(r, i)); asking > 0 && asking >= n {
			i += asking - 1
			continue
		}
		if own := e.ownAt(r, i); own > n {
			n, listed = own, false
		}
		if n < 2 {
			n, listed = max(e.bySuffix(r, i), e.language.ShortCounty(r, i)), false
		}
		if n < 2 {
			continue
		}
		p := askedPlace{text: string(r[i : i+n]), at: i, to: i + n}
		if p.name = p.text; listed {
			p.name = e.language.ShortName(p.text)
		}
		places = append(places, p)
		i += n - 1
	}
	return places
}

// ownAt is the length of the name of a report's place, with a suffix: 东和县 is not 和县.
func (e *Engine) ownAt(r []rune, i int) int {
	for n := 5; n > 3; n-- {
		if i+n <= len(r) && e.long[string(r[i:i+n])] {
			return n
		}
	}
	switch {
	case i+1 >= len(r) || !e.titles[string(r[i:i+2])].place:
		return 0
	case i+2 < len(r) && strings.ContainsRune(question.PlaceSuffixes, r[i+2]) && e.language.NoPlace.At(r, i+2) < 2:
		return 3
	}
	return 2
}

// longestName in characters, without its suffix, that is taken for the name of a place which
// the gazetteer does not have.
const longestName = 4

// bySuffix is the length of what is the name of a place by its suffix. Where a place
// may begin any name that the reports don't have is one; elsewhere two characters.
func (e *Engine) bySuffix(r []rune, i int) int {
	opens := e.language.OpensPlace(r, i)
	from, most := 2, 2
	if opens {
		if n := autonomous(r, i); n > 0 {
			return n
		}
		from, most = 1, longestName
	}
	for k := from; k <= most && i+k < len(r); k++ {
		if c := r[i+k-1]; !fold.Han(c) || strings.ContainsRune(inNoName, c) && !(opens && (c == '和' || c == '多') && k > 1 && k <= 3) && !(i == 0 && k == 1 && beginsName(r)) {
			return 0
		}
		if !strings.ContainsRune("市区县旗镇", r[i+k]) || i+k+1 < len(r) && r[i+k+1] == '里' { // 抗疫市里拨了多少
			continue
		}
		if to := i + k + 1; opens && e.opening(r, i, to) || !opens && e.within(r, i, to) {
			return k + 1
		}
	}
	return 0
}

// beginsName tells a question that begins with a character which elsewhere ends a date or
// means the whole: 月湖区, 全州县, 从江县, and not 全县.
func beginsName(r []rune) bool {
	return strings.ContainsRune("年月日全从", r[0]) && len(r) > 1 && !strings.ContainsRune(question.PlaceSuffixes, r[1])
}

// autonomous is the length of a name that ends in 自治县 and the like, whatever it is.
func autonomous(r []rune, i int) int {
	text := string(r[i:min(len(r), i+longestAutonomous)])
	for _, suffix := range []string{"自治县", "自治旗", "联合旗", "自治州", "自治区"} {
		if at := strings.Index(text, suffix); at > 0 && !strings.ContainsAny(text[:at], "多少几哪的了") {
			return len([]rune(text[:at])) + 3
		}
	}
	return 0
}

const longestAutonomous = 16

// inNoName are characters that seldom stand in the name of a place: 分为东区、西区.
const inNoName = "年月日个时底初末的了为和与跟同在对将把被从到由及等是有无不这那其各每本全某该几多哪两给咱我"

// opening tells the name of a place where one may begin: what the reports don't have, and
// what is no word and no two words (规模以上市属企业).
func (e *Engine) opening(r []rune, from, to int) bool {
	name := r[from : to-1]
	tail := e.language.NoPlace.Before(r, to)
	switch {
	case e.language.NoPlace.At(r, to-1) > 1, tail == to-from, tail == len(name) && e.language.Asks["fresh"].Set.At(r, from) == 1, tail > 0 && (tail < 2 || len(name) != 2):
		return false
	case len(name) == 1 && from > 0 && strings.ContainsRune("哪几每某", r[from-1]): // 在哪一区
		return false
	case len(name) == 1 && e.endsOwn(name[0]): // 溪县 where a report is of 青溪县
		return true
	case e.store.MayHave(r[from:to]):
		return false
	case len(name) < 3:
		return true
	}
	return slices.ContainsFunc(lexicon.Cut(name, nil), func(w lexicon.Word) bool { return w.To-w.From == 1 || w.Kind == lexicon.Place })
}

// endsOwn tells a character that the name of a report's place ends with.
func (e *Engine) endsOwn(c rune) bool {
	for name := range e.language.Names {
		if strings.HasSuffix(name, string(c)) {
			return true
		}
	}
	return false
}

// within tells 临港市 from 全市, and from words that lie across: 山区 alone is no
// place, and that of 青山区 is one where no report has 山区.
func (e *Engine) within(r []rune, from, to int) bool {
	if e.language.Knows(r[from], r[from+1]) {
		return false
	}
	tail := e.store.Frequency(string(r[from+1 : to]))
	return tail == 0 || e.language.NoPlace.Before(r, to) == 0 && tail <= e.store.Frequency(string(r[from:from+2]))
}

// elsewhere tells a question on a place that no report mentions: the figure of
// another place is never its answer.
func (e *Engine) elsewhere(q *question.Query) bool {
	return slices.ContainsFunc(e.placesAsked(q), func(place string) bool { return !e.mayHave(place) })
}

// mayHave tells whether some report may name a place, in Chinese or in English.
func (e *Engine) mayHave(place string) bool {
	return slices.ContainsFunc(append([]string{place}, e.language.Lexicon.English(place)...), func(name string) bool { return e.store.MayHave([]rune(name)) })
}

// placesAsked is the places that a question names beside those of the reports.
func (e *Engine) placesAsked(q *question.Query) (places []string) {
	for _, p := range e.placesIn([]rune(q.Text)) {
		switch {
		case e.hasReport(p):
		case e.namesake(p):
			places = append(places, p.text)
		default:
			places = append(places, p.name)
		}
	}
	return append(places, e.otherPlaces(q)...)
}

// hasReport tells whether some report is of a place.
func (e *Engine) hasReport(p askedPlace) bool { return len(e.reportsOf(p)) > 0 }

// mostAsked places are remembered with their reports; then all are forgotten.
const mostAsked = 1000

// byPlace is the reports of the places that were asked for of late. A question asks for those
// of its place some ten times, and of 20,000 titles each takes five milliseconds.
type byPlace struct {
	mu      sync.Mutex
	reports map[string][]*corpus.Head
}

// reportsOf is the reports of a place. They are not to be changed.
func (e *Engine) reportsOf(p askedPlace) []*corpus.Head {
	e.byPlace.mu.Lock()
	defer e.byPlace.mu.Unlock()
	if of, known := e.byPlace.reports[p.text]; known {
		return of
	}
	var of []*corpus.Head
	for _, r := range e.corpus.Reports {
		if e.isOf(r, p) {
			of = append(of, r)
		}
	}
	if e.byPlace.reports == nil || len(e.byPlace.reports) >= mostAsked {
		e.byPlace.reports = map[string][]*corpus.Head{}
	}
	e.byPlace.reports[p.text] = of
	return of
}

// isOf tells whether a report is of a place by its title or issuer: 吉林 is 吉林省 there, and
// 吉林市 is not.
func (e *Engine) isOf(r *corpus.Head, p askedPlace) bool {
	title, long := e.fronts[r].text, e.fronts[r].name
	if long != p.text && (strings.HasSuffix(long, p.text) || strings.HasSuffix(long, p.text+lastOf(long))) {
		return false // 川城区 is not 文川城区
	}
	name := e.language.ShortName(p.text)
	suffix := strings.TrimPrefix(p.text, name)
	for at := range e.language.NamedAt(title, name) {
		rest := title[at+len(name):]
		if kind := prefectural.FindString(rest); kind != "" && suffix != "" && !strings.HasSuffix(kind, suffix) {
			continue // 昌吉市 is not 昌吉回族自治州, nor 阿克苏市 阿克苏地区
		}
		next, _ := utf8.DecodeRuneInString(rest)
		if suffix == "" || strings.HasPrefix(rest, suffix) || !strings.ContainsRune(question.PlaceSuffixes, next) {
			return true
		}
	}
	return r.Lang == "en" && e.language.NamesPlace(title, name)
}

// prefectural is the rest of a place's name of more than one character.
var prefectural = regexp.MustCompile(`^\p{Han}{0,12}?(?:自治[州县区旗]|地区|新区|林区|特区)`)

// namesake tells a place of whose short name a report is on another: 昌吉市, beside the report of 昌吉回族自治州.
func (e *Engine) namesake(p askedPlace) bool {
	return e.hasReport(askedPlace{text: p.name, name: p.name, at: p.at, to: p.to})
}

// lastOf is the last character of a name, "" for none.
func lastOf(name string) string {
	_, size := utf8.DecodeLastRuneInString(name)
	return name[len(name)-size:]
}

// front is the title and the issuer of a report, folded, and the pairs of characters
// by which it may be named.
type front struct {
	text  string
	name  string // the place that the title begins with, where its name has three characters or more; else ""
	pairs []pair
}

// longName is a title that begins with the name of a place of three or four characters
// and its suffix: 文川城区2021年政府工作报告, which is not that of 三川城区.
var longName = regexp.MustCompile(`^(?:关于)?(?:[0-9]{4}年度?)?([^省市县区旗\P{Han}]{3,4}[市区县旗镇乡])(?:[0-9]{4}年|人民政府|政府)`)

func longNameOf(text string) string {
	if m := longName.FindStringSubmatch(text); m != nil {
		return strings.Clone(m[1])
	}
	return ""
}

// frontsOf are the fronts of all reports: those of the engine before, where it read them
// with the same lists.
func (e *Engine) frontsOf(c *corpus.Corpus, before *Engine) map[*corpus.Head]front {
	fronts := make(map[*corpus.Head]front, len(c.Reports))
	same := before != nil && maps.Equal(before.own, e.own)
	for _, r := range c.Reports {
		if same {
			if f, known := before.fronts[r]; known {
				fronts[r] = f
				continue
			}
		}
		text := fold.String(r.Title + " " + r.Issuer)
		fronts[r] = front{text, longNameOf(text), e.pairsOf(r)}
	}
	return fronts
}

// keepPlace takes an answer back that is not of the place that the question names, and
// tells the place where no report is of it.
func (e *Engine) keepPlace(a *decide.Answer, f *decide.Finding) {
	place := e.noReportOf(f.Query)
	if place == "" {
		return
	}
	if a.Answered && len(a.Passages) > 0 {
		p := a.Passages[0].Paragraph
		said := fold.String(p.Text() + strings.Join(p.Path(), " ") + p.Report.Title)
		name := e.language.ShortName(place)
		if f.Language.NamesPlace(said, name) || f.IsAbout(p.Report, name) {
			return
		}
		a.Answered, a.Figures, a.Choices, a.Related = false, nil, nil, nil
	}
	a.NoReportOf, a.Instead = asNamed(f.Query, place), nil
}

// asNamed is a place as an English question names it, with capitals: New York for 纽约.
func asNamed(q *question.Query, place string) string {
	for _, p := range q.Named {
		if strings.TrimRight(p.Chinese, "省市") == place {
			return cases.Title(language.English).String(p.English)
		}
	}
	return place
}

// noReportOf is the place that a question names and no report is of, as it stands in the
// question; "" where there is none.
func (e *Engine) noReportOf(q *question.Query) string {
	for _, p := range e.placesIn([]rune(q.Text)) {
		if !e.hasReport(p) {
			return p.text
		}
	}
	if other := e.otherPlaces(q); len(other) > 0 {
		return other[0]
	}
	return ""
}

// asksWhose tells a question on 我省 or 我市 where the reports are of several.
func (e *Engine) asksWhose(q *question.Query) bool {
	if q.Placed || !e.language.Asks["ours"].InWord([]rune(q.Text)) {
		return false
	}
	return e.ofTwoPlaces()
}

// ofTwoPlaces tells whether the reports are of more than one place. Not by placed,
// which looks at every report: the first answer after a change would wait for it.
func (e *Engine) ofTwoPlaces() bool {
	first := ""
	for _, r := range e.corpus.Reports {
		place := e.placeOf(r)
		if first == "" {
			first = place
		}
		if place != "" && place != first {
			return true
		}
	}
	return false
}

// placing is the place of a report, by its title or issuer; "" where they name none. Each
// is looked for once: a question on places asks it of every report.
func (e *Engine) placing() func(*corpus.Head) string {
	var known sync.Map // of *corpus.Head
	return func(r *corpus.Head) string {
		if place, ok := known.Load(r); ok {
			return place.(string)
		}
		place := ""
		front := yearRe.ReplaceAllString(e.fronts[r].text, "") // 2026年西藏自治区 is no name
		if places := e.placesIn([]rune(front)); len(places) > 0 {
			place = e.language.ShortName(places[0].text)
		}
		known.Store(r, place)
		return place
	}
}

// yearRe is the year that a title begins with.
var yearRe = regexp.MustCompile(`^(?:关于)?[0-9]{4}年度?`)

// byPlaces are the questions of one that names several of the reports' places
// (江西和湖南的GDP目标): the same of each, in its order.
func (e *Engine) byPlaces(ctx context.Context, q *question.Query) (each []clause) {
	r := []rune(q.Text)
	var own []askedPlace
	for _, p := range e.placesIn(r) {
		if !slices.ContainsFunc(own, func(o askedPlace) bool { return o.name == p.name }) {
			own = append(own, p)
		}
	}
	if len(own) < 2 || len(own) > mostPlaces {
		return nil
	}
	var rest []rune
	at := 0
	for _, p := range own {
		if joint := strings.TrimSpace(string(r[at:p.at])); at > 0 && e.language.Asks["and"].Set.At([]rune(joint), 0) < len([]rune(joint)) {
			rest = append(rest, r[at:p.at]...)
		} else if at == 0 {
			rest = append(rest, r[:p.at]...)
		}
		at = p.to
	}
	about := string(append(rest, r[at:]...))
	for _, p := range own {
		one := e.understandAt(p.text+about, e.clock(p.text))
		one.List, one.Lang = false, q.Lang
		if one.Want == question.WantAny || one.Want == question.WantPassage {
			one.Want = q.Want
		}
		each = append(each, clause{Query: one, said: p.text, asks: true})
	}
	return each
}

// mostPlaces that one question asks for.
const mostPlaces = 5
