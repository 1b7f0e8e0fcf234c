package index

import (
	"testing"

	"reportbot/corpus"
)

// A joint is told by the words on either side in English, and by some characters in Chinese.
func TestJoint(t *testing.T) {
	for text, want := range map[string]string{"sales and rents rose": "sales and rents", "环境与自然保护联盟": "环境与自然"} {
		r := []rune(text)
		at := 10 // where rents begins
		if r[0] > 0x80 {
			at = 3
		}
		if got := joint(r, at); got != want {
			t.Errorf("the joint of %q is %q, want %q", text, got, want)
		}
	}
}

// A change asked for alone names no thing: it is that of the thing before.
func TestChangeNamesNothing(t *testing.T) {
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for text, named := range map[string]bool{"涨几个点": false, "跌了多少": false, "基站涨几个点": true} {
		if e.clause(text, e.now).named != named {
			t.Errorf("%s names a thing: %v", text, !named)
		}
	}
}
