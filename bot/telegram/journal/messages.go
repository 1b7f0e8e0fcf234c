package journal

import (
	"database/sql"
	"fmt"
	"time"
)

func insert(t tx, messages []Message) error {
	for i := range messages {
		m := &messages[i]
		r, err := t.exec(`INSERT INTO messages (chat, question, target, method, body, plain, lang, asked, note, state, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			m.Chat, m.Question, m.Target, m.Method, m.Body, m.Plain, m.Lang, m.Asked.UnixMilli(), m.Note, Pending, time.Now().UnixMilli())
		if err != nil {
			return err
		}
		if m.ID, err = r.LastInsertId(); err != nil {
			return err
		}
	}
	return nil
}

const columns = `id, chat, question, target, method, body, coalesce(plain, ''), lang, asked, note, state, number`

// fields is where columns go.
func (m *Message) fields() []any {
	return []any{&m.ID, &m.Chat, &m.Question, &m.Target, &m.Method, &m.Body, &m.Plain, &m.Lang, (*moment)(&m.Asked), &m.Note, &m.State, &m.Number}
}

// moment is a time as the journal keeps it, in milliseconds since 1970.
type moment time.Time

func (t *moment) Scan(v any) error {
	ms, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a time in the journal is %T", v)
	}
	*t = moment(time.UnixMilli(ms))
	return nil
}

// list reads messages.
func list(t tx, query string, args ...any) (found []Message, err error) {
	err = t.each(func(r *sql.Rows) error {
		found = append(found, Message{})
		return r.Scan(found[len(found)-1].fields()...)
	}, `SELECT `+columns+` FROM messages `+query, args...)
	return found, err
}

// Unsent is the messages that are Pending or Sending, oldest first.
func (j *Journal) Unsent() (found []Message, err error) {
	err = j.do(func(t tx) error {
		found, err = list(t, `WHERE state < 2 ORDER BY id`)
		return err
	})
	return found, err
}

// Answers is the messages that answer a person's message, in their order.
func (j *Journal) Answers(chat int64, question int) (found []Message, err error) {
	err = j.do(func(t tx) error {
		found, err = list(t, `WHERE chat = ? AND question = ? AND question <> 0 AND state <> ? AND NOT note ORDER BY id`, chat, question, Dropped)
		return err
	})
	return found, err
}

// Start writes down that a message is being sent, and returns it with the
// message that it aims at, if any. ok is false where it is not to be sent.
func (j *Journal) Start(id int64) (m, target Message, ok bool, err error) {
	err = j.do(func(t tx) error {
		const one = `SELECT ` + columns + ` FROM messages WHERE id = ?`
		m, target = Message{}, Message{}
		if err := t.row(m.fields(), one, id); err != nil {
			return err
		}
		if err := t.row(target.fields(), one, m.Target); err != nil && err != sql.ErrNoRows {
			return err
		}
		if ok = m.State == Pending; !ok {
			return nil
		}
		return set(t, id, Sending)
	})
	if err != nil {
		return m, target, false, fmt.Errorf("reading a message of the journal: %w", err)
	}
	return m, target, ok, nil
}

// Begin is Start for a message that the caller has as it was written: nothing has
// changed it since, and it aims at no other.
func (j *Journal) Begin(id int64) (ok bool, err error) {
	err = j.do(func(t tx) error {
		r, err := t.exec(`UPDATE messages SET state = ? WHERE id = ? AND state = ?`, Sending, id, Pending)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		ok = n == 1
		return err
	})
	return ok, err
}

// Wait writes down that a message did not arrive and is to be tried again.
func (j *Journal) Wait(id int64) error {
	return j.do(func(t tx) error { return set(t, id, Pending) })
}

// Drop writes down that a message is not to be sent any more.
func (j *Journal) Drop(id int64) error {
	return j.do(func(t tx) error { return settle(t, id, Dropped, 0) })
}

// Sent writes down that a message arrived, with the number it has in Telegram.
// Where it aims at another one, that one is now the message of this number; 0
// tells that it was taken away. It returns at once, see Answer.
func (j *Journal) Sent(id, target int64, number int, done func(error)) {
	j.later(func(t tx) error {
		if err := settle(t, id, Sent, number); err != nil || target == 0 {
			return err
		}
		if number == 0 {
			return settle(t, target, Dropped, 0)
		}
		return settle(t, target, Sent, number)
	}, done)
}

// Doubt writes down that nobody can tell whether a message arrived, and the
// note that is to say so; it sets the note's ID.
func (j *Journal) Doubt(id int64, note *Message) error {
	return j.do(func(t tx) error {
		if err := set(t, id, InDoubt); err != nil {
			return err
		}
		notes := []Message{*note}
		err := insert(t, notes)
		note.ID = notes[0].ID
		return err
	})
}

// Again makes a message in doubt one to be sent, because the person asks for
// it; false where it is not in doubt, or belongs to another chat.
func (j *Journal) Again(id, chat int64) (ok bool, err error) {
	err = j.do(func(t tx) error {
		r, err := t.exec(`UPDATE messages SET state = ? WHERE id = ? AND chat = ? AND state = ?`, Pending, id, chat, InDoubt)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		ok = n == 1
		return err
	})
	return ok, err
}

// Move gives what waits for one chat to another: a group that became a
// supergroup has a new ID.
func (j *Journal) Move(from, to int64) error {
	return j.do(func(t tx) error {
		_, err := t.exec(`UPDATE messages SET chat = ? WHERE chat = ? AND state < ?`, to, from, Sent)
		return err
	})
}

func set(t tx, id int64, s State) error {
	_, err := t.exec(`UPDATE messages SET state = ? WHERE id = ?`, s, id)
	return err
}

// settle is the end of a message: its words are wiped.
func settle(t tx, id int64, s State, number int) error {
	_, err := t.exec(`UPDATE messages SET state = ?, number = ?, body = NULL, plain = NULL, at = ? WHERE id = ?`, s, number, time.Now().UnixMilli(), id)
	return err
}

// Change gives a message that Telegram refused another form, to be tried.
func (j *Journal) Change(id int64, method string, body []byte) error {
	return j.do(func(t tx) error {
		_, err := t.exec(`UPDATE messages SET state = ?, method = ?, body = ? WHERE id = ?`, Pending, method, body, id)
		return err
	})
}
