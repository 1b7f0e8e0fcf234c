package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
)

// Read reads an .xlsx or .xlsm workbook. Hidden worksheets, rows and columns are
// left out, sheets of charts passed over.
func Read(a *archive.Archive, limits document.Limits) (*document.Document, error) {
	x := &xlsx{archive: a, workbook: workbook{limits: limits}, name: "xl/workbook.xml"}
	if err := x.parts(); err != nil {
		return nil, err
	}
	for _, s := range x.sheets {
		if s.hidden {
			x.hidden = append(x.hidden, s.name)
			continue
		}
		t, err := x.sheet(s)
		if err != nil {
			return nil, err
		}
		x.tables = append(x.tables, t)
	}
	return x.build(document.Sheet)
}

// xlsx is what the worksheets of a workbook share.
type xlsx struct {
	workbook
	archive   *archive.Archive
	name      string
	sheets    []sheetPart
	strings   []string
	since1904 bool
	styles    cellStyles
}

type sheetPart struct {
	name, part string
	hidden     bool
}

// cellStyles are the formats of cells by number: 18.8.10 cellXfs.
type cellStyles struct {
	codes  map[int]string // of number formats
	struck []bool         // by font
	cells  []cellStyle
}

type cellStyle struct{ format, font int }

// code is the number format of a cell of style n.
func (s *cellStyles) code(n int) string {
	if n < 0 || n >= len(s.cells) {
		return ""
	}
	if code, ok := s.codes[s.cells[n].format]; ok {
		return code
	}
	return builtin[s.cells[n].format]
}

// isStruck tells a style whose text is struck through.
func (s *cellStyles) isStruck(n int) bool {
	return n >= 0 && n < len(s.cells) && s.cells[n].font < len(s.struck) && s.cells[n].font >= 0 && s.struck[s.cells[n].font]
}

// part reads a part that a workbook may lack.
func (x *xlsx) part(name string) ([]byte, error) {
	data, err := x.archive.Read(name)
	if errors.Is(err, archive.ErrMissing) {
		return nil, nil
	}
	return data, err
}

// parts reads what the worksheets share.
func (x *xlsx) parts() error {
	folder, base := path.Split(x.name)
	rels, err := x.part(folder + "_rels/" + base + ".rels")
	if err != nil {
		return err
	}
	targets, kinds := map[string]string{}, map[string]string{}
	markup.Each(rels, x.limits, func(e xml.StartElement) {
		id, target := markup.Attr(e, "Id"), markup.Attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		targets[id] = strings.TrimPrefix(target, "/")
		kinds[id] = path.Base(markup.Attr(e, "Type"))
	})
	book, err := x.archive.Read(x.name)
	if err != nil {
		return document.Refuse(document.Damaged, "the workbook lacks its list of worksheets: %v", err)
	}
	err = markup.Each(book, x.limits, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			x.since1904 = isSet(e, "date1904")
		case "sheet":
			id := relation(e)
			if kind := kinds[id]; kind == "worksheet" || kind == "" {
				state := markup.Attr(e, "state")
				x.sheets = append(x.sheets, sheetPart{markup.Attr(e, "name"), targets[id], state != "" && state != "visible"})
			}
		}
	})
	if err != nil {
		return err
	}
	shared, styles := folder+"sharedStrings.xml", folder+"styles.xml"
	for id, kind := range kinds {
		switch kind {
		case "sharedStrings":
			shared = targets[id]
		case "styles":
			styles = targets[id]
		}
	}
	data, err := x.part(styles)
	if err != nil {
		return err
	}
	if err := x.readStyles(data); err != nil {
		return err
	}
	if data, err = x.part(shared); err != nil {
		return err
	}
	return x.readStrings(data)
}

// relation is the r:id of an element, which has an id of its own too.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// isSet tells an attribute that says yes.
func isSet(e xml.StartElement, name string) bool {
	v := markup.Attr(e, name)
	return v == "1" || v == "true" || v == "on"
}

func number(e xml.StartElement, name string, otherwise int) int {
	n, err := strconv.Atoi(markup.Attr(e, name))
	if err != nil {
		return otherwise
	}
	return n
}

func (x *xlsx) readStyles(data []byte) error {
	x.styles.codes = map[int]string{}
	within := ""
	if data == nil {
		return nil
	}
	return markup.Each(data, x.limits, func(e xml.StartElement) {
		switch name := e.Name.Local; name {
		case "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs":
			within = name
		case "numFmt":
			if within == "numFmts" {
				x.styles.codes[number(e, "numFmtId", -1)] = markup.Attr(e, "formatCode")
			}
		case "font":
			if within == "fonts" {
				x.styles.struck = append(x.styles.struck, false)
			}
		case "strike":
			if n := len(x.styles.struck); within == "fonts" && n > 0 {
				v := markup.Attr(e, "val")
				x.styles.struck[n-1] = v != "0" && v != "false"
			}
		case "xf":
			if within == "cellXfs" {
				x.styles.cells = append(x.styles.cells, cellStyle{number(e, "numFmtId", 0), number(e, "fontId", -1)})
			}
		}
	})
}

