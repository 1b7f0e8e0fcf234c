package marked

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A Word file is changed in four parts: the text gets the ends of each comment's range,
// the comments a part of their own, and that part is named in the relationships of the
// text and among the types. Every other byte of the original stays as it is. Of a run
// that holds more than the figure, each piece becomes a run of the same look.

const (
	textPart     = "word/document.xml"
	relsPart     = "word/_rels/document.xml.rels"
	typesPart    = "[Content_Types].xml"
	commentsPart = "word/comments.xml"

	commentsType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
	commentsRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
)

// ErrForm tells a Word file whose text is not where such files have it.
var ErrForm = errors.New("the Word file is of an unusual form")

// Word is a Word file with a comment of the author at each note's place in the text that
// was read from the file. A note whose place is not found gets none.
func Word(content []byte, text string, notes []Note, author string, at time.Time) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, name := range []string{textPart, relsPart, typesPart, commentsPart} {
		if parts[name], err = read(in, name); err != nil {
			return nil, err
		}
	}
	if len(parts[textPart]) == 0 || len(parts[typesPart]) == 0 {
		return nil, ErrForm
	}
	d, err := parse(parts[textPart])
	if err != nil {
		return nil, err
	}
	first := nextID(parts[commentsPart])
	places := d.place(text, notes)
	parts[textPart] = d.commented(places, first)
	parts[commentsPart] = d.comments(parts[commentsPart], places, notes, author, first, at)
	parts[relsPart] = related(parts[relsPart])
	parts[typesPart] = typed(parts[typesPart])
	return write(in, parts)
}

func read(in *zip.Reader, name string) ([]byte, error) {
	for _, f := range in.File {
		if f.Name == name {
			r, err := f.Open()
			if err != nil {
				return nil, err
			}
			defer r.Close()
			return io.ReadAll(r)
		}
	}
	return nil, nil
}

