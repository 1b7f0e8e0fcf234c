package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
)

func isAdministrators(command string) bool {
	return slices.ContainsFunc(wording.All["zh"].Administrators, func(c Command) bool { return c.Name == command })
}

// administer answers a command of administrators. What tells of people is told
// in private only.
func (h *Handler) administer(ctx context.Context, m Message, name, rest string, w *wording.Wording) Reply {
	switch {
	case m.Anonymous:
		return h.refuse(m, "forged", say(w.Anonymous))
	case !h.access.Administrator(m.User):
		return h.refuse(m, "forged", say(w.NotAdministrator))
	}
	switch name {
	case "allow":
		return h.allow(m, rest, w)
	case "ban":
		return h.ban(m, rest, w)
	}
	if isGroup(m.Chat) {
		return aside(w.Privately)
	}
	switch name {
	case "users":
		return h.users("", w)
	case "stats":
		return h.stats(w)
	case "gaps":
		return h.gaps("", w)
	case "withdraw":
		return h.withdrawals("", w)
	case "golden":
		return h.golden(ctx, m, rest, w)
	}
	return h.restrictions(m, "", w)
}

// pressAdministrator answers a button of administrators. Its data may be
// forged: who is none is refused, whatever it says.
func (h *Handler) pressAdministrator(m Message, kind, rest string, w *wording.Wording) Reply {
	switch {
	case !h.access.Administrator(m.User):
		h.log.Warn("a button of administrators was pressed by someone else", "user", m.User)
		return h.refuse(m, "forged", say(w.NotAdministrator))
	case isGroup(m.Chat):
		return aside(w.Privately)
	case kind == toDecide:
		return h.decide(m, rest, w)
	case kind == toUsers:
		return h.users(rest, w)
	case kind == toGaps:
		return h.gaps(rest, w)
	case kind == toTake:
		return h.taken(m, rest, w)
	case kind == toWithdraw:
		return h.withdraw(m, rest, w)
	}
	return h.restrictions(m, rest, w)
}

// decide answers a stranger's request and tells the stranger.
func (h *Handler) decide(m Message, data string, w *wording.Wording) Reply {
	choice, number, _ := strings.Cut(data, ":")
	user, err := strconv.ParseInt(number, 10, 64)
	role, known := map[string]record.Role{"agree": record.Reader, "refuse": record.None, "ban": record.Banned}[choice]
	if err != nil || !known {
		return say(w.Stale)
	}
	decided, err := h.access.Decide(user, role, m.User)
	if err != nil {
		h.noted(err)
		return say(w.NotKept)
	}
	if !decided {
		return Reply{Blocks: lined([]string{w.DecidedAlready}), Edit: true}
	}
	h.log.Info("a request was decided", "user", user, "role", role, "by", m.User)
	r := say(fmt.Sprintf(map[string]string{"agree": w.Agreed, "refuse": w.Refused, "ban": w.BannedNow}[choice], h.person(user, w)))
	r.Edit = true
	r.Notices = []Notice{h.outcome(user, role)}
	return r
}

// outcome is what a stranger is told of the request.
func (h *Handler) outcome(user int64, role record.Role) Notice {
	w := h.wordingFor(user)
	switch role {
	case record.Reader:
		return Notice{Chat: user, Reply: say(w.Welcome)}
	case record.Administrator:
		return Notice{Chat: user, Reply: say(w.NowAdministrator)}
	}
	return Notice{Chat: user, Reply: say(fmt.Sprintf(w.RequestRefused, user))}
}

// person is someone by name and number.
func (h *Handler) person(id int64, w *wording.Wording) string {
	p, err := h.record.Person(id)
	h.noted(err)
	return label(id, p.Name, w)
}

// allow lets a person in, or in a group the group: "/allow", "/allow 99",
// "/allow 99 administrator".
func (h *Handler) allow(m Message, rest string, w *wording.Wording) Reply {
	words := strings.Fields(rest)
	role := record.Reader
	if len(words) == 2 && record.Role(words[1]) == record.Administrator {
		role, words = record.Administrator, words[:1]
	}
	subject, ok := subjectOf(m, words)
	if !ok || role == record.Administrator && isGroup(subject) {
		return say(w.HowToAllow)
	}
	if isGroup(subject) {
		return h.grant(m, subject, role, w.GroupOpened, w)
	}
	said := w.Agreed
	if role == record.Administrator {
		said = w.Made
	}
	r := h.grant(m, subject, role, said, w)
	if h.access.role(subject) == role && subject != m.User {
		r.Notices = []Notice{h.outcome(subject, role)}
	}
	return r
}

