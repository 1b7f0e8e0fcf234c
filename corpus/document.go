package corpus

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// ReadFile reads the reports of one file of any format: one, or those of an
// archive. A report's name is that of its file without the extension. What
// can't be read is a *document.Refusal.
func (rd *Reader) ReadFile(ctx context.Context, name string, content []byte) ([]*Report, error) {
	files, err := format.ReadAll(ctx, name, content, document.Default)
	if err != nil {
		return nil, err
	}
	var reports []*Report
	for _, f := range files {
		base := path.Base(strings.ReplaceAll(f.Name, "\\", "/"))
		r, err := rd.ParseDocument(strings.TrimSuffix(base, path.Ext(base)), f.Document)
		if err != nil {
			return nil, err
		}
		reports = append(reports, r)
	}
	return reports, nil
}

// Analyse does with a document all that is done with it to answer: for the
// process that may break over it.
func (rd *Reader) Analyse(d *document.Document) error {
	r, err := rd.ParseDocument("report", d)
	if err != nil {
		return err
	}
	for _, p := range r.Paragraphs {
		p.Figures()
	}
	return nil
}

// ParseDocument reads one report. Its Text is the document's: the file as it
// was served where that is text, else what was taken from it, always the same
// from the same file.
func (rd *Reader) ParseDocument(name string, d *document.Document) (*Report, error) {
	return rd.parse(name, d, (*Report).findBody, func(*Report) {})
}

// parse reads a text whose body is found by findBody, and whose year, where the
// text does not tell it, by findNow.
func (rd *Reader) parse(name string, d *document.Document, findBody, findNow func(*Report)) (*Report, error) {
	r := &Report{Head: &Head{ID: ReportID(name), Name: name}, Text: d.Text, Document: d, reader: rd}
	r.readTables()
	findBody(r)
	if strings.TrimSpace(r.Slice(r.Body)) == "" {
		return nil, document.Refuse(document.NoText, "the file holds no text below its title")
	}
	r.Lang = language(r.Slice(r.Body))
	r.readHeadings()
	r.findTypedNumbers()
	r.divide()
	if err := r.readable(); err != nil {
		return nil, err
	}
	r.findParties()
	r.findNumber()
	r.findDate()
	r.Scope = r.scope()
	r.findIssuer()
	r.findYear()
	findNow(r)
	r.findGiven()
	r.findCovers()
	for _, t := range r.Tables {
		t.read()
	}
	r.finishHead()
	return r, nil
}

// finishHead fills in what is told of the whole report. A head outlives its
// report: it must not share the memory of the report's text.
func (r *Report) finishHead() {
	h := r.Head
	h.Hash, h.Content, h.Length = r.fingerprint(), fingerprint(r.Text), len(r.Paragraphs)
	h.Front = r.front()
	for _, s := range []*string{&h.Title, &h.Issuer, &h.Addressee, &h.DocNumber, &h.Front, &h.Covers.Label, &h.this.Label} {
		*s = strings.Clone(*s)
	}
}

// fingerprint changes with the text, the term lists and how the text is divided:
// an index that another version of this program made of it is not taken for one
// of this.
func (r *Report) fingerprint() string {
	parts := []string{r.Name, r.Text, r.reader.digest}
	for _, p := range r.Paragraphs {
		parts = append(parts, p.ID)
	}
	for _, s := range r.Sections {
		parts = append(parts, s.Heading)
	}
	return fingerprint(parts...)
}

// longestSentence is how many bytes a sentence has at most; what has longer ones
// is no prose, and would take minutes.
const longestSentence = 32 << 10

func (r *Report) readable() error {
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			if s.End-s.Start > longestSentence && p.Row == nil {
				return document.Refuse(document.NotADocument, "it holds a sentence of %d KB; %d are allowed", (s.End-s.Start)>>10, longestSentence>>10)
			}
		}
	}
	return nil
}

// Page is the number of the page on which a byte of the text stands, 0 in
// formats without pages.
func (r *Report) Page(at int) int { return r.Document.Page(at) }

