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

	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

// Keeper changes the reports. Add and Withdraw return when the change is in
// force for every answer.
type Keeper interface {
	Check(ctx context.Context, file string, content []byte) ([]*corpus.Report, error)
	// Add adds the reports of a file. One replaces that of its own name, or the
	// one that replace names.
	Add(file string, content []byte, replace string) ([]library.Version, error)
	Withdraw(name string) (title string, err error)
	// Adopt takes what Add refused with a *GoldenChanged, Leave drops it.
	Adopt(pending string) ([]library.Version, error)
	Leave(pending string)
	// Replaced is the report of that ID with the one that it replaced last.
	Replaced(report string) (library.Version, error)
	// WithdrawVanished withdraws the reports about whose files administrators
	// were asked with that key, and returns their titles.
	WithdrawVanished(key string) (titles []string, err error)
	// TakeOtherwise has the reports that administrators were asked about with that
	// key answered from as this program reads them, and returns how many they are.
	// Without force it may be refused with a *GoldenChanged.
	TakeOtherwise(key string, force bool) (reports int, err error)
}

// Keep lets administrators change the reports in chat.
func (h *Handler) Keep(k Keeper) { h.keeper = k }

// The limits of a file sent: what Telegram lets a bot download, and how long
// one waits for its administrator's word.
const (
	largestFile = 20 << 20
	stagedFor   = time.Hour
	mostStaged  = 40        // an album has ten
	mostHeld    = 128 << 20 // bytes of them in memory
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
	sum := sha256.Sum256(fmt.Appendf(f.content[:len(f.content):len(f.content)], "\x00%d\x00%s", f.by, f.name))
	key = hex.EncodeToString(sum[:8])
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, old := range s.files {
		if f.at.Sub(old.at) > stagedFor {
			delete(s.files, k)
		}
	}
	for len(s.files) >= mostStaged || len(s.files) > 0 && s.held()+len(f.content) > mostHeld {
		delete(s.files, s.oldest())
	}
	s.files[key] = f
	return key
}

func (s *staged) held() (bytes int) {
	for _, f := range s.files {
		bytes += len(f.content)
	}
	return bytes
}

