package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
)

// named are the number formats that Excel 2003 writes by name.
var named = map[string]string{"General Number": "", "General": "", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "#,##0.00", "Scientific": "",
	"Short Date": "yyyy/m/d", "Medium Date": "yyyy-m-d", "Long Date": `yyyy"年"m"月"d"日"`, "General Date": "yyyy/m/d", "Short Time": "h:mm"}

// ReadXML reads a workbook that Excel 2003 saved as XML (XML Spreadsheet Reference).
func ReadXML(content []byte, limits document.Limits) (*document.Document, error) {
	x := &xml2003{r: markup.NewReader(content, limits), workbook: workbook{limits: limits}, codes: map[string]string{}, struck: map[string]bool{}}
	for {
		token, err := x.r.Next()
		if errors.Is(err, io.EOF) {
			return x.build(document.SheetXML)
		}
		if err != nil {
			return nil, err
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := x.element(e); err != nil {
				return nil, err
			}
		}
	}
}

type xml2003 struct {
	workbook
	r           *markup.Reader
	codes       map[string]string // number formats by style
	struck      map[string]bool
	style       string
	row, column int
	reaching    []area // merged cells that reach down to this row or farther
}

// covered tells whether a merged cell of a row above takes the place.
func (x *xml2003) covered() bool {
	return slices.ContainsFunc(x.reaching, func(m area) bool { return m.top < x.row && m.left <= x.column && x.column <= m.right })
}

func (x *xml2003) element(e xml.StartElement) error {
	t := (*table)(nil)
	if n := len(x.tables); n > 0 {
		t = &x.tables[n-1]
	}
	switch e.Name.Local {
	case "Style":
		x.style = markup.Attr(e, "ID")
	case "NumberFormat":
		code := markup.Attr(e, "Format")
		if known, ok := named[code]; ok {
			code = known
		}
		x.codes[x.style] = code
	case "Font":
		x.struck[x.style] = x.struck[x.style] || markup.Attr(e, "StrikeThrough") == "1"
	case "Worksheet":
		x.tables = append(x.tables, table{name: markup.Attr(e, "Name")})
		x.row, x.column, x.reaching = -1, -1, nil
	}
	if t == nil {
		return nil
	}
	switch e.Name.Local {
	case "Visible": // SheetHidden, after its cells
		x.hidden = append(x.hidden, t.name)
		t.cells, t.formula = nil, 0
	case "Column":
		x.column = number(e, "Index", x.column+2) - 1
		last := x.column + max(0, number(e, "Span", 0))
		if isSet(e, "Hidden") {
			t.hidden[1] = append(t.hidden[1], span{x.column, last})
		}
		x.column = last
	case "Row":
		x.row = number(e, "Index", x.row+2) - 1
		last := x.row + max(0, number(e, "Span", 0))
		if isSet(e, "Hidden") {
			t.hidden[0] = append(t.hidden[0], span{x.row, last})
		}
		x.column = -1
		x.reaching = slices.DeleteFunc(x.reaching, func(m area) bool { return m.bottom < x.row })
	case "Cell":
		return x.cell(t, e)
	}
	return nil
}

// cell reads a Cell that has begun.
func (x *xml2003) cell(t *table, c xml.StartElement) error {
	x.column = number(c, "Index", x.column+2) - 1
	for markup.Attr(c, "Index") == "" && x.covered() { // Excel gives the place behind a merged cell, LibreOffice does not
		x.column++
	}
	row, column := x.row, x.column
	across, down := max(0, number(c, "MergeAcross", 0)), max(0, number(c, "MergeDown", 0))
	if across > 0 || down > 0 {
		t.merged = append(t.merged, area{row, column, row + down, column + across})
	}
	if down > 0 {
		x.reaching = append(x.reaching, area{row, column, row + down, column + across})
	}
	x.column += across
	kind, text, err := x.data()
	if err != nil {
		return err
	}
	style := markup.Attr(c, "StyleID")
	code := x.codes[style]
	if text == "" || kind == "Error" {
		if markup.Attr(c, "Formula") != "" || kind == "Error" {
			t.formula++
		}
		return nil
	}
	if x.struck[style] {
		return x.counted()
	}
	switch kind {
	case "Number":
		v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		t.setNumber(row, column, show(v, code, false), v)
		return x.counted()
	case "DateTime":
		at, err := time.Parse("2006-01-02T15:04:05.999", strings.TrimSpace(text))
		if err != nil {
			return nil
		}
		if code == "" {
			code = "yyyy/m/d"
		}
		text = show(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24, code, false)
	default:
		text = showText(text, code)
	}
	t.set(row, column, text)
	return x.counted()
}

// data reads the Data within a cell up to the cell's end; its text may hold
// marks of its own (<S>, <Sup>).
func (x *xml2003) data() (kind, text string, err error) {
	var b strings.Builder
	run := markup.Run{}
	for depth, within := 0, 0; ; {
		token, err := x.r.Next()
		if err != nil {
			return "", "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "Data":
				kind, within = markup.Attr(e, "Type"), depth+1
			case "Comment":
				if err := x.r.Skip(); err != nil {
					return "", "", err
				}
				continue
			case "S":
				run.Struck = true
			case "Sup":
				run.Raised = true
			case "Sub":
				run.Lowered = true
			}
			depth++
		case xml.EndElement:
			switch e.Name.Local {
			case "S":
				run.Struck = false
			case "Sup":
				run.Raised = false
			case "Sub":
				run.Lowered = false
			}
			if depth--; depth < within {
				within = 0
			}
			if depth < 0 {
				return kind, b.String(), nil
			}
		case xml.CharData:
			if within > 0 {
				b.WriteString(run.Shown(b.String(), string(e)))
			}
		}
	}
}