// titleWord ends the title of an official document; a red head (…文件) does not.
var titleWord = regexp.MustCompile(`(?:报告|公报|通知|意见|方案|计划|规划|决定|办法|总结|要点|批复|纪要|说明|讲话|汇报|情况|概况|简报|通报|草案|一览表|统计表|报表)(?:[（(〔][^）)〕]{1,30}[）)〕])?$`)

// tableTitle is the title of a workbook that is one table or more of them:
// 2024年政府债务限额及余额情况表.
var tableTitle = regexp.MustCompile(`(?:19|20)\d\d年.*表(?:[（(][^）)]{1,20}[）)])?$`)

// numberAlone is a line that only numbers what follows: 表1-1, 附件2.
var numberAlone = regexp.MustCompile(`^(?:附?表|附件|附)\s*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[-—－.]\s*[0-9]{1,2})?\s*[:：]?$`)

// numberBefore is the number of a table in front of its title, in a line with it: 5-1 | 2024年….
var numberBefore = regexp.MustCompile(`^(?:(?:附?表|附件)\s*)?[0-9]{1,2}(?:\s*[-—－.]\s*[0-9]{1,2})?\s*\|\s*`)

// frontLines is how many lines may stand above a title: the red head, the
// document number, who signed.
const frontLines = 10

// frontOfPage is the same of a web page, whose menus may stand above.
const frontOfPage = 40

// titleAmong finds the title among the first lines of a document: the line
// that the file marks as one, else the first that ends as titles do, else a
// heading. -1 leaves it to the first line, as in plain text always.
func (r *Report) titleAmong(lines []Span) int {
	d := r.Document
	if d.Kind == document.Text {
		return -1
	}
	best := -1
	for i, s := range lines[:len(lines)-1] {
		if d.Title.Start <= s.Start && s.End <= d.Title.End {
			return i
		}
	}
	front := lines[:min(len(lines)-1, frontLines)]
	if d.Kind == document.HTML || d.Kind == document.MHT {
		front = lines[:min(len(lines)-1, frontOfPage)]
		if i := r.datedTitle(front); i >= 0 {
			return i
		}
	}
	for i, s := range front {
		line := strings.TrimLeft(r.Slice(s), "# ")
		if numberAlone.MatchString(line) {
			continue
		}
		_, marked := markerAt(line)
		if r.rowAt(s.Start) != nil || marked || !isTitle(line) {
			break
		}
		switch {
		case (d.Kind == document.Sheet || d.Kind == document.OldSheet || d.Kind == document.SheetXML || d.Kind == document.OpenSheet) && tableTitle.MatchString(line) && !tableNo.MatchString(line):
			return i
		case titleWord.MatchString(line) && utf8.RuneCountInString(line) > 5:
			return i
		case best < 0 && r.isMarked(s) && !strings.HasSuffix(line, "文件") && !r.reader.isPageLine(strings.ReplaceAll(line, " ", "")):
			best = i
		}
		if best < 0 && i > 0 && numberAlone.MatchString(r.Slice(front[i-1])) {
			best = i
		}
	}
	return best
}

// datedTitle is the first of the lines that ends as titles do and names a year, -1
// where none does before the text: menus name 政府工作报告 without one.
func (r *Report) datedTitle(lines []Span) int {
	for i, s := range lines {
		line := r.Slice(s)
		switch {
		case !isTitle(line):
			return -1
		case titleWord.MatchString(line) && yearRe.MatchString(line) && r.rowAt(s.Start) == nil:
			return i
		}
	}
	return -1
}

// isMarked tells whether the file marks a line as a heading.
func (r *Report) isMarked(s Span) bool {
	for _, h := range r.Document.Headings {
		if h.Start <= s.Start && s.Start < h.End {
			return true
		}
	}
	return false
}

// readHeadings brings the levels of the file's headings in line with those of
// the markers: where its second level is 一、, an unmarked one of that level
// stands beside 一、 too.
func (r *Report) readHeadings() {
	r.headings = map[int]int{}
	shift, known := 0, false
	for _, h := range r.Document.Headings {
		m, ok := markerAt(r.Text[h.Start:h.End])
		if by := m.level - h.Level; ok && m.level > 0 && !strings.HasPrefix(m.text, "#") && (!known || by < shift) {
			shift, known = by, true
		}
	}
	const lowest = 6
	for _, h := range r.Document.Headings {
		r.headings[h.Start] = min(max(h.Level+shift, 1), lowest)
	}
}

