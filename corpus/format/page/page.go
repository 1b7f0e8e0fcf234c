// Package page reads saved web pages: the report out of the page around it,
// headings, lists and tables. It also reads MHTML (RFC 2557), where the page
// is one part of a message.
package page

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
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
	main := mainPart(body(root))
	title := titleOf(root)
	p := &reader{out: &document.Builder{Max: limits.Text}, title: title}
	p.block(main)
	p.end()
	if p.title != "" { // it stands nowhere by itself
		p = &reader{out: &document.Builder{Max: limits.Text}}
		p.out.Title(title)
		p.block(main)
		p.end()
	}
	if p.cells > limits.Cells {
		return nil, document.Refuse(document.TooLarge, "the page's tables have more than %d cells", limits.Cells)
	}
	d, err := p.out.Document(document.HTML)
	if err != nil {
		return nil, err
	}
	if n := text.OwnCharacters(d.Text); n > 0 {
		d.Warnings = append(d.Warnings, document.Warning{Code: document.OwnCharacters, Detail: strconv.Itoa(n)})
	}
	d.Charset = name
	d.Published, d.Source, d.Site = published(root), sourceOf(root), metaOf(root, "SiteName")
	return d, nil
}

// published is the day on which the page says that it was published: 2026-05-28.
func published(root *html.Node) string { return dayAlone.FindString(metaOf(root, "PubDate")) }

var dayAlone = regexp.MustCompile(`^(?:19|20)\d\d-\d{2}-\d{2}`)

// sourceOf is whom the page names as its source, in what it says of itself or
// beside the title, outside of the text.
func sourceOf(root *html.Node) string {
	if named := metaOf(root, "ContentSource"); named != "" {
		return named
	}
	if m := sourceLine.FindStringSubmatch(textOf(body(root))); m != nil {
		return m[1]
	}
	return ""
}

var sourceLine = regexp.MustCompile(`(?:信息来源|文章来源|来源|发布机构|出处)\s*[:：]\s*(\p{Han}{3,30})`)

