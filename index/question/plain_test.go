package question

import (
	"testing"

	"reportbot/corpus/quantity"
)

func TestWordsAroundAQuestionAreNoPartOfIt(t *testing.T) {
	l, err := New(nil, quantity.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for typed, plain := range map[string]string{
		"麻烦问下，领导问去年旅游收入多少来着？谢谢":                           "去年旅游收入多少",
		"你好，请问全市养老床位到底有多少张":                               "全市养老床位有多少张",
		"开会要用，农村公路 多少公里":                                  "农村公路多少公里",
		"汇报材料里要用：水质达标率是多少":                                "汇报材料里要用：水质达标率是多少",
		"咱们城镇化率是多少啊":                                      "城镇化率是多少啊",
		"我们市城镇化率":                                         "我们市城镇化率",
		"唔該，想問下公屋輪候幾多年":                                   "公屋輪候多少年",
		"能告诉我M2目标吗":                                       "M2目标",
		"报告中说的绿色矿山几座，要具体数字":                               "绿色矿山几座",
		"关于绿色矿山 数据":                                       "绿色矿山",
		"开放了多少公共数据":                                       "开放了多少公共数据",
		"关于大数据中心的项目有多少":                                   "大数据中心的项目有多少",
		"有没有免费吗":                                          "有没有免费吗",
		"what does the report say on coal, exact figures": "coal",
		"大数据":      "大数据",
		"领导问责了多少人": "领导问责了多少人",
		"谢谢":       "谢谢",
		"hi, quick one: how many buses did we buy again? thx": "how many buses did we buy",
		"can you tell me the deficit please":                  "the deficit",
		"for my meeting: rail spending 2019...":               "rail spending 2019",
		"the minister wants to know how many nurses left":     "how many nurses left",
		"hi-tech exports":                     "hi-tech exports",
		"who is in charge again?":             "who is in charge",
		"how many people were urgently moved": "how many people were urgently moved",
		"the director's budget":               "the director's budget",
	} {
		if got := l.Plain(typed, false); got != plain {
			t.Errorf("Plain(%q) = %q, want %q", typed, got, plain)
		}
	}
	for typed, plain := range map[string]string{"那去年旅游收入多少": "去年旅游收入多少", "那曲市旅游收入多少": "那曲市旅游收入多少", "so how many nurses left": "how many nurses left"} {
		if got := l.Plain(typed, true); got != plain {
			t.Errorf("first: Plain(%q) = %q, want %q", typed, got, plain)
		}
		if got := l.Plain(typed, false); got != typed {
			t.Errorf("later: Plain(%q) = %q", typed, got)
		}
	}
}
