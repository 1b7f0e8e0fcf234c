package corpus

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
)

// frame is what the structure of a report says of the figures of a sentence that names no
// time itself. Work reports speak of five years, of last year, of this year's plans and of
// the five years to come, each in parts of their own whose sentences name no year: read
// without that, every second figure of a province's report had another period.
type frame struct {
	period Period
	plan   bool   // the part is on what is planned
	review bool   // the part is on what was done
	by     string // what decided: heading “三、2026年重点工作”, lead “五年来”, report
}

// frames of a report are found when the first figure is asked for: by paragraph, by sentence.
type frames struct {
	once sync.Once
	of   [][]*frame // sentences that follow one another share theirs
	span Period     // the years up to the last one that the report looks back on besides; not known for none
}

// standing tells whether a paragraph stands in a part on plans, and the period that it stands under.
func (p *Paragraph) standing() (plans bool, period Period) {
	above := p.frameAt(p.Start)
	return above.plan, above.period
}

// frameAt is the frame of the sentence of p that the byte at lies in.
func (p *Paragraph) frameAt(at int) frame {
	p.Report.frames.once.Do(p.Report.findFrames)
	of := p.Report.frames.of[p.N]
	for i, s := range p.Sentences {
		if at < s.End && i < len(of) {
			return *of[i]
		}
	}
	return *of[len(of)-1]
}

// walk goes through a report in reading order and keeps the frame that holds.
type walk struct {
	r       *Report
	now     frame
	setters []setter // the headings that set a frame and still hold, from the top
	seen    map[*Section]bool
	looking frame // as at the beginning: what the report is on
	list    bool  // a list of what will be done goes on
}

// setter is a heading that set the frame, and the frame that held before it.
type setter struct {
	*Section
	before frame
}

// leave goes out of the parts that end where s begins: then what held before them holds
// again. After a part on plans nothing looks back unless a heading says so. A heading without
// a marker, as a page that lost its numerals leaves it, ends at the next that sets a frame.
func (w *walk) leave(s *Section, sets bool) {
	for len(w.setters) > 0 {
		last := w.setters[len(w.setters)-1]
		over := s.Level <= last.Level && (sets || last.Marker != "" || w.r.Lang != "zh")
		if !over || isWithin(s, last.Section) {
			return
		}
		w.setters = w.setters[:len(w.setters)-1]
		if len(w.setters) > 0 || !w.now.plan || w.r.Lang != "zh" {
			w.now = last.before
		}
	}
}

func (r *Report) findFrames() {
	w := &walk{r: r, seen: map[*Section]bool{}}
	w.looking = frame{period: r.Covers, by: byReport}
	w.looking.period.Stated = InReport
	w.now = w.looking
	var last *frame
	for _, p := range r.Paragraphs {
		w.section(p.Section)
		of := w.sentences(p)
		shared := make([]*frame, 0, len(of)+1)
		for _, f := range append(of, w.now) {
			if p := f.period; !r.frames.span.Known() && p.To == r.Year*12 && p.To-p.From >= 36 {
				r.frames.span = p
			}
			if last == nil || *last != f {
				last = &f
			}
			shared = append(shared, last)
		}
		r.frames.of = append(r.frames.of, shared)
	}
}

// sentences are the frames of a paragraph's sentences.
func (w *walk) sentences(p *Paragraph) (of []frame) {
	local := w.now
	if w.list && w.isPoint(p.Text()) {
		local.plan, local.by = true, "lead of the list"
	} else if p.Row == nil && (w.r.Lang != "en" || p.Section == nil || p.Start != p.Section.Start) {
		w.list = false
	}
	once := local
	for _, s := range p.Sentences {
		switch {
		case p.Row != nil || w.r.Year == 0:
		case w.r.Lang != "en":
			local = w.lead(p, s, local)
		default:
			of = append(of, once)
			once = local
			if !mayHoldYear(w.r.Slice(s)) {
				continue
			}
			if next, lasting, ok := w.englishLead(w.r.Slice(s), local); ok {
				if once = next; lasting {
					local = next
				}
			}
			continue
		}
		of = append(of, local)
	}
	w.list = w.list || w.r.Lang != "zh" && w.listLead(p.Text())
	return of
}

