package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/corpus/library"
)

// Check is what was understood of a file, or why it can't be read. A file that
// is an archive gives one for each document in it.
type Check struct {
	File string `json:"file"`
	*corpus.Summary
	There   string            `json:"there,omitempty"`    // title of the report in the library that this very file is
	Other   string            `json:"replaces,omitempty"` // and of the one of its name, which it would replace
	Refused *document.Refusal `json:"refused,omitempty"`
}

// CheckFile reads a file as it would be read to be added. Of a file that can't
// be read the only Check says why, and so does the error. known are the reports
// at hand.
func CheckFile(ctx context.Context, by *corpus.Reader, file string, known []library.Entry) ([]Check, error) {
	name := filepath.Base(file)
	reports, hash, err := readFile(ctx, by, file)
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
		c := Check{File: name, Summary: &s}
		c.There, c.Other = held(library.InForce(known), r.Name, hash)
		out = append(out, c)
	}
	return out, nil
}

// held is what the library has of a report: the same file, or one of its name.
func held(known []library.Entry, name, hash string) (there, other string) {
	for _, e := range known {
		switch {
		case e.Hash == hash || e.Archive.Hash == hash && e.Name == name:
			there = e.Title
		case e.Name == name:
			other = e.Title
		}
	}
	return there, other
}

func readFile(ctx context.Context, by *corpus.Reader, file string) (reports []*corpus.Report, hash string, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, "", err
	}
	if limit := document.Default.File; info.Size() > limit {
		return nil, "", document.Refuse(document.TooLarge, "the file has %d MB; %d are allowed", info.Size()>>20, limit>>20)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, "", err
	}
	reports, err = by.ReadFile(ctx, filepath.Base(file), content)
	return reports, library.HashOf(content), err
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
		text := c.forPeople()
		if c.Summary != nil && len(titles[c.Title]) > 1 {
			text += "\n注意：几个文件同题：" + strings.Join(titles[c.Title], "、")
		}
		if _, err := fmt.Fprintf(w, "%s\n  %s\n", c.File, strings.ReplaceAll(text, "\n", "\n  ")); err != nil {
			return err
		}
	}
	return nil
}

func (c Check) forPeople() string {
	if c.Refused != nil {
		return "无法读取：" + bot.WhyRefused(c.Refused, "zh") + "\n（" + c.Refused.Error() + "）"
	}
	format := string(c.Format)
	if c.Charset != "" && c.Charset != "utf-8" {
		format += "，" + c.Charset
	}
	text := bot.Understood(*c.Summary, "zh").Text() + "\n格式：" + format
	for i, t := range c.Read {
		text += "\n" + tableLine(i+1, t)
	}
	if c.There != "" {
		text += "\n注意：库中已有内容完全相同的《" + c.There + "》。"
	}
	if c.Other != "" {
		text += "\n注意：加入后将替换同名的《" + c.Other + "》。"
	}
	return text
}

// tableLine says of a table how well it was read, and shows numbers of it as
// they would be answered: what a keeper compares with the file.
func tableLine(n int, t corpus.TableRead) string {
	text := fmt.Sprintf("第 %d 张表", n)
	if t.Caption != "" {
		text += "（" + t.Caption + "）"
	}
	if t.Page > 0 {
		text += fmt.Sprintf("，第 %d 页", t.Page)
	}
	text += fmt.Sprintf("：%d 个数，有行名 %d、列名 %d、单位 %d", t.Numbers, t.Rows, t.Columns, t.Units)
	if t.LeftOut > 0 {
		text += fmt.Sprintf("，另有 %d 个看不出是什么，未读取", t.LeftOut)
	}
	for _, example := range t.Examples {
		text += "\n  " + example
	}
	return text
}
