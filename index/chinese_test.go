package index_test

import "testing"

// Several things in one question of Chinese, joined otherwise than with 和: by the 同 of Cantonese, side by side
// where each is asked for, as two questions in one line.
func TestSeveralInOne(t *testing.T) {
	askAll(t, "青山.txt", `青山市2025年国民经济和社会发展统计公报
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
		{[]string{"一般债专项债各多少"}, []string{"21.5亿元", "64.2亿元"}},
		{[]string{"商品房销售价格跌多少？二手房交易多少宗？"}, []string{"6.2%", "3120宗"}},
		{[]string{"全市一般公共预算收入五年前多少、去年多少"}, []string{"88.2亿元", "120.5亿元"}},
		{[]string{"城乡收入比五年前后各是几比1"}, []string{"2.41∶1", "1.97∶1"}},
	})
}

// What a figure measures and what it counts are conditions, whatever stands beside it.
func TestMeasuredAndCounted(t *testing.T) {
	askAll(t, "青山.txt", `2025年青山市工作报告
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
