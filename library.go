package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/library"
	"reportbot/index"
)

type addCommand struct {
	Files []string `arg:"" type:"existingfile" help:"Reports, or archives of them; one of a name that is there replaces it."`
	Force bool     `help:"Even where the answer to a golden question changes."`
}

// Run adds files to the library. A running bot takes them within a second.
func (c *addCommand) Run(s *settings) error {
	return s.change(func(k *keeper) error {
		bar := progress(len(c.Files))
		var errs []error
		for _, file := range c.Files {
			if err := k.addFile(file, "", c.Force); err != nil {
				errs = append(errs, err) // the others are added all the same
			}
			bar.Add(1)
		}
		bar.Finish()
		return errors.Join(errs...)
	})
}

type replaceCommand struct {
	Name  string `arg:"" help:"Name, file name or title of the report that goes."`
	File  string `arg:"" type:"existingfile" help:"The report that comes."`
	Force bool   `help:"Even where the answer to a golden question changes."`
}

// Run replaces a report: readers see the one or the other.
func (c *replaceCommand) Run(s *settings) error {
	return s.change(func(k *keeper) error { return k.addFile(c.File, c.Name, c.Force) })
}

// change opens the library to be changed by a command. Where there are golden
// questions, there is an engine to ask them of.
func (s *settings) change(do func(*keeper) error) error {
	if err := s.extend(); err != nil {
		return err
	}
	k := newKeeper(s.Data)
	defer k.Close()
	if _, err := os.Stat(filepath.Join(s.Data, record.FileName)); err != nil {
		return do(k) // there is no record: nothing is restricted or golden
	}
	kept, err := record.Open(s.Data, s.Days)
	if err != nil {
		return err
	}
	defer kept.Close()
	k.record = kept
	golden, err := kept.Goldens()
	if err != nil {
		return err
	}
	if len(golden) > 0 {
		if err := k.open(s.Data); err != nil {
			return err
		}
	}
	return do(k)
}

func (k *keeper) addFile(file, replace string, force bool) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	taken, err := k.add(pending{file: file, content: content, replace: replace, source: library.ByHand}, !force)
	var changed *bot.GoldenChanged
	if errors.As(err, &changed) {
		fmt.Println("已核对的答案会变，没有更换报告 confirmed answers would change, nothing was taken：")
		for _, c := range changed.Changes {
			fmt.Printf("  %s：%s → %s\n", c.Question, c.Expected, c.Now)
		}
		return fmt.Errorf("adding %q: confirmed answers would change; --force adopts them", file)
	}
	if err != nil {
		return fmt.Errorf("没有加入“%s”：%s (%w)", filepath.Base(file), bot.WhyRefused(err, "zh"), err)
	}
	for _, v := range taken {
		printTaken(v)
	}
	return nil
}

func printTaken(v library.Version) {
	what := "已加入 added"
	if v.Old != nil {
		what = "已替换 replaced"
	}
	fmt.Println(what + "：" + bot.Understood(v.New.Summary(), "zh").Text())
	if v.Old == nil {
		return
	}
	for _, f := range library.Recall(v.Old, v.New) {
		fmt.Println("  " + recalled(f))
	}
}

func figuresOf(r *corpus.Report) (n int) {
	for _, p := range r.Paragraphs {
		n += len(p.Figures())
	}
	return n
}

func recalled(f library.Recalled) string {
	now := "（无）"
	if f.New != nil {
		now = f.New.Text + stated(f.New)
	}
	return fmt.Sprintf("%s：%s → %s", strings.TrimSpace(f.Old.Verb+" "+f.Old.What), f.Old.Text+stated(f.Old), now)
}

type withdrawCommand struct {
	Name string `arg:"" help:"Name, file name or title of the report."`
}

// servedWithin is how long a running bot may take to answer without a report.
const servedWithin = time.Minute

// Run withdraws a report, makes the index without it, and says so only when a
// query of that index has shown that the report is gone, and a running bot
// answers from that index.
func (c *withdrawCommand) Run(s *settings) error {
	if err := s.extend(); err != nil {
		return err
	}
	k := newKeeper(s.Data)
	defer k.Close()
	if err := k.open(s.Data); err != nil {
		return err
	}
	title, err := k.Withdraw(c.Name)
	if err != nil {
		return err
	}
	if !k.library.Served(s.Data, servedWithin) {
		return fmt.Errorf("《%s》已从库中撤回，但运行中的机器人还没有换下它 withdrawn, but the running bot still answers from it", title)
	}
	fmt.Printf("已撤回 withdrawn：《%s》\n", title)
	return nil
}

type reportsCommand struct {
	All bool `help:"With those that were withdrawn or replaced."`
}

