package quantity

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// A rank in English is an ordinal, which is as often a day, a century or the name of something (the 12th Plan). What stands
// beside it tells: ranked 13th, third in the world, the second largest port.

var rankWords = map[string]int64{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}

var (
	ranked     = regexp.MustCompile(`\b(?:rank|ranks|ranked|ranking|placed|places|came|comes|stood|finished|position)(?: (?:us|it|them|in|at|as|the|only|now|number)){0,3} $`)
	rankAmong  = regexp.MustCompile(`^(?: place| position| overall| spot)?(?: (?:in|of all|among|amongst)(?: the| our)? (?:world|country|nation|region|state|province|states|provinces|countries|cities|asia|europe|africa|america)| nationally| nationwide| globally| worldwide|[ -](?:largest|biggest|highest|lowest|busiest|best|fastest|richest|poorest|smallest|longest|safest|cleanest|most)\b)`)
	monthNamed = regexp.MustCompile(`(?:january|february|march|april|may|june|july|august|september|october|november|december) $`)
)

// rankAt reads a rank in English at r[i]: its number and where it ends.
func rankAt(r []rune, i int) (value decimal.Decimal, end int, ok bool) {
	if i > 0 && (isLatin(r[i-1]) || isDigit(r[i-1]) || r[i-1] == '-') {
		return value, 0, false
	}
	if isDigit(r[i]) {
		n, is := arabic(r, i)
		suffix, j := word(r, n.end)
		if !is || !n.value.IsInteger() || suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th" {
			return value, 0, false
		}
		value, end = n.value, j
	} else {
		if !strings.ContainsRune("fsten", r[i]) { // few words are read
			return value, 0, false
		}
		w, j := word(r, i)
		if rankWords[w] == 0 {
			return value, 0, false
		}
		value, end = decimal.NewFromInt(rankWords[w]), j
	}
	before := string(r[max(0, i-longestRanked):i])
	after := string(r[end:min(len(r), end+longestRanked)])
	isRank := ranked.MatchString(before) && !strings.HasPrefix(after, " of ") || ranked.MatchString(before) && ofSeveral.MatchString(after) || rankAmong.MatchString(after)
	return value, end, isRank && !monthNamed.MatchString(before)
}

// ofSeveral tells a rank among so many: 3rd of 22 districts, which is no 3rd of May.
var ofSeveral = regexp.MustCompile(`^ (?:out )?of (?:the )?\d`)

// longestRanked is how many characters beside an ordinal tell that it is a rank.
const longestRanked = 36
