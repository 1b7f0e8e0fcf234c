package terms

import (
	"bytes"
	"compress/gzip"
	"io"
)

// Unpack is the text of a list that is part of the program as a gzip file.
func Unpack(file []byte) string {
	unzipped, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		panic(err) // the file is part of the binary
	}
	text, err := io.ReadAll(unzipped)
	if err != nil {
		panic(err)
	}
	return string(text)
}
