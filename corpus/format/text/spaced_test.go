package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// parted puts a gap between the characters of a text as programs do: none before what a number or a
// word ends with, since those come in one piece.
func parted(text, gap string) string {
	var b strings.Builder
	var last rune
	for _, r := range text {
		if last > ' ' && r > ' ' && (chinese(last) || inWord(last) && unicode.Is(unicode.Han, last)) {
			b.WriteString(gap)
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

const report = `关于本县2031年财政情况的报告
一、收入情况
2031年，全县各项收入共计412.08亿元，同比增长4.5%，其中契税、车船税共计36.7亿元。
（一）城区
新建桥梁12座（含人行桥3座），修缮“老街坊”住宅1,250套，惠及居民3.6万人；全部工程按期竣工。
`

// Whatever blanks part the characters, they go, and nothing else does.
func TestUnspaced(t *testing.T) {
	if got, want := parted("收入共计412.08亿元，增长", "  "), "收  入  共  计  412.08亿  元  ，  增  长"; got != want {
		t.Fatal(got)
	}
	for _, gap := range []string{" ", "  ", "　", "\u00a0", "   "} {
		if got, mostly := unspaced(parted(report, gap)); got != report || !mostly {
			t.Errorf("parted by %q it became\n%s", gap, got)
		}
	}
}

// A line among others that are spaced: what stands in it, and what it becomes.
func TestUnspacedLines(t *testing.T) {
	for line, want := range map[string]string{
		"（  六  ）  2031年  桥  梁  工  程":       "（六）2031年桥梁工程",
		"占  38.4%，  为  2029—  2031年  之  最": "占38.4%，为2029—2031年之最",
		"“  乡  e  站  ”  网  点  48  个  。":    "“乡e站”网点48个。",
		"共  计  120  130  人":                "共计120  130人", // two numbers
		"契  税      24.6      3.5":          "契税      24.6      3.5",
		"项  目        金  额        增  长":     "项目        金额        增长", // columns
		"契  税\t24.6\t3.5":                  "契税\t24.6\t3.5",
		"校  舍  |  12  |  30":               "校舍  |  12  |  30",
		"•  修  缮  校  舍":                    "•  修缮校舍",
		"-  修  缮  校  舍":                    "-  修缮校舍",
		"New  bridges  were  built":        "New  bridges  were  built",
		"    附  表":                         "    附表",
		"2  0  3  1  年":                    "2  0  3  1年", // others' digits touch
		"新建桥梁  修缮校舍":                       "新建桥梁  修缮校舍",  // its characters are not parted
	} {
		page := parted(report, "  ")
		got, _ := unspaced(page + line + "\n" + page)
		if want = report + want + "\n" + report; got != want {
			t.Errorf("%q became\n%s", line, got)
		}
	}
}

// Digits are put together where none touch, years are told by digits that are parted, and the number
// stands in a sentence.
func TestUnspacedDigits(t *testing.T) {
	report := `2031年，全县各项收入共计412.08亿元，同比增长4.5%，其中契税、车船税共计36.7亿元。
到2031年底，新建桥梁12座，修缮住宅1,250套，惠及居民3.6万人；全部工程按期竣工，投入使用。
`
	page := ""
	for _, r := range report {
		if page += string(r); r != '\n' {
			page += " "
		}
	}
	for line, want := range map[string]string{
		"共 计 5 0 3 人 。":         "共计503人。",
		"契 税 、 车 船 税 共 计 5 0 3": "契税、车船税共计503", // the unit stands in the next line
		"契 税 5 1 2":             "契税5 1 2",     // may be the cells of a row
		"共 计 1 2   3 0 人":       "共计1 2   3 0人",
		"1 . 2 0 3 1 年 收 入":     "1 . 2 0 3 1年收入",
		"见 第 1 2 . 3 . 4 节":     "见第1 2 . 3 . 4节",
		"占 4 . 5 % ， 为 最":       "占4.5%，为最",
	} {
		got, _ := unspaced(page + line + "\n")
		if want = strings.ReplaceAll(report, "\n", " \n") + want + "\n"; strings.ReplaceAll(got, " \n", "\n") != strings.ReplaceAll(want, " \n", "\n") {
			t.Errorf("%q became\n%s", line, got)
		}
	}
}

// What white space sets apart in other texts stays: titles, names, words, columns, cells.
func TestNotSpaced(t *testing.T) {
	sentence := "2031年，全县新建桥梁12座，修缮住宅1,250套；工程按期竣工。\n"
	for _, text := range []string{
		"目  录\n前  言\n附  录\n",
		"目  录\n" + sentence + "摘  要\n" + sentence,
		"组  长：王  五\n副组长：欧阳明\n组  员：赵  六、钱  七、孙  八\n",
		"王  五  赵  六  钱  七  孙  八  周  九  吴  十\n",
		"一  二  三  四  五  六  日\n是  否  是  是  否  是  否\n",
		"全县 新建 桥梁 12 座 ， 修缮 住宅 1,250 套 ； 工程 按期 竣工 。\n", // words that a program told apart
		"项  目            金  额      增  长\n契税              24.6        3.5\n",
		"Bridges   12   were  built , and  1,250  homes .\n",
		"合计\t12\t30\n",
		sentence,
	} {
		text = strings.Repeat(text, 30)
		if got, _ := unspaced(text); got != text {
			t.Errorf("it became\n%.300s", got)
		}
	}
}

// A part of a text that is spaced is put together; the rest stays, and its lines are not taken for
// those of a page set in Chinese type.
func TestPartlySpaced(t *testing.T) {
	sentence, table := "全县新建桥梁12座，工程按期竣工。\n", "项  目            金  额      增  长\n契税              24.6        3.5\n"
	before, behind := strings.Repeat(table+sentence, 10), strings.Repeat(sentence+table, 10)
	got, mostly := unspaced(before + parted(report, "  ") + behind)
	if got != before+report+behind || mostly {
		t.Errorf("%v\n%s", mostly, got)
	}
}

// page breaks paragraphs into lines of 28 characters, the first one shorter by the white that the
// text has lost, and puts the number of a page between some.
func page(paragraphs []string) string {
	var lines []string
	number := 0
	for _, p := range paragraphs {
		line := ""
		room := 52.0
		for _, r := range p {
			if setColumns(line+string(r)) > room && !strings.ContainsRune("，。、；：”）", r) {
				lines, line, room = append(lines, line), "", 56
				if len(lines)%12 == 0 {
					number++
					lines = append(lines, fmt.Sprintf("—%d—", number))
				}
			}
			line += string(r)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n") + "\n"
}

// The lines of a text that came spaced are put together to its paragraphs: over the ends of pages, and
// though first lines are short. Headings stay by themselves, and so does a paragraph behind a full line.
func TestSpacedAndWrapped(t *testing.T) {
	var paragraphs []string
	for i := range 4 {
		paragraphs = append(paragraphs,
			fmt.Sprintf("（%c）203%d年全县桥梁和“老街坊”住宅工程建设有关情况", []rune("一二三四")[i], i),
			fmt.Sprintf("203%d年，全县各项工程投入资金共计%d12.08亿元，同比增长4.5%%，其中城区桥梁工程投入36.7亿元、占全部投入的比重为8.9%%，县乡道路工程投入78.25亿元，均按期竣工并投入使用。", i, i+1),
			"下一步，将继续做好“老街坊”住宅修缮工程，优先安排危旧房屋，同时加快推进城区供水管网改造，力争使更多居民喝上放心水、住上安心房、走上平安路。",
			"1.城区桥梁",
			fmt.Sprintf("新建桥梁%d座，修缮人行桥3座。", 10+i))
	}
	text := page(paragraphs)
	if !strings.Contains(text, "\n—2—\n") || strings.Contains(text, "\n\n") {
		t.Fatal(text)
	}
	got := unwrapped(unspaced(parted(text, "  ")))
	if want := strings.Join(paragraphs, "\n") + "\n"; got != want {
		t.Errorf("it became\n%s", got)
	}
}

// A heading may be as wide as a first line; what shows that it has ended is that the line behind it is
// one. A subtitle that is wider than the lines of the page is no part of what follows.
func TestSetLines(t *testing.T) {
	w := &wrapped{set: true, width: 57}
	for _, row := range []struct {
		last, line, next string
		first, want      bool
	}{
		{"（七）2031年县人民代表大会决议及工程执行效果情况", "2031年，全县各级政府及其工程部门认真执行县十八届人", "大四次会议决议，各项工程按期竣工。", true, false},
		{"（七）2031年县人民代表大会决议及工程执行效果情况以", "及县乡道路工程执行情况", "2031年，各项工程按期竣工。", true, true},
		{"2031年，全县各项工程投入资金共计412.08亿元，其中", "城区桥梁工程投入36.7亿元。", "（八）其他", true, true},
		{"2031年，全县各项工程投入资金共计412.08亿元，其中", "城区桥梁工程投入36.7亿元。", "（八）其他", false, false},
		{"　　全县各项工程的投入资金到位，共计412.08亿元。", "县乡道路工程投入36.7亿元。", "（八）其他", true, false},
		{"使用资金75.63亿元，主要用于修缮危旧房屋及改造供水管网。", "——统筹安排80.1亿元，改造县乡道路、城区桥梁和供水管", "网。", false, false},
		{"——2032年1月19日在本县第十八届人民代表大会第五次会议上作", "县财政局", "各位代表：", true, false},
	} {
		w.lines = []string{row.last, row.line, row.next}
		if got := w.goesOn(row.last, row.first, 1); got != row.want {
			t.Errorf("%s | %s: %v", row.last, row.line, got)
		}
	}
}

// Nothing but blanks goes, whatever the text is.
func FuzzUnspaced(f *testing.F) {
	f.Add(report)
	f.Add(parted(report, "  "))
	f.Add(parted(report, " ") + "2 0 3 1 年\t1 2\r\n")
	f.Add("\xff 全 \xe5 市 ， 1 . 2\n")
	f.Fuzz(func(t *testing.T, text string) {
		visible := func(s string) string { return strings.Join(strings.Fields(s), "") }
		got, _ := unspaced(text)
		if visible(got) != visible(text) || strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q became %q", text, got)
		}
	})
}
