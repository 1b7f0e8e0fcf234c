package lexicon

import "testing"

func TestMayBeThing(t *testing.T) {
	for _, word := range []string{"spending", "housing", "teachers", "rise", "cap", "smes", "bus", "trip"} {
		if !MayBeThing(word) {
			t.Errorf("%s may be a thing", word)
		}
	}
	for _, word := range []string{"expecting", "hired", "owe", "longer", "built", "carries"} {
		if MayBeThing(word) {
			t.Errorf("%s is no thing", word)
		}
	}
}
