package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
)

// ReadOpen reads an OpenDocument spreadsheet (ISO/IEC 26300), packed or as one
// flat file. It holds beside each value the text that was shown.
func ReadOpen(content []byte, limits document.Limits) (*document.Document, error) {
	if strings.HasPrefix(string(content[:min(len(content), 2)]), "PK") {
		a, err := archive.Open(content, limits)
		if err != nil {
			return nil, err
		}
		if content, err = a.Read("content.xml"); err != nil {
			return nil, document.Refuse(document.Damaged, "the spreadsheet lacks its cells: %v", err)
		}
	}
	o := &openSheet{r: markup.NewReader(content, limits), workbook: workbook{limits: limits}, runs: map[string]markup.Run{}, hiddenStyles: map[string]bool{}}
	for {
		token, err := o.r.Next()
		if errors.Is(err, io.EOF) {
			return o.build(document.OpenSheet)
		}
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if err := o.element(e); err != nil {
				return nil, err
			}
		case xml.EndElement:
			if e.Name.Local == "table-row" {
				o.row += o.rowRepeat - 1
			}
		}
	}
}

type openSheet struct {
	workbook
	r            *markup.Reader
	runs         map[string]markup.Run // by style
	hiddenStyles map[string]bool       // of tables
	style        string
	shut         bool // the table is hidden
	row, column  int
	columns      int
	rowRepeat    int
}

// mostRepeated bounds how often a row or cell with text may claim to be repeated.
const mostRepeated = 1000

func (o *openSheet) element(e xml.StartElement) error {
	n := len(o.tables)
	switch e.Name.Local {
	case "style":
		o.style = markup.Attr(e, "name")
	case "text-properties":
		run := o.runs[o.style]
		position := markup.Attr(e, "text-position")
		run.Raised, run.Lowered = strings.HasPrefix(position, "super"), strings.HasPrefix(position, "sub")
		line := markup.Attr(e, "text-line-through-style")
		run.Struck = line != "" && line != "none"
		run.Hidden = markup.Attr(e, "display") == "none"
		o.runs[o.style] = run
	case "table-properties":
		o.hiddenStyles[o.style] = markup.Attr(e, "display") == "false"
	case "table":
		name := markup.Attr(e, "name")
		o.row, o.columns, o.rowRepeat = -1, 0, 1
		if o.shut = o.hiddenStyles[markup.Attr(e, "style-name")]; o.shut {
			o.hidden = append(o.hidden, name)
			return o.r.Skip()
		}
		o.tables = append(o.tables, table{name: name})
	case "shapes", "tracked-changes", "forms", "dde-links":
		return o.r.Skip()
	}
	if n == 0 || n != len(o.tables) {
		return nil
	}
	t := &o.tables[n-1]
	switch e.Name.Local {
	case "table-column":
		last := o.columns + max(1, number(e, "number-columns-repeated", 1)) - 1
		if isCollapsed(e) {
			t.hidden[1] = append(t.hidden[1], span{o.columns, last})
		}
		o.columns = last + 1
	case "table-row":
		o.row++
		o.column, o.rowRepeat = -1, max(1, number(e, "number-rows-repeated", 1))
		if isCollapsed(e) {
			t.hidden[0] = append(t.hidden[0], span{o.row, o.row + o.rowRepeat - 1})
		}
	case "table-cell", "covered-table-cell":
		return o.cell(t, e)
	}
	return nil
}

func isCollapsed(e xml.StartElement) bool {
	v := markup.Attr(e, "visibility")
	return v == "collapse" || v == "filter"
}

func (o *openSheet) cell(t *table, c xml.StartElement) error {
	o.column++
	column := o.column
	repeat := max(1, number(c, "number-columns-repeated", 1))
	o.column += repeat - 1
	text, written, err := o.text(o.runs[markup.Attr(c, "style-name")])
	if err != nil || c.Name.Local == "covered-table-cell" {
		return err
	}
	down, right := number(c, "number-rows-spanned", 1), number(c, "number-columns-spanned", 1)
	if down > 1 || right > 1 {
		t.merged = append(t.merged, area{o.row, column, o.row + max(down, 1) - 1, column + max(right, 1) - 1})
	}
	kind := markup.Attr(c, "value-type")
	v, err := strconv.ParseFloat(markup.Attr(c, "value"), 64)
	isNumber := err == nil
	if !written && isNumber { // a program other than an office wrote it
		switch text = general(v); kind {
		case "percentage":
			text = general(v*100) + "%"
		}
	}
	if strings.TrimSpace(text) == "" || kind == "error" || strings.HasPrefix(text, "#") {
		if markup.Attr(c, "formula") != "" && kind != "string" {
			t.formula++
		}
		return nil
	}
	for r := range min(o.rowRepeat, mostRepeated) {
		for k := range min(repeat, mostRepeated) {
			if err := o.counted(); err != nil {
				return err
			}
			if isNumber {
				t.setNumber(o.row+r, column+k, text, v)
			} else {
				t.set(o.row+r, column+k, text)
			}
		}
	}
	return nil
}

// text reads the paragraphs of a cell up to its end; written tells whether it has any.
func (o *openSheet) text(base markup.Run) (text string, written bool, err error) {
	var b strings.Builder
	runs := []markup.Run{base}
	for {
		token, err := o.r.Next()
		if err != nil {
			return "", false, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			run := runs[len(runs)-1]
			switch e.Name.Local {
			case "annotation", "ruby-text", "frame", "custom-shape", "table":
				if err := o.r.Skip(); err != nil {
					return "", false, err
				}
				continue
			case "p":
				written = true
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
			case "line-break":
				b.WriteByte('\n')
			case "s", "tab":
				b.WriteByte(' ')
			case "span":
				run = o.runs[markup.Attr(e, "style-name")]
				run.Struck = run.Struck || runs[len(runs)-1].Struck
				run.Hidden = run.Hidden || runs[len(runs)-1].Hidden
			}
			runs = append(runs, run)
		case xml.EndElement:
			if runs = runs[:len(runs)-1]; len(runs) == 0 {
				return b.String(), written, nil
			}
		case xml.CharData:
			if len(runs) > 1 {
				b.WriteString(runs[len(runs)-1].Shown(b.String(), string(e)))
			}
		}
	}
}
