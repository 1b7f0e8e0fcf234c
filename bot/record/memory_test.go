package record

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A byte of what leads to a conversation is altered, each in turn: it is said, or the
// conversation is found as it was.
func TestAlteredWayToMemory(t *testing.T) {
	var log bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(was)
	dir := t.TempDir()
	r, err := Open(dir, 365)
	ok(t, err)
	for n := range int64(3) {
		ok(t, r.Remember(Where{User: 7 + n, Chat: 70 + n}, Talk{Questions: []string{fmt.Sprint("问", n)}, At: time.Now()}))
	}
	var page, size int
	ok(t, r.db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_memory_1'").Scan(&page))
	ok(t, r.db.QueryRow("PRAGMA page_size").Scan(&size))
	ok(t, r.Close())
	name := filepath.Join(dir, FileName)
	whole, err := os.ReadFile(name)
	ok(t, err)
	noticed := 0
	for at := (page - 1) * size; at < page*size; at++ {
		if whole[at] == 0 && at%64 != 0 {
			continue
		}
		altered := bytes.Clone(whole)
		altered[at] ^= 0x15
		os.WriteFile(name, altered, 0o600)
		log.Reset()
		r, err := Open(dir, 365)
		if err != nil {
			continue
		}
		for n := range int64(3) {
			talk, err := r.Recall(Where{User: 7 + n, Chat: 70 + n})
			if same := err == nil && len(talk.Questions) == 1 && talk.Questions[0] == fmt.Sprint("问", n); !same && err == nil && log.Len() == 0 {
				t.Errorf("byte %d of the page: the conversation of %d is %v, and nobody says so", at-(page-1)*size, 7+n, talk.Questions)
			}
		}
		if log.Len() > 0 {
			noticed++
		}
		r.Close()
	}
	if noticed == 0 {
		t.Error("no byte was noticed")
	}
}
