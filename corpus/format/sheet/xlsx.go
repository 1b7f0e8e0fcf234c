package sheet

import (
	"bytes"

	"github.com/xuri/excelize/v2"

	"reportbot/corpus/format/document"
)

// Read reads an .xlsx workbook (ECMA-376 part 1, SpreadsheetML). Hidden
// worksheets are left out. It is called in a process of its own: excelize is
// careful, but not made for hostile files.
func Read(content []byte, limits document.Limits) (*document.Document, error) {
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: limits.Unpacked, UnzipXMLSizeLimit: limits.Unpacked})
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the workbook can't be opened: %v", err)
	}
	defer f.Close()
	var tables []table
	cells := 0
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			continue
		}
		t, err := readSheet(f, name, limits, &cells)
		if err != nil {
			return nil, err
		}
		if len(t.rows) > 0 {
			tables = append(tables, t)
		}
	}
	return build(tables, document.Sheet, limits)
}

func build(tables []table, kind document.Kind, limits document.Limits) (*document.Document, error) {
	b := &document.Builder{Max: limits.Text}
	for _, t := range tables {
		if err := t.write(b, len(tables) == 1); err != nil {
			return nil, err
		}
	}
	return b.Document(kind)
}

func readSheet(f *excelize.File, name string, limits document.Limits, cells *int) (table, error) {
	t := table{name: name}
	rows, err := f.Rows(name)
	if err != nil { // a sheet of charts has no rows
		return t, nil
	}
	defer rows.Close()
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return t, document.Refuse(document.Damaged, "the worksheet %q can't be read: %v", name, err)
		}
		if *cells += len(row) + 1; *cells > limits.Cells {
			return t, document.Refuse(document.TooLarge, "the workbook has more than %d cells", limits.Cells)
		}
		t.rows = append(t.rows, row)
	}
	merged, err := f.GetMergeCells(name)
	if err != nil {
		return t, document.Refuse(document.Damaged, "the worksheet %q can't be read: %v", name, err)
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err == nil && err2 == nil {
			t.merged = append(t.merged, area{top - 1, left - 1, bottom - 1, right - 1})
		}
	}
	return t, nil
}
