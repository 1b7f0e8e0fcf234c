package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/fold"
)

// What some programs take out of a PDF has every Chinese character parted from the next, stops and
// all: "预  算  收  入  完  成  1093.35亿  元  ，". Nobody writes so: a normal text has a blank before
// no stop, and sets apart the characters of a title or of a short name only (目  录, 王  五). So a
// stretch of such lines that is long enough, and has stops, is told apart from those, and its
// characters are put together. Nothing but blanks goes: each digit stands as it stood. Gaps wider
// than those between characters are columns, and stay.

const (
	leastParted  = 0.8 // of the neighbours in a line that is spaced: its stops may touch, as OCR has it
	leastPairs   = 60  // parted neighbours of a stretch; a list of names may have as many, but
	leastSigns   = 3   // stops beside them it has not
	mostTouching = 20  // neighbours that are not, more than the parted ones behind them, end a stretch
	widestParted = 4   // columns; what stands further apart says nothing
	leastYears   = 2   // told by digits that are parted: 2 0 2 5 年
)

// spacing is how the characters of a line, or of many, stand to each other.
type spacing struct {
	gaps     []int // columns between two Chinese characters that are parted
	touching int   // Chinese characters that are not
	stops    int
	digits   bool // two stand side by side
	years    int  // told by digits that are parted
}

// unspaced is a text whose characters were parted by blanks, put together there; elsewhere it stays.
// mostly tells that most of its lines came so.
func unspaced(text string) (together string, mostly bool) {
	lines := slices.Collect(strings.Lines(text))
	all := make([]spacing, len(lines))
	for i, line := range lines {
		all[i] = spacingOf(line)
	}
	closed := 0
	for from := 0; from < len(lines); {
		to := stretch(all[from:]) + from
		if sum := total(all[from:to]); sum.certain() {
			sum.close(lines[from:to], all[from:to])
			closed += to - from
		}
		from = max(to, from+1)
	}
	return strings.Join(lines, ""), 2*closed > len(lines)
}

// stretch is how many lines a stretch that begins with the first one has, 0 where that is not spaced.
// A running head that came whole does not end it, a sentence of another text does.
func stretch(lines []spacing) (to int) {
	if len(lines) == 0 || !lines[0].parted() {
		return 0
	}
	pairs, lapse := 0, 0
	for i, s := range lines {
		if !s.parted() {
			lapse += s.touching
		} else if lapse = max(0, lapse-len(s.gaps)); lapse == 0 {
			to = i + 1
		}
		pairs += len(s.gaps)
		if lapse > min(mostTouching, pairs) {
			break
		}
	}
	return to
}

func total(lines []spacing) (sum spacing) {
	for _, s := range lines {
		if s.parted() {
			sum.gaps = append(sum.gaps, s.gaps...)
			sum.stops += s.stops
		}
		sum.digits = sum.digits || s.digits
		sum.years += s.years
	}
	return sum
}

// parted tells a line that is spaced.
func (s *spacing) parted() bool {
	return len(s.gaps) > 0 && float64(len(s.gaps)) >= leastParted*float64(len(s.gaps)+s.touching)
}

// silent tells a line that has no two Chinese characters side by side.
func (s *spacing) silent() bool { return len(s.gaps)+s.touching == 0 }

func (s *spacing) certain() bool { return len(s.gaps) >= leastPairs && s.stops >= leastSigns }

// room is the widest gap between characters: a blank more than the usual one. What stands further
// apart are columns.
func (s *spacing) room() int {
	gaps := slices.Sorted(slices.Values(s.gaps))
	return gaps[len(gaps)/2] + 1
}

// close puts the characters of a stretch together, which s is the sum of.
func (s *spacing) close(lines []string, each []spacing) {
	room := s.room()
	for i := range lines {
		if !each[i].parted() && !each[i].silent() {
			continue
		}
		if !s.digits && s.years >= leastYears {
			lines[i] = closeNumbers(lines[i], room, each[i].stops > 0)
		}
		lines[i] = closeLine(lines[i], room)
	}
}

