package corpus

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/corpus/fold"
	"reportbot/corpus/quantity"
)

// A cue is a word of an English sentence that tells deed from plan: will, plans to, was, has.
type cue struct {
	at   int
	plan bool
	word string
}

// cues of the sentence [from, to), in order. What follows will or to be within a few words is
// a part of it: will be increased is no deed.
func (d *passage) cues(from, to int) (out []cue) {
	const governed = 24 // characters
	r := d.text.Runes[:to]
	for i := from; i < to; i++ {
		if !isLatin(r[i]) || i > 0 && (isLatin(r[i-1]) || r[i-1] == '’' || r[i-1] == '\'') {
			continue
		}
		plan, done := max(d.wordAt("willdo", r, i), d.wordAt("proposal", r, i)), max(d.wordAt("didso", r, i), d.deed(r, i))
		n := max(plan, done)
		if n == 0 {
			continue
		}
		last := len(out) - 1
		if plan < done && last >= 0 && out[last].plan && i-out[last].at < governed && !d.parted(out[last].at, i) && !d.context["proposal"].Has(out[last].word) {
			continue
		}
		out = append(out, cue{i, plan >= done, string(r[i : i+n])})
		i += n - 1
	}
	return out
}

// deed is the length of a subject and its past tense at r[i]: we amended, they opened.
func (d *passage) deed(r []rune, i int) int {
	n := d.wordAt("subject", r, i)
	if n == 0 || i+n+1 >= len(r) || r[i+n] != ' ' || d.wordAt("willdo", r, i+n+1) > 0 { // I proposed
		return 0
	}
	at := i + n + 1
	at += d.adverbAt(r, at)
	end := at
	for end < len(r) && isLatin(r[end]) {
		end++
	}
	if verb := r[at:end]; len(verb) > len("ed") && strings.HasSuffix(string(verb), "ed") && !d.context["nodeed"].Has(string(verb)) {
		return end - i
	}
	return 0
}

// adverbAt is the length of the words at r[i] that may stand between a subject and what it did: more than, also.
func (rd *Reader) adverbAt(r []rune, i int) (length int) {
	for {
		n := rd.wordAt("adverb", r, i+length)
		if n == 0 || i+length+n >= len(r) || r[i+length+n] != ' ' {
			return length
		}
		length += n + 1
	}
}

// wordAt is the length of the longest word of a class that begins at r[i] and ends where a word ends.
func (rd *Reader) wordAt(class string, r []rune, i int) int {
	n := rd.context[class].At(r, i)
	if n > 0 && i+n < len(r) && isLatin(r[i+n]) {
		return 0
	}
	return n
}

// parted tells whether a clause ends between two places.
func (d *passage) parted(from, to int) bool {
	for i := from; i < to; i++ {
		if endsClause(d.text.Runes, i) || d.wordAt("subordinate", d.text.Runes, i) > 0 && d.text.Runes[i-1] == ' ' {
			return true
		}
	}
	return false
}

// governing is the cue that a figure stands under: the last before it in its clause, else the
// first behind it there, else the last of the clauses before; a clause that begins with
// which or because goes by itself.
func (d *passage) governing(q quantity.Quantity, sentence [2]int) (found cue, ok bool) {
	r := d.text.Runes
	from, alone := q.Start, false
	for from > sentence[0] && !endsClause(r, from-1) {
		if n := d.wordAt("subordinate", r, from); n > 0 && r[from-1] == ' ' {
			alone = true
			break
		}
		from--
	}
	if !alone {
		alone = d.wordAt("subordinate", r, from+skip(r, from)) > 0
	}
	end := q.End
	for end < sentence[1] && !endsClause(r, end) && !(r[end] == ' ' && end+1 < len(r) && d.wordAt("subordinate", r, end+1) > 0 && !strings.HasSuffix(string(r[q.End:end]), " of")) {
		end++ // 90 percent of which will be rentals
	}
	behind := cue{}
	for _, c := range d.cues(sentence[0], sentence[1]) {
		switch {
		case d.context["nowadays"].Has(c.word) && c.at < q.Start && d.amountBetween(c.at, q.Start):
		case c.at < q.Start && (c.at >= from || !alone):
			if !c.plan && ok && found.plan && c.at < from && found.at >= from {
				continue
			}
			found, ok = c, true
		case c.at >= q.End && c.at < end && behind.word == "" && !ofGoal.MatchString(string(r[q.End:c.at])):
			behind = c
		}
	}
	if behind.word != "" && (!ok || found.at < from || behind.plan && behind.word == "to be") {
		return behind, true
	}
	return found, ok
}

