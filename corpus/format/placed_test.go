package format_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// sheet is a page of a PDF in the making; y counts up from its foot.
type sheet struct {
	content   strings.Builder
	more      string // entries of the page
	resources string // and of its resources
	notes     []note
}

// note is an annotation: its box, what it is, and the operators that draw it, "" where the
// file has no picture of it.
type note struct {
	left, bottom, right, top float64
	is, drawn                string
}

func (s *sheet) note(left, bottom, right, top float64, is, drawn string) *sheet {
	s.notes = append(s.notes, note{left, bottom, right, top, is, drawn})
	return s
}

// lettered is the operators that write text within a note.
func lettered(size float64, text string) string {
	return new(sheet).shown(fmt.Sprintf("0 g /F1 %g Tf 2 3 Td", size), text).content.String()
}

// written is text as a string of a PDF.
func written(text string) string {
	s := "<FEFF"
	for _, unit := range utf16.Encode([]rune(text)) {
		s += fmt.Sprintf("%04X", unit)
	}
	return s + ">"
}

// text draws a line of text whose baseline begins at x and y.
func (s *sheet) text(x, y, size float64, text string) *sheet {
	return s.turned(x, y, size, 0, text)
}

// turned draws it turned by so many quarter turns against the clock.
func (s *sheet) turned(x, y, size float64, quarters int, text string) *sheet {
	m := [][4]int{{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0}}[quarters]
	return s.shown(fmt.Sprintf("/F1 %g Tf %d %d %d %d %g %g Tm", size, m[0], m[1], m[2], m[3], x, y), text)
}

// shown draws text after operators that say where and how.
func (s *sheet) shown(operators, text string) *sheet {
	s.content.WriteString("BT " + operators + " <")
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&s.content, "%04x", unit)
	}
	s.content.WriteString("> Tj ET\n")
	return s
}

func (s *sheet) line(x1, y1, x2, y2 float64) *sheet {
	fmt.Fprintf(&s.content, "0.7 w %g %g m %g %g l S\n", x1, y1, x2, y2)
	return s
}

// frame draws lines across at ys and down at xs.
func (s *sheet) frame(xs, ys []float64) *sheet {
	for _, y := range ys {
		s.line(xs[0], y, xs[len(xs)-1], y)
	}
	for _, x := range xs {
		s.line(x, ys[0], x, ys[len(ys)-1])
	}
	return s
}

// rows writes a row of cells at each y, at the same xs.
func (s *sheet) rows(xs []float64, y, pitch float64, rows ...string) *sheet {
	for i, row := range rows {
		for k, cell := range strings.Split(row, "|") {
			if cell != "" {
				s.text(xs[k], y-pitch*float64(i), 10, cell)
			}
		}
	}
	return s
}

// pdfOf makes a PDF of pages. Its font is one that every reader knows by name
// (ISO 32000-1, 9.7.5.2), so that none is embedded.
func pdfOf(sheets ...*sheet) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</ON[7 0 R]/OFF[6 0 R]>>>>>>", "",
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 5 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
		"<</Type/OCG/Name(draft)>>", "<</Type/OCG/Name(text)>>",
		// a font that does not tell what its codes stand for
		"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[9 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/CIDToGIDMap/Identity/FontDescriptor 5 0 R>>",
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-V/DescendantFonts[4 0 R]>>",
		"<</FT/Tx/T(parent)/V(3500)/Kids[]>>", // a field whose boxes are objects of their own
	}
	kids, layers, fields := "", "", ""
	for _, s := range sheets {
		layers += s.content.String()
		n := len(objects) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		more := s.more
		if !strings.Contains(more, "MediaBox") {
			more += "/MediaBox[0 0 595 842]"
		}
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R%s/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 8 0 R/F3 10 0 R>>/Properties<</Draft 6 0 R/Text 7 0 R>>%s>>>>", more, n+1, s.resources),
			pdfStream("", s.content.String()))
		objects = s.annotated(objects, n, &fields)
	}
	if !strings.Contains(layers, "/OC ") {
		objects[0] = "<</Type/Catalog/Pages 2 0 R>>"
	}
	if fields != "" {
		objects[0] = strings.TrimSuffix(objects[0], ">>") + "/AcroForm<</Fields[" + fields + "]/DA(/F1 10 Tf 0 g)/DR<</Font<</F1 3 0 R>>>>>>>>"
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(sheets), kids)
	return pdfFile(objects...)
}

