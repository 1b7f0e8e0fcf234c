package terms

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Own are an office's own term lists, by file name: lines that are read after
// those of the list of that name within the program. The nil Own has none.
type Own map[string]string

// names are the lists that may be extended, and how a line of each looks.
var names = map[string]func(line string) error{
	"asking.txt": word, "gazetteer.txt": word, "names.txt": word, "navigation.txt": word, "pagelines.txt": word,
	"synonyms.txt": synonyms, "taiwan.txt": synonyms, "slips.txt": synonyms, "glossary.txt": meanings,
	"question.txt": classed, "english.txt": classed, "context.txt": classed, "units.txt": classed, "nouns.txt": classed, "bounds.txt": classed,
	"variants.txt": members, "counties.txt": classed, "abbreviations.txt": meanings,
	"comparing.txt": classed, "regions.txt": meanings, "indicators.txt": synonyms,
}

// ReadOwn reads the lists under dir; none where there is no such folder. What
// is no list of the program, no UTF-8 or no line of its form is an error that
// names file and line.
func ReadOwn(dir string) (Own, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the office's term lists: %w", err)
	}
	own := Own{}
	var errs []error
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".") || f.IsDir() {
			continue
		}
		place := filepath.Join(dir, f.Name())
		check, known := names[f.Name()]
		if !known {
			errs = append(errs, fmt.Errorf("%s: no list has that name; there are %s", place, strings.Join(listed(), ", ")))
			continue
		}
		text, err := os.ReadFile(place)
		if err == nil {
			err = checked(place, string(text), check)
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		own[f.Name()] = strings.TrimPrefix(string(text), "\ufeff")
	}
	return own, errors.Join(errs...)
}

func listed() (all []string) {
	for name := range names {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func checked(place, text string, check func(string) error) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("%s is not UTF-8 text", place)
	}
	var errs []error
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := check(line); err != nil {
			errs = append(errs, fmt.Errorf("%s line %d: %w: %q", place, n, err, line))
		}
	}
	return errors.Join(errs...)
}

// With is a list of the program with the office's lines of the same name.
func (o Own) With(name, list string) string {
	if o[name] == "" {
		return list
	}
	return list + "\n" + o[name]
}

// Digest changes when one of the named lists does; "" where there are none.
func (o Own) Digest(lists ...string) string {
	h := sha256.New()
	some := false
	for _, name := range lists {
		if text := o[name]; text != "" {
			some = true
			fmt.Fprintf(h, "%s\x00%d\x00%s", name, len(text), text)
		}
	}
	if !some {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func word(line string) error {
	if strings.ContainsAny(line, "|=:") {
		return errors.New("one word a line")
	}
	return nil
}

func synonyms(line string) error {
	line, to, _ := strings.Cut(line, ">")
	words := strings.Split(line, "|")
	if to != "" {
		words = append(words, strings.Split(to, "|")...)
	}
	return several(words, "词 | 词2, or 问法 > 报告用语")
}

func meanings(line string) error {
	english, chinese, _ := strings.Cut(line, "=")
	return several(append([]string{english}, strings.Split(chinese, "|")...), "english phrase = 中文 | 中文2")
}

func members(line string) error {
	_, list, _ := strings.Cut(line, ":")
	return several(strings.Split(list, "|"), "class: word | word")
}

func several(words []string, form string) error {
	empty := slices.ContainsFunc(words, func(w string) bool { return strings.TrimSpace(w) == "" })
	if empty || len(words) < 2 {
		return errors.New("a line is " + form)
	}
	return nil
}

func classed(line string) error {
	class, list, _ := strings.Cut(line, ":")
	if strings.TrimSpace(class) == "" || strings.TrimSpace(list) == "" {
		return errors.New("a line is class: word word")
	}
	return nil
}
