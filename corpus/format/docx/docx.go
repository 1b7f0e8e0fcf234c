// Package docx reads Word's own format (ECMA-376 part 1, WordprocessingML):
// paragraphs in order with the numbers that Word would show before them,
// headings by style or outline level, tables with merged cells. Deleted text,
// hidden text, field codes and tables of contents are left out.
package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
	"reportbot/corpus/format/numbering"
)

// Is tells whether an archive is a Word document.
func Is(a *archive.Archive) bool {
	inWord := func(name string) bool { return strings.HasPrefix(name, "word/") }
	return a.Has("word/document.xml") || a.Has("_rels/.rels") && slices.ContainsFunc(a.Names(), inWord)
}

// Read reads a Word document.
func Read(a *archive.Archive, limits document.Limits) (*document.Document, error) {
	name := mainPart(a)
	if name == "" {
		name = "word/document.xml"
	}
	body, err := a.Read(name)
	if err != nil {
		return nil, missing(err)
	}
	d := &reader{xml: markup.NewReader(body, limits), out: &document.Builder{Max: limits.Text}, limits: limits, notes: map[string]string{}}
	folder := path.Dir(name)
	if err := d.readStyles(a, folder, limits); err != nil {
		return nil, err
	}
	if err := d.readNumbering(a, folder, limits); err != nil {
		return nil, err
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if err := d.readNotes(a, folder, kind); err != nil {
			return nil, err
		}
	}
	if err := d.body(); err != nil {
		return nil, err
	}
	return d.out.Document(document.Word)
}

// ReadXML reads what Word 2003 saved as one XML file (WordprocessingML of 2003):
// nearly the same elements, with styles, lists and notes in the one part.
func ReadXML(content []byte, limits document.Limits) (*document.Document, error) {
	d := &reader{xml: markup.NewReader(content, limits), out: &document.Builder{Max: limits.Text}, limits: limits, notes: map[string]string{}}
	if err := d.parseStyles(content, limits); err != nil {
		return nil, err
	}
	if err := d.parseNumbering(content, limits); err != nil {
		return nil, err
	}
	if err := d.body(); err != nil {
		return nil, err
	}
	return d.out.Document(document.WordXML)
}

func (d *reader) body() error {
	if err := d.blocks(d.write, d.writeTable); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	d.flush(d.write)
	return nil
}

func missing(err error) error {
	if errors.Is(err, archive.ErrMissing) {
		return document.Refuse(document.Damaged, "the Word file lacks its text")
	}
	return err
}

// mainPart finds the text by the package's relationships (ECMA-376 part 2, 9).
func mainPart(a *archive.Archive) (target string) {
	rels, err := a.Read("_rels/.rels")
	if err != nil {
		return ""
	}
	markup.Each(rels, document.Default, func(e xml.StartElement) {
		if strings.HasSuffix(markup.Attr(e, "Type"), "/officeDocument") && strings.HasPrefix(strings.TrimPrefix(markup.Attr(e, "Target"), "/"), "word/") {
			target = strings.TrimPrefix(markup.Attr(e, "Target"), "/")
		}
	})
	if !a.Has(target) {
		return ""
	}
	return target
}

type reader struct {
	xml    *markup.Reader
	out    *document.Builder
	styles map[string]style
	lists  lists
	limits document.Limits
	notes  map[string]string // by kind and number: "footnote2"
	cells  int               // read so far
	spans  int               // the places that they take

	held    strings.Builder // of a paragraph whose mark is deleted: the next one goes on with it
	pending []string        // notes that the paragraph or table being read refers to
}

// paragraph is one w:p while it is read.
type paragraph struct {
	text    strings.Builder
	style   string
	outline int // 0 to 8, -1 where it has none of its own
	list    listRef
	deleted bool // its mark is
}

// write adds a paragraph with its number, as a heading where it is one, and the
// notes on it.
func (d *reader) write(p paragraph) {
	if p.deleted {
		d.held.WriteString(p.text.String())
		return
	}
	s := d.style(p.style)
	if s.contents {
		return
	}
	text := d.numbered(p, document.Line(document.Breaks(d.taken()+p.text.String())))
	level := p.outline
	if level < 0 {
		level = s.outline
	}
	switch {
	case s.title:
		d.out.Title(text)
	case level >= 0 && level < 9:
		d.out.Heading(level+1, text)
	default:
		d.out.Paragraph(text)
	}
	d.writeNotes()
}

