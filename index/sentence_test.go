package index_test

import (
	"slices"
	"testing"

	"reportbot/index"
)

// sentences are held against questions one by one: the first figure that is told surely, "" for none.
func sentences(t *testing.T, title string, rows []sentence) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.text[:min(len(row.text), 30)], func(t *testing.T) { surely(t, several(t, title+"\n\n"+row.text+"\n"), row.asked) })
	}
}

type sentence struct {
	text  string
	asked map[string]string
}

// What a sentence says of one of its figures it does not say of the others, but for what goes on from before.
func TestFiguresOfOneSentence(t *testing.T) {
	sentences(t, "Harbour City: Annual Report and Budget Speech 2024", []sentence{
		{"We have 48 fire stations, 12 of which were renovated in 2023.", map[string]string{"fire stations": "48", "how many fire stations are there": "48"}},
		{"Of the 5,400 applications received, 3,900 were approved.", map[string]string{"how many applications were approved": "3,900", "applications received": "5,400"}},
		{"Spending on education is $4.1 billion, 28% of the budget, and health takes $3.3 billion.", map[string]string{"health spending": "$3.3 billion", "education spending": "$4.1 billion"}},
		{"The literacy rate is 92% for women and 95% for men.", map[string]string{"literacy rate for women": "92%", "literacy rate for men": "95%"}},
		{"We trained 300 nurses and 45 doctors at a cost of $7 million.", map[string]string{"doctors trained": "45", "nurses trained": "300"}},
		{"Some 1.2 million passengers use the metro each day on its 9 lines and 143 stations.", map[string]string{"metro stations": "143", "number of metro lines": "9", "metro passengers per day": "1.2 million"}},
		{"Buses ran on 22 routes with a fleet of 48 trolleys, and by autumn carried 31,500 riders each weekday.", map[string]string{"trolleys": "48", "routes": "22"}},
		{"Some 41 of the 58 municipalities passed their audits.", map[string]string{"municipalities that passed their audits": "41"}},
		{"Permits were granted for 7,640 homes (5,210 in apartment blocks and 2,430 in detached houses).", map[string]string{"permits for detached houses": "2,430"}},
		{"Production of wheat and barley came to 1.46 million tonnes and 0.92 million tonnes respectively.", map[string]string{"barley production": "0.92 million tonnes", "wheat production": "1.46 million tonnes"}},
		{"Among adults, 62% of women and 54% of men felt safe, compared with 58% and 57% respectively five years earlier.", map[string]string{"women five years earlier": "58%", "men five years earlier": "57%"}},
		{"The Bus Rapid line opened with 22 stations and a fleet of 48 electric buses, and by autumn carried 31,500 riders each weekday.", map[string]string{"e-buses on the line": "48", "stations on the line": "22"}},
		{"Three years ago, applicants for public housing waited an average of 6.1 years; the waiting time is now 5.1 years.", map[string]string{"How long is the wait for public housing now?": "5.1 years", "wait for public housing now": "5.1 years"}},
		{"New companies numbered 5,300, of which 410 were foreign.", map[string]string{"foreign companies": "410"}},
		{"I will raise co-funding of wages from a maximum of 30%, to a maximum of 50%.", map[string]string{"co-funding of wages": ""}},
		{"The underlying inflation rate, netting out one-off relief, was 1.7 per cent.", map[string]string{"inflation with one-off relief stripped out": "1.7 per cent"}},
	})
}

// Words of one phrase may stand apart, and a change is told by the verb of the change.
func TestSaidInOtherOrder(t *testing.T) {
	sentences(t, "Harbour City: Annual Report and Budget Speech 2024", []sentence{
		{"Exports grew by 17 per cent in 2023, and imports by 9 per cent.", map[string]string{"export growth in 2023": "17 per cent", "import growth 2023": "9 per cent", "how fast did imports rise": "9 per cent"}},
		{"We planted 10,000 trees last year and will plant 15,000 more this year.", map[string]string{"how many trees planted": "10,000", "trees planted last year": "10,000"}},
		{"The economy expanded by 3.1%, slower than the 4.4% of the year before.", map[string]string{"economic growth": "3.1%"}},
		{"Property tax accounts for 54 percent of revenue; sales tax for 11 percent.", map[string]string{"what share of revenue comes from property tax": "54 percent"}},
		{"Visitor arrivals rose by 14.2 percent year on year.", map[string]string{"growth in visitor arrivals": "14.2 percent"}},
		{"The Estate covers 12,400 hectares, of which 7,900 hectares is woodland.", map[string]string{"parkland area": ""}},
		{"Our buses, 420 vehicles in all, are now electric.", map[string]string{"how many submarines": ""}},
	})
}

