package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
)

// heading is what the heading of a row or column, or a caption, says of the
// figures beside or below it.
type heading struct {
	text   string // as it stands
	what   string // what is counted, without period, unit and role
	period Period
	unit   string // as written: "亿元"
	role   Role   // "" where it names none
	target bool   // 计划, 目标
	done   bool   // 实际数, 决算数: said of a row, it stands in a column of plans for want of another
	counts bool   // the column numbers the rows, or tells how they are added up: 序号, 公式
	units  bool   // the column holds units: 计量单位
	names  bool   // its numbers are names: 编号, 电话
	ranks  bool   // its numbers are places: 排名
	named  bool   // it names something
}

var (
	brackets   = gate("（([［", `[（(\[［]\s*((?:计量)?单位[:：])?\s*([^（）()\[\]［］]{1,20})\s*[)）\]］]`)
	tableNo    = gate("附表", `^(?:附?表|表格|附件)\s*[0-9一二三四五六七八九十]{0,3}(?:[-—－.][0-9]{1,2})?\s*[:：.、]?\s*`)
	growthWord = gate("增升变涨降同环±比较", `(?:增减|升降|变动|增长|变化|涨跌)(?:幅度?|率)|增长速度|增长率|增长|增速|增幅|涨幅|降幅|同比|环比|±|(?:比|较)(?:上年同期|去年同期|上年|去年|同期)[末底]?|变动率`)
	baseWord   = gate("=＝为", `[（(]?\s*以?(?:上年|去年|上月|上年同期|上年同月|去年同期|(?:19|20)\d\d年)(?:价格)?\s*(?:=|＝|为)\s*100(?:%|％)?\s*[）)]?`)
	increase   = gate("增", `^(?:比|较)?(?:上年|去年|上年同期|去年同期|同期)?(?:增减量|增减额|增减|增量|增加额|增加|净增额)$`)
	shareWord  = gate("占比份构", `占比|比重|份额|占.{0,10}的?(?:比重|比例)|构成`)
	targetWord = gate("计目预", `计划|目标|预期|预计|(?:年初|调整|代编|调整后)预算|预算(?:数|额|安排)|预算$`)
	doneWord   = gate("数", `(?:实际|决算|执行|完成)数$`)
	notTarget  = gate("计目预", `预计执行数|预算执行|(?:占|为|完成|比|较)(?:年初|调整)?(?:预算|计划|目标)`)
	countsWord = gate("号次o式系", `^(?:序号|编号|No\.?|行次|行号|(?:计算)?公式|勾稽关系)$`)
	unitsWord  = gate("单", `^(?:计量)?单\s*位$`)
	namesWord  = gate("编代电邮号文年日时责备说原", `编号|代码|电话|邮编|号码|证号|文号|年份|日期|时间|建成年|责任|备注|说明|原因`)
	ranksWord  = gate("排名位", `排名|名次|位次|排序`)
	captionEnd = regexp.MustCompile(`(?:基本)?(?:情况|统计|汇总|明细|一览)?表$`)
)

var dayHeading = gate("-/.", `\b((?:19|20)\d\d)[-/.]0?([1-9]|1[0-2])(?:[-/.]\d{1,2})?\b`)

// timesIn is the periods that a text names, and its folded runes.
func (rd *Reader) timesIn(text string, now int) ([]rune, []TimeWord) {
	runes := fold.New(text).Runes
	return runes, Times(runes, rd.quantities.ScanRunes(runes), Clock{Year: now})
}

// readHeading reads one heading: "2023年 总量（亿元）", "比上年增长（%）". now is
// the year that 本年 means there.
func (rd *Reader) readHeading(text string, now int) heading {
	text = dayHeading.ReplaceAllString(text, "${1}年${2}月") // 2023/2/1, as a cell shows its month
	h := heading{text: text, named: rd.isName(text)}
	compact := strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), "　", "")
	h.counts, h.units, h.ranks = countsWord.MatchString(compact), unitsWord.MatchString(compact), ranksWord.MatchString(compact)
	h.names = h.counts || h.units || namesWord.MatchString(compact)
	rest := rd.takeUnit(&h, tableNo.ReplaceAllString(baseWord.ReplaceAllString(text, " "), "")) // 上年=100 is what an index is measured by
	switch {
	case shareWord.MatchString(rest):
		h.role = Share
		rest = shareWord.ReplaceAllString(rest, "")
	case increase.MatchString(strings.TrimSpace(rest)) && !strings.HasSuffix(h.unit, "%"):
		h.role, rest = Increase, ""
	case increase.MatchString(strings.TrimSpace(rest)):
		h.role, rest = Growth, ""
	case growthWord.MatchString(rest):
		h.role = Growth
		rest = growthWord.ReplaceAllString(rest, "")
	}
	h.target = targetWord.MatchString(strings.TrimSpace(notTarget.ReplaceAllString(rest, "")))
	h.done = doneWord.MatchString(rest)
	h.what = rd.takePeriod(&h, rest, now)
	return h
}

