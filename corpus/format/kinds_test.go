package format_test

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reportbot/corpus"
)

// run is a piece of text and how it is set: raised, struck out, deleted with a trace,
// hidden; a new line or a new paragraph of its cell is one without text.
type run struct{ how, text string }

const (
	raised, struck, deleted, hidden = "^", "-", "x", "."
	underlined                      = "_"
	newLine, newParagraph           = "n", "p"
)

var marked = regexp.MustCompile(`\{([\^\-x._])([^}]*)\}|\n|\r`)

// runs reads "{-1158}1208{^3}": \n begins a line of the cell, \r a paragraph.
func runs(text string) (all []run) {
	for at := 0; ; {
		m := marked.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return append(all, run{"", text[at:]})
		}
		all = append(all, run{"", text[at : at+m[0]]})
		switch whole := text[at+m[0] : at+m[1]]; whole {
		case "\n":
			all = append(all, run{newLine, ""})
		case "\r":
			all = append(all, run{newParagraph, ""})
		default:
			all = append(all, run{text[at+m[2] : at+m[3]], text[at+m[4] : at+m[5]]})
		}
		at += m[1]
	}
}

// form is a report in the making: a title, paragraphs, and a table whose cells are parted
// by |. A row that begins with ! is hidden.
type form struct {
	lines []string
	rows  []string
}

func (f form) cells(row string) []string { return strings.Split(strings.TrimPrefix(row, "!"), "|") }

// drawn puts the runs of a text into the tags of a format: one for each way to set it, each
// with a place for the text.
func drawn(text string, tags map[string]string) string {
	var b strings.Builder
	for _, r := range runs(text) {
		tag, known := tags[r.how]
		switch {
		case r.text == "" && r.how != newLine && r.how != newParagraph:
		case !known:
			b.WriteString(html.EscapeString(r.text))
		case strings.Contains(tag, "%s"):
			fmt.Fprintf(&b, tag, html.EscapeString(r.text))
		default:
			b.WriteString(tag)
		}
	}
	return b.String()
}

func (f form) docx(t *testing.T) []byte {
	run := func(properties string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`
	}
	return docxFile(t, f.word(map[string]string{"": run(""), raised: run(`<w:vertAlign w:val="superscript"/>`), struck: run(`<w:strike/>`), hidden: run(`<w:vanish/>`),
		deleted: `<w:del w:id="1"><w:r><w:delText>%s</w:delText></w:r></w:del>`, newLine: `<w:r><w:br/></w:r>`, newParagraph: `</w:p><w:p>`}, `<w:hidden/>`))
}

func (f form) word(tags map[string]string, hiddenRow string) string {
	var b strings.Builder
	for _, line := range f.lines {
		b.WriteString(`<w:p>` + drawn(line, tags) + `</w:p>`)
	}
	b.WriteString(`<w:tbl>`)
	for _, row := range f.rows {
		b.WriteString(`<w:tr><w:trPr>`)
		if strings.HasPrefix(row, "!") {
			b.WriteString(hiddenRow)
		}
		b.WriteString(`</w:trPr>`)
		for _, cell := range f.cells(row) {
			b.WriteString(`<w:tc><w:p>` + drawn(cell, tags) + `</w:p></w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

func (f form) wordXML(*testing.T) []byte {
	run := func(properties string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t>%s</w:t></w:r>`
	}
	return []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body>` +
		f.word(map[string]string{"": run(""), raised: run(`<w:vertAlign w:val="superscript"/>`), struck: run(`<w:strike/>`), hidden: run(`<w:vanish/>`),
			deleted: `<aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content><w:r><w:delText>%s</w:delText></w:r></aml:content></aml:annotation>`, newLine: `<w:r><w:br/></w:r>`, newParagraph: `</w:p><w:p>`}, `<w:hidden/>`) +
		`</w:body></w:wordDocument>`)
}

func (f form) html(*testing.T) []byte {
	tags := map[string]string{raised: `<sup>%s</sup>`, struck: `<s>%s</s>`, deleted: `<del>%s</del>`, hidden: `<span style="display:none">%s</span>`, newLine: `<br>`, newParagraph: `</p><p>`}
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>`)
	for _, line := range f.lines {
		b.WriteString(`<p>` + drawn(line, tags) + `</p>`)
	}
	b.WriteString(`<table>`)
	for _, row := range f.rows {
		if strings.HasPrefix(row, "!") {
			b.WriteString(`<tr style="display: none">`)
		} else {
			b.WriteString(`<tr>`)
		}
		for _, cell := range f.cells(row) {
			b.WriteString(`<td><p>` + drawn(cell, tags) + `</p></td>`)
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</table></body></html>`)
	return []byte(b.String())
}

func (f form) mht(t *testing.T) []byte {
	return []byte("From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"; type=\"text/html\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
		string(f.html(t)) + "\r\n--b--\r\n")
}

// inSheet is the lines, one a row, and the rows behind them.
func (f form) inSheet() []string { return append(slices.Clone(f.lines), f.rows...) }

var plainNumber = regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)

