package index_test

import (
	"context"
	"testing"

	"reportbot/corpus"
)

// Several things in one question of Chinese, joined otherwise than with 和: by the 同 of Cantonese, side by side
// where each is asked for, as two questions in one line.
func TestSeveralInOne(t *testing.T) {
	askSurely(t, "青山.txt", `青山市2025年国民经济和社会发展统计公报
一、人民生活
城镇居民人均可支配收入52310元，增长4.3%；农村居民人均可支配收入26480元，增长5.9%。
二、金融
年末住户存款余额812.4亿元，企业存款余额305.6亿元。发行一般债券21.5亿元，发行专项债券64.2亿元。
三、房地产
商品房销售价格下跌6.2%，二手房交易3120宗。
四、财政
全市一般公共预算收入由2020年的88.2亿元增长到2025年的120.5亿元。城乡收入比由2.41∶1缩小到1.97∶1。
`, []asked{
		{[]string{"住户存款同企业存款各幾多"}, []string{"812.4亿元", "305.6亿元"}},
		{[]string{"城里农村人均可支配收入各多少"}, []string{"52310元", "26480元"}},
		{[]string{"城镇农村人均可支配收入各多少"}, []string{"52310元", "26480元"}},
		{[]string{"一般债专项债各多少"}, []string{"21.5亿元", "64.2亿元"}},
		{[]string{"商品房销售价格跌多少？二手房交易多少宗？"}, []string{"6.2%", "3120宗"}},
		{[]string{"全市一般公共预算收入五年前多少、去年多少"}, []string{"88.2亿元", "120.5亿元"}},
		{[]string{"城乡收入比五年前后各是几比1"}, []string{"2.41∶1", "1.97∶1"}},
	})
}

// What a figure measures and what it counts are conditions, whatever stands beside it.
func TestMeasuredAndCounted(t *testing.T) {
	askSurely(t, "青山.txt", `2025年青山市工作报告
一、经济
去年推出的措施对经济增长有1.8个百分点的提振作用。失业率上升0.3个百分点。
二、旅游
全市共有120间民宿，提供3600个房间。城镇化率提高1.2个百分点。
三、乡村
市级拨付抗旱资金9000万元。省财政转贷我市债券35亿元，其中再融资债券12亿元。
`, []asked{
		{[]string{"去年经济增长多少"}, nil},
		{[]string{"失业率升了多少"}, []string{"0.3个百分点"}},
		{[]string{"城镇化涨了多少"}, []string{"1.2个百分点"}},
		{[]string{"民宿有多少间房"}, []string{"3600个"}},
		{[]string{"全市有多少间民宿"}, []string{"120间"}},
		{[]string{"省里转贷的债券里再融资多少"}, []string{"12亿元"}},
		{[]string{"抗旱市里拨了多少"}, []string{"9000万元"}},
		{[]string{"兰溪再融资债券多少"}, nil},
	})
}

// What the world does is not what the place of the report does; several branches are asked for one by one; how things
// stand is asked beside what is aimed at; both ends of a change are told or nothing surely.
func TestWholeAndEnds(t *testing.T) {
	askSurely(t, "青山.txt", `2025年青山市工作报告
一、经济
预计今年全球经济增长2.7%，贸易保护主义抬头。我市实际增幅介乎3%至4%。
第一产业增加值增长2%，第二产业增加值增长5%，第三产业增加值增长6%。三次产业结构比例为8.1:40.3:51.6。
能源自给率由2023年的62%，提高到2035年80%以上。
二、民生
津贴惠及6.5万人，其中1.2万名为合资格儿童或青年。家中至少有1个15岁以下的儿童才能申请。外地游客减少，接待游客的酒店增至31间。
政府债券计划的上限去年已由1000亿元提高至2000亿元。
去年设立4个新的救助站，明年的目标是将总数由35个增加至60个。
培训名额由每年90名增加一倍至下学年的180名。
`, []asked{
		{[]string{"今年经济增长预测多少"}, nil},
		{[]string{"全球经济今年增长多少"}, []string{"2.7%"}},
		{[]string{"一二三产占比"}, []string{"8.1", "40.3", "51.6"}},
		{[]string{"能源自给率现在和2035年目标各多少"}, []string{"62%", "80%"}},
		{[]string{"津贴惠及多少人", "入面几多个系儿童同青年"}, []string{"1.2万名"}},
		{[]string{"政府债券计划上限由多少加到多少"}, []string{"1000亿元", "2000亿元"}},
		{[]string{"外地救助站由多少个变多少个"}, []string{"35个", "60个"}},
		{[]string{"培训名额由几多加到几多"}, []string{"90名", "180名"}},
	})
}

// Whose figure it is may be said in the words of the question, behind the figure, or where its name would stand.
func TestNamedOtherwise(t *testing.T) {
	askSurely(t, "青山预算.txt", `青山市2025年预算执行情况的报告
一、执行情况
2025年，中央和省对我市转移支付88.5亿元。
市本级契税收入9.6亿元，可比增长14.8%，占比稳步上升；非税收入3.1亿元，下降2.2%。
全市政府性基金收入41.2亿元，为预算的96.5%，下降7.7%。
制造业占地区生产总值比重稳定在30%以上，位居全省前列。2025年地区生产总值400亿元，其中制造业增加值138.4亿元、占地区生产总值的比重为34.6%。
安阳地铁运营里程57公里并连通鹤壁。出口美国3.2亿元，下降9.1%。
省级重点项目26个、完成投资310亿元。
全年化解隐性债务16.4亿元。
发展计划获拨3亿元的“水产养殖基金”。
`, []asked{
		{[]string{"上级给我市转移支付多少"}, []string{"88.5亿元"}},
		{[]string{"契税收入增幅多少"}, []string{"14.8%"}},
		{[]string{"政府性基金收入降了几个点"}, []string{"7.7%"}},
		{[]string{"制造业占GDP多大比例"}, []string{"34.6%"}},
		{[]string{"安阳地铁里程多长"}, []string{"57公里"}},
		{[]string{"省级重点项目砸了多少钱"}, []string{"310亿元"}},
		{[]string{"隐债化了多少"}, []string{"16.4亿元"}},
		{[]string{"水产养殖基金有多少钱"}, []string{"3亿元"}},
		{[]string{"对美出口跌了多少"}, []string{"9.1%"}},
	})
}

// Where the reports say only how the thing grew, that is told for how much of it there is.
func TestOnlyItsGrowth(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "青山.txt", []byte(`2025年青山市政府工作报告
去年，外贸进出口总额320亿元，出口增长12.3%。服务业增加值500亿元，增长6.2%。
`))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	for _, row := range []struct {
		turns []string
		want  string
	}{
		{[]string{"去年出口多少亿元"}, "12.3%"},
		{[]string{"外贸多少亿", "我问的是出口"}, "12.3%"},
	} {
		n := len(row.turns) - 1
		a := e.Ask(context.Background(), row.turns[n], row.turns[:n])
		if a.Answered || len(a.Instead) != 1 || a.Instead[0].Text != row.want {
			t.Errorf("%v: answered %v, instead %d", row.turns, a.Answered, len(a.Instead))
		}
	}
}
