package index

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/compare"
	"reportbot/index/decide"
	"reportbot/index/question"
	"reportbot/index/rank"
	"reportbot/index/store"
)

// A table asks the reports of each place by themselves, by the way on which one question
// is answered: only what is sure there stands in it. Those that don't state what most
// state are asked once more, by the other name that reports have for it.

// placeReports is the reports of one place.
type placeReports struct {
	name    string // short: 江西
	reports map[*corpus.Head]bool
	latest  *corpus.Head
	level   corpus.Scope // a city that is a province counts as one
}

// placesOf are the places that the reports are of, in the order of the reports.
func (e *Engine) placesOf(c *corpus.Corpus) (places []*placeReports) {
	at := map[string]*placeReports{}
	for _, r := range c.Reports {
		name := e.placeOf(r)
		if name == "" {
			continue
		}
		p := at[name]
		if p == nil {
			p = &placeReports{name: name, reports: map[*corpus.Head]bool{}, latest: r, level: r.Scope}
			if e.comparing.asks["municipality"].Set.Has(name) {
				p.level = "省"
			}
			at[name] = p
			places = append(places, p)
		}
		p.reports[r] = true
		if r.Year > p.latest.Year {
			p.latest = r
		}
	}
	return places
}

// compared answers a question for a table; false where it is none, or where fewer than two
// places' reports tell.
func (e *Engine) compared(ctx context.Context, asked string, before []string) (decide.Answer, bool) {
	started := time.Now()
	t := e.table(asked, before)
	if t == nil || !t.figure && !t.mention {
		return decide.Answer{}, false
	}
	places, absent := e.asked(t)
	if len(places) == 0 || len(places)+len(absent) < 2 {
		return decide.Answer{}, false
	}
	table := &compare.Table{About: typed(t.about, append(slices.Clone(before), asked)...), Of: len(places), Absent: absent, Order: t.order, Mention: t.mention, Reports: t.reports, GoesOn: t.goesOn, Apart: len(t.places) == 0 && !t.reports}
	var err error
	if t.mention {
		err = e.mentions(ctx, t, places, table)
	} else {
		err = e.fill(ctx, t, places, table)
	}
	a := decide.Answer{Question: asked, Lang: t.lang, Table: table, Answered: true, Sure: true, Confidence: 1, Offered: 1}
	a.Asking = append(slices.Clone(before), asked)
	a.Query = *e.understandAt(t.about, e.now)
	a.Query.Lang = t.lang
	if err != nil {
		return decide.Answer{Question: asked, Lang: t.lang, Err: fmt.Errorf("searching the reports: %w", err)}, true
	}
	if told := len(table.Rows) + len(table.Unsure) + table.Outside; !t.mention && told < min(2, len(places)) {
		return a, false
	}
	for _, r := range slices.Concat(table.Rows, table.Unsure) {
		if r.Figure != nil {
			a.Figures = append(a.Figures, decide.FigureHit{Figure: r.Figure})
			a.Passages = append(a.Passages, decide.PassageHit{Paragraph: r.Figure.Paragraph, Best: r.Figure.Sentence})
		} else {
			a.Passages = append(a.Passages, decide.PassageHit{Paragraph: r.Paragraph, Best: r.Said})
		}
	}
	a.Took = time.Since(started)
	return a, true
}

// asked is the places that a table is asked of, and those that no report is of.
func (e *Engine) asked(t *tabled) (places []*placeReports, absent []string) {
	if t.reports {
		return e.eachReport(), nil
	}
	if len(t.places) == 0 {
		for _, p := range e.placed() {
			if t.level == "" || p.level == t.level {
				places = append(places, p)
			}
		}
		return places, nil
	}
	for _, asked := range t.places {
		i := slices.IndexFunc(e.placed(), func(p *placeReports) bool { return p.name == e.language.ShortName(asked.text) })
		if i < 0 {
			absent = append(absent, asked.text)
			continue
		}
		places = append(places, e.placed()[i])
	}
	return places, absent
}

// eachReport is each report by itself.
func (e *Engine) eachReport() (places []*placeReports) {
	for _, r := range e.corpus.Reports {
		places = append(places, &placeReports{name: e.placeOf(r), reports: map[*corpus.Head]bool{r: true}, latest: r, level: r.Scope})
	}
	return places
}

// found is what the reports of a place say.
type found struct {
	row   compare.Row
	about string // as it was asked
	sure  bool
}

