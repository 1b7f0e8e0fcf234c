// Package question is a question as it was read: what kind of thing it asks for, of what
// time and place, in which words. It knows no search engine: what it must know of the
// reports (whether one may have a word) comes in as functions of Language.
package question

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
	"reportbot/index/lexicon"
)

// Want is what a question asks for.
type Want string

const (
	WantFigure  Want = "figure"  // how many, how much
	WantDate    Want = "date"    // when, which year
	WantOrdinal Want = "ordinal" // which place in an order
	WantPassage Want = "passage" // why, which, who, how, what is
	WantAny     Want = "any"     // a topic alone ("5G基站"): a figure if one fits
)

// Query is a question as it was read. Its String is one canonical line.
type Query struct {
	Text string // folded
	Lang string // "zh", "zh-Hant" or "en"

	Want    Want
	Why     string      // class of the asking word of a passage: "why", "which", "who" …
	List    bool        // several figures are asked for
	Unit    string      // base unit that the question names: 家; "" where none
	Classes []string    // classes of units that it asks for by a word: 多少钱, 百分之几
	Likely  []string    // classes that its last noun is measured in: 面积, 失业率
	Role    corpus.Role // Growth, Increase, Share; "" where none is asked for
	Status  corpus.Status
	Periods []corpus.Period
	// Unyeared tells that they are a part of a year of which it does not say which: 上半年.
	Unyeared bool
	Scope    corpus.Scope        // 全市, 全区: the area asked for, "" where none is named
	Focus    string              // the noun that is counted, where it stands beside the asking word
	Extent   string              // "new" or "total", "" where neither is asked for
	Scale    string              // "亿", "万" of 多少亿
	Follows  string              // the earlier question that it goes on from: "那2024年呢"; "" for one that stands alone
	Grain    string              // of a date that is wanted: "年", "月", "日", "世纪"
	Numbers  []quantity.Quantity // that stand in the question

	Parts []Part

	Clock    corpus.Clock          // when the reports that it asks of speak
	Reports  map[*corpus.Head]bool // those that it names
	Placed   bool                  // it names them by their place
	Compared bool                  // with another time: 比上年
	Against  string                // the area that is held against: 全国 of 比全国高多少

	Things         bool            // an English question names what is counted, without how many: homes hooked up to power
	Counted        [2]int          // where the noun that an English question counts stands, in runes; empty where it counts none
	Before, After  string          // the text beside the asking word
	AskFrom, AskTo int             // where that stands with its unit, in runes; the end where there is none
	Named          []NamedPlace    // places that it names in English
	Capitals       map[string]bool // Latin words that are names by their capital
	Words          []AskedWord     // that name something, in Chinese
	Variants       [][]int         // by class of variants.txt: the members that it names
	Declined       []string        // what it says it does not ask for: 内资不要
}

// String is the question as it was read, for people who tune and for tests:
// "figure unit=家 period=2023年 status=actual | 诊断 企业".
func (q Query) String() string {
	var b strings.Builder
	b.WriteString(string(q.Want))
	put := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, " %s=%s", name, value)
		}
	}
	put("why", q.Why)
	if q.List {
		b.WriteString(" list")
	}
	put("unit", q.Unit)
	put("class", strings.Join(q.Classes, ","))
	put("likely", strings.Join(q.Likely, ","))
	put("role", string(q.Role))
	put("extent", q.Extent)
	put("status", string(q.Status))
	for _, p := range q.Periods {
		put("period", p.Label)
	}
	put("scope", string(q.Scope))
	put("grain", q.Grain)
	put("focus", q.Focus)
	for _, w := range q.Words {
		if w.Head {
			put("head", w.Text)
		}
	}
	b.WriteString(" |")
	for _, p := range q.Parts {
		b.WriteString(" " + p.Text)
		if len(p.Alts) > 1 {
			b.WriteString("*")
		}
		if p.Faded {
			b.WriteString("~")
		}
	}
	return b.String()
}

