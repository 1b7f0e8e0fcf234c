package markup

import (
	"encoding/xml"
	"strings"

	"reportbot/corpus/format/document"
)

// Run is what matters of the properties of a run of text: whether it is shown at
// all, and where it stands. The elements have the same names in WordprocessingML
// (17.3.2) and SpreadsheetML (18.4.7).
type Run struct {
	Hidden, Struck  bool
	Raised, Lowered bool
}

// Property takes in one property of the run.
func (r *Run) Property(e xml.StartElement) {
	v := Attr(e, "val")
	on := v != "0" && v != "false" && v != "off" && v != "none"
	switch e.Name.Local {
	case "strike", "dstrike":
		r.Struck = on
	case "vanish":
		r.Hidden = on
	case "vertAlign":
		r.Raised, r.Lowered = v == "superscript", v == "subscript"
	}
}

// Shown is what a run adds to the text before it.
func (r Run) Shown(before, text string) string {
	switch {
	case r.Hidden || r.Struck:
		return ""
	case r.Raised:
		return document.Raised(before, text)
	case r.Lowered:
		return document.Lowered(text)
	}
	return text
}

// Before is a builder's text, as the context of a raised run: its last bytes.
func Before(b *strings.Builder) string {
	s := b.String()
	return s[max(0, len(s)-64):]
}
