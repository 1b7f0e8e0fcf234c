package decide

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/question"
	"reportbot/index/rank"
)

// What of the finds is shown, and in which order.

// How many are shown: ShownFigures is of figures.
const (
	shownPassages = 5
	ShownFigures  = 8
)

// bySentence puts behind each figure, best first, the others of its sentence in the
// order of the report: who asks for the data on a topic wants what is said of it whole, and
// not what else its sentence tells: the growth of GDP beside the grain asked for.
func bySentence(fit []*rank.Candidate) (out []*rank.Candidate) {
	if len(fit) > 0 && fit[0].Features.Head == 1 && fit[0].Features.LeastNamed == 1 {
		fit = slices.DeleteFunc(slices.Clone(fit), func(c *rank.Candidate) bool { return c.Features.WordsNamed == 0 })
	}
	for _, best := range fit {
		if slices.Contains(out, best) {
			continue
		}
		out = append(out, best)
		from := len(out)
		for _, c := range fit {
			if c != best && c.SameSentence(best.Figure) {
				out = append(out, c)
			}
		}
		slices.SortFunc(out[from:], func(a, b *rank.Candidate) int { return a.Start - b.Start })
	}
	return out
}

func hits(cs []*rank.Candidate) []FigureHit {
	out := make([]FigureHit, 0, ShownFigures)
	for _, c := range cs[:min(len(cs), ShownFigures)] {
		out = append(out, FigureHit{c.Figure, c.Score})
	}
	return out
}

// ends are the figures with the end of each range that the question asks for: 最高补多少
// is answered with 2000元 of 500元至2000元.
func (f *Finding) ends(hits []FigureHit) []FigureHit {
	asked := []rune(f.Text)
	highest, lowest := f.Language.Asks["highest"].InWord(asked), f.Language.Asks["lowest"].InWord(asked)
	if f.asksRange() && len(hits) > 0 && !hits[0].High.Equal(hits[0].Value) { // 最低和最高: each end by itself
		low, high := hits[0], hits[0]
		low.Figure, high.Figure = low.EndOf(false), high.EndOf(true)
		return slices.Concat([]FigureHit{low, high}, hits[1:])
	}
	if f.Want != question.WantFigure || highest == lowest {
		return hits
	}
	for i := range hits {
		hits[i].Figure = hits[i].EndOf(highest)
	}
	return hits
}

// Related are the other figures of a figure's paragraph; of a range that is said whole (20% to
// 30%) one end.
func Related(f *corpus.Figure) []*corpus.Figure {
	said := map[corpus.Span]bool{f.Bounded: true}
	return slices.DeleteFunc(slices.Clone(f.Paragraph.Figures()), func(g *corpus.Figure) bool {
		again := g.ID == f.ID || said[g.Bounded]
		said[g.Bounded] = true
		return again
	})
}

// passages are the best ones; the paragraph of each figure shown is among them,
// that of the first figure first.
func (f *Finding) passages(a *Answer) []PassageHit {
	var out []PassageHit
	seen := map[*corpus.Paragraph]bool{}
	add := func(p *rank.Passage) {
		if !seen[p.Paragraph] {
			seen[p.Paragraph] = true
			best := f.BestSentence(p.Page)
			if len(a.Figures) > 0 && a.Figures[0].Paragraph == p.Paragraph {
				best = a.Figures[0].Sentence
			}
			out = append(out, PassageHit{p.Paragraph, p.Score, best, p.Matched()})
		}
	}
	if top := f.Pages[0]; len(a.Figures) == 0 && a.Answered && (top.IsHeading() || f.BestSentence(top.Page).End == top.End) {
		for _, p := range announced(top.Paragraph) { // 存在哪些问题: what stands below the heading
			add(&rank.Passage{Page: f.Read(p), Score: top.Score})
		}
	}
	need := map[*corpus.Paragraph]bool{}
	for i, h := range append(a.Figures, a.Instead...) {
		need[h.Paragraph] = true
		if i > 0 || f.Want == question.WantAny || f.Want == question.WantPassage {
			continue
		}
		for _, p := range f.Pages {
			if p.Paragraph == h.Paragraph {
				add(p)
			}
		}
	}
	for _, p := range f.Pages {
		if need[p.Paragraph] || len(out) < shownPassages {
			add(p)
		}
	}
	return out
}

// shownItems of a list that a passage announces: 十件民生实事 are ten.
const shownItems = 12

// announced is the paragraphs that a heading stands above, or that a paragraph
// with a colon at its end leads to (还存在不少困难和问题：); none of another one.
func announced(p *corpus.Paragraph) (out []*corpus.Paragraph) {
	heading, most := rank.IsHeading(p), ShownFigures
	if !heading {
		most = shownItems
	}
	if !heading && (p.Section == nil || !strings.HasSuffix(fold.String(p.Text()), ":")) {
		return nil
	}
	for _, next := range p.Report.Paragraphs[p.N+1:] {
		if next.Start >= p.Section.End || len(out) == most || !heading && next.Marker == "" && !rank.IsHeading(next) {
			break
		}
		if !heading || !rank.IsHeading(next) { // ①新增学位2000个 is a heading, and what 办好十件实事： announces
			out = append(out, next)
		}
	}
	return out
}
