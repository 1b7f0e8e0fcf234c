package corpus

import "reportbot/corpus/format/document"

// Summary is what was understood of a report: what a keeper of reports checks
// before it is added.
type Summary struct {
	Name       string             `json:"name"`
	Format     document.Kind      `json:"format"`
	Charset    string             `json:"charset,omitempty"`
	Title      string             `json:"title"`
	Issuer     string             `json:"issuer"`
	DocNumber  string             `json:"document_number"`
	Date       string             `json:"date"`   // 2024-01-16
	Period     string             `json:"period"` // that it reports on
	Year       int                `json:"year"`   // in which it speaks, 0 where not known
	Lang       string             `json:"lang"`
	Sections   int                `json:"sections"`
	Paragraphs int                `json:"paragraphs"`
	Figures    int                `json:"figures"`
	Tables     int                `json:"tables"`
	Pages      int                `json:"pages,omitempty"`
	Warnings   []document.Warning `json:"warnings"`
}

// Repeated is the warning of a paragraph that a report holds twice; Detail is how
// it begins.
const Repeated document.Code = "repeated-paragraph"

// TableWithoutFigures is the warning of a table that no figure was read from;
// Detail is its caption.
const TableWithoutFigures document.Code = "table-without-figures"

// Summary is what was understood of the report.
func (r *Report) Summary() Summary {
	s := Summary{Name: r.Name, Format: r.Document.Kind, Charset: r.Document.Charset, Title: r.Title, Issuer: r.Issuer, DocNumber: r.DocNumber,
		Date: r.Date, Period: r.Covers.Label, Year: r.Year, Lang: r.Lang, Sections: len(r.Sections), Paragraphs: len(r.Paragraphs),
		Tables: len(r.Tables), Pages: len(r.Document.Pages), Warnings: append([]document.Warning{}, r.Document.Warnings...)}
	inTable := map[*Table]int{}
	for _, p := range r.Paragraphs {
		s.Figures += len(p.Figures())
		if p.Row != nil {
			inTable[p.Row.Table] += len(p.Mentions())
		}
	}
	s.Warnings = append(s.Warnings, r.repeated()...)
	for _, t := range r.Tables {
		if inTable[t] == 0 {
			s.Warnings = append(s.Warnings, document.Warning{Code: TableWithoutFigures, Page: r.Page(t.Start), Detail: t.Caption})
		}
	}
	return s
}

// repeated finds passages that stand in the report more than once: often the
// sign of a file that was put together wrongly.
func (r *Report) repeated() (out []document.Warning) {
	const passage = 90 // bytes: 30 characters
	count := map[string]int{}
	for _, p := range r.Paragraphs {
		if text := p.Text(); len(text) > passage && p.Row == nil {
			if count[text]++; count[text] == 2 {
				out = append(out, document.Warning{Code: Repeated, Page: r.Page(p.Start), Detail: string([]rune(text)[:20]) + "…"})
			}
		}
	}
	return out
}