// Understand reads a question. now is when the reports speak.
func (l *Language) Understand(text string, now corpus.Clock) *Query {
	typed := fold.New(strings.Join(strings.Fields(text), " ")).Runes
	r := wholeYears(dropAspect(l.joined(l.apart(typed))))
	q := &Query{Lang: questionLanguage(text)}
	if q.Lang == "en" {
		r = l.inEnglish.wholeTimes(l.inEnglish.spellOut(wholeAmounts(longYears(r))))
	}
	q.Text = string(r)
	q.Capitals = capitals(text)
	q.Declined, r = l.declined(r)
	q.Text = string(r)
	numbers := l.Quantities.ScanRunes(r)
	BareYears(numbers, now)
	q.readTimes(l, r, numbers, now)
	q.Numbers = numbers
	mask := make([]bool, len(r)) // runes that ask, and name nothing
	if q.Lang == "en" {
		l.readEnglishWant(q, r, mask)
	} else {
		l.readWant(q, r, mask)
	}
	q.readUnit(l, r, mask)
	q.Against = corpus.HeldAgainst(r)
	q.Compared = q.comparedIn(l, r, numbers, now)
	if q.Lang == "en" {
		q.readRole(l, l.inEnglish.withoutAsides(r), q.Compared)
	} else {
		q.readRole(l, r, q.Compared)
	}
	monthly := l.Asks["monthly"].InWord(r) // 每月涨多少 is money
	if (q.Role == corpus.Share || q.Role == corpus.Growth && !strings.Contains(q.Text, "how much") && !monthly) && q.Unit == "" && len(q.Classes) == 0 && q.Scale == "" && q.Want != WantPassage {
		q.Likely = []string{"percent"}
	}
	if l.Asks["rate"].InWord(r) && q.Unit == "" && q.Scale == "" && q.Want != WantPassage {
		q.Classes = []string{"percent"}
	}
	q.Extent = l.ExtentOf(r)
	if q.Want != WantOrdinal && !l.Asks["setby"].InWord(r) { // 全市第几 asks for a rank among the others
		q.Scope = corpus.ScopeIn(l.withoutGivers(r))
	}
	for i := range l.Variants.Classes {
		q.Variants = append(q.Variants, l.Variants.Classes[i].asked(r))
	}
	q.readStatus(l, r, strings.Contains(string(typed), "了多少") || strings.Contains(string(typed), "了几"))
	l.maskAsking(r, mask)
	l.maskRange(r, mask)
	l.maskNames(r, mask)
	q.maskRelativeTimes(r, numbers, now, mask)
	q.Parts = l.parts(r, mask, q.Lang)
	if q.Lang == "en" {
		q.readTranslated(l)
		q.readEnglishWords(l, r)
	} else {
		q.Words = l.wordsOf(r, mask)
		q.readChangeVerb(l)
		q.dropChangeVerbs(l)
		for _, w := range q.Words { // 花, 挖: what reports call otherwise
			if len([]rune(w.Text)) == 1 && len(w.Said) > 1 {
				q.Parts = append(q.Parts, l.synonymous([]rune(w.Text)))
			}
		}
		q.readHead()
		q.readCertain(l)
	}
	return q
}

// capitals are the Latin words that begin with a capital, but for the first of
// the question: names.
func capitals(text string) map[string]bool {
	out := map[string]bool{}
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if first, _ := utf8.DecodeRuneInString(word); i > 0 && unicode.IsUpper(first) {
			out[fold.String(word)] = true
		}
	}
	return out
}

// dropAspect takes out the particle 了 behind a verb: 多少企业上了云 asks what
// a report calls 上云.
func dropAspect(r []rune) []rune {
	out := make([]rune, 0, len(r))
	for i, c := range r {
		if c == '了' && i > 1 && string(r[i-2:i]) == "多少" {
			continue // 占比多少了 is no 少了
		}
		if c == '了' && i > 0 && i+1 < len(r) && fold.Han(r[i-1]) && fold.Han(r[i+1]) && r[i+1] != '解' && r[i+1] != '不' && r[i-1] != '为' && r[i-1] != '除' {
			continue
		}
		out = append(out, c)
	}
	return out
}