// spacingOf looks at a line.
func spacingOf(line string) (s spacing) {
	for p := range neighbours(line) {
		switch {
		case digit(p.a) && digit(p.b):
			s.digits = s.digits || p.gap == ""
		case !chinese(p.a) || !chinese(p.b):
		case p.gap == "":
			s.touching++
		case narrow(p.gap, widestParted):
			s.gaps = append(s.gaps, columns(p.gap))
		}
		if strings.ContainsRune("，。、；：", p.b) {
			s.stops++
		}
	}
	s.years = len(partedYear.FindAllString(line, -1))
	return s
}

// pair is two characters of a line one after the other, and what blanks are between them; from and to
// are where those begin and end.
type pair struct {
	a, b     rune
	gap      string
	from, to int
}

// neighbours gives each pair of a line.
func neighbours(line string) func(func(pair) bool) {
	return func(yield func(pair) bool) {
		var last rune
		end := 0
		for i, size := 0, 0; i < len(line); i += size {
			var r rune
			if r, size = utf8.DecodeRuneInString(line[i:]); unicode.IsSpace(r) {
				continue
			}
			if end > 0 && !yield(pair{last, r, line[end:i], end, i}) {
				return
			}
			last, end = r, i+size
		}
	}
}

// closeLine drops the gaps beside the Chinese characters of a line.
func closeLine(line string, room int) string {
	var out strings.Builder
	from := 0
	for p := range neighbours(line) {
		if p.gap != "" && meets(p.a, p.b) && narrow(p.gap, room) {
			out.WriteString(line[from:p.from])
			from = p.to
		}
	}
	return out.String() + line[from:]
}

// narrow tells a gap between characters from one between columns.
func narrow(gap string, room int) bool {
	return !strings.Contains(gap, "\t") && columns(gap) <= room
}

// meets tells a Chinese character and what may belong to it: another, a word, a number. A mark before
// an item (•, -) and the line between two cells (|) do not.
func meets(a, b rune) bool {
	return chinese(a) && (chinese(b) || inWord(b)) || inWord(a) && chinese(b)
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("%‰℃", r)
}

// chinese tells a Chinese character or stop.
func chinese(r rune) bool {
	return fold.Han(r) || strings.ContainsRune("“”‘’—…·", r) || wide(r) && unicode.IsPunct(r)
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

var (
	partedYear   = regexp.MustCompile(`(?:1[  　]+9|2[  　]+0)[  　]+[0-9][  　]+[0-9][  　]+年`)
	partedNumber = regexp.MustCompile(`[0-9](?:[  　]+[0-9.,%])+`)
	oneNumber    = regexp.MustCompile(`^(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?[%.,]?$`)
)

// closeNumbers puts the digits of numbers together in a text where no two touch and years are told so:
// 2 0 2 5 年. What is no number then stays; so do digits that end a line without a stop, which may be
// the cells of a row, and what may be the number of an item and a year: 1 . 2 0 2 5 年.
func closeNumbers(line string, room int, sentence bool) string {
	var out strings.Builder
	from := 0
	for _, at := range partedNumber.FindAllStringIndex(line, -1) {
		closed, ok := closeDigits(line[at[0]:at[1]], room)
		before, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(line[:at[0]]))
		after, _ := utf8.DecodeRuneInString(strings.TrimSpace(line[at[1]:]))
		if !ok || after == '年' && strings.Contains(closed, ".") || !bounds(before, sentence) || !bounds(after, sentence) {
			continue
		}
		out.WriteString(line[from:at[0]] + closed)
		from = at[1]
	}
	return out.String() + line[from:]
}

// closeDigits is the digits of a number without the gaps, false where they are not surely one.
func closeDigits(s string, room int) (string, bool) {
	for p := range neighbours(s) {
		if !narrow(p.gap, room) {
			return "", false
		}
	}
	closed := strings.Join(strings.Fields(s), "")
	return closed, oneNumber.MatchString(closed)
}

// bounds tells what a number stands beside: a Chinese character, or the end of a line of a sentence.
func bounds(r rune, sentence bool) bool {
	return chinese(r) || r == utf8.RuneError && sentence
}
