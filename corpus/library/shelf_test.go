package library

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"reportbot/corpus"
)

// Of more than the shelf holds the oldest goes: it is read again, unless
// someone still has it.
func TestShelf(t *testing.T) {
	var s shelf
	text := strings.Repeat("万", keptText/3/4+1) // a quarter of the room and a little more
	read := 0
	get := func(n int) *corpus.Report {
		t.Helper()
		r, err := s.get(strconv.Itoa(n), func() (*corpus.Report, error) {
			read++
			return &corpus.Report{Head: &corpus.Head{Name: strconv.Itoa(n)}, Text: text}, nil
		})
		if err != nil || r.Name != strconv.Itoa(n) {
			t.Fatalf("got %v, %v", r, err)
		}
		return r
	}
	held := get(0)
	for n := 1; n < 10; n++ {
		get(n)
		get(1) // asked for again and again, it stays
	}
	if read != 10 || s.bytes > keptText || s.late.Len() != 3 {
		t.Errorf("%d readings, %d reports of %d bytes are kept", read, s.late.Len(), s.bytes)
	}
	if get(0) != held || read != 10 {
		t.Error("a report that is held was read again")
	}
	runtime.KeepAlive(held)
	runtime.GC()
	if get(2); read != 11 {
		t.Errorf("a report that had to go was not read again: %d readings", read)
	}
	if _, err := s.get("broken", func() (*corpus.Report, error) { return nil, errors.New("gone") }); err == nil {
		t.Error("the error of reading is lost")
	}
}
