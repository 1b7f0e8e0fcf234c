package corpus

import (
	"regexp"

	"reportbot/corpus/terms"
)

// Scope is the area that a figure speaks of, by its level: "国", "省", "市",
// "区", "县", "镇"; "" where neither the text nor the report tells.
type Scope string

var scopes = map[string]Scope{
	"全国": "国", "我国": "国", "国家层面": "国", "全省": "省", "我省": "省", "省里": "省", "全自治区": "省",
	"全市": "市", "我市": "市", "市里": "市", "全市域": "市", "全区": "区", "我区": "区", "区里": "区", "本区": "区",
	"全县": "县", "我县": "县", "县里": "县", "全镇": "镇", "我镇": "镇", "全球": "球", "全世界": "球",
}

var scopeWords = func() *terms.Set {
	words := make([]string, 0, len(scopes))
	for w := range scopes {
		words = append(words, w)
	}
	return terms.NewSet(words...)
}()

// ScopeIn is the scope that the last such word of folded runes names, "" for
// none. One that something is only held against (高于全市、全国, 占全省) is none.
func ScopeIn(r []rune) (scope Scope) {
	against := -1 // end of the last one that is
	for i := range r {
		n := scopeWords.At(r, i)
		switch {
		case n == 0:
		case ranked.At(r, i+n) > 0:
		case heldAgainst.Before(r, i) > 0 || i > 0 && i-1 == against && r[i-1] == '、':
			against = i + n
		default:
			scope = scopes[string(r[i:i+n])]
		}
	}
	return scope
}

// HeldAgainst is the area that something is held against: 全市 of 比全市高; "" for none.
func HeldAgainst(r []rune) string {
	for i := range r {
		if n := scopeWords.At(r, i); n > 0 && comparing.Before(r, i) > 0 {
			return string(r[i : i+n])
		}
	}
	return ""
}

// ranked stands behind an area among which something has its place, 全国首创, 全省第3位, or a title that it bears:
// 29家全国重点实验室.
var ranked = terms.NewSet("重点", "文明", "先进", "优秀", "示范", "劳动模范", "劳模", "道德模范", "模范", "统一大市场", "双拥", "卫生城", "卫生县", "民族团结", "红色旅游", "典型", "标杆", "样板", "试点", "一流", "百佳", "十佳", "首创", "首个", "首批", "首位", "首家", "首座", "首例", "首条", "首次", "首", "率先", "唯一", "第", "前", "领先", "最", "百强", "排名", "位居", "位列", "平均", "的第", "任务", "下达", "要求", "规定", "考核", "定任务", "定目标")

var comparing = terms.NewSet("比", "较", "跟", "与", "高于", "低于", "快于", "慢于", "高出")

var heldAgainst = terms.NewSet("比", "较", "高于", "低于", "快于", "慢于", "好于", "优于", "多于", "少于", "占", "居", "列", "高出", "超", "跟", "与", "距", "离")

var (
	issuerScope = regexp.MustCompile(`(国务院|State Council)|(省|自治区|市|区|县|州|旗|镇|乡)(?:人民政府|政府|委|人大)`)
	titleScope  = regexp.MustCompile(`(全国)|(省|自治区|市|区|县|州|旗|镇)(?:政府|人民政府|[0-9]{4}年|国民经济|[^市区县省]{0,8}(?:报告|公报))`)
	levels      = map[string]Scope{"国务院": "国", "State Council": "国", "全国": "国", "省": "省", "自治区": "省", "市": "市", "州": "市", "区": "区", "县": "县", "旗": "县", "镇": "镇", "乡": "镇"}
)

// scope is the level of a report's own area, by who issued it, else by its title.
func (r *Report) scope() Scope {
	for _, try := range []struct {
		re   *regexp.Regexp
		text string
	}{{issuerScope, r.Issuer}, {titleScope, r.Title}} {
		if m := try.re.FindStringSubmatch(try.text); m != nil {
			return levels[m[1]+m[2]]
		}
	}
	return ""
}

// isAgainst tells words that are nothing but what something is held against: 高于全国, 快于全市平均水平.
func isAgainst(r []rune) bool {
	for i := range r {
		n := scopeWords.At(r, i)
		if n == 0 {
			continue
		}
		before := comparing.Before(r, i)
		return before == i && i > 0 && (i+n == len(r) || averages.At(r, i+n) == len(r)-i-n)
	}
	return false
}

var averages = terms.NewSet("平均水平", "平均", "水平", "平均值")
