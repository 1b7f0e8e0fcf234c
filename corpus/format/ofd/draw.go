package ofd

import (
	"bytes"
	"fmt"
	"unicode/utf16"

	"reportbot/corpus/format/archive"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
	"reportbot/corpus/format/pdf"
)

// Draw draws the page of an OFD file on which the drawing's mark begins, with
// its frames: its text, in a Chinese type that is installed, and its straight
// lines. Pictures, seals and types of its own are not drawn.
//
// The page is written as a PDF, which PDFium draws: a drawer of type is there
// already.
func Draw(a *archive.Archive, drawing document.Drawing, limits document.Limits) ([]byte, error) {
	pages, err := readPages(a, limits)
	if err != nil {
		return nil, err
	}
	laid := make([]layout.Laid, len(pages))
	for i, p := range pages {
		laid[i] = layout.Lay(p)
	}
	b := &document.Builder{Max: limits.Text}
	layout.Write(b, laid)
	d, err := b.Document(document.OFD)
	if err != nil {
		return nil, err
	}
	number, frames, err := pdf.Frames(laid, d, drawing)
	if err != nil {
		return nil, err
	}
	return pdf.DrawPage(asPDF(pages[number-1]), 1, frames, limits)
}

// asPDF writes a page as a PDF of one. Each character stands where it stood,
// turned as it was; y counts from the foot there.
func asPDF(p layout.Page) []byte {
	var content bytes.Buffer
	for _, r := range p.Rules {
		fmt.Fprintf(&content, "0.5 w %.2f %.2f m %.2f %.2f l S\n", r.Left, p.Height-r.Top, r.Right, p.Height-r.Bottom)
	}
	for _, g := range p.Glyphs {
		size := g.Bottom - g.Top
		x, y, turn := g.Left, p.Height-g.Bottom+0.2*size, "1 0 0 1"
		switch g.Turn {
		case 1:
			size = g.Right - g.Left
			x, y, turn = g.Left+0.2*size, p.Height-g.Top, "0 -1 1 0"
		case 2:
			x, y, turn = g.Right, p.Height-g.Top-0.2*size, "-1 0 0 -1"
		case 3:
			size = g.Right - g.Left
			x, y, turn = g.Right-0.2*size, p.Height-g.Bottom, "0 1 -1 0"
		}
		fmt.Fprintf(&content, "BT /F %.2f Tf %s %.2f %.2f Tm <", size, turn, x, y)
		for _, unit := range utf16.Encode([]rune{g.Rune}) {
			fmt.Fprintf(&content, "%04x", unit)
		}
		content.WriteString("> Tj ET\n")
	}
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>", p.Width, p.Height),
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", content.Len(), content.String()),
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 7 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return out.Bytes()
}
