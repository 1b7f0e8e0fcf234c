package pdf

import (
	"embed"
	"io/fs"
	"os"
	"regexp"
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

// chinese are names of files that hold Chinese type: those of Debian's packages,
// of Windows and of the offices' own.
var chinese = regexp.MustCompile(`(?i)(?:cjk|wqy|uming|ukai|hans|hant|sourcehan|droidsansfallback|sim(?:sun|hei|fang|kai|li|you)|fangsong|kaiti|songti|heiti|msyh|deng|st(?:song|fangso|kaiti|xihei|zhongs)|pingfang).*\.(?:tt[fc]|ot[fc])$`)

// hasChinese tells whether a Chinese type is installed.
func hasChinese(files fs.FS) (found bool) {
	for _, folder := range fontFolders {
		_ = fs.WalkDir(files, folder, func(name string, _ fs.DirEntry, err error) error {
			if err == nil && chinese.MatchString(name) {
				found = true
				return fs.SkipAll
			}
			return nil // a folder that can't be read has no type for us
		})
	}
	return found
}

// wantsChinese tells a page with Chinese text in a type that the file leaves out.
func (f *file) wantsChinese(page uint64) bool {
	text := f.call("FPDFText_LoadPage", page)
	if text == 0 {
		return false
	}
	defer f.call("FPDFText_ClosePage", text)
	last, wants := uint64(0), false
	for i := range f.count("FPDFText_CountChars", text) {
		object := f.call("FPDFText_GetTextObject", text, uint64(i))
		if object == 0 || object == last || rune(f.call("FPDFText_GetUnicode", text, uint64(i))) < 0x2e80 {
			continue
		}
		last = object
		wants = wants || f.call("FPDFFont_GetIsEmbedded", f.call("FPDFTextObj_GetFont", object)) == 0
	}
	return wants
}
