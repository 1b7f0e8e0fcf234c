// Package bot is the conversation: one handler takes a message and returns a
// reply as a value; the faces (terminal, Telegram) only render it.
package bot

import "strings"

// Message is what a person sent: a text, or the data of a button pressed.
type Message struct {
	User int64
	Chat int64
	Name string
	Text string
	Data string // of a button; Text is empty then
	Lang string // hint of the person's language, "" where not known
}

// Reply is what a face shows. A reply with Edit replaces the message whose
// button was pressed.
type Reply struct {
	Blocks  []Block
	Buttons [][]Button
	Edit    bool
}

// Kind tells how a block is set.
type Kind int

const (
	Line  Kind = iota // a line of text
	Quote             // words of a report, which a face may fold
)

// Block is a paragraph of a reply.
type Block struct {
	Kind Kind
	Runs []Run
}

// Run is text in one style.
type Run struct {
	Text  string
	Style Style
}

// Style of a run.
type Style int

const (
	Plain Style = iota
	Bold
	Marked // a word of the question
	Faint
)

// Button is an offer. Data is at most 64 bytes.
type Button struct{ Label, Data string }

// Text is the reply without any style.
func (r Reply) Text() string {
	var lines []string
	for _, b := range r.Blocks {
		lines = append(lines, b.Text())
	}
	return strings.Join(lines, "\n")
}

// Text is the block without any style.
func (b Block) Text() string {
	var s strings.Builder
	for _, r := range b.Runs {
		s.WriteString(r.Text)
	}
	return s.String()
}

func line(runs ...Run) Block    { return Block{Line, runs} }
func plain(s string) Run        { return Run{s, Plain} }
func bold(s string) Run         { return Run{s, Bold} }
func faint(s string) Run        { return Run{s, Faint} }
func say(lines ...string) Reply { return Reply{Blocks: lined(lines)} }

func lined(lines []string) (blocks []Block) {
	for _, l := range lines {
		blocks = append(blocks, line(plain(l)))
	}
	return blocks
}
