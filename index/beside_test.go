package index_test

import (
	"strings"
	"testing"
)

// What one figure counts is nothing of its neighbour's, an area that is a title's is no condition, what is not the
// thing is not the thing, and the total of a thing comes before what is new of it.
func TestNeighboursInAList(t *testing.T) {
	e := several(t, "青川省2026年政府工作报告\n\n一、2025年工作回顾\n\n产业升级提速。打造16条省级重点产业链、30个省级重点专业镇，入选国家级特色产业集群4个。\n"+
		"发现2种新物种、35种中国新记录、71种青川新记录。\n食品烟酒价格下降1.2%，非食品烟酒价格上涨0.1%。税收收入123.6亿元，非税收入68.7亿元。\n"+
		"资本市场活跃，新增上市公司2家、新三板挂牌4家。\n科教资源汇聚，29家全国重点实验室、62家大院大所聚力赋能，新增全国重点实验室12家。\n民营经营主体超178万户，上市公司增至88家。\n将206个茶叶作坊整合优化为41个，品牌共享。\n")
	for question, want := range map[string]string{
		"省级重点产业链多少条": "16条", "省级重点产业链多少": "16条", "省级重点专业镇有多少个": "30个", "中国新记录多少": "35种", "青川新记录有多少种": "71种",
		"非食品烟酒价格涨了多少": "0.1%", "食品烟酒价格降了多少": "1.2%", "税收收入多少": "123.6亿元", "非税收入多少": "68.7亿元",
		"上市公司多少家": "88家 2家", "新增上市公司多少家": "2家", "茶叶作坊整合优化后剩几个": "41个", "全国重点实验室多少家": "29家 12家",
	} {
		a := e.Ask(t.Context(), question, nil)
		var got []string
		for i, f := range a.Figures {
			if i == 0 || i < len(a.Choices) {
				got = append(got, f.Text)
			}
		}
		if strings.Join(got, " ") != want || !a.Answered {
			t.Errorf("%s: %v (answered %v), want %s", question, got, a.Answered, want)
		}
	}
}