// apart is a question for each of several things that are told by their number with the thing said
// of each: 一二三产增速各多少 asks of 一产、二产、三产, and so does 一二三产占比.
func (l *Language) apart(r []rune) []rune {
	each, text := l.Asks["each"].InWord(r), string(r)
	if !each && numberedMeasure.FindStringIndex(text) == nil {
		return r
	}
	return []rune(numbered.ReplaceAllStringFunc(text, func(found string) string {
		numbers := strings.TrimRight(found, "产业季度期线级")
		thing := strings.TrimPrefix(found, numbers)
		if !strings.Contains("一二三四", numbers) {
			return found
		}
		return strings.Join(strings.Split(numbers, ""), thing+"、") + thing
	}))
}

// numberedMeasure is several branches with what is measured of each, and no 二三产融合示范区.
var numberedMeasure = regexp.MustCompile(`[一二三]{2,3}(产业|产)的?(占|比重|比例|增加值|增速|增幅|涨|产值|贡献率)`)

var numbered = regexp.MustCompile(`[一二三四]{2,4}(产业|产|季度|期|线|级)`)

// shortYears is a year of accounts by the ends of its two halves, as one types it: 93-94, 20/21年度.
var shortYears = regexp.MustCompile(`(^|[^\d.,$/\-])(\d\d)([-/])(\d\d)($|年度?|[^\d%.,/\-])`)

// wholeYears is a question with the years of accounts written out: 1993-94. Any two other numbers
// stay: 10-12 people.
func wholeYears(r []rune) []rune {
	return []rune(shortYears.ReplaceAllStringFunc(string(r), func(found string) string {
		m := shortYears.FindStringSubmatch(found)
		first, _ := strconv.Atoi(m[2])
		second, _ := strconv.Atoi(m[4])
		if second != (first+1)%100 || m[5] == "年" { // 22-23年 are two years
			return found
		}
		century := "20"
		if first >= 50 {
			century = "19"
		}
		return m[1] + century + m[2] + m[3] + m[4] + m[5]
	}))
}

// shortFirst is the first year of a span, or the one that something has been since, by its two last digits: 94 to
// 2012, since 94.
var shortFirst = regexp.MustCompile(`(^|[^\d.,$£€/-])(since ['’]?|['’]?)(\d\d)( ?(?:to|till|until|-|–) ?((?:19|20)\d\d)\b)?`)

// longYears is an English question with the first year of a span written out.
func longYears(r []rune) []rune {
	return []rune(shortFirst.ReplaceAllStringFunc(string(r), func(found string) string {
		m := shortFirst.FindStringSubmatch(found)
		century, last := "19", m[5]
		switch {
		case last == "" && !(strings.HasPrefix(m[2], "since") && m[3] > "31"):
			return found
		case last != "" && last >= "20"+m[3]:
			century = "20"
		}
		return m[1] + strings.TrimRight(m[2], "'’") + century + m[3] + m[4]
	}))
}

// questionLanguage: English when it has Latin words and hardly a Han character.
func questionLanguage(s string) string {
	han, latin := 0, 0
	for _, c := range s {
		switch {
		case fold.Han(c):
			han++
		case c < 0x80 && fold.Alnum(c) && (c > '9'):
			latin++
		}
	}
	switch {
	case latin > 3*han && latin > 3:
		return "en"
	case fold.IsTraditional(s):
		return "zh-Hant"
	}
	return "zh"
}

// readTimes resolves the periods that the question names. What it compares
// with (比去年) is not the period it asks about.
func (q *Query) readTimes(l *Language, r []rune, numbers []quantity.Quantity, now corpus.Clock) {
	for _, t := range AskedTimes(r, numbers, now) {
		beside := q.Lang == "en" && l.inEnglish.beside(r, t.Start)
		compared := t.Compared && !beside && !(q.Lang == "en" && l.inEnglish.since(r, t.Start))
		if l.bothEnds(r) && l.Asks["former"].Set.At(r, t.Start) > 0 {
			continue // 五年前多少、现在多少: where a change began, whatever year reports count from
		}
		if past := t.Compared && !compared && !beside && t.From < now.Year*12; past {
			continue // what was done since 2014 reports tell as of the day
		}
		if !compared && !t.AsOf() && !(q.Lang == "en" && t.Base) && !q.hasPeriod(t.Period) {
			q.Periods = append(q.Periods, t.Period)
			q.Unyeared = q.Unyeared || t.Unyeared && t.To-t.From < 12
		}
	}
}

