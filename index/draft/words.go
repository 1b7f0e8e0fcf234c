package draft

import (
	_ "embed"
	"strings"

	"github.com/shopspring/decimal"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
	"reportbot/index/analysis"
)

//go:embed words.txt
var wordsFile string

// words of words.txt by class; measures is how much of the first unit of its line
// another one is.
var words, measures = load(wordsFile)

// measure is a unit as so many of another one.
type measure struct {
	of    string
	times decimal.Decimal
}

func load(file string) (map[string]*terms.Set, map[string]measure) {
	lists, measures := map[string][]string{}, map[string]measure{}
	for _, line := range terms.Lines(file) {
		class, list, _ := strings.Cut(line, ":")
		if class == "same" {
			readMeasures(measures, strings.Fields(list))
			continue
		}
		entries := strings.Fields(list)
		if strings.Contains(list, ";") {
			entries = strings.Split(list, ";")
		}
		for _, entry := range entries {
			word := fold.String(strings.TrimSpace(entry))
			lists[class] = append(lists[class], word)
			if class == "aside" {
				lists[class] = append(lists[class], analysis.Stem(word))
			}
		}
	}
	sets := map[string]*terms.Set{}
	for class, list := range lists {
		sets[class] = terms.NewSet(list...)
	}
	return sets, measures
}

func readMeasures(to map[string]measure, entries []string) {
	first, _, _ := strings.Cut(entries[0], "=")
	for _, entry := range entries {
		unit, times, _ := strings.Cut(entry, "=")
		to[unit] = measure{first, decimal.RequireFromString(times)}
	}
}
