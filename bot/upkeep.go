package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"reportbot/corpus"
	"reportbot/corpus/library"
)

// Keeper changes the reports. Add and Withdraw return when the change is in
// force for every answer.
type Keeper interface {
	Check(file string, content []byte) ([]*corpus.Report, error)
	// Add adds the reports of a file. One replaces that of its own name, or the
	// one that replace names.
	Add(file string, content []byte, replace string) ([]library.Version, error)
	Withdraw(name string) (title string, err error)
	// Adopt takes what Add refused with a *GoldenChanged, Leave drops it.
	Adopt(pending string) ([]library.Version, error)
	Leave(pending string)
	// WithdrawVanished withdraws the reports about whose files administrators
	// were asked with that key, and returns their titles.
	WithdrawVanished(key string) (titles []string, err error)
}

// Keep lets administrators change the reports in chat.
func (h *Handler) Keep(k Keeper) { h.keeper = k }

// The limits of a file sent: what Telegram lets a bot download, and how long
// one waits for its administrator's word.
const (
	largestFile = 20 << 20
	stagedFor   = time.Hour
	mostStaged  = 8
)

// staged are the files sent and not yet confirmed, by the beginning of their hash.
type staged struct {
	mu    sync.Mutex
	files map[string]stagedFile
}

type stagedFile struct {
	name    string
	content []byte
	replace string   // name of the report that it may replace, "" for none but that of its own
	reports []string // IDs
	by      int64
	at      time.Time
}

func (s *staged) put(f stagedFile) (key string) {
	sum := sha256.Sum256(f.content)
	key = hex.EncodeToString(sum[:8])
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, old := range s.files {
		if f.at.Sub(old.at) > stagedFor || len(s.files) >= mostStaged {
			delete(s.files, k)
		}
	}
	s.files[key] = f
	return key
}

func (s *staged) take(key string, by int64, now time.Time) (stagedFile, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[key]
	if !ok || f.by != by || now.Sub(f.at) > stagedFor {
		return stagedFile{}, false
	}
	delete(s.files, key)
	return f, true
}

// received shows an administrator what was understood of a file sent, and
// asks whether to add it.
func (h *Handler) received(ctx context.Context, m Message, w *wording) Reply {
	if h.keeper == nil || !h.access.Administrator(m.User) {
		return say(w.noFiles)
	}
	if isGroup(m.Chat) {
		return say(w.privately)
	}
	content, err := download(ctx, m.File)
	if errors.Is(err, errTooLarge) {
		return say(fmt.Sprintf(w.fileTooLarge, largestFile>>20))
	}
	if err != nil {
		h.log.Error("a file could not be received", "user", m.User, "cause", err)
		return say(w.failed)
	}
	reports, err := h.keeper.Check(m.File.Name, content)
	if err != nil {
		return say(fmt.Sprintf(w.fileRefused, m.File.Name, WhyRefused(err, w.lang)))
	}
	return h.offered(m, content, reports, w)
}

// offered shows what a file holds, and beside it what is there already.
func (h *Handler) offered(m Message, content []byte, reports []*corpus.Report, w *wording) Reply {
	f := stagedFile{name: m.File.Name, content: content, by: m.User, at: h.now()}
	var r Reply
	if len(reports) > 1 {
		r = say(fmt.Sprintf(w.severalIn, len(reports)))
	}
	for _, report := range reports {
		f.reports = append(f.reports, report.ID)
		r.Blocks = append(r.Blocks, understoodReport(report.Summary(), fileWordingOf(w.lang))...)
		warning, other := h.alreadyHere(report, w)
		if warning != "" {
			r.Blocks = append(r.Blocks, line(plain(warning)))
		}
		if other != nil && len(reports) == 1 {
			f.replace = other.Name
		}
	}
	key := h.staged.put(f)
	r.Buttons = [][]Button{{{Label: w.take, Data: toTake + "open:" + key}, {Label: w.takeRestricted, Data: toTake + "restricted:" + key}}, {{Label: w.leave, Data: toTake + "no:" + key}}}
	if f.replace != "" {
		r.Buttons = append([][]Button{{{Label: w.replaceIt, Data: toTake + "replace:" + key}}}, r.Buttons...)
	}
	return r
}

// alreadyHere says what the library has of a report: the one of its name, which
// it replaces; the same content; or another of the same title, or of the same
// issuing body and period, which it may replace.
func (h *Handler) alreadyHere(r *corpus.Report, w *wording) (warning string, other *corpus.Head) {
	for _, old := range h.engine.Corpus().Reports {
		switch {
		case old.Content == r.Content:
			return fmt.Sprintf(w.sameContent, old.Title), nil
		case old.ID == r.ID:
			return fmt.Sprintf(w.willReplace, old.Title), nil
		case old.Title == r.Title && old.Year == r.Year, r.Issuer != "" && old.Issuer == r.Issuer && r.Covers.Known() && old.Covers.Label == r.Covers.Label:
			warning, other = fmt.Sprintf(w.similar, old.Title), old
		}
	}
	return warning, other
}

