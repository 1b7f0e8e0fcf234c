package index_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"reportbot/corpus/terms"
)

// counties are the names of the list that the program has.
func counties(t *testing.T) (names []string) {
	t.Helper()
	text, err := os.ReadFile("terms/counties.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range terms.Lines(string(text)) {
		_, parts, _ := strings.Cut(line, ":")
		names = append(names, strings.Fields(parts)...)
	}
	return names
}

// slips of a name: without its first character, with one that sounds alike.
func slips(name string) (all []string) {
	all = []string{name}
	r := []rune(name)
	if len(r) > 2 {
		all = append(all, string(r[1:]))
	}
	for _, pair := range []string{"河和", "和河", "湖胡", "江疆", "山珊", "州洲", "阳扬", "城成", "安岸", "平坪", "东冬", "西溪", "溪西", "青清", "清青", "林霖", "岭领", "云芸"} {
		from, to := string([]rune(pair)[0]), string([]rune(pair)[1])
		if strings.Contains(name, from) {
			all = append(all, strings.Replace(name, from, to, 1))
		}
	}
	return all
}

var smallCounties = []string{
	"东和县2024年政府工作报告\n一、2023年工作回顾\n全县新建公园12个，粮食产量36.5万吨，地区生产总值增长5.2%。全县有中小学校48所、公交线路17条。\n二、2024年工作安排\n全县计划新建公园8个，改造桥梁6座。\n",
	"青溪县2024年政府工作报告\n一、2023年工作回顾\n全县新建公园5个，粮食产量21.7万吨，地区生产总值增长6.1%。全县有中小学校33所、公交线路9条。\n二、2024年工作安排\n全县计划新建公园4个，改造桥梁11座。\n",
	"云岭区2024年政府工作报告\n一、2023年工作回顾\n全区新建公园3个，粮食产量1.2万吨，地区生产总值增长4.4%。全区有中小学校21所、公交线路28条。\n二、2024年工作安排\n全区计划新建公园2个，改造桥梁3座。\n",
}

// The figures of three counties are no answer on any other: each of the nation's
// counties is asked about, as it is called and with a slip. Before, 全县 was read for
// 泉县 and 东和县 for 东湖县.
func TestNoOtherPlacesFigure(t *testing.T) {
	e := several(t, smallCounties...)
	forms := []string{"%新建公园多少个", "%2023年粮食产量多少", "请问%有多少所中小学校", "%改造桥梁几座", "2023年%地区生产总值增长多少", "%公交线路"}
	own := []string{"东和", "青溪", "云岭"}
	asked, named := 0, 0
	names := append(counties(t), "东湖县", "泉县", "北泽县", "东禾县", "青西县", "云岭县", "清溪市")
	if testing.Short() {
		names = names[:len(names)/8]
	}
	for i, name := range names {
		for k, slip := range slips(name) {
			if notPlaces[slip] || !strings.ContainsAny(slip, "市县区旗") || has(own, slip) && slip != "云岭县" && slip != "清溪市" {
				continue
			}
			q := strings.Replace(forms[(i+k)%len(forms)], "%", slip, 1)
			a := e.Ask(context.Background(), q, nil)
			asked++
			if a.Answered || len(a.Instead) > 0 {
				t.Errorf("%s: got %v, instead of it %d, read as %v", q, first(a, 2), len(a.Instead), a.DidYouMean)
			}
			if a.NoReportOf != "" {
				named++
			}
		}
	}
	if named < asked*9/10 {
		t.Errorf("only %d of %d say of what place there is no report", named, asked)
	}
	t.Logf("%d questions, %d say of what place there is no report", asked, named)
}

// notPlaces are words that a slip of a name may leave.
var notPlaces = map[string]bool{"城区": true, "山区": true, "全区": true, "全县": true, "集市": true, "强县": true, "海区": true, "湖区": true, "和区": true, "年区": true, "郊区": true, "林区": true, "港区": true, "库区": true, "市区": true, "县区": true, "农区": true, "同区": true, "为市": true, "全港区": true, "全山区": true, "城市": true, "查县": true, "多县": true, "末县": true, "那市": true, "年县": true, "日县": true, "为县": true, "都市": true, "县市": true, "同县": true, "等县": true, "街区": true, "门市": true}

func has(own []string, name string) bool {
	for _, o := range own {
		if strings.Contains(name, o) {
			return true
		}
	}
	return false
}

// A question names its place by its full name or a short one, of several it gets one
// figure each, and none before the person says which 我县 is.
func TestPlaceIsACondition(t *testing.T) {
	e := several(t, append(smallCounties, "2024年安徽省政府工作报告\n一、2023年工作回顾\n全省新建公园310个，粮食产量4150万吨。\n")...)
	for question, want := range map[string]string{
		"青溪县新建公园多少个": "5个", "青溪新建公园多少": "5个", "东和县的粮食产量": "36.5万吨", "云岭区有多少所中小学校": "21所", "皖去年粮食产量多少": "4150万吨", "安徽粮食产量": "4150万吨",
		"青溪县和云岭区新建公园各多少个": "5个, 3个", "东和县、青溪县、安徽省2023年粮食产量分别是多少": "36.5万吨, 21.7万吨, 4150万吨",
		"皖北县粮食产量": "", "云岭市新建公园多少个": "", "吉林粮食产量": "", "我县新建公园多少个": "", "我省粮食产量": "",
	} {
		a := e.Ask(context.Background(), question, nil)
		got := ""
		if a.Answered {
			var texts []string
			for _, f := range a.Figures[:max(1, a.Asked)] {
				texts = append(texts, f.Text)
			}
			got = strings.Join(texts, ", ")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q (no report of %q)", question, got, want, a.NoReportOf)
		}
		if a.AskPlace != strings.HasPrefix(question, "我") {
			t.Errorf("%s: asks back for the place: %v", question, a.AskPlace)
		}
	}
}

