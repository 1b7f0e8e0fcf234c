package rank

// The features of the decision to answer, in the order of Weights.Answer.
// Those of figures are 0 for questions that want a passage, and the reverse.
//
//	near, sentence, own, counted, unit, otherclass, unlikely, run, passage  of the best figure
//	score     its score, in tenths
//	absent    share of the question's numbers, dates aside, that its surroundings lack: 65岁以上
//	figureabove  coverage of its paragraph with its headings
//	figuremissing share of the question's weight that no report has at all
//	rival     by how much a figure of another period, status or area is more about what is asked
//	outscored by how much, in fives, a figure of another period, status or area scores higher, up to 2
//	silent    1 if neither its clause nor what it counts has a word of the question
//	weakest   how much its sentence and headings say of the weightiest part of the question
//	least     … of the part, of those that weigh much, of which they say least
//	margin    how far the best figure is ahead of the second
//	pagesentence, pageabove, pagemissing, pagelongest, pagerun, pagemargin  of the best passage
//	head, wordsnamed, wordsnear, extra  of the best figure
//	leastnamed, swapped, average, elsewhere, lent, each, period, stated, likely, class, role, otherrole, variant, milestone, part, behindpassage, prefix  of the best figure
//	alone     1 if no figure of another value fits the words and the conditions as well
//	lead      the log odds of its share of the softmax over the figures of other values and those of another period,
//	          status or area; from -4 to 4
//	pagewords share of the question's words in the best passage and its headings
//	pagenominated, pagealigned, pagechars  of the best passage
//	touches   1 if it is about the weightiest part of the question
//	figure, page  1 if a figure, or else a passage, is the answer, and of each of the two kinds of decision:
//	          absentwords share of the question's words that are known, and that no report has
//	          any       1 if the question is a topic alone
//	          foreign   1 if the question is in English and the report is not, or the reverse
var AnswerFeatures = []string{"near", "sentence", "own", "counted", "unit", "otherclass", "figureabove", "figuremissing",
	"weakest", "least", "margin", "unlikely", "run", "passage", "score", "absent", "rival", "outscored", "silent", "pagesentence", "pageabove", "pagemissing", "pagelongest", "pagerun", "pagemargin", "head", "wordsnamed", "wordsnear", "extra", "touches", "leastnamed", "lent", "each", "period", "stated", "likely", "class", "role", "otherrole", "variant", "milestone", "part", "behindpassage", "prefix", "lead", "exact", "alone", "swapped", "average", "elsewhere", "pagewords", "pagenominated", "pagealigned", "pagechars", "figure", "figureabsentwords", "figureany", "figureforeign", "page", "pageabsentwords", "pageany", "pageforeign"}
