package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/fold"
)

// A text whose characters came parted (spaced.go) comes line by line from a page set in Chinese type,
// which tells more of its lines than other texts do: they are as wide as the page but for a quarter
// of a character, quotation marks being of full width. What such a text has lost is the white that
// its paragraphs began with. Two characters less in a first line are no end of a paragraph, then; and
// a line that is those two short of the next one is a first line, though the one before is full:
//
//	（七）2025年落实市人大预算决议及预算执行效果情况
//	2025年，全市各级政府及其财政部门认真执行市十八届人
//	大四次会议及市人大常委会各项决议，发挥积极财政政策作用，

const (
	indent     = "　　"
	hangs      = 2.0 // columns that a stop stands beyond the width at most
	leastShort = 2.5 // columns that a first line is short of the width, its white being 4
)

// setColumns is the width of a line in Chinese type: quotation marks and dashes are as wide as
// characters, and a quarter of one is left between those and Latin letters or digits.
func setColumns(s string) (n float64) {
	var last rune
	for _, r := range s {
		n++
		if wide(r) || strings.ContainsRune("“”‘’—…", r) {
			n++
		}
		if fold.Han(last) && fold.Alnum(r) || (fold.Alnum(last) || last == '%') && fold.Han(r) {
			n += 0.5
		}
		last = r
	}
	return n
}

// measure is the width of a text in columns.
func (w *wrapped) measure(s string) float64 {
	if w.set {
		return setColumns(s)
	}
	return float64(columns(s))
}

// goesOn tells whether the passage that ends with last, and is that alone if first, goes on in a line.
func (w *wrapped) goesOn(last string, first bool, i int) bool {
	line := w.lines[i]
	if !w.set {
		return w.full(last, line)
	}
	if w.beyond(last) || ended(last) && (strings.HasPrefix(line, "——") || w.begins(i)) {
		return false
	}
	if first {
		last = indented(last)
	}
	return w.full(last, line)
}

// begins tells the first line of a paragraph of several: it goes on, with the white that it has lost.
func (w *wrapped) begins(i int) bool {
	line := w.lines[i]
	next := w.following(i)
	word := strings.TrimRight(leastWord.FindString(next), "，。、；：！？") // they hang
	short := w.width - w.measure(line) - w.measure(word)
	return next != "" && !marked.MatchString(next) && short >= leastShort && w.full(indented(line), next)
}

// indented is a first line with the white that it had, where it has lost that.
func indented(line string) string {
	if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "　") {
		return line
	}
	return indent + line
}

// following is the line behind one, on the next page maybe.
func (w *wrapped) following(i int) string {
	for _, line := range w.lines[i+1:] {
		if !dashedNumber.MatchString(line) {
			return line
		}
	}
	return ""
}

// beyond tells a line that is wider than the page's lines are: a title in other type, not a part of
// a passage.
func (w *wrapped) beyond(line string) bool {
	return w.measure(line) > w.width+hangs && !stops.MatchString(line)
}

// ended tells a line that a paragraph may end with: the end of a sentence, or a heading.
func ended(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("。！？；：", last) || marked.MatchString(line) && !stops.MatchString(line) && !unicode.IsPunct(last)
}

var (
	stops        = regexp.MustCompile(`[，。；：！？]`)
	dashedNumber = regexp.MustCompile(`^[ 　]*[-–—][ 　]*[0-9]{1,3}[ 　]*[-–—]$`)
)