// ofGoal stands between a share and the goal that so much was reached of: 97% of the target we had set.
var ofGoal = regexp.MustCompile(`^ of (?:the|our|its|their|this|that|these|those|all)(?: [a-z-]+)? $`)

func (d *passage) amountBetween(from, to int) bool {
	return slices.ContainsFunc(d.numbers, func(n quantity.Quantity) bool { return n.Kind == quantity.Amount && n.Start > from && n.End < to })
}

func skip(r []rune, i int) int {
	if i < len(r) && r[i] == ' ' {
		return 1
	}
	return 0
}

// statusEnglish is status for an English text: the verb decides, then the time, then the part.
func (d *passage) statusEnglish(f *Figure, q quantity.Quantity, sentence [2]int) (Status, string) {
	past := d.past(f)
	stated := f.Period.Stated <= InSentence
	c, ok := d.governing(q, sentence)
	switch {
	case ok && c.plan && (!past || !stated || d.context["foreseen"].Has(c.word) || d.context["resolved"].Has(c.word)):
		return Target, byWord + c.word
	case d.toCome(f.Period):
		return Target, "period to come"
	case stated && past:
		return Actual, "period past"
	case ok && !c.plan:
		return Actual, byWord + c.word
	case d.frame.plan && !past:
		return Target, d.frame.by
	case !ok && !past && d.goesOn(sentence):
		return Target, "sentence before"
	case !past && d.imperative(sentence):
		return Target, "imperative"
	case d.ahead(f.Period):
		return Target, "year begun"
	case d.frame.review:
		return Actual, d.frame.by
	}
	return Actual, "no word of a plan"
}

// imperative tells a sentence or point that begins with the bare verb of what is to be done:
// - Attract at least 50 enterprises; (v) Inject $1.4 billion.
func (d *passage) imperative(sentence [2]int) bool {
	r := d.text.Runes[:sentence[1]]
	at := sentence[0] + markEnd(r[sentence[0]:])
	n := 0
	if at < len(r) {
		n = d.wordAt("imperative", r, at)
	}
	return n > 0 && !(at+n < len(r) && r[at+n] == ',') // Further, the price has risen
}

// goesOn tells a sentence of the plan that the one before tells: I will raise the cap to $600,000. This
// means that firms can claim up to $1.8 million.
func (d *passage) goesOn(sentence [2]int) bool {
	r := d.text.Runes
	at := sentence[0] + markEnd(r[sentence[0]:sentence[1]])
	if at >= sentence[1] {
		return false
	}
	if n := d.wordAt("pronoun", r[:sentence[1]], at); n == 0 || at+n >= len(r) || r[at+n] != ' ' { // not It's hard to live on $7.25
		return false
	}
	for i, s := range d.p.Sentences {
		if i == 0 || d.rune(s.Start) < sentence[0] {
			continue
		}
		before := d.p.Sentences[i-1]
		cues := d.cues(d.rune(before.Start), d.rune(before.End))
		return len(cues) > 0 && cues[len(cues)-1].plan
	}
	return false
}

// markEnd is where the mark of a point or of a numbered paragraph ends that an English sentence begins with.
func markEnd(r []rune) int { return utf8.RuneCountInString(pointMark.FindString(string(r))) }

var pointMark = regexp.MustCompile(`^(?:[-–•·*\s]|\([a-z0-9]{1,4}\)|[0-9]{1,3}\.)*`)

// periodBehind is the period that an English figure is directly followed by: from 82% in FY11
// to 77% in FY19, $902.7 billion by 31 March 2021, 21 per cent of the GDP in 2019.
func (d *passage) periodBehind(q quantity.Quantity, clauseEnd int) (Period, bool) {
	next := clauseEnd
	for _, n := range d.numbers {
		if n.Start >= q.End && n.Kind == quantity.Amount {
			next = min(next, n.Start)
			break
		}
	}
	for _, t := range d.times {
		if t.Since && t.Start >= q.End && t.Start < next && d.changedSince(q, t) {
			return d.since(t, InClause), true
		}
		if t.Start >= q.End && t.Start < clauseEnd && d.enclosed(q, t) {
			p := t.Period
			p.Stated = InClause
			return p, true
		}
		if t.Start < q.End || t.Start >= next || t.Compared && !d.begins(q, t) || t.Base || comparedTo.MatchString(string(d.text.Runes[q.End:t.Start])) {
			continue // 67 percent higher than in the same period of the previous year
		}
		if !d.begins(q, t) && !d.follows(q, t) {
			continue
		}
		p := t.Period
		p.Stated = InClause
		return p, true
	}
	return d.periodAtEnd(q)
}

