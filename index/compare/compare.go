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
	Falls  bool // the figure tells by how much something fell: it counts below zero
	Rank   int  // from 1; equal figures share theirs; 0 where it is not ranked

	// Said is the sentence that mentions what was asked for, of a table that no figure
	// was asked of.
	Paragraph *corpus.Paragraph
	Said      corpus.Span
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

// Arrange sets the rows of a table in order, ranks them and cuts it to what was asked for.
// Rows of another kind come to Unsure.
func (t *Table) Arrange(kind Kind) {
	t.sift(kind)
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		by := cmp.Or(b.Low().Cmp(a.Low()), b.high().Cmp(a.high()))
		if t.Order.Rising {
			by = -by
		}
		return by
	})
	for i := range t.Rows {
		t.Rows[i].Rank = i + 1
		if i > 0 && t.Rows[i].Low().Equal(t.Rows[i-1].Low()) && t.Rows[i].high().Equal(t.Rows[i-1].high()) {
			t.Rows[i].Rank = t.Rows[i-1].Rank
		}
	}
	t.cut()
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
func (t *Table) cut() {
	all := len(t.Rows)
	if l := t.Order.Limit; l != nil {
		t.Rows = slices.DeleteFunc(t.Rows, func(r Row) bool {
			within, sure := l.Within(r)
			if !sure {
				t.Unsure = append(t.Unsure, r)
				all--
			}
			return !within
		})
	}
	if n := t.Order.Most; n > 0 && n < len(t.Rows) {
		last := t.Rows[n-1].Rank
		for n < len(t.Rows) && t.Rows[n].Rank == last {
			n++
		}
		t.Rows = t.Rows[:n]
	}
	t.Outside = all - len(t.Rows)
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
