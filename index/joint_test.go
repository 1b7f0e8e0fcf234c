package index

import "testing"

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
