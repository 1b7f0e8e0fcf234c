// Package saying is how a figure is said so that it keeps its meaning: with the
// words beside it that turn it, with what it counts, its place, and whether it
// was achieved. What it returns of a report is the report's own words.
package saying

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

//go:embed turning.txt
var turningFile string

// words of turning.txt by class, and how English says them.
var words, english = load(turningFile)

func load(file string) (map[string]*terms.Set, map[string]string) {
	lists, gloss := map[string][]string{}, map[string]string{}
	for _, line := range terms.Lines(file) {
		class, list, _ := strings.Cut(line, ":")
		entries := strings.Fields(list)
		if strings.Contains(list, ";") {
			entries = strings.Split(list, ";")
		}
		for _, entry := range entries {
			word, said, _ := strings.Cut(strings.TrimSpace(entry), "=")
			lists[class] = append(lists[class], word)
			if said != "" {
				gloss[word] = strings.ReplaceAll(said, "_", " ")
			}
		}
	}
	sets := map[string]*terms.Set{}
	for class, list := range lists {
		sets[class] = terms.NewSet(list...)
	}
	return sets, gloss
}

// Said is a figure with its bounds and the words beside it that turn what it
// says: 下降41.2%, 不高于23微克/立方米, 年均增长5.2%, fell by 3.1%. A cell of a
// table has none: its row and column say it all.
func Said(f *corpus.Figure) corpus.Span {
	s := f.Bounded
	if f.Paragraph.Row != nil {
		return s
	}
	s.Start = turnedFrom(f)
	if after := afterwards(f); after > 0 {
		s.End = after
	}
	return s
}

// Text is what Said spans, as the report writes it. The unit that a table states
// in its headings follows in brackets: 135.60（亿元）.
func Text(f *corpus.Figure) string { return f.Paragraph.Report.Slice(Said(f)) + Stated(f) }

// Falls tells a figure that is said with a word for a fall: 下降41.2%.
func Falls(f *corpus.Figure) bool {
	before := fold.New(f.Paragraph.Report.Text[Said(f).Start:f.Start]).Runes
	for i := range before {
		if n := words["turn"].At(before, i); n > 0 && falling(english[string(before[i:i+n])]) {
			return true
		}
	}
	return false
}

// falling tells a fall by how English says it.
func falling(gloss string) bool {
	return slices.ContainsFunc([]string{"down", "cut", "narrower", "lower", "less", "slower"}, func(word string) bool { return strings.HasPrefix(gloss, word) })
}

// Stated is the unit that a heading states, in brackets; "" where it stands in the text.
func Stated(f *corpus.Figure) string {
	if f.Stated == "" {
		return ""
	}
	return "（" + f.Stated + "）"
}

// turnedFrom is the byte with which the words before a figure begin that turn it.
func turnedFrom(f *corpus.Figure) int {
	from := max(f.Paragraph.Start, min(f.Clause.Start, f.Bounded.Start))
	text := fold.New(f.Paragraph.Report.Text[from:f.Bounded.Start])
	at, kept := len(text.Runes), len(text.Runes)
	for at > 0 {
		turn, link := before(text.Runes, at, "turn", f), before(text.Runes, at, "link", f)
		if f.Role == corpus.From {
			turn = max(turn, before(text.Runes, at, "from", f))
		}
		switch {
		case text.Runes[at-1] == ' ':
			at--
		case turn > 0 && turn >= link:
			at -= turn
			kept = at
		case link > 0:
			at -= link
		default:
			return from + text.Off[kept]
		}
	}
	return from + text.Off[kept]
}

// single characters that turn a difference only: 低0.5个百分点, but not 最低5人.
const ofDifference = "高低快慢多少"

// before is the length of the word of a class that ends before runes[at]. An
// English one begins and ends where words do.
func before(runes []rune, at int, class string, f *corpus.Figure) int {
	n := words[class].Before(runes, at)
	switch {
	case n == 0:
		return 0
	case runes[at-1] < utf8.RuneSelf && (at < len(runes) && latin(runes[at]) || at > n && latin(runes[at-n-1])):
		return 0
	case n == 1 && strings.ContainsRune(ofDifference, runes[at-1]) && f.Unit != "个百分点":
		return 0
	}
	return n
}

func latin(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }

