// Command arrows counts how the files of a room use one another, and how many of these
// arrows run back up: against the order of the files in which the fewest do, so that data
// could not go one way through them.
//
//	go run ./corpus/internal/arrows ./corpus/... ./index/... ./bot/...
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

func main() {
	for _, room := range os.Args[1:] {
		if err := count(room); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func count(room string) error {
	uses, err := arrows(room)
	if err != nil {
		return err
	}
	order := ordered(uses)
	all, back := 0, 0
	for from, to := range uses {
		for f := range to {
			all++
			if slices.Index(order, from) > slices.Index(order, f) {
				back++
			}
		}
	}
	fmt.Printf("%s: %d files, %d arrows, %d run back up\n", room, len(order), all, back)
	return nil
}

// graph is file → the files that it uses a function, method or variable of. Types and
// constants are what the rooms speak in, and no arrows.
type graph map[string]map[string]bool

// pack is what the go command tells of a package.
type pack struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	DepOnly                 bool
}

func arrows(room string) (graph, error) {
	listed, err := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,DepOnly", room).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", room, err)
	}
	exports, own := map[string]string{}, []pack{}
	for in := json.NewDecoder(bytes.NewReader(listed)); ; {
		var p pack
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
		if !p.DepOnly {
			own = append(own, p)
		}
	}
	files := token.NewFileSet()
	imports := importer.ForCompiler(files, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	defined, used := map[string]string{}, map[string]map[string]bool{} // name → file, file → names
	for _, p := range own {
		if err := p.read(files, imports, defined, used); err != nil {
			return nil, err
		}
	}
	uses := graph{}
	for file, names := range used {
		for name := range names {
			if to := defined[name]; to != "" && to != file {
				uses.add(file, to)
			}
		}
	}
	return uses, nil
}

func (g graph) add(from, to string) {
	for _, f := range []string{from, to} {
		if g[f] == nil {
			g[f] = map[string]bool{}
		}
	}
	g[from][to] = true
}

func (p pack) read(files *token.FileSet, imports types.Importer, defined map[string]string, used map[string]map[string]bool) error {
	var parsed []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, 0)
		if err != nil {
			return err
		}
		parsed = append(parsed, file)
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	if _, err := (&types.Config{Importer: imports}).Check(p.ImportPath, files, parsed, &info); err != nil {
		return err
	}
	for id, o := range info.Defs {
		if name := nameOf(o); name != "" {
			defined[name] = files.Position(id.Pos()).Filename
		}
	}
	for id, o := range info.Uses {
		if name := nameOf(o); name != "" {
			file := files.Position(id.Pos()).Filename
			if used[file] == nil {
				used[file] = map[string]bool{}
			}
			used[file][name] = true
		}
	}
	return nil
}

// nameOf is the full name of a function, a method or a variable of a package; "" for others.
func nameOf(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		return o.Origin().FullName()
	case *types.Var:
		if o.Pkg() != nil && o.Parent() == o.Pkg().Scope() {
			return o.Pkg().Path() + "." + o.Name()
		}
	}
	return ""
}

// ordered is the files in an order against which few arrows run: each is moved to where
// the fewest do, until none is better off elsewhere.
func ordered(uses graph) []string {
	order := slices.Sorted(maps.Keys(uses))
	for better := true; better; {
		better = false
		for _, file := range slices.Clone(order) {
			at := slices.Index(order, file)
			rest := slices.Delete(slices.Clone(order), at, at+1)
			if to := bestPlace(uses, file, rest, at); to != at {
				order, better = slices.Insert(rest, to, file), true
			}
		}
	}
	return order
}

// bestPlace is where among the others a file has the fewest arrows against it: at, unless
// there are fewer elsewhere.
func bestPlace(uses graph, file string, others []string, at int) (best int) {
	costs := make([]int, len(others)+1) // by place, from that before all others on
	for i, other := range others {
		costs[i+1] = costs[i]
		if uses[other][file] {
			costs[i+1]--
		}
		if uses[file][other] {
			costs[i+1]++
		}
	}
	best = at
	for i, cost := range costs {
		if cost < costs[best] {
			best = i
		}
	}
	return best
}
