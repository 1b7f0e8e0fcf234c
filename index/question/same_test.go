package question

import (
	"testing"

	"reportbot/corpus/quantity"
)

// A word that may be exchanged for another is a whole one: raised and charter have no AI and no AR.
func TestCanonicalKeepsLatinWords(t *testing.T) {
	l, err := New(nil, quantity.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"raised", "charter school", "railway"} {
		if got := string(l.Canonical([]rune(text))); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
