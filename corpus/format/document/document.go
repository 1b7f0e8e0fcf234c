// Package document is what a reader of any file format hands over: one plain
// text, made from the file alone and always the same, and beside it what the
// text can't say by itself: headings and their levels, pages, tables with their
// cells, warnings. All places are bytes of that text.
package document

// Kind names the format of a file, as its content tells.
type Kind string

const (
	Text      Kind = "text"
	Markdown  Kind = "markdown"
	HTML      Kind = "html"
	MHT       Kind = "mht"
	Word      Kind = "docx"
	OldWord   Kind = "doc" // .wps files of the word processor too
	PDF       Kind = "pdf"
	Sheet     Kind = "xlsx"
	OldSheet  Kind = "xls"
	CSV       Kind = "csv"
	SheetXML  Kind = "xml-excel" // as Excel 2003 saved workbooks in XML
	WordXML   Kind = "xml-word"
	OpenSheet Kind = "ods" // .fods too
	OFD       Kind = "ofd"
	Archive   Kind = "zip"
	Picture   Kind = "picture" // a photograph or scan of a page: PNG or JPEG
)

// Span is a half-open range of bytes [Start, End) of Document.Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Empty tells a span of nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Document is one file, read. A text file's Text is the file itself, decoded;
// of other formats it has a line for each heading, paragraph and row of a table.
type Document struct {
	Kind     Kind      `json:"kind"`
	Charset  string    `json:"charset,omitempty"` // "gb18030", "utf-16le" …; "" where the format fixes it
	Title    Span      `json:"title"`             // the line that the file marks as its title, empty where none
	Text     string    `json:"text"`
	Headings []Heading `json:"headings,omitempty"`
	Pages    []Page    `json:"pages,omitempty"` // of PDF and OFD
	Tables   []Table   `json:"tables,omitempty"`
	Warnings []Warning `json:"warnings,omitempty"`

	// What a web page says of itself: when it was published (2026-05-28), where
	// its text is from, whose site it stands on. "" elsewhere.
	Published string `json:"published,omitempty"`
	Source    string `json:"source,omitempty"`
	Site      string `json:"site,omitempty"`
}

// Heading is a line that the file itself marks as one; 1 is the highest level.
type Heading struct {
	Span
	Level int `json:"level"`
}

// Page tells where the text of a page begins.
type Page struct {
	Number     int  `json:"number"` // 1 is the first
	Start      int  `json:"start"`
	Recognized bool `json:"recognized,omitempty"` // its text was recognized in a picture, and may be wrong
}

// Table is a table's rows in the text, one a line.
type Table struct {
	Span
	Lead   []Span `json:"lead,omitempty"`   // the short lines right above it: caption, 单位：万元
	Within int    `json:"within,omitempty"` // how many of these, the last, are rows of the table itself, over its full width
	Header int    `json:"header"`           // how many of its first rows are headings of columns
	Width  int    `json:"width"`            // columns
	Rows   []Row  `json:"rows"`
}

// Row is one line of a table.
type Row struct {
	Span
	Cells []Cell `json:"cells"` // by column, a cell that reaches over several columns once
}

// Cell is one cell. A cell that reaches down over several rows stands in each
// of them; Again is set where it does so for the second time and later.
type Cell struct {
	Span
	Column int  `json:"column"`
	Across int  `json:"across"` // how many columns it takes
	Again  bool `json:"again,omitempty"`
	// Sign is -1 where the file says that its number is below zero, 1 where not,
	// however a spreadsheet shows it: (86.40), ▼12.6. 0 where it does not tell.
	Sign int `json:"sign,omitempty"`
}

// Code names a warning or a cause of refusal for programs; people get the
// wording of the face that they use.
type Code string

// Warnings: what was read, but not whole.
const (
	PageWithoutText   Code = "page-without-text"
	Undecodable       Code = "undecodable-bytes"
	SkippedFile       Code = "skipped-file"          // of an archive
	OwnCharacters     Code = "own-characters"        // that an office defined for itself; Detail is how many
	HiddenCells       Code = "hidden-cells"          // rows, columns and sheets that the program does not show; Detail is where
	FormulaNoValue    Code = "formula-without-value" // formulas that were never computed; Detail is how many
	FarCells          Code = "far-cells"             // beyond the last column that is read; Detail is how many
	UncertainCell     Code = "uncertain-cell"        // left out: its numbers may be those of two places
	Recognized        Code = "recognized"            // text that was recognized in a picture
	UnknownCharacters Code = "unknown-characters"    // a page whose file does not tell its characters
)

// Warning is one thing that a reader of the document should know.
type Warning struct {
	Code   Code   `json:"code"`
	Page   int    `json:"page,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Page returns the number of the page that holds byte at, 0 where the format
// has no pages.
func (d *Document) Page(at int) int {
	number := 0
	for _, p := range d.Pages {
		if p.Start > at {
			break
		}
		number = p.Number
	}
	return number
}

// Recognized tells whether the text at byte at was recognized in a picture.
func (d *Document) Recognized(at int) bool {
	recognized := false
	for _, p := range d.Pages {
		if p.Start > at {
			break
		}
		recognized = p.Recognized
	}
	return recognized
}

// Slice is the text of a span.
func (d *Document) Slice(s Span) string { return d.Text[s.Start:s.End] }

// Drawing says what is to be drawn of a document: the page on which Mark
// begins, with a frame around Mark and, where it is another, a fainter one
// around the Passage.
type Drawing struct {
	Mark       Span `json:"mark"`
	Passage    Span `json:"passage"`
	Recognized bool `json:"recognized,omitempty"` // some of the document's text was recognized in pictures, and is to be again

	// What stands at Mark, and the page that it begins on, as the document was
	// read that the drawing is of. Where the file is read otherwise now, nothing
	// is framed on that page rather than something else on another.
	Said string `json:"said,omitempty"`
	Page int    `json:"page,omitempty"`
}

// Of tells whether the drawing is of this document.
func (w Drawing) Of(d *Document) bool {
	return w.Said == "" || w.Mark.End <= len(d.Text) && d.Slice(w.Mark) == w.Said
}
