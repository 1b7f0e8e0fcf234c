// Package record is what the bot keeps of its conversations: who may ask, what
// was asked, what was shown, what people thought of it. It is one SQLite file,
// record.db, so that the audit trail can be read with any tool.
//
// The file is in WAL mode with synchronous=NORMAL: what a method has
// acknowledged survives the death of the process at any moment, and a reader
// (an audit while the bot runs) holds up no writer. A power cut may cost the
// last moments, never the file. Waiting for the disk at each question was the
// road not taken: it would be the slowest part of an answer.
package record

import (
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver
	sqlite3 "modernc.org/sqlite/lib"
)

// FileName of the record within its folder.
const FileName = "record.db"

// DefaultDays is how long questions and answers are kept.
const DefaultDays = 365

// sweepEvery is how often what is past its time is looked for.
const sweepEvery = 24 * time.Hour

// Record is an open record. It may be used by many at once.
type Record struct {
	Now func() time.Time

	db    *sql.DB
	dir   string // "" in memory
	days  int
	lost  error // see Unreadable
	mu    sync.Mutex
	swept time.Time
	held  time.Time // when a lock of another process was last given up
}

// Open opens the record in dir, or makes it. Questions and answers are kept
// that many days. With dir "" it is in memory and ends with the process.
func Open(dir string, days int) (*Record, error) {
	name := "file::memory:?"
	if dir != "" {
		if err := lookFor(dir); err != nil {
			return nil, err
		}
		if err := private(dir); err != nil {
			return nil, fmt.Errorf("making the record: %w", err)
		}
		name = uri(filepath.Join(dir, FileName)) + "?_pragma=journal_mode(WAL)&_pragma=wal_autocheckpoint(250)&"
	}
	// One connection: SQLite has one writer at a time anyway, and a database
	// in memory is its connection's own.
	db, err := sql.Open("sqlite", name+"_pragma=busy_timeout(1000)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("opening the record: %w", err)
	}
	db.SetMaxOpenConns(1)
	r := &Record{Now: time.Now, db: db, dir: dir, days: days}
	if err := r.begin(); err != nil {
		db.Close()
		return nil, fmt.Errorf("opening the record %s: %w", filepath.Join(dir, FileName), err)
	}
	return r, nil
}

// openFor is how long a record that another process holds is waited for.
const openFor = 5 * time.Second

// begin brings the tables up to date, and sees that who may ask and what is
// restricted is what was written.
func (r *Record) begin() (err error) {
	for until := time.Now().Add(openFor); ; time.Sleep(100 * time.Millisecond) {
		if err = migrate(r.db); codeOf(err) != sqlite3.SQLITE_BUSY || time.Now().After(until) {
			break
		}
	}
	if err == nil {
		err = errors.Join(whole(r.db, "grants"), whole(r.db, "restricted"))
	}
	if err == nil {
		_, err = r.Grants() // with the names beside them
	}
	if err == nil && r.dir != "" {
		r.mendMemory()
	}
	if err == nil && r.dir != "" {
		err = os.WriteFile(filepath.Join(r.dir, madeFile), nil, 0o600)
	}
	return err
}

// mendMemory sees that each conversation is found by whose it is. A row carries its sum,
// but one that its index leads past would be taken for none, and a follow-up for a
// question by itself.
func (r *Record) mendMemory() {
	var said string
	err := r.db.QueryRow("PRAGMA integrity_check(memory)").Scan(&said)
	if err == nil && said == "ok" {
		return
	}
	slog.Error("what follow-ups lean on is damaged in the record, and is put in order", "found", said, "cause", err)
	if _, err := r.exec("REINDEX memory"); err != nil {
		slog.Error("that can't be put in order: restore a backup", "cause", err)
	}
}

func uri(file string) string {
	return (&url.URL{Scheme: "file", OmitHost: true, Path: file}).String()
}

// private makes the file where there is none yet, for the eyes of its owner
// alone: it says who asked what. SQLite gives the files beside it the same mode.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, FileName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// InMemory is a record that ends with the process.
func InMemory() *Record {
	r, err := Open("", DefaultDays)
	if err != nil {
		panic(err) // needs no disk and no network: the build is broken
	}
	return r
}

// Close ends the use of the record.
func (r *Record) Close() error { return r.db.Close() }

// stamp is a time as the tables have it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (r *Record) now() string { return stamp(r.Now()) }

// parsed is the time of a stamp; the zero time for what is none.
func parsed(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s)
	return t
}

// change runs statements as one: all of them hold, or none.
func (r *Record) change(do func(*sql.Tx) error) error {
	return r.write(func() error {
		tx, err := r.db.Begin()
		if err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	})
}

// Tend drops what is past its time: at its first call, then once a day however
// often it is called.
func (r *Record) Tend() error {
	r.mu.Lock()
	due := r.Now().Sub(r.swept) >= sweepEvery
	r.mu.Unlock()
	if !due {
		return nil
	}
	return r.sweep()
}

// sweep drops what is older than the days to keep. Grants, golden questions
// and the marks on reports stay: they are no one's conversation.
func (r *Record) sweep() error {
	r.mu.Lock()
	r.swept = r.Now()
	r.mu.Unlock()
	before := stamp(r.Now().AddDate(0, 0, -r.days))
	return r.erase(func(tx *sql.Tx) error {
		for _, table := range []string{"questions", "answers", "feedback", "refusals", "memory", "requests", "notices"} {
			if _, err := tx.Exec("DELETE FROM "+table+" WHERE at < ?", before); err != nil {
				return err
			}
		}
		for _, table := range []string{"users", "groups"} {
			if _, err := tx.Exec("DELETE FROM "+table+" WHERE last < ? AND id NOT IN (SELECT subject FROM grants)", before); err != nil {
				return err
			}
		}
		return nil
	})
}

// erase is a change after which nothing of what it drops stands in the files:
// pages are overwritten (secure_delete), and the log beside the file, which holds
// the old ones, is emptied.
func (r *Record) erase(do func(*sql.Tx) error) error {
	if err := r.change(do); err != nil {
		return err
	}
	return r.checkpoint()
}

func (r *Record) checkpoint() error {
	var busy, log, done int
	for range 20 { // a reader of the moment holds it up
		if err := r.db.QueryRow("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &done); err != nil || busy == 0 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("the log beside the record could not be emptied: something reads it all the time")
}

// rows reads all rows of a query.
func rows[T any](r *Record, scan func(*sql.Rows, *T) error, query string, args ...any) (out []T, err error) {
	found, err := r.db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var t T
		if err := scan(found, &t); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, found.Err()
}

// Copy writes the record under dir, as it is at this moment, into a new file.
func Copy(dir, file string) error {
	db, err := sql.Open("sqlite", uri(filepath.Join(dir, FileName))+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return fmt.Errorf("opening the record: %w", err)
	}
	_, err = db.Exec("VACUUM INTO ?", file)
	return errors.Join(err, db.Close())
}
