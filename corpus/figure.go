package corpus

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
)

// words is a stretch of runes [from, to) of the folded text.
type words struct{ from, to int }

// passage holds a paragraph's folded text while its figures are read.
type passage struct {
	*Reader
	p       *Paragraph
	found   *reading
	text    fold.Text
	numbers []quantity.Quantity
	times   []TimeWord
	now     int
	frame   frame // of the sentence of the figure that is being read
}

// readFigures reads the figures of a paragraph of text or of a row.
func (p *Paragraph) readFigures() *reading {
	found := &reading{}
	switch {
	case p.Row != nil:
		p.findCells(found)
		for _, f := range found.mentions {
			f.By = p.cellBy(f)
		}
		return found
	case p.Report.leads[p.Start]: // 表1 is no amount
		return found
	}
	text := p.folded()
	numbers := p.Report.numbersIn(text.Runes, p.Text())
	if len(numbers) == 0 || numberAlone.MatchString(strings.TrimSpace(p.Report.Slice(p.Span))) {
		return found
	}
	d := &passage{Reader: p.Report.reader, p: p, found: found, text: text, numbers: numbers, now: p.Report.Year}
	d.times = d.ownTimes(Times(text.Runes, numbers, p.Report.clock()))
	d.spans()
	for i, q := range numbers {
		if d.inPartOfYear(q) {
			continue
		}
		f := d.figure(i, q)
		found.add(f)
		for _, share := range d.industries(f, q) {
			found.add(share)
		}
	}
	if p.Report.Lang == "en" {
		d.englishRespectively()
	} else {
		d.respectively()
	}
	d.changes()
	return found
}

// inPartOfYear tells a number that is a word of a time: first 9 months of 2017.
func (d *passage) inPartOfYear(q quantity.Quantity) bool {
	return q.Kind == quantity.Amount && slices.ContainsFunc(d.times, func(t TimeWord) bool {
		return t.To-t.From < 12 && t.Start < q.Start && q.End <= t.End
	})
}

// cellBy is what decided on a cell's period and status.
func (p *Paragraph) cellBy(f *Figure) string {
	where := "none"
	switch at := p.frameAt(f.Start); {
	case !f.Period.Known():
	case f.Period.Stated == InClause:
		where = "column or row"
	case f.Period.Stated == InParagraph:
		where = "caption"
	default:
		where = at.by
	}
	return "period: " + where + "; status: table"
}

// ownTimes are the times of the text that say when: none that names a document. A part of a
// year whose year is not stated (三季度) is of the year that its sentence stands under.
func (d *passage) ownTimes(times []TimeWord) []TimeWord {
	bulletin := strings.Contains(d.p.Report.Title, "公报") // all in it is of its year: 现有 too
	times = slices.DeleteFunc(times, func(t TimeWord) bool {
		return inTitle(d.text.Runes, t) || t.AsOf() && (bulletin || d.context["upon"].Before(d.text.Runes, t.End) > 0)
	})
	for i, t := range times {
		on := d.p.frameAt(d.p.Start + d.text.Off[t.Start]).period
		if d.text.Runes[t.Start] == '上' && t.To-t.From == 12 && !t.Unyeared && !t.Compared && on.Known() && on.To-on.From == 12 && on.To <= d.now*12 {
			times[i].Period = Year(on.From/12 - 1) // 由上年的729万人, in a part on last year
		}
		if year := on.From / 12; t.Unyeared && on.Known() && on.To-on.From == 12 && year != t.From/12 {
			times[i].From, times[i].To = year*12+t.From%12, year*12+t.From%12+t.To-t.From
			times[i].Label = strings.Replace(t.Label, strconv.Itoa(t.From/12), strconv.Itoa(year), 1)
		}
	}
	return d.wholeYears(times)
}

// lastBefore is the last time that stands before a place, nil where there is none.
func lastBefore(times []TimeWord, at int) (last *TimeWord) {
	for i := range times {
		if times[i].Start < at {
			last = &times[i]
		}
	}
	return last
}

// spans makes dates of the numbers of years that name a period: of 过去五年 the 五年.
func (d *passage) spans() {
	for i, q := range d.numbers {
		for _, t := range d.times {
			if t.Start <= q.Start && q.End <= t.End && q.Unit == "年" {
				d.numbers[i].Kind = quantity.Date
			}
		}
	}
}

// wholeYears adds the 全年 and 当年 that stand under a year that their sentence does not name, and
// the whole year that stands behind a part of it; under five years it is the last one.
func (d *passage) wholeYears(times []TimeWord) []TimeWord {
	r := d.text.Runes
	for i := 0; i+1 < len(r) && d.now > 0; i++ {
		n := yearlong.At(r, i)
		if n == 0 || slices.ContainsFunc(times, func(t TimeWord) bool { return t.Start <= i && i < t.End }) {
			continue
		}
		at := d.p.frameAt(d.p.Start + d.text.Off[i])
		t := TimeWord{Period: at.period, Start: i, End: i + n, Unyeared: true}
		if before := lastBefore(times, i); d.p.Report.Lang == "en" && before != nil && before.To-before.From < 12 {
			t.Period = Year(before.From / 12)
			t.Unyeared = false
		}
		if t.To-t.From != 12 && at.plan || !t.Known() {
			continue
		}
		if t.To-t.From != 12 {
			t.Period = Year(t.To/12 - 1)
		}
		next, _ := slices.BinarySearchFunc(times, i, func(t TimeWord, at int) int { return t.Start - at })
		times = slices.Insert(times, next, t)
	}
	return times
}

// span is where characters of the text stand in the report, without the mark of a note behind them.
func (d *passage) span(from, to int) Span {
	end := d.text.Off[to]
	if to > from {
		_, last := utf8.DecodeRuneInString(d.p.Text()[d.text.Off[to-1]:])
		end = d.text.Off[to-1] + last
	}
	return Span{d.p.Start + d.text.Off[from], d.p.Start + end}
}

func (d *passage) figure(i int, q quantity.Quantity) *Figure {
	p := d.p
	f := &Figure{Paragraph: p, Span: d.span(q.Start, q.End), Value: q.Value, High: q.High,
		Unit: q.Unit, Kind: q.Kind, Bound: q.Bound, Bounded: d.span(q.From, q.To)}
	f.ID = figureID(p, f)
	f.Text = p.Report.Slice(f.Span)
	clauseStart, clauseEnd := d.clause(q)
	f.Clause = d.span(clauseStart, clauseEnd)
	f.Sentence = p.sentenceAt(f.Start)
	sentence := [2]int{d.rune(f.Sentence.Start), d.rune(f.Sentence.End)}

	before := d.before(i, clauseStart)
	f.Role = d.role(q, d.text.Runes[before.from:before.to])
	f.Verb, f.What = d.counted(i, d.besideCircumstance(i, before, clauseStart), clauseEnd)
	if f.Unit == "" && f.Kind == quantity.Amount {
		f.Unit = d.impliedUnit(q, f.What)
	}
	if f.Unit == "$" {
		f.Unit = p.Report.Dollar()
	}
	d.inherit(f, i, sentence[0], d.text.Runes[before.from:before.to])
	d.decide(f, q, clauseStart, sentence)
	if f.Scope = ScopeIn(d.text.Runes[sentence[0]:q.Start]); f.Scope == "" {
		f.Scope = p.Report.Scope
	}
	return f
}

