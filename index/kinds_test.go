package index_test

import (
	"context"
	"testing"

	"reportbot/corpus"
)

// A share or a span of time is never surely the amount of something that is asked for.
func TestShareOfAmount(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "青山.txt", []byte(`2026年青山省政府工作报告
一、过去五年工作回顾
可再生能源装机占比达56.2%，电网迈入特高压时代。离岛免税销售额占全球免税市场比重超8%，消费不断扩大。新一代信息技术产业营收突破3000亿元。
二、2026年工作
今年经济增长5.5%左右；城镇新增就业70万人以上。
`))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	for q, want := range map[string]bool{"新能源装机多少": false, "离岛免税销售额": false, "可再生能源装机占比": true, "离岛免税销售额占全球比重": true, "新一代信息技术产业营收": true} {
		if a := e.Ask(context.Background(), q, nil); a.Answered && a.Sure != want || want && !a.Answered {
			t.Errorf("%s: sure is %v", q, a.Sure)
		}
	}
}

// The year alone is not surely the day or the month that something was.
func TestCoarserDate(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "青山.txt", []byte(`2026年青山省政府工作报告
一、2025年工作回顾
2025年跨海大桥建成通车。2025年11月青山机场投入运营，年旅客吞吐量达到300万人次。
`))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	for q, want := range map[string]bool{"跨海大桥建成通车是哪一天": false, "跨海大桥建成通车是哪一年": true} {
		if a := e.Ask(context.Background(), q, nil); !a.Answered || a.Sure != want {
			t.Errorf("%s: answered %v, sure %v", q, a.Answered, a.Sure)
		}
	}
}

// Of a row that white space sets in columns it is not known what stands in which.
func TestInColumns(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "青山.txt", []byte("青山市2025年公报\n\n主要工业产品产量\n"+
		"原煤          万吨      1234.5       5.6\n水泥          万吨       234.5       3.4\n\n全年新建学校 12 所。\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	for q, want := range map[string]bool{"水泥产量": false, "新建学校多少所": true} {
		if a := e.Ask(context.Background(), q, nil); !a.Answered || a.Sure != want {
			t.Errorf("%s: answered %v, sure %v", q, a.Answered, a.Sure)
		}
	}
}

