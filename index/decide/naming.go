package decide

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/lexicon"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// A Chinese name is a head with modifiers before it. What tells two names apart is whether they end with the
// same noun, and what stands before it: 森林覆盖率 is not 供水覆盖率, 铁路里程 not 高速公路里程, 进出口 not 跨境电商进出口,
// however much of their characters they share.

// named is a figure's name beside the words of a question.
type named struct {
	name                  string   // folded
	own                   string   // all that says what the figure is of: its name, its verb, its clause up to it, and the noun behind it
	before, within, after []string // the words of its name that the question does not say, by where they stand to those that it does
}

// partOrOther tells that the first figure, of a Chinese report, is that of another thing than is asked for, or of a part of it.
func (f *Finding) partOrOther() bool {
	if len(f.Fit) == 0 {
		return false
	}
	c := f.Fit[0]
	n, told := f.nameOf(c)
	return f.ofAnother(c) || told && (f.narrower(n) || f.ofWhatHasIt(c, n)) || f.ofOwnLevel(c)
}

// ofOwnLevel tells a figure of the level of government itself where the question names no level and the report has that of
// the whole: 市本级税收 for 税收.
func (f *Finding) ofOwnLevel(c *rank.Candidate) bool {
	return f.Want != question.WantPassage && f.OwnLevel(c) && slices.ContainsFunc(f.Fit, func(o *rank.Candidate) bool {
		return !f.OwnLevel(o) && o.Role == c.Role && o.Class() == c.Class() && o.Features.Head >= c.Features.Head && o.Features.LeastNamed >= c.Features.LeastNamed && o.Paragraph.Report == c.Paragraph.Report
	})
}

// unsaidTopic tells a figure that does not have the name which is all that a Chinese question says, without a word that
// asks: 2021年警察人数. What is asked for in a sentence may be said otherwise.
func (f *Finding) unsaidTopic() bool {
	if f.Want != question.WantAny || f.List || f.Lang == "en" || f.Fit[0].Paragraph.Report.Lang == "en" {
		return false
	}
	c := f.Fit[0]
	n, _ := f.nameOf(c)
	var all string
	unsaid := false
	for _, w := range f.Words {
		all += w.Text
		unsaid = unsaid || utf8.RuneCountInString(w.Text) > 1 && !n.says(w) && (w.Head || !w.InText(c.Around()))
	}
	return unsaid && strings.Contains(joints.Replace(f.Text), joints.Replace(all))
}

// joints stand between the words of one name: 社会保障和就业支出, 电表的数量.
var joints = strings.NewReplacer("和", "", "与", "", "及", "", "的", "")

// isWholeOf tells the very thing that is asked for, beside a part of it or another: 外贸进出口总额 for 进出口, beside 跨境电商进出口.
func (f *Finding) isWholeOf(part, whole *rank.Candidate) bool {
	n, told := f.nameOf(whole)
	return whole.Features.Head == 1 && whole.Class() == part.Class() && whole.Role == part.Role && !f.ofAnother(whole) && !(told && f.narrower(n)) && !f.OwnLevel(whole)
}

// ofAnother tells a figure of a Chinese report whose name is that of another thing than is asked for.
func (f *Finding) ofAnother(c *rank.Candidate) bool {
	if f.Want != question.WantPassage && c.Restricts() {
		return true
	}
	n, told := f.nameOf(c)
	if !told {
		return false
	}
	if f.Lang == "en" {
		return f.otherInEnglish(c, n)
	}
	head := slices.IndexFunc(f.Words, func(w question.AskedWord) bool { return w.Head })
	return head >= 0 && (f.otherHead(c, n, head) || f.otherModifier(n, head)) || f.ofItsRatio(c, n)
}

// otherInEnglish tells a Chinese name that lacks a term of an English question of which the glossary tells the Chinese, and
// has words of its own: 铁路里程 for the length of expressways.
func (f *Finding) otherInEnglish(c *rank.Candidate, n named) bool {
	return c.Features.Extra >= ofItsOwn && slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return (w.Term && lexicon.MayBeThing(w.Text) || isHan(w.Text)) && !w.Loose && !w.Whole && !n.says(w)
	})
}

