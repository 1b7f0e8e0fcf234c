package program

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with")

// What people do with the program, as a transcript each: the real process in a folder of its
// own. Written anew with go test ./bot/program -run Scripts -update, and read as a diff.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("DATA_DIR", filepath.Join(e.WorkDir, "data"))
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("GOCOVERDIR", e.WorkDir)
			e.Setenv("LANG", "zh_CN.UTF-8")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"damage": damage, "help": help},
	})
}

// damage cuts short the file in a folder that holds a word.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	names, _ := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*"))
	for _, name := range names {
		if strings.Contains(ts.ReadFile(name), args[1]) {
			ts.Check(os.Truncate(name, 10))
			return
		}
	}
	ts.Fatalf("no file in %s holds %s", args[0], args[1])
}

// help is that of the program and of every command: each line of it in Chinese, or none.
func help(ts *testscript.TestScript, _ bool, args []string) {
	for _, command := range commands() {
		ts.Check(ts.Exec("reportbot", append(strings.Fields(command), "--help")...))
		for _, line := range strings.Split(ts.ReadFile("stdout"), "\n") {
			chinese := strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) })
			named := strings.HasPrefix(strings.TrimSpace(line), "($") // the variable of a setting, on a line of its own
			if line != "" && !named && chinese != (args[0] == "chinese") {
				ts.Fatalf("%s --help says\n%s", command, line)
			}
		}
	}
}

// commands are those that the help lists, and "" for the program itself.
func commands() []string {
	all := []string{""}
	for _, c := range reflect.VisibleFields(reflect.TypeFor[Commands]()) {
		if _, is := c.Tag.Lookup("cmd"); !is {
			continue
		}
		if _, hidden := c.Tag.Lookup("hidden"); !hidden {
			all = append(all, cmp.Or(c.Tag.Get("name"), strings.ToLower(c.Name)))
		}
	}
	return all
}

// patient are the tests, which wait for other processes more than they compute.
type patient struct{ *testing.M }

func (p patient) Run() int {
	flag.Parse()
	flag.Set("test.parallel", "8")
	return p.M.Run()
}
