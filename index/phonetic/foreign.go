package phonetic

import (
	"cmp"
	_ "embed"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// A foreign name is written in Chinese by its sound, a character for some of its
// letters: 杰|Ja 克|ck 逊|son 维|vi 尔|lle. How often each character writes which
// letters is learnt from the names in CC-CEDICT (names.txt.gz, of its licence;
// index/lexicon/internal/cedict); a line is "letters<TAB>times<TAB>尔 12|勒 3".
//
// Of the pairs of characters in the reports those are chained that write the
// whole name most likely. Before, consonants alone were compared: Elway was as
// much 拉瓦 as 埃尔维.

//go:embed names.txt.gz
var namesFile []byte

// writing is a character, and what it costs that it writes the letters: the
// negative logarithm of how likely it does.
type writing struct {
	char rune
	cost float64
}

// writings are the characters for letters, and for what is left of them without
// vowels: way is met in no name, but w with a vowel is.
var writings = sync.OnceValues(func() (letters, consonants map[string][]writing) {
	letters, consonants = map[string][]writing{}, map[string][]writing{}
	all, times := map[string]float64{}, map[string]map[rune]float64{}
	for _, line := range strings.Split(strings.TrimSpace(terms.Unpack(namesFile)), "\n") {
		fields := strings.Split(line, "\t")
		n, _ := strconv.ParseFloat(fields[1], 64)
		met := readTimes(fields[2])
		letters[fields[0]] = spread(n, met)
		key := withoutVowels(fields[0])
		if times[key] == nil {
			times[key] = map[rune]float64{}
		}
		all[key] += n
		for c, n := range met {
			times[key][c] += n
		}
	}
	for key, met := range times {
		if key != "" && all[key] >= oftenEnough {
			consonants[key] = spread(all[key], met)
		}
	}
	return letters, consonants
})

func withoutVowels(letters string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiouy", r) {
			return -1
		}
		return r
	}, letters)
}

func readTimes(list string) map[rune]float64 {
	times := map[rune]float64{}
	for _, item := range strings.Split(list, "|") {
		char, n, _ := strings.Cut(item, " ")
		for _, c := range char {
			times[c], _ = strconv.ParseFloat(n, 64)
		}
	}
	return times
}

const (
	oftenEnough     = 4.0  // times that consonants are met, to tell anything
	unseenNames     = 1.0  // added to how often letters are met
	bySyllable      = 0.25 // how much of it other characters of the same sound have: 莉 for 利
	longestBite     = 6    // letters that one character writes
	longestName     = 7    // characters
	mostNames       = 3
	mostTried       = 40
	shortestForeign = 4 // letters
)

// spread is what each character costs that was met, or sounds like one that was.
func spread(all float64, times map[rune]float64) (out []writing) {
	chance := map[rune]float64{}
	for _, c := range slices.Sorted(maps.Keys(times)) { // in order: sums of floats depend on it
		n := times[c]
		chance[c] += (1 - bySyllable) * n
		same := homophones()[sound(c)]
		for _, d := range same {
			chance[d] += bySyllable * n / float64(len(same))
		}
	}
	for c, n := range chance {
		out = append(out, writing{c, -math.Log(n / (all + unseenNames))})
	}
	slices.SortFunc(out, func(a, b writing) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.char, b.char)) })
	return out
}

// sound is a character's commonest reading.
func sound(c rune) string {
	if all := readings(c); len(all) > 0 {
		return all[0]
	}
	return ""
}

// homophones are the characters of foreign names by their sound.
var homophones = sync.OnceValue(func() map[string][]rune {
	out := map[string][]rune{}
	for c := range foreignCharacters() {
		out[sound(c)] = append(out[sound(c)], c)
	}
	return out
})

// Heard is a name of the reports that a foreign one may be; Cost tells how
// badly it sounds like it, per letter.
type Heard struct {
	Text string
	Cost float64
}

