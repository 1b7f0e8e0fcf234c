// Package page reads saved web pages: the report out of the page around it,
// headings, lists and tables. It also reads MHTML (RFC 2557), where the page
// is one part of a message.
package page

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/numbering"
	"reportbot/corpus/format/text"
)

// Read reads a page. charset is what a header said of its encoding, "" where
// nothing did.
func Read(content []byte, declared string, limits document.Limits) (*document.Document, error) {
	source, name, err := decode(content, declared)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil, document.Refuse(document.TooDeep, "the page can't be read: %v", err) // its one error on text
	}
	p := &reader{out: &document.Builder{Max: limits.Text}}
	main := mainPart(body(root))
	p.title = titleOf(root)
	if !strings.Contains(squeeze(textOf(main)), squeeze(p.title)) || p.title == "" {
		p.out.Title(p.title)
	}
	p.block(main)
	p.flush()
	if p.cells > limits.Cells {
		return nil, document.Refuse(document.TooLarge, "the page's tables have more than %d cells", limits.Cells)
	}
	d, err := p.out.Document(document.HTML)
	if err != nil {
		return nil, err
	}
	d.Charset = name
	return d, nil
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{2,20})`)

// decode finds the encoding: a byte order mark, valid UTF-8, what the header
// or the page declare; else the text itself tells. gb2312 always means GB18030.
func decode(content []byte, declared string) (source, name string, err error) {
	if m := metaCharset.FindSubmatch(content[:min(len(content), 4096)]); m != nil && declared == "" {
		declared = string(m[1])
	}
	source, name, err = text.Decode(content)
	if err == nil && (name == "utf-8" || strings.HasPrefix(name, "utf-16")) || declared == "" {
		return source, name, err
	}
	e, label := charset.Lookup(declared)
	if e == nil || strings.HasPrefix(label, "utf") {
		return source, name, err
	}
	if label == "gbk" {
		label = "gb18030"
		e, _ = charset.Lookup(label)
	}
	if decoded, e := e.NewDecoder().Bytes(content); e == nil && bytes.Count(decoded, []byte("\ufffd"))*50 <= len(decoded) {
		return string(decoded), label, nil
	}
	return source, name, err
}

func body(root *html.Node) *html.Node {
	if b := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Body }); b != nil {
		return b
	}
	return root
}

func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := find(c, is); found != nil {
			return found
		}
	}
	return nil
}

// mainPart goes down from the body while one child holds nearly all of the
// text that is no link: menus, footers and lists of other pages stay behind.
func mainPart(n *html.Node) *html.Node {
	for {
		all, most := weight(n), 0
		var heavy *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if w := weight(c); w > most {
				most, heavy = w, c
			}
		}
		if heavy == nil || heavy.Type != html.ElementNode || most*10 < all*8 || !container[heavy.DataAtom] {
			return n
		}
		n = heavy
	}
}

// container are the elements that may hold a whole report, layout tables too.
var container = map[atom.Atom]bool{atom.Div: true, atom.Main: true, atom.Article: true, atom.Section: true, atom.Td: true,
	atom.Form: true, atom.Center: true, atom.Font: true, atom.Span: true}

// weight is how much text an element holds, that of links left out.
func weight(n *html.Node) int {
	if n.Type == html.TextNode {
		return len(strings.TrimSpace(n.Data))
	}
	if skipped(n) || n.DataAtom == atom.A {
		return 0
	}
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += weight(c)
	}
	return sum
}

// titleOf is the page's title: the one that government sites must state (国办函
// 〔2017〕46号: meta ArticleTitle), a lone h1, else none.
func titleOf(root *html.Node) string {
	meta := find(root, func(n *html.Node) bool {
		return n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "name"), "ArticleTitle")
	})
	if meta != nil {
		return document.Line(attr(meta, "content"))
	}
	var heads []*html.Node
	each(root, atom.H1, func(n *html.Node) { heads = append(heads, n) })
	if len(heads) == 1 {
		return document.Line(textOf(heads[0]))
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case skipped(n):
			return
		case n.DataAtom == atom.Br || n.DataAtom == atom.P || n.DataAtom == atom.Div:
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

var hidden = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Footer, atom.Aside, atom.Select, atom.Button, atom.Noscript, atom.Template, atom.Iframe, atom.Head, atom.Svg, atom.Textarea:
		return true
	}
	if title := attr(n, "title"); n.DataAtom == atom.Div && (title == "header" || title == "footer") {
		return true // running heads, as LibreOffice writes them
	}
	return n.Type == html.CommentNode || n.Type == html.ElementNode && hidden.MatchString(attr(n, "style"))
}

// reader writes a page's blocks in order.
type reader struct {
	out   *document.Builder
	line  strings.Builder
	level int // of the heading that is being read, 0 outside
	title string
	pre   bool   // within text whose lines are its own
	item  string // the number that the next line begins with
	cells int    // of all tables: a page of many small ones may claim large spans in each
}

// flush ends the paragraph that is being read.
func (p *reader) flush() {
	line := document.Line(p.line.String())
	p.line.Reset()
	if line == "" {
		return
	}
	if line, p.item = p.item+line, ""; !utf8.ValidString(line) {
		line = strings.ToValidUTF8(line, "\ufffd")
	}
	switch {
	case p.title != "" && squeeze(line) == squeeze(p.title):
		p.out.Title(line)
		p.title = ""
	case p.level > 0:
		p.out.Heading(p.level, line)
	default:
		p.out.Paragraph(line)
	}
}

func (p *reader) block(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c)
	}
}

func (p *reader) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode && p.pre:
		for line := range strings.Lines(n.Data) {
			p.line.WriteString(line)
			if strings.HasSuffix(line, "\n") {
				p.flush()
			}
		}
	case n.Type == html.TextNode:
		p.line.WriteString(n.Data)
	case n.DataAtom == atom.Pre:
		p.flush()
		p.pre = true
		p.block(n)
		p.flush()
		p.pre = false
	case skipped(n) || n.Type != html.ElementNode:
	case n.DataAtom == atom.Br:
		p.flush()
	case n.DataAtom == atom.Table:
		p.flush()
		p.table(n)
	case n.DataAtom == atom.Ol:
		p.flush()
		p.list(n)
	case level(n) > 0:
		p.flush()
		p.level = level(n)
		p.block(n)
		p.flush()
		p.level = 0
	case inline[n.DataAtom]:
		p.block(n)
	default:
		p.flush()
		p.block(n)
		p.flush()
	}
}

var inline = map[atom.Atom]bool{atom.A: true, atom.B: true, atom.Strong: true, atom.Em: true, atom.I: true, atom.U: true, atom.Span: true, atom.Font: true,
	atom.Sup: true, atom.Sub: true, atom.Small: true, atom.Big: true, atom.S: true, atom.Label: true, atom.Abbr: true, atom.Mark: true, atom.Code: true, atom.Time: true, atom.Ins: true, atom.Q: true, atom.Cite: true}

func level(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

var listFormats = map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// list numbers the items of an ordered list as a browser would show them.
func (p *reader) list(n *html.Node) {
	format := "decimal"
	if f := listFormats[attr(n, "type")]; f != "" {
		format = f
	}
	suffix := "."
	if style := attr(n, "style"); strings.Contains(style, "cjk-ideographic") || strings.Contains(style, "chinese") {
		format, suffix = "chineseCounting", "、"
	}
	count := 1
	if start, err := strconv.Atoi(attr(n, "start")); err == nil {
		count = start
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			p.node(c)
			continue
		}
		if v, err := strconv.Atoi(attr(c, "value")); err == nil {
			count = v
		}
		p.flush()
		p.item = numbering.Numeral(format, count) + suffix
		p.block(c)
		p.flush()
		p.item = ""
		count++
	}
}
