package program

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"
)

// Where the system is Chinese each line of the help is, of the program and of every
// command; elsewhere none is.
func TestHelpInTheSystemsLanguage(t *testing.T) {
	t.Parallel()
	help := func(lang string, arguments ...string) string {
		c := exec.Command(os.Args[0], append(arguments, "--help")...)
		c.Dir, c.Env = t.TempDir(), []string{processChild + "=1", "GOCOVERDIR=" + c.Dir, "LANG=" + lang}
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	for lang, words := range map[string]string{"zh_CN.UTF-8": "加入报告", "zh_TW.UTF-8": "加入報告", "en_US.UTF-8": "Add reports", "C": "Add reports"} {
		if got := help(lang); !strings.Contains(got, words) {
			t.Errorf("%s:\n%s", lang, got)
		}
	}
	for _, command := range []string{"", "ask", "add", "replace", "withdraw", "reports", "verify", "backup", "restore", "figures", "audit", "eval", "check", "page", "train"} {
		got := help("zh_CN.UTF-8", strings.Fields(command)...)
		for _, english := range []string{"Usage", "Flags", "Arguments", "Commands", "[flags]", "Show", "Print", "Even where"} {
			if strings.Contains(got, english) {
				t.Errorf("%s --help says %s:\n%s", command, english, got)
			}
		}
		if strings.ContainsFunc(help("en_US", strings.Fields(command)...), func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s --help speaks Chinese to all", command)
		}
	}
}