// Reports of other kinds than the embedded one, in their own ways of saying
// things, and what must come first; "" for what they do not say.
func TestOtherKindsOfReports(t *testing.T) {
	for _, report := range []struct {
		name, text string
		asked      [][2]string
	}{
		{"a bulletin of a month", `青山市生态环境局关于2022年8月和1—8月环境空气质量状况的通报
一、总体情况
8月,全市平均空气质量优良天数比例为93.2%,同比上升1.5个百分点;PM2.5平均浓度为16微克/立方米,同比下降5.9%。
1—8月,全市平均空气质量优良天数比例为86.3%,同比持平;PM2.5平均浓度为28微克/立方米,同比下降3.4%;臭氧平均浓度为145微克/立方米。
`, [][2]string{
			{"8月PM2.5平均浓度", "16微克/立方米"}, {"1-8月PM2.5平均浓度", "28微克/立方米"}, {"2022年8月优良天数比例", "93.2%"}, {"1至8月优良天数比例", "86.3%"},
			{"8月优良天数比例同比", "1.5个百分点"}, {"7月优良天数比例", ""}, {"8月臭氧平均浓度", ""}, {"2021年8月PM2.5平均浓度", ""}, {"1—8月臭氧平均浓度", "145微克/立方米"},
		}},
		{"a budget report", `青山区2022年预算执行情况和2023年预算草案的报告
一、一般公共预算执行情况
2022年全区一般公共预算收入1,042,625万元,完成年度预算的100.99%,比2021年减收34,086万元。其中:税收收入720,801万元,同比减收92,021万元;非税收入321,824万元,同比增收57,935万元,增长21.95%。
`, [][2]string{
			{"税收占比", ""}, {"税收收入多少", "720,801万元"}, {"非税收入多少", "321,824万元"}, {"非税收入增长率", "21.95%"}, {"税收收入增长率是多少", ""},
			{"一般公共预算收入完成年度预算的百分之多少", "100.99%"}, {"2021年一般公共预算收入", ""},
		}},
		{"a budget beside its outcome", `青山市2019年财政预算执行情况和2020年财政预算草案的报告
一、2019年预算执行情况
市本级一般公共预算收入年初预算160000万元，实际完成160060万元，增长10.3%。政府性基金收入完成67635万元，下降50.6%。科技支出完成8100万元。
水污染防治支出完成5200万元，其中城镇污水处理3100万元、农村污水处理900万元。城乡居民收入比由2.9∶1缩小至2.52∶1。
新能源和清洁能源装机同比增加1829万千瓦、达到9048万千瓦，占比55.1%。
`, [][2]string{
			{"市本级一般公共预算收入实际完成多少", "160060万元"}, {"市本级一般公共预算收入年初预算多少", "160000万元"},
			{"基金收入掉了多少", "50.6%"}, {"科技花了多少", "8100万元"}, {"科技支出多少吨", ""},
			{"水污染防治花了多少，农村的不要", "5200万元"}, {"污水处理花了多少，农村的不要", "3100万元"},
			{"城乡居民收入比是几比几", "2.52∶1"}, {"新能源和清洁能源装机占比多少了", "55.1%"}, {"装机一年加了多少万千瓦", "1829万千瓦"},
		}},
		{"a statistical communiqué", `青山市2019年国民经济和社会发展统计公报
一、综合
据初步测算,全市实现生产总值617.50亿元,比上年增长5.2%。三次产业结构比例为6.01:55.04:38.95。
表1 2019年青山市生产总值
| 绝 对 数 (亿元) | 比上年增长 (%) |
地区生产总值 | 617.50 | 5.2 |
第一产业 | 37.11 | 2.6 |
第二产业 | 339.85 | 4.5 |
2019年,全市户籍人均生产总值为141647元,比上年增长4.8%;常住人均生产总值为98094元,增长4.8%。
`, [][2]string{{"三次产业结构", "6.01:55.04:38.95"}, {"常住人均GDP", "98094元"}, {"第一产业增长率", "2.6"}, {"第二产业多少亿元", "339.85"}, {"户籍人均生产总值", "141647元"}, {"全市生产总值增速", "5.2%"}}},
		{"a work report", `2026年青山省政府工作报告
一、过去五年工作回顾
经济运行稳中有进。地区生产总值迈上6万亿元台阶，达到62661亿元。都市圈协同并进，青江都市圈经济总量达到3.8万亿元。县域经济增长7.5%。筹集保障性住房36万套，改造老旧小区1.84万个，应对强降雨9轮。
二、2026年工作
今年经济社会发展主要预期目标是：经济增长5.5%左右；城镇调查失业率5.3%左右，城镇新增就业70万人以上。
`, [][2]string{
			{"GDP目标", "5.5%"}, {"今年gdp增速目标定多少", "5.5%"}, {"县域经济增速多少", "7.5%"}, {"全省经济总量多少", "62661亿元"}, {"青江都市圈经济总量", "3.8万亿元"},
		}},
		{"an audit report", `关于2022年度区本级预算执行和其他财政收支情况的审计工作报告
青山市青山区审计局局长 王平
2023年9月28日
主任、各位副主任、各位委员：
我受区人民政府的委托，报告2022年度区本级预算执行审计情况，请予审议。
报告期间内共完成审计项目19个，共查出问题330项，涉及违规金额2377.2万元，提出审计建议47条。
一、财政管理审计情况
2022年，一般公共预算支出预算数为26.93亿元，实际支出24.98亿元，比上年决算数25.10亿元下降0.5%，加上上解支出6.15亿元、上年结余0.67亿元，支出合计31.16亿元。
`, [][2]string{
			{"查出问题多少项", "330项"}, {"2023年查出问题多少项", ""}, {"一般公共预算支出多少", "24.98亿元"}, {"一般公共预算支出预算数是多少", "26.93亿元"},
			{"2021年一般公共预算支出决算数", "25.10亿元"}, {"支出合计多少", "31.16亿元"},
		}},
		{"a report on education", `青山区人民政府2022年履行教育职责工作报告
一、基本情况
2023年辖区共有学校46所，其中区属中小学40所，民办学校1所。辖区有幼儿园80所，其中公办园26所，民办园54所，在园幼儿14519人。学前三年毛入园率124%，普惠性幼儿园覆盖率达到84.23%。
`, [][2]string{{"辖区有多少所学校", "46所"}, {"民办幼儿园几所", "54所"}, {"公办幼儿园有多少", "26所"}, {"在园幼儿多少人", "14519人"}, {"普惠性幼儿园覆盖率", "84.23%"}}},
		{"a report on the digital economy", `青山市2022年数字经济发展情况
2022年，全年数字经济实现增加值17330.2亿元，比上年增长4.4%，占全市地区生产总值的比重达到41.6%，比上年提高1.2个百分点；其中数字经济核心产业增加值9958.3亿元，增长7.5%，占地区生产总值的比重为23.9%，提高1.3个百分点。
2022年7月至2023年6月，完成改造项目294个。新改扩建学校12所。
`, [][2]string{
			{"数字经济增加值", "17330.2亿元"}, {"数字经济核心产业占GDP的比重", "23.9%"}, {"核心产业增加值增速", "7.5%"}, {"2021年数字经济增加值", ""},
			{"数字经济占比比上年提高多少", "1.2个百分点"}, {"有多少所大学", ""}, {"完成改造项目多少个", "294个"},
		}},
		{"the first half of a year", `青山区2023年上半年经济运行情况
一、经济增长速度保持前列。上半年全区实现地区生产总值453.7亿元、增长6.1%，分别高于全市、全国1.5、0.6个百分点。第二产业实现增加值280.5亿元，占GDP比重61.8%，增加值增长6.8%。
二、工业经济回升。化工、医药、家居分别实现产值156.2亿元、28.3亿元、39亿元，分别下降9%、26.3%、3.9%。
`, [][2]string{
			{"上半年GDP", "453.7亿元"}, {"2023年全年GDP", ""}, {"一季度GDP", ""}, {"2022年上半年GDP", ""}, {"第二产业占GDP的比重", "61.8%"},
			{"医药产值多少", "28.3亿元"}, {"医药产值下降多少", "26.3%"}, {"家居产值下降多少", "3.9%"}, {"GDP增速高于全国多少个百分点", "0.6个百分点"},
		}},
		{"a county's work report", `青溪县政府工作报告
——2025年1月9日在青溪县第十八届人民代表大会第四次会议上
一、2024年工作回顾
全年粮食总产量17.8万吨。社会保险惠及1万2000户。研发强度1.8%，低于全市平均水平0.51个百分点，居全市第3位。
三次产业结构调整为5.6∶41.8∶52.6。机场旅客吞吐量由180万人次增加到210万人次。幼儿园80所，其中民办园54所。
二、2025年工作安排
2025年是“十四五”规划收官之年。粮食总产量稳定在17.5万吨以上。县人民医院一期投资5.2亿元，二期投资7.9亿元。
`, [][2]string{
			{"去年粮食产量多少", "17.8万吨"}, {"今年粮食产量目标", "17.5万吨"}, {"青溪粮食产量", "17.8万吨"}, {"白水县粮食产量多少", ""},
			{"社会保险惠及多少户", "1万2000户"}, {"研发强度全市第几", "第3位"}, {"研发强度比全市低多少", "0.51个百分点"},
			{"第三产业占比", "52.6"}, {"机场旅客吞吐量增加到多少", "210万人次"}, {"民办幼儿园几所", "54所"},
			{"人民医院二期投资多少", "7.9亿元"}, {"人民医院三期投资多少", ""}, {"军费预算多少", ""},
		}},
		{"a report on proposals", `关于2023年市人大代表建议办理情况的报告
2023年,市十六届人大三次会议期间代表共提出建议774件。建议内容涉及社会发展方面的265件,占34.2%;城乡建设方面228件,占29.5%;法治建设方面50件,占6.5%。
`, [][2]string{{"代表提出多少建议", "774件"}, {"城乡建设方面的建议占多少", "29.5%"}, {"法治建设方面建议多少件", "50件"}}},
	} {
		reports, err := corpus.Builtin().ReadFile(context.Background(), "报告.txt", []byte(report.text))
		if err != nil {
			t.Fatal(err)
		}
		e := open(t, "", corpus.New(reports...))
		for _, row := range report.asked {
			got := ""
			if a := e.Ask(context.Background(), row[0], nil); a.Answered && len(a.Figures) > 0 && (a.Sure || row[1] != "") { // candidates told apart are no answer to what is not there
				got = a.Figures[0].Text
			}
			if got != row[1] {
				t.Errorf("%s: %s: got %q, want %q", report.name, row[0], got, row[1])
			}
		}
	}
}

