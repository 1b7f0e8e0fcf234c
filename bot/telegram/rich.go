package telegram

import (
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// longestRich is how much text a rich message takes.
const longestRich = 32768

// richMessage is a reply with its tables as tables, nil for one without any: what has
// none is as well said in the form that every server takes. It is written in the HTML
// of rich messages, in which a paragraph is <p>.
func (f *face) richMessage(r bot.Reply) *models.InputRichMessage {
	if !slices.ContainsFunc(r.Blocks, func(b bot.Block) bool { return b.Kind == bot.Table }) || units(r.Text()) > longestRich {
		return nil
	}
	var s strings.Builder
	for _, b := range r.Blocks {
		switch b.Kind {
		case bot.Table:
			tableTo(&s, b.Rows, f.me.Username)
		case bot.Quote:
			s.WriteString("<blockquote>" + inline(b, f.me.Username) + "</blockquote>")
		default:
			s.WriteString("<p>" + strings.ReplaceAll(inline(b, f.me.Username), "\n", "<br>") + "</p>")
		}
	}
	return &models.InputRichMessage{HTML: s.String(), SkipEntityDetection: true}
}

func tableTo(s *strings.Builder, rows [][]bot.Run, username string) {
	s.WriteString("<table>")
	for i, row := range rows {
		cell := map[bool]string{true: "th", false: "td"}[i == 0]
		s.WriteString("<tr>")
		for _, run := range row {
			s.WriteString("<" + cell + ">" + inline(bot.Block{Runs: []bot.Run{run}}, username) + "</" + cell + ">")
		}
		s.WriteString("</tr>")
	}
	s.WriteString("</table>")
}
