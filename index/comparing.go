package index

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
	"reportbot/index/compare"
	"reportbot/index/question"
	lists "reportbot/index/terms"
)

// How a question asks for a table over the reports of several places is read here:
//
//	各省今年GDP增长目标排个名，前五       every province, the first five
//	东北三省粮食产量                    the places of a region
//	which provinces exceed 6%          those within a limit; of what, the question before says
//
// What is left of it when the words that ask for the table are taken out is asked of each
// report: 今年GDP增长目标.

// comparing is the words by which tables and series are asked for.
type comparing struct {
	asks      map[string]question.Phrases // comparing.txt
	meant     map[string]map[bool]string  // economy and pace, by whether the question is in English
	regions   map[string][]string
	region    question.Phrases
	otherwise map[string][]string // indicators.txt, name → other names
}

// readComparing reads the word lists, with those that an office has added.
func readComparing(own terms.Own) *comparing {
	c := &comparing{asks: map[string]question.Phrases{}, meant: map[string]map[bool]string{"economy": {}, "pace": {}}, regions: map[string][]string{}, otherwise: map[string][]string{}}
	file := func(name string) []string {
		text, err := lists.Files.ReadFile(name)
		if err != nil {
			panic(err) // the file is part of the binary
		}
		return terms.Lines(fold.String(own.With(name, string(text))))
	}
	words := map[string][]string{}
	for _, line := range file("comparing.txt") {
		class, list, _ := strings.Cut(line, ":")
		list = strings.TrimSpace(list)
		entries := strings.Fields(list)
		if list[0] < 0x80 {
			entries = strings.Split(list, ";")
		}
		for _, w := range entries {
			words[class] = append(words[class], strings.TrimSpace(w))
		}
		if meant := c.meant[class]; meant != nil {
			meant[list[0] < 0x80] = list
		}
	}
	for class, list := range words {
		c.asks[class] = question.Phrases{Set: terms.NewSet(list...)}
	}
	var names []string
	for _, line := range file("regions.txt") {
		name, places, _ := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		for place := range strings.SplitSeq(places, "、") {
			c.regions[name] = append(c.regions[name], strings.TrimSpace(place))
		}
		names = append(names, name)
	}
	c.region = question.Phrases{Set: terms.NewSet(names...)}
	for _, line := range file("indicators.txt") {
		from, to, _ := strings.Cut(line, ">")
		for name := range strings.SplitSeq(from, "|") {
			for other := range strings.SplitSeq(to, "|") {
				c.otherwise[strings.TrimSpace(name)] = append(c.otherwise[strings.TrimSpace(name)], strings.TrimSpace(other))
			}
		}
	}
	return c
}

// tabled is a question for a table as it was read.
type tabled struct {
	about   string // what is asked of each report
	lang    string
	places  []askedPlace // of a region or named; none for every place of the level
	every   bool         // every place is asked about
	level   corpus.Scope // of the places; "" for any
	reports bool         // the reports are asked about, of whatever place
	rank    bool         // an order is asked for
	order   compare.Order
	mention bool
	figure  bool // what is asked for is a figure
	goesOn  bool // something was taken from the question before
}

// asksOf tells that the question itself says of whom a table is wanted.
func (t *tabled) asksOf() bool { return t.every || t.reports || len(t.places) > 1 }

// modifies tells that it says how a table is to be ordered or cut.
func (t *tabled) modifies() bool { return t.rank || t.order.Limit != nil || t.order.Most > 0 }

