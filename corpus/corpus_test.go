package corpus_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reportbot/corpus"
)

func embedded(t testing.TB) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Who reports, when and on what: where the text says so, else the lines around it.
func TestParties(t *testing.T) {
	for _, row := range []struct{ text, issuer, date, covers string }{
		{"青山区2024年国民经济和社会发展统计公报\n青山区统计局\n2025年3月12日\n一、综合\n全年生产总值45亿元。\n", "青山区统计局", "2025-03-12", "2024年"},
		{"青山区2025年部门预算草案\n青山区财政局\n一、安排\n全区支出安排46.8亿元。\n", "青山区财政局", "", "2025年"},
		{"青山区政府工作报告（2025年）\n一、2024年工作回顾\n新建公园3个。\n", "", "", "2024年"},
		{"关于2024年重点工作完成情况的报告\n我代表县人民政府，向县人大常委会报告。\n一、工作\n新建公园3个。\n青石县人民政府\n2025年1月18日\n", "青石县人民政府", "2025-01-18", "2024年"},
		{"关于2024年重点工作完成情况的报告\n我代表县人民政府，向县人大常委会报告。\n一、工作\n新建公园3个。\n青石县统计局\n2025年1月18日\n", "县人民政府", "2025-01-18", "2024年"},
		{"关于重点工作情况的报告\n一、工作\n我们和农业局一起新建公园3个。\n", "", "", ""},
	} {
		if r := parse(t, "x", row.text); r.Issuer != row.issuer || r.Date != row.date || r.Covers.Label != row.covers {
			t.Errorf("%s: issued by %q on %q, on %q", r.Title, r.Issuer, r.Date, r.Covers.Label)
		}
	}
}

// embeddedReport is the embedded report.
func embeddedReport(t testing.TB) *corpus.Report {
	t.Helper()
	c := embedded(t)
	return c.Report(c.Reports[0].ID)
}

func parse(t testing.TB, name, text string) *corpus.Report {
	t.Helper()
	r, err := corpus.Builtin().Parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The buttons of a page are no title.
func TestTitleBehindButtons(t *testing.T) {
	r := parse(t, "x", "下载\n【字号：\n大\n中\n小】\n全屏 还原\n青川省2026年政府工作报告\n一、2025年工作回顾\n全年新建公园16座。\n")
	if r.Title != "青川省2026年政府工作报告" {
		t.Errorf("titled %q", r.Title)
	}
}

// The marks of notes in a bulletin are no figures and no part of a name; what grew 比上年 stands before that.
func TestMarksOfNotes(t *testing.T) {
	r := parse(t, "x", "青川市2025年国民经济和社会发展统计公报\n一、综合\n全年地区生产总值（GDP）[2]9100.3亿元，比上年增长4.5%。规模以上工业[3]增加值比上年下降6.0%。社会消费品零售总额［9］4195.4亿元。粮食产量12.5万吨[4]，创新高。制定〔2025〕3号文件，建成四大主导产业【10】。\n")
	got := namedFigures(r)
	want := "地区生产总值（GDP）|9100.3亿元 地区生产总值（GDP）|4.5% 规模以上工业增加值|6.0% 社会消费品零售总额|4195.4亿元 粮食产量|12.5万吨"
	if s := got + " "; !strings.HasPrefix(s, want+" ") || strings.Contains(s, "|2 ") || strings.Contains(s, "|10") {
		t.Errorf("%s, want %s", s, want)
	}
}

// What something did under a circumstance is its own, and the circumstance that of what it names.
func TestCircumstance(t *testing.T) {
	r := parse(t, "x", "青川市2026年政府工作报告\n一、2025年工作回顾\n扩大开放，外贸进出口在对美贸易下降超3成的情况下增长12%。税收收入在上年增长8.2%的基础上增长5.1%。粮食产量在2024年增长。\n")
	if s := namedFigures(r); !strings.HasPrefix(s, "美贸易|3成 外贸进出口|12% ") || !strings.Contains(s, "税收收入|5.1%") {
		t.Error(s)
	}
}

// A remark in brackets is a part of the name that it stands behind, comma and all.
func TestRemarksInBrackets(t *testing.T) {
	r := parse(t, "x", "青川市2025年国民经济和社会发展统计公报\n一、综合\n全年全市固定资产投资（不含农户，下同）比上年增长5.4%。保险公司（中心支公司，含筹建）12家。\n")
	if s := namedFigures(r); s != "全市固定资产投资（不含农户，下同）|5.4% 保险公司（中心支公司，含筹建）|12家" {
		t.Error(s)
	}
}

// How something was reckoned is no name: the growth is of what was named before.
func TestMannerOfReckoning(t *testing.T) {
	r := parse(t, "x", "青川市2025年国民经济和社会发展统计公报\n一、综合\n全年实现地区生产总值27695.1亿元，按不变价格计算比上年增长5.4%。工业增加值按可比价格计算增长6.1%。按常住人口计算，人均地区生产总值21.3万元，比上年增长5.0%。高技术企业12家，增加值9958.3亿元。\n")
	if s := namedFigures(r); s != "地区生产总值|27695.1亿元 地区生产总值|5.4% 工业增加值|6.1% 人均地区生产总值|21.3万元 人均地区生产总值|5.0% 高技术企业|12家 增加值|9958.3亿元" {
		t.Error(s)
	}
}

// Money of several things has their names, and not that of the figure before.
func TestOfSeveralThings(t *testing.T) {
	r := parse(t, "x", "青川市2019年财政预算执行情况的报告\n二、收入\n其中：个人所得税6000万元，城市维护建设税、契税等32000万元，资源税13000万元。\n")
	if s := namedFigures(r); s != "个人所得税|6000万元 城市维护建设税、契税等|32000万元 资源税|13000万元" {
		t.Error(s)
	}
}

// namedFigures are the names and the texts of all figures of a report.
func namedFigures(r *corpus.Report) string {
	var all []string
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			all = append(all, f.What+"|"+f.Text)
		}
	}
	return strings.Join(all, " ")
}

