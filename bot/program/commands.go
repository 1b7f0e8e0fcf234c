package program

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"

	"reportbot/bot/upkeep"
	"reportbot/corpus/format/isolate"
)

// Commands are what the program can be told to do, a line each. A command is a
// struct of its arguments with a method Run, which kong calls with whatever of
// context.Context and *Settings it asks for.
type Commands struct {
	Settings
	Version  kong.VersionFlag `help:"Print the version."`
	Run      runCommand       `cmd:"" default:"1" help:"Start the bot: in Telegram with TELEGRAM_BOT_TOKEN, else in the terminal."`
	Ask      askCommand       `cmd:"" help:"Answer questions from the arguments, or from standard input, one a line."`
	Add      addCommand       `cmd:"" help:"Add reports, or replace those of the same name."`
	Replace  replaceCommand   `cmd:"" help:"Replace a report by another, of whatever file name, in one step."`
	Withdraw withdrawCommand  `cmd:"" help:"Withdraw a report."`
	Reports  reportsCommand   `cmd:"" name:"reports" help:"List the reports, and those that were."`
	Verify   verifyCommand    `cmd:"" help:"Read every report back from its original and compare it with the index."`
	Backup   backupCommand    `cmd:"" help:"Write reports, record and term lists into one file, while the bot runs."`
	Restore  restoreCommand   `cmd:"" help:"Restore a backup into an empty folder of data."`
	Figures  figuresCommand   `cmd:"" help:"Print all figures of the reports."`
	Audit    auditCommand     `cmd:"" help:"Print what was asked and what was shown."`
	Eval     evalCommand      `cmd:"" help:"Grade a question set."`
	Check    checkCommand     `cmd:"" help:"Show what is understood of files, without adding them."`
	Draft    draftCommand     `cmd:"" name:"check-draft" help:"Hold the figures of a draft against the reports, and write a copy of it with comments."`
	Diff     diffCommand      `cmd:"" help:"What changed between two versions of a report, or the reports of two years."`
	Page     pageCommand      `cmd:"" help:"Draw the page that a paragraph stands on, its figure framed."`
	Train    trainCommand     `cmd:"" help:"Learn the weights from question sets and print them."`
	Read     readCommand      `cmd:"" name:"read-file" hidden:""`
}

// Version is set by a release.
var Version = "(not a release)"

// opening are the commands that open the folder of data to work in it.
var opening = []string{"run", "ask", "add", "replace", "withdraw", "eval"}

// Main is the program: it does what the arguments say and returns the status to
// end with.
func Main(args []string) (status int) {
	if err := do(args); err != nil {
		fmt.Fprintln(Redacted(), "reportbot:", err)
		return 1
	}
	return 0
}

func do(args []string) error {
	reads := len(args) > 0 && args[0] == isolate.Command // a file that is not trusted: no secret is its business
	if !reads {
		if err := LoadEnv(".env"); err != nil {
			return fmt.Errorf("reading .env: %w", err)
		}
	}
	var c Commands
	parser := kong.Must(&c, kong.Name("reportbot"), kong.Description("Exact figures from government reports, with the passage they stand in."), kong.UsageOnError(),
		kong.Vars{"version": fmt.Sprintf("reportbot %s, %s %s/%s", Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)})
	inChinese(parser)
	run, err := parser.Parse(args)
	parser.FatalIfErrorf(err)
	level := slog.LevelInfo
	if c.Debug {
		level = slog.LevelDebug
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(Redacted(), &slog.HandlerOptions{Level: level})))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	run.BindTo(ctx, (*context.Context)(nil))
	if !reads {
		defer upkeep.Enter(c.Data, slices.Contains(opening, run.Selected().Name))()
	}
	return run.Run(&c.Settings)
}
