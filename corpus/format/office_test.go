package format_test

import (
	"slices"
	"strings"
	"testing"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// sheetOutline is what testdata/source/shown.fods shows, whatever it was saved as.
const sheetOutline = `白石县2023年收支情况表
编制单位：白石县财政局
单位：万元
收入项目 | 2023年3月 | 2023年4月 | 支出项目 | 2023年3月 | 同比增长
税收收入 | 1,203.50 | (86.40) | 教育支出 | 640.00 | 8.5%
非税收入 | 318 |  | 卫生健康支出 | 120；130 | -1.2%
注：收入为快报数。`

// A workbook is read as its program shows it, from every format: without hidden
// rows, columns and sheets, struck numbers and the marks of notes, dates and
// signs by their formats, two lines of a cell apart.
func TestShown(t *testing.T) {
	for _, name := range []string{"shown.xlsx", "shown.xls", "shown.ods"} {
		d := read(t, name, made(t, name))
		if got := outline(d); got != sheetOutline {
			t.Errorf("%s\n%s", name, got)
		}
		if table := d.Tables[0]; table.Header != 1 || table.Within != 3 || len(d.Tables) != 1 {
			t.Errorf("%s: %d tables, %d rows of headings, %d lines within", name, len(d.Tables), table.Header, table.Within)
		}
		var hidden []string
		for _, w := range d.Warnings {
			if w.Code == document.HiddenCells {
				hidden = append(hidden, w.Detail)
			}
		}
		if strings.Join(hidden, "; ") != "收支 4; 底稿" && strings.Join(hidden, "; ") != "收支 3; 底稿" {
			t.Errorf("%s: hidden %q", name, hidden)
		}
		signs := map[string]int{"1,203.50": 1, "(86.40)": -1, "318": 0, "-1.2%": -1}
		for _, row := range d.Tables[0].Rows {
			for _, c := range row.Cells {
				if want, ok := signs[d.Slice(c.Span)]; ok && c.Sign != want {
					t.Errorf("%s: the sign of %s is %d", name, d.Slice(c.Span), c.Sign)
				}
			}
		}
	}
}

// What Word does not show is no text; notes and text boxes are passages of their
// own; numbers of lists and lines of cells stand apart from the numbers beside
// them. In .doc text boxes stand behind the text.
func TestMarks(t *testing.T) {
	const box = "2023年接待游客64万人次。"
	want := strings.Split(`白石县2023年工作报告
全县建成充电桩318个，耕地面积26.5万米²，减排CO₂1.2万吨。
新建幼儿园16所，修复堤防24公里。
新增就业3900人。
2023年全县常住人口28.4万人，户籍人口33.1万人。
注：不含驻县院校学生2300人。
注：户籍人口为公安部门年报数，迁出1700人。
全县概况如下。
1． 27公里管网改造完工。
2． 15所卫生院达标。
表1 收入情况
单位：万元
项目 | 2022年 | 2023年
税收收入 | 210；220 | 250
非税收入 | 60 | 70`, "\n")
	for _, name := range []string{"marks.doc", "marks.docx"} {
		got := strings.Split(outline(read(t, name, made(t, name))), "\n")
		i := slices.Index(got, box)
		if i < 0 || !slices.Equal(slices.Delete(slices.Clone(got), i, i+1), want) {
			t.Errorf("%s\n%s", name, strings.Join(got, "\n"))
		}
	}
}

func wordRun(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func wordText(runs ...string) string { return `<w:p>` + strings.Join(runs, "") + `</w:p>` }

// Each of these is a paragraph or more of a Word file, and what it says.
func TestDocxText(t *testing.T) {
	plain := func(text string) string { return wordRun("", text) }
	const math = ` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	for _, row := range []struct{ name, body, want string }{
		{"struck twice", wordText(plain("新建"), wordRun(`<w:dstrike/>`, "12"), wordRun(`<w:strike w:val="0"/>`, "15"), plain("所")), "新建15所"},
		{"a style that strikes", wordText(plain("新建"), wordRun(`<w:rStyle w:val="X"/>`, "12"), plain("15所")), "新建15所"},
		{"a style that raises", wordText(plain("建成174"), wordRun(`<w:rStyle w:val="Ref"/>`, "[3]"), plain("个")), "建成174个"},
		{"a raised word", wordText(plain("第21"), wordRun(`<w:vertAlign w:val="superscript"/>`, "st"), plain("届")), "第21st届"},
		{"a power of ten", wordText(plain("产煤10"), wordRun(`<w:vertAlign w:val="superscript"/>`, "4"), plain("吨")), "产煤10⁴吨"},
		{"a mark behind 110", wordText(plain("共110"), wordRun(`<w:vertAlign w:val="superscript"/>`, "4"), plain("家")), "共110家"},
		{"below the line", wordText(plain("PM"), wordRun(`<w:vertAlign w:val="subscript"/>`, "2.5"), plain("浓度31微克，SO"), wordRun(`<w:vertAlign w:val="subscript"/>`, "2"), plain("浓度9微克，PM"), wordRun(`<w:vertAlign w:val="subscript"/>`, "10"), plain("下降")), "PM2.5浓度31微克，SO2浓度9微克，PM10下降"},
		{"a minus as a symbol", wordText(plain("增长"), `<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>`, plain("3.2%")), "增长-3.2%"},
		{"an unknown symbol", wordText(plain("增长"), `<w:r><w:sym w:font="HTJ0" w:char="E0A1"/></w:r>`, plain("3.2%")), "增长□3.2%"},
		{"a bullet", wordText(`<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>`, plain("完成35公里")), "完成35公里"},
		{"a fraction", wordText(plain("约占1"), `<m:oMath`+math+`><m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>`, plain("成")), "约占1 2/3成"},
		{"a power in a formula", wordText(plain("总量10"), `<m:oMath`+math+`><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup></m:oMath>`, plain("吨")), "总量1010吨"},
		{"a deleted mark", `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + plain("新增就业") + `</w:p>` + wordText(plain("2600人。")), "新增就业2600人。"},
		{"moved text", wordText(plain("新建"), `<w:moveFrom>`+plain("12")+`</w:moveFrom><w:moveTo>`+plain("15")+`</w:moveTo>`, plain("所")), "新建15所"},
		{"a VML box", wordText(plain("概况。"), `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>`+wordText(plain("游客86万人次。"))+`</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`), "游客86万人次。\n概况。"},
		{"a box in two forms", wordText(plain("概况。"), `<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>`+wordText(plain("游客86万人次。"))+`</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent>`+wordText(plain("游客86万人次。"))+`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), "游客86万人次。\n概况。"},
		{"tabs and breaks between numbers", wordText(plain("120"), `<w:r><w:tab/></w:r>`, plain("130"), `<w:r><w:br/></w:r>`, plain("人")), "120；130 人"},
		{"a deleted row", `<w:tbl><w:tr>` + wordCell("项目") + wordCell("2023年") + `</w:tr><w:tr><w:trPr><w:del w:id="2"/></w:trPr>` + wordCell("旧数") + wordCell("9") + `</w:tr><w:tr>` + wordCell("税收") + wordCell("12") + `</w:tr></w:tbl>`, "项目 | 2023年\n税收 | 12"},
		{"rows without rules", `<w:tbl><w:tr>` + wordCell("项目") + wordCell("2023年") + `</w:tr><w:tr>` + wordCell("税收", "非税") + wordCell("12", "34") + `</w:tr></w:tbl>`, "项目 | 2023年\n税收 | 12\n非税 | 34"},
		{"a name of two lines", `<w:tbl><w:tr>` + wordCell("项目") + wordCell("2023年") + `</w:tr><w:tr>` + wordCell("一般公共", "预算收入") + wordCell("12", "34") + `</w:tr><w:tr>` + wordCell("税收", "收入") + wordCell("7") + `</w:tr></w:tbl>`, "项目 | 2023年\n一般公共 | 12\n预算收入 | 34\n税收收入 | 7"},
	} {
		styles := `<w:styles ` + wordSpace + `><w:style w:type="character" w:styleId="X"><w:name w:val="taken back"/><w:rPr><w:strike/></w:rPr></w:style><w:style w:type="character" w:styleId="Ref"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>`
		if got := outline(read(t, "a.docx", docxFile(t, row.body, "word/styles.xml", styles))); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

func wordCell(lines ...string) string {
	cell := `<w:tc>`
	for _, line := range lines {
		cell += wordText(wordRun("", line))
	}
	return cell + `</w:tc>`
}

// Notes come behind the paragraph or table that refers to them; separators are none.
func TestDocxNotes(t *testing.T) {
	ref := func(kind, id string) string { return `<w:r><w:` + kind + `Reference w:id="` + id + `"/></w:r>` }
	note := func(kind, id, text string) string {
		return `<w:` + kind + ` w:id="` + id + `"><w:p><w:r><w:` + kind + `Ref/></w:r><w:r><w:t xml:space="preserve"> ` + text + `</w:t></w:r></w:p></w:` + kind + `>`
	}
	body := wordText(wordRun("", "2023年常住人口31.2万人"), ref("footnote", "2"), wordRun("", "。")) +
		`<w:tbl><w:tr>` + wordCell("项目") + wordCell("2023年") + `</w:tr><w:tr>` + wordCell("税收") + `<w:tc>` + wordText(wordRun("", "12"), ref("endnote", "3")) + `</w:tc></w:tr></w:tbl>` + wordText(wordRun("", "完。"))
	d := read(t, "a.docx", docxFile(t, body,
		"word/footnotes.xml", `<w:footnotes `+wordSpace+`><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>`+note("footnote", "2", "不含部队1800人。")+`</w:footnotes>`,
		"word/endnotes.xml", `<w:endnotes `+wordSpace+`>`+note("endnote", "3", "快报数。")+`</w:endnotes>`))
	const want = "2023年常住人口31.2万人。\n注：不含部队1800人。\n项目 | 2023年\n税收 | 12\n注：快报数。\n完。"
	if got := outline(d); got != want {
		t.Errorf("%s", got)
	}
}

// Automatic numbers by the specification.
func TestDocxNumbers(t *testing.T) {
	level := func(n, format, text, more string) string {
		return `<w:lvl w:ilvl="` + n + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + more + `<w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	numbers := `<w:numbering ` + wordSpace + `>` +
		`<w:abstractNum w:abstractNumId="0">` + level("0", "chineseCountingThousand", "第%1章", "") + level("1", "decimal", "%1.%2", "<w:isLgl/>") + level("2", "decimal", "（%3）", `<w:lvlRestart w:val="0"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1">` + level("0", "ideographLegalTraditional", "%1、", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">` + level("0", "decimal", "%1．", "") + `</w:lvlOverride></w:num></w:numbering>`
	item := func(list, level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	body := item("1", "0", "总则") + item("1", "1", "范围") + item("1", "2", "甲") + item("1", "0", "收入") + item("1", "1", "口径") + item("1", "2", "乙") +
		item("2", "0", "农业") + item("2", "0", "") + item("2", "0", "工业") + item("3", "0", "交通") + item("4", "0", "35公里") + item("4", "0", "12所")
	styles := `<w:styles ` + wordSpace + `><w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>`
	const want = "第一章 总则\n1.1 范围\n（1）甲\n第二章 收入\n2.1 口径\n（2）乙\n壹、农业\n參、工业\n肆、交通\n1． 35公里\n2． 12所"
	if got := outline(read(t, "a.docx", docxFile(t, body, "word/numbering.xml", numbers, "word/styles.xml", styles))); got != want {
		t.Errorf("%s", got)
	}
}

// What a page says, tag by tag.
func TestPageText(t *testing.T) {
	for _, row := range []struct{ name, body, want string }{
		{"raised", `<p>基站174<sup>1</sup>个，2.67万人<sup>[2]</sup>，10<sup>4</sup>吨，35km<sup>2</sup></p>`, "基站174个，2.67万人，10⁴吨，35km²"},
		{"raised by style", `<p>基站174<span style="vertical-align: super">①</span>个</p>`, "基站174个"},
		{"a link to a note", `<p>基站174<a href="#_ftn1">[1]</a>个</p>`, "基站174个"},
		{"taken back", `<p>新建<del>12</del><ins>15</ins>所，<s>3</s><strike>4</strike>5座，<span style="text-decoration:line-through">6</span>7条</p>`, "新建15所，5座，7条"},
		{"hidden", `<p>新建<span style="display:none">12</span><b hidden>13</b>15所</p>`, "新建15所"},
		{"numbers of a list", `<ol><li>35公里通车</li><li>完工</li></ol><ol start="3" reversed><li>12所</li></ol><ol style="list-style-type: none"><li>7座</li></ol>`, "1. 35公里通车\n2.完工\n3. 12所\n7座"},
		{"lines of a cell", `<table><tr><td>项目<td>2023年<tr><td>税收<td>120<br>130<tr><td>非税<td><p>7</p><p>8</p></table>`, "项目 | 2023年\n税收 | 120；130\n非税 | 7；8"},
		{"date and time", `<table><tr><td>项目<td>报送<tr><td>快报<td>01-23 17:05<tr><td>绝 对 数<td>36 700</table>`, "项目 | 报送\n快报 | 01-23 17:05\n绝对数 | 36 700"},
		{"a table in a cell", `<table><tr><td>项目<td>2022年<td>2023年<tr><td>税收<td><table><tr><td>其中<td>12<tr><td>另<td>34</table><td>150<tr><td>非税<td>30<td>40</table>`, "项目 | 2022年 | 2023年\n税收 | 其中12另34 | 150\n非税 | 30 | 40"},
		{"a table for the layout", `<table><tr><td>首页<td><table><tr><td>项目<td>2023年<tr><td>税收<td>12</table></table>`, "首页\n项目 | 2023年\n税收 | 12"},
		{"cells over each other", `<table><tr><td>项目<td rowspan=2>2022年<td>2023年<tr><td colspan=2>税收<td>120<tr><td>非税<td>30<td>40</table>`, "项目 | 2022年 | 2023年\n税收 | 2022年 | 120\n非税 | 30 | 40"},
		{"a hidden row", `<table><tr><td>项目<td>2023年<tr style="display:none"><td>旧<td>9<tr><td>税收<td>12</table>`, "项目 | 2023年\n税收 | 12"},
	} {
		if got := outline(read(t, "a.html", []byte("<html><body>"+row.body+"</body></html>"))); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

// Whatever declares it, and whatever stands in its scripts, a page is a page.
func TestPageDeclared(t *testing.T) {
	const page = "<html><head><title>t</title></head><body><p>某县建成基站174个。</p></body></html>"
	for _, before := range []string{"", "<!DOCTYPE>", "<!doctype html>", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n", "<?xml version=\"1.0\"?>\n<!DOCTYPE html>", "<!-- saved from url=(0014) > -->\r\n", "\r\n\r\n"} {
		if got := outline(read(t, "a.txt", []byte(before+page))); got != "某县建成基站174个。" {
			t.Errorf("%q: %s", before, got)
		}
	}
	for _, control := range []string{"\x00", "\x01", "\x08", "\x0b", "\x1f"} {
		if got := outline(read(t, "a.html", []byte(strings.Replace(page, "<title>", "<script>count('"+control+"CDE')</script><title>", 1)))); got != "某县建成基站174个。" {
			t.Errorf("%q: %s", control, got)
		}
	}
}

// An introduction beside the biggest block is text, menus and footers are not.
func TestPageMainPart(t *testing.T) {
	body := strings.Repeat("<p>全县坚持稳中求进工作总基调，扎实推动高质量发展。</p>", 40)
	page := `<html><head><title>白石县2023年工作报告_白石县人民政府</title></head><body><div id="nav"><a href="/">首页</a> 长者版 关怀版</div>` +
		`<div><p>2023年全县生产总值186.5亿元。</p><div>` + body + `</div></div><div>版权所有：白石县人民政府。未经授权不得转载本站内容。</div></body></html>`
	d := read(t, "a.html", []byte(page))
	if !strings.HasPrefix(d.Text, "白石县2023年工作报告\n2023年全县生产总值186.5亿元。\n") || strings.Contains(d.Text, "版权") || strings.Contains(d.Text, "长者版") || d.Slice(d.Title) != "白石县2023年工作报告" {
		t.Errorf("%.200s", d.Text)
	}
}

// The title of the report, not that of the page around it.
func TestPageTitle(t *testing.T) {
	body := "<p>2023年全县生产总值186.5亿元，比上年增长6.2%。</p>"
	for _, row := range []struct{ page, title string }{
		{`<meta name="ArticleTitle" content="白石县2023年统计公报"><title>白石县统计局</title></head><body><h3>政策</h3>` + body, "白石县2023年统计公报"},
		{`<title>(某省)2023年白石县国民经济和社会发展统计公报-红黑公报库</title></head><body><h1>2023年白石县国民经济和社会发展统计公报 2023</h1>` + body, "2023年白石县国民经济和社会发展统计公报"},
		{`<title>白石县人民政府</title></head><body><h1>长者版</h1><p>白石县2023年统计公报</p>` + body, ""},
		{`<title>白石日报--《关于白石县2023年预算执行情况<br>和2024年预算草案的报告》（摘要）-</title></head><body><h1>第03版</h1>` + body, "关于白石县2023年预算执行情况和2024年预算草案的报告"},
		{`<title>关于白石县2023年预算执行情况和2024年预算草案的报告</title></head><body><p>长者版</p><p>白石县2023年</p><p>预算执行情况和2024年预算草案的报告</p>` + body, "白石县2023年预算执行情况和2024年预算草案的报告"},
	} {
		d := read(t, "a.html", []byte("<html><head>"+row.page+"</body></html>"))
		if got := d.Slice(d.Title); got != row.title {
			t.Errorf("%q, want %q:\n%s", got, row.title, d.Text)
		}
	}
}

// XML of Excel and Word of 2003, flat and packed OpenDocument; other packages
// and XML are refused by their names.
func TestOldXML(t *testing.T) {
	workbook := `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:h="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="m"><NumberFormat ss:Format="#,##0.0_);(#,##0.0)"/></Style><Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style><Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="Sheet1"><Table><Column/><Column/><Column ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">白石县收支表</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">项目</Data></Cell><Cell ss:StyleID="d"><Data ss:Type="DateTime">2023-03-01T00:00:00.000</Data></Cell><Cell><Data ss:Type="String">核对</Data></Cell><Cell><Data ss:Type="String">2022年</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">税收</Data></Cell><Cell ss:StyleID="m"><Data ss:Type="Number">-12.5</Data></Cell><Cell><Data ss:Type="Number">7</Data></Cell><Cell><ss:Data ss:Type="String">318<h:Sup>3</h:Sup></ss:Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">旧</Data></Cell><Cell><Data ss:Type="Number">8</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">非税</Data></Cell><Cell ss:StyleID="s"><Data ss:Type="Number">9</Data></Cell><Cell ss:Index="4" ss:Formula="=R[-1]C"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>`
	d := read(t, "a.xls", []byte(workbook))
	if got := outline(d); d.Kind != document.SheetXML || got != "白石县收支表\n项目 | 2023年3月 | 2022年\n税收 | (12.5) | 318\n非税" {
		t.Errorf("%s: %q", d.Kind, got)
	}
	word := `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">
<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:lvlText w:val="%1、"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>
<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles><w:body>
<w:p><w:pPr><w:pStyle w:val="1"/><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr><w:r><w:t>回顾</w:t></w:r></w:p>
<w:p><w:r><w:t>基站</w:t></w:r><aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content><w:r><w:delText>158</w:delText></w:r></aml:content></aml:annotation><aml:annotation aml:id="2" w:type="Word.Insertion"><aml:content><w:r><w:t>174</w:t></w:r></aml:content></aml:annotation><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>个</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>含铁塔公司。</w:t></w:r></w:p></w:footnote></w:r></w:p></w:body></w:wordDocument>`
	if d := read(t, "a.doc", []byte(word)); d.Kind != document.WordXML || outline(d) != "# 一、回顾\n基站174个\n注：含铁塔公司。" {
		t.Errorf("%s: %q", d.Kind, outline(d))
	}
	for name, content := range map[string][]byte{
		"binary workbook":   zipped(t, "xl/workbook.bin", "x"),
		"presentation":      zipped(t, "ppt/presentation.xml", "<p/>"),
		"OpenDocument text": zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>"),
		"one XML file":      []byte(`<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>`),
		"XML of another":    []byte(`<?xml version="1.0"?><rss><channel>某县工作报告</channel></rss>`),
	} {
		_, err := format.ReadAll(t.Context(), "a", content, document.Default)
		if code(err) != document.NotADocument || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// xlsxFile is a workbook of one sheet.
func xlsxFile(t testing.TB, sheet string, more ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/><sheet name="图1" sheetId="2" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
		"xl/chartsheets/sheet1.xml", `<chartsheet/>`,
		"xl/worksheets/sheet1.xml", `<worksheet>` + sheet + `</worksheet>`}, more...)...)
}

// A sheet of charts, a cell a million rows below, one far on the right, formulas
// that were never computed and errors: the rest is read, and told.
func TestXLSXOddities(t *testing.T) {
	text := func(ref, s string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>`
	}
	d := read(t, "a.xlsx", xlsxFile(t, `<sheetData><row r="1">`+text("A1", "白石县收入表 单位：万元")+`</row><row r="2">`+text("A2", "项目")+text("B2", "2022年")+text("C2", "2023年")+`</row>`+
		`<row r="3">`+text("A3", "税收")+`<c r="B3"><v>120</v></c><c r="C3"><f>SUM(B3)</f></c></row><row r="4">`+text("A4", "非税")+`<c r="B4"><v>30</v></c><c r="C4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`+
		`<row r="1048576"><c r="A1048576" s="0"/></row><row r="900000">`+text("A900000", "注：快报数。")+text("XFD900000", "远")+`</row></sheetData>`))
	if got := outline(d); !strings.HasPrefix(got, "白石县收入表\n单位：万元\n项目 | 2022年 | 2023年\n税收 | 120\n非税 | 30\n注：快报数。 | ") {
		t.Errorf("%q", got)
	}
	if len(d.Warnings) != 1 || d.Warnings[0].Code != document.FormulaNoValue || d.Warnings[0].Detail != "Sheet1 2" {
		t.Errorf("%v", d.Warnings)
	}
}

// An empty row parts two tables only where the second has headings of its own;
// columns that are empty between them stay one.
func TestXLSXTables(t *testing.T) {
	rows := func(lines ...string) string {
		var b strings.Builder
		b.WriteString("<sheetData>")
		for _, line := range lines {
			b.WriteString("<row>")
			for _, cell := range strings.Split(line, "|") {
				switch {
				case cell == "":
					b.WriteString("<c/>")
				case strings.Trim(cell, "0123456789.") == "":
					b.WriteString("<c><v>" + cell + "</v></c>")
				default:
					b.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
				}
			}
			b.WriteString("</row>")
		}
		return b.String() + "</sheetData>"
	}
	for _, row := range []struct {
		name   string
		lines  []string
		tables []int // rows of each
	}{
		{"blank rows within", []string{"收入表", "项目|2022年|2023年", "", "税收|1|2", "", "非税|3|4"}, []int{3}},
		{"a part behind a blank row", []string{"收入表", "项目|2022年|2023年", "税收|1|2", "", "二、支出", "教育|3|4"}, []int{4}},
		{"two tables", []string{"表1 收入", "项目|2022年|2023年", "税收|1|2", "", "表2 支出", "项目|2022年|2023年", "教育|3|4"}, []int{2, 2}},
		{"two tables without titles", []string{"项目|2022年|2023年", "税收|1|2", "", "项目|人数|户数", "教育|3|4"}, []int{2, 2}},
		{"two tables without a blank row", []string{"表1 收入", "项目|2022年|2023年", "税收|1|2", "表2 支出", "项目|2022年|2023年", "教育|3|4"}, []int{2, 2}},
		{"a table on the right below", []string{"项目|2023年", "税收|1", "", "||项目|2022年", "||教育|3"}, []int{2, 2}},
	} {
		d := read(t, "a.xlsx", xlsxFile(t, rows(row.lines...)))
		var got []int
		for _, table := range d.Tables {
			got = append(got, len(table.Rows))
		}
		if !slices.Equal(got, row.tables) {
			t.Errorf("%s: %v\n%s", row.name, got, outline(d))
		}
	}
}

// Names and places are text in GB18030 though they have few everyday characters;
// what an office defined for itself is kept and told.
func TestNames(t *testing.T) {
	content := []byte("\xb9\xa8\xe5\xb9\n\xd9\xdc\xf1\xb4\n\xda\xc8\xea\xbf\n\xd8\xe1\xe6\xc2\n\xaa\xa1\xd1\xee\n")
	d := read(t, "名单.txt", content)
	if d.Charset != "gb18030" || d.Text != "龚骞\n佘翊\n谌昕\n蒯媛\n\ue000杨\n" || len(d.Warnings) != 1 || d.Warnings[0].Code != document.OwnCharacters {
		t.Errorf("%s %q %v", d.Charset, d.Text, d.Warnings)
	}
}
