package corpus

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
	"reportbot/corpus/terms"
)

// Table is a table of the report. Its rows are paragraphs; what their figures
// mean, the headings of rows and columns and the caption say together.
type Table struct {
	Report  *Report
	Span           // from the first row to the last
	Caption string // the line above it: "表1 2023年主要经济指标", "" where none
	Unit    string // as stated for the whole table: "万元", "" where not
	Rows    []*Row

	columns  []heading // by column
	caption  heading
	date     string             // of a line that says nothing else: 2024年1月
	measures map[string]measure // the units that are stated for it, its columns and its rows
	units    []string
	bands    []band // from left to right, one at least
	filled   []int  // by column: cells below the headings that have text
	numbers  []int  // and those of them that are a number
}

// band is columns of names with the columns of values that they name: a table
// has two where it goes on beside itself, 收入项目 | 2023年 | 支出项目 | 2023年.
type band struct {
	names  int // the first column of names
	values int // the first of values
	end    int // behind the last
	sure   int // from here on other words may name them: nobody can tell

	unnamed int // columns of values without a heading
}

// Row is one line of a table.
type Row struct {
	Table  *Table
	Header bool // it holds headings of columns
	Span
	Cells []document.Cell

	heads  []heading // by band
	groups []string  // by band: the row above without values that it belongs to, 一、农业
}

func (c *Row) text(cell document.Cell) string { return c.Table.Report.Text[cell.Start:cell.End] }

// readTables links the document's tables to the report.
func (r *Report) readTables() {
	r.leads = map[int]bool{}
	for _, from := range r.Document.Tables {
		t := &Table{Report: r, Span: Span{from.Start, from.End}}
		for i, row := range from.Rows {
			t.Rows = append(t.Rows, &Row{Table: t, Header: i < from.Header, Span: Span{row.Start, row.End}, Cells: row.Cells})
		}
		for i, s := range from.Lead {
			within := i >= len(from.Lead)-from.Within
			if t.lead(r.Text[s.Start:s.End], within) || within {
				r.leads[s.Start] = true
			}
		}
		r.Tables = append(r.Tables, t)
	}
}

var (
	stated   = regexp.MustCompile(`[（(]?\s*(?:(?:计量|金额|货币|数量))?单位\s*[:：]\s*([^）)|]{1,30})[）)]?`)
	formLine = regexp.MustCompile(`^(?:(?:编制|填报|报送|制表|主管|预算|编报|填表|责任|牵头)?(?:单位|部门|日期|时间)(?:名称)?\s*[:：]|公开\s*\d{1,2}\s*表|表\s*号\s*[:：]|制定机关\s*[:：])`)
	unitCut  = regexp.MustCompile(`[、，,;；/和 ]+`)
)

// lead reads a line above the table: its unit, its caption, or both in one. It
// tells whether the line is surely one of them; within the table it is.
func (t *Table) lead(line string, within bool) bool {
	m := stated.FindStringSubmatch(line)
	if formLine.MatchString(line) && (m == nil || !t.Report.reader.unitsAre(m[1])) {
		return within // 编制单位：某局
	}
	sure := m != nil || tableNo.MatchString(line) || captionEnd.MatchString(line)
	if m != nil {
		t.Unit = strings.TrimSpace(m[1])
		t.units = append([]string{t.Unit}, unitCut.Split(t.Unit, -1)...)
		line = strings.Trim(strings.Replace(line, m[0], "", 1), " 　")
	}
	marked, _ := markerAt(line)
	switch {
	case line == "" || marked.text != "" && !within:
		return m != nil
	case t.Caption != "" && dateAlone.MatchString(line): // 2024年1月, below the title
		t.date = line
	default:
		t.Caption = numberBefore.ReplaceAllString(line, "")
	}
	return sure
}

// dateAlone is a line that says of when the table is.
var dateAlone = regexp.MustCompile(`^[（(]?(?:19|20)\d\d年(?:度|(?:\d{1,2}[-—－至])?\d{1,2}月(?:\d{1,2}日)?)?[）)]?$`)

// unitsAre tells whether the words behind 单位： are units.
func (rd *Reader) unitsAre(text string) bool {
	for _, word := range unitCut.Split(strings.TrimSpace(text), -1) {
		if _, ok := rd.unitOf(word); ok {
			return true
		}
	}
	return false
}

