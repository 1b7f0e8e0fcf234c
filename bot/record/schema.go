package record

import (
	"database/sql"
	"errors"
	"fmt"
)

// schema is the steps from an empty file to the tables of today. A step that
// was released is never changed: what comes after it is a step of its own.
// PRAGMA user_version counts the steps that a file has behind it.
//
// Times are UTC text such as 2026-11-23T02:39:09.000Z, which any tool can read
// and which sorts by time. The columns user and chat are Telegram's numbers:
// people above zero, groups below. They are NULL where the person asked to be
// forgotten.
var schema = []string{`
CREATE TABLE users (
	id     INTEGER PRIMARY KEY,
	name   TEXT NOT NULL DEFAULT '',
	lang   TEXT NOT NULL DEFAULT '', -- chosen with /lang
	spoken TEXT NOT NULL DEFAULT '', -- hinted by the person's own program
	first  TEXT NOT NULL,
	last   TEXT NOT NULL
);
CREATE TABLE groups (
	id    INTEGER PRIMARY KEY,
	title TEXT NOT NULL,
	last  TEXT NOT NULL
);
-- One row a decision; the newest of a subject holds.
CREATE TABLE grants (
	id      INTEGER PRIMARY KEY,
	subject INTEGER NOT NULL, -- a person, or a group
	role    TEXT NOT NULL,    -- reader, administrator, banned, or '' for none
	by      INTEGER NOT NULL,
	at      TEXT NOT NULL
);
CREATE INDEX grants_subject ON grants (subject, id);
CREATE TABLE requests (
	user  INTEGER PRIMARY KEY,
	state TEXT NOT NULL, -- open, granted, refused
	at    TEXT NOT NULL
);
CREATE TABLE questions (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	user INTEGER,
	chat INTEGER,
	text TEXT NOT NULL,
	lang TEXT NOT NULL,
	at   TEXT NOT NULL
);
CREATE INDEX questions_user ON questions (user);
CREATE INDEX questions_at ON questions (at);
-- What was shown: the answer to a question, or pages that were opened.
CREATE TABLE answers (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	question INTEGER REFERENCES questions (id) ON DELETE SET NULL,
	user     INTEGER,
	chat     INTEGER,
	thread   INTEGER NOT NULL,
	kind     TEXT NOT NULL, -- figure, passage, none, withheld, opened
	at       TEXT NOT NULL
);
CREATE INDEX answers_question ON answers (question);
CREATE INDEX answers_user ON answers (user);
CREATE INDEX answers_at ON answers (at);
CREATE TABLE shown (
	answer    INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
	report    TEXT NOT NULL,
	paragraph TEXT NOT NULL,
	figure    TEXT NOT NULL -- '' where the paragraph alone was shown
);
CREATE INDEX shown_answer ON shown (answer);
CREATE INDEX shown_report ON shown (report);
CREATE TABLE feedback (
	id     INTEGER PRIMARY KEY,
	answer INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
	user   INTEGER,
	good   INTEGER NOT NULL,
	wrong  TEXT NOT NULL, -- '', figure, passage, missing
	at     TEXT NOT NULL,
	UNIQUE (answer, user)
);
CREATE TABLE refusals (
	id   INTEGER PRIMARY KEY,
	user INTEGER,
	chat INTEGER,
	why  TEXT NOT NULL, -- stranger, group, banned, pace, forged
	at   TEXT NOT NULL
);
CREATE INDEX refusals_user ON refusals (user, why, at);
CREATE TABLE memory (
	user      INTEGER NOT NULL,
	chat      INTEGER NOT NULL,
	thread    INTEGER NOT NULL,
	questions TEXT NOT NULL, -- JSON list
	passages  TEXT NOT NULL, -- JSON list of paragraph IDs, those of the last answer
	lang      TEXT NOT NULL,
	at        TEXT NOT NULL,
	PRIMARY KEY (user, chat, thread)
);
CREATE TABLE restricted (
	report TEXT PRIMARY KEY,
	by     INTEGER NOT NULL,
	at     TEXT NOT NULL
);
CREATE TABLE golden (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	question TEXT NOT NULL,
	expected TEXT NOT NULL, -- words of the figure or the passage
	by       INTEGER NOT NULL,
	at       TEXT NOT NULL
);
`, `
-- What someone is told without having asked; once for each key and chat.
CREATE TABLE notices (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	key  TEXT NOT NULL, -- what it is about
	chat INTEGER NOT NULL,
	body BLOB,          -- NULL once it was handed on
	at   TEXT NOT NULL,
	UNIQUE (key, chat)
);
`, `
-- What was written to the tables that say who may ask and what is restricted.
CREATE TABLE seals (
	name TEXT PRIMARY KEY, -- of the table
	sum  TEXT NOT NULL
);
ALTER TABLE memory ADD COLUMN sum TEXT NOT NULL DEFAULT '';
`, `
-- Which figure of a new version says what one of an old version said: who was
-- shown the old one is told when the new one changes in its turn.
CREATE TABLE succession (
	old TEXT NOT NULL,
	new TEXT NOT NULL,
	PRIMARY KEY (old, new)
) WITHOUT ROWID;
`, `
-- What a person keeps for the page of a meeting.
CREATE TABLE kept (
	id        INTEGER PRIMARY KEY,
	user      INTEGER NOT NULL,
	questions TEXT NOT NULL, -- JSON list: those that it goes on from, then the question
	at        TEXT NOT NULL,
	UNIQUE (user, questions)
);
-- Whose place a question is on that names none; '' for any.
ALTER TABLE users ADD COLUMN place TEXT NOT NULL DEFAULT '';
`}

// sealedFrom is the first schema with seals.
const sealedFrom = 3

// migrate takes the steps that a file has not behind it, each one whole.
func migrate(db *sql.DB) error {
	var behind int
	if err := db.QueryRow("PRAGMA user_version").Scan(&behind); err != nil {
		return err
	}
	if behind > len(schema) {
		return fmt.Errorf("it was written by a newer version (schema %d, this one knows %d)", behind, len(schema))
	}
	for i, step := range schema[behind:] {
		if _, err := db.Exec(fmt.Sprintf("BEGIN IMMEDIATE; %s; PRAGMA user_version = %d; COMMIT", step, behind+i+1)); err != nil {
			return fmt.Errorf("schema %d: %w", behind+i+1, err)
		}
	}
	var seals int
	if err := db.QueryRow("SELECT count(*) FROM seals").Scan(&seals); err != nil || seals > 0 {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	for table := range sealed {
		err = errors.Join(err, seal(tx, table))
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
