package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reportbot/corpus/format/document"
)

// table reads a table of data as one; one that lays out the page, or holds
// other tables, as blocks.
func (p *reader) table(n *html.Node) {
	g := &document.Grid{}
	if laysOut(n) || p.cells > document.Default.Cells {
		p.block(n)
		return
	}
	if caption := find(n, func(n *html.Node) bool { return n.DataAtom == atom.Caption }); caption != nil {
		p.out.Paragraph(textOf(caption))
	}
	rows := 0
	each(n, atom.Tr, func(tr *html.Node) {
		if skipped(tr) {
			return
		}
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				g.Put(rows, g.Free(rows), span(c, "rowspan"), span(c, "colspan"), cellText(c))
			}
		}
		rows++
	})
	g.Cut(rows)
	if p.cells += g.Cells(); p.cells > document.Default.Cells {
		return // Read refuses the page
	}
	if !g.IsData() {
		p.block(n)
		return
	}
	p.end()
	p.out.Table(g)
}

// laysOut tells a table that puts other tables beside one another: more than a
// quarter of its cells hold one. A table of data may hold a small one in a cell.
func laysOut(n *html.Node) bool {
	cells, nested := 0, 0
	each(n, atom.Tr, func(tr *html.Node) {
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				cells++
				if find(c, func(n *html.Node) bool { return n.DataAtom == atom.Table }) != nil {
					nested++
				}
			}
		}
	})
	return nested*4 > cells
}

// each calls f for the elements of a kind below n, not for those within them.
func each(n *html.Node, kind atom.Atom, f func(*html.Node)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == kind {
			f(c)
		} else {
			each(c, kind, f)
		}
	}
}

// longest is how many rows or columns a cell may claim.
const longest = 1000

func span(n *html.Node, name string) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, name)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, longest)
}

// cellText is the lines of a cell.
func cellText(n *html.Node) string {
	var lines []string
	for line := range strings.Lines(textOf(n)) {
		if line = document.Spaced(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
