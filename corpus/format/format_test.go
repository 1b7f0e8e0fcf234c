package format_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
)

// TestMain lets the test binary be the process that reads one file, as the
// program itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == isolate.Command {
		if err := format.ServeIsolated(document.Kind(os.Args[2]), os.Stdin, os.Stdout, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func made(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "libreoffice", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func read(t testing.TB, name string, content []byte) *document.Document {
	t.Helper()
	d, err := format.Read(context.Background(), name, content, document.Default)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	check(t, d)
	return d
}

// zipped is an archive of names and their contents, in turn.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(files[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// outline is a document as the tables below expect it: its headings marked
// with #, its rows with their cells, the beginnings of its pages.
func outline(d *document.Document) string {
	var lines []string
	at := 0
	for line := range strings.Lines(d.Text) {
		for _, p := range d.Pages {
			if p.Start == at {
				lines = append(lines, fmt.Sprintf("page %d", p.Number))
			}
		}
		mark := ""
		if d.Title.Start == at && !d.Title.Empty() {
			mark = "! "
		}
		for _, h := range d.Headings {
			if h.Start == at {
				mark = strings.Repeat("#", h.Level) + " "
			}
		}
		lines = append(lines, mark+strings.TrimSuffix(line, "\n"))
		at += len(line)
	}
	return strings.Join(lines, "\n")
}

// check holds what every document must: places within the text, between
// characters, in order.
func check(t testing.TB, d *document.Document) {
	t.Helper()
	last := 0
	place := func(what string, s document.Span, within document.Span) {
		t.Helper()
		if s.Start < within.Start || s.End < s.Start || s.End > within.End {
			t.Fatalf("%s %v lies outside %v", what, s, within)
		}
		if d.Text[s.Start:s.End] != strings.ToValidUTF8(d.Text[s.Start:s.End], "") {
			t.Fatalf("%s %v cuts a character: %q", what, s, d.Text[s.Start:s.End])
		}
	}
	all := document.Span{End: len(d.Text)}
	place("the text", all, all)
	place("the title", d.Title, all)
	for _, h := range d.Headings {
		place("heading", h.Span, all)
		if h.Start < last || h.Level < 1 || h.Level > 9 {
			t.Fatalf("heading %v of level %d after %d", h.Span, h.Level, last)
		}
		last = h.End
	}
	last = 0
	for i, p := range d.Pages {
		place("page", document.Span{Start: p.Start, End: p.Start}, all)
		if p.Start < last || i > 0 && p.Number <= d.Pages[i-1].Number {
			t.Fatalf("page %d begins at %d after %d", p.Number, p.Start, last)
		}
		last = p.Start
	}
	last = 0
	for _, table := range d.Tables {
		place("table", table.Span, all)
		if table.Start < last || len(table.Rows) == 0 || table.Header > len(table.Rows) || table.Header < 0 {
			t.Fatalf("table %v of %d rows, %d of them headings, after %d", table.Span, len(table.Rows), table.Header, last)
		}
		for _, s := range table.Lead {
			place("lead", s, document.Span{End: table.Start})
		}
		last = table.Start
		for _, row := range table.Rows {
			place("row", row.Span, table.Span)
			if row.Start < last {
				t.Fatalf("row %v after %d", row.Span, last)
			}
			last = row.End
			start, column := row.Start, 0
			for _, c := range row.Cells {
				place("cell", c.Span, document.Span{Start: start, End: row.End})
				if c.Column < column || c.Across < 1 || c.Column+c.Across > table.Width {
					t.Fatalf("cell %v at column %d+%d after %d, of %d", c.Span, c.Column, c.Across, column, table.Width)
				}
				start, column = c.End, c.Column+c.Across
			}
		}
	}
}

const simplified = "某县统计局关于二〇二三年经济运行情况的报告\n全年地区生产总值148.24亿元，按可比价格计算，比上年增长7.1%。其中，第二产业增加值48.35亿元。\n一、农业\n粮食总产量保持稳定，我们将继续努力做好工作。\n"
const traditional = "某縣統計局關於二〇二三年經濟運行情況的報告\n全年地區生產總值148.24億元，按可比價格計算，比上年增長7.1%。其中，第二產業增加值48.35億元。\n一、農業\n糧食總產量保持穩定，我們將繼續努力做好工作。\n"

// One text in every encoding is one text.
func TestCharsets(t *testing.T) {
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) encoding.Encoding {
		return unicode.UTF16(order, mark)
	}
	for _, row := range []struct {
		name    string
		as      encoding.Encoding
		text    string
		charset string
	}{
		{"gbk", simplifiedchinese.GBK, simplified, "gb18030"},
		{"gb18030", simplifiedchinese.GB18030, simplified + "𠮷林\n", "gb18030"},
		{"big5", traditionalchinese.Big5, strings.ReplaceAll(traditional, "〇", "零"), "big5"},
		{"utf-16le", utf16(unicode.LittleEndian, unicode.IgnoreBOM), simplified, "utf-16le"},
		{"utf-16be", utf16(unicode.BigEndian, unicode.IgnoreBOM), simplified, "utf-16be"},
		{"utf-16le with a mark", utf16(unicode.LittleEndian, unicode.UseBOM), simplified, "utf-16le"},
		{"utf-16be with a mark", utf16(unicode.BigEndian, unicode.UseBOM), simplified, "utf-16be"},
		{"utf-8", encoding.Nop, simplified, "utf-8"},
		{"utf-8, traditional", encoding.Nop, traditional, "utf-8"},
	} {
		t.Run(row.name, func(t *testing.T) {
			content, err := row.as.NewEncoder().Bytes([]byte(row.text))
			if err != nil {
				t.Fatal(err)
			}
			d := read(t, "报告.txt", content)
			if d.Kind != document.Text || d.Charset != row.charset || d.Text != row.text {
				t.Errorf("read as %s in %s:\n%s", d.Kind, d.Charset, d.Text)
			}
			if row.charset == "utf-8" {
				return
			}
			if d := read(t, "报告.html", append(content[:0:0], page(t, row.as, row.text)...)); d.Kind != document.HTML || d.Text != row.text {
				t.Errorf("a page is read as %s in %s:\n%s", d.Kind, d.Charset, d.Text)
			}
		})
	}
	if d := read(t, "报告.txt", []byte("\ufeff"+simplified)); d.Charset != "utf-8" || strings.TrimPrefix(d.Text, "\ufeff") != simplified {
		t.Errorf("with a mark of UTF-8: %q", d.Text)
	}
}

func page(t *testing.T, as encoding.Encoding, text string) []byte {
	t.Helper()
	content, err := as.NewEncoder().Bytes([]byte("<html><body><p>" + strings.ReplaceAll(strings.TrimSpace(text), "\n", "</p>\n<p>") + "</p></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// What a file is, its content tells, whatever its name says.
func TestKindByContent(t *testing.T) {
	for _, row := range []struct {
		name    string
		content []byte
		kind    document.Kind
		refused document.Code
	}{
		{"a.txt", made(t, "indicators.docx"), document.Word, ""},
		{"a.doc", made(t, "indicators.pdf"), document.PDF, ""},
		{"a.doc", made(t, "indicators.html"), document.HTML, ""},
		{"a.wps", made(t, "indicators.doc"), document.OldWord, ""},
		{"a.et", made(t, "streets.xls"), document.OldSheet, ""},
		{"a.zip", made(t, "streets.xlsx"), document.Sheet, ""},
		{"a.csv", made(t, "streets.csv"), document.CSV, ""},
		{"a.docx", []byte(simplified), document.Text, ""},
		{"a.pdf", []byte("<table><tr><td>企业<td>12家</table>"), document.HTML, ""},
		{"a.txt", []byte("|指标|数值|\n|--|--|\n|企业|12|\n"), document.Markdown, ""},
		{"a.zip", zipped(t, "乙/甲.txt", simplified), document.Text, ""},
		{"a.docx", append([]byte("MZ\x90\x00\x03\x00\x00\x00"), make([]byte, 4000)...), "", document.NotADocument},
		{"a.doc", []byte(`{\rtf1\ansi hello}`), "", document.NotADocument},
		{"a.pdf", []byte("GIF89a\x00\x00\x00\x0d"), "", document.NotADocument},
		{"a.pdf", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), "", document.Damaged},
		{"a.txt", nil, "", document.NoText},
		{"a.txt", []byte(" \n\t\n"), "", document.NoText},
		{"a.txt", []byte{0, 1, 2, 3, 0xff, 0xfe, 0}, "", document.NotADocument},
		{"a.zip", zipped(t, "a.exe", "MZ"), "", document.NotADocument},
		{"a.zip", zipped(t), "", document.NotADocument},
		{"a.zip", zipped(t, "a.txt", simplified, "b.txt", simplified), "", document.SeveralFiles},
		{"a.doc", made(t, "indicators.doc")[:700], "", document.Damaged},
		{"a.docx", made(t, "indicators.docx")[:3000], "", document.Damaged},
		{"a.pdf", []byte("%PDF-1.7\nnothing"), "", document.Damaged},
		{"a.xls", made(t, "streets.xls")[:1500], "", document.Damaged},
		{"a.ofd", zipped(t, "OFD.xml", "<OFD/>"), "", document.Damaged},
	} {
		d, err := format.Read(context.Background(), row.name, row.content, document.Default)
		if row.refused != "" {
			if code(err) != row.refused {
				t.Errorf("%s of %d bytes: %v (%s), want %s", row.name, len(row.content), err, code(err), row.refused)
			}
			continue
		}
		if err != nil || d.Kind != row.kind {
			t.Errorf("%s of %d bytes: %v, want %s", row.name, len(row.content), err, row.kind)
		}
	}
}

// code is why a file was refused, "" where it was not, "error" for other errors.
func code(err error) document.Code {
	var r *document.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &r):
		return r.Code
	}
	return "error"
}

// ofdFile is an OFD file with the given pages, each its objects.
func ofdFile(t testing.TB, pages ...string) []byte {
	t.Helper()
	files := []string{"OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`}
	list := ""
	for i := range pages {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i+10, i)
	}
	files = append(files, "Doc_0/Document.xml", `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>`+list+`</ofd:Pages></ofd:Document>`)
	for i, p := range pages {
		files = append(files, fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>`+p+`</ofd:Layer></ofd:Content></ofd:Page>`)
	}
	return zipped(t, files...)
}

// ofdText is a line of text at x and y, in millimetres.
func ofdText(x, y float64, text string) string {
	n := len([]rune(text))
	return fmt.Sprintf(`<ofd:TextObject ID="1" Boundary="%g %g %d 6" Font="3" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g %d 4">%s</ofd:TextCode></ofd:TextObject>`, x, y, n*4, max(n-1, 1), text)
}

func TestOFD(t *testing.T) {
	rule := func(x1, y1, x2, y2 float64) string {
		return fmt.Sprintf(`<ofd:PathObject ID="2" Boundary="%g %g %g %g"><ofd:AbbreviatedData>M 0 0 L %g %g</ofd:AbbreviatedData></ofd:PathObject>`, x1, y1, x2-x1, y2-y1, x2-x1, y2-y1)
	}
	table := ofdText(60, 40, "单位：万元")
	for i, row := range [][]string{{"指标", "２０２２年", "２０２３年"}, {"总产值", "９１２", "１０３５"}, {"增加值", "３３０", "３７２"}} {
		y := 50 + 10*float64(i)
		table += rule(30, y, 150, y)
		for k, cell := range row {
			table += ofdText(32+40*float64(k), y+2, cell)
		}
	}
	for _, x := range []float64{30, 70, 110, 150} {
		table += rule(x, 50, x, 80)
	}
	table += rule(30, 80, 150, 80)
	d := read(t, "报告.ofd", ofdFile(t, ofdText(70, 30, "某县工作情况报告")+ofdText(38, 50, "全年新增企业１２家，比上年多３家，其中规模以上的４家。"), table))
	want := `page 1
某县工作情况报告
全年新增企业１２家，比上年多３家，其中规模以上的４家。
page 2
单位：万元
指标 | ２０２２年 | ２０２３年
总产值 | ９１２ | １０３５
增加值 | ３３０ | ３７２`
	if got := outline(d); d.Kind != document.OFD || got != want {
		t.Errorf("%s:\n%s\nwant\n%s", d.Kind, got, want)
	}
	if len(d.Tables) != 1 || d.Tables[0].Header != 1 || len(d.Tables[0].Lead) != 1 {
		t.Errorf("tables %+v", d.Tables)
	}
}

func TestMHT(t *testing.T) {
	body := "From: <saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
	html := "<html><body><h1>某县工作情况报告</h1><p>全年新增企业12家。</p></body></html>"
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String(html)
	for _, b := range []byte(gbk) {
		body += fmt.Sprintf("=%02X", b)
	}
	body += "\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
	d := read(t, "报告.mht", []byte(body))
	if got := outline(d); d.Kind != document.MHT || got != "! 某县工作情况报告\n全年新增企业12家。" {
		t.Errorf("%s:\n%s", d.Kind, got)
	}
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func docxFile(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml", `<?xml version="1.0"?><w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

// Headings by style, numbers that Word counts, merged cells, deleted text.
func TestDocx(t *testing.T) {
	p := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	tc := func(properties, text string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:tc>`
	}
	body := p("T", "某县工作情况报告") + p("H", "回顾") + p("N", "全年<w:del/>新增企业12家。") + p("H", "打算") +
		`<w:p><w:r><w:t>力争</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>家。</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>单位：万元</w:t></w:r></w:p><w:tbl>` +
		`<w:tr>` + tc(`<w:vMerge w:val="restart"/>`, "指标") + tc(`<w:gridSpan w:val="2"/>`, "2023年") + `</w:tr>` +
		`<w:tr>` + tc(`<w:vMerge/>`, "") + tc("", "总量") + tc("", "增长%") + `</w:tr>` +
		`<w:tr>` + tc("", "总产值") + tc("", "1035") + tc("", "7.1") + `</w:tr></w:tbl>`
	styles := `<w:styles ` + wordSpace + `><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`
	numbers := `<w:numbering ` + wordSpace + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	d := read(t, "报告.docx", docxFile(t, body, "word/styles.xml", styles, "word/numbering.xml", numbers))
	want := `! 某县工作情况报告
# 一、回顾
全年新增企业12家。
# 二、打算
力争5家。
单位：万元
指标 | 2023年
指标 | 总量 | 增长%
总产值 | 1035 | 7.1`
	if got := outline(d); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(d.Tables) != 1 || d.Tables[0].Header != 2 || d.Tables[0].Rows[0].Cells[1].Across != 2 || !d.Tables[0].Rows[1].Cells[0].Again {
		t.Errorf("tables %+v", d.Tables)
	}
}

// A table that goes on after 续表 with its head repeated is one, with one head.
func TestContinuedTable(t *testing.T) {
	head := "<tr><td>街道<td>企业数（家）</tr>"
	d := read(t, "a.html", []byte("<p>表1 分街道情况</p><table>"+head+"<tr><td>北岙<td>12</tr></table><p>续表</p><table>"+head+"<tr><td>东屏<td>8</tr></table><p>注：数据为初步统计。</p>"))
	want := "表1 分街道情况\n街道 | 企业数（家）\n北岙 | 12\n东屏 | 8\n注：数据为初步统计。"
	if got := outline(d); got != want || len(d.Tables) != 1 || len(d.Tables[0].Rows) != 3 {
		t.Errorf("%d tables:\n%s", len(d.Tables), got)
	}
}

// pdfFile is a PDF of objects, the first of them its catalogue. It has no table
// of places: readers look for the objects then.
func pdfFile(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func pdfStream(dictionary, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dictionary, len(data), data)
}

// pdfPages is a PDF with so many empty pages.
func pdfPages(n int) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
		objects = append(objects, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", n, kids.String())
	return pdfFile(objects...)
}

func scannedPDF() []byte {
	return pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
		pdfStream("", "q 595 0 0 842 0 0 cm /I Do Q"),
		pdfStream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "\x80"))
}

// loopingPDF has a form that draws itself, and pages that are their own parents.
func loopingPDF() []byte {
	return pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 2/Kids[3 0 R 2 0 R]/Parent 2 0 R>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
		pdfStream("", "/F Do"),
		pdfStream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>", "/F Do /F Do"))
}

// laughs is XML that unpacks to 10^9 words where entities are expanded.
func laughs(root string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "哈">`)
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	return b.String() + "]>" + strings.ReplaceAll(root, "TEXT", "&a9;")
}

// encryptedZip sets the flag of encryption in an archive's directory.
func encryptedZip(t *testing.T) []byte {
	content := zipped(t, "a.txt", simplified)
	at := bytes.Index(content, []byte("PK\x01\x02"))
	content[at+8] |= 1
	return content
}

// encryptedPDF asks for a password that nobody knows.
func encryptedPDF() []byte {
	key := strings.Repeat("7a", 32)
	return bytes.Replace(pdfPages(1), []byte("/Root 1 0 R"), []byte("/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"+key+">/U<"+key+">>>"), 1)
}

// encryptedDocx is a compound file with the stream that encrypted ones have
// (MS-OFFCRYPTO 2.3), made of a workbook by another name of its stream.
func encryptedDocx(t *testing.T) []byte {
	wide := func(s string) []byte {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	content := made(t, "streets.xls")
	entry := content[bytes.Index(content, wide("Workbook")):]
	const nameLength = 64 // MS-CFB 2.6.1: bytes of the name, its end included
	entry[nameLength] = byte(2 + copy(entry, wide("EncryptedPackage")))
	return content
}

// underRace is set where the race detector is on.
var underRace bool

// bounded skips a test of time and memory where the race detector takes a
// multiple of both; the same run without it has them.
func bounded(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("skipped under the race detector")
	}
}

// What is hostile is refused with its cause, soon, and within the memory that
// one file may take.
func TestHostile(t *testing.T) {
	bounded(t)
	zeros := strings.Repeat("0", 32<<20)
	nested := string(zipped(t, "b.zip", string(zipped(t, "a.txt", simplified))))
	deep := func(open, close string, n int) string {
		return strings.Repeat(open, n) + "企业12家" + strings.Repeat(close, n)
	}
	row := `<w:tr>` + strings.Repeat(`<w:tc/>`, 1000) + `</w:tr>`
	for _, c := range []struct {
		name    string
		file    string
		content []byte
		want    document.Code // "" for what is read all the same
	}{
		{"zip bomb", "a.zip", zipped(t, "1.txt", zeros, "2.txt", zeros, "3.txt", zeros, "4.txt", zeros, "5.txt", zeros, "6.txt", zeros, "7.txt", zeros, "8.txt", zeros, "9.txt", zeros), document.TooLarge},
		{"large entry", "a.zip", zipped(t, "a.txt", zeros+zeros+zeros), document.TooLarge},
		{"large text", "a.txt", []byte("企业" + zeros), document.TooLarge},
		{"large docx", "a.docx", docxFile(t, "<w:p><w:r><w:t>"+zeros+"</w:t></w:r></w:p>"), document.TooLarge},
		{"many entries", "a.zip", zipped(t, slices.Repeat([]string{"a.txt", ""}, 5001)...), document.TooManyEntries},
		{"nested zip", "a.zip", []byte(nested), document.TooDeep},
		{"zip in zip in zip", "a.zip", zipped(t, "c.zip", nested), document.TooDeep},
		{"path up", "a.zip", zipped(t, "../../etc/a.txt", simplified), document.UnsafePath},
		{"path up, Windows", "a.zip", zipped(t, `..\a.txt`, simplified), document.UnsafePath},
		{"path up within", "a.zip", zipped(t, "x/../../a.txt", simplified), document.UnsafePath},
		{"path from the root", "a.zip", zipped(t, "/a.txt", simplified), document.UnsafePath},
		{"path of a drive", "a.zip", zipped(t, `C:\a.txt`, simplified), document.UnsafePath},
		{"encrypted zip", "a.zip", encryptedZip(t), document.Encrypted},
		{"entities in docx", "a.docx", zipped(t, "word/document.xml", laughs(`<w:document><w:body><w:p><w:r><w:t>TEXT</w:t></w:r></w:p></w:body></w:document>`)), document.Hostile},
		{"entities in styles", "a.docx", docxFile(t, "<w:p/>", "word/styles.xml", laughs(`<w:styles>TEXT</w:styles>`)), document.Hostile},
		{"entities in ofd", "a.ofd", zipped(t, "OFD.xml", laughs(`<OFD><DocRoot>TEXT</DocRoot></OFD>`)), document.Hostile},
		{"entities in xlsx", "a.xlsx", zipped(t, "xl/workbook.xml", laughs(`<workbook><sheets>TEXT</sheets></workbook>`)), document.Hostile},
		{"deep docx", "a.docx", docxFile(t, deep("<w:x>", "</w:x>", 5000)), document.TooDeep},
		{"deep tables of docx", "a.docx", docxFile(t, deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 5000)), document.TooDeep},
		{"deep ofd", "a.ofd", ofdFile(t, deep("<x>", "</x>", 5000)), document.TooDeep},
		{"deep page", "a.html", []byte("<html>" + deep("<div>", "</div>", 100_000)), document.TooDeep},
		{"deep tables of a page", "a.html", []byte("<html>" + deep("<table><tr><td>", "</td></tr></table>", 30_000)), document.TooDeep},
		{"long cell of a page", "a.html", []byte("<table><tr><td>a<td>b<tr><td>" + strings.Repeat("企业 ", 2<<20) + "<td>1</table>"), ""},
		{"spans", "a.html", []byte("<html>" + strings.Repeat("<table><tr><td rowspan=999 colspan=500>企业<td>1</table>", 2000)), document.TooLarge},
		{"many cells", "a.docx", docxFile(t, "<w:tbl>"+strings.Repeat(row, 1000)+"</w:tbl>"), document.TooLarge},
		{"many spans", "a.docx", docxFile(t, strings.Repeat(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="500"/></w:tcPr></w:tc></w:tr></w:tbl>`, 2000)), document.TooLarge},
		{"deltas", "a.ofd", ofdFile(t, `<TextObject Boundary="0 0 9 9" Size="3"><TextCode Y="4" DeltaX="`+strings.Repeat("g 10000 1 ", 300_000)+`">全年企业十二家</TextCode></TextObject>`), ""},
		{"long page of ofd", "a.ofd", ofdFile(t, ofdText(1, 1, strings.Repeat("企", 6<<20))), document.TooLarge},
		{"a page again and again", "a.ofd", zipped(t, "OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>", "D.xml", "<D>"+strings.Repeat(`<Page BaseLoc="D.xml"/>`, 4000)+"</D>"), document.TooManyPages},
		{"10,000 pages", "a.pdf", pdfPages(10_000), document.TooManyPages},
		{"scanned", "a.pdf", scannedPDF(), unreadPicture()},
		{"looping", "a.pdf", loopingPDF(), document.TooMuchMemory},
		{"encrypted PDF", "a.pdf", encryptedPDF(), document.Encrypted},
		{"encrypted docx", "a.docx", encryptedDocx(t), document.Encrypted},
		{"scanned ofd", "a.ofd", ofdFile(t, `<ImageObject Boundary="0 0 210 297"/>`), document.Scanned},
	} {
		t.Run(c.name, func(t *testing.T) {
			longest := time.Duration(document.Default.Seconds)*time.Second + 10*time.Second // to start and to end a process
			began := time.Now()
			_, err := format.Read(context.Background(), c.file, c.content, document.Default)
			if got := code(err); got != c.want {
				t.Errorf("%.200v (%s), want %s", err, got, c.want)
			}
			if took := time.Since(began); took > longest {
				t.Errorf("took %v", took)
			} else {
				t.Logf("%v %.200v", took.Round(time.Millisecond), err)
			}
		})
	}
	if most, allowed := childMemory(), document.Default.Memory+256<<20; most > allowed {
		t.Errorf("a process took %d MB, more than %d", most>>20, allowed>>20)
	} else {
		t.Logf("no process took more than %d MB", most>>20)
	}
}

// A process that takes more time or memory than it may is ended, and said so.
func TestLimits(t *testing.T) {
	bounded(t)
	slow := document.Default
	slow.Seconds = 0
	small := document.Default
	small.Memory = 24 << 20
	for _, c := range []struct {
		name   string
		limits document.Limits
		want   document.Code
	}{
		{"time", slow, document.TooSlow},
		{"memory", small, document.TooMuchMemory},
	} {
		for _, file := range []string{"indicators.pdf", "indicators.docx"} {
			if _, err := format.Read(context.Background(), file, made(t, file), c.limits); code(err) != c.want {
				t.Errorf("%s of %s: %v (%s), want %s", c.name, file, err, code(err), c.want)
			}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := format.Read(ctx, "a.pdf", made(t, "indicators.pdf"), document.Default); !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancel: %v", err)
	}
}

// A cache that is damaged, or is no folder, costs time and not the file.
func TestCache(t *testing.T) {
	bounded(t)
	want := read(t, "a.pdf", made(t, "indicators.pdf")).Text
	dir := t.TempDir()
	shared, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	os.CopyFS(filepath.Join(dir, "reportbot"), os.DirFS(filepath.Join(shared, "reportbot"))) // making it takes seconds
	t.Setenv("XDG_CACHE_HOME", dir)
	kept, err := filepath.Glob(filepath.Join(dir, "reportbot", "pdfium", "*", "*"))
	if err != nil || len(kept) == 0 {
		t.Skip("the cache lies elsewhere on this system")
	}
	for _, damage := range []func() error{
		func() error { return os.Truncate(kept[0], 100_000) },
		func() error { os.RemoveAll(dir); return os.WriteFile(dir, nil, 0o600) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, "a.pdf", made(t, "indicators.pdf")).Text; got != want {
			t.Errorf("reads %q", got)
		}
	}
}
