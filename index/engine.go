package index

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
	"reportbot/index/analysis"
	"reportbot/index/decide"
	"reportbot/index/phonetic"
	"reportbot/index/question"
	"reportbot/index/rank"
	"reportbot/index/store"
)

// How many of each are looked at.
const (
	nominatedPassages = 30
	readForFigures    = 5
	readAbroad        = 2 // of the reports of other places than the question names
	// LongestQuestion is how many characters of a question are read.
	LongestQuestion = 500
)

// Engine answers questions on a corpus. It may be used by many at once.
type Engine struct {
	corpus   *corpus.Corpus
	store    *store.Store
	language *question.Language
	weights  *rank.Weights
	titles   map[string]titleWord
	byPlace  byPlace
	long     map[string]bool // the names of the reports' places that have three characters and more, with the suffix
	own      terms.Own
	reader   *corpus.Reader // of drafts
	fronts   map[*corpus.Head]front
	placed   func() []*placeReports // the places that the reports are of
	placeOf  func(*corpus.Head) string

	comparing *comparing
	now       corpus.Clock // when the latest report speaks

	words, spoken  func() *phonetic.Words     // read when first needed
	abbreviations  func() map[string][]string // initials → words
	namesByLetters func() map[string][]string // nsfas → the names that English reports have in full
}

// Open opens the index of the corpus under dir, building it where it is
// missing, broken or of other reports; with dir "" it is held in memory. The
// office's own term lists are read from dir/terms.
func Open(dir string, c *corpus.Corpus) (*Engine, error) { return openAfter(dir, c, nil) }

// openAfter is Open where an engine on nearly the same reports is at hand, whose
// reading of titles is gone on from; nil for none.
func openAfter(dir string, c *corpus.Corpus, before *Engine) (*Engine, error) {
	weights, err := rank.ParseWeights(rank.WeightsFile)
	if err != nil {
		return nil, err
	}
	var own terms.Own
	if dir != "" {
		own, _ = terms.ReadOwn(filepath.Join(dir, "terms")) // main says what is wrong with them
	}
	reader := corpus.NewReader(own)
	language, err := question.New(own, reader.Quantities())
	if err != nil {
		return nil, err
	}
	s, err := store.Open(dir, c)
	if err != nil {
		return nil, err
	}
	language.Said = func(word string) bool { return s.MayHave([]rune(word)) }
	e := &Engine{corpus: c, store: s, language: language, weights: weights, own: own, reader: reader, comparing: readComparing(own)}
	e.fronts = e.frontsOf(c, before)
	e.titles, e.long = e.titleWords(c), map[string]bool{}
	for _, f := range e.fronts {
		if f.name != "" {
			e.long[f.name] = true
		}
	}
	e.words, e.spoken, e.abbreviations = sync.OnceValue(e.pairs), sync.OnceValue(e.spokenPairs), sync.OnceValue(e.initials)
	e.namesByLetters = sync.OnceValue(e.acronyms)
	language.SpelledOut = e.spelledOut
	for word, w := range e.titles {
		if w.place {
			language.Names[word] = true
		}
	}
	e.placeOf = e.placing()
	e.placed = sync.OnceValue(func() []*placeReports { return e.placesOf(c) })
	for _, r := range c.Reports {
		at := r.Clock()
		e.now.Year, e.now.Months = max(e.now.Year, at.Year), max(e.now.Months, at.Months)
		language.English = language.English || r.Lang == "en"
	}
	return e, nil
}

// titleWord is a bigram by which a question names reports: 洞头 of 洞头区 all
// those of its place, another one the only report whose title has it.
type titleWord struct {
	reports []*corpus.Head
	place   bool
}

// pair is two characters of a report's front, and whether they name a place or stand
// in its title.
type pair struct {
	text          [2]rune
	place, titled bool
}

// pairsOf is the pairs of what stands in front of a report. They are its own and the
// lists': a change of the reports takes them from the engine before.
func (e *Engine) pairsOf(r *corpus.Head) (pairs []pair) {
	names := fold.New(r.Title + " " + r.Issuer).Runes
	runes := slices.Concat(names, fold.New(" "+r.Front).Runes)
	for i := range len(runes) - 1 {
		if !fold.Han(runes[i]) || !fold.Han(runes[i+1]) {
			continue
		}
		end := i + 2
		place := end < len(runes) && strings.ContainsRune(question.PlaceSuffixes, runes[end]) && !strings.ContainsRune("全各本我受向和年", runes[i]) || e.language.Places.At(runes, i) == 2
		if place || i < len(names) {
			pairs = append(pairs, pair{[2]rune(runes[i:end]), place, i < len(names)})
		}
	}
	return slices.Clip(pairs)
}

