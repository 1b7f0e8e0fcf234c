package index_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

// what is a figure as a test writes it: 174个 2023年 actual.
func what(f *corpus.Figure) string {
	return f.Text + " " + f.Period.Label + " " + string(f.Status)
}

func first(a index.Answer, n int) (out []string) {
	for _, f := range a.Figures[:min(n, len(a.Figures))] {
		out = append(out, what(f.Figure))
	}
	return out
}

// A question for several things gets one figure for each, in its order.
func TestSeveralThings(t *testing.T) {
	e := open(t, "", embedded(t))
	for question, want := range map[string]string{
		"基站和充电设施建设情况":                                        "174个 2023年 actual, 62座 2023年 actual",
		"公用充电枪、铁塔基站分别多少":                                     "277支 2023年 actual, 13个 2023年 actual",
		"2023年和2024年新增省科技型企业各多少":                             "14家 2023年 actual, 12家 2024年 target",
		"充电樁和5G基站各建了多少":                                      "277支 2023年 actual, 174个 2023年 actual",
		"How many 5G stations and charging guns were built?": "174个 2023年 actual, 277支 2023年 actual",
	} {
		a := e.Ask(context.Background(), question, nil)
		if got := strings.Join(first(a, a.Asked), ", "); got != want {
			t.Errorf("%s: got %s, want %s", question, got, want)
		}
	}
	for _, question := range []string{"5G基站建了多少", "四大交易项目分别多少", "杨文工业园区和军费投资多少", "为什么人才和资金不足"} {
		if a := e.Ask(context.Background(), question, nil); a.Asked != 0 {
			t.Errorf("%s: taken for %d questions: %v", question, a.Asked, first(a, 9))
		}
	}
}

const points = `青溪县环境和教育情况报告
青溪县人民政府
2024年12月3日
一、工作
环境与自然保护协会会员320人。全县优良率93.1%，较全市平均水平低0.5个百分点。学校投入同比增长5.2%。
城东区学校12所。学校营养餐惠及2100人。每户危房补助1万元至3万元。改厕普及率由2023年的92.1%提高到94.3%，城乡收入比由2.01缩小至1.97。
粮食播种面积312.6万亩、总产128.4万吨，分别比上年增加1.8万亩、0.9万吨，单产突破410公斤。收到复议申请186件，败诉率8.6%，同比下降3.1个百分点。
2023年度本年收入合计820万元。“三公”经费支出预算为68.5万元，支出决算为52.36万元。共有车辆36辆，其中救护车28辆。
二、问题
工作中还存在不少困难和问题：一是优质资源不足，每千人床位5.18张；二是人才留不住；三是管网老旧。
三、下一步打算
办好实事：①新增学位2000个；②建成新院区；③新增充电桩260个。
`

// What a passage with a colon announces is the answer, whole; 和 within a name
// parts nothing; a change to the other side than asked is no answer.
func TestPoints(t *testing.T) {
	r, err := corpus.Builtin().Parse("points", []byte(points))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	for question, want := range map[string][]string{
		"还存在哪些困难和问题": {"一是优质资源", "二是人才", "三是管网"},
		"下一步怎么打算":    {"办好实事"},
		"办好哪些实事":     {"①新增学位", "②建成新院区", "③新增充电桩"},
	} {
		a := e.Ask(context.Background(), question, nil)
		for i, w := range want {
			if !a.Answered || len(a.Passages) <= i || !strings.HasPrefix(a.Passages[i].Text(), w) {
				t.Errorf("%s: point %d is not %s", question, i, w)
			}
		}
	}
	for question, want := range map[string]string{
		"环境与自然保护协会有多少会员": "320人", "优良率比全市低多少": "0.5个百分点", "优良率比全市高多少": "", "学校投入增长多少": "5.2%", "危房补助最高多少": "3万元", "改厕普及率多少": "94.3%", "2023年改厕普及率": "92.1%", "城乡收入比": "1.97",
		"粮食总产增加多少": "0.9万吨", "播种面积比上年增加多少": "1.8万亩", "复议申请比上年增加多少": "", "败诉率下降多少": "3.1个百分点",
		"三公经费预算多少": "68.5万元", "三公经费决算多少": "52.36万元", "有多少辆车": "36辆", "救护车几辆": "28辆", "危房补助多少": "1万元至3万元", "学校投入下降多少": "",
	} {
		a := e.Ask(context.Background(), question, nil)
		got := ""
		if a.Answered && len(a.Figures) > 0 && (a.Sure || want != "") {
			got = a.Figures[0].Text
		}
		if got != want || a.Asked != 0 {
			t.Errorf("%s: got %q (%d things), want %q; instead %v", question, got, a.Asked, want, a.Instead)
		}
	}
}

