package text

import (
	"strings"
	"testing"
)

// A text that was copied from a page is put together again; marks, headings and numbers stay apart.
func TestUnwrapped(t *testing.T) {
	page := strings.Repeat(`
劳工支援
59.
在2024年上半年内，公布法定最低工资检讨机制的未来路向。（劳工
及福利局）
60.
为加强本地劳工培训及促进再就业：
•
在2024年第一季，把雇员再培训津贴的每月限额由五千元提高至每月
8000元，鼓励更多人士接受培训及投入职场，预计惠及的人士有大约
2000人；
•
在2024年第三季，推出为期三年的计划，鼓励中高龄人士投入劳动市
`, 3)
	got := unwrapped(page + "7\n场，预计可惠及6000人。\n8\n")
	for _, want := range []string{
		"\n劳工支援\n59. 在2024年上半年内，公布法定最低工资检讨机制的未来路向。（劳工及福利局）\n60. 为加强本地劳工培训及促进再就业：\n• 在2024年第一季，",
		"由五千元提高至每月8000元，鼓励更多人士接受培训及投入职场，预计惠及的人士有大约2000人；\n• 在",
		"投入劳动市场，预计可惠及6000人。\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	english := strings.Repeat(`5. The assault on poverty continues. I believe that growth is the best
antidote to poverty. The growth target for the Tenth Plan was set at 8 per
cent. Thanks to three years of growth the overall rate was put at close to
7 per cent.

II OUTLAYS
`, 6)
	got = unwrapped(english)
	if want := "set at 8 per cent. Thanks to three years of growth the overall rate was put at close to 7 per cent.\n\nII OUTLAYS\n"; !strings.Contains(got, want) {
		t.Errorf("%q is not in\n%s", want, got)
	}
}

// Two numbers at the ends of two lines stay two.
func TestUnwrappedNumbers(t *testing.T) {
	text := strings.Repeat("全市共有各级各类学校在校学生人数分别为小学和初中及高中共计120\n130人，比上年都有所增加。\n", 12)
	if got := unwrapped(text); !strings.Contains(got, "120 130人") {
		t.Error(got)
	}
}

// Lines that were not broken at a width stay: a list, a poem, paragraphs of a line each.
func TestNotWrapped(t *testing.T) {
	for _, line := range []string{"粮食产量\n38.4万吨\n蔬菜产量\n12万吨\n", "全年地区生产总值1234.5亿元，比上年增长5.6%。\n一、农业\n全年粮食产量38.4万吨。\n", "单位|数量\n学校|12\n"} {
		if text := strings.Repeat(line, 20); unwrapped(text) != text {
			t.Errorf("%q became\n%s", line, unwrapped(text)[:200])
		}
	}
}
