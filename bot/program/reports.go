package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"reportbot/bot"
	"reportbot/bot/terminal"
	"reportbot/bot/upkeep"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

type addCommand struct {
	Files []string `arg:"" type:"path" help:"Reports, or archives of them; one of a name that is there replaces it."`
	Force bool     `help:"Even where the answer to a golden question changes."`
}

// Run adds files to the library. A running bot takes them within a second.
func (c *addCommand) Run(ctx context.Context, s *Settings) error {
	return s.change(func(k *upkeep.Keeper) error {
		bar := progress(len(c.Files))
		var errs []error
		for _, file := range c.Files {
			if err := addFile(ctx, k, file, "", c.Force); err != nil {
				errs = append(errs, err) // the others are added all the same
			}
			if ctx.Err() != nil {
				break
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
func (c *replaceCommand) Run(ctx context.Context, s *Settings) error {
	return s.change(func(k *upkeep.Keeper) error { return addFile(ctx, k, c.File, c.Name, c.Force) })
}

// change opens the library to be changed by a command.
func (s *Settings) change(do func(*upkeep.Keeper) error) error {
	return upkeep.Change(s.Data, s.Days, do)
}

func addFile(ctx context.Context, k *upkeep.Keeper, file, replace string, force bool) error {
	taken, err := k.AddFile(ctx, file, replace, force)
	var changed *bot.GoldenChanged
	if errors.As(err, &changed) {
		fmt.Println("已核对的答案会变，没有更换报告 confirmed answers would change, nothing was taken：")
		printGolden(changed)
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

func printGolden(changed *bot.GoldenChanged) {
	for _, c := range changed.Changes {
		fmt.Printf("  %s：%s → %s\n", c.Question, c.Expected, c.Now)
	}
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
func (c *withdrawCommand) Run(s *Settings) error {
	k, err := upkeep.OpenLibrary(s.Data)
	if err != nil {
		return err
	}
	defer k.Close()
	title, err := k.Withdraw(c.Name)
	if err != nil {
		return err
	}
	if !k.Library.Served(s.Data, servedWithin) {
		return fmt.Errorf("《%s》已从库中撤回，但运行中的机器人还没有换下它 withdrawn, but the running bot still answers from it", title)
	}
	fmt.Printf("已撤回 withdrawn：《%s》\n", title)
	return nil
}

type reportsCommand struct {
	All bool `help:"With those that were withdrawn or replaced."`
}

// Run lists the reports of the library.
func (c *reportsCommand) Run(s *Settings) error {
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

type verifyCommand struct {
	Names []string `arg:"" optional:"" help:"Reports whose new reading alone is taken, by name, file name or title."`
	Take  bool     `help:"Answer from the new readings; golden questions are asked before."`
	Force bool     `help:"Even where the answer to a golden question changes."`
	Lang  string   `enum:"zh,zh-Hant,en" default:"zh" help:"Of what is said: zh, zh-Hant or en."`
}

// Run reads every original of the library back, and compares what is answered from with it
// and with what the index holds. What this program reads otherwise than when a report was
// taken is told, and taken if it is asked for.
func (c *verifyCommand) Run(ctx context.Context, s *Settings) error {
	if len(c.Names) > 0 && !c.Take {
		return errors.New("写上报告名称的，须加 --take reports are named to take their new readings: add --take")
	}
	v, err := upkeep.Verify(ctx, s.Data)
	if err != nil {
		return err
	}
	w := wording.Of(c.Lang)
	fmt.Printf(w.Verified+"\n", v.Reports, v.Paragraphs, v.Figures)
	if len(v.Otherwise) > 0 {
		terminal.Print(os.Stdout, bot.Rereads(v.Otherwise, c.Lang))
	}
	if c.Take {
		return c.take(s, v, w)
	}
	if len(v.Otherwise) > 0 {
		fmt.Println(w.RereadHow)
	}
	if len(v.Unkept) > 0 {
		fmt.Printf(w.RereadUnkept+"\n", len(v.Unkept))
	}
	return nil
}

func (c *verifyCommand) take(s *Settings, v upkeep.Verified, w *wording.Wording) error {
	list, err := c.named(s, append(v.Versions, v.Unkept...))
	if err != nil || len(list) == 0 {
		return err
	}
	return s.change(func(k *upkeep.Keeper) error {
		n, err := k.TakeReadings(list, c.Force)
		var changed *bot.GoldenChanged
		if errors.As(err, &changed) {
			fmt.Println(w.RereadGoldenHow)
			printGolden(changed)
			return errors.New("没有采用 nothing was taken: confirmed answers would change")
		}
		if err != nil {
			return err
		}
		fmt.Printf(w.RereadTakenAll+"\n", n)
		return nil
	})
}

// named is those of the versions that the command names, all where it names none.
func (c *verifyCommand) named(s *Settings, all []library.Entry) (list []library.Entry, err error) {
	if len(c.Names) == 0 {
		return all, nil
	}
	for _, name := range c.Names {
		e, err := s.library().Find(name)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(all, func(one library.Entry) bool { return one.Name == e.Name })
		if i < 0 {
			return nil, fmt.Errorf("《%s》的读取结果没有变化 is read as it was", e.Title)
		}
		list = append(list, all[i])
	}
	return list, nil
}

type backupCommand struct {
	File   string `arg:"" type:"path" help:"The backup, .tar.gz."`
	Verify bool   `help:"Write nothing: read a backup back and check it."`
}

// Run writes a backup, or checks one.
func (c *backupCommand) Run(s *Settings) error {
	if c.Verify {
		n, err := upkeep.VerifyBackup(c.File)
		if err == nil {
			fmt.Printf("备份完好 the backup is whole：%d 个文件\n", n)
		}
		return err
	}
	n, err := upkeep.Backup(s.Data, c.File)
	if err != nil {
		return err
	}
	fmt.Printf("已备份 backed up：%d 个文件 → %s\n", n, c.File)
	return nil
}

type restoreCommand struct {
	File string `arg:"" type:"existingfile" help:"The backup."`
}

// Run restores a backup.
func (c *restoreCommand) Run(s *Settings) error {
	n, err := upkeep.Restore(s.Data, c.File)
	if err != nil {
		return err
	}
	fmt.Printf("已恢复 restored：%d 个文件\n", n)
	return nil
}

// stated is the unit that a table states apart from the number.
func stated(f *corpus.Figure) string {
	if f.Stated == "" {
		return ""
	}
	return "（" + f.Stated + "）"
}
