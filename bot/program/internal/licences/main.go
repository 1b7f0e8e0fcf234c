// Command licences checks that NOTICE names every module that is linked into the
// program on any of its systems, with the licence that its own file is; what is
// missing or of a licence not known here fails. With -texts it prints the licences'
// texts, which a release carries.
//
//	go run ./bot/program/internal/licences [-texts] linux/amd64 windows/amd64 …
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// known tells licences by words of theirs, the first that fits; those that forbid
// to link what is not under them are not among them.
var known = []struct{ name, words string }{
	{"Apache-2.0", "Apache License"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"BSD-3-Clause", "Neither the name"},
	{"BSD-3-Clause", "names of its contributors may"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce"},
	{"Unlicense", "released into the public domain"},
}

type module struct{ Path, Version, Dir string }

func main() {
	texts := flag.Bool("texts", false, "print the licences' texts")
	flag.Parse()
	if err := run(*texts, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(texts bool, systems []string) error {
	notice, err := os.ReadFile("NOTICE")
	if err != nil {
		return err
	}
	linked, err := modules(systems)
	if err != nil {
		return err
	}
	var wrong []error
	for _, m := range linked {
		text, err := licence(m.Dir)
		if err != nil {
			return err
		}
		if texts {
			fmt.Printf("%s %s\n\n%s\n\n", m.Path, m.Version, text)
		}
		line := "    " + m.Path + " " + name(text)
		if !strings.Contains("\n"+string(notice)+"\n", "\n"+line+"\n") {
			wrong = append(wrong, fmt.Errorf("NOTICE lacks the line %q", line))
		}
	}
	if !texts {
		fmt.Printf("%d modules linked\n", len(linked))
	}
	return errors.Join(wrong...)
}

// modules are those linked, in the order of their names.
func modules(systems []string) (linked []module, err error) {
	seen := map[string]bool{}
	for _, system := range systems {
		goos, goarch, _ := strings.Cut(system, "/")
		list := exec.Command("go", "list", "-deps", "-json=Module", ".")
		list.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return nil, err
		}
		for packages := json.NewDecoder(strings.NewReader(string(out))); ; {
			var p struct {
				Module *struct {
					module
					Main bool
				}
			}
			if err := packages.Decode(&p); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
			if p.Module != nil && !p.Module.Main && !seen[p.Module.Path] {
				seen[p.Module.Path] = true
				linked = append(linked, p.Module.module)
			}
		}
	}
	if len(linked) == 0 {
		return nil, errors.New("no system is named")
	}
	slices.SortFunc(linked, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return linked, nil
}

func licence(dir string) (text string, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "[LlCU][IiOoN]*")) // LICENSE, licence.txt, COPYING, UNLICENSE
	for _, f := range files {
		upper := strings.ToUpper(filepath.Base(f))
		if strings.HasPrefix(upper, "LICEN") || strings.HasPrefix(upper, "COPYING") || strings.HasPrefix(upper, "UNLICENSE") {
			content, err := os.ReadFile(f)
			return string(content), err
		}
	}
	return "", errors.Join(err, fmt.Errorf("%s has no licence", dir))
}

func name(text string) string {
	if upper := strings.ToUpper(text); strings.Contains(upper, "FREETYPE LICENSE") && strings.Contains(upper, "YOUR CHOICE") {
		return "FTL" // of the two that are offered
	}
	if text := strings.ToUpper(text); strings.Contains(text, "GNU GENERAL PUBLIC LICENSE") || strings.Contains(text, "AFFERO") {
		return "not to be linked"
	}
	words := strings.Join(strings.Fields(text), " ")
	for _, k := range known {
		if strings.Contains(words, k.words) {
			return k.name
		}
	}
	return "unknown"
}
