package format

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"golang.org/x/net/html/charset"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/markup"
	"reportbot/corpus/format/page"
	"reportbot/corpus/format/text"
)

// signatures of formats at the beginning of a file.
var signatures = []struct {
	bytes string
	kind  document.Kind
}{
	{"%PDF-", document.PDF},
	{"PK\x03\x04", document.Archive},
	{"PK\x05\x06", document.Archive}, // an empty one
	{"\x89PNG\r\n", document.Picture},
	{"\xff\xd8\xff", document.Picture},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", document.OldWord},
}

// foreign are formats that are refused by their names.
var foreign = []struct{ bytes, name string }{
	{"MZ", "a Windows program"},
	{"\x7fELF", "a program"},
	{"\xfe\xed\xfa", "a program"}, {"\xcf\xfa\xed\xfe", "a program"}, {"\xca\xfe\xba\xbe", "a program"},
	{"GIF8", "a picture"}, {"II*\x00", "a picture"}, {"MM\x00*", "a picture"}, {"BM", "a picture"},
	{"Rar!", "a RAR archive"}, {"7z\xbc\xaf", "a 7z archive"}, {"\x1f\x8b", "a gzip archive"}, {"BZh", "a bzip2 archive"}, {"\xfd7zXZ", "an xz archive"},
	{"{\\rtf", "a rich text file"}, {"SQLite format", "a database"},
}

// Detect tells a file's format by its content. An archive may still be a Word
// document or a workbook, and a compound file either of them.
func Detect(name string, content []byte) (document.Kind, error) {
	if len(content) == 0 {
		return "", document.Refuse(document.NoText, "the file is empty")
	}
	for _, s := range signatures {
		if bytes.HasPrefix(content, []byte(s.bytes)) {
			return s.kind, nil
		}
	}
	if at := bytes.Index(content[:min(len(content), 1024)], []byte("%PDF-")); at >= 0 {
		return document.PDF, nil // some programs write a few lines before it
	}
	for _, f := range foreign {
		if bytes.HasPrefix(content, []byte(f.bytes)) && (len(f.bytes) > 2 || bytes.IndexByte(content[:min(len(content), 512)], 0) >= 0) {
			return "", document.Refuse(document.NotADocument, "the file is %s, not a document", f.name)
		}
	}
	switch {
	case isPage(content):
		return document.HTML, nil
	case page.IsMHT(content):
		return document.MHT, nil
	}
	if kind, err := xmlKind(content); kind != "" || err != nil {
		return kind, err
	}
	return detectText(strings.ToLower(path.Ext(name)), content)
}

// isPage tells a web page by its first tag, or by <html> behind a declaration
// of any kind.
func isPage(content []byte) bool {
	head := strings.ToLower(string(bytes.ReplaceAll(content[:min(len(content), 4096)], []byte{0}, nil)))
	head = strings.TrimLeft(strings.TrimPrefix(head, "\ufeff"), "\ufffd\t\r\n ") // ToLower made that of a mark of UTF-16
	for strings.HasPrefix(head, "<!") || strings.HasPrefix(head, "<?xml") {
		if strings.HasPrefix(head, "<!doctype html") {
			return true
		}
		end := ">"
		if strings.HasPrefix(head, "<!--") {
			end = "-->"
		}
		_, after, found := strings.Cut(head, end)
		if !found {
			return strings.Contains(head, "<html")
		}
		head = strings.TrimLeft(after, " \t\r\n")
	}
	for _, tag := range []string{"<html", "<head", "<body", "<meta", "<table", "<div", "<p>", "<p ", "<title", "<link", "<script"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}

// xmlKind tells XML by its root element, "" where it is none.
func xmlKind(content []byte) (document.Kind, error) {
	if !bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(content[:min(len(content), 64)], []byte("\ufeff")), " \t\r\n"), []byte("<?xml")) {
		return "", nil
	}
	in := xml.NewDecoder(bytes.NewReader(content[:min(len(content), 1<<16)]))
	in.CharsetReader = charset.NewReaderLabel
	for {
		token, err := in.Token()
		if err != nil {
			return "", nil
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch root.Name.Local {
		case "Workbook":
			return document.SheetXML, nil
		case "wordDocument":
			return document.WordXML, nil
		case "html":
			return document.HTML, nil
		case "package":
			return "", document.Refuse(document.NotADocument, "the file is a Word document saved as one XML file; save it as .docx")
		case "document":
			if strings.Contains(markup.Attr(root, "mimetype"), "spreadsheet") {
				return document.OpenSheet, nil
			}
			return "", document.Refuse(document.NotADocument, "the file is an OpenDocument text or presentation; save it as .docx or .pdf")
		}
		return "", document.Refuse(document.NotADocument, "the file is XML of another kind (its root is %q), not a document", root.Name.Local)
	}
}

// detectText tells the kinds of plain text apart.
func detectText(extension string, content []byte) (document.Kind, error) {
	decoded, _, err := text.Decode(content)
	if err != nil {
		return "", err
	}
	switch {
	case extension == ".csv":
		return document.CSV, nil
	case extension != ".txt" && text.IsCSV(decoded) && !strings.Contains(decoded, "|"):
		return document.CSV, nil
	case text.IsMarkdown(decoded) || extension == ".md" && strings.HasPrefix(strings.TrimSpace(decoded), "#"):
		return document.Markdown, nil
	}
	return document.Text, nil
}
