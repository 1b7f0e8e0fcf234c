package terms

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReadOwn(t *testing.T) {
	own, err := ReadOwn(folder(t, map[string]string{
		"synonyms.txt": "\ufeff# ours\n高企 | 高新技术企业\n一卡通 > 社会保障卡 | 市民卡\n",
		"glossary.txt": "red tide = 赤潮\n",
		".swp":         "x",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := Lines(own.With("synonyms.txt", "一网通办 | 网办")); len(got) != 3 || got[0] != "一网通办 | 网办" || got[1] != "高企 | 高新技术企业" {
		t.Errorf("got %q", got)
	}
	if own.Digest("units.txt") != "" || own.Digest("glossary.txt") == "" || own.Digest("glossary.txt") == own.Digest("synonyms.txt") {
		t.Error("the digest tells nothing")
	}
	if none, err := ReadOwn(filepath.Join(t.TempDir(), "none")); none != nil || err != nil {
		t.Errorf("no folder: %v, %v", none, err)
	}
}

func TestReadOwnRefuses(t *testing.T) {
	for _, row := range []struct{ file, text, want string }{
		{"synonyms.txt", "a | b\n\n高企\n", "synonyms.txt line 3: a line is"},
		{"synonyms.txt", "a | | b\n", "line 1"},
		{"glossary.txt", "red tide\n", "glossary.txt line 1: a line is english phrase = 中文"},
		{"units.txt", "# x\n元\n", "units.txt line 2: a line is class: word word"},
		{"variants.txt", "size: 规上\n", "variants.txt line 1"},
		{"english.txt", "typed what's\n", "english.txt line 1"},
		{"asking.txt", "几多 | 多少\n", "asking.txt line 1: one word a line"},
		{"synonym.txt", "a | b\n", "no list has that name; there are abbreviations.txt"},
		{"names.txt", "\xff\xfe\n", "is not UTF-8 text"},
	} {
		_, err := ReadOwn(folder(t, map[string]string{row.file: row.text}))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s %q: got %v, want %q", row.file, row.text, err, row.want)
		}
	}
}
