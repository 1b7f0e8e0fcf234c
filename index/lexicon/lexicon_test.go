package lexicon

import (
	"slices"
	"testing"

	"reportbot/index/analysis"
)

func TestLikely(t *testing.T) {
	l, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for stem, want := range map[string]string{"translat": "译", "anthem": "国歌", "student": "学生", "govern": "政府"} {
		got := l.Likely(stem)
		if !slices.ContainsFunc(got, func(m Meaning) bool { return m.Word == want && m.Quality > 0.6 }) {
			t.Errorf("%s: %v lacks %s", stem, got, want)
		}
		for _, m := range got {
			if m.Quality <= 0 || m.Quality > SureQuality {
				t.Errorf("%s: quality of %v", stem, m)
			}
		}
	}
	if got := l.Likely("qqqq"); got != nil {
		t.Errorf("an unknown word is likely %v", got)
	}
}

func TestLongest(t *testing.T) {
	l, err := New([]string{"5g base station = 5g基站"})
	if err != nil {
		t.Fatal(err)
	}
	says := func(words ...string) func(string) bool {
		return func(w string) bool { return slices.Contains(words, w) }
	}
	for _, row := range []struct {
		stems []string
		said  func(string) bool
		n     int
	}{
		{[]string{"5g", "base", "station", "built"}, says(), 3}, // the glossary's phrases always count
		{[]string{"nation", "anthem"}, says("国歌"), 2},
		{[]string{"nation", "anthem"}, says(), 1}, // no report has it: word by word
		{[]string{"qqqq"}, says(), 0},
	} {
		if n, _ := l.Longest(row.stems, row.said); n != row.n {
			t.Errorf("%v: %d words, not %d", row.stems, n, row.n)
		}
	}
}

func TestForms(t *testing.T) {
	for form, base := range map[string]string{"wrote": "write", "grew": "grow", "men": "man", "larger": "larg", "earliest": "earli", "grow": "", "report": "", "number": ""} {
		if got := Base(form); got != base {
			t.Errorf("%s: %q, not %q", form, got, base)
		}
	}
	for word, want := range map[string][]string{
		"nine": {"9", "九"}, "third": {"第三", "第3"}, "9th": {"9", "九", "第九"}, "1700s": {"1700", "18世纪"}, "1960s": {"1960", "60年代"}, "60s": {"60"}, "42": {"四十二"}, "xlix": {"49", "四十九"}, "xiv": {"14", "十四"},
		"2015": nil, "5g": nil, "often": nil, "li": nil, "civil": nil, "": nil,
	} {
		if got := Numerals(word); !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", word, got, want)
		}
	}
}

// What means about the same may stand for a word; what is of one kind with it (a bus, a train), or
// the contrary of it, does not.
func TestParaphrases(t *testing.T) {
	l, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	sure := func(word, other string) float64 {
		for _, m := range l.Paraphrases(analysis.Stem(word)) {
			if m.Word == analysis.Stem(other) {
				return m.Quality
			}
		}
		return 0
	}
	for _, row := range [][2]string{{"doctor", "physician"}, {"workers", "employees"}, {"trips", "visits"}, {"raise", "increase"}, {"deficit", "shortfall"}, {"prison", "inmates"}} {
		if sure(row[0], row[1]) < 0.35 || sure(row[1], row[0]) < 0.35 {
			t.Errorf("%s and %s: %.2f, %.2f", row[0], row[1], sure(row[0], row[1]), sure(row[1], row[0]))
		}
	}
	for _, row := range [][2]string{{"bus", "train"}, {"oil", "gas"}, {"north", "south"}, {"imports", "exports"}, {"men", "women"}, {"music", "bridge"}} {
		if sure(row[0], row[1]) > 0 {
			t.Errorf("%s for %s: %.2f", row[1], row[0], sure(row[0], row[1]))
		}
	}
}
