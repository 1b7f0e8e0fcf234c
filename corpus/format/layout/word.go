package layout

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/fold"
)

// word is characters that surely belong together: one after the other in the
// file, on one baseline, in one size, without white between them.
type word struct {
	glyphs                   []Glyph
	left, top, right, bottom float64
	n                        int // which one of the file it is
	blanks                   int // how many blanks the file has before it
}

func (w word) size() float64 { return w.bottom - w.top }
func (w word) base() float64 { return w.bottom - 0.2*w.size() }
func (w word) first() rune   { return w.glyphs[0].Rune }
func (w word) last() rune    { return w.glyphs[len(w.glyphs)-1].Rune }

func (w word) text() string {
	var b strings.Builder
	for _, g := range w.glyphs {
		b.WriteRune(g.Rune)
	}
	return b.String()
}

func newWord(g Glyph, n, blanks int) word {
	return word{[]Glyph{g}, g.Left, g.Top, g.Right, g.Bottom, n, blanks}
}

func (w *word) add(g Glyph) {
	w.glyphs = append(w.glyphs, g)
	w.left, w.right = min(w.left, g.Left), max(w.right, g.Right)
}

// closest is how much white, in heights, stands between the digits of one
// number at most: half a digit.
const closest = 0.25

// wordsOf gathers the glyphs of a file into words.
func wordsOf(glyphs []Glyph) (words []word) {
	blanks := 0
	for _, g := range glyphs {
		if unicode.IsSpace(g.Rune) {
			blanks++
			continue
		}
		if n := len(words); n > 0 && words[n-1].goesOn(g) && (blanks == 0 || words[n-1].whiteBefore(g) < narrowest) {
			words[n-1].add(g)
			blanks = 0
			continue
		}
		words = append(words, newWord(g, len(words), blanks))
		blanks = 0
	}
	known := words[:0]
	for _, w := range words {
		if w.doubt() {
			known = append(known, w)
		}
	}
	return known
}

// doubt makes the digits of a number unknown as soon as one character beside
// them is: what is left of a number is another number. False where nothing is
// known of the word.
func (w *word) doubt() bool {
	unknown := 0
	for i, g := range w.glyphs {
		if g.Rune != Unknown {
			continue
		}
		unknown++
		for k := i - 1; k >= 0 && inNumber(w.glyphs[k].Rune); k-- {
			w.glyphs[k].Rune = Unknown
			unknown++
		}
		for k := i + 1; k < len(w.glyphs) && inNumber(w.glyphs[k].Rune); k++ {
			w.glyphs[k].Rune = Unknown // counted when it is come to
		}
	}
	return unknown < len(w.glyphs)
}

// narrowest is how wide a blank is at least, in heights: one that the next
// character stands over is none.
const narrowest = 0.1

// whiteBefore is the white before a glyph, in heights.
func (w word) whiteBefore(g Glyph) float64 {
	return (g.Left - w.right) / max(g.Bottom-g.Top, w.size())
}

func (w word) goesOn(g Glyph) bool {
	size, white := g.Bottom-g.Top, w.whiteBefore(g)
	return abs(g.Bottom-w.bottom) < 0.1*w.size() && alike(size, w.size()) && white < closest && white > -0.35
}

// alike tells sizes of one type.
func alike(a, b float64) bool { return a < 1.2*b && b < 1.2*a }

// run is words side by side that are read as one; a line has one or several.
type run struct {
	text                     string
	glyphs                   []Glyph
	left, top, right, bottom float64
	blanks                   int // that the file has before it
}

func (r run) numeral() bool { return valued(r.text) }

// linesOf gathers words into lines by their baselines, and the words of a line
// into runs.
func linesOf(words []word) []line {
	words = withoutMarks(words)
	sort.SliceStable(words, func(i, k int) bool { return words[i].base() < words[k].base() })
	var out []line
	for from := 0; from < len(words); {
		to := from + 1
		for to < len(words) && words[to].base()-words[from].base() < 0.3*min(words[from].size(), words[to].size()) {
			to++
		}
		out = append(out, newLine(words[from:to]))
		from = to
	}
	return out
}

func newLine(words []word) line {
	sort.SliceStable(words, func(i, k int) bool { return words[i].left < words[k].left })
	words = once(words)
	l := line{left: words[0].left, top: words[0].top, right: words[0].right, bottom: words[0].bottom, base: words[0].base(), size: words[0].size()}
	most := 0
	for _, w := range words {
		l.left, l.top, l.right, l.bottom = min(l.left, w.left), min(l.top, w.top), max(l.right, w.right), max(l.bottom, w.bottom)
		if len(w.glyphs) > most {
			most, l.base, l.size = len(w.glyphs), w.base(), w.size()
		}
	}
	l.runs = runsOf(words, spreadOf(words))
	return l
}

