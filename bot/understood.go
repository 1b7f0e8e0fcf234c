package bot

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus/quantity"
	"reportbot/index"
)

// longestFollowed is how much of an earlier question is repeated.
const longestFollowed = 40

// understood tells how a question was taken where that is not plain: put right,
// or read as going on from an earlier one.
func understood(a index.Answer, w *wording.Wording) (blocks []Block) {
	if a.Answered && len(a.DidYouMean) > 0 {
		blocks = append(blocks, line(faint(fmt.Sprintf(w.TakenAs, a.DidYouMean[0]))))
	}
	if a.Query.Follows != "" {
		blocks = append(blocks, line(faint(fmt.Sprintf(w.Follows, shorten(a.Query.Follows, longestFollowed)))))
	}
	return blocks
}

// open says that the question leaves open which of alike figures is meant, and
// lists them.
func (h *Handler) open(a index.Answer, w *wording.Wording) Reply {
	figures := h.alternatives(a)
	r := Reply{Blocks: append([]Block{line(plain(fmt.Sprintf(w.LeftOpen, either(words(a, w), w))))}, understood(a, w)...)}
	for _, f := range figures {
		r.Blocks = append(r.Blocks, h.figureLine(f.Figure, w))
	}
	r.Blocks = append(r.Blocks, sentences(figures)...)
	r.Buttons = h.below(r, a, w, h.copied(figures, w)...)
	return r
}

// either is several words of which one may be meant: 2024年、2023年还是2025年目标.
func either(words []string, w *wording.Wording) string {
	last := len(words) - 1
	if last < 2 {
		return strings.Join(words, w.Or)
	}
	return strings.Join(words[:last], w.CopiedAnd) + w.Or + words[last]
}

// alternatives is the figures that a question leaves open.
func (h *Handler) alternatives(a index.Answer) (figures []index.FigureHit) {
	for _, c := range a.Choices {
		figures = append(figures, c.FigureHit)
	}
	return h.verified(figures)
}

// words is those by which they differ, as the language writes them.
func words(a index.Answer, w *wording.Wording) (words []string) {
	for _, c := range a.Choices {
		if words = append(words, c.Word); w.Lang == "zh-Hant" {
			words[len(words)-1] = saying.InTraditional(c.Word)
		}
	}
	return words
}

// which is the buttons by which the question is asked with the word that it lacks.
func which(a index.Answer, w *wording.Wording) (row []Button) {
	labels := words(a, w)
	for i, c := range a.Choices {
		if data := toQuestion + c.Question; len(data) <= longestData {
			row = append(row, Button{Label: labels[i], Data: data})
		}
	}
	return row
}

// mostTelling per cent of a difference: 相差1238.5% says nothing to anybody.
const mostTelling = 100

// sum is the difference of two figures, shown as a sum and marked as computed:
// 15亿元 − 22.7亿元 = −7.7亿元. The bounds of the two are left to their own lines.
func sum(c *index.Computed, w *wording.Wording) []Block {
	if c == nil {
		return nil
	}
	say := quantity.InChinese
	if c.Left.Paragraph.Report.Lang == "en" {
		say = quantity.InEnglish
	}
	text := fmt.Sprintf("%s − %s = %s", c.Left.Text+saying.Stated(c.Left), c.Right.Text+saying.Stated(c.Right), minus(say(c.Difference, c.Unit)))
	if c.Rate != nil && c.Rate.Abs().LessThanOrEqual(decimal.NewFromInt(mostTelling)) {
		text += fmt.Sprintf(w.Rate, minus(c.Rate.String()))
	}
	note := w.Computed
	if c.Left.Bound != "" || c.Right.Bound != "" {
		note = w.ComputedRoughly
	}
	return []Block{line(bold(text), faint(note))}
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }
