package index_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"reportbot/index"
)

// provinces are reports of several places in the manner of real ones: a target as a range,
// with a bound, under another name; one that states none; one that fell; one in another unit.
var provinces = []string{
	"2026年山西省政府工作报告\n一、2025年工作回顾\n全省地区生产总值增长4%，粮食产量290亿斤。进出口总额下降3.2%。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长4.5%—5%，城镇新增就业45万人。培育低空经济。\n",
	"2026年江西省政府工作报告\n一、2025年工作回顾\n全省地区生产总值增长5.2%，粮食总产量446.1亿斤。进出口总额增长2.7%。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长5%—5.5%，城镇新增就业41万人。\n",
	"2026年甘肃省政府工作报告\n一、2025年工作回顾\n全省地区生产总值增长5.8%，粮食产量1300万吨。进出口总额增长8.4%。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业30万人。壮大低空经济、数字经济等产业。\n",
	"2026年湖北省政府工作报告\n一、2025年工作回顾\n全省地区生产总值增长5.5%，粮食产量557亿斤。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：经济增长5.5%左右，城镇新增就业70万人以上。\n",
	"2026年内蒙古自治区政府工作报告\n一、2025年工作回顾\n全区地区生产总值增长4.7%，粮食产量840亿斤。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长5%以上，城镇新增就业18万人以上。\n",
	"2026年天津市政府工作报告\n一、2025年工作回顾\n全市地区生产总值增长4.8%，城镇新增就业36万人。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长4.5%。\n",
	"2026年长治市政府工作报告\n一、2025年工作回顾\n全市地区生产总值增长6.1%。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长6.5%。\n",
	"2026年运城市政府工作报告\n一、2025年工作回顾\n全市地区生产总值增长4.9%。\n二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长5.2%。\n",
}

// asRows is a table in one line: rank place figure period status, then what is to be
// checked, who is silent and whose report is not there.
func asRows(a index.Answer) string {
	if a.Table == nil {
		return "no table"
	}
	var out []string
	for _, r := range a.Table.Rows {
		if r.Figure == nil {
			out = append(out, r.Place)
			continue
		}
		out = append(out, fmt.Sprint(r.Rank, " ", r.Place, " ", r.Figure.Paragraph.Report.Slice(r.Figure.Bounded)))
	}
	for _, r := range a.Table.Unsure {
		out = append(out, "? "+r.Place+" "+r.Figure.Text)
	}
	for _, r := range a.Table.Silent {
		out = append(out, "- "+r.Place)
	}
	for _, place := range a.Table.Absent {
		out = append(out, "0 "+place)
	}
	return strings.Join(out, ", ")
}

