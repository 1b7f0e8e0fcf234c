// Package markup reads XML parts of hostile files: encoding/xml never expands
// entities of a document's own, and what declares any is refused at once.
package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"reportbot/corpus/format/document"
)

// Reader yields the tokens of one XML part.
type Reader struct {
	in    *xml.Decoder
	depth int
	max   int
}

// NewReader reads data within the limits of depth.
func NewReader(data []byte, limits document.Limits) *Reader {
	in := xml.NewDecoder(bytes.NewReader(data))
	in.CharsetReader = charset.NewReaderLabel
	return &Reader{in: in, max: limits.Depth}
}

// Next returns the next start, end or text; io.EOF at the end of the part.
func (r *Reader) Next() (xml.Token, error) {
	for {
		token, err := r.in.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, document.Refuse(document.Damaged, "the XML within is damaged: %v", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if r.depth++; r.depth > r.max {
				return nil, document.Refuse(document.TooDeep, "the XML within nests deeper than %d elements", r.max)
			}
			return t, nil
		case xml.EndElement:
			r.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			return nil, document.Refuse(document.Hostile, "the XML within declares entities of its own")
		}
	}
}

// Skip passes over the element that has just begun.
func (r *Reader) Skip() error {
	for depth := r.depth; r.depth >= depth; {
		if _, err := r.Next(); err != nil {
			return err
		}
	}
	return nil
}

// Each calls f for every element of data.
func Each(data []byte, limits document.Limits, f func(xml.StartElement)) error {
	r := NewReader(data, limits)
	for {
		token, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			f(start)
		}
	}
}

// Attr returns the value of an attribute by its local name, "" where it has none.
func Attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