// ban shuts a person out; of a group it takes back that it was let in. One who
// waits to be let in learns the outcome.
func (h *Handler) ban(m Message, rest string, w *wording.Wording) Reply {
	subject, ok := subjectOf(m, strings.Fields(rest))
	switch {
	case !ok:
		return say(w.HowToBan)
	case isGroup(subject):
		return h.grant(m, subject, record.None, w.GroupEnded, w)
	}
	waiting, err := h.record.Requests()
	h.noted(err)
	r := h.grant(m, subject, record.Banned, w.BannedNow, w)
	if h.access.role(subject) == record.Banned && slices.ContainsFunc(waiting, func(p record.Person) bool { return p.ID == subject }) {
		r.Notices = []Notice{h.outcome(subject, record.Banned)}
	}
	return r
}

// subjectOf is the number that a command names; without one, the group that it
// is sent in.
func subjectOf(m Message, words []string) (int64, bool) {
	switch {
	case len(words) == 0:
		return m.Chat, isGroup(m.Chat)
	case len(words) > 1:
		return 0, false
	}
	id, err := strconv.ParseInt(words[0], 10, 64)
	return id, err == nil && id != 0
}

// grant keeps a role and says so. said may have a place for the person.
func (h *Handler) grant(m Message, subject int64, role record.Role, said string, w *wording.Wording) Reply {
	switch {
	case subject == m.User:
		return say(w.OwnRole)
	case h.access.belowFloor(subject, role):
		return say(fmt.Sprintf(w.Fixed, subject))
	}
	if err := h.access.Grant(subject, role, m.User); err != nil {
		h.noted(err)
		return say(w.NotKept)
	}
	h.log.Info("a role was given", "subject", subject, "role", role, "by", m.User)
	if strings.Contains(said, "%s") {
		said = fmt.Sprintf(said, h.person(subject, w))
	}
	return say(said)
}

// users lists who waits, who is allowed and who is banned.
func (h *Handler) users(page string, w *wording.Wording) Reply {
	waiting, err := h.record.Requests()
	if err != nil {
		h.noted(err)
		return say(w.Failed)
	}
	granted, err := h.record.Grants()
	if err != nil {
		h.noted(err)
		return say(w.Failed)
	}
	var lines []string
	for _, p := range waiting {
		lines = append(lines, label(p.ID, p.Name, w)+" · "+w.Waiting)
	}
	for _, id := range h.access.named() {
		lines = append(lines, h.person(id, w)+" · "+h.roleName(id, w))
	}
	for _, g := range granted {
		if !h.access.fixed(g.Subject) {
			lines = append(lines, label(g.Subject, g.Name, w)+" · "+h.roleName(g.Subject, w))
		}
	}
	return pageOfLines(lines, page, w.UsersOf, toUsers, w)
}

func (h *Handler) roleName(subject int64, w *wording.Wording) string {
	return map[record.Role]string{record.Reader: w.Reader, record.Administrator: w.Administrator, record.Banned: w.BannedRole}[h.access.role(subject)]
}

// listed is how many lines one page of a list for administrators has.
const listed = 15

// pageOfLines is one page of a list, and the way to the pages around it.
func pageOfLines(lines []string, page, title, data string, w *wording.Wording) Reply {
	n := pageOf(page, len(lines), listed)
	pages := max(1, (len(lines)+listed-1)/listed)
	r := Reply{Blocks: []Block{line(bold(fmt.Sprintf(title, n+1, pages)))}, Edit: true}
	for _, l := range lines[n*listed : min(len(lines), (n+1)*listed)] {
		r.Blocks = append(r.Blocks, line(plain(l)))
	}
	r.Buttons = appendRow(nil, turning(n, pages, func(page int) string { return data + strconv.Itoa(page) }, w))
	return r
}

// stats tells how much the bot was used in the last week and the last month.
func (h *Handler) stats(w *wording.Wording) Reply {
	var r Reply
	for _, days := range []int{7, 30} {
		s, err := h.record.Stats(h.now().AddDate(0, 0, -days))
		if err != nil {
			h.noted(err)
			return say(w.Failed)
		}
		r.Blocks = append(r.Blocks, line(bold(fmt.Sprintf(w.StatsOf, days))), line(plain(fmt.Sprintf(w.StatsPeople, s.People, s.Questions))),
			line(plain(fmt.Sprintf(w.StatsAnswers, s.Figures, s.Passages, s.Unsaid))), line(plain(fmt.Sprintf(w.StatsRest, s.Good, s.Bad, s.Refused))))
	}
	return r
}

