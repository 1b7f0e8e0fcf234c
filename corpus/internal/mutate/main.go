// Command mutate breaks the code of a package in one place after the other, in the
// ways that slips of a hand do, runs its tests on each, and names the breaks that no
// test noticed. No file is changed: the go command is given an overlay.
//
//	go run ./corpus/internal/mutate -n 40 -seed 1 PACKAGE [TESTED PACKAGE …]
//
// It is no part of CI: each break is compiled and tested anew.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// opposite of an operator: what it is mistaken for.
var opposite = map[token.Token]token.Token{
	token.LAND: token.LOR, token.LOR: token.LAND, token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR, token.ADD: token.SUB, token.SUB: token.ADD,
}

// place is one break: apply makes it in the syntax tree, and undoes it when it
// is called again.
type place struct {
	file  *ast.File
	name  string
	line  int
	what  string
	apply func()
}

func main() {
	n := flag.Int("n", 40, "breaks, taken at random")
	seed := flag.Uint64("seed", 1, "of what is taken")
	within := flag.Duration("within", 5*time.Minute, "a test run that takes longer counts as one that failed")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Args(), *n, *seed, *within); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, tested []string, n int, seed uint64, within time.Duration) error {
	files := token.NewFileSet()
	places, err := placesIn(files, dir)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	noticed, tried := 0, 0
	for _, p := range places[:min(n, len(places))] {
		seen, compiles, err := try(files, p, tested, within)
		if err != nil {
			return err
		}
		if !compiles {
			continue
		}
		tried++
		if seen {
			noticed++
		} else {
			fmt.Printf("nobody notices: %s:%d %s\n", p.name, p.line, p.what)
		}
	}
	fmt.Printf("%s: %d places, %d broken, %d noticed\n", dir, len(places), tried, noticed)
	return nil
}

// try runs the tests on one break.
func try(files *token.FileSet, p place, tested []string, within time.Duration) (seen, compiles bool, err error) {
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, false, err
	}
	defer os.RemoveAll(work)
	p.apply()
	var text bytes.Buffer
	err = format.Node(&text, files, p.file)
	p.apply()
	if err != nil {
		return false, false, err
	}
	broken, overlay := filepath.Join(work, "broken.go"), filepath.Join(work, "overlay.json")
	path, err := filepath.Abs(p.name)
	if err != nil {
		return false, false, err
	}
	replaced, err := json.Marshal(map[string]any{"Replace": map[string]string{path: broken}})
	if err != nil {
		return false, false, err
	}
	if err := os.WriteFile(broken, text.Bytes(), 0o600); err != nil {
		return false, false, err
	}
	if err := os.WriteFile(overlay, replaced, 0o600); err != nil {
		return false, false, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	test := exec.CommandContext(ctx, "go", append([]string{"test", "-overlay", overlay, "-failfast", "-vet=off"}, tested...)...)
	out, err := test.CombinedOutput()
	if strings.Contains(string(out), "[build failed]") {
		return false, false, nil
	}
	return err != nil, true, nil
}

// placesIn are all breaks of a package's own files.
func placesIn(files *token.FileSet, dir string) (places []place, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if p, ok := breakAt(node); ok {
				p.file, p.name, p.line = file, name, files.Position(node.Pos()).Line
				places = append(places, p)
			}
			return true
		})
	}
	return places, nil
}

// breakAt is how one node can be broken.
func breakAt(node ast.Node) (place, bool) {
	switch n := node.(type) {
	case *ast.BinaryExpr:
		other, ok := opposite[n.Op]
		if !ok {
			return place{}, false
		}
		return place{what: n.Op.String() + " → " + other.String(), apply: func() { n.Op, other = other, n.Op }}, true
	case *ast.IfStmt:
		was, never := n.Cond, false
		return place{what: "if … → if !(…)", apply: func() {
			if never = !never; never {
				n.Cond = &ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: was}}
			} else {
				n.Cond = was
			}
		}}, true
	case *ast.Ident:
		if n.Name != "true" && n.Name != "false" {
			return place{}, false
		}
		other := map[string]string{"true": "false", "false": "true"}[n.Name]
		return place{what: n.Name + " → " + other, apply: func() { n.Name, other = other, n.Name }}, true
	}
	return place{}, false
}
