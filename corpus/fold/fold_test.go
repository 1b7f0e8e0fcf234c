package fold_test

import (
	"testing"

	"reportbot/corpus/fold"
)

// Each rune is folded to one: a place in the folded text is one in the original.
func TestString(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"黃金產量", "黄金产量"},
		{"⻩⾦产量⽐上年", "黄金产量比上年"}, // as PDFs write them whose fonts name radicals
		{"⾧江⻓江", "长江长江"},
		{"ＧＤＰ１２０％", "gdp120%"},
		{"①㎡", "①㎡"},
	} {
		if got := fold.String(c.text); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
		if n := len(fold.New(c.text).Runes); n != len([]rune(c.text)) {
			t.Errorf("%q becomes %d runes", c.text, n)
		}
	}
}

// What only one script uses tells it; what both use tells neither.
func TestScripts(t *testing.T) {
	for text, want := range map[string][2]bool{
		"国内生产总值": {false, true}, "國內生產總值": {true, false}, "居屋呢": {}, "只看香港": {}, "不限": {}, "GDP": {}, "以后呢": {}, "财政": {false, true},
	} {
		if got := [2]bool{fold.IsTraditional(text), fold.IsSimplified(text)}; got != want {
			t.Errorf("%s: traditional, simplified %v, want %v", text, got, want)
		}
	}
}
