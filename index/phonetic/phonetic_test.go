package phonetic

import (
	"strings"
	"testing"

	"reportbot/corpus/fold"
	"reportbot/index/analysis"
)

// wordsOf are the pairs of a text, each counted once.
func wordsOf(text string) *Words {
	var grams []Gram
	seen := map[string]bool{}
	for _, g := range analysis.Grams(fold.New(text).Runes) {
		if g.End-g.Start == 2 && !seen[g.Text] {
			seen[g.Text] = true
			grams = append(grams, Gram{g.Text, 1})
		}
	}
	return New(grams)
}

const text = "实现网络零售额22.7亿元。洞头区新建5G基站174个，多少。杰克逊维尔是佛罗里达州的城市。西安先进制造业。设没有技术"

func TestSpelled(t *testing.T) {
	w := wordsOf(text)
	for letters, want := range map[string]string{
		"wangluolingshou": "网络零售", "dongtou": "洞头", "dongtouqu": "洞头区", "jizhan": "基站",
		"xian": "西安", "shixianwangluo": "实现网络", "xianjinzhizaoye": "先进制造业",
		"maoyi": "", "digital": "", "network": "", "a": "", "wang": "",
	} {
		if got := w.Spelled(letters); got != want {
			t.Errorf("%s: got %q, want %q", letters, got, want)
		}
	}
}

func TestSlip(t *testing.T) {
	w := wordsOf(text)
	known := func(a, b rune) bool { return w.count[[2]rune{a, b}] > 0 }
	for typed, want := range map[string]string{
		"网络零收": "网络零售", "网洛零售": "网络零售", "基占": "基站", "枝术": "技术", "网络零售": "", "税收": "",
	} {
		if got := w.Slip([]rune(typed), known); got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

func TestSounding(t *testing.T) {
	const text = "杰克逊维尔是佛罗里达州的城市，约翰·埃尔维和玛丽·麦特琳住在布宜诺斯艾利斯，罗伯特去了亚马逊。斯坦福和福特都是伯克利的。"
	w := wordsOf(text)
	has := func(name string) bool { return strings.Contains(text, name) }
	for english, want := range map[string]string{
		"jacksonville": "杰克逊维尔", "florida": "佛罗里达", "john": "约翰", "robert": "罗伯特", "amazonas": "亚马逊", "stanford": "斯坦福",
	} {
		names := w.Sounding(english, has)
		if len(names) == 0 || names[0].Text != want {
			t.Errorf("%s: got %v, want %q first", english, names, want)
		}
	}
	for _, english := range []string{"of", "budget", "mississippi", "xx", ""} {
		if names := w.Sounding(english, has); len(names) > 0 {
			t.Errorf("%s: got %v, want none", english, names)
		}
	}
	all := func(string) bool { return true }
	if names := w.Sounding("stanford", all); len(names) < 2 {
		t.Errorf("pairs of other names are not chained: %v", names)
	}
}

func TestInitials(t *testing.T) {
	for word, want := range map[string]string{"网络零售": "wlls", "5G": "", "规上": "gs"} {
		if got := Initials(word); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}
