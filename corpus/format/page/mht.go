package page

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"

	"reportbot/corpus/format/document"
)

var mhtHeader = regexp.MustCompile(`(?i)^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:content-type:\s*(?:multipart/related|text/html)|mime-version:)`)

// IsMHT tells a saved message by its headers.
func IsMHT(content []byte) bool {
	return mhtHeader.Match(bytes.ReplaceAll(content[:min(len(content), 4096)], []byte("\r"), nil))
}

// ReadMHT reads the page of an MHTML file.
func ReadMHT(content []byte, limits document.Limits) (*document.Document, error) {
	m, err := mail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the saved page can't be read: %v", err)
	}
	source, charset, err := htmlPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, limits, 0)
	if errors.Is(err, errNoPage) {
		return nil, document.Refuse(document.NotADocument, "the message holds no page")
	}
	if err != nil {
		return nil, err
	}
	d, err := Read(source, charset, limits)
	if err != nil {
		return nil, err
	}
	d.Kind = document.MHT
	return d, nil
}

// deepest is how many messages may lie in one another.
const deepest = 5

// errNoPage is returned for parts that are no page.
var errNoPage = errors.New("no page")

// htmlPart finds the first part of a message that is a page.
func htmlPart(kind, transfer string, body io.Reader, limits document.Limits, depth int) (page []byte, charset string, err error) {
	media, params, err := mime.ParseMediaType(kind)
	if err != nil && media == "" || depth > deepest {
		return nil, "", document.Refuse(document.Damaged, "the saved page holds no page")
	}
	if media == "text/html" {
		page, err = io.ReadAll(io.LimitReader(decoded(transfer, body), limits.File))
		if err != nil && len(page) == 0 {
			return nil, "", document.Refuse(document.Damaged, "the saved page can't be decoded: %v", err)
		}
		return page, params["charset"], nil
	}
	if !strings.HasPrefix(media, "multipart/") {
		return nil, "", errNoPage
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, "", document.Refuse(document.Damaged, "the saved page holds no page")
		}
		page, charset, err = htmlPart(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part, limits, depth+1)
		if !errors.Is(err, errNoPage) {
			return page, charset, err
		}
	}
}

func decoded(transfer string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(transfer)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}