// What an official document bears above its title and below its text.
var (
	docNumber  = regexp.MustCompile(`^(?:(?:文号|发文字号|文件编号)[:：]\s*)?([\p{Han}]{1,15}[〔\[［（(][ ]?(?:19|20)\d\d[ ]?[〕\]］）)][ ]?第?[ ]?\d{1,5}[ ]?号)(?:[ 　].*)?$`)
	dayLine    = regexp.MustCompile(`^((?:19|20)\d\d|二[〇○零Ｏ0][一二三四五六七八九〇○零Ｏ0]{2})年([一二三四五六七八九十]{1,2}|\d{1,2})月([一二三四五六七八九十]{1,3}|\d{1,2})日(?:星期[一二三四五六日天])?$`)
	dayGiven   = regexp.MustCompile(`((?:19|20)\d\d|二[〇○零Ｏ0][一二三四五六七八九〇○零Ｏ0]{2})年([一二三四五六七八九十]{1,2}|\d{1,2})月([一二三四五六七八九十]{1,3}|\d{1,2})日`)
	dayOnPage  = regexp.MustCompile(`(?:(?:发布|发文|成文|发表|创建|生成|公开|信息|更新)(?:时间|日期)|(?:^|[\s　|])(?:时间|日期))\s*[:：]?\s*\|?\s*((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})`)
	signatory  = regexp.MustCompile(`^[\p{Han}（）()]{2,30}(?:政府|办公室|委员会|局|厅|部|院|中心|办|处|署|会|行|社|队)$`)
	hanDigits  = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "Ｏ", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	digitsOnly = regexp.MustCompile(`^\d+$`)
)

// findNumber finds the document's own number, which stands alone in a line
// above the text; numbers within sentences are those of other documents.
func (r *Report) findNumber() {
	n := 0
	for at, line := range linesOf(r.Text) {
		if n++; n > 2*frontLines || at > r.Body.Start+openingLength {
			return
		}
		if m := docNumber.FindStringSubmatch(strings.Trim(line, pipes+"\n")); m != nil {
			r.DocNumber = strings.ReplaceAll(m[1], " ", "")
			return
		}
	}
}

// findDate finds the day: that of the signature below the text, with who
// signed; else that on which it was given, or the page says it was published.
func (r *Report) findDate() {
	lines := strings.Split(strings.TrimSpace(r.Slice(r.Body)), "\n")
	for i := len(lines) - 1; i >= max(0, len(lines)-6); i-- {
		m := dayLine.FindStringSubmatch(strings.ReplaceAll(strings.Trim(lines[i], pipes), " ", ""))
		if m == nil {
			continue
		}
		r.Date = day(m[1:])
		if i > 0 {
			r.signedBy(strings.Trim(lines[i-1], pipes))
		}
		return
	}
	head := r.Text[:min(len(r.Text), r.Body.Start+openingLength)]
	if m := givenLine.FindStringSubmatch(head); m != nil {
		r.Date = day(m[1:])
	}
	for _, re := range []*regexp.Regexp{dayGiven, dayOnPage, dayBeforeSource} {
		text := head
		if re == dayGiven {
			text = r.Title + "\n" + strings.Join(openingLines(r.opening()), "\n")
		}
		if m := re.FindStringSubmatch(text); r.Date == "" && m != nil {
			r.Date = day(m[1:])
		}
	}
	if r.Date == "" {
		r.Date = r.Document.Published
	}
}

// signedBy takes a line for the issuing body where it names one: where the text
// names none, or names it without its place (区人民政府).
func (r *Report) signedBy(line string) bool {
	named := signatory.MatchString(line) && strings.HasSuffix(line, r.Issuer)
	if named {
		r.Issuer = line
	}
	return named
}

// givenLine is the line below the title that says when and before whom a report
// was given, however the page breaks it: ——2026年1月27日在…会议上. Chinese
// numerals and blanks within the date are met.
var givenLine = regexp.MustCompile(`(?:^|\n|[—\-－（(])[\s　]*((?:19|20)\d\d|二[〇○零Ｏ0][一二三四五六七八九〇○零Ｏ0]{2})\s*年\s*([一二三四五六七八九十]{1,2}|\d{1,2})\s*月\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*日\s*，?在[^。；]{2,80}?[会届]\s*议?\s*上`)

