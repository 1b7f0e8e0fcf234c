package corpus_test

import (
	"testing"

	"reportbot/corpus"
)

// Months of an English speech: of a year of accounts, without a year (the last such month, and where
// something is planned the next), and last month; what is compared with a time is not of it.
func TestMonthsInEnglish(t *testing.T) {
	checkStandings(t, standings(t, "Harbour City: Budget Speech 2019 (20 February 2019)", `In August, 2017 tolls were $14. In April-October 2017, 5 300 boats called. During April to January 2017-18 they paid $44 million.
Fines in May-July 2018 were 61 percent higher than in the same period of the previous year.
Rents in the first ten months of 2017-18 came to $9 million. In the first nine months of last year 810 lamps were lit.
By the end of December we had mended 73 roads. In the last half of that month we sold 19 boats.
We propose a fee of $12 in May.
Dues will rise by $6 a month to $590 in April.
The pier fund held $21 million on August 10, 2017, and the rate of mooring in March, 2018 was 81 percent. In mar 98 it was 64 percent.
In June, more than 1,700 people came. You may see 38 ships. Last month 27 of them left.
`), map[string]string{"$14": "August 2017 actual", "5 300": "April-October 2017 actual", "$44 million": "April to January 2017-18 actual",
		"61 percent": "May-July 2018 actual", "$9 million": "first ten months of 2017-18 actual", "810": "first nine months of 2018 actual", "73": "December 2018 actual",
		"$21 million": "August 10, 2017 actual", "81 percent": "March 2018 actual", "64 percent": "Mar 1998 actual",
		"$590": "April 2019 target", "$12": "May 2019 target", "1,700 people": "June 2018 actual", "38": "2019年 actual", "27": "2019年1月 actual"})
}

// The months of a year of accounts before April lie in its second half, and some end in it.
func TestMonthsOfAccounts(t *testing.T) {
	r := parse(t, "x", "Harbour City: Budget Speech 2019 (20 February 2019)\nDuring January-March 2017-18 we sold 71 boats. During October-February 2017-18 we sold 83.\n")
	want := map[string]corpus.Period{"71": {From: 2018 * 12, To: 2018*12 + 3}, "83": {From: 2017*12 + 9, To: 2018*12 + 2}}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if w := want[f.Text]; f.Period.From != w.From || f.Period.To != w.To {
				t.Errorf("%s: [%d, %d), want [%d, %d)", f.Text, f.Period.From, f.Period.To, w.From, w.To)
			}
			delete(want, f.Text)
		}
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}

// Quarters, halves and months as they are written short, their words no figures; end-2017 is a year.
func TestPartsOfYears(t *testing.T) {
	checkStandings(t, standings(t, "Harbour City: Budget Speech 2018 (19 February 2018)", `Reserves stood at $5 billion at end-2017. Staff was 700 in mid-2016.
Output rose 3% in the first 9 months of 2017 and 4% in Q4 2017. From April to December 2017, exports grew 5%.
Sales fell by 6% in 1Q 2017 and by 7% in Apr-Jun 2017. Between July and September 2016, tolls came to $8 million.
Rents grew by 9% in H1 2017 and 10% in the 2nd half of 2016. Cases of H1N1 were 11 in 2015.
`), map[string]string{"$5 billion": "2017年 actual", "700": "2016年 actual", "3%": "first 9 months of 2017 actual", "4%": "Q4 2017 actual", "5%": "April to December 2017 actual",
		"6%": "1Q 2017 actual", "7%": "Apr-Jun 2017 actual", "$8 million": "July and September 2016 actual", "9%": "H1 2017 actual", "10%": "2nd half of 2016 actual", "11": "2015年 actual"})
	checkStandings(t, standings(t, "某市2024年政府工作报告", `一、2023年工作回顾
前11个月，全市进口200亿元。2022年第1季度税收30亿元，去年前9个月80亿元。
新开的店前6个月免租50平方米。
`), map[string]string{"200亿元": "2023年前11个月 actual", "30亿元": "2022年第1季度 actual", "80亿元": "2023年前9个月 actual", "50平方米": "2023年 actual"})
}