func TestTables(t *testing.T) {
	e := several(t, provinces...)
	for _, c := range []struct{ question, want string }{
		{"各省GDP目标排个名", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上, 5 山西 4.5%—5%, 6 天津 4.5%"},
		{"各省今年GDP增长目标", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上, 5 山西 4.5%—5%, 6 天津 4.5%"},
		{"各省今年經濟增長目標排名", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上, 5 山西 4.5%—5%, 6 天津 4.5%"},
		{"rank provinces by GDP growth target", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上, 5 山西 4.5%—5%, 6 天津 4.5%"},
		{"哪个省去年增速最高", "1 甘肃 5.8%, 2 湖北 5.5%, 3 江西 5.2%, 4 天津 4.8%, 5 内蒙古 4.7%, 6 山西 4%"},
		{"各省去年GDP增速最低的三个", "1 山西 4%, 2 内蒙古 4.7%, 3 天津 4.8%"},
		{"各省GDP目标前两名", "1 甘肃 5.5%左右, 1 湖北 5.5%左右"},
		{"GDP目标超过5%的省有哪些", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, ? 内蒙古 5%"},
		{"which provinces set a GDP growth target of at least 5%", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上"},
		{"各市GDP目标", "1 长治 6.5%, 2 运城 5.2%"},
		{"各省进出口增长", "1 甘肃 8.4%, 2 江西 2.7%, 3 山西 3.2%, - 湖北, - 内蒙古, - 天津"},
		{"各省粮食产量", "1 内蒙古 840亿斤, 2 湖北 557亿斤, 3 江西 446.1亿斤, 4 山西 290亿斤, 5 甘肃 1300万吨, - 天津"},
		{"各省城镇新增就业目标", "1 湖北 70万人以上, 2 山西 45万人, 3 江西 41万人, 4 甘肃 30万人, 5 内蒙古 18万人以上, - 天津"},
		{"东北三省粮食产量", "no table"},
		{"中部六省粮食产量", "1 湖北 557亿斤, 2 江西 446.1亿斤, 3 山西 290亿斤, 0 安徽, 0 河南, 0 湖南"},
		{"鄂赣晋GDP目标", "1 湖北 5.5%左右, 2 江西 5%—5.5%, 3 山西 4.5%—5%"},
		{"几个省提到低空经济", "山西, 甘肃, - 江西, - 湖北, - 内蒙古, - 天津"},
		{"which provinces mention 低空经济", "山西, 甘肃, - 江西, - 湖北, - 内蒙古, - 天津"},
		{"how many provinces mention the low-altitude economy", "山西, 甘肃, - 江西, - 湖北, - 内蒙古, - 天津"},
		{"GDP目标排个名", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上, 5 山西 4.5%—5%, 6 天津 4.5%, 1 长治 6.5%, 2 运城 5.2%"}, // provinces among themselves, and cities
		{"GDP目标前一名", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 1 长治 6.5%"},
		// and what asks for no table
		{"甘肃GDP目标", "no table"}, {"江西和甘肃的GDP目标", "no table"}, {"甘肃粮食产量排名第几", "no table"}, {"各县GDP目标", "no table"},
		{"哪些地方培育低空经济", "no table"}, {"谁负责低空经济", "no table"}, {"今年要抓的省重点项目有多少个", "no table"}, {"每个区议会分到多少钱", "no table"},
	} {
		a := e.Ask(context.Background(), c.question, nil)
		if got := asRows(a); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.question, got, c.want)
		}
	}
}

// What a question for a table leaves out is that of the one before.
func TestTablesGoOn(t *testing.T) {
	e := several(t, provinces...)
	var before []string
	for _, c := range []struct{ question, want string }{
		{"各省今年GDP增长目标排个名", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%, 4 内蒙古 5%以上, 5 山西 4.5%—5%, 6 天津 4.5%"},
		{"前三", "1 甘肃 5.5%左右, 1 湖北 5.5%左右, 3 江西 5%—5.5%"},
		{"which ones are below 5%", "5 山西 4.5%—5%, 6 天津 4.5%, ? 内蒙古 5%"},
		{"那城镇新增就业目标呢", "1 湖北 70万人以上, 2 山西 45万人, 3 江西 41万人, 4 甘肃 30万人, 5 内蒙古 18万人以上, - 天津"},
		{"中部六省呢", "1 湖北 70万人以上, 2 山西 45万人, 3 江西 41万人, 0 安徽, 0 河南, 0 湖南"},
		{"甘肃的呢", "no table"},
	} {
		a := e.Ask(context.Background(), c.question, before)
		if got := asRows(a); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.question, got, c.want)
		}
		before = append(before, c.question)
	}
	if a := e.Ask(context.Background(), "前三", nil); a.Table != nil {
		t.Error("前三 alone is taken for a table:", asRows(a))
	}
}

// A report of one place alone has no table over places.
func TestNoTableOfOnePlace(t *testing.T) {
	e := several(t, provinces[0])
	for _, question := range []string{"各省GDP目标排个名", "各市GDP目标", "前五"} {
		if a := e.Ask(context.Background(), question, nil); a.Table != nil {
			t.Errorf("%s: %s", question, asRows(a))
		}
	}
}

// BenchmarkTable is a table over two dozen reports, BenchmarkOneOfMany one answer from them.
func BenchmarkTable(b *testing.B)     { benchmarkOver(b, "各省今年GDP增长目标排个名") }
func BenchmarkOneOfMany(b *testing.B) { benchmarkOver(b, "山西省今年GDP增长目标是多少") }

func benchmarkOver(b *testing.B, question string) {
	e := several(b, twoDozen()...)
	e.Ask(context.Background(), question, nil)
	b.ReportAllocs()
	for b.Loop() {
		if a := e.Ask(context.Background(), question, nil); !a.Answered {
			b.Fatal("not answered")
		}
	}
}

// twoDozen are reports as long as real ones.
func twoDozen() (texts []string) {
	names := strings.Fields("山西 江西 甘肃 湖北 湖南 河南 河北 山东 江苏 浙江 安徽 福建 广东 海南 四川 贵州 云南 陕西 青海 辽宁 吉林 黑龙江 台湾 新疆")
	for i, name := range names {
		var s strings.Builder
		fmt.Fprintf(&s, "2026年%s省政府工作报告\n一、2025年工作回顾\n全省地区生产总值增长%d.%d%%。\n", name, 4+i%3, i%10)
		for k := range 110 {
			verb := []string{"增长", "占比", "覆盖率达", "提高到", "满意度"}[k%5]
			fmt.Fprintf(&s, "第%d项：深化改革，扩大内需，新建产业园区%d个，完成投资%d.%d亿元，%s%d.%d%%，带动就业%d万人，企业达到%d家。\n", k+1, k+3, k+10, k%10, verb, k%9+1, i%10, k%20+1, k*3+20)
		}
		fmt.Fprintf(&s, "二、2026年工作安排\n今年经济社会发展主要预期目标是：地区生产总值增长%d.%d%%左右，城镇新增就业%d万人。\n", 4+i%3, i%10, 20+i)
		texts = append(texts, s.String())
	}
	return texts
}
