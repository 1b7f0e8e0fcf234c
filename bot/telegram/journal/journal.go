// Package journal keeps on disk what was taken from Telegram and what is to be
// sent there, so that a process killed at any moment goes on where it was.
//
// An update is written here before Telegram is told that it was taken; the
// answer is written here, in one transaction with the word that the update is
// answered, before it is sent. A message to be sent is Pending, then Sending,
// then Sent. One found Sending at the start was under way when the process
// died, and nobody can tell whether it arrived: the Bot API has no key by which
// a request could be repeated safely. Such a message is not sent again but put
// In Doubt, see Doubt.
//
// It is SQLite in WAL with synchronous=FULL: the update that Telegram forgets
// must survive a power cut, not only a kill. What FULL costs is shared: all
// that asks for a write while one is under way is committed together.
//
// The words of a question and of its answer are wiped as soon as they have
// served, and overwritten in the file; IDs stay for two days, see Prune and Forget.
package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// State is how far a message is.
type State int

const (
	Pending State = iota // to be sent
	Sending              // under way
	Sent
	InDoubt // the connection, or the process, ended before Telegram's answer
	Dropped // can't be sent, or not wanted any more
)

// Update is what Telegram tells.
type Update struct {
	ID    int64
	Chat  int64
	Body  []byte // JSON
	Taken time.Time
}

// Message is a request that puts a message into a chat, changes one or takes
// it away. Body is its parameters in JSON without the chat and without the
// message, which are known only when it is sent: a chat may move, and the
// message that it edits may still wait to be sent itself.
type Message struct {
	ID       int64
	Chat     int64
	Question int   // the person's message that this answers, 0 for none
	Target   int64 // the Message whose message is edited or taken away, 0 for none
	Method   string
	Body     []byte
	Plain    string // the text without formatting
	Lang     string
	Asked    time.Time // when the update that led to it was taken; zero for a note
	Note     bool      // may be sent twice: it only tells of a Message in doubt
	State    State
	Number   int // message_id in Telegram, once sent
}

// Journal is open on one file. Its methods may be used by many at once; an
// error of one of them means that the disk can't be relied on.
type Journal struct {
	db       *sql.DB
	conn     *sql.Conn
	ops      chan *op
	bare     chan *op     // outside of a transaction
	asking   sync.RWMutex // against asking for work while it ends
	ended    bool
	closed   chan struct{}
	prepared map[string]*sql.Stmt
	dir      string // it is in
	discard  string // folder to remove at the end, "" for none
}

const schema = `
CREATE TABLE IF NOT EXISTS owner (bot INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS updates (
	id    INTEGER PRIMARY KEY, -- update_id
	chat  INTEGER NOT NULL,
	body  BLOB,                -- NULL once answered
	taken INTEGER NOT NULL     -- ms since 1970
);
CREATE INDEX IF NOT EXISTS waiting ON updates (id) WHERE body IS NOT NULL;
CREATE TABLE IF NOT EXISTS messages (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	chat     INTEGER NOT NULL,
	question INTEGER NOT NULL,
	target   INTEGER NOT NULL,
	method   TEXT NOT NULL,
	body     BLOB,             -- NULL once it has served
	plain    TEXT,
	lang     TEXT NOT NULL,
	asked    INTEGER NOT NULL,
	note     INTEGER NOT NULL,
	state    INTEGER NOT NULL, -- 0 pending 1 sending 2 sent 3 in doubt 4 dropped
	number   INTEGER NOT NULL DEFAULT 0,
	at       INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS unsent ON messages (id) WHERE state < 2;
CREATE INDEX IF NOT EXISTS answers ON messages (chat, question) WHERE question <> 0;
`

// File is the journal's name in its folder.
const File = "telegram.db"

// Open opens the journal of a bot in a folder, or one that ends with the
// process where dir is "". What another bot left there is emptied: its update
// IDs mean nothing to this one.
func Open(dir string, bot int64) (*Journal, error) {
	j := &Journal{ops: make(chan *op, most), bare: make(chan *op), closed: make(chan struct{}), prepared: map[string]*sql.Stmt{}}
	if dir == "" {
		temp, err := os.MkdirTemp("", "journal")
		if err != nil {
			return nil, fmt.Errorf("opening the journal: %w", err)
		}
		dir, j.discard = temp, temp
	}
	j.dir = dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("opening the journal: %w", err)
	}
	if err := j.open(filepath.Join(dir, File), bot); err != nil {
		j.release()
		return nil, fmt.Errorf("opening the journal %s: %w", filepath.Join(dir, File), plainly(err))
	}
	go j.commitAll()
	return j, nil
}

// open takes the file for this process alone: a second one on the same file is
// refused at once, and would otherwise answer everything a second time.
func (j *Journal) open(name string, bot int64) (err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600) // it holds questions
	if err != nil {
		return err
	}
	f.Close()
	j.db, err = sql.Open("sqlite", "file:"+name+"?_pragma=locking_mode(exclusive)&_pragma=journal_mode(wal)&_pragma=wal_autocheckpoint(250)&_pragma=synchronous(full)&_pragma=secure_delete(on)")
	if err != nil {
		return err
	}
	ctx := context.Background()
	if j.conn, err = j.db.Conn(ctx); err != nil {
		return err
	}
	if _, err := j.conn.ExecContext(ctx, schema); err != nil {
		return err
	}
	return j.own(ctx, bot)
}

// plainly says what an operator can do about an error of SQLite.
func plainly(err error) error {
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return err
	}
	switch s.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return errors.New("another instance of the bot uses it")
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return errors.New("it is damaged; moved away, it is begun anew, without what was still to be answered")
	}
	return err
}

// own empties what another bot left.
func (j *Journal) own(ctx context.Context, bot int64) error {
	var owner int64
	err := j.conn.QueryRowContext(ctx, `SELECT bot FROM owner`).Scan(&owner)
	if err != nil && !errors.Is(err, sql.ErrNoRows) || err == nil && owner == bot {
		return err
	}
	_, err = j.conn.ExecContext(ctx, `DELETE FROM owner; DELETE FROM updates; DELETE FROM messages; INSERT INTO owner VALUES (?)`, bot)
	return err
}

// Close ends it; what was committed stays.
func (j *Journal) Close() error {
	j.asking.Lock()
	j.ended = true
	close(j.ops) // what was asked for before is committed
	j.asking.Unlock()
	<-j.closed
	return j.release()
}

func (j *Journal) release() (err error) {
	for _, s := range j.prepared {
		s.Close()
	}
	if j.conn != nil {
		err = j.conn.Close()
	}
	if j.db != nil {
		err = errors.Join(err, j.db.Close())
	}
	if j.discard != "" {
		err = errors.Join(err, os.RemoveAll(j.discard))
	}
	return err
}
