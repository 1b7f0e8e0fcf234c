package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
	"reportbot/corpus/quantity"
)

// bracketed is a number in brackets that is no mark of a note: (86.40), (1,200).
var bracketed = regexp.MustCompile(`\d[.,，]\d|\d{3}`)

// markBehind is the mark of a note typed behind a name or a number: 1208①, 1208[3], 收入*.
var markBehind = regexp.MustCompile(`\s*(?:[①-⑳⑴-⒇*＊]|\[\d{1,2}\]|〔\d{1,2}〕|［\d{1,2}］|[（(]注\d{0,2}[)）])+$`)

// markEnds are the last characters of marks.
const markEnds = "*＊]〕］)）①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"

// withoutMark takes the mark from behind a name or a number. Most have none, which their
// last character tells.
func withoutMark(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune(markEnds, last) {
		return text
	}
	return markBehind.ReplaceAllString(text, "")
}

// plainNumber tells a number of digits and one point, which cellQuantity surely reads as
// one: what it is need not be known to count it.
func plainNumber(text string) bool {
	const longest = 15
	points := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.' && 0 < i && i < len(text)-1:
			points++
		case c < '0' || c > '9':
			return false
		}
	}
	return text != "" && len(text) <= longest && points <= 1
}

// cellQuantity reads a cell that is one number, with its unit or without. In a cell 2023
// may well be an amount, and 12 a name: that its column tells. The file may say whether
// the number is below zero (-1) or not (1). Bookkeepers write that (86.40) or ▼12.6,
// and the brackets belong to the number; △ and ▲ mean up or down, each in its own
// office, so that only the file can tell, as it must of (3).
func (rd *Reader) cellQuantity(text string, sign int) (quantity.Quantity, bool) {
	runes := fold.New(withoutMark(text)).Runes
	from, to := 0, len(runes)
	marked := false
	switch trimmed := strings.TrimSpace(string(runes)); {
	case strings.HasPrefix(trimmed, "(") && strings.HasSuffix(trimmed, ")"):
		if sign == 0 && !bracketed.MatchString(trimmed) {
			return quantity.Quantity{}, false
		}
		from, to, marked = 1, to-1, true
	case strings.HasPrefix(trimmed, "▼") || strings.HasPrefix(trimmed, "▽") || sign != 0 && strings.IndexAny(trimmed, "▲△") == 0:
		from, marked = 1, true
	}
	found := rd.quantities.ScanRunes(runes[from:to])
	if len(found) != 1 {
		return quantity.Quantity{}, false
	}
	q := found[0]
	left, right := strings.TrimSpace(string(runes[from:from+q.From])), strings.TrimSpace(string(runes[from+q.To:to]))
	if left != "+" && left != "" || right != "" || q.Han {
		return q, false
	}
	if marked {
		q.Start, q.From, q.End, q.To = 0, 0, len(runes), len(runes)
	}
	if (marked && sign == 0 || sign < 0) && q.Value.IsPositive() {
		q.Value, q.High = q.Value.Neg(), q.High.Neg()
	}
	return q, true
}

// What a cell may hold besides a number, a dash and words.
var (
	dateCell = regexp.MustCompile(`^(?:(?:19|20)\d\d(?:[-/年](?:0?[1-9]|1[0-2])(?:[-/月]\d{1,2}日?)?|\.(?:0?[1-9]|1[0-2])\.\d{1,2})|\d{1,2}[-/]\d{1,2})月?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$`) // 2001.10 is an amount
	anyWord  = regexp.MustCompile(`\p{L}`)
	anyDigit = regexp.MustCompile(`\d`)
)

// reads is what becomes of a cell.
type reads int

const (
	asNothing reads = iota // a heading, a date, a number of a row
	asNumber
	asWords
	leftOut // a number of which the table does not say what it is
)

// reading tells what a cell is read as. A number whose row or column has no name
// is left out, as are several in one cell: nobody can tell what they count.
func (c *Row) reading(cell document.Cell) (reads, quantity.Quantity) {
	text := c.text(cell)
	t := c.Table
	column := t.columns[cell.Column]
	if c.Header || text == "" || cell.Again || column.names && !column.ranks || dateCell.MatchString(text) {
		return asNothing, quantity.Quantity{}
	}
	q, ok := t.Report.reader.cellQuantity(text, cell.Sign)
	b := t.bands[t.band(cell.Column)]
	switch {
	case ok && cell.Column < b.values:
		return asNothing, q
	case ok && !c.heads[t.band(cell.Column)].named:
		return leftOut, q
	case ok && column.text == "" && b.unnamed > 1, ok && cell.Column >= b.sure:
		return leftOut, q
	case ok:
		return asNumber, q
	case anyWord.MatchString(text):
		return asWords, q
	case anyDigit.MatchString(text):
		return leftOut, q
	}
	return asNothing, q
}

// findCells makes figures of a row: of each cell that is a number, by its
// headings; within a cell of words, as in any sentence.
func (p *Paragraph) findCells(found *reading) {
	plans, inherited := p.standing()
	for _, c := range p.Row.Cells {
		switch as, q := p.Row.reading(c); as {
		case asNumber:
			found.add(p.cell(c, q, plans, inherited))
		case asWords:
			p.readWords(c, found)
		}
	}
}

