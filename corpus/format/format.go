// Package format turns the files that offices keep their reports in into
// documents: one plain text with headings, pages and tables. What a file is,
// its content tells; its name only decides between kinds of plain text.
package format

import (
	"context"
	"path"
	"slices"
	"strings"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/docx"
	"reportbot/corpus/format/ofd"
)

// Extensions are those of the files that are looked at in a folder.
var Extensions = []string{".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".docx", ".docm", ".doc", ".wps", ".pdf", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".fods", ".csv", ".ofd", ".zip", ".png", ".jpg", ".jpeg"}

// Known tells whether a file is looked at, by its name.
func Known(name string) bool {
	base := path.Base(name)
	return !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "~$") && slices.Contains(Extensions, strings.ToLower(path.Ext(base)))
}

// File is one document and the name it came under.
type File struct {
	Name     string
	Document *document.Document
}

// Read reads one document. An archive with several is refused as SeveralFiles.
func Read(ctx context.Context, name string, content []byte, limits document.Limits) (*document.Document, error) {
	files, err := ReadAll(ctx, name, content, limits)
	if err != nil {
		return nil, err
	}
	if len(files) > 1 {
		return nil, document.Refuse(document.SeveralFiles, "the archive holds %d documents", len(files))
	}
	return files[0].Document, nil
}

// ReadAll reads a file: one document, or those of a zip archive. What an
// archive holds besides documents is warned of at its first document; a
// document in it that can't be read refuses the whole.
func ReadAll(ctx context.Context, name string, content []byte, limits document.Limits) ([]File, error) {
	if int64(len(content)) > limits.File {
		return nil, document.Refuse(document.TooLarge, "the file has %d MB; %d are allowed", len(content)>>20, limits.File>>20)
	}
	kind, err := Detect(name, content)
	if err != nil {
		return nil, err
	}
	if kind == document.Archive {
		a, err := archive.Open(content, limits)
		if err != nil {
			return nil, err
		}
		if err := foreignPackage(a); err != nil {
			return nil, err
		}
		if zipped := zippedKind(a); zipped != "" {
			d, err := read(ctx, zipped, content, limits)
			return one(name, d, err)
		}
		return unpack(ctx, a, limits)
	}
	d, err := read(ctx, kind, content, limits)
	return one(name, d, err)
}

func one(name string, d *document.Document, err error) ([]File, error) {
	if err != nil {
		return nil, err
	}
	return []File{{name, d}}, nil
}

// unpack reads the documents of an archive. One within another is refused.
func unpack(ctx context.Context, a *archive.Archive, limits document.Limits) ([]File, error) {
	var files []File
	var skipped []string
	for _, name := range a.Names() {
		if strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".") {
			continue
		}
		if !Known(name) {
			skipped = append(skipped, name)
			continue
		}
		d, err := readEntry(ctx, a, name, limits)
		if err != nil {
			return nil, document.Within(name, err)
		}
		files = append(files, File{name, d})
	}
	if len(files) == 0 {
		return nil, document.Refuse(document.NotADocument, "the archive holds no document")
	}
	for _, name := range skipped[:min(len(skipped), 20)] {
		files[0].Document.Warnings = append(files[0].Document.Warnings, document.Warning{Code: document.SkippedFile, Detail: name})
	}
	return files, nil
}

func readEntry(ctx context.Context, a *archive.Archive, name string, limits document.Limits) (*document.Document, error) {
	content, err := a.Read(name)
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > limits.File {
		return nil, document.Refuse(document.TooLarge, "it has %d MB; %d are allowed", len(content)>>20, limits.File>>20)
	}
	kind, err := Detect(name, content)
	if err != nil {
		return nil, err
	}
	if kind != document.Archive {
		return read(ctx, kind, content, limits)
	}
	inner, err := archive.Open(content, limits)
	if err != nil {
		return nil, err
	}
	if err := foreignPackage(inner); err != nil {
		return nil, err
	}
	if kind = zippedKind(inner); kind == "" {
		return nil, document.Refuse(document.TooDeep, "an archive lies within the archive")
	}
	return read(ctx, kind, content, limits)
}

// zippedKind is the format whose files are archives themselves, "" for none.
func zippedKind(a *archive.Archive) document.Kind {
	switch {
	case ofd.Is(a):
		return document.OFD
	case a.Has("xl/workbook.xml"):
		return document.Sheet
	case docx.Is(a):
		return document.Word
	case openKind(a) == "spreadsheet":
		return document.OpenSheet
	}
	return ""
}

// openKind is what an OpenDocument package holds: "spreadsheet", "text".
func openKind(a *archive.Archive) string {
	if !a.Has("content.xml") || !a.Has("mimetype") {
		return ""
	}
	kind, _ := a.Read("mimetype")
	_, after, _ := strings.Cut(strings.TrimSpace(string(kind)), "opendocument.")
	kindOf, _, _ := strings.Cut(after, "-")
	return kindOf
}

// foreignPackage refuses packages of programs' documents that are not read, by
// their names.
func foreignPackage(a *archive.Archive) error {
	switch kind := openKind(a); {
	case a.Has("xl/workbook.bin"):
		return document.Refuse(document.NotADocument, "the file is a binary workbook (.xlsb); save it as .xlsx")
	case a.Has("ppt/presentation.xml"):
		return document.Refuse(document.NotADocument, "the file is a presentation; save it as .pdf")
	case kind != "" && kind != "spreadsheet":
		return document.Refuse(document.NotADocument, "the file is an OpenDocument %s; save it as .docx or .pdf", kind)
	}
	return nil
}
