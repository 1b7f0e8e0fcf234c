package record

import (
	"database/sql"
	"encoding/json"
)

// KeepFor keeps a question, with those that it goes on from before it, for the page that a
// person takes to a meeting, once; it returns how many are kept then, and most+1 where there
// is no room for it.
func (r *Record) KeepFor(user int64, questions []string, most int) (n int, err error) {
	text, err := json.Marshal(questions)
	if err != nil {
		return 0, err
	}
	err = r.change(func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT OR IGNORE INTO kept (user, questions, at) VALUES (?, ?, ?)", user, string(text), r.now()); err != nil {
			return err
		}
		if err := tx.QueryRow("SELECT count(*) FROM kept WHERE user = ?", user).Scan(&n); err != nil || n <= most {
			return err
		}
		_, err := tx.Exec("DELETE FROM kept WHERE user = ? AND questions = ?", user, string(text))
		return err
	})
	return n, err
}

// Kept is what a person keeps, in the order in which it was kept.
func (r *Record) Kept(user int64) (list [][]string, err error) {
	rows, err := r.db.Query("SELECT questions FROM kept WHERE user = ? ORDER BY id", user)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		var questions []string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &questions); err != nil {
			return nil, err
		}
		list = append(list, questions)
	}
	return list, rows.Err()
}

// DropKept forgets what a person keeps.
func (r *Record) DropKept(user int64) error {
	_, err := r.exec("DELETE FROM kept WHERE user = ?", user)
	return err
}
