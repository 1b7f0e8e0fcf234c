package upkeep

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot/record"
)

// stock is a folder of data with two reports, a record and a list of terms.
func stock(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	kept, err := record.Open(dir, 365)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(kept.Restrict("abc", true, 1), kept.Close()); err != nil {
		t.Fatal(err)
	}
	s := office{Data: dir}
	for place, n := range map[string]string{"青山区": "62", "白云区": "5"} {
		if err := s.add(written(t, t.TempDir(), place+".txt", stations(place, n)), "", true); err != nil {
			t.Fatal(err)
		}
	}
	os.MkdirAll(filepath.Join(dir, "terms"), 0o755)
	written(t, filepath.Join(dir, "terms"), "synonyms.txt", []byte("桩 | 充电桩\n"))
	return dir
}

// originalOf is the original that has these words.
func originalOf(t *testing.T, dir, words string) string {
	t.Helper()
	all, _ := filepath.Glob(filepath.Join(dir, "library", "originals", "*"))
	for _, name := range all {
		if content, _ := os.ReadFile(name); bytes.Contains(content, []byte(words)) {
			return name
		}
	}
	t.Fatalf("no original has %s", words)
	return ""
}

// A backup of what is missing, cut short or altered fails, names it, and leaves
// the backup before.
func TestBackupOfDamage(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		damage func(dir string)
		named  string
	}{
		"original missing":     {func(dir string) { os.Remove(originalOf(t, dir, "白云区")) }, "白云区.txt"},
		"original cut short":   {func(dir string) { os.Truncate(originalOf(t, dir, "白云区"), 20) }, "白云区.txt"},
		"original altered":     {func(dir string) { flip(t, originalOf(t, dir, "白云区"), 40) }, "白云区.txt"},
		"originals gone":       {func(dir string) { os.RemoveAll(filepath.Join(dir, "library", "originals")) }, "白云区.txt"},
		"manifest missing":     {func(dir string) { os.Remove(filepath.Join(dir, "library", "reports.json")) }, "reports.json"},
		"manifest cut short":   {func(dir string) { os.Truncate(filepath.Join(dir, "library", "reports.json"), 99) }, "reports.json"},
		"manifest altered":     {func(dir string) { flip(t, filepath.Join(dir, "library", "reports.json"), 150) }, "reports.json"},
		"library gone":         {func(dir string) { os.RemoveAll(filepath.Join(dir, "library")) }, "reports.json"},
		"record cut short":     {func(dir string) { os.Truncate(filepath.Join(dir, record.FileName), 8000) }, record.FileName},
		"record: mark altered": {func(dir string) { replaceIn(t, filepath.Join(dir, record.FileName), "abc", "abd") }, record.FileName},
	} {
		t.Run(name, func(t *testing.T) {
			dir, out := stock(t), filepath.Join(t.TempDir(), "b.tar.gz")
			os.WriteFile(out, []byte("the one before"), 0o600)
			row.damage(dir)
			if _, err := Backup(dir, out); err == nil || !strings.Contains(err.Error(), row.named) {
				t.Errorf("it does not name %s: %v", row.named, err)
			}
			if before, _ := os.ReadFile(out); string(before) != "the one before" {
				t.Error("the backup before is gone")
			}
			if left, _ := os.ReadDir(filepath.Dir(out)); len(left) != 1 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func flip(t *testing.T, name string, at int) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	content[at] ^= 0x15
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func replaceIn(t *testing.T, name, was, is string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil || !bytes.Contains(content, []byte(was)) {
		t.Fatalf("no %s: %v", was, err)
	}
	os.WriteFile(name, bytes.Replace(content, []byte(was), []byte(is), 1), 0o600)
}

// A backup cut short anywhere, or altered, is neither verified nor restored, and
// leaves the folder as it was; a whole one is both.
func TestDamagedBackup(t *testing.T) {
	t.Parallel()
	dir, place := stock(t), t.TempDir()
	whole := filepath.Join(place, "whole.tar.gz")
	n, err := Backup(dir, whole)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := VerifyBackup(whole); err != nil || got != n || n != 5 {
		t.Fatalf("%d files, verified %d: %v", n, got, err)
	}
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(place, "bad.tar.gz")
	to := filepath.Join(place, "data")
	refused := func(what string, content []byte) {
		t.Helper()
		os.WriteFile(bad, content, 0o600)
		if _, err := VerifyBackup(bad); err == nil {
			t.Errorf("%s is verified", what)
		}
		if _, err := Restore(to, bad); err == nil || exists(to) {
			t.Errorf("%s is restored: %v, the folder is there: %v", what, err, exists(to))
		}
	}
	for i := range 20 {
		refused("cut short", content[:len(content)*i/20])
	}
	for at := 10; at < len(content); at += len(content)/40 + 1 { // before it gzip has a date and the like
		altered := bytes.Clone(content)
		altered[at] ^= 0x41
		refused("altered", altered)
	}
	var bomb bytes.Buffer
	zipped := gzip.NewWriter(&bomb)
	archive := tar.NewWriter(zipped)
	archive.WriteHeader(&tar.Header{Name: "terms/a", Mode: 0o600, Size: 256 << 20})
	archive.Write(make([]byte, 256<<20))
	archive.Close()
	zipped.Close()
	refused("what unpacks to a thousandfold", bomb.Bytes())
	if _, err := Restore(to, whole); err != nil {
		t.Fatal(err)
	}
	if err := verified(to); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(to, ".restor*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// Killed before its files take their places, a restore leaves what was there;
// killed while they do, the next start finishes it.
func TestBrokenRestore(t *testing.T) {
	t.Parallel()
	dir, place := stock(t), t.TempDir()
	whole := filepath.Join(place, "whole.tar.gz")
	if _, err := Backup(dir, whole); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(place, "data")
	aside := filepath.Join(to, ".restoring-1")
	if _, err := unpackBackup(whole, aside); err != nil {
		t.Fatal(err)
	}
	Enter(to, false)()
	if exists(aside) || exists(filepath.Join(to, "library")) {
		t.Error("a restore killed while it was unpacked has left something")
	}
	if _, err := unpackBackup(whole, filepath.Join(to, restored)); err != nil {
		t.Fatal(err)
	}
	os.Rename(filepath.Join(to, restored, record.FileName), filepath.Join(to, record.FileName)) // and killed then
	Enter(to, false)()
	if err := verified(to); err != nil || exists(filepath.Join(to, restored)) {
		t.Errorf("not finished: %v", err)
	}
}
