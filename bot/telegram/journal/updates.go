package journal

import (
	"database/sql"
	"fmt"
	"time"
)

// Take writes updates down and returns those that were not there yet. Once it
// returns, Telegram may forget them.
func (j *Journal) Take(updates []Update) (fresh []Update, err error) {
	if len(updates) == 0 {
		return nil, nil
	}
	err = j.do(func(t tx) error {
		fresh = nil
		for _, u := range updates {
			r, err := t.exec(`INSERT OR IGNORE INTO updates (id, chat, body, taken) VALUES (?, ?, ?, ?)`, u.ID, u.Chat, u.Body, u.Taken.UnixMilli())
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); err != nil {
				return err
			} else if n == 1 {
				fresh = append(fresh, u)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("writing updates to the journal: %w", err)
	}
	return fresh, nil
}

// Waiting is the updates not answered yet, without their bodies, oldest first.
func (j *Journal) Waiting() (list []Update, err error) {
	err = j.do(func(t tx) error {
		list = nil
		return t.each(func(r *sql.Rows) error {
			var u Update
			list = append(list, u)
			return r.Scan(&list[len(list)-1].ID, &list[len(list)-1].Chat)
		}, `SELECT id, chat FROM updates WHERE body IS NOT NULL ORDER BY id`)
	})
	return list, err
}

// Update is one that waits; its Body is nil where it does not, or is not there.
func (j *Journal) Update(id int64) (u Update, err error) {
	err = j.do(func(t tx) error {
		var taken int64
		err := t.row([]any{&u.ID, &u.Chat, &u.Body, &taken}, `SELECT id, chat, body, taken FROM updates WHERE id = ?`, id)
		u.Taken = time.UnixMilli(taken)
		if err == sql.ErrNoRows {
			return nil
		}
		return err
	})
	return u, err
}

// Answer writes down that an update is answered, and by which messages, whose
// IDs it sets. An update that was answered before is not answered again: ok is
// false and nothing is written. It returns at once; done is called when it is on
// disk, and must not wait for the journal.
func (j *Journal) Answer(update int64, messages []Message, done func(ok bool, err error)) {
	var ok bool
	j.later(func(t tx) error {
		ok = false
		r, err := t.exec(`UPDATE updates SET body = NULL WHERE id = ? AND body IS NOT NULL`, update)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return err
		}
		ok = true
		return insert(t, messages)
	}, func(err error) {
		if err != nil {
			ok, err = false, fmt.Errorf("writing an answer to the journal: %w", err)
		}
		done(ok, err)
	})
}

// Tell writes down messages that answer no update, once for each number: told
// of the same number again, ok is false and nothing is written.
func (j *Journal) Tell(number int64, messages []Message) (ok bool, err error) {
	err = j.do(func(t tx) error {
		ok = false
		r, err := t.exec(`INSERT OR IGNORE INTO updates (id, chat, body, taken) VALUES (?, 0, NULL, ?)`, -number, time.Now().UnixMilli())
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return err
		}
		ok = true
		return insert(t, messages)
	})
	if err != nil {
		return false, fmt.Errorf("writing a notice to the journal: %w", err)
	}
	return ok, nil
}

// keep is how long what has served is remembered: a person may edit a question
// for two days, and Telegram keeps what it could not deliver for one.
const keep = 48 * time.Hour

// Prune forgets what is older than that at the time given. Nothing of what was
// wiped stands in the files then.
func (j *Journal) Prune(now time.Time) error {
	old := now.Add(-keep).UnixMilli()
	err := j.do(func(t tx) error {
		if _, err := t.exec(`DELETE FROM updates WHERE body IS NULL AND taken < ?`, old); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM messages WHERE state > ? AND at < ?`, Sending, old)
		return err
	})
	if err != nil {
		return err
	}
	return j.erased()
}

// Forget drops what has served of a private chat: that person asked for it. Of an
// update its number stays, so that it is not answered twice.
func (j *Journal) Forget(chat int64) error {
	err := j.do(func(t tx) error {
		if _, err := t.exec(`UPDATE updates SET chat = 0 WHERE chat = ? AND body IS NULL`, chat); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM messages WHERE chat = ? AND state > ?`, chat, Sending)
		return err
	})
	if err != nil {
		return err
	}
	return j.erased()
}
