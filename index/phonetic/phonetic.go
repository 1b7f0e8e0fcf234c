// Package phonetic finds the reports' own words by how they sound: wangluo
// lingshou is 网络零售, 零收 is a slip for 零售, Jacksonville is what 杰克逊维尔
// writes in Chinese.
//
// The reports are the dictionary: their pairs of neighbouring characters, with
// the number of paragraphs that have each, are chained into words; a word that
// no report has is never proposed. Readings are go-pinyin's (MIT, after Unihan).
package phonetic

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// Gram is a pair of characters and how many paragraphs have it.
type Gram struct {
	Text  string
	Count float64
}

// Words are the pairs of characters of the reports. It may be used by many at once.
type Words struct {
	count  map[[2]rune]float64
	follow map[rune][]rune      // which characters come next
	sounds map[string][][2]rune // "wang luo" → 网络, 王洛
	looks  map[rune][]rune      // characters that look alike
	spoken map[string][]rune    // syllable → the characters of the reports that have it
}

// New reads the pairs; what is no two Chinese characters is left out.
func New(grams []Gram) *Words {
	w := &Words{count: map[[2]rune]float64{}, follow: map[rune][]rune{}, sounds: map[string][][2]rune{}, looks: lookalikes(), spoken: map[string][]rune{}}
	met := map[rune]bool{}
	for _, g := range grams {
		r := []rune(g.Text)
		if len(r) != 2 || !fold.Han(r[0]) || !fold.Han(r[1]) {
			continue
		}
		p := [2]rune{r[0], r[1]}
		if w.count[p] == 0 {
			w.follow[p[0]] = append(w.follow[p[0]], p[1])
			for _, a := range readings(p[0]) {
				for _, b := range readings(p[1]) {
					w.sounds[a+" "+b] = append(w.sounds[a+" "+b], p)
				}
			}
		}
		w.count[p] += g.Count
		for _, c := range p {
			if !met[c] {
				met[c] = true
				for _, s := range readings(c) {
					w.spoken[s] = append(w.spoken[s], c)
				}
			}
		}
	}
	return w
}

//go:embed shapes.txt
var shapesFile string

func lookalikes() map[rune][]rune {
	looks := map[rune][]rune{}
	for _, line := range terms.Lines(shapesFile) {
		alike := []rune(fold.String(line))
		for _, c := range alike {
			for _, d := range alike {
				if c != d {
					looks[c] = append(looks[c], d)
				}
			}
		}
	}
	return looks
}

// readings is a character's syllables without tones, ü written v.
func readings(c rune) (out []string) {
	for _, s := range strings.Split(pinyin.PinyinDict[int(c)], ",") {
		if s = toneless(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

var toneless = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "ê", "e").Replace

// syllables is every syllable that some character has.
var syllables = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for c := range pinyin.PinyinDict {
		for _, s := range readings(rune(c)) {
			if strings.ContainsAny(s, "aeiouv") && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" {
				all[s] = true
			}
		}
	}
	return all
})

const (
	longestSyllable = 6
	waysToSplit     = 8 // that are tried: xian is 先, and 西安
)

// Syllables returns the ways to cut letters into syllables, those of the
// fewest first; none where they can't be.
func Syllables(letters string) (rows [][]string) {
	var cut func(at int, row []string)
	cut = func(at int, row []string) {
		if at == len(letters) {
			rows = append(rows, slices.Clone(row))
			return
		}
		for n := min(longestSyllable, len(letters)-at); n > 0 && len(rows) < waysToSplit; n-- {
			if s := letters[at : at+n]; syllables()[s] {
				cut(at+n, append(row, s))
			}
		}
	}
	cut(0, nil)
	slices.SortStableFunc(rows, func(a, b []string) int { return len(a) - len(b) })
	return rows
}

// Spelled returns what the reports write for syllables, "" where some of them
// belong to no pair of characters that they have.
func (w *Words) Spelled(letters string) string {
	for _, row := range Syllables(letters) {
		if text := w.Chain(row); text != "" {
			return text
		}
	}
	return ""
}

// newWord is what it costs to begin a word in the middle of a row, against the
// logarithm of how many paragraphs have a pair.
const newWord = 4

type path struct {
	text  []rune
	score float64
}

// Chain returns the likeliest characters for a row of syllables: pairs that
// the reports have, each going on from the last or beginning a word.
func (w *Words) Chain(row []string) string {
	ends := make([]map[rune]path, len(row)) // by the last character so far
	for i := 0; i+1 < len(row); i++ {
		for _, p := range w.sounds[row[i]+" "+row[i+1]] {
			gain := math.Log(1 + w.count[p])
			if i == 0 {
				keep(ends, 1, path{[]rune{p[0], p[1]}, gain})
				continue
			}
			if before, ok := ends[i][p[0]]; ok {
				keep(ends, i+1, path{append(slices.Clone(before.text), p[1]), before.score + gain})
			}
			for _, before := range ends[i-1] {
				keep(ends, i+1, path{append(slices.Clone(before.text), p[0], p[1]), before.score + gain - newWord})
			}
		}
	}
	best := path{score: math.Inf(-1)}
	if len(row) > 1 {
		for _, p := range ends[len(row)-1] {
			if p.score > best.score || p.score == best.score && string(p.text) < string(best.text) {
				best = p
			}
		}
	}
	return string(best.text)
}

func keep(ends []map[rune]path, at int, p path) {
	if ends[at] == nil {
		ends[at] = map[rune]path{}
	}
	last := p.text[len(p.text)-1]
	if old, ok := ends[at][last]; !ok || p.score > old.score || p.score == old.score && string(p.text) < string(old.text) {
		ends[at][last] = p
	}
}

// Initials returns the first letters of a word's syllables: 网络零售 is wlls.
func Initials(word string) string {
	var b strings.Builder
	for _, c := range word {
		r := readings(c)
		if len(r) == 0 {
			return ""
		}
		b.WriteByte(r[0][0])
	}
	return b.String()
}

// Slip returns r with one character put right, where a pair of r is in no
// report and another that sounds or looks like it is: 零收 for 零售. The
// commonest is taken; "" where there is none. Pairs that known tells are right.
func (w *Words) Slip(r []rune, known func(a, b rune) bool) string {
	best, bestCount := "", 0.0
	for i := range r {
		if !w.wrongAt(r, i, known) {
			continue
		}
		for _, c := range w.alike(r[i]) {
			count := 0.0
			if i > 0 {
				count += w.count[[2]rune{r[i-1], c}]
			}
			if i+1 < len(r) {
				count += w.count[[2]rune{c, r[i+1]}]
			}
			if count > bestCount {
				fixed := slices.Clone(r)
				fixed[i] = c
				best, bestCount = string(fixed), count
			}
		}
	}
	return best
}

// wrongAt tells a character that goes with neither neighbour.
func (w *Words) wrongAt(r []rune, i int, known func(a, b rune) bool) bool {
	if !fold.Han(r[i]) {
		return false
	}
	neighbours := 0
	for _, j := range []int{i - 1, i} {
		if j < 0 || j+1 >= len(r) || !fold.Han(r[j]) || !fold.Han(r[j+1]) {
			continue
		}
		neighbours++
		if known(r[j], r[j+1]) {
			return false
		}
	}
	return neighbours > 0
}

// alike is the characters of the reports that sound or look like c.
func (w *Words) alike(c rune) []rune {
	out := slices.Clone(w.looks[c])
	for _, s := range readings(c) {
		out = append(out, w.spoken[s]...)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(d rune) bool { return d == c })
}