// titleWords maps the names of places in titles and issuers to their reports,
// and the other bigrams of titles that one report alone has, and that few
// paragraphs have: not 工作 or 报告.
func (e *Engine) titleWords(c *corpus.Corpus) map[string]titleWord {
	words := map[[2]rune]*titleWord{}
	common := map[[2]rune]bool{} // asked once: titles are much alike
	for _, r := range c.Reports {
		for _, p := range e.fronts[r].pairs {
			if !p.place && (len(c.Reports) < 2 || e.common(p.text, common)) {
				continue
			}
			word := words[p.text]
			if word == nil {
				word = &titleWord{}
				words[p.text] = word
			}
			if n := len(word.reports); n == 0 || word.reports[n-1] != r {
				word.reports = append(word.reports, r)
			}
			word.place = word.place || p.place
		}
	}
	named := map[string]titleWord{}
	for pair, w := range words {
		if w.place || len(w.reports) == 1 {
			named[string(pair[:])] = *w
		}
	}
	return named
}

// rareInTitles is the share of paragraphs from which on a word names no report.
const rareInTitles = 0.02

// common tells whether more paragraphs have a pair than that.
func (e *Engine) common(gram [2]rune, known map[[2]rune]bool) bool {
	is, ok := known[gram]
	if !ok {
		is = e.store.Frequency(string(gram[:])) > math.Max(2, rareInTitles*e.store.Size)
		known[gram] = is
	}
	return is
}

// named is the reports that a question names by such a word; placed tells that
// it is the name of a place: then those of other places can't answer.
func (e *Engine) named(text string) (named map[*corpus.Head]bool, placed bool) {
	named = map[*corpus.Head]bool{}
	places := e.placesIn([]rune(text))
	for _, p := range places {
		for _, r := range e.reportsOf(p) {
			named[r], placed = true, true
		}
	}
	for _, g := range analysis.Grams([]rune(text)) {
		word := e.titles[g.Text]
		within := slices.IndexFunc(places, func(p askedPlace) bool { return p.at <= g.Start && g.End <= p.to })
		for _, r := range word.reports {
			if !word.place || within < 0 || e.isOf(r, places[within]) { // 吉林市 is not 吉林省
				named[r], placed = true, placed || word.place
			}
		}
	}
	if !placed && e.language.Asks["nation"].InWord([]rune(text)) {
		e.nameNational(named)
	}
	return named, placed && len(named) < len(e.corpus.Reports)
}

// nameNational adds the reports of the national government, which no place names.
func (e *Engine) nameNational(named map[*corpus.Head]bool) {
	for _, r := range e.corpus.Reports {
		if r.Scope == "国" {
			named[r] = true
		}
	}
}

// Weigh has the engine answer with other weights than the embedded ones.
func (e *Engine) Weigh(w *rank.Weights) { e.weights = w }

// Close releases the index.
func (e *Engine) Close() error { return e.store.Close() }

// Corpus is what the engine answers from.
func (e *Engine) Corpus() *corpus.Corpus { return e.corpus }

// Ask answers a question. before are the earlier questions of the conversation,
// oldest first: a follow-up ("2024年呢") is read with them. A question typed in
// pinyin, with a slip or misspelt is asked as it was meant where that is
// answered better; DidYouMean tells it then.
func (e *Engine) Ask(ctx context.Context, question string, before []string) decide.Answer {
	start := time.Now()
	earlier := make([]string, len(before))
	for i, b := range before {
		earlier[i] = e.language.Plain(b, i == 0)
	}
	a := e.ask(ctx, e.language.Plain(question, len(before) == 0), earlier)
	a.Question, a.Took = question, time.Since(start)
	return a
}

