package rank

import (
	"reflect"
	"strings"
)

// Features are structs of numbers: the fields' names in lower case are those of the
// weights' file. names lists them, Vector their values, both in the order of the fields.

func names[T any]() (out []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) { // those of an embedded struct in its place
		if !f.Anonymous {
			out = append(out, strings.ToLower(f.Name))
		}
	}
	return out
}

func Vector[T any](features *T) []float64 {
	return values(reflect.ValueOf(features).Elem(), make([]float64, 0, 80))
}

// Score is what features weigh together.
func Score[T any](weights []float64, features *T) float64 {
	var room [96]float64
	return Dot(weights, values(reflect.ValueOf(features).Elem(), room[:0]))
}

func values(v reflect.Value, out []float64) []float64 {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Float64 {
			out = append(out, f.Float())
		} else {
			out = values(f, out)
		}
	}
	return out
}

// The names of the features of each group, as they stand in the weights' file.
var (
	FigureNames  = names[FigureFeatures]()
	PassageNames = names[PassageFeatures]()
	ForeignNames = names[ForeignFeatures]()
	AnswerNames  = names[AnswerFeatures]()
)

// FigureFeatures are those of a candidate figure.
type FigureFeatures struct {
	// how close its passage comes to the best one: e^((score - best score)/4)
	Passage float64
	// share of the question's weight in its sentence
	Sentence float64
	// … in its clause
	Clause float64
	// … in its clause and the one before
	Clauses float64
	// … between the figure before and the figure after, in its clause
	Own float64
	// … with a weight that falls with the distance in characters
	Near float64
	// … in its own stretch and clause, where a word weighs the more the fewer of the candidates have it
	Distinct float64
	// … in the headings and the rest of the paragraph
	Above float64
	// share of what it counts (Figure.What) that the question names
	Counted float64
	// after 分别: share of the list member meant that the question names, less that of the others
	Each float64
	// 1 if the question has its verb
	Verb float64
	// 1 if its unit is the one asked for, and if it is one used for the same (个 for 家)
	Unit, Alike float64
	// 1 if its unit is of the class asked for
	Class float64
	// 1 if its unit is of another class
	OtherClass float64
	// 1 if its unit is of a class that the question's last noun is measured in
	Likely float64
	// 1 if it is of another class than that
	Unlikely float64
	// 1 if the question names a unit, other than 个, and it has another one
	OtherUnit float64
	// 1 if it is one and none is asked for
	Date, Ordinal float64
	// 1 if it is the one that is asked for
	WantedDate, WantedOrdinal float64
	// 1 if it is the part of a date (year, month, day) that is asked for
	Grain float64
	// 1 if it stands in the question
	Asked float64
	// 1 if it is 一, and if it is another small Chinese numeral
	One, Two float64
	// longest stretch of the question in its sentence, as a share of its length
	Run float64
	// share of the text before 多少 that also stands before the figure
	Before float64
	// share of the text after 多少 that also stands after it
	After float64
	// 1 if the counted noun stands in its clause, and right behind it
	Focus, FocusNext float64
	// 1 if its period is the one asked for, and if it is another
	Period, OtherPeriod float64
	// 1 if that is said in its sentence
	Stated float64
	// 1 if its status is the one asked for, and if it is the other
	Status, OtherStatus float64
	// 1 if it is a target and neither status nor period is asked for
	Aimed float64
	// 1 if its role is asked for, and if another role is
	Role, OtherRole float64
	// 1 if it is a growth or an increase and none is asked for
	Change float64
	// 1 if it is where a change began and that is not asked for
	From float64
	// 1 if it is new (新增) or a total (累计) as asked for, -1 if it is the other
	Extent float64
	// 1 if it only says which ones: 80周岁以上老人
	Qualifier float64
	// 1 if a number of the question stands in its clause: 80周岁以上补助4元
	Beside float64
	// as of its passage
	Named, Older float64
	// 1 if it names a member of variants.txt that the question names: 民办
	Variant float64
	// 1 if it is an average (人均, 亩均) and none is asked for
	Average float64
	// 1 if it has the scale asked for (多少亿)
	Scale float64
	// as own, of the words before it alone and of those behind it
	Left, Right float64
	// share of the question's weight from the sentence before to its clause, with the headings
	Prefix float64
	// how well the question's text before and behind its asking word lies along that around it
	AlignedLeft, AlignedRight float64
	// 1 if its unit stands in the question, whatever is asked: 病床 for 42床
	UnitSaid float64
	// 1 if its words name a place that the question does not (城东区)
	Elsewhere float64
	// as own and clauses, of single characters, and by squared rarity
	CharsOwn, CharsClauses, RareClauses float64
	// how far its passage is behind the best one, in fours of score, up to 3
	BehindPassage float64
	// 1 if it is held against the area that the question holds against: 高于全国1.3个百分点
	Against float64
	// 1 if its name has the noun that is asked for, 0.6 if its clause has it before it, 0.3 if its sentence
	Head float64
	// share of the question's words in its name, and in its name and its sentence before it
	WordsNamed, WordsNear float64
	// share of its name that the question does not say
	Extra float64
	// 1 if what it is said to be a part of stands there too
	Whole float64
	// 1 if it is a part (其中) and the question does not name it
	Part float64
	// 1 if a later figure of the same thing stands in its row, and no time is asked for
	Earlier float64
	// 1 if it is a mark that was passed on the way: 连跨5万亿元、6万亿元
	Milestone float64
	// 1 if what its sentence named last before it is the member of variants.txt asked for, -1 if another
	Lent float64
	// how much its name and sentence say of the word of the question that they say least of
	LeastNamed float64
	// 1 if the noun that an English question counts stands neither in its sentence and those before it nor in the headings
	Uncounted float64
	// 1 if it has the noun that is asked for, each other word stands in its name or its sentence, and its name has no more
	Exact float64
	// extra by what its name lacks of the question: 地铁运营里程 for 高铁运营里程
	Swapped float64
}