func TestEmbeddedReport(t *testing.T) {
	r := embeddedReport(t)
	for _, row := range []struct{ name, got, want string }{
		{"title", r.Title, "关于数字经济发展审议意见落实情况的报告"},
		{"issuer", r.Issuer, "区人民政府"},
		{"addressee", r.Addressee, "区人大常委会"},
		{"language", r.Lang, "zh"},
	} {
		if row.got != row.want {
			t.Errorf("%s is %q, want %q", row.name, row.got, row.want)
		}
	}
	if r.Year != 2024 {
		t.Errorf("it speaks in %d, want 2024", r.Year)
	}
	if body := r.Slice(r.Body); !strings.HasPrefix(body, "主任、各位副主任") || !strings.HasSuffix(body, "意见和建议。") {
		t.Errorf("the body begins %.30q and ends %q", body, body[len(body)-60:])
	}
	var outline []string
	for _, s := range r.Sections {
		outline = append(outline, strings.Repeat("  ", s.Level-2)+s.Marker+s.Heading)
	}
	want := `一、落实情况
  (一)深化学习宣传,筑牢发展思维
  (二)强化组织领导,优化发展体系
  (三)推进产业融合,提升产业能级
  (四)提升数字消费、延伸数智场景
  (五)优化数字服务,加强数字治理
  (六)完善数字基础,夯实要素保障
二、存在问题
三、下一步工作思路`
	if got := strings.Join(outline, "\n"); got != want {
		t.Errorf("outline:\n%s\nwant\n%s", got, want)
	}
}