// annotated adds the notes of the page, which is the nth object, and names those that are
// fields of a form.
func (s *sheet) annotated(objects []string, n int, fields *string) []string {
	refs := ""
	for _, a := range s.notes {
		at := len(objects) + 1
		drawn := ""
		if a.drawn != "" {
			drawn = fmt.Sprintf("/AP<</N %d 0 R>>", at+1)
		}
		objects = append(objects, fmt.Sprintf("<</Type/Annot/Rect[%g %g %g %g]/F 4%s%s>>", a.left, a.bottom, a.right, a.top, a.is, drawn))
		if a.drawn != "" {
			objects = append(objects, pdfStream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %g %g]/Resources<</Font<</F1 3 0 R/Z 8 0 R>>>>", a.right-a.left, a.top-a.bottom), a.drawn))
		}
		refs += fmt.Sprintf("%d 0 R ", at)
		if strings.Contains(a.is, "/Parent 11 0 R") {
			objects[10] = strings.Replace(objects[10], "/Kids[", fmt.Sprintf("/Kids[%d 0 R ", at), 1)
			*fields += "11 0 R "
		} else if strings.Contains(a.is, "/Widget") {
			*fields += fmt.Sprintf("%d 0 R ", at)
		}
	}
	if refs != "" {
		objects[n-1] = strings.TrimSuffix(objects[n-1], ">>") + "/Annots[" + refs + "]>>"
	}
	return objects
}

const filler = "全县坚持稳中求进，扎实推动高质量发展，各项工作取得新的成效，群众生活继续改善。"

