package upkeep

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"reportbot/bot"
	"reportbot/corpus/library"
	"reportbot/corpus/library/reserve"
)

// pollEvery is how soon a changed folder or library is seen, checkEvery how soon
// room on the disk, or a report that could not be read, is looked for again.
const (
	pollEvery  = time.Second
	checkEvery = time.Minute
)

// Watch takes what changes in the folder and in the library until ctx ends. The
// folder has a goroutine of its own: one on a share that hangs holds up nothing
// else. Whatever a pass does, the next one comes.
func (k *Keeper) Watch(ctx context.Context) {
	var both sync.WaitGroup
	if k.folder != nil {
		both.Go(func() {
			every(ctx, pollEvery, "watching the folder", func() error { return k.passFolder() })
		})
	}
	both.Go(func() {
		guarded("telling of changes", "", func() error { k.recall(time.Now().Add(-bot.RecalledFor)); return nil })
	})
	both.Go(func() {
		if err := guarded("reading the originals again", "", func() error { return k.compareReadings(ctx) }); err != nil {
			slog.Error("what this program reads otherwise than the one before can't be told", "cause", err)
		}
	})
	every(ctx, pollEvery, "watching the library", k.passLibrary)
	if k.folder == nil || k.folder.pass.TryLock() { // one that hangs is not waited for
		if k.folder != nil {
			k.folder.pass.Unlock()
		}
		both.Wait()
	}
}

// every calls do again and again until ctx ends, whatever comes of it; the same
// error is logged once.
func every(ctx context.Context, pause time.Duration, what string, do func() error) {
	last := ""
	for sleep(ctx, pause); ctx.Err() == nil; sleep(ctx, pause) {
		err := guarded(what, "", do)
		said := ""
		if err != nil {
			said = err.Error()
		}
		if said != "" && said != last {
			slog.Error(what, "cause", err)
		}
		last = said
	}
}

// passFolder is one look at the folder.
func (k *Keeper) passFolder() error {
	k.heard(time.Now())
	err := k.takeFolder(true)
	k.heard(time.Time{})
	about := ""
	if err != nil {
		about = "监视的文件夹读不到，暂按现有报告回答 the folder of reports can't be read: " + err.Error()
	}
	k.troubled("folder", about)
	return err
}

// heard keeps since when a look at the folder is under way, zero for none.
func (k *Keeper) heard(since time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.passing = since
}

// passLibrary takes what commands did to the library, and looks now and then
// after what was wrong.
func (k *Keeper) passLibrary() error {
	now := time.Now()
	k.mu.Lock()
	changed := k.Library.Stamp() != k.seen || k.Library.Lost()
	late := !k.again.IsZero() && now.After(k.again)
	due := now.Sub(k.checked) >= checkEvery
	hangs := !k.passing.IsZero() && now.Sub(k.passing) > time.Minute
	retry := due && len(k.bad) > 0
	if late {
		k.again = time.Time{}
	}
	if due {
		k.checked = now
	}
	k.mu.Unlock()
	if late {
		k.recall(now.Add(-time.Minute))
	}
	if hangs {
		k.troubled("folder", "监视的文件夹没有响应，暂按现有报告回答 the folder of reports does not answer: is its share mounted?")
	}
	if due {
		k.tend()
	}
	if !changed && !retry {
		return nil
	}
	err := k.turn()
	k.lookAfter(err)
	if err == nil && changed {
		slog.Info("the reports have changed", "reports", len(k.Live.Corpus().Reports), "took", time.Since(now).Round(time.Millisecond))
	}
	return err
}

// provedAtOnce is how many bytes of originals are compared with their sums in each
// minute after a start, which reads none of them: a tenth of a second.
const provedAtOnce = 64 << 20

// tend drops from the record what is past its time, by the clock and whether or
// not anybody writes, and sees to the room for a full disk.
func (k *Keeper) tend() {
	if k.record != nil {
		if err := k.record.Tend(); err != nil {
			slog.Error("what is past its time can't be dropped from the record", "cause", err)
		}
	}
	about := ""
	if !reserve.Hold(k.dir) {
		about = "磁盘已满：照常回答，但暂不收新报告，请尽快腾出空间 the disk is full: questions are answered, new reports are not taken"
	}
	k.troubled("disk", about)
	k.Library.Prove(provedAtOnce)
	k.lookAfter(nil)
}

// lookAfter says what is wrong with the reports: those that can't be read, and a
// library that is lost, while the reports read before go on answering.
func (k *Keeper) lookAfter(err error) {
	about := ""
	if err != nil {
		about = "报告的变动没有生效 changed reports are not taken: " + err.Error()
	}
	if errors.Is(err, library.ErrLost) {
		about = err.Error()
	}
	k.troubled("library", about)
	k.mu.Lock()
	var files []string
	for _, b := range k.bad {
		files = append(files, b.Error())
	}
	k.mu.Unlock()
	about = ""
	if len(files) > 0 {
		about = "有报告不能读取，暂不据以回答；请重新加入原文件，或撤回 reports that can't be read are left out; add the same file again, or withdraw it: " + strings.Join(files, "; ")
	}
	k.troubled("reports", about)
}

// troubled keeps what is wrong, "" where nothing is, and tells administrators
// when it begins.
func (k *Keeper) troubled(kind, about string) {
	k.mu.Lock()
	before := k.trouble[kind]
	k.trouble[kind] = about
	k.mu.Unlock()
	if about != "" && before == "" {
		slog.Error(about)
		if them := k.them(); them != nil {
			them.Trouble(kind, about)
		}
	}
}

// Unready says that the library is lost or can't be followed, "" where nothing
// is wrong. A full disk, or one report that can't be read, is no reason to take
// away a bot that answers.
func (k *Keeper) Unready() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.trouble["library"]
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
