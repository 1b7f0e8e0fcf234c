package corpus

import (
	"encoding/binary"
	"errors"
)

// parts are the fields of a head in the order in which they are kept: what is
// written and what is read go through the one list.
func (h *Head) parts() (texts []*string, numbers []*int, marks []*bool) {
	texts = []*string{&h.ID, &h.Name, &h.Title, &h.Issuer, &h.Addressee, &h.DocNumber, &h.Date,
		(*string)(&h.Scope), &h.Lang, &h.Hash, &h.Content, &h.Front}
	numbers = []*int{&h.Year, &h.Length, &h.accounts}
	for _, p := range []*Period{&h.Covers, &h.this} {
		texts = append(texts, &p.Label)
		numbers = append(numbers, &p.From, &p.To, (*int)(&p.Stated))
		marks = append(marks, &p.asOf)
	}
	return texts, numbers, marks
}

// AppendTo writes a head to the end of b, as KeptHead reads it: what it does not
// show included.
func (h *Head) AppendTo(b []byte) []byte {
	texts, numbers, marks := h.parts()
	for _, s := range texts {
		b = binary.AppendUvarint(b, uint64(len(*s)))
	}
	for _, n := range numbers {
		b = binary.AppendVarint(b, int64(*n))
	}
	for _, m := range marks {
		n := byte(0)
		if *m {
			n = 1
		}
		b = append(b, n)
	}
	for _, s := range texts {
		b = append(b, *s...)
	}
	return b
}

var errNoHead = errors.New("this is no head of a report")

// KeptHead reads what AppendTo wrote.
func KeptHead(b []byte) (*Head, error) {
	h := &Head{}
	texts, numbers, marks := h.parts()
	lengths := make([]int, len(texts))
	for i := range texts {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)) {
			return nil, errNoHead
		}
		lengths[i], b = int(n), b[size:]
	}
	for _, at := range numbers {
		n, size := binary.Varint(b)
		if size <= 0 {
			return nil, errNoHead
		}
		*at, b = int(n), b[size:]
	}
	for _, at := range marks {
		if len(b) == 0 || b[0] > 1 {
			return nil, errNoHead
		}
		*at, b = b[0] == 1, b[1:]
	}
	rest := string(b) // all texts of a head are one piece of memory
	for i, at := range texts {
		if lengths[i] > len(rest) {
			return nil, errNoHead
		}
		*at, rest = rest[:lengths[i]], rest[lengths[i]:]
	}
	if rest != "" {
		return nil, errNoHead
	}
	return h, nil
}
