package upkeep

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"reportbot/bot/record"
	"reportbot/corpus/library"
)

// A backup is a .tar.gz of all that is not derived: the manifest, the originals and
// what was read of them, the office's own term lists, the record. It is what
// can be restored: each original is held against its hash as it is written, and
// the whole is read back before it takes its name. An altered byte is noticed by
// gzip's own sum, and in an original by its hash.

const (
	manifestPart = "library/reports.json"
	originalPart = "library/originals/"
	readingPart  = "library/readings/"
	termsPart    = "terms"
)

// Backup writes the backup of a folder of data into a file, and tells how many
// files it holds. The bot may run meanwhile. Where the manifest or an original
// is missing or altered it fails and names it, and leaves an earlier backup of
// that name as it was. An original of a version that has ended is passed over
// where it is gone: nobody is answered from it.
func Backup(dir, file string) (n int, err error) {
	file, err = filepath.Abs(file)
	if err != nil {
		return 0, err
	}
	aside, err := os.MkdirTemp(filepath.Dir(file), ".backup-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(aside)
	defer begun(dir, aside)()
	whole := filepath.Join(aside, "whole")
	if n, err = writeBackup(dir, aside, whole); err != nil {
		return 0, fmt.Errorf("没有备份 no backup was made: %w", err)
	}
	if _, err := unpackBackup(whole, filepath.Join(aside, "read-back")); err != nil {
		return 0, fmt.Errorf("没有备份 no backup was made, what was written can't be read back: %w", err)
	}
	return n, os.Rename(whole, file)
}

func writeBackup(dir, aside, file string) (n int, err error) {
	manifest, entries, err := library.Open(filepath.Join(dir, "library"), nil).Manifest()
	if err != nil {
		return 0, err
	}
	out, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // it holds questions
	if err != nil {
		return 0, err
	}
	defer out.Close()
	zipped := gzip.NewWriter(out)
	w := &writer{Writer: tar.NewWriter(zipped)}
	if manifest != nil {
		w.add(manifestPart, manifest)
	}
	w.originals(dir, entries)
	w.readings(dir, entries)
	w.tree(dir, termsPart)
	w.record(dir, aside)
	return w.n, errors.Join(w.err, w.Close(), zipped.Close(), out.Sync())
}

// writer writes the files of a backup until one fails.
type writer struct {
	*tar.Writer
	n   int
	err error
}

func (w *writer) add(name string, content []byte) {
	if w.err != nil {
		return
	}
	if w.err = w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); w.err == nil {
		_, w.err = w.Write(content)
		w.n++
	}
}

func (w *writer) originals(dir string, entries []library.Entry) {
	done := map[string]bool{}
	for _, e := range entries {
		if done[e.Hash] {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(originalPart), e.Hash))
		if err == nil && library.HashOf(content) != e.Hash {
			err = errors.New("it is not what was added")
		}
		switch {
		case err == nil:
			w.add(originalPart+e.Hash, content)
		case e.Ended.IsZero():
			w.err = errors.Join(w.err, fmt.Errorf("the original of %q (《%s》): %w", e.File, e.Title, err))
		default:
			continue // another entry may be in force with it
		}
		done[e.Hash] = true
	}
}

// readings adds what was read of the originals. One that is lost or altered is passed
// over: it is read from its original then.
func (w *writer) readings(dir string, entries []library.Entry) {
	done := map[string]bool{"": true}
	for _, e := range entries {
		if done[e.Reading] {
			continue
		}
		done[e.Reading] = true
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(readingPart), e.Reading))
		if err == nil && library.HashOf(content) == e.Reading {
			w.add(readingPart+e.Reading, content)
		}
	}
}

func (w *writer) tree(dir, part string) {
	err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && (d.IsDir() || strings.HasPrefix(d.Name(), ".")) {
			return nil
		}
		content := []byte(nil)
		if err == nil {
			content, err = os.ReadFile(path)
		}
		name, _ := filepath.Rel(dir, path)
		w.add(filepath.ToSlash(name), content)
		return err
	})
	w.err = errors.Join(w.err, err)
}

// record adds the record as it is at this moment, though it is written to.
func (w *writer) record(dir, aside string) {
	if _, err := os.Stat(filepath.Join(dir, record.FileName)); errors.Is(err, fs.ErrNotExist) || w.err != nil {
		return
	}
	copied := filepath.Join(aside, record.FileName)
	err := record.Copy(dir, copied)
	if err == nil {
		err = record.Check(copied)
	}
	content := []byte(nil)
	if err == nil {
		content, err = os.ReadFile(copied)
	}
	if err != nil {
		w.err = fmt.Errorf("%s: %w", record.FileName, err)
		return
	}
	w.add(record.FileName, content)
}

