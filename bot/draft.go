package bot

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/bot/marked"
	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/quantity"
	"reportbot/index"
	"reportbot/index/draft"
)

// A draft is a text whose figures are held against the reports before it is given: a
// paragraph that is pasted, or a file that comes with 核对.

// How a text is known for one that is no question.
const (
	draftFigures = 3  // it has as many figures, and
	draftLength  = 40 // as many characters, and asks nothing
)

// How many findings of a verdict a reply lists.
var listedFindings = map[draft.Verdict]int{draft.Wrong: 20, draft.Unknown: 12, draft.Close: 12, draft.Stands: 20}

// pasted is the draft of a message: what is asked to be checked, or a text of several
// figures that is no question. ok is false for a question.
func pasted(text string) (checked string, ok bool) {
	text = strings.TrimSpace(fold.Visible(text))
	rest, asked := wording.ToCheck(text)
	n := amountsIn(rest)
	if asked {
		return rest, n > 0 || wording.OnlyToCheck(text)
	}
	return text, n >= draftFigures && utf8.RuneCountInString(text) >= draftLength && !strings.ContainsAny(text, "?？") && !asks(text)
}

func amountsIn(text string) (n int) {
	for _, q := range quantity.Builtin().Scan(fold.New(text)) {
		if q.Kind == quantity.Amount {
			n++
		}
	}
	return n
}

// asks tells a text that wants a number: 分别是多少.
func asks(text string) bool {
	folded := fold.String(text)
	return slices.ContainsFunc([]string{"多少", "几个", "几家", "哪些", "how many", "how much", "what "}, func(word string) bool { return strings.Contains(folded, word) })
}

// checkText checks a draft that was pasted.
func (h *Handler) checkText(ctx context.Context, m Message, text string, w *wording.Wording) Reply {
	if visible(text) == "" {
		return aside(wording.Of(h.speaks(m, m.Text, w)).HowToCheck)
	}
	reply, _ := h.checkDraft(ctx, m, "draft", text, &document.Document{Kind: document.Text, Charset: "utf-8", Text: text}, w)
	return reply
}

// checkFile checks a draft that came as a file.
func (h *Handler) checkFile(ctx context.Context, m Message, w *wording.Wording) Reply {
	content, err := download(ctx, m.File)
	switch {
	case errors.Is(err, errTooLarge):
		return aside(fmt.Sprintf(w.FileTooLarge, largestFile>>20))
	case err != nil:
		h.log.Error("a draft could not be received", "user", m.User, "cause", err)
		return aside(w.Failed)
	}
	read, err := format.Read(ctx, m.File.Name, content, document.Default)
	if err != nil {
		return aside(fmt.Sprintf(w.FileRefused, m.File.Name, whyRefused(err, w)))
	}
	r, checked := h.checkDraft(ctx, m, m.File.Name, m.File.Name, read, w)
	if checked == nil || len(checked.Findings) == 0 || isGroup(m.Chat) || len(shownIn(r)) == 0 && checked.Count(draft.Unknown) < len(checked.Findings) {
		return r // in a group everybody would have the copy; and it says no more than may be shown
	}
	w = wording.Of(h.speaks(m, read.Text, w))
	name, copied, err := h.MarkedCopy(checked, m.File.Name, content, w.Lang)
	if err != nil {
		h.log.Error("a draft could not be marked", "user", m.User, "cause", err)
		r.Blocks = append(r.Blocks, line(faint(w.DraftFailed)))
		return r
	}
	r.Attached = &Document{Name: name, Content: copied, Failed: w.DraftFailed}
	return r
}

// speaks is the language in which a person is answered about a text: the one chosen, else
// that of the text.
func (h *Handler) speaks(m Message, text string, w *wording.Wording) string {
	if lang := h.chosen(m.User); lang != "" {
		return lang
	}
	if tellsLanguage(text) {
		return langOf(text)
	}
	return w.Lang
}

