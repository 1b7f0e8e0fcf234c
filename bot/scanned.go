package bot

import (
	"slices"
	"strings"

	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
)

// scanned tells whether what an answer shows first was recognized in a scan: its
// digits may be wrong, however sure it is that it is what was asked about.
func scanned(figures []index.FigureHit, a index.Answer) bool {
	first := min(len(figures), max(1, a.Asked))
	if a.Query.List {
		first = len(figures)
	}
	return slices.ContainsFunc(figures[:first], func(f index.FigureHit) bool { return f.Paragraph.Recognized() })
}

// mark says of each line that cites a paragraph from a scan, and of each that states
// a figure of one, that it was recognized there: in whatever reply, and once.
func (h *Handler) mark(blocks []Block, w *wording.Wording) {
	said := " · " + w.Scanned
	for i, b := range blocks {
		if b.Kind != Line || strings.HasSuffix(b.Text(), said) || !slices.ContainsFunc(b.Runs, h.fromScan) {
			continue
		}
		blocks[i].Runs = append(slices.Clone(b.Runs), faint(said))
	}
}

func (h *Handler) fromScan(run Run) bool {
	var p *corpus.Paragraph
	if run.figure != nil {
		p = run.figure.Paragraph
	} else if id, ok := strings.CutPrefix(run.Link, linkParagraph); ok {
		p = h.engine.Corpus().Paragraph(id)
	}
	return p != nil && p.Recognized()
}