// isName tells a heading that names something: nothing, or 万吨 alone, where a table
// has lost the column before it, does not.
func (rd *Reader) isName(text string) bool {
	const longest = 12 // characters of a unit
	if text == "" || utf8.RuneCountInString(text) > longest {
		return text != ""
	}
	u, ok := rd.unitOf(text)
	return !(ok && u.scale.GreaterThan(decimal.NewFromInt(1)) && u.base != "")
}

// takeUnit takes the unit out of a heading: （亿元）, （单位：万元）, 增长%.
func (rd *Reader) takeUnit(h *heading, text string) string {
	for _, m := range brackets.FindAllStringSubmatch(text, -1) {
		measure, _, per := strings.Cut(m[2], "/") // 元/月 is no unit of the list, but surely not the table's
		if _, ok := rd.unitOf(measure); ok || m[1] != "" && !per {
			h.unit = strings.TrimSpace(m[2])
			text = strings.Replace(text, m[0], " ", 1)
		}
	}
	if trimmed := strings.TrimRight(text, " "); h.unit == "" && (strings.HasSuffix(trimmed, "%") || strings.HasSuffix(trimmed, "％")) {
		h.unit = "%"
		text = strings.TrimRight(trimmed, "%％± ")
	}
	return text
}

// takePeriod takes the period out of a heading; what is left, without words
// that say nothing, is what the figures count.
func (rd *Reader) takePeriod(h *heading, text string, now int) string {
	runes, times := rd.timesIn(text, now)
	original := []rune(text)
	keep := make([]bool, len(original))
	for i := range keep {
		keep[i] = true
	}
	for _, t := range times {
		if !h.period.Known() {
			h.period = t.Period
		}
		end := t.End
		if end < len(runes) && (runes[end] == '末' || runes[end] == '底') { // 2022年末债务余额
			end++
		}
		for i := t.Start; i < end && i < len(keep); i++ {
			keep[i] = false
		}
	}
	for i := 0; i < len(runes) && len(runes) == len(original); i++ {
		if n := generic.At(runes, i); n > 0 && (i == 0 || !keep[i-1] || runes[i-1] == ' ') && (i+n == len(runes) || !keep[i+n] || runes[i+n] == ' ') {
			for k := i; k < i+n; k++ {
				keep[k] = false
			}
			i += n - 1
		}
	}
	var out strings.Builder
	for i, r := range original {
		if keep[i] {
			out.WriteRune(r)
		}
	}
	what := trimmedName(ofWhich.Replace(strings.Join(strings.Fields(out.String()), "")))
	if generic.Has(fold.String(what)) { // 绝 对 数
		return ""
	}
	return what
}

// ofWhich is what a heading says of the one beside it, and not of what is counted.
var ofWhich = strings.NewReplacer("其中：", "", "其中:", "")

// trimmedName is a name without signs at its ends, and without brackets there whose other
// half is not its own: what is left of 增长（%）, but not 投资（不含农户）.
func trimmedName(name string) string {
	const signs, open, shut = "：:、，,-— ", "(（", ")）"
	for {
		was := name
		name = strings.Trim(name, signs)
		opens, shuts := countOf(name, open), countOf(name, shut)
		last, size := utf8.DecodeLastRuneInString(name)
		first, begin := utf8.DecodeRuneInString(name)
		switch {
		case strings.ContainsRune(open, last), strings.ContainsRune(shut, last) && shuts > opens:
			name = name[:len(name)-size]
		case strings.ContainsRune(shut, first), strings.ContainsRune(open, first) && opens > shuts:
			name = name[begin:]
		case strings.ContainsRune(open, first) && strings.ContainsRune(shut, last) && opens == 1 && shuts == 1:
			name = name[begin : len(name)-size]
		}
		if name == was {
			return name
		}
	}
}

func countOf(text, any string) (n int) {
	for _, r := range text {
		if strings.ContainsRune(any, r) {
			n++
		}
	}
	return n
}

// unit is a unit as a heading states it: what to multiply the number by, and
// the base unit (万元: 10000, 元).
type unit struct {
	scale decimal.Decimal
	base  string
}

// unitOf reads a unit by putting it behind a number, as the writer left it out.
func (rd *Reader) unitOf(written string) (unit, bool) {
	text := strings.ReplaceAll(strings.TrimSpace(written), " ", "")
	if text == "" || text[0] < '0' || text[0] > '9' { // 100 000 000 yuan counts itself
		text = "1" + text
	}
	runes := fold.New(text).Runes
	for _, q := range rd.quantities.ScanRunes(runes) {
		if q.Start == 0 && q.End == len(runes) && (q.Unit != "" || q.Value.GreaterThan(decimal.NewFromInt(1))) && q.Kind == quantity.Amount {
			return unit{q.Value, q.Unit}, true
		}
	}
	return unit{decimal.NewFromInt(1), written}, false
}