// Nothing of a body is lost, and every offset holds, whatever the text.
func checkReport(t testing.TB, r *corpus.Report) {
	t.Helper()
	var joined strings.Builder
	seen := map[string]bool{}
	for i, p := range r.Paragraphs {
		joined.WriteString(r.Slice(p.Raw))
		if p.N != i || seen[p.ID] {
			t.Errorf("paragraph %d has number %d and ID %s (again: %v)", i, p.N, p.ID, seen[p.ID])
		}
		seen[p.ID] = true
		for _, s := range p.Sentences {
			if s.Start < p.Start || s.End > p.End {
				t.Errorf("sentence %v lies outside its paragraph %v", s, p.Span)
			}
		}
		for _, f := range p.Mentions() {
			if r.Slice(f.Span) != f.Text || f.Start < p.Start || f.End > p.End {
				t.Errorf("figure %q is not at %v of paragraph %v", f.Text, f.Span, p.Span)
			}
			if f.Bounded.Start > f.Start || f.Bounded.End < f.End {
				t.Errorf("figure %q at %v is bounded at %v", f.Text, f.Span, f.Bounded)
			}
		}
	}
	if joined.String() != r.Slice(r.Body) {
		t.Errorf("the paragraphs join to %d bytes, the body has %d", joined.Len(), r.Body.End-r.Body.Start)
	}
}

func TestParagraphsJoinToBody(t *testing.T) {
	checkReport(t, embeddedReport(t))
	for name, text := range map[string]string{
		"lines":      "某区政府工作报告（2024年）\n一、工作回顾\n一是完成投资3亿元。二是新建学校2所。\n二、2024年打算\n（一）促发展。新增企业5家。\n1.推进甲。\n2.推进乙。\n——推进丙。",
		"no marker":  "说明\n全年接待游客238万人次，增长12.7%。明年争取250万人次。",
		"one line":   "没有标题的一行，其中有12家企业。",
		"misordered": "报告\n一、甲 三、乙 二、丙 一是丁。三是戊。",
		"long":       "报告\n" + strings.Repeat("全区新建公园3个，投资1.2亿元。", 400),
	} {
		t.Run(name, func(t *testing.T) { checkReport(t, parse(t, name, text)) })
	}
}

func TestFiguresInContext(t *testing.T) {
	report := `区政府工作报告（2024年1月）
一、2023年工作回顾
新增国家高新技术企业3家，省科技型中小企业14家。入选市级优秀案例2篇，《浙江信息》《温州信息》录用各1篇。
地区生产总值达到212.5亿元、增长5.5%，比上年增加11亿元。常住人口城镇化率由60.1%提高到66.2%。
城镇和农村居民人均可支配收入分别达到46820元、24135元。
净增高新技术企业42家，总数达318家。已为全区44家科技型企业授信3.33亿元。
二、2024年工作安排
力争新增高新技术企业2家，2023年为3家。到2025年建成5G基站500个。`
	want := []string{
		"新增|国家高新技术企业|3家|2023年|actual|level", "新增|省科技型中小企业|14家|2023年|actual|level",
		"入选|市级优秀案例|2篇|2023年|actual|level", "|《浙江信息》《温州信息》录用|1篇|2023年|actual|level",
		"|地区生产总值|212.5亿元|2023年|actual|level", "|地区生产总值|5.5%|2023年|actual|growth", "|地区生产总值|11亿元|2023年|actual|increase",
		"|常住人口城镇化率|60.1%|2023年|actual|from", "|常住人口城镇化率|66.2%|2023年|actual|to",
		"|城镇和农村居民人均可支配收入|46820元|2023年|actual|level", "|城镇和农村居民人均可支配收入|24135元|2023年|actual|level",
		"|净增高新技术企业|42家|2023年|actual|level", "|净增高新技术企业总数|318家|2023年|actual|level",
		"|科技型企业授信|44家|2023年|actual|level", "|科技型企业授信|3.33亿元|2023年|actual|level",
		"新增|高新技术企业|2家|2024年|target|level", "新增|高新技术企业|3家|2023年|actual|level", "建成|5G基站|500个|2025年|target|level",
	}
	r := parse(t, "区报告", report)
	checkReport(t, r)
	var got []string
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			got = append(got, strings.Join([]string{f.Verb, f.What, f.Text, f.Period.Label, string(f.Status), string(f.Role)}, "|"))
		}
	}
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("figure %d\n got %s\nwant %s", i, g, w)
		}
	}
}

