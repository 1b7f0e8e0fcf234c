package telegram

import (
	"context"
	"strings"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// Offerer is a handler that has something to offer while a question is typed in
// another chat.
type Offerer interface {
	Inline(ctx context.Context, user int64, lang, query string) []bot.Choice
}

// The limits of the Bot API for an inline answer.
const (
	mostChoices   = 50
	longestChoice = 64 // bytes of its ID
)

// toStart before the ID of a choice makes it the button above the results that
// leads to the bot itself, with what follows as its start parameter.
const toStart = "start:"

// inlineAnswer is written out here because the library leaves out a cache_time
// of zero, which then is five minutes. Personal and never kept: what one person
// may read is not to be shown to another, nor to the same one after a ban.
type inlineAnswer struct {
	Query     string       `json:"inline_query_id"`
	Results   []article    `json:"results"`
	CacheTime int          `json:"cache_time"`
	Personal  bool         `json:"is_personal"`
	Button    *startButton `json:"button,omitempty"`
}

type startButton struct {
	Text  string `json:"text"`
	Start string `json:"start_parameter"`
}

type article struct {
	Type        string    `json:"type"`
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description,omitempty"`
	Content     content   `json:"input_message_content"`
	ReplyMarkup *keyboard `json:"reply_markup,omitempty"`
}

type content struct {
	Text      string                     `json:"message_text"`
	ParseMode models.ParseMode           `json:"parse_mode"`
	Preview   *models.LinkPreviewOptions `json:"link_preview_options"`
}

// offer answers an inline query. One that fails is not tried again: by then the
// person has typed on, and asks the next.
func (f *face) offer(ctx context.Context, q *models.InlineQuery) {
	o, ok := f.handler.(Offerer)
	if !ok {
		return
	}
	defer f.guard("inline", func() {})
	f.metrics.answers.WithLabelValues("inline").Inc()
	f.beside(ctx, "answerInlineQuery", f.inlineAnswer(q.ID, o.Inline(ctx, q.From.ID, q.From.LanguageCode, q.Query)))
}

func (f *face) inlineAnswer(query string, choices []bot.Choice) inlineAnswer {
	a := inlineAnswer{Query: query, Results: []article{}, Personal: true}
	seen := map[string]bool{}
	for _, c := range choices {
		start, leads := strings.CutPrefix(c.ID, toStart)
		switch {
		case leads && startRe.MatchString(start):
			a.Button = &startButton{c.Title, start}
		case leads, c.ID == "", len(c.ID) > longestChoice, seen[c.ID], len(a.Results) == mostChoices:
			f.log.Warn("a choice that Telegram would refuse is left out", "id", c.ID)
		default:
			seen[c.ID] = true
			a.Results = append(a.Results, f.article(c))
		}
	}
	return a
}

// article is one message: a reply that needs more of them is cut to the first.
func (f *face) article(c bot.Choice) article {
	disabled := true
	return article{Type: "article", ID: c.ID, Title: c.Title, Description: c.Description, ReplyMarkup: f.keyboard(c.Reply.Buttons),
		Content: content{render(c.Reply, f.me.Username)[0].html, models.ParseModeHTML, &models.LinkPreviewOptions{IsDisabled: &disabled}}}
}