// taken is the text that was held back for this paragraph.
func (d *reader) taken() string {
	text := d.held.String()
	d.held.Reset()
	return text
}

// flush writes what was held back when no paragraph follows.
func (d *reader) flush(write func(paragraph)) {
	if d.held.Len() > 0 {
		write(paragraph{outline: -1})
	}
}

// numbered is a paragraph's text behind the number that Word shows; one without
// text counts too.
func (d *reader) numbered(p paragraph, text string) string {
	ref := p.list
	if s := d.style(p.style); !ref.set {
		ref = s.list
	}
	if !ref.set || ref.id == "0" {
		return text
	}
	number := d.lists.next(ref)
	if text == "" {
		return ""
	}
	return numbering.Before(number, text)
}

// writeNotes adds the notes that were referred to, each a passage of its own:
// what it says is not said by the text.
func (d *reader) writeNotes() {
	pending := d.pending
	d.pending = nil
	for _, note := range pending {
		d.out.Paragraph("注：" + note)
	}
}

func (d *reader) writeTable(g *document.Grid) {
	d.out.Table(g)
	d.writeNotes()
}

// readNotes reads the footnotes or endnotes (17.11); those that are separators
// have a type.
func (d *reader) readNotes(a *archive.Archive, folder, kind string) error {
	data, err := part(a, folder+"/"+kind+"s.xml")
	if data == nil {
		return err
	}
	body := d.xml
	defer func() { d.xml = body }()
	d.xml = markup.NewReader(data, d.limits)
	for {
		token, err := d.xml.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == kind {
			if err := d.readNote(kind, e); err != nil {
				return err
			}
		}
	}
}

// readNote reads a note that has begun.
func (d *reader) readNote(kind string, e xml.StartElement) error {
	var lines []string
	add := func(p paragraph) { lines = append(lines, document.Line(document.Breaks(d.taken()+p.text.String()))) }
	if err := d.blocks(add, nil); err != nil {
		return err
	}
	d.flush(add)
	if t := markup.Attr(e, "type"); t == "" || t == "normal" {
		d.notes[kind+markup.Attr(e, "id")] = strings.TrimSpace(strings.Join(lines, " "))
	}
	return nil
}

// refer remembers a note that the text refers to.
func (d *reader) refer(kind string, e xml.StartElement) {
	if note := d.notes[kind+markup.Attr(e, "id")]; note != "" {
		d.pending = append(d.pending, note)
	}
}

// blocks reads paragraphs and tables up to the end of the element around them.
func (d *reader) blocks(write func(paragraph), table func(*document.Grid)) error {
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				p, err := d.paragraph()
				if err != nil {
					return err
				}
				write(p)
			case "tbl":
				g, err := d.table()
				if err != nil {
					return err
				}
				emit(g, write, table)
			case "del", "moveFrom", "Fallback", "sdtPr", "sectPr", "tcPr", "tblPr", "trPr", "DocumentProperties", "CustomDocumentProperties", "fonts", "lists", "styles", "docPr", "bgPict", "hdr", "ftr":
				if err := d.xml.Skip(); err != nil {
					return err
				}
			default:
				depth++
			}
		case xml.EndElement:
			if depth--; depth < 0 {
				return nil
			}
		}
	}
}

// emit hands on a table of data as one, and the text of a table that only
// lays out the page as paragraphs.
func emit(g *document.Grid, write func(paragraph), table func(*document.Grid)) {
	if table != nil && g.IsData() {
		table(g)
		return
	}
	g.Each(func(text string) {
		p := paragraph{outline: -1}
		p.text.WriteString(text)
		write(p)
	})
}