// gaps lists the questions that were not answered, or not well. It names no one.
func (h *Handler) gaps(page string, w *wording.Wording) Reply {
	gaps, err := h.record.Gaps()
	if err != nil {
		h.noted(err)
		return say(w.Failed)
	}
	if len(gaps) == 0 {
		return say(w.NoGaps)
	}
	if id, ok := strings.CutPrefix(page, "keep:"); ok {
		return askGolden(gaps, id, w)
	}
	var lines []string
	for i, g := range gaps {
		lines = append(lines, fmt.Sprintf("%d. ", i+1)+fmt.Sprintf(w.Gap, shorten(g.Question, 60), g.Count, g.Last.In(time.Local).Format(time.DateOnly))+" · "+reasons(g, w))
	}
	r := pageOfLines(lines, page, w.GapsOf, toGaps, w)
	first := pageOf(page, len(gaps), listed) * listed
	var keep []Button
	for i, g := range gaps[first:min(len(gaps), first+listed)] {
		keep = append(keep, Button{Label: fmt.Sprint(first + i + 1), Data: toGaps + "keep:" + gapID(g)})
	}
	r.Blocks = append(r.Blocks, line(faint(w.KeepWhich)))
	for row := range slices.Chunk(keep, 5) {
		r.Buttons = append(r.Buttons, row)
	}
	return r
}

// gapID finds a gap again though others have come since its page was shown.
func gapID(g record.Gap) string {
	sum := sha256.Sum256([]byte(g.Question))
	return hex.EncodeToString(sum[:8])
}

// askGolden asks for the right answer to a question that was not answered well:
// the command to complete, to be copied.
func askGolden(gaps []record.Gap, id string, w *wording.Wording) Reply {
	i := slices.IndexFunc(gaps, func(g record.Gap) bool { return gapID(g) == id })
	if i < 0 {
		return say(w.Stale)
	}
	begin := "/golden " + strings.ReplaceAll(gaps[i].Question, "=", " ") + " = "
	r := say(w.AskGolden, begin)
	r.Buttons = [][]Button{{{Label: w.Copy, Copy: shorten(begin, longestCopy)}}}
	return r
}

// reasons is why a question is a gap, each with how often.
func reasons(g record.Gap, w *wording.Wording) string {
	var all []string
	add := func(name string, n int) {
		if n > 0 {
			all = append(all, fmt.Sprintf("%s %d", name, n))
		}
	}
	add(w.Unsaid, g.Unsaid)
	add("👎", g.Wrong[""])
	add("👎 "+w.WrongFigure, g.Wrong["figure"])
	add("👎 "+w.WrongPassage, g.Wrong["passage"])
	add("👎 "+w.WrongMissing, g.Wrong["missing"])
	return strings.Join(all, w.CopiedSep)
}

// restrictions lists the reports with their marks. at is a page, and after it
// perhaps what to do with which report: "0:mark:283c24f1". A button says what is
// to become of the report, so that one pressed twice, or long after, does not
// turn the mark round.
func (h *Handler) restrictions(m Message, at string, w *wording.Wording) Reply {
	page, rest, _ := strings.Cut(at, ":")
	do, id, _ := strings.Cut(rest, ":")
	all := h.engine.Corpus().Reports
	if slices.ContainsFunc(all, func(r *corpus.Head) bool { return r.ID == id }) && (do == "mark" || do == "free") {
		if err := h.marks.set(id, do == "mark", m.User); err != nil {
			h.noted(err)
			return say(w.NotKept)
		}
		h.log.Info("a report was marked or freed", "report", id, "do", do, "by", m.User)
	}
	var entries []Button
	for _, report := range all {
		label, do := shorten(report.Title, 40), "mark"
		if h.marks.has(report.ID) {
			label, do = "🔒 "+label, "free"
		}
		entries = append(entries, Button{Label: label, Data: fmt.Sprintf("%s%d:%s:%s", toRestrict, pageOf(page, len(all), outlined), do, report.ID)})
	}
	return Reply{Blocks: lined([]string{w.RestrictAsk}), Buttons: paged(entries, page, toRestrict, w), Edit: true}
}

// marks is which reports are restricted, as the record has it: a command may
// mark one while the bot runs. While the record can't be read every report
// counts as restricted.
type marks struct{ record *record.Record }

// has tells whether a report is restricted. What can't be read is.
func (k *marks) has(report string) bool {
	ids, err := k.record.RestrictedReports()
	return err != nil || k.record.Lost() != nil || slices.Contains(ids, report)
}

// set marks a report, or takes its mark away.
func (k *marks) set(report string, on bool, by int64) error {
	return k.record.Restrict(report, on, by)
}