// VerifyBackup reads a backup back and tells how many files it holds. What is
// missing, cut short or altered is named.
func VerifyBackup(file string) (n int, err error) {
	aside, err := os.MkdirTemp(filepath.Dir(file), ".backup-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(aside)
	return unpackBackup(file, aside)
}

// Of a backup is read at most so many bytes for each that it has itself: text
// shrinks to a tenth, a record to a twentieth, and more is no backup but a trap.
const (
	mostUnpacked = 100
	leastLimit   = 64 << 20
)

// unpackBackup unpacks a backup into a folder and checks what it holds.
func unpackBackup(file, into string) (n int, err error) {
	in, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return 0, err
	}
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		return 0, fmt.Errorf("%s is no backup: %w", file, err)
	}
	limited := &io.LimitedReader{R: unzipped, N: mostUnpacked*info.Size() + leastLimit}
	archive := tar.NewReader(limited)
	for ; ; n++ {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = unpackFile(into, h, archive)
		}
		switch {
		case limited.N <= 0:
			return 0, fmt.Errorf("%s unpacks to more than %d MB, which no backup of its size does", file, (mostUnpacked*info.Size()+leastLimit)>>20)
		case err != nil && h == nil:
			return 0, fmt.Errorf("the backup %s is cut short or damaged: %w", file, err)
		case err != nil:
			return 0, fmt.Errorf("the backup %s is cut short or damaged at %q: %w", file, h.Name, err)
		}
	}
	if _, err := io.Copy(io.Discard, limited); err != nil { // its sum stands at the end
		return 0, fmt.Errorf("the backup %s is cut short or damaged: %w", file, err)
	}
	if n == 0 {
		return 0, fmt.Errorf("the backup %s is empty", file)
	}
	return n, checkUnpacked(into)
}

func unpackFile(into string, h *tar.Header, content io.Reader) error {
	if !filepath.IsLocal(h.Name) || h.Typeflag != tar.TypeReg {
		return errors.New("it is no file of a backup")
	}
	path := filepath.Join(into, filepath.FromSlash(h.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), content)
	if hash, of := strings.CutPrefix(h.Name, originalPart); of && err == nil && hash != hex.EncodeToString(sum.Sum(nil)) {
		err = errors.New("it is not what was added")
	}
	return errors.Join(err, f.Sync(), f.Close())
}

// checkUnpacked tells whether all that is answered from is there.
func checkUnpacked(dir string) error {
	_, entries, err := library.Open(filepath.Join(dir, "library"), nil).Manifest()
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range library.InForce(entries) {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(originalPart), e.Hash)); err != nil {
			errs = append(errs, fmt.Errorf("the original of %q (《%s》) is missing", e.File, e.Title))
		}
	}
	if file := filepath.Join(dir, record.FileName); exists(file) {
		errs = append(errs, record.Check(file))
	}
	return errors.Join(errs...)
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// restored is where a backup lies whole before its files take their places.
const restored = ".restored"

// Restore restores a backup into a folder that has no reports and no record, and
// tells how many files it had. It is unpacked aside and checked; only then do its
// files take their places. Killed before that it leaves what was there, killed
// later the next start finishes it.
func Restore(dir, file string) (n int, err error) {
	for _, part := range []string{manifestPart, "library/reports.copy.json", record.FileName} {
		if exists(filepath.Join(dir, filepath.FromSlash(part))) {
			return 0, fmt.Errorf("%s has a %s already: restore into an empty folder (--data DIR)", dir, part)
		}
	}
	fresh := !exists(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	aside, err := os.MkdirTemp(dir, ".restoring-*")
	if err != nil {
		return 0, err
	}
	defer func() {
		os.RemoveAll(aside)
		if err != nil && fresh {
			os.Remove(dir)
		}
	}()
	if n, err = unpackBackup(file, aside); err != nil {
		return 0, err
	}
	if err := os.Rename(aside, filepath.Join(dir, restored)); err != nil {
		return 0, err
	}
	return n, settle(dir)
}

// settle moves the files of a backup that was unpacked whole into their places,
// the manifest last: until then there is no library.
func settle(dir string) error {
	from := filepath.Join(dir, restored)
	last := filepath.Join(from, filepath.FromSlash(manifestPart))
	move := func(path string) error {
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.Rename(path, to)
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == last {
			return err
		}
		return move(path)
	})
	if err == nil && exists(last) {
		err = move(last)
	}
	if err != nil {
		return fmt.Errorf("putting the restored files into place: %w", err)
	}
	return os.RemoveAll(from)
}
