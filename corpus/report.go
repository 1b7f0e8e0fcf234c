// Package corpus holds what reports say: a file becomes a Report of Sections
// and Paragraphs with stable IDs and byte offsets into the file as it was
// served, and every Figure in them. No search engine and no chat in here.
package corpus

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
)

// Span is a half-open range of bytes [Start, End) in Report.Text.
type Span struct{ Start, End int }

// Head is what is known of a report while its text is not at hand.
type Head struct {
	ID        string // 8 hex digits, from Name alone: other reports don't change it
	Name      string // file name without its extension
	Title     string
	Issuer    string // who reports, "" where not stated
	Addressee string // to whom, "" where not stated
	DocNumber string // "洞政办〔2024〕3号", "" where it bears none
	Date      string // the day it was given or signed: "2024-01-16", "" where not stated
	Year      int    // the year in which it speaks ("今年"); 0 where not known
	Covers    Period // the period it reports on; not known where it names none
	Scope     Scope  // the level of the area it reports on
	Lang      string // "zh", "zh-Hant" or "en"
	Hash      string // of Name, Text and the lists of terms that it was read with
	Content   string // of Text alone
	Front     string // the short lines above the text: who reports, when, and to whom
	Length    int    // paragraphs

	accounts int    // the year of accounts that its title names, by the one it begins in; 0 for none
	this     Period // what it calls 本期; not known where it does not say
}

// Report is one file. Text is the file as it was served; every Span in the
// report counts its bytes, so whatever is shown can be checked against it.
type Report struct {
	*Head
	Text string
	Body Span // the report proper, without the page around it

	Sections   []*Section   // in reading order
	Paragraphs []*Paragraph // in reading order; their Raw spans join to Body
	Tables     []*Table     // in reading order

	// Document is the file as it was read: its format, pages, warnings.
	Document *document.Document
	reader   *Reader      // by which it is read
	given    int          // the month in which it was given, counted as a Period's; 0 where not known
	dollar   currency     // which a plain $ is
	frames   frames       // what its structure says of each sentence
	headings map[int]int  // the file's own headings: where they stand and their level
	leads    map[int]bool // where captions and units of tables stand
	typed    map[int]int  // where a list's number is typed against its text: how many bytes it has
}

// currency is read from the text when it is first asked for.
type currency struct {
	once sync.Once
	unit string
}

// Dollar is the unit of a plain $ in the report: that of the place it names most
// often, "$" where it names none that has a dollar.
func (r *Report) Dollar() string {
	r.dollar.once.Do(func() {
		r.dollar.unit = "$"
		most := 0
		for _, line := range terms.Lines(termFile("dollars.txt")) {
			unit, list, _ := strings.Cut(line, ":")
			n := 0
			for place := range strings.SplitSeq(list, ";") {
				place = strings.TrimSpace(place)
				n += strings.Count(r.Text, place)
				for letter := 'A'; letter <= 'Z' && strings.HasSuffix(place, "$"); letter++ {
					n -= strings.Count(r.Text, string(letter)+place) // the S$ of US$
				}
			}
			if n > most {
				r.dollar.unit, most = unit, n
			}
		}
	})
	return r.dollar.unit
}

// IsOn tells a place that the report is on, by its title, by who reports and to whom, or by its dollar; the
// place folded, as fold.String has it.
func (r *Report) IsOn(place string) bool {
	if strings.Contains(fold.String(r.Title+" "+r.Issuer+" "+r.Front), place) {
		return true
	}
	return slices.ContainsFunc(terms.Lines(termFile("dollars.txt")), func(line string) bool {
		unit, list, _ := strings.Cut(line, ":")
		return unit == r.Dollar() && slices.ContainsFunc(strings.Split(list, ";"), func(name string) bool { return fold.String(strings.TrimSpace(name)) == place })
	})
}

// Section is a heading and what stands below it.
type Section struct {
	Report  *Report
	Parent  *Section // nil at the top level
	Level   int      // 1 is the highest
	Marker  string   // "一、", "(六)"
	Heading string   // without the marker: "落实情况"
	Span             // heading and everything below it
}

// Paragraph is a passage at the finest numbered level: a point (一是 …) with
// its lead sentence, or a run of text between two markers.
type Paragraph struct {
	ID      string // "<report>-<8 hex digits>", from the text and where it stands
	Report  *Report
	Section *Section // nil above the first heading
	N       int      // position in Report.Paragraphs
	Marker  string   // "一是", "1." or ""
	Lead    Span     // its lead sentence where it has a marker, else empty
	Span             // without the white space around it
	Raw     Span     // with it
	Row     *Row     // where it is a line of a table, else nil

	Sentences []Span

	read atomic.Pointer[reading]
}

