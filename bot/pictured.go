package bot

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"reportbot/bot/wording"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/scan"
)

const (
	readWithin     = 40 * time.Second
	longestInImage = 60  // characters that are taken for a question
	longestRead    = 800 // characters that are shown of more
)

// pictured answers a picture that came without words. Where tesseract is installed
// what it reads is answered if it is as short as a question, never as sure, and
// else shown for what it is; elsewhere the person is asked for words.
func (h *Handler) pictured(ctx context.Context, m Message, w *wording.Wording) Reply {
	if m.Image == nil || !scan.Installed() {
		return aside(w.HoldsPhoto)
	}
	text, err := h.readImage(ctx, m.Image)
	if err != nil {
		h.log.Info("a picture could not be read", "user", m.User, "cause", err)
		return aside(w.PictureUnread)
	}
	if utf8.RuneCountInString(text) > longestInImage {
		return aside(w.PictureRead, shorten(text, longestRead))
	}
	m.Text, m.Holds, m.Image, m.recognized = text, "", nil, true
	r := h.question(ctx, m, w)
	if len(r.Blocks) > 0 {
		r.Blocks = append([]Block{line(faint(fmt.Sprintf(w.PictureAsked, visible(text))))}, r.Blocks...)
	}
	return r
}

// readImage is what a picture says, its lines as they stand. At most as many are
// read at the same time as pages are drawn.
func (h *Handler) readImage(ctx context.Context, image *File) (string, error) {
	select {
	case h.drawing <- struct{}{}:
		defer func() { <-h.drawing }()
	default:
		return "", fmt.Errorf("%d pictures are being drawn or read", mostDrawing)
	}
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	content, err := download(ctx, image)
	if err != nil {
		return "", err
	}
	d, err := format.Read(ctx, image.Name, content, document.Default)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(d.Text), nil
}

// recognizedIn is what the record says of a question that was read from a picture.
func recognizedIn(m Message) string {
	if m.recognized {
		return "（识别自图片）"
	}
	return ""
}