// table reads a question in the light of the earlier ones; nil where it asks for no table.
// 前五, and 东北三省呢, go on from the table before.
func (e *Engine) table(asked string, before []string) *tabled {
	t := e.tabled(asked)
	if t == nil {
		return nil
	}
	if t.asksOf() && t.about != "" {
		return t
	}
	if !t.asksOf() && !t.modifies() && !(t.about != "" && e.leansOn(asked)) {
		return nil
	}
	if len(before) > 0 {
		if last := e.table(before[len(before)-1], before[:len(before)-1]); last != nil && !(last.mention && t.modifies()) {
			return t.goingOn(last)
		}
	}
	if t.about == "" {
		if !t.asksOf() {
			return nil
		}
		t.about = e.comparing.meant["pace"][t.lang == "en"]
	}
	if !t.asksOf() {
		t.every = t.rank
	}
	if !t.asksOf() || !t.modifies() && !t.every {
		return nil
	}
	return t
}

// leansOn tells a question that names another thing for the table before: 那粮食产量呢.
func (e *Engine) leansOn(asked string) bool {
	text := strings.TrimRight(fold.String(strings.TrimSpace(asked)), "?？ ")
	at, _ := ellipses.Find([]rune(text))
	return len([]rune(text)) <= longestNext && (at == 0 || strings.HasSuffix(text, "呢"))
}

// longestNext in characters is a question that goes on from a table.
const longestNext = 20

// goingOn is a table with what it leaves out taken from the one before.
func (t *tabled) goingOn(last *tabled) *tabled {
	one := *t
	one.goesOn = true
	if one.about == "" {
		one.about, one.figure, one.mention = last.about, last.figure, last.mention
	}
	if !one.asksOf() {
		one.places, one.every, one.level, one.reports = last.places, last.every, last.level, last.reports
	}
	return &one
}

// tabled reads a question by itself.
func (e *Engine) tabled(asked string) *tabled {
	if !e.ofTwoPlaces() {
		return nil
	}
	text := fold.String(strings.Join(strings.Fields(e.mainland(asked)), " "))
	spelt := e.language.Unabbreviated(text)
	r := []rune(spelt)
	if e.language.Asks["ordinal"].InWord(r) && !e.comparing.asks["first"].InWord(r) && !e.comparing.asks["rank"].InWord(r) {
		return nil
	}
	t := &tabled{}
	mask := make([]bool, len(r))
	t.readRegion(e, r, mask)
	if len(t.places) == 0 {
		t.readPlaces(e, r, mask, spelt != text)
	}
	t.readEvery(e, r, mask)
	if !t.asksOf() && len(e.placesIn(r)) > 0 {
		return nil // of one place, or of two that are not to be ranked
	}
	t.readOrder(e, r, mask)
	t.mention = t.take(e, r, mask, "mention")
	t.about = e.left(r, mask)
	if !t.asksOf() && !t.modifies() && !e.leansOn(asked) {
		return nil // as nearly all questions: to understand them thrice took longer than all else here
	}
	q, about := e.language.Understand(spelt, e.now), e.language.Understand(t.about, e.now)
	t.lang = e.language.Understand(asked, e.now).Lang
	t.figure = about.Want == question.WantFigure || about.Status != "" || about.Role != "" || q.Want != question.WantPassage || t.modifies()
	if e.namesNothing(t.about, about) && t.asksOf() && t.about != "" {
		t.about = closedUp(e.comparing.meant["economy"][t.lang == "en"] + " " + t.about)
	}
	return t
}

// namesNothing tells a question that says what is to be known of a thing and not of which:
// 去年增速, growth target.
func (e *Engine) namesNothing(text string, about *question.Query) bool {
	r := []rune(text)
	for i := 0; i < len(r); {
		n := e.comparing.asks["rates"].Set.At(r, i)
		for _, t := range question.AskedTimes(r, about.Numbers, e.now) {
			if t.Start == i {
				n = max(n, t.End-t.Start)
			}
		}
		switch {
		case n > 0:
			i += n
		case r[i] == ' ' || r[i] == '的':
			i++
		default:
			return false
		}
	}
	return true
}

// take masks the first phrase of a class, and tells whether there is one.
func (t *tabled) take(e *Engine, r []rune, mask []bool, class string) bool {
	at, n := e.comparing.asks[class].FindWord(r)
	hide(mask, at, n)
	return n > 0
}

