package library

import (
	"errors"
	"os"
)

// Original is the file of the report of that name which is in force, as it was
// added, and the name that it came under.
func (l *Library) Original(name string) (file string, content []byte, err error) {
	e, err := l.Find(name)
	if err != nil {
		return "", nil, err
	}
	content, err = os.ReadFile(l.original(e.Hash))
	if err == nil && HashOf(content) != e.Hash {
		err = errors.New("the original has changed since it was added; add the same file again")
	}
	return e.File, content, err
}
