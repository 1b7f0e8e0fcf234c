package corpus_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/corpus"
)

// standings are the figures of a report as "text|period|status".
func standings(t *testing.T, title, body string) map[string]string {
	t.Helper()
	r := parse(t, "x", title+"\n"+body)
	checkReport(t, r)
	out := map[string]string{}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			out[f.Text] = f.Period.Label + " " + string(f.Status)
			if f.By == "" {
				t.Errorf("%s: nothing tells what decided", f.Text)
			}
		}
	}
	return out
}

func checkStandings(t *testing.T, got map[string]string, want map[string]string) {
	t.Helper()
	for text, w := range want {
		if got[text] != w {
			t.Errorf("%s is %q, want %q", text, got[text], w)
		}
	}
}

// A work report with two times in one heading: leads part them, subheadings go on with them.
func TestStandingOfWorkReport(t *testing.T) {
	got := standings(t, "2026年青石省政府工作报告", `——2026年1月20日在青石省第十四届人民代表大会第四次会议上
一、“十四五”时期和2025年工作回顾
“十四五”时期极不平凡。五年来，我们主要做了以下工作。
我们狠抓产业。建成智能工厂311家，粮食总产年均增长1.7%。城乡低保标准分别从2020年的612元、4010元提高到2025年的733元、6120元。
（一）改革走深走实。新增上市公司41家。
刚刚过去的2025年，全省上下顶压前行，实现“十四五”圆满收官。经济稳中有进。地区生产总值增长5.3%。针对三季度工业回落的情况，及时出手，全年规上工业增加值增长6.4%。
（一）内需持续扩大。新开工项目822个，消费是2019年的1.4倍，全年接待游客377万人次。
（二）民生不断改善。发放补贴19.4亿元，目前全省有养老机构2203家。
二、“十五五”时期主要目标任务
“十五五”时期，要努力实现以下目标。
一是综合实力明显提升。研发投入强度达到2.9%。
三、2026年重点工作
今年是“十五五”开局之年。
经济社会发展的主要预期目标是：地区生产总值增长5%左右，城镇新增就业52万人以上。
（一）扩大内需。建设农村公路3300公里，在2025年增长4.6%的基础上再加一把劲。改造老旧小区612个，目前已开工107个。
`)
	checkStandings(t, got, map[string]string{
		"311家": "2021—2025年 actual", "1.7%": "2021—2025年 actual", "4010元": "2020年 actual", "6120元": "2025年 actual", "41家": "2021—2025年 actual",
		"5.3%": "2025年 actual", "6.4%": "2025年 actual", "822个": "2025年 actual", "377万人次": "2025年 actual", "1.4倍": "2025年 actual", "19.4亿元": "2025年 actual",
		"2.9%": "2026—2030年 target", "5%": "2026年 target", "52万人": "2026年 target", "3300公里": "2026年 target", "612个": "2026年 target", "107个": "截至目前 actual",
	})
	if _, ok := got["五年"]; ok {
		t.Error("五年 of 五年来 is counted")
	}
}

// Headings without numerals, and a lead line that names its own years.
func TestStandingWithoutNumerals(t *testing.T) {
	checkStandings(t, standings(t, "2024年白沙市政府工作报告", `2023年工作回顾
一年来，办成了一批大事。引进企业71家，税收年均增长3.7%。
过去五年工作回顾
五年来，累计新增耕地6.1万亩。
今后工作安排
《规划纲要》明确了今后五年的主要目标：
城镇化率达到71%。
三、2024年主要工作
（一）稳增长。新建厂房44万平方米。
`), map[string]string{"71家": "2023年 actual", "3.7%": "2019—2023年 actual", "6.1万亩": "2019—2023年 actual", "71%": "2024—2028年 target", "44万平方米": "2024年 target"})
}

