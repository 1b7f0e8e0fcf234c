package corpus_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/page"
)

// tableDocx makes a Word file of a table in HTML's terms: cells parted by |,
// "<" takes the place of the cell to its left, "^" of the one above.
func tableDocx(t *testing.T, lines []string, rows []string) []byte {
	t.Helper()
	var b strings.Builder
	paragraph := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	for _, line := range lines {
		b.WriteString(paragraph(line))
	}
	b.WriteString("<w:tbl>")
	cells := split(rows)
	for r, row := range cells {
		b.WriteString("<w:tr>")
		for c := 0; c < len(row); {
			text, span, merge := row[c], across(row, c), ""
			switch {
			case text == "^":
				text, merge = "", "<w:vMerge/>"
			case r+1 < len(cells) && cells[r+1][c] == "^":
				merge = `<w:vMerge w:val="restart"/>`
			}
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:gridSpan w:val="%d"/>%s</w:tcPr>%s</w:tc>`, span, merge, paragraph(text))
			c += span
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`, b.String())
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// tablePage makes a web page of the same.
func tablePage(lines []string, rows []string) []byte {
	var b strings.Builder
	b.WriteString("<html><body>")
	for _, line := range lines {
		b.WriteString("<p>" + line + "</p>")
	}
	b.WriteString("<table>")
	cells := split(rows)
	for r, row := range cells {
		b.WriteString("<tr>")
		for c := 0; c < len(row); c += across(row, c) {
			if row[c] == "^" {
				continue
			}
			down := 1
			for r+down < len(cells) && cells[r+down][c] == "^" {
				down++
			}
			fmt.Fprintf(&b, `<td colspan="%d" rowspan="%d">%s</td>`, across(row, c), down, row[c])
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table></body></html>")
	return []byte(b.String())
}

func tableCSV(lines []string, rows []string) []byte {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line + "\n")
	}
	for _, row := range split(rows) {
		for c, cell := range row {
			if c > 0 {
				b.WriteByte(',')
			}
			if cell != "<" && cell != "^" {
				b.WriteString(`"` + cell + `"`)
			}
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func split(rows []string) (cells [][]string) {
	for _, row := range rows {
		parts := strings.Split(row, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		cells = append(cells, parts)
	}
	return cells
}

func across(row []string, c int) int {
	n := 1
	for c+n < len(row) && row[c+n] == "<" {
		n++
	}
	return n
}

// statistics are tables as bureaus print them, and all figures that their cells
// hold: those that are missing or dashes, numbers of rows and ranks are none.
var statistics = []struct {
	name  string
	lines []string
	rows  []string
	want  []string
}{
	{"merged heads, two years, parts", []string{"某县2023年国民经济主要指标情况", "表1 2023年主要经济指标", "单位：亿元"},
		[]string{
			"指标名称 | 2023年 | < | 2022年 | <",
			"^ | 总量 | 增长（%） | 总量 | 增长（%）",
			"地区生产总值 | 148.24 | 7.1 | 138.52 | 4.6",
			"其中：第一产业 | 12.30 | 3.9 | 11.80 | —",
			"第二产业 | 48.35 |  | 45.10 | -1.2",
			"财政总收入（万元） | 203,180 | 8.0 | 188130 | 2.5",
		}, []string{
			"|地区生产总值|148.24|14824000000 元|2023年|actual|level|县", "|地区生产总值|7.1|7.1 %|2023年|actual|growth|县",
			"|地区生产总值|138.52|13852000000 元|2022年|actual|level|县", "|地区生产总值|4.6|4.6 %|2022年|actual|growth|县",
			"|地区生产总值第一产业|12.30|1230000000 元|2023年|actual|level|县", "|地区生产总值第一产业|3.9|3.9 %|2023年|actual|growth|县",
			"|地区生产总值第一产业|11.80|1180000000 元|2022年|actual|level|县",
			"|第二产业|48.35|4835000000 元|2023年|actual|level|县", "|第二产业|45.10|4510000000 元|2022年|actual|level|县", "|第二产业|-1.2|-1.2 %|2022年|actual|growth|县",
			"|财政总收入|203,180|2031800000 元|2023年|actual|level|县", "|财政总收入|8.0|8 %|2023年|actual|growth|县",
			"|财政总收入|188130|1881300000 元|2022年|actual|level|县", "|财政总收入|2.5|2.5 %|2022年|actual|growth|县",
		}},
	{"units in a column", []string{"某区2023年统计公报"},
		[]string{
			"序号 | 指标 | 计量单位 | 2023年 | 比上年增长% | 占比（%）",
			"1 | 规模以上工业总产值 | 亿元 | 912.5 | 6.2 | 61.3",
			"2 | 用电量 | 万千瓦时 | 30,512 | -0.8 | —",
			"3 | 企业数 | 家 | 187 | … | 12.0",
			"4 | 户籍人口 | 万人 | 15.46 |  | ",
		}, []string{
			"|规模以上工业总产值|912.5|91250000000 元|2023年|actual|level|区", "|规模以上工业总产值|6.2|6.2 %|2023年|actual|growth|区",
			"|规模以上工业总产值|61.3|61.3 %|2023年|actual|share|区",
			"|用电量|30,512|305120000 千瓦时|2023年|actual|level|区", "|用电量|-0.8|-0.8 %|2023年|actual|growth|区",
			"|企业数|187|187 家|2023年|actual|level|区", "|企业数|12.0|12 %|2023年|actual|share|区",
			"|户籍人口|15.46|154600 人|2023年|actual|level|区",
		}},
	{"plan beside result, months, total, ranks", []string{"某区2023年重点项目情况", "单位：万元、个"},
		[]string{
			"街道 | 项目数（个） | 计划投资 | 实际完成投资 | 完成率 | 排名",
			"北岙街道 | 12 | 5,000 | 4,812 | 96.2% | 2",
			"东屏街道 | 8 | 2,000 | 2,100 | 105% | 1",
			"合计 | 20 | 7,000 | 6,912 | 98.7% | ",
		}, []string{
			"|北岙街道项目数|12|12 个|2023年|actual|level|区",
			"|北岙街道计划投资|5,000|50000000 元|2023年|target|level|区",
			"|北岙街道实际完成投资|4,812|48120000 元|2023年|actual|level|区",
			"|北岙街道完成率|96.2%|96.2 %|2023年|actual|level|区",
			"|东屏街道项目数|8|8 个|2023年|actual|level|区",
			"|东屏街道计划投资|2,000|20000000 元|2023年|target|level|区",
			"|东屏街道实际完成投资|2,100|21000000 元|2023年|actual|level|区",
			"|东屏街道完成率|105%|105 %|2023年|actual|level|区",
			"|项目数|20|20 个|2023年|actual|level|区",
			"|计划投资|7,000|70000000 元|2023年|target|level|区",
			"|实际完成投资|6,912|69120000 元|2023年|actual|level|区",
			"|完成率|98.7%|98.7 %|2023年|actual|level|区",
		}},
	{"months", []string{"某市2024年1-6月主要经济指标", "单位：亿元"},
		[]string{
			"指标 | 6月 | 1-6月 | 1-6月同比增长（%）",
			"社会消费品零售总额 | 30.5 | 182.4 | 5.1",
			"  其中：限额以上 | 12.1 | 70.2 | 6.3",
			"  限额以下 | 18.4 | 112.2 | 4.4",
			"城镇化率 | 66.1 | 66.2 | 0.4",
			"企业数（家） | 12 | 80 | 3.0",
			"常住人口 | 20.1 | 20.2 | 0.1",
			"注：绝对数按现价计算，增长按可比价计算。 | < | < | <",
		}, []string{
			"|社会消费品零售总额|30.5|3050000000 元|2024年6月|actual|level|市",
			"|社会消费品零售总额|182.4|18240000000 元|2024年1-6月|actual|level|市",
			"|社会消费品零售总额|5.1|5.1 %|2024年1-6月|actual|growth|市",
			"|社会消费品零售总额限额以上|12.1|1210000000 元|2024年6月|actual|level|市",
			"|社会消费品零售总额限额以上|70.2|7020000000 元|2024年1-6月|actual|level|市",
			"|社会消费品零售总额限额以上|6.3|6.3 %|2024年1-6月|actual|growth|市",
			"|限额以下|18.4|1840000000 元|2024年6月|actual|level|市",
			"|限额以下|112.2|11220000000 元|2024年1-6月|actual|level|市",
			"|限额以下|4.4|4.4 %|2024年1-6月|actual|growth|市",
			"|城镇化率|66.1|66.1 |2024年6月|actual|level|市",
			"|城镇化率|66.2|66.2 |2024年1-6月|actual|level|市",
			"|城镇化率|0.4|0.4 %|2024年1-6月|actual|growth|市",
			"|企业数|12|12 家|2024年6月|actual|level|市",
			"|企业数|80|80 家|2024年1-6月|actual|level|市",
			"|企业数|3.0|3 %|2024年1-6月|actual|growth|市",
			"|常住人口|20.1|20.1 |2024年6月|actual|level|市",
			"|常住人口|20.2|20.2 |2024年1-6月|actual|level|市",
			"|常住人口|0.1|0.1 %|2024年1-6月|actual|growth|市",
		}},
	{"years as rows", []string{"某市历年主要指标"},
		[]string{
			"年份 | 地区生产总值（亿元） | 增长（%） | 城镇登记失业率（%） | 失业率比上年增减（百分点）",
			"2021 | 120.5 | 8.2 | 2.1 | -0.1",
			"2022年 | 131.0 | 4.6 | 2.2 | 0.1",
			"2023 | 148.2 | 7.1 | 2.0 | -0.2",
		}, []string{
			"|地区生产总值|120.5|12050000000 元|2021年|actual|level|",
			"|地区生产总值|8.2|8.2 %|2021年|actual|growth|",
			"|城镇登记失业率|2.1|2.1 %|2021年|actual|level|",
			"|失业率增减|-0.1|-0.1 个百分点|2021年|actual|growth|",
			"|地区生产总值|131.0|13100000000 元|2022年|actual|level|",
			"|地区生产总值|4.6|4.6 %|2022年|actual|growth|",
			"|城镇登记失业率|2.2|2.2 %|2022年|actual|level|",
			"|失业率增减|0.1|0.1 个百分点|2022年|actual|growth|",
			"|地区生产总值|148.2|14820000000 元|2023年|actual|level|",
			"|地区生产总值|7.1|7.1 %|2023年|actual|growth|",
			"|城镇登记失业率|2.0|2 %|2023年|actual|level|",
			"|失业率增减|-0.2|-0.2 个百分点|2023年|actual|growth|",
		}},
	{"rates below a unit of money", []string{"某区2023年主要经济指标完成情况", "单位：亿元、%、人"},
		[]string{
			"指标 | 2023年 | 2022年 | 增减额 | 增减幅",
			"财政收入 | 20.1 | 18.5 | 1.6 | 8.6",
			"税收占比 | 85.2 | 84.1 |  | ",
			"新增就业 | 5200 | 4800 | 400 | 8.3",
			"二、民生 | | | | ",
			"低保标准（元/月） | 1100 | 1010 | 90 | 8.9",
		}, []string{
			"|财政收入|20.1|2010000000 元|2023年|actual|level|区",
			"|财政收入|18.5|1850000000 元|2022年|actual|level|区",
			"|财政收入|1.6|160000000 元|2023年|actual|increase|区",
			"|财政收入|8.6|8.6 %|2023年|actual|growth|区",
			"|税收|85.2|85.2 %|2023年|actual|share|区",
			"|税收|84.1|84.1 %|2022年|actual|share|区",
			"|新增就业|5200|5200 人|2023年|actual|level|区",
			"|新增就业|4800|4800 人|2022年|actual|level|区",
			"|新增就业|400|400 人|2023年|actual|increase|区",
			"|新增就业|8.3|8.3 %|2023年|actual|growth|区",
			"|低保标准|1100|1100 元/月|2023年|actual|level|区",
			"|低保标准|1010|1010 元/月|2022年|actual|level|区",
			"|低保标准|90|90 元/月|2023年|actual|increase|区",
			"|低保标准|8.9|8.9 %|2023年|actual|growth|区",
		}},
	{"title, maker and unit within", []string{"某县2023年财政收支情况"},
		[]string{
			"表1 2023年收入完成情况表 | < | <",
			"编制单位：某县财政局 | | 单位：万元",
			"项目 | 2022年 | 2023年",
			"一、税收收入 | |",
			"增值税 | 120 | 150",
			"其中：改征增值税 | 30 | 42.5",
			"二、非税收入 | 30 | (1,040.5)",
			"合计 | 150 | 190",
			"注：2023年为快报数。 | < | <",
		}, []string{
			"|税收收入增值税|120|1200000 元|2022年|actual|level|县", "|税收收入增值税|150|1500000 元|2023年|actual|level|县",
			"|增值税改征增值税|30|300000 元|2022年|actual|level|县", "|增值税改征增值税|42.5|425000 元|2023年|actual|level|县",
			"|非税收入|30|300000 元|2022年|actual|level|县", "|非税收入|(1,040.5)|-10405000 元|2023年|actual|level|县",
			"|收入完成|150|1500000 元|2022年|actual|level|县", "|收入完成|190|1900000 元|2023年|actual|level|县",
		}},
	{"numbered parts, of a year and a plan of their own", []string{"某县政府债券情况", "单位：万元"},
		[]string{
			"项目 | 公式 | 本地区",
			"一、2023年发行预计执行数 | A=B+C | 150",
			"（一）一般债券 | B | 90",
			"（二）专项债券 | C | 60",
			"二．2024年还本预算数 | D=E+F | 238",
			"（一）一般债券 | E | 210",
			"其中：再融资 | | 189",
			"财政预算安排 | | 21",
			"（二）专项债券 | F | 28",
			"合计 | | 388",
		}, []string{
			"|发行预计执行数本地区|150|1500000 元|2023年|actual|level|县", "|发行预计执行数一般债券本地区|90|900000 元|2023年|actual|level|县",
			"|发行预计执行数专项债券本地区|60|600000 元|2023年|actual|level|县",
			"|还本预算数本地区|238|2380000 元|2024年|target|level|县", "|还本预算数一般债券本地区|210|2100000 元|2024年|target|level|县",
			"|还本预算数一般债券再融资本地区|189|1890000 元|2024年|target|level|县", "|财政预算安排本地区|21|210000 元|2024年|target|level|县",
			"|还本预算数专项债券本地区|28|280000 元|2024年|target|level|县", "|本地区|388|3880000 元||actual|level|县",
		}},
	{"years as parts, and a row that has no values", []string{"某县2023年支出情况", "单位：万元"},
		[]string{
			"项目 | 支出",
			"2022年 | ",
			"教育支出 | 150",
			"2023年 | ",
			"外交支出 | ",
			"教育支出 | 160",
			"行政运行 | 21",
		}, []string{
			"|教育支出|150|1500000 元|2022年|actual|level|县", "|教育支出|160|1600000 元|2023年|actual|level|县", "|行政运行支出|21|210000 元|2023年|actual|level|县",
		}},
	{"names with brackets", []string{"某县2023年投资情况"},
		[]string{
			"项目 | 2023年（万元） | 其中：新开工（万元）",
			"投资（不含农户） | 150 | 25",
			"（工业）投资 | 60 | 15",
			"（其他） | 210 | 21",
		}, []string{
			"|投资（不含农户）|150|1500000 元|2023年|actual|level|县", "|投资（不含农户）新开工|25|250000 元|2023年|actual|level|县",
			"|（工业）投资|60|600000 元|2023年|actual|level|县", "|（工业）投资新开工|15|150000 元|2023年|actual|level|县",
			"|其他|210|2100000 元|2023年|actual|level|县", "|其他新开工|21|210000 元|2023年|actual|level|县",
		}},
	{"what is done in a column of plans", []string{"某县2024年债务情况", "单位：万元"},
		[]string{
			"项目 | 预算数 | 执行数",
			"一、2023年末债务余额实际数 | 290 | ",
			"二、2024年债务发行额 | 19 | 18",
		}, []string{
			"|债务余额实际数预算数|290|2900000 元|2023年|actual|level|县",
			"|债务发行额预算数|19|190000 元|2024年|target|level|县", "|债务发行额执行数|18|180000 元|2024年|actual|level|县",
		}},
	{"income beside expenditure", []string{"某县2024年收支总表", "单位：万元"},
		[]string{
			"收入项目 | 2023年决算数 | 2024年预算数 | 支出项目 | 2023年决算数 | 2024年预算数",
			"税收收入 | 9674 | 9300 | 一般公共服务支出 | 5453 | 5011",
			"非税收入 | 9535 | — | 教育支出 | 9195 | 9245",
			" | | | 卫生健康支出 | 6514 | 6679",
		}, []string{
			"|税收收入决算数|9674|96740000 元|2023年|actual|level|县", "|税收收入预算数|9300|93000000 元|2024年|target|level|县",
			"|一般公共服务支出决算数|5453|54530000 元|2023年|actual|level|县", "|一般公共服务支出预算数|5011|50110000 元|2024年|target|level|县",
			"|非税收入决算数|9535|95350000 元|2023年|actual|level|县",
			"|教育支出决算数|9195|91950000 元|2023年|actual|level|县", "|教育支出预算数|9245|92450000 元|2024年|target|level|县",
			"|卫生健康支出决算数|6514|65140000 元|2023年|actual|level|县", "|卫生健康支出预算数|6679|66790000 元|2024年|target|level|县",
		}},
	{"trades beside trades", []string{"某县2023年统计公报", "表2 2023年分行业投资增速"},
		[]string{
			"行业 | 增长（%） | 行业 | 增长（%）",
			"采矿业 | 83.7 | 房地产业 | -22.3",
			"制造业 | -25.7 | 教育 | 33.4",
		}, []string{
			"|采矿业|83.7|83.7 %|2023年|actual|growth|县", "|房地产业|-22.3|-22.3 %|2023年|actual|growth|县",
			"|制造业|-25.7|-25.7 %|2023年|actual|growth|县", "|教育|33.4|33.4 %|2023年|actual|growth|县",
		}},
	{"three beside one another, with units", []string{"某县2023年基本情况"},
		[]string{
			"指标 | 单位 | 数值 | 指标 | 单位 | 数值",
			"户籍人口 | 万人 | 31.5 | 耕地面积 | 万亩 | 26.4",
			"常住人口 | 万人 | 28.4 | 行政村 | 个 | 187",
		}, []string{
			"|户籍人口|31.5|315000 人|2023年|actual|level|县", "|耕地面积|26.4|264000 亩|2023年|actual|level|县",
			"|常住人口|28.4|284000 人|2023年|actual|level|县", "|行政村|187|187 个|2023年|actual|level|县",
		}},
	{"what a firm belongs to is no name", []string{"某县2023年重点企业情况"},
		[]string{
			"企业名称 | 产值（万元） | 所属行业 | 税收（万元）",
			"宏达公司 | 1200 | 制造业 | 80",
			"恒利公司 | 640 | 建筑业 | 60",
		}, []string{
			"|宏达公司产值|1200|12000000 元|2023年|actual|level|县", "|宏达公司税收|80|800000 元|2023年|actual|level|县",
			"|恒利公司产值|640|6400000 元|2023年|actual|level|县", "|恒利公司税收|60|600000 元|2023年|actual|level|县",
		}},
	{"words that may name or remark", []string{"某县2023年有关情况"},
		[]string{
			"行业 | 产值（万元） | 产品 | 产量（吨）",
			"采矿业 | 1200 | 铁矿石 | 80",
			"制造业 | 640 | 水泥 | 60",
		}, []string{
			"|采矿业产值|1200|12000000 元|2023年|actual|level|县",
			"|制造业产值|640|6400000 元|2023年|actual|level|县",
		}},
	{"a remark between values is no name", []string{"某县2023年重点项目情况"},
		[]string{
			"项目名称 | 总投资（万元） | 责任单位 | 完成投资（万元）",
			"河堤加固 | 1200 | 水利局 | 800",
			"校舍改造 | 640 | 教育局 | 600",
		}, []string{
			"|河堤加固总投资|1200|12000000 元|2023年|actual|level|县", "|河堤加固完成投资|800|8000000 元|2023年|actual|level|县",
			"|校舍改造总投资|640|6400000 元|2023年|actual|level|县", "|校舍改造完成投资|600|6000000 元|2023年|actual|level|县",
		}},
	{"numbers that nobody can tell are left out", []string{"某县2023年收入情况", "单位：万元"},
		[]string{
			"项目 | 2022年 | 2023年 | ",
			"税收收入 | 120 | 150 | 77",
			" | 30 | 40 | ",
			"非税收入 | 31 | ▲12 | (3) ",
			"上级补助 | 33 | ▼12.6 | 88",
			"债务收入 | 01-23 17:05 | 2023/5/6 | ",
			"调入资金 | 2001.10 | 1953.60 | 2011.5.6",
			"万元 | 7 | 8 | ",
		}, []string{
			"|税收收入|120|1200000 元|2022年|actual|level|县", "|税收收入|150|1500000 元|2023年|actual|level|县", "|税收收入|77|770000 元|2023年|actual|level|县",
			"|非税收入|31|310000 元|2022年|actual|level|县",
			"|上级补助|33|330000 元|2022年|actual|level|县", "|上级补助|▼12.6|-126000 元|2023年|actual|level|县", "|上级补助|88|880000 元|2023年|actual|level|县",
			"|调入资金|2001.10|20011000 元|2022年|actual|level|县", "|调入资金|1953.60|19536000 元|2023年|actual|level|县",
		}},
	{"an index and its base", []string{"某县2023年统计公报", "表1 2023年居民消费价格指数"},
		[]string{
			"指标 | 指数（上年=100） | 上年同期=100",
			"居民消费价格 | 100.3 | 99.9",
			"食品烟酒 | 101.2 | 100.8",
		}, []string{
			"|居民消费价格指数|100.3|100.3 |2023年|actual|level|县", "|居民消费价格|99.9|99.9 |2023年|actual|level|县",
			"|食品烟酒指数|101.2|101.2 |2023年|actual|level|县", "|食品烟酒|100.8|100.8 |2023年|actual|level|县",
		}},
	{"a rate beside its month", []string{"某县经济运行情况"},
		[]string{
			"指标 | 2023年3月 | 同比增长（%） | 年末比上年末增长（%）",
			"用电量（万千瓦时） | 312 | 4.4 | 5.5",
			"存款余额（亿元） | 88.2 | 6.1 | 7.7",
		}, []string{
			"|用电量|312|3120000 千瓦时|2023年3月|actual|level|", "|用电量|4.4|4.4 %|2023年3月|actual|growth|", "|用电量年末|5.5|5.5 %|2023年3月|actual|growth|",
			"|存款余额|88.2|8820000000 元|2023年3月|actual|level|", "|存款余额|6.1|6.1 %|2023年3月|actual|growth|", "|存款余额年末|7.7|7.7 %|2023年3月|actual|growth|",
		}},
	{"marks of notes, typed", []string{"某县2023年收入情况", "单位：万元"},
		[]string{
			"项目 | 2022年① | 2023年[2]",
			"税收收入* | 120 | 1208③",
			"非税收入（注1） | 31[4] | 40",
		}, []string{
			"|税收收入|120|1200000 元|2022年|actual|level|县", "|税收收入|1208|12080000 元|2023年|actual|level|县",
			"|非税收入|31|310000 元|2022年|actual|level|县", "|非税收入|40|400000 元|2023年|actual|level|县",
		}},
	{"numbered columns", []string{"某县2023年债务情况", "单位：亿元"},
		[]string{
			"地区 | 2023年债务限额 | < | <",
			"^ | 合计 | 一般债务 | 专项债务",
			"公式 | A=B+C | B | C",
			"栏次 | 1=2+3 | 2 | 3",
			"全县 | 33.5 | 20.1 | 13.4",
			"城关镇 | 3.4 | 2.3 | 1.1",
		}, []string{
			"|全县债务限额|33.5|3350000000 元|2023年|actual|level|县", "|全县债务限额一般债务|20.1|2010000000 元|2023年|actual|level|县", "|全县债务限额专项债务|13.4|1340000000 元|2023年|actual|level|县",
			"|城关镇债务限额|3.4|340000000 元|2023年|actual|level|县", "|城关镇债务限额一般债务|2.3|230000000 元|2023年|actual|level|县", "|城关镇债务限额专项债务|1.1|110000000 元|2023年|actual|level|县",
		}},
}

// tableXLSX makes a workbook of the same: its cells are numbers where they are.
func tableXLSX(t *testing.T, lines []string, rows []string) []byte {
	t.Helper()
	var cells, merged strings.Builder
	place := func(row, column int) string { return string(rune('A'+column)) + strconv.Itoa(row+1) }
	text := func(row, column int, s string) {
		if v, err := strconv.ParseFloat(s, 64); err == nil && strconv.FormatFloat(v, 'f', -1, 64) == s {
			fmt.Fprintf(&cells, `<c r="%s"><v>%s</v></c>`, place(row, column), s)
		} else if s != "" {
			fmt.Fprintf(&cells, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, place(row, column), s)
		}
	}
	for r, line := range lines {
		cells.WriteString("<row>")
		text(r, 0, line)
		cells.WriteString("</row>")
	}
	grid := split(rows)
	for r, row := range grid {
		cells.WriteString("<row>")
		for c := 0; c < len(row); c += across(row, c) {
			if row[c] == "^" {
				continue
			}
			down := 1
			for r+down < len(grid) && grid[r+down][c] == "^" {
				down++
			}
			text(len(lines)+r, c, row[c])
			if right := across(row, c); down > 1 || right > 1 {
				fmt.Fprintf(&merged, `<mergeCell ref="%s:%s"/>`, place(len(lines)+r, c), place(len(lines)+r+down-1, c+right-1))
			}
		}
		cells.WriteString("</row>")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, part := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + cells.String() + `</sheetData><mergeCells>` + merged.String() + `</mergeCells></worksheet>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(part))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The cells of a table say the same in each format, and only what they say.
func TestStatistics(t *testing.T) {
	for _, s := range statistics {
		for name, content := range map[string][]byte{"a.html": tablePage(s.lines, s.rows), "a.docx": tableDocx(t, s.lines, s.rows), "a.csv": tableCSV(s.lines, s.rows), "a.xlsx": tableXLSX(t, s.lines, s.rows)} {
			t.Run(s.name+"/"+name, func(t *testing.T) {
				reports, err := corpus.Builtin().ReadFile(context.Background(), name, content)
				if err != nil {
					t.Fatal(err)
				}
				checkReport(t, reports[0])
				var got []string
				for _, p := range reports[0].Paragraphs {
					for _, f := range p.Figures() {
						if p.Row != nil {
							got = append(got, line(f))
						}
					}
				}
				sameLines(t, strings.Join(got, "\n"), strings.Join(s.want, "\n"))
			})
		}
	}
}

// FuzzTable: whatever stands in a table, its figures stand where they say.
func FuzzTable(f *testing.F) {
	for _, s := range statistics {
		f.Add(string(tablePage(s.lines, s.rows)))
	}
	f.Fuzz(func(t *testing.T, source string) {
		d, err := page.Read([]byte(source), "", document.Default)
		if err != nil {
			return
		}
		if r, err := corpus.Builtin().ParseDocument("fuzz", d); err == nil {
			checkReport(t, r)
		}
	})
}

// A line that only numbers the table is neither its title nor an amount.
func TestNumberedTable(t *testing.T) {
	for _, number := range []string{"表1-1", "表1 - 1", "附件2", "附表三：", "表 12"} {
		content := tableDocx(t, []string{number, "青川县2023年债务余额", "单位：亿元"}, []string{"项目 | 2023年", "一般债务 | 12.5"})
		reports, err := corpus.Builtin().ReadFile(context.Background(), "a.docx", content)
		if err != nil {
			t.Fatal(err)
		}
		var figures []string
		for _, p := range reports[0].Paragraphs {
			for _, f := range p.Figures() {
				figures = append(figures, f.Text)
			}
		}
		if got := strings.Join(figures, " "); reports[0].Title != "青川县2023年债务余额" || got != "12.5" {
			t.Errorf("%s: 《%s》 with %s", number, reports[0].Title, got)
		}
	}
}
