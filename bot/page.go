package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/picture"
)

// Pages draws the page of an original that a figure stands on, or where it is nil
// a paragraph, as a PNG; *picture.Pages does.
type Pages interface {
	Of(ctx context.Context, of *corpus.Paragraph, f *corpus.Figure) ([]byte, error)
}

// ShowPages offers the page of the original below what is cited from it.
func (h *Handler) ShowPages(p Pages) { h.pages = p }

// A page takes a second at most to draw; who asks for one more than are being
// drawn is told so, and nobody who asks a question waits for pictures.
const (
	drawWithin  = 20 * time.Second
	mostDrawing = 3
)

// withPage adds the button 原页 to the first row of buttons of a reply: its one
// figure is framed, of several the passage that stands first.
func (h *Handler) withPage(rows [][]Button, r Reply, w *wording.Wording) [][]Button {
	paragraphs := h.shownParagraphs(r)
	if len(paragraphs) == 0 {
		return rows
	}
	figure := ""
	for n, s := range figuresOnly(shownIn(r)) {
		if figure = s.Figure; n > 0 {
			figure = ""
			break
		}
	}
	button := h.pageButton(paragraphs[0], figure, w)
	if len(button) == 0 || len(rows) == 0 {
		return appendRow(rows, button)
	}
	rows[0] = append(rows[0], button...)
	return rows
}

func figuresOnly(shown []record.Shown) (figures []record.Shown) {
	for _, s := range shown {
		if s.Figure != "" {
			figures = append(figures, s)
		}
	}
	return figures
}

// pageButton opens the page of a paragraph, or of one of its figures; none where its
// report has no pages.
func (h *Handler) pageButton(p *corpus.Paragraph, figure string, w *wording.Wording) []Button {
	if h.pages == nil || !picture.Can(p.Report) {
		return nil
	}
	data := toPage + p.ID
	if figure != "" {
		data = toPage + figure
	}
	return []Button{{Label: w.Page, Data: data}}
}

// page shows the page that a paragraph or a figure stands on, framed there, with
// the citation below. At a terminal it names the command that draws it.
func (h *Handler) page(ctx context.Context, m Message, id string, w *wording.Wording) Reply {
	paragraph, ofFigure, _ := strings.Cut(id, ".")
	p := h.engine.Corpus().Paragraph(paragraph)
	if p == nil {
		return h.gone(paragraph, w)
	}
	var figure *corpus.Figure
	for _, f := range p.Figures() {
		if f.ID == id && h.stands(f) {
			figure = f
		}
	}
	switch {
	case ofFigure != "" && figure == nil:
		return h.gone(paragraph, w)
	case h.pages == nil || !picture.Can(p.Report):
		return say(w.Stale)
	case m.User == Terminal:
		return say(fmt.Sprintf(w.PageCommand, id))
	case isGroup(m.Chat) && h.access.role(m.Chat) != record.Reader:
		return aside(w.PageElsewhere)
	}
	drawn, err := h.draw(ctx, p, figure)
	if err != nil {
		h.log.Error("a page can't be shown", "paragraph", p.ID, "cause", err)
		return say(w.PageFailed)
	}
	return h.opened(m, Reply{Blocks: []Block{source(p)}, Picture: &Picture{PNG: drawn, Failed: w.PageFailed}})
}

func (h *Handler) draw(ctx context.Context, p *corpus.Paragraph, f *corpus.Figure) ([]byte, error) {
	select {
	case h.drawing <- struct{}{}:
		defer func() { <-h.drawing }()
	default:
		return nil, fmt.Errorf("%d pages are being drawn", mostDrawing)
	}
	ctx, cancel := context.WithTimeout(ctx, drawWithin)
	defer cancel()
	return h.pages.Of(ctx, p, f)
}
