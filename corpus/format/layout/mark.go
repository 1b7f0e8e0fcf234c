package layout

import (
	"regexp"
	"sort"
	"strings"
)

// noteMark is what refers to a note where it stands raised: 1, ②, [3], *, 注1.
var noteMark = regexp.MustCompile(`^[\[〔（(【]?(?:注?[0-9０-９]{1,3}|注|[①-⑳]|[*＊†‡#]{1,3}|[a-zA-Z])(?:[,，、\-–][0-9]{1,3})*[\]〕）)】]?$`)

// unitBefore is what a raised 2 or 3 is an exponent of, power what any number is.
var (
	unitBefore = regexp.MustCompile(`(?:^|[^a-zA-Z])(?:[kKcCdDmM]?m|hm|km|KM|公里|米)$`)
	power      = regexp.MustCompile(`(?:^|[^0-9.,])10$`)
	exponent   = regexp.MustCompile(`^[-−–]?[0-9]{1,2}$`)
	ordinal    = regexp.MustCompile(`^(?:st|nd|rd|th|®|™)$`)
)

// withoutMarks drops the marks of notes, small and raised beside a word: they
// are no text, and "174" with a mark 1 is not 1741. What is an exponent stays,
// as one: 10⁴, km².
func withoutMarks(words []word) []word {
	byBase := make([]int, len(words))
	for i := range words {
		byBase[i] = i
	}
	sort.SliceStable(byBase, func(i, k int) bool { return words[byBase[i]].base() < words[byBase[k]].base() })
	raised := make([]bool, len(words))
	found := false
	for i, w := range words {
		text := w.text()
		if len(w.glyphs) > 8 || !noteMark.MatchString(text) && !exponent.MatchString(text) && !ordinal.MatchString(text) {
			continue
		}
		if at := besideLarger(words, byBase, i); at >= 0 {
			raised[i], found = true, true
			if before := words[at]; before.right < w.left+0.5*w.size() && (isExponent(before.text(), text) || ordinal.MatchString(text)) {
				words[at] = before.raisedTo(w)
			}
		}
	}
	if !found {
		return words
	}
	out := words[:0:0]
	for i, w := range words {
		if !raised[i] {
			out = append(out, w)
		}
	}
	return out
}

// besideLarger finds the word right before or behind which the ith stands
// small and raised, -1 where it does not.
func besideLarger(words []word, byBase []int, i int) int {
	w := words[i]
	from := sort.Search(len(byBase), func(k int) bool { return words[byBase[k]].base() > w.base() })
	best := -1
	for k := from; k < len(byBase); k++ {
		m := words[byBase[k]]
		rise := m.base() - w.base()
		if rise > 4*w.size() {
			break
		}
		if w.size() > 0.78*m.size() || rise < 0.12*m.size() || rise > 0.8*m.size() {
			continue
		}
		after, before := w.left-m.right, m.left-w.right
		if after > -0.3*m.size() && after < 0.35*m.size() {
			return byBase[k]
		}
		if before > -0.3*m.size() && before < 0.6*m.size() {
			best = byBase[k]
		}
	}
	return best
}

func isExponent(before, mark string) bool {
	return exponent.MatchString(mark) && power.MatchString(before) || (mark == "2" || mark == "3") && unitBefore.MatchString(before)
}

var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻", "−", "⁻", "–", "⁻")

func (w word) raisedTo(mark word) word {
	w.glyphs = append([]Glyph(nil), w.glyphs...)
	for i, r := range []rune(superscripts.Replace(mark.text())) {
		g := mark.glyphs[i]
		g.Rune = r
		w.glyphs = append(w.glyphs, g)
	}
	w.right = max(w.right, mark.right)
	return w
}