// When a figure is of: the year in brackets behind it, and its own in a list of years.
func TestYearOfEach(t *testing.T) {
	r := parse(t, "报告", "交通情况报告\n2023年12月5日\n一、进展\n车站由2家增至5家。常住人口33.7万人（2010年）。2024年、2025年计划分别完成投资340亿元、290亿元。")
	want := map[string]string{"33.7万人": "2010年 level", "340亿元": "2024年 level", "290亿元": "2025年 level", "2家": "2022年 from", "5家": "2022年 to"}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if got := f.Period.Label + " " + string(f.Role); want[f.Text] != "" && got != want[f.Text] {
				t.Errorf("%s is of %s, want %s", f.Text, got, want[f.Text])
			}
			delete(want, f.Text)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	r = parse(t, "report", "Report on the Work of the Government\nDelivered on March 5, 2023\nOn behalf of the State Council, I now report.\nThe length of railways grew from 25,000 to 42,000 kilometers.")
	if f := r.Paragraphs[len(r.Paragraphs)-1].Figures(); len(f) != 2 || f[0].Role != corpus.From || f[1].Role != corpus.To || r.Issuer != "State Council" {
		t.Errorf("issued by %q, got %+v", r.Issuer, f)
	}
}

// An end of a range is a figure that stands in the report by itself.
func TestEndOfRange(t *testing.T) {
	r := parse(t, "报告", "补助情况报告\n每户补助约500元至2000元。每队培育3—5个项目。增长10%。")
	for text, want := range map[string][2]string{"500元至2000元": {"500元", "2000元"}, "3—5个": {"3—5个", "5个"}, "10%": {"10%", "10%"}} {
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				if f.Text != text {
					continue
				}
				for k, end := range []*corpus.Figure{f.EndOf(false), f.EndOf(true)} {
					if end.Text != want[k] || r.Slice(end.Span) != end.Text || end.ID != f.ID || end.Bounded.Start > end.Start || end.Bounded.End < end.End {
						t.Errorf("%s has the end %+v, want %s", text, end, want[k])
					}
				}
			}
		}
	}
}

// A work report of January: what it has for its own year is planned, whatever
// the verb; 当年 and the last year of a plan are no periods of their own.
func TestPlansOfTheYear(t *testing.T) {
	r := parse(t, "青溪县政府工作报告", `青溪县政府工作报告
——2025年1月9日在青溪县第十八届人民代表大会第四次会议上
一、2024年工作回顾
签约项目39个，当年开工22个。公交专用道由2020年的78公里增加到109公里。三次产业结构由5.8∶42.2∶52.0调整为5.6∶41.8∶52.6。
二、2025年工作安排
2025年是“十四五”规划收官之年。地区生产总值增长6%左右。全县一般公共预算收入安排86.06亿元。各项贷款新增1.91万亿元。`)
	checkReport(t, r)
	var got []string
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			got = append(got, strings.Join([]string{f.Text, f.Each, f.Period.Label, string(f.Status), string(f.Role)}, "|"))
		}
	}
	for _, want := range []string{"22个||2024年|actual|level", "78公里||2020年|actual|from", "109公里||2024年|actual|to",
		"52.0|第三产业|2024年|actual|from", "52.6|第三产业|2024年|actual|share", "6%||2025年|target|growth", "86.06亿元||2025年|target|level", "1.91万亿元||2025年|target|increase"} {
		if !slices.Contains(got, want) {
			t.Errorf("no figure %s among %q", want, got)
		}
	}
}

