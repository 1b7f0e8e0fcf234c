// Package archive opens zip files that may be hostile: it counts what they
// unpack to instead of believing their directory, and takes no path that leads
// out of the archive.
package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"reportbot/corpus/format/document"
)

// Archive is a zip file within its limits.
type Archive struct {
	files  map[string]*zip.File
	names  []string
	limits document.Limits
	left   int64 // bytes that may still be unpacked
}

// Open reads the directory of a zip file.
func Open(content []byte, limits document.Limits) (*Archive, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the archive can't be opened: %v", err)
	}
	if len(z.File) > limits.Entries {
		return nil, document.Refuse(document.TooManyEntries, "the archive holds %d files; %d are allowed", len(z.File), limits.Entries)
	}
	a := &Archive{files: map[string]*zip.File{}, limits: limits, left: limits.Unpacked}
	var claimed uint64
	for _, f := range z.File {
		name := nameOf(f)
		if !safe(name) {
			return nil, document.Refuse(document.UnsafePath, "the archive holds the path %q, which leads out of it", name)
		}
		if f.Flags&1 != 0 {
			return nil, document.Refuse(document.Encrypted, "the archive asks for a password")
		}
		if claimed += f.UncompressedSize64; claimed > uint64(limits.Unpacked) {
			return nil, tooLarge(limits)
		}
		if f.FileInfo().IsDir() {
			continue
		}
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
			a.names = append(a.names, name)
		}
	}
	return a, nil
}

// nameOf is a file's name in UTF-8. Archives packed on a Chinese Windows have
// names in GBK and say nothing of it.
func nameOf(f *zip.File) string {
	if f.NonUTF8 && !utf8.ValidString(f.Name) {
		if name, err := simplifiedchinese.GB18030.NewDecoder().String(f.Name); err == nil {
			return name
		}
	}
	return f.Name
}

func safe(name string) bool {
	slashed := strings.ReplaceAll(name, "\\", "/")
	if strings.HasPrefix(slashed, "/") || len(slashed) > 1 && slashed[1] == ':' || strings.ContainsRune(name, 0) {
		return false
	}
	clean := path.Clean(slashed)
	return clean != ".." && !strings.HasPrefix(clean, "../")
}

func tooLarge(limits document.Limits) error {
	return document.Refuse(document.TooLarge, "the archive unpacks to more than %d MB", limits.Unpacked>>20)
}

// Names are the paths of all files, in the order of the archive.
func (a *Archive) Names() []string { return a.names }

// Has tells whether there is such a file.
func (a *Archive) Has(name string) bool { return a.files[name] != nil }

// ErrMissing is returned for a file that the archive does not hold.
var ErrMissing = errors.New("no such file in the archive")

// Read unpacks one file.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.files[strings.TrimPrefix(name, "/")]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, ErrMissing)
	}
	in, err := f.Open()
	if err != nil {
		return nil, document.Refuse(document.Damaged, "%q in the archive can't be unpacked: %v", name, err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, a.left+1))
	if int64(len(data)) > a.left {
		return nil, tooLarge(a.limits)
	}
	if err != nil {
		return nil, document.Refuse(document.Damaged, "%q in the archive can't be unpacked: %v", name, err)
	}
	a.left -= int64(len(data))
	return data, nil
}
