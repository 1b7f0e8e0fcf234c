package question

import (
	"slices"
	"strings"
)

// Kinds of value that a question asks for, and of them those that a follow-up sets.
var Kinds = []string{"growth", "increase", "share", "reach"}

// Thing is a text without the words of some classes, and without those that ask, where wanted.
func (l *Language) Thing(text string, asking bool, classes ...string) string {
	r := []rune(text)
	var out []rune
	for i := 0; i < len(r); {
		n := 0
		for _, class := range classes {
			n = max(n, l.Asks[class].Set.At(r, i))
		}
		if asking {
			n = max(n, l.asksAt(r, i))
		}
		if n == 0 {
			out = append(out, r[i])
			n = 1
		}
		i += n
	}
	return strings.Trim(string(out), " ,?、的呢了")
}

// asksAt is the length of 多少亿, 几个, 是多少 and the like at a place.
func (l *Language) asksAt(r []rune, i int) int {
	n := l.Asking.At(r, i)
	for _, word := range []string{"多少", "几多", "几"} {
		if strings.HasPrefix(string(r[i:]), word) {
			n = len([]rune(word))
			for i+n < len(r) && strings.ContainsRune("万亿千百十", r[i+n]) {
				n++
			}
			if _, unit := l.Quantities.UnitAt(r, i+n); unit > 0 && !l.startsNoun(r, i+n, unit) {
				n += unit
			}
			break // 几多 is no 几
		}
	}
	return n
}

// ContentOf is what a follow-up names: nothing of 要再搞多少个 and 比前一年成长多少.
func (l *Language) ContentOf(text string) string {
	content := l.Thing(text, true, append(Kinds, "target", "actual", "number", "weak", "light")...)
	if len([]rune(content)) == 1 {
		return ""
	}
	return content
}

// EndingAlike puts what a follow-up names in the place of what the question before does,
// where both end alike: 卫生健康支出 for 教育支出.
func (l *Language) EndingAlike(text, word string) string {
	thing := l.ContentOf(text)
	w, t := []rune(word), []rune(thing)
	if len(w) < 3 || len(t) < 3 || string(w[len(w)-2:]) != string(t[len(t)-2:]) || !strings.Contains(text, thing) {
		return ""
	}
	return strings.Replace(text, thing, word, 1)
}

// SameClass puts a word in the place of another one of its class of variants.txt or of
// residents (城镇, 农村, 全体); "" where there is none.
func (l *Language) SameClass(text, word string) string {
	r := []rune(text)
	for _, c := range l.Variants.Classes {
		mine := c.member[word]
		if len(mine) == 0 {
			continue
		}
		for i := range r {
			if n := c.words.At(r, i); n > 0 && !slices.Equal(c.member[string(r[i:i+n])], mine) {
				return string(r[:i]) + word + string(r[i+n:])
			}
		}
	}
	if residents := l.Asks["residents"].Set; residents.At([]rune(word), 0) == len([]rune(word)) {
		for i := range r {
			if n := residents.At(r, i); n > 0 {
				return string(r[:i]) + word + string(r[i+n:])
			}
		}
		if i := strings.Index(text, "居民"); i >= 0 {
			return text[:i] + word + text[i:]
		}
	}
	return ""
}

// Corrects tells a question that puts right how the one before was understood, and what it
// says instead: 不是，我问的是安徽; 不是湖南，是河南.
func (l *Language) Corrects(text string) (instead string, is bool) {
	r := []rune(text)
	i := 0
	for i < len(r) {
		n := l.Asks["no"].Set.At(r, i)
		if n > 0 && WholeWord(r, i, i+n) {
			i, is = i+n, true
			continue
		}
		if !is || !strings.ContainsRune(" ,，。.!！:：的", r[i]) {
			break
		}
		i++
	}
	if !is || i == len(r) {
		return "", false
	}
	if k := slices.IndexFunc(r[i:], func(c rune) bool { return c == ',' || c == '，' }); k > 0 {
		k += i + 1
		for k < len(r) && r[k] == ' ' {
			k++
		}
		n := max(l.Asks["instead"].Set.At(r, k), l.Asks["no"].Set.At(r, k))
		if n > 0 && WholeWord(r, k, k+n) && k+n < len(r) {
			return strings.TrimSpace(string(r[k+n:])), true
		}
	}
	return string(r[i:]), true
}