// checkDraft checks a draft; the second result is nil where it could not be.
func (h *Handler) checkDraft(ctx context.Context, m Message, name, asked string, d *document.Document, w *wording.Wording) (Reply, *draft.Checked) {
	if utf8.RuneCountInString(d.Text) > index.LongestDraft {
		return aside(fmt.Sprintf(w.DraftTooLong, index.LongestDraft)), nil
	}
	checked, err := h.engine.CheckDraft(ctx, name, d)
	if err != nil {
		return aside(whyRefused(err, w)), nil
	}
	w = wording.Of(h.speaks(m, d.Text, w))
	if checked.Err != nil {
		return h.broke(m, shorten(asked, index.LongestQuestion), index.Answer{Lang: w.Lang, Err: checked.Err}, w), nil
	}
	h.log.Info("checked a draft", "user", m.User, "figures", len(checked.Findings), "wrong", checked.Count(draft.Wrong))
	r := h.fit(m, h.checkedReply(checked, w), w)
	r.Kind = record.WithFigure
	if len(shownIn(r)) == 0 {
		r.Kind = record.NoAnswer
	}
	_, err = h.record.Keep(record.Exchange{Where: where(m), Question: shorten(asked, index.LongestQuestion), Lang: w.Lang, Kind: r.Kind, Shown: shownIn(r)})
	h.noted(err)
	if h.withheld(err) {
		return unrecordedReply(w), nil
	}
	return r, checked
}

// Checked is a draft's findings as a list.
func (h *Handler) Checked(c *draft.Checked, lang string) Reply {
	w := wording.Of(lang)
	return h.proven(h.checkedReply(c, w), w).visible()
}

// MarkedCopy is a copy of a draft with what the reports say at each figure: of a Word file
// that file with comments, of any other a page. name is what it is called.
func (h *Handler) MarkedCopy(c *draft.Checked, file string, content []byte, lang string) (name string, copied []byte, err error) {
	w := wording.Of(lang)
	var notes []marked.Note
	for _, f := range c.Findings {
		b := Reply{Blocks: h.finding(f, w)}
		if !h.holds(f, b.Blocks) {
			b = say(w.Unproven) // the figure of the draft is marked, and nobody takes it for one that stands
			f.Verdict = draft.Unknown
		}
		notes = append(notes, marked.Note{Start: f.Bounded.Start, End: f.Bounded.End, Kind: string(f.Verdict), Said: b.visible().Text()})
	}
	base := strings.TrimSuffix(file, path.Ext(file))
	name = fmt.Sprintf(w.DraftFile, base)
	if c.Draft.Document.Kind == document.Word {
		copied, err = marked.Word(content, c.Draft.Text, notes, w.DraftAuthor, h.now())
		if !errors.Is(err, marked.ErrForm) {
			return name + ".docx", copied, err
		}
	}
	page := marked.Page{Lang: w.Lang, Title: w.DraftTitle + w.Colon + base, Legend: w.DraftLegend, Text: c.Draft.Text, Notes: notes,
		Summary: fmt.Sprintf(w.DraftCounted, len(c.Findings), counted(c, w))}
	copied, err = page.HTML()
	return name + ".html", copied, err
}

// checkedReply is how many figures of a draft have which verdict, and the findings: what
// is wrong first, with the sentence that says otherwise.
func (h *Handler) checkedReply(c *draft.Checked, w *wording.Wording) Reply {
	if len(c.Findings) == 0 {
		return aside(w.DraftNone)
	}
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(w.DraftCounted, len(c.Findings), counted(c, w))))}}
	listed, left := map[draft.Verdict]int{}, 0
	for _, f := range c.Sorted() { // the copy has them all, and so has the record
		for _, g := range append(slices.Clone(f.Near), f.Report) {
			if g != nil {
				r.shown = append(r.shown, shownOf(g))
			}
		}
		if listed[f.Verdict]++; listed[f.Verdict] > listedFindings[f.Verdict] {
			left++
			continue
		}
		entry := h.finding(f, w)
		if !h.holds(f, entry) {
			entry = []Block{line(plain(marksOf[draft.Unknown]), plain(saying.Text(f.Figure)+"  "+w.Unproven))}
		}
		r.Blocks = append(r.Blocks, entry...)
	}
	if left > 0 {
		r.Blocks = append(r.Blocks, line(faint(fmt.Sprintf(w.DraftMore, left))))
	}
	return r
}

// holds tells whether what is said of a figure of a draft is proved: what is shown for
// it, and of one that is said to stand so what it was held against, which is not.
func (h *Handler) holds(f draft.Finding, said []Block) bool {
	return (f.Report == nil || h.stands(f.Report)) && h.passes(said...)
}

// counted is how many figures have which verdict: ✗ 与报告不符 2 · ✓ 相符 9.
func counted(c *draft.Checked, w *wording.Wording) string {
	var parts []string
	for _, v := range []struct {
		draft.Verdict
		said string
	}{{draft.Wrong, w.DraftWrong}, {draft.Unknown, w.DraftUnknown}, {draft.Close, w.DraftClose}, {draft.Stands, w.DraftStands}} {
		if n := c.Count(v.Verdict); n > 0 {
			parts = append(parts, fmt.Sprintf(v.said, n))
		}
	}
	return strings.Join(parts, " · ")
}

