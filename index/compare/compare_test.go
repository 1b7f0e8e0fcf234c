package compare

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
)

// row is one of a figure in a unit: row("甲", "5—5.5", "%").
func row(place, value, unit string) Row {
	low, high, isRange := strings.Cut(value, "—")
	if !isRange {
		high = low
	}
	f := &corpus.Figure{Value: decimal.RequireFromString(low), High: decimal.RequireFromString(high), Unit: unit, Role: corpus.Growth}
	return Row{Place: place, Figure: f}
}

func told(t *Table) string {
	var out []string
	for _, r := range t.Rows {
		out = append(out, fmt.Sprint(r.Rank, r.Place))
	}
	for _, r := range t.Unsure {
		out = append(out, "?"+r.Place)
	}
	return fmt.Sprint(strings.Join(out, " "), " +", t.Outside)
}

func TestArrange(t *testing.T) {
	fell := row("戊", "1.2", "%")
	fell.Falls = true
	bound := row("己", "5", "%")
	bound.Figure.Bound = "以上"
	planned := row("庚", "9", "%")
	planned.Figure.Status = corpus.Target
	percent := func(n int64, under, equal bool) *Limit {
		return &Limit{Value: decimal.NewFromInt(n), Unit: "%", Under: under, Equal: equal}
	}
	for _, c := range []struct {
		name  string
		rows  []Row
		order Order
		want  string
	}{
		{"a range by its lower end, a fall below zero", []Row{fell, row("甲", "4.5—5", "%"), row("乙", "4.8", "%"), row("丙", "4.5", "%")}, Order{}, "1乙 2甲 3丙 4戊 +0"},
		{"equal ones share a rank", []Row{row("甲", "5", "%"), row("乙", "6", "%"), row("丙", "5", "%"), row("丁", "4", "%")}, Order{}, "1乙 2甲 2丙 4丁 +0"},
		{"the lowest first", []Row{row("甲", "5", "%"), row("乙", "6", "%")}, Order{Rising: true}, "1甲 2乙 +0"},
		{"who shares the last rank stays", []Row{row("甲", "5", "%"), row("乙", "6", "%"), row("丙", "5", "%"), row("丁", "4", "%")}, Order{Most: 2}, "1乙 2甲 2丙 +1"},
		{"above", []Row{row("甲", "5", "%"), row("乙", "6", "%"), bound}, Order{Limit: percent(5, false, false)}, "1乙 ?己 +1"},
		{"at least", []Row{row("甲", "5", "%"), row("乙", "6", "%"), bound, row("丁", "4", "%")}, Order{Limit: percent(5, false, true)}, "1乙 2甲 2己 +1"},
		{"below", []Row{row("甲", "5", "%"), row("乙", "4.5—5.5", "%")}, Order{Limit: percent(5, true, false)}, "2乙 +1"},
		{"another unit", []Row{row("甲", "5", "%"), row("乙", "6", "元"), row("丙", "4", "%")}, Order{}, "1甲 2丙 ?乙 +0"},
		{"a limit in another unit", []Row{row("甲", "500", "元"), row("乙", "600", "元")}, Order{Limit: percent(5, false, false)}, "?甲 ?乙 +0"},
		{"planned beside achieved", []Row{row("甲", "5", "%"), planned, row("丙", "4", "%")}, Order{}, "1甲 2丙 ?庚 +0"},
		{"units that can be converted", []Row{row("甲", "1000", "斤"), row("乙", "1", "吨"), row("丙", "600", "公斤")}, Order{}, "1乙 2丙 3甲 +0"},
	} {
		table := &Table{Rows: c.rows, Order: c.order}
		kind, _ := Prevailing(c.rows)
		table.Arrange(kind)
		if got := told(table); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, c := range []struct{ value, from, to, want string }{
		{"15", "亩", "公顷", "1"}, {"1", "公顷", "亩", "15"}, {"2000", "斤", "吨", "1"}, {"100", "亩", "公顷", "6.666666666667"}, {"3", "公里", "米", "3000"},
		{"1", "亩", "吨", ""}, {"1", "吨", "吨", ""}, {"1", "个", "家", ""},
	} {
		got, ok := Convert(decimal.RequireFromString(c.value), c.from, c.to)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%s%s in %s: got %v, %v", c.value, c.from, c.to, got, ok)
		}
	}
}
