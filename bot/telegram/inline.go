package telegram

import (
	"context"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// Offerer is a handler that has something to offer while a question is typed in
// another chat, and takes note of which of it was sent there. Telegram tells of
// that where the operator has set /setinlinefeedback at @BotFather.
type Offerer interface {
	Inline(ctx context.Context, user int64, lang, query string) []bot.Choice
	Uninvited(user int64, lang string) []bot.Choice // in its place, where the person may not ask
	Sent(user int64, choice string)
}

// offerer is the handler as one, nil where it is none.
func (f *face) offerer() Offerer {
	o, _ := f.handler.(Offerer)
	return o
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

	plain string // the content's text without formatting
}

type content struct {
	Text      string                     `json:"message_text"`
	ParseMode models.ParseMode           `json:"parse_mode,omitempty"`
	Preview   *models.LinkPreviewOptions `json:"link_preview_options"`
}

// offer answers an inline query. What Telegram refuses with its formatting is
// offered as plain text. What fails otherwise is not tried again: by then the
// person has typed on, and asks the next.
func (f *face) offer(ctx context.Context, q *inlineQuery) {
	o := f.offerer()
	if o == nil {
		return
	}
	defer f.guard("inline", func() {})
	var choices []bot.Choice
	if f.handler.MayAsk(q.From.ID, q.From.ID) {
		choices = o.Inline(ctx, q.From.ID, q.From.Language, q.Query)
	} else {
		choices = o.Uninvited(q.From.ID, q.From.Language)
	}
	answer := f.inlineAnswer(q.ID, choices)
	f.metrics.offered(len(answer.Results))
	if err := f.beside(ctx, "answerInlineQuery", answer); says(err, "can't parse entities") {
		f.log.Warn("cards were refused and are offered as plain text", "cause", err)
		f.beside(ctx, "answerInlineQuery", answer.plain())
	}
}

// plain is an answer without formatting.
func (a inlineAnswer) plain() inlineAnswer {
	a.Results = slices.Clone(a.Results)
	for i := range a.Results {
		a.Results[i].Content.Text, a.Results[i].Content.ParseMode = a.Results[i].plain, ""
	}
	return a
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
	disabled, first := true, render(c.Reply, f.me.Username)[0]
	return article{Type: "article", ID: c.ID, Title: c.Title, Description: c.Description, ReplyMarkup: f.keyboard(c.Reply.Buttons), plain: first.plain,
		Content: content{first.html, models.ParseModeHTML, &models.LinkPreviewOptions{IsDisabled: &disabled}}}
}
