package quantity_test

import (
	"fmt"
	"strings"
	"testing"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
)

// line is how a quantity reads in the tables below: text=value unit (bound).
func line(t fold.Text, q quantity.Quantity) string {
	s := string(t.Runes[q.Start:q.End]) + "=" + q.Value.String()
	if !q.High.Equal(q.Value) {
		s += ".." + q.High.String()
	}
	if q.Unit != "" {
		s += " " + q.Unit
	}
	if q.Bound != "" {
		s += " (" + q.Bound + ")"
	}
	return s + map[quantity.Kind]string{quantity.Date: " date", quantity.Ordinal: " ordinal"}[q.Kind]
}

func scan(text string) string {
	t := fold.New(text)
	var out []string
	for _, q := range quantity.Builtin().Scan(t) {
		out = append(out, line(t, q))
	}
	return strings.Join(out, "; ")
}

func TestScan(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"2023年累计实现网络零售22.7亿元", "2023年=2023 年 date; 22.7亿元=2270000000 元"},
		{"指标达到91.4%", "91.4%=91.4 % (达到)"},
		{"省市区各类媒体发表20余篇", "20余篇=20 篇 (余)"},
		{"带动消费交易近1800万元", "1800万元=18000000 元 (近)"},
		{"入驻各类企业、个体商户超200家", "200家=200 家 (超)"},
		{"孵化空间入驻率85%以上", "85%=85 % (以上)"},
		{"全年网络零售额达15亿元以上", "15亿元=1500000000 元 (以上)"},
		{"且年产值均在3000万以下", "3000万=30000000 (以下)"},
		{"核心制造业企业仅5家", "5家=5 家 (仅)"},
		{"6600多万纳税人受益", "6600多万=66000000 (多)"},
		{"粮食产量1.39万亿斤", "1.39万亿斤=1390000000000 斤"},
		{"惠及上千万家庭", "千万家庭=10000000 家庭 (上)"},
		{"两次降低存款准备金率", "两次=2 次"},
		{"县十七届人大三次会议提出3次", "十七届=17 届 ordinal; 三次=3 次 ordinal; 3次=3 次"},
		{"三次产业结构比为25.72:26.84:47.44", "25.72:26.84:47.44=25.72 比"},
		{"三次产业比调整为11.8︰48.3︰39.9", "11.8︰48.3︰39.9=11.8 比"},
		{"会议10:30开始", ""},
		{"城乡居民收入比由2.9∶1缩小至2.52:1", "2.9∶1=2.9 ∶1; 2.52:1=2.52 ∶1"},
		{"会议14:15开始，医护比2:10", ""},
		{"grants rise by R70 a month to R940 in April, on the R61", "r70=70 兰特; r940=940 兰特"},
		{"rs 12,34,567 for 1,84,000 wells, of 12,34", "rs 12,34,567=1234567 卢比; 1,84,000=184000; 12=12; 34=34"},
		{"a quarter of a million lamps, a third of them, a hundred billion dollars, a dozen and three dozen wells", "a quarter of a million=250000; a third=0.3333333333333333; a hundred billion dollars=100000000000 $; a dozen=12; three dozen=36"},
		{"output doubled, will triple, doubled to 3 tonnes; the doubled levy, double glazing", "doubled=2 times; triple=3 times; 3 tonnes=3 吨"},
		{"the '16 budget and fiscal '12", "'16=2016 财年 date; fiscal '12=2012 财年 date"},
		{"二零二四/二五年度赤字", "二零二四/二五年度=2024..2025 财年 date"},
		{"珠三角的三角洲", ""},
		{"amounts to R70 billion a year, or 3,4% of GDP", "r70 billion=70000000000 兰特; 3,4%=3.4 %"},
		{"reserves rose to US$22,2 billion and 3,5 million homes, a fee of R2 300 on the R2", "us$22,2 billion=22200000000 美元; 3,5 million=3500000; r2 300=2300 兰特"},
		{"it would save $30 to $60 million a year", "$30=30000000 $; $60 million=60000000 $"},
		{"30 to 60 million dollars", "30=30000000 $; 60 million dollars=60000000 $"},
		{"investment of $ 4 billion", "$ 4 billion=4000000000 $"},
		{"an outlay of ` 2,200 crore", "` 2,200 crore=22000000000 卢比"},
		{"99-year leases, a 10-cent levy", "99-year=99 年; 10-cent=10 分"},
		{"介乎百分之三点五至五点五", "百分之三点五至五点五=3.5..5.5 %"},
		{"5.4公吨，300平方呎", "5.4公吨=5.4 吨; 300平方呎=300 平方英尺"},
		{"rose by 3, 4 and 5 per cent", "3=3; 4=4; 5 per cent=5 %"},
		{"by more than a third in real terms, two-thirds of them, one quarter, the third of them, a third man, five-fold", "a third=0.3333333333333333 (more than); two-thirds=0.6666666666666667; one quarter=0.25; five-fold=5 倍"},
		{"half a billion dollars, a half million homes, half of them", "half a billion dollars=500000000 $; half million=500000"},
		{"two and a half percent, one-and-a-half million individuals, twelve and a quarter miles", "two and a half percent=2.5 %; one-and-a-half million=1500000; twelve and a quarter miles=12.25 英里"},
		{"seven-tenths of one percent, half of one percent, half a percentage point, three quarters of a percentage point", "seven-tenths of one percent=0.7 %; half of one percent=0.5 %; half a percentage point=0.5 个百分点; three quarters of a percentage point=0.75 个百分点"},
		{"when one compares the year with the one that ends in march, a loved one, no one knows, one of them", ""},
		{"one hospital, one in five children, one to two per cent, 1 to 2 per cent, three to four percent, one and a half miles, there is only one.", "one=1; one in five=0.2; one=1 %; two per cent=2 %; 1=1 %; 2 per cent=2 %; three=3 %; four percent=4 %; one and a half miles=1.5 英里; one=1 (only)"},
		{"nearly a hundred and sixty thousand jobs, a hundred billion dollars lower, a hundred schools, a few hundred homes", "a hundred and sixty thousand jobs=160000 jobs (nearly); a hundred billion dollars=100000000000 $; a hundred=100"},
		{"9 billion rand, 5 million pesos, 3 shillings, he won 4 seats", "9 billion rand=9000000000 兰特; 5 million pesos=5000000 比索; 3 shillings=3 先令; 4=4"},
		{"up by g5.1,2%", "2%=2 %"},
		{"政府收入减少4亿3000万元", "4亿3000万元=430000000 元"},
		{"捐赠1亿7千5百万美元", "1亿7千5百万美元=175000000 美元"},
		{"惠及1万2000户、3万5千人", "1万2000户=12000 户; 3万5千人=35000 人"},
		{"赔款四百万两，两千两百户", "四百万=4000000; 两千两百户=2200 户"},
		{"综合实力居全省前五，进入前20名", "前五=5 ordinal; 前20名=20 名 ordinal"},
		{"前三个月增长前5%", "三个月=3 个月; 5%=5 %"},
		{"预测未来9日，9日发布", "9日=9 日; 9日=9 日 date"},
		{"黄帝纪元4610年，内存128KB", "4610年=4610 年 date; 128kb=128 KB"},
		{"共12万2023年建成", "12万=120000; 2023年=2023 年 date"},
		{"配置20台AED、5G基站3个，8月PM2.5为16微克", "20台=20 台; 3个=3 个; 8月=8 月 date; 16微克=16 微克"},
		{"百分之八十五，三成", "百分之八十五=85 %; 三成=3 成"},
		{"两千三百万人", "两千三百万人=23000000 人"},
		{"一百零五家", "一百零五家=105 家"},
		{"十九点五公尺", "十九点五公尺=19.5 米"},
		{"培育3—5个", "3—5个=3..5 个"},
		{"10%至15%", "10%至15%=10..15 %"},
		{"分别增长8.9%、7.7%", "8.9%=8.9 %; 7.7%=7.7 %"},
		{"由3个增加到5个", "3个=3 个; 5个=5 个"},
		{"下降-3.5%", "-3.5%=-3.5 %"},
		{"可容纳6,476名观众", "6,476名=6476 名"},
		{"发布周通报35期,督促上报35篇", "35期=35 期; 35篇=35 篇"},
		{"2050净零排放，零事故，零点五个百分点，一百零五个", "2050=2050 date; 零点五个百分点=0.5 个百分点; 一百零五个=105 个"},
		{"上解上级支出-9820万元，新建10个-15个", "-9820万元=-98200000 元; 10个-15个=10..15 个"},
		{"三分之二", "三分之二=0.6666666666666667"},
		{"装机500万千瓦，功率3千瓦", "500万千瓦=5000000 千瓦; 3千瓦=3 千瓦"},
		{"PM2.5浓度35微克/立方米", "35微克/立方米=35 微克/立方米"},
		{"研究經費２２．７億元", "22.7亿元=2270000000 元"},
		{"二〇二三年", "二〇二三年=2023 年 date"},
		{"2021—2025年", "2021—2025年=2021..2025 年 date"},
		{"名列第四位", "第四位=4 位 ordinal"},
		{"grew to 140.19 trillion yuan", "140.19 trillion yuan=140190000000000 元"},
		{"an 8.7-percent increase", "8.7-percent=8.7 %"},
		{"over 12.67 million jobs", "12.67 million jobs=12670000 jobs (over)"},
		{"人均GDP9.7万元、CPI101.4，PM2.5为28，A5级", "9.7万元=97000 元; 101.4=101.4; 28=28"},
		{"支出2万多亿元，到账1.5个亿，培育3个万亿级集群", "2万多亿元=2000000000000 元 (多); 1.5个亿=150000000; 3个=3 个"},
		{"外贸负增长4.2%", "负增长4.2%=-4.2 %"},
		{"粮食总产量2 318.6万吨，出生48 200人", "2 318.6万吨=23186000 吨; 48 200人=48200 人"},
		{"工业 350 420", "350=350; 420=420"},
		{"表内 1 200 300 45 家", "1=1; 200=200; 300=300; 45 家=45 家"},
		{"4兆1,207億元、3 兆元、6 萬 2,015 元", "4兆1,207亿元=4120700000000 元; 3 兆元=3000000000000 元; 6 万 2,015 元=62015 元"},
		{"計 3萬 6,933 人、近 5億 9,583 萬元、3兆 318 億元、1萬5,774 人次", "3万 6,933 人=36933 人; 5亿 9,583 万元=595830000 元 (近); 3兆 318 亿元=3031800000000 元; 1万5,774 人次=15774 人次"},
		{"人数 3万 200元，12万2023 年、3万 2,000万元", "3万=30000; 200元=200 元; 12万=120000; 2023 年=2023 年 date; 3万=30000; 2,000万元=20000000 元"},
		{"500兆宽带、1000兆端口2个", "500兆=500 兆; 1000兆=1000 兆; 2个=2 个"},
		{"标准提高20元至610元，价格20元至30元", "20元=20 元; 610元=610 元; 20元至30元=20..30 元"},
		{"分别增长3.7、4.6个百分点，分别为1.2、3.4万人", "3.7=3.7 个百分点; 4.6个百分点=4.6 个百分点; 1.2=12000 人; 3.4万人=34000 人"},
		{"太平镇、七面镇、三里镇和五台县共五个镇、三家乡镇企业", "五个=5 个; 三家=3 家"},
		{"seventeen schools, two hundred and fifty thousand trees, Six hundred thousand homes", "seventeen=17; two hundred and fifty thousand=250000; six hundred thousand=600000"},
		{"by 7.1 per cent, 48 200 homes", "7.1 per cent=7.1 %; 48 200=48200"},
		{"between $5 and $7 billion, 3 to 5 years, by 2.5 to 3 per cent, 30 to 60 km, $5 and $7 billion", "$5=5000000000 $; $7 billion=7000000000 $; 3=3 年; 5 years=5 年; 2.5=2.5 %; 3 per cent=3 %; 30=30 公里; 60 km=60 公里; $5=5 $; $7 billion=7000000000 $"},
		{"百分之七至百分之九，由百分之三到百分之五，一百二十三点五万吨，三点五亿元，十九点五公尺", "百分之七至百分之九=7..9 %; 百分之三=3 %; 百分之五=5 %; 一百二十三点五万吨=1235000 吨; 三点五亿元=350000000 元; 十九点五公尺=19.5 米"},
		{"HK$36 billion, US$5m, £4.1bn, $7,000 and more than S$300", "hk$36 billion=36000000000 港元; us$5m=5000000 美元; £4.1bn=4100000000 英镑; $7,000=7000 $; s$300=300 新加坡元 (more than)"},
		{"the No. 2 cotton port, from No. 18 to No. 13", "2=2 ordinal; 18=18 ordinal; 13=13 ordinal"},
		{"exports reached US Dollar 243 billion", "us dollar 243 billion=243000000000 美元"},
		{"Rs 2.5 lakh crore, 40,000 crore, 3 lakh", "rs 2.5 lakh crore=2500000000000 卢比; 40,000 crore=400000000000; 3 lakh=300000"},
		{"时间：2026-02-09 10家，实施“1920”行动", "2026-02-09=2026 date; 10家=10 家"},
		{"a tower of 120 m", "120 m=120 m"},
		{"nearly 1 in 8 families, nine out of ten, two in 5 years", "1 in 8=0.125 (nearly); nine out of ten=0.9; two=2; 5 years=5 年"},
		{"in FY2027, FY19, 2024/25 and 2021-22年度, 2021-25", "fy2027=2027 财年 date; fy19=2019 财年 date; 2024/25=2024..2025 财年 date; 2021-22年度=2021..2022 财年 date; 2021=2021 date; 25=25"},
		{"up 0.5 percentage points", "0.5 percentage points=0.5 个百分点"},
	} {
		if got := scan(row.text); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
		}
	}
}

