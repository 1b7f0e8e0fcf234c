package question

import (
	"iter"
	"strings"
	"unicode/utf8"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
	"reportbot/index/lexicon"
)

// counties are the names in the lists of the prefectures' parts.
func counties(lines []string) (names []string) {
	for _, line := range lines {
		prefecture, parts, _ := strings.Cut(line, ":")
		names = append(append(names, strings.TrimSpace(prefecture)), strings.Fields(parts)...)
	}
	return names
}

// shortCounties are the counties and the cities of their rank by two characters: 灵宝 of 灵宝市. Those of districts
// are too often words: 新城, 城中.
func shortCounties(lines []string) (names []string) {
	for _, name := range counties(lines) {
		if r := []rune(name); len(r) == 3 && (r[2] == '市' || r[2] == '县') {
			names = append(names, string(r[:2]))
		}
	}
	return names
}

// ShortCounty is the length of a county's name without its suffix where the name of a place may begin; 0 where
// it is a word of another meaning or begins one (大方: 大方县).
func (l *Language) ShortCounty(r []rune, i int) int {
	n := l.counties.At(r, i)
	if n == 0 || !l.OpensPlace(r, i) {
		return 0
	}
	end := i
	for end < len(r) && fold.Han(r[end]) {
		end++
	}
	if word := lexicon.Cut(r[i:end], nil)[0]; word.To > n || word.To == n && word.Kind != lexicon.Place {
		return 0
	}
	return n
}

func (l *Language) readAbbreviations(lines []string) {
	l.shorts = map[string]string{}
	var all []string
	for _, line := range lines {
		short, name, _ := strings.Cut(line, "=")
		short = strings.TrimSpace(short)
		l.shorts[short] = strings.TrimSpace(name)
		all = append(all, short)
	}
	l.short = terms.NewSet(all...)
}

// Unabbreviated is a question with the places that it names by one character or
// together spelt out: 皖去年进出口 is 安徽去年进出口.
func (l *Language) Unabbreviated(question string) string {
	text := fold.New(question)
	r := text.Runes
	for i := range r {
		n := l.short.At(r, i)
		if n == 0 || !l.OpensPlace(r, i) || l.Places.At(r, i) > n || !endsWord(r, i, n) || i+n < len(r) && strings.ContainsRune("东西南北中", r[i+n]) {
			continue
		}
		return question[:text.Off[i]] + l.shorts[string(r[i:i+n])] + l.Unabbreviated(question[text.Off[i+n]:])
	}
	return question
}

// endsWord tells whether the dictionary has no longer word from there on: no 鄂 of 鄂温克.
func endsWord(r []rune, at, n int) bool {
	end := at
	for end < len(r) && fold.Han(r[end]) {
		end++
	}
	words := lexicon.Cut(r[at:end], nil)
	return words[0].To <= n || words[0].Kind == lexicon.Place
}

// OpensPlace tells where the name of a place may begin whatever it is: at the
// beginning, behind a space or a mark, and behind words that ask or join, or a time.
func (l *Language) OpensPlace(r []rune, i int) bool {
	return i == 0 || !fold.Han(r[i-1]) || l.Asking.Before(r, i) > 0 || l.Asks["and"].Set.Before(r, i) > 0 || l.Asks["opens"].Set.Before(r, i) > 0 || r[i-1] == '年'
}

// ShortName is a listed name without its suffix, where two characters are left: 内蒙古 of
// 内蒙古自治区, 长安 of 长安区.
func (l *Language) ShortName(name string) string {
	r := []rune(name)
	for n := 2; n < len(r); n++ {
		if l.Places.At(r[:n], 0) == n {
			return string(r[:n])
		}
	}
	if last := len(r) - 1; last >= 2 && strings.ContainsRune("省市", r[last]) {
		return string(r[:last])
	}
	return name // 新建区 is not 新建
}

// NamedAt yields where a text has the name of a place, but not as the end of another
// one of the reports: 和县 of 东和县.
func (l *Language) NamedAt(said, name string) iter.Seq[int] {
	first, _ := utf8.DecodeRuneInString(name)
	return func(yield func(int) bool) {
		for at := 0; ; at += len(name) {
			next := strings.Index(said[at:], name)
			if next < 0 {
				return
			}
			at += next
			before, _ := utf8.DecodeLastRuneInString(said[:at])
			if !l.Names[string(before)+string(first)] && !yield(at) {
				return
			}
		}
	}
}

// NamesPlace tells whether a text has the name of a place, in Chinese or in English.
func (l *Language) NamesPlace(said, name string) bool { return l.TimesNamed(said, name, 1) == 1 }

// TimesNamed is how many times a text has the name of a place, in Chinese or in English, up to most.
func (l *Language) TimesNamed(said, name string, most int) (times int) {
	for range l.NamedAt(said, name) {
		if times++; times == most {
			return times
		}
	}
	for _, english := range l.Lexicon.English(name) {
		for at := 0; times < most; times++ {
			next := indexWord(said[at:], english)
			if next < 0 {
				break
			}
			at += next + len(english)
		}
	}
	return times
}

// indexWord is where a text has Latin words as words of their own, -1 if nowhere.
func indexWord(text, words string) int {
	for at := 0; ; {
		next := strings.Index(text[at:], words)
		if next < 0 || words == "" {
			return -1
		}
		at += next
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		behind, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !fold.Alnum(before) && !fold.Alnum(behind) {
			return at
		}
		at += len(words)
	}
}

// PlaceSuffixes end the name of a place: 洞头区.
const PlaceSuffixes = "省市区县旗州镇乡"
