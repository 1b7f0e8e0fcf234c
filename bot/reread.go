package bot

import (
	"errors"
	"fmt"
	"slices"

	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/library"
)

// Reread is a report that this program reads otherwise than the one that it was taken
// with: how many figures change, and the first of them. It holds on to neither reading:
// of a library of thousands all are told of at once.
type Reread struct {
	Title, File                string
	Changed, Added, Gone, Same int
	Such                       []RereadFigure
}

// RereadFigure is a figure as it was read and as it is read now, "" where it is not.
type RereadFigure struct{ About, Old, New string }

// rereadSuch is how many figures of a report are named, and rereadListed how many reports
// a notice lists.
const (
	rereadSuch   = 3
	rereadListed = 5
)

// RereadOf compares two readings of a report.
func RereadOf(again library.Reread) Reread {
	c := library.Compare(again.Old, again.New)
	r := Reread{Title: again.New.Title, File: again.File, Changed: len(c.Changed), Added: len(c.Added), Gone: len(c.Gone), Same: c.Same}
	pairs := slices.Clone(c.Changed)
	for _, f := range c.Gone {
		pairs = append(pairs, library.Recalled{Old: f})
	}
	for _, f := range c.Added {
		pairs = append(pairs, library.Recalled{New: f})
	}
	for _, p := range pairs[:min(len(pairs), rereadSuch)] {
		r.Such = append(r.Such, rereadFigure(p))
	}
	return r
}

func rereadFigure(p library.Recalled) (out RereadFigure) {
	for said, f := range map[*string]*corpus.Figure{&out.Old: p.Old, &out.New: p.New} {
		if f == nil {
			continue
		}
		*said = saying.Text(f)
		out.About = saying.Thing(f)
		if f.Period.Known() {
			out.About += " · " + f.Period.Label
		}
	}
	return out
}

// Rereads says what this program reads otherwise.
func Rereads(reports []Reread, lang string) Reply {
	return rereads(reports, wording.Of(lang)).visible()
}

func rereads(reports []Reread, w *wording.Wording) Reply {
	r := say(fmt.Sprintf(w.RereadOf, len(reports)))
	for _, one := range reports[:min(len(reports), rereadListed)] {
		r.Blocks = append(r.Blocks, one.blocks(w)...)
	}
	if n := len(reports) - rereadListed; n > 0 {
		r.Blocks = append(r.Blocks, line(faint(fmt.Sprintf(w.RereadMore, n))))
	}
	return r
}

// blocks is the report, how many of its figures change, and the first of them.
func (one Reread) blocks(w *wording.Wording) []Block {
	head := "《" + one.Title + "》" + one.File + w.Colon
	if len(one.Such) == 0 {
		return []Block{line(plain(head + w.RereadSame))}
	}
	blocks := []Block{line(plain(head + fmt.Sprintf(w.RereadCounted, one.Changed, one.Added, one.Gone, one.Same)))}
	for _, f := range one.Such {
		blocks = append(blocks, line(plain(f.About+w.Colon+orElse(f.Old, w.RereadUnread)+" → "), bold(orElse(f.New, w.RereadUnread))))
	}
	if n := one.Changed + one.Added + one.Gone - len(one.Such); n > 0 {
		blocks = append(blocks, line(faint(fmt.Sprintf(w.AndMore, n))))
	}
	return blocks
}

func orElse(said, none string) string {
	if said == "" {
		return none
	}
	return said
}

// ReadOtherwise asks the administrators, once for the same reports, whether they are to be
// answered from as this program reads them.
func (h *Handler) ReadOtherwise(key string, reports []Reread) {
	for _, admin := range h.told() {
		w := h.wordingFor(admin)
		r := rereads(reports, w)
		r.Buttons = takeReadings("reread:"+key, w)
		h.notify("reread "+key, admin, r)
	}
}

func takeReadings(data string, w *wording.Wording) [][]Button {
	return [][]Button{{{Label: w.RereadTake, Data: toTake + data}, {Label: w.RereadKeep, Data: toTake + "unread:"}}}
}

// takenReadings takes the new readings, the answers to golden questions permitting; force
// does so whatever they are.
func (h *Handler) takenReadings(m Message, key string, force bool, w *wording.Wording) Reply {
	n, err := h.keeper.TakeOtherwise(key, force)
	var changed *GoldenChanged
	switch {
	case errors.As(err, &changed):
		r := changesOfGolden(w.RereadGolden, changed)
		r.Buttons, r.Edit = takeReadings("reread-all:"+key, w), true
		return r
	case errors.Is(err, library.ErrUnknown):
		return say(w.Stale)
	case err != nil:
		h.log.Error("new readings could not be taken", "user", m.User, "cause", err)
		return say(fmt.Sprintf(w.NotAdded, WhyRefused(err, w.Lang)))
	}
	h.log.Info("new readings were taken", "user", m.User, "reports", n)
	return Reply{Blocks: lined([]string{fmt.Sprintf(w.RereadTaken, n)}), Edit: true}
}