// What holds a number and is no quantity is as much of the grammar as what is.
func TestNoQuantity(t *testing.T) {
	for _, text := range []string{
		"一网通办", "“一号发展工程”", "“1+6+N”模式", "推动“141”体系全面贯通", "5G微站", "C919投入商业运营", "洞委人〔〕4号",
		"“十四五”规划", "第三产业" + "：", "一是深化理论学习", "“1户+1人”“1乡+1队”", "千家万户", "一带一路", "“大众创业、万众创新”",
		"新一代信息技术", "争取2030国家科技重大专项",
		"17号线", "3.0版", "一产“接二连三”", "“双千兆”", "XGPON千兆宽带", "一体化指挥", "一平台运行", "\n1.推进", "（1）加强",
	} {
		for _, part := range strings.Split(scan(text), "; ") {
			if part != "" && !strings.HasSuffix(part, "ordinal") {
				t.Errorf("%q has no quantity, got %s", text, part)
			}
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{"22.7亿元", "6600多万", "百分之八十五", "3—5个", "两千三百万", "1,234.5%", "-3", "一二三四", "万亿亿万", "12.67 million jobs"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := fold.New(text)
		end := 0
		for _, q := range quantity.Builtin().Scan(folded) {
			if q.Start < end || q.End <= q.Start || q.End > len(folded.Runes) || q.From > q.Start || q.To < q.End || q.To > len(folded.Runes) || q.From < 0 {
				t.Fatalf("%q: a quantity at [%d,%d) bounds [%d,%d) after %d", text, q.Start, q.End, q.From, q.To, end)
			}
			end = q.End
			_ = fmt.Sprint(q.Value)
		}
	})
}

// What stands at the very end of a text, or one character before it, is read as
// anywhere else: each of these rows was written for a break of the code that no
// other test noticed, see docs/mutation.md.
func TestEdges(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"twenty-five schools were built", "twenty-five=25"},
		{"thirty-nine percent", "thirty-nine percent=39 %"},
		{"编号2026", "2026=2026 date"},
		{"完成三分之", "三分=3 分"},
		{"完成三分之二", "三分之二=0.6666666666666667"},
		{"1,000 in 4 households", "1,000=1000; 4 households=4 households"},
		{"三百多万人", "三百多万人=3000000 人 (多)"},
		{"三百余户", "三百余户=300 户 (余)"},
		{"CPI102.3", "102.3=102.3"},
		{"新增20 百万", "20 百万=20000000"},
	} {
		if got := scan(row.text); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
		}
	}
}
