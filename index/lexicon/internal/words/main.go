// Command words makes words.txt.gz from the Chinese dictionary of gse:
//
//	go run ./index/lexicon/internal/words DICTIONARY/s_1.txt > index/lexicon/words.txt.gz
//
// DICTIONARY is data/dict/zh of the module github.com/go-ego/gse v0.80.3. A line of
// it is "word frequency tag". Kept are words of one to six characters that it
// counts twenty times or more, without names of persons and numerals; a line of
// what is written is a kind (n noun, s name of a place, v verb, a adjective, o
// other), the frequency's binary logarithm, and the words of these.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"log"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	leastFrequency = 20
	longest        = 6
)

func main() {
	log.SetFlags(0)
	in, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	words := map[string][]string{}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) != 3 {
			continue
		}
		n, err := strconv.Atoi(f[1])
		if err != nil || !kept(f[0], n, f[2]) {
			continue
		}
		key := fmt.Sprintf("%s %d", kind(f[2]), bits.Len(uint(n)))
		words[key] = append(words[key], f[0])
	}
	keys := make([]string, 0, len(words))
	for k := range words {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out, err := gzip.NewWriterLevel(os.Stdout, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	for _, k := range keys {
		slices.Sort(words[k])
		fmt.Fprintln(out, k, strings.Join(words[k], " "))
	}
	if err := out.Close(); err != nil {
		log.Fatal(err)
	}
}

func kept(word string, frequency int, tag string) bool {
	n := utf8.RuneCountInString(word)
	han := !strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	return han && n <= longest && frequency >= leastFrequency && (n == 1 || !strings.HasPrefix(tag, "nr") && tag[0] != 'm')
}

// kind is the kind of a word by its part of speech in the tags of ICTCLAS.
func kind(tag string) string {
	switch {
	case tag == "ns":
		return "s"
	case strings.HasPrefix(tag, "nr"): // 里 is a family's name too
		return "o"
	case tag[0] == 'n' || tag == "j" || tag == "l" || tag == "vn" || tag == "an":
		return "n"
	case tag[0] == 'v':
		return "v"
	case tag[0] == 'a' || tag == "b" || tag == "z":
		return "a"
	}
	return "o"
}
