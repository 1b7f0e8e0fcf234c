package saying

import (
	"testing"

	"reportbot/corpus"
)

func TestInEnglish(t *testing.T) {
	for _, row := range []struct{ sentence, value, want string }{
		{"全市固定资产投资同比下降41.2%。", "41.2%", "down 41.2% year on year"},
		{"网络零售额达15亿元以上。", "15亿元", "at least 1.5 billion yuan"},
		{"网络零售额近22.7亿元。", "22.7亿元", "nearly 2.27 billion yuan"},
		{"新建公园174个。", "174个", ""},
		{"新建公园超174个。", "174个", "more than 174"},
		{"PM2.5年均浓度不高于23微克/立方米。", "23微克/立方米", "at most 23 µg/m³"},
		{"地区生产总值年均增长6.1%左右。", "6.1%", "up about 6.1% a year on average"},
		{"实际利用外资3.2亿美元。", "3.2亿美元", "320 million US dollars"},
	} {
		if got := Other(figureOf(t, head+row.sentence+"\n", row.value), "en"); got != row.want {
			t.Errorf("%s: %q, want %q", row.sentence, got, row.want)
		}
	}
}

// No currency is named that is not the report's.
func TestCurrency(t *testing.T) {
	for _, row := range []struct{ report, value, lang, want string }{
		{"Hong Kong Budget 2024\n1. Health\nVaccines cost $8.4 billion this year.\n", "8.4 billion", "zh-Hant", "84億港元"},
		{"Hong Kong Budget 2024\n1. Health\nVaccines cost $8.4 billion this year.\n", "$8.4 billion", "zh-Hant", "84億港元"},
		{"Budget 2024 of Somewhere\n1. Health\nVaccines cost $8.4 billion this year.\n", "8.4 billion", "zh", "84亿"},
		{"Budget 2024 of Somewhere\n1. Health\nVaccines cost $8.4 billion this year.\n", "$8.4 billion", "zh", "84亿"},
		{"Budget 2024 of Somewhere\n1. Health\nVaccines cost more than US$8.4 billion this year.\n", "US$8.4 billion", "zh", "超过84亿美元"},
		{"香港2024年財政預算案\n一、收入\n2024年總收入7,291億元。\n", "7,291億元", "en", "729.1 billion Hong Kong dollars"},
		{"某地2024年財政預算案\n一、收入\n2024年總收入7,291億元。\n", "7,291億元", "en", "729.1 billion"},
	} {
		r, err := corpus.Builtin().Parse("r", []byte(row.report))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				if got := Other(f, row.lang); f.Text == row.value && got != row.want {
					t.Errorf("%s of %q: %q, want %q", row.value, r.Title, got, row.want)
				}
			}
		}
	}
}

type words1 map[string]string

func (w words1) English(word string) []string {
	if w[word] == "" {
		return nil
	}
	return []string{w[word]}
}

func TestThingInEnglish(t *testing.T) {
	d := words1{"网络零售额": "online retail sales", "实现": "achieve", "新建": "newly built", "公园": "park", "城镇居民人均可支配收入": "income of urban residents"}
	for sentence, want := range map[string]string{
		"实现网络零售额5亿元。": "online retail sales", "新建公园5亿元。": "newly built park", "狸猫狐狸5亿元。": "", "新建浙江公园5亿元。": "newly built 浙江 park", "城镇居民人均可支配收入5亿元。": "income of urban residents per capita", "新建5G公园5亿元。": "newly built 5G park",
	} {
		if got := ThingInEnglish(figureOf(t, head+sentence+"\n", "5亿元"), d); got != want {
			t.Errorf("%s: %q, want %q", sentence, got, want)
		}
	}
}

func TestPeriodInEnglish(t *testing.T) {
	for label, want := range map[string]string{
		"2023年": "2023", "2021—2025年": "2021–2025", "2022年—2027年": "2022–2027", "2024年上半年": "first half of 2024", "2024年3月": "March 2024", "2024年1—9月": "January–September 2024",
		"截至目前": "to date", "五年来": "past five years", "past three years": "past three years", "114年12月": "December 114", "2025年末": "end of 2025",
	} {
		if got := PeriodInEnglish(label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}