// What is a word needs no mending, nor does a place; what is neither is mended.
func TestMending(t *testing.T) {
	e := several(t, smallCounties...)
	for question, want := range map[string]string{"东和县粮食产量对不对": "", "东湖县新建公园多少个": "", "泉县粮食产量": ""} {
		if got := strings.Join(e.Ask(context.Background(), question, nil).DidYouMean, ""); got != want {
			t.Errorf("%s: taken as %q, want %q", question, got, want)
		}
	}
}

// Of places whose names end alike each has its own figure, and one that no report is of
// has none: at a million paragraphs 文川城区 was answered with the figure of 三川城区.
func TestNamesThatEndAlike(t *testing.T) {
	names := []string{"川城区", "江城区", "白石头镇", "青石头镇"}
	for _, first := range "安白北长东丰福高广海河红湖华怀金康兰乐临龙罗明南宁青荣三石顺泰文武新兴阳银永云" {
		names = append(names, string(first)+"川城区", string(first)+"城城区")
	}
	var texts []string
	for i, name := range names {
		texts = append(texts, fmt.Sprintf("%s2024年政府工作报告\n一、2023年工作回顾\n2023年新建公园%d个，完成投资3.2亿元。持续推进公园建设，完善长效机制。\n", name, 11+i))
	}
	e := several(t, texts...)
	for i, name := range names {
		for _, form := range []string{"%s2023年新建公园多少个", "请问%s新建公园多少个", "2023年%s新建公园"} {
			question := fmt.Sprintf(form, name)
			a := e.Ask(context.Background(), question, nil)
			if want := fmt.Sprintf("%d个", 11+i); !a.Answered || len(a.Figures) == 0 || a.Figures[0].Text != want {
				t.Errorf("%s: %v %+v, want %s", question, a.Answered, a.Figures, want)
			}
		}
	}
	for _, name := range []string{"黑石头镇"} {
		if a := e.Ask(context.Background(), name+"2023年新建公园多少个", nil); a.Answered {
			t.Errorf("%s is answered with %s of 《%s》", name, a.Figures[0].Text, a.Figures[0].Paragraph.Report.Title)
		}
	}
}

// A place is named in English with a capital or without, but for words that mean something else besides.
func TestPlacesInSmallLetters(t *testing.T) {
	e := several(t, "2026年内蒙古自治区政府工作报告\n\n一、2025年工作回顾\n\n地区生产总值增长4.7%，养殖火鸡30万只。城镇新增就业20万人。\n", "2026年广西壮族自治区政府工作报告\n\n一、2025年工作回顾\n\n地区生产总值增长5.1%。城镇新增就业42万人。\n")
	for question, want := range map[string]string{
		"how fast did inner mongolia's gdp grow in 2025": "4.7%", "gdp growth of guangxi": "5.1%",
		"gdp growth of singapore": "", "how fast did japan's gdp grow in 2025": "", "gdp growth in sichuan": "", "how many turkey are raised": "30万只",
	} {
		a := e.Ask(t.Context(), question, nil)
		got := ""
		if a.Answered && len(a.Figures) > 0 {
			got = a.Figures[0].Text
		}
		if got != want || want == "" && a.NoReportOf == "" {
			t.Errorf("%s: %q (no report of %q), want %q", question, got, a.NoReportOf, want)
		}
	}
}

// A city is not the prefecture that has its name, whose report is at hand; nor is a passage of that an answer on it.
func TestNamesakes(t *testing.T) {
	e := several(t, "昌吉回族自治州2025年国民经济和社会发展统计公报\n\n一、综合\n\n全年实现地区生产总值（GDP）2637.67亿元。\n\n昌吉市粮食产量12万吨。\n")
	surely(t, e, map[string]string{"昌吉州GDP": "2637.67亿元", "昌吉GDP": "2637.67亿元", "昌吉市GDP": "", "昌吉市粮食产量": "12万吨"})
	if a := e.Ask(t.Context(), "昌吉市GDP", nil); a.Answered {
		t.Errorf("昌吉市GDP is answered: %+v", a)
	}
}

// What stands beside another number in a row without headings is not surely the output, nor what is new the stock.
func TestRowsWithoutHeadings(t *testing.T) {
	e := several(t, "青川市2025年国民经济和社会发展统计公报\n\n一、工业\n\n发电量 亿千瓦时 1855.69 0.7\n\n风电 亿千瓦时 129.81 17.2\n\n新增普通高校2所。\n")
	surely(t, e, map[string]string{"发电量": "", "有多少所普通高校": "", "新增普通高校几所": "2所"})
}
