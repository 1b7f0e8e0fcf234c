package faketest

import (
	"bytes"
	"image"
	_ "image/png" // the format that the bot sends
	"io"
	"net/http"
	"strings"
	"time"
)

// The limits of a photo: its bytes, its two sides together and one to the other, and
// the UTF-16 units of its caption.
const (
	largestPhoto   = 10 << 20
	longestSides   = 10000
	steepestPhoto  = 20
	longestCaption = 1024
)

// attached sends a photo or a document that is uploaded with the request; check, where there
// is one, refuses what is none.
func (s *Server) attached(r *http.Request, params map[string]any, field string, check func([]byte) error) (result any, err error) {
	name, content, err := uploaded(r, text(params[field]))
	if err == nil && check != nil {
		err = check(content)
	}
	if err != nil {
		return nil, err
	}
	s.change(func() {
		fields := map[string]any{}
		for key, value := range params {
			fields[key] = value
		}
		if _, ok := params["caption"]; ok {
			fields["text"] = params["caption"]
		}
		var m Message
		if m, err = s.read(fields); err != nil {
			return
		}
		if Units(m.Plain) > longestCaption {
			err = bad("message caption is too long")
			return
		}
		if err = s.takes(m.Chat); err != nil {
			return
		}
		if field == "photo" {
			m.Photo = content
		} else {
			m.Document, m.Name = content, name
		}
		s.times[m.Chat] = append(s.times[m.Chat], time.Now())
		result, err = s.send(m, params)
	})
	return result, err
}

// uploaded is the file of a form that a field names, and what it is called.
func uploaded(r *http.Request, field string) (name string, content []byte, err error) {
	part, ok := strings.CutPrefix(field, "attach://")
	if !ok || r.MultipartForm == nil || len(r.MultipartForm.File[part]) != 1 {
		return "", nil, bad("wrong remote file identifier specified")
	}
	header := r.MultipartForm.File[part][0]
	file, err := header.Open()
	if err != nil {
		return "", nil, bad("%v", err)
	}
	defer file.Close()
	content, err = io.ReadAll(file)
	switch {
	case err != nil || len(content) > largestPhoto:
		return "", nil, bad("file is too big")
	case len(content) == 0:
		return "", nil, bad("file must be non-empty")
	}
	return header.Filename, content, nil
}

// picture refuses what is no photo that Telegram takes.
func picture(content []byte) error {
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return bad("IMAGE_PROCESS_FAILED")
	}
	long, short := max(size.Width, size.Height), min(size.Width, size.Height)
	if long+short > longestSides || long > steepestPhoto*short {
		return bad("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}
