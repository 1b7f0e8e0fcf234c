package journal

import (
	"context"
	"database/sql"
)

// tx is the transaction at hand; its statements run in the goroutine of commitAll.
type tx struct{ conn *sql.Conn }

func (t tx) exec(query string, args ...any) (sql.Result, error) {
	return t.conn.ExecContext(context.Background(), query, args...)
}

func (t tx) row(query string, args ...any) *sql.Row {
	return t.conn.QueryRowContext(context.Background(), query, args...)
}

// each calls scan for every row found.
func (t tx) each(scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := t.conn.QueryContext(context.Background(), query, args...)
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
	done chan error
}

// most operations are committed together.
const most = 256

// do runs work in a transaction and returns once it is on disk.
func (j *Journal) do(run func(tx) error) error {
	o := &op{run, make(chan error, 1)}
	j.ops <- o
	return <-o.done
}

// commitAll commits what is asked: all that came while a commit was under way
// goes into the next one.
func (j *Journal) commitAll() {
	defer close(j.closed)
	for first := range j.ops {
		batch := j.gather([]*op{first})
		if err := j.commit(batch); err == nil {
			report(batch, nil)
			continue
		}
		for _, o := range batch { // each fails for itself
			o.done <- j.commit([]*op{o})
		}
	}
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

func report(batch []*op, err error) {
	for _, o := range batch {
		o.done <- err
	}
}

func (j *Journal) commit(batch []*op) error {
	t := tx{j.conn}
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
