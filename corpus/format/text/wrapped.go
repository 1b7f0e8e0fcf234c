package text

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/format/document"
)

// A text that was copied from a page, or written by a program that breaks its lines, has its
// paragraphs cut at one width. A line goes on in the next where what begins that one would have found
// no room behind it: so the lines were broken, and so they are put together again.

const (
	leastLines    = 20  // of a text whose lines may be broken
	leastBroken   = 0.1 // of them are full and end in the middle of a sentence
	narrowest     = 30  // columns
	widest        = 130
	widthQuantile = 0.95
	ragged        = 0.12 // of the width: letters are not of one width on the page
)

// wrapped is the lines of a text, and the width that they were broken at.
type wrapped struct {
	lines []string
	width int
}

// unwrapped is a text with the paragraphs that were cut into lines put together; a text that was not
// stays as it is.
func unwrapped(text string) string {
	w := &wrapped{}
	var widths []int
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n　")
		w.lines = append(w.lines, line)
		if line != "" {
			widths = append(widths, columns(line))
		}
	}
	if len(widths) < leastLines {
		return text
	}
	slices.Sort(widths)
	w.width = widths[int(widthQuantile*float64(len(widths)-1))]
	if w.width < narrowest || w.width > widest || w.broken() < leastBroken*float64(len(widths)) {
		return text
	}
	return w.join()
}

// broken is how many lines end at the width in the middle of a sentence.
func (w *wrapped) broken() (n float64) {
	for i, line := range w.lines[:len(w.lines)-1] {
		if last, _ := utf8.DecodeLastRuneInString(line); line != "" && w.lines[i+1] != "" && !unicode.IsPunct(last) && w.full(line, w.lines[i+1]) {
			n++
		}
	}
	return n
}

func (w *wrapped) join() string {
	var out []string
	open := ""
	flush := func() {
		if open != "" {
			out = append(out, open)
		}
		open = ""
	}
	last := "" // the line that open ends with
	numbers := w.pageNumbers()
	for i, line := range w.lines {
		switch {
		case numbers[i], line == "" && w.acrossPage(i, numbers):
			continue
		case line == "":
			flush()
			out = append(out, "")
			continue
		case open != "" && markAlone.MatchString(last):
			open += " " + strings.TrimLeft(line, " \t　")
		case open != "" && !marked.MatchString(line) && w.full(last, line):
			open = meet(open, strings.TrimLeft(line, " \t　"))
		default:
			flush()
			open = line
		}
		last = line
	}
	flush()
	return strings.Join(out, "\n") + "\n"
}

// meet puts a line behind what it goes on from; two numbers stay two.
func meet(open, line string) string {
	before, _ := utf8.DecodeLastRuneInString(open)
	if first, _ := utf8.DecodeRuneInString(line); unicode.IsDigit(before) && unicode.IsDigit(first) {
		return open + " " + line
	}
	return document.Meet(open, line)
}

// full tells that what the next line begins with would not have stood at the end of a line.
func (w *wrapped) full(line, next string) bool {
	if strings.ContainsAny(line, "|\t") || strings.ContainsAny(next, "|\t") {
		return false
	}
	next = strings.TrimLeft(next, " 　")
	word := leastWord.FindString(next)
	need := columns(line) + columns(word)
	if first, _ := utf8.DecodeRuneInString(word); first < 0x2e80 {
		return float64(need+1) > float64(w.width)*(1-ragged)
	}
	return need > w.width-2
}

// leastWord is what a line cannot be broken within: a word, or a character with the stop behind it.
var leastWord = regexp.MustCompile(`^(?:[“‘（(《〈「『]*(?:[!-~]+|[^!-~])[，。、；：！？”’）)》〉」』％%]*)`)

// columns is the width of a text, a Chinese character being two.
func columns(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}

var (
	markAlone  = regexp.MustCompile(`^[ 　]*(?:[•●◆■▪·–-]|[0-9]{1,3}[.．、]|[(（][0-9a-zA-Z一二三四五六七八九十]{1,3}[)）])$`)
	marked     = regexp.MustCompile(`^[ 　]*(?:[•●◆■▪]|[·–-][ 　]|[0-9]{1,3}[.．、](?:[ 　]|[^0-9]|$)|[(（][0-9一二三四五六七八九十]{1,3}[)）]|[(（][a-z]{1,4}[)）] |[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部条])`)
	pageNumber = regexp.MustCompile(`^[ 　]*[-–—]?[ 　]*([0-9]{1,3})[ 　]*[-–—]?$`)
)

// pageNumbers are the lines that are a number alone, one more than the one before or one less than
// the one behind.
func (w *wrapped) pageNumbers() map[int]bool {
	type number struct{ line, value int }
	var all []number
	for i, line := range w.lines {
		if m := pageNumber.FindStringSubmatch(line); m != nil {
			value, _ := strconv.Atoi(m[1])
			all = append(all, number{i, value})
		}
	}
	out := map[int]bool{}
	for i := 1; i < len(all); i++ {
		if all[i].value == all[i-1].value+1 {
			out[all[i-1].line], out[all[i].line] = true, true
		}
	}
	return out
}

// acrossPage tells a blank line beside the number of a page.
func (w *wrapped) acrossPage(i int, numbers map[int]bool) bool {
	for k := max(0, i-2); k <= min(len(w.lines)-1, i+2); k++ {
		if numbers[k] {
			return true
		}
	}
	return false
}