// fill asks the reports of each place for a figure.
func (e *Engine) fill(ctx context.Context, t *tabled, places []*placeReports, table *compare.Table) error {
	all, err := e.askEach(ctx, t, t.about, places, nil)
	if err != nil {
		return err
	}
	kind, _ := compare.Prevailing(sureRows(all))
	named := e.prevailingName(all)
	others := e.otherNames(all, named, kind)
	for _, about := range others {
		if err := e.askAgain(ctx, t, about, places, all, kind, named); err != nil {
			return err
		}
	}
	kind, _ = compare.Prevailing(sureRows(all))
	named = e.prevailingName(all)
	for _, one := range all {
		switch f := one.row.Figure; {
		case f != nil && one.sure && e.isNamed(one, named):
			table.Rows = append(table.Rows, one.row)
		case f != nil && compare.Commensurable(f.Unit, kind.Unit) && (e.isNamed(one, named) || one.sure && e.isAkin(one, append(others, named))):
			table.Unsure = append(table.Unsure, one.row)
		default: // of something else
			one.row.Figure = nil
			table.Silent = append(table.Silent, one.row)
		}
	}
	table.Arrange(kind)
	return nil
}

// A report calls one thing by several names (全省地区生产总值, 生产总值, GDP), and a figure
// beside it may be of another one (人均地区生产总值): so in a table each row must be named as
// most are, or as was asked.

// prevailingName is what most sure rows count, without the words that tell nothing apart;
// "" where no two agree.
func (e *Engine) prevailingName(all []found) (name string) {
	count := map[string]int{}
	for _, one := range all {
		if one.sure {
			count[e.plainName(one.row.Figure.What)]++
		}
	}
	most := 1
	for _, one := range all {
		if one.sure {
			if n := e.plainName(one.row.Figure.What); count[n] > most {
				name, most = n, count[n]
			}
		}
	}
	return name
}

// isNamed tells whether a row counts that, under whatever name, or what was asked for.
func (e *Engine) isNamed(one found, prevailing string) bool {
	f, about := one.row.Figure, e.plainName(one.about)
	name := e.plainName(f.What)
	return beginsAlike(name, prevailing) || beginsAlike(name, about) || beginsAlike(e.plainName(f.Verb+f.What), about)
}

// isAkin tells whether a row's name has a pair of characters of one of the names: 经济总量 of
// 经济, 农村居民收入 not of 地区生产总值. It has where no name prevails.
func (e *Engine) isAkin(one found, names []string) bool {
	own := fold.String(one.row.Figure.What)
	akin := e.language.Asks["growth"].InWord([]rune(own)) // 增长到: its name was not read
	for _, name := range names {
		runes := []rune(e.plainName(name))
		for i := 0; i+2 <= len(runes); i++ {
			if strings.Contains(own, string(runes[i:i+2])) {
				return true
			}
		}
		akin = akin || name != "" && e.language.SaysAll(own, []rune(fold.String(name)))
	}
	return akin || len(names) == 1 && names[0] == ""
}