// tableAt returns the table around a byte, nil where there is none; rowAt its row.
func (r *Report) tableAt(at int) *Table {
	i := sort.Search(len(r.Tables), func(i int) bool { return r.Tables[i].End > at })
	if i < len(r.Tables) && r.Tables[i].Start <= at {
		return r.Tables[i]
	}
	return nil
}

func (r *Report) rowAt(at int) *Row {
	t := r.tableAt(at)
	if t == nil {
		return nil
	}
	i := sort.Search(len(t.Rows), func(i int) bool { return t.Rows[i].End > at })
	if i < len(t.Rows) && t.Rows[i].Start <= at {
		return t.Rows[i]
	}
	return nil
}

// read makes sense of the headings, once the report's year is known.
func (t *Table) read() {
	now := t.Report.Year
	t.caption = t.Report.reader.readHeading(t.Caption, now)
	if date := t.Report.reader.readHeading(t.date, now); date.period.Known() {
		t.caption.period = date.period
	}
	if t.caption.period.Known() {
		now = (t.caption.period.To-1)/12 + 1
	}
	width := 0
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			width = max(width, c.Column+c.Across)
		}
	}
	for column := range width {
		t.columns = append(t.columns, t.Report.reader.readHeading(t.dated(t.columnText(column)), t.now(now)))
	}
	t.readBands()
	t.nameRates()
	t.readRows(now)
	t.readMeasures()
}

// measure is a unit as it is stated, and whether it is known.
type measure struct {
	unit
	known bool
}

// readMeasures reads each unit once: every number asks for it.
func (t *Table) readMeasures() {
	t.measures = map[string]measure{}
	add := func(written string) {
		if _, done := t.measures[written]; !done {
			u, known := t.Report.reader.unitOf(written)
			t.measures[written] = measure{u, known}
		}
	}
	for _, h := range t.columns {
		add(h.unit)
	}
	for _, written := range t.units {
		add(written)
	}
	for _, row := range t.Rows {
		for _, h := range row.heads {
			add(h.unit)
		}
	}
}

var monthAlone = regexp.MustCompile(`(^|[^年\d\-—–~～至])(\d{1,2}(?:[-—–~～至]\d{1,2})?月)`)

// dated puts the caption's year before months that stand alone: 1-6月. Without
// a caption that names it, their year is not known.
func (t *Table) dated(text string) string {
	if !t.caption.period.Known() {
		return text
	}
	year := (t.caption.period.To - 1) / 12
	return monthAlone.ReplaceAllString(text, "${1}"+strconv.Itoa(year)+"年${2}")
}

// nameRates gives a column of rates that names nothing itself, 增长（%）, what the
// column on its left counts: 营业收入 | 增长（%）.
func (t *Table) nameRates() {
	for _, b := range t.bands {
		for i := b.values + 1; i < b.end; i++ {
			h := &t.columns[i]
			if h.what == "" && h.role != "" {
				h.what = t.columns[i-1].what
			}
			if h.role != "" && !h.period.Known() {
				h.period = t.onlyPeriod(b.values, i)
			}
		}
	}
}

// onlyPeriod is the period of the columns [from, to) where they name one alone: the
// rate beside 2023年3月 is of that month, beside 2023年 and 2022年 of neither.
func (t *Table) onlyPeriod(from, to int) (only Period) {
	for _, h := range t.columns[from:to] {
		switch {
		case !h.period.Known():
		case only.Known() && (only.From != h.period.From || only.To != h.period.To):
			return Period{}
		default:
			only = h.period
		}
	}
	return only
}

// now is the year that 本年 means in a table: that of its caption, else the
// year that the report looks back on.
func (t *Table) now(year int) int {
	if year > 0 {
		return year - 1
	}
	return 0
}

// columnText is the headings of a column from the top down, each once.
func (t *Table) columnText(column int) string {
	var parts []string
	for r, row := range t.Rows {
		if !row.Header {
			break
		}
		if text := t.heads(r, column); text != "" && !numbersColumns.MatchString(text) {
			parts = append(parts, withoutMark(text))
		}
	}
	return strings.Join(parts, " ")
}

// heads is what the header row r says above a column. A file without merged
// cells (CSV) leaves the places blank that a heading reaches over, 2023年,,2022年,:
// a blank with a heading below it belongs to the one on its left, where that
// has headings below it too.
func (t *Table) heads(r, column int) string {
	text, again := t.headAt(r, column)
	if text != "" || again || t.below(r, column) == "" {
		return text
	}
	for left := column - 1; left > 0; left-- {
		if text, again = t.headAt(r, left); again || t.below(r, left) == "" {
			return ""
		}
		if text != "" {
			return text
		}
	}
	return ""
}

