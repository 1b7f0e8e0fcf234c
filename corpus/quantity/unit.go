package quantity

import (
	_ "embed"
	"strings"
	"sync"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

//go:embed units.txt
var unitsFile string

//go:embed names.txt
var namesFile string

//go:embed places.txt
var placesFile string

//go:embed bounds.txt
var boundsFile string

// unitTable knows the units of units.txt.
type unitTable struct {
	set   *terms.Set
	base  map[string]string // writing → base unit: 块钱 → 元
	class map[string]string // base unit → class
	first map[string]string // class → the unit it is asked by
}

func loadUnits(file string) *unitTable {
	t := &unitTable{base: map[string]string{}, class: map[string]string{}, first: map[string]string{}}
	var words []string
	for _, line := range terms.Lines(file) {
		class, list, _ := strings.Cut(line, ":")
		for _, entry := range strings.Fields(list) {
			written, base, ok := strings.Cut(entry, "=")
			if !ok {
				base = written
			}
			written = strings.ReplaceAll(fold.String(written), "_", " ")
			words = append(words, written)
			t.base[written] = base
			if _, known := t.class[base]; !known {
				t.class[base] = class
			}
			if t.first[class] == "" {
				t.first[class] = base
			}
		}
	}
	t.set = terms.NewSet(words...)
	return t
}

func (t *unitTable) at(r []rune, i int) int {
	n := t.set.At(r, i)
	// A Latin unit ends where the Latin word ends: 5G网 has g, 5gw is not 5 g; 2:15 is no 2:1.
	for n > 0 && (isLatin(r[i+n-1]) || isDigit(r[i+n-1])) && i+n < len(r) && (isLatin(r[i+n]) || isDigit(r[i+n])) {
		n = 0
	}
	return n
}

// Grammar reads quantities by the lists of units, names, bounds and nouns: those of the
// program, and those that an office has of its own. Nothing changes it once it is made, and
// two offices in one process have one each.
type Grammar struct {
	units                   *unitTable
	names                   *terms.Set
	boundBefore, boundAfter *terms.Set
	nouns                   *terms.Set
	nounClasses             map[string][]string
}

// New makes a Grammar of the program's lists and an office's own; nil for none.
func New(own terms.Own) *Grammar {
	g := &Grammar{
		units: loadUnits(own.With("units.txt", unitsFile)),
		names: terms.NewSet(terms.Lines(own.With("names.txt", namesFile))...),
	}
	g.boundBefore, g.boundAfter = loadBounds(own.With("bounds.txt", boundsFile))
	g.nouns, g.nounClasses = loadNouns(own.With("nouns.txt", nounsFile))
	return g
}

// Builtin is the Grammar of the program's lists alone.
var Builtin = sync.OnceValue(func() *Grammar { return New(nil) })

// Class returns the class of a base unit: "money", "percent", "person", "count" …;
// "" for an unknown one.
func (g *Grammar) Class(unit string) string { return g.units.class[unit] }

// UnitAt returns the base unit that begins at r[i] of a folded text and how many
// runes it takes; "", 0 where there is none.
func (g *Grammar) UnitAt(r []rune, i int) (string, int) {
	n := g.units.at(r, i)
	return g.units.base[string(r[i:i+n])], n
}

// The words of places.txt by class, and letters that stand before their own number.
var (
	placeKinds    = terms.NewSet(classOf(placesFile, "kind")...)
	placeInner    = terms.NewSet(classOf(placesFile, "inner")...)
	placeCounters = terms.NewSet(classOf(placesFile, "counter")...)
	letters       = terms.NewSet(classOf(placesFile, "letters")...)
)

// classOf is the folded words of one class of a file whose lines are   class: word word …
func classOf(file, class string) (words []string) {
	for _, line := range terms.Lines(file) {
		if name, list, _ := strings.Cut(line, ":"); name == class {
			words = append(words, strings.Fields(fold.String(list))...)
		}
	}
	return words
}

// loadBounds reads the bounds by place. Latin words end at a word's end.
func loadBounds(file string) (before, after *terms.Set) {
	words := map[string][]string{}
	for _, line := range terms.Lines(file) {
		head, list, _ := strings.Cut(line, ":")
		_, place, _ := strings.Cut(head, " ")
		list = strings.TrimSpace(list)
		if list[0] < 0x80 {
			words[place] = append(words[place], englishPhrases(list)...)
			continue
		}
		words[place] = append(words[place], strings.Fields(list)...)
	}
	return terms.NewSet(words["before"]...), terms.NewSet(words["after"]...)
}

func englishPhrases(list string) []string {
	var out []string
	for _, p := range strings.Split(list, ";") {
		out = append(out, strings.TrimSpace(p))
	}
	return out
}

// englishUnits are the words after a number of an English text that are units
// in their own right; any other noun is what the number counts.
var englishUnits = loadUnits(`
money: yuan=元 rmb=元 dollars=$ dollar=$ us_dollars=美元 u.s._dollars=美元 hong_kong_dollars=港元 singapore_dollars=新加坡元 euros=欧元 pounds=英镑 rupees=卢比 rand=兰特 rands=兰特 yen=日元 pesos=比索 peso=比索 ringgit=林吉特 baht=泰铢 shillings=先令 naira=奈拉 francs=法郎 kroner=克朗 krona=克朗 taka=塔卡 dirhams=迪拉姆 cents=分 cent=分
percent: percent=% per_cent=% pct=% percentage_points=个百分点 percentage_point=个百分点
person: people=人 persons=人
length: kilometers=公里 kilometres=公里 meters=米 metres=米 miles=英里 mile=英里 feet=英尺 foot=英尺
area: hectares=公顷 hectare=公顷 acres=英亩 acre=英亩 mu=亩 square_kilometres=平方公里 square_kilometers=平方公里 square_miles=平方英里
mass: tonnes=吨 tons=吨 kilograms=公斤 kg=公斤
time: decades=个十年 decade=个十年 years=年 year=年 months=个月 month=个月 weeks=周 week=周 days=天 day=天 hours=小时 hour=小时 minutes=分钟 minute=分钟 seconds=秒
power: kilowatts=千瓦 megawatts=兆瓦 gigawatts=吉瓦
count: jobs households students times
`)

//go:embed nouns.txt
var nounsFile string

// loadNouns reads what a noun is measured in, by class.
func loadNouns(file string) (*terms.Set, map[string][]string) {
	classes := map[string][]string{}
	var words []string
	for _, line := range terms.Lines(file) {
		class, list, _ := strings.Cut(line, ":")
		for _, noun := range strings.Fields(list) {
			words = append(words, noun)
			classes[noun] = append(classes[noun], class)
		}
	}
	return terms.NewSet(words...), classes
}

// Measured returns the classes of units that the noun ending folded runes is
// measured in; nil where the noun is not known.
func (g *Grammar) Measured(r []rune) []string {
	n := g.nouns.Before(r, len(r))
	return g.nounClasses[string(r[len(r)-n:])]
}

// MeasuredAt is Measured for the noun that begins within the first few runes.
func (g *Grammar) MeasuredAt(r []rune) []string {
	for i := 0; i < min(len(r), 4); i++ {
		if strings.ContainsRune("、，,。；;", r[i]) {
			break // 人次86.5万、收入83.9亿元
		}
		if n := g.nouns.At(r, i); n > 1 {
			return g.nounClasses[string(r[i:i+n])]
		}
	}
	return nil
}

// ClassUnit returns the unit that a class is asked by: money → 元; "" for unknown classes.
func (g *Grammar) ClassUnit(class string) string { return g.units.first[class] }
