// Package compare holds what several reports say of one thing side by side: a table over
// places, ranked, and a series over years. It searches for nothing: figures come in as
// they were found, and what is computed from them is marked so by its type.
package compare

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
)

// Row is what the reports of one place say.
type Row struct {
	Place  string       // its short name, as questions call it: 江西
	Report *corpus.Head // the latest of that place
	Figure *corpus.Figure
	Falls  bool         // the figure tells by how much something fell: it counts below zero
	Level  corpus.Scope // of the place: a province is not ranked among cities
	Rank   int          // from 1; equal figures share theirs; 0 where it is not ranked

	// Said is the sentence that mentions what was asked for, of a table that no figure
	// was asked of.
	Paragraph *corpus.Paragraph
	Said      corpus.Span
	Word      string // as which it does: 低空经济, where low-altitude economy was asked for
}

// Table is one thing over the reports of several places.
type Table struct {
	About   string   // what was asked of each report
	Rows    []Row    // sure, comparable and as many as were asked for, in their order
	Unsure  []Row    // not sure, or of another unit, kind, status or period than the rows
	Silent  []Row    // whose reports do not state it
	Absent  []string // places asked for that no report is of
	Of      int      // how many places' reports were asked
	Outside int      // rows that are not within the limit, or not among the first ones
	Order   Order
	GoesOn  bool // it took something from the question before
	Reports bool // single reports were asked, of whatever place
	Apart   bool // its places were not named: those of each level are ranked by themselves
	Mention bool // it was asked whose reports mention something, not for a figure
}

// Order is how a table is to be ordered and cut.
type Order struct {
	Rising bool // the lowest first
	Most   int  // that many rows; 0 for all
	Limit  *Limit
}

// Limit is what the figures are to be above or below.
type Limit struct {
	Value decimal.Decimal
	Unit  string
	Under bool
	Equal bool // the limit itself is within
	Text  string
}

// Changes tells a figure that says by how much something changed.
func (r Row) Changes() bool {
	return r.Figure.Role == corpus.Growth || r.Figure.Role == corpus.Increase
}

// Low is what a row is ordered by, in the unit that all rows have in common: of a range the
// lower end, of a fall below zero.
func (r Row) Low() decimal.Decimal { return r.signed(r.Figure.Value) }

// high is the other end of a range.
func (r Row) high() decimal.Decimal { return r.signed(r.Figure.High) }

func (r Row) signed(v decimal.Decimal) decimal.Decimal {
	_, factor := common(r.Figure.Unit)
	v = v.Mul(factor)
	if r.Falls {
		return v.Neg()
	}
	return v
}

// Within tells whether a row is within a limit; of a range its lower end counts. Sure is
// false for a figure that stands with a bound right at the limit: whether 5%以上 is above
// 5% its report does not say.
func (l *Limit) Within(r Row) (within, sure bool) {
	_, factor := common(l.Unit)
	by := r.Low().Cmp(l.Value.Mul(factor))
	if by == 0 {
		return l.Equal, l.Equal || r.Figure.Bound == ""
	}
	return (by < 0) == l.Under, true
}

// Arrange sets the rows of a table in order, ranks them and cuts it to what was asked for; of
// a table of places of several levels those of each level, the highest first. Rows of another
// kind come to Unsure.
func (t *Table) Arrange(kind Kind) {
	t.sift(kind)
	rows := t.Rows
	t.Rows = nil
	for len(rows) > 0 {
		level := rows[0].Level
		for _, r := range rows {
			if slices.Index(levels, r.Level) < slices.Index(levels, level) {
				level = r.Level
			}
		}
		var one, others []Row
		for _, r := range rows {
			if !t.Apart || r.Level == level {
				one = append(one, r)
			} else {
				others = append(others, r)
			}
		}
		t.Rows = append(t.Rows, t.cut(t.rank(one))...)
		rows = others
	}
}

// levels of places, the highest first.
var levels = []corpus.Scope{"", "国", "省", "市", "区", "县", "镇"}

// rank sets rows in order; equal ones share their rank.
func (t *Table) rank(rows []Row) []Row {
	slices.SortStableFunc(rows, func(a, b Row) int {
		by := cmp.Or(b.Low().Cmp(a.Low()), b.high().Cmp(a.high()))
		if t.Order.Rising {
			by = -by
		}
		return by
	})
	for i := range rows {
		rows[i].Rank = i + 1
		if i > 0 && rows[i].Low().Equal(rows[i-1].Low()) && rows[i].high().Equal(rows[i-1].high()) {
			rows[i].Rank = rows[i-1].Rank
		}
	}
	return rows
}

// sift parts the rows from those of another unit, role, status or period.
func (t *Table) sift(kind Kind) {
	limited := t.Order.Limit == nil || t.Order.Limit.Unit == "" || Commensurable(t.Order.Limit.Unit, kind.Unit)
	var rows []Row
	for _, r := range t.Rows {
		if limited && KindOf(r.Figure) == kind {
			rows = append(rows, r)
		} else {
			t.Unsure = append(t.Unsure, r)
		}
	}
	t.Rows = rows
}

// cut leaves the rows within the limit, of these the first ones; who shares the last rank
// stays.
func (t *Table) cut(rows []Row) []Row {
	all := len(rows)
	if l := t.Order.Limit; l != nil {
		rows = slices.DeleteFunc(rows, func(r Row) bool {
			within, sure := l.Within(r)
			if !sure {
				t.Unsure = append(t.Unsure, r)
				all--
			}
			return !within
		})
	}
	if n := t.Order.Most; n > 0 && n < len(rows) {
		last := rows[n-1].Rank
		for n < len(rows) && rows[n].Rank == last {
			n++
		}
		rows = rows[:n]
	}
	t.Outside += all - len(rows)
	return rows
}

// Levels are the rows of each level of places, in their order; all together where the table
// does not tell levels apart.
func (t *Table) Levels() (levels [][]Row) {
	for i, r := range t.Rows {
		if i == 0 || t.Apart && r.Level != t.Rows[i-1].Level {
			levels = append(levels, nil)
		}
		levels[len(levels)-1] = append(levels[len(levels)-1], r)
	}
	return levels
}

// Kind is what figures must have in common to be compared.
type Kind struct {
	Unit     string
	Role     corpus.Role
	Status   corpus.Status
	From, To int // of its period
}

// KindOf a figure. Where a change began or ended is how much there was then.
func KindOf(f *corpus.Figure) Kind {
	unit, _ := common(f.Unit)
	k := Kind{unit, f.Role, f.Status, f.Period.From, f.Period.To}
	if k.Role == corpus.To || k.Role == corpus.From {
		k.Role = corpus.Level
	}
	return k
}

// Prevailing is the kind that most rows are of, of several as many the one that comes
// first, and how many those are.
func Prevailing(rows []Row) (kind Kind, most int) {
	count := map[Kind]int{}
	for _, r := range rows {
		count[KindOf(r.Figure)]++
	}
	for _, r := range rows {
		if k := KindOf(r.Figure); count[k] > most {
			kind, most = k, count[k]
		}
	}
	return kind, most
}