var errTooLarge = errors.New("the file is too large")

func download(ctx context.Context, f *File) ([]byte, error) {
	if f.Size > largestFile {
		return nil, errTooLarge
	}
	in, err := f.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, largestFile+1))
	if err == nil && len(content) > largestFile {
		err = errTooLarge
	}
	return content, err
}

// taken adds a file that its administrator confirmed, or leaves it.
func (h *Handler) taken(m Message, rest string, w *wording) Reply {
	how, key, _ := strings.Cut(rest, ":")
	if h.keeper == nil {
		return say(w.stale)
	}
	switch how {
	case "adopt":
		return h.addedReports(m, w, func() ([]library.Version, error) { return h.keeper.Adopt(key) })
	case "keep":
		h.keeper.Leave(key)
		return Reply{Blocks: lined([]string{w.left}), Edit: true}
	case "stay":
		return Reply{Blocks: lined([]string{troubleWordingOf(w.lang).stays}), Edit: true}
	case "gone":
		return h.withdrawnAll(m, key, w)
	}
	f, ok := h.staged.take(key, m.User, h.now())
	if !ok {
		return say(w.stale)
	}
	switch how {
	case "no":
		return Reply{Blocks: lined([]string{w.left}), Edit: true}
	case "restricted": // before anyone can ask for it
		for _, id := range f.reports {
			if err := h.marks.set(id, true, m.User); err != nil {
				h.noted(err)
				return say(w.notKept)
			}
		}
	}
	if how != "replace" {
		f.replace = ""
	}
	return h.addedReports(m, w, func() ([]library.Version, error) { return h.keeper.Add(f.name, f.content, f.replace) })
}

// withdrawnAll withdraws the reports whose files have vanished from the folder.
func (h *Handler) withdrawnAll(m Message, key string, w *wording) Reply {
	titles, err := h.keeper.WithdrawVanished(key)
	switch {
	case errors.Is(err, library.ErrUnknown):
		return say(w.stale)
	case err != nil:
		h.log.Error("reports could not be withdrawn", "user", m.User, "cause", err)
		return say(fmt.Sprintf(w.notWithdrawn, err))
	}
	h.log.Info("the reports of vanished files were withdrawn", "user", m.User, "reports", len(titles))
	return Reply{Blocks: lined([]string{fmt.Sprintf(troubleWordingOf(w.lang).withdrawnAll, len(titles))}), Edit: true}
}

// addedReports tells what became of reports that were to be added.
func (h *Handler) addedReports(m Message, w *wording, add func() ([]library.Version, error)) Reply {
	taken, err := add()
	if r, refused := refusedByGolden(err, w); refused {
		return r
	}
	switch {
	case errors.Is(err, library.ErrThere):
		return say(w.alreadyThere)
	case errors.Is(err, library.ErrUnknown):
		return say(w.stale)
	case err != nil:
		h.log.Error("a report could not be added", "user", m.User, "cause", err)
		return say(fmt.Sprintf(w.notAdded, WhyRefused(err, w.lang)))
	}
	r := Reply{Blocks: lined([]string{w.added}), Edit: true}
	for _, v := range taken {
		h.log.Info("a report was added", "user", m.User, "report", v.New.ID)
		r.Blocks = append(r.Blocks, understoodReport(v.New.Summary(), fileWordingOf(w.lang))...)
		if v.Old != nil {
			r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.recalledTo, len(recalled(v)), len(h.recalls(v, h.now()))))))
		}
	}
	return r
}

// withdrawals offers the reports to be withdrawn.
func (h *Handler) withdrawals(w *wording) Reply {
	if h.keeper == nil {
		return say(w.notKeeping)
	}
	r := say(w.withdrawWhich)
	for _, report := range h.engine.Corpus().Reports {
		r.Buttons = append(r.Buttons, []Button{{Label: shorten(report.Title, 40), Data: toWithdraw + "ask:" + report.ID}})
	}
	return r
}

// withdraw asks once more, then withdraws a report.
func (h *Handler) withdraw(m Message, rest string, w *wording) Reply {
	step, id, _ := strings.Cut(rest, ":")
	report := h.engine.Corpus().Report(id)
	if report == nil || h.keeper == nil {
		return say(w.stale)
	}
	if step == "ask" {
		return Reply{Blocks: lined([]string{fmt.Sprintf(w.withdrawSure, report.Title)}), Edit: true,
			Buttons: [][]Button{{{Label: w.withdrawYes, Data: toWithdraw + "yes:" + id}}}}
	}
	title, err := h.keeper.Withdraw(report.Name)
	if errors.Is(err, library.ErrUnknown) {
		return say(w.notInLibrary)
	}
	if err != nil {
		h.log.Error("a report could not be withdrawn", "user", m.User, "report", id, "cause", err)
		return say(fmt.Sprintf(w.notWithdrawn, err))
	}
	h.log.Info("a report was withdrawn", "user", m.User, "report", id)
	return Reply{Blocks: lined([]string{fmt.Sprintf(w.withdrawn, title)}), Edit: true}
}