// A time long ago in a heading, and a year since which nothing was as high, are no time of what
// stands below and behind; a briefing on a year looks back on it.
func TestStandingOfNoOther(t *testing.T) {
	checkStandings(t, standings(t, "关于2023年财政工作的汇报", `一年来，收入稳步增加，税收达到71亿元。
一、四十年前，这里是一片滩涂
新建港口每天吞吐46万吨。
农村居民收入增速为1985年以来最高；养老金人均增加1680元。
`), map[string]string{"71亿元": "2023年 actual", "46万吨": "2023年 actual", "1680元": "2023年 actual"})
}

// What tells the rank of a total is not what grows.
func TestRankCountsNothing(t *testing.T) {
	r := parse(t, "x", "2026年白沙省政府工作报告\n一、2025年工作回顾\n全省地区生产总值达到5.53万亿元、稳居全国前十强、增长4.8%。\n")
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if f.What != "全省地区生产总值" {
				t.Errorf("%s is of %s", f.Text, f.What)
			}
		}
	}
}

// What stands between parts: the title once more, 一、二、三产业 that is no heading, a numbered goal
// with its own year, what something is held against, 上年 of the year under discussion.
func TestStandingHolds(t *testing.T) {
	checkStandings(t, standings(t, "2026年丙省政府工作报告", `2026年丙省政府工作报告
一、2025年工作回顾
——经济稳中有进。规上工业增加值增长6.6%。一、二、三产业增加值分别增长4.3%、5.7%、5.2%。
——民生改善。出口快于2024年1.7个百分点，投资比“十三五”时期增长83%。常住人口由上年的731万人增加到733万人。优良天数312天，为近10年最好，新建公园52个。本年新签合同额8.4亿元，财政收入是“十三五”时期的1.3倍，邮政业务总量（按2020年不变价计算）37亿元。过去 3 年，平均每年落成民房9 800套。
二、2026年重点工作
（一）稳增长。
1.“2030领航计划”：到2030年，布局21个专项。
2.培育龙头企业。新增上市公司13家。加快“十四五”批复的基地建设，确保新增装机330万千瓦。
（二）惠民生。新增养老床位4100张。
`), map[string]string{"6.6%": "2025年 actual", "5.7%": "2025年 actual", "9 800套": "2023—2025年 actual", "1.7个百分点": "2025年 actual", "83%": "2025年 actual", "731万人": "2024年 actual", "733万人": "2025年 actual",
		"52个": "2025年 actual", "8.4亿元": "2025年 actual", "1.3倍": "2025年 actual", "37亿元": "2025年 actual", "21个": "2030年 target", "13家": "2026年 target", "330万千瓦": "2026年 target", "4100张": "2026年 target"})
}

// A speech: the verb that governs a figure, the time that it is followed by, points under a lead.
func TestStandingInEnglish(t *testing.T) {
	checkStandings(t, standings(t, "Harbour City Policy Address 2025", `Looking Back
Three years ago applicants waited 6.3 years; the waiting time is now 5.2 years.
In 2023, the economy grew by 3.1%. Exports reached 812 million tonnes.
We have launched a scheme, with an additional 4 100 chargers to be provided by the end of 2028.
We cut fees by 15% because operators will no longer have to pay twice.
The city should meet you, and so we more than doubled our vans to 777.
The share fell from 81% in 2019 to 76% in 2024.
The first 210 flats will be ready in May this year, and the remaining 330 flats in January next year.
Last year, 47 schools were rebuilt. We will rebuild 62 more.
We have identified land for 9 400 homes in the coming ten years.
Spending rose from $12 billion five years ago to $20 billion in the coming fiscal year. It will grow by 50% to $30 billion by the end of the decade.
By 2046, elderly residents will account for 36% of us.
The following measures will be introduced:
(i) Increase the number of vouchers to 18 000.
(ii) Set up 5 new centres.
Thanks
We received 1 300 letters.
`), map[string]string{
		"3.1%": "2023年 actual", "812 million tonnes": "2023年 actual", "4 100": "2028年 target", "15%": "2025年 actual", "777": "2025年 actual", "81%": "2019年 actual", "76%": "2024年 actual",
		"210": "May 2025 target", "330": "January 2026 target", "47": "2024年 actual", "62": "2025年 target", "9 400": "2025—2034年 target", "$12 billion": "2020年 actual", "$20 billion": "2026年 target", "$30 billion": "2030年 target", "36%": "2046年 target",
		"18 000": "2025年 target", "5": "2025年 target", "1 300": "2025年 actual",
	})
}

