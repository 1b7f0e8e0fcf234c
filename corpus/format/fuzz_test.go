package format_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// tight keeps a fuzzed file small enough to be tried again and again.
var tight = document.Limits{File: 1 << 20, Unpacked: 4 << 20, Entries: 100, Depth: 50, Pages: 50, Text: 1 << 18, Cells: 20_000, Memory: 1 << 30, Seconds: 10}

// parsed are the kinds that are fuzzed: PDF is read by a foreign machine, which
// takes too long; what is made of its characters is fuzzed in package layout.
var parsed = []document.Kind{document.Text, document.Markdown, document.CSV, document.HTML, document.MHT, document.Word, document.OldWord, document.OldSheet, document.Sheet, document.OFD, document.SheetXML, document.OpenSheet, document.WordXML}

// parse reads a file twice and holds what must hold of it: within its limits,
// the same each time, every place in order, and refused with a cause if at all.
func parse(t *testing.T, kind document.Kind, content []byte) {
	t.Helper()
	if len(content) > int(tight.File) {
		return
	}
	d, err := format.Parse(kind, bytes.Clone(content), tight)
	var r *document.Refusal
	if err != nil && !errors.As(err, &r) {
		t.Fatalf("%s: %v is no refusal", kind, err)
	}
	if r != nil && r.Code == document.Damaged && panicked(r.Detail) {
		t.Fatalf("%s: %v", kind, err)
	}
	again, err2 := format.Parse(kind, content, tight)
	if (err == nil) != (err2 == nil) || !reflect.DeepEqual(d, again) {
		t.Fatalf("%s is read in two ways: %v, %v", kind, err, err2)
	}
	if err != nil {
		return
	}
	if len(d.Text) > 2*tight.Text {
		t.Fatalf("%s gives %d bytes of text", kind, len(d.Text))
	}
	check(t, d)
}

// panicked tells a refusal that guard made of a panic.
func panicked(detail string) bool {
	return strings.Contains(detail, "runtime error") || strings.Contains(detail, "interface conversion") || strings.Contains(detail, "assignment to entry")
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "libreoffice", "*"))
	if err != nil {
		f.Fatal(err)
	}
	kinds := map[string]document.Kind{".csv": document.CSV, ".html": document.HTML, ".docx": document.Word, ".doc": document.OldWord, ".ods": document.OpenSheet, ".xls": document.OldSheet, ".xlsx": document.Sheet}
	add := func(kind document.Kind, content []byte) {
		for i, k := range parsed {
			if k == kind {
				f.Add(byte(i), content)
			}
		}
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		add(kinds[filepath.Ext(file)], content)
	}
	add(document.Text, []byte(simplified))
	add(document.Markdown, []byte("# 报告\n单位：万元\n|指标|数值|\n|--|--:|\n|企业|12|\n## 二\n"))
	add(document.HTML, []byte("<ol type=I><li>甲<li>乙</ol><table><caption>表1<tr><td rowspan=2>a<th colspan=3>b<tr><td>1<td>2</table><pre>a\nb</pre>"))
	add(document.MHT, []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+5LyB5LiaMTLlrrY8L3A+\n--b--\n"))
	add(document.SheetXML, []byte(`<Workbook><Worksheet Name="a"><Table><Row Index="2"><Cell MergeDown="1" MergeAcross="2"><Data Type="String">甲</Data></Cell></Row><Row><Cell><Data Type="Number">12</Data></Cell></Row></Table></Worksheet></Workbook>`))
	add(document.WordXML, []byte(`<w:wordDocument xmlns:w="w"><w:body><w:p><w:r><w:t>甲</w:t><w:footnote><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:footnote></w:r></w:p></w:body></w:wordDocument>`))
	add(document.OFD, ofdFile(f, ofdText(10, 10, "某县工作情况报告")))
	f.Fuzz(func(t *testing.T, kind byte, content []byte) {
		parse(t, parsed[int(kind)%len(parsed)], content)
	})
}

// FuzzXML fuzzes what lies within the archives of Word and OFD, which bytes
// changed at random seldom reach.
func FuzzXML(f *testing.F) {
	f.Add(false, `<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`,
		`<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="N"/><w:numId w:val="1"/></w:style>`,
		`<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	f.Add(true, ofdText(10, 10, "某县工作情况报告")+`<PathObject Boundary="0 0 9 9" CTM="1 0 0 1 0 0"><AbbreviatedData>M 0 0 L 90 0 S 1 1 C</AbbreviatedData></PathObject>`, ofdText(1, 1, "二"), "")
	f.Fuzz(func(t *testing.T, ofd bool, body, styles, numbers string) {
		if ofd {
			parse(t, document.OFD, ofdFile(t, body, styles))
			return
		}
		parse(t, document.Word, docxFile(t, body, "word/styles.xml", "<w:styles "+wordSpace+">"+styles+"</w:styles>", "word/numbering.xml", "<w:numbering "+wordSpace+">"+numbers+"</w:numbering>"))
	})
}

// FuzzSheet fuzzes what lies within a workbook.
func FuzzSheet(f *testing.F) {
	f.Add(`<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576" hidden="1"><c r="XFD1048576" s="1"><f>A1</f><v>-44927.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD9"/></mergeCells>`,
		`<numFmts><numFmt numFmtId="164" formatCode="[&gt;=10000]0!.0,&quot;万&quot;;[DBNum1]yyyy;&quot;x"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>`,
		`<si><r><t>1208</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r></si>`)
	f.Fuzz(func(t *testing.T, sheet, styles, strings string) {
		parse(t, document.Sheet, xlsxFile(t, sheet, "xl/styles.xml", "<styleSheet>"+styles+"</styleSheet>", "xl/sharedStrings.xml", "<sst>"+strings+"</sst>"))
	})
}
