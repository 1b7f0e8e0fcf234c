package library

import (
	"path/filepath"
	"slices"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
)

// Settled tells whether a file of the folder need not be taken: its content is
// in force, or an archive of which some is, or its report was ended by hand.
// Without the last a report withdrawn in chat would come back from the folder a
// second later.
func Settled(entries []Entry, hash string) bool {
	return slices.ContainsFunc(entries, func(e Entry) bool {
		return (e.Hash == hash || e.Archive.Hash == hash) && (e.Ended.IsZero() || e.EndedBy == ByHand && e.Source == ByFolder)
	})
}

// WithdrawFrom withdraws a report because its file is gone from the folder.
func (l *Library) WithdrawFrom(name string) (gone Entry, err error) {
	return l.withdraw(name, ByFolder)
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
