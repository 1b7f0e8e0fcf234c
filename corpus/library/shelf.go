package library

import (
	"container/list"
	"sync"
	"weak"

	"reportbot/corpus"
)

// shelf keeps the reports that were opened of late, as many as have keptText
// bytes of text together, which take about two and a half times that. One that
// had to go is not read again as long as someone still holds it, so that within
// one answer a paragraph is always the same paragraph. The zero shelf is empty.
type shelf struct {
	mu    sync.Mutex
	known map[string]weak.Pointer[corpus.Report]
	place map[*corpus.Report]*list.Element
	late  list.List // of *corpus.Report, the latest in front
	bytes int
}

// keptText is the text of some 150,000 paragraphs: read anew, a report of fifty
// costs half a millisecond, and an answer looks into up to thirty reports.
const keptText = 32 << 20

// get is the report of that key; read reads it.
func (s *shelf) get(key string, read func() (*corpus.Report, error)) (*corpus.Report, error) {
	if r := s.touch(key, nil); r != nil {
		return r, nil
	}
	r, err := read()
	if err != nil {
		return nil, err
	}
	return s.touch(key, r), nil
}

// touch brings a report to the front. fresh is put there where none is known:
// of two that were read at once the first stays.
func (s *shelf) touch(key string, fresh *corpus.Report) *corpus.Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.known[key].Value()
	if r == nil {
		r = fresh
	}
	if r == nil {
		return nil
	}
	if at := s.place[r]; at != nil {
		s.late.MoveToFront(at)
		return r
	}
	if s.known == nil {
		s.known, s.place = map[string]weak.Pointer[corpus.Report]{}, map[*corpus.Report]*list.Element{}
	}
	s.known[key] = weak.Make(r)
	s.place[r] = s.late.PushFront(r)
	s.bytes += len(r.Text)
	for s.bytes > keptText && s.late.Len() > 1 {
		s.drop(s.late.Back())
	}
	return r
}

func (s *shelf) drop(at *list.Element) {
	r := s.late.Remove(at).(*corpus.Report)
	delete(s.place, r)
	s.bytes -= len(r.Text)
}
