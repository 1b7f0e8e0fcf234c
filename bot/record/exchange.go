package record

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Where is who says something, and where: the chat is the person's own number
// in private, below zero in a group; the thread is 0 outside of a forum.
type Where struct {
	User, Chat int64
	Thread     int
}

// Kind of an answer.
type Kind string

const (
	WithFigure  Kind = "figure"
	WithPassage Kind = "passage"
	NoAnswer    Kind = "none"       // the reports do not say
	Withheld    Kind = "withheld"   // it did not pass the check of its citation
	Opened      Kind = "opened"     // a page of a report, asked for by a button or a command
	Failed      Kind = "error"      // the search failed: it is not known what the reports say
	Unrecorded  Kind = "unrecorded" // could not be kept, and so was not said
	Sent        Kind = "sent"       // a card that the person sent to another chat
	Told        Kind = "told"       // the correction of a figure that was shown before
)

// Exchange is a question and what was shown for it. Question is "" where a
// page was opened.
type Exchange struct {
	Where
	Question, Lang string
	Kind           Kind
	Shown          []Shown
}

// Shown is a paragraph that was shown, by its IDs; Figure is "" where it was
// no figure's.
type Shown struct{ Report, Paragraph, Figure string }

// Keep keeps an exchange and returns the number of its answer.
func (r *Record) Keep(x Exchange) (answer int64, err error) {
	err = r.change(func(tx *sql.Tx) error {
		question := sql.NullInt64{}
		if x.Question != "" {
			if question.Int64, err = inserted(tx.Exec("INSERT INTO questions (user, chat, text, lang, at) VALUES (?, ?, ?, ?, ?)",
				x.User, x.Chat, x.Question, x.Lang, r.now())); err != nil {
				return err
			}
			question.Valid = true
		}
		answer, err = inserted(tx.Exec("INSERT INTO answers (question, user, chat, thread, kind, at) VALUES (?, ?, ?, ?, ?, ?)",
			question, x.User, x.Chat, x.Thread, x.Kind, r.now()))
		for _, s := range x.Shown {
			if err == nil {
				_, err = tx.Exec("INSERT INTO shown (answer, report, paragraph, figure) VALUES (?, ?, ?, ?)", answer, s.Report, s.Paragraph, s.Figure)
			}
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return answer, nil
}

func inserted(done sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return done.LastInsertId()
}

// Verdict is what a person thinks of an answer.
type Verdict struct {
	Good  bool
	Wrong string // "figure", "passage", "missing"; "" where not said
}

// Judge keeps a person's verdict on an answer given in that chat, in place of
// an earlier one. It returns false where there is no such answer.
func (r *Record) Judge(answer int64, w Where, v Verdict) (found bool, err error) {
	err = r.change(func(tx *sql.Tx) error {
		err := tx.QueryRow("SELECT count(*) > 0 FROM answers WHERE id = ? AND chat = ?", answer, w.Chat).Scan(&found)
		if err != nil || !found {
			return err
		}
		_, err = tx.Exec(`INSERT INTO feedback (answer, user, good, wrong, at) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (answer, user) DO UPDATE SET good = ?3, wrong = ?4, at = ?5`, answer, w.User, v.Good, v.Wrong, r.now())
		return err
	})
	return found && err == nil, err
}

// Refuse keeps that someone was refused; once a minute for the same cause, so
// that a flood fills no disk.
func (r *Record) Refuse(w Where, why string) error {
	now := r.Now()
	_, err := r.exec(`INSERT INTO refusals (user, chat, why, at) SELECT ?1, ?2, ?3, ?4
		WHERE NOT EXISTS (SELECT 1 FROM refusals WHERE user = ?1 AND why = ?3 AND at > ?5)`,
		w.User, w.Chat, why, stamp(now), stamp(now.Add(-time.Minute)))
	return err
}

// Talk is what is remembered of a conversation.
type Talk struct {
	Questions []string
	Passages  []string // paragraph IDs of the last answer, best first
	Lang      string
	At        time.Time
}

// Remember keeps a conversation in place of what was kept of it.
func (r *Record) Remember(w Where, t Talk) error {
	questions, err := json.Marshal(t.Questions)
	if err != nil {
		return err
	}
	passages, err := json.Marshal(t.Passages)
	if err != nil {
		return err
	}
	_, err = r.exec("INSERT OR REPLACE INTO memory (user, chat, thread, questions, passages, lang, at, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		w.User, w.Chat, w.Thread, string(questions), string(passages), t.Lang, stamp(t.At), sumOfText(fmt.Sprint(w), string(questions), string(passages), t.Lang, stamp(t.At)))
	return err
}

// Recall is the conversation kept; the zero Talk where there is none.
func (r *Record) Recall(w Where) (t Talk, err error) {
	var questions, passages, at, sum string
	err = r.db.QueryRow("SELECT questions, passages, lang, at, sum FROM memory WHERE user = ? AND chat = ? AND thread = ?", w.User, w.Chat, w.Thread).
		Scan(&questions, &passages, &t.Lang, &at, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return Talk{}, nil
	}
	if err != nil {
		return Talk{}, err
	}
	switch sum {
	case "": // kept by an earlier version: what is asked next is read by itself
		return Talk{}, nil
	case sumOfText(fmt.Sprint(w), questions, passages, t.Lang, at):
	default:
		return Talk{}, fmt.Errorf("%w (memory)", ErrNotWritten)
	}
	t.At = parsed(at)
	return t, errors.Join(json.Unmarshal([]byte(questions), &t.Questions), json.Unmarshal([]byte(passages), &t.Passages))
}

// ShownTo is a chat, or a topic of it, where figures were shown, and to whom. User
// is the first of Users.
type ShownTo struct {
	Where
	Users   []int64  // 0 for those who asked to be forgotten: the chat alone is known
	Figures []string // their IDs, and those of the figures that came in their place
}

// Readers is where figures of a report were shown between two times, a chat and topic at
// a time, to whom, and which: whom to tell when one of them is recalled. A figure
// that took the place of one that was shown counts as shown, see Succeed.
func (r *Record) Readers(report string, since, until time.Time) (readers []ShownTo, err error) {
	type seen struct {
		Where
		figure string
	}
	all, err := rows(r, func(s *sql.Rows, x *seen) error { return s.Scan(&x.User, &x.Chat, &x.Thread, &x.figure) },
		`WITH RECURSIVE seen (user, chat, thread, figure) AS (
			SELECT coalesce(a.user, 0), a.chat, a.thread, s.figure FROM shown s JOIN answers a ON a.id = s.answer
			WHERE s.figure <> '' AND a.at >= ?2 AND a.at <= ?3 AND a.chat IS NOT NULL
			UNION SELECT seen.user, seen.chat, seen.thread, x.new FROM seen JOIN succession x ON x.old = seen.figure)
		SELECT user, chat, thread, figure FROM seen WHERE figure > ?1 || '-' AND figure < ?1 || '.' ORDER BY chat, thread, user, figure`, report, stamp(since), stamp(until))
	for _, x := range all {
		if n := len(readers); n == 0 || readers[n-1].Chat != x.Chat || readers[n-1].Thread != x.Thread {
			readers = append(readers, ShownTo{Where: x.Where})
		}
		last := &readers[len(readers)-1]
		if !slices.Contains(last.Users, x.User) {
			last.Users = append(last.Users, x.User)
		}
		if !slices.Contains(last.Figures, x.figure) {
			last.Figures = append(last.Figures, x.figure)
		}
	}
	return readers, err
}

// Succeed keeps which figure took the place of which, by their IDs: pairs of the
// old and the new one.
func (r *Record) Succeed(pairs [][2]string) error {
	return r.change(func(tx *sql.Tx) error {
		for _, p := range pairs {
			if _, err := tx.Exec("INSERT OR IGNORE INTO succession (old, new) VALUES (?, ?)", p[0], p[1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Notice is what a chat is to be told. Body is the caller's.
type Notice struct {
	ID   int64
	Chat int64
	Body []byte
}

// Notify keeps what a chat is to be told of a matter, unless it was told of it
// before.
func (r *Record) Notify(key string, chat int64, body []byte) error {
	_, err := r.exec("INSERT OR IGNORE INTO notices (key, chat, body, at) VALUES (?, ?, ?, ?)", key, chat, sealedBody(chat, body), r.now())
	return err
}

// sealedBody is a notice to a chat with its sum before it.
func sealedBody(chat int64, body []byte) []byte {
	return append([]byte(sumOfText(fmt.Sprint(chat), string(body))), body...)
}

// unsealed is the notice, and whether it is what was kept for that chat.
func unsealed(chat int64, kept []byte) (body []byte, ok bool) {
	const sum = 16
	switch {
	case len(kept) > 0 && kept[0] == '{': // of an earlier version
		return kept, true
	case len(kept) < sum || string(kept[:sum]) != sumOfText(fmt.Sprint(chat), string(kept[sum:])):
		return nil, false
	}
	return kept[sum:], true
}

// ToldOf is the chats that were told of a matter, or are about to be.
func (r *Record) ToldOf(key string) ([]int64, error) {
	return rows(r, func(s *sql.Rows, chat *int64) error { return s.Scan(chat) }, "SELECT chat FROM notices WHERE key = ?", key)
}

// Notices is what is still to be told, oldest first. Of one that was altered on
// the disk the body is nil.
func (r *Record) Notices() ([]Notice, error) {
	all, err := rows(r, func(s *sql.Rows, n *Notice) error { return s.Scan(&n.ID, &n.Chat, &n.Body) },
		"SELECT id, chat, body FROM notices WHERE body IS NOT NULL ORDER BY id")
	for i, n := range all {
		all[i].Body, _ = unsealed(n.Chat, n.Body)
	}
	return all, err
}

// Notified says that a notice was handed on.
func (r *Record) Notified(id int64) error {
	_, err := r.exec("UPDATE notices SET body = NULL WHERE id = ?", id)
	return err
}

// LastShown is what the last answer to a question showed, in its order; nothing
// where none was given.
func (r *Record) LastShown(w Where) ([]Shown, error) { return r.shownBefore(w, 0) }

// ShownBefore is the same of the answer before that one.
func (r *Record) ShownBefore(w Where) ([]Shown, error) { return r.shownBefore(w, 1) }

func (r *Record) shownBefore(w Where, back int) ([]Shown, error) {
	return rows(r, func(s *sql.Rows, x *Shown) error { return s.Scan(&x.Report, &x.Paragraph, &x.Figure) },
		`SELECT report, paragraph, figure FROM shown WHERE answer = (SELECT id FROM answers
		WHERE user = ? AND chat = ? AND thread = ? AND question IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?) ORDER BY rowid`, w.User, w.Chat, w.Thread, back)
}

// Restrict marks a report as restricted, or takes the mark away.
func (r *Record) Restrict(report string, on bool, by int64) error {
	if !on {
		return r.changeSealed("restricted", "DELETE FROM restricted WHERE report = ?", report)
	}
	return r.changeSealed("restricted", "INSERT OR REPLACE INTO restricted (report, by, at) VALUES (?, ?, ?)", report, by, r.now())
}

// RestrictedReports is the IDs of the reports marked as restricted.
func (r *Record) RestrictedReports() ([]string, error) {
	if err := whole(r.db, "restricted"); err != nil {
		return nil, err
	}
	return rows(r, func(s *sql.Rows, id *string) error { return s.Scan(id) }, "SELECT report FROM restricted NOT INDEXED") // the rows that the sum is of, and no index of them
}

// Golden is a question with the words that its right answer holds.
type Golden struct {
	ID                 int64
	Question, Expected string
	By                 int64
	At                 time.Time
}

// AddGolden keeps a golden question and returns its number.
func (r *Record) AddGolden(g Golden) (int64, error) {
	return inserted(r.exec("INSERT INTO golden (question, expected, by, at) VALUES (?, ?, ?, ?)", g.Question, g.Expected, g.By, r.now()))
}

// Goldens is the golden questions, oldest first.
func (r *Record) Goldens() ([]Golden, error) {
	return rows(r, func(s *sql.Rows, g *Golden) error {
		var at string
		err := s.Scan(&g.ID, &g.Question, &g.Expected, &g.By, &at)
		g.At = parsed(at)
		return err
	}, "SELECT id, question, expected, by, at FROM golden ORDER BY id")
}

// RemoveGolden drops a golden question; false where there is none of that number.
func (r *Record) RemoveGolden(id int64) (bool, error) {
	done, err := r.exec("DELETE FROM golden WHERE id = ?", id)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}