// Years in English: from a year on till now, and not the highest since; from one to another; in brackets
// behind a figure; from a day to come; years of accounts and the one that runs; spans of decades.
func TestYearsInEnglish(t *testing.T) {
	checkStandings(t, standings(t, "Harbour City: Budget 2018-2019", `Since 2013, rents have risen by 60 percent. Crime is down 45% since 2011. The toll of $7 is the highest since 2009.
Since 2010, fees have doubled. We ask for another $55 million.
Sales grew by 12 percent in real terms from 2011 to 2013. Losses came to $48 million over three years (FY15 - FY17).
The levy is $450 from 2021. Aid in Fiscal Year 2016 was $31 million.
Growth in the current year is put at 8 percent. The deficit of the ensuing fiscal year is $66 million.
Over the next decade, we will plant 5,200 trees. In the past twenty years we felled 910 trees. In the next few years we will sell 320 trees.
In 2016-17 we paid $258 million ($261 million w.e.f. 2017-18) for grants of $2,500.
The tax credit for YA2021 is $1,100.
`), map[string]string{"60 percent": "since 2013 actual", "45%": "since 2011 actual", "$7": "2017年 actual", "$55 million": "2018年 target", "12 percent": "2011—2013年 actual", "$48 million": "FY15—FY17 actual",
		"$450": "2021年 target", "$31 million": "FY2016 actual", "8 percent": "2017-18 actual", "$66 million": "2018-19 target", "5,200": "2018—2027年 target", "910": "1998—2017年 actual",
		"320": "next few years target", "$2,500": "2016-17 actual", "$1,100": "YA2021 target"})
}

// When what a paragraph plans begins, the next one may say.
func TestEffectInTheNextParagraph(t *testing.T) {
	checkStandings(t, standings(t, "Harbour City: Budget Speech 2018 (19 February 2018)", `The dues will be raised from $265 to $300.
These changes will take effect from 1 April 2020, to give notice.
We will raise the toll to $17.
They are good changes.
`), map[string]string{"$300": "1 April 2020 target", "$17": "2018年 target"})
}

// A speech on the year of accounts that begins in its own, as the years that it counts in show.
func TestAccountsOfABudget(t *testing.T) {
	checkStandings(t, standings(t, "Budget Speech 2002 (20 February 2002)", `Spending in 2000-01 was low, in 2001-02 it rose, in 2002-03 it falls, as in 2003-04 and in 2004-05.
The deficit for the current fiscal year is expected to be 1.4 percent.
`), map[string]string{"1.4 percent": "2001-02 target"})
}

// Times in Chinese: a quarter without 度, the middle of a year, two years parted by blanks, 上月, a base in
// brackets, from a year on, and a month of a bulletin.
func TestTimesInChinese(t *testing.T) {
	checkStandings(t, standings(t, "二零二三至二四財政年度政府財政預算案", `二零二三年二月二十二日星期三
債券
二零二二年第四季，收入中位數上升百分之八點六。
市民踴躍，政府在上月發行債券五十七億元，下月會再發行三十一億元。
在2024 至2026 年間，吸引共1 130 間公司來港。
我建議由二零二四／二五課稅年度起，設立扣除項目，每年上限為九萬元。
車程由2020年的78分鐘減至65分鐘。
2027 年中前將提升車位總數至21 萬個。
2028年中要建成九十三間診所。2029年中學增加八間。
未來數年會帶來四百億元。
`), map[string]string{"百分之八點六": "2022年第四季 actual", "五十七億元": "2023年1月 actual", "三十一億元": "2023年3月 target", "1 130 間": "2024—2026年 target", "九萬元": "2024/25年度 target",
		"78分鐘": "2020年 actual", "65分鐘": "2022年 actual", "21 萬個": "2027年中 target", "九十三間": "2028年中 target", "八間": "2029年 target", "四百億元": "未来数年 target"})
	checkStandings(t, standings(t, "臺灣濕地保育路徑（2022年）", "一、現況\n2019年排放較基準年（2005年）減少1.1%。已降至2004年基準年水準以下，碳密集度減少34%。\n"), map[string]string{"1.1%": "2019年 actual", "34%": "2019年 actual"})
	checkStandings(t, standings(t, "临溪市2022年国民经济和社会发展统计公报", "七、金融\n12月末，全市存款余额179.05亿元。\n老镇人口约33700人（2008年），其中男性16900人。\n"), map[string]string{"179.05亿元": "2022年12月 actual", "33700人": "2008年 actual", "16900人": "2008年 actual"})
}

// The number within a part of a year counts nothing.
func TestMonthsAreNoFigure(t *testing.T) {
	for text := range standings(t, "Harbour City: Budget Speech 2018 (19 February 2018)", "Output rose 3% in the first 9 months of 2017 and 4% in Q4 2017.\n") {
		if text != "3%" && text != "4%" {
			t.Errorf("%s is a figure", text)
		}
	}
}
