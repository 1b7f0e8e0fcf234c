package record

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Role is what a person, or a group, may do.
type Role string

const (
	None          Role = ""
	Reader        Role = "reader"
	Administrator Role = "administrator"
	Banned        Role = "banned"
)

// Person is who has written to the bot.
type Person struct {
	ID     int64
	Name   string
	Lang   string // chosen, "" where the person never chose
	Spoken string // hinted by the person's own program
	Place  string // whose reports are asked where a question names no place, "" for all
}

// Met notes a person and returns what is known of them. The row is written
// when something about it is new, or an hour has passed.
func (r *Record) Met(id int64, name, spoken string) (Person, error) {
	now := r.Now()
	_, err := r.exec(`INSERT INTO users (id, name, spoken, first, last) VALUES (?1, ?2, ?3, ?4, ?4)
		ON CONFLICT (id) DO UPDATE SET name = ?2, spoken = ?3, last = ?4 WHERE name <> ?2 OR spoken <> ?3 OR last < ?5`,
		id, name, spoken, stamp(now), stamp(now.Add(-time.Hour)))
	if err != nil {
		return Person{ID: id, Name: name, Spoken: spoken}, err
	}
	return r.Person(id)
}

// Person is what is known of a person; of a stranger the ID alone.
func (r *Record) Person(id int64) (Person, error) {
	p := Person{ID: id}
	err := r.db.QueryRow("SELECT name, lang, spoken, place FROM users WHERE id = ?", id).Scan(&p.Name, &p.Lang, &p.Spoken, &p.Place)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	return p, err
}

// Speak keeps the language that a person chose.
func (r *Record) Speak(id int64, lang string) error {
	_, err := r.exec("UPDATE users SET lang = ? WHERE id = ?", lang, id)
	return err
}

// Settle keeps the place that a person's questions are on where they name none.
func (r *Record) Settle(id int64, place string) error {
	_, err := r.exec("UPDATE users SET place = ? WHERE id = ?", place, id)
	return err
}

// MetGroup notes a group by its title.
func (r *Record) MetGroup(id int64, title string) error {
	now := r.Now()
	_, err := r.exec(`INSERT INTO groups (id, title, last) VALUES (?1, ?2, ?3)
		ON CONFLICT (id) DO UPDATE SET title = ?2, last = ?3 WHERE title <> ?2 OR last < ?4`,
		id, title, stamp(now), stamp(now.Add(-time.Hour)))
	return err
}

// Grant gives a person or a group a role; None and Banned take it away. A
// request that waits is settled by it.
func (r *Record) Grant(subject int64, role Role, by int64) error {
	return r.change(func(tx *sql.Tx) error {
		if _, err := r.settle(tx, subject, role); err != nil {
			return err
		}
		return r.grant(tx, subject, role, by)
	})
}

// settle closes a request that waits; false where there is none.
func (r *Record) settle(tx *sql.Tx, user int64, role Role) (bool, error) {
	state := "granted"
	if role == None || role == Banned {
		state = string(Refused)
	}
	done, err := tx.Exec("UPDATE requests SET state = ?, at = ? WHERE user = ? AND state = ?", state, r.now(), user, Waiting)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

func (r *Record) grant(tx *sql.Tx, subject int64, role Role, by int64) error {
	if err := whole(tx, "grants"); err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO grants (subject, role, by, at) VALUES (?, ?, ?, ?)", subject, role, by, r.now()); err != nil {
		return err
	}
	return seal(tx, "grants")
}

// Move gives all that is kept of a group to the new ID that Telegram gives it
// when it becomes a supergroup.
func (r *Record) Move(from, to int64) error {
	return r.change(func(tx *sql.Tx) error {
		if err := whole(tx, "grants"); err != nil {
			return err
		}
		for _, column := range []string{"grants SET subject", "groups SET id", "memory SET chat", "questions SET chat", "answers SET chat", "refusals SET chat", "notices SET chat"} {
			_, name, _ := strings.Cut(column, " SET ")
			if _, err := tx.Exec("UPDATE OR REPLACE "+column+" = ? WHERE "+name+" = ?", to, from); err != nil {
				return err
			}
		}
		return errors.Join(resum(tx, from, to), seal(tx, "grants"))
	})
}