func (f form) xlsx(t *testing.T) []byte {
	run := func(properties string) string {
		return `<r><rPr>` + properties + `</rPr><t xml:space="preserve">%s</t></r>`
	}
	tags := map[string]string{"": run(""), raised: run(`<vertAlign val="superscript"/>`), struck: run(`<strike/>`), newLine: "<r><t xml:space=\"preserve\">\n</t></r>"}
	var b strings.Builder
	b.WriteString(`<sheetData>`)
	for _, row := range f.inSheet() {
		if strings.HasPrefix(row, "!") {
			b.WriteString(`<row hidden="1">`)
		} else {
			b.WriteString(`<row>`)
		}
		for _, cell := range f.cells(row) {
			switch {
			case cell == "":
				b.WriteString(`<c/>`)
			case plainNumber.MatchString(cell):
				b.WriteString(`<c><v>` + cell + `</v></c>`)
			default:
				b.WriteString(`<c t="inlineStr"><is>` + drawn(cell, tags) + `</is></c>`)
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	return xlsxFile(t, b.String())
}

func (f form) sheetXML(*testing.T) []byte {
	tags := map[string]string{raised: `<h:Sup>%s</h:Sup>`, struck: `<h:S>%s</h:S>`, newLine: `&#10;`}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:h="http://www.w3.org/TR/REC-html40"><Worksheet ss:Name="Sheet1"><Table>`)
	for _, row := range f.inSheet() {
		if strings.HasPrefix(row, "!") {
			b.WriteString(`<Row ss:Hidden="1">`)
		} else {
			b.WriteString(`<Row>`)
		}
		for _, cell := range f.cells(row) {
			kind := "String"
			if plainNumber.MatchString(cell) {
				kind = "Number"
			}
			b.WriteString(`<Cell><ss:Data ss:Type="` + kind + `">` + drawn(cell, tags) + `</ss:Data></Cell>`)
		}
		b.WriteString(`</Row>`)
	}
	b.WriteString(`</Table></Worksheet></Workbook>`)
	return []byte(b.String())
}

func (f form) fods(*testing.T) []byte {
	span := func(style string) string { return `<text:span text:style-name="` + style + `">%s</text:span>` }
	tags := map[string]string{raised: span("up"), struck: span("struck"), hidden: span("hidden"), newLine: `</text:p><text:p>`}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>` +
		`<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>` +
		`<style:style style:name="struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="hidden" style:family="text"><style:text-properties text:display="none"/></style:style>` +
		`</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Sheet1">`)
	for _, row := range f.inSheet() {
		if strings.HasPrefix(row, "!") {
			b.WriteString(`<table:table-row table:visibility="collapse">`)
		} else {
			b.WriteString(`<table:table-row>`)
		}
		for _, cell := range f.cells(row) {
			switch {
			case cell == "":
				b.WriteString(`<table:table-cell/>`)
			case plainNumber.MatchString(cell):
				b.WriteString(`<table:table-cell office:value-type="float" office:value="` + cell + `"><text:p>` + cell + `</text:p></table:table-cell>`)
			default:
				b.WriteString(`<table:table-cell office:value-type="string"><text:p>` + drawn(cell, tags) + `</text:p></table:table-cell>`)
			}
		}
		b.WriteString(`</table:table-row>`)
	}
	b.WriteString(`</table:table></office:spreadsheet></office:body></office:document>`)
	return []byte(b.String())
}

func (f form) csv(*testing.T) []byte {
	var b strings.Builder
	for _, row := range f.inSheet() {
		b.WriteString(strings.ReplaceAll(row, "|", ",") + "\n")
	}
	return []byte(b.String())
}

// A page that is drawn: lines at the top, then a table with rules, 120 points or 40 mm a
// column.
const rowHeight, columnWidth = 34.0, 120.0

func wide(text string) (w float64) {
	for _, r := range text {
		if r < 0x2e80 {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}

// set draws the runs of a text from a point on, by what draws a piece of it and a line.
func set(text string, x, y, size float64, show func(x, y, size float64, text, how string), rule func(x1, y1, x2, y2 float64)) {
	at := x
	for _, r := range runs(text) {
		s, up := size, 0.0
		switch r.how {
		case newLine, newParagraph:
			at, y = x, y-1.3*size
			continue
		case raised:
			s, up = 0.6*size, 0.4*size
		}
		if r.text == "" {
			continue
		}
		show(at, y+up, s, r.text, r.how)
		switch r.how {
		case struck:
			rule(at, y+0.3*size, at+s*wide(r.text), y+0.3*size)
		case underlined:
			rule(at, y-0.1*size, at+s*wide(r.text), y-0.1*size)
		}
		at += s * wide(r.text)
	}
}

// draw lays the form out, y counting up from 0 at the foot of the page.
func (f form) draw(show func(x, y, size float64, text, how string), rule func(x1, y1, x2, y2 float64)) {
	y := 780.0
	for i, line := range f.lines {
		if i == 0 {
			set(line, 200, y, 18, show, rule) // the title
		} else {
			set(line, 104, y, 12, show, rule)
		}
		y -= 30
	}
	top, width := y, float64(len(f.cells(f.rows[0])))*columnWidth
	rule(75, top, 75+width, top)
	for _, row := range f.rows {
		for i, cell := range f.cells(row) {
			set(cell, 80+columnWidth*float64(i), y-14, 10, show, rule)
		}
		y -= rowHeight
		rule(75, y, 75+width, y)
	}
	for x := 75.0; x <= 75+width; x += columnWidth {
		rule(x, top, x, y)
	}
}

func (f form) pdf(*testing.T) []byte {
	s := new(sheet)
	f.draw(func(x, y, size float64, text, how string) {
		if how == hidden {
			s.shown(fmt.Sprintf("3 Tr /F1 %g Tf 1 0 0 1 %g %g Tm", size, x, y), text)
			s.content.WriteString("0 Tr\n")
			return
		}
		s.text(x, y, size, text)
	}, func(x1, y1, x2, y2 float64) { s.line(x1, y1, x2, y2) })
	return pdfOf(s)
}

func (f form) ofd(t *testing.T) []byte {
	const mm = 25.4 / 72
	var b strings.Builder
	f.draw(func(x, y, size float64, text, how string) {
		visible := ""
		if how == hidden {
			visible = ` Visible="false"`
		}
		var steps []string
		for _, r := range text {
			steps = append(steps, fmt.Sprintf("%.3f", wide(string(r))*size*mm))
		}
		fmt.Fprintf(&b, `<ofd:TextObject ID="1"%s Boundary="%.3f %.3f %.3f %.3f" Font="3" Size="%.3f"><ofd:TextCode X="0" Y="%.3f" DeltaX="%s">%s</ofd:TextCode></ofd:TextObject>`,
			visible, x*mm, (842-y-0.8*size)*mm, size*wide(text)*mm, size*mm, size*mm, 0.8*size*mm, strings.Join(steps, " "), html.EscapeString(text))
	}, func(x1, y1, x2, y2 float64) {
		left, top, w, h := min(x1, x2)*mm, (842-max(y1, y2))*mm, (max(x1, x2)-min(x1, x2))*mm, (max(y1, y2)-min(y1, y2))*mm
		fmt.Fprintf(&b, `<ofd:PathObject ID="2" Boundary="%.3f %.3f %.3f %.3f"><ofd:AbbreviatedData>M 0 0 L %.3f %.3f</ofd:AbbreviatedData></ofd:PathObject>`, left, top, w, h, w, h)
	})
	return ofdFile(t, b.String())
}

var formats = []struct {
	name string
	make func(form, *testing.T) []byte
}{
	{"a.docx", form.docx}, {"a.doc", form.wordXML}, {"a.html", form.html}, {"a.mht", form.mht}, {"a.xlsx", form.xlsx}, {"a.xls", form.sheetXML}, {"a.fods", form.fods}, {"a.csv", form.csv},
	{"a.pdf", form.pdf}, {"a.ofd", form.ofd},
}

// kinds are the ways in which numbers of two places were once made into one, or one was
// read that nobody sees; but is in which formats such a thing can't be.
var kinds = []struct {
	name string
	of   form
	but  string
	want string // the figures, by what they count, value and period
}{
	{"as it is", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|1208", "税收|30|31"}}, "",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a mark raised behind a number", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|1208{^3}", "税收|30{^1}|31"}}, "csv",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a mark raised behind a name", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年{^1}|2023年", "企业数{^2}|1108|1208", "税收|30|31"}}, "csv",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a mark raised in a sentence", form{[]string{"青川县2023年企业情况", "全县共有企业1208{^3}家。"}, []string{"项目|2022年|2023年", "税收|30|31"}}, "csv xlsx xls fods",
		"全县共有企业 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"an exponent is no digit", form{[]string{"青川县2023年企业情况", "粮食产量10{^4}吨。"}, []string{"项目|2022年|2023年", "税收|30|31"}}, "csv xlsx xls fods",
		"税收 30 2022年; 税收 31 2023年"},
	{"a struck number beside the new one", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|{-1158}1208", "税收|30|31{-32}"}}, "csv",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a struck number in a sentence", form{[]string{"青川县2023年企业情况", "全县共有企业{-1158}1208家。"}, []string{"项目|2022年|2023年", "税收|30|31"}}, "csv xlsx xls fods",
		"全县共有企业 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a deleted number", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|{x1158}1208", "税收|30|31"}}, "csv xlsx xls fods pdf ofd",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a hidden number", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|{.35}1208", "税收|30|31"}}, "csv xlsx xls",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a hidden row", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|1208", "!内部数|350|360", "税收|30|31"}}, "csv pdf ofd",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"two lines in a cell", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|1208\n35", "税收|30|31"}}, "csv",
		"企业数 1108 2022年; 税收 30 2022年; 税收 31 2023年"},
	{"two paragraphs in a cell", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|1208\r35", "税收|30|31"}}, "csv xlsx xls fods",
		"企业数 1108 2022年; 税收 30 2022年; 税收 31 2023年"},
	{"a name of two lines", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "规模以上\n工业企业数|1108|1208", "税收|30|31"}}, "csv",
		"规模以上工业企业数 1108 2022年; 规模以上工业企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"a table beside a table", form{[]string{"青川县2023年收支情况"}, []string{"收入|2023年|支出|2023年", "税收收入|9674|教育支出|9195", "非税收入|9535|卫生支出|6514"}}, "",
		"税收收入 9674 2023年; 教育支出 9195 2023年; 非税收入 9535 2023年; 卫生支出 6514 2023年"},
	{"an empty row below the headings", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "||", "企业数|1108|1208", "税收|30|31"}}, "",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"title and unit within", form{[]string{"青川县2023年工作情况"}, []string{"表1 企业情况表||", "单位：家||", "项目|2022年|2023年", "企业数|1108|1208", "个体户|30|31"}}, "",
		"企业数 1108 2022年; 企业数 1208 2023年; 个体户 30 2022年; 个体户 31 2023年"},
	{"a number underlined is not struck", form{[]string{"青川县2023年企业情况"}, []string{"项目|2022年|2023年", "企业数|1108|{_1208}", "税收|30|31"}}, "csv docx html mht xlsx xls fods",
		"企业数 1108 2022年; 企业数 1208 2023年; 税收 30 2022年; 税收 31 2023年"},
	{"numbers in brackets and days", form{[]string{"青川县2023年收支情况"}, []string{"项目|2022年|2023年", "结余|86.40|(86.40)", "更新|01-23 17:05|2023-01-24"}}, "",
		"结余 86.4 2022年; 结余 -86.4 2023年"},
}

