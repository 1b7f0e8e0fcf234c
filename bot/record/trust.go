package record

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"reportbot/corpus/library/reserve"
)

// What the record says of who may ask and of what is restricted is believed only
// where it is what was written: SQLite has no sums of its own, and a page altered
// on the disk would let a report out. So a sum is kept of both tables, and the
// file beside the record tells one that was emptied or taken away from one that
// never was.

// ErrNotWritten is that the record does not say what was written to it.
var ErrNotWritten = errors.New("the record is damaged: it does not hold what was written")

// sealed is the tables of which a sum is kept, and what it is of.
var sealed = map[string]string{
	"grants":     "SELECT id || ' ' || subject || ' ' || role || ' ' || by || ' ' || at FROM grants ORDER BY id",
	"restricted": "SELECT report || ' ' || by || ' ' || at FROM restricted NOT INDEXED ORDER BY rowid",
}

// querier is a transaction or the database.
type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
	QueryRow(query string, args ...any) *sql.Row
}

func sumOf(q querier, table string) (string, error) {
	found, err := q.Query(sealed[table])
	if err != nil {
		return "", err
	}
	defer found.Close()
	h := sha256.New()
	for found.Next() {
		var row sql.NullString
		if err := found.Scan(&row); err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%q\n", row.String)
	}
	return hex.EncodeToString(h.Sum(nil)), found.Err()
}

// seal keeps the sum of a table that was changed in the same transaction.
func seal(tx *sql.Tx, table string) error {
	sum, err := sumOf(tx, table)
	if err == nil {
		_, err = tx.Exec("INSERT OR REPLACE INTO seals (name, sum) VALUES (?, ?)", table, sum)
	}
	return err
}

// whole tells whether a table is what was written.
func whole(q querier, table string) error {
	var kept string
	if err := q.QueryRow("SELECT sum FROM seals WHERE name = ?", table).Scan(&kept); err != nil {
		return fmt.Errorf("%w (%s: %w)", ErrNotWritten, table, err)
	}
	sum, err := sumOf(q, table)
	if err != nil {
		return err
	}
	if sum != kept {
		return fmt.Errorf("%w (%s)", ErrNotWritten, table)
	}
	return nil
}

// changeSealed is a statement on one of the sealed tables, with its new sum.
func (r *Record) changeSealed(table, query string, args ...any) error {
	return r.change(func(tx *sql.Tx) error {
		if err := whole(tx, table); err != nil {
			return err
		}
		if _, err := tx.Exec(query, args...); err != nil {
			return err
		}
		return seal(tx, table)
	})
}

// sumOfText tells a text that was kept from one that was altered.
func sumOfText(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%q\n", p)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// madeFile beside the record says that there is one.
const madeFile = "record.made"

// lookFor is an error where a record that was made is gone or empty.
func lookFor(dir string) error {
	_, err := os.Stat(filepath.Join(dir, madeFile))
	if err != nil {
		return nil // there never was one, as far as can be told
	}
	info, err := os.Stat(filepath.Join(dir, FileName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the record %s is gone: restore it from a backup, or remove %s as well to begin a new one", filepath.Join(dir, FileName), filepath.Join(dir, madeFile))
	case err != nil:
		return err
	case info.Size() == 0:
		return fmt.Errorf("the record %s is empty: restore it from a backup, or remove it and %s to begin a new one", filepath.Join(dir, FileName), filepath.Join(dir, madeFile))
	}
	return nil
}

// Unreadable is a record in memory in place of one that can't be opened. Who
// asks of it is told so by Lost, and is to take everything for forbidden.
func Unreadable(why error) *Record {
	r := InMemory()
	r.lost = why
	// Faces tell notices apart by their numbers, and know those of the other record.
	r.db.Exec("INSERT INTO sqlite_sequence (name, seq) VALUES ('notices', ?)", time.Now().UnixMilli())
	return r
}

// Lost is why this record stands in for another that can't be read, nil where it
// does not.
func (r *Record) Lost() error { return r.lost }

// errBusy: the record was held by another process for a second, a moment ago.
var errBusy = errors.New("the record is locked by another process")

// write makes a change. On a full disk the room kept for that is used. A lock is
// waited for a second; for the next second whoever comes is refused at once: one
// message writes several times, and its sender is not to wait for each.
func (r *Record) write(do func() error) error {
	r.mu.Lock()
	held := time.Since(r.held) < time.Second
	r.mu.Unlock()
	if held {
		return errBusy
	}
	err := do()
	if codeOf(err) == sqlite3.SQLITE_FULL && r.dir != "" && reserve.Release(r.dir) {
		err = do()
	}
	if codeOf(err) == sqlite3.SQLITE_BUSY {
		r.mu.Lock()
		r.held = time.Now()
		r.mu.Unlock()
	}
	return err
}

func codeOf(err error) int {
	var s *sqlite.Error
	if errors.As(err, &s) {
		return s.Code() & 0xff
	}
	return 0
}

// exec runs one statement.
func (r *Record) exec(query string, args ...any) (done sql.Result, err error) {
	err = r.write(func() error {
		done, err = r.db.Exec(query, args...)
		return err
	})
	return done, err
}

// Check tells whether the record, in the file of that name, is whole.
func Check(file string) error {
	db, err := sql.Open("sqlite", uri(file)+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	var said string
	if err := db.QueryRow("PRAGMA integrity_check(1)").Scan(&said); err != nil {
		return fmt.Errorf("reading the record: %w", err)
	}
	if said != "ok" {
		return fmt.Errorf("%w: %s", ErrNotWritten, said)
	}
	var behind int
	if err := db.QueryRow("PRAGMA user_version").Scan(&behind); err != nil || behind < sealedFrom {
		return err
	}
	return errors.Join(whole(db, "grants"), whole(db, "restricted"))
}