// ask answers a question that is nothing but one.
func (e *Engine) ask(ctx context.Context, question string, before []string) decide.Answer {
	if a, ok := e.overYears(ctx, question, before); ok {
		return a
	}
	if a, ok := e.compared(ctx, question, before); ok {
		return a
	}
	var failure error
	ctx = context.WithValue(ctx, failureKey{}, &failure)
	a := e.read(ctx, e.than(question, before), before)
	if a.Err != nil {
		return a
	}
	if meant := e.respelled(&a, question); meant != "" {
		if b := e.read(ctx, meant, before); b.Answered && (!a.Answered || b.Confidence > a.Confidence || says(&b, &a)) {
			b.Question, b.DidYouMean = question, []string{meant}
			a = b
		}
	}
	if failure != nil { // what the rest of the search found may be the wrong half
		a = decide.Answer{Question: question, Query: a.Query, Lang: a.Lang, Err: failure}
	}
	return a
}

// failureKey is where in the context of a question its first failure is kept: a
// question is searched for in several ways, and one that failed must not pass
// for one that found nothing.
type failureKey struct{}

func failed(ctx context.Context, err error) {
	if failure, ok := ctx.Value(failureKey{}).(*error); ok && *failure == nil {
		*failure = err
	}
}

// says tells whether a question asks for a number or names a place only as it was
// put right: duoshao, beiling.
func says(a *decide.Answer, typed *decide.Answer) bool {
	return a.Query.Want == question.WantFigure && typed.Query.Want != question.WantFigure || a.Query.Placed && !typed.Query.Placed
}

// read answers a question as it stands: both sides of a comparison, both ends
// of a change, each thing of a list, or the one thing asked for.
func (e *Engine) read(ctx context.Context, question string, before []string) decide.Answer {
	q := e.understand(ctx, question, before)
	a := e.answer(ctx, question, q)
	if a.Err != nil {
		return a
	}
	if !a.Answered && len(before) > 0 && e.mayLean(q) {
		follow := e.goesOn(ctx, q, e.mainland(question), before)
		if b := e.answer(ctx, question, follow); b.Answered {
			q, a = follow, b
		}
	}
	if b := e.ofTheSame(ctx, question, q, &a, before); b != nil {
		return *b
	}
	if b := e.inOtherTerms(ctx, question, q, before); b != nil {
		return *b
	}
	if b, ok := e.compare(ctx, q, a); ok {
		return b
	}
	if b, ok := e.ends(ctx, q, a); ok {
		return b
	}
	if b, ok := e.list(ctx, q, a); ok {
		return b
	}
	return a
}

func (e *Engine) answer(ctx context.Context, asked string, q *question.Query) decide.Answer {
	f, err := e.find(ctx, q, nil)
	a := decide.Answer{Question: asked, Query: *q, Lang: q.Lang}
	switch {
	case err != nil:
		slog.Error("searching the index", "cause", err)
		a.Err = fmt.Errorf("searching the reports: %w", err)
	case e.asksWhose(q):
		a.AskPlace = true
	case len(f.Pages) > 0:
		f.Decide(&a, e.weights, e.elsewhere(f.Query))
	}
	if a.Err == nil {
		e.keepPlace(&a, f)
	}
	return a
}

// find searches, reads and ranks. hide leaves paragraphs out, as if the
// reports did not have them: so the decision not to answer is learnt.
func (e *Engine) find(ctx context.Context, q *question.Query, hide func(*corpus.Paragraph) bool) (*decide.Finding, error) {
	f := &decide.Finding{Weighed: rank.Weigh(e.store, q, e.language)}
	f.Now = q.Clock.Year
	f.Asked = e.placesAsked(q)
	nominees, err := e.nominate(ctx, f.Weighed, hide)
	if err != nil {
		failed(ctx, err)
		return f, err
	}
	e.readAll(f, nominees, nil, readForFigures)
	return f, nil
}

// findAmong is find among paragraphs that are nominated already, for a question that was
// made ready before; read are those of the first of them that were read for it before.
func (e *Engine) findAmong(w *rank.Weighed, own []store.Nominee, read map[*corpus.Paragraph]*rank.Passage, forFigures int) (*decide.Finding, error) {
	f := &decide.Finding{Weighed: w}
	nominees, err := e.paragraphs(own, nil)
	if err != nil {
		return f, err
	}
	e.readAll(f, nominees, read, forFigures)
	return f, nil
}

