package index_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"reportbot/index"
)

// years are the reports of one place over four years in the manner of real ones: one
// restates the year before, one leaves a thing out, a target is met, one missed.
var years = []string{
	"青溪市2023年政府工作报告\n一、2022年工作回顾\n2022年，网络零售额18.6亿元，粮食产量21.5万吨，新增就业6300人。\n二、2023年工作安排\n2023年主要目标：网络零售额达20亿元以上，地区生产总值增长6%左右，城镇调查失业率控制在5.5%以内。\n",
	"青溪市2024年政府工作报告\n一、2023年工作回顾\n2023年，网络零售额22.7亿元，地区生产总值增长5.2%，粮食产量21.8万吨，城镇调查失业率5.1%。\n二、2024年工作安排\n2024年主要目标：网络零售额达25亿元以上，地区生产总值增长5.5%左右，新增就业7000人，引进企业50家。\n",
	"青溪市2025年政府工作报告\n一、2024年工作回顾\n2024年，网络零售额由2023年的22.3亿元增加到24.1亿元，地区生产总值增长5.4%，新增就业7200人。\n二、2025年工作安排\n2025年主要目标：网络零售额达27亿元，地区生产总值增长5%以上，粮食产量22万吨以上。\n",
	"青溪市2026年政府工作报告\n一、2025年工作回顾\n2025年，网络零售额27.8亿元，地区生产总值增长4.3%，粮食产量21.2万吨。\n二、2026年工作安排\n2026年主要目标：网络零售额达30亿元。\n",
}

// asSeries is a series in one line: year figure (change), what a later report says, the
// years that are missing, and whether a target was met.
func asSeries(a index.Answer) string {
	if a.Series == nil {
		return "no series"
	}
	var out []string
	for _, p := range a.Series.Points {
		s := fmt.Sprint(p.Year, " ", p.Figure.Paragraph.Report.Slice(p.Figure.Bounded))
		if c := p.Change; c != nil {
			s += " (" + c.Difference.String()
			if c.Rate != nil {
				s += ", " + c.Rate.String() + "%"
			}
			s += ")"
		}
		if p.Restated != nil {
			s += " later " + p.Restated.Text
		}
		out = append(out, s)
	}
	for _, year := range a.Series.Missing {
		out = append(out, fmt.Sprint("- ", year))
	}
	if a.Series.Promise {
		out = append(out, string(a.Series.Kept))
	}
	return strings.Join(out, ", ")
}

func TestOverTheYears(t *testing.T) {
	e := several(t, years...)
	for _, c := range []struct{ question, want string }{
		{"历年网络零售额", "2022 18.6亿元, 2023 22.7亿元 (410000000, 22%) later 22.3亿元, 2024 24.1亿元 (180000000, 8.1%), 2025 27.8亿元 (370000000, 15.4%)"},
		{"近三年网络零售额", "2023 22.7亿元 later 22.3亿元, 2024 24.1亿元 (180000000, 8.1%), 2025 27.8亿元 (370000000, 15.4%)"},
		{"歷年網絡零售額", "2022 18.6亿元, 2023 22.7亿元 (410000000, 22%) later 22.3亿元, 2024 24.1亿元 (180000000, 8.1%), 2025 27.8亿元 (370000000, 15.4%)"},
		{"online retail sales over the last 3 years", "2023 22.7亿元 later 22.3亿元, 2024 24.1亿元 (180000000, 8.1%), 2025 27.8亿元 (370000000, 15.4%)"},
		{"粮食产量的走势", "2022 21.5万吨, 2023 21.8万吨 (3000, 1.4%), 2025 21.2万吨, - 2024"},
		{"历年地区生产总值增速", "2023 5.2%, 2024 5.4% (0.2), 2025 4.3% (-1.1), - 2022"},
		{"近五年网络零售额目标", "2023 达20亿元以上, 2024 达25亿元以上 (500000000, 25%), 2025 达27亿元 (200000000, 8%), 2026 达30亿元 (300000000, 11.1%)"},
		{"去年网络零售额目标完成了吗", "2025 达27亿元, 2025 27.8亿元, met"},
		{"去年GDP增长目标完成情况", "2025 5%以上, 2025 4.3%, missed"},
		{"粮食产量目标完成了没有", "2025 22万吨以上, 2025 21.2万吨, missed"},
		{"近五年累计新增就业多少", "no series"}, {"网络零售额多少", "no series"}, {"历年火星基地数", "no series"},
	} {
		a := e.Ask(context.Background(), c.question, nil)
		if got := asSeries(a); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.question, got, c.want)
		}
	}
	a := e.Ask(context.Background(), "和去年比呢", []string{"2025年网络零售额多少"})
	if got, want := asSeries(a), "2024 24.1亿元, 2025 27.8亿元 (370000000, 15.4%)"; got != want {
		t.Errorf("against the year before: got %s, want %s", got, want)
	}
}

// An earlier report's target that the later one does not come back to.
func TestPromiseUnsaid(t *testing.T) {
	e := several(t, years[1:3]...)
	for question, want := range map[string]string{
		"引进企业目标完成了吗":                             "2024 50家, unsaid",
		"新增就业目标完成了吗":                             "2024 7000人, 2024 7200人, met",
		"地区生产总值增长目标完成了吗":                         "2024 5.5%左右, 2024 5.4%, uncertain",
		"was the online retail sales target met": "2024 达25亿元以上, 2024 24.1亿元, missed",
	} {
		if got := asSeries(e.Ask(context.Background(), question, nil)); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", question, got, want)
		}
	}
	e = several(t, years[:2]...)
	if got, want := asSeries(e.Ask(context.Background(), "城镇调查失业率目标完成了吗", nil)), "2023 控制在5.5%以内, 2023 5.1%, met"; got != want {
		t.Errorf("a ceiling: got %s, want %s", got, want)
	}
}
