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
	run      markup.Run // of its text
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
	return d.parseStyles(data, limits)
}

func (d *reader) parseStyles(data []byte, limits document.Limits) error {
	d.styles = map[string]style{"": {outline: -1}}
	id, s := "", style{}
	within := true
	err := markup.Each(data, limits, func(e xml.StartElement) {
		if e.Name.Local == "body" { // of the one part that Word 2003 has
			within = false
		}
		if !within {
			return
		}
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
		case "numId", "ilfo":
			s.list.set, s.list.id = true, v
		case "ilvl":
			s.list.level = number(e, 0)
		case "vanish", "strike", "dstrike", "vertAlign":
			s.run.Property(e)
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
			if s.run == (markup.Run{}) {
				s.run = b.run
			}
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
	links    map[string]string // by abstract list: the style that has its levels (17.9.21 numStyleLink)
	nums     map[string]string // the abstract list by w:numId
}

func (l *lists) next(ref listRef) string {
	list := l.byID[ref.id]
	if list == nil {
		return ""
	}
	return list.Next(ref.level)
}

func (d *reader) readNumbering(a *archive.Archive, folder string, limits document.Limits) error {
	data, err := part(a, folder+"/numbering.xml")
	if data == nil {
		d.lists = lists{}
		return err
	}
	return d.parseNumbering(data, limits)
}

func (d *reader) parseNumbering(data []byte, limits document.Limits) error {
	d.lists = lists{byID: map[string]*numbering.List{}, abstract: map[string][]numbering.Level{}, links: map[string]string{}, nums: map[string]string{}}
	n := &numberingReader{lists: &d.lists, styles: d.styles, shared: map[string]*numbering.List{}}
	r := markup.NewReader(data, limits)
	for {
		token, err := r.Next()
		if e, ok := token.(xml.StartElement); errors.Is(err, io.EOF) || ok && e.Name.Local == "body" {
			n.close()
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			n.element(e)
		}
	}
}

// numberingReader walks through numbering.xml.
type numberingReader struct {
	lists    *lists
	styles   map[string]style
	shared   map[string]*numbering.List // by abstract list
	abstract string
	num      *num // that is being read, nil in an abstract list
	all      []*num
	level    int
}

// num is one w:num: an abstract list, and what it says otherwise of its levels.
type num struct {
	id, of string
	own    map[int]*numbering.Level // levels of its own (17.9.8 lvlOverride)
	start  map[int]int              // or their starts
}

func (n *numberingReader) element(e xml.StartElement) {
	v := markup.Attr(e, "val")
	switch e.Name.Local {
	case "abstractNum", "listDef": // listDef, list and ilst are those of Word 2003
		n.abstract, n.num = markup.Attr(e, "abstractNumId")+markup.Attr(e, "listDefId"), nil
		n.lists.abstract[n.abstract] = nil
	case "num", "list":
		n.num = &num{id: markup.Attr(e, "numId") + markup.Attr(e, "ilfo"), own: map[int]*numbering.Level{}, start: map[int]int{}}
		n.all = append(n.all, n.num)
	case "abstractNumId", "ilst":
		if n.num != nil {
			n.num.of = v
		}
	case "numStyleLink":
		n.lists.links[n.abstract] = v
	case "lvl":
		n.setLevel(e)
		if n.num != nil {
			n.num.own[n.level] = &numbering.Level{Format: "decimal", Start: 1}
		}
	case "lvlOverride":
		n.setLevel(e)
	case "startOverride":
		if n.num != nil {
			n.num.start[n.level] = number(e, 1)
		}
	case "start":
		n.at(func(l *numbering.Level) { l.Start = number(e, 1) })
	case "numFmt":
		n.at(func(l *numbering.Level) { l.Format = v })
	case "nfc":
		n.at(func(l *numbering.Level) { l.Format = numbering.FormatOf(number(e, 0)) })
	case "lvlText":
		n.at(func(l *numbering.Level) { l.Text = v })
	case "lvlRestart":
		n.at(func(l *numbering.Level) {
			if l.Restart = number(e, 0); l.Restart == 0 {
				l.Restart = numbering.Never
			}
		})
	case "isLgl":
		n.at(func(l *numbering.Level) { l.Legal = v != "0" && v != "false" && v != "off" })
	}
}

func (n *numberingReader) setLevel(e xml.StartElement) {
	n.level, _ = strconv.Atoi(markup.Attr(e, "ilvl"))
	n.level = min(max(n.level, 0), 8)
}

// at changes the level that is being read.
func (n *numberingReader) at(change func(*numbering.Level)) {
	if n.num != nil {
		if own := n.num.own[n.level]; own != nil {
			change(own)
		}
		return
	}
	levels := n.lists.abstract[n.abstract]
	for len(levels) <= n.level {
		levels = append(levels, numbering.Level{Format: "decimal", Start: 1})
	}
	change(&levels[n.level])
	n.lists.abstract[n.abstract] = levels
}

// close makes the lists, now that all abstract ones are known.
func (n *numberingReader) close() {
	for _, m := range n.all {
		n.lists.nums[m.id] = m.of
	}
	for _, m := range n.all {
		of := m.of
		if link := n.lists.links[of]; link != "" && n.lists.nums[n.styles[link].list.id] != "" {
			of = n.lists.nums[n.styles[link].list.id]
		}
		levels := n.lists.abstract[of]
		if len(m.own)+len(m.start) == 0 {
			if n.shared[of] == nil {
				n.shared[of] = &numbering.List{Levels: levels}
			}
			n.lists.byID[m.id] = n.shared[of]
			continue
		}
		own := append([]numbering.Level(nil), levels...)
		for i := range own {
			if level := m.own[i]; level != nil {
				own[i] = *level
			}
			if start, ok := m.start[i]; ok {
				own[i].Start = start
			}
		}
		n.lists.byID[m.id] = &numbering.List{Levels: own}
	}
}
