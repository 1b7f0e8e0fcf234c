package saying

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
)

// placeRe is a place, or a place within another, with which a title begins after
// its year: 邵阳市 of 2025年邵阳市国民经济…, 长沙市岳麓区.
var placeRe = regexp.MustCompile(`^(?:关于)?(?:[0-9〇零一二三四五六七八九]{4}年度?)?((?:\p{Han}{2,3}?(?:特别行政区|自治区|省))?(?:\p{Han}{2,7}?(?:自治州|自治县|市|州|盟|地区|区|县|旗))?(?:\p{Han}{2,5}?(?:区|县|旗|镇|乡|街道))?)`)

// noPlace ends like a place and names none.
var noPlace = regexp.MustCompile(`全[省市区县]|[我本各][省市区县]|市场|开发区|城区|地区生产|社区|园区|山区|小区|辖区|政府|审议|工作|落实|情况`)

// Place is the place that a report is of, as its title or its issuing body
// names it, "" where neither does.
func Place(r *corpus.Head) string {
	for _, text := range []string{r.Title, r.Issuer} {
		text = strings.TrimLeft(text, "《〈 ")
		folded := fold.New(text)
		m := placeRe.FindStringSubmatchIndex(string(folded.Runes))
		if m == nil || m[2] == m[3] || noPlace.MatchString(string(folded.Runes)[m[2]:m[3]]) {
			continue
		}
		from := utf8.RuneCountInString(string(folded.Runes)[:m[2]])
		return text[folded.Off[from]:folded.Off[from+utf8.RuneCountInString(string(folded.Runes)[m[2]:m[3]])]]
	}
	return ""
}

// whole is how a report calls its own area, by its level.
var whole = map[corpus.Scope][]string{"国": {"全国", "我国"}, "省": {"全省", "我省"}, "市": {"全市", "我市"}, "区": {"全区", "我区"}, "县": {"全县", "我县"}, "镇": {"全镇", "我镇"}}

// Area is an area as the reports call it: 全市; "" where there is none.
func Area(s corpus.Scope) string {
	if names := whole[s]; names != nil {
		return names[0]
	}
	return ""
}

// Placed is a thing with the place that it is of: 全市固定资产投资 of Shaoyang's
// report is 邵阳市固定资产投资, 固定资产投资 likewise; 全国 stays what it is.
func Placed(f *corpus.Figure, thing string) string {
	place := Place(f.Paragraph.Report.Head)
	for scope, names := range whole {
		for _, name := range names {
			if rest, ok := strings.CutPrefix(thing, name); ok && place != "" && scope == f.Paragraph.Report.Scope {
				return place + rest
			} else if ok {
				return thing
			}
		}
	}
	switch {
	case f.Scope != f.Paragraph.Report.Scope && len(whole[f.Scope]) > 0:
		return whole[f.Scope][0] + thing
	case place == "" || strings.Contains(thing, place) || f.Paragraph.Report.Lang == "en":
		return thing
	}
	return place + thing
}
