package quantity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// The other language's way to say a quantity: 22.7亿元 is 2.27 billion yuan, and
// the reverse. The value is exact in both; nothing is rounded.

// englishNames of base units: singular and plural.
var englishNames = map[string][2]string{
	"元": {"yuan", "yuan"}, "美元": {"US dollar", "US dollars"}, "欧元": {"euro", "euros"}, "日元": {"yen", "yen"}, "港元": {"Hong Kong dollar", "Hong Kong dollars"},
	"$": {"dollar", "dollars"}, "新加坡元": {"Singapore dollar", "Singapore dollars"}, "新台币": {"New Taiwan dollar", "New Taiwan dollars"}, "英镑": {"pound", "pounds"}, "卢比": {"rupee", "rupees"}, "兰特": {"rand", "rand"},
	"比索": {"peso", "pesos"}, "林吉特": {"ringgit", "ringgit"}, "泰铢": {"baht", "baht"}, "先令": {"shilling", "shillings"}, "奈拉": {"naira", "naira"}, "法郎": {"franc", "francs"}, "克朗": {"krone", "kroner"}, "塔卡": {"taka", "taka"}, "迪拉姆": {"dirham", "dirhams"},
	"%": {"%", "%"}, "个百分点": {"percentage point", "percentage points"}, "人": {"person", "people"}, "名": {"person", "people"}, "位": {"person", "people"},
	"人次": {"visit", "visits"}, "户": {"household", "households"}, "公里": {"km", "km"}, "米": {"m", "m"}, "平方公里": {"km²", "km²"}, "平方米": {"m²", "m²"},
	"亩": {"mu", "mu"}, "英亩": {"acre", "acres"}, "斤": {"jin", "jin"}, "公斤": {"kg", "kg"}, "平方英里": {"square mile", "square miles"}, "英里": {"mile", "miles"}, "公顷": {"hectare", "hectares"}, "吨": {"tonne", "tonnes"}, "千瓦": {"kW", "kW"}, "千瓦时": {"kWh", "kWh"}, "年": {"year", "years"},
	"个十年": {"decade", "decades"}, "个月": {"month", "months"}, "天": {"day", "days"}, "小时": {"hour", "hours"}, "倍": {"times", "times"}, "立方米": {"m³", "m³"},
}

var (
	englishScales = []struct {
		shift int32
		word  string
	}{{12, "trillion"}, {9, "billion"}, {6, "million"}}
	chineseScales = []struct {
		shift int32
		word  string
	}{{12, "万亿"}, {8, "亿"}, {4, "万"}}
)

// InEnglish says a value in base units in English: "2.27 billion yuan", "174".
func InEnglish(value decimal.Decimal, unit string) string {
	number := grouped(value)
	for _, s := range englishScales {
		if short := value.Shift(-s.shift); short.Abs().GreaterThanOrEqual(decimal.NewFromInt(1)) && places(short) <= longestFraction {
			number = short.String() + " " + s.word
			break
		}
	}
	names, known := englishNames[unit]
	switch {
	case !known:
		return number
	case unit == "%":
		return number + "%"
	case value.Equal(decimal.NewFromInt(1)):
		return number + " " + names[0]
	}
	return number + " " + names[1]
}

// InChinese says a value in base units in Chinese: "22.7亿元".
func InChinese(value decimal.Decimal, unit string) string {
	number := value.String()
	for _, s := range chineseScales {
		if short := value.Shift(-s.shift); short.Abs().GreaterThanOrEqual(decimal.NewFromInt(1)) && places(short) <= longestFraction {
			number = short.String() + s.word
			break
		}
	}
	if unit == "$" { // nobody knows whose
		return unit + number
	}
	return number + unit
}

// SplitScale is a unit with a scale before it as the digits of the scale and the base unit:
// 万亩 is 4 and 亩, million acres 6 and 英亩; the unit is "" where it is none, or the scale alone
// is said.
func (g *Grammar) SplitScale(text string) (shift int32, unit string) {
	for _, s := range slices.Concat(chineseScales, englishScales) {
		rest, ok := strings.CutPrefix(text, s.word)
		if isEnglish := s.word[0] < 0x80; ok && (!isEnglish || rest == "" || rest[0] == ' ') {
			return s.shift, g.baseUnit(strings.TrimSpace(rest))
		}
	}
	return 0, g.baseUnit(text)
}

func (g *Grammar) baseUnit(written string) string {
	if base := g.units.base[written]; base != "" {
		return base
	}
	return cmp.Or(englishUnits.base[written], englishUnits.base[written+"s"])
}

// ScaleName is the Chinese word of a scale by its digits, "" for none.
func ScaleName(shift int32) string {
	for _, s := range chineseScales {
		if s.shift == shift {
			return s.word
		}
	}
	return ""
}

// InEnglishBy says a value in base units in English by a scale: 2,304 million US dollars.
func InEnglishBy(value decimal.Decimal, shift int32, unit string) string {
	said := grouped(value.Shift(-shift))
	for _, s := range englishScales {
		if s.shift == shift {
			said += " " + s.word
		}
	}
	if names, known := englishNames[unit]; known {
		said += " " + names[1]
	}
	return said
}

// longestFraction in digits: a scale that would need more is not used.
const longestFraction = 4

func places(d decimal.Decimal) int {
	return max(0, -int(decimal.RequireFromString(d.String()).Exponent()))
}

// grouped is a number with commas between its thousands.
func grouped(d decimal.Decimal) string {
	whole, fraction, _ := strings.Cut(d.Abs().String(), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if d.IsNegative() {
		return "-" + whole
	}
	return whole
}
