#!/usr/bin/env bash
# Expected: PDFium tells every character that a PDF's text operators show. It drops each piece of text whose characters have empty
# boxes, as those of a Chinese font that the file names and leaves out have where no font is installed (WebAssembly): one character
# alone, or any number that run up the page, are gone, while the same characters in a line of two are read. Touches corpus/format/pdf,
# which gives PDFium a font of boxes.
set -eu
there=$(mktemp -d); trap 'rm -rf "$there"' EXIT
cd "$there"
cat > main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// file is a PDF of one page in a Chinese font by name (ISO 32000-1, 9.7.5.2).
func file(content string) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 7 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	pool := must(webassembly.Init(webassembly.Config{MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig()}))
	p := must(pool.GetInstance(time.Minute))
	changed := false
	for _, c := range []struct{ name, content, now string }{
		{"two in a line", "BT /F 12 Tf 80 700 Td <65b0589e> Tj ET", "新增"},
		{"one alone", "BT /F 12 Tf 80 700 Td <65b0> Tj ET", ""},
		{"two up the page", "BT /F 12 Tf 0 1 -1 0 80 700 Tm <65b0589e> Tj ET", ""},
	} {
		content := file(c.content)
		d := must(p.OpenDocument(&requests.OpenDocument{File: &content}))
		text := must(p.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d.Document}}})).Text
		fmt.Printf("%-16s shows %q\n", c.name, text)
		changed = changed || text != c.now
	}
	if changed {
		fmt.Println("it reads otherwise now")
		os.Exit(1)
	}
}
GO
export GOFLAGS=-mod=mod
go mod init finding >/dev/null 2>&1
go get github.com/klippa-app/go-pdfium@v1.20.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go list -m github.com/klippa-app/go-pdfium
go run .
