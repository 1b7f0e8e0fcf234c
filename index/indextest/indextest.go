// Package indextest opens what tests of the faces ask.
package indextest

import (
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

// Embedded is an engine, in memory, over the reports within the binary.
func Embedded(t testing.TB) *index.Engine {
	t.Helper()
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