// bothEnds tells a question for what something was and what it is.
func (l *Language) bothEnds(r []rune) bool {
	return l.Asks["former"].InWord(r) && (l.Asks["latter"].InWord(r) || l.Asks["from"].InWord(r)) // 五年前后各多少
}

// AsksBothEnds tells a question for where a change began and where it ended.
func (q *Query) AsksBothEnds(l *Language) bool {
	r := []rune(q.Text)
	return l.Asks["from"].InWord(r) || l.bothEnds(r) && (q.List || strings.Count(q.Text, "多少")+strings.Count(q.Text, "几") > 1)
}

func (q *Query) hasPeriod(p corpus.Period) bool {
	for _, have := range q.Periods {
		if have.From == p.From && have.To == p.To {
			return true
		}
	}
	return false
}

// BareYears makes dates of the years that no 年 follows, which 目 of 目标 looks
// like a unit of: 2022目标.
func BareYears(numbers []quantity.Quantity, now corpus.Clock) {
	for i, n := range numbers {
		if y := int(n.Value.IntPart()); (n.Unit == "" || n.Unit == "目") && !n.Han && n.End-n.Start == 4+len([]rune(n.Unit)) && y > now.Year-20 && y < now.Year+20 && now.Year > 0 {
			numbers[i].Kind, numbers[i].Unit = quantity.Date, ""
			numbers[i].End = n.Start + 4
			numbers[i].To = numbers[i].End
		}
	}
}

// behindTime words belong to the time before them, and ask for nothing.
var behindTime = terms.NewSet("度", "份", "以来", "期间")

// AskedTimes are the times of a question: as in a report, and as they are typed (23年 for 2023年).
func AskedTimes(r []rune, numbers []quantity.Quantity, now corpus.Clock) []corpus.TimeWord {
	now.Typed = true
	times := corpus.Times(r, numbers, now)
	for i := range times {
		times[i].End += behindTime.At(r, times[i].End)
	}
	return times
}

// readWant finds the asking word and what stands beside it.
func (l *Language) readWant(q *Query, r []rune, mask []bool) {
	classes := []struct {
		class string
		want  Want
	}{
		{"ordinal", WantOrdinal}, {"date", WantDate}, {"number", WantFigure}, {"when", WantDate}, {"topic", WantAny},
		{"why", WantPassage}, {"how", WantPassage}, {"who", WantPassage}, {"whatis", WantPassage}, {"which", WantPassage},
	}
	q.Want, q.AskFrom, q.AskTo = WantAny, len(r), len(r)
	for _, c := range classes {
		at, n := l.Asks[c.class].FindWord(r)
		if n == 0 || c.class == "when" && l.asksBefore(r[:at]) || c.class == "number" && n == 1 && at > 0 && strings.ContainsRune("哪边", r[at-1]) { // 哪几个 asks which ones
			continue
		}
		if c.class == "date" && string(r[at:at+n]) == "几年" && !lastsYears(r, at) {
			// 几年 asks for a year (西元幾年) or for a length of time (修了几年)
			q.Want = WantFigure
		} else {
			q.Want = c.want
		}
		if c.want == WantPassage {
			q.Why = c.class
		}
		if q.Want == WantDate {
			q.Grain = grainOf(string(r[at : at+n]))
		}
		if c.class == "topic" && q.Lang != "en" {
			continue
		}
		asking := !l.withinWord(r, at, n) && (l.Asking.At(r, at) > 0 || c.want != WantFigure || n <= 2)
		for i := at; asking && i < at+n; i++ {
			mask[i] = true
		}
		q.Before, q.After = string(r[max(0, at-6):at]), string(r[at+n:min(len(r), at+n+10)])
		if asking {
			q.AskFrom, q.AskTo = at, at+n
		}
		break
	}
	if q.Want == WantAny && l.yesOrNo(r) {
		q.Want, q.Why = WantPassage, "how"
	}
	q.List = l.Asks["list"].InWord(r) || l.Asks["range"].InWord(r) || q.Want != WantPassage && l.Joins(r)
}