// metaOf is what the page says of itself under one of the names that government
// sites must use (国办函〔2017〕46号), "" where nothing.
func metaOf(root *html.Node, name string) (content string) {
	find(root, func(n *html.Node) bool {
		if n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "name"), name) {
			content = document.Line(attr(n, "content"))
		}
		return content != ""
	})
	return content
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{2,20})`)

// decode finds the encoding: a byte order mark, valid UTF-8, what the header
// or the page declare; else the text itself tells. gb2312 always means GB18030.
func decode(content []byte, declared string) (source, name string, err error) {
	content = withoutControls(content)
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
	decoder := e.NewDecoder().Bytes
	if label == "gb18030" {
		decoder = text.GB18030
	}
	if decoded, e := decoder(content); e == nil && bytes.Count(decoded, []byte("\ufffd"))*50 <= len(decoded) {
		return string(decoded), label, nil
	}
	return source, name, err
}

// withoutControls takes stray control characters out of a page, most of them in
// its scripts: a browser passes over them. The zeros of UTF-16 are none.
func withoutControls(content []byte) []byte {
	if zeros := bytes.Count(content, []byte{0}); zeros*10 > len(content) {
		return content
	}
	out := make([]byte, 0, len(content))
	for _, c := range content {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			c = ' '
		}
		out = append(out, c)
	}
	return out
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
// text that is no link, and no other holds sentences: menus, footers and lists
// of other pages stay behind, an introduction beside the biggest block does not.
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
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c != heavy && weight(c) > 0 && hasProse(c) {
				return n
			}
		}
		n = heavy
	}
}

var (
	sentence  = regexp.MustCompile(`[^。！？\s]{12,}。`)
	furniture = regexp.MustCompile(`版权所有|未经.{0,6}(?:授权|许可)|备案|网站标识码|浏览器|分辨率|联系我们|网站地图|扫一扫|客户端`)
)

// hasProse tells whether an element holds a sentence that is no remark of the site's.
func hasProse(n *html.Node) bool {
	text := textOf(n)
	return sentence.MatchString(text) && !furniture.MatchString(text)
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

// titleOf is the report's title: the one that government sites must state
// (国办函〔2017〕46号: meta ArticleTitle), what the browser's title says before or
// behind the site's name, a lone h1; "" where none is a title of a report.
func titleOf(root *html.Node) string {
	if title := metaOf(root, "ArticleTitle"); title != "" {
		return title
	}
	var heads []string
	each(root, atom.H1, func(n *html.Node) { heads = append(heads, document.Line(textOf(n))) })
	of := ""
	if t := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Title }); t != nil && t.FirstChild != nil {
		of = browserTitle(t.FirstChild.Data)
	}
	switch {
	case len(heads) == 1 && titleEnd.MatchString(heads[0]):
		if of != "" && strings.HasPrefix(plainTitle(heads[0]), plainTitle(of)) { // with its year behind it
			return of
		}
		return heads[0]
	case of == "" && len(heads) == 1 && utf8.RuneCountInString(heads[0]) >= shortestTitle:
		return heads[0]
	}
	return of
}

// shortestTitle is how many characters a title has that is none by its words: 长者版,
// 帮助中心 are the site's.
const shortestTitle = 8

var (
	titleParts = regexp.MustCompile(`\s*(?:_+|\||--+|——|–|\s-\s|[-－](?:\p{Han}{2,}(?:网站?|库|报|政府|门户|平台)\S*)?$|>>)\s*`)
	titleEnd   = regexp.MustCompile(`(?:报告|公报|通知|意见|方案|计划|规划|决定|办法|总结|要点|批复|纪要|说明|讲话|汇报|情况|概况|简报|通报|草案|一览表|统计表|报表)(?:[（(〔][^）)〕]{1,30}[）)〕])?$`)
	placeFirst = regexp.MustCompile(`^[（(]\p{Han}{2,10}[）)]`)
	inQuotes   = regexp.MustCompile(`《([^》]+)》`)
	tags       = regexp.MustCompile(`<[^>]{1,20}>`)
)

// browserTitle is the part of a browser's title that is one of a report, "" where
// none is: (河南省)2025年濮阳市国民经济和社会发展统计公报-红黑统计公报库.
func browserTitle(text string) (title string) {
	text = document.Line(tags.ReplaceAllString(text, ""))
	for _, part := range titleParts.Split(text, -1) {
		if m := inQuotes.FindStringSubmatch(part); m != nil {
			part = m[1]
		}
		part = placeFirst.ReplaceAllString(strings.TrimSpace(part), "")
		if titleEnd.MatchString(part) && utf8.RuneCountInString(part) >= shortestTitle && len(part) > len(title) {
			title = part
		}
	}
	return title
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return a.Val
		}
	}
	return ""
}

// textOf is the text of an element, its lines parted by line breaks.
func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(strings.Map(oneLine, n.Data))
		case skipped(n):
			return
		case isRaised(n):
			b.WriteString(document.Raised(markup.Before(&b), textOf(&html.Node{FirstChild: n.FirstChild})))
			return
		case n.DataAtom == atom.Sub:
			b.WriteString(document.Lowered(textOf(&html.Node{FirstChild: n.FirstChild})))
			return
		case n.DataAtom == atom.Br || n.Type == html.ElementNode && !inline[n.DataAtom]:
			b.WriteByte('\n')
			defer b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// oneLine makes a blank of the line breaks of a page's source.
func oneLine(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}

// isRaised tells a superscript, and a link to a note.
func isRaised(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	return n.DataAtom == atom.Sup || superStyle.MatchString(attr(n, "style")) || n.DataAtom == atom.A && strings.HasPrefix(attr(n, "href"), "#") && strings.Contains(strings.ToLower(attr(n, "href")), "f")
}

var superStyle = regexp.MustCompile(`(?i)vertical-align\s*:\s*super`)

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// hidden is a style that shows nothing, or shows text as taken back.
var hidden = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[a-z-]*\s*:[^;]*line-through|mso-hide\s*:\s*all`)