// Sounding returns names of the reports that an English word may be, best first.
// has tells whether a report has a name: its pairs may stand each in another one.
func (w *Words) Sounding(english string, has func(name string) bool) []Heard {
	letters := Letters(english)
	if len(letters) < shortestForeign {
		return nil
	}
	s := search{words: w, letters: letters, limit: costAny + costEach*float64(len(letters)), at: make([][]begun, len(letters)+1)}
	s.at[0] = []begun{{}}
	for at := range letters {
		for _, b := range likeliest(s.at[at]) {
			s.goOn(b, at)
		}
	}
	return s.best(has)
}

// A name may cost this much, and this much for each of its letters.
const (
	costAny  = 1.5
	costEach = 0.7
)

// search goes through the letters, and holds for each the names that are written
// before it.
type search struct {
	words   *Words
	letters string
	limit   float64
	at      [][]begun
}

// begun is a name as far as it is written.
type begun struct {
	name string
	last rune
	cost float64
}

// mostBegun names are gone on with at each letter. In a large library nearly all
// pairs of the characters of names stand somewhere.
const mostBegun = 100

func likeliest(names []begun) []begun {
	slices.SortFunc(names, func(a, b begun) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.name, b.name))
	})
	return names[:min(len(names), mostBegun)]
}

// goOn leaves the letter at out, or writes it with some behind it.
func (s *search) goOn(b begun, at int) {
	if skipped := (begun{b.name, b.last, b.cost + s.skipped(at)}); skipped.cost <= s.limit {
		s.at[at+1] = append(s.at[at+1], skipped)
	}
	if len(b.name) == longestName*len("名") {
		return
	}
	for end := at + 1; end <= min(len(s.letters), at+longestBite); end++ {
		s.write(b, at, end)
	}
}

// skipped is what it costs that a letter is not written.
func (s *search) skipped(at int) float64 {
	letter := s.letters[at]
	if last := at == len(s.letters)-1; at > 0 && (strings.IndexByte("aeiouyhr", letter) >= 0 || last && letter == 's') || letter == 'h' {
		return 0.8
	}
	return 2
}

// unmet is what it costs that no name has the letters.
const unmet = 0.7

// write goes on with each character that may write the letters [at, end).
func (s *search) write(b begun, at, end int) {
	letters, consonants := writings()
	chars := letters[s.letters[at:end]]
	if chars == nil {
		chars, b.cost = consonants[withoutVowels(s.letters[at:end])], b.cost+unmet
	}
	for _, c := range chars {
		if b.cost+c.cost > s.limit {
			return
		}
		if b.name == "" && s.words.follow[c.char] != nil || s.words.count[[2]rune{b.last, c.char}] > 0 {
			s.at[end] = append(s.at[end], begun{b.name + string(c.char), c.char, b.cost + c.cost})
		}
	}
}

// best are the names that the reports have, of those that cost least.
func (s *search) best(has func(name string) bool) (names []Heard) {
	tried := map[string]bool{}
	for _, b := range likeliest(s.at[len(s.letters)]) {
		if len(names) == mostNames || len(tried) == mostTried {
			break
		}
		if len(b.name) > len("名") && !tried[b.name] && has(b.name) {
			names = append(names, Heard{b.name, b.cost / float64(len(s.letters))})
		}
		tried[b.name] = true
	}
	return names
}

// Letters are a name's letters as they sound: an x is two sounds.
func Letters(name string) string { return strings.ReplaceAll(name, "x", "ks") }

// Foreign tells whether most characters of a word write foreign names.
func Foreign(word []rune) bool {
	n := 0
	for _, c := range word {
		if foreignCharacters()[c] {
			n++
		}
	}
	return n*3 >= len(word)*2
}

//go:embed transliteration.txt
var transliterationFile string

// foreignCharacters write foreign names.
var foreignCharacters = sync.OnceValue(func() map[rune]bool {
	out := map[rune]bool{}
	for _, line := range terms.Lines(transliterationFile) {
		for _, c := range fold.String(line) {
			out[c] = true
		}
	}
	return out
})
