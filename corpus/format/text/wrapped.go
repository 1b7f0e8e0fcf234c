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
	squeezed      = 0.07 // the same of a line of Chinese, with its digits and stops
)

// wrapped is the lines of a text, and the width that they were broken at.
type wrapped struct {
	lines    []string
	width    float64
	anywhere bool // lines are broken within numbers too
	spaced   bool // thousands are told apart by spaces: 48 200
	set      bool // lines are of a page set in Chinese type, without the white before paragraphs
}

// unwrapped is a text with the paragraphs that were cut into lines put together; a text that was not
// stays as it is. Its lines are set if their characters came parted.
func unwrapped(text string, set bool) string {
	w := &wrapped{set: set}
	var widths []float64
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n　")
		w.lines = append(w.lines, line)
		if line != "" {
			widths = append(widths, w.measure(line))
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
	w.anywhere, w.spaced = w.breaksAnywhere(), w.spacesThousands()
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
		case open != "" && !marked.MatchString(line) && w.goesOn(last, open == last, i):
			open = w.meet(open, strings.TrimLeft(line, " \t　"))
		default:
			flush()
			open = line
		}
		last = line
	}
	flush()
	return strings.Join(out, "\n") + "\n"
}

// meet puts a line behind what it goes on from; two numbers stay two, and so do those that a stop
// ends and begins: "in 2023," and "250 schools", "a sum of $12." and "30 hospitals". Two spaces stand
// between them, since 48 200 with one space is a number.
func (w *wrapped) meet(open, line string) string {
	first, _ := utf8.DecodeRuneInString(line)
	switch {
	case !endsNumber.MatchString(open):
		return document.Meet(open, line)
	case w.anywhere && brokenNumber.MatchString(open[max(0, strings.LastIndexFunc(open, wide)):]+line):
		return open + line
	case thousandsLast.MatchString(open) && thousands.MatchString(line) && (w.spaced || first == '0'):
		return open + " " + line
	case unicode.IsDigit(first):
		return open + "  " + line
	}
	return document.Meet(open, line)
}

// A number whose thousands are told apart by spaces may be broken there. It is put together in a text
// that writes more of them, and where no other number begins with what follows: 230 and 000.
var (
	spacedNumber  = regexp.MustCompile(`(?:^|[^0-9., ] ?)[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[^0-9]|$)`)
	commaNumber   = regexp.MustCompile(`[0-9],[0-9]{3}`)
	thousandsLast = regexp.MustCompile(`(?:^|[^0-9.,])[1-9][0-9]{0,2}$`)
	thousands     = regexp.MustCompile(`^[0-9]{3}(?:[^0-9]|$)`)
)

const leastSpaced = 3 // numbers, and more of them than with commas

func (w *wrapped) spacesThousands() bool {
	spaced, commas := 0, 0
	for _, line := range w.lines {
		spaced += len(spacedNumber.FindAllString(line, -1))
		commas += len(commaNumber.FindAllString(line, -1))
	}
	return spaced >= leastSpaced && spaced > commas
}

// endsNumber ends with a digit, or with the stop behind one.
var endsNumber = regexp.MustCompile(`[0-9][.,]?$`)

// brokenNumber is one number between wide characters: what a line broke was one.
var brokenNumber = regexp.MustCompile(`^[^\x00-\x{2e7f}][0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:%|[^\x00-\x{2e7f}])`)

func wide(r rune) bool { return r >= 0x2e80 }

// leastStops of the lines that go on begin with a stop where a program breaks lines anywhere, in a
// number too. One that knows how to set type lets no line begin so.
const leastStops = 0.02

// breaksAnywhere tells lines that were broken without regard for what stands there.
func (w *wrapped) breaksAnywhere() bool {
	stops, all := 0.0, 0.0
	for i, line := range w.lines[:len(w.lines)-1] {
		if line == "" || w.lines[i+1] == "" || !w.full(line, w.lines[i+1]) {
			continue
		}
		all++
		if first, _ := utf8.DecodeRuneInString(w.lines[i+1]); strings.ContainsRune("，。、；：！？”’）》", first) {
			stops++
		}
	}
	return stops >= 2 && stops >= leastStops*all
}

// full tells that what the next line begins with would not have stood at the end of a line.
func (w *wrapped) full(line, next string) bool {
	if cells.MatchString(line) || cells.MatchString(next) {
		return false
	}
	next = strings.TrimLeft(next, " 　")
	word := leastWord.FindString(next)
	need := w.measure(line) + w.measure(word)
	if first, _ := utf8.DecodeRuneInString(word); first < 0x2e80 {
		return need+1 > w.width*(1-ragged)
	}
	return need > w.width*(1-squeezed)
}

// cells are those of a table's row, told apart by lines or by white space.
var cells = regexp.MustCompile(`[|\t]|[^ 　.。:：]   +[^ ]`)

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

// leastPage is how many lines a page has; what stands closer are the values of a list.
const leastPage = 5

// pageNumbers are the lines that are a number alone, one more than the one before or one less than
// the one behind, with a page between them. What stands right below a line that is neither full nor
// ended belongs to it, unless it stands between dashes on a page that is set.
func (w *wrapped) pageNumbers() map[int]bool {
	type number struct{ line, value int }
	var all []number
	for i, line := range w.lines {
		if m := pageNumber.FindStringSubmatch(line); m != nil && (w.set && dashedNumber.MatchString(line) || !w.labelled(i)) {
			value, _ := strconv.Atoi(m[1])
			all = append(all, number{i, value})
		}
	}
	out := map[int]bool{}
	for i := 1; i < len(all); i++ {
		if all[i].value == all[i-1].value+1 && w.between(all[i-1].line, all[i].line) >= leastPage {
			out[all[i-1].line], out[all[i].line] = true, true
		}
	}
	return out
}

// labelled tells a number right below what it may be the value of.
func (w *wrapped) labelled(i int) bool {
	if i == 0 || w.lines[i-1] == "" {
		return false
	}
	above := w.lines[i-1]
	last, _ := utf8.DecodeLastRuneInString(above)
	if unicode.IsPunct(last) && !strings.ContainsRune(":：)）", last) {
		return false
	}
	return i+1 >= len(w.lines) || w.lines[i+1] == "" || !w.full(above, w.lines[i+1])
}

// between is how many lines that say something stand between two.
func (w *wrapped) between(i, k int) (n int) {
	for _, line := range w.lines[i+1 : k] {
		if line != "" {
			n++
		}
	}
	return n
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
