package bot

import (
	"fmt"

	"reportbot/bot/wording"
)

// Command is an entry of the menu of commands.
type Command = wording.Command

// Failed is what a person is told where a face, not the handler, fails.
func Failed(lang string) string { return wording.Of(lang).Failed }

// Saved is what a person is told whose file was written.
func Saved(lang, name string) string { return fmt.Sprintf(wording.Of(lang).Saved, name) }

// Stale is what a person is told whose button leads nowhere any more.
func Stale(lang string) string { return wording.Of(lang).Stale }

// Doubt is what a person is told of an answer that may not have arrived, and the
// button that sends it again.
func Doubt(lang string) (text, button string) {
	w := wording.Of(lang)
	return w.Doubt, w.DoubtAgain
}