// What decided, beside a heading or a lead.
const byReport = "report"

// section sets the frame at the headings that open above the next paragraph.
func (w *walk) section(s *Section) {
	if s == nil || w.seen[s] {
		return
	}
	w.section(s.Parent)
	w.seen[s] = true
	runes := fold.New(s.Heading).Runes
	said := fold.New(quotedName.ReplaceAllString(s.Heading, "")).Runes
	next := frame{by: "heading “" + s.Marker + s.Heading + "”"}
	if times := w.headingTimes(s.Heading); len(times) > 0 && !workTitle.MatchString(string(runes)) && (!isPointLevel(s.Level) || times[0].Start == 0) {
		next.period = times[0].Period
	}
	top := s.Parent == nil || w.r.Lang == "en"
	ahead := next.period.Known() && w.r.Year > 0 && next.period.From >= w.r.Year*12 && w.r.early()
	switch {
	case ahead: // 2026年主要工作
		next.plan = true
	case !top || len(runes) > longestHeading:
	case w.r.reader.context["reviewheading"].In(said) && !strings.HasPrefix(s.Heading, "下一步"):
		next.review = true
	case w.r.reader.context["planheading"].In(said):
		next.plan = true
	}
	sets := next.period.Known() || next.plan || next.review
	w.leave(s, sets)
	within := len(w.setters) > 0
	switch {
	case !sets:
		return
	case !next.period.Known() && next.plan && w.r.Year > 0 && w.r.Lang != "en":
		next.period = Year(w.r.Year)
	case !next.period.Known() && w.now.period.Known() && within:
		next.period = w.now.period
	case !next.period.Known():
		next.period = w.r.Covers
	case !next.plan && !next.review && within:
		next.plan, next.review = w.now.plan, w.now.review
	}
	next.period.Stated = InSection
	w.setters = append(w.setters, setter{s, w.now})
	w.now = next
}

// isPointLevel tells the level of 1. and (1), which open headings and sentences alike: (6)我们将于明年预售…
func isPointLevel(level int) bool { return level == 4 || level == 5 }

// quotedName is the name of something in a heading, which says nothing of what stands below:
// 「創意智優計劃」 is no plan of the report's.
var quotedName = regexp.MustCompile(`[「『“"][^「」『』“”"]*[」』”"]`)

// longestHeading in characters; a longer one is a sentence that says much.
const longestHeading = 40

func isWithin(s, above *Section) bool {
	for s != nil && s != above {
		s = s.Parent
	}
	return s == above
}

// headingTimes are the times of a heading that say what stands below it: 四十年前，山邊木屋有天災 does not,
// nor does Imagine Boston 2030. A nearer year behind capitals is a time, as headings are capitalised.
func (w *walk) headingTimes(heading string) (out []TimeWord) {
	runes := fold.New(heading).Runes
	numbers := w.r.reader.quantities.ScanRunes(runes)
	if w.r.Lang != "en" && (hasAmount(numbers) || caption.MatchString(string(runes))) {
		return nil // (三)寬免2015-2016年度差餉，以2,500元為上限 is said of itself, and 图一2021—2025年… of what stands in the picture
	}
	var read []quantity.Quantity
	if w.r.Lang == "en" {
		read = w.r.numbersIn(runes, heading)
	}
	for _, t := range Times(runes, numbers, w.r.clock()) {
		if t.Compared || t.Base || t.Ago || inTitle(runes, t) || t.AsOf() || len(runes) > longestHeading && t.Start > longestOpener || namesPlan(runes, t) {
			continue
		}
		named := slices.ContainsFunc(read, func(q quantity.Quantity) bool { return q.Start == t.Start && q.Kind == quantity.Ordinal })
		if named && !t.Day && t.From >= (w.r.Year+2)*12 {
			continue
		}
		out = append(out, t)
	}
	return out
}

// caption is the beginning of what is said of a picture or a table.
var caption = regexp.MustCompile(`^(?:附?图|附?表|圖|图表)\s*[0-9一二三四五六七八九十]{1,3}`)