func (x *xlsx) readStrings(data []byte) error {
	if data == nil {
		return nil
	}
	r := markup.NewReader(data, x.limits)
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "si" {
			text, err := richText(r)
			if err != nil {
				return err
			}
			x.strings = append(x.strings, text)
		}
	}
}

// richText reads an element of runs (18.4.8 si, 18.3.1.53 is): struck runs are
// no text, raised ones mark a note or a power, and the sounds of words (rPh)
// stand beside them.
func richText(r *markup.Reader) (string, error) {
	var text strings.Builder
	run := markup.Run{}
	for depth, inText := 0, false; ; {
		token, err := r.Next()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "rPh":
				if err := r.Skip(); err != nil {
					return "", err
				}
				continue
			case "r":
				run = markup.Run{}
			case "t":
				inText = true
			default:
				run.Property(t)
			}
			depth++
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "r":
				run = markup.Run{}
			}
			if depth--; depth < 0 {
				return text.String(), nil
			}
		case xml.CharData:
			if inText {
				text.WriteString(run.Shown(text.String(), string(t)))
			}
		}
	}
}

// sheet reads one worksheet.
func (x *xlsx) sheet(s sheetPart) (table, error) {
	t := table{name: s.name}
	data, err := x.archive.Read(s.part)
	if err != nil {
		return t, document.Refuse(document.Damaged, "the worksheet %q can't be read: %v", s.name, err)
	}
	r := markup.NewReader(data, x.limits)
	row, column := -1, -1
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return t, err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "col":
			if isSet(e, "hidden") || markup.Attr(e, "width") == "0" {
				t.hidden[1] = append(t.hidden[1], span{number(e, "min", 1) - 1, number(e, "max", 1) - 1})
			}
		case "row":
			row, column = number(e, "r", row+2)-1, -1
			if isSet(e, "hidden") || markup.Attr(e, "ht") == "0" {
				t.hidden[0] = append(t.hidden[0], span{row, row})
			}
		case "c":
			column++
			if c, in, ok := place(markup.Attr(e, "r")); ok {
				column, row = c, in
			}
			if err := x.cell(r, &t, row, column, e); err != nil {
				return t, err
			}
		case "mergeCell":
			from, to, _ := strings.Cut(markup.Attr(e, "ref"), ":")
			left, top, ok := place(from)
			right, bottom, ok2 := place(to)
			if ok && ok2 && right >= left && bottom >= top {
				t.merged = append(t.merged, area{top, left, bottom, right})
			}
		}
	}
}

// place reads a reference: C12 is column 2 and row 11.
func place(ref string) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return column - 1, row - 1, i > 0 && err == nil && row > 0
}

// cell reads a c (18.3.1.4) that has begun.
func (x *xlsx) cell(r *markup.Reader, t *table, row, column int, c xml.StartElement) error {
	var value strings.Builder
	text, formula := "", false
	for depth, inValue := 0, false; ; {
		token, err := r.Next()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "is":
				if text, err = richText(r); err != nil {
					return err
				}
				continue
			case "f":
				formula = true
			case "v":
				inValue = true
			}
			depth++
		case xml.EndElement:
			inValue = false
			if depth--; depth < 0 {
				return x.put(t, row, column, c, value.String(), text, formula)
			}
		case xml.CharData:
			if inValue {
				value.Write(e)
			}
		}
	}
}

// put sets a cell by its kind (18.18.11 ST_CellType).
func (x *xlsx) put(t *table, row, column int, c xml.StartElement, value, text string, formula bool) error {
	style := number(c, "s", -1)
	kind := markup.Attr(c, "t")
	if value == "" && text == "" {
		if formula && kind != "str" {
			t.formula++
		}
		return nil
	}
	if err := x.counted(); err != nil {
		return err
	}
	if x.styles.isStruck(style) {
		return nil
	}
	switch kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(x.strings) {
			text = showText(x.strings[i], x.styles.code(style))
		}
	case "inlineStr":
	case "str":
		text = showText(value, x.styles.code(style))
	case "b":
		text = map[bool]string{true: "TRUE", false: "FALSE"}[value == "1"]
	case "e":
		t.formula++ // #REF!, #DIV/0!: no value either
	case "d":
		text, _, _ = strings.Cut(value, "T")
	default:
		n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			return nil
		}
		t.setNumber(row, column, show(n, x.styles.code(style), x.since1904), n)
		return nil
	}
	t.set(row, column, text)
	return nil
}
