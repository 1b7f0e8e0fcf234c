package main

import "testing"

// Where the stretches part is not told: it is learnt from what names share.
func TestBites(t *testing.T) {
	counts := bites(names([]entry{
		{"罗伯特", "Robert (name)"}, {"艾伯特", "Albert (name)"}, {"罗马", "Roma"}, {"艾尔", "Al (name)"}, {"马特", "Matt (name)"},
		{"海淀", "Haidian, district of Beijing"}, {"国家", "State; nation"},
	}))
	for _, b := range []bite{{"ro", '罗'}, {"ber", '伯'}, {"t", '特'}, {"ma", '马'}} {
		for other, n := range counts {
			if other.letters == b.letters && n > counts[b] {
				t.Errorf("%s writes %c (%.2f), not %c (%.2f)", b.letters, other.char, n, b.char, counts[b])
			}
		}
	}
	for b := range counts {
		if b.char == '海' || b.char == '国' {
			t.Errorf("%c is learnt from what is no foreign name", b.char)
		}
	}
}