// readAll reads what was nominated, but for what was read before, and ranks the figures of the best
// so many paragraphs.
func (e *Engine) readAll(f *decide.Finding, nominees []nominated, read map[*corpus.Paragraph]*rank.Passage, forFigures int) {
	q := f.Query
	for _, n := range nominees {
		if p := read[n.paragraph]; p != nil {
			f.Pages = append(f.Pages, p)
			continue
		}
		p := &rank.Passage{Page: f.Read(n.paragraph)}
		if q.Lang == "en" {
			p.Features = f.ForeignFeatures(p.Page, n.share)
			p.Score = rank.Score(e.weights.Foreign, &p.Features)
		} else {
			p.Features.PassageFeatures = f.PassageFeatures(p.Page, n.share)
			p.Score = rank.Score(e.weights.Passage, &p.Features.PassageFeatures)
		}
		f.Pages = append(f.Pages, p)
	}
	sort.SliceStable(f.Pages, func(i, j int) bool { return f.Pages[i].Score > f.Pages[j].Score })
	sort.SliceStable(f.Pages, func(i, j int) bool { return !f.Abroad(f.Pages[i].Report.Head) && f.Abroad(f.Pages[j].Report.Head) })
	here, there := 0, 0
	for _, p := range f.Pages {
		if q.Want == question.WantDate && p.Score < f.Pages[0].Score-farBehind {
			break
		}
		if abroad := f.Abroad(p.Report.Head); !abroad && here < forFigures || abroad && here+there < forFigures+readAbroad && there < forFigures {
			f.Ranked = append(f.Ranked, f.Weighed.Candidates(p.Page, (f.Pages[0].Score-p.Score)/4)...)
			here, there = here+int(rank.Truth(!abroad)), there+int(rank.Truth(abroad))
		}
	}
	f.Distinguish(f.Ranked)
	f.Relate(f.Ranked)
	for _, c := range f.Ranked {
		c.Score = rank.Score(e.weights.FiguresFor(q.Lang), &c.Features)
	}
	sort.SliceStable(f.Ranked, func(i, j int) bool { return f.Ranked[i].Score > f.Ranked[j].Score })
	f.SortOut()
}

// farBehind the best passage in score no date is the answer, as every second
// passage has some date: of the 5,100 questions measured none was. Figures in the
// unit asked for are rarer, and are.
const farBehind = 4

type nominated struct {
	paragraph *corpus.Paragraph
	share     float64 // of the best one's score
}

// nominate asks the index for paragraphs: the best ones, and where the question
// names reports by their place, as many of those. They are searched for by
// themselves: in the library of a province a hundred places say the same.
func (e *Engine) nominate(ctx context.Context, w *rank.Weighed, hide func(*corpus.Paragraph) bool) ([]nominated, error) {
	if w.Err != nil {
		return nil, w.Err
	}
	found, err := e.store.Nominate(ctx, w.Search, nil, nominatedPassages)
	if err != nil {
		return nil, err
	}
	reports := e.corpus.Reports
	if w.Placed {
		reports = slices.Collect(maps.Keys(w.Reports))
	}
	for _, some := range [][]*corpus.Head{reports, timely(reports, w.Periods)} {
		if len(found) == 0 || len(some) == 0 || len(some) == len(e.corpus.Reports) {
			continue
		}
		own, err := e.store.Nominate(ctx, w.Search, some, nominatedPassages)
		if err != nil {
			return nil, err
		}
		found = append(found, slices.DeleteFunc(own, func(n store.Nominee) bool {
			return slices.ContainsFunc(found, func(f store.Nominee) bool { return f.Id == n.Id }) // its two scores differ in the last digits
		})...)
	}
	return e.paragraphs(found, hide)
}

// timely are the reports on a time that is asked about, where they are few: those of ten years say
// the same of a park, each in its words.
func timely(reports []*corpus.Head, periods []corpus.Period) (out []*corpus.Head) {
	const few = 50
	for _, r := range reports {
		if len(out) <= few && slices.ContainsFunc(periods, func(p corpus.Period) bool { return r.Covers.Overlaps(p) || p.From/12 == r.Year }) {
			out = append(out, r)
		}
	}
	if len(out) > few || len(out) == len(reports) {
		return nil
	}
	return out
}

// paragraphs reads what the index nominated.
func (e *Engine) paragraphs(found []store.Nominee, hide func(*corpus.Paragraph) bool) (out []nominated, err error) {
	for _, n := range found {
		p, err := e.corpus.Read(n.Id)
		if err != nil {
			return nil, err
		}
		if p != nil && (hide == nil || !hide(p)) {
			out = append(out, nominated{p, n.Score / found[0].Score})
		}
	}
	return out, nil
}