// dayBeforeSource is how some sites say when a text was published: 2026-04-20　出处：某局.
var dayBeforeSource = regexp.MustCompile(`(?:^|\n)\s*((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\s　|]*(?:出处|来源)\s*[:：]`)

var (
	sourceLine  = regexp.MustCompile(`(?:信息来源|文章来源|稿件来源|来源|出处|发布机构|发布单位|发文机关|发文单位|信息发布人|制定机关|编制单位|编报单位|填报单位)\s*[:：]\s*\|?\s*([\p{Han}]{3,30})`)
	titleIssuer = regexp.MustCompile(`^([\p{Han}]{2,28}?(?:政府|委员会|局|厅|院|办公室))(?:关于|(?:19|20)\d\d年)`)
	leaderLine  = regexp.MustCompile(`^([\p{Han}]{2,20}?(?:局|厅|委员会|办公室))(?:党组书记、?|党委书记、?)*(?:局长|厅长|主任)`)
	placeName   = regexp.MustCompile(`[\p{Han}]{2,7}?(?:自治区|自治州|自治县|省|市|地区|州|盟|县|区|旗)`)
)

// findIssuer finds the body that stands alone below the title, or is the red
// head above it (云溪市统计局文件), where neither text nor signature names one;
// else the one that the title begins with, and at last the one that a page
// names as its source.
func (r *Report) findIssuer() {
	defer r.placeIssuer()
	if r.Issuer != "" {
		return
	}
	above, _, found := strings.Cut(r.Text, r.Title)
	if !found { // a title of two lines
		above = r.Text[:r.Body.Start]
	}
	lines := openingLines(r.opening())
	for line := range strings.Lines(above) {
		lines = append(lines, strings.TrimSuffix(strings.Trim(line, pipes+"\n"), "文件"))
	}
	for _, line := range lines {
		line = strings.Trim(line, "（）() 　")
		if several := strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '　' || c == '、' }); len(several) > 1 && allSign(several) {
			r.Issuer = strings.Join(several, "、")
			return
		}
		if r.signedBy(strings.ReplaceAll(line, "　", "")) {
			return
		}
		if m := leaderLine.FindStringSubmatch(line); m != nil {
			r.Issuer = m[1]
			return
		}
	}
	if m := titleIssuer.FindStringSubmatch(r.Title); m != nil {
		r.Issuer = m[1]
		return
	}
	r.issuerOfPage()
}

func allSign(bodies []string) bool {
	return !slices.ContainsFunc(bodies, func(s string) bool { return !signatory.MatchString(s) && !strings.HasSuffix(s, "调查队") })
}

// issuerOfPage takes the source that a page names, at its end before its head. A
// site that shows a text of another place's office is not its issuer, and 本网
// names nobody.
func (r *Report) issuerOfPage() {
	const near = 600
	tail := r.Text[max(0, len(r.Text)-near):]
	head := r.Text[:min(len(r.Text), r.Body.Start+openingLength)]
	var named []string
	for _, text := range []string{tail, head} {
		for _, m := range sourceLine.FindAllStringSubmatch(text, -1) {
			named = append(named, m[1])
		}
	}
	for _, body := range append(named, r.Document.Source) {
		body = strings.TrimSpace(body)
		if !signatory.MatchString(body) || strings.HasSuffix(body, "报社") || strings.HasSuffix(body, "政府办公室") { // who put it there
			continue
		}
		if place := placeName.FindString(body); place != "" && strings.HasPrefix(body, place) && !strings.Contains(r.Title, strings.TrimSuffix(place, "市")) {
			continue
		}
		r.Issuer = body
		return
	}
}

// placeIssuer writes out whose office it is where text or page say it shortly,
// and the title names one place of that kind: 省人民政府 of 云南省.
func (r *Report) placeIssuer() {
	for _, level := range []string{"自治区", "自治州", "省", "市", "县", "区"} {
		rest, ok := strings.CutPrefix(r.Issuer, level)
		if !ok || !signatory.MatchString(rest) && !strings.HasPrefix(rest, "人民") {
			continue
		}
		for _, of := range []string{yearPrefix.ReplaceAllString(strings.TrimPrefix(r.Title, "关于"), ""), r.Document.Site} {
			if place := placeName.FindString(of); strings.HasPrefix(of, place) && strings.HasSuffix(place, level) && place != level && !strings.ContainsAny(place, "全我本和与") {
				r.Issuer = place + rest
				return
			}
		}
		return
	}
}

