// Package marked makes a copy of a text with notes at places of it: a Word file with
// comments, or a page of HTML.
package marked

import (
	_ "embed"
	"html/template"
	"strings"
)

// Note is what is said of a stretch of a text.
type Note struct {
	Start, End int    // bytes of the text
	Kind       string // the class by which a page colours it
	Said       string // may have several lines
}

// Page is a text with notes, in their order, as a page.
type Page struct {
	Lang, Title, Summary, Legend string
	Text                         string
	Notes                        []Note
}

//go:embed page.html
var pageFile string

var page = template.Must(template.New("page").Parse(pageFile))

// stretch is a piece of a paragraph: plain, or with the note of that number.
type stretch struct {
	Text, Kind, Said string
	Number           int // from 1; 0 for none
}

// HTML is the page, whole in one file.
func (p Page) HTML() ([]byte, error) {
	var out strings.Builder
	err := page.Execute(&out, struct {
		Page
		Paragraphs [][]stretch
		All        []stretch
	}{p, p.paragraphs(), p.all()})
	return []byte(out.String()), err
}

func (p Page) all() (all []stretch) {
	for i, n := range p.Notes {
		all = append(all, stretch{Text: p.Text[n.Start:n.End], Kind: n.Kind, Said: n.Said, Number: i + 1})
	}
	return all
}

// paragraphs is the lines of the text, each cut at its notes.
func (p Page) paragraphs() (out [][]stretch) {
	at := 0
	notes := p.all()
	spans := p.Notes
	for line := range strings.Lines(p.Text) {
		end := at + len(line)
		var cut []stretch
		for len(spans) > 0 && spans[0].Start < end {
			if from := spans[0].Start; from > at {
				cut = append(cut, stretch{Text: p.Text[at:from]})
			}
			if spans[0].Start >= at {
				cut, at = append(cut, notes[0]), spans[0].End
			}
			spans, notes = spans[1:], notes[1:]
		}
		if at < end {
			cut = append(cut, stretch{Text: strings.TrimRight(p.Text[at:end], "\r\n")})
		}
		at = max(at, end)
		if strings.TrimSpace(line) != "" {
			out = append(out, cut)
		}
	}
	return out
}
