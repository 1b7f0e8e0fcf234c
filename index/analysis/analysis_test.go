package analysis

import "testing"

// One and many are one word.
func TestStemOfPlurals(t *testing.T) {
	for one, many := range map[string]string{"bus": "buses", "gas": "gases", "school": "schools", "city": "cities", "house": "houses"} {
		if Stem(one) != Stem(many) {
			t.Errorf("%s is cut to %s, %s to %s", one, Stem(one), many, Stem(many))
		}
	}
}
