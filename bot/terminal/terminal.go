// Package terminal is the conversation at a terminal or in a pipe.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"github.com/peterh/liner"
	"golang.org/x/term"

	"reportbot/bot"
)

// Answerer is the handler of messages.
type Answerer interface {
	Handle(context.Context, bot.Message) bot.Reply
}

// Run converses until the end of the input or /quit. At a terminal it edits
// lines and keeps their history in dir; in a pipe it reads a question a line.
// Color is for a terminal only, and not where NO_COLOR is set.
func Run(ctx context.Context, h Answerer, dir string) error {
	info, err := os.Stdin.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return Pipe(ctx, h, os.Stdin, os.Stdout, Coloured(os.Stdout))
	}
	return interactive(ctx, h, filepath.Join(dir, "history"))
}

// Coloured tells whether a file is a terminal that wants colour.
func Coloured(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Pipe answers each line of in.
func Pipe(ctx context.Context, h Answerer, in io.Reader, out io.Writer, color bool) error {
	lines := bufio.NewReader(in)
	s := session{h: h, out: out, color: color, width: 0}
	for ctx.Err() == nil {
		text, err := lines.ReadString('\n')
		if strings.TrimSpace(text) != "" && !s.say(ctx, strings.TrimRight(text, "\r\n")) {
			return nil
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading questions: %w", err)
		}
	}
	return nil
}

func interactive(ctx context.Context, h Answerer, history string) error {
	edit := liner.NewLiner()
	defer edit.Close()
	edit.SetCtrlCAborts(true)
	if f, err := os.Open(history); err == nil {
		edit.ReadHistory(f)
		f.Close()
	}
	defer keep(edit, history)
	s := session{h: h, out: os.Stdout, color: Coloured(os.Stdout)}
	for ctx.Err() == nil {
		s.width = columns()
		text, err := edit.Prompt("› ")
		if errors.Is(err, io.EOF) || errors.Is(err, liner.ErrPromptAborted) {
			fmt.Fprintln(os.Stdout)
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the line: %w", err)
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		edit.AppendHistory(text)
		if !s.say(ctx, text) {
			return nil
		}
		if strings.TrimSpace(text) == "/forget" { // the questions of earlier sessions stand there
			edit.ClearHistory()
			keep(edit, history)
		}
	}
	return nil
}

// columns to wrap at: those of the terminal, but not more than read well.
func columns() int {
	const most = 100
	n, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil || n < 20 {
		return most
	}
	return min(n-1, most)
}

// keep writes the history; without it a session is none the worse.
func keep(edit *liner.State, history string) {
	if os.MkdirAll(filepath.Dir(history), 0o755) != nil {
		return
	}
	if f, err := os.OpenFile(history, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600); err == nil {
		edit.WriteHistory(f)
		f.Close()
	}
}

// session remembers the buttons of the last reply, which are pressed by number.
type session struct {
	h       Answerer
	out     io.Writer
	color   bool
	width   int // columns to wrap at; 0: not at all
	buttons []bot.Button
}

// Print prints a reply that nobody answers.
func Print(out *os.File, r bot.Reply) {
	const wide = 160 // in a file, so that tables are in columns
	s := session{out: out, color: Coloured(out), width: wide}
	if s.color {
		s.width = columns()
	}
	s.show(r)
}

// say answers one line and returns false for /quit.
func (s *session) say(ctx context.Context, text string) bool {
	text = strings.TrimSpace(text)
	if text == "/quit" || text == "/exit" {
		return false
	}
	m := bot.Message{User: bot.Terminal, Text: text, Lang: language()}
	if b, ok := s.pressed(text); ok {
		if b.Copy != "" {
			fmt.Fprintf(s.out, "\n%s\n\n", b.Copy)
			return true
		}
		m.Text, m.Data = "", b.Data
	}
	s.show(s.h.Handle(ctx, m))
	s.announce()
	return true
}

// announce shows what the person is told without having asked.
func (s *session) announce() {
	h, ok := s.h.(interface {
		Due(terminal bool) []bot.Due
		Told(bot.Due)
	})
	if !ok {
		return
	}
	for _, due := range h.Due(true) {
		s.show(due.Reply)
		h.Told(due)
	}
}

// pressed is the button that a line names, by its number or by its label.
func (s *session) pressed(text string) (bot.Button, bool) {
	for i, b := range s.buttons {
		if text == strconv.Itoa(i+1) || text == strings.Trim(b.Label, "◀▶ ") {
			return b, true
		}
	}
	return bot.Button{}, false
}

// language is the person's, by the environment.
func language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); strings.HasPrefix(v, "en") {
			return "en"
		} else if strings.HasPrefix(v, "zh_TW") || strings.HasPrefix(v, "zh_HK") {
			return "zh-TW"
		}
	}
	return "zh"
}

