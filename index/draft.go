package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
	"reportbot/index/analysis"
	"reportbot/index/draft"
	"reportbot/index/store"
)

// A draft is held against the reports figure by figure. What a figure may be held
// against is nominated by its words, once for all that stand in one clause and say
// the same; a question is asked only of those that this does not find.

const (
	nominatedForClause = 12
	gramsOfClause      = 14 // the rarest
	weightOfNumber     = 4
	sureOfDraft        = 0.9     // the confidence of an answer that contradicts
	mostQuestions      = 40      // that one draft asks: a long one of unknown figures must not take minutes
	longestDraft       = 200_000 // characters: a report of a hundred pages
)

// LongestDraft is how many characters of a draft are taken.
const LongestDraft = longestDraft

// CheckDraft holds the figures of a draft against the reports. Its 今年 is that of the
// reports where the draft does not tell its year. An error is that of reading it.
func (e *Engine) CheckDraft(ctx context.Context, name string, d *document.Document) (*draft.Checked, error) {
	read, err := e.reader.ParseDraft(name, d, e.now.Year)
	if err != nil {
		return nil, err
	}
	c := &checking{Engine: e, ctx: ctx, draft: read, judge: draft.NewJudge(e.language, read, e.store.Frequency), around: map[string][]*corpus.Figure{}}
	c.findHome()
	out := &draft.Checked{Draft: read, Findings: c.paragraphs()}
	if c.home == nil && c.severalPlaces() && c.settleHome(out.Findings) {
		out.Findings = c.paragraphs()
	}
	draft.Doubt(out.Findings)
	if out.Err = c.failure; out.Err != nil {
		out.Findings = nil
	}
	return out, nil
}

// CheckDraft is that of the reports as they are now.
func (l *Live) CheckDraft(ctx context.Context, name string, d *document.Document) (*draft.Checked, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine.CheckDraft(ctx, name, d)
}

// checking is one draft while it is checked.
type checking struct {
	*Engine
	ctx     context.Context
	draft   *corpus.Draft
	judge   *draft.Judge
	home    []*corpus.Head              // the reports of the place that the draft is on; nil for all
	around  map[string][]*corpus.Figure // by what was searched for
	asked   int                         // questions
	failure error
}

func (c *checking) paragraphs() (findings []draft.Finding) {
	for _, p := range c.draft.Paragraphs {
		findings = append(findings, c.paragraph(p)...)
	}
	return findings
}

// settleHome takes for the place that a draft is on, where it names none, the one whose
// reports confirm most of what is confirmed of it.
func (c *checking) settleHome(findings []draft.Finding) bool {
	of, all := map[string]int{}, 0
	for _, f := range findings {
		if f.Verdict == draft.Stands || f.Verdict == draft.Close {
			of[c.placeOf(f.Report.Paragraph.Report.Head)]++
			all++
		}
	}
	for place, n := range of {
		if n >= fewestAtHome && n*shareAtHome.of >= all*shareAtHome.share {
			for _, h := range c.corpus.Reports {
				if c.placeOf(h) == place {
					c.home = append(c.home, h)
				}
			}
			return true
		}
	}
	return false
}

// A place is that of a draft where its reports confirm so many figures, and so large a
// share of all that are confirmed.
const fewestAtHome = 3

var shareAtHome = struct{ share, of int }{2, 3}

// paragraph checks the figures of a paragraph: first all by their own words, then those
// that this does not confirm in the paragraphs where the others stand.
func (c *checking) paragraph(p *corpus.Paragraph) (findings []draft.Finding) {
	var stand []*corpus.Paragraph
	for _, f := range p.Figures() {
		if !draft.Checks(f) || c.failure != nil {
			continue
		}
		found := c.check(f)
		c.judge.Learn(found)
		findings = append(findings, found)
		if found.Report != nil && found.Verdict != draft.Wrong && !slices.Contains(stand, found.Report.Paragraph) {
			stand = append(stand, found.Report.Paragraph)
		}
	}
	var beside []*corpus.Figure
	for _, p := range stand {
		beside = append(beside, p.Figures()...)
	}
	for i, found := range findings {
		if (found.Verdict == draft.Unknown || found.Verdict == draft.Wrong) && found.NoReportOf == "" && c.failure == nil {
			findings[i] = c.again(found, beside)
			c.judge.Learn(findings[i])
		}
	}
	return findings
}

