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
	r, err := corpus.Parse("near", []byte(nearMisses))
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
		"工业企业多少家": "规下 规上", "居民人均可支配收入多少": "城镇居民 农村居民", "规上工业企业多少家": "",
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
		r, err := corpus.Parse(place, fmt.Appendf(nil, "%s区2024年政府工作报告\n一、2023年工作回顾\n持续推进公园建设，完善长效机制。2023年新建公园%d个。\n", place, 3+i))
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