// write is the archive with the parts that changed; the others are copied as they are
// compressed.
func write(in *zip.Reader, parts map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(parts[name])
		}
		return err
	}
	for _, f := range in.File {
		var err error
		if changed, ok := parts[f.Name]; ok && changed != nil {
			err = put(f.Name)
			delete(parts, f.Name)
		} else {
			err = z.Copy(f)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range []string{commentsPart, relsPart} {
		if parts[name] != nil {
			if err := put(name); err != nil {
				return nil, err
			}
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// piece is the text of one w:t, with where it and its run stand in the part.
type piece struct {
	text        string // decoded
	from, to    int    // of the raw text between its tags
	run, runEnd int    // of the run, its tags included
	properties  string // the run's, raw
	open        string // the run's opening tag
	alone       bool   // the run holds nothing else
	paragraph   int
}

// body is the text of a Word file and its pieces.
type body struct {
	raw    []byte
	prefix string // of its elements: "w:"
	space  string // their name space
	pieces []piece
}

// parse finds the pieces. Deleted text and field codes are none.
func parse(raw []byte) (*body, error) {
	d := &body{raw: raw}
	in := xml.NewDecoder(bytes.NewReader(raw))
	var run piece
	var held []int // pieces of the run
	inRun, others, paragraph, last := false, 0, 0, 0
	properties := 0
	for {
		before := int(in.InputOffset())
		t, err := in.RawToken()
		if errors.Is(err, io.EOF) {
			return d, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the Word file: %w", err)
		}
		after := int(in.InputOffset())
		switch e := t.(type) {
		case xml.StartElement:
			if d.prefix == "" && e.Name.Space != "" {
				d.named(e)
			}
			switch e.Name.Local {
			case "p":
				paragraph++
			case "r":
				if d.isOwn(e.Name) {
					inRun, others, held = true, 0, nil
					run = piece{run: before, open: string(raw[before:after]), paragraph: paragraph}
				}
			case "rPr":
				properties = before
			case "t":
				last = after
				if inRun {
					others++
				}
			default:
				if inRun && properties == 0 {
					others += 2
				}
			}
		case xml.EndElement:
			switch {
			case e.Name.Local == "rPr":
				if inRun {
					run.properties = string(raw[properties:after])
				}
				properties = 0
			case e.Name.Local == "t" && inRun && d.isOwn(e.Name):
				p := run
				p.from, p.to = last, before
				p.text = decoded(raw[last:before])
				held = append(held, len(d.pieces))
				d.pieces = append(d.pieces, p)
			case e.Name.Local == "r" && inRun && d.isOwn(e.Name):
				for _, i := range held {
					d.pieces[i].runEnd, d.pieces[i].alone, d.pieces[i].properties = after, others == 1, run.properties
				}
				inRun = false
			}
		}
	}
}

// named takes the prefix and the name space from the first element.
func (d *body) named(e xml.StartElement) {
	d.prefix = e.Name.Space + ":"
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" && a.Name.Local == e.Name.Space {
			d.space = a.Value
		}
	}
}

func (d *body) isOwn(n xml.Name) bool { return n.Space+":" == d.prefix }

func decoded(raw []byte) string {
	var out strings.Builder
	in := xml.NewDecoder(bytes.NewReader(raw))
	for {
		t, err := in.RawToken()
		if err != nil {
			return out.String()
		}
		if c, ok := t.(xml.CharData); ok {
			out.Write(c)
		}
	}
}

// placed is where a note stands: from a byte of the text of one piece to one of another.
type placed struct {
	note               int
	piece, at, end, to int // first piece and byte of it; last piece and the byte after
}

// letters is a text without its white space, and where each byte of it stands.
type letters struct {
	text string
	at   []int
}

func lettersOf(s string) (l letters) {
	var b strings.Builder
	for i, r := range s {
		if !unicode.IsSpace(r) {
			b.WriteString(string(r))
			for k := range len(string(r)) {
				l.at = append(l.at, i+k)
			}
		}
	}
	l.text = b.String()
	return l
}

// place finds the notes among the pieces, in their order: by the words before each as
// far as they are found there. White space does not count, which readers change.
func (d *body) place(text string, notes []Note) (out []placed) {
	var all strings.Builder
	var starts []int
	for _, p := range d.pieces {
		starts = append(starts, all.Len())
		all.WriteString(p.text)
	}
	whole := lettersOf(all.String())
	cursor := 0
	for i, n := range notes {
		at, size := find(whole.text, cursor, text, n)
		if at < 0 || size == 0 {
			continue
		}
		cursor = at + size
		from, last := whole.at[at], whole.at[at+size-1]
		p := placed{note: i, piece: pieceAt(starts, from), end: pieceAt(starts, last)}
		p.at, p.to = from-starts[p.piece], last+1-starts[p.end]
		out = append(out, p)
	}
	return out
}

func pieceAt(starts []int, at int) int {
	i, found := slices.BinarySearch(starts, at+1)
	if found || i > 0 {
		return i - 1
	}
	return 0
}

// find is where a note's stretch stands from a place on, with as many of the characters
// before it as stand there too.
func find(in string, from int, text string, n Note) (at, size int) {
	needle := lettersOf(text[n.Start:n.End]).text
	for _, before := range []int{60, 24, 9, 0} { // bytes
		start := max(0, n.Start-before)
		for start < n.Start && text[start]&0xc0 == 0x80 {
			start++
		}
		lead := lettersOf(text[start:n.Start]).text
		if at := strings.Index(in[from:], lead+needle); at >= 0 {
			return from + at + len(lead), len(needle)
		}
	}
	return -1, 0
}

// insertion is raw text to be put in the place of raw[from:to].
type insertion struct {
	from, to int
	text     string
}

// commented is the part with the ranges of the comments.
func (d *body) commented(places []placed, first int) []byte {
	cuts := map[int][]cut{} // by piece
	for _, p := range places {
		start, end := d.element("commentRangeStart", first+p.note), d.element("commentRangeEnd", first+p.note)+d.reference(first+p.note)
		cuts[p.piece] = append(cuts[p.piece], cut{p.at, start})
		cuts[p.end] = append(cuts[p.end], cut{p.to, end})
	}
	var out bytes.Buffer
	at := 0
	for i, p := range d.pieces {
		if cuts[i] == nil {
			continue
		}
		for _, in := range d.divided(p, cuts[i]) {
			if in.from < at {
				continue // a run of several pieces has its place already
			}
			out.Write(d.raw[at:in.from])
			out.WriteString(in.text)
			at = in.to
		}
	}
	out.Write(d.raw[at:])
	return out.Bytes()
}

// cut is what is put at a byte of a piece's text.
type cut struct {
	at  int
	put string
}

// divided is a piece's run cut where something is put into it; a run that holds more than
// its text stays whole, between what is put there.
func (d *body) divided(p piece, cuts []cut) []insertion {
	slices.SortStableFunc(cuts, func(a, b cut) int { return a.at - b.at })
	if !p.alone {
		var before, after string
		for _, c := range cuts {
			if strings.HasPrefix(c.put, "<"+d.prefix+"commentRangeStart") {
				before += c.put
			} else {
				after += c.put
			}
		}
		return []insertion{{p.run, p.run, before}, {p.runEnd, p.runEnd, after}}
	}
	var out strings.Builder
	at := 0
	run := func(text string) {
		if text != "" {
			out.WriteString(p.open + p.properties + "<" + d.prefix + `t xml:space="preserve">` + escaped(text) + "</" + d.prefix + "t></" + d.prefix + "r>")
		}
	}
	for _, c := range cuts {
		run(p.text[at:c.at])
		out.WriteString(c.put)
		at = c.at
	}
	run(p.text[at:])
	return []insertion{{p.run, p.runEnd, out.String()}}
}

func (d *body) element(name string, id int) string {
	return "<" + d.prefix + name + " " + d.prefix + `id="` + strconv.Itoa(id) + `"/>`
}

func (d *body) reference(id int) string {
	return "<" + d.prefix + "r>" + d.element("commentReference", id) + "</" + d.prefix + "r>"
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

// comments is the part of the comments: what was there, and those of the notes.
func (d *body) comments(was []byte, places []placed, notes []Note, author string, first int, at time.Time) []byte {
	var b strings.Builder
	w := "w:"
	if len(was) > 0 {
		if m := rootRe.FindSubmatch(was); m != nil {
			w = string(m[1])
		}
	}
	for _, p := range places {
		i, n := p.note, notes[p.note]
		fmt.Fprintf(&b, `<%[1]scomment %[1]sid="%[2]d" %[1]sauthor="%[3]s" %[1]sdate="%[4]s" %[1]sinitials="%[5]s">`, w, first+i, escaped(author), at.UTC().Format("2006-01-02T15:04:05Z"), escaped(initial(author)))
		for _, line := range strings.Split(n.Said, "\n") {
			fmt.Fprintf(&b, `<%[1]sp><%[1]sr><%[1]st xml:space="preserve">%[2]s</%[1]st></%[1]sr></%[1]sp>`, w, escaped(line))
		}
		fmt.Fprintf(&b, `</%scomment>`, w)
	}
	if len(was) == 0 {
		return []byte(xml.Header + `<w:comments xmlns:w="` + d.space + `">` + b.String() + `</w:comments>`)
	}
	return beforeEnd(was, b.String())
}

func initial(author string) string { return string([]rune(author + " ")[:1]) }

var (
	rootRe = regexp.MustCompile(`<([A-Za-z0-9]+:)comments[\s>]`)
	idRe   = regexp.MustCompile(`<[A-Za-z0-9]+:comment\s[^>]*?:id="(\d+)"`)
	relRe  = regexp.MustCompile(`Id="rId(\d+)"`)
)

// nextID is the first number that no comment has.
func nextID(comments []byte) (id int) {
	for _, m := range idRe.FindAllSubmatch(comments, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil {
			id = max(id, n+1)
		}
	}
	return id
}

// related is the relationships with that of the comments.
func related(rels []byte) []byte {
	if bytes.Contains(rels, []byte(commentsRel)) {
		return rels
	}
	if len(rels) == 0 {
		rels = []byte(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`)
	}
	id := 1
	for _, m := range relRe.FindAllSubmatch(rels, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil {
			id = max(id, n+1)
		}
	}
	return beforeEnd(rels, fmt.Sprintf(`<Relationship Id="rId%d" Type="%s" Target="comments.xml"/>`, id, commentsRel))
}

// typed is the types with that of the comments.
func typed(types []byte) []byte {
	if bytes.Contains(types, []byte(commentsType)) {
		return types
	}
	return beforeEnd(types, `<Override PartName="/word/comments.xml" ContentType="`+commentsType+`"/>`)
}

// beforeEnd puts text before the last closing tag; an element that closes itself is opened.
func beforeEnd(part []byte, text string) []byte {
	if at := bytes.LastIndex(part, []byte("</")); at >= 0 {
		return slices.Concat(part[:at], []byte(text), part[at:])
	}
	at := bytes.LastIndex(part, []byte("/>"))
	open := bytes.LastIndexByte(part[:max(at, 0)], '<')
	if at < 0 || open < 0 {
		return part
	}
	name := bytes.Fields(part[open+1 : at])[0]
	return slices.Concat(part[:at], []byte(">"+text+"</"), name, []byte(">"))
}
