package library

import (
	"strings"
	"testing"

	"reportbot/corpus"
)

func reportFrom(t *testing.T, text string) *corpus.Report {
	t.Helper()
	r, err := corpus.Builtin().Parse("报告", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func told(c Comparison) string {
	var parts []string
	for _, p := range c.Changed {
		parts = append(parts, p.Old.What+" "+p.Old.Text+"→"+p.New.Text)
	}
	for _, f := range c.Gone {
		parts = append(parts, "-"+f.What+" "+f.Text)
	}
	for _, f := range c.Added {
		parts = append(parts, "+"+f.What+" "+f.Text)
	}
	return strings.Join(parts, ", ")
}

// Two versions of a report: what changed, what is gone, what is new. What stands twice and
// what moved is not told as changed, what falls now that rose is; a plan is not held against what was achieved.
func TestCompareVersions(t *testing.T) {
	old := reportFrom(t, "2025年云溪县政府工作报告\n一、2024年工作回顾\n全年新建充电站62座，新增停车位300个。粮食产量增长3.1%。新建公园2个。新建公园5个。改造小区7个。\n二、2025年工作安排\n新建充电站80座。\n")
	new := reportFrom(t, "2025年云溪县政府工作报告\n一、2024年工作回顾\n新建公园5个。新建公园3个。全年新建充电站65座，新增停车位300个。粮食产量下降3.1%。新建桥梁4座。\n二、2025年工作安排\n新建充电站80座。\n")
	c := Compare(old, new)
	const want = "充电站 62座→65座, 粮食产量 3.1%→3.1%, 公园 2个→3个, -小区 7个, +桥梁 4座"
	if got := told(c); got != want || c.Same != 3 {
		t.Errorf("%s, %d the same; want %s, 3", got, c.Same, want)
	}
}

// The reports of two years: last year's figure of one beside last year's of the other, the
// goals beside the goals.
func TestCompareYears(t *testing.T) {
	old := reportFrom(t, "2024年云溪县政府工作报告\n一、2023年工作回顾\n2023年，新建充电站62座。完成投资12亿元。\n二、2024年工作安排\n力争2024年新建充电站70座。\n")
	new := reportFrom(t, "2025年云溪县政府工作报告\n一、2024年工作回顾\n2024年，新建充电站71座。完成投资12亿元。\n二、2025年工作安排\n力争2025年新建充电站90座。\n")
	c := Compare(old, new)
	if got, want := told(c), "充电站 62座→71座, 充电站 70座→90座"; got != want || c.Same != 1 {
		t.Errorf("%s, %d the same; want %s, 1", got, c.Same, want)
	}
}
