package corpus_test

import "testing"

// hongKong is the head of a budget speech of Hong Kong, which has headings without numerals and
// paragraphs each on a thing of its own.
const hongKong = "二零二四至二五財政年度政府財政預算案"

// A line that opens a list of what will be done plans its points and no more; what is told beside them
// of today or of a scheme that has run is done.
func TestListsOfPlansInChinese(t *testing.T) {
	checkStandings(t, standings(t, hongKong, `一、改善交通
為改善區內交通，我會推出以下措施：
（一）寬減二零二三／二四課稅年度的隧道費，上限為九百元，五萬二千名車主受惠；
（二）加設巴士站，現時區內有三百一十個車站；
（三）增購八十七輛巴士。
二、郊區現況
（一）鄉村一百六十條；
（二）墟市
渡輪每日載客四萬三千人次。
`), map[string]string{"五萬二千名": "2023/24年度 target", "三百一十個": "截至目前 actual", "八十七輛": "2024年 target", "一百六十條": "2023年 actual", "四萬三千人次": "2023年 actual"})
}

// A list of goals ends with the part in which it stands, and a heading of a speech with the next.
func TestPartsOfPlansEnd(t *testing.T) {
	checkStandings(t, standings(t, "臺灣濕地保育路徑（2022年）", `一、保育工作
（一）復育
各項保育目標如下：
復育濕地61公頃。
二、濕地現況
全臺有濕地4萬7,000公頃。
`), map[string]string{"61公頃": "2022年 target", "4萬7,000公頃": "2022年 actual"})
	checkStandings(t, standings(t, hongKong, `未來計劃
全年投入二十六億元。
圖書館服務
全港有八十二間圖書館。
「街頭藝術計劃」
藝術家繪畫了一百四十幅壁畫。
二零二四年，我們增聘館員。
讀者每人借書十九本。
`), map[string]string{"二十六億元": "2024年 target", "八十二間": "2023年 actual", "一百四十幅": "2023年 actual", "十九本": "2023年 actual"})
}

// The last word before a figure tells plan from deed, and a word within a longer one tells nothing:
// a plan that has run, a general (將軍), what is nearly so many (將近). What will be may stand behind.
func TestLastWordDecides(t *testing.T) {
	checkStandings(t, standings(t, hongKong, `創造職位
計劃在兩輪中已創造六萬六千個職位。參加這計劃的有二百一十家公司。
將軍澳有四十七所學校。將近五千名學生乘車上學。
隧道通車後，車程將由目前的45分鐘減至18分鐘。
七十三萬名長者將受惠。
我預留三億四千萬元翻新街市。
`), map[string]string{"六萬六千個": "2023年 actual", "二百一十家": "2023年 actual", "四十七所": "2023年 actual", "五千名": "2023年 actual", "18分鐘": "2024年 target", "七十三萬名": "2024年 target", "三億四千萬元": "2024年 target"})
	checkStandings(t, standings(t, "临溪市2025年政府工作报告", "三、2025年重点工作\n2025年第三季度，优化目前的接送服务，新增座位640个。\n"), map[string]string{"640个": "2025年第三季度 target"})
}

// A speech that moves a bill speaks in the bill's year.
func TestYearOfBill(t *testing.T) {
	for first, want := range map[string]int{
		"Mr President,\nI move that the Appropriation Bill 2011 be read a second time.\nTrade grew in 2003 and 2004, and so did tourism in 2004.\n": 2011,
		"主席：\n我謹動議二讀《2011年撥款條例草案》。\n二零零三年和二零零四年貿易增長。\n":                                                                                             2011,
	} {
		if r := parse(t, "x", first); r.Year != want {
			t.Errorf("%.30q…: %d, want %d", first, r.Year, want)
		}
	}
}

// In English a plan goes on in the next sentence that begins with a pronoun; will outranks a year that
// is over; what is reached of a goal is reached; which goes with of.
func TestPlansThatGoOn(t *testing.T) {
	checkStandings(t, standings(t, "Harbour City: Budget Speech 2018 (19 February 2018)", `I will raise the ceiling for shops to $420,000. This means that a shop can claim up to $1.3 million. 
We will open another. It's hard to run one on $9,100 a month.
I shall waive the fees for 2016 up to a ceiling of $2,700.
The yard built 5,200 boats, which is 93% of the goal we had set. For 81 percent of the targets, we are ahead.
In the past four years, we finished 880 homes and began others, 72 percent of which will be let.
We widened the Ferry Act to open 23 derelict piers that will bring jobs. I proposed a toll of 12 percent.
Further, the quay takes 64 ships. Take, for example, the north quay with its 33 cranes.
`), map[string]string{"$1.3 million": "2018年 target", "$9,100": "2018年 actual", "$2,700": "2016年 target", "93%": "2018年 actual", "81 percent": "2018年 actual",
		"72 percent": "2014—2017年 target", "23": "2018年 actual", "12 percent": "2018年 target", "64": "2018年 actual", "33": "2018年 actual"})
}

// What a budget does is planned, in the present tense too, and what was done with it is not. The points
// below a line that opens a list of plans need no mark.
func TestBudgetsInThePresentTense(t *testing.T) {
	checkStandings(t, standings(t, "Budget Address 2019", `My budget counts $125,000 of fees towards the fund. In this budget, the city avoids $48 million of rent. Our budget was balanced with $3 million to spare.
Our budget mends the streets:
By hiring seventeen more officers,
$6.2 million for lamps,
new patrols in 31 parks,
Two of them in 5,300 acres of wood;
Closing 14 dark lanes.
The city has 520 lamps. Some of the targeted streets are dark. These are the worst:
$77,000 of stolen copper in Mill Street;
`), map[string]string{"$125,000": "2019年 target", "$48 million": "2019年 target", "$3 million": "2019年 actual", "seventeen": "2019年 target", "$6.2 million": "2019年 target",
		"31": "2019年 target", "5,300 acres": "2019年 target", "14": "2019年 target", "520": "2019年 actual", "$77,000": "2019年 actual"})
}

// What there is, where something is done with it, is neither so many nor a time; what is set aside
// already is to be spent.
func TestUponWhatThereIs(t *testing.T) {
	checkStandings(t, standings(t, hongKong, `培訓
我已預留十三億元，成立學院。
強化現有課室的設備，約三十五間受惠。
現有課室八十一間。
未來計劃
善用現有資源，連同新撥款合共六億元。再整合現有資源和新撥款合共七億元。
`), map[string]string{"十三億元": "2024年 target", "三十五間": "2023年 actual", "八十一間": "截至目前 actual", "六億元": "2024年 target", "七億元": "2024年 target"})
}

// Among this year's tasks a five-year plan that a sentence opens with is the time of its paragraph alone.
func TestFiveYearsAsideOfThisYear(t *testing.T) {
	checkStandings(t, standings(t, "2026年青石省政府工作报告", `一、“十五五”时期主要目标
“十五五”时期，实现以下目标。
城镇化率达到68%。
二、2026年重点任务
（一）壮大产业。新建厂房26万平方米。
出台“十五五”稀土规划，建设基地12个。
（二）扩大内需。新开商场31家。
`), map[string]string{"68%": "2026—2030年 target", "26万平方米": "2026年 target", "12个": "2026—2030年 target", "31家": "2026年 target"})
}
