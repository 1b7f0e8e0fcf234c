package bot

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

// What nobody asked for: a notice is kept in the record when there is cause for
// it, once for each cause and chat, and a face takes it from there. So each is
// told once, whenever the bot was stopped in between.

// Due is a notice that a face is to hand on. Number is always the same for the
// same notice.
type Due struct {
	Number int64
	Notice
}

// Due is the notices for the person at the machine, or those for everyone else.
func (h *Handler) Due(terminal bool) (due []Due) {
	waiting, err := h.record.Notices()
	h.noted(err)
	for _, n := range waiting {
		var r Reply
		if terminal != (n.Chat == Terminal) {
			continue
		}
		if err := json.Unmarshal(n.Body, &r); err != nil {
			h.log.Error("a notice can't be read", "cause", err)
		}
		due = append(due, Due{n.ID, Notice{n.Chat, r}})
	}
	return due
}

// Told says that a notice was handed on.
func (h *Handler) Told(d Due) { h.noted(h.record.Notified(d.Number)) }

func (h *Handler) notify(key string, chat int64, r Reply) {
	body, err := json.Marshal(r.visible())
	if err == nil {
		err = h.record.Notify(key, chat, body)
	}
	h.noted(err)
}

// told is the administrators to be told of something, the person at the machine
// where there are no others.
func (h *Handler) told() []int64 {
	if all := h.access.Administrators(); len(all) > 0 {
		return all
	}
	return []int64{Terminal}
}

// Arrival is what became of a file of the watched folder. Key is that of its content.
type Arrival struct {
	File, Key string
	Taken     []library.Version
	Err       error
}

// mostShown of what arrives at once is shown file by file: whoever copies ten
// years of reports into the folder gets one notice, not a hundred.
const mostShown = 5

// Arrived shows administrators what was understood of files of the folder, and
// why others were left out.
func (h *Handler) Arrived(all []Arrival) {
	for _, admin := range h.told() {
		w := h.wordingFor(admin)
		if len(all) <= mostShown {
			for _, a := range all {
				h.notify("arrived "+a.Key, admin, Reply{Blocks: h.arrived(a, w)})
			}
			continue
		}
		r, taken := Reply{}, 0
		for _, a := range all {
			taken += len(a.Taken)
			if a.Err != nil && len(r.Blocks) < mostInOne {
				r.Blocks = append(r.Blocks, h.arrived(a, w)...)
			}
		}
		r.Blocks = append([]Block{line(plain(fmt.Sprintf(w.FolderTook, len(all), taken)))}, r.Blocks...)
		h.notify("arrived "+all[0].Key, admin, r)
	}
}

func (h *Handler) arrived(a Arrival, w *wording.Wording) (blocks []Block) {
	switch {
	case errors.Is(a.Err, library.ErrThere):
		return lined([]string{fmt.Sprintf(w.FileRefused, a.File, w.AlreadyThere)})
	case a.Err != nil:
		return lined([]string{fmt.Sprintf(w.FileRefused, a.File, WhyRefused(a.Err, w.Lang))})
	}
	blocks = lined([]string{fmt.Sprintf(w.FolderAdded, a.File)})
	for _, v := range a.Taken {
		blocks = append(blocks, understoodReport(v.New.Summary(), w)...)
		if v.Old != nil {
			blocks = append(blocks, line(plain(h.toldOf(v, w))))
		}
	}
	return blocks
}

// underWay is how long an answer from reports that have just changed may take to
// be in the record. Who was shown a figure later was shown the new one.
const underWay = 10 * time.Second

// RecalledFor is how long ago a figure may have been shown for its reader to be
// told that it has changed, and mostInOne how many figures one notice lists.
const (
	RecalledFor = 30 * 24 * time.Hour
	mostInOne   = 10
)

