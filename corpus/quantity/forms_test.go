package quantity

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestForms(t *testing.T) {
	for _, row := range []struct{ value, unit, english, chinese string }{
		{"2270000000", "元", "2.27 billion yuan", "22.7亿元"},
		{"12300000000000", "元", "12.3 trillion yuan", "12.3万亿元"},
		{"29100000", "千瓦时", "29.1 million kWh", "2910万千瓦时"},
		{"174", "个", "174", "174个"},
		{"12440000", "人", "12.44 million people", "1244万人"},
		{"91.4", "%", "91.4%", "91.4%"},
		{"6476", "户", "6,476 households", "6476户"},
		{"1", "个百分点", "1 percentage point", "1个百分点"},
		{"-0.5", "个百分点", "-0.5 percentage points", "-0.5个百分点"},
		{"123456789", "元", "123,456,789 yuan", "12345.6789万元"},
		{"1500000", "元", "1.5 million yuan", "150万元"},
		{"8400000000", "$", "8.4 billion dollars", "$84亿"},
		{"8400000000", "港元", "8.4 billion Hong Kong dollars", "84亿港元"},
		{"0", "元", "0 yuan", "0元"},
	} {
		v := decimal.RequireFromString(row.value)
		if got := InEnglish(v, row.unit); got != row.english {
			t.Errorf("%s%s in English: got %q, want %q", row.value, row.unit, got, row.english)
		}
		if got := InChinese(v, row.unit); got != row.chinese {
			t.Errorf("%s%s in Chinese: got %q, want %q", row.value, row.unit, got, row.chinese)
		}
	}
}

// FuzzForms: whatever the value, what is said in either language is that value.
func FuzzForms(f *testing.F) {
	f.Add(int64(227), int32(7))
	f.Add(int64(-3), int32(-2))
	f.Fuzz(func(t *testing.T, digits int64, shift int32) {
		v := decimal.New(digits, shift%20)
		for _, said := range []string{InChinese(v, "元"), InEnglish(v, "元")} {
			if got := backAgain(said); !got.Equal(v) {
				t.Errorf("%s says %s, it is %s", said, got, v)
			}
		}
	})
}

func backAgain(said string) decimal.Decimal {
	shift := int32(0)
	for _, s := range append(chineseScales, englishScales...) {
		if cut, ok := cutSuffixes(said, s.word+"元", " "+s.word+" yuan"); ok {
			said, shift = cut, s.shift
			break
		}
	}
	said, _ = cutSuffixes(said, "元", " yuan")
	clean := ""
	for _, c := range said {
		if c != ',' {
			clean += string(c)
		}
	}
	return decimal.RequireFromString(clean).Shift(shift)
}

func cutSuffixes(s string, suffixes ...string) (string, bool) {
	for _, suffix := range suffixes {
		if n := len(s) - len(suffix); n >= 0 && s[n:] == suffix {
			return s[:n], true
		}
	}
	return s, false
}
