package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"github.com/joho/godotenv"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram"
	"reportbot/bot/upkeep"
	"reportbot/corpus"
	"reportbot/corpus/library"
	"reportbot/index"
)

// Settings are what the environment or .env may say; see .env.example.
type Settings struct {
	Reports string `env:"REPORTS_DIR" type:"path" placeholder:"DIR" help:"Folder of reports, or one file; without it the embedded report."`
	Data    string `env:"DATA_DIR" default:"./data" type:"path" placeholder:"DIR" help:"Where the index, the record and what waits to be answered are kept."`
	Days    int    `env:"RECORD_DAYS" default:"365" placeholder:"DAYS" help:"How many days questions and answers are kept."`
	Debug   bool   `env:"DEBUG" help:"Log questions too."`
}

// Validate refuses what would empty the record.
func (s *Settings) Validate() error {
	if s.Days < 1 {
		return fmt.Errorf("RECORD_DAYS: questions are kept for at least 1 day, not %d", s.Days)
	}
	return nil
}

// LoadEnv takes the settings of a file, those that the environment has not. A
// byte order mark, which some editors of Windows write, is no part of a name.
func LoadEnv(name string) error {
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

// Redacted is the standard error without the secrets of the environment.
func Redacted() io.Writer {
	return telegram.Redacted(os.Stderr, os.Getenv("TELEGRAM_BOT_TOKEN"), os.Getenv("TELEGRAM_WEBHOOK_SECRET"))
}

// corpus reads the reports that the settings name, else those of the library,
// else the one within the program. A file that can't be read is said, and the others
// are taken.
func (s *Settings) corpus(ctx context.Context) (*corpus.Corpus, error) {
	if s.Reports != "" {
		c, unread, err := upkeep.ReaderOf(s.Data).LoadReadable(ctx, s.Reports)
		for _, u := range unread {
			fmt.Fprintf(os.Stderr, "未采用“%s”：%s (%v)\n", u.File, bot.WhyRefused(u.Err, "zh"), u.Err)
		}
		if err == nil && len(c.Reports) == 0 {
			err = fmt.Errorf("没有一份报告可以读取 none of the %d files can be read", len(unread))
		}
		return c, err
	}
	c, bad, err := upkeep.New(s.Data).InForce()
	if err == nil && len(c.Reports) == 0 && len(bad) > 0 {
		err = bad[0]
	}
	return c, err
}

func (s *Settings) library() *library.Library {
	return upkeep.New(s.Data).Library
}

// engine opens the index of the reports.
func (s *Settings) engine(ctx context.Context) (*index.Engine, error) {
	c, err := s.corpus(ctx)
	if err != nil {
		return nil, err
	}
	return index.Open(s.Data, c)
}

// record opens the record, and moves into it what earlier versions kept in a
// file. Where it can't be read every report counts as restricted, and nobody but
// those whom the environment names may ask.
func (s *Settings) record() *record.Record {
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
