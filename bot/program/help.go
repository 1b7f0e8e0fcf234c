package program

import (
	"bytes"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"reportbot/bot/wording"
)

// spoken is the language of the system as a tag such as zh-CN, by the environment or,
// on Windows, by what its windows are in; "" where nothing tells it.
func spoken() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			tag, _, _ := strings.Cut(v, ".")
			return strings.ReplaceAll(tag, "_", "-")
		}
	}
	return uiLanguage()
}

// inChinese has the help speak Chinese where the system does. English stands
// beside each argument in the code, Chinese in bot/wording: help.ask is the command
// ask, help.ask.json its flag or argument, help.--data a flag of all commands.
func inChinese(parser *kong.Kong) {
	if !strings.HasPrefix(strings.ToLower(spoken()), "zh") {
		return
	}
	w := wording.Of(spoken())
	parser.Model.Help = w.Help["program"]
	parser.Model.HelpFlag.Help = w.Help["help"]
	translate(parser.Model.Node, "--", w.Help)
	kong.Help(func(options kong.HelpOptions, ctx *kong.Context) error {
		var english bytes.Buffer
		out := ctx.Stdout
		ctx.Stdout = &english
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = out
		if err == nil {
			_, err = out.Write([]byte(headings(english.String(), w)))
		}
		return err
	}).Apply(parser)
}

// translate gives a command and what belongs to it the words of help.
func translate(node *kong.Node, prefix string, help map[string]string) {
	say := func(v *kong.Value) {
		if said, ok := help[prefix+v.Name]; ok {
			v.Help = said
		}
	}
	for _, f := range node.Flags {
		say(f.Value)
	}
	for _, p := range node.Positional {
		say(p)
	}
	for _, child := range node.Children {
		if said, ok := help[child.Name]; ok {
			child.Help = said
		}
		translate(child, child.Name+".", help)
	}
}

// headings are what kong itself says between the lines.
func headings(text string, w *wording.Wording) string {
	for _, pair := range [][2]string{{`Run "reportbot <command> --help" for more information on a command.`, "more"}, {"Usage: ", "usage"}, {"Flags:", "flags"},
		{"Arguments:", "arguments"}, {"Commands:", "commands"}, {"<command>", "command"}, {"[flags]", "options"}} {
		english, key := pair[0], pair[1]
		text = strings.ReplaceAll(text, english, w.Help["/"+key])
	}
	return text
}