// Each kind in each format in which it can be.
func TestKindsInEveryFormat(t *testing.T) {
	t.Parallel()
	for _, k := range kinds {
		for _, f := range formats {
			extension := f.name[2:]
			if slices.Contains(strings.Fields(k.but), extension) || extension == "doc" && slices.Contains(strings.Fields(k.but), "docx") {
				continue
			}
			t.Run(k.name+"/"+f.name, func(t *testing.T) {
				t.Parallel()
				reports, err := corpus.Builtin().ReadFile(context.Background(), f.name, f.make(k.of, t))
				if err != nil {
					t.Fatal(err)
				}
				if got := said(reports[0]); got != k.want {
					t.Errorf("says\n%s\nwant\n%s\nof\n%s", got, k.want, reports[0].Text)
				}
			})
		}
	}
}

func said(r *corpus.Report) string {
	var all []string
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			all = append(all, fmt.Sprintf("%s %s %s", f.What, f.Value, f.Period.Label))
		}
	}
	return strings.Join(all, "; ")
}

// The number of a table in the line of its title is no part of that.
func TestNumberBesideTitle(t *testing.T) {
	s := new(sheet).text(80, 790, 12, "5-1").text(220, 790, 12, "2024年青川县债务限额").text(400, 770, 10, "单位：亿元").
		frame([]float64{75, 235, 355, 465}, []float64{760, 740, 720, 700}).rows([]float64{80, 240, 360}, 745, 20, "项目|2022年|2023年", "一般债务|12.5|13.5", "专项债务|3.5|4.5")
	reports, err := corpus.Builtin().ReadFile(context.Background(), "a.pdf", pdfOf(s))
	if err != nil {
		t.Fatal(err)
	}
	if r := reports[0]; r.Title != "2024年青川县债务限额" || len(r.Tables) != 1 || said(r) != "一般债务 1250000000 2022年; 一般债务 1350000000 2023年; 专项债务 350000000 2022年; 专项债务 450000000 2023年" {
		t.Errorf("《%s》 %s\n%s", r.Title, said(r), r.Text)
	}
}