// yesOrNo tells a question that asks whether: 批准了吗, 算没算, 搞唔搞.
func (l *Language) yesOrNo(r []rune) bool {
	if l.Asks["whether"].Set.Before(r, len(r)) > 0 {
		return true
	}
	for i := 0; i+2 < len(r); i++ {
		if r[i] == r[i+2] && fold.Han(r[i]) && strings.ContainsRune("不没唔", r[i+1]) {
			return true
		}
	}
	return false
}

// withinWord tells that r[at:at+n] is a part of a longer word that names something:
// the 总量 of 经济总量.
func (l *Language) withinWord(r []rune, at, n int) bool {
	for from := max(0, at-longestFocus); from < at; from++ {
		if from+l.same.At(r, from) >= at+n {
			return true
		}
	}
	return false
}

// asksBefore tells whether a question asks before its "when": what does it do when
// it rains?
func (l *Language) asksBefore(r []rune) bool {
	return slices.ContainsFunc([]string{"why", "how", "who", "which", "topic"}, func(class string) bool { return l.Asks[class].InWord(r) })
}

// Joins tells a question that joins things with 和, 及 and the like, which stand in
// words that part nothing too: 普及率.
func (l *Language) Joins(r []rune) bool {
	for i := 0; i < len(r); i++ {
		if n := l.Asks["notand"].Set.At(r, i); n > 0 {
			i += n - 1
		} else if n := l.Asks["joined"].Set.At(r, i); n > 0 && WholeWord(r, i, i+n) {
			return true
		}
	}
	return false
}

// grainOf is the part of a date that an asking word is after; of 何时 the year.
func grainOf(asking string) string {
	for _, g := range []struct{ word, unit string }{{"世纪", "世纪"}, {"century", "世纪"}, {"月", "月"}, {"month", "月"}, {"天", "日"}, {"号", "日"}, {"day", "日"}} {
		if strings.Contains(asking, g.word) {
			return g.unit
		}
	}
	return "年"
}

// lastsYears: 西元几年, 在几年, 是几年 ask for the year.
func lastsYears(r []rune, at int) bool {
	return at == 0 || strings.ContainsRune("元于在是前", r[at-1]) || quantity.EraBefore(r, at)
}

// readUnit reads the unit after 多少, 几 (多少家企业: 家, and the focus 企业),
// else the noun that the question ends with (面积, 失业率) tells its class.
func (q *Query) readUnit(l *Language, r []rune, mask []bool) {
	if q.Want != WantFigure && q.Want != WantAny {
		return
	}
	at := -1
	for _, word := range []string{"多少", "几多", "几"} {
		if i := strings.Index(q.Text, word); i >= 0 {
			q.AskFrom = len([]rune(q.Text[:i]))
			at = q.AskFrom + len([]rune(word))
			q.AskTo = at
			break
		}
	}
	if at >= 0 {
		q.readCounted(l, r, at, mask)
	}
	if q.Lang == "en" {
		q.readEnglishUnit(l, mask)
	}
	if at >= 2 && q.Unit == "" && len(q.Classes) == 0 && q.Scale == "" && q.Focus == "" && l.Asks["spends"].Set.Before(r, at-2) > 0 {
		q.Classes = []string{"money"}
	}
	if before := r[:max(at-2, 0)]; at >= 2 && q.Unit == "" && len(q.Classes) == 0 && len(q.Likely) == 0 && q.Scale == "" && q.Focus == "" && l.Asks["pays"].Set.Before(before, len(before)) > 0 {
		q.Likely = []string{"money"}
	}
	if q.Unit == "" && len(q.Classes) == 0 && len(q.Likely) == 0 {
		if q.Likely = l.measures(q.Text); q.Likely == nil {
			q.Likely = l.lastMeasured(r, mask)
		}
	}
	if strings.Contains(q.Text, "百分之") || strings.Contains(q.Text, "百分比") || strings.Contains(q.Text, "几成") {
		q.Unit, q.Classes, q.Likely = "", []string{"percent"}, nil
	}
	if strings.Contains(q.Text, "几比几") || strings.Contains(q.Text, "几比1") || strings.Contains(q.Text, "几比一") {
		q.Unit, q.Classes, q.Likely, q.Focus = "∶1", []string{"ratio"}, nil, ""
	}
}