// A PDF is read as a person sees it. Each row is one way in which numbers of
// two places were once made into one, or lines of two.
func TestPlaced(t *testing.T) {
	names := []float64{80, 240, 360, 470}
	for _, c := range []struct {
		name string
		of   *sheet
		want string
	}{
		{"no line between rows", new(sheet).frame([]float64{75, 235, 355, 465}, []float64{700, 680, 600}).
			rows(names, 685, 0, "项目|预算数|执行数").rows(names, 660, 20, "一、税收收入||8,074.31", "二、非税收入|8,739.40|", "三、补助|1,352.32|2.39"),
			"项目 | 预算数 | 执行数\n一、税收收入 |  | 8,074.31\n二、非税收入 | 8,739.40 | \n三、补助 | 1,352.32 | 2.39"},
		{"a name of two lines, its values between them", new(sheet).frame([]float64{75, 170, 355, 465}, []float64{700, 680, 590}).
			rows(names, 685, 0, "地区|限额|余额").rows(names, 665, 0, "海河新区|262.49|259.65").
			text(80, 647, 10, "海河蒙古族自治区").text(80, 636, 10, "本级").rows(names, 641.5, 0, "|59.50|59.30").rows(names, 610, 0, "临江市|78.76|77.58"),
			"地区 | 限额 | 余额\n海河新区 | 262.49 | 259.65\n海河蒙古族自治区本级 | 59.50 | 59.30\n临江市 | 78.76 | 77.58"},
		{"sides left open", new(sheet).line(75, 700, 465, 700).line(75, 680, 465, 680).line(75, 620, 465, 620).line(235, 700, 235, 620).line(355, 700, 355, 620).
			rows(names, 685, 0, "项目|预算数|执行数").rows(names, 660, 20, "税收收入|8,739.40|8,074.31", "非税收入|352.32|2.39"),
			"项目 | 预算数 | 执行数\n税收收入 | 8,739.40 | 8,074.31\n非税收入 | 352.32 | 2.39"},
		{"no wall between columns", new(sheet).line(75, 700, 465, 700).line(75, 680, 465, 680).line(75, 660, 465, 660).line(75, 640, 465, 640).line(75, 700, 75, 640).line(465, 700, 465, 640).line(235, 700, 235, 640).
			rows([]float64{80, 240, 280}, 685, 20, "项目|上年|本年", "税收收入|12.5|13.6", "非税收入|35.2|34.0"),
			"项目 | 上年 | 本年\n税收收入 | 12.5 | 13.6\n非税收入 | 35.2 | 34.0"},
		{"a heading over some columns", new(sheet).line(75, 720, 465, 720).line(235, 700, 465, 700).line(75, 680, 465, 680).line(75, 660, 465, 660).line(75, 640, 465, 640).
			line(75, 720, 75, 640).line(465, 720, 465, 640).line(235, 720, 235, 640).line(355, 700, 355, 640).
			rows([]float64{80, 300}, 705, 0, "地区|债务限额").rows(names, 685, 20, "|一般|专项", "海河|12.5|13.6", "临江|35.2|34.0"),
			"地区 | 债务限额\n地区 | 一般 | 专项\n海河 | 12.5 | 13.6\n临江 | 35.2 | 34.0"},
		{"lines in some columns alone", new(sheet).line(75, 720, 465, 720).line(75, 700, 465, 700).line(235, 680, 465, 680).line(75, 660, 465, 660).
			line(75, 720, 75, 660).line(465, 720, 465, 660).line(235, 700, 235, 660).line(355, 700, 355, 660).
			text(110, 705, 10, "目").rows(names, 705, 20, "项|公式|本级", "一般债务|12.5|13.6", "专项债务|35.2|34.0"),
			"项 目 | 公式 | 本级\n一般债务 | 12.5 | 13.6\n专项债务 | 35.2 | 34.0"},
		{"names in a cell beside rows", new(sheet).line(75, 700, 465, 700).line(235, 680, 465, 680).line(75, 560, 465, 560).line(75, 700, 75, 560).line(465, 700, 465, 560).line(235, 700, 235, 560).line(355, 700, 355, 560).
			rows([]float64{80}, 665, 20, "北京市", "天津市", "河北省", "石家庄市", "唐山市").
			rows(names, 685, 0, "|City|Total").rows(names, 665, 20, "|Beijing|2189", "|Tianjin|1387", "|Hebei|", "|Shijiazhuang|1124", "|Tangshan|772"),
			" | City | Total\n北京市 | Beijing | 2189\n天津市 | Tianjin | 1387\n河北省 | Hebei | \n石家庄市 | Shijiazhuang | 1124\n唐山市 | Tangshan | 772"},
		{"on a painted ground", func() *sheet {
			s := new(sheet)
			s.content.WriteString("1 g 75 640 390 160 re f 0 g\n")
			return s.line(75, 700, 465, 700).line(75, 680, 465, 680).line(75, 640, 465, 640).line(235, 700, 235, 640).line(355, 700, 355, 640).
				text(200, 730, 12, "某县债务情况表").text(400, 705, 10, "单位：亿元").rows(names, 685, 0, "项目|预算数|执行数").rows(names, 665, 20, "一般债务|12.5|13.6", "专项债务|35.2|34.0")
		}(), "某县债务情况表\n单位：亿元\n项目 | 预算数 | 执行数\n一般债务 | 12.5 | 13.6\n专项债务 | 35.2 | 34.0"},
		{"two numbers in a cell", new(sheet).frame([]float64{75, 235, 355, 465}, []float64{700, 680, 640, 620}).
			rows(names, 685, 0, "项目|2022年|2023年").rows(names, 665, 0, "税收收入|120|150").rows(names, 650, 0, "|130|").rows(names, 625, 0, "非税收入|30|40"),
			"项目 | 2022年 | 2023年\n税收收入 |  | 150\n非税收入 | 30 | 40"},
		{"marks of notes, and exponents", new(sheet).text(80, 700, 12, "全县建成基站174").text(158+6*2, 705, 6, "1").text(176, 700, 12, "个，面积26").text(233, 700, 12, "km").text(245, 705, 6, "2").
			text(80, 680, 12, "，总量10").text(128, 685, 6, "4").text(132, 680, 12, "吨。"),
			"全县建成基站174个，面积26km²，总量10⁴吨。"},
		{"numbers beside one another", new(sheet).text(80, 700, 12, "企业总数").text(140, 700, 12, "1208").text(168, 700, 12, "35").text(200, 700, 12, "家").text(80, 680, 12, filler),
			"企业总数 1208 | 35 家\n" + filler},
		{"a line of the page through it", new(sheet).text(80, 700, 12, "新增就业2600人。").line(60, 703.6, 500, 703.6), "新增就业2600人。"},
		{"drawn twice", new(sheet).text(80, 700, 12, "新增就业2600人。").text(80.4, 700, 12, "新增就业2600人。"), "新增就业2600人。"},
		{"spread over the line", new(sheet).text(80, 720, 12, filler).shown("/F1 12 Tf 9 Tc 1 0 0 1 80 700 Tm", "民营经济增长4.5%，占比64%。"),
			filler + "民营经济增长4.5%，占比64%。"},
		{"a number cut at the margin", new(sheet).text(80, 700, 12, "全县总面积共计五十一万平方米，地上面积36794").text(80, 682, 12, "9.86平方米，全部完工，已经交付。"),
			"全县总面积共计五十一万平方米，地上面积367949.86平方米，全部完工，已经交付。"},
		{"turned page", func() *sheet {
			s := new(sheet).turned(100, 100, 12, 1, "新增就业2600人，总量13333吨。").turned(120, 100, 12, 1, "建成公路35公里。")
			s.more = "/Rotate 90"
			return s
		}(), "新增就业2600人，总量13333吨。建成公路35公里。"},
		{"sideways table", func() *sheet {
			s := new(sheet)
			for _, x := range []float64{100, 120, 140, 160} {
				s.line(x, 80, x, 500)
			}
			for _, y := range []float64{80, 220, 360, 500} {
				s.line(100, y, 160, y)
			}
			for i, row := range []string{"项目|上年|本年", "税收收入|12.5|13.6", "非税收入|35.2|34.0"} {
				for k, cell := range strings.Split(row, "|") {
					s.turned(115+20*float64(i), 85+140*float64(k), 10, 1, cell)
				}
			}
			return s
		}(), "项目 | 上年 | 本年\n税收收入 | 12.5 | 13.6\n非税收入 | 35.2 | 34.0"},
		{"two columns", func() *sheet {
			s := new(sheet)
			left := []string{"2023年全县生产总值186亿元，", "增长6%。新增就业共计2600", "人，建成公路35公里，新建了", "学校12所，社会和谐稳定。"}
			right := []string{"2024年主要目标，生产总值增", "长6%左右，新增就业共2800", "人，新建公路共40公里，新建", "学校15所，各项工作向前。"}
			for i := range left {
				s.text(80, 700-20*float64(i), 12, left[i]).text(290, 700-20*float64(i), 12, right[i])
			}
			return s
		}(), "2023年全县生产总值186亿元，增长6%。新增就业共计2600人，建成公路35公里，新建了学校12所，社会和谐稳定。\n2024年主要目标，生产总值增长6%左右，新增就业共2800人，新建公路共40公里，新建学校15所，各项工作向前。"},
		{"outside of what is shown", func() *sheet {
			s := new(sheet).text(80, 700, 12, "新增就业2600人。").text(80, 100, 12, "裁切线以外350000元。")
			s.more = "/CropBox[50 400 545 800]"
			return s
		}(), "新增就业2600人。"},
		{"a hidden layer", func() *sheet {
			s := new(sheet)
			s.content.WriteString("/OC /Text BDC\n")
			s.text(80, 700, 12, "新增就业2600人。")
			s.content.WriteString("EMC\n/OC /Draft BDC\n")
			s.text(80, 600, 12, "内部数350000元。")
			s.content.WriteString("EMC\n")
			return s
		}(), "新增就业2600人。"},
		{"written down the page", func() *sheet {
			s := new(sheet)
			for column, text := range []string{"全县新增就业稳步扩大群众", "生活继续改善社会和谐稳定"} {
				s.shown(fmt.Sprintf("/F3 16 Tf 1 0 0 1 %d 700 Tm", 400-30*column), text)
			}
			return s
		}(), "全县新增就业稳步扩大群众生活继续改善社会和谐稳定"},
		{"a watermark", func() *sheet {
			s := new(sheet).text(80, 700, 12, filler)
			s.content.WriteString("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 600 Tm <00310032003300340035> Tj ET\n")
			return s
		}(), filler},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimPrefix(outline(read(t, "a.pdf", pdfOf(c.of))), "page 1\n"); got != c.want {
				t.Errorf("reads\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// What was left out of a page is said, with its number.
func TestDoubtfulPages(t *testing.T) {
	names := []float64{80, 240, 360, 470}
	stacked := new(sheet).frame([]float64{75, 235, 355, 465}, []float64{700, 680, 640, 620}).
		rows(names, 685, 0, "项目|2022年|2023年").rows(names, 665, 0, "税收收入|120|150").rows(names, 650, 0, "|130|").rows(names, 625, 0, "非税收入|30|40")
	unknown := new(sheet)
	unknown.content.WriteString("BT /F2 12 Tf 1 0 0 1 80 700 Tm <00220023002400250026001100120013> Tj ET\n")
	d := read(t, "a.pdf", pdfOf(new(sheet).text(80, 700, 12, filler), stacked, unknown))
	want := []document.Warning{{Code: document.UncertainCell, Page: 2}, {Code: document.UnknownCharacters, Page: 3}}
	if !slices.Equal(d.Warnings, want) {
		t.Errorf("warns %v, want %v", d.Warnings, want)
	}
	if _, err := format.Read(context.Background(), "a.pdf", pdfOf(unknown), document.Default); code(err) != document.NoText {
		t.Errorf("a file of unknown characters: %v", err)
	}
	// One digit that is not known makes a number unknown, not another number.
	mixed := new(sheet).text(80, 700, 12, "新增就业26")
	mixed.content.WriteString("BT /F2 12 Tf 1 0 0 1 140 700 Tm <0013> Tj ET\n")
	mixed.text(146, 700, 12, "0人。"+filler)
	if got := read(t, "a.pdf", pdfOf(mixed)).Text; strings.ContainsAny(got, "0123456789") {
		t.Errorf("reads %q", got)
	}
}

// An OFD page is what it draws itself and by reference, less what is not seen.
func TestPlacedOFD(t *testing.T) {
	rule := func(x1, y1, x2, y2 float64) string {
		return fmt.Sprintf(`<ofd:PathObject ID="2" Boundary="%g %g %g %g"><ofd:AbbreviatedData>M 0 0 L %g %g</ofd:AbbreviatedData></ofd:PathObject>`, x1, y1, x2-x1, y2-y1, x2-x1, y2-y1)
	}
	form := ofdText(32, 52, "指标") + ofdText(72, 52, "本年") + ofdText(32, 62, "总产值") + ofdText(32, 72, "增加值")
	for _, y := range []float64{50, 60, 70, 80} {
		form += rule(30, y, 110, y)
	}
	for _, x := range []float64{30, 70, 110} {
		form += rule(x, 50, x, 80)
	}
	file := func(page string, more ...string) []byte {
		const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
		return zipped(t, append([]string{
			"OFD.xml", `<ofd:OFD` + space + `><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
			"Doc_0/Document.xml", `<ofd:Document` + space + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>Res.xml</ofd:DocumentRes><ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Doc_0/Pages/P.xml"/></ofd:Pages></ofd:Document>`,
			"Doc_0/Pages/P.xml", `<ofd:Page` + space + `>` + page + `</ofd:Page>`,
			"Doc_0/Tpls/T.xml", `<ofd:Page` + space + `><ofd:Content><ofd:Layer>` + form + `</ofd:Layer></ofd:Content></ofd:Page>`,
			"Doc_0/Res.xml", `<ofd:Res` + space + `><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50"><ofd:Content>` + ofdText(10, 10, "全年新增企业十二家，比上年多三家。") + `<ofd:CompositeObject Boundary="0 0 210 297" ResourceID="50"/></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`,
		}, more...)...)
	}
	layer := func(s string) string { return "<ofd:Content><ofd:Layer>" + s + "</ofd:Layer></ofd:Content>" }
	for _, c := range []struct{ name, page, want string }{
		{"template", `<ofd:Template TemplateID="9"/>` + layer(ofdText(72, 62, "９１２")+ofdText(72, 72, "３３０")), "指标 | 本年\n总产值 | ９１２\n增加值 | ３３０"},
		{"by reference, itself within", layer(`<ofd:CompositeObject Boundary="20 30 210 297" ResourceID="50"/>`), "全年新增企业十二家，比上年多三家。"},
		{"not visible", layer(ofdText(20, 30, "全年新增企业十二家。") + strings.Replace(ofdText(20, 50, "内部数三十五万元"), "<ofd:TextObject", `<ofd:TextObject Visible="false"`, 1) + strings.Replace(ofdText(20, 70, "内部数三十六万元"), "<ofd:TextObject", `<ofd:TextObject Alpha="0"`, 1)), "全年新增企业十二家。"},
		{"up the page", layer(strings.Replace(ofdText(20, 60, "全年新增企业十二家。"), "<ofd:TextObject", `<ofd:TextObject CTM="0 -1 1 0 0 100"`, 1)), "全年新增企业十二家。"},
		{"cut in a number", layer(`<ofd:TextObject ID="1" Boundary="20 60 90 20" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="4 4 4 4 4 2 2 2 2 -26 2 2 2 4 4" DeltaY="0 0 0 0 0 0 0 0 0 6 0 0 0 0 0">地上面积36799.86平方米</ofd:TextCode></ofd:TextObject>` + ofdText(20, 90, "全县坚持稳中求进，扎实推动高质量发展，各项工作取得新的成效")), "地上面积36799.86平方米\n全县坚持稳中求进，扎实推动高质量发展，各项工作取得新的成效"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimPrefix(outline(read(t, "a.ofd", file(c.page))), "page 1\n"); got != c.want {
				t.Errorf("reads\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// The unit above each table of a file of forms is that table's, though it stands at the same
// place on every page; a head that stands there too, and what heads the parts of one table,
// stand once.
func TestUnitsOfForms(t *testing.T) {
	names := []float64{80, 240, 360}
	var forms, parts []*sheet
	for i, of := range []string{"一般债务", "专项债务", "债券发行", "债券还本"} {
		form := func(title string) *sheet {
			return new(sheet).text(80, 815, 10, "某市财政局编").text(200, 790, 12, title).text(400, 770, 10, "单位：亿元").
				frame([]float64{75, 235, 355, 465}, []float64{760, 740, 720, 700}).rows(names, 745, 20, "项目|2022年|2023年", of+"甲|1"+fmt.Sprint(i)+"|2", of+"乙|3|4")
		}
		forms = append(forms, form("某市2023年"+of+"情况表"))
		parts = append(parts, form("某市2023年债务情况表"))
	}
	units := func(sheets []*sheet) (n int) {
		return strings.Count(read(t, "a.pdf", pdfOf(sheets...)).Text, "单位：亿元")
	}
	if n := units(forms); n != 4 {
		t.Errorf("of four forms %d have their unit", n)
	}
	if n := units(parts); n != 1 {
		t.Errorf("of one table on four pages %d units are read", n)
	}
	if n := strings.Count(read(t, "a.pdf", pdfOf(forms...)).Text, "某市财政局编"); n > 1 {
		t.Errorf("the head of the pages is read %d times", n)
	}
}
