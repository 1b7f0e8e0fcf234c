package text

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"reportbot/corpus/format/document"
)

// Read reads plain text. Its Text is the file as it stands, decoded, but for lines that were broken
// at one width and Chinese characters that were parted by blanks.
func Read(content []byte, limits document.Limits) (*document.Document, error) {
	text, charset, err := Decode(content)
	if err != nil {
		return nil, err
	}
	text = unwrapped(unspaced(text))
	d, err := plain(text, charset, limits)
	if err != nil {
		return nil, err
	}
	m := &markdown{d: d, copied: true}
	m.read(text)
	return d, nil
}

func plain(text, charset string, limits document.Limits) (*document.Document, error) {
	if len(text) > limits.Text {
		return nil, document.Refuse(document.TooLarge, "the file holds more than %d MB of text", limits.Text>>20)
	}
	if strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return nil, document.Refuse(document.NoText, "the file holds no text")
	}
	d := &document.Document{Kind: document.Text, Charset: charset, Text: text}
	if n := strings.Count(text, "\ufffd"); n > 0 {
		d.Warnings = append(d.Warnings, document.Warning{Code: document.Undecodable, Detail: strconv.Itoa(n)})
	}
	if n := OwnCharacters(text); n > 0 {
		d.Warnings = append(d.Warnings, document.Warning{Code: document.OwnCharacters, Detail: strconv.Itoa(n)})
	}
	return d, nil
}

var (
	heading   = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+\S`)
	delimiter = regexp.MustCompile(`^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$`)
)

// IsMarkdown tells Markdown by what plain text never has: the rule under the
// head of a table, or headings of several levels.
func IsMarkdown(text string) bool {
	levels := map[int]bool{}
	previous := ""
	for line := range strings.Lines(text) {
		if m := heading.FindStringSubmatch(line); m != nil {
			levels[len(m[1])] = true
		}
		if strings.Contains(line, "|") && strings.Contains(previous, "|") && delimiter.MatchString(line) {
			return true
		}
		previous = line
	}
	return len(levels) > 1
}

// ReadMarkdown reads Markdown (CommonMark 0.31 headings in ATX form, tables of
// GitHub Flavored Markdown). Its Text is the file as it stands too; headings
// and tables are told by their places.
func ReadMarkdown(content []byte, limits document.Limits) (*document.Document, error) {
	text, charset, err := Decode(content)
	if err != nil {
		return nil, err
	}
	d, err := plain(text, charset, limits)
	if err != nil {
		return nil, err
	}
	d.Kind = document.Markdown
	m := &markdown{d: d}
	m.read(text)
	return d, nil
}

// markdown walks through the lines of a file.
type markdown struct {
	d     *document.Document
	lead  []document.Span
	rows  []document.Row
	ruled bool // the rule under the head was met
	code  bool

	copied bool // text copied from a page: no headings, and tables without a rule
}

func (m *markdown) read(text string) {
	at := 0
	for line := range strings.Lines(text) {
		m.line(at, line)
		at += len(line)
	}
	m.closeTable()
}

func (m *markdown) line(at int, line string) {
	trimmed := strings.TrimSpace(line)
	start := at + strings.Index(line, trimmed)
	span := document.Span{Start: start, End: start + len(trimmed)}
	if strings.HasPrefix(trimmed, "```") {
		m.code = !m.code
	}
	if !m.code && strings.Contains(trimmed, "|") {
		if delimiter.MatchString(trimmed) && len(m.rows) == 1 {
			m.ruled = true
			return
		}
		m.rows = append(m.rows, row(span, trimmed))
		return
	}
	m.closeTable()
	if h := heading.FindStringSubmatch(line); h != nil && !m.code && !m.copied {
		m.d.Headings = append(m.d.Headings, document.Heading{Span: span, Level: len(h[1])})
	}
	if trimmed != "" {
		m.lead = append(m.lead, span)
		m.lead = m.lead[max(0, len(m.lead)-2):]
	}
}

func (m *markdown) closeTable() {
	if m.ruled || m.copied && m.copiedTable() {
		t := document.Table{Header: 1, Rows: m.rows, Span: document.Span{Start: m.rows[0].Start, End: m.rows[len(m.rows)-1].End}}
		for _, s := range m.lead {
			if s.End-s.Start <= 180 && !strings.ContainsAny(m.d.Slice(s), "。；") {
				t.Lead = append(t.Lead, s)
			}
		}
		for _, r := range m.rows {
			t.Width = max(t.Width, len(r.Cells))
		}
		m.d.Tables = append(m.d.Tables, t)
	}
	if len(m.rows) > 0 {
		m.lead = nil
	}
	m.rows, m.ruled = nil, false
}

// copiedTable tells a table that was copied from a page by its form: a head
// without numbers, rows with them, as many cells in each. A head that begins
// with a pipe has nothing above the first column.
func (m *markdown) copiedTable() bool {
	if len(m.rows) < 3 {
		return false
	}
	head, width := &m.rows[0], len(m.rows[1].Cells)
	if len(head.Cells) == width-1 && m.d.Text[head.Start] == '|' && m.d.Text[m.rows[1].Start] != '|' {
		for i := range head.Cells {
			head.Cells[i].Column++
		}
		width--
	}
	if len(head.Cells) != width || width < 2 || slices.ContainsFunc(head.Cells, m.isNumber) {
		return false
	}
	for _, r := range m.rows[1:] {
		if len(r.Cells) != len(m.rows[1].Cells) || !slices.ContainsFunc(r.Cells[1:], m.isNumber) {
			return false
		}
	}
	return true
}

func (m *markdown) isNumber(c document.Cell) bool { return number.MatchString(m.d.Slice(c.Span)) }

var number = regexp.MustCompile(`^[-−+]?\d[\d,]*(?:\.\d+)?%?$`)

// row parts a line at its pipes; \| is no part.
func row(span document.Span, line string) document.Row {
	r := document.Row{Span: span}
	start := 0
	add := func(end int) {
		cell := strings.TrimSpace(line[start:end])
		from := span.Start + start + strings.Index(line[start:end], cell)
		r.Cells = append(r.Cells, document.Cell{Span: document.Span{Start: from, End: from + len(cell)}, Column: len(r.Cells), Across: 1})
	}
	for i := 0; i < len(line); i++ {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			if i > 0 {
				add(i)
			}
			start = i + 1
		}
	}
	if start < len(line) {
		add(len(line))
	}
	return r
}
