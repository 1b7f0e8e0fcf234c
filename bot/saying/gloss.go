package saying

import (
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
)

// A gloss says a figure in the language of the question where the report has
// another one. It stands beside the report's own words, never in their place.

//go:embed english.txt
var englishFile string

//go:embed currencies.txt
var currenciesFile string

// glosses of english.txt by class and word; the English of turning.txt is in "turn".
var glosses = loadGlosses(englishFile)

func loadGlosses(file string) map[string]map[string]string {
	all := map[string]map[string]string{"turn": english}
	for _, line := range terms.Lines(file) {
		class, list, _ := strings.Cut(line, ":")
		if all[class] == nil {
			all[class] = map[string]string{}
		}
		for _, entry := range strings.Fields(list) {
			word, said, _ := strings.Cut(entry, "=")
			all[class][strings.ReplaceAll(word, "_", " ")] = strings.ReplaceAll(said, "_", " ")
		}
	}
	return all
}

// longestPiece is how many characters a word of a gloss has at most.
const longestPiece = 12

// pieces cuts a text into the longest words that say knows, each with what it
// says of it; what it does not know is left out.
func pieces(text string, say func(word string) string) (said []string, known, all int) {
	runes := []rune(text)
	unknown := -1 // where a stretch that say does not know goes on
	for i := 0; i < len(runes); {
		n, found := 1, ""
		for k := min(longestPiece, len(runes)-i); k > 0; k-- {
			if found = say(string(runes[i : i+k])); found != "" {
				n = k
				break
			}
		}
		switch {
		case found != "":
			said = append(said, found)
			known += n
		case !unicode.Is(unicode.Han, runes[i]):
		case unknown == i: // goes on
			said[len(said)-1] += string(runes[i])
		default:
			said = append(said, string(runes[i]))
		}
		all += n
		if i += n; found == "" && unicode.Is(unicode.Han, runes[i-1]) {
			unknown = i
		}
	}
	return said, known, all
}

// Other says a figure in the language of a question where its report has
// another: "down 41.2% year on year" for 同比下降41.2%, "at least 1.5 billion yuan"
// for 达15亿元以上, 超过1200亿港元 for over $120 billion; "" where both are in one
// language, and where it would say nothing new: 174个 is 174. The value is exact,
// and stands in no report.
func Other(f *corpus.Figure, lang string) string {
	if (lang == "en") == (f.Paragraph.Report.Lang == "en") || f.Kind != quantity.Amount {
		return ""
	}
	say, unit := quantity.InChinese, f.Unit
	if lang == "en" {
		say = quantity.InEnglish
	}
	if f.Class() == "money" {
		unit = ""
	}
	number := say(f.Value, unit)
	if !f.High.Equal(f.Value) {
		number += "–" + say(f.High, unit)
	}
	if lang != "en" && lang != "zh" {
		number = InTraditional(number)
	}
	plain := number
	if unit == "" || lang == "en" && plain == quantity.InEnglish(f.Value, "") {
		number += unitOf(f, lang)
	}
	before, after := around(f, lang)
	said := strings.Join(slices.DeleteFunc([]string{before, number, after}, func(s string) bool { return s == "" }), map[bool]string{true: " "}[lang == "en"])
	if said == f.Text || said == plain && strings.HasPrefix(f.Text, strings.ReplaceAll(plain, ",", "")) {
		return ""
	}
	return said
}

// InEnglish is a figure in English, whatever its report is in: "174", "up 5%".
func InEnglish(f *corpus.Figure) string {
	if said := Other(f, "en"); said != "" {
		return said
	}
	return quantity.InEnglish(f.Value, f.Unit)
}

// unitOf is what a value is counted in where quantity does not say it: a
// currency that the report names, or that of its place.
func unitOf(f *corpus.Figure, lang string) string {
	space := map[bool]string{true: " "}[lang == "en"]
	if f.Class() == "money" {
		if c := currency(f, lang); c != "" {
			return space + c
		}
		return ""
	}
	if lang == "en" && glosses["unit"][f.Unit] != "" {
		return space + glosses["unit"][f.Unit]
	}
	return ""
}

