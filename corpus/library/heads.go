package library

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"reportbot/corpus"
)

// What is known of a report without its text, its head, is kept in a file beside
// the library, so that a start opens no original: of a million paragraphs, in
// 20,000 reports, it reads 7 MB instead of all files and their analysis. The file
// is derived and may be deleted. It stands under the build of the program and the
// lists of terms that the heads were read with (upkeep.Reader says where): others
// read otherwise, and never see it.
//
// One record follows the other:
//
//	4 bytes  length of the rest
//	4 bytes  CRC-32C of the rest
//	rest     file, hash, size and time of the original; the head
//
// A change appends; of two records of one report the later holds. What comes after
// a damaged record is not read: those reports are read from their originals, and
// the file is written anew aside and renamed. The same where more than half of it
// is on reports that are gone.
//
// A head is taken for that of its original where that has the size and the time of
// last change that it had then; else the original is read, and its sum compared.
// That is how git tells which files have changed. An original altered behind its
// own time is found out by Prove, and before anything of it is shown: it is never
// opened without its sum.
//
// Not taken: bbolt, which maps its file, so that a damaged one is a fault that ends
// the process, and wants one process to write; SQLite: all heads are wanted at each
// start and none by itself, so there is nothing to look up.

// keptHead is a head and what its original looked like when it was read.
type keptHead struct {
	head       *corpus.Head
	size, time int64
}

// looks is what an original looks like from outside.
func (l *Library) looks(e Entry) (size, time int64) {
	info, err := os.Stat(l.original(e.Hash))
	if err != nil || !info.Mode().IsRegular() {
		return -1, 0
	}
	return info.Size(), info.ModTime().UnixNano()
}

// Keep has the library keep heads in the file that place names; "" for nowhere.
func (l *Library) Keep(place func() string) { l.place = place }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func record(key string, k keptHead) []byte {
	rest := binary.AppendUvarint(nil, uint64(len(key)))
	rest = append(rest, key...)
	rest = binary.AppendVarint(rest, k.size)
	rest = binary.AppendVarint(rest, k.time)
	rest = k.head.AppendTo(rest)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(rest)))
	out = binary.BigEndian.AppendUint32(out, crc32.Checksum(rest, castagnoli))
	return append(out, rest...)
}

var errDamaged = errors.New("the heads of reports that were kept are damaged")

// readRecord reads the next record; io.EOF at the end. buffer is used again.
func readRecord(in *bufio.Reader, buffer *[]byte) (key string, k keptHead, err error) {
	var front [8]byte
	if _, err := io.ReadFull(in, front[:]); err != nil {
		if err == io.EOF {
			return "", k, io.EOF
		}
		return "", k, errDamaged
	}
	const longest = 1 << 20
	n := int(binary.BigEndian.Uint32(front[:4]))
	if n > longest {
		return "", k, errDamaged
	}
	if cap(*buffer) < n {
		*buffer = make([]byte, n)
	}
	rest := (*buffer)[:n]
	if _, err := io.ReadFull(in, rest); err != nil || crc32.Checksum(rest, castagnoli) != binary.BigEndian.Uint32(front[4:]) {
		return "", k, errDamaged
	}
	return parseRecord(rest)
}

func parseRecord(rest []byte) (key string, k keptHead, err error) {
	length, size := binary.Uvarint(rest)
	if size <= 0 || length > uint64(len(rest)-size) {
		return "", k, errDamaged
	}
	key, rest = string(rest[size:size+int(length)]), rest[size+int(length):]
	for _, at := range []*int64{&k.size, &k.time} {
		n, size := binary.Varint(rest)
		if size <= 0 {
			return "", k, errDamaged
		}
		*at, rest = n, rest[size:]
	}
	if k.head, err = corpus.KeptHead(rest); err != nil {
		return "", k, errDamaged
	}
	return key, k, nil
}

