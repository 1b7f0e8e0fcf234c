package library

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
)

// Change is what became of one file of the watched folder.
type Change struct {
	File string
	What string // "added", "replaced", "withdrawn", "refused"
	Err  error  // of a refused one
}

// settled is how long a file must have lain unchanged: one that is still being
// copied is left for later.
const settled = 2 * time.Second

// Sync makes the library hold what the folder holds: new files are added,
// changed ones replaced, those that are gone withdrawn, an archive's reports
// with it. Reports added by hand stay, and a file whose report was withdrawn or
// replaced by hand is not taken again. Files whose names begin with a dot or ~
// are not looked at, and those that accept refuses neither. With wait a file
// changed a moment ago is left. take takes a file.
func (l *Library) Sync(folder string, accept func(file string) bool, wait bool, take func(file string, content []byte) error) ([]Change, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("reading the folder of reports: %w", err)
	}
	entries, err := l.Entries()
	if err != nil {
		return nil, err
	}
	var changes []Change
	there := map[string]bool{}
	for _, f := range files {
		if f.IsDir() || strings.HasPrefix(f.Name(), ".") || strings.HasPrefix(f.Name(), "~") || !accept(f.Name()) {
			continue
		}
		there[f.Name()], there[NameOf(f.Name())] = true, true
		if c, changed := l.look(filepath.Join(folder, f.Name()), entries, wait, take); changed {
			changes = append(changes, c)
		}
	}
	for _, e := range InForce(entries) {
		if e.Source == ByFolder && !there[cmp.Or(e.Archive.File, e.Name)] {
			_, err := l.withdraw(e.Name, ByFolder)
			changes = append(changes, Change{e.File, "withdrawn", err})
		}
	}
	return changes, nil
}

// look takes a file of the folder where it is new or has changed.
func (l *Library) look(file string, entries []Entry, wait bool, take func(string, []byte) error) (Change, bool) {
	info, err := os.Stat(file)
	if err != nil || wait && time.Since(info.ModTime()) < settled {
		return Change{}, false // gone again, or still being written
	}
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && settledOn(entries, HashOf(content)) {
		return Change{}, false
	}
	c := Change{File: filepath.Base(file), What: "added"}
	for _, e := range InForce(entries) {
		if e.Name == NameOf(file) || e.Archive.File == c.File {
			c.What = "replaced"
		}
	}
	if err == nil {
		err = take(file, content)
	}
	if errors.Is(err, ErrThere) {
		return Change{}, false
	}
	if err != nil {
		c.What, c.Err = "refused", err
	}
	return c, true
}

// settledOn tells whether a file need not be taken: it is in force, or an
// archive of which some is, or its report was ended by hand. Without the last
// a report withdrawn in chat would come back from the folder a second later.
func settledOn(entries []Entry, hash string) bool {
	return slices.ContainsFunc(entries, func(e Entry) bool {
		return (e.Hash == hash || e.Archive.Hash == hash) && (e.Ended.IsZero() || e.EndedBy == ByHand && e.Source == ByFolder)
	})
}

// Unpack is the reports of a file, each as a file of its own: those of an
// archive, else the file itself. names are the documents found in it.
func Unpack(file string, content []byte, names []string) (Incoming, error) {
	if len(names) == 1 && names[0] == file {
		return Incoming{Files: []File{{file, content}}}, nil
	}
	a, err := archive.Open(content, document.Default)
	if err != nil {
		return Incoming{}, err
	}
	in := Incoming{Archive: Archive{filepath.Base(file), HashOf(content)}}
	from := map[string]string{}
	for _, path := range names {
		within, err := a.Read(path)
		if err != nil {
			return Incoming{}, document.Within(path, err)
		}
		name := filepath.Base(strings.ReplaceAll(path, "\\", "/"))
		if other, twice := from[NameOf(name)]; twice {
			return Incoming{}, document.Refuse(document.SameName, "%s and %s have the same name", other, path)
		}
		from[NameOf(name)] = path
		in.Files = append(in.Files, File{name, within})
	}
	return in, nil
}