// PassageFeatures are those of a passage.
type PassageFeatures struct {
	// bleve's score, as a share of the best one's
	Nominated float64
	// share of the question's weight found in the paragraph
	Coverage float64
	// … in its best sentence
	Sentence float64
	// … in its best two neighbouring sentences
	Pair float64
	// how well the question lies along its best stretch, in the same order; 0 for English ones
	Aligned float64
	// share of the question's weight in the headings above it
	Heading float64
	// … in the paragraph and its headings together
	WithHeading float64
	// longest stretch of the question found word for word, as a share of its length
	Longest float64
	// all such stretches, length^1.5, as a share of the whole question's
	Runs float64
	// 1 if it speaks of the period asked for, -1 if of another one only
	Period float64
	// 1 if it has a figure of the status asked for, -1 if of the other only
	Status float64
	// 1 if a figure is wanted and it has one of the expected unit
	Number float64
	// 1 if it is a heading alone
	Bare float64
	// 1 if the question has a word that only this report's title or issuer has (a place)
	Named float64
	// how many years its report is behind the latest, up to 3, where no period is asked for
	Older float64
	// 1 if a date or a rank is wanted and its best sentence, or the one before, has one
	Dated float64
	// share of the question's weight in its first 24 characters: it is about that
	Opens float64
	// as coverage, sentence and pair, of single characters alone: they meet a paraphrase (去世, 过世; 国家, 三国)
	Chars, CharsSentence, CharsPair float64
	// how often it has the rarest word of the question: ln(1+n), tenths of its rarity
	Often float64
	// its length in thousands of characters
	Long float64
	// 1 if it lists points (一是, 二是) and it is asked which, how or why: 存在哪些问题
	Lists float64
	// 1 if a heading above it is of the kind that is asked for: problems, or what comes next
	Section float64
}

// ForeignFeatures are those of a passage for a foreign question.
type ForeignFeatures struct {
	PassageFeatures
	// coverage, and that of single characters, of its best stretch of 30 characters
	Window, CharsWindow float64
	// share of the words that are said (by half of their weight or so) in its best two neighbouring sentences
	Words float64
	// weighted mean of log(0.1 + how much of a word is said) over the paragraph: a word that is not said at all costs most
	Surprise float64
	// … over its best two neighbouring sentences
	SurprisePair float64
	// how much of the rarest word is said
	Rarest float64
	// share of the question's numbers that it has, in figures or in words
	Numbers float64
	// log of its length in characters, from shortPassage on: a long paragraph says many words by chance
	Length float64
	// log of how many sentences it has
	Sentences float64
	// as nominated, sentence, pair, words, aligned and length, where the report is in English as
	// the question is, and 0 where it is not: its own words tell more than translations
	OwnNominated, OwnSentence, OwnPair, OwnWords, OwnAligned, OwnLength float64
}

// AnswerFeatures are those of the decision to answer. Those of figures are 0 for questions
// that want a passage, and the reverse.
type AnswerFeatures struct {
	// of the best figure
	Near, Sentence, Own, Counted, Unit, OtherClass, Unlikely, Run, Passage float64
	// coverage of its paragraph with its headings
	FigureAbove float64
	// share of the question's weight that no report has at all
	FigureMissing float64
	// how much its sentence and headings say of the weightiest part of the question
	Weakest float64
	// … of the part, of those that weigh much, of which they say least
	Least float64
	// how far the best figure is ahead of the second
	Margin float64
	// its score, in tenths
	Score float64
	// share of the question's numbers, dates aside, that its surroundings lack: 65岁以上
	Absent float64
	// by how much a figure of another period, status or area is more about what is asked
	Rival float64
	// by how much, in fives, a figure of another period, status or area scores higher, up to 2
	Outscored float64
	// 1 if neither its clause nor what it counts has a word of the question
	Silent float64
	// of the best passage
	PageSentence, PageAbove, PageMissing, PageLongest, PageRun, PageMargin float64
	// of the best figure
	Head, WordsNamed, WordsNear, Extra float64
	// 1 if it is about the weightiest part of the question
	Touches float64
	// of the best figure
	LeastNamed, Uncounted, Lent, Each, Period, Stated, Likely, Class, Role, OtherRole, Variant, Milestone, Part, BehindPassage, Prefix, Exact, Swapped, Average, Elsewhere float64
	// the log odds of its share of the softmax over the figures of other values and those of another period,
	// status or area; from -4 to 4
	Lead float64
	// 1 if no figure of another value fits the words and the conditions as well
	Alone float64
	// share of the question's words in the best passage and its headings
	PageWords float64
	// of the best passage
	PageNominated, PageAligned, PageChars float64
	// 1 if a figure, or else a passage, is the answer; the two are decisions of their own
	Figure, Page float64
	// share of the question's words that are known, and that no report has
	FigureAbsentWords, PageAbsentWords float64
	// 1 if the question is a topic alone
	FigureAny, PageAny float64
	// 1 if the question is in English and the report is not, or the reverse
	FigureForeign, PageForeign float64
}