// Where a change ended is not surely the change, and never where it began; what held for years is
// none of them.
func TestEndsOfChanges(t *testing.T) {
	r, err := corpus.Builtin().Parse("x", []byte("丰原县2025年政府工作报告\n一、2024年工作回顾\n森林覆盖率由40%提高到42.5%。粮食产量连续13年稳定在430万斤以上。2024年粮食产量446.1万斤。\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	for _, row := range []struct {
		asked, first string
		sure         bool
	}{
		{"森林覆盖率提高多少个百分点", "42.5%", false},
		{"森林覆盖率原来是多少", "40%", true},
		{"森林覆盖率多少", "42.5%", true},
		{"森林覆盖率提高到多少", "42.5%", true},
		{"粮食产量多少", "446.1万斤", true},
	} {
		a := e.Ask(context.Background(), row.asked, nil)
		got := ""
		if a.Answered && len(a.Figures) > 0 {
			got = a.Figures[0].Text
		}
		if row.sure && (got != row.first || !a.Sure) || !row.sure && a.Answered && a.Sure && got == row.first {
			t.Errorf("%s: %q, sure %v", row.asked, got, a.Sure)
		}
	}
}

// What stands behind the thing asked for, under a name of its own, is not surely it where that very
// thing stands there of another year.
func TestNeighbourOfAnotherYear(t *testing.T) {
	r, err := corpus.Builtin().Parse("x", []byte("丰原县2026年政府工作报告\n一、2025年工作回顾\n启动城镇老旧小区改造180个。\n二、2026年工作安排\n推进更新，分批推动老旧小区综合改造，实施4个城中村改造。\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	a := e.Ask(context.Background(), "今年要改造多少老旧小区", nil)
	if a.Answered && a.Sure {
		t.Errorf("said as sure: %v", first(a, 3))
	}
}

// How much there is is not surely what is new, nor one year's figure that of several; what an increase is of is told with it.
func TestStockAndSpan(t *testing.T) {
	e := several(t, "青川省2026年政府工作报告\n\n一、2025年工作回顾\n\n全年实现地区生产总值3022.5亿元，增长5.3%。各项贷款新增1.91万亿元。规模以上工业企业增至3022家，居家养老服务机构新增15家。\n2025年新建公园16座，高新技术企业达到512家。\n")
	surely(t, e, map[string]string{
		"21到25年新建公园多少座": "", "2025年新建公园多少座": "16座", "规模以上工业企业新增几家": "", "规模以上工业企业几家": "3022家",
		"高新技术企业净增几家": "", "高新技术企业几家": "512家", "居家养老服务机构新增几家": "15家", "各项贷款新增多少": "1.91万亿元",
	})
}

// 几 and 第 ask and number; they are no slip of a word that sounds like them: 几家 beside 居家.
func TestAskingWordsAreNoSlip(t *testing.T) {
	e := several(t, "青川省2026年政府工作报告\n\n一、2025年工作回顾\n\n社区居家养老覆盖率达到95%。智慧居家养老床位1200张。河道底泥清淤45万方。\n")
	for _, question := range []string{"培训机构几家", "几家获奖", "社区食堂几家"} {
		if a := e.Ask(t.Context(), question, nil); len(a.DidYouMean) > 0 || a.Answered {
			t.Errorf("%s: taken for %q, answered %v", question, a.DidYouMean, a.Answered)
		}
	}
}

// A sum over five years is not surely last year's; how much there is at their end is.
func TestSumOfYears(t *testing.T) {
	e := several(t, "青川省2026年政府工作报告\n\n一、“十四五”时期工作回顾\n\n“十四五”时期，一般公共预算收入累计完成3.7万亿元，5年增长18.7%。常住人口城镇化率达到67.5%。\n\n二、2026年工作\n\n新建公园6座。\n")
	surely(t, e, map[string]string{"去年一般公共预算收入多少": "", "五年一般公共预算收入多少": "3.7万亿元", "去年城镇化率多少": "67.5%"})
}
