package wording

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"reportbot/bot/wording/wordingtest"
)

// The three wordings say the same things: each has the places for names and
// numbers of the others, in their order, and the same commands.
func TestAgree(t *testing.T) {
	zh := sentences(All["zh"])
	for lang, w := range All {
		for name, s := range sentences(w) {
			if verbs(s) != verbs(zh[name]) {
				t.Errorf("%s: %s is %q, in zh %q", lang, name, s, zh[name])
			}
		}
		for i, c := range append(w.Readers, w.Administrators...) {
			if c.Name != append(All["zh"].Readers, All["zh"].Administrators...)[i].Name {
				t.Errorf("%s: command %d is %s", lang, i, c.Name)
			}
		}
		for name := range All["zh"].Help {
			if lang != "en" && w.Help[name] == "" { // English stands beside each argument in the code
				t.Errorf("%s has no help on %s", lang, name)
			}
		}
		for code := range All["zh"].Warnings {
			if w.Warnings[code] == "" {
				t.Errorf("%s does not say %s", lang, code)
			}
		}
	}
}

// sentences is all that a wording says, by name.
func sentences(w *Wording) map[string]string {
	all := map[string]string{}
	for v, i := reflect.ValueOf(*w), 0; i < v.NumField(); i++ {
		if name := v.Type().Field(i).Name; v.Field(i).Kind() == reflect.String && name != "Lang" {
			all[name] = v.Field(i).String()
		}
	}
	for _, m := range []map[string]string{w.Warnings, w.Refusals, w.Help} {
		for code, s := range m {
			all[code] = s
		}
	}
	for _, c := range append(w.Readers, w.Administrators...) {
		all["/"+c.Name] = c.Description
	}
	return all
}

// verbs is the places of a sentence in order: "%s%d".
func verbs(s string) string {
	return strings.Join(regexp.MustCompile(`%[a-z]`).FindAllString(s, -1), "")
}

// Not one simplified character stands in what is said in traditional Chinese.
func TestTraditional(t *testing.T) {
	for name, s := range sentences(All["zh-Hant"]) {
		if wrong := wordingtest.Simplified(s); wrong != "" {
			t.Errorf("%s has %s: %q", name, wrong, s)
		}
	}
	if wordingtest.Simplified("為准") != "准" || wordingtest.Simplified("鄰里的批准") != "" || wordingtest.Simplified("这里") != "这里" {
		t.Error("the test does not know a simplified character")
	}
}

func TestRefuses(t *testing.T) {
	for _, text := range []string{"nosuch = 甲", "copy 复制", "copy = 复制"} {
		if _, err := parse("zh", text); err == nil {
			t.Errorf("%q was taken for a wording", text)
		}
	}
	if unquoted(`" a "`) != " a " || unquoted(`a\nb`) != "a\nb" || unquoted(`"`) != `"` {
		t.Error("quotes or breaks are read wrongly")
	}
}
