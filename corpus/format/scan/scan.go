// Package scan reads the text of a picture of a page by tesseract, where that
// is installed with its list of Chinese (Debian: tesseract-ocr and
// tesseract-ocr-chi-sim). What it reads may be wrong, and is marked so.
//
// No library is linked: tesseract is C++, and the program is one static binary.
package scan

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"reportbot/corpus/format/layout"
)

const chinese = "chi_sim"

// DPI is how many dots to the inch a picture should have: at 300 as many digits
// were misread, and it takes longer.
const DPI = 200

// Installed tells whether pictures can be read.
var Installed = sync.OnceValue(func() bool {
	out, err := exec.Command("tesseract", "--list-langs").Output()
	return err == nil && strings.Contains(string(out), chinese)
})

// Read reads a picture, a PNG or JPEG of so many dots to the inch. The places of
// its characters are in points from the top left corner.
//
// It is read twice: as a page with columns, and as one block. A number that only
// one reading has is not known. On a page of a bulletin with 57 numbers the one
// misread five, most of them a per cent sign taken for a 9 (0.1% as 0.19%), the
// other two; none that both had was wrong. On another page both read 2.5% as
// 2.59%, so that a per cent that ends in 9 is not known either.
func Read(ctx context.Context, picture []byte, dpi int) ([]layout.Glyph, error) {
	table, err := run(ctx, picture, dpi, "3", "tsv")
	if err != nil {
		return nil, err
	}
	glyphs := place(table, 72/float64(dpi))
	again, err := run(ctx, picture, dpi, "6", "txt")
	if err != nil {
		return nil, err
	}
	agree(glyphs, again)
	return glyphs, nil
}

// run runs tesseract with a way to divide the page (--psm) and a kind of output.
func run(ctx context.Context, picture []byte, dpi int, way, kind string) (string, error) {
	cmd := exec.CommandContext(ctx, "tesseract", "stdin", "stdout", "-l", chinese, "--dpi", strconv.Itoa(dpi), "--psm", way, kind)
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // its threads only wait for one another
	cmd.Stdin = bytes.NewReader(picture)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		first, _, _ := strings.Cut(said.String(), "\n")
		return "", fmt.Errorf("tesseract: %w: %s", err, first)
	}
	return string(out), nil
}

var number = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?%?`)

// within are blanks within a number, as tesseract leaves them: 53. 42 %.
var within = regexp.MustCompile(` *([.,%]) *`)

// agree makes the digits unknown of numbers that the other reading has not.
func agree(glyphs []layout.Glyph, again string) {
	has := map[string]int{}
	for _, n := range number.FindAllString(within.ReplaceAllString(again, "$1"), -1) {
		has[n]++
	}
	for from := 0; from < len(glyphs); {
		to := from
		var text []byte // one byte a character, so that places in it are places of glyphs
		for to < len(glyphs) && glyphs[to].Object == glyphs[from].Object {
			r := glyphs[to].Rune
			if r >= 0x80 {
				r = ' '
			}
			text = append(text, byte(r))
			to++
		}
		for _, m := range number.FindAllIndex(text, -1) {
			if n := string(text[m[0]:m[1]]); has[n] > 0 && !strings.HasSuffix(n, "9%") {
				has[n]--
				continue
			}
			for i := m[0]; i < m[1]; i++ {
				if isDigit(text[i]) {
					glyphs[from+i].Rune = layout.Unknown
				}
			}
		}
		from = to
	}
}

// word is what tesseract took for one.
type word struct {
	line                     string // which line it is of
	text                     string
	left, top, right, bottom float64
	sure                     bool
}

// sure is the confidence, of 100, below which the digits of a word are not taken.
const sure = 60

// place makes characters of tesseract's table: level, page, block, paragraph,
// line, word, left, top, width, height, confidence, text. The boxes of its words
// overlap and leave gaps within numbers, so the words of a line are set one
// after the other as far as no wide white parts them.
func place(table string, scale float64) (out []layout.Glyph) {
	var words []word
	lines := map[string]word{}
	for row := range strings.Lines(table) {
		f := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
		if len(f) < 12 {
			continue
		}
		var n [4]float64
		for i := range n {
			n[i], _ = strconv.ParseFloat(f[6+i], 64)
		}
		confidence, _ := strconv.ParseFloat(f[10], 64)
		w := word{strings.Join(f[1:5], "."), strings.TrimSpace(f[11]), n[0] * scale, n[1] * scale, (n[0] + n[2]) * scale, (n[1] + n[3]) * scale, confidence >= sure}
		switch {
		case f[0] == "4":
			lines[w.line] = w
		case f[0] == "5" && w.text != "":
			words = append(words, w)
		}
	}
	object := 0
	for from := 0; from < len(words); {
		l := lines[words[from].line]
		to := from + 1
		for to < len(words) && words[to].line == words[from].line && together(words[to-1], words[to], l.bottom-l.top) {
			to++
		}
		object++
		out = append(out, spread(words[from:to], l, object)...)
		from = to
	}
	return out
}

// together tells words that no wide white parts. Numbers that only a blank
// parts are two.
func together(a, b word, height float64) bool {
	white := b.left - a.right
	if isDigit(a.text[len(a.text)-1]) && isDigit(b.text[0]) {
		return white < 0.1*height
	}
	return white < 1.2*height
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// spread sets the characters of words over the room that the words take, Latin
// ones half as wide, on the height of their line.
func spread(words []word, l word, object int) (out []layout.Glyph) {
	var runes []rune
	units := 0.0
	for _, w := range words {
		for _, r := range w.text {
			if !w.sure && '0' <= r && r <= '9' {
				r = layout.Unknown
			}
			runes = append(runes, r)
			units += unit(r)
		}
	}
	left, right := words[0].left, words[len(words)-1].right
	size := min(l.bottom-l.top, 1.3*(right-left)/units)
	step := (right - left) / units
	for _, r := range runes {
		out = append(out, layout.Glyph{Rune: r, Left: left, Right: left + step*unit(r), Top: l.bottom - size, Bottom: l.bottom, Object: object})
		left += step * unit(r)
	}
	return out
}

func unit(r rune) float64 {
	if r < 0x2e80 {
		return 0.5
	}
	return 1
}