// What is not what is asked for is not told surely, however near it stands.
func TestNotTheThing(t *testing.T) {
	sentences(t, "Harbour City: Annual Report and Budget Speech 2024", []sentence{
		{"GDP per capita reached $41,000, and the economy grew by 2.9%.", map[string]string{"GDP": "", "GDP per capita": "$41,000", "economic growth": "2.9%"}},
		{"The programme created 4,500 jobs at a cost of $9,000 per job.", map[string]string{"jobs created": "4,500 jobs", "cost per job": "$9,000"}},
		{"Class sizes in the first grades will be cut to 18 pupils.", map[string]string{"class size in high school": "", "class size": "18"}},
		{"Income inequality, as measured by the Gini coefficient, is at its lowest level over two decades.", map[string]string{"what was the Gini figure": ""}},
		{"The Monetary Fund forecast that global economic growth this year should reach 3.9 per cent.", map[string]string{"our growth forecast": "", "global economic growth forecast": "3.9 per cent"}},
		{"The Monetary Fund lately forecast that the global economic growth this year should reach 3.9 per cent.", map[string]string{"our growth forecast for 2024?": ""}},
		{"Unemployment is below three per cent. Unemployment dropped to a 20-year low of 2.9 per cent.", map[string]string{"jobless rate now": "2.9 per cent"}},
		{"For five years we top up the accounts of seniors with $200.", map[string]string{"seniors' account top up": "$200"}},
		{"The ferry carried 3.96 million passengers. Fares of the ferry were held.", map[string]string{"ferry fares": ""}},
		{"The freight route carries $2 billion of goods. A debt that took long to pay is no joke.", map[string]string{"the debt in dollars": ""}},
		{"America used to make nearly 40% of the world's chips.", map[string]string{"our share of the world's chips now": ""}},
		{"The ferry carried 3.96 million passengers, though fares were held at $2.80.", map[string]string{"ferry riders": "3.96 million"}},
		{"Retail sales grew 2.6 per cent in November.", map[string]string{"retail sales growth October": "", "retail sales growth November": "2.6 per cent"}},
		{"The latest unemployment rate of below three per cent reflects a tight market. The latest unemployment rate dropped to a 20-year low of 2.9 per cent.", map[string]string{"unemployment rate": "2.9 per cent"}},
		{"We more than doubled the size of our youth jobs program from 5,000 to 12,000. This year, we will connect 15,000 young people to jobs.", map[string]string{"how many youth jobs were there before": "5,000"}},
		{"In 1997 the deficit, which had stood at 5.5 per cent of GDP, cost every household $900.", map[string]string{"national debt in dollars": ""}},
	})
}