// ownNames are the currencies that a report says by name, wherever it is from.
var ownNames = []struct{ re, zh, hant, en string }{
	{`US\$|USD|US dollar|美元|美金`, "美元", "美元", "US dollars"}, {`HK\$|HKD|Hong Kong dollar|港元|港币|港幣`, "港元", "港元", "Hong Kong dollars"},
	{`NT\$|TWD|新台币|新臺幣|新台幣`, "新台币", "新臺幣", "New Taiwan dollars"}, {`S\$|SGD`, "新加坡元", "新加坡元", "Singapore dollars"},
	{`€|EUR|euro|欧元|歐元`, "欧元", "歐元", "euros"}, {`£|GBP|pound|英镑|英鎊`, "英镑", "英鎊", "pounds"}, {`JPY|yen|日元|日圆|日圓`, "日元", "日圓", "yen"},
	{`RMB|CNY|yuan|人民币|人民幣`, "元人民币", "元人民幣", "yuan"},
}

// currency of a figure of money: what the report names beside it, else that of
// the report's place; "" where neither tells. A dollar of Hong Kong is never one
// of America.
func currency(f *corpus.Figure, lang string) string {
	beside := f.Paragraph.Report.Text[Said(f).Start:min(f.Paragraph.End, f.End+len("US dollars "))] + f.Stated
	for _, c := range ownNames {
		if regexp.MustCompile(c.re).MatchString(beside) {
			return map[string]string{"zh": c.zh, "zh-Hant": c.hant, "en": c.en}[lang]
		}
	}
	if said := ofPlace(f.Paragraph.Report, lang); said != "" {
		return said
	}
	if f.Paragraph.Report.Lang == "zh" && f.Unit == "元" {
		return "yuan"
	}
	return ""
}

// often is in how many paragraphs one must name the place of a report whose title does not.
const often = 15

// ofPlace is the currency of a report's place, "" where that is not known.
func ofPlace(r *corpus.Report, lang string) string {
	for _, inTitle := range []bool{true, false} {
		for _, line := range terms.Lines(currenciesFile) {
			names, said, _ := strings.Cut(line, "=")
			for name := range strings.SplitSeq(names, ";") {
				name = strings.TrimSpace(name)
				if inTitle && strings.Contains(r.Title+r.Issuer, name) || !inTitle && r.Lang != "zh" && strings.Count(r.Text, name)*often >= len(r.Paragraphs) {
					return strings.TrimSpace(strings.Split(said, "|")[map[string]int{"zh": 0, "zh-Hant": 1, "en": 2}[lang]])
				}
			}
		}
	}
	return ""
}

// around is what is said before and behind a number in the other language: of
// 同比下降41.2% "down" and "year on year", of 15亿元以上 "at least".
func around(f *corpus.Figure, lang string) (before, after string) {
	r, s := f.Paragraph.Report, Said(f)
	text := r.Text[s.Start:f.Start] + " " + r.Text[f.End:s.End]
	if !strings.Contains(text, f.Bound) { // within the number: 20余篇
		text += " " + f.Bound
	}
	text = fold.String(text)
	var turns, bounds, adverbs []string
	put := func(list *[]string, said string) string {
		if !slices.Contains(*list, said) {
			*list = append(*list, said)
		}
		return said
	}
	if lang != "en" {
		for _, word := range longestWords(text, glosses["chinese"]) {
			put(&turns, word)
		}
		if lang != "zh" {
			return InTraditional(strings.Join(turns, "")), ""
		}
		return strings.Join(turns, ""), ""
	}
	pieces(text, func(word string) string {
		switch {
		case glosses["adverb"][word] != "":
			return put(&adverbs, glosses["adverb"][word])
		case glosses["bound"][word] != "":
			return put(&bounds, glosses["bound"][word])
		case glosses["turn"][word] != "":
			return put(&turns, glosses["turn"][word])
		}
		return ""
	})
	return strings.Join(append(turns, bounds...), " "), strings.Join(adverbs, " ")
}

