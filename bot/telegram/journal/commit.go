package journal

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"reportbot/corpus/library/reserve"
)

// tx is the transaction at hand; its statements run in the goroutine of commitAll.
type tx struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt // by their text: parsing them took a third of the time
}

func (t tx) prepare(query string) (*sql.Stmt, error) {
	if s := t.prepared[query]; s != nil {
		return s, nil
	}
	s, err := t.conn.PrepareContext(context.Background(), query)
	if err == nil {
		t.prepared[query] = s
	}
	return s, err
}

func (t tx) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.Exec(args...)
}

// row reads the one row found into dest, or returns sql.ErrNoRows.
func (t tx) row(dest []any, query string, args ...any) error {
	s, err := t.prepare(query)
	if err != nil {
		return err
	}
	return s.QueryRow(args...).Scan(dest...)
}

// each calls scan for every row found.
func (t tx) each(scan func(*sql.Rows) error, query string, args ...any) error {
	s, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// op is work for a transaction. It may be run twice and must set what it
// returns anew each time.
type op struct {
	run  func(tx) error
	done func(error) // called by the goroutine of commitAll: it must not wait for the journal
}

// most operations are committed together.
const most = 256

// ErrClosed is what comes of work asked for after Close.
var ErrClosed = errors.New("the journal is closed")

// do runs work in a transaction and returns once it is on disk.
func (j *Journal) do(run func(tx) error) error {
	done := make(chan error, 1)
	j.later(run, func(err error) { done <- err })
	return <-done
}

// later runs work in a transaction, after all that was asked for before; done is
// called once it is on disk.
func (j *Journal) later(run func(tx) error, done func(error)) {
	j.asking.RLock()
	defer j.asking.RUnlock()
	if j.ended {
		done(ErrClosed)
		return
	}
	j.ops <- &op{run, done}
}

// erased empties the log beside the file, where the pages that were overwritten
// since still stand.
func (j *Journal) erased() error {
	done := make(chan error, 1)
	j.asking.RLock()
	defer j.asking.RUnlock()
	if j.ended {
		return ErrClosed
	}
	j.bare <- &op{func(t tx) error {
		var busy, log, done int
		return t.row([]any{&busy, &log, &done}, "PRAGMA wal_checkpoint(TRUNCATE)")
	}, func(err error) { done <- err }}
	return <-done
}

// commitAll commits what is asked: all that came while a commit was under way
// goes into the next one.
func (j *Journal) commitAll() {
	defer close(j.closed)
	for {
		select {
		case first, ok := <-j.ops:
			if !ok {
				return
			}
			j.commitBatch(j.gather([]*op{first}))
		case o := <-j.bare:
			o.done(o.run(tx{j.conn, j.prepared}))
		}
	}
}

// commitBatch commits operations together, or where that fails one by one, so
// that each fails for itself. On a full disk the room kept for that is used.
func (j *Journal) commitBatch(batch []*op) {
	err := j.commit(batch)
	if Full(err) && j.discard == "" && reserve.Release(j.dir) {
		err = j.commit(batch)
	}
	if err == nil {
		for _, o := range batch {
			o.done(nil)
		}
		return
	}
	for _, o := range batch {
		o.done(j.commit([]*op{o}))
	}
}

// Full tells whether an error is that of a full disk.
func Full(err error) bool {
	var s *sqlite.Error
	return errors.As(err, &s) && s.Code()&0xff == sqlite3.SQLITE_FULL
}

func (j *Journal) gather(batch []*op) []*op {
	for len(batch) < most {
		select {
		case o, ok := <-j.ops:
			if !ok {
				return batch
			}
			batch = append(batch, o)
		default:
			return batch
		}
	}
	return batch
}

func (j *Journal) commit(batch []*op) error {
	t := tx{j.conn, j.prepared}
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, o := range batch {
		if err := o.run(t); err != nil {
			t.exec("ROLLBACK")
			return err
		}
	}
	if _, err := t.exec("COMMIT"); err != nil {
		t.exec("ROLLBACK")
		return err
	}
	return nil
}
