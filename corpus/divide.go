package corpus

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/fold"
)

// pipes is what a scraped table leaves at the ends of a line.
const pipes = " \t\r|　\u00a0\ufeff"

// findBody finds the title and the body between the page's own lines. A first
// line too long for a title, or with a full stop in it, is body already.
func (r *Report) findBody() {
	var lines []Span
	for start, line := range linesOf(r.Text) {
		if !r.reader.isPageLine(line) {
			cut := strings.TrimLeft(line, pipes)
			s := start + len(line) - len(cut)
			lines = append(lines, Span{s, s + len(strings.TrimRight(cut, pipes+"\n"))})
		}
	}
	r.Title = r.Name
	if len(lines) == 0 {
		return
	}
	if at := r.titleAmong(lines); at >= 0 {
		r.Title = numberBefore.ReplaceAllString(strings.TrimLeft(r.Slice(lines[at]), "# "), "")
		r.Body = Span{lines[at+1].Start, lines[len(lines)-1].End}
		return
	}
	if first := strings.TrimLeft(r.Slice(lines[0]), "# "); len(lines) > 1 && isTitle(first) && r.rowAt(lines[0].Start) == nil {
		r.Title = numberBefore.ReplaceAllString(first, "")
		lines = lines[1:]
		if timeAlone.MatchString(first) && isTitle(r.Slice(lines[0])) && len(lines) > 1 {
			r.Title += " " + r.Slice(lines[0])
			lines = lines[1:]
		}
	}
	r.Body = Span{lines[0].Start, lines[len(lines)-1].End}
}

// timeAlone is a first line that only says when, above the one that says what: 二零二三至二四財政年度.
var timeAlone = regexp.MustCompile(`^[\d〇○零一二三四五六七八九十 ]+(?:[至到/／—-][\d〇○零一二三四五六七八九十 ]+)?(?:[财財]政)?年度?$`)

// linesOf yields each line of text, its newline included, and where it begins.
func linesOf(text string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		at := 0
		for line := range strings.Lines(text) {
			if !yield(at, line) {
				return
			}
			at += len(line)
		}
	}
}

func isTitle(line string) bool {
	return utf8.RuneCountInString(line) <= 120 && !strings.ContainsAny(line, "。；！")
}

func (rd *Reader) isPageLine(line string) bool {
	line = strings.Trim(line, pipes+"\n")
	if dayBeforeSource.MatchString(line) {
		return true
	}
	for _, start := range rd.pageLines {
		if strings.HasPrefix(line, start) && utf8.RuneCountInString(line) < 100 && !strings.Contains(line, "。") {
			return true
		}
	}
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|>：:", r) }) {
		if !rd.navigation.Has(word) {
			return false
		}
	}
	return true
}

// language tells the language of a text by its letters.
func language(text string) string {
	han, traditional, latin := 0, 0, 0
	for _, c := range text {
		switch {
		case fold.Han(c):
			han++
			if fold.Rune(c) != c {
				traditional++
			}
		case c < 0x80 && unicode.IsLetter(c):
			latin++
		}
	}
	switch {
	case latin > 3*han:
		return "en"
	case traditional*20 > han:
		return "zh-Hant"
	}
	return "zh"
}

// marker is a numbering at the beginning of a section or a point.
type marker struct {
	level int // 1 … 6 open a section, 0 a point
	value int // 三、 is 3; 0 where the marker has no number
	text  string
}

// The markers by level. Points (一是, ——) open a paragraph and no section.
var markers = []struct {
	level int
	re    *regexp.Regexp
}{
	{1, regexp.MustCompile(`^(?:第([一二三四五六七八九十]+)(?:章|部分|篇)[ 　]*|#{1,6} |([IVX]+)\. )`)},
	{2, regexp.MustCompile(`^([一二三四五六七八九十]{1,3})、`)},
	{3, regexp.MustCompile(`^[(（]([一二三四五六七八九十]{1,3})[)）]`)},
	{0, regexp.MustCompile(`^([一二三四五六七八九十]{1,3})(?:是|要)`)},
	{0, regexp.MustCompile(`^第([一二三四五六七八九十]{1,3})[，,、]`)},
	{4, regexp.MustCompile(`^([0-9]{1,2})[.．、]`)},
	{5, regexp.MustCompile(`^[(（]([0-9]{1,2})[)）]`)},
	{5, regexp.MustCompile(`^([①②③④⑤⑥⑦⑧⑨⑩])`)},
	{0, regexp.MustCompile(`^(?:——|[●◆■▪•·*-] ?)`)},
}

