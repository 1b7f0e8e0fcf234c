// Command reportbot answers questions on government reports with the exact
// figure and the passage it stands in: in Telegram, in the terminal, as JSON.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/joho/godotenv"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram"
	"reportbot/bot/terminal"
	"reportbot/bot/upkeep"
	"reportbot/corpus"
	"reportbot/corpus/format/isolate"
	"reportbot/corpus/library"
	"reportbot/corpus/terms"
	"reportbot/index"
)

// settings are what the environment or .env may say; see .env.example.
type settings struct {
	Reports string `env:"REPORTS_DIR" type:"path" placeholder:"DIR" help:"Folder of reports, or one file; without it the embedded report."`
	Data    string `env:"DATA_DIR" default:"./data" type:"path" placeholder:"DIR" help:"Where the index, the record and what waits to be answered are kept."`
	Days    int    `env:"RECORD_DAYS" default:"365" placeholder:"DAYS" help:"How many days questions and answers are kept."`
	Debug   bool   `env:"DEBUG" help:"Log questions too."`
}

// Validate refuses what would empty the record.
func (s *settings) Validate() error {
	if s.Days < 1 {
		return fmt.Errorf("RECORD_DAYS: questions are kept for at least 1 day, not %d", s.Days)
	}
	return nil
}

type commands struct {
	settings
	Run      runCommand      `cmd:"" default:"1" help:"Start the bot: in Telegram with TELEGRAM_BOT_TOKEN, else in the terminal."`
	Ask      askCommand      `cmd:"" help:"Answer questions from the arguments, or from standard input, one a line."`
	Add      addCommand      `cmd:"" help:"Add reports, or replace those of the same name."`
	Replace  replaceCommand  `cmd:"" help:"Replace a report by another, of whatever file name, in one step."`
	Withdraw withdrawCommand `cmd:"" help:"Withdraw a report."`
	Reports  reportsCommand  `cmd:"" name:"reports" help:"List the reports, and those that were."`
	Verify   verifyCommand   `cmd:"" help:"Read every report back from its original and compare it with the index."`
	Backup   backupCommand   `cmd:"" help:"Write reports, record and term lists into one file, while the bot runs."`
	Restore  restoreCommand  `cmd:"" help:"Restore a backup into an empty folder of data."`
	Figures  figuresCommand  `cmd:"" help:"Print all figures of the reports."`
	Audit    auditCommand    `cmd:"" help:"Print what was asked and what was shown."`
	Eval     evalCommand     `cmd:"" help:"Grade a question set."`
	Check    checkCommand    `cmd:"" help:"Show what is understood of files, without adding them."`
	Draft    draftCommand    `cmd:"" name:"check-draft" help:"Hold the figures of a draft against the reports, and write a copy of it with comments."`
	Diff     diffCommand     `cmd:"" help:"What changed between two versions of a report, or the reports of two years."`
	Page     pageCommand     `cmd:"" help:"Draw the page that a paragraph stands on, its figure framed."`
	Train    trainCommand    `cmd:"" help:"Learn the weights from question sets and print them."`
	Read     readCommand     `cmd:"" name:"read-file" hidden:""`
}

func main() {
	reads := len(os.Args) > 1 && os.Args[1] == isolate.Command // a file that is not trusted: no secret is its business
	if !reads {
		if err := loadEnv(".env"); err != nil {
			fail(fmt.Errorf("reading .env: %w", err))
		}
	}
	var c commands
	parser := kong.Must(&c, kong.Name("reportbot"), kong.Description("Exact figures from government reports, with the passage they stand in."), kong.UsageOnError())
	run, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	level := slog.LevelInfo
	if c.Debug {
		level = slog.LevelDebug
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(redacted(), &slog.HandlerOptions{Level: level})))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	run.BindTo(ctx, (*context.Context)(nil))
	leave := func() {}
	if !reads {
		leave = upkeep.Enter(c.Data, slices.Contains([]string{"run", "ask", "check-draft", "add", "replace", "withdraw", "eval"}, run.Selected().Name))
	}
	err = run.Run(&c.settings)
	leave()
	if err != nil {
		fail(err)
	}
}

// loadEnv takes the settings of a file, those that the environment has not. A
// byte order mark, which some editors of Windows write, is no part of a name.
func loadEnv(name string) error {
	file, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	values, err := godotenv.UnmarshalBytes(bytes.TrimPrefix(file, []byte("\ufeff")))
	for name, value := range values {
		if _, set := os.LookupEnv(name); !set && value != "" && err == nil { // left empty, it is not set
			err = os.Setenv(name, value)
		}
	}
	return err
}

func fail(err error) {
	fmt.Fprintln(redacted(), "reportbot:", err)
	os.Exit(1)
}

// redacted is the standard error without the secrets of the environment.
func redacted() io.Writer {
	return telegram.Redacted(os.Stderr, os.Getenv("TELEGRAM_BOT_TOKEN"), os.Getenv("TELEGRAM_WEBHOOK_SECRET"))
}

