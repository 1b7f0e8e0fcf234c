// Command systems checks that the program compiles on the systems of its
// arguments, such as windows/arm64, without compiling: packages are checked from
// source, those of other modules by their declarations alone. A build of one
// system takes a minute and a half of two cores, this takes seconds.
//
//	go run ./bot/program/internal/systems linux/arm64 windows/amd64
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	here, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	bad := 0
	for _, system := range os.Args[1:] {
		n, err := check(here, system)
		if err != nil {
			fmt.Fprintln(os.Stderr, system+":", err)
			bad++
		}
		fmt.Printf("%s: %d packages\n", system, n)
	}
	if bad > 0 {
		os.Exit(1)
	}
}

// check tells how many packages of the module in dir were checked for a system,
// with their tests.
func check(dir, system string) (n int, err error) {
	goos, goarch, _ := strings.Cut(system, "/")
	loaded, err := packages.Load(&packages.Config{
		Mode:  packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesSizes | packages.NeedModule,
		Env:   append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0"),
		Tests: true,
		ParseFile: func(files *token.FileSet, name string, content []byte) (*ast.File, error) {
			f, err := parser.ParseFile(files, name, content, parser.SkipObjectResolution)
			if f != nil && !strings.HasPrefix(name, dir+string(filepath.Separator)) {
				withoutBodies(f)
			}
			return f, err
		},
	}, "./...")
	if err != nil {
		return 0, err
	}
	var found []string
	for _, p := range loaded {
		if strings.HasSuffix(p.PkgPath, ".test") {
			continue // made by the go command, which keeps it elsewhere
		}
		for _, e := range p.Errors {
			found = append(found, e.Error())
		}
	}
	if len(loaded) == 0 {
		return 0, fmt.Errorf("no packages")
	}
	if len(found) > 0 {
		return len(loaded), fmt.Errorf("%s", strings.Join(found, "\n"))
	}
	return len(loaded), nil
}

func withoutBodies(f *ast.File) {
	for _, d := range f.Decls {
		if function, ok := d.(*ast.FuncDecl); ok {
			function.Body = nil
		}
	}
}
