// Package bot is the conversation: one handler takes a message and returns a
// reply as a value; the faces (terminal, Telegram) only render it.
package bot

import (
	"context"
	"io"
	"slices"
	"strings"

	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/fold"
)

// Message is what a person sent: a text, a file, or the data of a button
// pressed. A face passes on only what is addressed to the bot.
type Message struct {
	User   int64
	Chat   int64  // where it was said; the user's own ID in a private chat
	Thread int    // forum topic of the chat, 0 outside of one
	Group  string // the group's title, "" in a private chat
	Name   string // of the person
	Text   string
	Data   string // of a button; Text is empty then
	File   *File  // a document sent; Text is its caption
	Image  *File  // a picture sent as one, nil where there is none
	Lang   string // hint of the person's language, "" where not known

	Anonymous bool   // an administrator of a group who writes in its name
	Holds     string // what was sent beside words: "photo", "voice" and so on, "other"; "" for words alone
	Album     string // of several files sent in one go, "" for one alone

	recognized bool // the text was read from a picture
}

// File is a document that a person sent.
type File struct {
	Name string
	Size int64
	Open func(context.Context) (io.ReadCloser, error)
}

// Reply is what a face shows. A reply with Edit replaces the message whose
// button was pressed; one with a Toast and no Blocks is that toast alone.
type Reply struct {
	Blocks  []Block
	Buttons [][]Button
	Edit    bool
	Toast   string   // shown for a moment over the chat where a button was pressed, at most 200 characters
	Private bool     // concerns the person alone: in a group a face shows it to nobody else where it can
	Protect bool     // not to be forwarded or saved: it quotes a restricted report
	Notices []Notice // what others are told because of it
	Thread  int      `json:",omitempty"` // of a notice: the topic that it goes to
	Picture *Picture `json:",omitempty"`

	Document *Document `json:",omitempty"` // whose caption the blocks are
	Attached *Document `json:",omitempty"` // that goes before the reply, in a message of its own
	Forget   bool      // the person is forgotten: a face drops what it keeps itself

	Kind    record.Kind    // what it shows of the reports, "" for nothing
	shown   []record.Shown // what its document holds of the reports
	Refused string         // why it is no answer: "stranger", "group", "banned", "pace" or "forged"
}

// Picture goes with a reply, whose blocks are its caption. Where a face can't
// show it, it says Failed in place of the reply.
type Picture struct {
	PNG    []byte
	Failed string
}

// Notice is a reply that goes to another chat.
type Notice struct {
	Chat  int64
	Reply Reply
}

// Choice is one entry that a face offers while a question is typed in another chat.
type Choice struct {
	ID          string // at most 64 bytes
	Title       string
	Description string
	Reply       Reply // what is sent there when it is chosen
}

// Kind tells how a block is set.
type Kind int

const (
	Line  Kind = iota // a line of text
	Quote             // words of a report, which a face may fold
	Table             // rows of cells, the first row their headings; where a face has no tables, each row is a line
)

// Block is a paragraph of a reply, or a table.
type Block struct {
	Kind Kind
	Runs []Run   `json:",omitempty"`
	Rows [][]Run `json:",omitempty"` // of a table: a run a cell
}

// Lines is a table as lines, for where there are no tables: what the first two
// cells of a row say, then the others. Any other block is itself.
func (b Block) Lines() (lines []Block) {
	if b.Kind != Table {
		return []Block{b}
	}
	for _, cells := range b.Rows[1:] {
		var runs []Run
		for i, c := range cells {
			if c.Text == "" {
				continue
			}
			if i > 0 {
				runs = append(runs, plain([]string{"  ", " · "}[min(i-1, 1)]))
			}
			runs = append(runs, c)
		}
		lines = append(lines, Block{Kind: Line, Runs: runs})
	}
	return lines
}

// all is the runs of a block, those of a table's cells too.
func (b Block) all() []Run {
	runs := b.Runs
	for _, row := range b.Rows {
		runs = append(runs[:len(runs):len(runs)], row...)
	}
	return runs
}

// Run is text in one style. Link, where set, is a start parameter
// ("p_5c9e3f7a-0d41c2b9"): the face makes a link to the bot of it, or leaves it out.
type Run struct {
	Text  string
	Style Style
	Link  string

	figure *corpus.Figure // that Text states: checked before the reply leaves
}

// Style of a run.
type Style int

const (
	Plain Style = iota
	Bold
	Marked // a word of the question
	Faint
)

// Button is an offer. Data is at most 64 bytes and comes back when it is
// pressed; Copy, in its place, is text of at most 256 characters that the face
// puts on the person's clipboard.
type Button struct{ Label, Data, Copy string }

// visible is the reply without characters that are not seen: what it shows was
// proved before, character by character.
func (r Reply) visible() Reply {
	for i, b := range r.Blocks {
		b.Runs, b.Rows = slices.Clone(b.Runs), slices.Clone(b.Rows)
		for j := range b.Runs {
			b.Runs[j].Text = fold.Visible(b.Runs[j].Text)
		}
		for j := range b.Rows {
			b.Rows[j] = slices.Clone(b.Rows[j])
			for k := range b.Rows[j] {
				b.Rows[j][k].Text = fold.Visible(b.Rows[j][k].Text)
			}
		}
		r.Blocks[i] = b
	}
	for _, row := range r.Buttons {
		for i := range row {
			row[i].Label, row[i].Copy = fold.Visible(row[i].Label), fold.Visible(row[i].Copy)
		}
	}
	for i := range r.Notices {
		r.Notices[i].Reply = r.Notices[i].Reply.visible()
	}
	r.Toast = fold.Visible(r.Toast)
	return r
}

// Text is the reply without any style.
func (r Reply) Text() string {
	var lines []string
	for _, b := range r.Blocks {
		for _, l := range b.Lines() {
			lines = append(lines, l.Text())
		}
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

func line(runs ...Run) Block    { return Block{Kind: Line, Runs: runs} }
func plain(s string) Run        { return Run{Text: s} }
func bold(s string) Run         { return Run{Text: s, Style: Bold} }
func faint(s string) Run        { return Run{Text: s, Style: Faint} }
func say(lines ...string) Reply { return Reply{Blocks: lined(lines)} }

func lined(lines []string) (blocks []Block) {
	for _, l := range lines {
		blocks = append(blocks, line(plain(l)))
	}
	return blocks
}