// changedSince tells that a figure is what has changed since a year: has risen by 45% since 2011; it is not
// the highest since then.
func (d *passage) changedSince(q quantity.Quantity, t TimeWord) bool {
	sentence := d.p.sentenceAt(d.p.Start + d.text.Off[q.Start])
	return !superlative.MatchString(string(d.text.Runes[d.rune(sentence.Start):max(q.End, t.Start)]))
}

// superlative tells what nothing has surpassed since some year.
var superlative = regexp.MustCompile(`\b(?:[a-z]{3,}est|most|least|first|record|only|again)\b`)

// since is the time from a year on till the report speaks.
func (d *passage) since(t TimeWord, stated Stated) Period {
	return Period{From: t.From, To: max(d.p.Report.given, d.now*12), Label: "since " + strconv.Itoa(t.From/12), Stated: stated}
}

// follows tells a time that a figure is directly followed by, and not six schools last year. What
// is said as at a day may stand farther off.
func (d *passage) follows(q quantity.Quantity, t TimeWord) bool {
	const near = 60 // characters
	r := d.text.Runes
	if asAtTime.MatchString(string(r[q.End:t.Start])) {
		return true
	}
	return t.Start-q.End <= near && strings.HasSuffix(string(r[q.End:t.Start]), " ") && (d.context["attime"].Before(r, t.Start) > 0 || relative.At(r, t.Start) > 0)
}

// enclosed tells a time that alone stands in brackets behind a figure: $48 million over three years (FY15-FY17).
func (d *passage) enclosed(q quantity.Quantity, t TimeWord) bool {
	return t.Start > 0 && d.bracketed(t) && bracketNear.MatchString(string(d.text.Runes[q.End:t.Start]))
}

var bracketNear = regexp.MustCompile(`^[a-z -]{0,40}\($`)

// asAtTime stands before the day that an amount is reckoned at.
var asAtTime = regexp.MustCompile(` as (?:at|of|on) (?:the )?(?:end|close)?(?:[- ]of)?[- ]?$`)

// begins tells the time from which on a figure is what a change leads to: lowered to $0.40 per cc from
// January 2013.
func (d *passage) begins(q quantity.Quantity, t TimeWord) bool {
	r := d.text.Runes
	return t.To-t.From < 12 && strings.HasSuffix(string(r[:q.From]), "to ") && fromTime.MatchString(string(r[q.End:t.Start]))
}

var fromTime = regexp.MustCompile(`^ (?:(?:per|a|an|each) [a-z-]+ )?(?:from|starting|starting in|beginning in|with effect from) $`)

// atEnd is how a clause begins that tells the time of the whole sentence.
var atEnd = regexp.MustCompile(`, (?:for|in|during) (?:the )?$`)

// periodAtEnd is the time that a sentence ends with, in a clause of its own: a deficit of $2
// billion, or 0.3% of GDP, for FY2022.
func (d *passage) periodAtEnd(q quantity.Quantity) (Period, bool) {
	end := d.rune(d.p.sentenceAt(d.p.Start + d.text.Off[q.Start]).End)
	for _, t := range d.times {
		if t.Start < q.End || t.End > end || t.Compared || t.Base || t.AsOf() {
			continue
		}
		tail := strings.Trim(string(d.text.Runes[t.End:end]), " .")
		if (tail == "" || tail[0] == '[' || tail[0] == '(') && atEnd.MatchString(string(d.text.Runes[q.End:t.Start])) {
			p := t.Period
			p.Stated = InSentence
			return p, true
		}
	}
	return Period{}, false
}

// takesEffect is how an English sentence begins that says when what the one before plans begins.
var takesEffect = regexp.MustCompile(`^ *(?:this|these|it|they|the (?:changes?|increases?))\b[^.,;]* (?:take effect|takes effect|come into effect|come into force|be effective|apply|applies|start|begin|commence) (?:from|on|in) `)

// effective is when a plan begins, as the next sentence says: We will increase the contributions to
// $290. This will take effect from January 2019.
func (d *passage) effective(q quantity.Quantity) (Period, bool) {
	if d.p.Report.Lang != "en" {
		return Period{}, false
	}
	sentence := d.p.sentenceAt(d.p.Start + d.text.Off[q.Start])
	if n := d.p.N + 1; sentence == d.p.Sentences[len(d.p.Sentences)-1] && n < len(d.p.Report.Paragraphs) {
		return effectiveIn(d.p.Report.Paragraphs[n])
	}
	r := d.text.Runes
	end := d.rune(sentence.End)
	lead := takesEffect.FindString(string(r[min(end, len(r)):min(len(r), end+longestEffect)]))
	if lead == "" {
		return Period{}, false
	}
	for _, t := range d.times {
		if at := end + utf8.RuneCountInString(lead); t.Start >= at && t.Start <= at+len("the ") {
			p := t.Period
			p.Stated = InSentence
			return p, true
		}
	}
	return Period{}, false
}