func isHan(text string) bool { r, _ := utf8.DecodeRuneInString(text); return fold.Han(r) }

// otherHead tells a name that has a part of the noun which is asked for, but not all of it, and words of its own:
// 人均受教育年限 for 人均预期寿命, 供水覆盖率 for 森林覆盖率.
func (f *Finding) otherHead(c *rank.Candidate, n named, head int) bool {
	w := f.Words[head]
	return c.Features.Extra >= ofItsOwn && !n.says(w) && shares([]rune(f.compound(head)), n.name)
}

// ofItsOwn is the share of a name from which on what the question does not say of it makes it another's.
const ofItsOwn, leastOfItsOwn = 0.3, 0.1

// compound is the noun that is asked for with the nouns right before it: 数字经济增加值.
func (f *Finding) compound(head int) string {
	text := f.Words[head].Text
	for i := head - 1; i >= 0 && f.Words[i].Kind == lexicon.Noun && strings.Contains(f.Text, f.Words[i].Text+text); i-- {
		text = f.Words[i].Text + text
	}
	return text
}

// otherModifier tells a name of the noun that is asked for with another noun before it than the question has there:
// 民营经济增加值 for 数字经济增加值.
func (f *Finding) otherModifier(n named, head int) bool {
	if f.Follows != "" || len(n.before)+len(n.within) == 0 || !f.Words[head].InText(n.name) { // what two questions make together nobody said so
		return false
	}
	compound := f.compound(head)
	return slices.ContainsFunc(f.Words[:head], func(w question.AskedWord) bool {
		return w.Kind == lexicon.Noun && utf8.RuneCountInString(w.Text) > 1 && strings.Contains(compound, w.Text) && !f.Language.Asks["plain"].Set.Has(w.Text) && !n.says(w)
	})
}

// ofItsRatio tells a ratio of what is asked for to something: 民间投资占固定资产投资比重 for 固定资产投资.
func (f *Finding) ofItsRatio(c *rank.Candidate, n named) bool {
	ratio := f.Language.Asks["ratio"]
	return c.Unit != "" && slices.ContainsFunc(n.after, ratio.Set.Has) && !ratio.InWord([]rune(f.Text)) && !f.Language.Asks["share"].InWord([]rune(f.Text))
}

// ofWhatHasIt tells a count of those who have what is asked for, where the question counts nothing: 外资企业463家 for 外资.
func (f *Finding) ofWhatHasIt(c *rank.Candidate, n named) bool {
	return f.Want == question.WantFigure && f.Lang != "en" && f.Unit == "" && f.Focus == "" && c.Unit != "" && (c.Class() == "count" || c.Role == corpus.Growth && f.Role != corpus.Growth) &&
		slices.ContainsFunc(n.after, func(word string) bool { return !f.Language.Asks["total"].Set.Has(word) }) // 主体存量 is how many there are
}

// narrower tells a part of what a question asks for by the bare name of an indicator that is reported of a whole
// place: 跨境电商进出口 for 进出口, 人均生产总值 for GDP.
func (f *Finding) narrower(n named) bool {
	whole := f.Language.Asks["whole"].Set
	var all string // 居民人均可支配收入 is five words
	bare := len(f.Words) > 0
	for _, w := range f.Words {
		if w.Whole && f.Follows != "" {
			continue // said before: 进出口增长多少, 居民收入呢
		}
		all += w.Text
		named := whole.Has(w.Text) || f.Lang == "en" && slices.ContainsFunc(w.Said, whole.Has)
		bare = bare && (named || w.Kind != lexicon.Noun && !w.Head)
	}
	bare = bare || whole.Has(all)
	general := f.Language.Asks["general"].Set
	return bare && slices.ContainsFunc(slices.Concat(n.before, n.within), func(word string) bool { return !general.Has(word) })
}