// What each of a list has, whatever says so: 分别, or 各 before its verb.
func TestRespectively(t *testing.T) {
	r := parse(t, "报告", "情况报告\n以制造业和营造业为大宗，各占就业人口27.82%和8.90%。小学、初中教师本科及以上学历占比分别达到82%和95%。各有2个、共11个。城镇和农村居民人均可支配收入分别达到46820元、24135元。实现营业收入2143亿元、利润总额102.8亿元，分别增长6.5%、8.9%。三次产业贡献率分别为7.1%、43.9%和49.0%。增速分别高于全市、全国1.6、0.7个百分点。")
	want := map[string]string{"46820元": "城镇", "24135元": "农村居民人均可支配收入", "6.5%": "营业收入", "8.9%": "利润总额",
		"27.82%": "以制造业", "8.90%": "营造业为大宗", "82%": "小学", "95%": "初中教师本科及以上学历占比", "11个": "", "43.9%": "第二产业", "0.7个百分点": "全国"}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			if w, ok := want[f.Text]; ok && f.Each != w {
				t.Errorf("%s goes with %q, want %q", f.Text, f.Each, w)
			}
		}
	}
	r = parse(t, "x", "青川省2026年政府工作报告\n一、2025年工作回顾\n全年交通、水利投资分别达到84亿元、48亿元，十方面实事完成。")
	if f := r.Paragraphs[len(r.Paragraphs)-1].Figures(); len(f) < 2 || f[0].Each != "交通" || f[1].Each != "水利投资" {
		t.Errorf("a year before the members is a part of the first: %+v", f)
	}
}

// Which dollar a plain $ is depends on who writes; the sign belongs to the figure.
func TestDollars(t *testing.T) {
	for body, want := range map[string]string{
		"Hong Kong will inject HK$3 billion, and hand out $4,000 to each resident.": "HK$3 billion 港元,$4,000 港元",
		"The city collected $7.5m in fees, up from US$6m.":                          "$7.5m 美元,US$6m 美元",
		"The town collected $7.5m in fees.":                                         "$7.5m $",
	} {
		var got []string
		for _, f := range parse(t, "budget", "Budget Speech\n"+body).Paragraphs[0].Figures() {
			got = append(got, f.Text+" "+f.Unit)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s\n got %q\nwant %s", body, got, want)
		}
	}
}

func TestIDsStayTheSame(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ids := func() map[string]string {
		c, err := corpus.Builtin().Load(context.Background(), dir)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for r := range c.All {
			for _, p := range r.Paragraphs {
				out[p.ID] = p.Text()
			}
		}
		return out
	}
	write("b.txt", "乙报告\n一、甲\n新建学校2所。\n新建学校2所。")
	before := ids()
	write("a.txt", "甲报告\n一、甲\n新建学校2所。")
	after := ids()
	if len(after) <= len(before) {
		t.Fatalf("%d paragraphs, then %d", len(before), len(after))
	}
	for id, text := range before {
		if after[id] != text {
			t.Errorf("%s was %q, is %q", id, text, after[id])
		}
	}
}

// What can't be read is refused with the file's name and the cause.
func TestBadFiles(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"empty":   {"", "empty"},
		"title":   {"首页 |\n打印本页 关闭窗口", "no text"},
		"bytes":   {"\x00\x01\x02\x03\xff\xff\xff", "not text"},
		"binary":  {"PK\x03\x04\xff\xfe", "can't be opened"},
		"no file": {"", "no reports"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if name != "no file" {
				os.WriteFile(filepath.Join(dir, "坏.txt"), []byte(row.text), 0o644)
			}
			_, err := corpus.Builtin().Load(context.Background(), dir)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want a word on %q", err, row.want)
			}
			if name != "no file" && err != nil && !strings.Contains(err.Error(), "坏") {
				t.Errorf("%v does not name the file", err)
			}
		})
	}
	if _, err := corpus.Builtin().Load(context.Background(), "/no/such/folder"); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"报告\n一、甲\n(一)乙。一是丙3家。二是丁5%。", "首页 |\n|\n题 | ||\n一、甲 一是乙。 | ||\n打印本页 关闭窗口 | ||", "1.\n2.\n(1)\n——", "Report\nI. Past\nGDP grew 5.2 percent. In 2023, 12.67 million jobs."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := corpus.Builtin().Parse("fuzz", []byte(text))
		if err == nil {
			checkReport(t, r)
		}
	})
}
