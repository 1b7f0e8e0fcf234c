package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/index"
)

// GoldenChanged is why new reports are not taken: answers that an administrator
// has confirmed would change.
type GoldenChanged struct {
	Pending string // by which the change can be adopted all the same; "" for readings, which have their own way
	Changes []GoldenChange
}

// GoldenChange is one such answer.
type GoldenChange struct{ Question, Expected, Now string }

func (g *GoldenChanged) Error() string {
	var lines []string
	for _, c := range g.Changes {
		lines = append(lines, fmt.Sprintf("%s: %s → %s", c.Question, c.Expected, c.Now))
	}
	return "confirmed answers would change: " + strings.Join(lines, "; ")
}

// HeldAgainst asks the golden questions of an engine that is to be taken.
// Those that the old one answered as confirmed and the new one does not are
// what changed.
func HeldAgainst(ctx context.Context, golden []record.Golden, old, new Asker) (changes []GoldenChange) {
	for _, g := range golden {
		if !confirms(old.Ask(ctx, g.Question, nil), g.Expected) {
			continue
		}
		if a := new.Ask(ctx, g.Question, nil); !confirms(a, g.Expected) {
			changes = append(changes, GoldenChange{g.Question, g.Expected, inShort(a)})
		}
	}
	return changes
}

// confirms tells whether an answer is the one expected: its first figure, else
// words of its first passage.
func confirms(a index.Answer, expected string) bool {
	switch {
	case !a.Answered:
		return false
	case len(a.Figures) > 0:
		f := a.Figures[0]
		return strings.Contains(saying.Text(f.Figure), expected)
	}
	return len(a.Passages) > 0 && strings.Contains(a.Passages[0].Text(), expected)
}

// inShort is what an answer shows first.
func inShort(a index.Answer) string {
	switch {
	case !a.Answered:
		return "—"
	case len(a.Figures) > 0:
		return saying.Text(a.Figures[0].Figure)
	}
	return shorten(a.Passages[0].Report.Slice(a.Passages[0].Best), longestFollowed)
}

// golden keeps a question with its right answer (/golden 问题 = 答案), drops one
// (/golden - 3), or lists them. One that is answered otherwise is kept too: it
// guards its answer from the day on which it is right.
func (h *Handler) golden(ctx context.Context, m Message, rest string, w *wording.Wording) Reply {
	if number, ok := strings.CutPrefix(rest, "-"); ok {
		return h.dropGolden(strings.TrimSpace(number), w)
	}
	question, expected, ok := strings.Cut(rest, "=")
	if rest == "" {
		return h.goldens(w)
	}
	question, expected = strings.TrimSpace(question), strings.TrimSpace(expected)
	if !ok || question == "" || expected == "" {
		return say(w.HowToGolden)
	}
	id, err := h.record.AddGolden(record.Golden{Question: question, Expected: expected, By: m.User})
	if err != nil {
		h.noted(err)
		return say(w.Failed)
	}
	kept := say(fmt.Sprintf(w.GoldenKept, question, expected))
	if a := h.engine.Ask(ctx, question, nil); !confirms(a, expected) {
		now := w.Unsaid
		if a.Answered {
			now = "“" + inShort(a) + "”"
		}
		kept.Blocks = append(kept.Blocks, line(plain(fmt.Sprintf(w.GoldenOpen, now, id))))
	}
	return kept
}

func (h *Handler) dropGolden(number string, w *wording.Wording) Reply {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return say(w.HowToGolden)
	}
	dropped, err := h.record.RemoveGolden(id)
	h.noted(err)
	if !dropped {
		return say(w.HowToGolden)
	}
	return say(w.GoldenDropped)
}

func (h *Handler) goldens(w *wording.Wording) Reply {
	all, err := h.record.Goldens()
	if err != nil {
		h.noted(err)
		return say(w.Failed)
	}
	if len(all) == 0 {
		return say(w.HowToGolden)
	}
	lines := []string{w.GoldensOf}
	for _, g := range all {
		lines = append(lines, fmt.Sprintf("%d. %s = %s", g.ID, g.Question, g.Expected))
	}
	return say(lines...)
}

// refusedByGolden shows what would change, and asks which to keep.
func refusedByGolden(err error, w *wording.Wording) (Reply, bool) {
	var changed *GoldenChanged
	if !errors.As(err, &changed) {
		return Reply{}, false
	}
	r := changedGolden(w.GoldenChanged, changed, w)
	r.Edit = true
	return r, true
}

// Refused asks the administrators, once, what is to become of a file of the
// folder that would change confirmed answers.
func (h *Handler) Refused(file string, why *GoldenChanged) {
	for _, admin := range h.told() {
		w := h.wordingFor(admin)
		h.notify("golden "+why.Pending, admin, changedGolden(fmt.Sprintf(w.FolderRefused, file), why, w))
	}
}

func changedGolden(say string, changed *GoldenChanged, w *wording.Wording) Reply {
	r := changesOfGolden(say, changed)
	r.Buttons = [][]Button{{{Label: w.Adopt, Data: toTake + "adopt:" + changed.Pending}, {Label: w.KeepOld, Data: toTake + "keep:" + changed.Pending}}}
	return r
}

func changesOfGolden(say string, changed *GoldenChanged) Reply {
	r := Reply{Blocks: []Block{line(plain(say))}}
	for _, c := range changed.Changes {
		r.Blocks = append(r.Blocks, line(plain(c.Question+"："+c.Expected+" → "), bold(c.Now)))
	}
	return r
}