// nameOf reads a figure's name; where it is of several, of the one that the question names: 社会消费品零售总额、固定资产投资.
// told is false where it says no more than the question, or none is to be read.
func (f *Finding) nameOf(c *rank.Candidate) (n named, told bool) {
	if f.Want == question.WantPassage || f.List || c.Paragraph.Report.Lang == "en" {
		return n, false
	}
	n.name = fold.String(c.What)
	if each := fold.String(c.Each); strings.Contains(n.name, each) {
		n.name = cmp.Or(each, n.name)
	} else if r := []rune(each); !strings.Contains(f.Text, string(r[:min(2, len(r))])) { // 农村 of 城乡居民收入
		n.before = append(n.before, string(r[:min(2, len(r))]))
	}
	n.own = strings.ReplaceAll(n.name+" "+string(c.Words())+" "+c.Behind()+" "+fold.String(c.Member()), "_", "")
	if c.What == "" {
		return n, false
	}
	r, said := f.saidOf(n.name)
	for i := range said {
		if r[i] == '、' && slices.Contains(said[i:], true) {
			r, said = r[i+1:], said[i+1:]
			break
		}
		if r[i] == '、' {
			r, said = r[:i], said[:i]
			break
		}
	}
	first := slices.Index(said, true)
	for _, w := range f.Language.Cut(r) {
		for !said[w.From] && said[w.To-1] { // 铁路 of 铁路里程
			w.To--
		}
		for said[w.From] && !said[w.To-1] { // 企业 of 外资企业
			w.From++
		}
		text := string(r[w.From:w.To])
		if said[w.From] || w.Kind == lexicon.Other || w.To-w.From == 1 || f.Language.Asks["plain"].Set.Has(text) || strings.Contains(f.Text, text) || w.Kind == lexicon.Place && strings.Contains(c.Paragraph.Report.Title, strings.TrimRight(text, question.PlaceSuffixes)) {
			continue
		}
		switch {
		case first < 0 || w.To <= first:
			n.before = append(n.before, text)
		case slices.Contains(said[w.To:], true):
			n.within = append(n.within, text)
		default:
			n.after = append(n.after, text)
		}
	}
	return n, c.Features.Extra >= leastOfItsOwn || len(n.after) > 0
}

// says tells that a figure's words say a word of the question, if in pieces.
func (n named) says(w question.AskedWord) bool {
	pieces := func(said string) bool { return inPieces([]rune(said), n.own) }
	return w.InText(n.own) || pieces(w.Text) || slices.ContainsFunc(w.Said, pieces)
}

// shares tells that two characters of a word stand in a text as they stand there, or the last of a word of two.
func shares(word []rune, text string) bool {
	if len(word) == 2 && strings.ContainsRune(text, word[1]) {
		return true // 民办学校 for 小学
	}
	for i := range len(word) - 1 {
		if strings.Contains(text, string(word[i:i+2])) {
			return true
		}
	}
	return false
}

// saidOf is a name by characters, and which of them the question says, if in pieces.
func (f *Finding) saidOf(name string) (r []rune, said []bool) {
	r, said = []rune(name), f.SaidIn(name)
	for _, w := range f.Words {
		if word := []rune(w.Text); !w.InText(name) && inPieces(word, name) {
			for i, c := range r {
				said[i] = said[i] || slices.Contains(word, c)
			}
		}
	}
	return r, said
}

// inPieces tells that a text has a word in pieces of two characters or more, or one of two by its characters, in
// their order: 粮食产量 in 粮食年产量, 年均 in 年平均.
func inPieces(word []rune, text string) bool {
	switch len(word) {
	case 0:
		return true
	case 2:
		_, rest, is := strings.Cut(text, string(word[0]))
		return is && strings.ContainsRune(rest, word[1])
	}
	for n := len(word); n > 1; n-- {
		if _, rest, is := strings.Cut(text, string(word[:n])); is && inPieces(word[n:], rest) {
			return true
		}
	}
	return false
}