// What an English figure is of: a pronoun stands for what was counted before, and neither end of
// a range is said alone.
func TestNamesInEnglish(t *testing.T) {
	r := parse(t, "x", "Harbour City Budget 2025\nDevelopment expenditure is $20 billion. It will grow to $30 billion next year. Support goes to 20% to 30% of seniors. The share rose from 8% to 9%.")
	want := map[string][2]string{"$30 billion": {"Development expenditure", "$30 billion"}, "20%": {"Support goes", "20% to 30%"}, "30%": {"Support goes", "20% to 30%"}, "9%": {"share", "9%"}}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if w, ok := want[f.Text]; ok && (f.What != w[0] || r.Slice(f.Bounded) != w[1]) {
				t.Errorf("%s: %q, said %q, want %q", f.Text, f.What, r.Slice(f.Bounded), w)
			}
		}
	}
}

// Years of accounts: the next one of a budget is that of its title.
func TestYearsOfAccounts(t *testing.T) {
	checkStandings(t, standings(t, "The 2024-25 Budget: Speech by the Treasurer", `Public Finance
For the next financial year, I expect a deficit of $31 billion, or 1.9 per cent of GDP.
I forecast a deficit of $77 billion for 2023- 24. Reserves are expected to be $640 billion by 31 March 2024.
Last year, 1 280 firms were listed.
`), map[string]string{"$31 billion": "2024-25 target", "1.9 per cent": "2024-25 target", "$77 billion": "2023- 24 target", "$640 billion": "31 March 2024 target", "1 280": "2023年 actual"})
	checkStandings(t, standings(t, "Mill Town: FY19 Adopted Budget", `Spending
In FY19, the Town will grow the force to 221 officers. The share went from 82% in FY11 to 79% in FY19.
Spending grew by 2.6%.
`), map[string]string{"221": "FY19 target", "82%": "FY11 actual", "79%": "FY19 actual", "2.6%": "FY19 actual"})
}

// Years of the Republic of China, days, and what a report calls 本期.
func TestStandingInTaiwan(t *testing.T) {
	r := parse(t, "x", "施政報告（議會第3會期，中華民國114年2月）\n茲將113年7月至12月（以下稱為本期）之施政報告如下。\n一、治安\n本期查獲詐騙案1 萬 731 件。113 年完成管線 188 公里，較112年成長11.6%。截至 113 年 12 月底止，已裝電表 41.5 萬戶，達成113年度40萬戶目標。匯率113年12月31日為31.2。")
	want := map[string]string{"1 萬 731 件": "113年7月至12月 actual", "188 公里": "113年 actual", "11.6%": "113年 actual", "41.5 萬戶": "113年12月 actual", "40萬戶": "113年 target", "31.2": "113年12月31日 actual"}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if w := want[f.Text]; w != "" && strings.ReplaceAll(f.Period.Label, "—", "至")+" "+string(f.Status) != w {
				t.Errorf("%s is %s %s, want %s", f.Text, f.Period.Label, f.Status, w)
			}
			delete(want, f.Text)
		}
	}
	if len(want) > 0 || r.Year != 2025 || !r.Covers.Within(corpus.Year(2024)) {
		t.Errorf("not found: %v; year %d, on %+v", want, r.Year, r.Covers)
	}
}