// Run lists the reports of the library.
func (c *reportsCommand) Run(s *settings) error {
	entries, err := s.library().Entries()
	if err != nil {
		return err
	}
	if !c.All {
		entries = library.InForce(entries)
	}
	if len(entries) == 0 {
		fmt.Println("没有加入过报告：回答依据程序内置的报告。No reports were added: answers come from the one within the program.")
		return nil
	}
	for _, e := range entries {
		state := ""
		if !e.Ended.IsZero() {
			state = "  至 " + e.Ended.Local().Format("2006-01-02 15:04")
		}
		fmt.Printf("%s  %s  《%s》%s\n", e.Added.Local().Format("2006-01-02 15:04"), runewidth.FillRight(e.File, 32), e.Title, state)
	}
	return nil
}

type verifyCommand struct{}

// Run reads every original of the library back, without what is kept of it, and
// compares its paragraphs with what the index holds.
func (verifyCommand) Run(ctx context.Context, s *settings) error {
	if err := s.extend(); err != nil {
		return err
	}
	k := newKeeper(s.Data)
	if err := k.library.Verify(reader{}.parse); err != nil {
		return err
	}
	c, err := inForce(k.library)
	if err != nil {
		return err
	}
	e, err := index.Open(s.Data, c)
	if err != nil {
		return err
	}
	defer e.Close()
	paragraphs, err := e.Verify(ctx)
	if err != nil {
		return err
	}
	n := 0
	for r := range c.All {
		n += figuresOf(r)
	}
	fmt.Printf("核对无误 verified：%d 份报告，%d 段，%d 个数据\n", len(c.Reports), paragraphs, n)
	return nil
}

type backupCommand struct {
	File string `arg:"" type:"path" help:"The backup, .tar.gz."`
}

// kept is what a backup holds of the folder of data: all but what is derived.
var kept = []string{"library/reports.json", "library/originals", "terms", record.FileName}

// Run writes a backup aside and renames it. The manifest is read first: the
// originals that it names never change.
func (c *backupCommand) Run(s *settings) (err error) {
	out, err := os.CreateTemp(filepath.Dir(c.File), ".backup-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	zipped := gzip.NewWriter(out)
	archive := tar.NewWriter(zipped)
	n := 0
	for _, part := range kept {
		if part == record.FileName {
			err = addRecord(archive, s.Data, &n)
		} else {
			err = addTree(archive, s.Data, part, &n)
		}
		if err != nil {
			return fmt.Errorf("backing up %s: %w", part, err)
		}
	}
	if err := errors.Join(archive.Close(), zipped.Close(), out.Sync(), out.Close()); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), c.File); err != nil {
		return err
	}
	fmt.Printf("已备份 backed up：%d 个文件 → %s\n", n, c.File)
	return nil
}

func addTree(archive *tar.Writer, dir, part string, n *int) error {
	return filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && (d.IsDir() || strings.HasPrefix(d.Name(), ".")) {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		return addFile(archive, path, filepath.ToSlash(name), n)
	})
}

func addFile(archive *tar.Writer, path, name string, n *int) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); err != nil {
		return err
	}
	*n++
	_, err = archive.Write(content)
	return err
}

// addRecord adds the record as it is at this moment, though it is written to.
func addRecord(archive *tar.Writer, dir string, n *int) error {
	if _, err := os.Stat(filepath.Join(dir, record.FileName)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	aside, err := os.MkdirTemp("", "record-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	copied := filepath.Join(aside, record.FileName)
	if err := record.Copy(dir, copied); err != nil {
		return err
	}
	return addFile(archive, copied, record.FileName, n)
}

type restoreCommand struct {
	File string `arg:"" type:"existingfile" help:"The backup."`
}

// Run restores a backup. A folder that has reports or a record is left alone.
func (c *restoreCommand) Run(s *settings) error {
	for _, part := range []string{"library/reports.json", record.FileName} {
		if _, err := os.Stat(filepath.Join(s.Data, part)); err == nil {
			return fmt.Errorf("%s has a %s already: restore into an empty folder (--data DIR)", s.Data, part)
		}
	}
	in, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		return fmt.Errorf("%s is no backup: %w", c.File, err)
	}
	n := 0
	for archive := tar.NewReader(unzipped); ; n++ {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("reading the backup: %w", err)
		}
		if err := restoreFile(s.Data, h.Name, archive); err != nil {
			return fmt.Errorf("restoring %q: %w", h.Name, err)
		}
	}
	fmt.Printf("已恢复 restored：%d 个文件\n", n)
	_, err = s.corpus() // every original is compared with its hash
	return err
}

func restoreFile(dir, name string, content io.Reader) error {
	if !filepath.IsLocal(name) {
		return errors.New("the name leads out of the folder")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Sync(), f.Close())
}

// stated is the unit that a table states apart from the number.
func stated(f *corpus.Figure) string {
	if f.Stated == "" {
		return ""
	}
	return "（" + f.Stated + "）"
}