func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Footer, atom.Aside, atom.Select, atom.Button, atom.Noscript, atom.Template, atom.Iframe, atom.Head, atom.Svg, atom.Textarea, atom.Del, atom.S, atom.Strike, atom.Rt, atom.Rp:
		return true
	}
	if title := attr(n, "title"); n.DataAtom == atom.Div && (title == "header" || title == "footer") {
		return true // running heads, as LibreOffice writes them
	}
	return n.Type == html.CommentNode || n.Type == html.ElementNode && (hidden.MatchString(attr(n, "style")) || has(n, "hidden"))
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return strings.EqualFold(a.Key, name) })
}

// reader writes a page's blocks in order.
type reader struct {
	out   *document.Builder
	line  strings.Builder
	level int // of the heading that is being read, 0 outside
	title string
	parts []string // lines that may be the beginning of the title
	pre   bool     // within text whose lines are its own
	item  string   // the number that the next line begins with
	cells int      // of all tables: a page of many small ones may claim large spans in each
}

func (p *reader) end() {
	p.flush()
	for _, part := range p.parts {
		p.write(part)
	}
	p.parts = nil
}

// flush ends the paragraph that is being read.
func (p *reader) flush() {
	line := document.Line(p.line.String())
	p.line.Reset()
	if line == "" {
		return
	}
	if line, p.item = numbering.Before(p.item, line), ""; !utf8.ValidString(line) {
		line = strings.ToValidUTF8(line, "\ufffd")
	}
	if p.titleGoesOn(line) {
		return
	}
	p.write(line)
}

func (p *reader) write(line string) {
	if p.level > 0 {
		p.out.Heading(p.level, line)
		return
	}
	p.out.Paragraph(line)
}

// titleGoesOn tells whether a line is the page's title or a part of it: a page
// often breaks it over several lines, and may write it without 关于.
func (p *reader) titleGoesOn(line string) bool {
	if p.title == "" {
		return false
	}
	title, all := plainTitle(p.title), plainTitle(strings.Join(append(p.parts, line), ""))
	switch {
	case all == title:
		p.out.Title(document.Lines(append(p.parts, line)))
		p.title, p.parts = "", nil
		return true
	case all != "" && strings.HasPrefix(title, all):
		p.parts = append(p.parts, line)
		return true
	}
	parts := p.parts
	p.parts = nil
	for _, part := range parts {
		p.write(part)
	}
	return len(parts) > 0 && p.titleGoesOn(line)
}

func plainTitle(s string) string { return strings.TrimPrefix(squeeze(s), "关于") }

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
	case skipped(n) || n.Type != html.ElementNode:
	case isRaised(n):
		p.line.WriteString(document.Raised(markup.Before(&p.line), textOf(&html.Node{FirstChild: n.FirstChild})))
	case n.DataAtom == atom.Sub:
		p.line.WriteString(document.Lowered(textOf(&html.Node{FirstChild: n.FirstChild})))
	case n.DataAtom == atom.Pre:
		p.flush()
		p.pre = true
		p.block(n)
		p.flush()
		p.pre = false
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
	atom.Sup: true, atom.Sub: true, atom.Small: true, atom.Big: true, atom.Label: true, atom.Abbr: true, atom.Mark: true, atom.Code: true, atom.Time: true, atom.Ins: true, atom.Q: true, atom.Cite: true}

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
	if strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "list-style:none") || strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "list-style-type:none") {
		format = "none"
	}
	count, step := 1, 1
	if has(n, "reversed") {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Li {
				count++
			}
		}
		count, step = count-1, -1
	}
	if start, err := strconv.Atoi(attr(n, "start")); err == nil {
		count = start
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li || skipped(c) {
			p.node(c)
			continue
		}
		if v, err := strconv.Atoi(attr(c, "value")); err == nil {
			count = v
		}
		p.flush()
		if format != "none" {
			p.item = numbering.Numeral(format, count) + suffix
		}
		p.block(c)
		p.flush()
		p.item = ""
		count += step
	}
}