// openers stand before the time that a sentence begins with.
var openers = regexp.MustCompile(`^(?:各位(?:代表|委员|同事)|同志们|同胞们|[,，!！、:：。—\s-]|[一二三四五六七八九十]{1,2}(?:是|、)|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]{1,2}[.、]|回顾|回望|回首|总结|展望|面向|立足|刚刚|过去的|即将|进入|做好|实现|完成|关于|围绕|对照|根据|在|到|“|全[省市区县州]|我[省市区县州])*`)

// longestOpener in characters, between what stands before it and the time.
const longestOpener = 4

// lead is the frame from a sentence on: that of the time it begins with, which holds for
// the rest of its paragraph, and beyond it where it is one of the times that the part is on.
func (w *walk) lead(p *Paragraph, s Span, local frame) frame {
	text := fold.New(w.beginning(s))
	runes := text.Runes
	if len(runes) == 0 {
		return local
	}
	if w.goalLine(p, s) {
		next := w.goals(s, local)
		if p.Section != nil { // till that part ends
			w.setters = append(w.setters, setter{p.Section, w.now})
		}
		w.now = next
		return next
	}
	opened := 0
	if strings.HasPrefix(string(runes[:min(len(runes), 2)]), "各位") || !fold.Han(runes[0]) {
		opened = len([]rune(openers.FindString(string(runes))))
	}
	end := clauseEnd(runes, opened)
	if end == len(runes) && len(text.Off) > 0 && s.Start+text.Off[end] == s.End {
		return local // a line without a stop is a heading, or the title once more
	}
	if !mayHoldTime(runes[opened:end]) {
		return local
	}
	opened = len([]rune(openers.FindString(string(runes))))
	numbers := w.r.reader.quantities.ScanRunes(runes)
	for _, t := range Times(runes, numbers, w.r.clock()) {
		if t.Start >= end {
			break
		}
		if amountBefore(numbers, t.Start) {
			return local
		}
		if t.Compared || t.Base || t.Day || t.AsOf() || t.Unyeared || inTitle(runes, t) || attributive(runes, t) {
			continue
		}
		if t.To-t.From > 12 && t.Start-opened > longestOpener || local.plan && t.To <= w.r.Year*12 && t.Start > opened {
			continue // 为近10年最好水平; 加快“十四五”批复的项目, among plans
		}
		if years := t.To - t.From; years > 12 && years != ofPlan && len(p.Sentences) > 0 && s != p.Sentences[0] && hasAmount(numbers) {
			return local // 过去3年，平均每年落成9800套, within what is told of one year: it is on that alone
		}
		next := frame{period: t.Period, by: "lead “" + w.r.Text[s.Start+text.Off[t.Start]:s.Start+text.Off[t.End]] + "”"}
		next.period.Stated = InParagraph
		next.plan = w.list || t.From >= w.r.Year*12 && t.To > w.r.given && (local.plan || !local.review && w.r.early())
		next.review = !next.plan
		aside := local.plan && t.To-t.From == ofPlan && local.period.From == t.From && local.period.To-local.period.From == 12
		if t.Start-opened <= longestOpener && w.holds(t.Period, local) && !aside { // nor is “十五五”期间 in one of the tasks of this year the time of the others
			w.now = next
			w.now.period.Stated = InSection
		}
		return next
	}
	if wholeYearLead(runes, opened) && local.period.To-local.period.From > 12 && local.period.To <= w.r.Year*12 {
		local.period, local.by = Year(w.r.Year-1), "lead “全年”"
		local.period.Stated = InParagraph
	}
	return local
}

// ofPlan is the months of a plan and of a term of office, which are looked back on as a whole.
const ofPlan = 60

// hasAmount tells numbers of which one counts or measures something, years aside.
func hasAmount(numbers []quantity.Quantity) bool {
	return slices.ContainsFunc(numbers, func(q quantity.Quantity) bool { return q.Kind == quantity.Amount && q.Unit != "年" })
}

// mayHoldTime tells cheaply that no time can stand in a clause: most have none, and to look for
// one takes longer than to read the report.
func mayHoldTime(clause []rune) bool {
	for _, c := range clause {
		if digit(c) || strings.ContainsRune("年季五期", c) {
			return true
		}
	}
	return false
}

