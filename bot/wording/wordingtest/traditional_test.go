package wordingtest

import "testing"

func TestSimplified(t *testing.T) {
	for text, want := range map[string]string{
		"報告中沒有查到與此相符的數據": "", "报告中没有查到": "报没", "與体系无关": "体系无关", "万元": "万", "機构": "构", "發布、公布": "布布", "壓縮包內": "",
	} {
		if got := Simplified(text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}
