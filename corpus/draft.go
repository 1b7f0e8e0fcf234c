package corpus

import (
	"strings"

	"reportbot/corpus/fold"
	"reportbot/corpus/format/document"
	"reportbot/corpus/quantity"
)

// Draft is a text that is to be held against the reports before it is given.
type Draft struct {
	*Report
	Dated bool // it tells itself when it speaks; else its 今年 is that of the reports
}

// ParseDraft reads a draft. It need have no title: a first line that holds a figure
// is text like any other. now is the year in which the reports speak, for a text
// that does not tell its own.
func (rd *Reader) ParseDraft(name string, d *document.Document, now int) (*Draft, error) {
	out := &Draft{Dated: true}
	r, err := rd.parse(name, d, (*Report).findBodyOfDraft, func(r *Report) {
		if r.Year == 0 {
			r.Year, out.Dated = now, false
		}
	})
	out.Report = r
	return out, err
}

// findBodyOfDraft is findBody, but that nothing of what was written is left out: a
// line above the body that holds an amount is part of it.
func (r *Report) findBodyOfDraft() {
	r.findBody()
	for at, line := range linesOf(r.Text) {
		if at >= r.Body.Start {
			return
		}
		if r.reader.holdsAmount(line) {
			r.Title, r.Body.Start = r.Name, at+len(line)-len(strings.TrimLeft(line, pipes))
			return
		}
	}
}

func (rd *Reader) holdsAmount(line string) bool {
	for _, q := range rd.quantities.Scan(fold.New(line)) {
		if q.Kind == quantity.Amount {
			return true
		}
	}
	return false
}