// longestWords is what the words of an English text say, the longest first at
// each place.
func longestWords(text string, known map[string]string) (said []string) {
	fields := strings.Fields(text)
	for i := 0; i < len(fields); {
		n := 1
		for k := min(4, len(fields)-i); k > 0; k-- {
			if word := known[strings.Join(fields[i:i+k], " ")]; word != "" {
				said = append(said, word)
				n = k
				break
			}
		}
		i += n
	}
	return said
}

// Dictionary knows the English names of Chinese words; *index.Engine is one.
type Dictionary interface{ English(word string) []string }

// half of what is counted must be known for a gloss of it to be of use.
const half = 0.5

// ThingInEnglish is a gloss of what a figure counts, word by word, "" where the
// dictionary knows less than half of it: "online retail sales" for 实现网络零售额.
func ThingInEnglish(f *corpus.Figure, d Dictionary) string {
	said, known, all := pieces(fold.String(strings.Join(thing(f), "")), func(word string) string {
		if joint := glosses["joint"][word]; joint != "" {
			return joint
		}
		if names := d.English(word); len(names) > 0 && len([]rune(word)) > 1 {
			return capitals(longestName(names))
		}
		if latinWord.MatchString(word) {
			return strings.ToUpper(word)
		}
		return glosses["turn"][word]
	})
	if all == 0 || float64(known) < half*float64(all) {
		return ""
	}
	for _, word := range slices.Sorted(maps.Keys(glosses["kept"])) { // 人均 within a phrase whose English leaves it out
		if kept := glosses["kept"][word]; strings.Contains(fold.String(f.What), word) && !strings.Contains(strings.Join(said, " "), kept) {
			said = append(said, kept)
		}
	}
	return strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == unsaid }), " ")
}

// unsaid is the gloss of what English leaves out: 实现 of 实现网络零售.
const unsaid = "-"

// capitals writes 5g 5G.
func capitals(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			words[i] = strings.ToUpper(w)
		}
	}
	return strings.Join(words, " ")
}

var latinWord = regexp.MustCompile(`^[a-z0-9.+&-]+$`)

// longestName of several is the one that leaves least out: disposable income of urban
// residents per capita.
func longestName(names []string) string {
	return slices.MaxFunc(names, func(a, b string) int { return len(a) - len(b) })
}

var (
	yearRe  = regexp.MustCompile(`^(\d{3,4})年?(.*)$`)
	spanRe  = regexp.MustCompile(`^(\d{3,4})年?[—-](\d{3,4})年?$`)
	monthRe = regexp.MustCompile(`^(\d{3,4})年(\d{1,2})(?:[—-](\d{1,2}))?月$`)
)

var months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// PeriodInEnglish is a period's label: "2023", "2021–2025", "first half of 2024",
// "to date"; the label itself where it says something else.
func PeriodInEnglish(label string) string {
	if m := spanRe.FindStringSubmatch(label); m != nil {
		return m[1] + "–" + m[2]
	}
	if m := monthRe.FindStringSubmatch(label); m != nil {
		return span(m[2], m[3]) + " " + m[1]
	}
	if said := glosses["span"][label]; said != "" {
		return said
	}
	if m := yearRe.FindStringSubmatch(label); m != nil && m[2] == "" {
		return m[1]
	} else if m != nil && glosses["period"][m[2]] != "" {
		return glosses["period"][m[2]] + " " + m[1]
	}
	return label
}

func span(from, to string) string {
	name := func(number string) string {
		n := 0
		for _, r := range number {
			n = n*10 + int(r-'0')
		}
		if n < 1 || n > len(months) {
			return ""
		}
		return months[n-1]
	}
	if to == "" {
		return name(from)
	}
	return name(from) + "–" + name(to)
}

// AreaInEnglish is an area by its level: "whole district" for 区.
func AreaInEnglish(scope corpus.Scope) string { return glosses["area"][string(scope)] }