// beginsAlike tells whether one of two names begins with the other: 粮食产 of 粮食总产,
// 粮食产量继续保持.
func beginsAlike(a, b string) bool {
	short := min(len([]rune(a)), len([]rune(b)))
	return short >= shortestName && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// shortestName in characters that tells a thing: 经济.
const shortestName = 2

// plainName is a name without its times and the words that tell nothing apart: 生产总值 of
// 全省地区生产总值.
func (e *Engine) plainName(name string) string {
	r := fold.New(name).Runes
	times := question.AskedTimes(r, e.language.Quantities.ScanRunes(r), e.now)
	var out []rune
	for i := 0; i < len(r); {
		n := max(e.language.Asks["plain"].Set.At(r, i), e.language.Asks["loose"].Set.At(r, i), e.comparing.asks["same"].Set.At(r, i))
		for _, t := range times {
			if t.Start == i {
				n = max(n, t.End-t.Start)
			}
		}
		if n == 0 {
			out = append(out, r[i])
		}
		i += max(n, 1)
	}
	return string(out)
}

func sureRows(all []found) (rows []compare.Row) {
	for _, one := range all {
		if one.sure {
			rows = append(rows, one.row)
		}
	}
	return rows
}

// askAgain asks those by another name that did not state surely what most do.
func (e *Engine) askAgain(ctx context.Context, t *tabled, about string, places []*placeReports, all []found, kind compare.Kind, named string) error {
	var again []*placeReports
	var at []int
	for i, one := range all {
		if !one.sure || compare.KindOf(one.row.Figure) != kind || !e.isNamed(one, named) {
			again, at = append(again, places[i]), append(at, i)
		}
	}
	if len(again) == 0 {
		return nil
	}
	others, err := e.askEach(ctx, t, about, again, &kind)
	if err != nil {
		return err
	}
	for n, other := range others {
		if other.sure && compare.KindOf(other.row.Figure) == kind && e.isNamed(other, named) {
			all[at[n]] = other
		}
	}
	return nil
}

// otherNames are the names by which reports may state what most rows count: as most call it,
// and the other names that there are for that. Where most state by how much the 地区生产总值 is
// to grow, others say so of the 经济. None where no two rows agree.
func (e *Engine) otherNames(all []found, named string, kind compare.Kind) (names []string) {
	if named == "" {
		return nil
	}
	for name, others := range e.comparing.otherwise {
		for _, other := range others {
			rate := e.language.Asks["growth"].InWord([]rune(other))
			if e.plainName(name) == named && (!rate || kind.Role == corpus.Growth) {
				names = append(names, other)
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	for _, one := range all {
		if one.sure && e.plainName(one.row.Figure.What) == named {
			return append([]string{one.row.Figure.What}, names...)
		}
	}
	return names
}

// askEach asks the reports of each place one question; for figures of one kind where it is
// known which most other places have.
func (e *Engine) askEach(ctx context.Context, t *tabled, about string, places []*placeReports, kind *compare.Kind) ([]found, error) {
	ready := map[moment]*rank.Weighed{}
	for _, p := range places {
		if at := p.moment(); ready[at] == nil {
			ready[at] = e.ready(t, about, at, kind)
		}
	}
	nominees, err := e.nominateEach(ctx, ready, places)
	if err != nil {
		return nil, err
	}
	all := make([]found, len(places))
	errs := make([]error, len(places))
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, p := range places {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			own := nominees[i]
			if len(own) < fewNominated {
				own, errs[i] = e.store.Nominate(ctx, ready[p.moment()].Search, heads(p.reports), nominatedOfOne)
			}
			if errs[i] == nil {
				all[i], errs[i] = e.askPlace(ready[p.moment()], p, own)
			}
			all[i].about = about
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// moment is when the reports of a place speak, and what the latest of them looks back on.
type moment struct {
	corpus.Clock
	covers corpus.Period
}

func (p *placeReports) moment() moment { return moment{latest(p.reports), p.latest.Covers} }

// ready is a question as it is asked of each report that speaks at a time, weighed once.
// Where it says neither when nor whether planned or done, it is on what was achieved in
// the time that the latest report looks back on: so all rows are on the same.
func (e *Engine) ready(t *tabled, about string, at moment, kind *compare.Kind) *rank.Weighed {
	q := e.language.Understand(about, at.Clock)
	q.Clock, q.List, q.Placed, q.Want = at.Clock, false, true, question.WantFigure
	switch {
	case kind != nil:
		q.Status, q.Periods = kind.Status, []corpus.Period{{From: kind.From, To: kind.To}}
		if kind.Role != "" {
			q.Role = kind.Role
		}
		if kind.Role == corpus.Growth {
			q.Likely = []string{"percent"}
		}
	case q.Status == "" && len(q.Periods) == 0:
		q.Status = corpus.Actual
		if at.covers.Known() {
			q.Periods = []corpus.Period{at.covers}
		}
	}
	if limit := t.order.Limit; limit != nil && q.Unit == "" && len(q.Classes) == 0 {
		q.Unit = limit.Unit
	}
	return rank.Weigh(e.store, q, e.language)
}

// askPlace asks the reports of a place, among the paragraphs that are nominated of them: the
// first of them first.
func (e *Engine) askPlace(ready *rank.Weighed, p *placeReports, nominees []store.Nominee) (found, error) {
	w, q := *ready, *ready.Query
	q.Reports = p.reports
	w.Query, w.Now = &q, q.Clock.Year
	f, err := e.findAmong(&w, nominees[:min(len(nominees), firstOfOne)], nil, firstForFigures)
	if err != nil {
		return found{}, err
	}
	one := e.told(f, p)
	if one.sure {
		return one, nil
	}
	read := map[*corpus.Paragraph]*rank.Passage{}
	for _, page := range f.Pages {
		read[page.Paragraph] = page
	}
	if f, err = e.findAmong(&w, nominees, read, readForFigures); err != nil {
		return found{}, err
	}
	return e.told(f, p), nil
}

// told is what was found of a place, as it stands in a table.
func (e *Engine) told(f *decide.Finding, p *placeReports) found {
	one := found{row: compare.Row{Place: p.name, Report: p.latest, Level: p.level}}
	if len(f.Pages) == 0 {
		return one
	}
	a := decide.Answer{Query: *f.Query}
	f.Decide(&a, e.weights, false)
	if !a.Answered || len(a.Figures) == 0 {
		return one
	}
	one.row.Figure = a.Figures[0].Figure
	one.row.Report = one.row.Figure.Paragraph.Report.Head
	one.row.Falls = e.falls(one.row.Figure)
	one.sure = a.Sure && len(a.Choices) < 2 && !one.row.Figure.Paragraph.Recognized()
	return one
}

// nominatedOfOne is how many paragraphs are looked at of the reports of one place; with 8 one
// of 24 provinces lost its grain.
const nominatedOfOne = 24

// firstOfOne is how many of them are looked at first, firstForFigures of how many their figures
// are ranked: where these tell surely no other is looked at. On 32 tables over 24 provinces each
// row is the same.
const (
	firstOfOne      = 6
	firstForFigures = 3
)

// nominateEach nominates paragraphs of the reports of each place. All are searched for at
// once; only where a place has few among those, in a library of many more reports, askEach
// searches for them by themselves: that takes as long again for each.
func (e *Engine) nominateEach(ctx context.Context, ready map[moment]*rank.Weighed, places []*placeReports) ([][]store.Nominee, error) {
	each := make([][]store.Nominee, len(places))
	for at, w := range ready {
		if w.Err != nil {
			return nil, w.Err
		}
		found, err := e.store.Nominate(ctx, w.Search, nil, nominatedPassages*len(places))
		if err != nil {
			return nil, err
		}
		of := map[*corpus.Head][]store.Nominee{}
		for _, n := range found {
			r := e.corpus.HeadOf(n.Id)
			of[r] = append(of[r], n)
		}
		for i, p := range places {
			if p.moment() != at {
				continue
			}
			each[i] = p.nominees(of)
		}
	}
	return each, nil
}

// fewNominated paragraphs may not have the one that answers.
const fewNominated = 4

// nominees are the best of those of the reports of a place.
func (p *placeReports) nominees(of map[*corpus.Head][]store.Nominee) (own []store.Nominee) {
	for _, r := range heads(p.reports) {
		own = append(own, of[r]...)
	}
	slices.SortStableFunc(own, func(a, b store.Nominee) int { return cmp.Compare(b.Score, a.Score) })
	return own[:min(len(own), nominatedOfOne)]
}

// falls tells a figure that says by how much something fell.
func (e *Engine) falls(f *corpus.Figure) bool {
	if !(compare.Row{Figure: f}).Changes() {
		return false
	}
	from := f.Clause.Start
	for _, o := range f.Paragraph.Mentions() {
		if o.End <= f.Start && o.End > from {
			from = o.End
		}
	}
	own := fold.New(f.Paragraph.Report.Text[min(from, f.Start):f.Start]).Runes
	return e.language.Asks["falls"].LastWord(own) > e.language.Asks["rises"].LastWord(own)
}

// mentions finds the reports that have the very words asked for.
func (e *Engine) mentions(ctx context.Context, t *tabled, places []*placeReports, table *compare.Table) error {
	q := e.language.Understand(t.about, e.now)
	w := rank.Weigh(e.store, q, e.language)
	names := saidAs(t.about, q)
	for _, p := range places {
		row := compare.Row{Place: p.name, Report: p.latest}
		nominees, err := e.store.Nominate(ctx, w.Search, heads(p.reports), nominatedPassages)
		if err != nil {
			return err
		}
		for _, n := range nominees {
			paragraph, err := e.corpus.Read(n.Id)
			if err != nil {
				return err
			}
			for _, name := range names {
				if s, ok := sentenceWith(paragraph, name); ok && row.Paragraph == nil {
					row.Paragraph, row.Said, row.Word, row.Report = paragraph, s, name, paragraph.Report.Head
				}
			}
		}
		if row.Paragraph == nil {
			table.Silent = append(table.Silent, row)
			continue
		}
		table.Rows = append(table.Rows, row)
	}
	return nil
}

// saidAs is a thing as it was asked for, and as the other language of reports surely says it,
// all its words together: low-altitude economy, 低空经济.
func saidAs(about string, q *question.Query) []string {
	other := ""
	for _, p := range q.Parts {
		at := slices.IndexFunc(p.Alts, func(a question.Alt) bool { return a.Quality == 1 && a.Text != p.Text })
		switch {
		case p.Weak:
		case at < 0:
			return []string{about}
		default:
			other += p.Alts[at].Text
		}
	}
	if other == "" {
		return []string{about}
	}
	return []string{about, other}
}

func heads(reports map[*corpus.Head]bool) (list []*corpus.Head) {
	for r := range reports {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *corpus.Head) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// sentenceWith is the first sentence of a paragraph that has words, as they were asked for.
func sentenceWith(p *corpus.Paragraph, words string) (corpus.Span, bool) {
	if p == nil {
		return corpus.Span{}, false
	}
	words = strings.ReplaceAll(fold.String(words), " ", "")
	for _, s := range p.Sentences {
		if strings.Contains(strings.ReplaceAll(fold.String(p.Report.Slice(s)), " ", ""), words) {
			return s, true
		}
	}
	return corpus.Span{}, false
}