// paragraph reads a w:p that has begun.
func (d *reader) paragraph() (paragraph, error) {
	p := paragraph{outline: -1}
	run := markup.Run{}
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return p, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			read := true // with its end
			switch t.Name.Local {
			case "pPr":
				err = d.properties(&p)
			case "del", "delText", "instrText", "moveFrom", "Fallback", "rt", "rPrChange", "binData", "fldData":
				err = d.xml.Skip()
			case "annotation": // Word 2003: what was deleted, inserted, remarked
				if kind := markup.Attr(t, "type"); kind == "Word.Deletion" || kind == "Word.Comment" {
					err = d.xml.Skip()
				} else {
					read = false
				}
			case "t":
				err = d.run(&p, run)
			case "txbxContent": // a text box stands within a run: its paragraphs come first
				err = d.box()
			case "footnote", "endnote": // Word 2003 has them where they are referred to
				err = d.inlineNote(t.Name.Local)
			default:
				read = false
				d.element(&p, &run, t)
			}
			if err != nil {
				return p, err
			}
			if !read {
				depth++
			}
		case xml.EndElement:
			if t.Name.Local == "sup" {
				run.Raised = false
			}
			if depth--; depth < 0 {
				return p, nil
			}
		}
	}
}

// element takes in an element within a paragraph that holds no text by itself.
func (d *reader) element(p *paragraph, run *markup.Run, t xml.StartElement) {
	switch t.Name.Local {
	case "r":
		*run = markup.Run{Raised: run.Raised && t.Name.Space == mathSpace}
		if s := d.style(p.style); s.run.Hidden {
			run.Hidden = true
		}
	case "rStyle":
		s := d.style(markup.Attr(t, "val"))
		run.Hidden, run.Struck, run.Raised, run.Lowered = run.Hidden || s.run.Hidden, s.run.Struck, s.run.Raised, s.run.Lowered
	case "tab":
		p.text.WriteByte('\t')
	case "br", "cr":
		p.text.WriteByte('\n')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "sym":
		p.text.WriteString(run.Shown(markup.Before(&p.text), symbol(markup.Attr(t, "font"), markup.Attr(t, "char"))))
	case "footnoteReference", "endnoteReference":
		d.refer(strings.TrimSuffix(t.Name.Local, "Reference"), t)
	case "f": // 22.1.2.36: a fraction; 1⅔ is 1 2/3
		if last := markup.Before(&p.text); t.Name.Space == mathSpace && last != "" && last[len(last)-1] >= '0' && last[len(last)-1] <= '9' {
			p.text.WriteByte(' ')
		}
	case "den":
		p.text.WriteByte('/')
	case "sup":
		run.Raised = true
	default:
		run.Property(t)
	}
}

const mathSpace = "http://schemas.openxmlformats.org/officeDocument/2006/math"

// box reads the paragraphs of a text box, which are passages of their own.
func (d *reader) box() error {
	held, pending := d.taken(), d.pending
	d.pending = nil
	err := d.blocks(d.write, d.writeTable)
	d.flush(d.write)
	d.held.WriteString(held)
	d.pending = pending
	return err
}

// inlineNote reads a note that stands where it is referred to.
func (d *reader) inlineNote(kind string) error {
	held := d.taken()
	err := d.readNote(kind, xml.StartElement{})
	d.held.WriteString(held)
	if note := d.notes[kind]; note != "" {
		d.pending = append(d.pending, note)
	}
	return err
}

// run reads a w:t that has begun.
func (d *reader) run(p *paragraph, run markup.Run) error {
	for {
		token, err := d.xml.Next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			p.text.WriteString(run.Shown(markup.Before(&p.text), string(t)))
		case xml.StartElement:
			if err := d.xml.Skip(); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// properties reads a w:pPr that has begun.
func (d *reader) properties(p *paragraph) error {
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "pStyle":
				p.style = markup.Attr(t, "val")
			case "outlineLvl":
				p.outline = number(t, -1)
			case "numId", "ilfo":
				p.list.set, p.list.id = true, markup.Attr(t, "val")
			case "ilvl":
				p.list.level = number(t, 0)
			case "del", "moveFrom": // of its rPr: the properties of the mark
				p.deleted = true
			case "annotation":
				p.deleted = p.deleted || markup.Attr(t, "type") == "Word.Deletion"
			case "pPrChange", "sectPr", "rPrChange":
				if err := d.xml.Skip(); err != nil {
					return err
				}
				continue
			}
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return nil
			}
		}
	}
}

func number(e xml.StartElement, otherwise int) int {
	n, err := strconv.Atoi(markup.Attr(e, "val"))
	if err != nil {
		return otherwise
	}
	return n
}