// below is the heading in the next row of headings, "" where there is none.
func (t *Table) below(r, column int) string {
	if r+1 >= len(t.Rows) || !t.Rows[r+1].Header {
		return ""
	}
	text, _ := t.headAt(r+1, column)
	return text
}

// headAt is the text in row r above a column, "" where it stands higher already.
func (t *Table) headAt(r, column int) (text string, again bool) {
	for _, c := range t.Rows[r].Cells {
		if c.Column <= column && column < c.Column+c.Across {
			if c.Again {
				return "", true
			}
			return t.Rows[r].text(c), false
		}
	}
	return "", false
}

// numbersColumns is a cell that only numbers its column: 甲, 1.
var numbersColumns = regexp.MustCompile(`^(?:[甲乙丙丁]|\d{1,2}|[A-Z]|栏次|(?:[A-Z]|\d{1,2})\s*[=＝][A-Z\d\s+\-－×*/÷()（）%％]+)$`)

// readBands finds the columns of names and those of values that they name.
func (t *Table) readBands() {
	width := len(t.columns)
	t.countCells()
	first := t.valuesFrom(1, width)
	if first == width {
		first = min(1, width)
	}
	b := band{names: 0, values: first, sure: width, end: width}
	for column := first + 1; column < width; column++ {
		next := t.valuesFrom(column+1, width)
		switch {
		case next == width:
		case t.namesAgain(b, column):
			b.end = column
			t.bands = append(t.bands, b)
			b = band{names: column, values: next, sure: width, end: width}
			column = next
		case b.sure > column && t.mayName(column):
			b.sure = column
		}
	}
	t.bands = append(t.bands, b)
	for i := range t.bands {
		for column := t.bands[i].values; column < t.bands[i].end; column++ {
			if t.columns[column].text == "" && t.filled[column] > 0 {
				t.bands[i].unnamed++
			}
		}
	}
}

// band is the one that a column is in.
func (t *Table) band(column int) int {
	for i := len(t.bands) - 1; i > 0; i-- {
		if t.bands[i].names <= column {
			return i
		}
	}
	return 0
}

// valuesFrom is the first column from one on that mostly holds numbers and names
// nothing, width where there is none.
func (t *Table) valuesFrom(column, width int) int {
	for ; column < width; column++ {
		if !t.columns[column].names && t.filled[column] > 0 && t.numbers[column]*2 >= t.filled[column] {
			return column
		}
	}
	return width
}

// countCells counts in each column the cells that have text, and those of them
// that are numbers. A dash says that there is none.
func (t *Table) countCells() {
	t.filled, t.numbers = make([]int, len(t.columns)), make([]int, len(t.columns))
	for _, row := range t.Rows {
		for _, cell := range row.Cells {
			text := row.text(cell)
			if row.Header || strings.Trim(text, "-—–－…/无 ") == "" {
				continue
			}
			t.filled[cell.Column]++
			ok := plainNumber(text)
			if !ok {
				_, ok = t.Report.reader.cellQuantity(text, 0)
			}
			if ok {
				t.numbers[cell.Column]++
			}
		}
	}
}

// namesAgain tells whether a column right of values names the rows anew. It holds
// words, and its heading is that of the first such column (行业 | 增长 | 行业 | 增长),
// or its counterpart (收入 | 支出), or the headings of values come again behind it.
// Any other column of words is a remark: 责任单位, 所属行业.
func (t *Table) namesAgain(b band, column int) bool {
	if t.numbers[column]*2 >= t.filled[column] || t.columns[column].names && !t.columns[column].counts {
		return false
	}
	mine, first := squeezed(t.columns[column].text), squeezed(t.columns[b.names].text)
	switch {
	case mine == first: // or neither has any
		return true
	case mine == "":
		return false
	case t.Report.reader.context["incoming"].In(fold.New(first).Runes) && t.Report.reader.context["outgoing"].In(fold.New(mine).Runes):
		return true
	}
	for of := b.values; of < column; of++ {
		text := squeezed(t.columns[of].text)
		for again := column + 1; again < len(t.columns) && text != ""; again++ {
			if squeezed(t.columns[again].text) == text {
				return true
			}
		}
	}
	return false
}

