package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
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
// changed ones replaced, those that are gone withdrawn. Reports added by hand
// stay. Files whose names begin with a dot or ~ are not looked at, and those
// that accept refuses neither. With wait a file changed a
// moment ago is left. add adds a file; nil is Add.
func (l *Library) Sync(folder string, accept func(file string) bool, wait bool, add func(file string, content []byte) error) ([]Change, error) {
	if add == nil {
		add = func(file string, content []byte) error {
			_, _, err := l.Add(file, content, ByFolder)
			return err
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("reading the folder of reports: %w", err)
	}
	entries, err := l.Entries()
	if err != nil {
		return nil, err
	}
	known := map[string]Entry{}
	for _, e := range InForce(entries) {
		known[e.Name] = e
	}
	var changes []Change
	there := map[string]bool{}
	for _, f := range files {
		if f.IsDir() || strings.HasPrefix(f.Name(), ".") || strings.HasPrefix(f.Name(), "~") || !accept(f.Name()) {
			continue
		}
		there[NameOf(f.Name())] = true
		if c, changed := l.take(filepath.Join(folder, f.Name()), known[NameOf(f.Name())], wait, add); changed {
			changes = append(changes, c)
		}
	}
	for name, e := range known {
		if e.Source == ByFolder && !there[name] {
			_, err := l.Withdraw(name)
			changes = append(changes, Change{e.File, "withdrawn", err})
		}
	}
	return changes, nil
}

// take adds a file of the folder where it is new or has changed.
func (l *Library) take(file string, known Entry, wait bool, add func(string, []byte) error) (Change, bool) {
	info, err := os.Stat(file)
	if err != nil || wait && time.Since(info.ModTime()) < settled {
		return Change{}, false // gone again, or still being written
	}
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && hashOf(content) == known.Hash {
		return Change{}, false
	}
	c := Change{File: filepath.Base(file), What: "added"}
	if known.Name != "" {
		c.What = "replaced"
	}
	if err == nil {
		err = add(file, content)
	}
	if errors.Is(err, ErrThere) {
		return Change{}, false
	}
	if err != nil {
		c.What, c.Err = "refused", err
	}
	return c, true
}