// A change has a beginning, an end and a size of its own.
func TestOneChange(t *testing.T) {
	sentences(t, "Harbour City: Annual Report and Budget Speech 2024", []sentence{
		{"The unemployment rate fell from 6.1 per cent to 4.2 per cent over the year.", map[string]string{"what was unemployment before": "6.1 per cent", "unemployment rate": "4.2 per cent"}},
		{"Emissions are 31% below their 2005 level.", map[string]string{"how much have emissions fallen": "31%"}},
		{"Average life expectancy has risen by four years since 2000, to 81.", map[string]string{"life expectancy": "81", "how much has life expectancy risen": "four years"}},
		{"The tunnel is expected to cut travel time between the shores from 35 minutes to 12 minutes.", map[string]string{"current travel time between the shores": "35 minutes"}},
	})
	sentences(t, "香港特別行政區政府 二零二五至二六財政年度財政預算案", []sentence{
		{"由2025年4月起，急症室收費會由180元調整至240元；普通科門診收費維持50元。", map[string]string{"急症室新收費": "240元", "急症室舊收費": "180元"}},
		{"公屋平均輪候時間已由6.2年縮短至5.4年，我們的目標是在三年內進一步縮短至4.5年。", map[string]string{"公屋而家要等幾耐": "5.4年"}},
		{"我們會增加100個「卓越獎學金」名額，至每年250個。", map[string]string{"卓越獎學金名額": "250個"}},
		{"業界失業率由去年高峯期的百分之十二點七，持續回落至近期的百分之七點四。", map[string]string{"業界失業率": "百分之七點四"}},
	})
	sentences(t, "青河市2024年政府工作报告", []sentence{
		{"能源自给率由2023年的62%，提高到2035年80%以上。", map[string]string{"能源自给率现在多少": "62%", "2035年能源自给率目标": "80%"}},
		{"城乡低保标准每人每月877元，比上年增加47元。", map[string]string{"低保每月涨了多少钱": "47元", "低保一个月多少钱": "877元"}},
		{"个体户达到5万户，比上年增加3000户。", map[string]string{"个体户多了几户": "3000户", "个体户有多少户": "5万户"}},
		{"高新技术企业达到1086家，较上年净增173家。", map[string]string{"高企有几家": "1086家"}},
	})
}

// Names of figures in Chinese, in either script: each is of its own noun, and of people where people are asked for.
func TestNamesOfOneSentence(t *testing.T) {
	sentences(t, "香港特別行政區政府 二零二五至二六財政年度財政預算案", []sentence{
		{"預計惠及12萬名長者及9,000個照顧者家庭，另有3,000名學生。", map[string]string{"幾多長者受惠": "12萬名", "照顧者家庭有幾多": "9,000個"}},
		{"本港經濟去年實質增長3.1%，私人消費開支上升7.4%，整體貨物出口則下跌10.2%。", map[string]string{"去年經濟增長": "3.1%", "出口跌咗幾多": "10.2%"}},
		{"試驗計劃將率先在輪候人數較多的觀塘和屯門區進行。", map[string]string{"試驗計劃喺邊區做先": ""}},
		{"（一）寬減二零二四／二五課稅年度百分之百的薪俸稅和個人入息課稅，上限為二萬元，全港一百九十五萬名納稅人受惠。", map[string]string{"退薪俸稅封頂幾錢": "二萬元"}},
	})
	sentences(t, "青山縣政府114年施政報告", []sentence{
		{"本府112年度補助3,215名學童營養午餐，每人每餐補助由55元調高至65元。", map[string]string{"營養午餐每餐補助多少": "65元"}},
		{"預計將達成6,000旅遊人次。112年觀光據點人次為1,538萬人次。", map[string]string{"旅遊人次預計多少": "6,000旅遊人次", "111年觀光據點人次": ""}},
		{"慰助金由國防部出4,000萬元，本府多出2,000萬元，共1,490位長者受益。", map[string]string{"慰助金國防部跟縣府各出多少": "4,000萬元", "慰助金幾個人受益": "1,490位"}},
		{"轉診及安寧共計45趟（後送轉診23趟、島際轉診13趟及安寧9趟）。", map[string]string{"轉診加安寧總共幾趟": "45趟"}},
	})
	firstly(t, several(t, "青山縣政府114年施政報告\n\n提供65歲以上縣民免費接種肺炎疫苗，接種率達55.8%。\n"), map[string]string{"肺炎疫苗免費接種": "55.8%", "縣民疫苗": ""})
	sentences(t, "青河市2025年政府工作报告\n\n一、2024年工作回顾", []sentence{
		{"加大惠企力度，减免各类税费122亿元。", map[string]string{"给企业减了多少税费": "122亿元"}},
		{"对政策和项目开展绩效评审，综合核减率37.4%。", map[string]string{"绩效评审核减了百分之几": "37.4%"}},
		{"生产安全事故死亡人数下降22.1%。", map[string]string{"安全事故死了几个人": ""}},
	})
}