func (s *staged) oldest() (key string) {
	for k, f := range s.files {
		if key == "" || f.at.Before(s.files[key].at) {
			key = k
		}
	}
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

// mayKeep tells whether a file of the person is one to be added. What anyone else
// sends is but beside the words that come with it.
func (h *Handler) mayKeep(m Message) bool { return h.keeper != nil && h.access.Administrator(m.User) }

// received shows an administrator what was understood of a file sent, and
// asks whether to add it.
func (h *Handler) received(ctx context.Context, m Message, w *wording.Wording) Reply {
	if !h.mayKeep(m) {
		if m.Album != "" && !h.once.first(fmt.Sprint("album ", m.Chat, " ", m.Album), albumFor, h.now()) {
			return Reply{}
		}
		return aside(w.NoFiles)
	}
	if isGroup(m.Chat) {
		return say(w.Privately)
	}
	content, err := download(ctx, m.File)
	if errors.Is(err, errTooLarge) {
		return say(fmt.Sprintf(w.FileTooLarge, largestFile>>20))
	}
	if err != nil {
		h.log.Error("a file could not be received", "user", m.User, "cause", err)
		return say(w.Failed)
	}
	reports, err := h.keeper.Check(ctx, m.File.Name, content)
	if err != nil {
		return say(fmt.Sprintf(w.FileRefused, m.File.Name, WhyRefused(err, w.Lang)))
	}
	return h.offered(m, content, reports, w)
}

// offered shows what a file holds, and beside it what is there already.
func (h *Handler) offered(m Message, content []byte, reports []*corpus.Report, w *wording.Wording) Reply {
	f := stagedFile{name: m.File.Name, content: content, by: m.User, at: h.now()}
	var r Reply
	if len(reports) > 1 {
		r = say(fmt.Sprintf(w.SeveralIn, len(reports)))
	}
	for _, report := range reports {
		f.reports = append(f.reports, report.ID)
		r.Blocks = append(r.Blocks, understoodReport(report.Summary(), w)...)
		warning, other := h.alreadyHere(report, w)
		if warning != "" {
			r.Blocks = append(r.Blocks, line(plain(warning)))
		}
		if other != nil && len(reports) == 1 {
			f.replace = other.Name
		}
	}
	key := h.staged.put(f)
	r.Buttons = [][]Button{{{Label: w.Take, Data: toTake + "open:" + key}, {Label: w.TakeRestricted, Data: toTake + "restricted:" + key}}, {{Label: w.Leave, Data: toTake + "no:" + key}}}
	if f.replace != "" {
		r.Buttons = append([][]Button{{{Label: w.ReplaceIt, Data: toTake + "replace:" + key}}}, r.Buttons...)
	}
	return r
}

// alreadyHere says what the library has of a report: the one of its name, which
// it replaces; the same content; or another of the same title, or of the same
// issuing body and period, which it may replace.
func (h *Handler) alreadyHere(r *corpus.Report, w *wording.Wording) (warning string, other *corpus.Head) {
	for _, old := range h.engine.Corpus().Reports {
		switch {
		case old.Content == r.Content:
			return fmt.Sprintf(w.SameContent, old.Title), nil
		case old.ID == r.ID:
			return fmt.Sprintf(w.WillReplace, old.Title), nil
		case old.Title == r.Title && old.Year == r.Year, r.Issuer != "" && old.Issuer == r.Issuer && r.Covers.Known() && old.Covers.Label == r.Covers.Label:
			warning, other = fmt.Sprintf(w.Similar, old.Title), old
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
func (h *Handler) taken(m Message, rest string, w *wording.Wording) Reply {
	how, key, _ := strings.Cut(rest, ":")
	if h.keeper == nil {
		return say(w.Stale)
	}
	switch how {
	case "changes":
		return h.opened(m, h.whatChanged(key, w))
	case "adopt":
		return h.addedReports(m, w, func() ([]library.Version, error) { return h.keeper.Adopt(key) })
	case "keep":
		h.keeper.Leave(key)
		return Reply{Blocks: lined([]string{w.Left}), Edit: true}
	case "stay":
		return Reply{Blocks: lined([]string{w.Stays}), Edit: true}
	case "gone":
		return h.withdrawnAll(m, key, w)
	case "reread", "reread-all":
		return h.takenReadings(m, key, how == "reread-all", w)
	case "unread":
		return Reply{Blocks: lined([]string{w.RereadStays}), Edit: true}
	}
	f, ok := h.staged.take(key, m.User, h.now())
	if !ok {
		return say(w.StaleFile)
	}
	switch how {
	case "no":
		return Reply{Blocks: lined([]string{w.Left}), Edit: true}
	case "restricted": // before anyone can ask for it
		for _, id := range f.reports {
			if err := h.marks.set(id, true, m.User); err != nil {
				h.noted(err)
				return say(w.NotKept)
			}
		}
	}
	if how != "replace" {
		f.replace = ""
	}
	return h.addedReports(m, w, func() ([]library.Version, error) { return h.keeper.Add(f.name, f.content, f.replace) })
}

// withdrawnAll withdraws the reports whose files have vanished from the folder.
func (h *Handler) withdrawnAll(m Message, key string, w *wording.Wording) Reply {
	titles, err := h.keeper.WithdrawVanished(key)
	switch {
	case errors.Is(err, library.ErrUnknown):
		return say(w.Stale)
	case err != nil:
		h.log.Error("reports could not be withdrawn", "user", m.User, "cause", err)
		return say(fmt.Sprintf(w.NotWithdrawn, err))
	}
	h.log.Info("the reports of vanished files were withdrawn", "user", m.User, "reports", len(titles))
	return Reply{Blocks: lined([]string{fmt.Sprintf(w.WithdrawnAll, len(titles))}), Edit: true}
}

// addedReports tells what became of reports that were to be added.
func (h *Handler) addedReports(m Message, w *wording.Wording, add func() ([]library.Version, error)) Reply {
	taken, err := add()
	if r, refused := refusedByGolden(err, w); refused {
		return r
	}
	switch {
	case errors.Is(err, library.ErrThere):
		return say(w.AlreadyThere)
	case errors.Is(err, library.ErrUnknown):
		return say(w.Stale)
	case err != nil:
		h.log.Error("a report could not be added", "user", m.User, "cause", err)
		return say(fmt.Sprintf(w.NotAdded, WhyRefused(err, w.Lang)))
	}
	r := Reply{Blocks: lined([]string{w.Added}), Edit: true}
	for _, v := range taken {
		h.log.Info("a report was added", "user", m.User, "report", v.New.ID)
		r.Blocks = append(r.Blocks, understoodReport(v.New.Summary(), w)...)
		if v.Old != nil {
			r.Blocks = append(r.Blocks, line(plain(h.toldOf(v, w))))
			r.Buttons = append(r.Buttons, []Button{{Label: w.ChangesButton, Data: toTake + "changes:" + v.New.ID}})
		}
	}
	return r
}

// withdrawals offers the reports to be withdrawn.
func (h *Handler) withdrawals(page string, w *wording.Wording) Reply {
	if h.keeper == nil {
		return say(w.NotKeeping)
	}
	var entries []Button
	for _, report := range h.engine.Corpus().Reports {
		entries = append(entries, Button{Label: shorten(report.Title, 40), Data: toWithdraw + "ask:" + report.ID})
	}
	return Reply{Blocks: lined([]string{w.WithdrawWhich}), Buttons: paged(entries, page, toWithdraw+"page:", w), Edit: true}
}

// withdraw asks once more, then withdraws a report.
func (h *Handler) withdraw(m Message, rest string, w *wording.Wording) Reply {
	step, id, _ := strings.Cut(rest, ":")
	if step == "page" {
		return h.withdrawals(id, w)
	}
	report := h.engine.Corpus().Report(id)
	if report == nil || h.keeper == nil {
		return say(w.Stale)
	}
	if step == "ask" {
		return Reply{Blocks: lined([]string{fmt.Sprintf(w.WithdrawSure, report.Title)}), Edit: true,
			Buttons: [][]Button{{{Label: w.WithdrawYes, Data: toWithdraw + "yes:" + id}}}}
	}
	people := h.toldOf(library.Version{Old: report}, w) // before: then it can't be told any more
	title, err := h.keeper.Withdraw(report.Name)
	if errors.Is(err, library.ErrUnknown) {
		return say(w.NotInLibrary)
	}
	if err != nil {
		h.log.Error("a report could not be withdrawn", "user", m.User, "report", id, "cause", err)
		return say(fmt.Sprintf(w.NotWithdrawn, err))
	}
	h.log.Info("a report was withdrawn", "user", m.User, "report", id)
	return Reply{Blocks: lined([]string{fmt.Sprintf(w.Withdrawn, title), people}), Edit: true}
}
