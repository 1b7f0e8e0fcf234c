package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// parted is what stands between two cells of a row's line.
const parted = " | "

// What rows over the full width of a table say: its unit, its number, notes on
// it, parts of it.
var (
	unitStated = regexp.MustCompile(`(?:计量)?单位\s*[:：]|^[（(]?\s*(?:亿|万|千|百万)?元\s*[）)]?$`)
	tableNo    = regexp.MustCompile(`^(?:附?表|表格|附件|Table )\s*[0-9一二三四五六七八九十]`)
	noteLine   = regexp.MustCompile(`^[（(]?(?:\d\s*[.．、]\s*)?(?:注|备注|说明|附注|资料来源|数据来源|来源)\s*\d?\s*[)）]?\s*[:：]`)
	partMarker = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|其中)`)
	formLine   = regexp.MustCompile(`^(?:(?:编制|填报|报送|制表|主管|预算|编报|填表)?(?:单位|部门|日期|时间)(?:名称)?\s*[:：]|公开\s*\d{1,2}\s*表|(?:19|20)\d\d年(?:度|\d{1,2}月)?(?:\d{1,2}日)?$|表\s*号\s*[:：]|制定机关\s*[:：])`)
	unitBehind = regexp.MustCompile(`^(.*?\S)[ 　]+((?:计量)?单位\s*[:：].*)$`)
)

// Table adds what a file holds as one table: the lines over its full width at
// its head (title, unit) as lines, the rest as tables, a line for each row, the
// notes below it as lines again. An empty row parts two tables only where the
// second has headings of its own. A table that goes on with the one above it,
// cut by the end of a page, is added to that.
func (b *Builder) Table(g *Grid) {
	g = g.apart()
	for from := 0; from < len(g.rows); {
		from = b.head(g, from)
		to := g.end(from)
		if from < to {
			b.part(g.cut(from, to))
		}
		from = to
	}
}

// head writes the rows over the full width at the head of a table, which begin
// at row from, and returns the first row that is none.
func (b *Builder) head(g *Grid, from int) int {
	within := 0
	for ; from < len(g.rows); from++ {
		if g.blank(from) {
			continue
		}
		text, ok := g.caption(from)
		lines := g.formLines(from)
		switch {
		case lines != nil:
		case !ok || b.goesOn(g) && !tableNo.MatchString(text) && !unitStated.MatchString(text):
			return from
		default:
			lines = []string{text}
		}
		for _, line := range lines {
			pieces := []string{line}
			if m := unitBehind.FindStringSubmatch(line); m != nil {
				pieces = m[1:]
			}
			for _, piece := range pieces {
				if !b.line(piece).Empty() {
					within++
					b.within = min(within, len(b.lead))
				}
			}
		}
	}
	return from
}

// formLines are the cells of a row that says what form this is: 表1 | 单位：万元,
// 编制单位：某局 | 2024年1月; nil where one says anything else.
func (g *Grid) formLines(r int) (lines []string) {
	for i, c := range g.rows[r] {
		if c == nil || c.text == "" || c.column != i {
			continue
		}
		if c.row < r || c.down > 1 || !unitStated.MatchString(c.text) && !tableNo.MatchString(c.text) && !formLine.MatchString(c.text) {
			return nil
		}
		lines = append(lines, c.text)
	}
	if !slices.ContainsFunc(lines, func(s string) bool { return unitStated.MatchString(s) || tableNo.MatchString(s) }) {
		return nil
	}
	return lines
}

// goesOn tells whether a table may go on with the one above it.
func (b *Builder) goesOn(g *Grid) bool {
	n := len(b.doc.Tables)
	return b.table && b.paged && n > 0 && b.doc.Tables[n-1].Width == g.width
}

// part adds one table, and the notes at its end as lines.
func (b *Builder) part(g *Grid) {
	var notes []string
	for n := len(g.rows); n > 1; n-- {
		text, ok := g.caption(n - 1)
		if !ok || !noteLine.MatchString(text) {
			break
		}
		notes = append([]string{text}, notes...)
		g.Cut(n - 1)
	}
	b.rows(g)
	for _, text := range notes {
		b.Paragraph(text)
	}
}

func (b *Builder) rows(g *Grid) {
	header := g.header()
	t := Table{Lead: b.lead, Within: b.within, Header: header, Width: g.width}
	from := 0
	var joined *Table
	if n := len(b.doc.Tables); b.table && n > 0 {
		if above := &b.doc.Tables[n-1]; above.Width == g.width {
			switch {
			case header > 0 && header == above.Header && b.sameHeader(above, g):
				joined, from = above, header
			case header == 0 && b.paged:
				joined = above
			}
		}
	}
	if joined == nil {
		b.doc.Tables = append(b.doc.Tables, t)
		joined = &b.doc.Tables[len(b.doc.Tables)-1]
	}
	for r := from; r < len(g.rows); r++ {
		b.row(joined, g, r)
	}
	if len(joined.Rows) == 0 {
		b.doc.Tables = b.doc.Tables[:len(b.doc.Tables)-1]
		return
	}
	joined.Header = min(joined.Header, len(joined.Rows))
	joined.Span = Span{joined.Rows[0].Start, joined.Rows[len(joined.Rows)-1].End}
	b.lead, b.within, b.table, b.paged = nil, 0, true, false
}

func (b *Builder) row(t *Table, g *Grid, r int) {
	var line strings.Builder
	var cells []Cell
	filled := false
	base := b.text.Len()
	for i := 0; i < len(g.rows[r]); i++ {
		c := g.rows[r][i]
		if i > 0 {
			line.WriteString(parted)
		}
		if c == nil {
			cells = append(cells, Cell{Span: Span{base + line.Len(), base + line.Len()}, Column: i, Across: 1})
			continue
		}
		again := c.row < r
		text := c.text
		if (again && r >= t.Header || c.row == r && i > c.column && g.at(r, c.column) == c) && isValue(text) {
			text = "" // one number is one figure, however many places it stands for
		}
		start := base + line.Len()
		line.WriteString(text)
		across := g.across(r, i)
		cells = append(cells, Cell{Span: Span{start, start + len(text)}, Column: i, Across: across, Again: again, Sign: c.sign})
		filled = filled || text != ""
		i += across - 1
	}
	if !filled {
		if r < t.Header {
			t.Header--
		}
		return
	}
	if b.full(line.Len()) {
		return
	}
	t.Rows = append(t.Rows, Row{b.write(line.String()), cells})
}

func (b *Builder) sameHeader(above *Table, g *Grid) bool {
	text := b.text.String()
	for r := range above.Header {
		var mine, theirs []string
		for _, c := range above.Rows[min(r, len(above.Rows)-1)].Cells {
			mine = append(mine, text[c.Start:c.End])
		}
		for i := 0; i < len(g.rows[r]); i++ {
			if c := g.rows[r][i]; c != nil {
				theirs = append(theirs, c.text)
				i += g.across(r, i) - 1
			} else {
				theirs = append(theirs, "")
			}
		}
		if strings.Join(mine, parted) != strings.Join(theirs, parted) {
			return false
		}
	}
	return true
}

// blank tells a row without text.
func (g *Grid) blank(r int) bool {
	for _, c := range g.rows[r] {
		if c != nil && c.row == r && c.text != "" {
			return false
		}
	}
	return true
}

// lone is the one cell of a row that has text, nil where several have or it
// reaches down into other rows.
func (g *Grid) lone(r int) (only *gridCell) {
	for _, c := range g.rows[r] {
		if c == nil || c.text == "" || c == only {
			continue
		}
		if only != nil || c.row < r || c.down > 1 {
			return nil
		}
		only = c
	}
	return only
}

// caption is the text of a row that holds nothing else: over the full width or
// at the left, or a unit at the right.
func (g *Grid) caption(r int) (string, bool) {
	c := g.lone(r)
	if c == nil || isValue(c.text) {
		return "", false
	}
	wide := c.column == 0 || c.right*2 > g.width || g.left(r) == c.column
	return c.text, wide || unitStated.MatchString(c.text)
}

// left is the first column that holds text from row r on.
func (g *Grid) left(r int) int {
	least := g.width
	for ; r < len(g.rows); r++ {
		for i, c := range g.rows[r][:min(least, len(g.rows[r]))] {
			if c != nil && c.text != "" {
				least = i
				break
			}
		}
	}
	return least
}

// end is the row at which the table that begins at from ends: where another
// begins with a number, a unit or headings of its own.
func (g *Grid) end(from int) int {
	values := false
	for r := from; r < len(g.rows); r++ {
		switch text, lone := g.caption(r); {
		case g.blank(r):
		case g.hasValues(r):
			values = true
		case !values:
		case lone && (tableNo.MatchString(text) || unitStated.MatchString(text)):
			return r
		case r > 0 && g.blank(r-1) && g.beginsTable(r, lone):
			return r
		}
	}
	return len(g.rows)
}

// beginsTable tells whether the row r, below an empty one, begins a table:
// headings, or a title with headings below it. A part within the table has its
// values right below its name.
func (g *Grid) beginsTable(r int, lone bool) bool {
	if !lone {
		return g.texts(r) > 1
	}
	for next := r + 1; next < len(g.rows); next++ {
		if !g.blank(next) {
			_, again := g.caption(next)
			return !g.hasValues(next) && (again || g.texts(next) > 1)
		}
	}
	return false
}

// texts counts the cells of a row that begin there and have text.
func (g *Grid) texts(r int) (n int) {
	for i, c := range g.rows[r] {
		if c != nil && c.row == r && c.column == i && c.text != "" {
			n++
		}
	}
	return n
}

// cut is the rows [from, to) alone, without empty columns on their left.
func (g *Grid) cut(from, to int) *Grid {
	for to > from && g.blank(to-1) && !g.reaches(to-1) {
		to--
	}
	left := 0
	if from > 0 || to < len(g.rows) {
		part := &Grid{rows: g.rows[:to], width: g.width}
		left = part.left(from)
	}
	if from == 0 && to == len(g.rows) && left == 0 {
		return g
	}
	out := &Grid{}
	for r := from; r < to; r++ {
		for i := left; i < len(g.rows[r]); i++ {
			if c := g.rows[r][i]; c != nil && (c.row == r || r == from) && c.column == i {
				out.put(c, r-from, i-left, c.down-max(0, r-c.row), c.right)
			}
		}
	}
	out.Cut(to - from)
	if from == 0 { // the pages of one table are as wide as each other
		out.width = max(out.width, g.width-left)
	}
	return out
}

// reaches tells whether a cell from above takes places of row r.
func (g *Grid) reaches(r int) bool {
	for _, c := range g.rows[r] {
		if c != nil && c.row < r && c.text != "" {
			return true
		}
	}
	return false
}

// put sets a copy of a cell.
func (g *Grid) put(c *gridCell, row, column, down, right int) {
	g.Put(row, column, down, right, c.text)
	if mine := g.at(row, column); mine != nil && mine.row == row && mine.column == column {
		mine.lines, mine.sign = c.lines, c.sign
	}
}

// apart makes rows of the lines of cells where a row holds several: as many in
// each cell that has any, and numbers in one of them. Rows of a table without
// rules between them come that way.
func (g *Grid) apart() *Grid {
	more := 0
	for r := range g.rows {
		more += max(0, g.linesOf(r)-1)
	}
	if more == 0 {
		return g
	}
	out := &Grid{width: g.width}
	row := 0
	for r := range g.rows {
		n := max(1, g.linesOf(r))
		for i, c := range g.rows[r] {
			if c == nil || c.row != r || c.column != i {
				continue
			}
			if n == 1 {
				out.put(c, row, i, c.down, c.right)
				continue
			}
			for k := range n {
				line := ""
				if len(c.lines) == n {
					line = c.lines[k]
				}
				out.Put(row+k, i, 1, c.right, line)
			}
		}
		for len(out.rows) < row+n {
			out.rows = append(out.rows, nil)
		}
		row += n
	}
	return out
}

// linesOf is how many rows the lines of row r are, 1 where they are none.
func (g *Grid) linesOf(r int) int {
	n, names, numbers := 0, false, false
	for i, c := range g.rows[r] {
		if c == nil || c.text == "" || c.column != i {
			continue
		}
		if c.row != r || c.down > 1 || len(c.lines) < 2 || n > 0 && len(c.lines) != n {
			return 1
		}
		n = len(c.lines)
		values := 0
		for _, line := range c.lines {
			if isValue(line) {
				values++
			}
		}
		switch values {
		case n:
			numbers = true
		case 0:
			names = true
		default:
			return 1
		}
	}
	if names && numbers {
		return n
	}
	return 1
}

// isPart tells a row that names a part of the table: 一、农业, or nothing but a
// name on its left.
func (g *Grid) isPart(r int) bool {
	first := g.at(r, 0)
	if first == nil || first.row != r || first.text == "" || first.down > 1 {
		return false
	}
	return partMarker.MatchString(first.text) || g.lone(r) == first && utf8.RuneCountInString(first.text) > 1
}
