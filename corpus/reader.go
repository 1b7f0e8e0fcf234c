package corpus

import (
	"embed"
	"strings"
	"sync"

	"reportbot/corpus/quantity"
	"reportbot/corpus/terms"
)

//go:embed terms/*.txt
var termFiles embed.FS

func termFile(name string) string {
	file, err := termFiles.ReadFile("terms/" + name)
	if err != nil {
		panic(err) // the file is part of the binary
	}
	return string(file)
}

// Reader reads reports by the lists of the program and those that an office has of its own.
// Nothing changes it once it is made: libraries with different lists live side by side.
type Reader struct {
	quantities *quantity.Grammar
	context    map[string]*terms.Set // context.txt by class
	navigation *terms.Set
	pageLines  []string
	digest     string
}

// NewReader is the Reader of the program's lists and an office's own; nil for none.
func NewReader(own terms.Own) *Reader {
	if len(own) == 0 {
		return Builtin()
	}
	return newReader(own)
}

func newReader(own terms.Own) *Reader {
	list := func(name string) string { return own.With(name, termFile(name)) }
	return &Reader{
		quantities: quantity.New(own),
		context:    loadContext(list("context.txt")),
		navigation: terms.NewSet(terms.Lines(list("navigation.txt"))...),
		pageLines:  terms.Lines(list("pagelines.txt")),
		digest:     own.Digest("units.txt", "names.txt", "bounds.txt", "nouns.txt", "navigation.txt", "pagelines.txt", "context.txt"),
	}
}

// Builtin is the Reader of the program's lists alone.
var Builtin = sync.OnceValue(func() *Reader { return newReader(nil) })

// Digest tells which lists of an office reports are read with; "" for none.
func (rd *Reader) Digest() string { return rd.digest }

// Quantities is the grammar of numbers and units that reports are read with.
func (rd *Reader) Quantities() *quantity.Grammar { return rd.quantities }

// loadContext reads context.txt by class.
func loadContext(file string) map[string]*terms.Set {
	words := map[string][]string{}
	for _, line := range terms.Lines(file) {
		class, list, _ := strings.Cut(line, ":")
		for _, word := range strings.Fields(list) {
			words[class] = append(words[class], strings.ReplaceAll(word, "_", " "))
		}
	}
	sets := map[string]*terms.Set{}
	for class, list := range words {
		sets[class] = terms.NewSet(list...)
	}
	return sets
}