func (q *Query) readCounted(l *Language, r []rune, at int, mask []bool) {
	for at < len(r) && strings.ContainsRune("万亿千百十", r[at]) {
		q.Scale += string(r[at])
		mask[at] = true
		at++
	}
	unit, n := l.Quantities.UnitAt(r, at)
	noun := at
	switch {
	case at < len(r) && (r[at] == '钱' || r[at] == '块' && !l.Asks["pieces"].InWord(r)):
		q.Classes, noun = []string{"money"}, at+1
		if noun < len(r) && r[noun] == '钱' {
			noun++
		}
	case l.countsPeople(r, at):
		q.Classes, noun = []string{"person"}, at+2
	case n > 0 && (unit == "个百分点" || unit == "成"):
		q.Classes, noun = []string{"percent"}, at+n
		if n > 2 { // 几个点 may mean 个百分点 or %
			q.Unit = unit
		}
	case n > 0 && !l.startsNoun(r, at, n):
		q.Unit, noun = unit, at+n
		if class := l.Quantities.Class(unit); class != "count" {
			q.Classes = []string{class}
		}
	case q.Scale != "":
		q.Classes = nil
	}
	for i := at; i < noun; i++ {
		mask[i] = true
	}
	end := l.endOfNoun(r, noun)
	q.Focus = strings.TrimLeft(string(r[noun:end]), "的为是") // 有多少人为学生
	if l.Asks["nofocus"].Set.At([]rune(q.Focus), 0) > 0 {
		q.Focus = ""
	}
	q.After = string(r[noun:min(len(r), noun+10)])
	q.AskTo = max(q.AskTo, noun)
	if q.Unit == "" && len(q.Classes) == 0 && noun < end {
		q.Likely = l.Quantities.MeasuredAt(r[noun:end])
		if focus := []rune(q.Focus); len(q.Likely) == 0 && len(focus) > 1 && l.Asks["pays"].Set.Before(focus, len(focus)) == len(focus) {
			q.Likely = []string{"money"} // 发了多少补贴
		}
	}
}

// endOfNoun is where the noun ends that begins at r[at], up to the first word that is none:
// 企业 of 企业贷到款. What the dictionary does not know may be one of four characters.
func (l *Language) endOfNoun(r []rune, at int) int {
	end := at
	for end < len(r) && end-at < longestFocus && fold.Han(r[end]) {
		end++
	}
	noun := at
	for _, w := range l.Cut(r[at:end]) {
		if w.Kind != lexicon.Noun && w.Kind != lexicon.Place {
			break
		}
		noun = at + w.To
	}
	if noun > at+1 {
		return noun
	}
	return min(end, at+4)
}

// longestFocus, in characters: 新能源汽车充电站.
const longestFocus = 10

// countsPeople: 多少个人 asks for people, 多少个人账户 for accounts.
func (l *Language) countsPeople(r []rune, at int) bool {
	if at+1 >= len(r) || r[at] != '个' || r[at+1] != '人' {
		return false
	}
	end := at
	for end < len(r) && end-at < longestFocus && fold.Han(r[end]) {
		end++
	}
	words := l.Cut(r[at:end])
	return words[0].To <= 2 && (len(words) == 1 || words[1].Kind != lexicon.Noun)
}

// startsNoun: in 多少学生, 多少项目 and 多少城镇就业 a noun begins, and no classifier stands.
func (l *Language) startsNoun(r []rune, at, n int) bool {
	end := at
	for end < len(r) && end-at < 6 && fold.Han(r[end]) {
		end++
	}
	if l.Asks["countedby"].Set.At(r, at) > n {
		return false
	}
	if end > at && l.same.At(r, at) == end-at && end-at > n { // 奖补 of 多少奖补, of which there are no 奖
		return true
	}
	words := lexicon.Cut(r[at:end], nil)
	return len(words) > 0 && words[0].To > n && words[0].Kind != lexicon.Other
}

