package doc

import (
	"sort"
	"strings"

	"reportbot/corpus/format/document"
)

// tableReader gathers the rows of the table that is being read.
type tableReader struct {
	text  []string // paragraphs of the open cell
	cells []string // of the open row
	rows  []row
}

// row is one row: its cells and where they begin and end on the page.
type row struct {
	cells []rowCell
}

type rowCell struct {
	text        string
	left, right int
	above       bool // goes on with the cell above
}

// cell takes a paragraph within a table. A cell mark ends the cell, or in the
// paragraph that says so, the row.
func (d *reader) cell(text string, end uint16, p properties) {
	t := &d.tbl
	if p.rowEnd {
		t.rows = append(t.rows, d.row(p.row))
		t.cells, t.text = nil, nil
		return
	}
	if text != "" {
		t.text = append(t.text, text)
	}
	if end == cellMark {
		t.cells = append(t.cells, strings.Join(t.text, "\n"))
		t.text = nil
	}
}

// undefined is how wide a cell is taken to be whose row has no definition.
const undefined = 1000

// row places the cells of a row by its definition (2.9.320 TDefTableOperand):
// their edges, and for each whether it is merged with the one before or above.
// Without a definition they stand side by side.
func (d *reader) row(definition []byte) (r row) {
	n := 0
	if len(definition) > 0 {
		n = int(definition[0])
	}
	const cellSize, merged, vertical, restart = 20, 2, 0x60, 0x60
	for i, text := range d.tbl.cells {
		c := rowCell{text: text, left: i * undefined, right: (i + 1) * undefined}
		if i < n && len(definition) >= 1+2*(n+1) {
			c.left, c.right = int(int16(u16(definition, 1+2*i))), int(int16(u16(definition, 1+2*i+2)))
			flags := u16(definition, 1+2*(n+1)+cellSize*i)
			if flags&merged != 0 && len(r.cells) > 0 {
				r.cells[len(r.cells)-1].right = c.right
				continue
			}
			c.above = flags&vertical != 0 && flags&vertical != restart
		}
		r.cells = append(r.cells, c)
	}
	return r
}

// endTable writes the table that has ended.
func (d *reader) endTable() {
	t := d.tbl
	d.tbl = tableReader{}
	defer d.writeNotes()
	if len(t.rows) == 0 {
		for _, text := range append(t.cells, t.text...) {
			d.out.Paragraph(document.Breaks(text))
		}
		return
	}
	g := grid(t.rows)
	if !g.IsData() {
		g.Each(d.out.Paragraph)
		return
	}
	d.out.Table(g)
}

// grid makes columns of the edges of all rows.
func grid(rows []row) *document.Grid {
	const near = 30 // twentieths of a point: edges are rarely drawn exactly
	var edges []int
	for _, r := range rows {
		for _, c := range r.cells {
			edges = append(edges, c.left)
		}
	}
	sort.Ints(edges)
	var columns []int
	for _, e := range edges {
		if n := len(columns); n == 0 || e-columns[n-1] > near {
			columns = append(columns, e)
		}
	}
	column := func(edge int) int { return sort.SearchInts(columns, edge-near) }
	g := &document.Grid{}
	for r, row := range rows {
		for _, c := range row.cells {
			if c.above {
				continue
			}
			down := 1
			for r+down < len(rows) && goesOn(rows[r+down], c.left, near) {
				down++
			}
			g.Put(r, column(c.left), down, column(c.right)-column(c.left), c.text)
		}
	}
	return g
}

func goesOn(r row, left, near int) bool {
	for _, c := range r.cells {
		if c.above && c.left > left-near && c.left < left+near {
			return true
		}
	}
	return false
}
