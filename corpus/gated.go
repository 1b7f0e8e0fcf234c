package corpus

import (
	"regexp"
	"strings"
)

// gated is an expression that is tried only on a text with one of some characters, each of
// its ways having one: of the names of a table's rows nearly all have none, and the
// expressions of their headings were a quarter of what reading a report took.
type gated struct {
	*regexp.Regexp
	one string
}

func gate(one, expression string) gated { return gated{regexp.MustCompile(expression), one} }

func (g gated) may(text string) bool { return strings.ContainsAny(text, g.one) }

// MatchString is that of the expression.
func (g gated) MatchString(text string) bool { return g.may(text) && g.Regexp.MatchString(text) }

// ReplaceAllString is that of the expression.
func (g gated) ReplaceAllString(text, by string) string {
	if !g.may(text) {
		return text
	}
	return g.Regexp.ReplaceAllString(text, by)
}

// FindAllStringSubmatch is that of the expression.
func (g gated) FindAllStringSubmatch(text string, n int) [][]string {
	if !g.may(text) {
		return nil
	}
	return g.Regexp.FindAllStringSubmatch(text, n)
}
