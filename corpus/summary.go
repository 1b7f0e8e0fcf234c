package corpus

import (
	"strconv"
	"strings"

	"reportbot/corpus/format/document"
)

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
	Read       []TableRead        `json:"tables_read,omitempty"` // in reading order
	Pages      int                `json:"pages,omitempty"`
	Warnings   []document.Warning `json:"warnings"`
}

// Repeated is the warning of a paragraph that a report holds twice; Detail is how
// it begins.
const Repeated document.Code = "repeated-paragraph"

// TableWithoutFigures is the warning of a table that no figure was read from;
// Detail is its caption.
const TableWithoutFigures document.Code = "table-without-figures"

// CellsLeftOut is the warning of numbers in a table of which nobody can tell what
// they count; Detail is the caption and how many.
const CellsLeftOut document.Code = "cells-left-out"

// TableRead is how well a table was read: of its numbers, how many are named by
// their row, by their column (or the caption, of the only column) and have a
// unit, and how many were left out. Examples are up to three of them as they
// would be answered.
type TableRead struct {
	Caption  string   `json:"caption,omitempty"`
	Page     int      `json:"page,omitempty"`
	Numbers  int      `json:"numbers"`
	Rows     int      `json:"with_row"`
	Columns  int      `json:"with_column"`
	Units    int      `json:"with_unit"`
	LeftOut  int      `json:"left_out,omitempty"`
	Examples []string `json:"examples,omitempty"`
}

// examples is how many numbers of a table are shown: its first, one from the
// middle and its last, since a heading that is read wrongly shows there.
const examples = 3

// howRead tells how well the table was read.
func (t *Table) howRead(paragraphs []*Paragraph) TableRead {
	out := TableRead{Caption: t.Caption, Page: t.Report.Page(t.Start)}
	var said []string
	for _, p := range paragraphs {
		for _, c := range p.Row.Cells {
			as, _ := p.Row.reading(c)
			switch as {
			case leftOut:
				out.LeftOut++
			case asNumber:
				f := figureIn(p, c)
				if f == nil {
					continue
				}
				row, column := p.Row.head(c.Column), t.columns[c.Column]
				out.Numbers++
				out.Rows += count(row.text != "")
				out.Columns += count(column.text != "" || t.Caption != "")
				out.Units += count(f.Unit != "")
				said = append(said, f.plainly())
			}
		}
	}
	for i := range min(examples, len(said)) {
		out.Examples = append(out.Examples, said[i*(len(said)-1)/max(1, min(examples, len(said))-1)])
	}
	return out
}

func figureIn(p *Paragraph, c document.Cell) *Figure {
	for _, f := range p.Mentions() {
		if c.Start <= f.Start && f.End <= c.End {
			return f
		}
	}
	return nil
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// plainly is a figure with all that was read of it, in one line.
func (f *Figure) plainly() string {
	parts := []string{f.What}
	if f.Period.Known() {
		parts = append(parts, f.Period.Label)
	}
	if f.Role == Growth || f.Role == Increase || f.Role == Share {
		parts = append(parts, map[Role]string{Growth: "增长", Increase: "增加", Share: "占比"}[f.Role])
	}
	if f.Status == Target {
		parts = append(parts, "计划")
	}
	text := f.Text
	if f.Stated != "" && f.Stated[0] >= '0' && f.Stated[0] <= '9' {
		text += " × " + f.Stated
	} else if f.Stated != "" && !strings.HasSuffix(text, f.Stated) {
		text += f.Stated
	} else if f.Unit != "" && f.Stated == "" && strings.Trim(text, "0123456789.,-+() ") == "" {
		text += f.Unit
	}
	return strings.TrimSpace(strings.Join(parts, " ") + "：" + text)
}

// Summary is what was understood of the report.
func (r *Report) Summary() Summary {
	s := Summary{Name: r.Name, Format: r.Document.Kind, Charset: r.Document.Charset, Title: r.Title, Issuer: r.Issuer, DocNumber: r.DocNumber,
		Date: r.Date, Period: r.Covers.Label, Year: r.Year, Lang: r.Lang, Sections: len(r.Sections), Paragraphs: len(r.Paragraphs),
		Tables: len(r.Tables), Pages: len(r.Document.Pages), Warnings: append([]document.Warning{}, r.Document.Warnings...)}
	rows := map[*Table][]*Paragraph{}
	mentions := map[*Table]int{}
	for _, p := range r.Paragraphs {
		s.Figures += len(p.Figures())
		if p.Row != nil {
			rows[p.Row.Table] = append(rows[p.Row.Table], p)
			mentions[p.Row.Table] += len(p.Mentions())
		}
	}
	s.Warnings = append(s.Warnings, r.repeated()...)
	for _, t := range r.Tables {
		read := t.howRead(rows[t])
		s.Read = append(s.Read, read)
		if read.LeftOut > 0 {
			s.Warnings = append(s.Warnings, document.Warning{Code: CellsLeftOut, Page: read.Page, Detail: strings.TrimSpace(t.Caption + " " + strconv.Itoa(read.LeftOut))})
		}
		if mentions[t] == 0 && read.LeftOut == 0 {
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
