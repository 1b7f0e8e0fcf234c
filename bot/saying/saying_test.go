package saying

import (
	"testing"
	"time"

	"reportbot/corpus"
)

// figureOf is the figure of a report of one paragraph whose text has the value.
func figureOf(t *testing.T, report, value string) *corpus.Figure {
	t.Helper()
	r, err := corpus.Builtin().Parse("报告", []byte(report))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if f.Text == value {
				return f
			}
		}
	}
	t.Fatalf("no figure %q in %q", value, report)
	return nil
}

const head = "2025年临川市国民经济和社会发展统计公报\n一、综合\n"

// What is said of a figure keeps what turns it, and what it counts is not said twice.
func TestKeepsItsMeaning(t *testing.T) {
	for _, row := range []struct{ sentence, value, said, thing string }{
		{"全市固定资产投资同比下降41.2%。", "41.2%", "同比下降41.2%", "全市固定资产投资"},
		{"地级及以上城市细颗粒物年均浓度不高于23微克/立方米。", "23微克/立方米", "不高于23微克/立方米", "地级及以上城市细颗粒物年均浓度"},
		{"耕地面积净增212万亩。", "212万亩", "净增212万亩", "耕地面积"},
		{"各项贷款新增1.91万亿元。", "1.91万亿元", "新增1.91万亿元", "各项贷款"},
		{"五年来地区生产总值年均增长6.1%。", "6.1%", "年均增长6.1%", "地区生产总值"},
		{"年均新增就业5万人。", "5万人", "5万人", "年均 新增 就业"},
		{"城乡居民收入比由2.01缩小至1.97。", "1.97", "缩小至1.97", "城乡居民收入比"},
		{"至少完成老旧小区改造30个。", "30个", "30个", "至少完成老旧小区改造"},
		{"PM2.5年均浓度不超过35微克/立方米。", "35微克/立方米", "不超过35微克/立方米", "PM2.5年均浓度"},
		{"城镇化率提高0.8个百分点。", "0.8个百分点", "提高0.8个百分点", "城镇化率"},
		{"民间投资占比高出全省平均水平低0.5个百分点。", "0.5个百分点", "低0.5个百分点", "民间投资占比高出全省平均水平"},
		{"新建公园12个。", "12个", "12个", "新建 公园"},
		{"全市公園12個，比上年減少3個。", "3個", "比上年減少3個", "全市公園"},
		{"最低5人即可成团。", "5人", "最低5人", ""},
		{"贷款余额增速为8.3%。", "8.3%", "增速为8.3%", "贷款余额"},
		{"全年全市居民消费价格比上年下降0.1%。", "0.1%", "比上年下降0.1%", "全市居民消费价格"},
		{"游客中有15%的降幅。", "15%", "15%的降幅", ""},
	} {
		f := figureOf(t, head+row.sentence+"\n", row.value)
		if got := Text(f); got != row.said {
			t.Errorf("%s: said %q, want %q", row.sentence, got, row.said)
		}
		if got := Thing(f); row.thing != "" && got != row.thing {
			t.Errorf("%s: counts %q, want %q", row.sentence, got, row.thing)
		}
	}
}

func TestKeepsItsMeaningInEnglish(t *testing.T) {
	for _, row := range []struct{ sentence, value, said string }{
		{"Retail sales fell by 3.1% in 2024.", "3.1%", "fell by 3.1%"},
		{"The number of visitors dropped 12% last year.", "12%", "dropped 12%"},
		{"The waiting time is not more than 20 days.", "20 days", "not more than 20 days"},
		{"The city built 20 schools.", "20 schools", ""},
		{"Output saw 4.5% growth.", "4.5%", "4.5% growth"},
		{"The cutting edge 20 projects began.", "20 projects", ""},
	} {
		r, err := corpus.Builtin().Parse("report", []byte("Annual Report 2024\n1. Review\n"+row.sentence+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				if got := Text(f); f.Text == row.value && row.said != "" && got != row.said {
					t.Errorf("%s: said %q, want %q", row.sentence, got, row.said)
				} else if row.said == "" && got != p.Report.Slice(f.Bounded) {
					t.Errorf("%s: said %q", row.sentence, got)
				}
			}
		}
	}
}

func TestPlace(t *testing.T) {
	for title, want := range map[string]string{
		"2025年临川市国民经济和社会发展统计公报": "临川市", "关于楚川市2025年预算执行情况的报告": "楚川市", "2026年江川省政府工作报告": "江川省", "臨川市2025年政府工作報告": "臨川市",
		"长川市岳北区2025年政府工作报告": "长川市岳北区", "关于数字经济发展审议意见落实情况的报告": "", "全市2025年工作情况": "", "广北壮族自治区2026年政府工作报告": "广北壮族自治区",
	} {
		if got := Place(&corpus.Head{Title: title}); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

func TestPlaced(t *testing.T) {
	for sentence, want := range map[string]string{
		"全市固定资产投资下降41.2%。": "临川市固定资产投资", "固定资产投资下降41.2%。": "临川市固定资产投资", "全国固定资产投资下降41.2%。": "全国固定资产投资", "临川市固定资产投资下降41.2%。": "临川市固定资产投资",
	} {
		f := figureOf(t, head+sentence+"\n", "41.2%")
		if got := Placed(f, Phrase(f)); got != want {
			t.Errorf("%s: %q, want %q", sentence, got, want)
		}
	}
}

// A period to come is never achieved.
func TestStatus(t *testing.T) {
	f := figureOf(t, head+"公园12个。\n", "12个")
	f.Period, f.Status = corpus.Period{From: 2027 * 12, To: 2031 * 12, Label: "2027—2030年"}, corpus.Actual
	if got := Status(f, time.Now()); got != corpus.Target {
		t.Errorf("2027 to 2030 is %s in a report of %d", got, f.Paragraph.Report.Year)
	}
	f.Period = corpus.Year(2024)
	if got := Status(f, time.Now()); got != corpus.Actual {
		t.Errorf("2024 is %s", got)
	}
}
