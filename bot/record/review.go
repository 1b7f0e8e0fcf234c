package record

import (
	"database/sql"
	"time"

	"reportbot/corpus/fold"
)

// Stats counts what happened since a time.
type Stats struct {
	People, Questions         int
	Figures, Passages, Unsaid int // answers, by what they showed; Unsaid also counts those withheld
	Good, Bad                 int
	Refused                   int
}

// Stats counts what happened since then.
func (r *Record) Stats(since time.Time) (s Stats, err error) {
	err = r.db.QueryRow(`SELECT
		(SELECT count(DISTINCT user) FROM questions WHERE at >= ?1),
		(SELECT count(*) FROM questions WHERE at >= ?1),
		(SELECT count(*) FROM answers WHERE at >= ?1 AND kind = 'figure'),
		(SELECT count(*) FROM answers WHERE at >= ?1 AND kind = 'passage'),
		(SELECT count(*) FROM answers WHERE at >= ?1 AND kind IN ('none', 'withheld')),
		(SELECT count(*) FROM feedback WHERE at >= ?1 AND good),
		(SELECT count(*) FROM feedback WHERE at >= ?1 AND NOT good),
		(SELECT count(*) FROM refusals WHERE at >= ?1)`, stamp(since)).
		Scan(&s.People, &s.Questions, &s.Figures, &s.Passages, &s.Unsaid, &s.Good, &s.Bad, &s.Refused)
	return s, err
}

// Gap is questions that are alike and were not answered, or not well.
type Gap struct {
	Question string // as asked last
	Count    int
	Unsaid   int            // of them, how many got no answer
	Wrong    map[string]int // of them, how many were found wrong, by what was wrong
	Last     time.Time
}

// How gaps are gathered.
const (
	gapsFrom = 2000 // questions, the newest
	alike    = 0.5  // how much of two questions must be the same to be one gap
)

type missed struct {
	text, kind string
	bad        bool
	wrong      string
	at         time.Time
}

// Gaps is the questions that got no answer or a 👎, those alike together, the
// newest first.
func (r *Record) Gaps() ([]Gap, error) {
	all, err := rows(r, func(s *sql.Rows, m *missed) error {
		var at string
		err := s.Scan(&m.text, &m.kind, &m.bad, &m.wrong, &at)
		m.at = parsed(at)
		return err
	}, `SELECT q.text, a.kind, f.id IS NOT NULL, coalesce(f.wrong, ''), q.at FROM questions q
		JOIN answers a ON a.question = q.id LEFT JOIN feedback f ON f.answer = a.id AND NOT f.good
		WHERE a.kind IN ('none', 'withheld') OR f.id IS NOT NULL ORDER BY q.at DESC, q.id DESC LIMIT ?`, gapsFrom)
	if err != nil {
		return nil, err
	}
	return gathered(all), nil
}

// gathered puts each question to the first gap that it is like. The newest
// question of a gap speaks for it, so the order of what comes in stays.
func gathered(all []missed) (gaps []Gap) {
	var heads []map[string]bool
	for _, m := range all {
		marks := bigrams(m.text)
		i := 0
		for i < len(heads) && likeness(heads[i], marks) < alike {
			i++
		}
		if i == len(heads) {
			heads = append(heads, marks)
			gaps = append(gaps, Gap{Question: m.text, Last: m.at, Wrong: map[string]int{}})
		}
		gaps[i].add(m)
	}
	return gaps
}

func (g *Gap) add(m missed) {
	g.Count++
	if m.kind == string(NoAnswer) || m.kind == string(Withheld) {
		g.Unsaid++
	}
	if m.bad {
		g.Wrong[m.wrong]++
	}
}

// bigrams is the pairs of letters and digits that follow one another, folded:
// 「５Ｇ基站？」 and 「5g基站」 have the same.
func bigrams(text string) map[string]bool {
	var kept []rune
	for _, c := range fold.String(text) {
		if fold.Han(c) || fold.Alnum(c) {
			kept = append(kept, c)
		}
	}
	pairs := map[string]bool{string(kept): true}
	for i := 1; i < len(kept); i++ {
		pairs[string(kept[i-1:i+1])] = true
	}
	return pairs
}

// likeness is the share of bigrams that two questions have in common (Dice).
func likeness(a, b map[string]bool) float64 {
	if len(b) < len(a) {
		a, b = b, a
	}
	common := 0
	for pair := range a {
		if b[pair] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// Entry is one line of the audit trail: an answer, and what it was to.
type Entry struct {
	Answer         int64
	At             time.Time
	User, Chat     int64 // 0 where forgotten
	Name           string
	Question, Lang string
	Kind           Kind
	Shown          string // IDs of paragraphs and figures, parted by spaces
	Good, Bad      int
	Wrong          string
}

// Trail hands on each answer, the oldest first. each must not use the record:
// its one connection is taken.
func (r *Record) Trail(each func(Entry) error) error {
	found, err := r.db.Query(`SELECT a.id, a.at, coalesce(a.user, 0), coalesce(a.chat, 0), coalesce(u.name, ''),
		coalesce(q.text, ''), coalesce(q.lang, ''), a.kind,
		coalesce((SELECT group_concat(CASE figure WHEN '' THEN paragraph ELSE figure END, ' ') FROM shown WHERE answer = a.id), ''),
		(SELECT count(*) FROM feedback WHERE answer = a.id AND good),
		(SELECT count(*) FROM feedback WHERE answer = a.id AND NOT good),
		coalesce((SELECT group_concat(wrong, ' ') FROM feedback WHERE answer = a.id AND wrong <> ''), '')
		FROM answers a LEFT JOIN questions q ON q.id = a.question LEFT JOIN users u ON u.id = a.user ORDER BY a.id`)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		var e Entry
		var at string
		if err := found.Scan(&e.Answer, &at, &e.User, &e.Chat, &e.Name, &e.Question, &e.Lang, &e.Kind, &e.Shown, &e.Good, &e.Bad, &e.Wrong); err != nil {
			return err
		}
		e.At = parsed(at)
		if err := each(e); err != nil {
			return err
		}
	}
	return found.Err()
}