// Recall tells those who were shown figures of reports that have been replaced
// or withdrawn, and those who were told that a report is withdrawn that it stands
// again. Who was told of a change is not told of it again. What was never shown
// to anybody is not read for it.
func (h *Handler) Recall(changes []library.Ended, open func(library.Ended) (library.Version, error)) {
	for _, c := range changes {
		key := "recall " + c.Old.Hash
		switch {
		case c.New != nil && c.Times > 0:
			key += fmt.Sprintf(" %s, %d times before", c.New.Hash, c.Times)
		case c.New != nil:
			key += " " + c.New.Hash
		case c.Times > 0:
			key += fmt.Sprintf(" withdrawn %d times before", c.Times)
		}
		told, err := h.record.ToldOf(key)
		h.noted(err)
		if c.Again != nil {
			h.standsAgain(c, key, told)
			continue
		}
		until := c.Old.Ended.Add(underWay)
		readers, err := h.record.Readers(corpus.ReportID(c.Old.Name), h.now().Add(-RecalledFor), until)
		h.noted(err)
		if !slices.ContainsFunc(readers, func(r record.ShownTo) bool { return !slices.Contains(told, r.Chat) }) {
			continue
		}
		v, err := open(c)
		if err != nil {
			h.log.Warn("who was shown figures of a report can't be told of its change", "report", c.Old.File, "cause", err)
			continue
		}
		h.tell(key, v, until)
	}
}

// tell keeps which figure took whose place and gives notice of what has changed:
// in the topic where it was shown, under the key, those of further topics of a chat
// under one of their own. What the notices show is kept as shown: when it changes in
// its turn they are told again.
func (h *Handler) tell(key string, v library.Version, until time.Time) {
	h.noted(h.record.Succeed(successors(v)))
	var before int64
	for _, t := range h.recalls(v, until) {
		for _, user := range t.to.Users {
			_, err := h.record.Keep(record.Exchange{Where: record.Where{User: user, Chat: t.to.Chat, Thread: t.to.Thread}, Kind: record.Told, Shown: t.shown})
			h.noted(err)
		}
		of := key
		if t.to.Chat == before {
			of = fmt.Sprintf("%s /%d", key, t.to.Thread)
		}
		before = t.to.Chat
		h.notify(of, t.to.Chat, t.reply)
	}
}

// successors is the IDs of figures and of those that took their place.
func successors(v library.Version) (pairs [][2]string) {
	if v.Old == nil || v.New == nil {
		return nil
	}
	for _, p := range library.Pairs(v.Old, v.New) {
		if p.New != nil && p.New.ID != p.Old.ID {
			pairs = append(pairs, [2]string{p.Old.ID, p.New.ID})
		}
	}
	return pairs
}

// told is a notice, and to whom it goes; shown is what it shows.
type told struct {
	to    record.ShownTo
	reply Reply
	shown []record.Shown
}

// standsAgain tells whom a withdrawal was told that the report is there again.
func (h *Handler) standsAgain(c library.Ended, key string, told []int64) {
	for _, chat := range told {
		w := wording.Of("zh")
		if !isGroup(chat) {
			w = h.wordingFor(chat)
		}
		if h.access.MayAsk(chat, chat) {
			h.notify(key+" again", chat, say(fmt.Sprintf(w.StandsAgain, c.Again.Title)))
		}
	}
}

// Vanished asks the administrators, once for the same files, whether the reports
// of files that are gone from the folder are to be withdrawn.
func (h *Handler) Vanished(key string, files []string, of int) {
	for _, admin := range h.told() {
		w := h.wordingFor(admin)
		r := say(fmt.Sprintf(w.Vanished, len(files), of))
		for _, file := range files[:min(len(files), mostInOne)] {
			r.Blocks = append(r.Blocks, line(plain(visible(file))))
		}
		if len(files) > mostInOne {
			r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(h.wordingFor(admin).AndMore, len(files)-mostInOne))))
		}
		r.Buttons = [][]Button{{{Label: w.WithdrawAll, Data: toTake + "gone:" + key}, {Label: w.KeepAll, Data: toTake + "stay:" + key}}}
		h.notify("vanished "+key, admin, r)
	}
}

// Trouble tells the administrators what is wrong, once a day for the same.
func (h *Handler) Trouble(kind, about string) {
	for _, admin := range h.told() {
		h.notify("trouble "+kind+h.now().Format(" 2006-01-02"), admin, say(about))
	}
}

