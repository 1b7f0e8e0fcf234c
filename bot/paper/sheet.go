// Package paper makes the files that people take along: a table as a spreadsheet or CSV, a
// page for a meeting as a document or for printing. It knows no report; what is written
// was proved before.
package paper

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// Sheet is rows of cells, the first row their headings.
type Sheet struct {
	Name string
	Rows [][]Cell
}

// Cell is a text, or where Number is set a decimal number that a spreadsheet reckons with.
type Cell struct {
	Text   string
	Number bool
}

// byteOrderMark tells spreadsheets that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

// CSV is the sheet as comma-separated values, which spreadsheets open as they are. A text
// that a spreadsheet would take for a formula gets an apostrophe before it.
func (s Sheet) CSV() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	out := csv.NewWriter(&b)
	for _, row := range s.Rows {
		var line []string
		for _, c := range row {
			if !c.Number && c.Text != "" && strings.ContainsRune("=+-@\t", rune(c.Text[0])) {
				c.Text = "'" + c.Text
			}
			line = append(line, c.Text)
		}
		if err := out.Write(line); err != nil {
			return nil, fmt.Errorf("writing CSV: %w", err)
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// file is one of those that an office document is packed of.
type file struct{ name, content string }

// packed is files in a zip archive.
func packed(files ...file) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write([]byte(f.content))
		}
		if err != nil {
			return nil, fmt.Errorf("packing %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	return b.Bytes(), nil
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// relation is the one that leads from a package to its main part.
func relation(target string) string {
	return xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="` + target + `"/></Relationships>`
}

// XLSX is the sheet as a workbook of Office Open XML (ECMA-376), with its texts in the cells
// themselves: a whole library for spreadsheets would be larger than this program's own code.
func (s Sheet) XLSX() ([]byte, error) {
	var rows strings.Builder
	for i, row := range s.Rows {
		fmt.Fprintf(&rows, `<row r="%d">`, i+1)
		for k, c := range row {
			style := ""
			if i == 0 {
				style = ` s="1"`
			}
			at := column(k) + strconv.Itoa(i+1)
			if c.Number {
				fmt.Fprintf(&rows, `<c r="%s"%s><v>%s</v></c>`, at, style, escaped(c.Text))
			} else {
				fmt.Fprintf(&rows, `<c r="%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, style, escaped(c.Text))
			}
		}
		rows.WriteString("</row>")
	}
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	return packed(
		file{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + types + `worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/></Types>`},
		file{"_rels/.rels", relation("xl/workbook.xml")},
		file{"xl/workbook.xml", xmlHead + `<workbook ` + main + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + escaped(sheetName(s.Name)) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		file{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		file{"xl/styles.xml", xmlHead + `<styleSheet ` + main + `><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`},
		file{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet ` + main + `><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>` + s.widths() + `</cols><sheetData>` + rows.String() + `</sheetData></worksheet>`},
	)
}

// widths of the columns by their longest cells, Chinese characters counted twice.
func (s Sheet) widths() string {
	const widest = 60
	var out strings.Builder
	for k := range s.Rows[0] {
		width := 6
		for _, row := range s.Rows {
			n := 2
			for _, r := range row[k].Text {
				n++
				if r > 0x2e80 {
					n++
				}
			}
			width = max(width, n)
		}
		fmt.Fprintf(&out, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, k+1, k+1, min(width, widest))
	}
	return out.String()
}

// column is the letters of a column from 0: A, Z, AA.
func column(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return column(n/26-1) + column(n%26)
}

// sheetName is a name as spreadsheets take it: 31 characters, none of []:*?/\.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if strings.TrimSpace(name) == "" {
		return "1"
	}
	return name
}

func escaped(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text)) // a buffer takes all
	return b.String()
}