// A speech whose paragraphs are numbered through all its parts: its headings stand without numbers,
// and what was said under one of them does not go on under the next. It names its day in words.
func TestStandingOfNumberedParagraphs(t *testing.T) {
	got := standings(t, "二零二三至二四財政年度", `政府財政預算案
財政司司長
二零二三年二月二十二日星期三
引言
2. 這是新一屆政府的第一份財政預算案，也是恢復通關後的第一份財政預算案。
3. 今年預算案的主題是穩中躍進，我們會為每個住戶提供補貼三千元作為支援之用。
二零二二年經濟回顧
4. 外圍環境顯著惡化，推高能源和商品價格，服務貿易方面，整體服務輸出全年微跌百分之零點九。
5. 在各方面打擊下，整體經濟收縮百分之三點六，勞工市場有所改善但投資開支下跌百分之八點五。
二零二三年經濟前瞻
6. 考慮到上述各項因素，我預測整體經濟在今年會明顯反彈，全年實質增長百分之五點一左右。
派發消費券
7. 政府於過去兩年推行了兩輪消費券計劃，分別向合資格市民發放五千元及一萬元電子消費券。
8. 我會繼續推行這項計劃，預計約有六百四十萬名市民可以受惠，開支合共約三百三十億元。
9. 各項措施會由有關部門跟進，並在下個季度向立法會交代進展情況，開支由現有資源承擔。
10. 我會在未來五年撥款二十億元，用以支援本地的中小企業開拓東南亞以及中東的市場。
11. 為推動環保運輸，政府會在今年內資助購置電動公共小巴和士多啤梨色的渡輪共四百艘。
12. 以上各項建議的詳情，載於預算案的附件，我謹在此向各位同事和所有有關人士致以謝意。
`)
	checkStandings(t, got, map[string]string{
		"百分之零點九": "2022年 actual", "百分之三點六": "2022年 actual", "百分之八點五": "2022年 actual", "百分之五點一": "2023年 target",
		"五千元": "2021—2022年 actual", "一萬元": "2021—2022年 actual", "三百三十億元": "2023年 target",
	})
}

// When a plan begins, the next sentence may say; a whole year is that of the quarter named before it.
func TestStandingOfWhatTakesEffect(t *testing.T) {
	got := standings(t, "Harbour City: Budget Speech 2018 (19 February 2018)", `First, we will increase the annual contributions from $200 to $230 for each primary school student. This will take effect from January 2020.
In 2017 the decline in sales slowed to 3.6 per cent in the fourth quarter, but for the whole year it was down by 7.1 per cent.
By 2025 emissions will be at least 26 percent below 2005 levels.
`)
	checkStandings(t, got, map[string]string{"$230": "January 2020 target", "7.1 per cent": "2017年 actual", "26 percent": "2025年 target"})
}

// What a figure counts may stand before its time, and was named before a change that goes on; what
// grew may stand behind its rate.
func TestNamesBesideChanges(t *testing.T) {
	r := parse(t, "x", "某市2023年政府工作报告\n一、2022年工作回顾\n失业率在去年初上升至5.4%后，逐步下跌至最新的3.4%。全市经济录得2.5%的实质增长。\n")
	want := map[string]string{"5.4%": "失业率 to", "3.4%": "失业率 to", "2.5%": "全市经济录得 growth"}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if w := want[f.Text]; w != "" && f.What+" "+string(f.Role) != w {
				t.Errorf("%s: %s %s, want %s", f.Text, f.What, f.Role, w)
			}
			delete(want, f.Text)
		}
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}