// mayName tells a column of words that may name the rows anew, or be a remark, for
// all that its heading says.
func (t *Table) mayName(column int) bool {
	h := t.columns[column]
	return t.filled[column] > 1 && t.numbers[column] == 0 && !h.names && !t.Report.reader.context["remark"].In(fold.New(squeezed(h.text)).Runes)
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

var among = regexp.MustCompile(`^(?:[#＃*]|其中[:：]?|　)\s*`)

// readRows reads the headings of each row: in each band the cells before its
// values.
func (t *Table) readRows(now int) {
	for _, row := range t.Rows {
		row.heads, row.groups = make([]heading, len(t.bands)), make([]string, len(t.bands))
	}
	for i, b := range t.bands {
		t.readBand(i, b, t.now(now))
	}
}

// readBand reads the headings of the rows of one band.
func (t *Table) readBand(i int, b band, now int) {
	group, above := "", ""
	var over parents
	texts := t.headTexts(b)
	shared := t.sharedNames(b, texts)
	for n, row := range t.Rows {
		if row.Header {
			continue
		}
		text, level := texts[n], row.level(b)
		name := trimMarker(text)
		if !row.hasValues(b) {
			if text != "" {
				group, above = name, ""
				over.begin(level, t.Report.reader.readHeading(t.dated(group), now))
			}
			continue
		}
		part := among.ReplaceAllString(text, "")
		whole, within := over.of(level, name, part != text)
		switch {
		case part != text && above != "":
			text = above + part // 其中：高新技术产业 of 规上工业增加值
		case within && shared[name] && !strings.Contains(text, whole.what):
			text = whole.what + name // （一）一般债券 of 四、2024年还本预算数, and of 五、2024年付息预算数
			above = text
		default:
			text, above = name, name
		}
		h := t.Report.reader.readHeading(t.dated(text), now)
		if within {
			h.inherit(whole)
		}
		if unit := row.unitCell(b); unit != "" {
			h.unit = unit
		}
		over.add(level, h)
		row.groups[i], row.heads[i] = group, h
	}
}

// headTexts is the words that name each row in a band.
func (t *Table) headTexts(b band) []string {
	texts := make([]string, len(t.Rows))
	for i, row := range t.Rows {
		texts[i] = row.headText(b)
	}
	return texts
}

// sharedNames are the names that several rows of a band have.
func (t *Table) sharedNames(b band, texts []string) map[string]bool {
	count, shared := map[string]int{}, map[string]bool{}
	for i, row := range t.Rows {
		if name := trimMarker(texts[i]); !row.Header && name != "" && row.hasValues(b) {
			count[name]++
			shared[name] = count[name] > 1
		}
	}
	return shared
}

// headText is the cells of a band before its values; those that only count the
// rows and the column of units are no part of it.
func (c *Row) headText(b band) string {
	var parts []string
	for _, cell := range c.Cells {
		text := c.text(cell)
		if cell.Column < b.names || cell.Column >= b.values || text == "" {
			continue
		}
		if h := c.Table.columns[cell.Column]; h.names && cell.Column > b.names || h.counts || h.units {
			continue
		}
		parts = append(parts, trimMarker(text))
	}
	return strings.Join(parts, "")
}

func (c *Row) unitCell(b band) string {
	for _, cell := range c.Cells {
		if cell.Column >= b.names && cell.Column < b.end && c.Table.columns[cell.Column].units {
			return c.text(cell)
		}
	}
	return ""
}

func (c *Row) hasValues(b band) bool {
	for _, cell := range c.Cells {
		if cell.Column >= b.values && cell.Column < b.end && c.text(cell) != "" {
			return true
		}
	}
	return false
}

var rowMarker = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、.．]\s*|[（(][一二三四五六七八九十0-9]{1,3}[)）]|\d{1,2}[.．、]\s*|[①②③④⑤⑥⑦⑧⑨⑩])`)

func trimMarker(s string) string {
	return strings.Trim(withoutMark(rowMarker.ReplaceAllString(strings.TrimSpace(s), "")), " 　")
}

// Words of headings that say nothing of what is counted.
var generic = terms.NewSet("总量", "绝对量", "绝对值", "绝对数", "绝对额", "数值", "数量", "数额", "数据", "本年", "本期", "实绩", "完成数", "完成额", "完成值", "实际完成", "完成情况", "实际", "完成",
	"指标值", "指标", "指标名称", "项目", "名称", "金额", "合计", "总计", "小计", "累计", "全年", "年份", "年度", "计划数", "计划", "目标", "目标值", "预期目标", "预期", "上年", "去年", "同期", "上年同期", "比上年", "较上年", "单位", "value", "amount", "total", "year")