// measures is the class that 多长, 多久 … ask for; of a noun that is measured in something else,
// it is that: 覆盖率有多高.
func (l *Language) measures(text string) []string {
	for _, m := range []struct{ word, class string }{{"多长时间", "time"}, {"多长", "length"}, {"多高", "length"}, {"多远", "length"}, {"多宽", "length"}, {"多深", "length"}, {"多重", "mass"}, {"多快", "speed"}, {"多久", "time"}, {"几岁", "time"}} {
		if at := strings.Index(text, m.word); at >= 0 {
			if classes := l.Quantities.Measured([]rune(strings.TrimRight(text[:at], "有是能达会到"))); classes != nil {
				return classes
			}
			return []string{m.class}
		}
	}
	return nil
}

// lastMeasured is the class of the last noun of the question that is measured.
func (l *Language) lastMeasured(r []rune, mask []bool) []string {
	for end := len(r); end > 1; end-- {
		if mask[end-1] {
			continue
		}
		if classes := l.Quantities.Measured(r[:end]); classes != nil {
			return classes
		}
	}
	return nil
}

// comparedIn tells whether the question compares with a time: 比上年多多少.
func (q *Query) comparedIn(l *Language, r []rune, numbers []quantity.Quantity, now corpus.Clock) bool {
	for _, t := range AskedTimes(r, numbers, now) {
		if t.Compared && !(q.Lang == "en" && (l.inEnglish.since(r, t.Start) || l.inEnglish.beside(r, t.Start))) {
			return true
		}
	}
	return false
}

// ExtentOf tells 新增 from 累计, in a question and in the words of a figure.
func (l *Language) ExtentOf(r []rune) string {
	switch {
	case l.Asks["total"].InWord(r):
		return "total"
	case l.Asks["new"].InWord(r):
		return "new"
	}
	return ""
}

func (q *Query) readRole(l *Language, r []rune, compared bool) {
	switch {
	case l.Asks["reach"].InWord(r):
		q.Role = corpus.To
	case compared, q.Against != "", l.Asks["increase"].InWord(r):
		q.Role = corpus.Increase
	default:
		// 占比同比 asks how the share grew, 增长的部分占多少 for a share
		switch share, growth := l.Asks["share"].LastWord(r), l.Asks["growth"].LastWord(r); {
		case share > growth:
			q.Role = corpus.Share
		case growth >= 0:
			q.Role = corpus.Growth
		}
	}
	if q.Role == corpus.Growth && q.Lang == "en" && len(q.Classes) > 0 && q.Classes[0] != "percent" && !l.Asks["increase"].InWord(r) && !strings.Contains(q.Text, "by how m") {
		q.Role = "" // how many people signed up for the expanded scheme
	}
	if q.Role == corpus.Growth && (q.Unit != "" || len(q.Classes) > 0 && q.Classes[0] != "percent" && q.Want == WantFigure && q.Scale != "") {
		q.Role = corpus.Increase
	}
}

// readCertain makes a condition of what the noun that is asked for is measured in,
// where it is measured in nothing else: a 率 in per cent, 人口 in people. How it
// changed, or what share it is, is measured otherwise.
func (q *Query) readCertain(l *Language) {
	if q.Role == corpus.Growth || q.Role == corpus.Increase || q.Role == corpus.Share || q.Unit != "" || len(q.Classes) > 0 || len(q.Likely) != 1 || q.Status == corpus.Target {
		return
	}
	for _, w := range q.Words {
		if r := []rune(w.Text); w.Head && (l.Asks["certain"].Set.Before(r, len(r)) > 0) {
			q.Classes = q.Likely
		}
	}
}

// readChangeVerb takes a verb of change that stands alone for one: 国有投资降了百分之几.
func (q *Query) readChangeVerb(l *Language) {
	r := []rune(q.Text)
	last := slices.IndexFunc(q.Words, func(w AskedWord) bool { return l.Asks["changeverb"].Set.Has(w.Text) }) == len(q.Words)-1 // 减利得税 asks for no change
	if q.Unit != "" && q.Role == "" && l.Quantities.Class(q.Unit) != "percent" && moreOrLess(r, q.AskFrom) {
		q.Role, q.Compared = corpus.Increase, true
		return
	}
	verb := l.Asks["changeverb"].Set.Before(r, q.AskFrom)
	changes := q.Extent == "" && verb > 0 && !l.withinWord(r, q.AskFrom-verb, verb) || len(q.Words) > 0 && last
	if !changes || q.Role != "" || q.Want != WantFigure && q.Want != WantAny || verb > 0 && q.Focus != "" { // 减了多少税费 asks for what was let off
		return
	}
	q.Role = corpus.Growth
	if q.Unit == "" && len(q.Classes) == 0 && q.Scale == "" {
		q.Likely = []string{"percent"}
	}
}