var yearPrefix = regexp.MustCompile(`^(?:19|20)\d\d年`)

// front is the short lines above the text: who reports, when, and to whom.
func (r *Report) front() string { return strings.Join(openingLines(r.opening()), "\n") }

// openingLines are the short lines at the top of a text, where it says when
// and before whom it was given: ——2024年1月16日在…会议上.
func openingLines(opening string) (out []string) {
	for line := range strings.Lines(opening) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "。") || len(out) == 6 {
			return out
		}
		out = append(out, line)
	}
	return out
}

// day writes year, month and day as 2024-01-16, "" where there is no such day.
func day(parts []string) string {
	year := parts[0]
	if !digitsOnly.MatchString(year) {
		year = hanDigits.Replace(year)
	}
	month, date := ordinal(parts[1]), ordinal(parts[2])
	if month < 1 || month > 12 || date < 1 || date > 31 || len(year) != 4 {
		return ""
	}
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return year + "-" + two(month) + "-" + two(date)
}

// workTitle is that of a report which is named after the year in which it is
// given and looks back on the one before; a budget of 2025 is on 2025.
var workTitle = regexp.MustCompile(`工作报告|工作的报告|施政报告|work of the government`)

// thisPeriod is where an opening says what it means by 本期: 113年7月至12月(以下稱為本期).
var thisPeriod = regexp.MustCompile(`以下(?:简称|称为|统称|称)[:：]?“?(?:本期|报告期)`)

// findAccounts finds the year of accounts that the title names, and what 本期 is.
func (r *Report) findAccounts(titled []TimeWord) {
	for _, t := range titled {
		switch budget := r.Lang == "en" && budgetTitle.MatchString(strings.ToLower(r.Title)); {
		case t.To-t.From == 12 && t.From%12 != 0, budget && t.To-t.From == 24 && t.From%12 == 0: // Budget 2006-2007
			r.accounts = t.From / 12
		}
	}
	if halves := splitYears.FindAllString(r.Slice(r.Body), -1); r.accounts == 0 && r.Lang == "en" && len(halves) >= fewSplit && budgetTitle.MatchString(strings.ToLower(r.Title)) && slices.Contains(halves, splitYear(r.Year)) {
		r.accounts = r.Year // Budget Speech 2002, on 2002-03
	}
	runes, times := r.reader.timesIn(r.opening(), r.Year)
	text := string(runes)
	at := thisPeriod.FindStringIndex(text)
	for _, t := range times {
		if at != nil && len(string(runes[:t.End])) <= at[0] {
			r.this = t.Period
		}
	}
}

// splitYears are the years of accounts that a budget counts in, fewSplit how many of them show that it does.
var splitYears = regexp.MustCompile(`\b(?:19|20)\d\d[-/]\d\d\b`)

const fewSplit = 5

// splitYear writes the year of accounts that begins in a year: 2002-03.
func splitYear(year int) string { return fmt.Sprintf("%d-%02d", year, (year+1)%100) }

// findCovers finds the period that the report is on: what its title names
// (2024年上半年), else the year that it looks back on.
func (r *Report) findCovers() {
	if r.Year == 0 {
		return
	}
	r.Covers = Year(r.Year - 1)
	runes, times := r.reader.timesIn(r.Title, r.Year)
	r.findAccounts(times)
	if r.this.Known() {
		r.Covers = r.this
		return
	}
	if part := r.partOfYear(); part.Known() {
		r.Covers = part
		return
	}
	for _, t := range times {
		given := t.Day || t.End < len(runes) && (runes[t.End] == '月' || runes[t.End] == '日')
		if t.To <= r.Year*12+12 && !given && (t.To-t.From != 12 || t.From/12 != r.Year || !workTitle.MatchString(strings.ToLower(r.Title))) {
			r.Covers = t.Period
			return
		}
	}
}