func hide(mask []bool, at, n int) {
	for i := at; i < at+n; i++ {
		mask[i] = true
	}
}

// readRegion finds a region and takes its places.
func (t *tabled) readRegion(e *Engine, r []rune, mask []bool) {
	for i := range r {
		n := e.comparing.region.Set.At(r, i)
		if n == 0 || !question.WholeWord(r, i, i+n) || !e.language.OpensPlace(r, i) && r[i] >= 0x80 && !e.opensRegion(r, i) {
			continue
		}
		for _, name := range e.comparing.regions[string(r[i:i+n])] {
			t.places = append(t.places, askedPlace{text: name, name: name})
		}
		hide(mask, i, n)
		return
	}
}

// opensRegion tells a place behind which a region's name may stand: the words for a table
// and for figures (比较长三角的, 去年粮食产量东北三省).
func (e *Engine) opensRegion(r []rune, i int) bool {
	return e.comparing.asks["idle"].Set.Before(r, i) > 0
}

// readPlaces takes the places that a question names one by one, where they were
// abbreviated together (粤苏浙) or are to be ranked.
func (t *tabled) readPlaces(e *Engine, r []rune, mask []bool, abbreviated bool) {
	var named []askedPlace
	for _, p := range e.placesIn(r) {
		if !slices.ContainsFunc(named, func(o askedPlace) bool { return o.name == p.name }) {
			named = append(named, p)
		}
	}
	if len(named) < 2 || !abbreviated && len(named) <= mostPlaces && !e.comparing.asks["rank"].InWord(r) {
		return
	}
	for i, p := range named {
		from := p.at
		if joint := ""; i > 0 {
			joint = strings.TrimSpace(string(r[named[i-1].to:p.at]))
			if e.language.Asks["and"].Set.At([]rune(joint), 0) == len([]rune(joint)) {
				from = named[i-1].to
			}
		}
		hide(mask, from, p.to-from)
	}
	t.places = named
}

// readEvery finds the words for every place of a level.
func (t *tabled) readEvery(e *Engine, r []rune, mask []bool) {
	if t.take(e, r, mask, "report") {
		t.reports = true
		return
	}
	if len(t.places) > 0 {
		for _, class := range everyClasses {
			t.take(e, r, mask, class) // 东北三省哪个省最高
		}
		return
	}
	best, from := 0, 0
	for _, class := range everyClasses {
		at, n := e.comparing.asks[class].FindWord(r)
		if n > best {
			best, from = n, at
			t.every, t.level = true, corpus.Scope(strings.TrimPrefix(class, "every"))
		}
	}
	hide(mask, from, best)
}

var everyClasses = []string{"every省", "every市", "every县", "every区", "every"}

// readOrder finds how the table is to be ordered and cut.
func (t *tabled) readOrder(e *Engine, r []rune, mask []bool) {
	numbers := e.language.Quantities.ScanRunes(r)
	for i := range r {
		if n, end := t.counted(e, r, i, "first"); n > 0 {
			t.order.Most, t.rank = n, true
			hide(mask, i, end-i)
		} else if n, end := t.counted(e, r, i, "last"); n > 0 {
			t.order.Most, t.order.Rising, t.rank = n, true, true
			hide(mask, i, end-i)
		}
	}
	for _, n := range numbers {
		if t.order.Limit == nil && n.Kind == quantity.Amount && !mask[n.Start] {
			t.readLimit(e, r, mask, n)
		}
	}
	for t.take(e, masked(r, mask), mask, "rank") {
		t.rank = true
	}
	if t.take(e, masked(r, mask), mask, "rising") {
		t.rank, t.order.Rising = true, true
	}
	if t.take(e, masked(r, mask), mask, "falling") {
		t.rank = true
	}
}

// masked is a text with blanks for what was read.
func masked(r []rune, mask []bool) []rune {
	out := slices.Clone(r)
	for i := range out {
		if mask[i] {
			out[i] = '\x00'
		}
	}
	return out
}

