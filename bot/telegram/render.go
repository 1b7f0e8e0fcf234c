package telegram

import (
	"html"
	"io"
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
// between blocks where that is enough, else at the ends of sentences.
func render(r bot.Reply) []part {
	var parts []part
	var now part
	length := 0
	flush := func() {
		if strings.TrimSpace(now.plain) != "" {
			parts = append(parts, now)
		}
		now, length = part{}, 0
	}
	for _, b := range r.Blocks {
		for _, piece := range pieces(b) {
			n := units(piece.Text()) + 1
			if length+n > longest {
				flush()
			}
			if now.plain != "" {
				now.html, now.plain = now.html+"\n", now.plain+"\n"
			}
			now.html, now.plain = now.html+formatted(piece), now.plain+piece.Text()
			length += n
		}
	}
	flush()
	if len(parts) == 0 {
		parts = []part{{"…", "…"}} // an empty message is refused; silence is worse
	}
	return parts
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
			now.Runs = append(now.Runs, bot.Run{Text: s, Style: run.Style})
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

var tags = map[bot.Style]string{bot.Bold: "b", bot.Marked: "u", bot.Faint: "i"}

func formatted(b bot.Block) string {
	var s strings.Builder
	for _, run := range b.Runs {
		if run.Text == "" {
			continue
		}
		text := html.EscapeString(run.Text)
		switch tag := tags[run.Style]; {
		case run.Style == bot.Marked:
			s.WriteString("<b><u>" + text + "</u></b>")
		case tag != "":
			s.WriteString("<" + tag + ">" + text + "</" + tag + ">")
		default:
			s.WriteString(text)
		}
	}
	if b.Kind == bot.Quote {
		return "<blockquote expandable>" + s.String() + "</blockquote>"
	}
	return s.String()
}

// hidden stands in for the token.
const hidden = "[token]"

// Redacted is a writer that never lets the token through. Each write is a
// whole line, as slog writes it.
func Redacted(w io.Writer, token string) io.Writer {
	if token == "" {
		return w
	}
	return redactor{w, token}
}

type redactor struct {
	w     io.Writer
	token string
}

func (r redactor) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.w, strings.ReplaceAll(string(p), r.token, hidden)); err != nil {
		return 0, err
	}
	return len(p), nil
}
