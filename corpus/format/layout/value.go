package layout

import (
	"regexp"
	"strings"
)

// value is what a cell of numbers holds: a number with its sign, brackets and
// per cent, or a dash for none.
var value = regexp.MustCompile(`^[（(]?[-−–—+▲▼△]*\s?(?:[0-9０-９][0-9０-９,，.．]*(?: [0-9]{3}(?:\.[0-9]+)?)*\s?(?:%|％|‰)?|[-—–…]+)[）)]?$`)

func valued(text string) bool { return value.MatchString(strings.TrimSpace(text)) }

// valued tells a line that is one value.
func (l line) valued() bool { return len(l.runs) == 1 && l.runs[0].numeral() }

// written is a number as it is written: 1,203.5 or 1203.5.
var written = regexp.MustCompile(`^[-−–+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?(?:%|％)?$`)

var (
	numberAtEnd   = regexp.MustCompile(`[0-9.,]*$`)
	numberAtStart = regexp.MustCompile(`^[0-9.,]*[0-9](?:%|％)?`)
)

func wellWritten(text string) bool { return written.MatchString(text) }