// The data on a topic come with all that their sentences say of it.
func TestDataOnATopic(t *testing.T) {
	a := open(t, "", embedded(t)).Ask(context.Background(), "2023年科技企业培育的数据", nil)
	got := strings.Join(first(a, 9), ", ")
	for _, want := range []string{"3家 2023年", "14家 2023年", "2个 2023年"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s among %s", want, got)
		}
	}
}

// What is computed follows exactly from the two figures shown first; a change
// that the report states itself is not computed.
func TestComputed(t *testing.T) {
	e := open(t, "", embedded(t))
	for question, want := range map[string]string{
		"网络零售目标比去年实际差多少": "15亿元 2024年 target, 22.7亿元 2023年 actual = -770000000元 -33.9",
		"5G基站比铁塔基站多建多少":  "174个 2023年 actual, 13个 2023年 actual = 161个 1238.5",
		"充电站和铁塔基站相差多少":   "",
		"5G基站建了多少":       "",
		"网络零售额比军费多多少":    "",
	} {
		a := e.Ask(context.Background(), question, nil)
		got := ""
		if c := a.Computed; c != nil {
			got = what(c.Left) + ", " + what(c.Right) + " = " + c.Difference.String() + c.Unit
			if c.Rate != nil {
				got += " " + c.Rate.String()
			}
			if c.Left != a.Figures[0].Figure || c.Right != a.Figures[1].Figure || !c.Difference.Equal(c.Left.Value.Sub(c.Right.Value)) {
				t.Errorf("%s: the sum is not of the figures shown", question)
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

const nearMisses = `关于2023年医疗卫生和工业经济情况的报告
临江市人民政府
一、工业
全市规模以上工业企业618家，规模以下工业企业2140家。规上工业增加值同比增长7.8%，环比增长1.2%。
二、卫生
新增三级医院2家，累计建成三级医院9家，二级医院21家。城镇居民人均可支配收入52000元，农村居民人均可支配收入31000元。
全市一般公共预算收入83.6亿元，一般公共预算支出121.5亿元。
`

// A question that names one of alike indicators never gets the other; one that
// names none is told of both.
func TestNearMisses(t *testing.T) {
	r, err := corpus.Builtin().Parse("near", []byte(nearMisses))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	for question, want := range map[string]string{
		"规下工业企业多少家": "2140家", "规上工业企业有几家": "618家", "累计建成三级医院多少家": "9家", "新增三级医院几家": "2家", "二级医院多少家": "21家",
		"农村居民收入多少": "31000元", "城镇居民人均收入": "52000元", "一般公共预算支出": "121.5亿元", "一般公共预算收入多少": "83.6亿元",
		"规上工业增加值环比增长多少": "1.2%", "规上工业增加值同比增长多少": "7.8%",
	} {
		a := e.Ask(context.Background(), question, nil)
		if !a.Answered || len(a.Figures) == 0 || a.Figures[0].Text != want {
			t.Errorf("%s: got %v %v, want %s", question, a.Answered, first(a, 3), want)
		}
	}
	for question, want := range map[string]string{
		"工业企业多少家": "规上 规下", "居民人均可支配收入多少": "城镇居民 农村居民", "规上工业企业多少家": "",
	} {
		a := e.Ask(context.Background(), question, nil)
		var words []string
		for _, c := range a.Choices {
			words = append(words, c.Word)
			if b := e.Ask(context.Background(), c.Question, nil); len(b.Figures) == 0 || b.Figures[0].Figure != c.Figure {
				t.Errorf("%s: %s leads to %v, not to %s", question, c.Question, first(b, 1), what(c.Figure))
			}
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%s: got choices %q, want %q (%v)", question, got, want, first(a, 3))
		}
	}
}

// A question on a place, a year or a word that no report has is not answered.
func TestStrange(t *testing.T) {
	e := open(t, "", embedded(t))
	for _, question := range []string{"瑞安市网络零售额多少", "北京5G基站建了多少", "2021年5G基站建了多少", "2023年军费多少", "桥有多少座", "How many bridges were built in Japan?"} {
		if a := e.Ask(context.Background(), question, []string{"5G基站建了多少"}); a.Answered {
			t.Errorf("%s: got %v", question, first(a, 2))
		}
	}
}

// In a province's library hundreds of places say the same of themselves, and
// the title alone tells them apart: the place asked about is found among them.
func TestPlacesOfAProvince(t *testing.T) {
	first, second := []rune("安白北长川东丰福高广海河红湖华怀江金康兰"), []rune("城阳山川河江湖海原峰岭源溪泉")
	var reports []*corpus.Report
	for i := range 10 * len(first) {
		place := string([]rune{first[i%len(first)], second[i/len(first)]})
		r, err := corpus.Builtin().Parse(place, fmt.Appendf(nil, "%s区2024年政府工作报告\n一、2023年工作回顾\n持续推进公园建设，完善长效机制。2023年新建公园%d个。\n", place, 3+i))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	e := open(t, "", corpus.New(reports...))
	for _, i := range []int{0, 57, 123, 199} {
		question := fmt.Sprintf("%s区2023年新建公园多少个", reports[i].Name)
		if a := e.Ask(context.Background(), question, nil); !a.Answered || len(a.Figures) == 0 || a.Figures[0].Text != fmt.Sprint(3+i, "个") {
			t.Errorf("%s: answered %v", question, a.Answered)
		}
	}
}

const riverBulletin = `石桥市2025年国民经济和社会发展统计公报
一、综合
全年实现生产总值1264.35亿元。根据第五次全国经济普查修订，2024年我市生产总值现价总量为1198.72亿元。
技术合同成交额从2020年的31亿元增加到2025年的96亿元。
进口总额1.2亿元，增长13.7%；出口总额23.1亿元，增长26.4%。
全年发放救助资金1303万元，其中，低保资金870万元。城乡低保标准是每人每月850元。
高技术制造业增加值增长15.5%，占比明显提高。
全市经济承压前行、稳中有进，生产总值增长5.4%、居全省前列，工业增加值、固定资产投资、进出口总额等主要指标增速均高于全省平均水平。累计免费筛查新生儿遗传代谢病2.4万人次。
`

// Without a time the year that the report is on is meant, and not the one before as it was revised;
// both ends of a change are told to who asks what it was and what it is.
func TestLatestAndBothEnds(t *testing.T) {
	e := openText(t, "石桥市.txt", riverBulletin)
	for _, row := range [][2]string{
		{"全市生产总值总量多少亿", "1264.35亿元"},
		{"2024年生产总值多少亿", "1198.72亿元"},
		{"技术合同成交额五年前多少现在多少", "31亿元 96亿元"},
		{"技术合同成交额原来多少、现在多少", "31亿元 96亿元"},
		{"imports and exports growth", "13.7% 26.4%"},
		{"低保一个月多少钱", "850元"},
		{"低保资金多少", "870万元"},
		{"去年GDP多少，涨了几个点", "1264.35亿元 5.4%"},
	} {
		a := e.Ask(context.Background(), row[0], nil)
		n := len(strings.Fields(row[1]))
		if got := texts(a, n); !a.Answered || got != row[1] {
			t.Errorf("%s: got %s, want %s (%s)", row[0], got, row[1], a.Query)
		}
	}
	if a := e.Ask(context.Background(), "去年出生人口多少", nil); a.Answered && len(a.Figures) > 0 {
		t.Errorf("a population told in visits: %s", texts(a, 2))
	}
}
