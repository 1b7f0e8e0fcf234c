package compare

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus/terms"
)

//go:embed units.txt
var unitsFile string

// measure is a unit as so many of another one.
type measure struct {
	unit   string
	factor decimal.Decimal
}

var measures = loadMeasures(unitsFile)

func loadMeasures(file string) map[string]measure {
	all := map[string]measure{}
	for _, line := range terms.Lines(file) {
		base, list, _ := strings.Cut(line, ":")
		all[base] = measure{base, decimal.NewFromInt(1)}
		for entry := range strings.SplitSeq(list, ";") {
			var unit, number string
			if _, err := fmt.Sscan(entry, &unit, &number); err != nil {
				panic(fmt.Sprintf("units.txt: %q: %v", entry, err)) // the file is part of the binary
			}
			all[unit] = measure{base, decimal.RequireFromString(number)}
		}
	}
	return all
}

// common is the unit in which a unit is compared with others, and how many of it one is.
func common(unit string) (base string, factor decimal.Decimal) {
	if m, ok := measures[unit]; ok {
		return m.unit, m.factor
	}
	return unit, decimal.NewFromInt(1)
}

// Commensurable tells whether figures in two units can be held against each other.
func Commensurable(a, b string) bool {
	one, _ := common(a)
	other, _ := common(b)
	return one == other
}

// Convert is a value in another unit; false where the two measure different things, or the
// same unit is asked for.
func Convert(value decimal.Decimal, from, to string) (decimal.Decimal, bool) {
	if from == to || !Commensurable(from, to) {
		return decimal.Decimal{}, false
	}
	_, has := common(from)
	_, wants := common(to)
	return value.Mul(has).DivRound(wants, convertedDigits), true
}

// convertedDigits behind the point are kept of a converted value.
const convertedDigits = 12