// moreOrLess tells 多 or 少 right before an asking word, which asks by how many: 多了几家, and not 最多几家.
func moreOrLess(r []rune, at int) bool {
	return at > 1 && strings.ContainsRune("多少", r[at-1]) && !strings.ContainsRune("最至不更很太差许较多", r[at-2])
}

// dropChangeVerbs leaves the verb of a change out of the words that a figure is held against, where
// something else is named: 规上工业利润跌了多少 is met by 利润下降, and which way it went is a condition.
func (q *Query) dropChangeVerbs(l *Language) {
	verbs := l.Asks["changeverb"].Set
	others := slices.ContainsFunc(q.Words, func(w AskedWord) bool { return !verbs.Has(w.Text) })
	if others && (q.Role == corpus.Growth || q.Role == corpus.Increase) {
		q.Words = slices.DeleteFunc(q.Words, func(w AskedWord) bool { return verbs.Has(w.Text) })
	}
}

// readStatus tells a plan from what was done. done: the verb before the asking word is of
// the past: 安排了多少 is no 安排多少.
func (q *Query) readStatus(l *Language, r []rune, done bool) {
	planned := r
	if done {
		planned = r[:max(0, q.AskFrom)]
	}
	switch {
	case l.saysTarget(planned):
		q.Status = corpus.Target
	case l.Asks["actual"].InWord(r):
		q.Status = corpus.Actual
	}
}

// saysTarget tells a word of a plan that is no part of a longer word: 预期寿命.
func (l *Language) saysTarget(r []rune) bool {
	targets := l.Asks["target"]
	for i := range r {
		if n := targets.Set.At(r, i); n > 0 && WholeWord(r, i, i+n) && !l.withinWord(r, i, n+1) {
			return true
		}
	}
	return false
}

// maskRelativeTimes takes 去年, 今年 out of the words to look for: a report
// may say 上年 or 2023年 for the same.
func (q *Query) maskRelativeTimes(r []rune, numbers []quantity.Quantity, now corpus.Clock, mask []bool) {
	for _, t := range AskedTimes(r, numbers, now) {
		if now.Year > 0 {
			for i := t.Start; i < t.End; i++ {
				mask[i] = true
			}
		}
	}
}

// Phrases is a set of Chinese words and English phrases; English ones count as
// whole words only.
type Phrases struct{ Set *terms.Set }

func (p Phrases) FindWord(r []rune) (at, n int) {
	for i := range r {
		if n := p.Set.At(r, i); n > 0 && WholeWord(r, i, i+n) {
			return i, n
		}
	}
	return -1, 0
}

func (p Phrases) InWord(r []rune) bool { _, n := p.FindWord(r); return n > 0 }

// LastWord is where the last one begins, -1 where there is none.
func (p Phrases) LastWord(r []rune) int {
	for i := len(r) - 1; i >= 0; i-- {
		if n := p.Set.At(r, i); n > 0 && WholeWord(r, i, i+n) {
			return i
		}
	}
	return -1
}

func WholeWord(r []rune, from, to int) bool {
	latin := func(i int) bool { return i >= 0 && i < len(r) && r[i] < 0x80 && fold.Alnum(r[i]) }
	return !(latin(from) && latin(from-1)) && !(latin(to-1) && latin(to))
}

// Kind of figure that is wanted: an amount, unless a date or a rank is.
func (q *Query) Kind() quantity.Kind {
	switch q.Want {
	case WantDate:
		return quantity.Date
	case WantOrdinal:
		return quantity.Ordinal
	}
	return quantity.Amount
}

// GrainOfDate is the part of a date that a unit tells: a bare 2023 is a year.
func GrainOfDate(unit string) string {
	switch unit {
	case "月", "日", "世纪":
		return unit
	}
	return "年"
}
