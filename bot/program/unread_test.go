package program

import (
	"strings"
	"testing"
)

// A file that can't be read, or is not there, is said; the others are answered
// from, listed and taken.
func TestOneUnreadableFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	good := write(t, folder, "青山区.txt", stations("青山区", "62"))
	bad := write(t, folder, "坏.docx", []byte("PK\x03\x04 cut short"))
	missing := folder + "/没有.txt"
	for _, row := range []struct {
		arguments []string
		fails     bool
		says      []string
	}{
		{[]string{"ask", "--reports", folder, "青山区新建充电站多少座"}, false, []string{"未采用“坏.docx”", "62座"}},
		{[]string{"figures", "--reports", folder}, false, []string{"未采用“坏.docx”", "62座"}},
		{[]string{"check", bad, missing, good}, true, []string{"坏.docx", "没有.txt", "《青山区充电设施建设情况的报告》"}},
		{[]string{"add", bad, missing, good}, true, []string{"没有加入“坏.docx”", "没有加入“没有.txt”", "已加入 added：《青山区充电设施建设情况的报告》"}},
		{[]string{"ask", "--reports", bad, "青山区新建充电站多少座"}, true, []string{"没有一份报告可以读取"}},
	} {
		out, err := command(t, t.TempDir(), row.arguments...)
		if (err != nil) != row.fails {
			t.Errorf("%v: %v\n%s", row.arguments, err, out)
		}
		for _, words := range row.says {
			if !strings.Contains(out, words) {
				t.Errorf("%v does not say %s:\n%s", row.arguments, words, out)
			}
		}
	}
}