// counting tells what goes on counting behind 一、 and makes it no marker: 一、二、三产业, 一、二级.
var counting = regexp.MustCompile(`^[二三四五六七八九十]{1,2}[、产级类等楼期]`)

func markerAt(s string) (marker, bool) {
	for i, m := range markers {
		found := m.re.FindStringSubmatch(s)
		if found == nil {
			continue
		}
		if m.level == 2 && counting.MatchString(s[len(found[0]):]) {
			return marker{}, false // 一、二、三产业增加值
		}
		if rest := s[len(found[0]):]; m.level == 4 && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return marker{}, false // 1.5
		}
		value := 0
		for _, group := range found[1:] {
			value = max(value, ordinal(group))
		}
		level := m.level
		if level == 0 {
			level = -i // each kind of point has its own sequence
		}
		return marker{level, value, found[0]}, true
	}
	return marker{}, false
}

func ordinal(s string) int {
	if i := strings.Index("①②③④⑤⑥⑦⑧⑨⑩", s); i >= 0 && s != "" {
		return i/len("①") + 1
	}
	n := 0
	for _, c := range s {
		switch i := strings.IndexRune("一二三四五六七八九", c); {
		case i >= 0:
			n += i/len("一") + 1
		case c == '十':
			n = max(n, 1) * 10
		case c >= '0' && c <= '9':
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// divider walks through the body once and keeps where it is.
type divider struct {
	r        *Report
	numbered bool        // its paragraphs are numbered: no number of theirs opens a section
	open     []*Section  // from the top to the current one
	last     map[int]int // level → value of its last marker
	starts   []start
}

type start struct {
	at      int
	marker  string
	lead    Span
	section *Section
	row     *Row
}

// divide cuts the body into sections and paragraphs at line breaks and at
// markers. Within a line a marker counts after the end of a sentence or white
// space, and only if it goes on with its sequence: 三、 after 二、. Points
// (一是 …) within a line are cut apart below a heading alone: a text without
// headings is no report, and its lines are its passages.
func (r *Report) divide() {
	body := r.Slice(r.Body)
	d := &divider{r: r, last: map[int]int{}, numbered: paragraphsNumbered(body, r.Lang)}
	for at, line := range linesOf(body) {
		d.line(r.Body.Start+at, line)
	}
	d.close()
}

func (d *divider) line(at int, line string) {
	text := strings.TrimLeft(line, pipes)
	first := at + len(line) - len(text)
	if strings.TrimSpace(text) == "" {
		return
	}
	if t := d.r.tableAt(first); t != nil {
		if row := d.r.rowAt(first); row != nil {
			d.starts = append(d.starts, start{at: first, section: d.section(), row: row})
		}
		return
	}
	if d.r.leads[first] {
		d.starts = append(d.starts, start{at: first, section: d.section()})
		return
	}
	m, ok := d.r.typedMarker(first)
	if !ok {
		m, ok = markerAt(text)
	}
	m, ok = d.pointOf(m, ok, text)
	if level := d.r.headings[first]; level > 0 && (!ok || strings.HasPrefix(m.text, "#")) {
		m.level, ok = level, true
	}
	if ok {
		d.begin(first, m, text)
	} else if isHeading(text, d.r.Lang) {
		d.begin(first, marker{level: 6}, text)
	} else {
		d.starts = append(d.starts, start{at: first, section: d.section()})
	}
	previous := ' '
	for i, c := range text {
		if i > 0 && (strings.ContainsRune("。；;！？：:", previous) || previous == ' ' || previous == '　' || previous == '”') && c != ' ' {
			m, ok := markerAt(text[i:])
			if m, ok = d.pointOf(m, ok, text[i:]); ok && d.goesOn(m) && (m.level > 0 || len(d.open) > 0) {
				d.begin(first+i, m, text[i:])
			}
		}
		previous = c
	}
}

// numberedLine begins a paragraph with its number.
var numberedLine = regexp.MustCompile(`^([0-9]{1,3})[.．、][\s　]*[^0-9\s　]`)

const (
	leastNumbered = 10 // paragraphs
	mostlyLong    = 0.6
	sentenceLong  = 20 // Chinese characters: what is longer is no heading
)

// paragraphsNumbered tells a text whose paragraphs are numbered on and on through all its parts, as
// speeches of Hong Kong are: the numbers rise, and the sentence behind them is no heading.
func paragraphsNumbered(body, lang string) bool {
	n, last, long := 0, 0, 0
	for _, line := range linesOf(body) {
		line = strings.TrimLeft(line, pipes)
		m := numberedLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		value := ordinal(m[1])
		if value <= last {
			return false
		}
		n, last = n+1, value
		first := line[len(m[1])+1:]
		length := utf8.RuneCountInString(first[:headingEnd(first, lang)])
		if length > sentenceLong && (lang != "en" || length > 3*sentenceLong) {
			long++
		}
	}
	return n >= leastNumbered && float64(long) >= mostlyLong*float64(n)
}

// Levels of the points of a text whose paragraphs are numbered.
const (
	numberPoint = -100
	markPoint   = -101 // less each kind's own level
)

// pointOf makes points of the markers of a text whose paragraphs are numbered, but for those
// of a heading: what stands behind them is a paragraph.
func (d *divider) pointOf(m marker, ok bool, text string) (marker, bool) {
	if !d.numbered {
		return m, ok
	}
	if number := numberedLine.FindStringSubmatch(text); number != nil {
		return marker{level: numberPoint, value: ordinal(number[1]), text: text[:len(number[1])+1]}, true
	}
	if ok && m.level > 0 && !isHeading(text, d.r.Lang) {
		m.level = markPoint - m.level
	}
	return m, ok
}

// isHeading tells a short line without an end as a heading.
func isHeading(line, lang string) bool {
	line = strings.TrimSpace(line)
	if dayLine.MatchString(strings.ReplaceAll(strings.Trim(line, "—-"), " ", "")) {
		return false
	}
	longest := 30
	if lang == "en" {
		longest = 90
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	quoted := strings.HasPrefix(line, "「") && last == '」' || strings.HasPrefix(line, "“") && last == '”' // 「內地發展支援計劃」
	return utf8.RuneCountInString(line) <= longest && (quoted || !unicode.IsPunct(last)) && !unicode.IsDigit(last) && !strings.ContainsAny(line, "|，。；")
}

// goesOn tells whether a marker within a line continues its sequence or begins one.
func (d *divider) goesOn(m marker) bool {
	if m.value == 0 || m.level == 1 {
		return false
	}
	last := d.last[m.level]
	return m.value == 1 || m.value > last && m.value <= last+2 && last > 0
}

func (d *divider) section() *Section {
	if len(d.open) == 0 {
		return nil
	}
	return d.open[len(d.open)-1]
}

// begin opens a section or a point at a marker.
func (d *divider) begin(at int, m marker, text string) {
	lead := Span{at, at + len(m.text) + headingEnd(text[len(m.text):], d.r.Lang)}
	d.last[m.level] = m.value
	for level := range d.last { // lower sequences begin anew
		if m.level > 0 && (level <= 0 || level > m.level) {
			delete(d.last, level)
		}
	}
	if m.level <= 0 {
		d.starts = append(d.starts, start{at: at, marker: m.text, lead: lead, section: d.section()})
		return
	}
	for len(d.open) > 0 && d.section().Level >= m.level {
		d.section().End = at
		d.open = d.open[:len(d.open)-1]
	}
	s := &Section{Report: d.r, Parent: d.section(), Level: m.level, Marker: m.text,
		Heading: trimStop(d.r.Text[at+len(m.text) : lead.End]), Span: Span{Start: at}}
	d.open = append(d.open, s)
	d.r.Sections = append(d.r.Sections, s)
	d.starts = append(d.starts, start{at: at, section: s})
}

// headingEnd is where the heading at the beginning of text ends: at the first
// full stop or line break, or at white space before that where the page lost
// its line breaks.
func headingEnd(text, lang string) int {
	for i, c := range text {
		switch {
		case strings.ContainsRune("。；！？\n", c):
			if c == '\n' {
				return i
			}
			return i + utf8.RuneLen(c)
		case (c == ' ' || c == '　' || c == '|') && lang != "en" && i > 0:
			return i
		}
	}
	return len(text)
}

func trimStop(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。；;：:，,") }

// longest is how many bytes a paragraph without markers may have before it is
// cut at the end of a sentence: about 700 Chinese characters.
const longest = 2100

// close makes paragraphs of what lies between the starts.
func (d *divider) close() {
	r := d.r
	for _, s := range r.Sections {
		if s.End == 0 {
			s.End = r.Body.End
		}
	}
	if len(d.starts) == 0 || d.starts[0].at > r.Body.Start {
		d.starts = append([]start{{at: r.Body.Start}}, d.starts...)
	}
	seen := map[string]int{}
	for i, s := range d.starts {
		end := r.Body.End
		if i+1 < len(d.starts) {
			end = d.starts[i+1].at
		}
		pieces := []Span{{s.at, end}}
		if s.row == nil {
			pieces = r.pieces(pieces[0])
		}
		for _, raw := range pieces {
			p := &Paragraph{Report: r, Section: s.section, N: len(r.Paragraphs), Raw: raw, Row: s.row}
			if raw.Start == s.at {
				p.Marker, p.Lead = s.marker, s.lead
			}
			p.Span = r.trimmed(raw)
			p.Sentences = r.sentences(p.Span)
			key := strings.Join(p.Path(), "/") + "\n" + p.Text()
			seen[key]++
			p.ID = r.ID + "-" + digest(fmt.Sprint(key, seen[key]))
			r.Paragraphs = append(r.Paragraphs, p)
		}
	}
}

// pieces cuts an overlong passage at the ends of its sentences.
func (r *Report) pieces(s Span) []Span {
	if s.End-s.Start <= longest*3/2 {
		return []Span{s}
	}
	var out []Span
	start := s.Start
	for _, sentence := range r.sentences(s) {
		if sentence.End-start > longest && sentence.Start > start {
			out = append(out, Span{start, sentence.Start})
			start = sentence.Start
		}
	}
	return append(out, Span{start, s.End})
}

func (r *Report) trimmed(s Span) Span {
	text := r.Slice(s)
	left := strings.TrimLeft(text, pipes+"\n")
	s.Start += len(text) - len(left)
	s.End = s.Start + len(strings.TrimRight(left, pipes+"\n"))
	return s
}

// sentences cuts a span at 。！？ and line breaks, in English texts at a full
// stop before white space and a capital. Closing quotes stay with their sentence.
func (r *Report) sentences(s Span) []Span {
	var out []Span
	text := r.Slice(s)
	start := 0
	for i, c := range text {
		end := i + utf8.RuneLen(c)
		if end < len(text) && !endsSentence(c, text[:end], text[end:]) && (end-start < longSentence || !pauses(c, text[:i])) {
			continue
		}
		for end < len(text) {
			next, n := utf8.DecodeRuneInString(text[end:])
			if !strings.ContainsRune("”’」』）)\"", next) {
				break
			}
			end += n
		}
		if end > start && strings.TrimSpace(text[start:end]) != "" {
			out = append(out, r.trimmed(Span{s.Start + start, s.Start + end}))
			start = end
		}
	}
	return out
}

// longSentence is from how many bytes on a sentence ends at its next clause: a
// list of names may be as long. A figure is read with its whole sentence, so
// that one without an end would cost its square: 2 MB took minutes.
const longSentence = 8 << 10

// pauses tells the end of a clause, not within a number: 三、四百.
func pauses(c rune, before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("，；、", c) && !strings.ContainsRune("0123456789一二三四五六七八九十百千万亿几数", last)
}

func endsSentence(c rune, before, after string) bool {
	switch c {
	case '。', '！', '？', '\n':
		return true
	case '!', '?':
		return len(before) > 1
	case '.':
		next := strings.TrimLeft(after, " ")
		return len(next) < len(after) && next != "" && unicode.IsUpper(rune(next[0])) && len(before) > 2 && !unicode.IsUpper(rune(before[len(before)-2]))
	}
	return false
}