// readHeads reads the heads that are wanted. whole tells that the file need not be
// written anew.
func readHeads(name string, wanted func(key string) bool) (heads map[string]keptHead, whole bool) {
	heads = map[string]keptHead{}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return heads, true
	}
	if err != nil {
		slog.Warn("the heads of reports that were kept can't be read: the originals are", "cause", err)
		return heads, false
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	var buffer []byte
	for all := 0; ; all++ {
		key, k, err := readRecord(in, &buffer)
		if err == io.EOF {
			return heads, all <= 2*len(heads)+16
		}
		if err != nil {
			slog.Warn("what is not read of them is read from the originals", "path", name, "cause", err)
			return heads, false
		}
		if wanted(key) {
			heads[key] = k
		}
	}
}

// keepHeads writes what was read anew, to the end of the file, or where that is not
// whole all of them into another that takes its place. Without it the next start is
// slower, that is all.
func keepHeads(name string, fresh, all map[string]keptHead, whole bool) {
	var out bytes.Buffer
	write := fresh
	if !whole {
		write = all
	}
	if len(write) == 0 && whole {
		return
	}
	for key, k := range write {
		out.Write(record(key, k))
	}
	err := os.MkdirAll(filepath.Dir(name), 0o755)
	switch {
	case err != nil:
	case whole:
		err = appendTo(name, out.Bytes())
	default:
		err = writeWhole(name, out.Bytes())
	}
	if err != nil {
		slog.Info("the heads of reports can't be kept, and are read again at the next start", "cause", err)
	}
}

// appendTo writes in one piece, which several processes may do.
func appendTo(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// known is the heads of the reports in force while Reports goes through them.
type known struct {
	library *Library
	now     map[string]*corpus.Head // by Entry.key
	file    string                  // that they are kept in, "" for none
	kept    map[string]keptHead     // in that file
	whole   bool                    // that file need not be written anew
	fresh   map[string]keptHead     // read from their originals
}

// headsFor begins with what this process knows; the first time with what was kept.
func (l *Library) headsFor(entries []Entry) *known {
	h := &known{library: l, now: make(map[string]*corpus.Head, len(entries)), whole: true, fresh: map[string]keptHead{}}
	if l.place != nil {
		h.file = l.place()
	}
	if l.heads == nil && h.file != "" {
		wanted := make(map[string]bool, len(entries))
		for _, e := range entries {
			wanted[e.key()] = true
		}
		h.kept, h.whole = readHeads(h.file, func(key string) bool { return wanted[key] })
	}
	return h
}

// of is the head of a report.
func (h *known) of(e Entry) (*corpus.Head, error) {
	l, key := h.library, e.key()
	head := l.heads[key]
	if head == nil || l.lost[key] {
		size, time := l.looks(e)
		k, ok := h.kept[key]
		if !ok || l.lost[key] || k.size != size || k.time != time {
			if l.lost[key] { // it may stand on the shelf still
				if _, err := l.content(e); err != nil {
					return nil, err
				}
			}
			r, err := l.opened(e, nil)
			if err != nil {
				return nil, err
			}
			k = keptHead{r.Head, size, time}
			h.fresh[key] = k
		}
		head = k.head
	}
	h.now[key] = head
	return head, nil
}

// keep keeps what was read anew.
func (h *known) keep() {
	if h.file == "" {
		return
	}
	all := h.fresh
	if !h.whole {
		all = h.kept
		for key, k := range h.fresh {
			all[key] = k
		}
	}
	keepHeads(h.file, h.fresh, all, h.whole)
}

// Prove compares originals with their sums, from where it stopped the last time on,
// about as many bytes of them as are given. Each is compared once in the life of a
// process; what is not what was added is found lost, and at the next look not
// answered from any more. It tells whether there are more.
func (l *Library) Prove(bytes int64) (more bool) {
	entries, err := l.Entries()
	if err != nil {
		return false
	}
	l.mu.Lock()
	next := l.proved
	l.mu.Unlock()
	var lost []string
	for ; next < len(entries) && bytes > 0; next++ {
		e := entries[next]
		if !e.Ended.IsZero() {
			continue
		}
		content, err := l.content(e)
		if err != nil {
			slog.Error("an original is not what was added", "file", e.File, "cause", err)
			lost = append(lost, e.key())
		}
		bytes -= int64(len(content)) + 4096
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.proved = next
	for _, key := range lost {
		l.lose(key)
	}
	return next < len(entries)
}