// check finds what the reports say of a figure.
func (c *checking) check(f *corpus.Figure) draft.Finding {
	of, foreign := c.reportsFor(f)
	if foreign != "" {
		return draft.Finding{Figure: f, Verdict: draft.Unknown, NoReportOf: foreign}
	}
	return c.ofOnePlace(c.judge.Judge(f, c.figuresAround(f, of)), of)
}

// again looks for a figure among those beside the others of its paragraph and where its
// number stands, and at last asks.
func (c *checking) again(found draft.Finding, beside []*corpus.Figure) draft.Finding {
	of, _ := c.reportsFor(found.Figure)
	all := slices.Clone(c.figuresAround(found.Figure, of))
	numbered := append(c.numbersOf(found.Figure), c.searchFor(found.Figure)...)
	for _, f := range slices.Concat(beside, c.figuresOf(numbered, of), c.figuresOf(c.searchClause(found.Figure), of)) {
		if !slices.Contains(all, f) && (of == nil || slices.Contains(of, f.Paragraph.Report.Head)) {
			all = append(all, f)
		}
	}
	found = c.judge.Judge(found.Figure, all)
	if found.Verdict == draft.Unknown && !found.Elsewhen && !(of == nil && c.severalPlaces()) && c.asked < mostQuestions {
		c.asked++
		found = c.answered(found, of)
	}
	return c.ofOnePlace(found, of)
}

// ofOnePlace takes back that the reports say otherwise where nothing tells of which of
// their places the figure is.
func (c *checking) ofOnePlace(found draft.Finding, of []*corpus.Head) draft.Finding {
	if found.Verdict == draft.Wrong && of == nil && c.severalPlaces() {
		return draft.Finding{Figure: found.Figure, Verdict: draft.Unknown, Near: []*corpus.Figure{found.Report}}
	}
	return found
}

// answered asks the question that a figure answers, and takes an answer that is sure.
func (c *checking) answered(found draft.Finding, of []*corpus.Head) draft.Finding {
	a := c.Ask(c.ctx, c.question(found.Figure, of), nil)
	if a.Err != nil {
		c.failure = a.Err
		return found
	}
	if !a.Answered || !a.Sure || a.Confidence < sureOfDraft || len(a.Figures) == 0 || len(a.Choices) > 1 || a.Asked > 0 {
		return found
	}
	g := a.Figures[0].Figure
	if of != nil && !slices.Contains(of, g.Paragraph.Report.Head) {
		return found
	}
	return c.judge.Settle(found, g)
}

// question is the one that a figure answers: 2023年新建5G通信基站多少个.
func (c *checking) question(f *corpus.Figure, of []*corpus.Head) string {
	r := f.Paragraph.Report
	if r.Lang == "en" {
		clause := r.Text[f.Clause.Start:f.Bounded.Start] + "how many" + r.Text[f.Bounded.End:f.Clause.End]
		return strings.TrimSpace(clause)
	}
	var b strings.Builder
	if len(of) > 0 && len(of) < len(c.corpus.Reports) {
		b.WriteString(c.placeOf(of[0]))
	}
	if f.Period.Known() && f.Period.Stated < corpus.InReport {
		b.WriteString(f.Period.Label)
	}
	b.WriteString(f.Verb)
	if f.Each != "" && f.Each != f.What {
		b.WriteString(f.Each)
	}
	b.WriteString(f.What)
	switch f.Role {
	case corpus.Growth, corpus.Increase:
		b.WriteString("增长多少")
	case corpus.Share:
		b.WriteString("占比多少")
	default:
		b.WriteString("多少" + f.Unit)
	}
	if f.Status == corpus.Target {
		b.WriteString("，目标")
	}
	return b.String()
}

// figuresAround are the figures of the paragraphs that say most of what a figure's own
// words say.
func (c *checking) figuresAround(f *corpus.Figure, of []*corpus.Head) []*corpus.Figure {
	return c.figuresOf(c.searchFor(f), of)
}

// numbersOf is a figure's number as it is written, by which no text that has it word for
// word is passed over.
func (c *checking) numbersOf(f *corpus.Figure) (search []store.Weighted) {
	for _, g := range analysis.Grams([]rune(fold.String(f.Text))) {
		if g.Text[0] >= '0' && g.Text[0] <= '9' {
			search = append(search, store.Weighted{Gram: g.Text, Weight: weightOfNumber})
		}
	}
	return search
}

