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
	d := &reader{xml: markup.NewReader(body, limits), out: &document.Builder{Max: limits.Text}, limits: limits}
	folder := path.Dir(name)
	if err := d.readStyles(a, folder, limits); err != nil {
		return nil, err
	}
	if err := d.readNumbering(a, folder, limits); err != nil {
		return nil, err
	}
	if err := d.blocks(func(p paragraph) { d.write(p) }, d.out.Table); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return d.out.Document(document.Word)
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
	cells  int // read so far
	spans  int // the places that they take
}

// paragraph is one w:p while it is read.
type paragraph struct {
	text    strings.Builder
	style   string
	outline int // 0 to 8, -1 where it has none of its own
	list    listRef
}

// write adds a paragraph with its number, as a heading where it is one.
func (d *reader) write(p paragraph) {
	s := d.style(p.style)
	if s.contents {
		return
	}
	text := document.Line(p.text.String())
	ref := p.list
	if !ref.set {
		ref = s.list
	}
	if ref.set && ref.id != "0" && text != "" {
		text = numbering.Before(d.lists.next(ref), text)
	}
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
			case "del", "moveFrom", "Fallback", "sdtPr", "sectPr", "tcPr", "tblPr", "trPr":
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
	hidden := false
	for depth := 0; ; {
		token, err := d.xml.Next()
		if err != nil {
			return p, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "pPr":
				if err := d.properties(&p); err != nil {
					return p, err
				}
				continue
			case "del", "delText", "instrText", "moveFrom", "Fallback", "rt", "footnoteReference", "pict", "object":
				if err := d.xml.Skip(); err != nil {
					return p, err
				}
				continue
			case "r":
				hidden = false
			case "vanish":
				v := markup.Attr(t, "val")
				hidden = v != "0" && v != "false"
			case "tab", "br", "cr":
				p.text.WriteByte(' ')
			case "noBreakHyphen":
				p.text.WriteByte('-')
			case "sym":
				if n, err := strconv.ParseUint(markup.Attr(t, "char"), 16, 32); err == nil && n < 0xe000 {
					p.text.WriteRune(rune(n))
				}
			case "t":
				if err := d.run(&p, hidden); err != nil {
					return p, err
				}
				continue
			case "txbxContent": // a text box stands within a run: its paragraphs come first
				if err := d.blocks(d.write, d.out.Table); err != nil {
					return p, err
				}
				continue
			}
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return p, nil
			}
		}
	}
}

// run reads a w:t that has begun.
func (d *reader) run(p *paragraph, hidden bool) error {
	for {
		token, err := d.xml.Next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			if !hidden {
				p.text.Write(t)
			}
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
			case "numId":
				p.list.set, p.list.id = true, markup.Attr(t, "val")
			case "ilvl":
				p.list.level = number(t, 0)
			case "rPr", "pPrChange", "sectPr":
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
