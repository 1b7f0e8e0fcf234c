package telegram

import (
	"slices"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// richMessage is a reply with its tables as tables, nil for one without any: what has
// none is as well said in the form that every server takes.
func (f *face) richMessage(r bot.Reply) *models.InputRichMessage {
	if !slices.ContainsFunc(r.Blocks, func(b bot.Block) bool { return b.Kind == bot.Table }) {
		return nil
	}
	m := &models.InputRichMessage{SkipEntityDetection: true}
	for _, b := range r.Blocks {
		m.Blocks = append(m.Blocks, f.richBlock(b))
	}
	return m
}

func (f *face) richBlock(b bot.Block) models.InputRichBlock {
	switch {
	case b.Kind == bot.Table:
		return models.InputRichBlock{Type: models.RichBlockTypeTable, InputRichBlockTable: &models.InputRichBlockTable{Cells: f.richCells(b.Rows), IsStriped: true, IsCompact: true}}
	case b.Kind == bot.Quote && units(b.Text()) > foldFrom:
		return models.InputRichBlock{Type: models.RichBlockTypeExpandableBlockQuotation, InputRichBlockExpandableBlockQuotation: &models.InputRichBlockExpandableBlockQuotation{Text: f.richText(b.Runs)}}
	case b.Kind == bot.Quote:
		return models.InputRichBlock{Type: models.RichBlockTypeBlockQuotation, InputRichBlockBlockQuotation: &models.InputRichBlockBlockQuotation{
			Blocks: []models.InputRichBlock{f.richBlock(bot.Block{Runs: b.Runs})}}}
	}
	return models.InputRichBlock{Type: models.RichBlockTypeParagraph, InputRichBlockParagraph: &models.InputRichBlockParagraph{Text: f.richText(b.Runs)}}
}

func (f *face) richCells(rows [][]bot.Run) (cells [][]models.RichBlockTableCell) {
	for i, row := range rows {
		var line []models.RichBlockTableCell
		for _, run := range row {
			text := f.richText([]bot.Run{run})
			line = append(line, models.RichBlockTableCell{Text: &text, IsHeader: i == 0, Align: "left", Valign: "middle"})
		}
		cells = append(cells, line)
	}
	return cells
}

func (f *face) richText(runs []bot.Run) models.RichText {
	all := models.RichText{Array: []models.RichText{}}
	for _, run := range runs {
		t := models.RichText{PlainText: run.Text}
		switch run.Style {
		case bot.Bold:
			t = boldText(t)
		case bot.Marked:
			t = boldText(models.RichText{Type: models.RichTextTypeUnderline, RichTextUnderline: &models.RichTextUnderline{Text: t}})
		case bot.Faint:
			t = models.RichText{Type: models.RichTextTypeItalic, RichTextItalic: &models.RichTextItalic{Text: t}}
		}
		if url := deepLink(run.Link, f.me.Username); url != "" {
			t = models.RichText{Type: models.RichTextTypeURL, RichTextURL: &models.RichTextURL{Text: t, URL: url}}
		}
		all.Array = append(all.Array, t)
	}
	return all
}

func boldText(t models.RichText) models.RichText {
	return models.RichText{Type: models.RichTextTypeBold, RichTextBold: &models.RichTextBold{Text: t}}
}
