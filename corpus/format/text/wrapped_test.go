package text

import (
	"strings"
	"testing"
	"unicode/utf8"
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
	got := unwrapped(page+"7\n场，预计可惠及6000人。\n"+strings.TrimSpace(page)+"\n8\n场。\n", false)
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
	got = unwrapped(english, false)
	if want := "set at 8 per cent. Thanks to three years of growth the overall rate was put at close to 7 per cent.\n\nII OUTLAYS\n"; !strings.Contains(got, want) {
		t.Errorf("%q is not in\n%s", want, got)
	}
}

// Two numbers at the ends of two lines stay two, and so do a year or a sum before a stop and the
// number that begins the next line. With one space between them they would be read as 120130.
func TestUnwrappedNumbers(t *testing.T) {
	chinese := "全市共有各级各类学校在校学生人数分别为小学和初中及高中共计120\n130人，比上年都有所增加。\n"
	english := "The city opened many new facilities for all its residents and in that year there were\nno more of them.\n"
	for page, want := range map[string]string{
		strings.Repeat(chinese, 12): "共计120  130人",
		strings.Repeat(english, 12) + "The buildings were renovated by the state and all its people, and in that year, 2023,\n250 schools were closed.\n":        "2023,  250 schools",
		strings.Repeat(english, 12) + "The buildings were renovated by the state, and all of this together has cost only $12.\n30 hospitals followed.\n":         "$12.  30 hospitals",
		strings.Repeat(english, 12) + "The buildings were renovated with the help of the state and of all those, namely 230\n000 people.\n":                      "230 000 people",
		strings.Repeat(english, 12) + "The buildings were renovated with the help of the state, and in classes there were 23.\n450 had no class, nor 23\n450.\n": "23.  450 had",
	} {
		if got := unwrapped(page, false); !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// Where a program breaks lines anywhere, before a stop too, it breaks numbers, and what it broke is
// one number.
func TestBrokenNumbers(t *testing.T) {
	text := strings.Repeat("全年粮食播种面积比上年有所扩大，粮食总产量达到190.84万吨，蔬菜产量1,234.5万吨，增速达到12.5%。", 20)
	page := ""
	for i, n := 0, 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if n += columns(string(c)); n > 60 {
			page, n = page+"\n", columns(string(c))
		}
		page, i = page+string(c), i+size
	}
	if got := unwrapped(page, false); got != text+"\n" {
		t.Error(got)
	}
}

// The rows of a table that white space sets stay rows, and the values of a list are no numbers of pages.
func TestUnwrappedTable(t *testing.T) {
	sentence := "The city opened many new facilities for its residents and in the school year that was\nlong and hard the buildings were good.\n\n"
	table := "District                                  Schools        Teachers        Pupils per class\nNorth District                                312           4,512                    23.4\nSouth District                                298           3,987                    25.1\n"
	list := "Number of hospitals\n12\nNumber of clinics\n13\n\nNumber of parks\n\n14\n\nBridges\n\n15\n"
	got := unwrapped(strings.Repeat(sentence, 20)+table+list, false)
	for _, want := range []string{"that was long and hard", table, list} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// Lines that were not broken at a width stay: a list, a poem, paragraphs of a line each.
func TestNotWrapped(t *testing.T) {
	for _, line := range []string{"粮食产量\n38.4万吨\n蔬菜产量\n12万吨\n", "全年地区生产总值1234.5亿元，比上年增长5.6%。\n一、农业\n全年粮食产量38.4万吨。\n", "单位|数量\n学校|12\n"} {
		if text := strings.Repeat(line, 20); unwrapped(text, false) != text {
			t.Errorf("%q became\n%s", line, unwrapped(text, false)[:200])
		}
	}
}