// rune is the place in the folded text of a byte of the report.
func (d *passage) rune(at int) int {
	i, _ := slices.BinarySearch(d.text.Off, at-d.p.Start)
	return i
}

func (p *Paragraph) sentenceAt(at int) Span {
	for _, s := range p.Sentences {
		if s.Start <= at && at < s.End {
			return s
		}
	}
	return p.Span
}

// clause is the stretch around a quantity between commas and stops.
func (d *passage) clause(q quantity.Quantity) (start, end int) {
	r := d.text.Runes
	start = clauseStart(r, q.Start)
	if d.p.Report.Lang == "en" { // more deaths by guns than the 956 on the roads: these are what they are compared with
		text := string(r[start:max(start, q.From)])
		if at := strings.LastIndex(text, " than "); at >= 0 && !strings.HasSuffix(text, " by ") {
			start += utf8.RuneCountInString(text[:at]) + len(" than ")
		}
	}
	for end = q.End; end < len(r) && !endsClause(r, end); end++ {
	}
	for start < q.Start && r[start] == ' ' {
		start++
	}
	return start, end
}

func (d *passage) clauseEnd(q quantity.Quantity) int { return clauseEnd(d.text.Runes, q.End) }

// clauseStart is where the clause begins that goes on at runes[at]. A remark in brackets that stands in it whole is a part
// of it: 固定资产投资（不含农户，下同）比上年增长5.4%.
func clauseStart(r []rune, at int) int {
	for at > 0 && !endsClause(r, at-1) {
		at--
		if r[at] == ')' || r[at] == '）' {
			at -= remark(r[max(0, at-longestRemark):at])
		}
	}
	return at
}

// longestRemark is how many characters a remark in brackets has that is no clause of its own.
const longestRemark = 16

// remark is the length of a remark with its opening bracket at the end of some runes, 0 where none opens there.
func remark(r []rune) int {
	for i, c := range slices.Backward(r) {
		if c == '(' || c == '（' {
			return len(r) - i
		}
	}
	return 0
}

func endsClause(r []rune, i int) bool {
	switch r[i] {
	case '，', '。', '；', '！', '？', ';', '!', '?', '\n':
		return true
	case ',', '.', ':', '：': // not within 6,476, 8.7 and 1.84:1
		return i == 0 || i+1 >= len(r) || !digit(r[i-1]) && !inMonth(r, i) || !digit(r[i+1]) && !inDay(r, i) && !inMonth(r, i)
	}
	return false
}

// inMonth tells the comma of January, 2018.
func inMonth(r []rune, i int) bool { return beforeYear(r, i) && monthNames.Before(r, i) > 0 }

// beforeYear tells the comma that stands before a year of an English date.
func beforeYear(r []rune, i int) bool {
	return r[i] == ',' && i+len(" 2018") < len(r) && r[i+1] == ' ' && digit(r[i+2]) && digit(r[i+len(" 2018")])
}