// resum gives what was moved to another chat the sums that it has there.
func resum(tx *sql.Tx, from, to int64) error {
	type row struct {
		id    int64
		sum   string
		w     Where
		parts [4]string
		body  []byte
	}
	read := func(query string, into func(*row) []any) (all []row, err error) {
		found, err := tx.Query(query, to)
		if err != nil {
			return nil, err
		}
		defer found.Close()
		for found.Next() {
			var x row
			if err := found.Scan(into(&x)...); err != nil {
				return nil, err
			}
			all = append(all, x)
		}
		return all, found.Err()
	}
	talks, err := read("SELECT rowid, sum, user, thread, questions, passages, lang, at FROM memory WHERE chat = ?", func(x *row) []any {
		return []any{&x.id, &x.sum, &x.w.User, &x.w.Thread, &x.parts[0], &x.parts[1], &x.parts[2], &x.parts[3]}
	})
	if err != nil {
		return err
	}
	for _, x := range talks {
		was, is := Where{x.w.User, from, x.w.Thread}, Where{x.w.User, to, x.w.Thread}
		if x.sum != sumOfText(append([]string{fmt.Sprint(was)}, x.parts[:]...)...) {
			continue
		}
		if _, err := tx.Exec("UPDATE memory SET sum = ? WHERE rowid = ?", sumOfText(append([]string{fmt.Sprint(is)}, x.parts[:]...)...), x.id); err != nil {
			return err
		}
	}
	notices, err := read("SELECT id, body FROM notices WHERE chat = ? AND body IS NOT NULL", func(x *row) []any { return []any{&x.id, &x.body} })
	if err != nil {
		return err
	}
	for _, x := range notices {
		if body, ok := unsealed(from, x.body); ok {
			if _, err := tx.Exec("UPDATE notices SET body = ? WHERE id = ?", sealedBody(to, body), x.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// Granted is a role that holds, and the name it goes by.
type Granted struct {
	Subject int64
	Role    Role
	Name    string // of the person, or the group's title
	By      int64
	At      time.Time
}

// Grants is the roles that hold, those given last first.
func (r *Record) Grants() ([]Granted, error) {
	if err := whole(r.db, "grants"); err != nil {
		return nil, err
	}
	return rows(r, func(s *sql.Rows, g *Granted) error {
		var at string
		err := s.Scan(&g.Subject, &g.Role, &g.Name, &g.By, &at)
		g.At = parsed(at)
		return err
	}, `SELECT g.subject, g.role, coalesce(u.name, c.title, ''), g.by, g.at FROM grants g
		LEFT JOIN users u ON u.id = g.subject LEFT JOIN groups c ON c.id = g.subject
		WHERE g.id IN (SELECT max(id) FROM grants NOT INDEXED GROUP BY subject) AND g.role <> '' ORDER BY g.id DESC`)
}

// Asking is what became of a person's request to be let in.
type Asking string

const (
	New     Asking = "new"  // passed on now
	Waiting Asking = "open" // passed on before, and not decided
	Refused Asking = "refused"
)

// Request keeps a person's request. One that was refused may be repeated after
// that long.
func (r *Record) Request(user int64, again time.Duration) (became Asking, err error) {
	err = r.change(func(tx *sql.Tx) error {
		var at string
		switch err := tx.QueryRow("SELECT state, at FROM requests WHERE user = ?", user).Scan(&became, &at); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return err
		case became == Waiting, became == Refused && r.Now().Sub(parsed(at)) < again:
			return nil
		}
		became = New
		_, err := tx.Exec("INSERT OR REPLACE INTO requests (user, state, at) VALUES (?, ?, ?)", user, Waiting, r.now())
		return err
	})
	return became, err
}

// Requests is who waits to be let in, longest first.
func (r *Record) Requests() ([]Person, error) {
	return rows(r, func(s *sql.Rows, p *Person) error { return s.Scan(&p.ID, &p.Name) },
		"SELECT r.user, coalesce(u.name, '') FROM requests r LEFT JOIN users u ON u.id = r.user WHERE r.state = ? ORDER BY r.at", Waiting)
}

// Decide answers an open request: with None it is refused, else the role is
// granted. It returns false where no request is open, and changes nothing then.
func (r *Record) Decide(user int64, role Role, by int64) (decided bool, err error) {
	err = r.change(func(tx *sql.Tx) error {
		if decided, err = r.settle(tx, user, role); err != nil || !decided || role == None {
			return err
		}
		return r.grant(tx, user, role, by)
	})
	return decided && err == nil, err
}

// Forget drops a person's questions and memory, and takes the person off the
// answers given and the feedback. What the person is allowed stays.
func (r *Record) Forget(user int64) error {
	return r.erase(func(tx *sql.Tx) error {
		for _, step := range []string{
			"DELETE FROM memory WHERE user = ?",
			"DELETE FROM kept WHERE user = ?",
			"DELETE FROM questions WHERE user = ?",
			"DELETE FROM notices WHERE chat = ?",
			"UPDATE answers SET chat = NULL WHERE chat = ?", // a private chat has the person's own number
			"UPDATE answers SET user = NULL WHERE user = ?",
			"UPDATE feedback SET user = NULL WHERE user = ?",
			"UPDATE refusals SET chat = NULL WHERE chat = ?",
			"UPDATE refusals SET user = NULL WHERE user = ?",
			"UPDATE users SET name = '', lang = '', spoken = '', place = '' WHERE id = ?",
		} {
			if _, err := tx.Exec(step, user); err != nil {
				return err
			}
		}
		return nil
	})
}
