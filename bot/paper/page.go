package paper

import (
	_ "embed"
	"fmt"
	"html"
	"strings"
)

// Page is what is taken to a meeting: a title, a line below it, and parts.
type Page struct {
	Lang  string // "zh", "zh-Hant" or "en"
	Title string
	Below string // the date, and what the page is
	Parts []Part
}

// Part is a heading and what stands under it.
type Part struct {
	Heading string
	Blocks  []Block
}

// Block is a line, a quotation, or a table with the headings in its first row.
type Block struct {
	Runs  []Run
	Quote bool
	Rows  [][]Run
}

// Run is text in one style.
type Run struct {
	Text        string
	Bold, Faint bool
}

func (b Block) text() string {
	var s strings.Builder
	for _, r := range b.Runs {
		s.WriteString(r.Text)
	}
	return s.String()
}

// Text is the page as plain text; quotations are indented, cells parted by tabs.
func (p Page) Text() ([]byte, error) {
	var s strings.Builder
	fmt.Fprintf(&s, "%s\n%s\n", p.Title, p.Below)
	for _, part := range p.Parts {
		fmt.Fprintf(&s, "\n%s\n", part.Heading)
		for _, b := range part.Blocks {
			switch {
			case len(b.Rows) > 0:
				for _, row := range b.Rows {
					var cells []string
					for _, c := range row {
						cells = append(cells, c.Text)
					}
					s.WriteString(strings.Join(cells, "\t") + "\n")
				}
			case b.Quote:
				s.WriteString("    " + strings.ReplaceAll(b.text(), "\n", "\n    ") + "\n")
			default:
				s.WriteString(b.text() + "\n")
			}
		}
	}
	return []byte(byteOrderMark + s.String()), nil
}

//go:embed page.css
var style string

// HTML is the page for a browser, to be read and printed; it needs nothing beside itself.
func (p Page) HTML() ([]byte, error) {
	var s strings.Builder
	fmt.Fprintf(&s, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>\n<p class=\"below\">%s</p>\n",
		p.Lang, html.EscapeString(p.Title), style, html.EscapeString(p.Title), html.EscapeString(p.Below))
	for _, part := range p.Parts {
		fmt.Fprintf(&s, "<section>\n<h2>%s</h2>\n", html.EscapeString(part.Heading))
		for _, b := range part.Blocks {
			switch {
			case len(b.Rows) > 0:
				s.WriteString("<table>\n")
				for i, row := range b.Rows {
					cell := map[bool]string{true: "th", false: "td"}[i == 0]
					s.WriteString("<tr>")
					for _, c := range row {
						s.WriteString("<" + cell + ">" + inHTML([]Run{c}) + "</" + cell + ">")
					}
					s.WriteString("</tr>\n")
				}
				s.WriteString("</table>\n")
			case b.Quote:
				s.WriteString("<blockquote>" + inHTML(b.Runs) + "</blockquote>\n")
			default:
				s.WriteString("<p>" + inHTML(b.Runs) + "</p>\n")
			}
		}
		s.WriteString("</section>\n")
	}
	s.WriteString("</body>\n</html>\n")
	return []byte(s.String()), nil
}

func inHTML(runs []Run) string {
	var s strings.Builder
	for _, r := range runs {
		text := strings.ReplaceAll(html.EscapeString(r.Text), "\n", "<br>")
		switch {
		case r.Bold:
			text = "<b>" + text + "</b>"
		case r.Faint:
			text = "<small>" + text + "</small>"
		}
		s.WriteString(text)
	}
	return s.String()
}