// counted reads a number of places behind a word of a class: 前五, top 5, 后三名.
func (t *tabled) counted(e *Engine, r []rune, i int, class string) (count, end int) {
	n := e.comparing.asks[class].Set.At(r, i)
	if n == 0 || !question.WholeWord(r, i, i+n) {
		return 0, 0
	}
	at := i + n
	for at < len(r) && r[at] == ' ' {
		at++
	}
	count, at = smallNumber(r, at)
	if count == 0 {
		return 0, 0
	}
	if at < len(r) && strings.ContainsRune("年月日天季周个点%", r[at]) && e.comparing.asks["places"].Set.At(r, at) < 2 && r[at] != '个' {
		return 0, 0 // 前三年, 前三季度
	}
	return count, at + e.comparing.asks["places"].Set.At(r, at)
}

// smallNumber reads a number up to 99 at a place.
func smallNumber(r []rune, at int) (n, end int) {
	digits := []rune("零一二三四五六七八九")
	for end = at; end < len(r); end++ {
		c := r[end]
		switch {
		case '0' <= c && c <= '9':
			n = n*10 + int(c-'0')
		case c == '两' && n == 0:
			n = 2
		case c == '十' && n == 0:
			n = 10
		case c == '十':
			n *= 10
		case slices.Index(digits, c) > 0 && n%10 == 0:
			n += slices.Index(digits, c)
		default:
			return n, end
		}
		if n > 99 {
			return 0, end
		}
	}
	return n, end
}

// readLimit reads a number with the words before or behind it that make it a limit.
func (t *tabled) readLimit(e *Engine, r []rune, mask []bool, n quantity.Quantity) {
	for _, class := range []string{"overat", "underat", "over", "under"} {
		words := e.comparing.asks[class].Set
		end := n.Start
		for end > 0 && r[end-1] == ' ' {
			end--
		}
		start := n.End
		for start < len(r) && r[start] == ' ' {
			start++
		}
		before, behind := words.Before(r, end), 0
		if strings.HasSuffix(class, "at") {
			behind = words.At(r, start)
		}
		if before == 0 && behind == 0 {
			continue
		}
		from, to := end-before, n.End
		if before == 0 {
			from = n.Start
		}
		if behind > 0 {
			to = start + behind
		}
		t.order.Limit = &compare.Limit{Value: n.Value, Unit: n.Unit, Under: strings.HasPrefix(class, "under"), Equal: strings.HasSuffix(class, "at"), Text: string(r[from:to])}
		hide(mask, from, to-from)
		return
	}
}

// left is what a question says beside what was read, without words that name nothing.
func (e *Engine) left(r []rune, mask []bool) string {
	var out []rune
	for i := 0; i < len(r); i++ {
		switch {
		case mask[i]:
			if len(out) > 0 && out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		case strings.ContainsRune("，。、；：？！,;:?!", r[i]):
			out = append(out, ' ')
		default:
			out = append(out, r[i])
		}
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	for {
		shorter := e.trimmed(text)
		if shorter == text {
			break
		}
		text = shorter
	}
	return closedUp(text)
}

// closedUp is a text without the blanks within Chinese, which part nothing.
func closedUp(text string) string {
	var out strings.Builder
	r := []rune(text)
	for i, c := range r {
		if c != ' ' || !fold.Han(r[i-1]) && !fold.Han(r[i+1]) {
			out.WriteRune(c)
		}
	}
	return out.String()
}

// trimmed is a text without a word that names nothing at either end.
func (e *Engine) trimmed(text string) string {
	r := []rune(strings.Trim(text, " 的"))
	idle := e.comparing.asks["idle"].Set
	if n := idle.At(r, 0); n > 0 && question.WholeWord(r, 0, n) {
		return string(r[n:])
	}
	if n := idle.Before(r, len(r)); n > 0 && question.WholeWord(r, len(r)-n, len(r)) {
		return string(r[:len(r)-n])
	}
	return string(r)
}