// once drops what is drawn a second time at nearly the same place, as a bold
// type or a shadow is made.
func once(words []word) []word {
	out := words[:0:0]
	for _, w := range words {
		again := false
		for i := len(out) - 1; i >= 0 && i >= len(out)-3 && !again; i-- {
			o := out[i]
			again = w.left-o.left < 0.25*w.size() && len(o.glyphs) == len(w.glyphs) && o.text() == w.text()
		}
		if !again {
			out = append(out, w)
		}
	}
	return out
}

// spreadOf is the white, in heights, that a line has between all its
// characters because it was spread over its width: "增 长 4 . 5 %". 0 of a line
// that was not, or that is mostly numbers, whose white parts them.
func spreadOf(words []word) float64 {
	var whites []float64
	glyphs, han := 0, 0
	for i, w := range words {
		glyphs += len(w.glyphs)
		for _, g := range w.glyphs {
			if fold.Han(g.Rune) {
				han++
			}
		}
		if i > 0 {
			whites = append(whites, (w.left-words[i-1].right)/max(w.size(), 1))
		}
	}
	if len(words) < 8 || len(words)*5 < glyphs*4 || han*5 < glyphs*2 {
		return 0
	}
	low, high := quantile(whites, 0.2), quantile(whites, 0.7)
	if low < closest || high > 1.5 || high-low > 0.3 {
		return 0
	}
	return low
}

// gap is how far apart words of a line stand that are not one run, in heights.
const gap = 1.2

// runsOf joins the words of a line that follow one another without a gap.
func runsOf(words []word, spread float64) (runs []run) {
	for i, w := range words {
		if i > 0 {
			if between, one := meet(words[i-1], w, spread); one {
				last := &runs[len(runs)-1]
				last.text += between + w.text()
				last.glyphs = append(last.glyphs, w.glyphs...)
				last.right = max(last.right, w.right)
				last.top, last.bottom = min(last.top, w.top), max(last.bottom, w.bottom)
				continue
			}
		}
		runs = append(runs, run{w.text(), append([]Glyph(nil), w.glyphs...), w.left, w.top, w.right, w.bottom, w.blanks})
	}
	return runs
}

// meet tells whether two words of a line, one after the other, are one run, and
// what stands between them then.
func meet(a, b word, spread float64) (between string, one bool) {
	white := (b.left-a.right)/max(a.size(), b.size()) - spread
	typed := b.n == a.n+1 && b.blanks > 0
	x, y := a.last(), b.first()
	switch {
	case white < -0.5: // one lies over the other
		return "", false
	case numbersMeet(x, y):
		switch {
		case white < closest && !typed && alike(a.size(), b.size()):
			return "", true
		case typed && b.blanks == 1 && white < 0.7: // 36 700
			return " ", true
		}
		return "", false
	case white > gap:
		return "", false
	case needsBlank(x, y, white) || typed && white > narrowest:
		return " ", true
	}
	return "", true
}

// numbersMeet tells two characters that would make one number of what stands
// before and behind them.
func numbersMeet(x, y rune) bool {
	return inNumber(x) && (inNumber(y) || strings.ContainsRune("-−–+－＋▲▼", y)) || strings.ContainsRune("%％‰", x) && inNumber(y) ||
		strings.ContainsRune("-−–+－＋▲▼", x) && inNumber(y)
}

func inNumber(r rune) bool {
	return isDigit(r) || r == '.' || r == ',' || r == '．'
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' || '０' <= r && r <= '９' }

// text is the line's runs. Numbers that stand apart stay so.
func (l line) text() string {
	var b strings.Builder
	for i, r := range l.runs {
		if i > 0 {
			if numbersMeet(lastRune(l.runs[i-1].text), firstRune(r.text)) {
				b.WriteString(apart)
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(r.text)
	}
	return b.String()
}

// goesOnIn tells whether the end of a line and the beginning of the next are
// one piece of the file, which therefore was cut there.
func (l line) goesOnIn(next line) bool {
	if len(l.runs) == 0 || len(next.runs) == 0 || next.runs[0].blanks > 0 {
		return false
	}
	last := l.runs[len(l.runs)-1].glyphs
	return last[len(last)-1].Object == next.runs[0].glyphs[0].Object && last[0].Object > 0
}

// apart stands between numbers of one line that are not one, as it does between
// the cells of a row.
const apart = " | "

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// needsBlank tells whether white of that many heights between two characters
// is a blank that the file left out.
func needsBlank(a, b rune, white float64) bool {
	if a == ' ' || b == ' ' {
		return false
	}
	if a < 0x2e80 && b < 0x2e80 && unicode.IsLetter(a) && unicode.IsLetter(b) {
		return white > 0.15
	}
	return white > 0.8
}

// latin tells a character before or after which the end of a line is a blank.
func latin(r rune) bool {
	return r < 0x2e80 && !fold.Han(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
