package document

import (
	"errors"
	"fmt"
)

// Causes of refusal.
const (
	TooLarge       Code = "too-large"        // the file, or what it unpacks to
	TooManyEntries Code = "too-many-entries" // of an archive
	TooManyPages   Code = "too-many-pages"
	TooDeep        Code = "too-deep" // an archive within an archive, elements within elements
	UnsafePath     Code = "unsafe-path"
	NotADocument   Code = "not-a-document"
	Hostile        Code = "hostile" // XML with entities of its own
	Encrypted      Code = "encrypted"
	Scanned        Code = "scanned" // pages that are pictures
	NoText         Code = "no-text"
	LiveForm       Code = "live-form" // an XFA form, which makes its pages as it is filled in
	Damaged        Code = "damaged"
	TooSlow        Code = "too-slow"
	TooMuchMemory  Code = "too-much-memory"
	SeveralFiles   Code = "several-files" // an archive where one document is wanted
	SameName       Code = "same-name"     // of two in an archive
	NoFont         Code = "no-font"       // to draw a page in
	NoPage         Code = "no-page"       // to be drawn: a format without pages, or a passage that is not found again
)

// Refusal is why a file was not read: a code for programs, and one line of
// English that says the same with its figures. File is the one of an archive
// that it is about, "" for the whole.
type Refusal struct {
	Code   Code   `json:"code"`
	Detail string `json:"detail"`
	File   string `json:"file,omitempty"`
}

func (r *Refusal) Error() string {
	if r.File != "" {
		return r.File + ": " + r.Detail
	}
	return r.Detail
}

// Within is the refusal of a file in an archive.
func Within(file string, err error) error {
	if r, ok := errors.AsType[*Refusal](err); ok && r.File == "" {
		return &Refusal{r.Code, r.Detail, file}
	}
	return fmt.Errorf("%s: %w", file, err)
}

// Refuse makes a Refusal.
func Refuse(code Code, format string, args ...any) error {
	return &Refusal{Code: code, Detail: fmt.Sprintf(format, args...)}
}

// Limits bound what one file may cost. They are the same for every format, so
// that one line of the handbook says them all.
type Limits struct {
	File     int64 // bytes of the file
	Unpacked int64 // bytes of all that it unpacks to
	Entries  int   // files within an archive
	Depth    int   // elements within elements
	Pages    int
	Text     int   // bytes of the text taken from it
	Cells    int   // cells of one table
	Memory   int64 // bytes, of the process that reads hostile formats
	Seconds  int   // of the same
}

// Default is generous to a province's yearbook (a thousand pages, 40 MB) and
// small against a machine of 2 GB.
var Default = Limits{
	File:     64 << 20,
	Unpacked: 256 << 20,
	Entries:  5000,
	Depth:    200,
	Pages:    3000,
	Text:     16 << 20,
	Cells:    500_000,
	Memory:   1 << 30,
	Seconds:  60,
}