// show prints a reply. One that is but a short word leaves the buttons as they are.
func (s *session) show(r bot.Reply) {
	fmt.Fprintln(s.out)
	if len(r.Blocks) == 0 {
		fmt.Fprintf(s.out, "%s\n\n", r.Toast)
		return
	}
	for _, b := range s.laidOut(r.Blocks) {
		indent := ""
		if b.Kind == bot.Quote {
			indent = "  │ "
		}
		for _, l := range s.wrap(b, indent) {
			fmt.Fprintln(s.out, l)
		}
	}
	if r.Document != nil { // the buttons of the answer that it was made from stay
		fmt.Fprintf(s.out, "%s\n\n", save(r.Document))
		return
	}
	s.offer(r.Buttons)
	fmt.Fprintln(s.out)
}

// save writes a file that goes with a reply beside where the program was started, under a
// name that is free, and says so.
func save(d *bot.Document) string {
	ext := filepath.Ext(d.Name)
	for n := 1; n < 1000; n++ {
		name := d.Name
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(d.Name, ext), n, ext)
		}
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err == nil {
			_, err = f.Write(d.Content)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			break
		}
		return bot.Saved(language(), name)
	}
	return d.Failed
}

// laidOut is blocks with each table as lines: in columns where the terminal is
// wide enough for its longest row, else a row as a sentence.
func (s *session) laidOut(blocks []bot.Block) (out []bot.Block) {
	for _, b := range blocks {
		if b.Kind != bot.Table || s.width == 0 {
			out = append(out, b.Lines()...)
			continue
		}
		widths := make([]int, len(b.Rows[0]))
		room := 0
		for i := range widths {
			for _, row := range b.Rows {
				widths[i] = max(widths[i], runewidth.StringWidth(row[i].Text))
			}
			room += widths[i] + gutter
		}
		if room > s.width {
			out = append(out, b.Lines()...)
			continue
		}
		for _, row := range b.Rows {
			out = append(out, columned(row, widths))
		}
	}
	return out
}

// gutter is the columns between two of a table.
const gutter = 2

func columned(row []bot.Run, widths []int) bot.Block {
	var runs []bot.Run
	for i, cell := range row {
		runs = append(runs, cell)
		if i < len(row)-1 {
			runs = append(runs, bot.Run{Text: strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell.Text)+gutter)})
		}
	}
	return bot.Block{Runs: runs}
}

// offer prints the buttons with their numbers, a row a line where it fits.
func (s *session) offer(rows [][]bot.Button) {
	s.buttons = nil
	for _, row := range rows {
		var labels []string
		for _, button := range row {
			s.buttons = append(s.buttons, button)
			labels = append(labels, fmt.Sprintf("[%d] %s", len(s.buttons), button.Label))
		}
		line := strings.Join(labels, "  ")
		if runewidth.StringWidth(line) > s.width {
			line = strings.Join(labels, "\n")
		}
		if s.width > 0 {
			fmt.Fprintln(s.out, s.paint(line, bot.Faint))
		}
	}
}

// wrap breaks a block into lines by the width of its characters, two columns
// for a Chinese one, and paints them.
func (s *session) wrap(b bot.Block, indent string) (lines []string) {
	line, width := "", 0
	flush := func() {
		lines = append(lines, s.paint(indent, bot.Faint)+line)
		line, width = "", 0
	}
	room := s.width - runewidth.StringWidth(indent)
	for _, run := range b.Runs {
		piece := ""
		for _, word := range words(run.Text) {
			w := runewidth.StringWidth(word)
			if word == "\n" || s.width > 0 && width+w > room && width > 0 && !strings.Contains("，。；：、）”》,;:.)", word) {
				line += s.paint(piece, run.Style)
				piece = ""
				flush()
				if word == "\n" {
					continue
				}
			}
			piece += word
			width += w
		}
		line += s.paint(piece, run.Style)
	}
	flush()
	return lines
}

// words cuts a text where a line may break: between any two characters, but
// never within a number, between it and its unit (174个), or within a Latin
// word, so that no figure is torn apart; nor after a mark that opens.
func words(text string) (out []string) {
	whole := func(r rune) bool {
		return r < 0x80 && (r == '.' || r == '%' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}
	var last rune
	for _, r := range text {
		if n := len(out); n > 0 && whole(last) && (whole(r) || '0' <= last && last <= '9' && unicode.Is(unicode.Han, r)) || n > 0 && (strings.ContainsRune("亿万", last) && r == '元' || strings.ContainsRune("“‘《（〔", last)) {
			out[n-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		last = r
	}
	return out
}

var codes = map[bot.Style]string{bot.Bold: "\x1b[1m", bot.Marked: "\x1b[1;4m", bot.Faint: "\x1b[2m"}

func (s *session) paint(text string, style bot.Style) string {
	code := codes[style]
	if text == "" || !s.color || code == "" {
		return text
	}
	return code + text + "\x1b[0m"
}
