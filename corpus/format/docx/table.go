package docx

import (
	"encoding/xml"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
	"reportbot/corpus/format/numbering"
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
				row, err := d.row()
				if err != nil {
					return nil, err
				}
				rows = append(rows, row)
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

// row reads a w:tr that has begun. Cells that the row leaves out at its
// beginning (17.4.14 gridBefore) count as an empty one.
func (d *reader) row() ([]cell, error) {
	var cells []cell
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "tc":
				c, err := d.cell()
				if err != nil {
					return nil, err
				}
				if d.cells++; d.cells > d.limits.Cells {
					return nil, document.Refuse(document.TooLarge, "the tables have more than %d cells", d.limits.Cells)
				}
				cells = append(cells, c)
				continue
			case "gridBefore":
				cells = append(cells, cell{span: number(t, 1)})
			}
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return cells, nil
			}
		}
	}
}

// cell reads a w:tc that has begun; a table within it gives its text.
func (d *reader) cell() (cell, error) {
	c := cell{span: 1}
	var text []string
	add := func(p paragraph) {
		line := document.Line(p.text.String())
		if p.list.set && line != "" {
			line = numbering.Before(d.lists.next(p.list), line)
		}
		text = append(text, line)
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
			case "del", "Fallback":
				if err := d.xml.Skip(); err != nil {
					return c, err
				}
				continue
			case "gridSpan":
				c.span = number(t, 1)
			case "vMerge":
				c.below = markup.Attr(t, "val") != "restart"
			}
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				c.text = document.Joined(text)
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