// afterwards is the byte with which the words behind a percentage end that turn
// it, 0 where there are none.
func afterwards(f *corpus.Figure) int {
	if f.Class() != "percent" {
		return 0
	}
	text := fold.New(f.Paragraph.Report.Text[f.Bounded.End:f.Paragraph.End])
	at := 0
	for at < len(text.Runes) && text.Runes[at] == ' ' {
		at++
	}
	n := words["after"].At(text.Runes, at)
	if n == 0 || latin(text.Runes[at+n-1]) && at+n < len(text.Runes) && latin(text.Runes[at+n]) {
		return 0
	}
	return f.Bounded.End + text.Off[at+n]
}

// Thing is what a figure counts, with its verb: "新建 5G通信基站", and with what
// turns it: "年均 新增 就业". What is said beside the figure is not said twice.
// Behind 分别 it begins with the member that is meant: "油茶 · 茶叶、油茶面积".
func Thing(f *corpus.Figure) string { return strings.TrimSpace(strings.Join(thing(f), " ")) }

// Phrase is the same as it stands in a sentence, without spaces in Chinese.
func Phrase(f *corpus.Figure) string {
	if f.Paragraph.Report.Lang == "en" {
		return Thing(f)
	}
	return strings.Join(thing(f), "")
}

func thing(f *corpus.Figure) (parts []string) {
	r := f.Paragraph.Report
	beside := r.Text[Said(f).Start:f.Bounded.Start]
	verb, what := f.Verb, cut(f.What, beside)
	if verb != "" && strings.Contains(beside, verb) {
		verb = ""
	}
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if f.Each != "" && f.Each != f.What && strings.Contains(f.Paragraph.Text(), f.Each) {
		add(f.Each + " ·")
	}
	add(led(f, verb, what))
	add(verb)
	add(what)
	if len(parts) == 0 {
		add(clauseBefore(f))
	}
	return parts
}

// clauseBefore is what the clause of a figure says before it, its time left out: of
// 全年居民消费价格比上年下降0.1% 居民消费价格. It stands in for what is counted where that
// was not read.
func clauseBefore(f *corpus.Figure) string {
	if f.Paragraph.Row != nil {
		return ""
	}
	text := f.Paragraph.Report.Text[min(f.Clause.Start, Said(f).Start):Said(f).Start]
	text = strings.TrimSpace(timeRe.ReplaceAllString(text, ""))
	if strings.ContainsAny(text, "0123456789") || utf8.RuneCountInString(text) > longestClause {
		return ""
	}
	return strings.TrimRight(text, " 约达为是共至到")
}

// longestClause of which that is said, in characters.
const longestClause = 24

// timeRe is the time that a clause begins with.
var timeRe = regexp.MustCompile(`^(?:[0-9〇零一二三四五六七八九十]{2,4}年(?:末|底|上半年|下半年|\d{1,2}月)?|全年|今年|去年|上年|年末|其中|同期|目前|截至目前|[，,、：: ])+`)

// cut takes off the end of a thing what is said beside the figure: the 不 of
// 年均浓度不 before 高于, and all of it where it is nothing else.
func cut(what, beside string) string {
	if what != "" && strings.Contains(beside, what) {
		return ""
	}
	for i := range what {
		if strings.HasPrefix(beside, what[i:]) {
			return strings.TrimSpace(what[:i])
		}
	}
	return what
}

// led is the words before a thing that turn it and were left out of it: 年均.
func led(f *corpus.Figure, verb, what string) string {
	first := verb
	if first == "" {
		first = what
	}
	text := f.Paragraph.Report.Text[f.Clause.Start:max(f.Clause.Start, min(f.Clause.End, Said(f).Start))]
	at := strings.LastIndex(text, first)
	if first == "" || at < 0 {
		return ""
	}
	runes := fold.New(text[:at])
	to := len(runes.Runes)
	from := to
	for n := words["lead"].Before(runes.Runes, from); n > 0; n = words["lead"].Before(runes.Runes, from) {
		from -= n
	}
	return text[runes.Off[from]:runes.Off[to]]
}

// Status of a figure. What the report can't have seen the end of is not
// achieved, whatever was read: a period to come is a target.
func Status(f *corpus.Figure, now time.Time) corpus.Status {
	year := f.Paragraph.Report.Year
	if year == 0 {
		year = now.Year()
	}
	if f.Period.Known() && f.Period.To > (year+1)*12 {
		return corpus.Target
	}
	return f.Status
}
