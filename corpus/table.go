package corpus

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

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

	columns []heading // by column
	caption heading
	units   []string
	first   int // the first column that holds values
}

// Row is one line of a table.
type Row struct {
	Table  *Table
	Header bool // it holds headings of columns
	Span
	Cells []document.Cell

	head  heading
	group string // the row above without values that it belongs to: 一、农业
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
		for _, s := range from.Lead {
			if t.lead(r.Text[s.Start:s.End]) {
				r.leads[s.Start] = true
			}
		}
		r.Tables = append(r.Tables, t)
	}
}

var (
	stated  = regexp.MustCompile(`[（(]?\s*(?:计量)?单位\s*[:：]\s*([^）)|]{1,30})[）)]?`)
	unitCut = regexp.MustCompile(`[、，,;；/和 ]+`)
)

// lead reads a line above the table: its unit, its caption, or both in one. It
// tells whether the line is surely one of them.
func (t *Table) lead(line string) bool {
	m := stated.FindStringSubmatch(line)
	sure := m != nil || tableNo.MatchString(line) || captionEnd.MatchString(line)
	if m != nil {
		t.Unit = strings.TrimSpace(m[1])
		t.units = append([]string{t.Unit}, unitCut.Split(t.Unit, -1)...)
		line = strings.Trim(strings.Replace(line, m[0], "", 1), " 　")
	}
	if _, marked := markerAt(line); line != "" && !marked {
		t.Caption = line
		return sure
	}
	return m != nil
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
	t.caption = readHeading(t.Caption, now)
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
		t.columns = append(t.columns, readHeading(t.dated(t.columnText(column)), t.now(now)))
	}
	t.first = t.firstValues()
	t.nameRates()
	t.readRows(now)
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
	for i := t.first + 1; i < len(t.columns); i++ {
		if h := &t.columns[i]; h.what == "" && h.role != "" {
			h.what = t.columns[i-1].what
		}
	}
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
			parts = append(parts, text)
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
var numbersColumns = regexp.MustCompile(`^(?:[甲乙丙丁]|\d{1,2}|栏次)$`)

// firstValues is the first column that mostly holds numbers and names nothing.
func (t *Table) firstValues() int {
	for column := 1; column < len(t.columns); column++ {
		if t.columns[column].names {
			continue
		}
		filled, numbers := 0, 0
		for _, row := range t.Rows {
			for _, c := range row.Cells {
				if text := row.text(c); !row.Header && c.Column == column && text != "" {
					filled++
					if _, ok := cellQuantity(text); ok {
						numbers++
					}
				}
			}
		}
		if filled > 0 && numbers*2 >= filled {
			return column
		}
	}
	return 1
}

var among = regexp.MustCompile(`^(?:[#＃*]|其中[:：]?|　)\s*`)

// readRows reads the heading of each row: the cells before its values.
func (t *Table) readRows(now int) {
	group, above := "", ""
	for _, row := range t.Rows {
		if row.Header {
			continue
		}
		text := row.headText()
		if !row.hasValues() {
			group, above = trimMarker(text), ""
			continue
		}
		if part := among.ReplaceAllString(text, ""); part != text && above != "" {
			text = above + part // 其中：高新技术产业 of 规上工业增加值
		} else {
			above = trimMarker(text)
		}
		row.group = group
		row.head = readHeading(t.dated(trimMarker(text)), t.now(now))
		if unit := row.unitCell(); unit != "" {
			row.head.unit = unit
		}
	}
}

// headText is the cells before the values; those that only count the rows and
// the column of units are no part of it.
func (c *Row) headText() string {
	var parts []string
	for _, cell := range c.Cells {
		text := c.text(cell)
		if cell.Column >= c.Table.first || text == "" {
			continue
		}
		if h := c.Table.columns[cell.Column]; h.names && cell.Column > 0 || h.counts || h.units {
			continue
		}
		parts = append(parts, trimMarker(text))
	}
	return strings.Join(parts, "")
}

func (c *Row) unitCell() string {
	for _, cell := range c.Cells {
		if c.Table.columns[cell.Column].units {
			return c.text(cell)
		}
	}
	return ""
}

func (c *Row) hasValues() bool {
	for _, cell := range c.Cells {
		if cell.Column >= c.Table.first && c.text(cell) != "" {
			return true
		}
	}
	return false
}

var rowMarker = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|\d{1,2}[.．、]\s*|[①②③④⑤⑥⑦⑧⑨⑩])`)

func trimMarker(s string) string {
	return strings.Trim(rowMarker.ReplaceAllString(strings.TrimSpace(s), ""), " 　")
}

// Words of headings that say nothing of what is counted.
var generic = terms.NewSet("总量", "绝对值", "绝对数", "绝对额", "数值", "数量", "数额", "数据", "本年", "本期", "实绩", "完成数", "完成额", "完成值", "实际完成", "完成情况", "实际", "完成",
	"指标值", "指标", "指标名称", "项目", "名称", "金额", "合计", "总计", "小计", "累计", "全年", "年份", "年度", "计划数", "计划", "目标", "目标值", "预期目标", "预期", "上年", "去年", "同期", "上年同期", "比上年", "较上年", "单位", "value", "amount", "total", "year")
