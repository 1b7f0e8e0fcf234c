// Package terms is the word lists of questions, as data: each file says its form.
package terms

import "embed"

// Files are the lists, by the names of their files: question.txt.
//
//go:embed *.txt
var Files embed.FS
