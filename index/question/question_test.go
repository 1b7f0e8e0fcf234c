package question_test

import (
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/quantity"
	"reportbot/index/question"
)

func language(t *testing.T) *question.Language {
	t.Helper()
	l, err := question.New(nil, quantity.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	l.Said = func(string) bool { return true }
	return l
}

// A question as it was read, in one line: what is asked for, of what unit, time, place and
// status, and the words that are searched for. The reports speak in 2024.
func TestUnderstand(t *testing.T) {
	l := language(t)
	for _, row := range []struct{ question, want string }{
		{"新建了多少5G基站", "figure extent=new head=基站 | 新建* 5g基站*"},
		{"2023年新建了多少家企业", "figure unit=家 extent=new period=2023年 focus=企业 head=企业 | 新建* 企业"},
		{"今年财政收入目标是多少亿元", "figure unit=元 class=money status=target period=2024年 head=财政收入 | 财政收入* 目标*"},
		{"桥有多少座", "figure unit=座 head=桥 | 桥"},
		{"几岁可以退休", "figure unit=岁 class=time head=退休 | 可以退休"},
		{"覆盖率有多高", "figure class=percent likely=percent head=覆盖率 | 覆盖率*"},
		{"工期多久", "figure likely=time head=工期 | 工期"},
		{"他修了几年书", "figure unit=年 class=time focus=书 head=书 | 他修 书"},
		{"公元几年建成", "date status=actual grain=年 head=建成 | 建成*"},
		{"在几年前开工", "date grain=年 head=开工 | 开工* 前开工"},
		{"什么时候开通", "date grain=年 head=开通 | 开通"},
		{"哪个世纪建的", "date grain=世纪 head=建 | 建 建*"},
		{"为什么下降", "passage why=why role=growth head=下降 | 下降*"},
		{"谁牵头", "passage why=who head=牵头 | 牵头"},
		{"比上年增长多少", "figure role=increase | 比 增长*"},
		{"比全国高多少个百分点", "figure unit=个百分点 class=percent role=increase head=高 | 比全国高 高*"},
		{"一季度占比是多少", "figure class=percent likely=percent role=share period=2024年一季度 |"},
		{"累计完成投资多少", "figure likely=money extent=total status=actual head=投资 | 累计 完成 投资"},
		{"乡村旅游怎么样，民宿不要", "passage why=how head=旅游 | 乡村旅游"},
		{"三四季度增速各多少", "figure list class=percent likely=percent role=growth period=2024年三季度 period=2024年四季度 |"},
		{"二三产融合示范区多少个", "figure unit=个 head=示范区 | 三产* 二三产融合示范区"},
		{"楼价跌了百分之几", "figure class=percent role=growth head=楼价 | 楼价* 楼价跌"},
		{"给企业发了多少奖补", "figure likely=money focus=奖补 head=奖补 | 给企业发 奖补* 发*"},
		{"经济增长目标定多少", "figure likely=percent role=growth status=target head=经济增长目标 | 经济增长目标* 经济增长目标定"},
		{"失業率而家跌到幾多", "figure class=percent likely=percent role=to head=失业率 | 失业率* 失业率而家跌"},
		{"年末养了多少头牛", "figure unit=头 focus=牛 head=牛 | 年末* 年末养 牛"},
		{"城乡收入比五年前后各是几比1", "figure list unit=∶1 class=ratio role=increase head=城乡收入比 | 城乡收入比* 后 1"},
		{"粮食同棉花产量各多少", "figure list likely=mass head=棉花 | 粮食和棉花"},
		{"合同同协议各签了多少份", "figure list unit=份 head=协议 | 合同和协议 签"},
		{"粮食产量同去年相比多多少", "figure likely=mass role=increase period=2023年 head=粮食产量 | 粮食产量* 粮食产量同 相比多"},
		{"同期粮食产量多少", "figure likely=mass head=粮食产量 | 粮食产量* 同期粮食产量"},
		{"一年要花多少公帑", "figure likely=money focus=公帑 head=公帑 | 一年 要花 公帑* 花*"},
		{"一二三产占比", "figure list class=percent likely=percent role=share head=三产 | 一产* 二产* 三产*"},
		{"隐债化了多少", "figure head=隐债 | 隐债* 隐债化"},
		{"小学初中各多少所", "figure list unit=所 head=小学 | 小学 初中"},
		{"小学附属初中多少所", "figure unit=所 head=小学 | 小学附属初中"},
		{"省里转贷的债券有多少", "figure likely=money head=债券 | 省里转贷 债券"},
		{"省里的债券有多少", "figure likely=money scope=省 head=债券 | 省里 债券"},
		{"5G基站", "any head=基站 | 5g基站*"},
		{"旅遊收入有幾億元", "figure unit=元 class=money head=旅游收入 | 旅游收入*"},
		{"how many people live in rural areas", "figure class=person, head=people | people* live in* rural areas*"},
		{"how many 5G base stations were built in 2023", "figure class=count,person,household, status=actual period=2023年 head=5g base stations | 5g base stations* built in*"},
		{"what is the unemployment rate", "figure class=percent head=unemployment rate | unemployment rate*"},
		{"what will the cap be", "figure status=target head=cap | cap*"},
		{"what does insulin cost", "figure class=money head=cost | insulin* cost*"},
		{"what will the fare be from next year", "figure likely=money status=target period=2025年 head=fare | fare*"},
		{"how are applications made", "passage why=how head=applications | applications* made*"},
		{"why did exports of processing trade fall", "passage why=why role=growth status=actual head=exports | exports* processing trade* fall*"},
		{"when was the airport opened", "date status=actual grain=年 head=airport | airport* opened*"},
		{"exports of processing trade", "any likely=money head=exports | exports* processing trade*"},
		{"economies in the north", "any head=economies | economies* north*"},
		{"who wrote the 9th plan", "passage why=who status=target head=9th | wrote* 9th* plan*"},
		{"which district has nine parks", "passage why=which head=district | district* nine* parks*"},
		{"学校建于几年", "date grain=年 head=学校 | 学校建 建*"},
		{"几月召开", "date grain=月 head=召开 | 召开"},
		{"全省有多少家医院", "figure unit=家 scope=省 focus=医院 head=医院 | 全省 医院"},
		{"how much have exports risen", "figure likely=money role=growth head=exports | exports* risen*"},
		{"tell me about rural tourism", "any head=旅游 | rural tourism*"},
		{"how many new homes were built from 2022", "figure class=count,person,household, extent=new status=actual | new homes* built*"},
		{"what about the cap", "figure head=cap | cap*"},
		{"五大产业是哪几个", "passage why=which head=产业 | 五大产业"},
		{"过渡房的地批准了吗", "passage why=how head=批准 | 过渡房 地批准"},
		{"渡轮仲搞唔搞", "passage why=how head=搞 | 渡轮仲搞唔搞"},
		{"which three clusters get more quota", "passage why=which extent=new head=clusters | three* clusters* more* quota*"},
		{"will the money be paid back?", "passage status=target head=money | money* paid* back*"},
		{"what is the plan for the harbour", "passage why=topic status=target head=harbour | plan* harbour*"},
		{"how far did road deaths drop", "figure likely=percent role=growth status=actual head=deaths | road* deaths* drop*"},
		{"how much of the fund is used up", "figure head=fund | fund* used up*"},
		{"the goals where we are behind", "any head=goals | goals* behind*"},
		{"receipts FY15 through FY17", "any period=FY15—FY17 head=receipts | receipts*"},
		{"exports y-o-y", "any likely=percent role=growth head=exports | exports* year on year*"},
		{"headcount of teachers", "figure class=count,person,household, head=teachers | teachers*"},
		{"98 deficit when he took office", "any likely=money head=deficit | 98* deficit* took* office*"},
		{"growth 94 to 1999", "figure likely=percent role=growth period=1994—1999年 | growth*"},
		{"growth 05 to 2012", "figure likely=percent role=growth period=2005—2012年 | growth*"},
		{"homes built since 94", "any status=actual head=since | homes* built* since*"},
		{"terminal opens when", "date grain=年 head=terminal | terminal* opens*"},
		{"20-21 money for schools", "any class=money period=2020-21 head=money | money* schools*"},
	} {
		if got := l.Understand(row.question, corpus.Clock{Year: 2024}).String(); got != row.want {
			t.Errorf("\t\t{%q, %q},", row.question, got)
		}
	}
}

// What a follow-up takes over, and what it names instead.
func TestEndingAlike(t *testing.T) {
	l := language(t)
	for _, row := range []struct{ before, word, want string }{
		{"教育支出是多少", "卫生健康支出", "卫生健康支出是多少"},
		{"教育支出是多少", "城市绿化", ""},
		{"支出是多少", "卫生健康支出", ""},
		{"教育支出是多少", "支出", ""},
	} {
		if got := l.EndingAlike(row.before, row.word); got != row.want {
			t.Errorf("%s, %s: got %q, want %q", row.before, row.word, got, row.want)
		}
	}
}

// One character is the thing that is asked for where it names one.
func TestNamesThing(t *testing.T) {
	l := language(t)
	for text, want := range map[string]bool{"桥有多少座": true, "建了多少座": false, "5G基站": false, "公园有多少个": false} {
		if got := l.Understand(text, corpus.Clock{Year: 2024}).NamesThing(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// A text says a term with each of its words, or with one that means the same.
func TestSaysAll(t *testing.T) {
	l := language(t)
	for _, row := range []struct {
		text, term string
		want       bool
	}{
		{"全市新建公园12个", "新建公园", true},
		{"公园新建12个", "新建公园", true},
		{"新建学校12所", "新建公园", false},
		{"公园12个", "新建公园", false},
	} {
		if got := l.SaysAll(row.text, []rune(row.term)); got != row.want {
			t.Errorf("%s of %s: %v", row.term, row.text, got)
		}
	}
}

// A way to say a part that it has already is as sure as the surer.
func TestAdd(t *testing.T) {
	p := question.Part{Text: "a"}
	p.Add("a", 0.5)
	p.Add("b", 0.2)
	p.Add("a", 0.9)
	p.Add("b", 0.1)
	if len(p.Alts) != 2 || p.Alts[0].Quality != 0.9 || p.Alts[1].Quality != 0.2 {
		t.Errorf("%+v", p.Alts)
	}
}
