package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"reportbot/corpus"
)

func TestTogether(t *testing.T) {
	dir := t.TempDir()
	text := "政府工作报告\n\n杰克逊市长访问了维尔纽斯。\n\n杰克逊维尔是佛罗里达州的城市。\n\n佛山的罗里和里达。\n"
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Builtin().Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for word, want := range map[string]bool{
		"杰克逊维尔": true, "维尔纽斯": true, "佛罗里达": true,
		"克逊市": true, "逊维尔纽斯": false, "佛山罗里": false, "佛罗纽斯": false, "达州": true, "北京": false,
	} {
		if got := s.Together(word); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}
