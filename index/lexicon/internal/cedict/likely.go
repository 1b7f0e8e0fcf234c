package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"

	"reportbot/index/lexicon"
)

// A dictionary's gloss is seldom the very word of a report: 翻译 is "to
// translate", a report has 译者, 译成 or 译本. IBM Model 1 (Brown et al. 1993)
// learns from all the glosses together how surely a character or a word within
// an entry brings an English word about: 译 → translate 0.94, 国歌 → anthem 0.57.

const (
	rounds      = 8    // of expectation maximisation; the 4th and the 12th are as good
	unsure      = 0.5  // glosses added to what is counted of each, so that rare ones are not sure
	leastLikely = 0.03 // below it a meaning is noise
	// Units that are common too are chosen before those that are likely alone:
	// 球手 is surely a player, but a report has 球员. Half a point of the right
	// paragraphs; a power of 0.5 was as good.
	commonPower = 0.3
	mostLikely  = 16 // 24 found no more of the right paragraphs, 12 fewer
	longestUnit = 4  // characters of a word within an entry
	longestLine = 8  // words of a gloss that tells anything
)

// table is t(English stem | unit), the unit being a character or a word.
type table struct {
	stems, units []string
	glosses      []gloss
	t            []map[int32]float64 // by unit
}

type gloss struct{ units, stems []int32 }

// learn reads the entries and counts.
func learn(entries []entry) *table {
	t := &table{units: []string{""}} // the unit of words that nothing brings about
	known := map[string]bool{}
	for _, e := range entries {
		known[e.word] = true
	}
	units, stems := map[string]int32{"": 0}, map[string]int32{}
	for _, e := range entries {
		for _, sense := range senses(e.english) {
			g := gloss{units: []int32{0}}
			for _, u := range unitsOf([]rune(e.word), known) {
				g.units = append(g.units, number(units, &t.units, u))
			}
			for _, stem := range stemsOf(sense) {
				if stem[0] >= 'a' && stem[0] <= 'z' && !empty[stem] {
					g.stems = append(g.stems, number(stems, &t.stems, stem))
				}
			}
			t.glosses = append(t.glosses, g)
		}
	}
	t.even()
	for range rounds {
		t.improve()
	}
	return t
}

// stemsOf are the stems of a sense, of a long one those of what it begins with:
// "Kublai Khan (1215-1294), grandson of …".
func stemsOf(sense string) []string {
	stems := strings.Fields(lexicon.Key(reading.ReplaceAllString(sense, "")))
	if len(stems) <= longestLine {
		return stems
	}
	if stems = strings.Fields(lexicon.Key(parting.Split(sense, 2)[0])); len(stems) <= longestLine {
		return stems
	}
	return nil
}

// empty words of glosses say nothing of what an entry means.
var empty = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields("to of the a an in on at for from by with and or as sb sth one s be is are not that it who which this into up out off etc fig lit idiom tw coll oneself something someone e.g i.e esp used mainland pr also abbr") {
		words[lexicon.Key(w)] = true
	}
	return words
}()

// reading is how a word that a gloss refers to is read: 可[ke3].
var reading = regexp.MustCompile(`\[[^]]*\]`)

func number(ids map[string]int32, names *[]string, name string) int32 {
	id, known := ids[name]
	if !known {
		id = int32(len(*names))
		ids[name] = id
		*names = append(*names, name)
	}
	return id
}

// unitsOf is the characters of a word, the words within it, and itself.
func unitsOf(r []rune, known map[string]bool) (units []string) {
	for i := range r {
		for n := 1; i+n <= len(r); n++ {
			if s := string(r[i : i+n]); n == 1 || n == len(r) || n <= longestUnit && known[s] {
				units = append(units, s)
			}
		}
	}
	return units
}

func (t *table) even() {
	t.t = make([]map[int32]float64, len(t.units))
	for i := range t.t {
		t.t[i] = map[int32]float64{}
	}
	for _, g := range t.glosses {
		for _, u := range g.units {
			for _, s := range g.stems {
				t.t[u][s] = 1
			}
		}
	}
}

// improve shares each word of each gloss out among the units of its entry, by
// how likely each brings it about, and counts again.
func (t *table) improve() {
	counts := make([]map[int32]float64, len(t.units))
	for i := range counts {
		counts[i] = make(map[int32]float64, len(t.t[i]))
	}
	for _, g := range t.glosses {
		for _, s := range g.stems {
			sum := 0.0
			for _, u := range g.units {
				sum += t.t[u][s]
			}
			for _, u := range g.units {
				counts[u][s] += t.t[u][s] / sum
			}
		}
	}
	for u, count := range counts {
		total := unsure
		for _, s := range sorted(count) { // in order: sums of floats depend on it
			total += count[s]
		}
		for s, c := range count {
			t.t[u][s] = c / total
		}
	}
}

func sorted[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

type likely struct {
	unit   string
	chance float64
}

// likelihoods are the units of each stem.
func (t *table) likelihoods() map[string][]likely {
	by := map[string][]likely{}
	for u := 1; u < len(t.units); u++ {
		for s, chance := range t.t[u] {
			if chance >= leastLikely {
				by[t.stems[s]] = append(by[t.stems[s]], likely{t.units[u], chance})
			}
		}
	}
	return by
}

// writeLikely writes lines "stem<TAB>国歌 57|进行曲 6|…", likeliest first, in per cent.
func writeLikely(name string, by map[string][]likely, common map[string]float64) error {
	value := func(l likely) float64 { return l.chance * math.Pow(1+common[l.unit], commonPower) }
	lines := make([]string, 0, len(by))
	for stem, list := range by {
		slices.SortFunc(list, func(a, b likely) int {
			return cmp.Or(cmp.Compare(value(b), value(a)), strings.Compare(a.unit, b.unit))
		})
		var words []string
		for _, l := range list {
			if l.chance >= leastLikely && len(words) < mostLikely {
				words = append(words, fmt.Sprintf("%s %.0f", l.unit, 100*l.chance))
			}
		}
		if len(words) > 0 {
			lines = append(lines, stem+"\t"+strings.Join(words, "|"))
		}
	}
	slices.Sort(lines)
	return writeLines(name, lines)
}

func writeLines(name string, lines []string) error {
	var file bytes.Buffer
	zip, err := gzip.NewWriterLevel(&file, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(zip, line)
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, file.Bytes(), 0o644)
}