// extend reads the office's own term lists. One that can't be read is said, and
// the others are taken.
func (s *settings) extend() {
	own, err := terms.ReadOwn(filepath.Join(s.Data, "terms"))
	if err != nil {
		slog.Error("词表有误，未采用 a list of terms is left out", "cause", err)
	}
	corpus.Extend(own)
}

// corpus reads the reports that the settings name, else those of the library,
// else the one within the program.
func (s *settings) corpus() (*corpus.Corpus, error) {
	s.extend()
	if s.Reports != "" {
		return corpus.Load(s.Reports)
	}
	c, bad, err := upkeep.InForce(s.library())
	if err == nil && len(c.Reports) == 0 && len(bad) > 0 {
		err = bad[0]
	}
	return c, err
}

func (s *settings) library() *library.Library {
	return upkeep.New(s.Data).Library
}

// engine opens the index of the reports.
func (s *settings) engine() (*index.Engine, error) {
	c, err := s.corpus()
	if err != nil {
		return nil, err
	}
	return index.Open(s.Data, c)
}

type runCommand struct {
	Token   string `env:"TELEGRAM_BOT_TOKEN" hidden:""`
	Server  string `env:"TELEGRAM_API_URL" hidden:""`
	Allowed string `env:"TELEGRAM_ALLOWED_USERS" hidden:""`
	Admins  string `env:"TELEGRAM_ADMINS" hidden:""`
	Webhook string `env:"TELEGRAM_WEBHOOK_URL" hidden:""`
	Secret  string `env:"TELEGRAM_WEBHOOK_SECRET" hidden:""`
	Listen  string `env:"TELEGRAM_WEBHOOK_LISTEN" hidden:""`
	Metrics string `env:"METRICS_LISTEN" hidden:""`

	Unrecorded bool `env:"ANSWER_UNRECORDED" hidden:""`
}

// Run is the bot, in Telegram or in the terminal.
func (c *runCommand) Run(ctx context.Context, s *settings) error {
	if c.Token != "" {
		release, err := library.Hold(s.Data)
		if err != nil {
			return err
		}
		defer release()
	}
	s.extend()
	kept := s.record()
	defer kept.Close()
	k, err := upkeep.Open(s.Data, s.Reports, kept)
	if err != nil {
		return err
	}
	defer k.Close()
	access, err := bot.NewAccess(c.Allowed, c.Admins, kept)
	if err != nil {
		return err
	}
	if c.Token == "" {
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
	h := bot.New(k.Live, access, slog.Default())
	h.Keep(k)
	h.ShowPages(s.pages())
	if c.Unrecorded {
		h.AnswerUnrecorded()
	}
	if why := kept.Lost(); why != nil {
		h.RecordLost(why)
	}
	k.Serve(h, c.Token != "")
	go k.Watch(ctx)
	if c.Token == "" {
		greet(k.Live)
		return terminal.Run(ctx, h, s.Data)
	}
	if code := access.Code(); code != "" {
		slog.Info("no users are named yet: send this to the bot to become its administrator", "message", "/claim "+code)
	}
	return telegram.Run(ctx, c.telegram(s), h, slog.Default())
}

func (c *runCommand) telegram(s *settings) telegram.Config {
	return telegram.Config{Token: c.Token, Server: c.Server, Dir: s.Data,
		WebhookURL: c.Webhook, WebhookSecret: c.Secret, WebhookListen: c.Listen, MetricsListen: c.Metrics}
}

// record opens the record, and moves into it what earlier versions kept in a
// file. Where it can't be read every report counts as restricted, and nobody but
// those whom the environment names may ask.
func (s *settings) record() *record.Record {
	kept, err := record.Open(s.Data, s.Days)
	if err == nil {
		if err = bot.MoveClaim(s.Data, kept); err == nil {
			return kept
		}
		kept.Close()
	}
	slog.Error("记录打不开 the record can't be read: what was granted in chat does not hold, every report counts as restricted, and nothing is answered unless ANSWER_UNRECORDED is set; put the file right, or restore it from a backup, and start again", "cause", err)
	return record.Unreadable(err)
}

// greet tells what this is: one line, and one example.
func greet(e *index.Live) {
	reports := e.Corpus().Reports
	if len(reports) == 0 {
		fmt.Println("库里没有报告：用 reportbot add 加入。There are no reports: add some with reportbot add.")
		return
	}
	title := "《" + reports[0].Title + "》"
	if len(reports) > 1 {
		title += fmt.Sprintf("等 %d 份报告", len(reports))
	}
	fmt.Printf("未设置 TELEGRAM_BOT_TOKEN，在终端中对话（No TELEGRAM_BOT_TOKEN: talking in the terminal）。\n%s。直接提问；/help 看用法，/quit 退出。\n", title)
}
