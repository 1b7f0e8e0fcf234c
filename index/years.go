package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/compare"
	"reportbot/index/decide"
	"reportbot/index/question"
)

// One thing over the years is asked of each report of a place by itself, for the year that
// it looks back on, and once more for the year before that: where a later report states it
// anew (由2024年的2100亿元增加到2350亿元), that is told.

// yearly is a question for one thing over the years as it was read.
type yearly struct {
	about   string
	lang    string
	reports []*corpus.Head // of one place, the earliest first
	last    int            // how many years; 0 for all
	promise bool           // whether last year's target was met
}

// overYears answers a question for one thing over the years; false where it is none, or
// where fewer than two years are told.
func (e *Engine) overYears(ctx context.Context, asked string, before []string) (decide.Answer, bool) {
	started := time.Now()
	y := e.yearly(asked, before)
	if y == nil {
		return decide.Answer{}, false
	}
	a := decide.Answer{Question: asked, Lang: y.lang, Answered: true, Sure: true, Confidence: 1, Offered: 1, Asking: append(slices.Clone(before), asked)}
	s, err := e.series(ctx, y)
	if err != nil {
		return decide.Answer{Question: asked, Lang: y.lang, Err: fmt.Errorf("searching the reports: %w", err)}, true
	}
	if len(s.Points) < 2 && !(y.promise && len(s.Points) == 1) {
		return decide.Answer{}, false
	}
	s.About = typed(y.about, a.Asking...)
	a.Series, a.Query = s, *e.understandAt(y.about, e.now)
	a.Query.Lang = y.lang
	for _, p := range s.Points {
		for _, f := range []*corpus.Figure{p.Figure, p.Restated} {
			if f != nil {
				a.Figures = append(a.Figures, decide.FigureHit{Figure: f})
				a.Passages = append(a.Passages, decide.PassageHit{Paragraph: f.Paragraph, Best: f.Sentence})
			}
		}
	}
	a.Took = time.Since(started)
	return a, true
}

// yearly reads a question in the light of the earlier ones; nil where it does not ask for one
// thing over the years, or the reports are of one year.
func (e *Engine) yearly(asked string, before []string) *yearly {
	text := fold.String(strings.Join(strings.Fields(e.mainland(asked)), " "))
	r := []rune(text)
	asks := e.comparing.asks
	if len(e.corpus.Reports) < 2 || asks["together"].InWord(r) {
		return nil
	}
	mask := make([]bool, len(r))
	y := &yearly{}
	take := func(class string) bool { return (&tabled{}).take(e, r, mask, class) }
	against := take("lastyear")
	y.promise = take("promise")
	over := e.readYears(y, r, mask) || take("years")
	if !against && !over && !y.promise {
		return nil
	}
	y.lang = e.language.Understand(asked, e.now).Lang
	if against {
		y.last = 2
	}
	for _, p := range e.placesIn(r) {
		hide(mask, p.at, p.to-p.at)
	}
	for _, t := range question.AskedTimes(r, e.language.Quantities.ScanRunes(r), e.now) {
		hide(mask, t.Start, t.End-t.Start)
	}
	y.about = e.left(r, mask)
	named, _ := e.named(text)
	if y.about == "" || len(named) == 0 {
		e.takeFrom(y, before, &named)
	}
	if y.reports = e.ofOnePlace(named); y.about == "" || len(y.reports) < 2 {
		return nil
	}
	return y
}

// takeFrom fills what a question leaves out from the one before: 和去年比呢.
func (e *Engine) takeFrom(y *yearly, before []string, named *map[*corpus.Head]bool) {
	if len(before) == 0 {
		return
	}
	last := before[len(before)-1]
	text := fold.String(e.mainland(last))
	r := []rune(text)
	mask := make([]bool, len(r))
	for _, p := range e.placesIn(r) {
		hide(mask, p.at, p.to-p.at)
	}
	for _, t := range question.AskedTimes(r, e.language.Quantities.ScanRunes(r), e.now) {
		hide(mask, t.Start, t.End-t.Start)
	}
	if y.about == "" {
		y.about = e.left(r, mask)
	}
	if of, _ := e.named(text); len(*named) == 0 {
		*named = of
	}
}

// readYears reads a number of years: 近五年, the last 5 years.
func (e *Engine) readYears(y *yearly, r []rune, mask []bool) bool {
	for i := range r {
		n := e.comparing.asks["recent"].Set.At(r, i)
		if n == 0 || !question.WholeWord(r, i, i+n) {
			continue
		}
		at := i + n
		for at < len(r) && r[at] == ' ' {
			at++
		}
		count, end := smallNumber(r, at)
		rest := strings.TrimLeft(string(r[end:]), " ")
		if count < 2 || !strings.HasPrefix(rest, "年") && !strings.HasPrefix(rest, "years") {
			continue
		}
		y.last = count
		for end < len(r) && strings.ContainsRune(" 年来years", r[end]) {
			end++
		}
		hide(mask, i, end-i)
		return true
	}
	return false
}

