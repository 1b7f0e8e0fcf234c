package paper

import (
	"fmt"
	"strings"
)

// fonts are those in which each language is set, by the names that office programs know.
var fonts = map[string]string{"zh": "SimSun", "zh-Hant": "PMingLiU", "en": "SimSun"}

// DOCX is the page as a document of Office Open XML (ECMA-376), of the few parts that one
// needs: what is on the page is paragraphs, quotations and tables and no more.
func (p Page) DOCX() ([]byte, error) {
	var body strings.Builder
	paragraph(&body, "Title", []Run{{Text: p.Title}})
	paragraph(&body, "Subtitle", []Run{{Text: p.Below}})
	for _, part := range p.Parts {
		paragraph(&body, "Heading1", []Run{{Text: part.Heading}})
		for _, b := range part.Blocks {
			switch {
			case len(b.Rows) > 0:
				table(&body, b.Rows)
			case b.Quote:
				paragraph(&body, "Quote", b.Runs)
			default:
				paragraph(&body, "", b.Runs)
			}
		}
	}
	const types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	return packed(
		file{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + types + `styles+xml"/></Types>`},
		file{"_rels/.rels", relation("word/document.xml")},
		file{"word/_rels/document.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		file{"word/styles.xml", xmlHead + styles(p.Lang)},
		file{"word/document.xml", xmlHead + `<w:document ` + word + `><w:body>` + body.String() + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1134" w:bottom="1247" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`},
	)
}

const word = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// styles are those of the page; sizes are half points.
func styles(lang string) string {
	one := func(id, name, ofParagraph, ofRun string) string {
		return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/><w:pPr>` + ofParagraph + `</w:pPr><w:rPr>` + ofRun + `</w:rPr></w:style>`
	}
	font := fonts[lang]
	return `<w:styles ` + word + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + font + `"/><w:sz w:val="23"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="340" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		one("Title", "Title", `<w:jc w:val="center"/>`, `<w:b/><w:sz w:val="36"/>`) +
		one("Subtitle", "Subtitle", `<w:jc w:val="center"/>`, `<w:color w:val="555555"/>`) +
		one("Heading1", "heading 1", `<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="999999"/></w:pBdr><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="26"/>`) +
		one("Quote", "Quote", `<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="BBBBBB"/></w:pBdr><w:ind w:left="280"/>`, ``) +
		`</w:styles>`
}

func paragraph(s *strings.Builder, style string, runs []Run) {
	s.WriteString("<w:p>")
	if style != "" {
		fmt.Fprintf(s, `<w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	}
	for _, r := range runs {
		properties := ""
		if r.Bold {
			properties = "<w:rPr><w:b/></w:rPr>"
		} else if r.Faint {
			properties = `<w:rPr><w:color w:val="555555"/><w:sz w:val="19"/></w:rPr>`
		}
		for i, text := range strings.Split(r.Text, "\n") {
			if i > 0 {
				s.WriteString("<w:r><w:br/></w:r>")
			}
			fmt.Fprintf(s, `<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>`, properties, escaped(text))
		}
	}
	s.WriteString("</w:p>")
}

func table(s *strings.Builder, rows [][]Run) {
	s.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(s, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="999999"/>`, side)
	}
	s.WriteString(`</w:tblBorders></w:tblPr><w:tblGrid>` + strings.Repeat("<w:gridCol/>", len(rows[0])) + `</w:tblGrid>`)
	for i, row := range rows {
		s.WriteString("<w:tr>")
		if i == 0 {
			s.WriteString("<w:trPr><w:tblHeader/></w:trPr>")
		}
		for _, cell := range row {
			cell.Bold = cell.Bold || i == 0
			s.WriteString("<w:tc>")
			paragraph(s, "", []Run{cell})
			s.WriteString("</w:tc>")
		}
		s.WriteString("</w:tr>")
	}
	s.WriteString("</w:tbl><w:p/>")
}
