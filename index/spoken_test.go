package index_test

import (
	"context"
	"testing"

	"reportbot/corpus"
)

// asked is the questions of a conversation, and the first figures of the last one's answer; "" for none that is sure.
type asked struct {
	turns []string
	want  []string
}

func askAll(t *testing.T, name, text string, rows []asked) {
	t.Helper()
	askEach(t, name, text, rows, false)
}

// askSurely is askAll where each answer must be sure.
func askSurely(t *testing.T, name, text string, rows []asked) {
	t.Helper()
	askEach(t, name, text, rows, true)
}

func askEach(t *testing.T, name, text string, rows []asked, sure bool) {
	t.Helper()
	reports, err := corpus.Builtin().ReadFile(context.Background(), name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	for _, row := range rows {
		n := len(row.turns) - 1
		a := e.Ask(context.Background(), row.turns[n], row.turns[:n])
		if len(row.want) == 0 {
			if a.Answered && a.Sure {
				t.Errorf("%v: surely %s", row.turns, a.Figures[0].Text)
			}
			continue
		}
		if sure && !a.Sure {
			t.Errorf("%v: not sure (%.2f)", row.turns, a.Confidence)
		}
		for i, want := range row.want {
			if !a.Answered || i >= len(a.Figures) || a.Figures[i].Text != want {
				t.Errorf("%v: answered %v with %d figures, no %s at %d (%s)", row.turns, a.Answered, len(a.Figures), want, i, a.Query)
				break
			}
		}
	}
}

// One asks for the growth of the economy or of a branch of it by its name alone.
func TestGrowthOfABranch(t *testing.T) {
	askAll(t, "青山.txt", `青山市2025年国民经济和社会发展统计公报
一、综合
全年全市地区生产总值1500.5亿元，比上年增长6.1%。其中，第一产业增加值150.2亿元，增长3.2%；第二产业增加值600.1亿元，增长5.4%；第三产业增加值750.2亿元，增长7.3%。
冰雪经济总产出增长13.2%，企业新增经济效益增长21.5%。
二、工业和农业
规模以上工业企业销售产值800亿元，比上年下降4.1%。规模以上工业增加值300亿元，比上年下降2.5%。
全年粮食产量73.5万吨，比上年增长1.2%。棉花播种面积20万亩。
`, []asked{
		{[]string{"去年GDP增速多少"}, []string{"6.1%"}},
		{[]string{"去年全市经济增了几个点"}, []string{"6.1%"}},
		{[]string{"规上工业掉了几个点"}, []string{"2.5%"}},
		{[]string{"一二三产增速各是多少"}, []string{"3.2%", "5.4%", "7.3%"}},
		{[]string{"去年粮食产量是多少顿"}, []string{"73.5万吨"}},
	})
}

// The level of a budget is a condition: it stands before a figure in its paragraph or above it.
func TestLevelOfABudget(t *testing.T) {
	askAll(t, "青山预算.txt", `青山市2025年预算执行情况和2026年预算草案的报告
一、全市预算执行情况
2025年，全市一般公共预算收入200亿元，增长5%。其中：税收收入150亿元，增长6.2%。全市教育支出65.3亿元，增长4.1%。
二、市本级预算执行情况
2025年，市本级一般公共预算收入80亿元，增长9.4%。其中：税收收入50亿元，增长15.3%。
`, []asked{
		{[]string{"2025年市本级税收收入多少"}, []string{"50亿元"}},
		{[]string{"2025年全市税收收入多少"}, []string{"150亿元"}},
		{[]string{"2025年全市税收收入多少", "市本级的呢"}, []string{"50亿元"}},
		{[]string{"2025年市本级教育支出多少"}, nil},
	})
}

// What is counted stays that of the question before where a follow-up only says that it is planned.
func TestFollowUpKeepsWhatIsCounted(t *testing.T) {
	askAll(t, "青山.txt", `2026年青山省政府工作报告
一、2025年工作回顾
投入资金120亿元，办好民生实事30件。过渡性房屋建设费由原来的20亿元增加至50亿元。
二、2026年工作
安排资金136亿元，办好34件民生实事。今年经济增长5.5%左右。
`, []asked{
		{[]string{"去年办民生实事投了多少钱", "今年安排多少"}, []string{"136亿元"}},
		{[]string{"過渡性房屋原本預留幾多建設費", "而家加到幾多"}, []string{"50亿元"}},
	})
}

// What is named by one word more than a figure, or counted in another unit, is not surely that figure.
func TestNotSurelyAnother(t *testing.T) {
	askAll(t, "青山.txt", `2026年青山省政府工作报告
一、2025年工作回顾
地区生产总值增长5.5%、达到10.3万亿元，居全国第三。海洋牧场建成20个。掌上办用量1000万次，覆盖全省。粮食增产169.8亿斤，原煤产量连续四年增长。
基本建成保障性住房432万套，新开工保障性住房1043万套。
二、2026年工作
地区生产总值增长5%左右。
`, []asked{
		{[]string{"地区生产总值是多少亿"}, []string{"10.3万亿元"}},
		{[]string{"海洋生产总值是多少亿"}, nil},
		{[]string{"掌上办有多少个登记用户"}, nil},
		{[]string{"去年原煤产了多少吨"}, nil},
		{[]string{"去年保障性住房开工了多少"}, []string{"1043万套"}},
		{[]string{"去年保障性住房建成了多少"}, []string{"432万套"}},
	})
}

// How things stand is no forecast, and a share that is to be reached stays a share.
func TestNow(t *testing.T) {
	askAll(t, "青山.txt", `2026年青山省财政预算报告
一、2025年预算执行情况
截至目前，财政储备为7332亿元。新能源装机占比达到61%。2025年棉花总产616.5万吨、占全国92.8%，粮食总产占全国3.1%。
二、2026年预算安排
预计2026年末财政储备为6851亿元。到2030年，新能源装机占比达到70%。
`, []asked{
		{[]string{"而家財政儲備得返幾多"}, []string{"7332亿元"}},
		{[]string{"新能源装机占比现在多少"}, []string{"61%"}},
		{[]string{"去年棉花总产多少吨", "占全国百分之几"}, []string{"92.8%"}},
		{[]string{"新能源装机占比现在多少", "2030年要到多少"}, []string{"70%"}},
	})
}

// Words that only look like others: 平均每年 is no average of many, 砍掉 no change, 成县 no place in 建成县域.
func TestLookAlikes(t *testing.T) {
	askAll(t, "青山.txt", `2026年青山省政府工作报告
一、“十四五”时期工作回顾
“十四五”时期，地区生产总值年均增长4.5%。
2025年，开展绩效评审项目24个，核减金额11.8亿元。
二、2026年工作
建成县域快递物流中心44个。未来十年，即2026—2027年度至2035—2036年度，公营房屋需求为30.1万个单位。
`, []asked{
		{[]string{"十四五GDP平均每年增长多少"}, []string{"4.5%"}},
		{[]string{"去年绩效评审砍掉了多少钱"}, []string{"11.8亿元"}},
		{[]string{"今年县里的快递物流中心要建成几个"}, []string{"44个"}},
	})
}

// A share is that of the part which the question names, and 给咱市 is no name of a place.
func TestShareOfThePart(t *testing.T) {
	askAll(t, "青山.txt", `青山市2025年温室气体报告
一、排放
运输部门温室气体排放量占全市12.8%，住宅部门温室气体排放量占全市11.5%。各类气体中，二氧化碳95.3%、甲烷1.7%、氧化亚氮0.5%。
2025年，上级对青山市转移支付207.6亿元。
`, []asked{
		{[]string{"甲烷占温室气体百分之几"}, []string{"1.7%"}},
		{[]string{"上级给咱市转移支付多少"}, []string{"207.6亿元"}},
	})
}
