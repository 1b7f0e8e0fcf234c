package upkeep

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"reportbot/corpus"
	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library"
	"reportbot/corpus/terms"
)

// Reader reads files as reports. What took long to read is kept under Dir: a
// PDF takes a process of its own and a fifth of a second, and at each start all
// of them would be read again. The folder is derived and may be deleted;
// with Dir "" everything is read from the file itself.
type Reader struct {
	Dir     string
	Reports *corpus.Reader // with the office's lists
}

// ReaderOf reads by the lists of the program and those that the office keeps under dir. One
// that can't be read is said, and the others are taken.
func ReaderOf(dir string) *corpus.Reader {
	own, err := terms.ReadOwn(filepath.Join(dir, "terms"))
	if err != nil {
		slog.Error("词表有误，未采用 a list of terms is left out", "cause", err)
	}
	return corpus.NewReader(own)
}

// Parse is Read for the library, which reads again what it holds while it answers.
func (r Reader) Parse(file string, content []byte) (*corpus.Report, error) {
	return r.Read(context.Background(), file, content)
}

// Read reads a file of one report, which gets the file's name.
func (r Reader) Read(ctx context.Context, file string, content []byte) (*corpus.Report, error) {
	if d := r.kept(file, content); d != nil && r.Dir != "" {
		return r.Reports.ParseDocument(library.NameOf(file), d)
	}
	files, err := format.ReadAll(ctx, file, content, document.Default)
	if err != nil {
		return nil, err
	}
	if len(files) != 1 {
		return nil, fmt.Errorf("the archive holds %d reports", len(files))
	}
	d := files[0].Document
	switch {
	case r.Dir == "", d.Kind == document.Text, d.Kind == document.Markdown, d.Kind == document.CSV: // read faster than looked up
	default:
		r.keep(file, content, d)
	}
	return r.Reports.ParseDocument(library.NameOf(file), d)
}

// place is where a file as this very program reads it is kept.
func (r Reader) place(file string, content []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00", filepath.Ext(file))
	h.Write(content)
	return filepath.Join(r.Dir, build(), hex.EncodeToString(h.Sum(nil)))
}

// build tells one build of the program from another: another may read otherwise.
func build() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%x-%x", info.Size(), info.ModTime().UnixNano())
}

// kept is what was kept of a file, nil where there is nothing or it is damaged:
// it begins with its own hash.
func (r Reader) kept(file string, content []byte) *document.Document {
	all, err := os.ReadFile(r.place(file, content))
	if err != nil || len(all) < sha256.Size {
		return nil
	}
	sum := sha256.Sum256(all[sha256.Size:])
	var d document.Document
	if !bytes.Equal(sum[:], all[:sha256.Size]) || json.Unmarshal(all[sha256.Size:], &d) != nil {
		return nil
	}
	return &d
}

// heads is where the heads of reports are kept that this very program read, with the
// office's lists as they are.
func (r Reader) heads() string {
	if err := r.begin(); err != nil {
		return ""
	}
	return filepath.Join(r.Dir, build(), "heads-"+r.Reports.Digest())
}

// outdated is when what other builds kept is taken away: two may be in use.
const outdated = 7 * 24 * time.Hour

// begin makes the folder of this build, and takes away those of builds of long ago.
func (r Reader) begin() error {
	own := filepath.Join(r.Dir, build())
	if _, err := os.Stat(own); err == nil {
		return nil
	}
	others, _ := filepath.Glob(filepath.Join(r.Dir, "*"))
	for _, other := range others {
		if info, err := os.Stat(other); err == nil && time.Since(info.ModTime()) > outdated {
			os.RemoveAll(other)
		}
	}
	return os.MkdirAll(own, 0o755)
}

// keep keeps a document. Without it the next start is slower, that is all.
func (r Reader) keep(file string, content []byte, d *document.Document) {
	body, err := json.Marshal(d)
	if err == nil {
		err = r.begin()
	}
	if err == nil {
		sum := sha256.Sum256(body)
		err = os.WriteFile(r.place(file, content), append(sum[:], body...), 0o600)
	}
	if err != nil {
		slog.Warn("a file that was read can't be kept and will be read again", "cause", err)
	}
}
