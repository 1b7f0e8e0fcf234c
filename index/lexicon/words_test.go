package lexicon

import (
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"企业享受无感授信", "企业/n 享受/v 无/n 感/v 授/v 信/n"},
		{"一般公共预算收入里税收", "一般/a 公共/a 预算/v 收入/v 里/n 税收/n"},
		{"机场旅客", "机场/n 旅客/n"},
		{"对美出口跌了", "对/o 美/s 出口/n 跌/v 了/o"},
		{"普通小学在校生", "普通/n 小学/n 在校生/n"},
		{"一网通办事项", "一网通办/n 事项/n"}, // told as a word, in no dictionary
		{"", ""},
	} {
		var out []string
		r := []rune(row.text)
		for _, w := range Cut(r, func(s string) bool { return s == "一网通办" }) {
			out = append(out, string(r[w.From:w.To])+"/"+string(rune(w.Kind)))
		}
		if got := strings.Join(out, " "); got != row.want {
			t.Errorf("%s: got %s, want %s", row.text, got, row.want)
		}
	}
}
