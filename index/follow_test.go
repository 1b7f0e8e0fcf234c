package index_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

const bulletin = `青溪市2025年国民经济和社会发展统计公报
一、综合
全年第一产业增加值61.2亿元，增长3.4%；第三产业增加值402.7亿元，增长5.9%。全市教育支出38.6亿元，同比增长2.2%。全市卫生健康支出21.5亿元，同比增长4.8%。
二、人民生活
全市居民人均可支配收入31520元，增长5.3%。城镇居民人均可支配收入40210元，增长4.7%。农村居民人均可支配收入22870元，增长6.1%。
三、基金
全市社会保险基金收入88.4亿元。市本级社会保险基金收入52.9亿元。
四、教育
年末普通小学126所，在校学生9.8万人。年末普通高中31所，在校学生4.2万人。
`

// inTurns asks the last of several turns after the others, and tells where its first figure is
// not the one wanted; "" for no answer.
func inTurns(t *testing.T, e *index.Engine, asked, want string) {
	t.Helper()
	turns := strings.Split(asked, "|")
	a := e.Ask(context.Background(), turns[len(turns)-1], turns[:len(turns)-1])
	got := ""
	if a.Answered && len(a.Figures) > 0 {
		got = a.Figures[0].Text
	}
	if got != want {
		t.Errorf("%s: got %q, want %q, read as %s", asked, got, want, a.Query)
	}
}

// A follow-up takes what it leaves out from the question before, and what it says takes
// the place of its counterpart there; so does what puts a question right.
func TestFollowUps(t *testing.T) {
	e := several(t, bulletin)
	for _, row := range []struct{ turns, want string }{
		{"第一产业增加值多少亿|增速呢", "3.4%"},
		{"第一产业增加值多少亿|第三产业的呢", "402.7亿元"},
		{"一产增加值增长多少|三产呢", "5.9%"},
		{"全市教育支出多少亿|卫生健康支出呢", "21.5亿元"},
		{"全市教育支出多少亿|卫生健康支出呢|同比增长多少", "4.8%"},
		{"全市居民人均可支配收入是多少|农村的涨了几个点", "6.1%"},
		{"城镇居民人均可支配收入多少|不是，我问的是农村", "22870元"},
		{"全市社会保险基金收入多少|市本级呢", "52.9亿元"},
		{"普通小学有几所|在校生多少人", "9.8万人"},
		{"普通高中有几所|在校生多少人", "4.2万人"},
	} {
		inTurns(t, e, row.turns, row.want)
	}
}

// What is asked for in the place of an indicator takes the whole of its name, and asks for its growth where that was asked
// for; of 居民收入, which a report has in two parts, neither is surely it.
func TestFollowUpsOnIndicators(t *testing.T) {
	e := several(t, "青川省2026年政府工作报告\n\n一、2025年工作回顾\n\n2025年全省地区生产总值60199.45亿元、增长5%，地方一般公共预算收入3723.35亿元、增长3%，社会消费品零售总额增长4.4%，进出口下降5.4%，城镇居民、农村居民人均可支配收入分别增长4.5%、5.7%。\n年末常住人口1304.77万人，常住人口城镇化率达82.9%，比上年提高0.2个百分点。\n")
	for _, row := range []struct{ turns, want string }{
		{"去年外贸进出口增长多少|不是，我问的是一般公共预算收入", "3%"},
		{"去年外贸进出口增长多少|我问的是社零", "4.4%"},
		{"常住人口多少|城镇化率呢", "82.9%"},
	} {
		inTurns(t, e, row.turns, row.want)
	}
	if a := e.Ask(t.Context(), "居民收入呢", []string{"去年外贸进出口增长多少"}); a.Sure && a.Answered {
		t.Errorf("居民收入呢: %v", a.Figures[0].Text)
	}
}

// The place of a follow-up replaces the one before, its time and status stay.
func TestFollowUpsOnPlaces(t *testing.T) {
	e := several(t, smallCounties...)
	for _, row := range []struct{ turns, want string }{
		{"东和县新建公园多少个|青溪县呢", "5个"},
		{"东和县今年计划新建公园多少个|那青溪呢", "4个"},
		{"东和县新建公园多少个|不是，我问的是云岭区", "3个"},
		{"东和县新建公园多少个|不是东和县，是云岭区", "3个"},
		{"东和县新建公园多少个|不是东和县，我问的是云岭区", "3个"},
		{"东和县去年新建公园多少个|今年计划多少", "8个"},
		{"东和县去年新建公园多少个|今年计划多少|青溪县呢", "4个"},
		{"东和县新建公园多少个|东湖县呢", ""},
	} {
		inTurns(t, e, row.turns, row.want)
	}
}

// Of several times those that the reports have are answered, the others told.
func TestEachTime(t *testing.T) {
	e := several(t, "青溪市2025年政府工作报告\n一、2024年工作回顾\n城镇化率达到61.3%，新建公园7个，出生率6.2‰。\n二、2025年工作安排\n新建公园9个。\n")
	for question, want := range map[string]string{
		"新建公园2024年和2025年各多少个": "7个 9个 missing ", "2023年和2024年城镇化率各多少": "61.3% missing 2023年", "城镇化率23年、24年各多少": "61.3% missing 城镇化率23年",
	} {
		a := e.Ask(context.Background(), question, nil)
		got := ""
		for _, f := range a.Figures[:min(a.Asked, len(a.Figures))] {
			got += f.Text + " "
		}
		if got += "missing " + strings.Join(a.Missing, " "); got != want {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

// A question with an answer of its own, of which it says more, does not go on from the one before;
// and what a question leaves open is a plan of the same thing, no average of another year.
func TestNotOfTheSame(t *testing.T) {
	r, err := corpus.Builtin().Parse("x", []byte(`2026年青山省政府工作报告
一、2025年工作回顾
全年实现地区生产总值5696亿元，增长5.3%。
规模以上高技术制造业和装备制造业增加值分别增长13.8%、18.1%，三次产业结构调整为8.3∶41.4∶50.3。科技创新能力增强，落地科技成果600余项，技术合同成交额增长30%以上。
二、“十五五”时期主要目标
到2030年人均地区生产总值达到10万元以上。
`))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	if a := e.Ask(context.Background(), "技术合同成交额涨了多少", []string{"三产结构"}); len(a.Figures) == 0 || a.Figures[0].Text != "30%" {
		t.Errorf("got %v", first(a, 2))
	}
	if a := e.Ask(context.Background(), "去年GDP多少", nil); len(a.Figures) == 0 || a.Figures[0].Text != "5696亿元" || len(a.Choices) > 0 {
		t.Errorf("got %v, choices %v", first(a, 2), a.Choices)
	}
}

// In English a question goes on from the one before where it begins so, or refers to it.
func TestEnglishFollowUps(t *testing.T) {
	r, err := corpus.Builtin().Parse("x", []byte("Harbour City Budget 2025\nEducation spending will be $99 billion, 14% higher than the estimate. Of the 2,300 regional offices here, 310 are from the Mainland.\nThe ferries cost $12 million.\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	for _, row := range []struct{ turns, want string }{
		{"How many regional offices are here?|how many of those are from the Mainland?", "310"},
		{"what do the ferries cost?|and education spending?", "$99 billion"},
		{"what do the ferries cost?|How much is education spending?", "$99 billion"},
	} {
		inTurns(t, e, row.turns, row.want)
	}
}