// The time that opens an English paragraph holds for it, numbered or not, until another opens a
// sentence; a plan goes its own way, and the time of one event is no time of what follows it.
func TestTimeThatOpensAParagraph(t *testing.T) {
	got := standings(t, "The 2018-19 Budget: Speech by the Treasurer (28 February 2018)", `Economic Situation
3. Throughout 2016, demand abroad was weak. The town's exports were flat. Imports, held back by dear oil, shrank by 4.7 per cent.
4. During 2016, few ships came. Arrivals of yachts rose by 3.2 per cent. In 2015, they had sunk. The harbour earned 18 per cent less.
5. We ended last year on a firm footing. Rents went up. Wages were 2.6 per cent higher.
6. For 2016-17, revenue was strong. The yard paid a rent of $64 million. Its tax came to $7 million.
7. Over the past year, we mended roads. Some 260 lanes were closed. We will open 35 lanes again.
8. In response to the flood in May 2016, the council met. It lent boats. The lender was paid 21 per cent.
9. The lock is to be dug out by 2026. The yard stays open. The 44 hectares beside it are sown.
10. Fees were 12 per cent lower than those of 2011. Fines fell by 8.5 per cent compared with the estimate for 2014. Tolls rose by 9.5 per cent.
Prospects
11. Last year, trade grew. The number of firms went up by 5.8 per cent. The number is expected to rise by 6.4 per cent.
12. Boats were let to 77 crews. In 2019, we will let more.
`)
	checkStandings(t, got, map[string]string{
		"4.7 per cent": "2016年 actual", "3.2 per cent": "2016年 actual", "18 per cent": "2015年 actual", "2.6 per cent": "2017年 actual",
		"$64 million": "2016-17 actual", "$7 million": "2016-17 actual", "260": "2017年 actual", "35": "2018年 target",
		"21 per cent": "2017年 actual", "44 hectares": "2017年 actual", "9.5 per cent": "2017年 actual",
		"5.8 per cent": "2017年 actual", "6.4 per cent": "2018年 target", "77": "2017年 actual",
	})
}

// A heading that holds an amount, the caption of a picture and the name of a plan say nothing of when
// what stands below was.
func TestHeadingsThatSetNoTime(t *testing.T) {
	checkStandings(t, standings(t, "临溪市2025年国民经济和社会发展统计公报", `一、综合
第二产业增加值412.6亿元，下降3.2%。
二、国家“十四五”规划
新建泵站17座。
`), map[string]string{"412.6亿元": "2025年 actual", "17座": "2025年 actual"})
	page := `<html><body><h1>临溪市2025年国民经济和社会发展统计公报</h1><h2>一、工业</h2><p>全市平稳。</p><h2>图一2021—2025年临溪市全部工业增加值及其增速</h2><p>制造业增长14.6%。</p></body></html>`
	reports, err := corpus.Builtin().ReadFile(context.Background(), "x.html", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range reports[0].Paragraphs {
		for _, f := range p.Figures() {
			if f.Text == "14.6%" && f.Period.Label != "2025年" {
				t.Errorf("14.6%% below a caption is of %s", f.Period.Label)
			}
		}
	}
	checkStandings(t, standings(t, "二零二三至二四財政年度政府財政預算案", `(一)寬減2022-2023年度薪俸稅，上限為6,000元
全港有190萬名納稅人受惠，政府收入將減少85億元。
(二)支援旅遊
現時全港有210間酒店。將近3萬人在酒店工作。
`), map[string]string{"85億元": "2023年 target", "210間": "截至目前 actual"})
}

// Where a change ended may have its own year before it.
func TestChangeAcrossYears(t *testing.T) {
	r := parse(t, "x", "临溪市2025年国民经济和社会发展统计公报\n一、综合\n技术合同成交额从2020年的31亿元增加到2025年的96亿元。\n")
	roles := map[string]corpus.Role{}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			roles[f.Text] = f.Role
		}
	}
	if roles["31亿元"] != corpus.From || roles["96亿元"] != corpus.To {
		t.Errorf("got %v", roles)
	}
}

// What a governor's budget holds, recommends or asks for is planned, in whatever tense; what he tells of is
// not. A rate for each of something holds from the time behind it.
func TestProposalsInEnglish(t *testing.T) {
	checkStandings(t, standings(t, "State of the State 2019", `My budget includes $35 million for shelters. I am recommending that we keep a floor of $275 million for relief.
Our proposal is a cut of 50 percent for veterans. We're calling for an investment of $16.4 million in security.
We housed 7,000 veterans. The fee falls from $1.25 per litre to $0.40 per litre from January 2021.
`), map[string]string{"$35 million": "2019年 target", "$275 million": "2019年 target", "50 percent": "2019年 target", "$16.4 million": "2019年 target", "7,000": "2019年 actual", "$0.40": "January 2021 target"})
}