// mayHoldYear is mayHoldTime for an English sentence.
func mayHoldYear(text string) bool {
	for _, part := range []string{"year", "20", "19", "18", "Year", "quarter", "half", "month", "FY", "fy"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// beginning is the first characters of a sentence, in which its time may stand.
func (w *walk) beginning(s Span) string {
	const longest = 60
	text := w.r.Slice(s)
	n := 0
	for i := range text {
		if n++; n > longest {
			return text[:i]
		}
	}
	return text
}

// holds tells a time that a part of the report may be on from its paragraph on: last year or
// some years up to it in what looks back, this year or some years from it in what looks ahead.
func (w *walk) holds(t Period, in frame) bool {
	y := w.r.Year
	years := t.From%12 == 0 && t.To%12 == 0
	back := t.To == y*12 && (t.To-t.From == 12 || t.To-t.From >= 36)
	ahead := t.From == y*12 && (t.To-t.From == 12 || t.To-t.From >= 36)
	if w.r.Lang == "zh-Hant" { // speeches of paragraphs each on a thing of its own
		return false
	}
	if covers := w.r.Covers; covers.Known() && covers.To > y*12 && covers.From <= y*12 { // a report on its own year
		return false
	}
	return years && (back && !in.plan || ahead && !in.review)
}

// goals is the frame below a line that opens a list of goals: 今后五年的主要目标是：
func (w *walk) goals(s Span, in frame) frame {
	line := w.r.Slice(s)
	in.plan, in.review, in.by = true, false, "lead “"+strings.TrimSpace(line)+"”"
	if named := w.headingTimes(line); len(named) > 0 {
		in.period = named[len(named)-1].Period
	} else if in.period.To <= w.r.Year*12 {
		in.period = Year(w.r.Year)
	}
	in.period.Stated = InSection
	return in
}

// goalLine tells a line of its own that opens a list of goals: 今年主要预期目标是：
func (w *walk) goalLine(p *Paragraph, s Span) bool {
	line := strings.TrimSpace(w.r.Slice(s))
	if !strings.HasSuffix(line, "：") && !strings.HasSuffix(line, ":") || s.End != p.End || len(line) > longestHeading*3 {
		return false
	}
	runes := fold.New(line).Runes
	return w.r.reader.context["goalline"].In(runes) && !w.r.reader.context["reviewheading"].In(runes)
}

// early tells a report given at the beginning of its year, which plans that year.
func (r *Report) early() bool {
	return workTitle.MatchString(fold.String(r.Title)) || budgetTitle.MatchString(fold.String(r.Title)) || len(r.Date) > 5 && r.Date[5:] < "04"
}

// attributive tells a time that only tells which thing is meant: 2025年版, 2024年度的项目.
func attributive(r []rune, t TimeWord) bool {
	rest := string(r[t.End:min(len(r), t.End+2)])
	return strings.HasPrefix(rest, "版") || strings.HasPrefix(rest, "前") || strings.HasPrefix(rest, "以前") || strings.HasPrefix(rest, "之前") || strings.HasPrefix(rest, "起") || strings.HasPrefix(rest, "以来")
}

// namesPlan tells a heading that is the name of a plan, and no time of what stands below: 国家“十三五”规划.
func namesPlan(r []rune, t TimeWord) bool {
	return planBehind.MatchString(string(r[t.End:]))
}

var planBehind = regexp.MustCompile(`^[”"」'』]?规划(?:纲要)?[：:。]?$`)

func wholeYearLead(r []rune, from int) bool {
	return strings.HasPrefix(string(r[from:min(len(r), from+longestOpener)]), "全年")
}

func amountBefore(numbers []quantity.Quantity, at int) bool {
	return len(numbers) > 0 && numbers[0].Kind == quantity.Amount && numbers[0].Start < at
}

func clauseEnd(r []rune, from int) int {
	for from < len(r) && !endsClause(r, from) {
		from++
	}
	return from
}

// inTitle tells a time within 《 》, 〈 〉 or 〔 〕: it names a document.
func inTitle(r []rune, t TimeWord) bool {
	const longest = 40
	for i := t.Start - 1; i >= max(0, t.Start-longest); i-- {
		switch r[i] {
		case '》', '>', '〉', '〕':
			return false
		case '《', '<', '〈', '〔':
			return true
		}
	}
	return false
}