// readWords reads the figures of a cell of words as if it were a paragraph.
func (p *Paragraph) readWords(c document.Cell, found *reading) {
	alone := &Paragraph{Report: p.Report, Section: p.Section, Span: Span{c.Start, c.End}}
	alone.Sentences = p.Report.sentences(alone.Span)
	for _, f := range alone.readFigures().mentions {
		f.Paragraph = p
		f.ID = figureID(p, f)
		if f.What == "" {
			f.What = p.Row.head(c.Column).what
		}
		found.add(f)
	}
}

func (p *Paragraph) cell(c document.Cell, q quantity.Quantity, plans bool, inherited Period) *Figure {
	row, column := p.Row.head(c.Column), p.Row.Table.columns[c.Column]
	off := fold.New(p.Row.text(c)).Off
	f := &Figure{Paragraph: p, Span: Span{c.Start + off[q.Start], c.Start + off[q.End]}, Value: q.Value, High: q.High,
		Unit: q.Unit, Bound: q.Bound, Bounded: Span{c.Start + off[q.From], c.Start + off[q.To]}, Sentence: p.Span, Clause: p.Span, Status: Actual}
	f.ID = figureID(p, f)
	f.Text = p.Report.Slice(f.Span)
	f.Role = p.cellRole(row, column)
	f.What = p.Row.counted(c.Column)
	p.cellUnit(f, row, column)
	if column.ranks || row.ranks {
		f.Kind = quantity.Ordinal
	}
	f.Period = p.cellPeriod(row, column, inherited)
	past := p.Report.Year > 0 && f.Period.Known() && f.Period.To <= p.Report.Year*12
	if row.target && !column.done || column.target && !row.done || p.Row.Table.caption.target && !past || plans && !past {
		f.Status = Target
	}
	f.Scope = p.Report.Scope
	if scope := ScopeIn(fold.New(p.Row.Table.Caption + " " + row.text + " " + column.text).Runes); scope != "" {
		f.Scope = scope
	}
	return f
}

func (p *Paragraph) cellRole(row, column heading) Role {
	for _, h := range []heading{column, row} {
		if h.role != "" {
			return h.role
		}
	}
	return Level
}

// head is what names the row for a column: the words on the column's left.
func (c *Row) head(column int) heading { return c.heads[c.Table.band(column)] }

// counted is the heading of the row with that of the column: 企业数 of 北岙街道
// is 北岙街道企业数; one that names only a period or a unit adds nothing. Where
// neither says what is counted, the caption does.
func (c *Row) counted(in int) string {
	row, of := c.head(in).what, c.Table.columns[in].what
	what := row + of
	switch {
	case strings.Contains(row, of):
		what = row
	case strings.Contains(of, row):
		what = of
	}
	if what == "" || c.Table.Report.reader.context["scope"].Has(what) {
		what += captionEnd.ReplaceAllString(c.Table.caption.what, "")
	}
	if group := c.groups[c.Table.band(in)]; group != "" && utf8.RuneCountInString(what) < 4 && !strings.Contains(what, group) {
		what = group + what // 一、工业 above 总产值
	}
	return what
}

// rateName ends the name of what is a rate: 城镇化率 is not in 亿元.
var rateName = regexp.MustCompile(`(?:率|比例|比重|系数|指数|占比)(?:[（(].*)?$`)

// cellUnit gives a number without a unit that of its headings: the column's
// before the row's before the table's. A rate is never in 万元, whatever stands
// above the table.
func (p *Paragraph) cellUnit(f *Figure, row, column heading) {
	rate := f.Role == Growth || f.Role == Share
	if f.Unit != "" {
		return
	}
	measured := p.Report.reader.quantities.Measured(fold.New(f.What).Runes)
	named := rateName.MatchString(f.What) || slices.Contains(measured, "percent")
	for i, written := range append([]string{column.unit, row.unit}, p.Row.Table.units...) {
		u := p.Row.Table.measures[written]
		class := p.Report.reader.quantities.Class(u.base)
		general := i > 1 // stated for the whole table, which may hold what has another one
		switch {
		case written == "" || rate && class != "percent":
			continue
		case general && (class == "percent") != (rate || named):
			continue
		case general && !rate && u.known && len(measured) > 0 && !slices.Contains(measured, class):
			continue
		}
		if !u.known && (utf8.RuneCountInString(written) > 6 || strings.ContainsAny(written, "、，,;；")) {
			continue
		}
		f.Value, f.High, f.Unit, f.Stated = f.Value.Mul(u.scale), f.High.Mul(u.scale), u.base, written
		return
	}
	if rate {
		f.Unit, f.Stated = "%", "%"
		return
	}
	if len(measured) > 0 && measured[0] == "person" && f.Value.Equal(f.Value.Truncate(0)) {
		f.Unit = p.Report.reader.quantities.ClassUnit(measured[0])
	}
}

// cellPeriod is the period that the column names, else the row, the caption,
// the headings above the table.
func (p *Paragraph) cellPeriod(row, column heading, inherited Period) Period {
	for _, of := range []struct {
		heading
		stated Stated
	}{{column, InClause}, {row, InClause}, {p.Row.Table.caption, InParagraph}} {
		if of.period.Known() {
			of.period.Stated = of.stated
			return of.period
		}
	}
	return inherited
}
