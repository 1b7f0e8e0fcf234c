package pdf

import (
	"embed"
	"io/fs"
	"os"
	"strings"
)

//go:embed root
var root embed.FS

// boxes is the file system that PDFium sees: where it looks for the fonts of a
// system, it finds one whose every character is a box (font_test.go makes it).
//
// Many offices' PDFs name a Chinese font and leave it out. PDFium reads their
// text all the same, but only what takes room when it is drawn: without a font
// it lost each character that is a piece of its own, and each piece that runs
// sideways.
func boxes() fs.FS {
	sub, err := fs.Sub(root, "root")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// fontFolders are where PDFium looks for fonts.
var fontFolders = []string{"usr/share/fonts", "usr/local/share/fonts"}

// systemFonts is the file system that PDFium sees when it draws: the fonts that
// are installed, and nothing else.
func systemFonts() fs.FS { return fontFiles{os.DirFS("/")} }

type fontFiles struct{ all fs.FS }

func (f fontFiles) Open(name string) (fs.File, error) {
	for _, folder := range fontFolders {
		if name == folder || strings.HasPrefix(name, folder+"/") || strings.HasPrefix(folder, name+"/") || name == "." {
			return f.all.Open(name)
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