// ofOnePlace are the reports of one place with a year each, the earliest first: those that a
// question names, else all; none where they are of several.
func (e *Engine) ofOnePlace(named map[*corpus.Head]bool) (reports []*corpus.Head) {
	place, years := "", map[int]bool{}
	for _, r := range e.corpus.Reports {
		if len(named) > 0 && !named[r] || r.Year == 0 {
			continue
		}
		if p := e.placeOf(r); len(reports) > 0 && p != place {
			return nil
		} else {
			place = p
		}
		years[r.Year] = true
		reports = append(reports, r)
	}
	if len(years) < 2 {
		return nil
	}
	slices.SortStableFunc(reports, func(a, b *corpus.Head) int { return a.Year - b.Year })
	return reports
}

// series asks each report.
func (e *Engine) series(ctx context.Context, y *yearly) (*compare.Series, error) {
	if y.promise {
		return e.promised(ctx, y)
	}
	s := &compare.Series{}
	status := e.language.Understand(y.about, e.now).Status
	if status == "" {
		status = corpus.Actual
	}
	for _, r := range y.reports {
		year := yearOf(r, status)
		years := []int{year - 1, year}
		if status == corpus.Target {
			years = years[1:] // what was once aimed at is not aimed at anew
		}
		for _, of := range years {
			f, err := e.ofYear(ctx, y, r, of, status)
			if err != nil {
				return nil, err
			}
			if f != nil {
				s.State(of, f, e.falls(f))
			} else if of == year {
				s.Missing = append(s.Missing, year)
			}
		}
	}
	s.Reckon(y.last)
	return s, nil
}

// promised holds the target of the year that the latest report looks back on, as the report
// of that year states it, against what the latest report says was achieved.
func (e *Engine) promised(ctx context.Context, y *yearly) (*compare.Series, error) {
	s := &compare.Series{Promise: true, Kept: compare.Unsaid}
	now := y.reports[len(y.reports)-1]
	year := yearOf(now, corpus.Actual)
	at := slices.IndexFunc(y.reports, func(r *corpus.Head) bool { return r.Year == year })
	if at < 0 {
		return s, nil
	}
	aim, err := e.ofYear(ctx, y, y.reports[at], year, corpus.Target)
	if err != nil || aim == nil {
		return s, err
	}
	s.Points = []compare.Point{{Year: year, Figure: aim, Falls: e.falls(aim)}}
	done, err := e.ofYear(ctx, y, now, year, corpus.Actual)
	if err != nil || done == nil {
		return s, err
	}
	s.Points = append(s.Points, compare.Point{Year: year, Figure: done, Falls: e.falls(done)})
	beside := fold.New(aim.Paragraph.Report.Slice(aim.Bounded)).Runes
	asks := e.comparing.asks
	s.Kept = compare.Judge(s.Points[0], s.Points[1], s.Points[0].Falls || asks["ceiling"].InWord(beside), asks["roughly"].InWord(beside))
	return s, nil
}

// yearOf is the year that a report is asked about: of what was achieved the one that it looks
// back on, of what is aimed at its own.
func yearOf(r *corpus.Head, status corpus.Status) int {
	if c := r.Covers; c.Known() && c.To-c.From == 12 && c.From%12 == 0 && status != corpus.Target {
		return c.From / 12
	}
	if status == corpus.Target {
		return r.Year
	}
	return r.Year - 1
}

// ofYear is the figure of a year that a report states surely, nil where it states none.
func (e *Engine) ofYear(ctx context.Context, y *yearly, r *corpus.Head, year int, status corpus.Status) (*corpus.Figure, error) {
	p := &placeReports{name: e.placeOf(r), reports: map[*corpus.Head]bool{r: true}, latest: r}
	all, err := e.askEach(ctx, &tabled{lang: y.lang}, y.about, []*placeReports{p}, &compare.Kind{Status: status, From: year * 12, To: year*12 + 12})
	if err != nil || !all[0].sure {
		return nil, err
	}
	f := all[0].row.Figure
	if f.Period.From != year*12 || f.Period.To != year*12+12 || f.Status != status || y.lang != "en" && !e.isNamed(all[0], "") && !e.language.SaysAll(fold.String(f.What), []rune(e.plainName(y.about))) {
		return nil, nil
	}
	return f, nil
}
