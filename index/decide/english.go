package decide

import (
	"regexp"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/analysis"
	"reportbot/index/lexicon"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// unnamed tells that what surrounds a figure of an English report does not have the name by which a question asks for
// it and for nothing else: 30 percent of the murder rate for graduation rate, 21 of her classmates for how many schools. In a
// longer question, whose other words are met, the name may be said otherwise.
func (f *Finding) unnamed() bool {
	if len(f.Words) == 0 || f.List || f.Lang != "en" || f.Fit[0].Paragraph.Report.Lang != "en" {
		return false
	}
	return f.asksByNameAlone() && (f.lacksName(f.Fit[0].Around()) || f.countsNeighbour() || f.measuredOtherwise())
}

// measuredOtherwise tells money, a share or a time for the plural of what is counted, and what is none for what is
// money: $1 billion for head start kids, 90 percent for the E-rate cost.
func (f *Finding) measuredOtherwise() bool {
	if slices.Contains(f.Classes, "count") || slices.Contains(f.Classes, "person") || f.Role == corpus.Growth && f.Fit[0].Role == corpus.Growth {
		return false // it says itself in what: how many are on grants, growth in arrivals
	}
	name := f.Words[len(f.Words)-1].Text
	last := name[strings.LastIndex(name, " ")+1:]
	c := f.Fit[0]
	class, likely := c.Class(), f.Language.LikelyClass(last)
	plural := likely == "" && strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") || likely == "person"
	counted := plural && !strings.Contains(f.Text, "how much") && slices.Contains([]string{"money", "percent", "time"}, class)
	return counted || likely == "money" && c.Paragraph.Row == nil && class != "money" && !(class == "percent" && c.Role == corpus.Growth)
}

// asksByNameAlone tells a question all of whose words stand side by side, as those of one name.
func (f *Finding) asksByNameAlone() bool {
	var words []string
	for _, w := range f.Words {
		if f.Language.InEnglish("measure", w.Text) && f.Language.LikelyClass(w.Text) == "money" { // the debt in dollars
			continue
		}
		if !lexicon.MayBeThing(w.Text) {
			return false
		}
		words = append(words, w.Text)
	}
	name := strings.Join(words, " ")
	return len(strings.Fields(name)) <= longestBareName && strings.Contains(strings.ReplaceAll(f.Text, "-", " "), strings.ReplaceAll(name, "-", " "))
}

// longestBareName is how many words one name has.
const longestBareName = 3

// lacksName tells that a text has not all the words of the question, but for those that only tell that something is
// a sum, or of the report's own budget or government.
func (f *Finding) lacksName(text string) bool {
	stems := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !fold.Alnum(r) }) {
		stems[analysis.Stem(word)] = true
	}
	return slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		if w.InText(text) {
			return false
		}
		return slices.ContainsFunc(strings.Fields(w.Text), func(part string) bool {
			return !stems[analysis.Stem(part)] && !f.Language.InEnglish("general", part)
		})
	})
}

// countsNeighbour tells that a figure counts, by the nouns behind it and by its name, another noun than the question does,
// which may only name it.
func (f *Finding) countsNeighbour() bool {
	return slices.ContainsFunc(f.Words, func(w question.AskedWord) bool { return (w.Counted || f.Things) && w.Head }) && !f.countsHead(f.Fit[0])
}

// countsHead tells a figure that counts the noun that an English question asks for: by its own words, or where none of
// them says what it counts by its sentence, as of which 410 were foreign.
func (f *Finding) countsHead(c *rank.Candidate) bool {
	r, end := c.Page.Folded.Runes, c.Page.Rune(c.End)
	alone := c.Unit == "" && f.Language.CountedBehind(r[end:]) == 0
	return f.namesHead(c) || alone && f.saysHead(string(r[c.Page.Rune(c.Sentence.Start):end]))
}

// namesHead tells a figure that has the noun which an English question asks for behind it, or in its name.
func (f *Finding) namesHead(c *rank.Candidate) bool {
	r, end := c.Page.Folded.Runes, c.Page.Rune(c.End)
	return f.saysHead(fold.String(c.What+" "+c.Text) + " " + string(r[end:end+f.Language.BehindFigure(r[end:])]))
}

func (f *Finding) saysHead(text string) bool {
	return slices.ContainsFunc(f.Words, func(w question.AskedWord) bool { return w.Head && w.InText(text) })
}

// ofOne tells a figure of an English report that is one of many, where the question asks for no such: GDP per capita for
// GDP, $9,000 per job for what the jobs cost.
func (f *Finding) ofOne() bool {
	c := f.Fit[0]
	if c.Paragraph.Report.Lang != "en" || f.Language.Asks["average"].InWord([]rune(f.Text)) {
		return false
	}
	r, end := c.Page.Folded.Runes, c.Page.Rune(c.End)
	name := fold.String(c.What) + " " + string(r[end:min(len(r), end+longestPer)])
	of := perOne.FindStringSubmatch(name)
	if of == nil || f.Language.InEnglish("measure", of[1]) {
		return false
	}
	asked := analysis.Stem(of[1])
	return !slices.ContainsFunc(strings.Fields(f.Text), func(word string) bool {
		return analysis.Stem(strings.Trim(word, "?,.")) == asked || f.Language.InEnglish("per", word)
	})
}

// perOne tells by what something is counted, right behind a figure or in its name.
var perOne = regexp.MustCompile(`(?:^| )per ([a-z]{3,})`)

// longestPer is how many characters behind a figure may name what there is so much for: per household.
const longestPer = 24

// lacksThing tells that the question names something in two words or more that no report has: the class size in high
// school.
func (f *Finding) lacksThing() bool {
	return f.Lang == "en" && f.foreign() == 0 && slices.ContainsFunc(f.Words, func(w question.AskedWord) bool {
		return w.Absent && !w.Loose && !w.Whole && len(w.Stems) > 1
	})
}

// otherMonth tells a month that the question names without its year, and that stands nowhere around a figure.
func (f *Finding) otherMonth() bool {
	c := f.Fit[0]
	if f.Lang != "en" || f.foreign() != 0 || len(f.Periods) > 0 {
		return false
	}
	month := aMonth.FindString(f.Text)
	return month != "" && !strings.Contains(c.Around(), month) && !strings.Contains(fold.String(c.Period.Label), month)
}

// aMonth is the name of a month that is no other word: may and march are.
var aMonth = regexp.MustCompile(`\b(?:january|february|april|june|july|august|september|october|november|december)\b`)
