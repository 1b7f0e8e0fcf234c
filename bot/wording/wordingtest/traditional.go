// Package wordingtest tells simplified from traditional Chinese, for tests.
package wordingtest

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/traditionalchinese"
)

// both is characters that traditional Chinese has too, with another meaning:
// they are simplified but in these words.
var both = map[rune][]string{
	'准': {"批准", "核准", "准許", "不准", "准予"}, '里': {"公里", "鄰里", "里程", "海里", "英里", "里長", "里民"}, '后': {"皇后", "太后"},
	'云': {"云云"}, '坏': nil, '扑': nil, '划': {"划算", "划船"}, '听': nil, '晒': nil, '朴': {"質朴", "朴子"}, '伙': {"伙伴", "伙食"}, '丰': {"丰采"}, '佣': {"佣金"}, '余': {"余某"}, '干': {"干涉", "若干", "干擾", "相干"}, '系': {"系統", "系列", "體系", "派系", "水系"}, '据': {"拮据"},
	'布': {"布匹", "棉布", "布料", "瀑布"}, '制': {"制度", "體制", "機制", "限制", "控制", "制定", "編制", "抑制", "管制", "制約"},
	'征': {"征收", "長征", "征地"}, '几': {"茶几"}, '卷': {"試卷", "卷宗"},
	'斗': {"漏斗", "斗六"}, '谷': {"山谷", "河谷", "矽谷"},
}

// rare tells the half of Big5 in which 万 与 体 机 stand as characters of their
// own, and the extension of Hong Kong around it.
func rare(r rune, lead byte) bool {
	return (lead < 0xA1 || 0xC9 <= lead) && !strings.ContainsRune(notRare, r)
}

// notRare is what x/text encodes in the extension though traditional Chinese
// writes it so.
const notRare = "包"

// Simplified is the characters of a text that only simplified Chinese writes
// so, "" where there are none: those that Big5 lacks or has for rare, and the
// few that both have.
func Simplified(text string) string {
	big5 := traditionalchinese.Big5.NewEncoder()
	var wrong strings.Builder
	for i, r := range text {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		words, both := both[r]
		code, err := big5.String(string(r))
		if err != nil || rare(r, code[0]) || both && !within(text, i, words) {
			wrong.WriteRune(r)
		}
	}
	return wrong.String()
}

// within tells whether one of the words stands around byte i of a text.
func within(text string, i int, words []string) bool {
	for _, w := range words {
		from := max(0, i-len(w)+1)
		if n := strings.Index(text[from:min(len(text), i+len(w)+2)], w); n >= 0 && from+n <= i {
			return true
		}
	}
	return false
}
