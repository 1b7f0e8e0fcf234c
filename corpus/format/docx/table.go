package docx

import (
	"encoding/xml"
	"strings"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
)

// cell is one w:tc.
type cell struct {
	text  string
	span  int
	below bool // goes on with the cell above it (17.4.84 vMerge)
}

// table reads a w:tbl that has begun.
func (d *reader) table() (*document.Grid, error) {
	var rows [][]cell
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "tr" {
				row, shown, err := d.row()
				if err != nil {
					return nil, err
				}
				if shown {
					rows = append(rows, row)
				}
				continue
			}
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return d.grid(rows)
			}
		}
	}
}

// row reads a w:tr that has begun, and tells whether it is shown: not where its
// properties say that it is deleted (17.13.5.12) or hidden. Cells that it leaves
// out at its beginning (17.4.14 gridBefore) count as an empty one.
func (d *reader) row() (cells []cell, shown bool, err error) {
	shown = true
	for depth, in := 0, 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return nil, false, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "tc":
				c, err := d.cell()
				if err != nil {
					return nil, false, err
				}
				if d.cells++; d.cells > d.limits.Cells {
					return nil, false, document.Refuse(document.TooLarge, "the tables have more than %d cells", d.limits.Cells)
				}
				cells = append(cells, c)
				continue
			case "gridBefore":
				cells = append(cells, cell{span: number(t, 1)})
			case "trPr":
				in = depth + 1
			case "del", "hidden":
				if v := markup.Attr(t, "val"); in > 0 && v != "0" && v != "false" {
					shown = false
				}
			}
			depth++
		case xml.EndElement:
			if depth--; depth < in {
				in = 0
			}
			if depth < 0 {
				return cells, shown, nil
			}
		}
	}
}

// cell reads a w:tc that has begun: its paragraphs and their lines, one below
// the other. A table within it gives its text.
func (d *reader) cell() (cell, error) {
	c := cell{span: 1}
	deleted := false
	var text []string
	add := func(p paragraph) {
		if p.deleted {
			d.held.WriteString(p.text.String())
			return
		}
		text = append(text, strings.Split(d.numbered(p, d.taken()+p.text.String()), "\n")...)
	}
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return c, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				p, err := d.paragraph()
				if err != nil {
					return c, err
				}
				add(p)
				continue
			case "tbl":
				g, err := d.table()
				if err != nil {
					return c, err
				}
				emit(g, add, nil)
				continue
			case "del", "Fallback", "moveFrom":
				if err := d.xml.Skip(); err != nil {
					return c, err
				}
				continue
			case "cellDel":
				deleted = true
			case "gridSpan":
				c.span = number(t, 1)
			case "vMerge", "vmerge":
				c.below = markup.Attr(t, "val") != "restart"
			}
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				d.flush(add)
				if !deleted {
					c.text = strings.Join(text, "\n")
				}
				return c, nil
			}
		}
	}
}

// grid places cells; one that goes on with the cell above makes that longer.
func (d *reader) grid(rows [][]cell) (*document.Grid, error) {
	g := &document.Grid{}
	for r, row := range rows {
		column := 0
		for _, c := range row {
			if !c.below {
				down := 1
				for r+down < len(rows) && goesOn(rows[r+down], column) {
					down++
				}
				if !g.Put(r, column, down, c.span, c.text) {
					return nil, document.Refuse(document.TooLarge, "a table has more than %d cells", document.Default.Cells)
				}
			}
			column += max(c.span, 1)
		}
	}
	if d.spans += g.Cells(); d.spans > d.limits.Cells {
		return nil, document.Refuse(document.TooLarge, "the tables have more than %d cells", d.limits.Cells)
	}
	return g, nil
}

func goesOn(row []cell, column int) bool {
	at := 0
	for _, c := range row {
		if at == column {
			return c.below
		}
		at += max(c.span, 1)
	}
	return false
}
