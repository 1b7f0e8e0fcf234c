package bot

import (
	"fmt"
	"strings"

	"reportbot/bot/wording"
	"reportbot/corpus"
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
// lists those besides the first.
func (h *Handler) open(a index.Answer, w *wording.Wording) (blocks []Block) {
	if len(a.Choices) < 2 {
		return nil
	}
	var words []string
	for _, c := range a.Choices {
		words = append(words, c.Word)
	}
	blocks = append(blocks, line(plain(fmt.Sprintf(w.LeftOpen, strings.Join(words, w.Or)))))
	for _, c := range a.Choices[1:] {
		if !h.stands(c.Figure) {
			continue
		}
		blocks = append(blocks, h.figureLine(c.Figure, w), Block{Quote, []Run{plain(c.Paragraph.Report.Slice(c.Sentence))}}, source(c.Paragraph))
	}
	return blocks
}

// which is the buttons by which the question is asked with the word that it lacks.
func which(choices []index.Choice) (row []Button) {
	for _, c := range choices {
		if data := toQuestion + c.Question; len(data) <= longestData {
			row = append(row, Button{Label: c.Word, Data: data})
		}
	}
	return row
}

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
	text := fmt.Sprintf("%s − %s = %s", c.Left.Text+inUnit(c.Left), c.Right.Text+inUnit(c.Right), minus(say(c.Difference, c.Unit)))
	if c.Rate != nil {
		text += fmt.Sprintf(w.Rate, minus(c.Rate.String()))
	}
	note := w.Computed
	if c.Left.Bound != "" || c.Right.Bound != "" {
		note = w.ComputedRoughly
	}
	return []Block{line(bold(text), faint(note))}
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

// otherForm is a figure as the language of the question says it, after the report's own.
func otherForm(f *corpus.Figure, w *wording.Wording) []Run {
	if said := index.InOtherLanguage(f, w.Lang); said != "" {
		return []Run{plain(" · " + said)}
	}
	return nil
}