// inDay tells the comma of January 1, 2018.
func inDay(r []rune, i int) bool {
	if !beforeYear(r, i) {
		return false
	}
	day := i
	for day > 0 && digit(r[day-1]) {
		day--
	}
	return i-day <= len("31") && day > 0 && r[day-1] == ' ' && monthNames.Before(r, day-1) > 0
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// before is the text between the clause's beginning, or the figure before in
// the same clause, and the quantity: what it counts mostly stands there.
func (d *passage) before(i, clauseStart int) words {
	q := d.numbers[i]
	from := clauseStart
	for j := i - 1; j >= 0 && d.numbers[j].End > from; j-- {
		if d.numbers[j].Kind != quantity.Ordinal {
			from = max(from, d.afterThing(d.numbers[j].To, q.From))
			break
		}
	}
	if d.p.Report.Lang == "en" && from > clauseStart {
		from = d.afterTurn(from, q.From)
	}
	for _, t := range d.times {
		if t.Start < q.Start && t.End > from {
			from = t.End
			for from < q.From && strings.ContainsRune("末底初", d.text.Runes[from]) { // 比上年末增加2.55万人
				from++
			}
		}
	}
	return words{from, max(from, min(q.From, q.Start))}
}

// besideCircumstance is the words before a figure without a circumstance that they stand in or behind: of 外贸进出口在对美贸易下降超3成的
// 情况下增长12% the first is of 对美贸易, the second of 外贸进出口.
func (d *passage) besideCircumstance(i int, before words, clauseStart int) words {
	r := d.text.Runes
	q := d.numbers[i]
	if in := slices.Index(r[before.from:before.to], '在'); in > 0 && d.context["circumstance"].At(r, q.To) > 0 {
		return words{before.from + in + 1, before.to}
	}
	if i == 0 || d.numbers[i-1].To < clauseStart || d.context["circumstance"].At(r, d.numbers[i-1].To) == 0 {
		return before
	}
	if in := slices.Index(r[clauseStart:d.numbers[i-1].From], '在'); in > 0 {
		return words{clauseStart, clauseStart + in}
	}
	return before
}

// besideManner is the words before a figure without those that tell how it was reckoned, which name nothing: of
// 地区生产总值27695.1亿元，按不变价格计算比上年增长5.4% the growth is of what was named before.
func (d *passage) besideManner(before words) words {
	text := string(d.text.Runes[before.from:before.to])
	at := manner.FindStringIndex(text)
	if at == nil {
		return before
	}
	from, to := before.from+utf8.RuneCountInString(text[:at[0]]), before.from+utf8.RuneCountInString(text[:at[1]])
	if from == before.from {
		return words{to, before.to}
	}
	return words{before.from, from}
}

// manner tells how a figure was reckoned.
var manner = regexp.MustCompile(`按[^，。；、0-9]{2,10}?(?:计算|核算|统计|测算)`)

// afterThing is where the words that belong to the number before end: of
// 30位诺贝尔奖得主、47位院士 the first thing follows its number, up to the 、.
func (d *passage) afterThing(from, to int) int {
	between := d.text.Runes[from:max(from, to)]
	if at := slices.Index(between, '、'); at > 1 {
		return from + at
	}
	if n := len(between); n > 1 && strings.ContainsRune(joints, between[n-1]) { // 12万名长者及9000个照顾者家庭
		return to
	}
	return from
}

// afterTurn is where an English sentence turns to the next of two figures between two places: of 92% for women and 95% for
// men the second is not for women.
func (d *passage) afterTurn(from, to int) int {
	between := string(d.text.Runes[from:max(from, to)])
	if at := TurnIn(between); at > 0 {
		return from + utf8.RuneCountInString(between[:at+len(" and ")])
	}
	return from
}

// TurnIn is where, in bytes, what stands between two figures of an English sentence turns to the second: the last and
// that something stands before; 0 for none.
func TurnIn(between string) int {
	if strings.HasPrefix(between, " and ") {
		return 0
	}
	return max(0, strings.LastIndex(between, " and "))
}

// role reads the words just before the number.
func (d *passage) role(q quantity.Quantity, before []rune) Role {
	if d.p.Report.Lang == "en" {
		return d.englishRole(q, before)
	}
	isRate := d.quantities.Class(q.Unit) == "percent"
	n := len(before)
	trimmed := n
	for trimmed > 0 && (before[trimmed-1] == ' ' || before[trimmed-1] == '了' || before[trimmed-1] == '达' || before[trimmed-1] == '约' || before[trimmed-1] == '为') {
		trimmed--
	}
	trimmed -= d.context["latest"].Before(before[:trimmed], trimmed) // 下跌至最新的3.4%
	tail := before[:trimmed]
	has := func(class string) bool { return d.context[class].Before(tail, len(tail)) > 0 }
	if after := d.text.Runes[q.End:min(len(d.text.Runes), q.End+8)]; len(after) > 2 {
		if s := string(after); strings.HasPrefix(s, "增长到") || strings.HasPrefix(s, "增加到") || strings.HasPrefix(s, "提高到") || strings.HasPrefix(s, "提升到") || strings.HasPrefix(s, "下降到") || strings.HasPrefix(s, "上升到") {
			return From
		}
	}
	switch {
	case isRate && strings.HasPrefix(string(d.text.Runes[q.Start:q.End]), "负增长"), isRate && q.Unit != "个百分点" && d.ofGrowth(q):
		return Growth
	case has("level"), d.context["level"].Before(before, n) > 0: // 又增为22个
		return To
	case q.Unit == "个百分点" && HeldAgainst(before) != "":
		return Increase
	case has("growth") && isRate && q.Unit != "个百分点":
		return Growth
	case has("growth") && len(tail) > 0:
		return Increase
	case isRate && d.context["share"].In(before):
		return Share
	case isRate && d.context["growth"].In(before):
		return Growth
	}
	return Level
}

// ofGrowth tells a rate whose growth stands behind it: 录得2.5%的实质增长.
func (d *passage) ofGrowth(q quantity.Quantity) bool {
	r := d.text.Runes
	at := q.End
	if at >= len(r) || r[at] != '的' {
		return false
	}
	at++
	at += d.context["changekind"].At(r, at)
	return d.context["growth"].At(r, at) >= 2
}

// counted splits the text before a quantity into verb and thing; where there
// is no thing before it, it follows (全域65个行政村, 西屋、运达等4大新能源产业项目).
func (d *passage) counted(i int, before words, clauseEnd int) (verb, what string) {
	before = d.trimTail(d.trimLead(d.besideManner(before)))
	verbEnd := d.verb(before)
	verb = d.original(words{before.from, verbEnd})
	thing := words{verbEnd, before.to}
	if d.differs(d.numbers[i]) {
		return "", "" // told of what was counted before
	}
	if text := strings.TrimSpace(string(d.text.Runes[thing.from:thing.to])); verb == "" && (text == "" || d.context["changekind"].Has(text)) {
		if cut := d.besideManner(d.beforeTime(i, before)); cut.from < cut.to {
			return verb, d.original(cut)
		}
	}
	if isAgainst(d.text.Runes[before.from:before.to]) {
		return "", "" // 高于全国1.7个百分点 is told of what was counted before
	}
	if d.context["standing"].At(d.text.Runes[:thing.to], thing.from) > 0 {
		return "", "" // 总量5.53万亿元、稳居全国前十强、增长4.8%
	}
	if r := d.text.Runes[thing.from:thing.to]; len(r) > 0 && !strings.ContainsRune("等的", r[len(r)-1]) && !d.context["scope"].Has(string(r)) {
		return verb, d.original(thing)
	}
	q := d.numbers[i]
	end := clauseEnd
	if i+1 < len(d.numbers) {
		end = min(end, d.numbers[i+1].Start)
	}
	from := max(q.End, q.To)
	what = d.original(d.following(words{from, max(from, end)}))
	if last := thing.to - 1; what == "" && last > thing.from && d.text.Runes[last] == '等' { // 城市维护建设税、契税等32000万元
		what = d.original(thing)
	}
	return verb, what
}

// differs tells by how much something is more or less than another in English: higher than the
// estimate by 10.0% or $44.2 billion.
func (d *passage) differs(q quantity.Quantity) bool {
	if d.p.Report.Lang != "en" {
		return false
	}
	text := strings.TrimSpace(string(d.text.Runes[clauseStart(d.text.Runes, q.From):q.From]))
	return strings.Contains(text, " than ") && (strings.HasSuffix(text, " by") || strings.HasSuffix(text, " or"))
}

// beforeTime is what stands before the times right before a quantity: the total draw on
// reserves from FY2020 to FY2022 to $40 billion; 失业率在去年初上升至5.4%.
func (d *passage) beforeTime(i int, before words) words {
	q := d.numbers[i]
	to := before.from
	for _, t := range slices.Backward(d.times) {
		english := d.p.Report.Lang == "en"
		in := t.Start > 0 && strings.ContainsRune("在于", d.text.Runes[t.Start-1])
		if t.End <= to && to-t.End <= len(" of the ") && t.Start < q.Start && (english || in && !t.Compared) {
			to = t.Start
		}
		if t.End == to && !english && !t.Compared && to < before.to { // 本港经济去年实质增长3.1%
			to = t.Start
		}
		if t.End == to && t.Compared && t.Start > 0 && strings.ContainsRune("比较", d.text.Runes[t.Start-1]) { // 规模以上工业增加值比上年下降6.0%
			to = t.Start - 1
		}
	}
	from := clauseStart(d.text.Runes, q.Start)
	for k := i - 1; k >= 0 && d.numbers[k].End > from; k-- {
		if d.numbers[k].Kind == quantity.Amount {
			from = d.numbers[k].End
			break
		}
	}
	if to == before.from {
		return words{}
	}
	cut := d.trimLead(words{min(from, to), to})
	for cut.to > cut.from && strings.ContainsRune("在于", d.text.Runes[cut.to-1]) {
		cut.to--
	}
	return d.trimTail(cut)
}

// original is the report's own characters for words, without quotes cut in half.
func (d *passage) original(w words) string {
	s := noteBehind.ReplaceAllStringFunc(d.p.Report.Slice(d.span(w.from, w.to)), func(marked string) string {
		_, first := utf8.DecodeRuneInString(marked)
		return marked[:first]
	})
	s = strings.Trim(s, " ,，、的")
	for _, pair := range [][2]string{{"“", "”"}, {"‘", "’"}, {"《", "》"}, {"（", "）"}, {"(", ")"}, {"「", "」"}} {
		switch open, closed := strings.Count(s, pair[0]), strings.Count(s, pair[1]); {
		case open > closed:
			s = strings.Replace(s, pair[0], "", 1)
		case closed > open:
			s = strings.Replace(s, pair[1], "", 1)
		}
	}
	return s
}

// following is what a number stands before, up to the first verb or delimiter.
func (d *passage) following(w words) words {
	longest := 24
	if d.p.Report.Lang == "en" {
		longest = 60
	}
	r := d.text.Runes
	for j := w.from; j < w.to; j++ {
		inWord := j > 0 && isLatin(r[j]) && r[j-1] != ' '
		if j-w.from > longest || strings.ContainsRune("、(（", r[j]) || j > w.from && !inWord && (d.context["verb"].At(r, j) >= 2 || d.context["lead"].At(r, j) >= 2 || d.context["thingend"].At(r, j) > 0) {
			return words{w.from, j}
		}
	}
	for w.to > w.from && strings.ContainsRune(joints, r[w.to-1]) { // 12万名长者及9000个家庭
		w.to--
	}
	return w
}

// trimLead drops adverbs; trimTail the words between thing and number.
func (d *passage) trimLead(w words) words {
	r := d.text.Runes[:w.to]
	for w.from < w.to {
		n := d.context["lead"].At(r, w.from)
		if n > 0 && isLatin(r[w.from+n-1]) && w.from+n < len(r) && isLatin(r[w.from+n]) {
			n = 0 // an English word ends where its letters end
		}
		if n == 1 && r[w.from] == '等' && w.from+1 < len(r) && strings.ContainsRune("级外额值", r[w.from+1]) {
			n = 0 // 等级公路里程
		}
		if n == 0 && strings.ContainsRune(" ,，、的以来内)）", r[w.from]) {
			n = 1
		}
		if n == 0 {
			break
		}
		w.from += n
	}
	return w
}

func (d *passage) trimTail(w words) words {
	r := d.text.Runes[w.from:w.to]
	for len(r) > 0 {
		n := max(d.context["tail"].Before(r, len(r)), d.context["growth"].Before(r, len(r)), d.context["level"].Before(r, len(r)))
		if n > 0 && n < len(r) && isLatin(r[len(r)-n]) && isLatin(r[len(r)-n-1]) {
			n = 0
		}
		if n == 0 && strings.ContainsRune(" ,，、($¥", r[len(r)-1]) {
			n = 1
		}
		if n == 0 {
			break
		}
		r = r[:len(r)-n]
	}
	return words{w.from, w.from + len(r)}
}

// verb returns where the verb that opens the words ends: 新建, 新建和提升.
func (d *passage) verb(w words) int {
	r := d.text.Runes[:w.to]
	if d.context["notverb"].At(r, w.from) > 0 { // 增加值
		return w.from
	}
	end := w.from + d.context["verb"].At(r, w.from)
	for end > w.from && end < w.to && strings.ContainsRune("和、及并", r[end]) {
		n := d.context["verb"].At(r, end+1)
		if n == 0 {
			break
		}
		end += 1 + n
	}
	return end
}

// impliedUnit is the unit of a number without one: 6600多万纳税人 are 人,
// a 年产值 of 3000万 is in 元. Only counts of people and money go without.
func (d *passage) impliedUnit(q quantity.Quantity, what string) string {
	classes := d.quantities.MeasuredAt(d.text.Runes[q.End:])
	if classes == nil {
		classes = d.quantities.Measured(fold.New(what).Runes)
	}
	for _, class := range classes {
		if class == "person" || class == "money" {
			return d.quantities.ClassUnit(class)
		}
	}
	return ""
}

// inherit takes verb and thing from the figure before in the same sentence:
// 新增国家高新技术企业3家,省科技型中小企业14家; 国内生产总值126万亿元,增长5.2%.
func (d *passage) inherit(f *Figure, i, sentenceStart int, before []rune) {
	if len(d.found.figures) == 0 {
		return
	}
	if named := d.pronoun(f, sentenceStart); named != "" {
		f.What = named
		return
	}
	last := d.found.figures[len(d.found.figures)-1]
	if d.rune(last.Start) < sentenceStart {
		return
	}
	switch {
	case f.What == "", f.What == "or" && d.p.Report.Lang == "en": // $2 billion, or 0.3% of GDP
		f.What = last.What
	case strings.HasPrefix(f.What, "占") && !strings.Contains(last.What, "占"): // 增加值9958.3亿元,占地区生产总值的比重为23.9%
		f.What = last.What + f.What
	case d.context["general"].Has(f.What) && !strings.Contains(last.What, f.What):
		f.What = last.What + f.What // 净增高新技术企业42家,总数达318家
	}
	if between := d.text.Runes[min(d.rune(last.End), d.numbers[i].Start):d.numbers[i].Start]; strings.ContainsAny(string(between), ";；") {
		return // 当年新登记2万户；登记在册个体经营户52.86万户
	}
	if f.Verb == "" && f.Role == Level && (f.Unit == last.Unit || d.text.Runes[d.numbers[i-1].End] == '、') && !d.context["verb"].In(before) && !d.context["stock"].In(before) {
		f.Verb = last.Verb
	}
}

// pronoun is what the sentence before counts, where an English one goes on with a pronoun and
// names nothing: They will grow further, by 50% to about $30 billion.
func (d *passage) pronoun(f *Figure, sentenceStart int) string {
	at := sentenceStart
	for at < len(d.text.Runes) && d.text.Runes[at] == ' ' {
		at++
	}
	if d.p.Report.Lang != "en" || d.wordAt("pronoun", d.text.Runes, at) == 0 {
		return ""
	}
	if slices.ContainsFunc(d.times, func(t TimeWord) bool { return t.Start >= at && t.End <= d.rune(f.Start) }) {
		return "" // This brings the draw from FY2020 to FY2022 to $40 billion
	}
	if what := fold.New(f.What).Runes; len(what) > len("by") && (d.wordAt("pronoun", what, 0) == 0 || len(strings.Fields(f.What)) > 2) {
		return "" // by 50%; It will
	}
	for _, g := range slices.Backward(d.found.figures) {
		if d.rune(g.Start) < sentenceStart && g.What != "" {
			return g.What
		}
	}
	return ""
}

// period is the one named last before the figure in its clause, else in its
// sentence, its paragraph, its headings, its report.
func (d *passage) period(q quantity.Quantity, clauseStart int, sentence [2]int) Period {
	sentenceStart, sentenceEnd := sentence[0], sentence[1]
	best, found := Period{}, false
	if d.p.Report.Lang == "en" {
		if p, ok := d.periodBehind(q, d.clauseEnd(q)); ok {
			return p
		}
	}
	for _, t := range d.times {
		if t.Start == q.To+1 && d.bracketed(t) {
			best = t.Period
			best.Stated = InClause
			return best
		}
		if t.Start >= q.End && (t.Start > q.End+12 || found) {
			break
		}
		if t.Compared && t.Start >= clauseStart && d.comparesWith(t, q) {
			return d.yearBefore(t, best)
		}
		if t.Since && t.Start >= sentenceStart && t.Start < q.Start && t.Start-sentenceStart <= longestSince && d.changedSince(q, t) { // Since 2013, income has fallen by 60 percent
			best, found = d.since(t, InSentence), true
			continue
		}
		if t.Compared || t.Start >= q.Start && t.Start < q.End && q.Kind != quantity.Date {
			continue
		}
		if t.Start >= q.End && (d.p.Report.Lang != "en" || t.Start >= sentenceEnd) { // rose by 3%. In 2018
			continue
		}
		if t.Base && (t.Start < clauseStart || !d.onlyOf(t, q)) || t.Start < clauseStart && t.Start > 0 && strings.ContainsRune("由从", d.text.Runes[t.Start-1]) && !d.startsThen(t) {
			continue // 由2020年的78公里: where a change began, and no more; 是2010年的2.2倍 is no figure of 2010
		}
		if t.Start < sentenceStart && d.now > 0 {
			continue // the frame of the sentence knows
		}
		if t.AsOf() && t.Start < clauseStart && found && best.From >= d.now*12 {
			continue // 2026年第三季，加强现时的服务，每年增加900名
		}
		if t.End <= q.Start && d.enclosedApart(t, q) {
			continue
		}
		best, found = t.Period, true
		switch {
		case t.Unyeared && t.To-t.From == 12: // 全年
			best.Stated = max(InSentence, d.frame.period.Stated)
		case t.Start >= clauseStart:
			best.Stated = InClause
		case t.Start >= sentenceStart:
			best.Stated = InSentence
		default:
			best.Stated = InParagraph
			if t.Day {
				best, found = Period{}, false
			}
		}
	}
	if p, ok := d.effective(q); ok && (!found || best.Stated > InClause) {
		return p
	}
	if !found || best.Stated >= InSentence && d.frame.plan && best.To <= d.now*12 && !d.doneSince(sentenceStart, clauseStart, q) {
		return d.frame.period
	}
	return best
}

// startsThen tells the time from which on something holds: 由2025年度起, and no year that a change began in.
func (d *passage) startsThen(t TimeWord) bool {
	return startBehind.MatchString(string(d.text.Runes[t.End:min(len(d.text.Runes), t.End+len("年年开始"))]))
}

var startBehind = regexp.MustCompile(`^ ?[学课财]?[税政]?年?度?(?:起|开始)`)

// enclosedApart tells a time within brackets that hold a figure of their own and are closed before another:
// $8 million in 2020-21 ($9 million in 2021-22) is for grants of $500.
func (d *passage) enclosedApart(t TimeWord, q quantity.Quantity) bool {
	r := d.text.Runes
	open := lastRune(r[:t.Start], "(（")
	if open < 0 || slices.ContainsFunc(r[open:t.Start], func(c rune) bool { return strings.ContainsRune(")）", c) }) {
		return false
	}
	closed := slices.IndexFunc(r[t.End:min(q.Start, len(r))], func(c rune) bool { return strings.ContainsRune(")）", c) })
	return closed >= 0 && d.amountBetween(open, t.End+closed)
}

// lastRune is where the last of some characters stands, -1 for none.
func lastRune(r []rune, any string) int {
	for i := len(r) - 1; i >= 0; i-- {
		if strings.ContainsRune(any, r[i]) {
			return i
		}
	}
	return -1
}

// doneSince tells a sentence, in a part on plans, that says what was done up to a figure: 政府于过去两年
// 推行了两轮消费券计划，分别向市民发放5000元及10000元.
func (d *passage) doneSince(sentenceStart, clauseStart int, q quantity.Quantity) bool {
	said := d.text.Runes[sentenceStart:q.Start]
	return strings.ContainsRune(string(said), '了') && !d.context["will"].In(said) && !d.context["target"].In(d.text.Runes[min(clauseStart, q.Start):q.Start])
}

// onlyOf tells the one figure of a base year that is of that year, 2020年的78公里, from what
// is only measured against it, 2010年的2.2倍.
func (d *passage) onlyOf(t TimeWord, q quantity.Quantity) bool {
	if class := d.quantities.Class(q.Unit); q.Start < t.End || class == "percent" && q.Unit != "%" {
		return false
	}
	for i := t.End; i < q.Start; i++ { // only other figures of the list: 2020年的645元、4318元
		in := slices.ContainsFunc(d.numbers, func(n quantity.Quantity) bool { return n.From <= i && i < n.To })
		if !in && !strings.ContainsRune("的、和末底 ", d.text.Runes[i]) {
			return false
		}
	}
	return true
}

// bracketed tells a time that stands alone in brackets: 人口约33,700人（2008年）.
func (d *passage) bracketed(t TimeWord) bool {
	r := d.text.Runes
	return strings.ContainsRune("(（", r[t.Start-1]) && t.End < len(r) && strings.ContainsRune(")）", r[t.End])
}

// yearBefore is the period that a figure is compared with: of 比上年 in a sentence,
// else a part, on 2022 it is 2021, whenever the report speaks.
func (d *passage) yearBefore(t TimeWord, on Period) Period {
	if !on.Known() {
		on = d.frame.period
	}
	p := t.Period
	if d.text.Runes[t.Start] == '上' && on.Known() {
		p = Year(on.From/12 - 1)
	}
	p.Stated = InClause
	return p
}

// comparesWith tells a figure that is what another one is compared with: 比上年
// 决算数14.94亿元增长3.0%. It stands right behind the time, without a word of change.
func (d *passage) comparesWith(t TimeWord, q quantity.Quantity) bool {
	const nameLength = 8
	if q.Kind != quantity.Amount || q.Start < t.End || q.Start-t.End > nameLength {
		return false
	}
	between := d.text.Runes[t.End:q.Start]
	return len(between) > 1 && !d.context["growth"].In(between) && !d.context["level"].In(between) && !slices.ContainsFunc(d.numbers, func(n quantity.Quantity) bool { return n.Start >= t.End && n.End <= q.Start })
}

// status: achieved or aimed at, and what decided. By the words of the clause, then by the part
// of the report, never against the time: what lies behind the report is done unless its own
// clause calls it a goal, and what lies ahead of it is never done.
func (d *passage) status(f *Figure, q quantity.Quantity, sentence [2]int) (Status, string) {
	clause := d.text.Runes[d.rune(f.Clause.Start):d.rune(f.Clause.End)]
	before := d.text.Runes[sentence[0]:min(q.Start, sentence[1])]
	past, what := d.past(f), []rune(fold.String(f.What))
	aim, aimed := d.lastWord("target", clause)
	fact, done := d.lastWord("actual", clause)
	ahead, toCome := d.lastWord("target", before)
	will, willBe := "", -1
	if d.p.Report.Lang == "zh-Hant" {
		will, willBe = d.lastWord("will", append(slices.Clip(before), d.text.Runes[q.End:d.rune(f.Clause.End)]...)) // 60万人将受惠
	}
	switch {
	case d.isGoal(q):
		return Target, "a goal"
	case d.quantities.Class(q.Unit) == "money" && (d.context["budget"].Before(d.text.Runes, q.From) > 0 || d.context["budget"].Before(what, len(what)) > 0):
		return Target, budgetWord // 年初预算160000万元，实际完成160060万元
	case aimed >= 0 && !past && (aimed > done || d.rune(f.Clause.Start)+done >= q.Start):
		return Target, byWord + aim // but 创造职位计划已创造6万个
	case d.toCome(f.Period):
		return Target, "period to come"
	case d.ahead(f.Period) && !d.context["already"].In(clause):
		return Target, "year begun"
	case d.context["budgeted"].In(clause) && done < 0:
		at, n := d.context["budgeted"].Find(clause)
		return Target, byWord + string(clause[at:at+n])
	case done >= 0:
		return Actual, byWord + fact
	case f.Period.Stated <= InSentence && past:
		return Actual, "period past"
	case f.Period.AsOf() && f.Period.Stated <= InSentence && toCome < 0 && willBe < 0:
		return Actual, "as it is now"
	case d.frame.plan && !past:
		return Target, d.frame.by
	case toCome >= 0 && f.Period.Stated <= InSentence && !past:
		return Target, byWord + ahead
	case willBe >= 0:
		return Target, byWord + will
	case d.frame.review:
		return Actual, d.frame.by
	}
	return Actual, "no word of a plan"
}

// lastWord is the last word of a class in a text and where it stands, "" and -1 for none. A word within
// one of the class not… of it is another: 「创造职位计划」 is a name, 将军 is nobody who will.
func (rd *Reader) lastWord(class string, in []rune) (word string, at int) {
	at = -1
	for i := 0; i < len(in); i++ {
		if n := max(rd.context["not"+class].At(in, i), rd.context["upon"].At(in, i)); n > 0 {
			i += n - 1
		} else if n := rd.context[class].At(in, i); n > 0 {
			word, at = string(in[i:i+n]), i
		}
	}
	return word, at
}

// Budgeted tells an amount that is called what was budgeted, beside which its outcome stands.
func (f *Figure) Budgeted() bool { return f.Status == Target && strings.HasSuffix(f.By, budgetWord) }

// isGoal tells a figure that is called a goal itself, whenever: 达成300万户目标, 完成5%的年度目标.
func (d *passage) isGoal(q quantity.Quantity) bool {
	behind := string(d.text.Runes[q.To:min(len(d.text.Runes), q.To+6)])
	return goalBehind.MatchString(behind)
}

var goalBehind = regexp.MustCompile(`^ ?的?(?:预期|年度|既定|总体)?目标`)

const (
	byWord     = "word "
	budgetWord = byWord + "预算"
)

// toCome tells a period that begins after the report is given or after its year, or this year and ends after it.
func (d *passage) toCome(p Period) bool {
	given := d.p.Report.given
	return d.now > 0 && p.Known() && (p.From >= (d.now+1)*12 || given > 0 && p.From > given || p.From >= d.now*12 && p.To > (d.now+1)*12)
}

// decide sets the figure's period and status, and what they were decided by.
func (d *passage) decide(f *Figure, q quantity.Quantity, clauseStart int, sentence [2]int) {
	d.frame = d.p.frameAt(f.Start)
	f.Period = d.period(q, clauseStart, sentence)
	status, why := d.status(f, q, sentence)
	if d.p.Report.Lang == "en" {
		status, why = d.statusEnglish(f, q, sentence)
	}
	if status == Target && f.Period.Stated >= InParagraph && d.now > 0 && f.Period.Known() && f.Period.To <= d.now*12 {
		f.Period = Year(d.now) // we will build 300 homes, in a report on last year
		f.Period.Stated = InReport
	}
	if status == Target && d.bare(f.Period) && f.Period.From < d.p.Report.given { // will rise to R940 in April: the next one
		f.Period = f.Period.yearOn()
	}
	if back := d.p.Report.Covers; status == Actual && d.frame.plan && f.Period.Stated >= InSection && back.Known() && f.Period.From >= d.now*12 {
		f.Period = back // 目前已有5个, in a part on plans
		f.Period.Stated = InReport
	}
	if span := d.p.Report.frames.span; span.Known() && f.Period.Within(span) && f.Period.To-f.Period.From == 12 && d.yearly(f, q, clauseStart) {
		f.Period = span // 年均增长4.5%, among figures of last year
		f.Period.Stated = InSection
	}
	if p := f.Period; f.Role == To && p.Stated >= InParagraph && p.To-p.From > 12 && d.past(f) {
		f.Period = Year(p.To/12 - 1) // 五年来增至3022家: so many at the end
		f.Period.Stated = p.Stated
	}
	f.Status = status
	where := d.frame.by
	switch {
	case !f.Period.Known():
		where = "none"
	case f.Period.Stated == InClause:
		where = "clause"
	case f.Period.Stated == InSentence:
		where = "sentence"
	case f.Period.Stated == InReport:
		where = byReport
	}
	f.By = "period: " + where + "; status: " + why
}

// yearly tells a figure that is a mean of several years: 年均增长4.5%, 年均超过46万人, but 年均浓度 is of one.
func (d *passage) yearly(f *Figure, q quantity.Quantity, clauseStart int) bool {
	before := string(d.text.Runes[clauseStart:q.From])
	return strings.HasSuffix(before, "年均") || strings.Contains(before, "年均") && (f.Role == Growth || f.Role == Increase)
}

// ahead tells a whole year that has hardly begun when the report is given: what
// a budget of February has for 2025 is planned, whatever its verb.
func (d *passage) ahead(p Period) bool {
	if d.now == 0 || p.From != d.now*12 || p.To != p.From+12 || p.Stated > InSection {
		return false
	}
	given := d.p.Report.Date
	return strings.HasPrefix(given, strconv.Itoa(d.now)) && given[len("2025-"):] < "04" || given == "" && budgetTitle.MatchString(fold.String(d.p.Report.Title))
}

var budgetTitle = regexp.MustCompile(`预算案|草案|budget`)

// past tells whether the figure's stated period lies before the report's year.
func (d *passage) past(f *Figure) bool {
	return d.now > 0 && f.Period.Known() && f.Period.Stated <= InSection && f.Period.To <= d.now*12 && !d.bare(f.Period)
}

// bare tells the period of a month that was named without its year.
func (d *passage) bare(p Period) bool {
	return slices.ContainsFunc(d.times, func(t TimeWord) bool { return t.Bare && t.Label == p.Label })
}

// industries are the figures within a proportion of the three industries that
// makes up a hundred: of 三次产业结构调整为5.6:41.8:52.6 each its share in percent.
func (d *passage) industries(f *Figure, q quantity.Quantity) (shares []*Figure) {
	if f.Unit != "比" || !strings.Contains(string(d.text.Runes[max(0, q.Start-24):q.Start]), "三次产业") {
		return nil
	}
	names := []string{"第一产业", "第二产业", "第三产业"}
	sum, from := decimal.Zero, q.Start
	for i := q.Start; i <= q.End; i++ {
		if i < q.End && (digit(d.text.Runes[i]) || d.text.Runes[i] == '.') {
			continue
		}
		value, err := decimal.NewFromString(string(d.text.Runes[from:i]))
		if err != nil || len(shares) == len(names) {
			return nil
		}
		share := *f
		role := Share
		if before := d.text.Runes[max(0, q.Start-1)]; before == '由' || before == '从' {
			role = From
		}
		share.Span = d.span(from, i)
		share.Bounded, share.Text, share.ID = share.Span, d.p.Report.Slice(share.Span), figureID(d.p, &share)
		share.Value, share.High, share.Unit, share.Stated, share.Role = value, value, "%", "%", role
		share.Each, share.Other = names[len(shares)], slices.Delete(slices.Clone(names), len(shares), len(shares)+1)
		share.What = "三次产业中" + share.Each + "占比"
		shares = append(shares, &share)
		sum, from = sum.Add(value), i+1
	}
	if len(shares) != len(names) || sum.Sub(decimal.NewFromInt(100)).Abs().GreaterThan(decimal.NewFromFloat(0.15)) {
		return nil
	}
	shares[0].ID += ".1" // the whole proportion begins there too
	return shares
}

// changes reads 由78公里增加到109公里, 从14.5%降至13.9%, from 2 to 3: the first figure is where a
// change began, the second where it ended.
func (d *passage) changes() {
	r := d.text.Runes
	found := slices.DeleteFunc(slices.Clone(d.found.figures), func(f *Figure) bool { return f.Kind == quantity.Date })
	for k := 1; k < len(found); k++ {
		first, second := found[k-1], found[k]
		from, to := d.rune(first.End), d.rune(second.Start)
		for _, t := range d.times { // 从2020年的31亿元增加到2025年的96亿元
			if t.Start > from && t.End <= to && strings.Trim(string(r[t.End:to]), "的 ") == "" {
				to = t.Start
			}
		}
		if from > to || to-from > longestChange {
			continue
		}
		between := string(r[from:to])
		if first.Clause != second.Clause && (first.Sentence != second.Sentence || r[from] != ',') { // 由去年高峰期的12.7%，持续回落至近期的7.4%
			continue
		}
		if strings.TrimSpace(between) == "to" && strings.HasSuffix(string(r[:d.rune(first.Bounded.Start)]), "from ") { // grew from 25,000 to 42,000 kilometers
			first.Role, second.Role = From, To
			continue
		}
		isRange := strings.TrimSpace(between) == "to" || strings.TrimSpace(between) == "and" && strings.HasSuffix(string(r[:d.rune(first.Bounded.Start)]), "between ")
		if isRange && first.Unit == second.Unit && first.Unit != "" && second.Value.GreaterThan(first.Value) { // 20% to 30% of seniors: neither is said without the other
			whole := Span{first.Bounded.Start, second.Bounded.End}
			first.Bounded, second.Bounded = whole, whole
			second.What, second.Period = first.What, first.Period
			continue
		}
		reached := r[from : to-d.context["latest"].Before(r[:to], to)] // 回落至近期的
		reaches := len(reached) > 0 && strings.ContainsRune("到至为成", reached[len(reached)-1])
		start, at := d.rune(first.Clause.Start), d.rune(first.Start)
		near := max(start, at-longestChange)
		began := slices.IndexFunc(r[near:at], func(c rune) bool { return c == '由' || c == '从' })
		if reaches && began >= 0 && d.quantities.Class(first.Unit) == d.quantities.Class(second.Unit) {
			first.Role, second.Role = From, To
			if first.Period.Stated == InClause && (second.Period == first.Period || second.Period.Stated >= InSection) { // 由2020年的41.2%提高到48.6%
				second.Period = d.frame.period
				if second.Period.Known() && second.Period.To <= first.Period.To && d.now > 0 { // it ended after it began
					second.Period = Year(d.now)
					second.Period.Stated = InReport
				}
			}
			if name := fold.String(first.What); strings.Contains(between, name) || strings.Contains(string(r[near+began:at]), name) { // 由2023年的92.1%提高到94.3%, 由高峰期的12.7%
				first.What = d.original(d.trimLead(words{start, near + began}))
			}
			if strings.Contains(between, fold.String(second.What)) {
				second.What = first.What
			}
		}
	}
}

// longestChange in characters, from the 由 to the figure and between the two.
const longestChange = 10

// periodOfMember sets the period of a figure whose member is one: 2024年、2025年分别
// 完成340亿元、290亿元.
func (d *passage) periodOfMember(f *Figure) {
	r := []rune(f.Each)
	if times := Times(r, d.quantities.ScanRunes(r), d.p.Report.clock()); len(times) == 1 && times[0].End == len(r) {
		f.Period = times[0].Period
		f.Period.Stated = InClause
	}
}

// eachVerb: 各 before what is said of each member is another 分别: 各占27.8%和8.9%.
var eachVerb = terms.NewSet("各占", "各为", "各达", "各有", "各增", "各减", "各下降", "各上升", "各提高", "各完成", "各实现")

// respectively reads 分别: 城镇和农村居民人均可支配收入分别达到46820元、24135元,
// or 营业收入2143亿元、利润102.8亿元,分别增长6.5%、8.9%: each figure after it
// goes with one member of the list before it, in order.
func (d *passage) respectively() {
	r := d.text.Runes
	for at := 0; at+1 < len(r); at++ {
		if (r[at] != '分' || r[at+1] != '别') && eachVerb.At(r, at) == 0 {
			continue
		}
		run := d.runAfter(at)
		if r[at] == '各' {
			run = d.joint(run)
		}
		if len(run) < 2 {
			continue
		}
		members := d.membersBefore(at, len(run), run[0])
		for k, f := range run {
			if f.Role == Level && (f.Unit == run[0].Unit || len(d.joint(run)) == len(run)) {
				f.Role = run[0].Role // 分别下降9%、26.3%
			}
			if len(members) == len(run) {
				f.Each = members[k]
				if strings.ContainsAny(f.What, joints) && utf8.RuneCountInString(f.What) == 1 {
					f.What = run[0].What // not the 和 before it
				}
				f.Other = append(slices.Clone(members[:k]), members[k+1:]...)
				d.periodOfMember(f)
				if slices.ContainsFunc(d.found.figures, func(o *Figure) bool { return o != f && o.Each == "" && o.What == f.Each }) {
					f.What = f.Each // 面积312万亩、总产128万吨，分别增加1.8万亩、0.9万吨
				}
			}
		}
	}
}

// runAfter is the figures after runes[at] that follow one another within a few characters.
func (d *passage) runAfter(at int) (run []*Figure) {
	const gap = 12
	end := at
	for i, q := range d.numbers {
		if q.Start < at || q.Kind != quantity.Amount {
			continue
		}
		if len(run) > 0 && endsClause(d.text.Runes, end) && (q.Start-end > 1 || q.Unit != run[len(run)-1].Unit) {
			break // another clause says another thing: 分别增长4.3%、5.5%，十方面实事完成
		}
		if q.Start-end > gap || slices.Contains(d.text.Runes[end:q.Start], '。') || len(run) > 0 && strings.Contains(string(d.text.Runes[end:q.Start]), "分别") {
			break
		}
		run = append(run, d.found.mentions[i])
		end = max(q.End, q.To)
	}
	return run
}

// joint is the first figures of a run that nothing but 、 or 和 parts: of
// 各有2个、共8个 the second is no member's.
func (d *passage) joint(run []*Figure) []*Figure {
	for k := 1; k < len(run); k++ {
		between := d.text.Runes[d.rune(run[k-1].End):d.rune(run[k].Start)]
		if len(between) != 1 || !strings.ContainsRune(joints, between[0]) {
			return run[:k]
		}
	}
	return run
}

// joints part the members of a list.
const joints = "、和与及"

// membersBefore is the list of n members that 分别 at runes[at] goes back to.
func (d *passage) membersBefore(at, n int, first *Figure) []string {
	r := d.text.Runes
	from := clauseStart(r, at)
	for _, t := range d.times {
		if t.Start == from && t.End < at && !strings.ContainsRune(joints, r[t.End]) {
			from = t.End // 全年交通、水利投资分别达到: the year is no part of the first
		}
	}
	subject := string(r[from:at])
	if parts := listed(subject); len(parts) == n {
		return parts
	}
	if parts := strings.Split(subject, "、"); len(parts) == n { // 新能源产业、汽车及零部件、未来产业: 及 stands within a name
		return parts
	}
	for _, line := range terms.Lines(termFile("members.txt")) {
		word, list, _ := strings.Cut(line, ":")
		if members := strings.Fields(list); len(members) == n && strings.Contains(subject, word) {
			return members
		}
	}
	if parts := listed(againstList.FindString(string(r[at:max(at, d.rune(first.Start))]))); len(parts) == n {
		return parts // 分别高于全市、全国1.5、0.6个百分点
	}
	var before []string
	for _, f := range d.found.figures {
		if f.Start < first.Start && d.rune(f.End) <= at && f.Sentence == first.Sentence {
			if f.Each != "" { // 甲、乙分别实现产值5亿元、3亿元,分别增长2%、4%
				before = append(before, f.Each)
			} else {
				before = append(before, f.What)
			}
		}
	}
	if len(before) < n {
		if parts := listed(d.clauseBefore(from)); subject == "" && len(parts) == n {
			return parts // 以制造业和营造业为大宗,各占27.8%和8.9%
		}
		return nil
	}
	return before[len(before)-n:]
}

// againstList are the areas that something is held against, between 分别 and its figures.
var againstList = regexp.MustCompile(`(?:全[国省市区县州球]|[东中西]部)(?:平均)?(?:[、和与及](?:全[国省市区县州球]|[东中西]部)(?:平均)?)+`)

// listed is the members of a list; the 及 of 及以上 parts none.
func listed(subject string) []string {
	whole := strings.NewReplacer("及以上", "\x00", "及以下", "\x01")
	parts := strings.FieldsFunc(whole.Replace(subject), func(c rune) bool { return strings.ContainsRune(joints, c) })
	for i, p := range parts {
		parts[i] = strings.NewReplacer("\x00", "及以上", "\x01", "及以下").Replace(p)
	}
	return parts
}

// clauseBefore is the clause that ends at the comma before runes[from].
func (d *passage) clauseBefore(from int) string {
	end := max(0, from-1)
	return string(d.text.Runes[clauseStart(d.text.Runes, end):end])
}

// EndOf is the higher or the lower end of a range as a figure of its own, with the
// range's ID: of 9800日元到14800日元 the 14800日元. A figure that is no range, or
// whose lower end goes without its unit (一至五盘), is its own end.
func (f *Figure) EndOf(high bool) *Figure {
	text := fold.New(f.Text)
	at := strings.IndexAny(string(text.Runes), rangeDashes)
	if f.High.Equal(f.Value) || at <= 0 || f.Kind != quantity.Amount {
		return f
	}
	at = utf8.RuneCountInString(string(text.Runes)[:at])
	end := *f
	if high {
		end.Start, end.Value = f.Start+text.Off[at+1], f.High
		end.Bounded.Start = end.Start
	} else {
		end.End, end.High = f.Start+text.Off[at], f.Value
		end.Bounded.End = end.End
	}
	end.Text = f.Paragraph.Report.Slice(end.Span)
	if got := f.Paragraph.Report.reader.quantities.Scan(fold.New(end.Text)); len(got) != 1 || got[0].Unit != f.Unit || !got[0].Value.Equal(end.Value) || !got[0].High.Equal(end.High) {
		return f
	}
	return &end
}

// rangeDashes stand between the ends of a range.
const rangeDashes = "-—–~至到"
