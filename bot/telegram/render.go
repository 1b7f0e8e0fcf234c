package telegram

import (
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"reportbot/bot"
)

// longest is how much text one message takes: UTF-16 units after the entities
// are parsed (Bot API, sendMessage).
const longest = 4096

// part is one message, formatted and plain.
type part struct{ html, plain string }

// render lays a reply out in HTML, in messages that Telegram takes: cut
// between blocks where that is enough, else at the ends of sentences. Links
// lead to the bot of the username given.
func render(r bot.Reply, username string) []part {
	var parts []part
	var now []bot.Block
	length := 0
	flush := func() {
		if p := laidOut(now, username); strings.TrimSpace(p.plain) != "" {
			parts = append(parts, p)
		}
		now, length = nil, 0
	}
	for _, b := range r.Blocks {
		for _, l := range b.Lines() {
			for _, piece := range pieces(l) {
				n := units(piece.Text()) + 1
				if length+n > longest {
					flush()
				}
				now = append(now, piece)
				length += n
			}
		}
	}
	flush()
	if len(parts) == 0 {
		parts = []part{{"…", "…"}} // an empty message is refused; silence is worse
	}
	return parts
}

// laidOut is the blocks of one message.
func laidOut(blocks []bot.Block, username string) part {
	var html, plain []string
	for _, b := range withinEntities(blocks, username) {
		html, plain = append(html, formatted(b, username)), append(plain, b.Text())
	}
	return part{strings.Join(html, "\n"), strings.Join(plain, "\n")}
}

// mostEntities of a message are kept; those after them Telegram drops without a
// word, the link to the source perhaps among them.
const mostEntities = 100

// withinEntities takes styles off until there are no more entities than Telegram
// keeps: the words that match, then what is faint, then what is bold from the end
// on. Quotes and links stay.
func withinEntities(blocks []bot.Block, username string) []bot.Block {
	for _, style := range []bot.Style{bot.Marked, bot.Faint, bot.Bold} {
		over := entities(blocks, username) - mostEntities
		if over <= 0 {
			return blocks
		}
		blocks = slices.Clone(blocks)
		for i := len(blocks) - 1; i >= 0; i-- {
			blocks[i].Runs = slices.Clone(blocks[i].Runs)
			for k := len(blocks[i].Runs) - 1; k >= 0; k-- {
				if blocks[i].Runs[k].Style == style && (style != bot.Bold || over > 0) {
					blocks[i].Runs[k].Style = bot.Plain
					over--
				}
			}
		}
	}
	return blocks
}

func entities(blocks []bot.Block, username string) (n int) {
	for _, b := range blocks {
		if b.Kind == bot.Quote {
			n++
		}
		for _, run := range b.Runs {
			if run.Text == "" {
				continue
			}
			n += map[bot.Style]int{bot.Bold: 1, bot.Marked: 2, bot.Faint: 1}[run.Style]
			if deepLink(run.Link, username) != "" {
				n++
			}
		}
	}
	return n
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// pieces cuts a block that is too long for one message at ends of sentences,
// or anywhere where there is none.
func pieces(b bot.Block) []bot.Block {
	if units(b.Text()) < longest {
		return []bot.Block{b}
	}
	var out []bot.Block
	now := bot.Block{Kind: b.Kind}
	length := 0
	for _, run := range b.Runs {
		for _, s := range sentences(run.Text) {
			if n := units(s); length+n >= longest-1 {
				out = append(out, now)
				now, length = bot.Block{Kind: b.Kind}, 0
			}
			now.Runs = append(now.Runs, bot.Run{Text: s, Style: run.Style, Link: run.Link})
			length += units(s)
		}
	}
	return append(out, now)
}

// sentences cuts a text after its sentences. One that has no end for long is
// cut between words, so that no number is torn apart; one that has no such
// place either, anywhere.
func sentences(s string) (out []string) {
	const most, utmost = 1000, 2000 // characters; of two UTF-16 units each, 2000 still fit a message
	start, count := 0, 0
	runes := []rune(s)
	for i, at := 0, 0; i < len(runes); i++ {
		at += utf8.RuneLen(runes[i])
		count++
		if count >= utmost || count >= most && !within(runes, i+1) || endsSentence(runes, i) {
			out = append(out, s[start:at])
			start, count = at, 0
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// endsSentence tells whether a sentence ends with runes[i]. A full stop of
// English does where white space follows it: that of 1.5 and of the, e.g., in
// 12,345.67 does not.
func endsSentence(runes []rune, i int) bool {
	switch r := runes[i]; {
	case strings.ContainsRune("。！？；\n", r):
		return true
	case r == ' ' && i > 0:
		return strings.ContainsRune(".!?;", runes[i-1])
	}
	return false
}

// within tells whether runes[i] continues the word or number before it.
func within(runes []rune, i int) bool {
	inWord := func(r rune) bool {
		return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".,%-'", r))
	}
	return i > 0 && i < len(runes) && inWord(runes[i-1]) && inWord(runes[i])
}

func formatted(b bot.Block, username string) string {
	text := inline(b, username)
	switch {
	case b.Kind == bot.Quote && units(b.Text()) > foldFrom:
		return "<blockquote expandable>" + text + "</blockquote>"
	case b.Kind == bot.Quote:
		return "<blockquote>" + text + "</blockquote>"
	}
	return text
}

// inline is the runs of a block in HTML.
func inline(b bot.Block, username string) string {
	var s strings.Builder
	for _, run := range b.Runs {
		if run.Text != "" {
			s.WriteString(linked(styled(run), run.Link, username))
		}
	}
	return s.String()
}

// foldFrom is the length from which a quotation is folded: Telegram shows three
// lines of one, and there is nothing to unfold in a shorter one.
const foldFrom = 60

func styled(run bot.Run) string {
	text := html.EscapeString(run.Text)
	switch run.Style {
	case bot.Bold:
		return "<b>" + text + "</b>"
	case bot.Marked:
		return "<b><u>" + text + "</u></b>"
	case bot.Faint:
		return "<i>" + text + "</i>"
	}
	return text
}

// linked makes a deep link of a text, where there is one to make.
func linked(text, start, username string) string {
	if url := deepLink(start, username); url != "" {
		return `<a href="` + url + `">` + text + "</a>"
	}
	return text
}

// deepLink leads to the bot with a start parameter; "" where there is none.
func deepLink(start, username string) string {
	if username == "" || !startRe.MatchString(start) {
		return ""
	}
	return "https://t.me/" + username + "?start=" + start
}

// startRe is what a deep link may carry.
var startRe = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// hidden stands in for a secret.
const hidden = "[token]"

// Redacted is a writer that lets no secret through: the bot's token, the part
// of it that is secret, the webhook's. Each write is a whole line, as slog
// writes it.
func Redacted(w io.Writer, secrets ...string) io.Writer {
	var pairs []string
	for _, s := range secrets {
		_, key, _ := strings.Cut(s, ":")
		for _, word := range []string{s, key} {
			if word != "" {
				pairs = append(pairs, word, hidden)
			}
		}
	}
	if len(pairs) == 0 {
		return w
	}
	return redactor{w, strings.NewReplacer(pairs...)}
}

type redactor struct {
	w       io.Writer
	secrets *strings.Replacer
}

func (r redactor) Write(p []byte) (int, error) {
	if _, err := r.secrets.WriteString(r.w, string(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}
