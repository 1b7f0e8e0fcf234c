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
	Check(file string, content []byte) (*corpus.Report, error)
	Add(file string, content []byte) (added, old *corpus.Report, err error)
	Withdraw(name string) (title string, err error)
	// Adopt takes what Add refused with a *GoldenChanged, Leave drops it.
	Adopt(pending string) (added, old *corpus.Report, err error)
	Leave(pending string)
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
	r, err := h.keeper.Check(m.File.Name, content)
	if err != nil {
		return say(fmt.Sprintf(w.fileRefused, m.File.Name, err))
	}
	key := h.staged.put(stagedFile{m.File.Name, content, m.User, h.now()})
	reply := Reply{Blocks: understoodReport(r, w)}
	if old := h.engine.Corpus().Report(r.ID); old != nil {
		reply.Blocks = append(reply.Blocks, line(plain(fmt.Sprintf(w.willReplace, old.Title))))
	}
	reply.Buttons = [][]Button{{{Label: w.take, Data: toTake + "open:" + key}, {Label: w.takeRestricted, Data: toTake + "restricted:" + key}}, {{Label: w.leave, Data: toTake + "no:" + key}}}
	return reply
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

// understoodReport is what a report was read as: title, issuing body, year,
// sections, paragraphs, figures, and a warning where there is nothing to count.
func understoodReport(r *corpus.Report, w *wording) (blocks []Block) {
	figures := 0
	for _, p := range r.Paragraphs {
		figures += len(p.Figures())
	}
	blocks = append(blocks, line(bold("《"+r.Title+"》")))
	if r.Issuer != "" {
		blocks = append(blocks, line(plain(r.Issuer)))
	}
	if r.Year > 0 {
		blocks = append(blocks, line(plain(fmt.Sprintf(w.speaksIn, r.Year))))
	}
	blocks = append(blocks, line(plain(fmt.Sprintf(w.holds, len(r.Sections), len(r.Paragraphs), figures))))
	switch {
	case figures == 0:
		blocks = append(blocks, line(plain(w.noFiguresIn)))
	case r.Year == 0:
		blocks = append(blocks, line(plain(w.noYear)))
	}
	return blocks
}

// taken adds a file that its administrator confirmed, or leaves it.
func (h *Handler) taken(m Message, rest string, w *wording) Reply {
	how, key, _ := strings.Cut(rest, ":")
	if h.keeper == nil {
		return say(w.stale)
	}
	switch how {
	case "adopt":
		return h.addedReport(m, false, w, func() (*corpus.Report, *corpus.Report, error) { return h.keeper.Adopt(key) })
	case "keep":
		h.keeper.Leave(key)
		return Reply{Blocks: lined([]string{w.left}), Edit: true}
	}
	f, ok := h.staged.take(key, m.User, h.now())
	if !ok {
		return say(w.stale)
	}
	if how == "no" {
		return Reply{Blocks: lined([]string{w.left}), Edit: true}
	}
	return h.addedReport(m, how == "restricted", w, func() (*corpus.Report, *corpus.Report, error) { return h.keeper.Add(f.name, f.content) })
}

// addedReport tells what became of a report that was to be added.
func (h *Handler) addedReport(m Message, restrict bool, w *wording, add func() (added, old *corpus.Report, err error)) Reply {
	added, old, err := add()
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
		return say(fmt.Sprintf(w.notAdded, err))
	}
	h.log.Info("a report was added", "user", m.User, "report", added.ID)
	if restrict {
		h.noted(h.record.Restrict(added.ID, true, m.User))
	}
	r := Reply{Blocks: append(lined([]string{w.added}), understoodReport(added, w)...), Edit: true}
	if old != nil {
		r.Notices = h.recalls(old, added, w)
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.recalledTo, len(library.Recall(old, added)), len(r.Notices)))))
	}
	return r
}

// Of a report that was replaced: how long ago a figure may have been shown for
// its reader to be told, and how many figures one notice lists.
const (
	recalledFor = 30 * 24 * time.Hour
	mostInOne   = 10
)

// recalls tells those who were shown figures of a report what has changed.
func (h *Handler) recalls(old, now *corpus.Report, w *wording) (notices []Notice) {
	changed := library.Recall(old, now)
	if len(changed) == 0 {
		return nil
	}
	readers, err := h.record.ShownFigures(old.ID, h.now().Add(-recalledFor))
	h.noted(err)
	blocks := []Block{line(plain(fmt.Sprintf(w.recall, now.Title)))}
	for _, c := range changed[:min(len(changed), mostInOne)] {
		fresh := w.noLonger
		if c.New != nil {
			fresh = c.New.Paragraph.Report.Slice(c.New.Bounded)
		}
		blocks = append(blocks, line(plain(thing(c.Old)+"："+c.Old.Paragraph.Report.Slice(c.Old.Bounded)+" → "), bold(fresh)))
	}
	if len(changed) > mostInOne {
		blocks = append(blocks, line(plain("…")))
	}
	told := map[int64]bool{}
	for _, r := range readers {
		if !told[r.Chat] {
			told[r.Chat] = true
			notices = append(notices, Notice{Chat: r.Chat, Reply: Reply{Blocks: blocks}})
		}
	}
	return notices
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