var marksOf = map[draft.Verdict]string{draft.Wrong: "✗ ", draft.Unknown: "? ", draft.Close: "≈ ", draft.Stands: "✓ "}

// finding is a figure of the draft with its mark, what the reports say of it, and where.
func (h *Handler) finding(f draft.Finding, w *wording.Wording) []Block {
	said := []Run{plain(marksOf[f.Verdict]), bold(saying.Text(f.Figure)), plain("  " + shorten(saying.Thing(f.Figure), captionOf(w)))}
	if f.Verdict != draft.Wrong {
		said[1].Style = Plain
	}
	switch f.Verdict {
	case draft.Wrong:
		b := line(append(append(said, plain(" → ")), h.instead(f, w)...)...)
		return append([]Block{b}, sentences([]index.FigureHit{{Figure: f.Report}})...)
	case draft.Close:
		b := line(append(append(said, plain(" → ")), h.instead(f, w)...)...)
		return []Block{b, source(f.Report.Paragraph)}
	case draft.Unknown:
		return h.notFound(said, f, w)
	}
	return []Block{line(append(said, plain(" "), Run{Text: cited1(f.Report), Style: Faint, Link: linkTo(f.Report.Paragraph)})...)}
}

// cited1 is where a figure stands, in a word: 《title》一、(六).
func cited1(f *corpus.Figure) string {
	return "《" + shorten(f.Paragraph.Report.Title, captionLength) + "》" + place(f.Paragraph)
}

// captionLength of a title beside a figure, in characters.
const captionLength = 16

// instead is what the reports have in the place of a figure, and in what it differs.
func (h *Handler) instead(f draft.Finding, w *wording.Wording) []Run {
	g := f.Report
	before, after, _ := strings.Cut(w.DraftReport, "%s")
	runs := []Run{plain(before), {Text: saying.Text(g), Style: Bold, figure: g}, plain(after)}
	if said := period(g, w); said != "" {
		runs = append(runs, plain(" · "+said))
	}
	if place := h.placeOf(g); place != "" {
		runs = append(runs, plain(" · "+place))
	}
	for _, d := range f.Differs {
		if said := differs(d, g, w); said != "" {
			runs = append(runs, faint("　"+said))
		}
	}
	return runs
}

// differs is in what a figure of the reports differs from that of a draft; that its
// value does is seen.
func differs(d draft.Difference, g *corpus.Figure, w *wording.Wording) string {
	switch d {
	case draft.Period:
		return fmt.Sprintf(w.DraftPeriod, period(g, w))
	case draft.Status:
		if g.Status == corpus.Target {
			return w.DraftIsTarget
		}
		return w.DraftIsActual
	case draft.Area:
		return fmt.Sprintf(w.DraftArea, fmt.Sprintf(w.Area, area(g.Scope, w)))
	}
	return map[draft.Difference]string{draft.Direction: w.DraftDirection, draft.Bound: w.DraftBound, draft.Unit: w.DraftUnit, draft.Rounding: w.DraftRounding}[d]
}

// notFound is why a figure was not found, and what stands close to it.
func (h *Handler) notFound(said []Run, f draft.Finding, w *wording.Wording) []Block {
	switch {
	case f.NoReportOf != "":
		return []Block{line(append(said, plain("　"+fmt.Sprintf(w.DraftNoPlace, f.NoReportOf)))...)}
	case len(f.Near) == 0:
		return []Block{line(append(said, plain("　"+w.DraftNothing))...)}
	}
	if f.Elsewhen {
		said = append(said, plain("　"+fmt.Sprintf(w.DraftNoPeriod, period(f.Figure, w))))
	}
	before, after, _ := strings.Cut(w.DraftNear, "%s")
	said = append(said, plain("　"+before))
	blocks := []Block{}
	for i, g := range f.Near {
		if i > 0 {
			said = append(said, plain(w.CopiedSep))
		}
		said = append(said, Run{Text: saying.Text(g), figure: g}, plain("  "+strings.TrimSpace(shorten(saying.Thing(g), captionOf(w))+" "+period(g, w))))
		if i == 0 || g.Paragraph != f.Near[0].Paragraph {
			blocks = append(blocks, source(g.Paragraph))
		}
	}
	return append([]Block{line(append(said, plain(after))...)}, blocks...)
}
