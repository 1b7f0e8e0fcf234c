package question

import "testing"

// What is typed short is read as it is meant.
func TestAmountsAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"a bonus of $1m": "a bonus of $1 million", "5bn in loans": "5 billion in loans", "£20k a year": "£20 thousand a year",
		"5m of cable": "5m of cable", "k12 schools": "k12 schools", "$3.5bn": "$3.5 billion",
	} {
		if got := string(wholeAmounts([]rune(typed))); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}