// A rank in English is an ordinal, which a day and a war are not.
func TestRanksInEnglish(t *testing.T) {
	e := several(t, "Harbour City: Report 2024\n\nOur infrastructure is ranked 13th in the world. The port is the second largest in Asia. Penmore ranked 3rd of 22 districts. The Alliance was founded after World War 2, and we met on the 21st of May.\n")
	firstly(t, e, map[string]string{"infrastructure world ranking?": "13th", "rank of our port in Asia": "second", "Penmore rank": "3rd", "rank of the Alliance": ""})
}

// A year of accounts is not surely that of a report of the calendar year in which it ended.
func TestYearOfAccountsBefore(t *testing.T) {
	e := several(t, "Interim Budget 1996-97\nSpeech of the Minister of Finance\n28th February, 1996\n\nI am providing $27,819 million for defence.\n")
	surely(t, e, map[string]string{"defence budget for 1994-95": ""})
}

// The first of those that may be meant, where none is sure.
func TestFirstOfOneSentence(t *testing.T) {
	for text, asked := range map[string]map[string]string{
		"Total tax cuts amount to $7 billion for 14 million people.":                            {"tax cuts": "$7 billion"},
		"Emissions are 31% below their 2005 level, and we aim for 50% by 2030.":                 {"emissions target for 2030": "50%", "how much have emissions fallen since 2005": "31%"},
		"Two-thirds of our buses, 420 vehicles, are now electric.":                              {"how many buses are electric": "420"},
		"From January to June, 5,300 new companies were registered, of which 410 were foreign.": {"foreign companies registered": "410"},
	} {
		firstly(t, several(t, "Harbour City: Annual Report 2024\n\n"+text+"\n"), asked)
	}
}

// What only rose or fell, what is left of a kind, what several come to together and what is of each are not surely how much
// there is of a thing.
func TestNotTheWhole(t *testing.T) {
	sentences(t, "青河市2025年政府工作报告\n\n一、2024年工作回顾", []sentence{
		{"最低工资标准提高183元。", map[string]string{"最低工资标准多少": "", "最低工资标准提高了多少": "183元"}},
		{"其他服务业增加值1389.15亿元，增长6.3%。", map[string]string{"服务业增加值": "", "其他服务业增加值": "1389.15亿元"}},
		{"年末等级公路里程2971.12公里；等外公路119.14公里。全市公路总里程3090.26公里。", map[string]string{"公路里程": "3090.26公里", "等级公路里程": "2971.12公里"}},
		{"城镇、农村居民人均可支配收入分别增长3.4%、5.2%。", map[string]string{"居民人均收入涨了多少": "", "农民收入涨了多少": "5.2%"}},
		{"羊出栏55.71万头，增长2.7%。", map[string]string{"羊存栏": "", "羊出栏": "55.71万头"}},
		{"第三产业增加值3324.6亿元，增长5.6%。第三产业投资增长9.4%。", map[string]string{"三产增速": "5.6%"}},
	})
	sentences(t, "香港特別行政區政府 二零二五至二六財政年度財政預算案", []sentence{
		{"教育、社會福利及衞生三個範疇合共佔六成。", map[string]string{"教育開支": ""}},
		{"措施涉及約七百五十三億元經營開支及八十八億元非經營開支。", map[string]string{"經營開支": "七百五十三億元", "非經營開支": "八十八億元"}},
		{"經常開支佔經營開支超過八成，為四千四百一十億元，主要涉及去年計劃的一百一十二億元開支。", map[string]string{"經常開支幾多": "四千四百一十億元"}},
	})
	sentences(t, "Harbour City: Annual Report and Budget Speech 2024", []sentence{
		{"Our economy grew by 3.2 per cent.", map[string]string{"world growth": "", "economic growth": "3.2 per cent"}},
	})
}

// What names nothing of its own is not outdone by what stands before it: both ends may be meant.
func TestBothEndsMayBeMeant(t *testing.T) {
	e := several(t, "Harbour City: Annual Report and Budget Speech 2024\n\nI will raise the co-funding levels of wage rises for this year, from a maximum of 30%, to a maximum of 50%.\n")
	a := e.Ask(t.Context(), "what share of wage rises will be co-funded this year", nil)
	for _, want := range []string{"30%", "50%"} {
		if !slices.ContainsFunc(a.Figures, func(f index.FigureHit) bool { return f.Text == want }) {
			t.Errorf("no %s among %d figures", want, len(a.Figures))
		}
	}
}