// effectiveIn is effective where the next sentence is a paragraph of its own.
func effectiveIn(next *Paragraph) (Period, bool) {
	if next.Row != nil {
		return Period{}, false
	}
	r := next.folded().Runes
	lead := takesEffect.FindString(string(r[:min(len(r), longestEffect)]))
	if lead == "" {
		return Period{}, false
	}
	at := utf8.RuneCountInString(lead)
	for _, t := range Times(r, next.Report.numbersIn(r, next.Text()), next.Report.clock()) {
		if t.Start >= at && t.Start <= at+len("the ") {
			p := t.Period
			p.Stated = InSentence
			return p, true
		}
	}
	return Period{}, false
}

// longestEffect in characters, from where such a sentence begins to its time.
const longestEffect = 80

// englishLead is the frame after an English sentence: that of the time it begins with for the
// rest of the paragraph; any other time of it for the next sentence alone.
func (w *walk) englishLead(sentence string, local frame) (next frame, lasting bool, ok bool) {
	runes := fold.New(sentence).Runes
	numbers := w.r.numbersIn(runes, sentence)
	from := markEnd(runes) // 3. Throughout 2017, …
	end := clauseEnd(runes, from)
	for _, t := range Times(runes, numbers, w.r.clock()) {
		if t.Compared || t.Base || t.Day || t.AsOf() || t.Until || t.Unyeared || inTitle(runes, t) || comparedTo.MatchString(string(runes[clauseStart(runes, t.Start):t.Start])) {
			continue
		}
		next = frame{period: t.Period, plan: local.plan, review: local.review, by: "sentence before: " + t.Label}
		next.period.Stated = InParagraph
		ok = true
		if t.Start < end && !amountBefore(numbers, t.Start) && (w.ofReport(t.Period) || w.opens(runes[from:t.Start])) {
			return next, true, true
		}
	}
	return next, false, ok
}

// comparedTo stands in a clause before the time of what something is compared with: rose by 6 per cent
// compared with the revised estimate for 2020-21.
var comparedTo = regexp.MustCompile(`\b(?:compared (?:with|to)|than|relative to|against) `)

// ofReport tells a whole year that the report looks back on or ahead to: it may stand within the first
// clause of what is on it, We ended last year on a strong footing. Any other time there is that of
// one event: the scheme that we launched in 2012, flats that are expected in 2026.
func (w *walk) ofReport(t Period) bool {
	return t.To-t.From >= 12 && t.From >= (w.r.Year-1)*12 && t.From < (w.r.Year+1)*12
}

// opens tells words of which none stands for a thing: a sentence opens with the time behind them.
func (w *walk) opens(before []rune) bool {
	words := strings.FieldsFunc(string(before), func(c rune) bool { return !isLatin(c) })
	return !slices.ContainsFunc(words, func(word string) bool { return !w.r.reader.context["opening"].Has(word) })
}

// listLead tells a paragraph that opens a list of what will be done: eleven measures will be introduced:
func (w *walk) listLead(text string) bool {
	text = strings.TrimSpace(text)
	if last, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune(":：–—", last) {
		return false
	}
	rd := w.r.reader
	if w.r.Lang != "en" {
		_, will := rd.lastWord("will", fold.New(text[strings.LastIndex(text, "。")+1:]).Runes) // 我会推出以下措施：
		return will >= 0
	}
	runes := []rune(strings.ToLower(text[strings.LastIndex(text, ". ")+1:]))
	for i := range runes {
		if (i == 0 || !isLatin(runes[i-1])) && max(rd.wordAt("willdo", runes, i), rd.wordAt("proposal", runes, i)) > 0 {
			return true
		}
	}
	return false
}

// isPoint tells a point of a list: one with a mark, or in English one that opens with an amount, a small
// letter or what is being done (Extending the hours to 40), or stops as a point does.
func (w *walk) isPoint(text string) bool {
	text = strings.TrimSpace(text)
	if pointStart.MatchString(text) {
		return true
	}
	first, _, _ := strings.Cut(text, " ")
	return w.r.Lang == "en" && (openPoint.MatchString(text) || strings.HasSuffix(first, "ing") || strings.HasSuffix(text, ";"))
}

var (
	pointStart = regexp.MustCompile(`^[(（•·-]`)
	openPoint  = regexp.MustCompile(`^(?:\p{Sc}|[a-z]|By [a-z]+ing )`)
)
