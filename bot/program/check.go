package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
)

// Check is what was understood of a file, or why it can't be read. A file that
// is an archive gives one for each document in it.
type Check struct {
	File string `json:"file"`
	*corpus.Summary
	Refused *document.Refusal `json:"refused,omitempty"`
}

// CheckFile reads a file as it would be read to be added. Of a file that can't
// be read the only Check says why, and so does the error.
func CheckFile(ctx context.Context, file string) ([]Check, error) {
	name := filepath.Base(file)
	reports, err := readFile(ctx, file)
	if err != nil {
		var refusal *document.Refusal
		if !errors.As(err, &refusal) {
			refusal = &document.Refusal{Code: document.Damaged, Detail: err.Error()}
		}
		return []Check{{File: name, Refused: refusal}}, err
	}
	var out []Check
	for _, r := range reports {
		s := r.Summary()
		out = append(out, Check{File: name, Summary: &s})
	}
	return out, nil
}

func readFile(ctx context.Context, file string) ([]*corpus.Report, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if limit := document.Default.File; info.Size() > limit {
		return nil, document.Refuse(document.TooLarge, "the file has %d MB; %d are allowed", info.Size()>>20, limit>>20)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return corpus.ReadFile(ctx, filepath.Base(file), content)
}

// PrintChecks writes checks for people, with the titles that several share.
func PrintChecks(w io.Writer, checks []Check) error {
	titles := map[string][]string{}
	for _, c := range checks {
		if c.Summary != nil {
			titles[c.Title] = append(titles[c.Title], c.File)
		}
	}
	for i, c := range checks {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := c.print(w, titles[c.titleOrNone()]); err != nil {
			return err
		}
	}
	return nil
}

func (c Check) titleOrNone() string {
	if c.Summary == nil {
		return ""
	}
	return c.Title
}

func (c Check) print(w io.Writer, same []string) error {
	if c.Refused != nil {
		_, err := fmt.Fprintf(w, "%s\n  refused     %s\n", c.File, c.Refused.Detail)
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", c.File)
	line := func(name, value string) {
		if value == "" {
			value = "—"
		}
		fmt.Fprintf(&b, "  %-11s %s\n", name, value)
	}
	format := string(c.Format)
	if c.Charset != "" && c.Charset != "utf-8" {
		format += ", " + c.Charset
	}
	if c.Pages > 0 {
		format += fmt.Sprintf(", %d pages", c.Pages)
	}
	line("format", format)
	line("title", c.Title)
	line("issued by", c.Issuer)
	line("number", c.DocNumber)
	line("date", c.Date)
	line("reports on", c.Period)
	line("holds", fmt.Sprintf("%d sections, %d paragraphs, %d figures, %d tables", c.Sections, c.Paragraphs, c.Figures, c.Tables))
	for _, warning := range c.Warnings {
		line("warning", describe(warning))
	}
	if len(same) > 1 {
		line("warning", "same title: "+strings.Join(same, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var warnings = map[document.Code]string{
	document.PageWithoutText:   "a page without text",
	document.Undecodable:       "characters that can't be decoded",
	document.SkippedFile:       "left out of the archive",
	corpus.Repeated:            "a passage that stands there twice",
	corpus.TableWithoutFigures: "a table without figures",
}

func describe(w document.Warning) string {
	text := warnings[w.Code]
	if w.Page > 0 {
		text += fmt.Sprintf(", page %d", w.Page)
	}
	if w.Detail != "" {
		text += ": " + w.Detail
	}
	return text
}
