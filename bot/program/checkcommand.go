package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"

	"reportbot/bot/terminal"
	"reportbot/bot/upkeep"
	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

type checkCommand struct {
	Files []string `arg:"" type:"path" help:"Files or folders."`
	JSON  bool     `help:"Print one JSON object a report."`
}

// Run shows what is understood of each file. A file that can't be read is told
// of and the others are shown; the command fails then.
func (c *checkCommand) Run(ctx context.Context, s *Settings) error {
	files, err := filesOf(c.Files)
	if err != nil {
		return err
	}
	k := upkeep.New(s.Data)
	known, err := k.Library.Entries()
	if err != nil {
		return err
	}
	bar := progress(len(files))
	var checks []Check
	refused := 0
	for _, file := range files {
		found, err := CheckFile(ctx, k.Lists, file, known)
		if errors.Is(err, context.Canceled) {
			return err
		}
		if err != nil {
			refused++
		}
		checks = append(checks, found...)
		bar.Add(1)
	}
	bar.Finish()
	if err := c.print(checks); err != nil {
		return err
	}
	if refused > 0 {
		return fmt.Errorf("%d 个文件中有 %d 个无法读取 %d of %d files can't be read", len(files), refused, refused, len(files))
	}
	return nil
}

func (c *checkCommand) print(checks []Check) error {
	if !c.JSON {
		return PrintChecks(os.Stdout, checks)
	}
	out := json.NewEncoder(Visible(os.Stdout))
	out.SetEscapeHTML(false)
	for _, check := range checks {
		if err := out.Encode(check); err != nil {
			return err
		}
	}
	return nil
}

// filesOf lists the files of known formats in folders, and what is named itself.
func filesOf(names []string) (files []string, err error) {
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() { // one that is not there is told of when it is read
			files = append(files, name)
			continue
		}
		entries, err := os.ReadDir(name)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !e.IsDir() && format.Known(e.Name()) {
				files = append(files, filepath.Join(name, e.Name()))
			}
		}
	}
	return files, nil
}

// progress is a bar on a terminal where there is more than one file.
func progress(n int) *progressbar.ProgressBar {
	if n < 2 || !terminal.Coloured(os.Stderr) {
		return progressbar.DefaultSilent(int64(n))
	}
	return progressbar.NewOptions(n, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
}

// readCommand is the process that reads one file of a format that is not
// trusted: see corpus/format/isolate.
type readCommand struct {
	Kind string `arg:""`
}

// Run reads the file on standard input.
func (c *readCommand) Run() error {
	return format.ServeIsolated(document.Kind(c.Kind), os.Stdin, os.Stdout, corpus.Builtin().Analyse)
}
