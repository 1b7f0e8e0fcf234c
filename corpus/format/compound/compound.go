// Package compound opens compound files (MS-CFB), in which Word, Excel and WPS
// kept their documents before 2007.
package compound

import (
	"bytes"
	"io"

	"github.com/richardlehane/mscfb"

	"reportbot/corpus/format/document"
)

// File is the streams of a compound file's root, by name.
type File map[string][]byte

// wanted are the streams that a reader asks for; others are not unpacked.
var wanted = map[string]bool{"WordDocument": true, "0Table": true, "1Table": true, "Data": true, "Workbook": true, "Book": true, "EncryptedPackage": true}

// Open reads the streams that hold documents. No stream is longer than the
// file, whatever its directory claims.
func Open(content []byte, limits document.Limits) (file File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, document.Refuse(document.Damaged, "the file is damaged: %v", r)
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(content))
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the file is damaged: %v", err)
	}
	if len(doc.File) > limits.Entries {
		return nil, document.Refuse(document.TooManyEntries, "the file holds %d streams; %d are allowed", len(doc.File), limits.Entries)
	}
	file = File{}
	for _, entry := range doc.File {
		if !wanted[entry.Name] || len(entry.Path) > 0 || file[entry.Name] != nil {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(entry, int64(len(content))))
		if err != nil && len(data) == 0 {
			return nil, document.Refuse(document.Damaged, "the file is damaged: %v", err)
		}
		file[entry.Name] = data
	}
	return file, nil
}