// recalls tells each reader what has become of the figures that this one was
// shown. Who may not ask any more is told nothing.
func (h *Handler) recalls(v library.Version, until time.Time) (notices []told) {
	changed := recalled(v)
	if len(changed) == 0 {
		return nil
	}
	readers, err := h.record.Readers(v.Old.ID, h.now().Add(-RecalledFor), until)
	h.noted(err)
	for _, r := range readers {
		theirs := slices.DeleteFunc(slices.Clone(changed), func(c library.Recalled) bool { return !slices.Contains(r.Figures, c.Old.ID) })
		if len(theirs) > 0 && h.mayBeTold(r) {
			reply := h.recallOf(v, theirs, r)
			reply.Thread = r.Thread
			notices = append(notices, told{r, reply, shownAnew(theirs)})
		}
	}
	return notices
}

// mayBeTold tells whether one of those who were shown figures in a chat may still
// ask there. Where whoever asked is forgotten the group itself must be allowed.
func (h *Handler) mayBeTold(r record.ShownTo) bool {
	return slices.ContainsFunc(r.Users, func(user int64) bool {
		if user == Terminal && isGroup(r.Chat) {
			user = r.Chat
		}
		return h.access.MayAsk(user, r.Chat)
	})
}

func shownAnew(changed []library.Recalled) (shown []record.Shown) {
	for _, c := range changed[:min(len(changed), mostInOne)] {
		if c.New != nil {
			shown = append(shown, record.Shown{Report: c.New.Paragraph.Report.ID, Paragraph: c.New.Paragraph.ID, Figure: c.New.ID})
		}
	}
	return shown
}

// toldOf says how many figures a new version changes and how many people were told.
func (h *Handler) toldOf(v library.Version, w *wording.Wording) string {
	people := map[int64]bool{}
	for _, t := range h.recalls(v, h.now()) {
		for _, user := range t.to.Users {
			people[user] = true
		}
	}
	switch changed := len(recalled(v)); {
	case v.New == nil && len(people) == 0:
		return w.WithdrawnToNone
	case v.New == nil:
		return fmt.Sprintf(w.WithdrawnTo, len(people))
	case changed == 0:
		return w.RecalledNothing
	case len(people) == 0:
		return fmt.Sprintf(w.RecalledToNone, changed)
	default:
		return fmt.Sprintf(w.RecalledTo, changed, len(people))
	}
}

// recalled is the figures that are not what they were; of a report withdrawn, all.
func recalled(v library.Version) (changed []library.Recalled) {
	if v.Old != nil && v.New != nil {
		return library.Recall(v.Old, v.New)
	}
	if v.Old != nil {
		for _, p := range v.Old.Paragraphs {
			for _, f := range p.Figures() {
				changed = append(changed, library.Recalled{Old: f})
			}
		}
	}
	return changed
}

func (h *Handler) recallOf(v library.Version, changed []library.Recalled, to record.ShownTo) Reply {
	w := wording.Of("zh")
	if !isGroup(to.Chat) {
		w = h.wordingFor(to.User)
	}
	head := fmt.Sprintf(w.RecallWithdrawn, v.Old.Title)
	if v.New != nil {
		head = fmt.Sprintf(w.Recall, v.New.Title)
	}
	r := say(head)
	for _, c := range changed[:min(len(changed), mostInOne)] {
		r.Blocks = append(r.Blocks, h.recalledLine(c, v.New != nil, w))
	}
	if len(changed) > mostInOne {
		r.Blocks = append(r.Blocks, line(plain(fmt.Sprintf(w.AndMore, len(changed)-mostInOne))))
	}
	r.Protect = h.restricted(v.Old.ID) || v.New != nil && h.restricted(v.New.ID)
	return r
}

// recalledLine is a figure with its year, what it was and what it is now, and where
// that stands: 新建 充电站 · 2023年：62座 → 65座（一、(六)一是）.
func (h *Handler) recalledLine(c library.Recalled, replaced bool, w *wording.Wording) Block {
	about := h.counts(c.Old, w)
	if when := period(c.Old, w); when != "" {
		about += " · " + when
	}
	runs := []Run{plain(about + w.Colon + saying.Text(c.Old))}
	switch {
	case c.New != nil:
		where := cmp.Or(strings.TrimSpace(place(c.New.Paragraph)), "《"+c.New.Paragraph.Report.Title+"》")
		runs = append(runs, plain(" → "), bold(saying.Text(c.New)), Run{Text: " " + where, Style: Faint, Link: linkTo(c.New.Paragraph)})
	case replaced:
		runs = append(runs, plain(" → "), bold(w.NoLonger))
	}
	return line(runs...)
}
