package main

import (
	"testing"

	"reportbot/index/lexicon/internal/wordnet"
)

// 违抗 makes disobey likely, and by as much as both are used so disobedience.
func TestRelate(t *testing.T) {
	w := wordnet.WordNet{
		Words: map[string][]string{"n1": {"disobedience", "noncompliance"}, "v1": {"disobey"}, "v2": {"run", "disobey"}},
		Senses: map[string][]wordnet.Use{
			"disobedi": {{Synset: "n1", Share: 4}}, "noncompli": {{Synset: "n1", Share: 2}}, "disobey": {{Synset: "v1", Share: 3}, {Synset: "v2", Share: 1}}, "run": {{Synset: "v2", Share: 1}, {Synset: "v3", Share: 99}},
		},
		Relations: []wordnet.Relation{{Symbol: "+", From: "n1", To: "v1", FromWord: 1, ToWord: 1}},
	}
	by := relate(map[string][]likely{"disobey": {{"违抗", 0.8}}, "run": {{"跑", 0.9}}}, related(&w))
	if got := by["disobedi"]; len(got) != 1 || got[0].unit != "违抗" || got[0].chance < 0.3 || got[0].chance > 0.4 {
		t.Errorf("disobedience: %v", got)
	}
	if got := by["noncompli"]; len(got) != 0 {
		t.Errorf("the pointer is of the first word alone: %v", got)
	}
	if got := by["disobey"]; len(got) != 1 {
		t.Errorf("a sense that run is hardly used in: %v", got)
	}
}
