package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
	"reportbot/corpus/format/numbering"
)

// style is what matters of a paragraph style (17.7): whether it is a heading,
// a title, a line of a table of contents, and the list it belongs to.
type style struct {
	based    string
	outline  int
	title    bool
	contents bool
	list     listRef
}

// listRef is a place in a list: 17.9.18 numId and 17.9.3 ilvl.
type listRef struct {
	set   bool
	id    string
	level int
}

var headingName = regexp.MustCompile(`^(?:heading|标题) ?([1-9])$`)

func (d *reader) readStyles(a *archive.Archive, folder string, limits document.Limits) error {
	d.styles = map[string]style{"": {outline: -1}}
	data, err := part(a, folder+"/styles.xml")
	if data == nil {
		return err
	}
	id, s := "", style{}
	err = markup.Each(data, limits, func(e xml.StartElement) {
		v := markup.Attr(e, "val")
		switch e.Name.Local {
		case "style":
			if id != "" {
				d.styles[id] = s
			}
			id, s = markup.Attr(e, "styleId"), style{outline: -1}
			if markup.Attr(e, "default") == "1" && markup.Attr(e, "type") == "paragraph" {
				d.styles[""] = s
			}
		case "name":
			name := strings.ToLower(v)
			if m := headingName.FindStringSubmatch(name); m != nil {
				s.outline = int(m[1][0] - '1')
			}
			s.title = name == "title" || name == "标题"
			s.contents = strings.HasPrefix(name, "toc ") || name == "toc heading" || strings.HasPrefix(name, "contents ")
		case "basedOn":
			s.based = v
		case "outlineLvl":
			s.outline = number(e, -1)
		case "numId":
			s.list.set, s.list.id = true, v
		case "ilvl":
			s.list.level = number(e, 0)
		}
	})
	if id != "" {
		d.styles[id] = s
	}
	d.inherit()
	return err
}

// style is the style of a name; one that the file lacks is no heading.
func (d *reader) style(id string) style {
	if s, ok := d.styles[id]; ok {
		return s
	}
	return style{outline: -1}
}

// inherit fills what a style leaves to the one that it is based on.
func (d *reader) inherit() {
	for id, s := range d.styles {
		for base, n := s.based, 0; base != "" && n < 20; n++ {
			b := d.style(base)
			if s.outline < 0 {
				s.outline = b.outline
			}
			if !s.list.set {
				s.list = b.list
			}
			s.contents = s.contents || b.contents
			base = b.based
		}
		d.styles[id] = s
	}
}

// part is a part that a document may lack.
func part(a *archive.Archive, name string) ([]byte, error) {
	data, err := a.Read(name)
	if errors.Is(err, archive.ErrMissing) {
		return nil, nil
	}
	return data, err
}

// lists are the lists of a document by w:numId. Several may share the counters
// of one abstract list (17.9.15), as Word does when a numbering goes on.
type lists struct {
	byID     map[string]*numbering.List
	abstract map[string][]numbering.Level
}

func (l *lists) next(ref listRef) string {
	list := l.byID[ref.id]
	if list == nil {
		return ""
	}
	return list.Next(ref.level)
}

func (d *reader) readNumbering(a *archive.Archive, folder string, limits document.Limits) error {
	d.lists = lists{map[string]*numbering.List{}, map[string][]numbering.Level{}}
	data, err := part(a, folder+"/numbering.xml")
	if data == nil {
		return err
	}
	n := &numberingReader{lists: &d.lists, shared: map[string]*numbering.List{}}
	r := markup.NewReader(data, limits)
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			n.element(e)
		} else if e, ok := token.(xml.EndElement); ok && e.Name.Local == "num" {
			n.closeNum()
		}
	}
}

// numberingReader walks through numbering.xml.
type numberingReader struct {
	lists    *lists
	shared   map[string]*numbering.List // by abstract list
	abstract string
	num      string
	of       string
	level    int
	start    map[int]int // overridden starts of a w:num
}

func (n *numberingReader) element(e xml.StartElement) {
	v := markup.Attr(e, "val")
	switch e.Name.Local {
	case "abstractNum":
		n.abstract, n.num = markup.Attr(e, "abstractNumId"), ""
		n.lists.abstract[n.abstract] = nil
	case "num":
		n.num, n.of, n.start = markup.Attr(e, "numId"), "", map[int]int{}
	case "abstractNumId":
		n.of = v
	case "lvl", "lvlOverride":
		n.level, _ = strconv.Atoi(markup.Attr(e, "ilvl"))
		n.level = min(max(n.level, 0), 8)
	case "startOverride":
		n.start[n.level] = number(e, 1)
	case "start":
		n.at(func(l *numbering.Level) { l.Start = number(e, 1) })
	case "numFmt":
		n.at(func(l *numbering.Level) { l.Format = v })
	case "lvlText":
		n.at(func(l *numbering.Level) { l.Text = v })
	}
}

// at changes the level that is being read of the abstract list.
func (n *numberingReader) at(change func(*numbering.Level)) {
	if n.num != "" {
		return
	}
	levels := n.lists.abstract[n.abstract]
	for len(levels) <= n.level {
		levels = append(levels, numbering.Level{Format: "decimal", Start: 1})
	}
	change(&levels[n.level])
	n.lists.abstract[n.abstract] = levels
}

func (n *numberingReader) closeNum() {
	levels := n.lists.abstract[n.of]
	if len(n.start) == 0 {
		if n.shared[n.of] == nil {
			n.shared[n.of] = &numbering.List{Levels: levels}
		}
		n.lists.byID[n.num] = n.shared[n.of]
		return
	}
	own := append([]numbering.Level(nil), levels...)
	for level, start := range n.start {
		if level < len(own) {
			own[level].Start = start
		}
	}
	n.lists.byID[n.num] = &numbering.List{Levels: own}
}
