package main

import "testing"

// 违抗 makes disobey likely, and by as much as both are used so disobedience.
func TestRelate(t *testing.T) {
	w := wordnet{
		words: map[string][]string{"n1": {"disobedience", "noncompliance"}, "v1": {"disobey"}, "v2": {"run", "disobey"}},
		senses: map[string][]use{
			"disobedi": {{"n1", 4}}, "noncompli": {{"n1", 2}}, "disobey": {{"v1", 3}, {"v2", 1}}, "run": {{"v2", 1}, {"v3", 99}},
		},
		relations: []relation{{"+", "n1", "v1", 1, 1}},
	}
	by := relate(map[string][]likely{"disobey": {{"违抗", 0.8}}, "run": {{"跑", 0.9}}}, w.related())
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
