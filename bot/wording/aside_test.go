package wording

import "testing"

func TestAside(t *testing.T) {
	for text, want := range map[string][2]string{
		"有哪些报告？": {"reports"}, "有哪些報告": {"reports"}, "Which reports do you have?": {"reports"},
		"哪年的报告": {"source"}, "谁写的呢？": {"source"}, "差多少": {"difference"}, "谁更高？": {"higher"},
		"只看江西": {"only", "江西"}, "以后只看江西省": {"only", "江西省"}, "only show Gansu": {"only", "gansu"}, "不限地方": {"all"},
		"换算成公顷": {"convert", "公顷"}, "折合成万亩": {"convert", "万亩"}, "折合萬畝": {"convert", "万亩"},
		"convert to million": {"convert", "million"}, "convert that to square kilometres": {"convert", "square kilometres"}, "邊份報告講嘅": {"source"},
		// and what asks for something else
		"差多少人": {}, "只看": {}, "换算成": {}, "有哪些报告提到低空经济": {}, "谁写的报告最好": {}, "哪个更高的山": {}, "onlyness": {}, "粮食产量": {}, "": {},
	} {
		if class, rest := Aside(text); class != want[0] || rest != want[1] {
			t.Errorf("%s: got %q, %q, want %q", text, class, rest, want)
		}
	}
}
