package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Builder puts a document together in reading order.
type Builder struct {
	doc    Document
	text   strings.Builder
	lead   []Span // short lines since the last long one: a table's caption and unit
	within int    // how many of them, the last, are rows of the table that comes
	table  bool   // the last line is a row
	paged  bool   // a page began since
	over   bool   // the text is longer than allowed
	Max    int    // bytes of text, 0 for the default

	recognized map[int]bool // pages
}

// Line is s as one line: runs of white space become one blank, control
// characters go, and the ends are trimmed.
func Line(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for i, r := range s {
		switch {
		case isLowered(r):
			next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s[i:], isLowered))
			before, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s[:i], isLowered))
			r = settled(before, r, next)
		case r == '　':
		case unicode.IsSpace(r):
			r = ' '
		case unicode.IsControl(r) || r == '\u00ad' || r == '\ufeff' || r == '\u200b' || r == '\u200d' || r == '\u200e':
			continue
		}
		if r == ' ' && blank {
			continue
		}
		blank = r == ' '
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), " 　")
}

// Meet puts two lines of one passage together: Chinese ones without a blank,
// Latin words with one (海洋 and 经济 are one word, "blue" and "economy" two).
func Meet(a, b string) string {
	a, b = strings.TrimRight(a, "\n"), strings.TrimLeft(b, " \n")
	if a == "" || b == "" || strings.HasSuffix(a, " ") {
		return a + b
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if last < 0x2e80 && first < 0x2e80 && !isBreak(last) && (unicode.IsLetter(last) || !unicode.IsDigit(first)) {
		return a + " " + b
	}
	return a + b
}

// isBreak tells a character that ends a line within a word.
func isBreak(r rune) bool { return r == '-' || r == '—' || r == '/' || r == '(' }

// Joined is several lines as one.
func Joined(lines []string) string {
	var b strings.Builder
	last := "" // the character that the next line meets: all of b would cost its square
	for _, line := range lines {
		met := Meet(last, strings.Trim(line, "\n"))
		b.WriteString(met[len(last):])
		_, n := utf8.DecodeLastRuneInString(met)
		last = met[len(met)-n:]
	}
	return b.String()
}

// Part is a piece of a paragraph, and the page that begins with it, 0 for none.
type Part struct {
	Text string
	Page int
}

// Spread adds a paragraph that goes over the ends of pages, as a heading where
// level is not 0.
func (b *Builder) Spread(parts []Part, level int) {
	if len(parts) == 0 {
		return
	}
	text := ""
	at := map[int]int{}
	for _, p := range parts {
		piece := Line(p.Text)
		joined := Meet(text, piece)
		if p.Page > 0 {
			at[p.Page] = len(joined) - len(piece)
		}
		text = joined
	}
	start := b.text.Len()
	for _, p := range parts {
		if p.Page > 0 {
			b.doc.Pages = append(b.doc.Pages, Page{Number: p.Page, Start: start + at[p.Page]})
			b.paged = b.paged || at[p.Page] == 0
		}
	}
	if level > 0 {
		b.Heading(level, text)
	} else {
		b.Paragraph(text)
	}
}

// Paragraph adds a paragraph; empty ones are left out.
func (b *Builder) Paragraph(text string) { b.line(text) }

// Heading adds a heading of a level, 1 the highest.
func (b *Builder) Heading(level int, text string) {
	if s := b.line(text); !s.Empty() {
		b.doc.Headings = append(b.doc.Headings, Heading{s, level})
	}
}

// Title adds the document's title.
func (b *Builder) Title(text string) {
	if s := b.line(text); !s.Empty() && b.doc.Title.Empty() {
		b.doc.Title = s
	}
}

// Page begins a page.
func (b *Builder) Page(number int) {
	b.doc.Pages = append(b.doc.Pages, Page{Number: number, Start: b.text.Len()})
	b.paged = true
}

// Recognized marks a page, which may come later, as recognized in a picture.
func (b *Builder) Recognized(number int) {
	if b.recognized == nil {
		b.recognized = map[int]bool{}
	}
	b.recognized[number] = true
}

// Warn adds a warning; a hundred are enough of them.
func (b *Builder) Warn(w Warning) {
	if len(b.doc.Warnings) < 100 {
		b.doc.Warnings = append(b.doc.Warnings, w)
	}
}

// continued is what stands above the second part of a table: 续表, 表1（续）.
var continued = regexp.MustCompile(`^(?:续表|（续表?）|(?:附?表).{0,30}[（(]续表?[）)]).{0,10}$`)

// captionRunes is how long a line may be that belongs to the table below it.
const captionRunes = 60

func (b *Builder) line(text string) Span {
	text = Line(text)
	if text == "" || b.full(len(text)) {
		return Span{}
	}
	if b.table && continued.MatchString(text) {
		return Span{} // the rows below go on with the table above
	}
	s := b.write(text)
	inside := b.within > 0
	b.table, b.paged, b.within = false, false, 0
	if utf8.RuneCountInString(text) > captionRunes || strings.ContainsAny(text, "。；！？") {
		b.lead = nil
		return s
	}
	b.lead = append(b.lead, s)
	longest := 2
	if inside { // a form: title, number, who made it, unit
		longest = 6
	}
	b.lead = b.lead[max(0, len(b.lead)-longest):]
	return s
}

func (b *Builder) write(text string) Span {
	s := Span{b.text.Len(), b.text.Len() + len(text)}
	b.text.WriteString(text)
	b.text.WriteByte('\n')
	return s
}

func (b *Builder) full(more int) bool {
	if limit := b.limit(); b.text.Len()+more > limit {
		b.over = true
	}
	return b.over
}

func (b *Builder) limit() int {
	if b.Max > 0 {
		return b.Max
	}
	return Default.Text
}

// Document is what was built. A file without a single letter is refused.
func (b *Builder) Document(kind Kind) (*Document, error) {
	if b.over {
		return nil, Refuse(TooLarge, "the file holds more than %d MB of text", b.limit()>>20)
	}
	b.doc.Kind = kind
	for i := range b.doc.Pages {
		b.doc.Pages[i].Recognized = b.recognized[b.doc.Pages[i].Number]
	}
	b.doc.Text = b.text.String()
	if strings.IndexFunc(b.doc.Text, unicode.IsLetter) < 0 {
		return nil, Refuse(NoText, "the file holds no text")
	}
	return &b.doc, nil
}
