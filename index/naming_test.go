package index_test

import (
	"testing"

	"reportbot/index"
)

// surely asks questions, and wants the figure that is said as the answer; "" for none.
func surely(t *testing.T, e *index.Engine, asked map[string]string) {
	t.Helper()
	told(t, e, asked, func(a index.Answer) bool { return a.Answered && a.Sure })
}

// told holds the first figure of each answer that is told, "" for none, against what is wanted.
func told(t *testing.T, e *index.Engine, asked map[string]string, isTold func(index.Answer) bool) {
	t.Helper()
	for question, want := range asked {
		a := e.Ask(t.Context(), question, nil)
		got := ""
		if isTold(a) && len(a.Figures) > 0 {
			got = a.Figures[0].Text
		}
		if got != want {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
}

// A figure whose name is that of another thing, or of a part, is not surely what a question names, however many words
// they share: nor what is told of those who have it, nor what only says which ones are counted.
func TestNamesOfOtherThings(t *testing.T) {
	e := several(t, "青川省2026年政府工作报告\n\n一、2025年工作回顾\n\n全省地区生产总值增长5.1%，经济总量超500亿元的县域增至12个，新增1个经济总量近千亿的县市。2025年人均生产总值提升至7.6万元。"+
		"农村规模化供水覆盖率达到90%，空气优良天数比率达到91%。新增铁路里程989公里，高速公路、农村公路通车里程均居全国第2位。\n"+
		"跨境电商进出口增长61.6%，外贸进出口总额增长8.4%。民营经济增加值突破1.7万亿元，数字经济蓬勃发展。粮食总产量超760亿斤，蔬菜产量200万吨。\n"+
		"外资企业新设463家，实际使用台资7.24亿美元。民间投资占固定资产投资比重达40%以上。脱贫县农村居民人均可支配收入年均增长8.2%。医疗卫生机构床位6639张，养老服务加快发展。\n"+
		"城乡居民人均可支配收入分别增长6%和7.4%。劳动年龄人口人均受教育年限达到11.7年。\n二、2026年工作安排\n高技术制造业占规上工业比重达到15%以上。\n")
	surely(t, e, map[string]string{
		"GDP多少": "", "GDP增速": "5.1%", "人均GDP多少": "7.6万元", "经济总量超500亿元的县域有几个": "12个",
		"森林覆盖率": "", "农村供水覆盖率": "90%", "优良天数比例": "91%", "高速公路里程多少": "", "铁路里程新增多少": "989公里",
		"进出口增长多少": "8.4%", "跨境电商进出口增长多少": "61.6%", "数字经济增加值多少": "", "民营经济增加值多少": "1.7万亿元",
		"粮食产量多少": "760亿斤", "蔬菜产量多少": "200万吨", "实际使用外资多少": "", "外资企业新设几家": "463家", "固定资产投资增长多少": "",
		"民间投资占比": "40%", "养老床位多少张": "", "医疗卫生机构床位多少张": "6639张", "居民收入增速": "",
		"高技术制造业目标": "", "高技术制造业占比目标": "15%", "人均预期寿命": "", "length of expressways": "", "foreign investment used": "", "grain output": "760亿斤", "length of railways": "989公里", "per capita gdp": "7.6万元",
		"人均受教育年限": "11.7年",
	})
}

// A topic is surely met by its own name, and the bare name of what is reported of a whole place by no part of it.
func TestTopicsByName(t *testing.T) {
	e := several(t, "青川市2025年国民经济和社会发展统计公报\n一、综合\n创新动能加速集聚，累计建成国家级科技创新平台基地160个，研发投入翻一番，高新技术企业增长3.2倍。数字经济规模突破1万亿元、达1.4万亿元，5G网络实现行政村“村村通”。\n"+
		"二、民生\n年末有普通高校4所；普通小学招生3.58万人，在校生28.82万人；幼儿园在园幼儿7.55万人；各类民办学校414所，在校学生8.78万人；小学适龄儿童入学率100%。\n"+
		"全年全市城镇居民人均可支配收入64414元，比上年增长5.3%，其中：工资性收入49809元，增长4.8%。旅游业贡献良多，访港旅客人数超过5000万，总消费有14.8%的增长。\n"+
		"全市社会保险基金预算支出94.1亿元，同比增长6.2%。教育支出78.7亿元。\n"+
		"年末高速公路通车里程1347公里。农村居民享受最低生活保障7.2万人。接待境外入境游客1.03万人次。全年新设外商投资企业734家，外商直接投资到位13.7亿美元。城乡居民基本养老保险参保277.9万人。\n")
	surely(t, e, map[string]string{
		"研发投入强度": "", "数字经济增加值": "", "数字经济规模": "1.4万亿元", "小学多少所": "", "民办学校多少所": "414所", "居民人均可支配收入": "",
		"城镇居民人均可支配收入": "64414元", "警察人数": "", "2025年访港游客升幅": "", "访港旅客人数": "5000万", "社会保障和就业支出": "", "教育支出": "78.7亿元",
		"公路里程": "", "高速公路里程": "1347公里", "低保人数": "", "游客人数": "", "实际使用外资": "13.7亿美元", "养老保险参保": "",
	})
}

// What is asked for by its bare name in English is surely what has that name, and bare growth is that of the economy.
func TestBareEnglishNames(t *testing.T) {
	e := several(t, "The Governor's Address\n\nEconomic growth moderated from 4.1 per cent in the first half of 2015 to 2.1 per cent in the second. For 2015 as a whole, our economy expanded by 3 per cent. Total exports had an annual growth of 3.5 per cent in real terms in 2015, and private consumption grew by 5.6 per cent.\n\nMurder rates went up 30 percent the year before I took office. Graduates found work.\n\n"+
		"Her sister was killed with 21 classmates and teachers in her elementary school. We built 1,300 clinics.\n\nEmployers get a minimum benefit of $2,000. The unemployment rate stood at 3.3 per cent.\n")
	surely(t, e, map[string]string{
		"graduation rate": "", "murder rate": "30 percent", "how many schools": "", "how many clinics": "1,300", "minimum wage": "", "minimum benefit": "$2,000",
		"unemployment rate": "3.3 per cent", "how fast did we grow in 2015": "3 per cent",
	})
}

// What is measured otherwise than what is asked for, what is to be and what is of one level of government is not surely it.
func TestOfOtherMeasure(t *testing.T) {
	surely(t, several(t, "青川省2026年政府工作报告\n\n一、2025年工作回顾\n\n对外开放扩大，进出口总值增长17.6%。牛羊出栏增长5.2%。港珠大桥香港口岸的人工岛占地约130公顷。青溪机场投运，玉山市新增城镇就业2万人。全省城镇新增就业8.6万人。\n\n"+
		"开放通道拓展，中欧班列覆盖欧亚120多个城市。市级重点项目340个。\n\n二、2026年工作\n\n农产品冷库容量达到50万吨。\n\n三、到2030年目标\n\n到2030年，全社会研发投入强度达到3.25%。\n"),
		map[string]string{"进出口总额多少": "", "进出口增长多少": "17.6%", "港珠大桥有几长": "", "港珠大桥人工岛占地多少公顷": "130公顷",
			"研发投入强度现在多少": "", "2030年研发投入强度多少": "3.25%", "今年农产品冷库容量目标": "50万吨", "青溪城镇新增就业多少万人": "", "全省城镇新增就业多少万人": "8.6万人"})
	surely(t, several(t, "青山市2018年财政预算执行情况的报告\n\n一、2018年预算执行情况\n\n（一）市本级\n\n非税收入27874万元。罚没收入3933万元。\n\n（二）全市\n\n非税收入366193万元，增长6.1%。\n"),
		map[string]string{"非税收入多少": "366193万元", "市本级非税收入多少": "27874万元", "罚没收入多少": "3933万元"})
	surely(t, several(t, "2026年西藏自治区政府工作报告\n\n一、2025年工作回顾\n\n与四川共建生态屏障。城镇新增就业5.1万人。\n", "2026年河南省政府工作报告\n\n一、2025年工作回顾\n\n城镇新增就业9.6万人。\n"),
		map[string]string{"四川城镇新增就业多少万人": "", "西藏城镇新增就业多少万人": "5.1万人"})
	surely(t, several(t, "The Governor's Address\n\nWe put $1 billion into children who get a head start. Ninety percent of schools have the E-rate discount. 900 head start children read well.\n"),
		map[string]string{"head start children": "900", "head start schools": "", "E-rate cost": ""})
}
