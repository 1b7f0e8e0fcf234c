package index

import (
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/corpus/fold"
)

// Acronyms of English reports. An official types NSFAS, the report has the National Student Financial Aid
// Scheme; or it has both once, (NSFAS) behind the name, and goes on with either.

// acronym is letters in brackets behind the words that they stand for.
var acronym = regexp.MustCompile(`((?:[\pL’'-]+ ){1,8})\(([A-Z][A-Za-z]{1,7})\)`)

// What letters may stand for: so many words with a capital, of which so few may be told without brackets.
const (
	shortestAcronym = 3
	longestAcronym  = 7
)

// acronyms maps the letters of an English report's names to the names: nsfas.
func (e *Engine) acronyms() map[string][]string {
	out := map[string][]string{}
	add := func(letters, words string) {
		letters, words = fold.String(letters), fold.String(words)
		if !slices.Contains(out[letters], words) {
			out[letters] = append(out[letters], words)
		}
	}
	for _, head := range e.corpus.Reports {
		if head.Lang != "en" {
			continue
		}
		report, err := e.corpus.Open(head)
		if err != nil {
			slog.Warn("a report's acronyms can't be read", "report", head.Title, "cause", err)
			continue
		}
		for _, p := range report.Paragraphs {
			text := p.Text()
			for _, m := range acronym.FindAllStringSubmatch(text, -1) {
				if words := standsFor(m[2], strings.Fields(m[1])); words != "" {
					add(m[2], words)
				}
			}
			for letters, words := range names(text) {
				add(letters, words)
			}
		}
	}
	return out
}

// standsFor is the last of some words that the letters begin, "" where they begin none.
func standsFor(letters string, words []string) string {
	left := []rune(fold.String(strings.TrimRight(letters, "s")))
	for i := len(words) - 1; i >= 0 && len(left) > 0; i-- {
		initial, _ := utf8.DecodeRuneInString(fold.String(words[i]))
		switch {
		case initial == left[len(left)-1]:
			if left = left[:len(left)-1]; len(left) == 0 {
				return strings.Join(words[i:], " ")
			}
		case !joining[fold.String(words[i])]:
			return ""
		}
	}
	return ""
}

// joining words stand within a name without a letter of their own.
var joining = map[string]bool{"of": true, "and": true, "for": true, "the": true, "on": true, "in": true, "to": true}

// names yields the names of several words that a text writes with capitals, by their initials.
func names(text string) map[string]string {
	out := map[string]string{}
	words := strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || c == '-' })
	for from := range words {
		letters, last := "", ""
		for to := from; to < len(words) && len(letters) < longestAcronym; to++ {
			word := strings.TrimRight(words[to], ".,;:)’'\"”")
			first, _ := utf8.DecodeRuneInString(word)
			if !unicode.IsUpper(first) {
				if to == from || !joining[word] {
					break
				}
				continue
			}
			letters += string(unicode.ToLower(first))
			if last = word; len(letters) >= shortestAcronym {
				out[letters] = strings.Join(append(slices.Clone(words[from:to]), last), " ")
			}
			if word != words[to] {
				break // a name ends where its clause does
			}
		}
	}
	return out
}

// spelledOut is what letters of an English question stand for in the reports; none where the language has them as a word.
func (e *Engine) spelledOut(word string) []string {
	if n := len(word); n < 2 || n > longestAcronym+1 || e.language.InDictionary(word) {
		return nil
	}
	return e.namesByLetters()[word]
}