// figuresOf are the figures of the paragraphs that a search finds.
func (c *checking) figuresOf(search []store.Weighted, of []*corpus.Head) (out []*corpus.Figure) {
	key := fmt.Sprint(search, len(of), of)
	if known, ok := c.around[key]; ok {
		return known
	}
	found, err := c.store.Nominate(c.ctx, search, of, nominatedForClause)
	if err != nil {
		c.failure = fmt.Errorf("searching the reports: %w", err)
		return nil
	}
	for _, n := range found {
		p, err := c.corpus.Read(n.Id)
		if err != nil {
			c.failure = err
			return nil
		}
		if p != nil {
			out = append(out, p.Figures()...)
		}
	}
	c.around[key] = out
	return out
}

// searchFor is the rarest grams of what a figure counts and of its clause up to it.
func (c *checking) searchFor(f *corpus.Figure) (search []store.Weighted) {
	text := f.Verb + " " + f.Each + " " + f.What
	if f.Paragraph.Row == nil && f.Role != corpus.Growth && f.Role != corpus.Increase {
		text += " " + f.Paragraph.Report.Text[min(f.Clause.Start, f.Start):f.Start]
	}
	return c.rarestOf(text)
}

// searchClause is the rarest grams of a figure's clause: of 設有12所就業中心 the thing stands behind.
func (c *checking) searchClause(f *corpus.Figure) []store.Weighted {
	text := f.Paragraph.Report.Text
	return c.rarestOf(text[min(f.Clause.Start, f.Start):f.Start] + " " + text[f.End:max(f.Clause.End, f.End)])
}

// rarestOf is the rarest grams of a text that any report has.
func (c *checking) rarestOf(text string) (search []store.Weighted) {
	rarity := map[string]float64{}
	for _, g := range analysis.Grams([]rune(fold.String(text))) {
		if han := fold.Han([]rune(g.Text)[0]); han == (g.End-g.Start == 1) && han || g.Text[0] >= '0' && g.Text[0] <= '9' || c.language.Stop[g.Text] {
			continue
		}
		if n := c.store.Frequency(g.Text); n > 0 && rarity[g.Text] == 0 {
			rarity[g.Text] = 1 / n
			search = append(search, store.Weighted{Gram: g.Text, Weight: 1})
		}
	}
	slices.SortStableFunc(search, func(a, b store.Weighted) int {
		if rarity[a.Gram] > rarity[b.Gram] {
			return -1
		}
		return 1
	})
	return search[:min(len(search), gramsOfClause)]
}

// findHome finds the place that a draft is on: the one of its title, else the one
// that it names most often and there are reports of.
func (c *checking) findHome() {
	if !c.severalPlaces() {
		return
	}
	if of, _ := c.placesNamed(c.draft.Title); len(of) > 0 {
		c.home = of
		return
	}
	counts := map[*corpus.Head]int{}
	for _, p := range c.draft.Paragraphs {
		of, _ := c.placesNamed(p.Text())
		for _, h := range of {
			counts[h]++
		}
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	for _, h := range c.corpus.Reports {
		if most > 0 && counts[h] == most {
			c.home = append(c.home, h)
		}
	}
}

// reportsFor are the reports that a figure of the draft is held against: those of the
// place that its sentence names before it, else of that of the draft. foreign is a
// place named there that no report is of.
func (c *checking) reportsFor(f *corpus.Figure) (of []*corpus.Head, foreign string) {
	of, foreign = c.placesNamed(f.Paragraph.Report.Text[min(f.Sentence.Start, f.Start):f.Start])
	if of == nil {
		of = c.home
	}
	return of, foreign
}

// placesNamed are the reports of the last place that a text names, in the order of the
// corpus; foreign is its name where it is listed and no report is of it or speaks of it.
func (c *checking) placesNamed(text string) (of []*corpus.Head, foreign string) {
	for _, p := range c.placesIn([]rune(fold.String(text))) {
		var own []*corpus.Head
		for _, r := range c.corpus.Reports {
			if c.isOf(r, p) {
				own = append(own, r)
			}
		}
		switch {
		case len(own) > 0:
			of, foreign = own, ""
		case c.language.Places.At([]rune(p.text), 0) == len([]rune(p.text)) && !c.store.Together(p.name):
			of, foreign = nil, p.text
		}
	}
	return of, foreign
}

// severalPlaces tells that the reports are of more than one place.
func (e *Engine) severalPlaces() bool {
	if len(e.corpus.Reports) == 0 {
		return false
	}
	first := e.placeOf(e.corpus.Reports[0])
	return slices.ContainsFunc(e.corpus.Reports, func(r *corpus.Head) bool { return e.placeOf(r) != first })
}