// Status tells whether a figure was achieved or is aimed at.
type Status string

const (
	Actual Status = "actual"
	Target Status = "target"
)

// Role tells what a figure says of the thing it counts.
type Role string

const (
	Level    Role = "level"    // how much there is
	Growth   Role = "growth"   // by what rate it changed (增长8.9%)
	Increase Role = "increase" // by how much it changed (比上年增加2300亿元)
	From     Role = "from"     // where a change began (由A增加到B)
	To       Role = "to"       // where it ended
	Share    Role = "share"    // which part of a whole (占比, 比重)
)

// Figure is one quantity of a paragraph. Text is Report.Text[Start:End].
type Figure struct {
	ID        string // "<paragraph>.<Start - Paragraph.Start>"
	Paragraph *Paragraph
	Span
	Text    string          // "22.7亿元", "20余篇"
	Value   decimal.Decimal // in base units: 2270000000; of a range the lower end
	High    decimal.Decimal // the upper end of a range, else equal to Value
	Unit    string          // base unit or classifier: "元", "%", "个", "" where none
	Stated  string          // the unit as a heading states it (万元), "" where it stands in the text
	Kind    quantity.Kind   // Amount; Date and Ordinal stand in Mentions only
	Bound   string          // as it stands in the text: "超", "以上", "近", ""
	Bounded Span            // the figure with the bounds beside it: "超200家", "15亿元以上"
	Verb    string          // "新建", "" where none
	What    string          // what is counted: "5G通信基站"
	Each    string          // after 分别: the member of the list before it that is meant ("农村")
	Other   []string        // and the members that are not

	Period Period
	Status Status
	By     string // what decided on both, for whoever checks: "period: lead “五年来”; status: word 力争"
	Scope  Scope  // named in its sentence, else the report's
	Role   Role

	Sentence Span
	Clause   Span
}

// Member is the list member that is meant with what the list says of its last one alone:
// 城镇居民收入 of 城镇、农村居民收入分别增长4.3%、5.7%; "" elsewhere. Members are taken to be of
// one length.
func (f *Figure) Member() string {
	at := strings.LastIndexAny(f.What, joints)
	if at < 0 {
		return ""
	}
	_, n := utf8.DecodeRuneInString(f.What[at:])
	last := f.What[at+n:]
	if f.Each == "" || f.Each == last || !slices.Contains(f.Other, last) {
		return ""
	}
	each, tail := []rune(f.Each), []rune(last)
	if len(tail) < len(each)+2 {
		return ""
	}
	return f.Each + string(tail[len(each):])
}

// Class is the class of the figure's unit: "money", "percent", "count" …; "" for an unknown one.
func (f *Figure) Class() string { return f.Paragraph.Report.Quantities().Class(f.Unit) }

// SameSentence tells whether two figures stand in one sentence. Spans count bytes of
// their own report: two reports of one template have figures at the same places.
func (f *Figure) SameSentence(g *Figure) bool {
	return f.Paragraph.ID == g.Paragraph.ID && f.Sentence == g.Sentence
}

// SameClause tells whether two figures stand in one clause.
func (f *Figure) SameClause(g *Figure) bool {
	return f.Paragraph.ID == g.Paragraph.ID && f.Clause == g.Clause
}

// Path is the headings from the top to the paragraph's own point, as they
// stand in the report: "一、落实情况", "(六)完善数字基础,夯实要素保障", "一是完善数字基础设施".
// A row of a table has the table's caption below them.
func (p *Paragraph) Path() []string {
	var path []string
	for s := p.Section; s != nil; s = s.Parent {
		path = append([]string{s.Marker + s.Heading}, path...)
	}
	if p.Row != nil && p.Row.Table.Caption != "" {
		path = append(path, p.Row.Table.Caption)
	}
	if lead := p.Report.Slice(p.Lead); lead != "" {
		path = append(path, trimStop(lead))
	}
	return path
}

// Text is the paragraph word for word.
func (p *Paragraph) Text() string { return p.Report.Slice(p.Span) }

// Quantities is the grammar of numbers and units that the report is read with.
func (r *Report) Quantities() *quantity.Grammar { return r.reader.quantities }

// Slice is the text of a span; "" for an empty one.
func (r *Report) Slice(s Span) string { return r.Text[s.Start:s.End] }

func figureID(p *Paragraph, f *Figure) string {
	return p.ID + "." + strconv.Itoa(f.Start-p.Start)
}
