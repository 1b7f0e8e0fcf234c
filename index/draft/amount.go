package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus"
	"reportbot/corpus/fold"
	"reportbot/index/rank"
)

// How the amounts of two figures stand to one another.
type relation int

const (
	other      relation = iota
	rounded             // one is the other with fewer digits: 22.7亿元 and 22.68亿元
	sameAmount          // in another unit: 22.7亿元 and 227000万元
	same
)

// side is that of a bound: over, under, about, or none.
type side string

func sideOf(bound string) side {
	r := []rune(strings.TrimSpace(fold.String(bound)))
	for _, class := range []string{"over", "under", "about"} {
		if n := words[class].At(r, 0); n > 0 && n == len(r) {
			return side(class)
		}
	}
	return ""
}

// amount is a figure's number in a unit by which others can be compared.
type amount struct {
	low, high decimal.Decimal
	unit      string
	class     string          // of the unit
	step      decimal.Decimal // what one of the last digit written is
	coarse    decimal.Decimal // the same without the noughts at its end: 100 of 200
	digits    int             // that it has, noughts at either end aside
	written   string          // the unit as it is written, with its scale: 亿元
	side      side
}

var digitsRe = regexp.MustCompile(`[0-9][0-9, ]*(?:\.[0-9]+)?`)

func amountOf(f *corpus.Figure) amount {
	a := amount{low: f.Value, high: f.High, unit: f.Unit, side: sideOf(f.Bound)}
	text := fold.String(f.Text)
	mantissa := strings.NewReplacer(",", "", " ", "").Replace(digitsRe.FindString(text))
	if groups := digitsRe.FindAllString(text, -1); len(groups) > 1 && f.High.Equal(f.Value) { // 1萬4,120件 is written to the last piece
		mantissa = f.Value.Abs().String()
	}
	a.written = strings.TrimSpace(digitsRe.ReplaceAllString(text, ""))
	if f.Stated != "" {
		a.written = fold.String(f.Stated)
	}
	if mantissa == "" { // in Chinese numerals
		a.written = ""
	}
	one := f.Value.Abs()
	if m, err := decimal.NewFromString(mantissa); err == nil && !m.IsZero() {
		_, fraction, _ := strings.Cut(mantissa, ".")
		a.step = one.Div(m).Shift(-int32(len(fraction)))
		mantissa = strings.Trim(strings.ReplaceAll(mantissa, ".", ""), "0")
		a.digits = len(mantissa)
	}
	a.coarse = a.step
	for ten := decimal.NewFromInt(10); one.IsPositive() && a.coarse.IsPositive() && one.Mod(a.coarse.Mul(ten)).IsZero(); {
		a.coarse = a.coarse.Mul(ten)
	}
	if a.step.IsZero() {
		a.step, a.coarse = decimal.NewFromInt(1), decimal.NewFromInt(1)
		a.digits = len(strings.Trim(one.String(), "0."))
	}
	if m, ok := measures[a.unit]; ok {
		a.unit = m.of
		for _, d := range []*decimal.Decimal{&a.low, &a.high, &a.step, &a.coarse} {
			*d = d.Mul(m.times)
		}
	}
	a.class = f.Paragraph.Report.Quantities().Class(a.unit)
	return a
}

// comparable tells units in which the same may be said: 个 and 家, 亩 and 公顷. One
// number that goes without a unit is of any that counts.
func (a amount) comparable(b amount) bool {
	switch {
	case a.unit == b.unit || rank.AlikeUnits(a.unit, b.unit, b.class) || rank.AlikeUnits(b.unit, a.unit, a.class):
		return true
	case a.unit == "$" || b.unit == "$":
		return words["dollar"].Has(a.unit) || words["dollar"].Has(b.unit)
	case a.unit == "" || b.unit == "":
		return slices.Contains([]string{"count", "person", "household"}, a.class+b.class)
	}
	return false
}

// against tells how the amount of a draft stands to that of a report.
func (a amount) against(b amount) relation {
	a, b = a.unsigned(), b.unsigned()
	switch {
	case a.low.Equal(b.low) && a.high.Equal(b.high):
		if a.written != b.written && scaled(a.written, b.written) {
			return sameAmount
		}
		return same
	case a.isRange() || b.isRange():
		if !a.isRange() && a.low.GreaterThanOrEqual(b.low) && a.low.LessThanOrEqual(b.high) {
			return rounded
		}
		return other
	}
	far := a.low.Sub(b.low).Abs()
	switch {
	case a.step.GreaterThan(b.step) && within(far, a.step): // 22.7 for 22.68
		return rounded
	case b.step.GreaterThan(a.step) && b.digits >= fewDigits && within(far, b.step): // 22.68 for 22.7
		return rounded
	case a.side != b.side && (a.bounds(b, far) || b.bounds(a, far)): // 超200 for 237, but not for 超250
		return rounded
	}
	return other
}

// fewDigits is how many a report's figure has so that one with more is another
// rounding of it: 5.4% is none of 5%.
const fewDigits = 3

func within(far, step decimal.Decimal) bool {
	return far.Mul(decimal.NewFromInt(2)).LessThanOrEqual(step)
}

// bounds tells that one amount is written with a bound, and the other lies on its
// right side within the last digit that counts.
func (a amount) bounds(b amount, far decimal.Decimal) bool {
	switch a.side {
	case "over":
		return b.low.GreaterThan(a.low) && far.LessThan(a.coarse)
	case "under":
		return b.low.LessThan(a.low) && far.LessThan(a.coarse)
	case "about":
		return within(far, a.coarse)
	}
	return false
}

func (a amount) isRange() bool { return !a.low.Equal(a.high) }

// unsigned is the amount of -5.2%, whose direction is told by a sign.
func (a amount) unsigned() amount {
	if a.low.IsNegative() && !a.isRange() {
		a.low, a.high = a.low.Abs(), a.high.Abs()
	}
	return a
}

// scaled tells two writings of a unit that differ in more than the thing counted:
// 亿元 and 万元, but not 个 and 家. Chinese numerals have no writing of their unit apart.
func scaled(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	const scales = "万亿千百"
	only := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(scales, r) {
				return r
			}
			return -1
		}, s)
	}
	return only(a) != only(b) || measures[a] != measures[b]
}

// facing tells bounds of which one is over and the other under.
func (a amount) facing(b amount) bool {
	return a.side == "over" && b.side == "under" || a.side == "under" && b.side == "over"
}
